"""Token classifiers: a tagger folder, or a model from the Hub. The rules do without one.

A tagger folder holds a small model for ONNX Runtime:

model.onnx      token numbers, their mask and the case of their letters -> scores of labels
tokenizer.json  text -> token numbers
config.json     labels by head, the most tokens at once, the sha256 of each file
"""

import hashlib
import json
import os
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from shortlist.errors import ModelError, require
from shortlist.extraction.sentences import lines, sentences
from shortlist.extraction.tags import WORD, Label, Scores, Tag, decoded, first_tokens, parsed

FORMAT = 1
"""The `format` of a tagger's config.json that this version reads."""
KIND = "tagger"

Tagger = Callable[[str], tuple[Tag, ...]]
"""Text -> what a model tags in it, in order."""

_Score = Callable[[Sequence[Sequence[str]]], list[Scores]]
"""Sentences as words -> for each of them scores [words, labels of all heads]."""

_BATCH = 32
_MOST_WORDS = 120
"""A longer sentence is cut."""


@dataclass(frozen=True, slots=True)
class _Head:
    """One labelling of a text; two heads may tag the same words."""

    start: int
    """Its first column among the scores."""
    labels: tuple[Label, ...]


def load_tagger(source: str | Path) -> Tagger:
    """Return a function that tags a text with a model.

    Args:
        source: a tagger folder, or, with the extra `train`, a token-classification model of
            `transformers`: a folder or a name on the Hub.

    Raises:
        ModelError: nothing can be read there as a tagger, or a file is damaged.
        MissingExtra: the model is one of `transformers`, which is not installed.
    """
    folder = Path(source)
    config = _config(folder)
    if config is not None:
        return _tagging(_onnx_scores(folder, config), _heads(config["heads"]))
    require("train", "torch", "transformers")
    from shortlist.extraction.tagger_hub import hub_model

    model = hub_model(str(source))
    plain = "knowledge" if "knowledge" in str(source).lower() else "skill"
    return _tagging(model.scores, [_Head(0, parsed(model.labels, plain))])


def case_class(word: str) -> int:
    """Return the case of a word's letters, which the tokenizer drops: 0 small, 1 with a capital
    in front, 2 all capitals, 3 with a capital inside."""
    if word.isupper() and sum(map(str.isalpha, word)) > 1:
        return 2
    if word[:1].isupper():
        return 1
    return 3 if any(map(str.isupper, word)) else 0


def _config(folder: Path) -> dict[str, Any] | None:
    """The settings of a tagger folder; None where the folder is something else, or none."""
    path = folder / "config.json"
    if not path.is_file():
        return None
    try:
        fields = json.loads(path.read_bytes())
    except ValueError as error:
        raise ModelError(f"{path}: not JSON ({error}); copy the whole folder again") from error
    if not isinstance(fields, dict) or fields.get("kind") != KIND:
        if isinstance(fields, dict) and "mask_policy" in fields:
            raise ModelError(f"{folder}: a model for ranking, not a tagger; use it with --model")
        return None
    if fields.get("format") != FORMAT:
        raise ModelError(
            f"{path}: format {fields.get('format')!r}; this version reads format {FORMAT}: "
            "train the tagger again, or install the version of shortlist that wrote it"
        )
    for name, digest in fields.get("files", {}).items():
        _check(folder / name, digest)
    return fields


def _check(path: Path, digest: str) -> None:
    try:
        with path.open("rb") as file:
            found = hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as error:
        raise ModelError(f"{path}: cannot be read ({error.strerror})") from error
    if found != digest:
        raise ModelError(f"{path}: damaged or exchanged; copy the whole tagger folder again")


def _heads(tables: Sequence[dict[str, Any]]) -> list[_Head]:
    heads, start = [], 0
    for table in tables:
        labels = parsed(table["labels"], table["kind"])
        heads.append(_Head(start, labels))
        start += len(labels)
    return heads


def _onnx_scores(folder: Path, config: dict[str, Any]) -> _Score:
    os.environ.setdefault("ORT_DISABLE_TELEMETRY", "1")
    import onnxruntime
    from onnxruntime.capi import onnxruntime_pybind11_state as native
    from tokenizers import Tokenizer

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    options.log_severity_level = 4  # what matters is raised
    model = folder / "model.onnx"
    try:
        session = onnxruntime.InferenceSession(
            str(model), options, providers=["CPUExecutionProvider"]
        )
        tokenizer = Tokenizer.from_buffer((folder / "tokenizer.json").read_bytes())
    except (native.Fail, native.InvalidArgument, native.InvalidGraph, native.InvalidProtobuf) as e:
        raise ModelError(f"{model}: ONNX Runtime cannot read it: {e}") from e
    tokenizer.no_padding()
    tokenizer.enable_truncation(int(config["max_tokens"]))

    def scores(texts: Sequence[Sequence[str]]) -> list[Scores]:
        encoded = tokenizer.encode_batch(list(map(list, texts)), is_pretokenized=True)
        longest = max(len(one.ids) for one in encoded)
        ids, mask, case = (np.zeros((len(texts), longest), np.int64) for _ in range(3))
        firsts = []
        for row, (words, one) in enumerate(zip(texts, encoded, strict=True)):
            ids[row, : len(one.ids)] = one.ids
            mask[row, : len(one.ids)] = 1
            places = one.word_ids
            case[row, : len(one.ids)] = [0 if w is None else case_class(words[w]) for w in places]
            firsts.append(first_tokens(places))
        inputs = {"input_ids": ids, "attention_mask": mask, "letter_case": case}
        found = session.run(None, inputs)[0]
        return [found[row, first] for row, first in enumerate(firsts)]

    return scores


def _tagging(score: _Score, heads: Sequence[_Head]) -> Tagger:
    """Return the function that tags a text sentence by sentence."""

    def tags(text: str) -> tuple[Tag, ...]:
        pieces = sorted(_sentences_as_words(text), key=len)
        found: list[Tag] = []
        for at in range(0, len(pieces), _BATCH):
            batch = pieces[at : at + _BATCH]
            words = [[text[start:end] for start, end in piece] for piece in batch]
            for piece, scores in zip(batch, score(words), strict=True):
                found += _tags_of(piece, scores, heads)
        return tuple(sorted(found, key=lambda tag: (tag.start, tag.end, tag.kind)))

    return tags


def _sentences_as_words(text: str) -> Iterator[list[tuple[int, int]]]:
    for line in lines(text):
        for start, end in sentences(text, line.start, line.end):
            words = [match.span() for match in WORD.finditer(text, start, end)]
            for at in range(0, len(words), _MOST_WORDS):
                yield words[at : at + _MOST_WORDS]


def _tags_of(
    words: Sequence[tuple[int, int]], scores: Scores, heads: Sequence[_Head]
) -> Iterator[Tag]:
    for head in heads:
        columns = scores[:, head.start : head.start + len(head.labels)]
        for stretch in decoded(columns, head.labels):
            start, end = words[stretch.first][0], words[stretch.last - 1][1]
            yield Tag(start, end, stretch.kind, stretch.confidence)
