"""Training of encoders: needs the extra `train`."""

from shortlist.errors import require

require("train", "torch", "transformers", "sentence_transformers", "peft", "datasets", "onnx")
