"""Language models on this machine: loading them in 4 bits, SFT, DPO, merging an adapter."""

from shortlist.errors import require

require("train", "torch", "transformers", "peft", "trl", "datasets", "bitsandbytes", "xgrammar")

from shortlist.llm.tuning.local import LocalModel  # noqa: E402
from shortlist.llm.tuning.run import merge, tune_by_examples, tune_by_preferences  # noqa: E402
from shortlist.llm.tuning.settings import Tuning  # noqa: E402

__all__ = [
    "LocalModel",
    "Tuning",
    "merge",
    "tune_by_examples",
    "tune_by_preferences",
]
