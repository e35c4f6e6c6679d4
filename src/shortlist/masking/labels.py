"""Personal facts that stand behind a label: `Date of birth: 3 May 1985`, `Name: ...`."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from shortlist.masking.layout import WORD, Layout, layout
from shortlist.masking.lexicon import entries
from shortlist.records import Span

_FIELD_EDGE = "|;•·▪●,\t("
_OTHER_MARKS = (" - ", " – ", " — ", "\t", " | ", " = ")
_LAST_WORD = re.compile(r"([^\W\d_]+(?:['’.][^\W\d_]+)*)[ .)]*\n?[ \t]*\Z")
_LEAD = re.compile(r"[:：=|\-–— \t]*")
_VALUE = re.compile(r"[^|;•·\t\n]{0,120}")
_NEXT_LABEL = re.compile(r"(?:,[ ]+|[ ]+[/–—-][ ]+|[ ]{1,8})(?=[A-Z][\w.]*(?: [\w.]+){0,3} ?:)")
_LONGEST_PLAIN = 60
_REACH = 30
_COMMON = frozenset(("date", "place", "country", "state", "year", "group", "family", "name"))


@dataclass(frozen=True, slots=True)
class _Label:
    text: str
    words: frozenset[str]
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


def _labels() -> list[_Label]:
    found = []
    for line in entries("labels"):
        kind, _, labels = line.partition(":")
        for entry in labels.split("|"):
            text = entry.strip().rstrip("!")
            words = frozenset(WORD.findall(text))
            found.append(_Label(text, words, kind, entry.strip().endswith("!")))
    return sorted(found, key=lambda label: -len(label.text))


def _by_last_word() -> dict[str, list[_Label]]:
    table: dict[str, list[_Label]] = {}
    for label in _labels():
        last = _LAST_WORD.search(label.text)
        table.setdefault(last[1] if last else label.text, []).append(label)
    return table


def _by_telling_word() -> dict[str, list[_Label]]:
    table: dict[str, list[_Label]] = {}
    for label in _labels():
        if label.plain:
            telling = min(label.words, key=lambda word: (word in _COMMON, -len(word), word))
            table.setdefault(telling, []).append(label)
    return table


_MARKED = _by_last_word()
_PLAIN = _by_telling_word()


def labelled(text: str) -> list[Span]:
    """Return personal facts with their labels; names and telephone numbers are found elsewhere."""
    return [
        Span(fact.start, fact.end, fact.kind)
        for fact in facts(layout(text))
        if fact.kind not in ("name", "phone")
    ]


def facts(lay: Layout) -> Iterator[Labelled]:
    """Yield every label with its value, names included."""
    for mark in lay.colons:
        yield from _before_mark(lay, mark)
    for written in _OTHER_MARKS:
        mark = lay.text.find(written)
        while mark >= 0:
            yield from _before_mark(lay, mark, first=True)
            mark = lay.text.find(written, mark + 1)
    for word in lay.words & _PLAIN.keys():
        for label in _PLAIN[word]:
            if label.words <= lay.words:
                yield from _plain(lay, label)


def _before_mark(lay: Layout, mark: int, *, first: bool = False) -> Iterator[Labelled]:
    """Yield the fact whose label ends where a mark stands; with `first`, where a line begins."""
    last = _LAST_WORD.search(lay.lower, max(0, mark - _REACH), mark)
    if last is None:
        return
    for label in _MARKED.get(last[1], ()):
        start = last.end(1) - len(label.text)
        if start >= 0 and lay.lower.startswith(label.text, start):
            line = lay.line_at(start)
            begins = _stands_first if first else _begins_field
            if begins(lay, line, start):
                yield _with_value(lay, label, start, mark)
            return


def _plain(lay: Layout, label: _Label) -> Iterator[Labelled]:
    for start in lay.occurrences(label.text):
        line = lay.line_at(start)
        after = start + len(label.text)
        if not _stands_first(lay, line, start):
            continue
        if not lay.text[after : lay.ends[line]].strip(" .:"):
            if _is_value(lay, line + 1):
                yield Labelled(label.kind, start, lay.starts[line + 1], lay.ends[line + 1])
            else:
                yield Labelled(label.kind, start, lay.ends[line], lay.ends[line])
        elif lay.ends[line] - lay.starts[line] <= _LONGEST_PLAIN:
            yield _with_value(lay, label, start, after)


def _begins_field(lay: Layout, line: int, position: int) -> bool:
    start = lay.starts[line]
    while position > start and lay.text[position - 1] in " *_-–—>[#":
        position -= 1
    return position == start or lay.text[position - 1] in _FIELD_EDGE


def _stands_first(lay: Layout, line: int, position: int) -> bool:
    return not any(map(str.isalnum, lay.text[lay.starts[line] : position]))


def _with_value(lay: Layout, label: _Label, start: int, mark: int) -> Labelled:
    lead = _LEAD.match(lay.text, mark)
    after = lead.end() if lead else mark
    if label.plain and lay.text.startswith("\n", after) and _is_value(lay, lay.line_at(after) + 1):
        after += 1
    value = _VALUE.match(lay.text, after, max(lay.ends[lay.line_at(after)], after))
    stop = value.end() if value else after
    following = _NEXT_LABEL.search(lay.text, after, stop)
    return Labelled(label.kind, start, after, following.start() if following else stop)


def _is_value(lay: Layout, line: int) -> bool:
    """Whether a line can be the value of the label on the line above it."""
    if line >= len(lay.starts) or line in lay.headings:
        return False
    text = lay.text[lay.starts[line] : lay.ends[line]]
    return len(text) <= 40 and ":" not in text
