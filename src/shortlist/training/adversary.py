"""A discriminator of groups, reversed, and an attribute head that is not."""

from typing import Any

import torch
from torch import Tensor, nn
from torch.func import functional_call
from torch.nn.functional import cross_entropy


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
    """Guesses a group from the vector that is scored, in two phases in one backward pass.

    The discriminator learns on detached vectors. The encoder gets the reversed gradient through
    the discriminator as it stands, whose weights take no part in that. It has as many outputs as
    groups, and LayerNorm, so that it can learn from a single resume.
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
