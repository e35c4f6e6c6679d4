"""Entries: lines of a degree, its field and its date. What else they hold is the school.

An entry loses its separators as well, with a school in it or without, so that none of them tells
where one stood.
"""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from itertools import pairwise

from shortlist.masking.reading import Line
from shortlist.masking.spans import TRACE
from shortlist.masking.tokens import (
    ADJECTIVE,
    DEGREE,
    ENTRY,
    FIELD,
    LINK,
    MARK,
    NAME,
    NUMBER,
    SCHOOL,
    Token,
)
from shortlist.records import Span

_VERBS = frozenset(
    "graduated graduating attended studied enrolled received earned obtained completed awarded "
    "graduate attending studying".split()
)
_LEADS = frozenset("at from of in by the via with and & for a an to on de der à @".split())
_LISTED = 3  # words alone between commas that make a list
_SEPARATORS = frozenset(",;:|•·–—-()[]/.*~>@▪●")


def hide_names(line: Line, *, near_degree: bool) -> bool:
    """Hide the capitalised names left in an entry, other than those of a field of study.

    Returns:
        Whether a name was left because no degree stands in the line or near it.
    """
    parts = line.tokens
    index = 0
    left = False
    while index < len(parts):
        end = _name_end(line, index)
        if end == index:
            index += 1
            continue
        if _stands_apart(line, index, end):
            fills = line.degree or _fills_line(line, index, end) or _follows_school(line, index)
            if fills and (line.degree or near_degree):
                line.hide(index, end + _high(parts, end))
            left = left or (fills and not line.degree)
        index = end
    return left


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
    if end - start == 1 and _in_list(parts, start):
        return False
    if any(token.low in ("&", "and") or token.low.endswith("ing") for token in run):
        return False
    following = parts[end] if end < len(parts) and not line.hidden[end] else None
    if (following and following.part in (FIELD, LINK, SCHOOL)) or (
        following and following.low == "/"
    ):
        return False
    if start == 0 or line.hidden[start - 1]:
        return True
    before = parts[start - 1]
    if before.low == ":" and start > 1:
        return parts[start - 2].part not in (FIELD, DEGREE, ENTRY)
    apart = before.part in (MARK, NUMBER, ENTRY) and before.low != "/"
    return apart or before.low in ("at", "from")


def _in_list(parts: Sequence[Token], index: int) -> bool:
    """Whether a word stands in a list of five or more, such as of tools."""
    commas = [i for i, token in enumerate(parts) if token.low in (",", ";")]
    beside = index - 1 in commas or index + 1 in commas
    return beside and sum(b - a == 2 for a, b in pairwise(commas)) >= _LISTED


def _fills_line(line: Line, start: int, end: int) -> bool:
    """Whether a line without a degree holds nothing but a name of two words, dates and places."""
    others = [
        token
        for index, token in enumerate(line.tokens)
        if not (start <= index < end or line.hidden[index] or token.part in (MARK, NUMBER))
    ]
    words_in = sum(token.part == NAME for token in line.tokens[start:end])
    return (not others and words_in >= 2) or [token.low for token in others] == ["high"]


def _follows_school(line: Line, start: int) -> bool:
    """Whether only a mark stands between a name and a school before it."""
    return start > 1 and line.hidden[start - 2] and line.tokens[start - 1].low in ",-–—("


def _high(parts: Sequence[Token], end: int) -> int:
    """Return 1 where "High" follows a name, as in "Lincoln High"."""
    if end < len(parts) and parts[end].low == "high":
        return int(end + 1 == len(parts) or parts[end + 1].part == MARK)
    return 0


def entry_spans(text: str, line: Line) -> list[Span]:
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
        spans += _one_space(text, before.end, after.start, names)
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
        line.hide(0, len(line.tokens))


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
