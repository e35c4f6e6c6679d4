"""A discriminator of groups, reversed, and an attribute head that is not."""

from collections.abc import Mapping, Sequence
from typing import Any, cast

import torch
from torch import Tensor, nn
from torch.func import functional_call
from torch.nn.functional import cross_entropy

from shortlist.training.remembered import optimizer_state, restore_optimizer


class _Reversed(torch.autograd.Function):
    """The identity, whose gradient is turned around (Ganin & Lempitsky 2015, equation 4)."""

    @staticmethod
    def forward(ctx: Any, value: Tensor) -> Tensor:
        return value.view_as(value)

    @staticmethod
    def backward(ctx: Any, gradient: Tensor) -> Tensor:
        return -gradient


def reversed_gradient(value: Tensor) -> Tensor:
    """Return the value; its gradient is turned around."""
    turned: Tensor = _Reversed.apply(value)
    return turned


class Adversary(nn.Module):
    """Guesses a group from the vector that is scored.

    It has as many outputs as groups, and LayerNorm, so that it can learn from a single resume.
    """

    def __init__(self, dimension: int, groups: int, width: int) -> None:
        super().__init__()
        self.layers = nn.Sequential(
            nn.Linear(dimension, width),
            nn.LayerNorm(width),
            nn.ReLU(),
            nn.Linear(width, width),
            nn.LayerNorm(width),
            nn.ReLU(),
            nn.Linear(width, groups),
        )

    def discriminate(self, vectors: Tensor, group: Tensor) -> Tensor:
        """Return the loss that the discriminator learns from; the encoder gets no gradient."""
        return group_loss(self.layers(vectors.detach()), group)

    def deceive(self, vectors: Tensor, group: Tensor) -> Tensor:
        """Return the same loss, its gradient reversed for the vectors, and none for the weights."""
        weights = {name: value.detach() for name, value in self.layers.named_parameters()}
        guess = functional_call(self.layers, weights, (reversed_gradient(vectors),))
        return group_loss(guess, group)


class Discriminators(nn.ModuleList):
    """An adversary for each attribute, with an optimizer of their own: two phases for a batch.

    First `learn`: the discriminators take a step on detached vectors. Then `deceive`: the encoder
    gets the reversed gradient through the discriminators as they now are, whose weights take no
    part in that (document 000, section 7; Ganin & Lempitsky 2015 do both at once).
    """

    def __init__(self, dimension: int, sizes: Sequence[int], width: int) -> None:
        """Make discriminators of so many groups each."""
        super().__init__(Adversary(dimension, size, width) for size in sizes)
        self._clip = 1.0
        self.optimizer = torch.optim.AdamW(self.parameters()) if sizes else None

    def set_rate(self, rate: float, *, decay: float, clip: float) -> None:
        """Set the rate of the steps, the decay of weights, and the longest gradient."""
        if self.optimizer is not None:
            self.optimizer.param_groups[0].update(lr=rate, weight_decay=decay)
            self._clip = clip

    def learn(self, vectors: Tensor, groups: Tensor) -> Tensor:
        """Take a step, and return the mean loss before it, without a gradient.

        Args:
            vectors: [n, d], of all processes, so that each takes the same step.
            groups: [attributes, n].
        """
        if self.optimizer is None:
            raise ValueError("there is no discriminator")
        with torch.enable_grad(), torch.autocast(vectors.device.type, enabled=False):
            losses = [
                cast(Adversary, one).discriminate(vectors.float(), group)
                for one, group in zip(self, groups, strict=True)
            ]
            loss = torch.stack(losses).mean()
        weights = list(self.parameters())
        for weight, gradient in zip(weights, torch.autograd.grad(loss, weights), strict=True):
            weight.grad = gradient
        nn.utils.clip_grad_norm_(weights, self._clip)
        self.optimizer.step()
        self.optimizer.zero_grad()
        return loss.detach()

    def deceive(self, place: int, vectors: Tensor, group: Tensor) -> Tensor:
        """Return the loss of one attribute's discriminator, reversed for the vectors."""
        return cast(Adversary, self[place]).deceive(vectors, group)

    def remembered(self) -> dict[str, Tensor]:
        """Return the state of the optimizer as tensors by name."""
        return {} if self.optimizer is None else optimizer_state(self.optimizer)

    def remember(self, state: Mapping[str, Tensor]) -> None:
        """Put the state of the optimizer back."""
        if self.optimizer is not None:
            restore_optimizer(self.optimizer, state)


class AttributeHead(nn.Module):
    """Guesses a group from the vector that is scored; the encoder learns to let it.

    Multi-task learning (Caruana 1997) as document 000 has it. It works against the adversary: with
    both, a vector keeps what the head can use.
    """

    def __init__(self, dimension: int, groups: int, width: int) -> None:
        super().__init__()
        self.layers = nn.Sequential(
            nn.Linear(dimension, width), nn.ReLU(), nn.Linear(width, groups)
        )

    def forward(self, vectors: Tensor, group: Tensor) -> Tensor:
        """Return the cross-entropy of the guesses."""
        return group_loss(self.layers(vectors), group)


def group_loss(guess: Tensor, group: Tensor) -> Tensor:
    """Return the mean cross-entropy over vectors whose group is known; 0 where none is."""
    known = group >= 0
    if not known.any():
        return guess.sum() * 0
    return cross_entropy(guess[known], group[known])
