"""Distance between the distributions of scores of groups."""

import torch
from torch import Tensor

BANDWIDTH = 0.1
"""Of the kernel, in similarity: about the spread of cosines within a job."""


def mmd(a: Tensor, b: Tensor, bandwidth: float = BANDWIDTH) -> Tensor:
    """Return the squared maximum mean discrepancy of two samples [n] and [m], at least 0.

    With a Gaussian kernel, the biased estimate of Gretton et al. 2012 (JMLR 13, equation 5), which
    is 0 for equal samples.
    """
    return _mean(a, a, bandwidth) + _mean(b, b, bandwidth) - 2 * _mean(a, b, bandwidth)


def min_diff(score: Tensor, group: Tensor, groups: int, fits: Tensor) -> Tensor:
    """Return the mean MMD of pairs of groups, among pairs that fit and among those that do not.

    MinDiff (Prost et al. 2019, arXiv:1910.11779). A group needs two pairs of a kind to count.

    Args:
        score: similarities [n].
        group: codes [n], negative where not known.
        groups: how many groups there are.
        fits: whether pairs fit [n].
    """
    distances = []
    for kind in (fits, ~fits):
        samples = [score[kind & (group == code)] for code in range(groups)]
        samples = [sample for sample in samples if len(sample) > 1]
        distances += [mmd(a, b) for i, a in enumerate(samples) for b in samples[i + 1 :]]
    return torch.stack(distances).mean() if distances else score.sum() * 0


def _mean(a: Tensor, b: Tensor, bandwidth: float) -> Tensor:
    return torch.exp(-((a[:, None] - b[None, :]) ** 2) / (2 * bandwidth**2)).mean()
