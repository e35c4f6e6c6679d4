"""Word lists of the masking stage: `lexicons/*.txt`, one entry a line, `#` begins a comment."""

from functools import cache
from importlib.resources import files

_FOLDER = files("shortlist.masking") / "lexicons"


@cache
def entries(name: str) -> tuple[str, ...]:
    """Return the entries of a list as they are written."""
    lines = (_FOLDER / f"{name}.txt").read_text(encoding="utf-8").splitlines()
    return tuple(line for line in lines if line and not line.startswith("#"))


@cache
def words(*names: str) -> frozenset[str]:
    """Return the entries of some lists together, in lower case."""
    return frozenset(entry.lower() for name in names for entry in entries(name))
