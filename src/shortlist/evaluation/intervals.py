"""Confidence intervals that evaluation and audit share."""

from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray


class Bounds(NamedTuple):
    """The lower and upper ends of intervals, of the shape of what they are about."""

    low: NDArray[np.float64]
    high: NDArray[np.float64]


def wilson(rate: ArrayLike, n: ArrayLike, critical: ArrayLike = 1.959963984540054) -> Bounds:
    """Return the score interval of a share, within [0, 1] (Wilson 1927, JASA 22, 209-212).

    Args:
        rate: the share, in [0, 1].
        n: how many independent trials it rests on, above 0; need not be whole.
        critical: the quantile of the normal (or t) distribution, 1.96 for 95 %.
    """
    p, n, z2 = np.asarray(rate, float), np.asarray(n, float), np.square(critical)
    centre = (p + z2 / (2 * n)) / (1 + z2 / n)
    half = np.sqrt(z2 * (p * (1 - p) / n + z2 / (4 * n * n))) / (1 + z2 / n)
    low, high = np.maximum(centre - half, 0.0), np.minimum(centre + half, 1.0)
    return Bounds(np.where(p <= 0, 0.0, low), np.where(p >= 1, 1.0, high))
