"""Characters -> words: where a space stands, or where one was left out of the file."""

from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from shortlist.documents.pdf.glyphs import Drawn, Glyph, Run
from shortlist.documents.pdf.objects import Box

SAME_LINE = 0.25  # difference of baselines, in em, within one line
WORD_GAP = 0.15  # least gap between words, in em, beyond the usual gap between letters
STRIP_GAP = 1.0  # gap, in em, beyond which characters are not of one stretch of a line


@dataclass(frozen=True, slots=True)
class Word:
    """A stretch of characters of one look without a space in it."""

    text: str
    box: Box
    """From where it begins to where it ends, by the height of its line."""
    run: Run
    runs: tuple[int, ...]
    spaced: bool
    """Whether a space stands before it; not so where only the look changes within a word."""
    spread: float = 1.0
    """Its width as a share of what its characters take side by side; small where they pile up."""


def words(page: Drawn) -> list[Word]:
    """Return the words of a page in the order of its content."""
    return [word for strip in _strips(page) for word in _split(strip, page)]


def _strips(page: Drawn) -> Iterator[list[Glyph]]:
    """Yield stretches of characters that follow one another on a line."""
    strip: list[Glyph] = []
    for glyph in page.glyphs:
        if strip and not _follows(strip[-1], glyph, page.runs):
            yield strip
            strip = []
        strip.append(glyph)
    if strip:
        yield strip


def _follows(last: Glyph, glyph: Glyph, runs: list[Run]) -> bool:
    before, run = runs[last.run], runs[glyph.run]
    size = max(before.size, run.size)
    if before.turn or run.turn:
        return before.turn == run.turn and _distance(last.box, glyph.box) <= STRIP_GAP * size
    return (
        abs(before.baseline - run.baseline) <= SAME_LINE * size
        and _gap(last, glyph) <= STRIP_GAP * size
    )


def _gap(last: Glyph, glyph: Glyph) -> float:
    """Return the space between two characters, to whichever side the writing runs."""
    if glyph.box[0] < last.box[0]:
        return last.box[0] - glyph.box[2]
    return glyph.box[0] - last.box[2]


def _distance(first: Box, second: Box) -> float:
    """Return how far two boxes are from one another, across or down."""
    across = max(first[0], second[0]) - min(first[2], second[2])
    down = max(first[1], second[1]) - min(first[3], second[3])
    return max(across, down)


def _split(strip: list[Glyph], page: Drawn) -> Iterator[Word]:
    runs = page.runs
    gaps = [_gap(a, b) for a, b in pairwise(strip) if not (a.char.isspace() or b.char.isspace())]
    usual = max(0.0, median(gaps)) if gaps else 0.0
    word: list[Glyph] = []
    spaced = True
    for glyph in strip:
        if glyph.char.isspace():
            if word:
                yield _word(word, spaced, runs)
            word, spaced = [], True
            continue
        if word:
            last = word[-1]
            apart = _gap(last, glyph) > usual + WORD_GAP * runs[glyph.run].size
            apart = apart or _blank_between(runs[last.run].order, runs[glyph.run].order, page)
            if apart or _look(runs[last.run]) != _look(runs[glyph.run]):
                yield _word(word, spaced, runs)
                word, spaced = [], apart
        word.append(glyph)
    if word:
        yield _word(word, spaced, runs)


def _blank_between(first: int, second: int, page: Drawn) -> bool:
    if first == second:
        return False
    return bisect_left(page.blanks, first) != bisect_left(page.blanks, second)


def _look(run: Run) -> tuple[object, ...]:
    return (run.fill, run.mode, round(run.size, 1))


def _word(glyphs: list[Glyph], spaced: bool, runs: list[Run]) -> Word:
    lefts, tops, rights, bottoms = zip(*(glyph.box for glyph in glyphs), strict=True)
    return Word(
        text="".join(glyph.char for glyph in glyphs),
        box=(min(lefts), min(tops), max(rights), max(bottoms)),
        run=runs[glyphs[0].run],
        runs=tuple(sorted({glyph.run for glyph in glyphs})),
        spaced=spaced,
        spread=(max(rights) - min(lefts)) / max(sum(rights) - sum(lefts), 1e-6),
    )
