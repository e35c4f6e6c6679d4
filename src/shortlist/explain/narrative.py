"""What was computed of a pair, in a language model's words: shown beside it, never part of it."""

from dataclasses import dataclass
from typing import Literal

Language = Literal["en", "zh-TW"]

CAUTION = (
    "A language model's words for what was computed above: they can differ from run to run. "
    "They change no score, and no ranking, comparison or audit uses them."
)


@dataclass(frozen=True, slots=True)
class KeyFeature:
    """One factor of the score, and why it matters, in the model's words."""

    feature: str
    reason: str
    direction: Literal["raises", "lowers"]
    importance_rank: int


@dataclass(frozen=True, slots=True)
class Narrative:
    """What a language model said; `unusable` says why there is nothing, where there is not.

    A sentence is kept only where all that it quotes stands in the masked texts or in what was
    computed, and all its numbers were given to the model.
    """

    model: str
    language: Language
    explanation: str
    key_features: tuple[KeyFeature, ...]
    uncertainty: tuple[str, ...]
    misclassification_risks: tuple[str, ...]
    dropped: int
    """How many sentences and entries were left out."""
    unusable: str = ""
