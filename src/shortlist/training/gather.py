"""Rows of all processes, so that each computes the loss of the whole batch."""

import os
from typing import TypeVar

import torch
import torch.distributed as dist
from torch import Tensor

Kind = TypeVar("Kind")


def is_first() -> bool:
    """Return whether this process is the one that writes: the only one, or torchrun's first."""
    return os.environ.get("RANK", "0") == "0"


def from_first(value: Kind) -> Kind:
    """Return the first process's value, in every process."""
    found = [value]
    if processes() > 1:
        dist.broadcast_object_list(found, src=0)
    return found[0]


def processes() -> int:
    """Return how many processes train together."""
    return dist.get_world_size() if dist.is_available() and dist.is_initialized() else 1


def leave() -> None:
    """Leave the other processes: nothing is exchanged from here on.

    A process that ends while threads of its group still run can be aborted. Every process must
    come here at about the same time; see "Shutdown" in the documentation of torch.distributed.
    """
    if dist.is_available() and dist.is_initialized():
        dist.destroy_process_group()


def gathered(rows: Tensor) -> Tensor:
    """Return the rows of all processes in the order of their ranks.

    Every process must have as many. The gradient reaches this process's rows alone, times the
    number of processes: gradients are averaged over processes, so that their mean is the gradient
    of the whole batch, for the encoder as for what the loss itself learns.
    """
    count = processes()
    if count == 1:
        return rows
    parts = [torch.empty_like(rows) for _ in range(count)]
    dist.all_gather(parts, rows.detach().contiguous())
    if rows.requires_grad:
        parts[dist.get_rank()] = rows * count - (rows * (count - 1)).detach()
    return torch.cat(parts)
