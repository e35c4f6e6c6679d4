"""The impact ratio at every selection rate, since one rate can show whatever one likes."""

import numpy as np

from shortlist.audit.case import Case, measure
from shortlist.audit.grouping import Grouped
from shortlist.audit.rates import impact_ratios
from shortlist.audit.selection import best
from shortlist.records import Measure

RATES = (0.01, 0.02, 0.03, 0.05, 0.075, *(round(0.1 + 0.05 * i, 2) for i in range(18)))
"""The shares of each job's pool that are selected, from 1 % to 95 %."""


def curve_measures(case: Case, grouped: Grouped) -> list[Measure]:
    """Return `impact_ratio@R` of each compared group, where each job selects the best share R.

    A share of a pool that is not a whole number of people counts the last one in part.
    """
    compared = grouped.compared
    if len(compared) < 2:
        return []
    result = []
    for rate in RATES:
        chosen = best(case.places, rate * case.places.pool.astype(np.float64))
        rates = case.rates(chosen, np.ones(len(chosen)), grouped)
        ratios = impact_ratios(rates, compared)
        result += [
            measure(f"impact_ratio@{rate:g}", grouped, int(group), ratio)
            for group, ratio in zip(compared, ratios, strict=True)
        ]
    return result
