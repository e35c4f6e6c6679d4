"""The entries of a lexicon, the forms they are written in, and the words of a text."""

import re
from dataclasses import dataclass
from typing import Literal

EntryKind = Literal["skill", "certification", "language"]

TOKEN = re.compile(r"(?<![\w.])\.(?=net\b)\w+|[^\W_]+[+#]*", re.IGNORECASE)
"""A word, with the signs that tell C, C++ and C# apart, or `.NET` with its dot."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A skill, a certification or a spoken language under its canonical name."""

    name: str
    field: str
    kin: str
    """Ambiguous names are believed beside other entries of the same kin."""
    kind: EntryKind
    implies: tuple[str, ...]
    cues: frozenset[str]
    """Words that, standing near an ambiguous name, show that this entry is meant."""
    listed: bool
    """An ambiguous name that stands alone in a list of skills is believed."""
    certified: bool = False
    """It is a skill for which people hold a certificate of the same name."""


@dataclass(frozen=True, slots=True)
class Form:
    """One way in which an entry is written."""

    entry: Entry
    ambiguous: bool = False
    exact: str = ""
    """Must be written like this, letter case included; empty: in any case."""
    joined: str = ""
    """Must be this when white space is dropped, so that `r&d` is not `R D`."""


class Words:
    """The words of a text in lower case, and where they stand in it."""

    def __init__(self, text: str) -> None:
        """Split `text` as the names of the lexicon are split."""
        lowered = text.lower()
        if len(lowered) != len(text):  # a letter such as İ becomes two
            lowered = "".join(c.lower() if len(c.lower()) == 1 else c for c in text)
        self.text = text
        self.spans = [match.span() for match in TOKEN.finditer(lowered)]
        self.words = [lowered[start:end] for start, end in self.spans]


def key_of(written: str) -> str:
    """Return the key of a form: its words in lower case, one space between them."""
    return " ".join(TOKEN.findall(written.lower()))
