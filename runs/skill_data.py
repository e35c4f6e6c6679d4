"""What the reader of skills learns from: resumes, and pieces of resumes, whose places are labelled.

The files and their two forms are described in `runs/skills/README.md`.
"""

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from shortlist.records import Document

DATA = Path(__file__).parent / "skills"
GOES_ON = "+ "
"""How a statement begins that stands on the line of the one before."""
_LABEL = re.compile(r"(\d+) ([a-z]+) ([0-5])")


@dataclass(frozen=True, slots=True)
class Label:
    """What a place says of a skill, in offsets of the document."""

    start: int
    end: int
    kind: str
    level: int


@dataclass(frozen=True, slots=True)
class Labelled:
    """A text, and of each skill what its places say: none, where nothing speaks of it."""

    document: Document
    says: dict[str, tuple[Label, ...]]


def labelled(path: Path) -> Iterator[Labelled]:
    """Yield what a file holds, in its order.

    Raises:
        ValueError: a label names words or a statement that are not there, or is none; or a skill of
            a resume has labels and no range.
    """
    data = tomllib.loads(path.read_text("utf-8"))
    yield from map(_resume, data.get("resume", []))
    yield from map(_piece, data.get("piece", []))


def _resume(entry: dict[str, Any]) -> Labelled:
    text, expected, says = entry["text"], entry["expected"], entry.get("says", {})
    if stray := says.keys() - expected.keys():
        raise ValueError(f"{entry['id']}: {sorted(stray)} have labels and no range")
    labels = {skill: tuple(_quoted(text, *one) for one in says.get(skill, ()))
              for skill in expected}  # fmt: skip
    return Labelled(Document(entry["id"], text), labels)


def _quoted(text: str, words: str, kind: str, level: int) -> Label:
    start = text.index(words)
    return Label(start, start + len(words), kind, level)


def _piece(entry: dict[str, Any]) -> Labelled:
    text, spans = "", []
    for line in entry["lines"]:
        statement = line.removeprefix(GOES_ON)
        text += "" if not text else " " if statement != line else "\n"
        spans.append((len(text), len(text) + len(statement)))
        text += statement
    labels = {skill: tuple(_numbered(spans, one) for one in said.split(", ") if one)
              for skill, said in entry["says"].items()}  # fmt: skip
    return Labelled(Document(entry["id"], text), labels)


def _numbered(spans: list[tuple[int, int]], label: str) -> Label:
    found = _LABEL.fullmatch(label)
    if not found or not 1 <= int(found[1]) <= len(spans):
        raise ValueError(f"{label!r} is no label of {len(spans)} statements")
    return Label(*spans[int(found[1]) - 1], found[2], int(found[3]))
