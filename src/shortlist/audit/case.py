"""What an audit works on: scores, who is selected, and who fits."""

from dataclasses import dataclass

import numpy as np

from shortlist.audit.grouping import FEWEST, Grouped
from shortlist.audit.rates import Clusters, FloatArray, Rates, missing, rates
from shortlist.audit.selection import Places, Selection, places, selected
from shortlist.evaluation.metrics import FITS_FROM
from shortlist.evaluation.scores import Scores
from shortlist.records import Estimate, Measure


@dataclass(frozen=True, slots=True)
class Case:
    """Scores with who is selected and who fits; `chosen` and `fits` are [n].

    `chosen` is in [0, 1]; `fits` is 1, 0, or NaN where nobody judged.
    """

    scores: Scores
    places: Places
    selection: Selection
    chosen: FloatArray
    fits: FloatArray
    min_n: int
    depth: int
    seed: int

    @property
    def judged(self) -> bool:
        """Whether any row is judged."""
        return bool(np.isfinite(self.fits).any())

    def rates(self, values: FloatArray, weights: FloatArray, grouped: Grouped) -> Rates:
        """Return the weighted mean of values per group."""
        scores = self.scores
        clusters = Clusters(
            grouped.code,
            scores.resume,
            scores.job,
            len(grouped.names),
            len(scores.resumes),
            len(scores.jobs),
        )
        return rates(values, weights, clusters)

    def enough(self, rates: Rates) -> FloatArray:
        """Return for each group whether its rate rests on enough rows, as 1 or 0."""
        least = max(1.0, float(min(self.min_n, FEWEST)))
        return (rates.n >= least - 1e-9).astype(float)


def case_of(scores: Scores, selection: Selection, *, min_n: int, depth: int, seed: int) -> Case:
    """Return the case of scores under a selection rule."""
    where = places(scores)
    label = scores.label
    fits = np.full(len(scores), np.nan)
    if label is not None:
        fits = np.where(np.isfinite(label), (label >= FITS_FROM).astype(float), np.nan)
    chosen = selected(selection, scores, where)
    return Case(scores, where, selection, chosen, fits, min_n, depth, seed)


def measure(name: str, grouped: Grouped, group: int | None, estimate: Estimate) -> Measure:
    """Return a measure of a group, or over the groups, of a grouping."""
    return Measure(
        name, grouped.attribute, None if group is None else grouped.names[group], estimate
    )


def too_few(grouped: Grouped, compared: int) -> Estimate:
    """Return the estimate of a comparison that has fewer than two groups."""
    rows = int(grouped.count[grouped.compared].sum())
    return missing(rows, f"{compared} of {len(grouped.names)} groups can be compared: two needed")
