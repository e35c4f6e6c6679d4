"""What a PDF page draws as text: every character with its place, size and colour.

Places are in points as the page is displayed (rotation and crop box applied), x to the right and
y downwards. The order is that of pdfium's text page: the order of the content, line by line.
"""

import ctypes
import math
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np
import pypdfium2 as pdfium
import pypdfium2.raw as raw

FORM_DEPTH = 8  # how deep forms within forms are searched for spaces and pictures
LINE_END_HYPHEN = 2  # what pdfium reports for a hyphen at the end of a line
LEVEL = 0.1  # slope up to which a line of text counts as level
FONT_NAME = 128  # bytes of a font name that are read
FINE = 1000  # device units per point: pdfium maps points to whole device units

Affine = tuple[float, float, float, float, float, float]
Box = tuple[float, float, float, float]  # left, top, right, bottom
Colour = tuple[int, int, int, int]  # red, green, blue, alpha: 0 to 255


class Glyph(NamedTuple):
    """A drawn character; `start` and `end` are where its advance begins and ends on the line."""

    char: str
    box: Box
    start: float
    end: float
    run: int


class Run(NamedTuple):
    """What the characters of one text object share; `order` is its place among all objects."""

    order: int
    baseline: float
    size: float
    level: bool
    """Whether it reads from left to right on the page as displayed."""
    mode: int
    """Text render mode of the PDF standard: 3 is invisible."""
    fill: Colour
    font: str
    """The font's name without the mark of its subset."""
    handle: Any
    """pdfium's text object."""


@dataclass(frozen=True, slots=True)
class Drawn:
    """The text of a page; `blanks` are the orders of objects that draw nothing but a space."""

    glyphs: list[Glyph]
    runs: list[Run]
    blanks: list[int]
    pictures: list[Box]


class _Object(NamedTuple):
    order: int
    handle: Any
    kind: int
    placed: Affine


def drawn(page: pdfium.PdfPage) -> Drawn:
    """Return what a page draws as text, and where its pictures are."""
    to_display = _to_display(page)
    objects = list(_objects(page.raw, to_display))
    text_page = page.get_textpage()
    orders = {_address(o.handle): o.order for o in objects if o.kind == raw.FPDF_PAGEOBJ_TEXT}
    glyphs, runs = _glyphs(text_page.raw, orders, to_display)
    seen = {run.order for run in runs}
    return Drawn(
        glyphs,
        runs,
        blanks=[o.order for o in objects if o.order not in seen and _draws_only_a_space(o)],
        pictures=[_bounds(o) for o in objects if o.kind == raw.FPDF_PAGEOBJ_IMAGE],
    )


def _to_display(page: pdfium.PdfPage) -> Affine:
    """Return the map from the page's own coordinates to the page as displayed."""
    width, height = page.get_size()
    size = (round(width * FINE), round(height * FINE))
    x, y = ctypes.c_int(), ctypes.c_int()
    points = []
    for at in ((0.0, 0.0), (100.0, 0.0), (0.0, 100.0)):
        raw.FPDF_PageToDevice(page.raw, 0, 0, *size, 0, *at, x, y)
        points.append((x.value / FINE, y.value / FINE))
    (e, f), (ae, bf), (ce, df) = points
    return ((ae - e) / 100, (bf - f) / 100, (ce - e) / 100, (df - f) / 100, e, f)


def _compose(inner: Affine, outer: Affine) -> Affine:
    a, b, c, d, e, f = inner
    ox, oy = outer[4], outer[5]
    ax, ay = _apply(outer, a, b)
    cx, cy = _apply(outer, c, d)
    ex, ey = _apply(outer, e, f)
    return (ax - ox, ay - oy, cx - ox, cy - oy, ex, ey)


def _apply(affine: Affine, x: float, y: float) -> tuple[float, float]:
    a, b, c, d, e, f = affine
    return a * x + c * y + e, b * x + d * y + f


def _matrix(handle: Any) -> Affine:
    matrix = raw.FS_MATRIX()
    raw.FPDFPageObj_GetMatrix(handle, matrix)
    return (matrix.a, matrix.b, matrix.c, matrix.d, matrix.e, matrix.f)


def _objects(page: Any, to_display: Affine) -> Iterator[_Object]:
    """Yield the objects of a page and of its forms in the order in which they are drawn."""
    top = (raw.FPDFPage_GetObject(page, i) for i in range(raw.FPDFPage_CountObjects(page)))
    waiting: list[tuple[Iterator[Any], Affine]] = [(top, to_display)]  # innermost form last
    order = 0
    while waiting:
        handles, placed = waiting[-1]
        handle = next(handles, None)
        if handle is None:
            waiting.pop()
            continue
        kind = raw.FPDFPageObj_GetType(handle)
        yield _Object(order, handle, kind, placed)
        order += 1
        if kind == raw.FPDF_PAGEOBJ_FORM and len(waiting) < FORM_DEPTH:
            waiting.append((_members(handle), _compose(_matrix(handle), placed)))


def _members(form: Any) -> Iterator[Any]:
    return (raw.FPDFFormObj_GetObject(form, i) for i in range(raw.FPDFFormObj_CountObjects(form)))


