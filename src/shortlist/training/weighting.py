"""How much each term counts at a step: warm-up, and the adversary's cap."""

import logging

from shortlist.training.settings import FAIRNESS, ObjectiveSettings

_log = logging.getLogger(__name__)


class Weighting:
    """The weights of the terms at the step that is being computed.

    Fairness terms rise linearly from 0 over the first steps, for the encoder must first learn what
    a match is (Ganin et al. 2016 ramp theirs for the same reason).
    """

    def __init__(self, settings: ObjectiveSettings, steps: int) -> None:
        self._targets = {
            name: getattr(settings.weights, name) for name in settings.weights.__slots__
        }
        self._rising = max(1, round(settings.warmup * steps)) if settings.warmup else 0
        self._cap = settings.adversary_cap
        self._cap_below = settings.cap_below
        self.step = 0
        self.capped = False

    def now(self, name: str) -> float:
        """Return the weight of a term at this step."""
        weight: float = self._targets[name]
        if name in FAIRNESS and self._rising:
            weight *= min(1.0, self.step / self._rising)
        if name == "adversary" and self.capped:
            weight = min(weight, self._cap)
        return weight

    def asked(self) -> list[str]:
        """Return the names of the terms that count at all."""
        return [name for name, target in self._targets.items() if target > 0]

    def after_epoch(self, gap: float | None, ndcg: float, best: float, threshold: float) -> None:
        """Cap the adversary from now on, where groups are close and the ranking has become worse.

        Args:
            gap: the epoch's gap between groups; None where it cannot be measured.
            ndcg: the epoch's nDCG.
            best: the best nDCG so far.
            threshold: the gap under which groups count as close.
        """
        if self.capped or not self._cap or gap is None:
            return
        if gap < threshold and ndcg < self._cap_below * best:
            self.capped = True
            _log.warning(
                "adversary capped: weight %.3g -> %.3g, for the gap %.3f is under %.3f and nDCG "
                "%.3f under %.3g of the best, %.3f",
                self._targets["adversary"], min(self._cap, self._targets["adversary"]),
                gap, threshold, ndcg, self._cap_below, best,
            )  # fmt: skip
