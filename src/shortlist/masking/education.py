"""Schools in a text: which lines speak of education, what in them names a school, what is left.

A line that states a degree, its field and its date and nothing else is an entry. Entries lose
their separators as well, with a school in them or without, so that none tells where one stood.
"""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from shortlist.masking.layout import Layout, layout
from shortlist.masking.lexicon import entries, words
from shortlist.masking.phrases import phrase_at
from shortlist.masking.aliases import Mention, is_school, mentions
from shortlist.masking.tokens import (
    ADJECTIVE,
    DEGREE,
    ENTRY,
    FIELD,
    LINK,
    MARK,
    NAME,
    NUMBER,
    PROSE,
    SCHOOL,
    TITLE,
    Token,
    tokens,
)
from shortlist.masking.trace import TRACE
from shortlist.records import Span

_STUDY = words("strong_study")
_DEGREE_OF = re.compile(r"(?:['’]?s['’]?)?\s+(?:of|in|degree|degrees)\b")
_DOTTED = tuple(
    "b.s b.a m.s m.a b.e m.e b.t m.t b.c m.c m.b ph.d m.phil b.f m.f ll.b ll.m j.d a.a.s b.b b.ed "
    "m.ed b.n b.l b.pharm m.pharm d.phil b. tech m. tech b. sc m. sc ph. d".split(" ")
)
_CAPITAL_DEGREES = frozenset(d[:-1] for d in words("degrees") if d.endswith("!"))
_AFTER_CAPITAL_DEGREE = re.compile(
    r"\s*(?:\([^)\n]{1,12}\)\s*)?(?:in|degree|of)\b|\s*[,/:|–-]|\s+([A-Za-z]+)|\s*\Z"
)
_KEYS = (
    "univ",
    "colleg",
    "collèg",
    "school",
    "institu",
    "hochschul",
    "polytec",
    "politec",
    "école",
    "ecole ",
    "üniver",
    "uniwer",
    "yliopisto",
    "akadem",
    "academ",
    "egyetem",
    "大学",
    "大學",
    "대학",
    "университет",
    "schule",
    "escuela",
    "seminary",
    "conservator",
)
_REGIONS = frozenset(entries("regions"))
_REGION_WORDS = frozenset(r.lower() for r in _REGIONS if not (len(r) <= 3 and r.isupper()))
_REGION_CODES = frozenset(r for r in _REGIONS if len(r) <= 3 and r.isupper())
_CITIES = words("cities")
_VERBS = frozenset(
    "graduated graduating attended studied enrolled received earned obtained completed awarded "
    "graduate attending studying".split()
)
_UNITS = frozenset(("center", "centre", "centro"))
_LEADS = frozenset("at from of in the by via with and & for a an to on de der an à @".split())
_SEPARATORS = frozenset(",;:|•·–—-()[]/.*~>@▪●")


@dataclass(slots=True)
class Line:
    """A line under work: its tokens, and for each whether it is hidden."""

    tokens: list[Token]
    section: bool
    education: bool
    hidden: list[bool]

    @property
    def degree(self) -> bool:
        return any(token.part == DEGREE for token in self.tokens)

    def spans(self) -> list[Span]:
        """Return the hidden tokens as spans."""
        spans = []
        start = None
        for index, (token, hidden) in enumerate(zip(self.tokens, self.hidden, strict=True)):
            if hidden and start is None:
                start = token.start
            last = index + 1 == len(self.hidden) or not self.hidden[index + 1]
            if start is not None and last:
                spans.append(Span(start, token.end, "school"))
                start = None
        return spans


def school_spans(lay: Layout) -> list[Span]:
    """Return what to hide of schools in a text, separators of entries included."""
    spans: list[Span] = []
    lines = named_lines(lay)
    for index, line in sorted(lines.items()):
        if line.education:
            _hide_places(line)
            if _is_entry(line):
                _hide_names(line, _near_degree(lines, index))
                spans += _entry_spans(lay, line)
                continue
        spans += line.spans()
    return spans


