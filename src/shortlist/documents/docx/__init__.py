"""DOCX -> the text that a reader sees on its pages, and what they do not see.

Headers come first, then the body with tables and text boxes where they stand, then notes and
footers.
"""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from shortlist.documents.content import GAP, Content, Piece, assembled
from shortlist.documents.docx.look import styles
from shortlist.documents.docx.parts import Parts, child, each, is_on, local, parts, value
from shortlist.documents.docx.shapes import page_look, paper_size
from shortlist.documents.docx.walk import Setting, blocks, bullets
from shortlist.documents.limits import Limits


def read(data: bytes, limits: Limits) -> Content:
    """Return the text of a Word document.

    Raises:
        DocumentError: it is damaged, protected, or larger than allowed once unpacked.
    """
    document = parts(data, limits)
    setting = Setting(
        styles(document.of.get("styles")),
        bullets(document.of.get("numbering")),
        page_look(document.main, document.by_id.values()),
        paper_size(document.main),
    )
    return assembled(_pieces(document, setting))


def _pieces(document: Parts, setting: Setting) -> Iterator[Piece]:
    headers, footers = (_shown(document, kind) for kind in ("headerReference", "footerReference"))
    notes = [note for kind in ("footnotes", "endnotes") for note in _notes(document.of.get(kind))]
    bodies = [body for body in document.main if local(body) == "body"]
    for container in (*headers, *bodies, *notes, *footers):
        yield from blocks(container, setting, setting.page)
        yield Piece(GAP, setting.page.reason())
    commented = replace(setting.page, hidden="in a comment")
    for comment in each(document.of.get("comments"), "comment"):
        yield from blocks(comment, setting, commented)


def _shown(document: Parts, kind: str) -> list[Any]:
    """Return the headers or footers that some page shows, each once."""
    even = is_on(child(document.of.get("settings"), "evenAndOddHeaders"))
    ids = [
        value(reference, "id")
        for section in each(document.main, "sectPr")
        for reference in section
        if local(reference) == kind and _is_shown(value(reference, "type"), section, even)
    ]
    return [document.by_id[id] for id in dict.fromkeys(ids) if id in document.by_id]


def _is_shown(pages: str, section: Any, even: bool) -> bool:
    if pages == "first":
        return is_on(child(section, "titlePg"))
    return even if pages == "even" else True


def _notes(part: Any) -> Iterator[Any]:
    """Yield the notes of a part, without the lines that set them apart."""
    return (
        note
        for name in ("footnote", "endnote")
        for note in each(part, name)
        if not value(note, "type")
    )
