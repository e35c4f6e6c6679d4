"""How strong an unmeasured cause would have to be to explain a gap."""

from math import sqrt

from shortlist.audit.rates import missing
from shortlist.records import Estimate


def e_value(ratio: Estimate) -> Estimate:
    """Return the E-value of a ratio of rates (VanderWeele & Ding 2017, Ann. Intern. Med. 167, 268).

    The least risk ratio that something not measured, such as years of experience, would need with
    the group *and* with being selected, so that it alone could make a ratio as far from 1 as the
    one seen: E = r + sqrt(r (r - 1)) with r = max(ratio, 1 / ratio). 1 means that nothing needs
    explaining. `low` and `high` are the E-values of the ends of the ratio's interval; `low` is 1
    where that interval holds 1.
    """
    if ratio.value is None or ratio.low is None or ratio.high is None:
        return ratio
    if ratio.value <= 0:
        return missing(ratio.n, "the ratio is 0: no cause of finite strength explains it")
    ends = [_one(end) for end in (ratio.low, ratio.high) if end > 0]
    holds_one = ratio.low <= 1 <= ratio.high
    low = 1.0 if holds_one else min(ends)
    high = max(ends) if ratio.low > 0 else None
    return Estimate(_one(ratio.value), low, high, ratio.n, ratio.reason)


def _one(ratio: float) -> float:
    above = max(ratio, 1 / ratio)
    return above + sqrt(above * (above - 1))
