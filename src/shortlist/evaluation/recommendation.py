"""Replace, blend or keep both: what paired tests of three ways of scoring come to."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from shortlist.evaluation.evaluation import Difference, Evaluation

Decision = Literal["replace", "blend", "keep both"]

ALPHA = 0.05
OLD, NEW, MIX = "hybrid", "learned", "blend"

Tested = Mapping[tuple[str, str], Difference]
"""Differences of the deciding metric by the two that were compared."""


@dataclass(frozen=True, slots=True)
class Recommendation:
    """What to do, whom to rank by, and why; None where the question cannot be answered."""

    decision: Decision | None
    rank_by: str | None
    because: tuple[str, ...]


def recommend(
    systems: Sequence[Evaluation], differences: Sequence[Difference], metric: str
) -> Recommendation:
    """Return what to do with the hand-weighted score beside the learned one.

    `blend`, where the blend is better than both; `replace`, where the learned score is better than
    the hybrid one and no blend is better than it; else `keep both`. "Better" is a corrected p below
    0.05 in the paired test of one metric.

    Args:
        systems: evaluations on the same pool.
        differences: paired differences between them, corrected for their number.
        metric: the one that decides.
    """
    values = {s.system: s[metric].value for s in systems}
    if values.get(OLD) is None or values.get(NEW) is None:
        reason = f"needs scores of {OLD} and {NEW} on judged pairs"
        return Recommendation(None, None, (reason,))
    tested = {(d.a, d.b): d for d in differences if d.metric == metric}
    why = [_told(d) for d in tested.values() if {d.a, d.b} <= {OLD, NEW, MIX}]
    decision, rank_by = _decided(tested)
    chosen = values[rank_by]
    for control, value in values.items():
        if control not in (OLD, NEW, MIX) and value is not None and chosen is not None:
            won = _better(tested, rank_by, control)
            how = "better than" if won else "not shown to be better than"
            why.append(f"{rank_by} is {how} {control} ({value:.3f}) at {chosen:.3f}")
    return Recommendation(decision, rank_by, (_meaning(decision, rank_by), *why))


def _decided(tested: Tested) -> tuple[Decision, str]:
    if _better(tested, MIX, OLD) and _better(tested, MIX, NEW):
        return "blend", MIX
    if _better(tested, NEW, OLD):
        return "replace", NEW
    if _better(tested, OLD, NEW):
        return "keep both", OLD
    return "keep both", NEW


def _better(tested: Tested, one: str, other: str) -> bool:
    """Return whether one system is above another by more than chance."""
    for pair, sign in (((one, other), 1), ((other, one), -1)):
        found = tested.get(pair)
        if found is not None and found.estimate.value is not None and found.p_holm is not None:
            return sign * found.estimate.value > 0 and found.p_holm < ALPHA
    return False


def _meaning(decision: Decision, rank_by: str) -> str:
    if decision == "blend":
        return "rank by the blend: it orders better than the learned and the hybrid score alone"
    if decision == "replace":
        return "rank by the learned score; the hybrid signals are left to explain"
    if rank_by == OLD:
        return "the hybrid score orders better here: do not replace it; keep the learned evidence"
    return (
        "no difference between the learned and the hybrid score is shown: rank by one, the learned "
        "one, and keep the hybrid signals as an explanation"
    )


def _told(found: Difference) -> str:
    value = found.estimate
    if value.value is None:
        return f"{found.a} and {found.b}: {value.reason}"
    between = "" if value.low is None else f" [{value.low:+.3f}, {value.high:+.3f}]"
    p = "" if found.p_holm is None else f", p = {found.p_holm:.3g} after correction"
    return (
        f"{found.metric} of {found.a} less {found.b}: {value.value:+.3f}{between}{p}, n = {value.n}"
    )
