"""What a file is, whatever its name says; and what to do about those that are not read."""

import zipfile
from io import BytesIO

import pytest

from documents.docxs import built, paragraph
from documents.pdfs import SEEN, pdf, resume
from shortlist.documents import Limits, parse
from shortlist.errors import DocumentError

PDF = pdf(resume)
DOCX = built(paragraph("Mira Okafor"))
HTML = b"<!DOCTYPE html><p>Mira Okafor</p>"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(500)


def packed(*names: str) -> bytes:
    file = BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for name in names:
            archive.writestr(name, "x")
    return file.getvalue()


@pytest.mark.parametrize(
    ("data", "suffix", "text"),
    [
        (PDF, ".pdf", SEEN),
        (PDF, "", SEEN),
        (b"junk before it\n" + PDF, ".PDF", SEEN),
        (DOCX, ".docx", "Mira Okafor"),
        (DOCX, "", "Mira Okafor"),
        (HTML, ".htm", "Mira Okafor"),
        (HTML, "", "Mira Okafor"),
        (b"<p>Mira Okafor", ".html", "Mira Okafor"),
        (b"# Mira", ".markdown", "Mira"),
        (b"Mira Okafor", ".text", "Mira Okafor"),
        (b"Mira Okafor", "", "Mira Okafor"),
        (b'{"basics": {"name": "Mira"}}', "", "Mira"),
    ],
)
def test_formats_are_read_by_name_and_content(data: bytes, suffix: str, text: str) -> None:
    assert parse(data, suffix, "cv").text == text


@pytest.mark.parametrize(
    ("data", "suffix", "message"),
    [
        (b"", ".pdf", "cv: empty"),
        (b" \n\t", ".txt", "cv: empty"),
        (PDF, ".docx", "a PDF, not what .docx says: rename it to end in .pdf"),
        (PDF, ".txt", "a PDF, not what .txt says: rename it to end in .pdf"),
        (DOCX, ".pdf", "a Word document, not what .pdf says: rename it to end in .docx"),
        (DOCX, ".txt", "a Word document, not what .txt says"),
        (HTML, ".txt", "a web page, not what .txt says: rename it to end in .html"),
        (HTML, ".pdf", "a web page, not what .pdf says"),
        (b"Mira Okafor", ".pdf", "plain text, not what .pdf says: rename it to end in .txt"),
        (b"Mira Okafor", ".docx", "plain text, not what .docx says"),
        (b"\x00\x01\x02" * 9, ".pdf", "damaged or cut short"),
        (b"x,y", ".csv", r"of a kind that is not read \(.csv\): PDF, DOCX"),
        (OLE, ".doc", r"of a kind that is not read \(.doc\)"),
        (OLE, ".docx", "an Office file of before 2007: save it as PDF or DOCX"),
        (OLE + "EncryptedPackage".encode("utf-16-le"), ".docx", "protected with a password"),
        (b"{\\rtf1 Mira}", ".docx", "an RTF document: save it as PDF or DOCX"),
        (b"\x89PNG\r\n", ".pdf", "a picture: recognise its text first"),
        (b"\xff\xd8\xff\xe0", "", "a picture"),
        (b"7z\xbc\xaf\x27\x1c", "", "a 7z archive"),
        (b"Rar!\x1a", "", "a RAR archive"),
        (b"\x1f\x8b\x08", "", "packed with gzip"),
        (packed("a.txt"), ".docx", "a zip archive: rename it to end in .zip"),
        (packed("xl/workbook.xml"), ".docx", "a spreadsheet"),
        (packed("ppt/presentation.xml"), "", "a presentation"),
        (packed("content.xml"), ".docx", "an OpenDocument file"),
        (packed("Index/Document.iwa"), ".docx", "a Pages document"),
        (DOCX[:-40], ".docx", "damaged or cut short"),
        (DOCX[:200], ".docx", "damaged or cut short"),
        (PDF[:-700], ".pdf", "damaged or cut short"),
        (PDF[: len(PDF) // 2], ".pdf", "damaged or cut short"),
        (b"%PDF-1.7\n" + b"x" * 100, ".pdf", "damaged or cut short"),
        (pdf(resume, password="secret"), ".pdf", "protected with a password: save a copy"),
    ],
)
def test_what_is_not_read_is_told_with_a_remedy(data: bytes, suffix: str, message: str) -> None:
    with pytest.raises(DocumentError, match=message):
        parse(data, suffix, "cv")


@pytest.mark.parametrize(
    ("limits", "data", "suffix", "message"),
    [
        (Limits(file_bytes=100), b"x" * 101, ".txt", "larger than 0 MiB"),
        (Limits(pages=1), pdf(resume, resume), ".pdf", "2 pages, more than 1"),
        (Limits(characters=10), b"x" * 11, ".txt", "more than 10 characters"),
        (Limits(members=2), DOCX, ".docx", "more than 2 files"),
        (Limits(ratio=2), built(paragraph("x" * 2_000_000)), ".docx", "zip bomb"),
        (Limits(file_bytes=9_000), built(paragraph("x" * 9_999)), ".docx", "unpacks to more than"),
    ],
)
def test_limits_are_told(limits: Limits, data: bytes, suffix: str, message: str) -> None:
    with pytest.raises(DocumentError, match=message):
        parse(data, suffix, "cv", limits)


def test_messages_hold_no_text_of_the_file() -> None:
    secret = "Mira Okafor of Leeds"
    for data, suffix in ((secret.encode(), ".pdf"), (f"{{{secret}".encode(), ".json")):
        with pytest.raises(DocumentError) as error:
            parse(data, suffix, "cv")
        assert "Okafor" not in str(error.value)
