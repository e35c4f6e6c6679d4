"""Which words of a PDF page a reader does not see, and why.

The page is drawn with its text and without it; a word is seen if the two pictures differ where it
stands. That one rule holds for white letters on paper (unseen), for white letters on a dark banner
(seen), and for text that is covered, cut away, transparent or on a layer that is switched off.
Words that stand on one another are drawn apart, so that one does not lend its ink to another.
"""

from collections.abc import Iterable, Sequence
from math import ceil, floor, sqrt

import numpy as np
import pypdfium2 as pdfium
import pypdfium2.raw as raw
from numpy.typing import NDArray

from shortlist.documents.contrast import FAINT
from shortlist.documents.pdf.glyphs import Box, Drawn
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
SCAN_INK = 60  # least contrast, of 255, of a scanned word
LATIN = 0x250  # characters before this one are in the fonts that pdfium brings along
INVISIBLE, CLIP = 3, 7  # text render modes

CUT_AWAY = "covered or cut away"
RECOGNISED = "its text was recognised in a picture and may be wrong"

Picture = NDArray[np.int16]


def unseen(page: pdfium.PdfPage, drawn: Drawn, words: Sequence[Word]) -> list[str]:
    """Return for each word why a reader does not see it, or "" where they do.

    The page's text objects stay switched off afterwards.
    """
    if not words:
        return []
    layers = _layers(words, page.get_size())
    pictures = {0: _picture(page)}
    _switch(drawn, range(len(drawn.runs)), on=False)
    paper = _picture(page)
    if max(layers):
        pictures = {k: _layer(page, drawn, words, layers, k) for k in set(layers) if k < LAYERS}
    marks = {k: np.abs(picture - paper) for k, picture in pictures.items()}
    scale = paper.shape[1] / page.get_size()[0]
    grounds = [_at(paper, word.box, scale) for word in words]
    inks = [
        int(_at(marks[layer], _core(word), scale).max(initial=0)) if layer in marks else 0
        for word, layer in zip(words, layers, strict=True)
    ]
    reasons = [
        _reason(word, ink, ground, page)
        for word, ink, ground in zip(words, inks, grounds, strict=True)
    ]
    if _is_scan(page, drawn, words, reasons):
        reasons = [
            RECOGNISED if reason and _contrast(ground) >= SCAN_INK else reason
            for reason, ground in zip(reasons, grounds, strict=True)
        ]
    return reasons


def is_blank(page: pdfium.PdfPage) -> bool:
    """Return whether nothing is drawn on a page."""
    return _contrast(_picture(page)) < FAINT


def _picture(page: pdfium.PdfPage) -> Picture:
    width, height = page.get_size()
    scale = min(DOTS, sqrt(MOST_PIXELS / (width * height)))
    shades = page.render(scale=scale, grayscale=True).to_numpy()
    return np.asarray(shades, dtype=np.int16)


def _switch(drawn: Drawn, runs: Iterable[int], *, on: bool) -> None:
    for run in runs:
        raw.FPDFPageObj_SetIsActive(drawn.runs[run].handle, on)


def _layer(
    page: pdfium.PdfPage, drawn: Drawn, words: Sequence[Word], layers: list[int], layer: int
) -> Picture:
    runs = {run for word, k in zip(words, layers, strict=True) if k == layer for run in word.runs}
    _switch(drawn, runs, on=True)
    picture = _picture(page)
    _switch(drawn, runs, on=False)
    return picture


def _layers(words: Sequence[Word], size: tuple[float, float]) -> list[int]:
    """Return how many words each word stands on."""
    depths = np.zeros((ceil(size[1]) + 1, ceil(size[0]) + 1), np.int16)
    layers = [0] * len(words)
    for i in sorted(range(len(words)), key=lambda i: words[i].run.order):
        below = _at(depths, words[i].box, 1.0)
        if below.size and np.count_nonzero(below) > OVERLAP * below.size:
            layers[i] = int(below.max())
        np.maximum(below, layers[i] + 1, out=below)
    return layers


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
    readable = run.level and any(map(str.isalnum, word.text))
    return (left, high, right, low) if readable and top <= high < low <= bottom else word.box


def _contrast(ground: Picture) -> int:
    return int(ground.max() - ground.min()) if ground.size else 0


def _reason(word: Word, ink: int, ground: Picture, page: pdfium.PdfPage) -> str:
    run = word.run
    if run.size < TINY * min(page.get_size()):
        return "too small to read"
    if len(word.text) > 3 and word.end - word.start < SQUEEZED * run.size * len(word.text):
        return "too narrow to read"
    if run.mode == CLIP:
        ink = _contrast(ground)
    return "" if ink >= FAINT or not _drawable(word) else _cause(word, ground)


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


def _grey(colour: tuple[int, int, int, int]) -> float:
    red, green, blue, _ = colour
    return 0.299 * red + 0.587 * green + 0.114 * blue


def _drawable(word: Word) -> bool:
    """Whether pdfium has letters to draw a word with, so that missing ink means something."""
    return all(ord(char) < LATIN for char in word.text) or bool(
        raw.FPDFFont_GetIsEmbedded(raw.FPDFTextObj_GetFont(word.run.handle)) == 1
    )


def _is_scan(
    page: pdfium.PdfPage, drawn: Drawn, words: Sequence[Word], reasons: Sequence[str]
) -> bool:
    """Whether the words are what was recognised in a picture of the page."""
    width, height = page.get_size()
    largest = max(((r - x) * (b - y) for x, y, r, b in drawn.pictures), default=0.0)
    seen = sum(not reason for reason in reasons)
    return largest >= SCAN * width * height and seen <= SCAN_TEXT * len(words)
