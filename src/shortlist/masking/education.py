"""Schools in a text: each line that may name one is read, and what names it is found."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from shortlist.masking.aliases import Mention, Tier, is_alias, is_school, mentions
from shortlist.masking.campus import hide_places
from shortlist.masking.entry import entry_spans, hide_names
from shortlist.masking.layout import WORD, Layout, lowered
from shortlist.masking.name_words import HEADINGS
from shortlist.masking.phrases import phrase_at
from shortlist.masking.reading import Line, is_entry
from shortlist.masking.study import school_lines, study_lines
from shortlist.masking.tokens import MARK, SCHOOL, is_key, is_plain, names_degree, says_more, tokens
from shortlist.records import Span

_MARKS = frozenset(",;:|•·–—-()[]/.*~>@▪●'’&+#%\"“”")
_LONGEST_ALONE = 60
_UNITS = frozenset(("center", "centre", "centro"))


@dataclass(frozen=True, slots=True)
class Reading:
    """What reading a line found, in offsets of the line."""

    spans: tuple[Span, ...]
    """What to hide."""
    names: tuple[Span, ...]
    """What names a school, before the entry around it is tidied."""
    tiers: frozenset[Tier]
    """The tiers of the schools that the lexicon knows."""
    degree: bool
    asks: bool
    """Whether the reading would differ if a line near it held a degree."""


def school_spans(lay: Layout) -> list[Span]:
    """Return what to hide of schools in a text, separators of entries included."""
    return [
        Span(lay.starts[index] + span.start, lay.starts[index] + span.end, span.kind)
        for index, reading in readings(lay).items()
        for span in reading.spans
    ]


def readings(lay: Layout) -> dict[int, Reading]:
    """Return what is found in each line that is about education or may name a school."""
    study = study_lines(lay)
    about = study | _beside(lay, study)
    found = {index: _read(lay, index, index in about) for index in about | school_lines(lay)}
    for index in [i for i, reading in found.items() if reading.asks]:
        near = (found.get(index - 1), found.get(index + 1))
        if any(reading is not None and reading.degree for reading in near):
            found[index] = _read(lay, index, True, near_degree=True)
    return found


def _beside(lay: Layout, study: frozenset[int]) -> set[int]:
    """Return the short lines beside one about education that hold nothing but a school."""
    beside = {i for line in study for i in (line - 1, line + 1)} - study
    return {line for line in beside if 0 <= line < len(lay.starts) and _is_school_alone(lay, line)}


def _is_school_alone(lay: Layout, line: int) -> bool:
    start, end = lay.starts[line], lay.ends[line]
    if end - start > _LONGEST_ALONE:
        return False
    keyed = any(map(is_key, WORD.findall(lay.lower, start, end)))
    text = lay.text[start:end]
    return is_alias(text) or (keyed and not says_more(text))


def _read(lay: Layout, index: int, about: bool, *, near_degree: bool = False) -> Reading:
    text = lay.text[lay.starts[index] : lay.ends[index]]
    return _of_line(text, lay.sections[index] == "education", about, near_degree)


@lru_cache(maxsize=4096)
def _of_line(text: str, section: bool, about: bool, near_degree: bool) -> Reading:
    """Return the reading of a line; lines such as a degree alone come again and again."""
    lower = lowered(text)
    words = frozenset(WORD.findall(lower))
    named = mentions(text, lower, words)
    if not named and "\ufffd" not in text and not any(map(is_key, words)):
        if not about or says_more(text):
            return _NOTHING
        if is_plain(words) and _MARKS.isdisjoint(text):
            return _DEGREE if names_degree(words) else _NOTHING
    parts = tokens(text, lower, 0, len(text))
    line = Line(parts, section, about, [False] * len(parts))
    known = [mention for mention in named if is_school(text, mention, education=about)]
    _hide_phrases(line, known)
    _hide_aliases(line, known)
    tiers = frozenset(mention.alias.tier for mention in known)
    names = tuple(line.spans())
    asks = False
    if about:
        hide_places(line)
        if is_entry(line):
            asks = hide_names(line, near_degree=near_degree)
            return Reading(tuple(entry_spans(text, line)), names, tiers, line.degree, asks)
    return Reading(tuple(line.spans()), names, tiers, line.degree, asks)


_NOTHING = Reading((), (), frozenset(), False, False)
_DEGREE = Reading((), (), frozenset(), True, False)


def _hide_phrases(line: Line, known: Sequence[Mention]) -> None:
    ends = {mention.end for mention in known}
    behind = 0  # where the name before ended: the next one begins there or later
    for index, token in enumerate(line.tokens):
        if index and line.tokens[index - 1].end in ends and token.part not in (SCHOOL, MARK):
            behind = max(behind, index)
        if token.part == SCHOOL and not line.hidden[index]:
            if token.low in _UNITS and not line.section:
                continue
            phrase = phrase_at(line.tokens, index, behind, education=line.education)
            if phrase is not None:
                # Below its heading, a line that begins with "Education" begins with a name.
                named = line.section and phrase[0] == 1 and line.tokens[0].low in HEADINGS
                line.hide(0 if named else phrase[0], phrase[1])
                behind = phrase[1]


def _hide_aliases(line: Line, known: Sequence[Mention]) -> None:
    for mention in known:
        for index, token in enumerate(line.tokens):
            if token.start < mention.end and mention.start < token.end:
                line.hidden[index] = True
