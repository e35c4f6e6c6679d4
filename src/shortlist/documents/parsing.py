"""One file's bytes -> Document."""

import re

from shortlist.documents.content import Content
from shortlist.documents.formats import format_of
from shortlist.documents.instructions import REASON, instructions, is_instruction
from shortlist.documents.limits import USUAL, Limits
from shortlist.documents.plain import decoded
from shortlist.documents.unseen import revealed
from shortlist.errors import DocumentError
from shortlist.records import Document, Finding

# Letters joined into one sign, and letters as wide as the signs of Chinese: what they are is what
# they look like.
JOINED = {0xFB00: "ff", 0xFB01: "fi", 0xFB02: "fl", 0xFB03: "ffi", 0xFB04: "ffl", 0xFB06: "st"}
WIDE = {code: code - 0xFEE0 for code in (*range(0xFF10, 0xFF1A), *range(0xFF21, 0xFF5B))}
FORMS = {**JOINED, **WIDE}
ANY_FORM = re.compile("[\ufb00-\ufb06\uff10-\uff5a]")


def parse(data: bytes, suffix: str, id: str, limits: Limits = USUAL) -> Document:
    """Return the document that a file's bytes hold, parsed in this process.

    Time is not limited here: a hostile file is better given to `read`.

    Args:
        data: the file's content.
        suffix: the end of its name, such as ".pdf"; "" to tell the format by the content.
        id: what to call the document.
        limits: how much is read.

    Raises:
        DocumentError: it cannot be read; the message says why and what to do.
    """
    try:
        return parsed(data, suffix, id, limits)
    except DocumentError as error:
        raise DocumentError(f"{id}: {error}") from error


def parsed(data: bytes, suffix: str, id: str, limits: Limits) -> Document:
    """Return the document as `parse` does; error messages leave out whose they are."""
    if len(data) > limits.file_bytes:
        raise DocumentError(
            f"larger than {limits.file_bytes >> 20} MiB: save it without its pictures"
        )
    content = _content(data, suffix, limits)
    return document(content, id, limits)


def document(content: Content, id: str, limits: Limits, *, source: str = "") -> Document:
    """Return a document of what was read of it, without what no reader sees.

    Raises:
        DocumentError: no text is left, or too much.
    """
    shown = revealed(_whole(content.text))
    if not shown.text.strip():
        raise DocumentError("no text that a reader would see: check the file")
    if len(shown.text) > limits.characters:
        raise DocumentError(
            f"more than {limits.characters:,} characters: keep the part that matters"
        )
    found = (*content.findings, *shown.findings)
    return Document(id, shown.text, source, (*map(_marked, found), *instructions(shown.text)))


def _content(data: bytes, suffix: str, limits: Limits) -> Content:
    kind = format_of(data, suffix, limits)
    if kind == "pdf":
        from shortlist.documents import pdf

        return pdf.read(data, limits)
    if kind == "docx":
        from shortlist.documents import docx

        return docx.read(data, limits)
    if kind in ("html", "markdown"):
        from shortlist.documents import html

        return html.read(data) if kind == "html" else html.read_markdown(data)
    if kind == "json":
        from shortlist.documents import json_resume

        return json_resume.read(data)
    return Content(decoded(data))


def _whole(text: str) -> str:
    """Return text in ordinary letters, whose halves of characters are joined or replaced."""
    try:
        text.encode()
    except UnicodeEncodeError:
        text = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return text.translate(FORMS) if ANY_FORM.search(text) else text


def _marked(finding: Finding) -> Finding:
    """Return a finding whose reason says so if its text orders a program to do something."""
    if finding.text and is_instruction(finding.text):
        return Finding(finding.kind, f"{finding.reason}; it {REASON}", finding.text)
    return finding
