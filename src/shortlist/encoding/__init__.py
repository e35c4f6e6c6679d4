"""Masked text -> unit vectors: the model folder, its runtimes, chunks, and the cache on disk."""

from shortlist.encoding.batches import Progress
from shortlist.encoding.cache import VectorCache, cache_key
from shortlist.encoding.encoder import Encoder
from shortlist.encoding.folder import Calibration, ModelConfig, default_folder, read_config

__all__ = [
    "Calibration",
    "Encoder",
    "ModelConfig",
    "Progress",
    "VectorCache",
    "cache_key",
    "default_folder",
    "read_config",
]
