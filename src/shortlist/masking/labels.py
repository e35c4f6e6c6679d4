"""Personal facts that stand behind a label: `Date of birth: 3 May 1985`, `Name: ...`."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from shortlist.masking.layout import WORD, Layout, layout
from shortlist.masking.lexicon import entries
from shortlist.records import Span

_FIELD_EDGE = "|;•·▪●,\t("
_MARK = re.compile(r"[ \t]*[.)]?[ \t]*(?:[:=：|]|[-–—](?=\s)|\t)+[:\-–— \t]*")
_VALUE = re.compile(r"[^|;•·\t\n]{0,120}")
_NEXT_LABEL = re.compile(r"(?:,[ ]+|[ ]+[/–—-][ ]+|[ ]{1,8})(?=[A-Z][\w.]*(?: [\w.]+){0,3} ?:)")
_LONGEST_PLAIN = 60


@dataclass(frozen=True, slots=True)
class _Label:
    text: str
    kind: str
    plain: bool
    """Whether it needs no mark between itself and its value."""


@dataclass(frozen=True, slots=True)
class Labelled:
    """A label and its value: offsets of the whole and of the value."""

    kind: str
    start: int
    value_start: int
    end: int


def _labels() -> dict[str, list[_Label]]:
    table: dict[str, list[_Label]] = {}
    for line in entries("labels"):
        kind, _, labels = line.partition(":")
        for entry in labels.split("|"):
            text = entry.strip()
            first = WORD.search(text)
            assert first is not None
            label = _Label(text.rstrip("!"), kind, text.endswith("!"))
            table.setdefault(first[0], []).append(label)
    for found in table.values():
        found.sort(key=lambda label: -len(label.text))
    return table


_TABLE = _labels()


def labelled(text: str) -> list[Span]:
    """Return personal facts with their labels; names and telephone numbers are found elsewhere."""
    return [
        Span(fact.start, fact.end, fact.kind)
        for fact in facts(layout(text))
        if fact.kind not in ("name", "phone")
    ]


def facts(lay: Layout) -> Iterator[Labelled]:
    """Yield every label with its value, names included."""
    for word in lay.words & _TABLE.keys():
        for position in lay.occurrences(word):
            line = lay.line_at(position)
            if _begins_field(lay.text, lay.starts[line], position):
                fact = _fact(lay, line, position, _TABLE[word])
                if fact is not None:
                    yield fact


def _begins_field(text: str, start: int, position: int) -> bool:
    while position > start and text[position - 1] in " *_-–—>[#":
        position -= 1
    return position == start or text[position - 1] in _FIELD_EDGE


def _fact(lay: Layout, line: int, position: int, labels: list[_Label]) -> Labelled | None:
    for label in labels:
        if not lay.lower.startswith(label.text, position):
            continue
        after = position + len(label.text)
        end = lay.ends[line]
        if lay.text[after : after + 1].isalnum():
            continue
        mark = _MARK.match(lay.text, after, end)
        if mark is not None:
            return _with_value(lay, label, position, mark.end(), line)
        if lay.text.startswith("\n:", end) and not lay.text[after:end].strip():
            return _with_value(lay, label, position, end + 2, line + 1)
        if label.plain and _stands_first(lay, line, position):
            if not lay.text[after:end].strip(" .:"):
                return _with_value(lay, label, position, end, line)
            if end - lay.starts[line] <= _LONGEST_PLAIN:
                return _with_value(lay, label, position, after, line)
    return None


def _stands_first(lay: Layout, line: int, position: int) -> bool:
    return not any(map(str.isalnum, lay.text[lay.starts[line] : position]))


def _with_value(lay: Layout, label: _Label, start: int, after: int, line: int) -> Labelled:
    end = lay.ends[line]
    if after >= end and label.plain and _is_value(lay, line + 1):
        return Labelled(label.kind, start, lay.starts[line + 1], lay.ends[line + 1])
    value = _VALUE.match(lay.text, after, end)
    stop = value.end() if value else end
    following = _NEXT_LABEL.search(lay.text, after, stop)
    return Labelled(label.kind, start, after, following.start() if following else stop)


def _is_value(lay: Layout, line: int) -> bool:
    """Whether a line can be the value of the label on the line above it."""
    if line >= len(lay.starts) or line in lay.headings:
        return False
    text = lay.text[lay.starts[line] : lay.ends[line]]
    return len(text) <= 40 and ":" not in text
