"""What the reader of skills learns from: resumes, and pieces of resumes, whose places are labelled.

The files and their two forms are described in `runs/skills/README.md`.
"""

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from shortlist.explain.skills import Rubrics
from shortlist.explain.skills.known.asking import to_generate
from shortlist.explain.skills.known.generate import Options, generate
from shortlist.explain.skills.known.truth import KnownResume, Truth
from shortlist.extraction import Lexicon
from shortlist.records import Document

DATA = Path(__file__).parent / "skills"
GENERATED = """css, docker, ruby, powerpoint, quickbooks, dental hygiene, tiling, upholstery,
    data entry, tutoring, leadership, communication, teamwork, problem solving, customer service"""
"""What the generated resumes of the reader are about: other skills than those of the levels and of
the benchmark, but for those that are shown by acts."""
RESUMES, SEED = 150, 13
_KINDS = {
    "used": "used", "implied": "used", "stated": "used", "study": "little", "listed": "listed",
    "basic": "listed", "negated": "negated", "desired": "wished", "mistaken": "other",
}  # fmt: skip
"""What the sentences say that are planted in each way."""
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


def made(skills: str, options: Options, rubrics: Rubrics) -> Iterator[KnownResume]:
    """Yield generated resumes about skills, which have commas between them."""
    asked = to_generate([s.strip() for s in skills.split(",")], Lexicon.load(), rubrics)
    return generate(asked, options)


def generated() -> Iterator[Labelled]:
    """Yield resumes of `shortlist skills data`, in the wording that is there to fit on.

    Of several sentences that show a level together, each shows the one below.
    """
    for known in made(GENERATED, Options(RESUMES, SEED), Rubrics.load()):
        says = {truth.skill: tuple(_planted(known.text, truth)) for truth in known.truths}
        yield Labelled(known.document(), says)


def _planted(text: str, truth: Truth) -> Iterator[Label]:
    several = len(truth.because) > 1
    for words in dict.fromkeys(truth.because):
        yield _quoted(text, words, _KINDS[truth.way], max(0, (truth.level or 0) - several))
    if truth.way == "used":
        for found in re.finditer(rf"(?im)^.*\b{re.escape(truth.skill)}\b.*$", text):
            if not any(words in found[0] for words in truth.because):
                at = found.start() + found[0].casefold().index(truth.skill)
                yield Label(at, at + len(truth.skill), "listed", 1)


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
