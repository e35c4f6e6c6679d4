"""The front door: composes masking, extraction, encoding and ranking."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Literal

import numpy as np

from shortlist.encoding import Encoder, Progress, VectorCache, cache_key
from shortlist.encoding.cache import Matrix
from shortlist.encoding.runtimes import Runtime
from shortlist.errors import DocumentError
from shortlist.extraction.requirements import requirements, title
from shortlist.extraction.tenure import years_said
from shortlist.masking import Masker
from shortlist.matcher.reading import Reading, from_note, key, note, read
from shortlist.ranking import Asked, Candidate, Index, Opening, opening
from shortlist.records import Document, MaskedText, Ranking, Requirement

_Texts = list[MaskedText]

_AT_ONCE = 256
"""Resumes that are encoded, and kept in the cache, at a time."""


class Matcher:
    """A model, a masking policy, and the cache of what was computed before.

    Example:
        matcher = Matcher.load()
        ranking = matcher.rank(job, resumes)
        print(ranking.matches[0].resume, ranking.matches[0].score)
    """

    def __init__(self, encoder: Encoder, masker: Masker, cache: VectorCache) -> None:
        self.encoder = encoder
        self.masker = masker
        self.cache = cache

    @classmethod
    def load(
        cls,
        folder: Path | None = None,
        *,
        policy: str = "standard",
        runtime: Runtime = "onnxruntime",
        cache: VectorCache | None = None,
    ) -> "Matcher":
        """Return a matcher.

        Args:
            folder: a model folder; the default model without one.
            policy: what is hidden from the model, one of `shortlist.masking.POLICIES`.
            runtime: what computes the model.
            cache: where vectors are kept between runs; the user's cache folder without one.

        Raises:
            ModelError: the folder is no model folder that this version reads.
            ConfigError: there is no such policy or runtime.
            MissingExtra: the runtime is not installed.
        """
        return cls(Encoder.load(folder, runtime), Masker(policy), cache or VectorCache.open())

    def index(self, resumes: Sequence[Document], progress: Progress | None = None) -> Index:
        """Return resumes ready to be ranked for any number of jobs.

        Raises:
            ModelError: the model was trained on text masked under another policy.
        """
        candidates: list[Candidate] = []
        for start in range(0, len(resumes), _AT_ONCE):
            some = resumes[start : start + _AT_ONCE]
            share = _part_of(progress, start / len(resumes), len(some) / len(resumes))
            candidates += self._candidates(some, share)
        return Index.build(candidates)

    def rank(
        self,
        job: Document,
        resumes: Sequence[Document] | Index,
        top: int | None = None,
        detail: bool = True,
    ) -> Ranking:
        """Return resumes for a job, best first; of equal scores the smaller id comes first.

        A score depends on the job and the resume, not on the other resumes or their order.

        Args:
            job: what the resumes are compared with.
            resumes: documents, or what `index` made of them.
            top: how many to return; all without it.
            detail: whether each match carries the parts of its score, the requirements with their
                evidence, and the findings of its document.

        Raises:
            DocumentError: the job has no text.
            ModelError: the model was trained on text masked under another policy.
        """
        index = resumes if isinstance(resumes, Index) else self.index(resumes)
        return index.search(self._opening(job), top, detail=detail)

    def _opening(self, job: Document) -> Opening:
        masked = self.masker(job)
        found = requirements(masked.text)
        if not found:
            raise DocumentError(
                f"{job.id}: the job has no text; name a file that says what it asks"
            )
        asked = [_asked(job, masked, requirement) for requirement in found]
        name = title(masked.text)
        whole = [masked, masked.part(name.start, name.end)] if name else [masked]
        parts = [masked.part(requirement.start, requirement.end) for requirement in found]
        (vectors,) = self._vectors("job", [whole + parts], _unseen)
        return opening(job.id, asked, vectors[len(whole) :], vectors[: len(whole)])

    def _candidates(self, documents: Sequence[Document], progress: Progress) -> list[Candidate]:
        readings = self._readings(documents)
        vectors = self._vectors("resume", [reading.parts for reading in readings], progress)
        progress(1.0)
        return [
            Candidate(r.told(document), r.passages, rows, r.total_years, r.introduction)
            for document, r, rows in zip(documents, readings, vectors, strict=True)
        ]

    def _readings(self, documents: Sequence[Document]) -> list[Reading]:
        """Return what is read of resumes, by the masker or from the cache."""
        policy, fingerprint = self.masker.policy, self.encoder.fingerprint
        keys = [key(document, policy, fingerprint) for document in documents]
        known = self.cache.get_notes(keys)
        readings: dict[bytes, Reading] = {}
        for place, document in zip(keys, documents, strict=True):
            if place not in known and place not in readings:
                readings[place] = read(document, self.masker, self.encoder)
        self.cache.put_notes({place: note(reading) for place, reading in readings.items()})
        return [
            readings[place] if place in readings else from_note(known[place], document, policy)
            for place, document in zip(keys, documents, strict=True)
        ]

    def _vectors(
        self, side: Literal["job", "resume"], texts: Sequence[_Texts], progress: Progress
    ) -> list[Matrix]:
        """Return a matrix [parts, dimension] for every list of parts, from the cache if it can."""
        encode = self.encoder.encode_jobs if side == "job" else self.encoder.encode_resumes
        keys = [cache_key(self.encoder.fingerprint, side, *(t.text for t in ts)) for ts in texts]
        known = self.cache.get(keys)
        new = {key: ts for key, ts in zip(keys, texts, strict=True) if key not in known}
        rows = encode([part for parts in new.values() for part in parts], progress)
        ends = np.cumsum([len(parts) for parts in new.values()])
        computed = dict(zip(new, np.split(rows, ends[:-1]), strict=True)) if new else {}
        self.cache.put({key: matrix for key, matrix in computed.items() if len(matrix)})
        return [known[key] if key in known else computed[key] for key in keys]


def _unseen(_share: float) -> None:
    """Show no progress."""


def _part_of(progress: Progress | None, done: float, size: float) -> Progress:
    """Return the progress of a part of the work, of this size and after what is done."""
    return (lambda share: progress(done + share * size)) if progress else _unseen


def _asked(job: Document, masked: MaskedText, found: Requirement) -> Asked:
    start, end = masked.original_span(found.start, found.end)
    requirement = replace(found, text=job.text[start:end], start=start, end=end)
    return Asked(requirement, found.text, years_said(found.text))
