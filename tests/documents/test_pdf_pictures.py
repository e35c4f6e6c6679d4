"""Pictures of pages and letters, and what a PDF says that they show."""

import pypdfium2 as pdfium
import pytest
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from documents.pdfs import HEIGHT, PROSE, SEEN, Draw, pdf, photograph, plain_picture, resume, text
from shortlist.documents import parse
from shortlist.errors import DocumentError
from shortlist.records import Document

SECRET = "Kubernetes expert since 1999"


def read(*pages: Draw) -> Document:
    return parse(pdf(*pages), ".pdf", "cv.pdf")


def claiming(said: str, drawn: str, encoding: str = "ascii") -> Draw:
    def draw(canvas: Canvas) -> None:
        canvas.setFont("Helvetica", 12)
        canvas._code.append(f"/Span <</ActualText <{said.encode(encoding).hex()}>>> BDC")
        canvas.drawString(60, 100, drawn)
        canvas._code.append("EMC")

    return draw


@pytest.mark.parametrize("encoding", ["ascii", "utf-8-sig", "utf-16"])
def test_what_is_drawn_counts_and_not_what_is_said_of_it(encoding: str) -> None:
    document = read(claiming("Kubernetes", "Gardening", encoding))
    assert document.text == "Gardening"
    assert [finding.text for finding in document.findings] == ["Kubernetes"]


def test_an_honest_claim_is_no_finding() -> None:
    document = read(claiming("Gardening", "GARDENING"))
    assert document.text == "GARDENING"
    assert document.findings == ()


def test_a_claim_stands_for_signs_that_have_no_letters() -> None:
    assert read(claiming("arrow", "->")).text == "arrow"


def recognised(canvas: Canvas) -> None:
    canvas.drawImage(photograph(resume), 0, 0, width=595, height=842)
    written = canvas.beginText(60, 680)
    written.setFont("Helvetica", 10, 13)
    written.setTextRenderMode(3)
    for line in PROSE:
        written.textLine(line)
    canvas.drawText(written)


def test_text_recognised_in_a_scan_is_read_with_a_warning() -> None:
    document = read(recognised)
    assert " ".join(document.text.split()) == " ".join(PROSE)
    assert [finding.kind for finding in document.findings] == ["recognised text"]


def as_a_picture(seen: str, said: str) -> Draw:
    """Draw letters as a picture, with text on them that has no ink of its own."""

    def name(text: str, mode: int) -> Draw:
        def draw(canvas: Canvas) -> None:
            written = canvas.beginText(60, 500)
            written.setFont("Helvetica", 30)
            written.setTextRenderMode(mode)
            written.textLine(text)
            canvas.drawText(written)

        return draw

    def draw(canvas: Canvas) -> None:
        resume(canvas)
        page = pdfium.PdfDocument(pdf(name(seen, 0)))[0].render(scale=4).to_pil()
        letters = page.crop((160, 1220, 2380, 1420))
        canvas.drawImage(ImageReader(letters), 40, HEIGHT - 355, width=555, height=50)
        name(said, 3)(canvas)

    return draw


def test_text_on_letters_that_are_drawn_as_a_picture_is_read() -> None:
    document = read(as_a_picture("Mira Okafor", "Mira Okafor"))
    assert document.text.endswith("Mira Okafor")
    assert document.findings == ()


def test_other_text_on_such_letters_is_hidden() -> None:
    document = read(as_a_picture("Mira Okafor", "Kubernetes"))
    assert document.text == SEEN
    assert [finding.text for finding in document.findings] == ["Kubernetes"]


def test_text_said_to_be_recognised_on_blank_paper_is_hidden() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.drawImage(plain_picture(255), 0, 0, width=595, height=842)
        text(canvas, 60, 680, SECRET, mode=3)

    with pytest.raises(DocumentError, match="no text that a reader would see"):
        read(draw)


def scan(canvas: Canvas) -> None:
    canvas.drawImage(photograph(resume), 0, 0, width=595, height=842)


def test_a_scanned_page_among_others_is_told() -> None:
    document = read(resume, scan)
    assert document.text == SEEN
    (finding,) = document.findings
    assert finding.kind == "no text"
    assert finding.reason.startswith("page 2: no text: looks scanned")
    assert "ocrmypdf" in finding.reason


def test_a_blank_page_is_not_taken_for_a_scan() -> None:
    assert read(resume, lambda canvas: None).findings == ()


def test_a_scan_is_an_error_with_a_remedy() -> None:
    with pytest.raises(DocumentError, match=r"cv\.pdf: no text: looks scanned.*ocrmypdf"):
        read(scan, scan)
