"""What is left to look at once something was deleted: a part of the text that behaves as the whole.

Deleting can bring words together that then show something. Each finding rests on its line, the two
lines around it, the heading above it and the first lines of the text, so those are enough.
"""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from itertools import accumulate

from shortlist.masking.layout import layout
from shortlist.masking.study import study_lines
from shortlist.records import Span

_AROUND = 2


def excerpt(before: str, after: str, deleted: Sequence[Span]) -> str:
    """Return the lines of a text that a deletion can have changed the reading of.

    Args:
        before: the text before the deletion.
        after: the text after it.
        deleted: what was deleted, sorted and disjoint, in offsets of `before`.
    """
    lay = layout(before)
    lines = after.split("\n")
    starts = [0, *accumulate(len(line) + 1 for line in lines)]
    chosen: set[int] = set()
    study = study_lines(lay)
    cuts = [span.start for span in deleted]
    for cut, position in zip(cuts, _moved(cuts, deleted), strict=True):
        line = bisect_right(starts, position) - 1
        around = _AROUND if lay.line_at(cut) in study else 1
        chosen.update(range(line - around, line + around + 1))
    first = next((i for i, section in enumerate(lay.sections) if section != "top"), None)
    context = [*range(len(lay.starts) if first is None else first), *sorted(lay.openers)]
    for position in _moved(sorted({lay.starts[line] for line in context}), deleted):
        chosen.add(bisect_right(starts, position) - 1)
    return "\n".join(lines[line] for line in sorted(chosen) if 0 <= line < len(lines))


def same_headings(before: str, after: str) -> bool:
    """Whether two texts have as many headings as each other."""
    return len(layout(before).openers) == len(layout(after).openers)


def _moved(positions: Sequence[int], deleted: Sequence[Span]) -> Iterator[int]:
    """Yield where sorted offsets of a text stand after a deletion."""
    removed = 0
    following = iter(deleted)
    span = next(following, None)
    for position in positions:
        while span is not None and span.end <= position:
            removed += span.end - span.start
            span = next(following, None)
        inside = span is not None and span.start < position
        yield (span.start if span is not None and inside else position) - removed
