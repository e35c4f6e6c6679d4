"""Training of encoders: needs the extra `train`."""

from shortlist.errors import require

require("train", "torch", "transformers", "sentence_transformers", "peft", "datasets", "onnx")

from shortlist.training.run import Outcome, train  # noqa: E402
from shortlist.training.settings import Settings  # noqa: E402

__all__ = ["Outcome", "Settings", "train"]
