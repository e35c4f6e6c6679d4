"""Weights that learn, in and out of files; nothing is unpickled."""

from collections.abc import Mapping
from pathlib import Path

import torch
from torch import Tensor, nn

LEARNED = "learned.safetensors"
DISCRIMINATORS = "discriminators.safetensors"
COMPLETE = "complete.json"
"""Written last into a checkpoint: one without it was interrupted and is passed over."""


def learned(objective: nn.Module) -> dict[str, Tensor]:
    """Return copies of the weights that learn, by the same names in one process and in many."""
    return {
        name: weights.detach().cpu().clone().contiguous()
        for name, weights in _plain(objective).items()
    }


def restore(objective: nn.Module, weights: Mapping[str, Tensor]) -> None:
    """Put weights back. Every one that learns must be there, and none besides.

    Raises:
        KeyError: the names differ, so the weights are of another recipe.
    """
    there = _plain(objective)
    if different := there.keys() ^ weights.keys():
        raise KeyError(f"weights of another recipe: {sorted(different)[0]}")
    with torch.no_grad():
        for name, parameter in there.items():
            parameter.copy_(weights[name])


def complete_checkpoints(folder: Path) -> list[Path]:
    """Return the checkpoints of a folder that were written to their end, oldest first."""
    found = [path.parent for path in folder.glob(f"checkpoint-*/{COMPLETE}")]
    return sorted(found, key=lambda path: int(path.name.rpartition("-")[2]))


def _plain(objective: nn.Module) -> dict[str, nn.Parameter]:
    return {
        name.replace("model.module.", "model.", 1): weights
        for name, weights in objective.named_parameters()
        if weights.requires_grad
    }
