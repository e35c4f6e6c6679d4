"""Makes the PDF and DOCX examples from `source/*.md`: `python examples/build.py`.

The same sources give the same bytes, so that a rebuilt file differs only where its text does.
"""

import io
import sys
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from xml.sax.saxutils import escape

import docx
import pypdfium2
from docx.document import Document as Word
from docx.table import _Cell
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import (
    BaseDocTemplate,
    Flowable,
    Frame,
    FrameBreak,
    PageTemplate,
    Paragraph,
)

HERE = Path(__file__).parent
SIDE_SECTIONS = {"Skills", "Education", "Languages"}
WHITE_SECTION = "White on white"
FIRST_DATE = (1980, 1, 1, 0, 0, 0)  # the earliest that a zip archive can hold

TEXT = ParagraphStyle("text", fontName="Helvetica", fontSize=10, leading=13.5, spaceAfter=2)
BULLET = ParagraphStyle("bullet", TEXT, leftIndent=11, bulletIndent=1)
HEADING = ParagraphStyle("heading", TEXT, fontName="Helvetica-Bold", spaceBefore=10, spaceAfter=3)
TITLE = ParagraphStyle("title", HEADING, fontSize=19, leading=24, spaceBefore=0)
WHITE = ParagraphStyle("white", TEXT, textColor="white", fontSize=6, leading=7)


@dataclass(frozen=True)
class Section:
    """A heading and the lines below it; a bullet starts with `- `."""

    title: str
    lines: tuple[str, ...]


@dataclass(frozen=True)
class Resume:
    """A resume as `source/` writes it: a name, lines of contact, sections."""

    name: str
    contact: tuple[str, ...]
    sections: tuple[Section, ...]


def read(source: Path) -> Resume:
    """Return the resume in a Markdown file of `source/`."""
    head, *blocks = source.read_text(encoding="utf-8").split("\n## ")
    name, *contact = _lines(head)
    sections = []
    for block in blocks:
        title, *lines = _lines(block)
        sections.append(Section(title, tuple(lines)))
    return Resume(name.removeprefix("# "), tuple(contact), tuple(sections))


def _lines(block: str) -> list[str]:
    return [line for line in block.splitlines() if line]


# PDF


def one_column(resume: Resume) -> bytes:
    """Return a PDF of one column, over as many pages as it takes."""
    story = [*_head(resume), *(part for s in resume.sections for part in _section(s))]
    return _pdf(story, [Frame(60, 50, A4[0] - 120, A4[1] - 100)])


def two_columns(resume: Resume) -> bytes:
    """Return a PDF with contact, skills and education in a narrow column on the left."""
    side = [s for s in resume.sections if s.title in SIDE_SECTIONS]
    wide = [s for s in resume.sections if s.title not in SIDE_SECTIONS]
    story: list[Flowable] = [Paragraph(escape(resume.name), TITLE), FrameBreak()]
    story += _section(Section("Contact", resume.contact))
    story += [part for section in side for part in _section(section)]
    story += [FrameBreak(), *(part for section in wide for part in _section(section))]
    top = Frame(50, A4[1] - 90, A4[0] - 100, 45)
    left = Frame(50, 50, 150, A4[1] - 150)
    right = Frame(220, 50, A4[0] - 270, A4[1] - 150)
    return _pdf(story, [top, left, right])


def scanned(resume: Resume) -> bytes:
    """Return a PDF that holds a picture of the page and no text."""
    page = pypdfium2.PdfDocument(one_column(resume))[0]
    picture = page.render(scale=1.5, grayscale=True).to_pil().convert("1")
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=A4, invariant=1)
    canvas.drawImage(ImageReader(picture), 0, 0, *A4)
    canvas.save()
    return out.getvalue()


def cut_off(resume: Resume) -> bytes:
    """Return the first part of a PDF, as a broken transfer leaves it."""
    return one_column(resume)[:600]


def _head(resume: Resume) -> list[Flowable]:
    return [
        Paragraph(escape(resume.name), TITLE),
        *(Paragraph(escape(c), TEXT) for c in resume.contact),
    ]


