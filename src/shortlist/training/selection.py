"""Which epochs' models are kept, and when training stops. All scales are fixed.

Nothing is divided by the range seen so far: such a score gives the first epoch that is best on both
sides a value that no later one can beat.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from shortlist.training.settings import SelectionSettings

BEST = "best_model"
FAIREST = "best_fairness_model"
USEFUL = "best_util_model"
WINDOW = "window_best_model"
KINDS = (BEST, FAIREST, USEFUL, WINDOW)


@dataclass(frozen=True, slots=True)
class Epoch:
    """What selection sees of an epoch, which is counted from 1."""

    number: int
    ndcg: float
    gap: float | None
    """None where groups are too small to measure it, or none are known."""

    def mix(self, utility_share: float) -> float:
        """Return nDCG and one less the gap, weighted; nDCG alone where there is no gap."""
        if self.gap is None:
            return self.ndcg
        return utility_share * self.ndcg + (1 - utility_share) * (1 - self.gap)


def select(epochs: Sequence[Epoch], settings: SelectionSettings) -> dict[str, int | None]:
    """Return the epoch of each kept model, the earlier of equals; None where there is none.

    `best_model` has the highest mix; `best_fairness_model` the smallest gap; `best_util_model` the
    highest nDCG among epochs whose gap is under the threshold; `window_best_model` the same among
    the epochs of the window.
    """
    known = [epoch for epoch in epochs if epoch.gap is not None]
    under = [epoch for epoch in known if (epoch.gap or 0.0) < settings.gap_threshold]
    first, last = settings.window
    inside = [epoch for epoch in under if first <= epoch.number <= last]
    best = max(epochs, key=lambda epoch: epoch.mix(settings.utility_share), default=None)
    fairest = min(known, key=lambda epoch: epoch.gap or 0.0, default=None)
    useful, window = (max(of, key=lambda epoch: epoch.ndcg, default=None) for of in (under, inside))
    found = dict(zip(KINDS, (best, fairest, useful, window), strict=True))
    return {kind: epoch.number if epoch else None for kind, epoch in found.items()}


def reasons(
    chosen: Mapping[str, int | None], epochs: Sequence[Epoch], settings: SelectionSettings
) -> dict[str, str]:
    """Return why each model that was not chosen is missing."""
    if all(epoch.gap is None for epoch in epochs):
        lack = "no gap could be measured: no attribute is named, or its groups are too small"
    else:
        lack = f"no epoch had a gap under {settings.gap_threshold:g}"
    where = f" in epochs {settings.window[0]} to {settings.window[1]}"
    return {
        kind: lack + (where if kind == WINDOW and "under" in lack else "")
        for kind, number in chosen.items()
        if number is None
    }


def should_stop(epochs: Sequence[Epoch], settings: SelectionSettings) -> bool:
    """Return whether neither nDCG nor the mix has become better for `patience` epochs."""
    if not epochs:
        return False
    by_ndcg = max(epochs, key=lambda epoch: epoch.ndcg).number
    by_mix = max(epochs, key=lambda epoch: epoch.mix(settings.utility_share)).number
    return epochs[-1].number - max(by_ndcg, by_mix) >= settings.patience
