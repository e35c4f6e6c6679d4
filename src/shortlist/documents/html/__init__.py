"""HTML and Markdown -> the text that a reader sees in a browser, and what they do not see.

Nothing is fetched and no script is run: a page is read with the styles that it holds itself.
"""

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from lxml import etree
from lxml import html as lxml_html

from shortlist.documents.content import CELL, GAP, GLUE, LINE, MARK, Content, Piece, assembled
from shortlist.documents.html.cascade import cascade
from shortlist.documents.html.look import WANTED, Look, inherited
from shortlist.documents.plain import decoded
from shortlist.errors import DocumentError
from shortlist.records import Finding

CHARSET = re.compile(rb"""<meta[^>]{0,200}?charset\s*=\s*["']?\s*([\w-]+)""", re.IGNORECASE)
HEAD = 2048  # bytes in which a page names its encoding

SILENT = "no part of the page"  # what is left out without a word
UNSHOWN = dict.fromkeys(
    [
        *("script", "style", "title", "meta", "link", "base", "datalist", "object", "audio"),
        *("video", "iframe", "canvas", "rp", "desc", "defs", "symbol", "metadata"),
    ],
    SILENT,
)
UNSHOWN |= {"template": "in a template", "noscript": "shown only where scripts do not run"}
BLOCKS = frozenset([
    "address", "article", "aside", "blockquote", "body", "caption", "center", "dd", "details",
    "dialog", "div", "dl", "dt", "fieldset", "figcaption", "figure", "footer", "form", "h1",
    "h2", "h3", "h4", "h5", "h6", "header", "hr", "li", "main", "menu", "nav", "ol", "p",
    "pre", "section", "summary", "table", "tbody", "tfoot", "thead", "tr", "ul",
])  # fmt: skip
APART = frozenset([
    "article", "blockquote", "dl", "footer", "h1", "h2", "h3", "h4", "h5", "h6", "header",
    "ol", "p", "pre", "section", "table", "ul",
])  # fmt: skip
CELLS = ("td", "th")
SPACE = re.compile(r"[ \t\n\r\f]+")
COMMENT_WORDS = 5  # fewer are a note of whoever built the page
CONDITION = re.compile(r"\s*\[(?:if|endif)\b", re.IGNORECASE)


def read(data: bytes) -> Content:
    """Return the text of a page.

    Raises:
        DocumentError: it is empty, nested too deeply, or not text.
    """
    return _shown(_in_its_charset(data))


def read_markdown(data: bytes) -> Content:
    """Return the text of Markdown as it looks once it is set.

    Raises:
        DocumentError: it is empty or not text.
    """
    from markdown_it import MarkdownIt

    return _shown(MarkdownIt("commonmark").enable("table").render(decoded(data)))


def _in_its_charset(data: bytes) -> str:
    named = CHARSET.search(data[:HEAD])
    if named:
        try:
            return data.decode(named[1].decode())
        except (LookupError, UnicodeDecodeError):
            pass  # the page is wrong about itself
    return decoded(data)


def _shown(markup: str) -> Content:
    parser = lxml_html.HTMLParser(encoding="utf-8", remove_pis=True, huge_tree=True)
    try:
        page = lxml_html.document_fromstring(markup.encode("utf-8", "replace"), parser=parser)
    except etree.LxmlError as error:
        _check(parser)
        raise DocumentError("no text: check that it was saved whole") from error
    _check(parser)
    content = assembled(piece for piece in _pieces(page) if piece.hidden != SILENT)
    return Content(content.text, (*content.findings, *_unread_styles(page)))


def _check(parser: Any) -> None:
    """Raise what kept a page from being parsed to its end."""
    faults = list(parser.error_log)
    if any(fault.type == etree.ErrorTypes.ERR_NO_MEMORY for fault in faults):
        raise MemoryError
    if any("depth" in fault.message for fault in faults):
        raise DocumentError("nested too deeply: save it as PDF or text")


