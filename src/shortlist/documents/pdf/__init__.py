"""PDF -> the text that a reader sees, column by column, and what they do not see."""

import threading
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from itertools import groupby

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from shortlist.documents.content import Content, says_something
from shortlist.documents.limits import Limits
from shortlist.documents.pdf.columns import columns
from shortlist.documents.pdf.glyphs import Drawn, drawn
from shortlist.documents.pdf.ink import CUT_AWAY, RECOGNISED, are_copies, is_blank, unseen
from shortlist.documents.pdf.paragraphs import text_of
from shortlist.documents.pdf.words import Word, words
from shortlist.errors import DocumentError
from shortlist.records import Finding

FILLED_IN = (raw.FPDF_ANNOT_WIDGET, raw.FPDF_ANNOT_FREETEXT, raw.FPDF_ANNOT_STAMP)
TAIL = 2048  # bytes at the end in which a whole PDF says that it ends
DAMAGED = "damaged or cut short: save it or download it again"
SCANNED = "no text: looks scanned; recognise its text first, for example with ocrmypdf"

_one_at_a_time = threading.Lock()  # pdfium cannot be used from several threads


@dataclass(frozen=True, slots=True)
class _Page:
    """A page's text; `hidden` holds lines that are not seen and `notes` what else to know."""

    text: str
    hidden: tuple[Finding, ...] = ()
    notes: tuple[Finding, ...] = ()


def read(data: bytes, limits: Limits) -> Content:
    """Return the text of a PDF.

    Raises:
        DocumentError: it is protected, damaged or too long, or no page of it has text.
    """
    with _one_at_a_time, closing(_opened(data)) as pdf:
        if len(pdf) > limits.pages:
            raise DocumentError(
                f"{len(pdf)} pages, more than {limits.pages}: keep the pages that matter"
            )
        pages = [_page(pdf, i) for i in range(len(pdf))]
    text = "\n\n".join(page.text for page in pages if page.text)
    notes = [note for page in pages for note in page.notes]
    if not text and notes:
        raise DocumentError(SCANNED)
    hidden = _told_once([line for page in pages for line in page.hidden], text)
    return Content(text, (*notes, *hidden))


def _opened(data: bytes) -> pdfium.PdfDocument:
    try:
        pdf = pdfium.PdfDocument(data)
    except pdfium.PdfiumError as error:
        if error.err_code in (raw.FPDF_ERR_PASSWORD, raw.FPDF_ERR_SECURITY):
            raise DocumentError("protected with a password: save a copy without it") from error
        raise DocumentError(DAMAGED) from error
    if not len(pdf) or not any(mark in data[-TAIL:] for mark in (b"%%EOF", b"startxref")):
        raise DocumentError(DAMAGED)
    return pdf


def _page(pdf: pdfium.PdfDocument, i: int) -> _Page:
    page = _loaded(pdf, i)
    content = _set_upright(page, drawn(page))
    found = words(content)
    reasons = unseen(page, content, found)
    seen = [word for word, why in zip(found, reasons, strict=True) if why in ("", RECOGNISED)]
    unread = [item for item in zip(found, reasons, strict=True) if item[1] not in ("", RECOGNISED)]
    copied = are_copies([word for word, _ in unread], seen)
    hidden_words = [item for item, copy in zip(unread, copied, strict=True) if not copy]
    notes = []
    if RECOGNISED in reasons:
        notes.append(Finding("recognised text", f"page {i + 1}: {RECOGNISED}"))
    if not seen and not is_blank(page):
        notes.append(Finding("no text", f"page {i + 1}: {SCANNED}"))
    hidden = [*_lines(hidden_words, i + 1), *_false_claims(content, i + 1)]
    return _Page(_text(seen), tuple(hidden), tuple(notes))


def _loaded(pdf: pdfium.PdfDocument, i: int) -> pdfium.PdfPage:
    """Return a page with what was filled in and written on it made part of the page."""
    try:
        page = pdf[i]
        if _is_filled_in(page):
            raw.FPDFPage_Flatten(page.raw, raw.FLAT_NORMALDISPLAY)
            page = pdf[i]
    except pdfium.PdfiumError as error:
        raise DocumentError(f"page {i + 1} is {DAMAGED}") from error
    return page


def _set_upright(page: pdfium.PdfPage, content: Drawn) -> Drawn:
    """Return what a page draws, after turning a page whose text stands on its side."""
    turns = Counter(content.runs[glyph.run].turn for glyph in content.glyphs)
    turn, count = max(turns.items(), key=lambda item: item[1], default=(0, 0))
    if turn <= 0 or count <= len(content.glyphs) / 2:
        return content
    page.set_rotation((page.get_rotation() - 90 * turn) % 360)
    return drawn(page)


def _is_filled_in(page: pdfium.PdfPage) -> bool:
    for i in range(raw.FPDFPage_GetAnnotCount(page.raw)):
        annotation = raw.FPDFPage_GetAnnot(page.raw, i)
        kind = raw.FPDFAnnot_GetSubtype(annotation)
        raw.FPDFPage_CloseAnnot(annotation)
        if kind in FILLED_IN:
            return True
    return False


def _text(seen: Sequence[Word]) -> str:
    """Return the text of a page: its columns, then what stands upright or upside down."""
    level = [word for word in seen if not word.run.turn]
    turned = " ".join(word.text for word in seen if word.run.turn)
    return "\n\n".join([*map(text_of, columns(level)), *filter(None, [turned])])


def _lines(unseen_words: Sequence[tuple[Word, str]], page: int) -> Iterator[Finding]:
    """Yield what is not seen, line by line."""
    rows = groupby(unseen_words, key=lambda item: (item[1], round(item[0].run.baseline)))
    for (reason, _), row in rows:
        text = "".join(" " * word.spaced + word.text for word, _ in row).strip()
        yield Finding("hidden text", f"page {page}: {reason}", text)


def _false_claims(content: Drawn, page: int) -> Iterator[Finding]:
    for claim in content.claims:
        yield Finding("hidden text", f"page {page}: said to be shown where other words are", claim)


def _told_once(lines: Sequence[Finding], text: str) -> Iterator[Finding]:
    """Yield hidden lines joined by page and reason.

    A line that a page break cuts in two stands whole on one page, and what the other page cuts
    away hides nothing.
    """
    shown = " ".join(text.split())
    for reason, group in groupby(lines, key=lambda line: line.reason):
        told = [
            line.text
            for line in group
            if not (reason.endswith(CUT_AWAY) and " ".join(line.text.split()) in shown)
        ]
        if any(map(says_something, told)):
            yield Finding("hidden text", reason, "\n".join(told))
