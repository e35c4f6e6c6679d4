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
SAME_PLACE = 0.5  # share of a text's box that another of the same letters covers
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
    twins: dict[int, list[Any]]
    """For the order of an object the handles of those that draw its text again in its place.

    pdfium leaves them out of its text: a shadow is told, and the letters on it are not.
    """


def drawn(page: pdfium.PdfPage) -> Drawn:
    """Return what a page draws as text, and where its pictures are."""
    found = list(objects(page))
    texts = {address(item.handle): item for item in found if item.kind == raw.FPDF_PAGEOBJ_TEXT}
    claims = taken_off((item.order, item.handle) for item in texts.values())
    text_page = page.get_textpage()
    reader = _Reader(text_page.raw, texts, to_display(page))
    glyphs = reader.glyphs()
    seen = {run.order for run in reader.runs}
    untold = [item for item in texts.values() if item.order not in seen]
    return Drawn(
        glyphs,
        reader.runs,
        _false_claims(claims, glyphs, reader.runs),
        blanks=[item.order for item in untold if _is_empty(item)],
        twins=_twins(
            [item for item in untold if not _is_empty(item)],
            [item for item in texts.values() if item.order in seen],
        ),
        pictures=[bounds(item) for item in found if item.kind == raw.FPDF_PAGEOBJ_IMAGE],
    )


def font_name(run: Run) -> str:
    """Return the name of a text object's font, without the mark of a subset."""
    name = ctypes.create_string_buffer(FONT_NAME)
    raw.FPDFFont_GetBaseFontName(raw.FPDFTextObj_GetFont(run.handle), name, FONT_NAME)
    return name.value.decode("latin-1").rpartition("+")[2]


def _is_empty(item: PageObject) -> bool:
    """Whether a text object that pdfium leaves out of its text draws nothing, such as a space.

    It leaves out others too: the second copy of a text that is printed twice.
    """
    left, top, right, bottom = bounds(item)
    return min(right - left, bottom - top) < 0.01


def _twins(untold: list[PageObject], told: list[PageObject]) -> dict[int, list[Any]]:
    """Return the untold text objects by the told one before them that covers their place."""
    twins: dict[int, list[Any]] = {}
    places = [(item.order, bounds(item)) for item in told] if untold else []
    for item in untold:
        place = bounds(item)
        shares = [(_overlap(place, other), order) for order, other in places if order < item.order]
        share, order = max(shares, default=(0.0, -1))
        if share >= SAME_PLACE:
            twins.setdefault(order, []).append(item.handle)
    return twins


def _overlap(box: Box, other: Box) -> float:
    """Return the share of a box that another covers."""
    width = min(box[2], other[2]) - max(box[0], other[0])
    height = min(box[3], other[3]) - max(box[1], other[1])
    area = (box[2] - box[0]) * (box[3] - box[1])
    return max(0.0, width) * max(0.0, height) / area if area else 0.0


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
        self._matrix = raw.FS_MATRIX()
        self._channels = [ctypes.c_uint() for _ in range(4)]

    def glyphs(self) -> list[Glyph]:
        """Return the characters of the page."""
        text = self._text
        count = max(0, raw.FPDFText_CountChars(text))
        boxes = (raw.FS_RECTF * count)()
        indices: dict[int, int] = {}  # address of a text object -> its place in runs
        chars: list[str] = []
        run_of: list[int] = []
        for i in range(count):
            handle = raw.FPDFText_GetTextObject(text, i)
            if not handle:  # pdfium made it up: a space or a line break between objects
                continue
            key = address(handle)
            if key not in indices:
                indices[key] = len(self.runs)
                self.runs.append(self._run(i, handle, self._texts.get(key)))
            raw.FPDFText_GetLooseCharBox(text, i, boxes[len(chars)])
            run_of.append(indices[key])
            chars.append(_char(raw.FPDFText_GetUnicode(text, i)))
        corners = np.frombuffer(boxes, np.float32).reshape(-1, 2, 2)[: len(chars)]
        return list(map(Glyph, chars, _placed(corners, self._shown), run_of))

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
            handle=handle,
        )


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
    if down == 0 and across > 0:
        return 0
    turn = round(math.atan2(down, across) / (math.pi / 2))
    small, large = sorted((abs(across), abs(down)))
    return turn % 4 if small <= SLANT * large else -1
