"""Personal facts that stand behind a label: `Date of birth: 3 May 1985`, `Name: ...`."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from shortlist.masking.layout import WORD, Layout, layout
from shortlist.masking.lexicon import entries
from shortlist.records import Span

_FIELD_EDGE = "|;•·▪●,\t("
# What follows a label: a colon, perhaps on the next line, or a dash, a tab or a bar.
_MARK = re.compile(r"[ .)]*(?:\n?[ \t]*[:：]|[ \t]+[-–—=|](?=[ \t])|\t)")
_NUMBER = re.compile(r"\(?\d{1,2}[.)]?")
_LEAD = re.compile(r"[:：=|\-–— \t]*")
_VALUE = re.compile(r"[^|;•·\t\n]{0,120}")
_NEXT_LABEL = re.compile(r"(?:,[ ]+|[ ]+[/–—-][ ]+|[ ]{1,8})(?=[A-Z][\w.]*(?: [\w.]+){0,3} ?:)")
_LONGEST_PLAIN = 60
_COMMON = frozenset(("date", "place", "country", "state", "year", "group", "family", "name"))


@dataclass(frozen=True, slots=True)
class _Label:
    text: str
    words: frozenset[str]
    kind: str
    plain: bool
    """Whether it needs no mark between itself and its value."""
    behind: int
    """How many characters follow its last word."""


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
            last = list(WORD.finditer(text))[-1]
            behind = len(text) - last.end()
            found.append(_Label(text, words, kind, entry.strip().endswith("!"), behind))
    return sorted(found, key=lambda label: -len(label.text))


def _by_last_word() -> dict[str, list[_Label]]:
    table: dict[str, list[_Label]] = {}
    for label in _labels():
        last = WORD.findall(label.text)[-1]
        if len(last) > 2 or not last.isascii():  # the others are found by their telling word
            table.setdefault(last, []).append(label)
    return table


def _by_telling_word() -> dict[str, list[_Label]]:
    table: dict[str, list[_Label]] = {}
    for label in _labels():
        if label.plain:
            telling = min(label.words, key=lambda word: (word in _COMMON, -len(word), word))
            table.setdefault(telling, []).append(label)
    return table


_TEXTS = frozenset(label.text for label in _labels())
_MARKED = _by_last_word()
_PLAIN = _by_telling_word()


def labelled(text: str) -> list[Span]:
    """Return personal facts with their labels; names and telephone numbers are found elsewhere."""
    return [
        Span(fact.start, fact.end, fact.kind)
        for fact in facts(layout(text))
        if fact.kind not in ("name", "phone")
    ]


@lru_cache(maxsize=2)
def facts(lay: Layout) -> tuple[Labelled, ...]:
    """Return every label with its value, names included."""
    found: list[Labelled] = []
    for word in lay.words & _MARKED.keys():
        for start in lay.occurrences(word):
            mark = _MARK.match(lay.text, start + len(word))
            if mark is not None:
                found += _before_mark(lay, word, start, mark.end())
    for word in lay.words & _PLAIN.keys():
        for label in _PLAIN[word]:
            if label.words <= lay.words:
                found += _plain(lay, label)
    return tuple(found)


def _before_mark(lay: Layout, word: str, start: int, mark: int) -> Iterator[Labelled]:
    """Yield the fact whose label ends with a word and stands before a mark."""
    end = start + len(word)
    for label in _MARKED[word]:
        begin = end + label.behind - len(label.text)
        if begin >= 0 and lay.lower.startswith(label.text, begin):
            line = lay.line_at(begin)
            colon = lay.text[mark - 1] in ":："
            begins = _begins_field if colon else _stands_first
            if begins(lay, line, begin):
                yield _with_value(lay, label, begin, mark - 1 if colon else mark)
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
    if position == start or lay.text[position - 1] in _FIELD_EDGE:
        return True
    return _NUMBER.fullmatch(lay.text, start, position) is not None


def _stands_first(lay: Layout, line: int, position: int) -> bool:
    return not any(map(str.isalnum, lay.text[lay.starts[line] : position]))


def _with_value(lay: Layout, label: _Label, start: int, mark: int) -> Labelled:
    lead = _LEAD.match(lay.text, mark)
    after = lead.end() if lead else mark
    if label.plain and lay.text.startswith("\n", after) and _is_value(lay, lay.line_at(after) + 1):
        after += 1
    value = _VALUE.match(lay.text, after, max(lay.ends[lay.line_at(after)], after))
    stop = value.end() if value else after
    return Labelled(label.kind, start, after, _before_next(lay, label.kind, after, stop))


def _before_next(lay: Layout, kind: str, start: int, stop: int) -> int:
    """Return where a value ends: before the next label, a known one if any, or at `stop`."""
    gaps = list(_NEXT_LABEL.finditer(lay.text, start, stop))
    if not gaps:
        return stop
    colon = lay.text.index(":", gaps[0].end())
    gaps = [gap for gap in gaps if gap.end() < colon]
    known = (gap for gap in gaps if lay.lower[gap.end() : colon].strip() in _TEXTS)
    return next(known, gaps[-1] if kind == "name" else gaps[0]).start()


def _is_value(lay: Layout, line: int) -> bool:
    """Whether a line can be the value of the label on the line above it."""
    if line >= len(lay.starts) or line in lay.headings:
        return False
    text = lay.text[lay.starts[line] : lay.ends[line]]
    return len(text) <= 40 and ":" not in text
