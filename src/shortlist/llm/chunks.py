"""A long resume in parts that a language model reads one by one: by section, with overlap."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from shortlist.extraction.sections import sections

CHARACTERS = 6000
"""Most characters of a part; about 1,500 tokens of English."""

OVERLAP = 300
"""Characters at the end of a part that the next one repeats where a section is cut in two, so that
a sentence beside the cut is read with what stands around it."""


@dataclass(frozen=True, slots=True)
class Chunk:
    """A stretch of a text."""

    start: int
    end: int


def chunks(text: str, *, size: int = CHARACTERS, overlap: int = OVERLAP) -> list[Chunk]:
    """Return parts of a text that cover all of it, in order.

    Whole sections are taken together while they fit. A section that is longer than `size` is cut
    at line ends, or at spaces where its lines are longer still.

    Args:
        text: the resume.
        size: most characters of a part.
        overlap: characters repeated after a cut within a section; less than half of `size`.
    """
    found: list[Chunk] = []
    for part in _parts(text):
        if found and part.end - found[-1].start <= size:
            found[-1] = Chunk(found[-1].start, part.end)
        elif part.end - part.start <= size:
            found.append(part)
        else:
            found.extend(_cut(text, part, size, overlap))
    return [chunk for chunk in found if text[chunk.start : chunk.end].strip()]


def _parts(text: str) -> Iterator[Chunk]:
    """Yield the sections with their headings, from the first character to the last."""
    starts = {0}
    for section in sections(text).sections:
        starts.add(section.heading.start if section.heading else section.start)
    bounds = [*sorted(starts), len(text)]
    for start, end in pairwise(bounds):
        if end > start:
            yield Chunk(start, end)


def _cut(text: str, part: Chunk, size: int, overlap: int) -> Iterator[Chunk]:
    start = part.start
    while part.end - start > size:
        end = _break(text, start + size // 2, start + size)
        yield Chunk(start, end)
        start = _break(text, end - overlap, end - overlap // 2) if overlap else end
    yield Chunk(start, part.end)


def _break(text: str, low: int, high: int) -> int:
    """Return the last place in a range after a line end, or after a space, or its end."""
    for mark in "\n", " ":
        at = text.rfind(mark, low, high)
        if at >= 0:
            return at + 1
    return high
