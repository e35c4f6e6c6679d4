"""Arithmetic of spans: union, deletion, and deletion after a deletion."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence

from shortlist.records import Span

TRACE = "trace"
"""The kind of what is deleted only because it would betray another deletion."""


def merged(spans: Iterable[Span]) -> list[Span]:
    """Return the union of spans, sorted and disjoint; what overlaps takes the longer one's kind.

    A trace gives way to what it surrounds, so that people see what was hidden and not that
    something was.
    """
    spans = list(spans)
    hidden = _union(span for span in spans if span.kind != TRACE)
    traces = _union(span for span in spans if span.kind == TRACE)
    if not hidden or not traces:
        return hidden or traces
    result = hidden + [
        Span(start, end, TRACE)
        for trace in traces
        for start, end in outside(_within(hidden, trace), trace.start, trace.end)
        if start < end
    ]
    return sorted(result, key=lambda span: span.start)


def _within(spans: Sequence[Span], place: Span) -> list[Span]:
    """Return the parts of sorted, disjoint spans that lie in a place."""
    first = bisect_right(spans, place.start, key=lambda span: span.end)
    last = bisect_left(spans, place.end, key=lambda span: span.start)
    return [
        Span(max(span.start, place.start), min(span.end, place.end), span.kind)
        for span in spans[first:last]
    ]


def _union(spans: Iterable[Span]) -> list[Span]:
    result: list[Span] = []
    for span in sorted(spans, key=lambda s: (s.start, -s.end)):
        if span.start >= span.end:
            continue
        last = result[-1] if result else None
        if last is None or span.start >= last.end:
            result.append(span)
        elif span.end > last.end:
            longer = span if span.end - span.start > last.end - last.start else last
            result[-1] = Span(last.start, span.end, longer.kind)
    return result


def without(text: str, spans: Sequence[Span]) -> str:
    """Return the text with sorted, disjoint spans deleted."""
    pieces = []
    position = 0
    for span in spans:
        pieces.append(text[position : span.start])
        position = span.end
    pieces.append(text[position:])
    return "".join(pieces)


def outside(spans: Sequence[Span], start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield the gaps that sorted, disjoint spans leave in [start, end), empty ones included."""
    for span in spans:
        yield start, span.start
        start = span.end
    yield start, end


def composed(first: Sequence[Span], second: Sequence[Span], length: int) -> list[Span]:
    """Return both deletions as one.

    Args:
        first: sorted, disjoint spans of a text.
        second: sorted, disjoint spans of that text with `first` deleted.
        length: the length of the text.
    """
    if not first:
        return list(second)
    result = list(first)
    later = iter(second)
    span = next(later, None)
    position = 0  # offset, after the first deletion, at which the gap begins
    for start, end in outside(first, 0, length):
        shift = start - position
        position += end - start
        while span is not None and span.start < position:
            low, high = max(span.start + shift, start), min(span.end + shift, end)
            if low < high:
                result.append(Span(low, high, span.kind))
            if span.end > position:
                break  # goes on behind what was deleted first
            span = next(later, None)
    result.sort(key=lambda s: s.start)
    return result
