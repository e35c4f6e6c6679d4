"""The objects of a PDF page, and where they are on the page as it is displayed.

Places are in points, x to the right and y downwards, with rotation and crop box applied.
"""

import ctypes
from collections.abc import Iterator
from typing import Any, NamedTuple

import pypdfium2 as pdfium
import pypdfium2.raw as raw

FORM_DEPTH = 8  # forms within forms that are searched
FINE = 1000  # device units per point: pdfium maps points to whole device units

Affine = tuple[float, float, float, float, float, float]
Box = tuple[float, float, float, float]  # left, top, right, bottom


class PageObject(NamedTuple):
    """A text, a picture or a shape; `order` is its place among all objects as they are drawn."""

    order: int
    handle: Any
    kind: int
    placed: Affine
    """From the coordinates of what it stands in to the page as displayed."""


def objects(page: pdfium.PdfPage) -> Iterator[PageObject]:
    """Yield the objects of a page and of its forms in the order in which they are drawn."""
    count = raw.FPDFPage_CountObjects(page.raw)
    top = (raw.FPDFPage_GetObject(page.raw, i) for i in range(count))
    waiting: list[tuple[Iterator[Any], Affine]] = [(top, to_display(page))]  # innermost form last
    order = 0
    while waiting:
        handles, placed = waiting[-1]
        handle = next(handles, None)
        if handle is None:
            waiting.pop()
            continue
        kind = raw.FPDFPageObj_GetType(handle)
        yield PageObject(order, handle, kind, placed)
        order += 1
        if kind == raw.FPDF_PAGEOBJ_FORM and len(waiting) < FORM_DEPTH:
            waiting.append((_members(handle), composed(_matrix(handle), placed)))


def to_display(page: pdfium.PdfPage) -> Affine:
    """Return the map from a page's own coordinates to the page as displayed."""
    width, height = page.get_size()
    size = (round(width * FINE), round(height * FINE))
    x, y = ctypes.c_int(), ctypes.c_int()
    points = []
    for at in ((0.0, 0.0), (100.0, 0.0), (0.0, 100.0)):
        raw.FPDF_PageToDevice(page.raw, 0, 0, *size, 0, *at, x, y)
        points.append((x.value / FINE, y.value / FINE))
    (e, f), (ae, bf), (ce, df) = points
    return ((ae - e) / 100, (bf - f) / 100, (ce - e) / 100, (df - f) / 100, e, f)


def composed(inner: Affine, outer: Affine) -> Affine:
    """Return the map that applies `inner` and then `outer`."""
    a, b, c, d, e, f = inner
    left, top = applied(outer, 0, 0)
    ax, ay = applied(outer, a, b)
    cx, cy = applied(outer, c, d)
    return (ax - left, ay - top, cx - left, cy - top, *applied(outer, e, f))


def applied(affine: Affine, x: float, y: float) -> tuple[float, float]:
    """Return where a map puts a point."""
    a, b, c, d, e, f = affine
    return a * x + c * y + e, b * x + d * y + f


def bounds(item: PageObject) -> Box:
    """Return the box around an object on the page as displayed."""
    sides = [ctypes.c_float() for _ in range(4)]
    raw.FPDFPageObj_GetBounds(item.handle, *sides)
    left, bottom, right, top = (side.value for side in sides)
    corners = [applied(item.placed, x, y) for x in (left, right) for y in (bottom, top)]
    xs, ys = zip(*corners, strict=True)
    return (min(xs), min(ys), max(xs), max(ys))


def address(handle: Any) -> int:
    """Return what identifies one of pdfium's objects."""
    return ctypes.c_void_p.from_buffer(handle).value or 0


def _matrix(handle: Any) -> Affine:
    matrix = raw.FS_MATRIX()
    raw.FPDFPageObj_GetMatrix(handle, matrix)
    return (matrix.a, matrix.b, matrix.c, matrix.d, matrix.e, matrix.f)


def _members(form: Any) -> Iterator[Any]:
    return (raw.FPDFFormObj_GetObject(form, i) for i in range(raw.FPDFFormObj_CountObjects(form)))
