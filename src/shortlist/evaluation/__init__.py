"""Rankings and judgments -> how good a ranking is, with intervals and controls."""
