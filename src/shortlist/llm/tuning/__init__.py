"""Language models on this machine: loading them in 4 bits, SFT, DPO, merging an adapter."""

import logging

from shortlist.errors import require

# It tells of a kernel for 4 bits that is fetched from the Hub; without it the slower one serves.
logging.getLogger("bitsandbytes.backends.cpu.ops").setLevel(logging.ERROR)

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
