"""The README of a dataset folder: a page for people, whose head a machine reads.

The head stands between two lines of three dashes: `key: value` lines, and lists as `key:` followed
by `- entry` lines.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from shortlist.errors import DataError
from shortlist.text_files import unreadable

_KEY = re.compile(r"(?P<key>[A-Za-z_][\w-]*):(?:\s+(?P<value>.*))?")


@dataclass(frozen=True, slots=True)
class Card:
    """What must be known about a data set before it is used."""

    origin: str = ""
    licence: str = ""
    test_only: bool = False
    """Training on it is refused."""
    known_issues: tuple[str, ...] = ()
    other: Mapping[str, str] = field(default_factory=dict)


def read_card(path: Path) -> Card:
    """Return the card in the head of a README; an empty one where there is no file or no head.

    Raises:
        DataError: the head does not end, a line in it is no `key: value`, or `test_only` is neither
            true nor false.
    """
    if not path.exists():
        return Card()
    try:
        lines = path.read_text(encoding="utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise unreadable(path, error) from error
    if not lines or lines[0].strip() != "---":
        return Card()
    ends = [i for i, line in enumerate(lines[1:], 1) if line.strip() == "---"]
    if not ends:
        raise DataError(f"{path}:1: the head has no end: close it with a line of three dashes")
    values, lists = _head(path, lines[1 : ends[0]])
    issues = lists.pop("known_issues", [])
    if "known_issues" in values:
        issues = [*filter(None, [values.pop("known_issues")]), *issues]
    test_only = values.pop("test_only", "false").lower()
    if test_only not in ("true", "false"):
        raise DataError(f"{path}: test_only is {test_only!r}: write true or false")
    other = values | {key: "; ".join(entries) for key, entries in lists.items()}
    return Card(
        other.pop("origin", ""),
        other.pop("licence", other.pop("license", "")),
        test_only == "true",
        tuple(issues),
        other,
    )


def write_card(card: Card, title: str, notes: str, path: Path) -> None:
    """Write a README with the card as its head and notes for people below."""
    head = [
        "---",
        f"origin: {card.origin}",
        f"licence: {card.licence}",
        f"test_only: {'true' if card.test_only else 'false'}",
        *(f"{key}: {value}" for key, value in card.other.items()),
        *(["known_issues:"] if card.known_issues else []),
        *(f"- {issue}" for issue in card.known_issues),
        "---",
    ]
    text = "\n".join(head) + f"\n\n# {title}\n\n{notes}"
    path.write_text(text.rstrip() + "\n", encoding="utf-8")


def _head(path: Path, lines: list[str]) -> tuple[dict[str, str], dict[str, list[str]]]:
    values: dict[str, str] = {}
    lists: dict[str, list[str]] = {}
    key = ""
    for number, line in enumerate(lines, 2):
        text = line.strip()
        if text.startswith("- ") and key in lists:
            lists[key].append(_plain(text[2:]))
        elif found := _KEY.fullmatch(text):
            key, value = found["key"], _plain(found["value"] or "")
            if value:
                values[key] = value
            else:
                lists[key] = []
        elif text and not text.startswith("#"):
            raise DataError(f"{path}:{number}: not `key: value`, nor `- entry` below a key")
    return values, {key: entries for key, entries in lists.items() if entries}


def _plain(value: str) -> str:
    value = value.strip()
    quoted = len(value) > 1 and value[0] == value[-1] and value[0] in "\"'"
    return value[1:-1] if quoted else value
