"""Text boxes and shapes of a Word document: what is behind text, and whether a box is seen."""

import re
from collections.abc import Iterable, Iterator
from typing import Any

from shortlist.documents.contrast import WHITE, Rgb
from shortlist.documents.docx.look import Look, hex_colour
from shortlist.documents.docx.parts import child, each, local, number, value

EMU = 914_400.0  # English Metric Units in an inch
LETTER = (8.5, 11.0)  # inches: what a page is where nothing is said of it
FAR = 22.0  # inches: the largest page that Word makes
MARGIN = 2.0  # inches by which a place may lie left of or above what it is counted from
SLIVER = 0.04  # inches: a box so narrow shows none of its text
BACKDROP = 4.0  # square inches from which a shape or picture may be behind text
SHAPES = ("wsp", "shape", "rect", "roundrect")  # of drawings, and of the older VML
FILLS = ("gradFill", "blipFill", "pattFill")
KNOWN = frozenset("wps wpg wpc wpi wp14 w14 w15 w16 w16se w16cid a14 a16 cx v o m".split())
"""What programs of today know; where a drawing needs more, they show another in its stead."""
POINTS = {"pt": 1.0, "in": 72.0, "cm": 28.35, "mm": 2.835, "px": 0.75, "": 1.0}
LENGTH = re.compile(r"(-?[\d.]+)\s*(pt|in|cm|mm|px|)")


def boxes(element: Any) -> Iterator[Any]:
    """Yield the text boxes in a drawing, without those within text boxes.

    Where a drawing is there in two forms, for newer and older programs, the newer one counts.
    """
    choice = child(element, "Choice")
    unshown = "Fallback" if choice is not None and _is_known(choice) else "Choice"
    for inner in element:
        name = local(inner)
        if name == "txbxContent":
            yield inner
        elif name != unshown:
            yield from boxes(inner)


def _is_known(choice: Any) -> bool:
    return KNOWN.issuperset(value(choice, "Requires").split())


def box_look(box: Any, around: Look, paper: tuple[float, float]) -> Look:
    """Return the look of what stands in a text box, given that of what the box stands in.

    Args:
        box: the content of a text box.
        around: the look of text where the box stands.
        paper: width and height of the largest page, in inches.
    """
    hidden, background = around.hidden, around.background
    for outer in box.iterancestors():
        name = local(outer)
        if name in SHAPES:
            background = _filled(outer, background)
            hidden = hidden or _misplaced_vml(value(outer, "style"))
        elif name in ("anchor", "inline"):
            hidden = hidden or _misplaced(outer, paper)
        elif name == "p":
            break
    return Look(hidden=hidden, background=background)


def paper_size(document: Any) -> tuple[float, float]:
    """Return the width and height of the largest page, in inches."""
    sizes = list(each(document, "pgSz"))
    width, height = (
        max((number(size, side) or 0 for size in sizes), default=0) / 1440 for side in ("w", "h")
    )
    return width or LETTER[0], height or LETTER[1]


def page_look(document: Any, others: Iterable[Any]) -> Look:
    """Return the look of text on the page itself.

    Args:
        document: the document's main part.
        others: headers and footers, whose shapes stand behind the text too.
    """
    floating = (drawing for part in (document, *others) for drawing in each(part, "anchor"))
    older = (drawing for part in (document, *others) for drawing in each(part, "pict"))
    if any(map(_is_backdrop, floating)) or any(map(_is_coloured, older)):
        return Look(background=None)
    return Look(background=hex_colour(value(child(document, "background"), "color")) or WHITE)


def _is_backdrop(drawing: Any) -> bool:
    """Whether a floating shape or picture is coloured, and large enough for text to be on it."""
    extent = child(drawing, "extent")
    width, height = ((number(extent, side) or 0) / EMU for side in ("cx", "cy"))
    return width * height >= BACKDROP and _is_coloured(drawing)


def _is_coloured(drawing: Any) -> bool:
    shapes = (shape for name in SHAPES for shape in each(drawing, name))
    pictures = (picture for name in ("pic", "imagedata") for picture in each(drawing, name))
    return any(_filled(shape, WHITE) != WHITE for shape in shapes) or any(True for _ in pictures)


def _filled(shape: Any, background: Rgb | None) -> Rgb | None:
    """Return the background within a shape: its fill, or what it stands on where it has none."""
    if local(shape) != "wsp":
        return _filled_vml(shape, background)
    properties = child(shape, "spPr")
    solid = child(properties, "solidFill")
    if solid is not None:
        return hex_colour(value(child(solid, "srgbClr")))
    if any(child(properties, fill) is not None for fill in FILLS):
        return None
    themed = value(child(shape, "style", "fillRef"), "idx") not in ("", "0")
    return None if themed and child(properties, "noFill") is None else background


def _filled_vml(shape: Any, background: Rgb | None) -> Rgb | None:
    colour = value(shape, "fillcolor").split(" ")[0]
    if value(shape, "filled") in ("f", "false", "0") or not colour:
        return background
    return WHITE if colour in ("white", "window") else hex_colour(colour)


def _misplaced(drawing: Any, paper: tuple[float, float]) -> str:
    """Return why the place or size of a drawing keeps what is in it from being seen."""
    if value(child(drawing, "docPr"), "hidden") in ("1", "true"):
        return "marked as hidden"
    places = (("positionH", "cx", paper[0]), ("positionV", "cy", paper[1]))
    for axis, side, far in places:
        extent = (number(child(drawing, "extent"), side) or 0) / EMU
        if extent < SLIVER:
            return "cut away"
        offset = _offset(child(drawing, axis, "posOffset"))
        if offset > far or offset + extent < -MARGIN:
            return "outside the page"
    return ""


def _misplaced_vml(style: str) -> str:
    """Return why the style of an older shape keeps what is in it from being seen."""
    pairs = (part.partition(":") for part in style.lower().split(";"))
    own = {name.strip(): said.strip() for name, _, said in pairs}
    if own.get("visibility") == "hidden" or own.get("display") == "none":
        return "marked as hidden"
    sizes = [_points(own.get(side, "")) for side in ("width", "height")]
    if any(size is not None and size / 72 < SLIVER for size in sizes):
        return "cut away"
    for name in ("margin-left", "margin-top", "left", "top"):
        place = _points(own.get(name, "")) or 0.0
        if place / 72 > FAR or place / 72 < -FAR:
            return "outside the page"
    return ""


def _points(length: str) -> float | None:
    found = LENGTH.fullmatch(length)
    try:
        return float(found[1]) * POINTS[found[2]] if found else None
    except ValueError:
        return None


def _offset(element: Any) -> float:
    try:
        return float(element.text) / EMU
    except (AttributeError, TypeError, ValueError):
        return 0.0
