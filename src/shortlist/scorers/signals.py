"""Signals and their weights: a score is a weighted mean of the signals that can be computed."""

import math
from collections.abc import Mapping
from dataclasses import dataclass

from shortlist.errors import ConfigError
from shortlist.records import Part

SUGGESTED: Mapping[str, float] = {
    "semantic": 0.30,
    "tfidf": 0.20,
    "keyword": 0.20,
    "skill": 0.20,
    "section": 0.10,
}
"""What each signal of the hybrid score counts, by the design that it goes back to."""

VALUE_DIGITS = 4
SCORE_DIGITS = 6


@dataclass(frozen=True, slots=True)
class Reading:
    """A signal as it was read: `value` in [0, 1], or None with the reason."""

    value: float | None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Signal:
    """A signal in a score: what it was suggested to count, and what it counts here."""

    name: str
    value: float | None
    suggested: float
    applied: float
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Scored:
    """A score in [0, 1] and the signals that it is made of."""

    score: float
    signals: tuple[Signal, ...]


def weighted(
    readings: Mapping[str, Reading], weights: Mapping[str, float], suggested: Mapping[str, float]
) -> tuple[Signal, ...]:
    """Return readings with the weights that they count with.

    What cannot be computed counts nothing, and the others share its weight in proportion: a signal
    that is missing is never taken as 0. Where none that counts is left, all are applied 0.

    Args:
        readings: signals by name.
        weights: what each is to count; names that are missing count nothing.
        suggested: what is shown beside the weights applied.
    """
    known = {name: weights.get(name, 0.0) for name, r in readings.items() if r.value is not None}
    total = math.fsum(known.values())
    return tuple(
        Signal(
            name,
            reading.value,
            suggested.get(name, 0.0),
            known.get(name, 0.0) / total if total else 0.0,
            reading.reason,
        )
        for name, reading in readings.items()
    )


def parts(signals: tuple[Signal, ...]) -> tuple[Part, ...]:
    """Return the signals that count as the parts of a score."""
    return tuple(
        Part(signal.name, signal.value, signal.applied)
        for signal in signals
        if signal.value is not None and signal.applied > 0
    )


def total(signals: tuple[Signal, ...]) -> float:
    """Return the score in [0, 1]; 0 where nothing could be computed."""
    return round(math.fsum(part.value * part.weight for part in parts(signals)), SCORE_DIGITS)


def parse_weights(text: str, suggested: Mapping[str, float] = SUGGESTED) -> dict[str, float]:
    """Return weights from `semantic=0.5,section=0`; signals that are not named keep theirs.

    Raises:
        ConfigError: a name is unknown or stands twice, a weight is no number of at least 0, or all
            are 0.
    """
    changed: dict[str, float] = {}
    for item in text.split(","):
        name, _, written = (piece.strip() for piece in item.partition("="))
        if name not in suggested:
            raise ConfigError(f"weight {item.strip()!r}: signals are {', '.join(suggested)}")
        if name in changed:
            raise ConfigError(f"weight {name}: given twice")
        try:
            changed[name] = float(written)
        except ValueError:
            raise ConfigError(f"weight {name}: {written!r} is no number") from None
        if not 0 <= changed[name] < math.inf:
            raise ConfigError(f"weight {name}: {written} is not a number of at least 0")
    weights = {**suggested, **changed}
    if not any(weights.values()):
        raise ConfigError("all weights are 0: at least one signal must count")
    return weights
