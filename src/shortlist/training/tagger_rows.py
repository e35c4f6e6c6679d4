"""Sentences whose words carry labels -> token numbers and labels to train a tagger on.

One JSON object a line, as SkillSpan (Zhang et al. 2022) is published: `tokens`, and `tags_KIND` for
each kind, with B, I or O for every token.
"""

import json
import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch
from torch import Tensor

from shortlist.errors import DataError
from shortlist.extraction.tagger import case_class
from shortlist.extraction.tags import first_tokens

LABELS = ("O", "B", "I")
_NUMBER = {label: number for number, label in enumerate(LABELS)}
IGNORED = -100
"""Stands for the label of a token that is judged by none."""
_POOL = 20
"""So many batches are sorted by length together, so that little is padded."""


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence as a tagger reads it."""

    numbers: tuple[int, ...]
    """Of its tokens."""
    case: tuple[int, ...]
    """Of the letters of each token's word."""
    firsts: tuple[int, ...]
    """The token by which each word is judged; words that were cut off have none."""
    truth: tuple[tuple[int, ...], ...]
    """For each kind, the labels of those words."""


@dataclass(frozen=True, slots=True, eq=False)
class Batch:
    """Sentences as tensors [batch, length], and their labels [batch, length, kinds]."""

    numbers: Tensor
    case: Tensor
    mask: Tensor
    truth: Tensor


def read_sentences(
    path: Path, tokenizer: Any, kinds: Sequence[str], most_tokens: int
) -> list[Sentence]:
    """Return the sentences of a file; a longer one is cut.

    Raises:
        DataError: the file cannot be read or holds no sentence, or a line is malformed.
    """
    try:
        lines = path.read_text("utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise DataError(f"{path}: cannot be read ({error}); name the file in the recipe") from error
    found = [
        _sentence(record, tokenizer, kinds, most_tokens)
        for number, line in enumerate(lines, 1)
        if line.strip() and (record := _record(line, f"{path}, line {number}", kinds))["tokens"]
    ]
    if not found:
        raise DataError(f"{path}: holds no sentence: nothing can be learned from it")
    return found


def _record(line: str, place: str, kinds: Sequence[str]) -> Mapping[str, Any]:
    try:
        record = json.loads(line)
    except ValueError as error:
        raise DataError(f"{place}: not JSON ({error}); mend or remove the line") from error
    words = record.get("tokens") if isinstance(record, dict) else None
    if not isinstance(words, list) or not all(isinstance(word, str) for word in words):
        raise DataError(f"{place}: `tokens` must be a list of words")
    for kind in kinds:
        tags = record.get(f"tags_{kind}")
        if not isinstance(tags, list) or len(tags) != len(words):
            raise DataError(f"{place}: `tags_{kind}` must be a list with a label for each token")
        if wrong := next((tag for tag in tags if str(tag)[:1] not in _NUMBER), None):
            raise DataError(f"{place}: `tags_{kind}` holds {wrong!r}; labels are B, I and O")
    return dict(record)


def _sentence(
    record: Mapping[str, Any], tokenizer: Any, kinds: Sequence[str], most_tokens: int
) -> Sentence:
    words = record["tokens"]
    encoded = tokenizer(words, is_split_into_words=True, truncation=True, max_length=most_tokens)
    places = encoded.word_ids()
    firsts = tuple(first_tokens(places))
    return Sentence(
        tuple(encoded["input_ids"]),
        tuple(0 if word is None else case_class(words[word]) for word in places),
        firsts,
        tuple(
            tuple(_NUMBER[tag[0]] for tag in record[f"tags_{kind}"][: len(firsts)])
            for kind in kinds
        ),
    )


def batch_of(rows: Sequence[Sentence]) -> Batch:
    """Return a batch, padded to its longest sentence."""
    shape = len(rows), max(len(row.numbers) for row in rows)
    numbers, case, mask = (torch.zeros(shape, dtype=torch.long) for _ in range(3))
    truth = torch.full((*shape, len(rows[0].truth)), IGNORED)
    for at, row in enumerate(rows):
        length = len(row.numbers)
        numbers[at, :length] = torch.tensor(row.numbers)
        case[at, :length] = torch.tensor(row.case)
        mask[at, :length] = 1
        for kind, labels in enumerate(row.truth):
            truth[at, list(row.firsts), kind] = torch.tensor(labels, dtype=torch.long)
    return Batch(numbers, case, mask, truth)


def shuffled(rows: Sequence[Sentence], size: int, chance: random.Random) -> Iterator[Batch]:
    """Yield batches of sentences of about one length, in random order."""
    order = list(range(len(rows)))
    chance.shuffle(order)
    pools = [order[at : at + _POOL * size] for at in range(0, len(order), _POOL * size)]
    parts = []
    for pool in pools:
        pool.sort(key=lambda row: len(rows[row].numbers))
        parts += [pool[at : at + size] for at in range(0, len(pool), size)]
    chance.shuffle(parts)
    for part in parts:
        yield batch_of([rows[row] for row in part])
