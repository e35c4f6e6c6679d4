"""Masked text -> unit vectors: the model folder, its runtimes, chunks, and the cache on disk."""

from shortlist.encoding.batches import Progress
from shortlist.encoding.cache import Matrix, VectorCache, cache_key
from shortlist.encoding.encoder import Encoder
from shortlist.encoding.folder import Calibration, ModelConfig, default_folder, read_config
from shortlist.encoding.runtimes import Runtime

__all__ = [
    "Calibration",
    "Encoder",
    "Matrix",
    "ModelConfig",
    "Progress",
    "Runtime",
    "VectorCache",
    "cache_key",
    "default_folder",
    "read_config",
]
