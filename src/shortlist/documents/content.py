"""What the reader of a format hands on: the text that is seen, and what is to be known about it."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby

from shortlist.records import Finding

# What stands between pieces, in control characters that are not text. A newline is a break that
# the author made; blocks bring their own line or gap; a list mark keeps its text beside it.
LINE, GAP, GLUE = "\x1e", "\x1d", "\x1f"
MARK = f"• {GLUE}"

CELL = 120  # most characters in a cell of a table of words; longer ones are a layout

GLUED = re.compile(rf"{GLUE}[\s\x1c-\x1f]*")
BREAKS = re.compile(rf"[ \t\xa0]*[\n{LINE}{GAP}][ \t\xa0\n{LINE}{GAP}]*")
TABS = re.compile(r"[ \xa0]*\t[ \t\xa0]*")
SPACES = re.compile(r"[ \xa0]+")


@dataclass(frozen=True, slots=True)
class Content:
    """The text of a file as a reader sees it; the findings have no offsets yet."""

    text: str
    findings: tuple[Finding, ...] = ()


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a file's text; `hidden` says why a reader does not see it, if they do not."""

    text: str
    hidden: str = ""


def assembled(pieces: Iterable[Piece]) -> Content:
    """Return the text of pieces, with what is hidden apart: a finding for each reason."""
    seen: list[str] = []
    hidden: dict[str, list[str]] = {}
    for reason, group in groupby(pieces, key=lambda piece: piece.hidden):
        text = "".join(piece.text for piece in group)
        if reason:
            hidden.setdefault(reason, []).append(tidy(text))
            text = " " if text != text.strip() else ""
        seen.append(text)
    told = ((reason, "\n".join(filter(None, texts))) for reason, texts in hidden.items())
    findings = (
        Finding("hidden text", reason, text) for reason, text in told if says_something(text)
    )
    return Content(tidy("".join(seen)), tuple(findings))


def says_something(text: str) -> bool:
    """Return whether a text has a letter or a digit: hidden punctuation hides nothing."""
    return any(map(str.isalnum, text))


def tidy(text: str) -> str:
    """Return text without white space that has no meaning; a tab parts the cells of a table."""
    text = BREAKS.sub(_break, GLUED.sub("", text))
    return SPACES.sub(" ", TABS.sub("\t", text)).strip()


def _break(breaks: re.Match[str]) -> str:
    return "\n\n" if GAP in breaks[0] or breaks[0].count("\n") > 1 else "\n"