def named_lines(lay: Layout) -> dict[int, Line]:
    """Return the lines that may name a school, with the names that show found."""
    found = study_lines(lay)
    named = sorted(mentions(lay), key=lambda mention: mention.start)
    degrees = set(found)
    for mention in named:
        line = lay.line_at(mention.start)
        alone = mention.end - mention.start == lay.ends[line] - lay.starts[line]
        found.setdefault(line, alone and (line - 1 in degrees or line + 1 in degrees))
    for key in _KEYS:
        position = lay.lower.find(key)
        while position >= 0:
            found.setdefault(lay.line_at(position), False)
            position = lay.lower.find(key, position + len(key))
    starts = [mention.start for mention in named]
    lines = {}
    for index, education in found.items():
        start, end = lay.starts[index], lay.ends[index]
        parts = tokens(lay.text, lay.lower, start, end)
        line = Line(parts, lay.sections[index] == "education", education, [False] * len(parts))
        _hide_phrases(line)
        inside = named[bisect_left(starts, start) : bisect_left(starts, end)]
        _hide_aliases(lay, line, inside)
        lines[index] = line
    return lines


def study_lines(lay: Layout) -> dict[int, bool]:
    """Return the indices of the lines about education, each with True."""
    found = {i: True for i, section in enumerate(lay.sections) if section == "education"}
    found.update(dict.fromkeys(lay.lines_with(_STUDY), True))
    for word in lay.words & {"master", "associate", "associates", "doctor", "doctorate", "masters"}:
        for position in lay.occurrences(word):
            if _DEGREE_OF.match(lay.lower, position + len(word)):
                found[lay.line_at(position)] = True
    for degree in _DOTTED:
        position = lay.lower.find(degree)
        while position >= 0:
            if not (position and lay.lower[position - 1].isalnum()):
                found[lay.line_at(position)] = True
            position = lay.lower.find(degree, position + len(degree))
    for degree in lay.words & _CAPITAL_DEGREES:
        for position in lay.occurrences(degree):
            if lay.text.startswith(degree.upper(), position) and _is_degree(
                lay, position + len(degree)
            ):
                found[lay.line_at(position)] = True
    return found


def _is_degree(lay: Layout, end: int) -> bool:
    match = _AFTER_CAPITAL_DEGREE.match(lay.text, end, lay.ends[lay.line_at(end - 1)])
    if match is None:
        return False
    return match[1] is None or match[1].lower() in words("fields")


def _hide(line: Line, start: int, end: int) -> None:
    line.hidden[start:end] = [True] * (end - start)


def _hide_phrases(line: Line) -> None:
    for index, token in enumerate(line.tokens):
        if token.part == SCHOOL and not line.hidden[index]:
            if token.low in _UNITS and not line.section:
                continue
            phrase = phrase_at(line.tokens, index, education=line.education)
            if phrase is not None:
                _hide(line, *phrase)


def _hide_aliases(lay: Layout, line: Line, named: Sequence[Mention]) -> None:
    for mention in named:
        if is_school(lay, mention, education=line.education):
            for index, token in enumerate(line.tokens):
                if token.start < mention.end and mention.start < token.end:
                    line.hidden[index] = True


def _hide_places(line: Line) -> None:
    """Hide `City, Region` and known cities; in a prose line only those behind a school."""
    parts = line.tokens
    entry = _is_entry(line)
    if not entry:
        _hide_campuses(line)
    for index, token in enumerate(parts):
        if line.hidden[index]:
            _hide(line, index, _with_region(parts, index + 1))
        elif token.capital and (entry or _behind_hidden(line, index)):
            _hide(line, index, _place_end(parts, index))


def _hide_campuses(line: Line) -> None:
    """Hide `, Campus` behind a school in a sentence."""
    parts = line.tokens
    for index in range(1, len(parts) - 1):
        if parts[index].low == "," and line.hidden[index - 1] and not line.hidden[index + 1]:
            end = index + 1
            while end < len(parts) and end < index + 7 and _in_campus(parts[end]):
                end += 1
            ends = end == len(parts) or not (parts[end].capital or parts[end].low in (",", "("))
            if (
                parts[index + 1].capital
                and ends
                and (end == len(parts) or parts[end].part != PROSE)
            ):
                _hide(line, index + 1, end)


