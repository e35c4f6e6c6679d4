"""The scorers by name."""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Protocol

from shortlist.encoding import Progress
from shortlist.errors import ConfigError
from shortlist.extraction.lexicon import Lexicon
from shortlist.matcher import Matcher
from shortlist.records import Document, Ranking
from shortlist.scorers.blend import Blend
from shortlist.scorers.blend_file import read_blend
from shortlist.scorers.hybrid import Hybrid
from shortlist.scorers.learned import Learned
from shortlist.scorers.signals import SUGGESTED, Scored

SCORERS = ("learned", "hybrid", "blend")
_OPINIONS = ("llm", "opinion", "gpt")


class Scorer(Protocol):
    """A way of scoring resumes for a job, reproducible to the last bit."""

    @property
    def name(self) -> str:
        """What it is called in reports."""
        ...

    def pair(self, job: Document, resume: Document) -> Scored:
        """Return the score of one resume with all its signals."""
        ...

    def rankings(
        self,
        jobs: Sequence[Document],
        resumes: Sequence[Document],
        progress: Progress | None = None,
    ) -> Iterator[Ranking]:
        """Yield the ranking of the same resumes for each job."""
        ...


def scorer(
    name: str,
    matcher: Matcher,
    *,
    weights: Mapping[str, float] | None = None,
    blend: Path | None = None,
    lexicon: Lexicon | None = None,
) -> Scorer:
    """Return a scorer.

    Args:
        name: one of `SCORERS`.
        matcher: the model behind it.
        weights: of the hybrid's signals, else those suggested.
        blend: the file with a blend's weights, else the one that comes with shortlist.
        lexicon: the skills to look for, else the built-in ones.

    Raises:
        ConfigError: there is no such scorer, or it takes no weights or no blend file.
        DataError: the blend file is none.
    """
    if name in _OPINIONS:
        raise ConfigError(
            f"{name}: a language model's opinion differs from run to run, so it ranks nothing; "
            "`shortlist match --opinion-url` shows it beside a score"
        )
    if name not in SCORERS:
        raise ConfigError(f"{name}: no such scorer; there are {', '.join(SCORERS)}")
    if weights is not None and name != "hybrid":
        raise ConfigError(f"weights are those of the hybrid scorer; {name} has its own")
    if blend is not None and name != "blend":
        raise ConfigError(f"{blend}: {name} takes no blend file; use the blend scorer")
    if name == "hybrid":
        return Hybrid(matcher, weights or SUGGESTED, lexicon)
    if name == "blend":
        return Blend(matcher, read_blend(blend), lexicon)
    return Learned(matcher)
