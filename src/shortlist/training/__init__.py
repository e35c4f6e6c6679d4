"""Training of encoders: needs the extra `train`."""

import logging

from shortlist.errors import require

# Where it is installed, PEFT loads it, and it tells of a kernel for 4 bits that nothing here needs.
logging.getLogger("bitsandbytes.backends.cpu.ops").setLevel(logging.ERROR)

require("train", "torch", "transformers", "sentence_transformers", "peft", "datasets", "onnx")

from shortlist.training.run import Outcome, train  # noqa: E402
from shortlist.training.settings import Settings  # noqa: E402

__all__ = ["Outcome", "Settings", "train"]
