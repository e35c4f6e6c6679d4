"""In what order a page is read: columns one after another, a table row by row.

A gutter is an upright stretch of the page that no piece of a line crosses. Text on its two sides
is read side after side, unless one side annotates the other (dates beside entries) or both are
cells of a table: those are read across.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from math import inf
from statistics import median

from shortlist.documents.pdf.lines import Line, Piece, lines, pieces
from shortlist.documents.pdf.sides import annotates, are_read_across, rows
from shortlist.documents.pdf.words import Word

GUTTER = 0.5  # narrowest gutter, in em
RAGGED = 2.0  # how much further, in em, the lines of a column may reach
FOOTER = 3  # most lines across the page that end it, and do not go on with the text
DEPTH = 8  # columns within columns

Interval = tuple[float, float]


@dataclass(frozen=True, slots=True)
class _Gutter:
    """An interval of x that is free in the strips `first` to `last`."""

    left: float
    right: float
    first: int
    last: int


def columns(words: Sequence[Word]) -> Iterator[list[Line]]:
    """Yield the lines of a page, column by column in reading order."""
    regions = [(list(pieces(words)), DEPTH)]
    while regions:
        region, depth = regions.pop()
        parts = _parts(region) if depth else None
        if parts is None:
            if region:
                yield lines(region)
            continue
        above, *sides, below = parts
        regions.append((below, depth))
        regions += [(side, depth - 1) for side in reversed(sides)]
        regions.append((above, depth))


def _parts(region: list[Piece]) -> list[list[Piece]] | None:
    """Return what is above the tallest gutter, what is on its sides, and what is below."""
    strips = _strips(region)
    for gutter in sorted(_gutters(strips), key=lambda g: _height(strips, g), reverse=True):
        core = _core(strips, gutter)
        if core is None:
            continue
        lefts, rights = (lines(side) for side in _sides(strips, core))
        if are_read_across(lefts, rights):
            continue
        whole = _whole(strips, core, gutter)
        sides = _sides(strips, whole)
        if annotates(lefts, rights):
            sides = list(rows(*map(lines, sides)))
        return [_joined(strips[: whole.first]), *sides, _joined(strips[whole.last + 1 :])]
    return None


def _joined(strips: Iterable[list[Piece]]) -> list[Piece]:
    return [piece for strip in strips for piece in strip]


def _strips(region: Iterable[Piece]) -> list[list[Piece]]:
    """Return the pieces in groups between which a straight line can be drawn across the page."""
    strips: list[list[Piece]] = []
    bottom = -inf
    for piece in sorted(region, key=lambda piece: piece.top):
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

    Lines on the left that are wider than the column so far are not of it. Nor are those after
    which the text goes on across the page: they begin what comes next.
    """
    first, last = core.first, core.last
    while first > gutter.first and _is_right(strips[first - 1], gutter):
        first -= 1
    goes_on = len(strips) - 1 - gutter.last > FOOTER
    edge = -inf if goes_on else max(piece.right for piece in _sides(strips, core)[0])
    while last < gutter.last and _fits(strips[last + 1], gutter, edge):
        last += 1
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