def _in_campus(token: Token) -> bool:
    return token.part in (NAME, ADJECTIVE) and token.capital or token.low in ("campus", "de", "du")


def _behind_hidden(line: Line, index: int) -> bool:
    before = index - 1
    while before >= 0 and line.tokens[before].low in (",", "-", "–", "—", "(", "|", "in"):
        before -= 1
    return before >= 0 and before >= index - 2 and line.hidden[before]


def _place_end(parts: Sequence[Token], start: int) -> int:
    """Return the index behind a place that begins at `start`, or `start` where none does."""
    end = start
    while end < len(parts) and end < start + 4 and _in_place_name(parts[end]):
        end += 1
    while end > start and parts[end - 1].low == ".":
        end -= 1
    for stop in range(end, start, -1):
        name = " ".join(token.low for token in parts[start:stop] if token.part != MARK)
        if name in _CITIES or name in _REGION_WORDS:
            return _with_region(parts, stop)
    region = _with_region(parts, end)
    return region if end > start and region > end else start


def _in_place_name(token: Token) -> bool:
    return (token.capital and token.part in (NAME, ADJECTIVE)) or token.low == "."


def _with_region(parts: Sequence[Token], end: int) -> int:
    """Return the index behind `, Region` at `end`, or `end`."""
    comma = end < len(parts) and parts[end].low == ","
    start = end + 1 if comma else end
    for size in (3, 2, 1):
        stop = start + size
        if stop > len(parts):
            continue
        name = " ".join(token.low for token in parts[start:stop])
        if name in _REGION_WORDS and parts[start].capital:
            return stop
        code = size == 1 and name.upper() in _REGION_CODES and parts[start].capital
        if code and comma and not _is_degree_code(parts, start):
            return stop
    return end


def _is_degree_code(parts: Sequence[Token], index: int) -> bool:
    """Whether `MA` and the like is a degree here, not a region."""
    if parts[index].part != DEGREE or index + 1 >= len(parts):
        return False
    return parts[index + 1].part == FIELD or parts[index + 1].low in ("in", "of")


def _is_entry(line: Line) -> bool:
    """Whether a line consists of degrees, fields, honours, dates and names alone."""
    if not (line.section or line.degree):
        return False
    return not any(
        (token.part == PROSE or (token.part == TITLE and token.low not in ("state", "city")))
        and not hidden
        for token, hidden in zip(line.tokens, line.hidden, strict=True)
    )


def _near_degree(lines: dict[int, Line], index: int) -> bool:
    near = (lines.get(index + step) for step in (0, -1, 1, -2, 2))
    return any(line is not None and line.degree for line in near)


def _hide_names(line: Line, near_degree: bool) -> None:
    """Hide the capitalised names left in an entry, other than those of a field of study."""
    if not near_degree:
        return
    parts = line.tokens
    index = 0
    while index < len(parts):
        end = _name_end(line, index)
        if end == index:
            index += 1
            continue
        if _stands_apart(line, index, end) and (line.degree or _fills_line(line, index, end)):
            _hide(line, index, end + _high(parts, end))
        index = end


def _name_end(line: Line, start: int) -> int:
    end = start
    named = False
    while end < len(line.tokens) and not line.hidden[end]:
        token = line.tokens[end]
        if token.capital and token.part in (NAME, ADJECTIVE):
            named = named or token.part == NAME
        elif not (end > start and token.low in (".", "'", "’", "of", "the", "de", "&", "and")):
            break
        end += 1
    while end > start and line.tokens[end - 1].part in (MARK, LINK):
        end -= 1
    return end if named else start


