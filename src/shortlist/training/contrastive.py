"""Symmetric InfoNCE over a batch, with hard negatives and known matches left out."""

import math

import torch
from torch import Tensor, nn

HIGHEST_SCALE = 100.0
"""The least temperature that is learned is one over this (Radford et al. 2021)."""


class Contrastive(nn.Module):
    """InfoNCE in both directions (van den Oord et al. 2018; Radford et al. 2021, section 2.3).

    For a job j and the resume r that fits it, with temperature t:

        -log exp(s(j, r) / t) / (exp(s(j, r) / t) + sum over negatives n of exp(s(j, n) / t))

    and likewise for the resume among jobs. Negatives are all others in the batch that are allowed.
    """

    def __init__(self, temperature: float, *, learn: bool = False) -> None:
        """Make the loss; a learned temperature starts at the given one."""
        super().__init__()
        scale = torch.tensor(-math.log(temperature))
        self.log_scale = nn.Parameter(scale, requires_grad=learn)

    @property
    def temperature(self) -> float:
        """What similarities are divided by."""
        return float(1 / self._scale().detach())

    def _scale(self) -> Tensor:
        return self.log_scale.exp().clamp(max=HIGHEST_SCALE)

    def forward(self, cosine: Tensor, allowed: Tensor, allowed_jobs: Tensor) -> Tensor:
        """Return the mean loss of the batch.

        Args:
            cosine: [B, M], job i with resume m; resume i is the one that fits job i, and those from
                B on are hard negatives.
            allowed: [B, M], which resumes are negatives of a job.
            allowed_jobs: [B, B], which jobs are negatives of a resume.
        """
        logits = cosine * self._scale()
        rows = len(logits)
        own = torch.eye(rows, dtype=torch.bool, device=logits.device)
        own_of_all = torch.zeros_like(allowed)
        own_of_all[:, :rows] = own
        to_resumes = _cross_entropy(logits, allowed | own_of_all)
        to_jobs = _cross_entropy(logits[:, :rows].T, allowed_jobs | own)
        return (to_resumes + to_jobs) / 2


def _cross_entropy(logits: Tensor, considered: Tensor) -> Tensor:
    kept = logits.masked_fill(~considered, -math.inf)
    return (kept.logsumexp(1) - logits.diagonal()).mean()
