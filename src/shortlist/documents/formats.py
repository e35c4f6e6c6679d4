"""What a file says it is by its name, and what it is by its content."""

import io
from typing import Literal

from shortlist.documents.limits import Limits
from shortlist.documents.packages import DAMAGED, PROTECTED, opened
from shortlist.documents.plain import is_binary
from shortlist.errors import DocumentError

Format = Literal["pdf", "docx", "html", "markdown", "json", "text"]

SUFFIXES: dict[str, Format] = {
    ".pdf": "pdf",
    ".docx": "docx",
    ".html": "html",
    ".htm": "html",
    ".md": "markdown",
    ".markdown": "markdown",
    ".txt": "text",
    ".text": "text",
    ".json": "json",
}
ARCHIVE = ".zip"
RECORDS = (".jsonl", ".jsonl.gz")
NAMES = {"pdf": "a PDF", "docx": "a Word document", "html": "a web page"}

HEAD = 1024  # bytes at the start in which a file shows what it is
READ = "PDF, DOCX, HTML, Markdown, text, JSON Resume, .jsonl and .zip are read"
CONVERT = "save it as PDF or DOCX"
PICTURE = "a picture: recognise its text first, for example with ocrmypdf"

FOREIGN = (
    (b"{\\rtf", f"an RTF document: {CONVERT}"),
    (b"\x89PNG", PICTURE),
    (b"\xff\xd8\xff", PICTURE),
    (b"GIF8", PICTURE),
    (b"II*\0", PICTURE),
    (b"MM\0*", PICTURE),
    (b"7z\xbc\xaf\x27\x1c", "a 7z archive: unpack it, or pack it as .zip"),
    (b"Rar!", "a RAR archive: unpack it, or pack it as .zip"),
    (b"\x1f\x8b", "packed with gzip: unpack it first"),
)
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # Office files of before 2007, and protected ones
OLE_PROTECTED = "EncryptedPackage".encode("utf-16-le")
ZIP = (b"PK\x03\x04", b"PK\x05\x06")
PACKAGES = {
    "word/document.xml": "docx",
    "xl/workbook.xml": f"a spreadsheet: {CONVERT}",
    "ppt/presentation.xml": f"a presentation: {CONVERT}",
    "content.xml": f"an OpenDocument file: {CONVERT}",
    "Index/Document.iwa": f"a Pages document: {CONVERT}",
}


def is_simple(data: bytes, suffix: str) -> bool:
    """Return whether no file of this kind can hold up or crash what reads it."""
    if suffix:
        return is_simply_named(suffix)
    return not data.lstrip().startswith((b"%PDF-", b"<", *ZIP))


def is_simply_named(suffix: str) -> bool:
    """Return whether the end of a file's name says that it is simple, or not read at all."""
    return bool(suffix) and SUFFIXES.get(suffix.lower(), "text") in ("text", "json")


def format_of(data: bytes, suffix: str, limits: Limits) -> Format:
    """Return the format to read a file in.

    Args:
        data: the file's content.
        suffix: the end of its name, such as ".pdf"; "" where it has none, as standard input.
        limits: how many parts a packed file may have.

    Raises:
        DocumentError: it is empty, of a format that is not read, or not what its name says.
    """
    if not data.strip():
        raise DocumentError("empty: check that it was saved or downloaded whole")
    suffix = suffix.lower()
    named = SUFFIXES.get(suffix)
    if suffix and named is None:
        raise DocumentError(f"of a kind that is not read ({suffix}): {READ}")
    found = _found(data, suffix, limits)
    if named is None:
        return found or ("json" if data.lstrip().startswith(b"{") else "text")
    if found is None and named in ("pdf", "docx"):
        raise DocumentError(DAMAGED if is_binary(data) else _misnamed("plain text", suffix, ".txt"))
    if found in (None, named):
        return named
    raise DocumentError(_misnamed(NAMES[found], suffix, f".{found}"))


def _misnamed(name: str, suffix: str, right: str) -> str:
    return f"{name}, not what {suffix} says: rename it to end in {right}"


def _found(data: bytes, suffix: str, limits: Limits) -> Format | None:
    """Return what a file's first bytes say, or None if they could be any text."""
    if data.lstrip().startswith(b"%PDF-") or (suffix == ".pdf" and b"%PDF-" in data[:HEAD]):
        return "pdf"
    if data.startswith(ZIP):
        return _packaged(data, limits)
    if data.startswith(OLE):
        old = f"an Office file of before 2007: {CONVERT}"
        raise DocumentError(PROTECTED if OLE_PROTECTED in data else old)
    for mark, reason in FOREIGN:
        if data.startswith(mark):
            raise DocumentError(reason)
    head = data[:HEAD].replace(b"\0", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n").lower()
    return "html" if head.startswith((b"<!doctype html", b"<html")) else None


def _packaged(data: bytes, limits: Limits) -> Format:
    names = opened(io.BytesIO(data), limits).namelist()
    kind = next((kind for part, kind in PACKAGES.items() if part in names), "zip")
    if kind == "docx":
        return "docx"
    raise DocumentError("a zip archive: rename it to end in .zip" if kind == "zip" else kind)
