"""Text boxes and shapes of a Word document: what is behind text, and whether a box is seen."""

from collections.abc import Iterable, Iterator
from typing import Any

from shortlist.documents.contrast import WHITE, Rgb
from shortlist.documents.docx.look import Look, hex_colour
from shortlist.documents.docx.parts import child, each, local, number, value

EMU = 914_400.0  # English Metric Units in an inch
FAR = 22.0  # inches: the largest page that Word makes
MARGIN = 2.0  # inches by which a place may lie left of or above what it is counted from
SLIVER = 0.04  # inches: a box so narrow shows none of its text
BACKDROP = 4.0  # square inches from which a shape or picture may be behind text
SHAPES = ("wsp", "shape", "rect", "roundrect")  # of drawings, and of the older VML
FILLS = ("gradFill", "blipFill", "pattFill")


def boxes(element: Any) -> Iterator[Any]:
    """Yield the text boxes in a drawing, without those within text boxes.

    Where a drawing is there in two forms, for newer and older programs, the newer one counts.
    """
    for inner in element:
        name = local(inner)
        if name == "txbxContent":
            yield inner
        elif name != "Fallback" or child(element, "Choice") is None:
            yield from boxes(inner)


def box_look(box: Any, around: Look) -> Look:
    """Return the look of what stands in a text box, given that of what the box stands in."""
    hidden, background = around.hidden, around.background
    for outer in box.iterancestors():
        name = local(outer)
        if name in SHAPES:
            background = _filled(outer, background)
        elif name in ("anchor", "inline"):
            hidden = hidden or _misplaced(outer)
        elif name == "p":
            break
    return Look(hidden=hidden, background=background)


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


def _misplaced(drawing: Any) -> str:
    """Return why the place or size of a drawing keeps what is in it from being seen."""
    if value(child(drawing, "docPr"), "hidden") in ("1", "true"):
        return "marked as hidden"
    for axis, side in (("positionH", "cx"), ("positionV", "cy")):
        extent = (number(child(drawing, "extent"), side) or 0) / EMU
        if extent < SLIVER:
            return "cut away"
        offset = _offset(child(drawing, axis, "posOffset"))
        if offset > FAR or offset + extent < -MARGIN:
            return "outside the page"
    return ""


def _offset(element: Any) -> float:
    try:
        return float(element.text) / EMU
    except (AttributeError, TypeError, ValueError):
        return 0.0
