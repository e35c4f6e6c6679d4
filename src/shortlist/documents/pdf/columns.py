"""In what order a page is read: columns one after another, a table row by row.

Words that follow one another on a line form a piece. A gutter is an upright stretch of the page
that no piece crosses. Text on its two sides is read side after side, unless one side annotates
the other (dates beside entries) or both are cells of a table: those are read across.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from math import inf
from statistics import mean, median

from shortlist.documents.pdf.words import SAME_LINE, Word

PIECE_GAP = 1.0  # widest space, in em, between words of one piece
MARK_GAP = 3.0  # the same after a list mark
GUTTER = 0.5  # narrowest gutter, in em
LEADING = 1.7  # most distance of baselines, in em, within a block of lines
X_HEIGHT = 0.6  # how far, in em, a line reaches up where lines are told apart
BESIDE = 0.8  # share of lines that stand beside a line of the other side, to be one with it
NOTE_LINES = 2.0  # most lines, on average, in a block that annotates
CELL_WORDS = 4.0  # most words, on average, in the cells of a table
RAGGED = 2.0  # how much further, in em, the lines of a column may reach
DEPTH = 8  # columns within columns

LIST_MARK = re.compile(r"[^\w\s]{1,2}|o|\(?(\d{1,2}|[a-z]|[ivx]{1,4})[.)]", re.IGNORECASE)

Interval = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Piece:
    """Words that follow one another on a line."""

    words: tuple[Word, ...]
    left: float
    right: float
    baseline: float
    size: float

    @property
    def top(self) -> float:
        """Where the line begins, without the upper part of its letters."""
        return self.baseline - X_HEIGHT * self.size


@dataclass(frozen=True, slots=True)
class Line:
    """Pieces on one baseline, from left to right."""

    pieces: tuple[Piece, ...]
    baseline: float
    size: float


@dataclass(frozen=True, slots=True)
class _Gutter:
    """An interval of x that is free in the strips `first` to `last`."""

    left: float
    right: float
    first: int
    last: int


def columns(words: Sequence[Word]) -> Iterator[list[Line]]:
    """Yield the lines of a page, column by column in reading order."""
    regions = [(list(_pieces(words)), DEPTH)]
    while regions:
        pieces, depth = regions.pop()
        parts = _parts(pieces) if depth else None
        if parts is None:
            if pieces:
                yield lines(pieces)
            continue
        above, *sides, below = parts
        regions.append((below, depth))
        regions += [(side, depth - 1) for side in reversed(sides)]
        regions.append((above, depth))


def lines(pieces: Iterable[Piece]) -> list[Line]:
    """Return pieces as lines from the top down; those on one baseline are one line."""
    found: list[list[Piece]] = []
    for piece in sorted(pieces, key=lambda piece: piece.baseline):
        if found:
            first = found[-1][0]
            if piece.baseline - first.baseline <= SAME_LINE * max(piece.size, first.size):
                found[-1].append(piece)
                continue
        found.append([piece])
    return [
        Line(
            tuple(sorted(line, key=lambda piece: piece.left)),
            line[0].baseline,
            max(piece.size for piece in line),
        )
        for line in found
    ]


def _pieces(words: Iterable[Word]) -> Iterator[Piece]:
    piece: list[Word] = []
    for word in words:
        if piece and not _continues(piece, word):
            yield _piece(piece)
            piece = []
        piece.append(word)
    if piece:
        yield _piece(piece)


def _continues(piece: list[Word], word: Word) -> bool:
    last = piece[-1]
    size = max(last.run.size, word.run.size)
    gap = word.box[0] - last.box[2] if word.box[0] >= last.box[0] else last.box[0] - word.box[2]
    widest = MARK_GAP if len(piece) == 1 and LIST_MARK.fullmatch(last.text) else PIECE_GAP
    level = abs(last.run.baseline - word.run.baseline) <= SAME_LINE * size
    return level and gap <= widest * size


def _piece(words: list[Word]) -> Piece:
    largest = max(words, key=lambda word: word.run.size).run
    return Piece(
        tuple(words),
        min(word.box[0] for word in words),
        max(word.box[2] for word in words),
        largest.baseline,
        largest.size,
    )


def _parts(pieces: list[Piece]) -> list[list[Piece]] | None:
    """Return what is above the tallest gutter, what is on its sides, and what is below."""
    strips = _strips(pieces)
    for gutter in sorted(_gutters(strips), key=lambda g: _height(strips, g), reverse=True):
        core = _core(strips, gutter)
        if core is None:
            continue
        lefts, rights = (lines(side) for side in _sides(strips, core))
        if _is_read_across(lefts, rights):
            continue
        whole = _whole(strips, core, gutter)
        sides = _sides(strips, whole)
        if _annotates(lefts, rights):
            sides = list(_rows(*map(lines, sides)))
        return [_joined(strips[: whole.first]), *sides, _joined(strips[whole.last + 1 :])]
    return None


def _joined(strips: Iterable[list[Piece]]) -> list[Piece]:
    return [piece for strip in strips for piece in strip]


def _strips(pieces: Iterable[Piece]) -> list[list[Piece]]:
    """Return the pieces in groups between which a straight line can be drawn across the page."""
    strips: list[list[Piece]] = []
    bottom = -inf
    for piece in sorted(pieces, key=lambda piece: piece.top):
        if piece.top >= bottom:
            strips.append([])
        strips[-1].append(piece)
        bottom = max(bottom, piece.baseline)
    return strips


def _gutters(strips: list[list[Piece]]) -> Iterator[_Gutter]:
    """Yield intervals of x that are free over a row of strips which cannot be made longer."""
    going: list[_Gutter] = []
    for i, strip in enumerate([*strips, []]):
        free = _free(strip)
        narrowest = GUTTER * median(piece.size for piece in strip) if strip else 0.0
        narrowed: dict[Interval, _Gutter] = {}
        for gutter in [*going, *(_Gutter(*interval, i, i) for interval in free)]:
            common = _common(gutter, free, narrowest)
            for interval in common:
                narrowed.setdefault(interval, _Gutter(*interval, gutter.first, i))
            if not common:
                yield gutter
        going = list(narrowed.values())


def _free(strip: list[Piece]) -> list[Interval]:
    """Return the intervals of x in which a strip has no piece, margins included."""
    free = []
    reached = -inf
    for piece in sorted(strip, key=lambda piece: piece.left):
        if piece.left > reached:
            free.append((reached, piece.left))
        reached = max(reached, piece.right)
    return [*free, (reached, inf)] if strip else []


def _common(gutter: _Gutter, free: list[Interval], narrowest: float) -> list[Interval]:
    both = [(max(gutter.left, left), min(gutter.right, right)) for left, right in free]
    return [(left, right) for left, right in both if right - left >= narrowest]


def _height(strips: list[list[Piece]], gutter: _Gutter) -> float:
    return _bottom(strips[gutter.last]) - _top(strips[gutter.first])


def _top(strip: list[Piece]) -> float:
    return min(piece.top for piece in strip)


def _bottom(strip: list[Piece]) -> float:
    return max(piece.baseline for piece in strip)


def _core(strips: list[list[Piece]], gutter: _Gutter) -> _Gutter | None:
    """Return the gutter from where both sides have begun to where the first of them ends."""
    span = range(gutter.first, gutter.last + 1)
    lefts = [i for i in span if any(piece.right <= gutter.left for piece in strips[i])]
    rights = [i for i in span if any(piece.left >= gutter.right for piece in strips[i])]
    if not (lefts and rights):
        return None
    first, last = max(lefts[0], rights[0]), min(lefts[-1], rights[-1])
    return replace(gutter, first=first, last=last) if first <= last else None


def _whole(strips: list[list[Piece]], core: _Gutter, gutter: _Gutter) -> _Gutter:
    """Return the gutter of two columns with the ends of the column that is longer.

    Lines that are wider than the left column so far are not of it, nor are the last ones before
    a line that crosses the gutter, if they stand closer to that: they are its heading.
    """
    first, last = core.first, core.last
    while first > gutter.first and _is_right(strips[first - 1], gutter):
        first -= 1
    edge = max(piece.right for piece in _sides(strips, core)[0])
    while last < gutter.last and _fits(strips[last + 1], gutter, edge):
        last += 1
    while core.last < last < len(strips) - 1:
        before = _top(strips[last]) - _bottom(strips[last - 1])
        if before <= _top(strips[last + 1]) - _bottom(strips[last]):
            break
        last -= 1
    return replace(core, first=first, last=last)


def _is_right(strip: list[Piece], gutter: _Gutter) -> bool:
    return all(piece.left >= gutter.right for piece in strip)


def _fits(strip: list[Piece], gutter: _Gutter, edge: float) -> bool:
    return _is_right(strip, gutter) or all(
        piece.right <= edge + RAGGED * piece.size for piece in strip
    )


def _sides(strips: list[list[Piece]], gutter: _Gutter) -> list[list[Piece]]:
    """Return the pieces on the left and on the right of a gutter."""
    inside = _joined(strips[gutter.first : gutter.last + 1])
    left = [piece for piece in inside if piece.right <= gutter.left]
    return [left, [piece for piece in inside if piece.left >= gutter.right]]


def _is_read_across(lefts: list[Line], rights: list[Line]) -> bool:
    """Whether lines go on beyond the gutter: rows of a table, or dates on the right of entries."""
    if min(len(lefts), len(rights)) < 2:
        return True
    if _share(rights, _has_mark) >= BESIDE:
        return False
    if _beside(rights, lefts) < BESIDE:
        return False
    cells = _words_a_line(lefts) <= CELL_WORDS >= _words_a_line(rights)
    return _mean_block(rights) <= NOTE_LINES or (cells and _beside(lefts, rights) >= BESIDE)


def _annotates(lefts: list[Line], rights: list[Line]) -> bool:
    """Whether the left side is dates or headings beside what they belong to."""
    return _beside(lefts, rights) >= BESIDE and _mean_block(lefts) <= NOTE_LINES


def _has_mark(line: Line) -> bool:
    return bool(LIST_MARK.fullmatch(line.pieces[0].words[0].text))


def _beside(side: list[Line], other: list[Line]) -> float:
    """Return the share of a side's lines that stand beside a line of the other side."""
    baselines = [line.baseline for line in other]

    def is_beside(line: Line) -> bool:
        i = bisect_left(baselines, line.baseline)
        return any(
            abs(baseline - line.baseline) <= SAME_LINE * line.size
            for baseline in baselines[max(0, i - 1) : i + 1]
        )

    return _share(side, is_beside)


