"""Similarity -> probability that a pair fits, and its cross-entropy."""

import torch
from torch import Tensor, nn
from torch.nn.functional import binary_cross_entropy_with_logits


class Calibrated(nn.Module):
    """A sigmoid of the cosine: p = 1 / (1 + exp(-(slope c + intercept))) (Platt 1999).

    It is what a model folder stores as `calibration`. Its two numbers are learned along with the
    encoder, and corrected by a temperature on validation pairs.
    """

    def __init__(self, slope: float = 10.0, intercept: float = -4.0) -> None:
        super().__init__()
        self.log_slope = nn.Parameter(torch.tensor(slope).log())
        self.intercept = nn.Parameter(torch.tensor(intercept))

    def forward(self, cosine: Tensor) -> Tensor:
        """Return log-odds."""
        return self.log_slope.exp() * cosine + self.intercept

    def fixed(self, cosine: Tensor) -> Tensor:
        """Return log-odds through which only the cosine learns.

        Fairness terms use these: a flat sigmoid would please them and change no ranking.
        """
        return self.log_slope.detach().exp() * cosine + self.intercept.detach()


def match_loss(logits: Tensor, fits: Tensor) -> Tensor:
    """Return the mean cross-entropy of log-odds [n] and whether pairs fit [n]; 0 of no pair."""
    if not len(logits):
        return logits.sum()
    return binary_cross_entropy_with_logits(logits, fits.to(logits.dtype))
