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
from shortlist.documents.pdf.shapes import are_letters, recolour
from shortlist.documents.pdf.words import Word

DOTS = 1.5  # pixels per point
MOST_PIXELS = 4_000_000
TINY = 1 / 200  # of the page's shorter side: 3 points on A4
SQUEEZED = 0.1  # least advance of a character, in em
PILED = 0.45  # least width of a word, as a share of that of its letters
CORE = (0.35, 0.1)  # from where to where, in em above the baseline, every letter has ink
LAYERS = 4  # text on text on text: beyond so many nothing can be read
OVERLAP = 0.3  # share of a word's box that other text fills where it stands on that text
TOGETHER = 0.3  # em by which two copies of a word lie apart
SCAN = 0.5  # share of a scanned page that its picture covers
SCAN_TEXT = 0.1  # most of a scanned page's characters that are drawn, such as a stamp
HUED = 60  # least difference, of 255, of red, green or blue that sets colours of one grey apart
CONTRAST = 60  # least contrast, of 255, of what is drawn in a picture
LATIN = 0x250  # characters before this one are in the fonts that pdfium brings along
INVISIBLE, CLIP = 3, 7  # text render modes

CUT_AWAY = "covered or cut away"
TRANSPARENT = "transparent"
SAME_COLOUR = "in the colour of its background"
WITHOUT_INK = "drawn without ink"
INKLESS = (CUT_AWAY, TRANSPARENT, WITHOUT_INK)
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
    reasons = _in_colour(page, drawn, words, reasons)
    inkless = [i for i, reason in enumerate(reasons) if reason in INKLESS]
    if not inkless:
        return reasons
    grounds = {i: _at(prints.paper, words[i].box, prints.scale) for i in inkless}
    if _is_scan(page, drawn, reasons):
        told = {i: RECOGNISED for i in inkless if _contrast(grounds[i])}
    else:
        shapes = _letters(page, drawn, [words[i] for i in inkless])
        told = {
            i: ""
            for i in inkless
            if are_letters(grounds[i], _at(shapes, words[i].box, prints.scale))
        }
    return [told.get(i, reason) for i, reason in enumerate(reasons)]


def _in_colour(
    page: pdfium.PdfPage, drawn: Drawn, words: Sequence[Word], reasons: list[str]
) -> list[str]:
    """Return the reasons without those of words whose colour alone sets them off: red on green."""
    doubtful = [
        i for i, reason in enumerate(reasons) if reason == SAME_COLOUR and _is_hued(words[i])
    ]
    if not doubtful:
        return reasons
    paper = _picture(page, grey=False)
    runs = sorted({run for i in doubtful for run in words[i].runs})
    printed = _layer(page, drawn, runs, grey=False)
    marks = (np.maximum(printed, paper) - np.minimum(printed, paper)).max(axis=2)
    scale = paper.shape[1] / page.get_size()[0]
    seen = {i for i in doubtful if _at(marks, _core(words[i]), scale).max(initial=0) >= HUED}
    return ["" if i in seen else reason for i, reason in enumerate(reasons)]


def _is_hued(word: Word) -> bool:
    red, green, blue, _ = word.run.fill
    return max(red, green, blue) - min(red, green, blue) >= HUED


def _letters(page: pdfium.PdfPage, drawn: Drawn, words: Sequence[Word]) -> Picture:
    """Return a picture of nothing but the letters of words, as far as they are not covered."""
    runs = sorted({run for word in words for run in word.runs})
    black, white = (_recoloured(page, drawn, runs, shade) for shade in (0, 255))
    return white - np.minimum(black, white)


def _recoloured(page: pdfium.PdfPage, drawn: Drawn, runs: Sequence[int], shade: int) -> Picture:
    recolour([drawn.runs[run].handle for run in runs], shade)
    return _layer(page, drawn, runs)


def are_copies(words: Sequence[Word], others: Sequence[Word]) -> list[bool]:
    """Return for each word whether one of the others says the same in the same place.

    Programs draw outlined letters twice: their white bodies hide nothing.
    """
    places: dict[str, list[Box]] = {}
    for word in others:
        places.setdefault(word.text, []).append(word.box)
    return [
        any(_are_together(word, place) for place in places.get(word.text, ())) for word in words
    ]


def _are_together(word: Word, place: Box) -> bool:
    reach = TOGETHER * word.run.size
    return all(abs(a - b) <= reach for a, b in zip(word.box, place, strict=True))


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


def _picture(page: pdfium.PdfPage, *, grey: bool = True) -> Picture:
    shades = page.render(scale=_scale(page.get_size(), DOTS), grayscale=grey).to_numpy()
    return np.asarray(shades, dtype=np.uint8)


def _scale(size: tuple[float, float], usual: float) -> float:
    """Return pixels per point, fewer than usual for a page so large that they would be too many."""
    width, height = size
    return min(usual, sqrt(MOST_PIXELS / (width * height)))


def _switch(drawn: Drawn, runs: Iterable[int], *, on: bool) -> None:
    for run in runs:
        own = drawn.runs[run]
        for handle in (own.handle, *drawn.twins.get(own.order, ())):
            raw.FPDFPageObj_SetIsActive(handle, on)


def _layer(
    page: pdfium.PdfPage, drawn: Drawn, runs: Sequence[int], *, grey: bool = True
) -> Picture:
    _switch(drawn, runs, on=True)
    picture = _picture(page, grey=grey)
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
    if len(word.text) > 3 and _is_narrow(word):
        return "too narrow to read"
    if layer < LAYERS:
        ink = _at(prints.marks[layer], _core(word), prints.scale)
        if ink.size and ink.max() >= FAINT:
            return ""
    ground = _at(prints.paper, word.box, prints.scale)
    is_stencil = run.mode == CLIP and _contrast(ground)
    return "" if is_stencil or not _drawable(word) else _cause(word, ground)


def _is_narrow(word: Word) -> bool:
    if word.run.turn:
        return False
    width = word.box[2] - word.box[0]
    return word.spread < PILED or width < SQUEEZED * word.run.size * len(word.text)


def _cause(word: Word, ground: Picture) -> str:
    """Return why a word leaves no ink."""
    run = word.run
    if run.mode == INVISIBLE:
        return WITHOUT_INK
    if not ground.size:
        return "outside the page"
    if run.fill[3] < FAINT:
        return TRANSPARENT
    if abs(_grey(run.fill) - float(ground.mean())) < FAINT:
        return SAME_COLOUR
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
