"""Rankings and judgments -> how good a ranking is, with intervals and controls."""

from shortlist.evaluation.evaluation import Difference, Evaluation, compare, evaluate

__all__ = ["Difference", "Evaluation", "compare", "evaluate"]
