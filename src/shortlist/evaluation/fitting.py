"""Fits a calibration and a threshold on one split, for use on another."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Literal

import numpy as np

from shortlist.errors import DataError
from shortlist.evaluation.calibration import (
    Calibration,
    Threshold,
    best_threshold,
    calibrated,
    fit_platt,
    fit_temperature,
    fit_temperature_by_group,
)
from shortlist.evaluation.metrics import FITS_FROM
from shortlist.evaluation.pairs import Pairs
from shortlist.evaluation.pool import agreed, align, pool_of
from shortlist.evaluation.scores import Judgments, Scores

Method = Literal["none", "temperature", "platt"]
UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Fitted:
    """A system whose scores were calibrated, if so asked, and where to cut them."""

    scores: Scores
    """All of its scores, calibrated; called `NAME, METHOD` where they were."""
    calibration: Calibration | None
    threshold: Threshold
    n: int
    """How many pairs it was fitted on."""


def fit(
    scores: Scores,
    judgments: Judgments,
    *,
    method: Method = "none",
    groups: Mapping[str, str] | None = None,
    penalty: float = 0.0,
    relevant: float = FITS_FROM,
) -> Fitted:
    """Return a system calibrated on the judgments of a split, with the best threshold there.

    Args:
        scores: the system's scores, on the split to fit on and on all others.
        judgments: those of the split to fit on.
        method: `temperature` and `platt` change scores to probabilities; `none` leaves them.
        groups: each resume's group: temperature is fitted by group, and `penalty` has a gap.
        penalty: how much F1 a gap of 1 in selection rates is worth to the threshold.
        relevant: the lowest grade that fits.

    Raises:
        DataError: the system scores no pair of the split, or its pairs are all of one kind.
    """
    pool = pool_of(agreed(judgments).judgments, [scores])
    score = align(pool, scores).score
    known = np.isfinite(score)
    if not known.any():
        raise DataError(f"{scores.name}: scores no pair of the split to fit on: score it too")
    fits = (pool.grade[known] >= relevant).astype(float)
    pairs = Pairs(score[known], fits, np.arange(int(known.sum())))
    of_pair: tuple[str, ...] = ()
    if groups is not None:
        of_pair = tuple(groups.get(pool.items[i], UNKNOWN) for i in pool.item[known])
    calibration = _calibration(pairs, method, of_pair)
    if calibration is not None:
        probability = calibrated(calibration, pairs.score, of_pair)
        of_row = (
            tuple(groups.get(scores.resumes[i], UNKNOWN) for i in scores.resume) if groups else ()
        )
        scores = replace(
            scores,
            name=f"{scores.name}, {calibration.method}",
            score=calibrated(calibration, scores.score, of_row),
        )
        pairs = replace(pairs, score=probability)
    threshold = best_threshold(pairs, of_pair, penalty=penalty)
    return Fitted(scores, calibration, threshold, len(pairs.fits))


def _calibration(pairs: Pairs, method: Method, groups: tuple[str, ...]) -> Calibration | None:
    if method == "platt":
        return fit_platt(pairs)
    if method == "temperature":
        return fit_temperature_by_group(pairs, groups) if groups else fit_temperature(pairs)
    return None
