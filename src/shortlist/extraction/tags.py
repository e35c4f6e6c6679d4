"""Labels of words -> tagged stretches of a text: what every token classifier has in common."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Scores = npt.NDArray[np.float32]

WORD = re.compile(r"[^\W_]+(?:[-'’./+#&]+[^\W_]+)*[+#]*|[^\s\w]|_")
"""A word as a tagger reads it; signs that stand between no letters are words of their own."""

_PREFIX = re.compile(r"(?P<place>[BIESLU])(?:[-_](?P<kind>.+))?")
_PLACES = {"B": "B", "S": "B", "U": "B", "I": "I", "E": "I", "L": "I"}
_KINDS = {
    "skill": "skill skills soft_skill soft_skills hard_skill tool tools technology technologies",
    "knowledge": "knowledge",
    "name": "name person per",
    "title": "title job_title designation position",
    "employer": "employer company companies companies_worked_at organization org",
    "school": "school college college_name university institution",
    "degree": "degree",
}
_KIND_OF = {label: kind for kind, labels in _KINDS.items() for label in labels.split()}
_FORBIDDEN = -1e9


@dataclass(frozen=True, slots=True)
class Tag:
    """A stretch of text that a model tagged: `text[start:end]`."""

    start: int
    end: int
    kind: str
    """`skill`, `knowledge`, `title`, `employer`, `school`, `degree`, `name`, or else the label."""
    confidence: float
    """The mean probability of its words' labels, in (0, 1]."""


@dataclass(frozen=True, slots=True)
class Label:
    """What a label says: `place` is `O`, `B` (begins) or `I` (goes on)."""

    place: str
    kind: str


@dataclass(frozen=True, slots=True)
class Stretch:
    """Words `first` to `last`, the last one left out, of one kind."""

    first: int
    last: int
    kind: str
    confidence: float


def parsed(names: Sequence[str], plain: str = "skill") -> tuple[Label, ...]:
    """Return labels by their names: in BIO, BIOES or BILOU, bare, or as kinds without a place.

    Args:
        names: in the order of a model's outputs.
        plain: the kind that a bare `B` and `I` stand for.
    """
    return tuple(_label(name.strip(), plain) for name in names)


def _label(name: str, plain: str) -> Label:
    if name.upper() in ("O", "OTHER", "OUTSIDE", "UNKNOWN", "[PAD]"):
        return Label("O", "")
    match = _PREFIX.fullmatch(name)
    if match is None:
        return Label("I", _kind(name))
    return Label(_PLACES[match["place"]], _kind(match["kind"]) if match["kind"] else plain)


def _kind(name: str) -> str:
    plain = re.sub(r"[\W_]+", "_", name.lower()).strip("_")
    return _KIND_OF.get(plain, plain)


def decoded(scores: Scores, labels: Sequence[Label]) -> list[Stretch]:
    """Return the stretches of the likeliest labelling in which nothing goes on that never began.

    Args:
        scores: [words, labels]; their softmax over labels is a probability.
        labels: of the columns.
    """
    if not len(scores):
        return []
    shifted = scores - scores.max(axis=1, keepdims=True)
    likely = shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True))
    return list(_stretches(_best_path(likely, labels), likely, labels))


def _best_path(likely: Scores, labels: Sequence[Label]) -> list[int]:
    """The labels of a sequence by Viterbi's algorithm; steps are allowed or not, no more."""
    begins = {label.kind for label in labels if label.place == "B"}
    steps = np.array(
        [[_FORBIDDEN * _is_broken(one, other, begins) for other in labels] for one in labels]
    )
    outside = Label("O", "")
    total = likely[0] + [_FORBIDDEN * _is_broken(outside, label, begins) for label in labels]
    came_from: list[npt.NDArray[np.intp]] = []
    for row in likely[1:]:
        ways = total[:, None] + steps
        came_from.append(ways.argmax(axis=0))
        total = ways.max(axis=0) + row
    path = [int(total.argmax())]
    for back in reversed(came_from):
        path.append(int(back[path[-1]]))
    return path[::-1]


def _is_broken(before: Label, after: Label, begins: set[str]) -> bool:
    """Whether a label goes on with what the one before it is not, though its kind has a `B`."""
    return after.place == "I" and after.kind in begins and before.kind != after.kind


def _stretches(path: Sequence[int], likely: Scores, labels: Sequence[Label]) -> Iterator[Stretch]:
    first = 0
    for at in range(1, len(path) + 1):
        label = labels[path[first]]
        if at < len(path):
            after = labels[path[at]]
            if after.place == "I" and after.kind == label.kind and label.place != "O":
                continue
        if label.place != "O":
            rows = range(first, at)
            sure = np.exp([likely[row, path[row]] for row in rows]).mean()
            yield Stretch(first, at, label.kind, max(round(float(sure), 3), 0.001))
        first = at


def first_tokens(places: Sequence[int | None]) -> list[int]:
    """Return the first token of each word, up to the last word that was not cut off.

    A word of which the tokenizer keeps nothing is judged by the token before it.

    Args:
        places: for each token the number of its word, None for special tokens.
    """
    found: list[int] = []
    for token, word in enumerate(places):
        if word is not None:
            found += [max(token - 1, 0)] * (word - len(found))
            if word == len(found):
                found.append(token)
    return found