def _section(section: Section) -> list[Flowable]:
    if section.title == WHITE_SECTION:
        return [Paragraph(escape(line), WHITE) for line in section.lines]
    parts: list[Flowable] = [Paragraph(escape(section.title), HEADING)]
    for line in section.lines:
        text = escape(line.removeprefix("- "))
        bullet = line.startswith("- ")
        parts.append(Paragraph(text, BULLET, bulletText="•") if bullet else Paragraph(text, TEXT))
    return parts


def _pdf(story: list[Flowable], frames: list[Frame]) -> bytes:
    out = io.BytesIO()
    document = BaseDocTemplate(out, pagesize=A4, invariant=1, pageCompression=0)
    document.addPageTemplates(PageTemplate(frames=frames))
    document.build(story)
    return out.getvalue()


# DOCX


def plain_word(resume: Resume) -> bytes:
    """Return a DOCX with headings and bullets."""
    word = docx.Document()
    word.add_heading(resume.name, 0)
    for line in resume.contact:
        word.add_paragraph(line)
    _write_sections(word, resume)
    return _docx(word)


def page_header_word(resume: Resume) -> bytes:
    """Return a DOCX with name and contact in the page header, and a page footer."""
    word = docx.Document()
    header, footer = word.sections[0].header, word.sections[0].footer
    header.paragraphs[0].text = resume.name
    for line in resume.contact:
        header.add_paragraph(line)
    footer.paragraphs[0].text = "References on request"
    _write_sections(word, resume)
    return _docx(word)


def table_word(resume: Resume) -> bytes:
    """Return a DOCX whose whole content is one table: headings left, text right."""
    word = docx.Document()
    table = word.add_table(rows=0, cols=2)
    _write_row(table.add_row().cells, resume.name, resume.contact)
    for section in resume.sections:
        _write_row(table.add_row().cells, section.title, section.lines)
    return _docx(word)


def _write_row(cells: tuple[_Cell, ...], title: str, lines: tuple[str, ...]) -> None:
    left, right = cells
    left.paragraphs[0].add_run(title).bold = True
    right.paragraphs[0].text = lines[0]
    for line in lines[1:]:
        right.add_paragraph(line.replace("- ", "• ", 1) if line.startswith("- ") else line)


def _write_sections(word: Word, resume: Resume) -> None:
    for section in resume.sections:
        word.add_heading(section.title, 1)
        for line in section.lines:
            style = "List Bullet" if line.startswith("- ") else None
            word.add_paragraph(line.removeprefix("- "), style)


def _docx(word: Word) -> bytes:
    saved, out = io.BytesIO(), io.BytesIO()
    word.save(saved)
    with zipfile.ZipFile(saved) as timed, zipfile.ZipFile(out, "w") as stable:
        for name in timed.namelist():
            member = zipfile.ZipInfo(name, FIRST_DATE)
            stable.writestr(member, timed.read(name), zipfile.ZIP_DEFLATED)
    return out.getvalue()


LAYOUTS: dict[str, Callable[[Resume], bytes]] = {
    "amara-okafor.pdf": two_columns,
    "eun-ji-park.pdf": scanned,
    "fatima-zahra-bennani.docx": plain_word,
    "grace-mwangi.docx": plain_word,
    "ingrid-solberg.pdf": one_column,
    "jamal-brooks.pdf": one_column,
    "priya-raman.docx": page_header_word,
    "resume-final-2.pdf": cut_off,
    "samir-haddad.pdf": one_column,
    "tomasz-wisniewski.docx": table_word,
    "victor-lang.pdf": one_column,
}


def build(folder: Path) -> None:
    """Write every PDF and DOCX example into a folder."""
    for name, layout in LAYOUTS.items():
        source = HERE / "source" / Path(name).with_suffix(".md")
        (folder / name).write_bytes(layout(read(source)))


if __name__ == "__main__":
    build(Path(sys.argv[1]) if len(sys.argv) > 1 else HERE / "resumes")
