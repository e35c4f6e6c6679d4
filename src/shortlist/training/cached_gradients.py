"""Large batches in little memory: only one part's intermediate results are kept at a time.

GradCache (Gao et al. 2021, arXiv:2101.06983). A first pass computes vectors without a graph. When
the loss has been taken back to them, a second pass computes each part again, with the same dropout,
and takes its gradient further.
"""

from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from typing import Any

import torch
from sentence_transformers.base.losses.gradcache import RandContext
from torch import Tensor
from torch.nn.parallel import DistributedDataParallel

Compute = Callable[[Any], Tensor]


def replayed(model: Any, parts: list[Any], compute: Compute) -> Tensor:
    """Return the rows of all parts, computed without a graph; gradients come by a second pass.

    Args:
        model: the module whose weights learn.
        parts: whatever `compute` takes.
        compute: a part -> its rows [n, d].
    """
    randomness = []
    rows = []
    with torch.no_grad():
        for part in parts:
            randomness.append(RandContext())
            rows.append(compute(part))
    precision = _precision(rows[0].device.type)
    leaf = torch.cat(rows).requires_grad_()
    sizes = [len(some) for some in rows]

    def again(gradient: Tensor) -> None:
        last = len(parts) - 1
        for number, (part, its) in enumerate(zip(parts, gradient.split(sizes), strict=True)):
            with _synchronised(model, number == last), torch.enable_grad(), randomness[number]:
                with precision():
                    computed = compute(part)
                computed.backward(its)

    leaf.register_hook(again)
    return leaf


def _synchronised(model: Any, last: bool) -> AbstractContextManager[Any]:
    """Exchange gradients between processes once, with the last part."""
    if isinstance(model, DistributedDataParallel) and not last:
        apart: AbstractContextManager[Any] = model.no_sync()
        return apart
    return nullcontext()


def _precision(device: str) -> Callable[[], AbstractContextManager[Any]]:
    """Return what restores the precision that is in force now."""
    if not torch.is_autocast_enabled(device):
        return nullcontext
    kind = torch.get_autocast_dtype(device)
    return lambda: torch.autocast(device, kind)
