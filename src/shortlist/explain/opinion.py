"""A language model's opinion of a pair: shown beside a score, never part of one."""

from dataclasses import dataclass

SHARE = 0.4
"""What an opinion counts in the blend that is shown beside the score; the score counts the rest."""

CAUTION = (
    "A language model's opinion: it can differ from run to run and is not reproducible. "
    "No ranking, comparison or audit uses it."
)


@dataclass(frozen=True, slots=True)
class Opinion:
    """What a language model said. `score` is 0 to 100; None where its answer was unusable."""

    model: str
    score: int | None
    reason: str
    quotes: tuple[str, ...]
    """Of what it quoted, that which stands in the masked resume."""
    dropped_quotes: int
    """How many it made up."""

    def blended(self, score: float) -> float | None:
        """Return 0.4 of the opinion and 0.6 of a score in [0, 1]; None without an opinion."""
        if self.score is None:
            return None
        return round(SHARE * self.score / 100 + (1 - SHARE) * score, 4)
