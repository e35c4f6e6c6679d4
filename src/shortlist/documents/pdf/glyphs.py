"""What a PDF page draws as text: every character with its place, size and colour."""

import ctypes
import math
from typing import Any, NamedTuple

import numpy as np
import pypdfium2 as pdfium
import pypdfium2.raw as raw

from shortlist.documents.pdf.claims import Claim, is_honest, is_needed, taken_off
from shortlist.documents.pdf.objects import (
    Affine,
    Box,
    PageObject,
    address,
    bounds,
    objects,
    to_display,
)

LINE_END_HYPHEN = 2  # what pdfium reports for a hyphen at the end of a line
SLANT = 0.1  # slope up to which a line of text counts as level or upright
FONT_NAME = 128  # bytes of a font name that are read

Colour = tuple[int, int, int, int]  # red, green, blue, alpha: 0 to 255


class Glyph(NamedTuple):
    """A character, the box of its line height by its advance, and its text object."""

    char: str
    box: Box
    run: int


class Run(NamedTuple):
    """What the characters of one text object share; `order` is its place among all objects."""

    order: int
    baseline: float
    size: float
    turn: int
    """Quarter turns clockwise from reading left to right as displayed; -1 where it is slanted."""
    mode: int
    """Text render mode of the PDF standard: 3 is invisible."""
    fill: Colour
    font: str
    """The font's name without the mark of its subset."""
    handle: Any
    """pdfium's text object."""


class Drawn(NamedTuple):
    """The text of a page, in the order of pdfium's text page: that of its content, line by line."""

    glyphs: list[Glyph]
    runs: list[Run]
    claims: list[str]
    """What the page says it shows, and does not."""
    blanks: list[int]
    """The orders of objects that draw nothing but a space."""
    pictures: list[Box]


def drawn(page: pdfium.PdfPage) -> Drawn:
    """Return what a page draws as text, and where its pictures are."""
    found = list(objects(page))
    texts = {address(item.handle): item for item in found if item.kind == raw.FPDF_PAGEOBJ_TEXT}
    claims = taken_off((item.order, item.handle) for item in texts.values())
    text_page = page.get_textpage()
    reader = _Reader(text_page.raw, texts, to_display(page))
    glyphs = reader.glyphs()
    seen = {run.order for run in reader.runs}
    return Drawn(
        glyphs,
        reader.runs,
        _false_claims(claims, glyphs, reader.runs),
        blanks=[
            item.order for item in texts.values() if item.order not in seen and _is_empty(item)
        ],
        pictures=[bounds(item) for item in found if item.kind == raw.FPDF_PAGEOBJ_IMAGE],
    )


def _is_empty(item: PageObject) -> bool:
    """Whether a text object that pdfium leaves out of its text draws nothing, such as a space.

    It leaves out others too: the second copy of a text that is printed twice.
    """
    left, top, right, bottom = bounds(item)
    return min(right - left, bottom - top) < 0.01


def _false_claims(claims: list[Claim], glyphs: list[Glyph], runs: list[Run]) -> list[str]:
    """Return what is claimed and not drawn, after putting claims where letters cannot be told."""
    places: dict[int, list[int]] = {}  # order of a text object -> its characters
    for i, glyph in enumerate(glyphs if claims else ()):
        places.setdefault(runs[glyph.run].order, []).append(i)
    false: list[str] = []
    for claim in claims:
        claimed = [i for order in claim.orders for i in places.get(order, ())]
        told = "".join(glyphs[i].char for i in claimed)
        if is_honest(claim.text, told):
            continue
        if not is_needed(claim.text, told):
            false.append(claim.text)
            continue
        for i in claimed:
            glyphs[i] = glyphs[i]._replace(char=claim.text if i == claimed[0] else "")
    return false


class _Reader:
    """Reads the characters of a page, and each text object once.

    pdfium's answers go to buffers that are made once, since a page has thousands of calls.
    """

    def __init__(self, text: Any, texts: dict[int, PageObject], shown: Affine) -> None:
        self.runs: list[Run] = []
        self._text = text
        self._texts = texts
        self._shown = shown
        self._indices: dict[int, int] = {}
        self._fonts: dict[int, str] = {}
        self._matrix = raw.FS_MATRIX()
        self._channels = [ctypes.c_uint() for _ in range(4)]

    def glyphs(self) -> list[Glyph]:
        """Return the characters of the page."""
        text = self._text
        chars: list[str] = []
        run_of: list[int] = []
        count = raw.FPDFText_CountChars(text)
        boxes = (raw.FS_RECTF * max(0, count))()
        kept = 0
        for i in range(count):
            handle = raw.FPDFText_GetTextObject(text, i)
            if handle:  # if not, pdfium made it up: a space or a line break between objects
                run_of.append(self._index(i, handle))
                chars.append(_char(raw.FPDFText_GetUnicode(text, i)))
                raw.FPDFText_GetLooseCharBox(text, i, boxes[kept])
                kept += 1
        shown = _placed(np.frombuffer(boxes, np.float32).reshape(-1, 2, 2)[:kept], self._shown)
        return list(map(Glyph, chars, shown, run_of))

    def _index(self, i: int, handle: Any) -> int:
        """Return the place in `runs` of the object that character `i` belongs to."""
        key = address(handle)
        if key not in self._indices:
            self._indices[key] = len(self.runs)
            self.runs.append(self._run(i, handle, self._texts.get(key)))
        return self._indices[key]

    def _run(self, i: int, handle: Any, item: PageObject | None) -> Run:
        matrix = self._matrix
        raw.FPDFText_GetMatrix(self._text, i, matrix)
        a, b, c, d, _, f = self._shown
        red, green, blue, alpha = self._channels
        raw.FPDFPageObj_GetFillColor(handle, *self._channels)
        height = math.hypot(matrix.c * a + matrix.d * c, matrix.c * b + matrix.d * d)
        return Run(
            order=item.order if item else -1,
            baseline=matrix.e * b + matrix.f * d + f,
            size=raw.FPDFText_GetFontSize(self._text, i) * height,
            turn=_turn(matrix.a * a + matrix.b * c, matrix.a * b + matrix.b * d),
            mode=raw.FPDFTextObj_GetTextRenderMode(handle),
            fill=(red.value, green.value, blue.value, alpha.value),
            font=self._font(raw.FPDFTextObj_GetFont(handle)),
            handle=handle,
        )

    def _font(self, font: Any) -> str:
        key = address(font)
        if key not in self._fonts:
            name = ctypes.create_string_buffer(FONT_NAME)
            raw.FPDFFont_GetBaseFontName(font, name, FONT_NAME)
            self._fonts[key] = name.value.decode("latin-1").rpartition("+")[2]
        return self._fonts[key]


def _char(code: int) -> str:
    if code == LINE_END_HYPHEN:
        return "-"
    return chr(code) if code <= 0x10FFFF else "\ufffd"


def _placed(corners: Any, shown: Affine) -> Any:
    """Return boxes as displayed from pairs of corners of a page's own coordinates."""
    a, b, c, d, e, f = shown
    moved = corners @ np.array([[a, b], [c, d]]) + np.array([e, f])
    return np.concatenate([moved.min(axis=1), moved.max(axis=1)], axis=1).tolist()


def _turn(across: float, down: float) -> int:
    turn = round(math.atan2(down, across) / (math.pi / 2))
    small, large = sorted((abs(across), abs(down)))
    return turn % 4 if small <= SLANT * large else -1
