"""Rows of the corpus -> the tensors of a batch."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import torch
from torch import Tensor

from shortlist.training.corpus import Corpus, Integers, Part
from shortlist.training.order import Batches
from shortlist.training.prefix import Prefix
from shortlist.training.settings import DataSettings

NONE = -1
"""Stands where a pair has fewer hard negatives than others."""

PREFIX = "text_"
"""Of every key of a batch, so that the trainer hands them to the loss as one."""


class Collator:
    """Makes a batch of rows: distinct texts as padded chunks, and who is whose.

    Keys, each with PREFIX: `input_ids`, `attention_mask` [chunks, length], longest chunk first;
    `owner` [chunks], the part of a text that each is of; `text`, `kind` [parts], the text of each
    part, and its kind by its place in `KINDS`; `job`, `resume` [rows] and `negatives` [rows, k],
    texts by their place in the batch; `job_key`, `resume_key` [rows] and `negatives_key` [rows, k],
    the same by their place in the corpus. NONE where there is no negative.
    """

    valid_label_columns: tuple[str, ...] = ()

    def __init__(
        self,
        rows: Integers,
        corpus: Corpus,
        settings: DataSettings,
        order: Batches,
        *,
        prefix: Prefix | None = None,
    ) -> None:
        """Make batches of these rows, with what the frozen layers made of them if it is kept."""
        self.corpus = corpus
        self._prefix = prefix
        self._rows = rows
        self._settings = settings
        self._order = order
        self._against = _against(corpus)

    def __call__(self, features: Sequence[Mapping[str, int]]) -> dict[str, Any]:
        numbers = [int(feature["row"]) for feature in features]
        pairs = self._rows[numbers]
        job_key = self.corpus.job[pairs]
        resume_key = self.corpus.resume[pairs]
        negatives_key = np.stack(
            [self._negatives(row, job) for row, job in zip(numbers, job_key, strict=True)]
        )
        texts = _Texts()
        places = {
            "job": texts.places("job", job_key),
            "resume": texts.places("resume", resume_key),
            "negatives": texts.places("resume", negatives_key),
            "job_key": job_key,
            "resume_key": resume_key,
            "negatives_key": negatives_key,
        }
        parts = [self._parts(kind, key) for kind, key in texts.found]
        batch = {
            **padded(parts, self._prefix),
            **{name: torch.as_tensor(at) for name, at in places.items()},
        }
        return {PREFIX + name: tensor for name, tensor in batch.items()}

    def _negatives(self, row: int, job: int) -> Integers:
        """Return hard negatives of a row's job: as many as asked, NONE where there are no more."""
        wanted = self._settings.hard_negatives
        found = self._against.get(job, np.zeros(0, np.int64))
        rng = np.random.default_rng([self._order.seed, self._order.epoch, row, 1])
        drawn = rng.permutation(found)[:wanted]
        return np.pad(drawn, (0, wanted - len(drawn)), constant_values=NONE)

    def _parts(self, kind: str, key: int) -> Sequence[Part]:
        """Return the parts of a text with as many chunks as are read, drawn of all its chunks."""
        text = (self.corpus.jobs if kind == "job" else self.corpus.resumes)[key]
        most, count = self._settings.chunks, len(text.chunks)
        if not most or count <= most:
            return text.parts
        seed = [self._order.seed, self._order.epoch, key, 2 + (kind == "job")]
        kept = set(np.random.default_rng(seed).permutation(count)[:most].tolist())
        places = iter(range(count))
        drawn = [
            Part(part.kind, tuple(chunk for chunk in part.chunks if next(places) in kept))
            for part in text.parts
        ]
        return [part for part in drawn if part.chunks]


class _Texts:
    """The distinct texts of a batch, in the order in which they were met."""

    def __init__(self) -> None:
        self.found: dict[tuple[str, int], int] = {}

    def places(self, kind: str, keys: Integers) -> Integers:
        """Return the place of each text in the batch; NONE stays NONE."""
        flat = [
            NONE if key == NONE else self.found.setdefault((kind, int(key)), len(self.found))
            for key in keys.ravel()
        ]
        return np.array(flat, np.int64).reshape(keys.shape)


def padded(texts: Sequence[Sequence[Part]], prefix: Prefix | None = None) -> dict[str, Tensor]:
    """Return the chunks of the parts of texts, longest first, as a batch has them.

    With a prefix also `hidden`, what the frozen layers made of them.
    """
    parts = [(part, text) for text, some in enumerate(texts) for part in some]
    chunks = [(chunk, owner) for owner, (part, _) in enumerate(parts) for chunk in part.chunks]
    chunks.sort(key=lambda pair: -len(pair[0]))
    ids = torch.zeros(len(chunks), len(chunks[0][0]), dtype=torch.long)
    mask = torch.zeros_like(ids)
    for row, (chunk, _) in enumerate(chunks):
        ids[row, : len(chunk)] = torch.tensor(chunk)
        mask[row, : len(chunk)] = 1
    owner = torch.tensor([owner for _, owner in chunks])
    found = {
        "input_ids": ids,
        "attention_mask": mask,
        "owner": owner,
        "text": torch.tensor([text for _, text in parts]),
        "kind": torch.tensor([part.kind for part, _ in parts]),
    }
    if prefix is not None:
        found["hidden"] = prefix.hidden([chunk for chunk, _ in chunks])
    return found


def _against(corpus: Corpus) -> dict[int, Integers]:
    """Return for each job the resumes of which somebody said that they do not fit."""
    found: dict[int, list[int]] = {}
    for job, resume, grade in zip(corpus.job, corpus.resume, corpus.grade, strict=True):
        if grade == 0:
            found.setdefault(int(job), []).append(int(resume))
    return {job: np.array(resumes, np.int64) for job, resumes in found.items()}