def _bounds(item: _Object) -> Box:
    sides = [ctypes.c_float() for _ in range(4)]
    raw.FPDFPageObj_GetBounds(item.handle, *sides)
    left, bottom, right, top = (side.value for side in sides)
    corners = [_apply(item.placed, x, y) for x in (left, right) for y in (bottom, top)]
    xs, ys = zip(*corners, strict=True)
    return (min(xs), min(ys), max(xs), max(ys))


def _draws_only_a_space(item: _Object) -> bool:
    """Whether a text object is one that pdfium leaves out of its text, since it draws nothing.

    Objects of some width are left out too: the second copy of a text that is printed twice.
    """
    if item.kind != raw.FPDF_PAGEOBJ_TEXT:
        return False
    left, _, right, _ = _bounds(item)
    return right - left < 0.01


def _address(handle: Any) -> int:
    return ctypes.c_void_p.from_buffer(handle).value or 0


def _glyphs(text: Any, orders: dict[int, int], to_display: Affine) -> tuple[list[Glyph], list[Run]]:
    read = _RunReader(text, orders, to_display)
    chars: list[str] = []
    run_of: list[int] = []
    boxes: list[float] = []
    left, right, bottom, top = sides = [ctypes.c_double() for _ in range(4)]
    loose = raw.FS_RECTF()
    for i in range(raw.FPDFText_CountChars(text)):
        handle = raw.FPDFText_GetTextObject(text, i)
        if not handle:  # made up by pdfium: a space or a line break between objects
            continue
        run_of.append(read.index(i, handle))
        chars.append(_char(raw.FPDFText_GetUnicode(text, i)))
        raw.FPDFText_GetCharBox(text, i, *sides)
        raw.FPDFText_GetLooseCharBox(text, i, loose)
        boxes += (left.value, bottom.value, right.value, top.value)
        boxes += (loose.left, loose.bottom, loose.right, loose.top)
    ink, advance = _placed(boxes, to_display)
    rows = zip(chars, ink, advance, run_of, strict=True)
    return [Glyph(char, box, start, end, run) for char, box, (start, end), run in rows], read.runs


def _char(code: int) -> str:
    if code == LINE_END_HYPHEN:
        return "-"
    return chr(code) if code <= 0x10FFFF else "\ufffd"


def _placed(boxes: list[float], to_display: Affine) -> tuple[list[Any], list[Any]]:
    """Return ink boxes (left, top, right, bottom) and advances (start, end) as displayed."""
    a, b, c, d, e, f = to_display
    corners = np.array(boxes).reshape(-1, 4, 2)  # ink: two corners; advance: two corners
    shown = corners @ np.array([[a, b], [c, d]]) + np.array([e, f])
    low = np.minimum(shown[:, 0::2], shown[:, 1::2])
    high = np.maximum(shown[:, 0::2], shown[:, 1::2])
    ink = np.concatenate([low[:, 0], high[:, 0]], axis=1)
    advance = np.stack([low[:, 1, 0], high[:, 1, 0]], axis=1)
    return ink.tolist(), advance.tolist()


class _RunReader:
    """Reads each text object once; pdfium's answers go to buffers that are made once a page."""

    def __init__(self, text: Any, orders: dict[int, int], to_display: Affine) -> None:
        self.runs: list[Run] = []
        self._text = text
        self._orders = orders
        self._to_display = to_display
        self._indices: dict[int, int] = {}
        self._fonts: dict[int, str] = {}
        self._matrix = raw.FS_MATRIX()
        self._channels = [ctypes.c_uint() for _ in range(4)]

    def index(self, i: int, handle: Any) -> int:
        """Return the place in `runs` of the object that character `i` belongs to."""
        address = _address(handle)
        if address not in self._indices:
            self._indices[address] = len(self.runs)
            self.runs.append(self._read(i, handle, self._orders.get(address, -1)))
        return self._indices[address]

    def _read(self, i: int, handle: Any, order: int) -> Run:
        matrix = self._matrix
        raw.FPDFText_GetMatrix(self._text, i, matrix)
        a, b, c, d, _, f = self._to_display
        red, green, blue, alpha = self._channels
        raw.FPDFPageObj_GetFillColor(handle, *self._channels)
        slope = (matrix.a * a + matrix.b * c, matrix.a * b + matrix.b * d)
        height = math.hypot(matrix.c * a + matrix.d * c, matrix.c * b + matrix.d * d)
        return Run(
            order=order,
            baseline=matrix.e * b + matrix.f * d + f,
            size=raw.FPDFText_GetFontSize(self._text, i) * height,
            level=slope[0] > 0 and abs(slope[1]) < LEVEL * slope[0],
            mode=raw.FPDFTextObj_GetTextRenderMode(handle),
            fill=(red.value, green.value, blue.value, alpha.value),
            font=self._font(raw.FPDFTextObj_GetFont(handle)),
            handle=handle,
        )

    def _font(self, font: Any) -> str:
        address = _address(font)
        if address not in self._fonts:
            name = ctypes.create_string_buffer(FONT_NAME)
            raw.FPDFFont_GetBaseFontName(font, name, FONT_NAME)
            self._fonts[address] = name.value.decode("latin-1").rpartition("+")[2]
        return self._fonts[address]
