"""The lexicon: what skills are called, what they imply, and which names are everyday words.

A lexicon file is TOML: a field, its kin, and one line for each entry.

    field = "infrastructure"
    kin = "computing"

    [skills]
    kubernetes = { aliases = ["k8s"], implies = ["docker", "containers"] }
    go = { aliases = ["golang"], ambiguous = ["Go"], cues = ["programming"] }
"""

from collections.abc import Mapping
from functools import cache
from pathlib import Path

from shortlist.extraction.lexicon_files import Tables, built_in, merged
from shortlist.extraction.names import Entry, Form, key_of
from shortlist.extraction.spelling import Spelling

DECAY = 0.5
"""What is left of the certainty of a skill at each step along `implies`."""


class Lexicon:
    """Entries under their canonical names, and every form they are written in."""

    def __init__(self, entries: Mapping[str, Entry], forms: Mapping[str, tuple[Form, ...]]) -> None:
        """Build from entries by name and forms by key; see `load`."""
        self.entries = entries
        self.forms = forms
        longest: dict[str, int] = {}
        for key in forms:
            first, length = key.partition(" ")[0], key.count(" ") + 1
            if length > longest.get(first, 0):
                longest[first] = length
        self.longest = longest
        """For the first word of a form, the number of words of the longest such form."""
        self._implied: dict[str, Mapping[str, float]] = {}
        self._spelling: Spelling | None = None

    def misspelt(self, word: str) -> Form | None:
        """Return the technical name that a word in lower case misses by one letter, or None."""
        self._spelling = self._spelling or Spelling(self.forms)
        return self._spelling.meant(word)

    @classmethod
    def load(cls, *user: Path) -> "Lexicon":
        """Return the built-in lexicon with the user's files merged in, in order.

        A user's entry with a known name adds to it; a user's alias that belongs to another entry
        moves to the user's.

        Raises:
            ConfigError: a file is missing, is no TOML, has an unknown key, gives a name to two
                entries, or implies an entry that does not exist.
        """
        if not user:
            return _built_in()
        base = _built_in()
        tables = merged(Tables(base.entries, base.forms), user)
        return cls(tables.entries, tables.forms)

    def certified(self, name: str) -> bool:
        """Return whether people prove an entry by a certificate of its name."""
        return name in self.entries and self.entries[name].certified

    def canonical(self, name: str) -> str | None:
        """Return the name of the entry that is written so (`k8s` -> `kubernetes`), or None."""
        forms = self.forms.get(key_of(name), ())
        return forms[0].entry.name if forms else None

    def implied(self, name: str) -> Mapping[str, float]:
        """Return what an entry implies, directly or through others, with its certainty in (0, 1).

        The certainty halves at each step; of several ways the shortest counts. A name that is no
        entry implies nothing.
        """
        if name not in self._implied:
            found: dict[str, float] = {}
            known = self.entries.get(name)
            front, certainty = list(known.implies) if known else [], DECAY
            while front:
                new = [step for step in dict.fromkeys(front) if step not in found and step != name]
                found.update(dict.fromkeys(new, certainty))
                front = [after for step in new for after in self.entries[step].implies]
                certainty *= DECAY
            self._implied[name] = found
        return self._implied[name]


@cache
def _built_in() -> Lexicon:
    tables = built_in()
    return Lexicon(tables.entries, tables.forms)
