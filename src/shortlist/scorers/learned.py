"""The learned score: the encoder's, as `shortlist rank` gives it."""

from collections import OrderedDict
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import numpy as np

from shortlist.encoding import Encoder, Progress, VectorCache
from shortlist.encoding.folder import ModelConfig
from shortlist.encoding.runtimes import Runtime, Vectors
from shortlist.masking import Masker
from shortlist.matcher import Matcher
from shortlist.records import Document, MaskedText, Ranking
from shortlist.scorers.signals import Scored, Signal

REMEMBERED = 50_000
"""Vectors that are kept in memory: some 80 MB with the default model."""


class Learned:
    """The matcher as one of several ways of scoring."""

    name = "learned"

    def __init__(self, matcher: Matcher) -> None:
        self.matcher = matcher

    def rank(self, job: Document, resumes: Sequence[Document]) -> Ranking:
        """Return resumes for a job, as `Matcher.rank` does."""
        return self.matcher.rank(job, resumes)

    def rankings(
        self,
        jobs: Sequence[Document],
        resumes: Sequence[Document],
        progress: Progress | None = None,
    ) -> Iterator[Ranking]:
        """Yield the ranking of the same resumes for each job."""
        index = self.matcher.index(resumes, progress)
        for job in jobs:
            yield self.matcher.rank(job, index, detail=False)

    def pair(self, job: Document, resume: Document) -> Scored:
        """Return the score of one resume with its parts."""
        (match,) = self.matcher.rank(job, [resume]).matches
        signals = tuple(Signal(p.name, p.value, p.weight, p.weight) for p in match.parts)
        return Scored(match.score, signals)


class Remembering(Encoder):
    """An encoder that computes no text twice, however often it is asked.

    A vector does not depend on the texts beside it, so what is remembered is what would be
    computed. For several scorers on the same texts, and for small edits of one resume.
    """

    def __init__(
        self, folder: Path, config: ModelConfig, runtime: Runtime, fingerprint: str
    ) -> None:
        super().__init__(folder, config, runtime, fingerprint)
        self._memory: OrderedDict[tuple[str, str, str], Vectors] = OrderedDict()

    def forget(self) -> None:
        """Drop what is remembered."""
        self._memory.clear()

    def encode_jobs(self, texts: Sequence[MaskedText], progress: Progress | None = None) -> Vectors:
        """Return vectors as `Encoder.encode_jobs` does."""
        return self._remembered("job", texts, lambda new: super(Remembering, self).encode_jobs(new))

    def encode_resumes(
        self, texts: Sequence[MaskedText], progress: Progress | None = None
    ) -> Vectors:
        """Return vectors as `Encoder.encode_resumes` does."""
        return self._remembered(
            "resume",
            texts,
            lambda new: super(Remembering, self).encode_resumes(new, progress),
        )

    def _remembered(
        self,
        side: str,
        texts: Sequence[MaskedText],
        encode: Callable[[Sequence[MaskedText]], Vectors],
    ) -> Vectors:
        memory = self._memory
        keys = [(side, text.policy, text.text) for text in texts]
        new = {key: text for key, text in zip(keys, texts, strict=True) if key not in memory}
        memory.update(zip(new, encode(list(new.values())), strict=True))
        rows = [memory[key] for key in keys]
        for key in keys:
            memory.move_to_end(key)
        while len(memory) > REMEMBERED:
            memory.popitem(last=False)
        return np.stack(rows) if rows else np.zeros((0, self.dimension), np.float32)


def learned_matcher(
    folder: Path | None = None,
    *,
    policy: str = "standard",
    runtime: Runtime = "onnxruntime",
    cache: VectorCache | None = None,
) -> Matcher:
    """Return a matcher, as `Matcher.load` does, that remembers the vectors it computed."""
    encoder = Remembering.load(folder, runtime)
    return Matcher(encoder, Masker(policy), cache or VectorCache.open())
