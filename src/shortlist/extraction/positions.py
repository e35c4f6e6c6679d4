"""Jobs held: found by their dates, with title and employer from the lines around these.

Resumes differ in where the dates stand, but one resume keeps to one way; so the first job of a
section, which begins right below the heading, tells how many lines precede the dates.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from operator import attrgetter

from shortlist.extraction.dates import Period
from shortlist.extraction.entities import Quote
from shortlist.extraction.headers import (
    SHORT,
    SURE_TITLE,
    Choice,
    Piece,
    choose,
    is_heading_like,
    names_title,
    piece_of,
)
from shortlist.extraction.sections import Row, rows
from shortlist.extraction.titles import DURATION, employer_score, title_end, title_score

_LASTED = re.compile(rf"\(?{DURATION}\)?\.?", re.IGNORECASE)
_SINCE = re.compile(r"\S\s+(?:since|seit|depuis|desde)\s+$", re.IGNORECASE)
_DESCRIPTION = re.compile(r"\s*\)?\s*[:;]\s*[^\s,|]+(?:\s+[^\s,|]+){4}|.*[.!]$", re.DOTALL)
_LONE_SINCE = re.compile(r"\s*(?:since|seit|depuis|desde|dal|sinds)\s+", re.IGNORECASE)
_GAP = re.compile(r"\t|[ ]{3,}|[ ]*\|")
_TELLING = ("from", "between", "in", "of", "during", "for", "the", "and", "since", "until", "by")
_SENTENCE_STOP = re.compile(r"(?<!\b[A-Z])[.!;]\s|(?<!\b[A-Z])[.!]$")
_INLINE_END = re.compile(r"[.!?;•]\s+|\s{3,}")
_WORD = re.compile(r"\S+")
_SMALL_WORDS = frozenset(("of", "and", "the", "for", "at", "in", "de", "to"))
_MOST_BEFORE = 3
_MOST_AFTER = 6
_LONG_ROW = 600
_INLINE_HEADER = 110


@dataclass(frozen=True, slots=True)
class Block:
    """What is said about one job: `start` to `body` its header, from there to `end` the rest."""

    start: int
    body: int
    end: int
    title: Quote | None
    employer: Quote | None
    period: Period | None


def blocks(text: str, start: int, end: int, dated: Sequence[Period]) -> list[Block]:
    """Return the jobs of `text[start:end]`, one for each period that heads a job, in order.

    Args:
        text: the resume's text.
        start: where the section begins.
        end: where it ends.
        dated: the periods that stand in it, in order.
    """
    lines = [row for row in rows(text, start, end) if says_something(text, row)]
    anchors = [anchor for period in dated for anchor in _anchors(text, lines, period)]
    if not anchors:
        return []
    before = _lines_before(text, lines, anchors)
    heads = [_head(text, lines, anchors, index, before) for index in range(len(anchors))]
    found: list[Block] = []
    for index, (head, anchor) in enumerate(zip(heads, anchors, strict=True)):
        stop = heads[index + 1].start if index + 1 < len(heads) else end
        title, employer = head.choice.quotes(text)
        if not title and not employer and found and _lies_in(anchor.period, found[-1].period):
            found[-1] = replace(found[-1], end=stop)  # "Duration: 2016 to 2018" within that job
            continue
        if title and not employer and found and _shares_employer(lines, anchors, index, found[-1]):
            employer = found[-1].employer
        found.append(Block(head.start, min(head.body, stop), stop, title, employer, anchor.period))
    return found


def _lies_in(inner: Period, outer: Period | None) -> bool:
    return outer is not None and outer.first <= inner.first and inner.after <= outer.after


def is_aside(text: str, period: Period) -> bool:
    """Return whether a period is told of a thing, not of a job: "the oldest fair since 1958"."""
    before = text[max(0, period.start - SHORT) : period.start].rpartition("\n")[2]
    since = _SINCE.search(before)
    if period.until_iso is not None or since is None:
        return False
    parts = before[: since.start() + 1].split(",")
    return not any(title_score(part.strip()) for part in parts)


@dataclass(frozen=True, slots=True)
class _Anchor:
    """The rows over which a period runs."""

    first: int
    last: int
    period: Period


@dataclass(frozen=True, slots=True)
class _Head:
    start: int
    body: int
    choice: Choice


def _shares_employer(
    lines: Sequence[Row], anchors: Sequence[_Anchor], index: int, above: Block
) -> bool:
    """Whether a job stands below another one of the same employer, named once above both."""
    if above.employer is None or above.title is None or above.employer.start > above.title.start:
        return False
    first = anchors[index].first
    top = bisect_right(lines, above.title.start, key=attrgetter("start")) - 1
    return first - anchors[index - 1].last <= max(1, anchors[index - 1].first - top + 1)


def says_something(text: str, row: Row) -> bool:
    """Return False of a row that holds only a mangled separator, or how long a job lasted."""
    line = text[row.start : row.end]
    if _LASTED.fullmatch(line):
        return False
    return sum(map(str.isalpha, line)) > 1 or any("0" <= letter <= "9" for letter in line)


def _anchors(text: str, lines: Sequence[Row], period: Period) -> Iterator[_Anchor]:
    """The rows of a period, unless it stands in the middle of a sentence."""
    last = bisect_left(lines, period.end, key=attrgetter("start")) - 1
    if last < 0:
        return
    first = max(bisect_right(lines, period.start, key=attrgetter("start")) - 1, 0)
    row = lines[first]
    before = text[row.start : period.start]
    told = before.strip(" (").endswith(_TELLING) or _runs_on(before)
    told = told and not (_LONE_SINCE.fullmatch(before) and _GAP.match(text, period.end))
    told = told and not (_is_title_since(before) and not text[period.end : row.end].strip(" .)"))
    if _has_lost_lines(text, row) or (len(before) <= SHORT and not told):
        yield _Anchor(first, last, period)


def _is_title_since(before: str) -> bool:
    """Whether a date ends a job's head: "Senior clerk, Harbour Bank, since May 2019"."""
    since = _SINCE.search(before)
    return since is not None and title_score(before[: since.start()].partition(",")[0].strip()) > 0


