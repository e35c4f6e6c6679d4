"""The front door: composes masking, extraction, encoding and ranking."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from hashlib import sha256
from importlib import resources
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Literal

import numpy as np

from shortlist.encoding import Encoder, Progress, VectorCache, cache_key
from shortlist.encoding.cache import Matrix
from shortlist.encoding.runtimes import Runtime
from shortlist.errors import DocumentError
from shortlist.extraction.passages import passages
from shortlist.extraction.requirements import requirements, title
from shortlist.extraction.tenure import tenure, years_said
from shortlist.masking import Masker
from shortlist.ranking import Asked, Candidate, Index, Opening, Passage, opening
from shortlist.records import Document, MaskedText, Ranking, Requirement, Span

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
            Candidate(document, reading.passages, rows, reading.total_years)
            for document, reading, rows in zip(documents, readings, vectors, strict=True)
        ]

    def _readings(self, documents: Sequence[Document]) -> list["_Reading"]:
        """Return what is read of resumes, by the masker or from the cache."""
        keys = [_reading_key(document, self.masker.policy) for document in documents]
        known = self.cache.get(keys)
        new = {
            key: _read(self.masker(document))
            for key, document in zip(keys, documents, strict=True)
            if key not in known
        }
        self.cache.put({key: _packed(reading) for key, reading in new.items()})
        return [
            new[key] if key in new else _unpacked(known[key], document, self.masker.policy)
            for key, document in zip(keys, documents, strict=True)
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


@dataclass(frozen=True, slots=True)
class _Reading:
    """What is read of a resume."""

    masked: MaskedText
    spans: tuple[tuple[int, int], ...]
    """The passages in offsets of the masked text."""
    passages: tuple[Passage, ...]
    total_years: float | None

    @property
    def parts(self) -> _Texts:
        return [self.masked.part(start, end) for start, end in self.spans]


def _read(masked: MaskedText) -> _Reading:
    found = passages(masked.text)
    time = tenure(masked.text, found)
    return _Reading(
        masked,
        tuple((span.start, span.end) for span in found),
        tuple(
            Passage(*masked.original_span(s.start, s.end), masked.text[s.start : s.end], years)
            for s, years in zip(found, time.behind, strict=True)
        ),
        time.total,
    )


def _packed(reading: _Reading) -> Matrix:
    """Return a reading as a matrix that the cache can hold: offsets and years, no text.

    The cache holds numbers, of which float16 keeps the whole ones up to 2048; so bytes fit it.
    """
    numbers = {
        "hidden": [(span.start, span.end, span.kind) for span in reading.masked.hidden],
        "spans": reading.spans,
        "passages": [(p.start, p.end, p.years) for p in reading.passages],
        "total_years": reading.total_years,
    }
    return np.frombuffer(json.dumps(numbers).encode(), np.uint8).astype(np.float32)[None, :]


def _unpacked(matrix: Matrix, document: Document, policy: str) -> _Reading:
    numbers = json.loads(matrix.astype(np.uint8).tobytes())
    hidden = tuple(Span(*span) for span in numbers["hidden"])
    starts = [0, *(span.end for span in hidden)]
    ends = [*(span.start for span in hidden), len(document.text)]
    text = "".join(document.text[a:b] for a, b in zip(starts, ends, strict=True))
    spans = tuple((start, end) for start, end in numbers["spans"])
    return _Reading(
        MaskedText(document.id, text, hidden, policy),
        spans,
        tuple(
            Passage(start, end, text[first:last], years)
            for (first, last), (start, end, years) in zip(spans, numbers["passages"], strict=True)
        ),
        numbers["total_years"],
    )


def _reading_key(document: Document, policy: str) -> bytes:
    pointed_at = [(f.start, f.end) for f in document.findings if f.start is not None]
    return cache_key("reading", _code(), policy, json.dumps(pointed_at), document.text)


@cache
def _code() -> str:
    """Return a digest of the code and lexicons that decide what is read of a document."""
    digest = sha256()
    for package in ("shortlist.masking", "shortlist.extraction"):
        for file in _files(resources.files(package)):
            digest.update(file.read_bytes())
    return digest.hexdigest()


def _files(folder: Traversable) -> Iterator[Traversable]:
    for entry in sorted(folder.iterdir(), key=lambda entry: entry.name):
        if entry.is_dir():
            yield from _files(entry)
        elif not entry.name.endswith(".pyc"):
            yield entry


def _unseen(_share: float) -> None:
    """Show no progress."""


def _part_of(progress: Progress | None, done: float, size: float) -> Progress:
    """Return the progress of a part of the work, of this size and after what is done."""
    return (lambda share: progress(done + share * size)) if progress else _unseen


def _asked(job: Document, masked: MaskedText, found: Requirement) -> Asked:
    start, end = masked.original_span(found.start, found.end)
    requirement = replace(found, text=job.text[start:end], start=start, end=end)
    return Asked(requirement, found.text, years_said(found.text))
