"""The parts of a Word document that hold text or say how it looks."""

import posixpath
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from typing import Any

from lxml import etree

from shortlist.documents.limits import Limits
from shortlist.documents.packages import DAMAGED, opened, unpacked
from shortlist.errors import DocumentError

MAIN = "word/document.xml"
RELATIONS = "word/_rels/document.xml.rels"
WANTED = (
    "styles",
    "numbering",
    "settings",
    "comments",
    "footnotes",
    "endnotes",
    "header",
    "footer",
)


@dataclass(frozen=True, slots=True)
class Parts:
    """The XML trees of a Word document.

    `of` holds the trees by kind, such as "styles", and `by_id` headers and footers by the id
    under which the text refers to them.
    """

    main: Any
    of: dict[str, Any]
    by_id: dict[str, Any]


def parts(data: bytes, limits: Limits) -> Parts:
    """Return the parts of a Word document.

    Raises:
        DocumentError: it is damaged, protected, or larger than allowed once unpacked.
    """
    archive = opened(BytesIO(data), limits)
    document = _tree(archive, MAIN, limits)
    if document is None:
        raise DocumentError(DAMAGED)
    of, by_id = {}, {}
    relations = _tree(archive, RELATIONS, limits)
    for relation in relations if relations is not None else ():
        kind = relation.get("Type", "").rpartition("/")[2]
        target = posixpath.normpath(posixpath.join("/word", relation.get("Target", ""))).lstrip("/")
        if kind in WANTED and relation.get("TargetMode") != "External":
            tree = _tree(archive, target, limits)
            if tree is not None:
                of[kind] = by_id[relation.get("Id", "")] = tree
    return Parts(document, of, by_id)


def _tree(archive: zipfile.ZipFile, name: str, limits: Limits) -> Any:
    if name not in archive.NameToInfo:
        return None
    data = unpacked(archive, archive.getinfo(name), most=limits.file_bytes, limits=limits)
    parser = etree.XMLParser(resolve_entities=False, no_network=True, remove_comments=True)
    try:
        return etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise DocumentError(DAMAGED) from error


def local(element: Any) -> str:
    """Return an element's name without its namespace: two editions of the format differ in it."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def child(element: Any, *path: str) -> Any:
    """Return the first element found by names below an element, None if one is missing."""
    for name in path:
        if element is None:
            return None
        element = next((inner for inner in element if local(inner) == name), None)
    return element


def value(element: Any, name: str = "val") -> str:
    """Return an attribute by its name without namespace, "" where it or the element is missing."""
    if element is None:
        return ""
    found = (text for key, text in element.attrib.items() if key.rpartition("}")[2] == name)
    return next(found, "")


def number(element: Any, name: str = "val") -> float | None:
    """Return an attribute that is a number, or None."""
    try:
        return float(value(element, name))
    except ValueError:
        return None


def is_on(element: Any) -> bool:
    """Return whether a switch is there and not turned off."""
    return element is not None and value(element) not in ("0", "false", "off")


def each(element: Any, name: str) -> Iterator[Any]:
    """Yield the elements of a name anywhere below an element, which may be None."""
    below = element.iter(etree.Element) if element is not None else ()
    return (inner for inner in below if local(inner) == name)
