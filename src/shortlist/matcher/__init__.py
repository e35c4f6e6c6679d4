"""The front door: composes masking, extraction, encoding and ranking."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Literal

import numpy as np

from shortlist.encoding import Encoder, Progress, VectorCache, cache_key
from shortlist.encoding.cache import Matrix
from shortlist.encoding.runtimes import Runtime
from shortlist.masking import Masker
from shortlist.matcher import job_reading, resume_reading
from shortlist.matcher.job_reading import JobReading
from shortlist.matcher.notes import Parts, key
from shortlist.matcher.resume_reading import ResumeReading
from shortlist.ranking import Candidate, Index, Opening, opening
from shortlist.records import Document, Ranking

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
        found = self._read_job(job)
        ranking = index.search(self._opening(job, found), top, detail=detail)
        return replace(ranking, findings=found.told(job).findings) if detail else ranking

    def opened(self, job: Document) -> Opening:
        """Return a job as scoring reads it.

        Raises:
            DocumentError: the job has no text.
            ModelError: the model was trained on text masked under another policy.
        """
        return self._opening(job, self._read_job(job))

    def _read_job(self, job: Document) -> JobReading:
        """Return what is read of a job, by the masker or from the cache."""
        policy = self.masker.policy
        place = key("job", job, policy, self.encoder.fingerprint)
        known = self.cache.get_notes([place])
        if known:
            return job_reading.from_note(known[place], job, policy)
        found = job_reading.read(job, self.masker, self.encoder)
        self.cache.put_notes({place: job_reading.note(found)})
        return found

    def _opening(self, job: Document, found: JobReading) -> Opening:
        (vectors,) = self._vectors("job", [found.parts], _unseen)
        of_whole = len(found.kinds)
        whole = self.encoder.whole(vectors[:of_whole], found.kinds)
        return opening(job.id, found.asked, vectors[of_whole:], whole)

    def _candidates(self, documents: Sequence[Document], progress: Progress) -> list[Candidate]:
        readings = self._readings(documents)
        vectors = self._vectors("resume", [reading.parts for reading in readings], progress)
        progress(1.0)
        return [
            reading.candidate(reading.told(document), rows, self.encoder)
            for document, reading, rows in zip(documents, readings, vectors, strict=True)
        ]

    def _readings(self, documents: Sequence[Document]) -> list[ResumeReading]:
        """Return what is read of resumes, by the masker or from the cache."""
        policy, fingerprint = self.masker.policy, self.encoder.fingerprint
        keys = [key("resume", document, policy, fingerprint) for document in documents]
        known = self.cache.get_notes(keys)
        readings: dict[bytes, ResumeReading] = {}
        for place, document in zip(keys, documents, strict=True):
            if place not in known and place not in readings:
                readings[place] = resume_reading.read(document, self.masker, self.encoder)
        self.cache.put_notes({place: resume_reading.note(read) for place, read in readings.items()})
        return [
            readings[place]
            if place in readings
            else resume_reading.from_note(known[place], document, policy)
            for place, document in zip(keys, documents, strict=True)
        ]

    def _vectors(
        self, side: Literal["job", "resume"], texts: Sequence[Parts], progress: Progress
    ) -> list[Matrix]:
        """Return a matrix [parts, dimension] for every text, from the cache if it can."""
        encode = self.encoder.encode_jobs if side == "job" else self.encoder.encode_resumes
        keys = [cache_key(self.encoder.fingerprint, side, *text.texts) for text in texts]
        known = self.cache.get(keys)
        new = {key: text for key, text in zip(keys, texts, strict=True) if key not in known}
        rows = encode([part for text in new.values() for part in text.masked_texts], progress)
        ends = np.cumsum([len(text.ends) for text in new.values()])
        computed = dict(zip(new, np.split(rows, ends[:-1]), strict=True)) if new else {}
        self.cache.put({key: matrix for key, matrix in computed.items() if len(matrix)})
        return [known[key] if key in known else computed[key] for key in keys]


def _unseen(_share: float) -> None:
    """Show no progress."""


def _part_of(progress: Progress | None, done: float, size: float) -> Progress:
    """Return the progress of a part of the work, of this size and after what is done."""
    return (lambda share: progress(done + share * size)) if progress else _unseen
