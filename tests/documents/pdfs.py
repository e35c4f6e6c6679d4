"""Builds PDFs for tests: the people are invented, the tricks are not."""

from collections.abc import Callable
from io import BytesIO

import pypdfium2 as pdfium
from PIL import Image
from reportlab.lib.colors import HexColor
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

WIDTH, HEIGHT = 595, 842
SIZE = 10
Draw = Callable[[Canvas], None]

PROSE = (
    "Built the billing service of a regional energy supplier and",
    "moved it to a queue, so that a failed payment is retried now",
    "instead of being lost.",
)
SENTENCE = " ".join(PROSE)


def pdf(*pages: Draw, password: str = "", size: tuple[float, float] = (WIDTH, HEIGHT)) -> bytes:
    """Return a PDF with a page for each function that draws one."""
    file = BytesIO()
    canvas = Canvas(file, pagesize=size, encrypt=password or None)
    for draw in pages:
        draw(canvas)
        canvas.showPage()
    canvas.save()
    return file.getvalue()


def lines(canvas: Canvas, x: float, y: float, *texts: str, size: float = SIZE) -> None:
    """Draw lines below one another, the first one at a height."""
    canvas.setFont("Helvetica", size)
    for i, text in enumerate(texts):
        canvas.drawString(x, y - i * 1.3 * size, text)


def text(canvas: Canvas, x: float, y: float, content: str, mode: int = 0) -> None:
    """Draw a line in a text render mode: 1 outlines it, 3 draws nothing, 7 cuts a stencil."""
    written = canvas.beginText(x, y)
    written.setFont("Helvetica", 20)
    written.setTextRenderMode(mode)
    written.textLine(content)
    canvas.drawText(written)


def resume(canvas: Canvas) -> None:
    """Draw a plain resume in one column."""
    canvas.setFillGray(0)
    lines(canvas, 60, 780, "Mira Okafor", size=18)
    lines(canvas, 60, 750, "Backend developer", "Leeds")
    lines(canvas, 60, 700, "Experience", size=13)
    lines(canvas, 60, 680, *PROSE)


SEEN = f"Mira Okafor\nBackend developer\nLeeds\n\nExperience\n{SENTENCE}"
"""The text of `resume`."""


def white_on_banner(canvas: Canvas) -> None:
    """Draw a name in white on a dark banner."""
    canvas.setFillColor(HexColor("#1f3a5f"))
    canvas.rect(0, 60, WIDTH, 60, stroke=0, fill=1)
    canvas.setFillGray(1)
    lines(canvas, 60, 100, "Mira Okafor")


def plain_picture(shade: int) -> ImageReader:
    """Return a picture of nothing but a shade of grey."""
    return ImageReader(Image.new("L", (20, 20), shade))


def photograph(draw: Draw) -> ImageReader:
    """Return a picture of a page, as a scanner makes it."""
    page = pdfium.PdfDocument(pdf(draw))[0]
    return ImageReader(page.render(scale=2).to_pil())
