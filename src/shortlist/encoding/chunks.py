"""Where a text longer than the window is cut: at the ends of lines, sentences, words."""

from collections.abc import Sequence

_SENTENCE_END = ".!?;:"
_CLOSING = "\"')]”’»"


def cut(text: str, offsets: Sequence[tuple[int, int]], *, size: int) -> list[slice]:
    """Return slices of the tokens of a text: all of them, in order, each of at most `size`.

    A cut is made where a blank line, else a line, else a sentence, else a word ends; within a word
    only where that word alone is longer than half a chunk. Of equally good places the last one is
    taken, and none in a chunk's first half, so that chunks are well filled.

    Args:
        text: the text.
        offsets: start and end of every token in it.
        size: the most tokens in a chunk, at least 2.
    """
    slices = []
    start = 0
    while len(offsets) - start > size:
        places = range(start + size, start + size // 2, -1)
        stop = max(places, key=lambda place: _strength(text, offsets, place))
        slices.append(slice(start, stop))
        start = stop
    slices.append(slice(start, len(offsets)))
    return slices


def _strength(text: str, offsets: Sequence[tuple[int, int]], place: int) -> int:
    """Return how good a cut is just before the token of this number: 0 is within a word."""
    before, after = offsets[place - 1][1], offsets[place][0]
    gap = text[before:after]
    if "\n" in gap:
        return 4 if gap.count("\n") > 1 else 3
    if not any(character.isspace() for character in gap):
        return 0
    end = text[max(0, before - 3) : before].rstrip(_CLOSING)
    return 2 if end.endswith(tuple(_SENTENCE_END)) else 1