def _share(side: list[Line], holds: Callable[[Line], bool]) -> float:
    return sum(map(holds, side)) / len(side)


def _words_a_line(side: list[Line]) -> float:
    return mean(sum(len(piece.words) for piece in line.pieces) for line in side)


def _blocks(side: list[Line]) -> list[list[Line]]:
    """Return lines in groups that stand close together."""
    blocks = [side[:1]]
    for above, line in pairwise(side):
        if line.baseline - above.baseline > LEADING * max(line.size, above.size):
            blocks.append([])
        blocks[-1].append(line)
    return blocks


def _mean_block(side: list[Line]) -> float:
    return len(side) / len(_blocks(side))


def _rows(lefts: list[Line], others: list[Line]) -> Iterator[list[Piece]]:
    """Yield each note and then what it stands beside; or both at once if each is a line."""
    notes = _blocks(lefts)
    starts = [note[0].baseline - SAME_LINE * note[0].size for note in notes]
    cells: list[list[Line]] = [[] for _ in range(len(notes) + 1)]
    for line in others:
        cells[bisect_right(starts, line.baseline)].append(line)
    yield _of(cells[0])
    for note, cell in zip(notes, cells[1:], strict=True):
        if len(note) == 1 and len(cell) == 1:
            yield _of([*note, *cell])
        else:
            yield _of(note)
            yield _of(cell)


def _of(group: list[Line]) -> list[Piece]:
    return [piece for line in group for piece in line.pieces]
