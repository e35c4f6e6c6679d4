"""Demographic parity, equalized odds and gaps on soft rates, which have a gradient.

A group's soft selection rate is the mean probability of its pairs. A hard rate, the share above a
threshold, has the gradient 0. All terms are 0 for equal groups, and where fewer than two groups
have a pair in the batch. Pairs whose group is not known count for none.

Sources: demographic parity, Calders, Kamiran & Pechenizkiy 2009; equalized odds, Hardt, Price &
Srebro 2016; the variance over groups as their surrogate, document 000 section 7.
"""

import torch
from torch import Tensor


def group_means(probability: Tensor, group: Tensor, groups: int) -> Tensor:
    """Return the mean probability of each group that has a pair: [present].

    Args:
        probability: [n].
        group: [n], codes from 0, negative where not known.
        groups: how many groups there are.
    """
    member = group[:, None] == torch.arange(groups, device=group.device)
    size = member.sum(0)
    sums = (member * probability[:, None]).sum(0)
    return sums[size > 0] / size[size > 0]


def parity(probability: Tensor, group: Tensor, groups: int) -> Tensor:
    """Return the variance over groups, of n - 1, of the mean probability."""
    means = group_means(probability, group, groups)
    return means.var() if len(means) > 1 else probability.sum() * 0


def odds(probability: Tensor, group: Tensor, groups: int, fits: Tensor) -> Tensor:
    """Return the sum of the variances of soft true and false positive rates over groups."""
    among = (parity(probability[rows], group[rows], groups) for rows in (fits, ~fits))
    return torch.stack(list(among)).sum()


def gap(probability: Tensor, group: Tensor, groups: int) -> Tensor:
    """Return the largest mean probability of a group less the smallest."""
    means = group_means(probability, group, groups)
    return means.max() - means.min() if len(means) > 1 else probability.sum() * 0