def _runs_on(before: str) -> bool:
    """Whether the words before a date are the end of a sentence, and no title in small letters."""
    return before[:1].islower() and len(before.split()) > 3 and not title_score(before)


def _has_lost_lines(text: str, row: Row) -> bool:
    end = text.find("\n", row.end)
    return (len(text) if end < 0 else end) - text.rfind("\n", 0, row.start) > _LONG_ROW


def _lines_before(text: str, lines: Sequence[Row], anchors: Sequence[_Anchor]) -> int:
    """How many lines of a job precede its dates, as the first job of the section has it."""
    count = anchors[0].first
    places = sum(employer_score(text[row.start : row.end]) < 0 for row in lines[:count])
    if count - places <= _MOST_BEFORE and all(is_heading_like(text, row) for row in lines[:count]):
        return count
    above = [lines[anchor.first - 1] for anchor in anchors if anchor.first]
    titled = sum(
        is_heading_like(text, row) and title_score(text[row.start : row.end]) > 0 for row in above
    )
    return 1 if above and titled * 2 > len(above) else 0


def _head(
    text: str, lines: Sequence[Row], anchors: Sequence[_Anchor], index: int, before: int
) -> _Head:
    anchor = anchors[index]
    first_row = lines[anchor.first]
    above = anchors[index - 1] if index else None
    if _has_lost_lines(text, first_row):
        return _inline_head(text, first_row, anchor.period, above)
    top = anchor.first
    floor = above.last + 1 if above else 0
    while top > floor and anchor.first - top < before and is_heading_like(text, lines[top - 1]):
        top -= 1
    ceiling = anchors[index + 1].first - before if index + 1 < len(anchors) else len(lines)
    beside = list(_rest_of_row(text, lines, anchor))
    if (
        top < anchor.first
        and _is_complete(text, beside)
        and names_title(text, lines[top].start, lines[top].end)
    ):
        top = anchor.first  # that line tells of a job of its own, without dates
    pieces = [*(piece_of(row) for row in lines[top : anchor.first]), *beside]
    after = lines[anchor.last + 1 : max(ceiling, anchor.last + 1)][:_MOST_AFTER]
    choice, used = _best_choice(text, pieces, after)
    body_row = anchor.last + 1 + used
    body = lines[body_row].start if body_row < len(lines) else lines[-1].end
    start = lines[top].start if top < anchor.first else min(first_row.start, anchor.period.start)
    return _Head(start, max(body, anchor.period.end), choice)


def _is_complete(text: str, pieces: Sequence[Piece]) -> bool:
    choice = choose(text, pieces)
    return choice.title_score > SURE_TITLE and choice.employer_score > 0


def _best_choice(text: str, pieces: list[Piece], after: Sequence[Row]) -> "tuple[Choice, int]":
    """The best title and employer, taking in the lines below the dates as far as they help."""
    best, used = choose(text, pieces), 0
    for count, row in enumerate(after, 1):
        is_place = employer_score(text[row.start : row.end]) < 0
        if not is_heading_like(text, row) or (best.sure and not is_place):
            break
        pieces.append(piece_of(row))
        choice = choose(text, pieces)
        if choice.total > best.total:
            best, used = choice, count
        elif is_place and used == count - 1:
            used = count
    return best, used


def _rest_of_row(text: str, lines: Sequence[Row], anchor: _Anchor) -> Iterator[Piece]:
    """What stands beside the dates; a description that follows them is none of it."""
    first, last = lines[anchor.first], lines[anchor.last]
    if anchor.period.start > first.start:
        yield Piece(first.start, anchor.period.start)
    end = anchor.period.end
    while end < last.end and text[end] in " .:,":
        end += 1
    stop = _SENTENCE_STOP.search(text, end, last.end)
    cut = stop.start() if stop else last.end
    if 0 < cut - end <= SHORT and (names_title(text, end, cut) or not _tells(text[end : last.end])):
        yield Piece(end, cut)


def _tells(after: str) -> bool:
    """Whether what follows the dates on their line describes the work."""
    return _DESCRIPTION.match(after) is not None


def _inline_head(text: str, row: Row, period: Period, above: _Anchor | None) -> _Head:
    """The header of a job whose text has lost its lines: what stands right before the dates."""
    floor = max(row.start, period.start - _INLINE_HEADER, above.period.end if above else 0)
    ends = list(_INLINE_END.finditer(text, floor, period.start))
    start = ends[-1].end() if ends else floor
    for word in reversed(list(_WORD.finditer(text, start, period.start))):
        if text[word.start()].islower() and word.group() not in _SMALL_WORDS:
            start = word.end()
            break
    start += len(text[start : period.start]) - len(text[start : period.start].lstrip())
    end = title_end(text[start : period.start])
    pieces = [Piece(start, start + end)] if end else []
    choice = choose(text, [*pieces, Piece(start + (end or 0), period.start)])
    return _Head(min(start, period.start), period.end, choice)