def _unread_styles(page: Any) -> Iterator[Finding]:
    if any("stylesheet" in link.get("rel", "").lower() for link in page.iter("link")):
        reason = "its style sheet is another file, which was not read: text hidden by it is here"
        yield Finding("style sheet", reason)


def _pieces(page: Any) -> Iterator[Piece]:
    """Yield what stands in a page in its order."""
    styles = cascade(page, WANTED)
    looks = [Look()]
    for event, element in etree.iterwalk(page, events=("start", "end", "comment")):
        if event == "start":
            looks.append(_look(element, styles.get(element, {}), looks[-1]))
            yield Piece(_before(element), looks[-1].reason())
            yield _text(element.text, _inside(element, looks[-1]))
            continue
        if event == "end":
            looks.pop()
            yield Piece(_after(element), looks[-1].reason())
        elif _says_something(element.text):
            yield Piece(f"\n{element.text}\n", "in a comment")
        yield _text(element.tail, _inside(element.getparent(), looks[-1]))


def _look(element: Any, style: dict[str, str], parent: Look) -> Look:
    look = inherited(parent, {**_attributes(element), **style})
    if element.tag in UNSHOWN and not look.hidden:
        return replace(look, hidden=UNSHOWN[element.tag])
    within = parent if element.tag == "summary" else _inside(element.getparent(), parent)
    return look if look.hidden or not within.hidden else replace(look, hidden=within.hidden)


def _inside(element: Any, look: Look) -> Look:
    """Return the look of what stands in an element, which shows nothing where it is folded up."""
    if element is None or element.tag != "details" or "open" in element.attrib or look.hidden:
        return look
    return replace(look, hidden="in a part that is folded up")


def _attributes(element: Any) -> dict[str, str]:
    """Return what an element's attributes say of its look, which its styles can overrule."""
    has = element.attrib
    style = {}
    if "hidden" in has or (element.tag == "dialog" and "open" not in has):
        style["display"] = "none"
    if "bgcolor" in has:
        style["background-color"] = has["bgcolor"].lower()
    if element.tag == "pre":
        style["white-space"] = "pre"
    names = {"body": "text", "text": "fill", "tspan": "fill", "g": "fill", "svg": "fill"}
    colour = has.get(names.get(element.tag, "color"))
    if colour:
        style["color"] = colour.lower()
    return style


def _before(element: Any) -> str:
    """Return the white space and the list mark that stand before an element's text."""
    if element.tag in CELLS:
        return _between_cells(element)
    return _break(element) + (_mark(element) if element.tag == "li" else "")


def _after(element: Any) -> str:
    return "" if element.tag in CELLS else _break(element)


def _break(element: Any) -> str:
    if element.tag == "br":
        return "\n"
    if element.tag not in BLOCKS or _is_all_of_a_cell(element):
        return ""
    return GAP if element.tag in APART else LINE


def _is_all_of_a_cell(element: Any) -> bool:
    parent = element.getparent()
    return element.tag == "p" and parent is not None and parent.tag in CELLS and len(parent) == 1


def _between_cells(cell: Any) -> str:
    """Return a tab between the cells of a row of words, a line between those of a layout."""
    if cell.getprevious() is None:
        return ""
    return "\t" if all(map(_is_a_line, cell.getparent())) else LINE


def _is_a_line(cell: Any) -> bool:
    if sum(map(len, cell.itertext(etree.Element))) > CELL:
        return False
    return all(map(_is_all_of_a_cell, cell.iterdescendants(*BLOCKS, "br")))


def _mark(item: Any) -> str:
    parent = item.getparent()
    if parent is None or parent.tag != "ol":
        return MARK
    return f"{1 + sum(1 for _ in item.itersiblings('li', preceding=True))}. {GLUE}"


def _text(text: str | None, look: Look) -> Piece:
    kept = text or ""
    return Piece(kept if look.keeps_lines else SPACE.sub(" ", kept), look.reason())


def _says_something(comment: str) -> bool:
    """Whether a comment is text, rather than a note of a builder or markup that is switched off."""
    if CONDITION.match(comment) or "<" in comment:
        return False
    return len(comment.split()) >= COMMENT_WORDS
