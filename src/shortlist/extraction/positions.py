"""Jobs held: found by their dates, with title and employer from the lines around these.

Resumes differ in where the dates stand, but one resume keeps to one way; so the first job of a
section, which begins right below the heading, tells how many lines precede the dates.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from operator import attrgetter

from shortlist.extraction.dates import Period
from shortlist.extraction.entities import Quote
from shortlist.extraction.sections import Row, rows
from shortlist.extraction.titles import employer_score, title_score

_SPLIT = re.compile(
    r"\s*(?:[|;•·\t()]|\s[-–—*~]\s|\s{3,}|,\s|\s@\s|\bat\s(?=[A-Z]))\s*|\s[-–—]$|^[-–—]\s"
)
_SENTENCE_END = re.compile(r"[.;!?]$")
_INLINE_END = re.compile(r"[.!?;•]\s+|\s{3,}")
_SHORT = 90
_MOST_BEFORE = 3
_MOST_AFTER = 5
_LONG_ROW = 600
_INLINE_HEADER = 110
_SURE_TITLE = 2
_SURE_EMPLOYER = 2


@dataclass(frozen=True, slots=True)
class Block:
    """What is said about one job: `start` to `body` its header, from there to `end` the rest."""

    start: int
    body: int
    end: int
    title: Quote | None
    employer: Quote | None
    period: Period


def blocks(text: str, start: int, end: int, dated: Sequence[Period]) -> list[Block]:
    """Return the jobs of `text[start:end]`, one for each period that heads a job, in order.

    Args:
        text: the resume's text.
        start: where the section begins.
        end: where it ends.
        dated: the periods that stand in it, in order.
    """
    lines = [row for row in rows(text, start, end) if _says_something(text, row)]
    anchors = [anchor for period in dated for anchor in _anchors(text, lines, period)]
    if not anchors:
        return []
    before = _lines_before(text, lines, anchors)
    heads = [_head(text, lines, anchors, index, before) for index in range(len(anchors))]
    found = []
    for index, (head, anchor) in enumerate(zip(heads, anchors, strict=True)):
        stop = heads[index + 1].start if index + 1 < len(heads) else end
        title, employer = head.choice.quotes(text)
        found.append(Block(head.start, min(head.body, stop), stop, title, employer, anchor.period))
    return found


@dataclass(frozen=True, slots=True)
class _Anchor:
    """The rows over which a period runs."""

    first: int
    last: int
    period: Period


@dataclass(frozen=True, slots=True)
class _Piece:
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class _Choice:
    """The title and the employer among some pieces, and how sure each is."""

    title: _Piece | None = None
    title_score: int = 0
    employer: _Piece | None = None
    employer_score: int = 0

    @property
    def total(self) -> int:
        return self.title_score + self.employer_score

    @property
    def sure(self) -> bool:
        return self.title_score >= _SURE_TITLE and self.employer_score >= _SURE_EMPLOYER

    def quotes(self, text: str) -> "tuple[Quote | None, Quote | None]":
        return (
            _quote(text, self.title, 0.35 + 0.2 * self.title_score),
            _quote(text, self.employer, 0.3 + 0.25 * self.employer_score),
        )


@dataclass(frozen=True, slots=True)
class _Head:
    start: int
    body: int
    choice: _Choice


def _says_something(text: str, row: Row) -> bool:
    """False of a row that holds only a separator which an extractor has mangled."""
    line = text[row.start : row.end]
    return sum(map(str.isalpha, line)) > 1 or any("0" <= letter <= "9" for letter in line)


def _anchors(text: str, lines: Sequence[Row], period: Period) -> Iterator[_Anchor]:
    """The rows of a period, unless it stands in the middle of a sentence."""
    last = bisect_left(lines, period.end, key=attrgetter("start")) - 1
    if last < 0:
        return
    first = max(bisect_right(lines, period.start, key=attrgetter("start")) - 1, 0)
    anchor = _Anchor(first, last, period)
    row = lines[first]
    around = row.end - row.start - (period.end - period.start)
    in_prose = text[row.start].islower() or text[lines[last].end - 1] == "."
    if row.end - row.start > _LONG_ROW or (around <= _SHORT + 30 and not (in_prose and around > 4)):
        yield anchor


def _lines_before(text: str, lines: Sequence[Row], anchors: Sequence[_Anchor]) -> int:
    """How many lines of a job precede its dates, as the first job of the section has it."""
    count = anchors[0].first
    if count <= _MOST_BEFORE and all(_is_heading_like(text, row) for row in lines[:count]):
        return count
    above = [lines[anchor.first - 1] for anchor in anchors if anchor.first]
    titled = sum(
        _is_heading_like(text, row) and title_score(text[row.start : row.end]) > 0 for row in above
    )
    return 1 if above and titled * 2 > len(above) else 0


def _is_heading_like(text: str, row: Row) -> bool:
    line = text[row.start : row.end]
    short = row.end - row.start <= _SHORT and not _SENTENCE_END.search(line)
    return short and not row.bullet and not line[0].islower()


def _head(
    text: str, lines: Sequence[Row], anchors: Sequence[_Anchor], index: int, before: int
) -> _Head:
    anchor = anchors[index]
    first_row = lines[anchor.first]
    above = anchors[index - 1] if index else None
    if first_row.end - first_row.start > _LONG_ROW:
        return _inline_head(text, first_row, anchor.period, above)
    top = anchor.first
    floor = above.last + 1 if above else 0
    while top > floor and anchor.first - top < before and _is_heading_like(text, lines[top - 1]):
        top -= 1
    ceiling = anchors[index + 1].first - before if index + 1 < len(anchors) else len(lines)
    pieces = [_piece(row) for row in lines[top : anchor.first]]
    pieces += _rest_of_row(lines, anchor)
    after = lines[anchor.last + 1 : max(ceiling, anchor.last + 1)][:_MOST_AFTER]
    choice, used = _best_choice(text, pieces, after)
    body_row = anchor.last + 1 + used
    body = lines[body_row].start if body_row < len(lines) else lines[-1].end
    start = lines[top].start if top < anchor.first else min(first_row.start, anchor.period.start)
    return _Head(start, max(body, anchor.period.end), choice)


def _best_choice(text: str, pieces: list[_Piece], after: Sequence[Row]) -> "tuple[_Choice, int]":
    """The best title and employer, taking in the lines below the dates as far as they help."""
    best, used = _choose(text, pieces), 0
    for count, row in enumerate(after, 1):
        is_place = employer_score(text[row.start : row.end]) < 0
        if not _is_heading_like(text, row) or (best.sure and not is_place):
            break
        pieces.append(_piece(row))
        choice = _choose(text, pieces)
        if choice.total > best.total:
            best, used = choice, count
        elif is_place and used == count - 1:
            used = count
    return best, used


def _piece(row: Row) -> _Piece:
    return _Piece(row.start, row.end)


def _rest_of_row(lines: Sequence[Row], anchor: _Anchor) -> Iterator[_Piece]:
    first, last = lines[anchor.first], lines[anchor.last]
    if anchor.period.start > first.start:
        yield _Piece(first.start, anchor.period.start)
    if anchor.period.end < last.end:
        yield _Piece(anchor.period.end, last.end)


def _inline_head(text: str, row: Row, period: Period, above: _Anchor | None) -> _Head:
    """The header of a job whose text has lost its lines: what stands right before the dates."""
    floor = max(row.start, period.start - _INLINE_HEADER, above.period.end if above else 0)
    ends = list(_INLINE_END.finditer(text, floor, period.start))
    start = ends[-1].end() if ends else floor
    start += len(text[start : period.start]) - len(text[start : period.start].lstrip())
    choice = _choose(text, [_Piece(start, period.start)])
    return _Head(min(start, period.start), period.end, choice)


def _choose(text: str, pieces: Sequence[_Piece]) -> _Choice:
    segments = [segment for piece in pieces for segment in _segments(text, piece)]
    titles = [(title_score(text[s.start : s.end]), s) for s in segments]
    best = max((score for score, _ in titles), default=0)
    title = next((s for score, s in titles if best and score == best), None)
    employers = [(employer_score(text[s.start : s.end]), s) for s in segments if s is not title]
    most = max((score for score, _ in employers), default=0)
    employer = next((s for score, s in employers if most > 0 and score == most), None)
    if title is None:
        left = (s for score, s in employers if s is not employer and score == 1)
        title = next(left, None)
        best = 1 if title else 0
    return _Choice(title, best, employer, max(most, 0))


def _quote(text: str, piece: _Piece | None, confidence: float) -> Quote | None:
    if piece is None:
        return None
    return Quote(text[piece.start : piece.end], piece.start, piece.end, round(confidence, 2))


def _segments(text: str, piece: _Piece) -> Iterator[_Piece]:
    at = piece.start
    for cut in _SPLIT.finditer(text, piece.start, piece.end):
        if "(" not in text[max(piece.start, at - 2) : at]:  # not what stands in brackets
            yield from _trimmed(text, at, cut.start())
        at = cut.end()
    yield from _trimmed(text, at, piece.end)


def _trimmed(text: str, start: int, end: int) -> Iterator[_Piece]:
    while start < end and not text[start].isalnum():
        start += 1
    while end > start and (text[end - 1].isspace() or text[end - 1] in ",-–—|:(•"):
        end -= 1
    if end - start > 1:
        yield _Piece(start, end)