def _stands_apart(line: Line, start: int, end: int) -> bool:
    """Whether a name is no part of a field of study, a course or a list."""
    parts = line.tokens
    run = parts[start:end]
    if any(token.low in ("&", "and") or token.low.endswith("ing") for token in run):
        return False
    following = parts[end] if end < len(parts) and not line.hidden[end] else None
    if following and following.part in (FIELD, LINK, SCHOOL) or following and following.low == "/":
        return False
    if start == 0 or line.hidden[start - 1]:
        return True
    before = parts[start - 1]
    if before.low == ":" and start > 1:
        return parts[start - 2].part not in (FIELD, DEGREE, ENTRY)
    apart = before.part in (MARK, NUMBER, ENTRY) and before.low != "/"
    return apart or before.low in ("at", "from")


def _fills_line(line: Line, start: int, end: int) -> bool:
    """Whether a line without a degree holds nothing but a name of two words, dates and places."""
    others = [
        token
        for index, token in enumerate(line.tokens)
        if not (start <= index < end or line.hidden[index] or token.part in (MARK, NUMBER))
    ]
    words_in = sum(token.part == NAME for token in line.tokens[start:end])
    return not others and words_in >= 2 or [token.low for token in others] == ["high"]


def _high(parts: Sequence[Token], end: int) -> int:
    """Return 1 where "High" follows a name, as in "Lincoln High"."""
    if end < len(parts) and parts[end].low == "high":
        return int(end + 1 == len(parts) or parts[end + 1].part == MARK)
    return 0


def _entry_spans(lay: Layout, line: Line) -> list[Span]:
    """Return the spans of an entry: names, words that led to them, and separators."""
    _hide_loose_words(line)
    names = line.spans()
    kept = [
        t
        for t, hidden in zip(line.tokens, line.hidden, strict=True)
        if not hidden and not _separates(t)
    ]
    if not (line.degree or any(token.part == NUMBER for token in kept)):
        return names
    spans = list(names)
    for before, after in pairwise(kept):
        spans += _one_space(lay.text, before.end, after.start, names)
    if kept:
        edge = line.tokens[0].start, line.tokens[-1].end
        spans += [Span(edge[0], kept[0].start, TRACE), Span(kept[-1].end, edge[1], TRACE)]
    return spans


def _separates(token: Token) -> bool:
    return token.part == MARK and token.low in _SEPARATORS


def _one_space(text: str, start: int, end: int, names: Sequence[Span]) -> Iterator[Span]:
    """Yield what to delete between two kept words so that one space stays, or the first mark."""
    if end - start <= 1:
        return
    low = bisect_left(names, start, key=lambda span: span.start)
    shown = start
    candidates = []
    for span in names[low:]:
        if span.start >= end:
            break
        candidates.append((shown, span.start))
        shown = span.end
    candidates.append((shown, end))
    spaces = [i for a, b in candidates for i in range(a, b) if text[i].isspace()]
    marks = [i for a, b in candidates for i in range(a, b)]
    if not marks:
        return
    plain = [i for i in spaces if text[i] == " "]
    kept = (plain or spaces or marks)[0]
    for a, b in candidates:
        if a <= kept < b:
            yield Span(a, kept, TRACE)
            yield Span(kept + 1, b, TRACE)
        else:
            yield Span(a, b, TRACE)


def _hide_loose_words(line: Line) -> None:
    """Hide prepositions and labels that led to a name, and verbs that nothing follows."""
    behind = False  # whether what follows is hidden
    for index in range(len(line.tokens) - 1, -1, -1):
        token = line.tokens[index]
        if line.hidden[index]:
            behind = True
        elif behind and _is_loose(line, index):
            line.hidden[index] = True
        elif not _separates(token):
            behind = False
    kept = [
        t.low
        for t, hidden in zip(line.tokens, line.hidden, strict=True)
        if not hidden and t.part != MARK
    ]
    if kept and any(line.hidden) and _VERBS.issuperset(kept):
        _hide(line, 0, len(line.tokens))


def _is_loose(line: Line, index: int) -> bool:
    token = line.tokens[index]
    if token.low in _LEADS:
        return True
    if token.part != SCHOOL or token.low not in (
        "university",
        "college",
        "school",
        "institution",
        "institute",
    ):
        return False
    return index == 0 or line.tokens[index - 1].part in (MARK, LINK)
