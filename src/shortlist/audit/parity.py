"""Rates of groups and the gaps between them.

Definitions: Hardt, Price & Srebro 2016 (equalized odds, equal opportunity); Chouldechova 2017
(predictive parity); the impact ratio and its four-fifths line: 29 CFR 1607.4 D. A gap is the
largest rate less the smallest over the groups that can be compared. `equalized_odds_difference`
is the mean of the gaps in true and in false positive rates; the larger of the two, which is
fairlearn's default, is `equalized_odds_difference_worst`.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from math import ceil
from statistics import fmean

import numpy as np

from shortlist.audit.case import Case, measure, too_few
from shortlist.audit.grouping import Grouped
from shortlist.audit.rates import (
    FloatArray,
    IntArray,
    Rates,
    gap,
    impact_ratios,
    missing,
    smallest_ratio,
)
from shortlist.records import Estimate, Measure

FOUR_FIFTHS = 0.8

NOT_JUDGED = "no pair has a label"


@dataclass(frozen=True, slots=True)
class _Conditional:
    """A rate among some rows, the name of its gap, and whom it is among."""

    name: str
    gap: str
    among: str
    values: FloatArray
    weights: FloatArray


def selection_measures(case: Case, grouped: Grouped) -> list[Measure]:
    """Return selection rates, impact ratios, shortfalls and demographic parity of a grouping."""
    found = case.rates(case.chosen, np.ones(len(case.scores)), grouped)
    compared = grouped.compared
    result = _each("selection_rate", case, grouped, found, "")
    ratios = (
        dict(zip(compared, impact_ratios(found, compared), strict=True))
        if len(compared) > 1
        else {}
    )
    for group, reason in enumerate(grouped.set_aside):
        n = int(grouped.count[group])
        ratio = ratios.get(group) or missing(n, reason or "no other group to compare with")
        result += [
            measure("impact_ratio", grouped, group, ratio),
            measure("shortfall", grouped, group, shortfall(found, compared, group, ratio)),
        ]
    pair = len(compared) > 1
    difference = gap(found, compared) if pair else too_few(grouped, len(compared))
    ratio = smallest_ratio(found, compared) if pair else too_few(grouped, len(compared))
    return [
        *result,
        measure("demographic_parity_difference", grouped, None, difference),
        measure("demographic_parity_ratio", grouped, None, ratio),
    ]


def shortfall(rates: Rates, compared: IntArray, group: int, ratio: Estimate) -> Estimate:
    """Return how many more of a group would have to be selected to reach four fifths.

    That many more selections of the group, with all others left as they are, bring its rate to
    0.8 of the highest rate. The bounds are those of the impact ratio, in people.
    """
    if ratio.value is None or ratio.low is None or ratio.high is None:
        return ratio
    size, highest = float(rates.n[group]), float(rates.value[compared].max())

    def people(share: float) -> float:
        return float(max(0, ceil((FOUR_FIFTHS - share) * highest * size - 1e-9)))

    return Estimate(people(ratio.value), people(ratio.high), people(ratio.low), ratio.n)


def error_measures(case: Case, grouped: Grouped) -> list[Measure]:
    """Return true and false positive rates and precision of each group, and their gaps."""
    rates = {c.name: case.rates(c.values, c.weights, grouped) for c in _conditionals(case)}
    result = []
    for one in _conditionals(case):
        of = rates[one.name]
        result += _each(one.name, case, grouped, of, one.among)
        result.append(measure(one.gap, grouped, None, _gap(case, grouped, of, 0.95)))
    # Each of the two gaps at 97.5 % makes bounds that hold for both together at 95 %.
    both = [
        _gap(case, grouped, rates[name], 0.975)
        for name in ("true_positive_rate", "false_positive_rate")
    ]
    return [
        *result,
        measure("equalized_odds_difference", grouped, None, _joined(both, fmean)),
        measure("equalized_odds_difference_worst", grouped, None, _joined(both, max)),
    ]


def _conditionals(case: Case) -> tuple[_Conditional, ...]:
    judged = np.isfinite(case.fits)
    fits = np.where(judged, case.fits, 0.0)
    return (
        _Conditional(
            "true_positive_rate",
            "equal_opportunity_difference",
            "that fit",
            case.chosen,
            fits,
        ),
        _Conditional(
            "false_positive_rate",
            "false_positive_rate_difference",
            "that do not fit",
            case.chosen,
            judged * (1.0 - fits),
        ),
        _Conditional(
            "precision",
            "predictive_parity_difference",
            "that are selected and judged",
            fits,
            judged * case.chosen,
        ),
    )


def _each(name: str, case: Case, grouped: Grouped, rates: Rates, among: str) -> list[Measure]:
    enough = case.enough(rates)
    result = []
    for group, unfit in enumerate(grouped.unfit):
        n = round(float(rates.n[group]))
        if among and not case.judged:
            estimate = missing(0, NOT_JUDGED)
        elif unfit:
            estimate = missing(int(grouped.count[group]), unfit)
        elif not enough[group]:
            estimate = missing(n, f"{n} rows of the group {among}: too few")
        else:
            estimate = rates.estimate(group)
        result.append(measure(name, grouped, group, estimate))
    return result


def _gap(case: Case, grouped: Grouped, rates: Rates, confidence: float) -> Estimate:
    """The gap over the compared groups whose rate rests on enough rows."""
    if not case.judged:
        return missing(0, NOT_JUDGED)
    enough = case.enough(rates)[grouped.compared] > 0
    compared = grouped.compared[enough]
    if len(compared) < 2:
        return too_few(grouped, len(compared))
    without = ", ".join(grouped.names[g] for g in grouped.compared[~enough])
    reason = f"without {without}: too few rows" if without else ""
    return replace(gap(rates, compared, confidence=confidence), reason=reason)


def _joined(gaps: Sequence[Estimate], how: Callable[[Iterable[float]], float]) -> Estimate:
    for one in gaps:
        if one.value is None:
            return one
    value, low, high = (
        how([e for e in ends if e is not None])
        for ends in zip(*((g.value, g.low, g.high) for g in gaps), strict=True)
    )
    reason = "; ".join(dict.fromkeys(g.reason for g in gaps if g.reason))
    return Estimate(value, low, high, sum(g.n for g in gaps), reason)
