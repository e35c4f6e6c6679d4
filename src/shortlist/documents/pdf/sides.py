"""What two sides of a gutter are to each other: columns, rows, or notes and what they belong to."""

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Callable, Iterator
from itertools import pairwise

from shortlist.documents.pdf.lines import LEADING, LIST_MARK, Line, Piece
from shortlist.documents.pdf.words import SAME_LINE

BESIDE = 0.8  # share of lines that stand beside a line of the other side, to be one with it
NOTE_LINES = 2.0  # most lines, on average, in a block that annotates
MORE = 1.3  # times as many lines as on the left that there are beside notes
ALIGNED = 0.6  # share of lines in a column that begin where another of them does
GRID = 2.0  # points within which they begin
FLUSH = 0.5  # em within which lines end that are set against a margin
CELL = 30  # most characters, on average, in the cells of a table
VALUES = 0.5  # share of cells that hold a value where they all do
DISTINCT = 0.7  # share of different cells up to which they repeat one another

VALUE = re.compile(
    r".*\d.*|.*:|(?:native|mother tongue|fluent|proficient|conversational|basics?|beginner|"
    r"intermediate|advanced|expert|good|very good|excellent)(?: \w+)?",
    re.IGNORECASE,
)
"""What the cell of a table holds, rather than an item of a list."""


def are_read_across(lefts: list[Line], rights: list[Line]) -> bool:
    """Whether lines go on beyond the gutter: rows of a table, or dates on the right of entries."""
    if min(len(lefts), len(rights)) < 2 or not _are_aligned(rights):
        return True
    if _share(rights, _has_mark) >= BESIDE or _beside(rights, lefts) < BESIDE:
        return False
    if _mean_block(rights) <= NOTE_LINES and (len(rights) == 2 or _are_flush(rights)):
        return True
    are_rows = _beside(lefts, rights) >= BESIDE
    return _are_values(rights) or (are_rows and _are_values(lefts))


def annotates(lefts: list[Line], rights: list[Line]) -> bool:
    """Whether the left side is dates or headings beside what they belong to."""
    return (
        len(rights) >= MORE * len(lefts)
        and _beside(lefts, rights) >= BESIDE
        and _mean_block(lefts) <= NOTE_LINES
    )


def rows(lefts: list[Line], others: list[Line]) -> Iterator[list[Piece]]:
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


def _are_aligned(side: list[Line]) -> bool:
    """Whether most lines begin where another line does, as in a column, or end so."""
    starts = Counter(round(line.pieces[0].left / GRID) for line in side)
    together = sum(count for count in starts.values() if count > 1)
    return together >= ALIGNED * len(side) or _are_flush(side)


def _are_flush(side: list[Line]) -> bool:
    """Whether lines end at one x, as dates do that are set against the margin."""
    ends = [line.pieces[-1].right for line in side]
    return (
        _share(side, lambda line: max(ends) - line.pieces[-1].right <= FLUSH * line.size) >= BESIDE
    )


def _are_values(side: list[Line]) -> bool:
    """Whether a side is cells that mean something only beside others: labels, levels, years."""
    if _characters(side) > CELL:
        return False
    texts = [line.text for line in side]
    valued = sum(bool(VALUE.fullmatch(text)) for text in texts)
    return valued >= VALUES * len(texts) or len(set(texts)) <= DISTINCT * len(texts)


def _characters(side: list[Line]) -> float:
    return sum(len(line.text) for line in side) / len(side)


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


def _of(group: list[Line]) -> list[Piece]:
    return [piece for line in group for piece in line.pieces]
