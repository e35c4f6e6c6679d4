"""Which words of a PDF page a reader does not see, and why.

The page is drawn with its text and without it; a word is seen if the two pictures differ where it
stands. That one rule holds for white letters on paper (unseen), for white letters on a dark banner
(seen), and for text that is covered, cut away, transparent or on a layer that is switched off.
Words that stand on one another are drawn apart, so that one does not lend its ink to another.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import ceil, floor, sqrt

import numpy as np
import pypdfium2 as pdfium
import pypdfium2.raw as raw
from numpy.typing import NDArray

from shortlist.documents.contrast import FAINT
from shortlist.documents.pdf.glyphs import Colour, Drawn
from shortlist.documents.pdf.objects import Box
from shortlist.documents.pdf.words import Word

DOTS = 1.5  # pixels per point
MOST_PIXELS = 4_000_000
TINY = 1 / 200  # of the page's shorter side: 3 points on A4
SQUEEZED = 0.1  # least advance of a character, in em
CORE = (0.35, 0.1)  # from where to where, in em above the baseline, every letter has ink
LAYERS = 4  # text on text on text: beyond so many nothing can be read
OVERLAP = 0.3  # share of a word's box that other text fills where it stands on that text
SCAN = 0.5  # share of a scanned page that its picture covers
SCAN_TEXT = 0.1  # most of a scanned page's characters that are drawn, such as a stamp
CONTRAST = 60  # least contrast, of 255, of what is drawn in a picture
LATIN = 0x250  # characters before this one are in the fonts that pdfium brings along
INVISIBLE, CLIP = 3, 7  # text render modes

CUT_AWAY = "covered or cut away"
RECOGNISED = "its text was recognised in a picture and may be wrong"

Picture = NDArray[np.uint8]


@dataclass(frozen=True, slots=True)
class _Prints:
    """Pictures of a page: its paper, and what each layer of text leaves on it."""

    paper: Picture
    marks: list[Picture]
    scale: float
    """Pixels per point."""


def unseen(page: pdfium.PdfPage, drawn: Drawn, words: Sequence[Word]) -> list[str]:
    """Return for each word why a reader does not see it, or "" where they do.

    The page's text objects stay switched off afterwards.
    """
    if not words:
        return []
    layers = _layers(words, page.get_size())
    prints = _printed(page, drawn, _runs_of_layers(words, layers))
    smallest = TINY * min(page.get_size())
    reasons = [
        _reason(word, layer, prints, smallest) for word, layer in zip(words, layers, strict=True)
    ]
    if not any(reasons) or not _is_scan(page, drawn, reasons):
        return reasons
    return [
        RECOGNISED if reason and _contrast(_at(prints.paper, word.box, prints.scale)) else reason
        for word, reason in zip(words, reasons, strict=True)
    ]


def is_blank(page: pdfium.PdfPage) -> bool:
    """Return whether nothing is drawn on a page."""
    return not _contrast(_picture(page))


def _printed(page: pdfium.PdfPage, drawn: Drawn, layers: list[list[int]]) -> _Prints:
    whole = _picture(page)
    _switch(drawn, range(len(drawn.runs)), on=False)
    paper = _picture(page)
    prints = [whole] if len(layers) == 1 else [_layer(page, drawn, runs) for runs in layers]
    marks = [np.maximum(printed, paper) - np.minimum(printed, paper) for printed in prints]
    return _Prints(paper, marks, paper.shape[1] / page.get_size()[0])


def _picture(page: pdfium.PdfPage) -> Picture:
    shades = page.render(scale=_scale(page.get_size(), DOTS), grayscale=True).to_numpy()
    return np.asarray(shades, dtype=np.uint8)


def _scale(size: tuple[float, float], usual: float) -> float:
    """Return pixels per point, fewer than usual for a page so large that they would be too many."""
    width, height = size
    return min(usual, sqrt(MOST_PIXELS / (width * height)))


def _switch(drawn: Drawn, runs: Iterable[int], *, on: bool) -> None:
    for run in runs:
        raw.FPDFPageObj_SetIsActive(drawn.runs[run].handle, on)


def _layer(page: pdfium.PdfPage, drawn: Drawn, runs: Sequence[int]) -> Picture:
    _switch(drawn, runs, on=True)
    picture = _picture(page)
    _switch(drawn, runs, on=False)
    return picture


def _runs_of_layers(words: Sequence[Word], layers: list[int]) -> list[list[int]]:
    runs: list[set[int]] = [set() for _ in range(min(LAYERS, max(layers) + 1))]
    for word, layer in zip(words, layers, strict=True):
        if layer < LAYERS:
            runs[layer].update(word.runs)
    return [sorted(layer) for layer in runs]


def _layers(words: Sequence[Word], size: tuple[float, float]) -> list[int]:
    """Return for each word on how many others the text that it is part of stands."""
    scale = _scale(size, 1.0)
    depths = np.zeros((ceil(size[1] * scale), ceil(size[0] * scale)), np.uint8)
    layers = [0] * len(words)
    for group in _drawn_together(words):
        places = [_at(depths, _core(words[i]), scale) for i in group]
        layer = max(map(_depth, places))
        for i, place in zip(group, places, strict=True):
            layers[i] = layer
            np.maximum(place, layer + 1, out=place)
    return layers


def _drawn_together(words: Sequence[Word]) -> list[list[int]]:
    """Return the words, by their places, in groups that share text objects, in drawing order."""
    groups: list[list[int]] = []
    last: tuple[int, ...] = ()
    for i in sorted(range(len(words)), key=lambda i: words[i].run.order):
        if set(last).isdisjoint(words[i].runs):
            groups.append([])
        groups[-1].append(i)
        last = words[i].runs
    return groups


def _depth(place: Picture) -> int:
    """Return how much text already stands in the place of a word."""
    if not place.any() or np.count_nonzero(place) < OVERLAP * place.size:
        return 0
    return min(LAYERS, int(place.max()))


def _at(picture: Picture, box: Box, scale: float) -> Picture:
    """Return the part of a picture within a box, empty if the box is off the page."""
    left, top, right, bottom = box
    rows = slice(max(0, floor(top * scale)), max(0, ceil(bottom * scale)))
    columns = slice(max(0, floor(left * scale)), max(0, ceil(right * scale)))
    return picture[rows, columns]


def _core(word: Word) -> Box:
    """Return the part of a word's box without which it cannot be read: the middle of an x.

    Where a page break cuts a line, the tails of its letters may still stand on the next page.
    """
    left, top, right, bottom = word.box
    run = word.run
    high, low = run.baseline - CORE[0] * run.size, run.baseline - CORE[1] * run.size
    readable = not run.turn and any(map(str.isalnum, word.text))
    return (left, high, right, low) if readable and top <= high < low <= bottom else word.box


def _contrast(ground: Picture) -> bool:
    """Whether anything is drawn in a part of a picture."""
    return bool(ground.size) and int(ground.max()) - int(ground.min()) >= CONTRAST


def _reason(word: Word, layer: int, prints: _Prints, smallest: float) -> str:
    run = word.run
    if run.size < smallest:
        return "too small to read"
    if len(word.text) > 3 and word.box[2] - word.box[0] < SQUEEZED * run.size * len(word.text):
        return "too narrow to read"
    if layer < LAYERS:
        ink = _at(prints.marks[layer], _core(word), prints.scale)
        if ink.size and ink.max() >= FAINT:
            return ""
    ground = _at(prints.paper, word.box, prints.scale)
    is_stencil = run.mode == CLIP and _contrast(ground)
    return "" if is_stencil or not _drawable(word) else _cause(word, ground)


def _cause(word: Word, ground: Picture) -> str:
    """Return why a word leaves no ink."""
    run = word.run
    if run.mode == INVISIBLE:
        return "drawn without ink"
    if not ground.size:
        return "outside the page"
    if run.fill[3] < FAINT:
        return "transparent"
    if abs(_grey(run.fill) - float(ground.mean())) < FAINT:
        return "in the colour of its background"
    return CUT_AWAY


def _grey(colour: Colour) -> float:
    red, green, blue, _ = colour
    return 0.299 * red + 0.587 * green + 0.114 * blue


def _drawable(word: Word) -> bool:
    """Whether pdfium has letters to draw a word with, so that missing ink means something."""
    if all(ord(char) < LATIN for char in word.text):
        return True
    font = raw.FPDFTextObj_GetFont(word.run.handle)
    return bool(raw.FPDFFont_GetIsEmbedded(font) == 1)


def _is_scan(page: pdfium.PdfPage, drawn: Drawn, reasons: Sequence[str]) -> bool:
    """Whether the words are what was recognised in a picture of the page."""
    width, height = page.get_size()
    largest = max(((r - x) * (b - y) for x, y, r, b in drawn.pictures), default=0.0)
    seen = sum(not reason for reason in reasons)
    return largest >= SCAN * width * height and seen <= SCAN_TEXT * len(reasons)
