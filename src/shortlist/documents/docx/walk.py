"""The text of a Word document's body, header or note, piece by piece in reading order."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from shortlist.documents.content import CELL, GAP, LINE, MARK, Piece
from shortlist.documents.contrast import WHITE
from shortlist.documents.docx.look import LINE_HEIGHT, OFF_PAGE, Look, Styles, is_off_page, shaded
from shortlist.documents.docx.parts import child, each, is_on, local, number, value
from shortlist.documents.docx.shapes import box_look, boxes

# Elements that only wrap others, and those whose content is gone.
WRAPPERS = frozenset([
    "hyperlink", "smartTag", "ins", "moveTo", "sdt", "sdtContent", "fldSimple", "customXml",
    "dir", "bdo", "oMath", "oMathPara", "ruby", "rubyBase",
])  # fmt: skip
DELETED = frozenset(("del", "moveFrom"))
DELETED_REASON = "deleted, with changes tracked"
CHARACTERS = {"tab": "\t", "ptab": "\t", "cr": "\n", "noBreakHyphen": "-"}
PICTURES = frozenset(("drawing", "pict", "object", "AlternateContent"))
WORD = re.compile(r"[^\W\d_]{2}")
PRIVATE = range(0xE000, 0xF900)  # where symbol fonts keep their bullets


@dataclass(frozen=True, slots=True)
class Setting:
    """What the text of a document refers to."""

    styles: Styles
    bullets: frozenset[tuple[str, str]]
    """The lists, by id and level, whose items have bullets."""
    page: Look
    paper: tuple[float, float]
    """Width and height of the largest page, in inches."""


def blocks(container: Any, setting: Setting, look: Look) -> Iterator[Piece]:
    """Yield the text of paragraphs and tables."""
    for element in container:
        name = local(element)
        if name == "p":
            yield from _paragraph(element, setting, look)
        elif name == "tbl":
            yield from _table(element, setting, look)
        elif name in WRAPPERS:
            yield from blocks(element, setting, look)
        elif name in DELETED:
            yield from blocks(element, setting, replace(look, hidden=DELETED_REASON))


def bullets(numbering: Any) -> frozenset[tuple[str, str]]:
    """Return the list ids and levels whose items have a bullet, as `numPr` names them."""
    levels = {
        value(abstract, "abstractNumId"): [
            value(level, "ilvl")
            for level in each(abstract, "lvl")
            if value(child(level, "numFmt")) == "bullet"
        ]
        for abstract in each(numbering, "abstractNum")
    }
    return frozenset(
        (value(num, "numId"), level)
        for num in each(numbering, "num")
        for level in levels.get(value(child(num, "abstractNumId")), ())
    )


def _paragraph(paragraph: Any, setting: Setting, around: Look) -> Iterator[Piece]:
    look = setting.styles.of_paragraph(paragraph, around)
    yield Piece(LINE if _has_text(paragraph) else GAP, look.reason())
    if _has_text(paragraph) and _has_bullet(paragraph, setting):
        yield Piece(MARK, look.reason())
    yield from _inline(paragraph, setting, look)
    yield Piece(LINE, look.reason())


def _has_bullet(paragraph: Any, setting: Setting) -> bool:
    own = child(paragraph, "pPr")
    chain = setting.styles.chain(value(child(own, "pStyle")))
    for properties in (own, *(child(style, "pPr") for style in reversed(chain))):
        listed = child(properties, "numPr")
        if listed is not None:
            key = (value(child(listed, "numId")), value(child(listed, "ilvl")) or "0")
            return key in setting.bullets
    return False


def _inline(container: Any, setting: Setting, look: Look) -> Iterator[Piece]:
    """Yield what stands in a paragraph, given the look that the paragraph gives its runs."""
    for element in container:
        name = local(element)
        if name == "r":
            yield from _run(element, setting, setting.styles.of_run(element, look))
        elif name in WRAPPERS:
            yield from _inline(element, setting, look)
        elif name in DELETED:
            yield from _inline(element, setting, replace(look, hidden=DELETED_REASON))
        elif name in PICTURES:
            yield from _boxes(element, setting, look)


def _run(run: Any, setting: Setting, look: Look) -> Iterator[Piece]:
    reason = look.reason()
    for part in run:
        name = local(part)
        if name == "t":
            yield Piece(part.text or "", reason or _off_the_web(part.text or "", look))
        elif name == "delText":
            yield Piece(part.text or "", DELETED_REASON)
        elif name in CHARACTERS:
            yield Piece(CHARACTERS[name], reason)
        elif name == "br":
            yield Piece(LINE if value(part, "type") in ("page", "column") else "\n", reason)
        elif name == "sym":
            yield Piece(_symbol(value(part, "char")), reason)
        elif name in PICTURES or name in WRAPPERS:
            yield from _inline([part], setting, look)


def _off_the_web(text: str, look: Look) -> str:
    """Return why words that a web page leaves out are hidden; page numbers are left out by Word."""
    return (
        "hidden where it is shown as a web page" if look.off_the_web and WORD.search(text) else ""
    )


def _symbol(code: str) -> str:
    try:
        point = int(code, 16)
    except ValueError:
        return ""
    return "•" if point in PRIVATE else chr(point)


def _boxes(drawing: Any, setting: Setting, look: Look) -> Iterator[Piece]:
    around = replace(setting.page, hidden=look.hidden)
    for box in boxes(drawing):
        within = box_look(box, around, setting.paper)
        yield Piece(LINE, within.reason())
        yield from blocks(box, setting, within)
        yield Piece(LINE, within.reason())


def _table(table: Any, setting: Setting, look: Look) -> Iterator[Piece]:
    """Yield a table: rows of words as lines with tabs, laid-out pages cell after cell."""
    look = replace(look, hidden=look.hidden or _misplaced(child(table, "tblPr")))
    named = setting.styles.chain(value(child(table, "tblPr", "tblStyle")))
    if any(shaded(part, WHITE) != WHITE for style in named for part in each(style, "tcPr")):
        look = replace(look, background=None)  # which cells the style shades is not worked out
    yield Piece(GAP, look.reason())
    yield from _rows(table, setting, look)
    yield Piece(GAP, look.reason())


def _misplaced(properties: Any) -> str:
    """Return why the place of a table keeps it from being seen."""
    floating, indent = child(properties, "tblpPr"), child(properties, "tblInd")
    far = abs(number(indent, "w") or 0) > OFF_PAGE
    if far or any(is_off_page(floating, name) for name in ("tblpX", "tblpY")):
        return "outside the page"
    return ""


def _rows(container: Any, setting: Setting, look: Look) -> Iterator[Piece]:
    for element in container:
        name = local(element)
        if name == "tr":
            hidden = look.hidden or _unseen_row(child(element, "trPr"))
            yield from _row(list(_cells(element)), setting, replace(look, hidden=hidden))
        elif name in WRAPPERS:
            yield from _rows(element, setting, look)


def _unseen_row(properties: Any) -> str:
    height = child(properties, "trHeight")
    if child(properties, "del") is not None:
        return DELETED_REASON
    if is_on(child(properties, "hidden")):
        return "marked as hidden"
    if value(height, "hRule") == "exact" and (number(height) or 0) < LINE_HEIGHT:
        return "in rows too low to read"
    return ""


def _cells(row: Any) -> Iterator[Any]:
    for element in row:
        if local(element) == "tc":
            yield element
        elif local(element) in WRAPPERS:
            yield from _cells(element)


def _row(cells: list[Any], setting: Setting, look: Look) -> Iterator[Piece]:
    words_only = all(map(_is_a_line, cells))
    for i, cell in enumerate(cells):
        within = replace(look, background=shaded(child(cell, "tcPr"), look.background))
        if not words_only:
            yield from blocks(cell, setting, within)
            continue
        yield Piece("\t" if i else LINE, within.reason())
        for paragraph in each(cell, "p"):
            yield from _inline(paragraph, setting, setting.styles.of_paragraph(paragraph, within))
    yield Piece(LINE, look.reason())


def _is_a_line(cell: Any) -> bool:
    """Whether what stands in a cell is a single line, as in a table of words."""
    if not {"tbl", "br", "cr", "txbxContent"}.isdisjoint(map(local, cell.iter())):
        return False
    characters = sum(len(text.text or "") for text in each(cell, "t"))
    return characters <= CELL and sum(map(_has_text, each(cell, "p"))) <= 1


def _has_text(paragraph: Any) -> bool:
    return any(text.text for text in each(paragraph, "t"))
