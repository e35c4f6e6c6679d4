"""Rankings and groups -> who is left out, with intervals, null bands and counterfactuals."""
