"""The texts and pairs of a dataset folder as training reads them: masked and cut as when served."""

import logging
import tempfile
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from sentence_transformers import SentenceTransformer

from shortlist.dataset import Dataset
from shortlist.encoding.tokens import Chunk, Tokenizer
from shortlist.errors import ConfigError, DataError
from shortlist.evaluation.metrics import FITS_FROM
from shortlist.masking import Masker
from shortlist.matcher.whole import KINDS, PARTS, TEXT, Side
from shortlist.records import Document, MaskedText
from shortlist.training.settings import DataSettings, ModelSettings

_log = logging.getLogger(__name__)

Integers = NDArray[np.int64]
Reals = NDArray[np.float64]
Groups = Mapping[str, Mapping[str, str]]

_WHOLE = KINDS.index(TEXT)

NOBODY = -1
"""The code of a resume whose group is not known."""


class Part(NamedTuple):
    """A part of a text: the place of its kind in `KINDS`, and its chunks."""

    kind: int
    chunks: tuple[Chunk, ...]


@dataclass(frozen=True, slots=True)
class Text:
    """A masked text and its parts, in chunks with special tokens and prefix."""

    id: str
    text: str = field(repr=False)
    parts: tuple[Part, ...] = field(repr=False)

    @property
    def chunks(self) -> tuple[Chunk, ...]:
        """Those of all parts, in order."""
        return tuple(chunk for part in self.parts for chunk in part.chunks)


@dataclass(frozen=True, slots=True)
class Grouping:
    """The groups of an attribute: their names, and the code of each resume in the corpus."""

    attribute: str
    names: tuple[str, ...]
    codes: Integers


@dataclass(frozen=True, slots=True)
class Corpus:
    """One split: jobs, resumes, and the judged pairs by their places in the two lists.

    `grade` [pairs] is the mean over annotators. `same` [resumes] is the code of the attribute under
    which resumes count as alike, or NOBODY.
    """

    jobs: tuple[Text, ...] = field(repr=False)
    resumes: tuple[Text, ...] = field(repr=False)
    job: Integers = field(repr=False)
    resume: Integers = field(repr=False)
    grade: Reals = field(repr=False)
    groupings: tuple[Grouping, ...]
    same: Integers = field(repr=False)

    @property
    def fits(self) -> NDArray[np.bool_]:
        """Which pairs fit [pairs]."""
        return self.grade >= FITS_FROM


class Reader:
    """Masks texts and cuts them into chunks of tokens: what serving does, by the same code."""

    def __init__(self, model: SentenceTransformer, settings: ModelSettings) -> None:
        self._masker = Masker(settings.mask_policy)
        self._prefixes = {"job": settings.job_prefix, "resume": settings.resume_prefix}
        self._in_sections = settings.sections
        with tempfile.TemporaryDirectory() as folder:
            model.tokenizer.save_pretrained(folder)
            path = Path(folder) / "tokenizer.json"
            self._tokenizer = Tokenizer(path, settings.chunk_tokens)

    def read(self, texts: Mapping[str, str], side: Side) -> tuple[Text, ...]:
        """Return texts, masked and cut.

        Args:
            texts: by id.
            side: which prefix they get, and how they fall into parts.
        """
        masked = [self._masker(Document(name, text)) for name, text in texts.items()]
        if self._in_sections:
            return in_sections(masked, side, self._tokenizer, self._prefixes[side])
        chunks = self._tokenizer.chunks([one.text for one in masked], self._prefixes[side])
        return tuple(
            Text(one.id, one.text, (Part(_WHOLE, tuple(pieces)),) if pieces else ())
            for one, pieces in zip(masked, chunks, strict=True)
        )


def in_sections(
    texts: Sequence[MaskedText], side: Side, tokenizer: Tokenizer, prefix: str
) -> tuple[Text, ...]:
    """Return masked texts in the parts that a score reads, cut; parts without a token left out."""
    found = []
    for text in texts:
        spans = PARTS[side](text.text)
        cut = tokenizer.chunks([text.text[span.start : span.end] for span in spans], prefix)
        parts = zip((KINDS.index(span.kind) for span in spans), map(tuple, cut), strict=True)
        found.append(Text(text.id, text.text, tuple(Part(*part) for part in parts if part[1])))
    return tuple(found)


def check_dataset(dataset: Dataset) -> None:
    """Refuse a data set that is for tests only.

    Raises:
        DataError: its card says `test_only: true`.
    """
    if dataset.card.test_only:
        raise DataError(
            f"{dataset.name}: is for tests only, as its README says: train on another data set"
        )


def read_corpus(
    dataset: Dataset, split: str, groups: Groups, reader: Reader, *, settings: DataSettings
) -> Corpus:
    """Return the judged pairs of a split with their texts. Texts without a token are left out.

    Raises:
        DataError: there is no such split, or no pair in it fits.
        ConfigError: an attribute is not among the groups.
    """
    part = dataset.part(split)
    grades = _grades(part)
    jobs = reader.read(_used(part.jobs, (job for job, _ in grades)), "job")
    resumes = reader.read(part.resumes, "resume")
    jobs = _with_tokens(jobs, split, "jobs")
    resumes = _with_tokens(resumes, split, "resumes")
    at_job = {text.id: place for place, text in enumerate(jobs)}
    at_resume = {text.id: place for place, text in enumerate(resumes)}
    pairs = [(j, r) for j, r in grades if j in at_job and r in at_resume]
    corpus = Corpus(
        jobs,
        resumes,
        np.array([at_job[job] for job, _ in pairs], np.int64),
        np.array([at_resume[resume] for _, resume in pairs], np.int64),
        np.array([grades[pair] for pair in pairs], np.float64),
        tuple(_grouping(name, groups, resumes) for name in settings.attributes),
        _grouping(settings.same, groups, resumes).codes
        if settings.same
        else np.full(len(resumes), NOBODY),
    )
    if not corpus.fits.any():
        raise DataError(f"{dataset.name}: no pair of the split {split!r} fits: nothing to learn")
    return corpus


def _grades(dataset: Dataset) -> dict[tuple[str, str], float]:
    grades: dict[tuple[str, str], list[float]] = {}
    for judgment in dataset.judgments:
        grades.setdefault((judgment.job, judgment.resume), []).append(judgment.grade)
    return {pair: float(np.mean(found)) for pair, found in sorted(grades.items())}


def _used(texts: Mapping[str, str], names: Iterable[str]) -> dict[str, str]:
    wanted = set(names)
    return {name: text for name, text in texts.items() if name in wanted}


def _with_tokens(texts: Sequence[Text], split: str, kind: str) -> tuple[Text, ...]:
    kept = tuple(text for text in texts if text.parts)
    if len(kept) < len(texts):
        _log.warning("%s: %d empty %s left out", split, len(texts) - len(kept), kind)
    return kept


def _grouping(attribute: str, groups: Groups, resumes: Sequence[Text]) -> Grouping:
    if attribute not in groups:
        there = ", ".join(groups) or "nothing"
        raise ConfigError(f"attribute {attribute!r}: groups.csv has {there}")
    of = groups[attribute]
    names = tuple(sorted(set(of.values())))  # of all splits, so that codes mean the same in each
    codes = [names.index(of[text.id]) if text.id in of else NOBODY for text in resumes]
    return Grouping(attribute, names, np.array(codes, np.int64))
