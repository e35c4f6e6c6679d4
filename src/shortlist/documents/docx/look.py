"""How the runs of a Word document look, from its styles and their own settings."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from shortlist.documents.contrast import WHITE, Rgb, are_alike
from shortlist.documents.docx.parts import child, each, is_on, local, number, value

TINY = 6.0  # half-points
SQUEEZED = 10.0  # percent of a letter's width
CLEAR = 92_000.0  # thousandths of a percent of transparency
LINE_HEIGHT = 60.0  # twentieths of a point: a line or a row of exactly so little shows no text
OFF_PAGE = 10_000.0  # twentieths of a point: an indent of seven inches
PILED = -8.0  # twentieths of a point between letters, per half-point of size: they pile up
RAISED = 1_000.0  # half-points above or below the line
FRAME = (-5_000.0, 20_000.0)  # twentieths of a point between which a frame is on some page
BASES = 32  # styles on which a style is based, one on another

SIZES = {"sz": "size", "w": "width", "spacing": "spacing", "position": "raised"}
LIGHT = ("background1", "bg1", "light1", "lt1")  # names of the theme's white
HIGHLIGHTS: dict[str, Rgb] = {
    "black": (0, 0, 0),
    "white": (255, 255, 255),
    "yellow": (255, 255, 0),
    "cyan": (0, 255, 255),
    "magenta": (255, 0, 255),
    "green": (0, 255, 0),
    "red": (255, 0, 0),
    "blue": (0, 0, 255),
    "darkBlue": (0, 0, 139),
    "darkCyan": (0, 139, 139),
    "darkGreen": (0, 100, 0),
    "darkMagenta": (128, 0, 128),
    "darkRed": (139, 0, 0),
    "darkYellow": (128, 128, 0),
    "darkGray": (169, 169, 169),
    "lightGray": (211, 211, 211),
}


@dataclass(frozen=True, slots=True)
class Look:
    """How text looks. `hidden` says why nothing of what it stands in is seen."""

    hidden: str = ""
    vanished: bool = False
    colour: Rgb | None = None
    """None where Word chooses one that is seen."""
    background: Rgb | None = WHITE
    """None where a shape or a picture may be behind the text."""
    size: float = 20.0
    """In half-points."""
    width: float = 100.0
    """Of letters, in percent."""
    spacing: float = 0.0
    """Between letters, in twentieths of a point, beyond what is usual."""
    raised: float = 0.0
    """Above the line, in half-points."""
    clear: bool = False
    outlined: bool = False
    """Whether letters have an edge in a colour of its own."""
    off_the_web: bool = False
    """Whether it is left out where the document is shown as a web page."""

    def reason(self) -> str:
        """Return why a reader does not see text of this look, or "" where they do."""
        if self.hidden:
            return self.hidden
        if self.vanished:
            return "marked as hidden"
        if self.size < TINY:
            return "too small to read"
        if self.width < SQUEEZED or self.spacing < PILED / 2 * self.size:
            return "too narrow to read"
        if abs(self.raised) > RAISED:
            return "outside the page"
        if self.clear:
            return "transparent"
        if self.outlined or not (self.colour and self.background):
            return ""
        return "in the colour of its background" if are_alike(self.colour, self.background) else ""


@dataclass(frozen=True, slots=True)
class Styles:
    """The styles of a document by id, after the properties that all of its text starts from."""

    defaults: Any
    by_id: Mapping[str, Any]
    usual: str
    """The id of the style of paragraphs that name none."""

    def of_paragraph(self, paragraph: Any, around: Look) -> Look:
        """Return the look of a paragraph's runs as far as the paragraph decides it."""
        own = child(paragraph, "pPr")
        named = value(child(own, "pStyle")) or self.usual
        look = _with_run(around, self.defaults)
        for style in self.chain(named):
            look = _with_run(_with_paragraph(look, child(style, "pPr")), child(style, "rPr"))
        return _with_paragraph(look, own)

    def of_run(self, run: Any, paragraph: Look) -> Look:
        """Return the look of a run in a paragraph of a look."""
        own = child(run, "rPr")
        look = paragraph
        for style in self.chain(value(child(own, "rStyle"))):
            look = _with_run(look, child(style, "rPr"))
        return _with_run(look, own)

    def chain(self, name: str) -> list[Any]:
        """Return a style after those it is based on."""
        styles: list[Any] = []
        while name in self.by_id and len(styles) < BASES:
            styles.append(self.by_id[name])
            name = value(child(styles[-1], "basedOn"))
        return styles[::-1]


def styles(tree: Any) -> Styles:
    """Return the styles of a document, none if it has no part for them."""
    by_id = {value(style, "styleId"): style for style in each(tree, "style")}
    usual = (
        name
        for name, style in by_id.items()
        if value(style, "type") == "paragraph" and value(style, "default") in ("1", "true")
    )
    return Styles(child(tree, "docDefaults", "rPrDefault", "rPr"), by_id, next(usual, ""))


def shaded(properties: Any, background: Rgb | None) -> Rgb | None:
    """Return the background after a setting of shading in some properties, if there is one."""
    shade = child(properties, "shd")
    if shade is None or value(shade) == "nil":
        return background
    if value(shade).startswith(("pct", "horz", "vert", "diag", "thin", "reverse")):
        return None
    fill = value(shade, "color" if value(shade) == "solid" else "fill")
    if fill in ("", "auto"):
        return None if value(shade, "themeFill") else background
    return hex_colour(fill)


def hex_colour(text: str) -> Rgb | None:
    """Return the colour of six hexadecimal digits, or None."""
    try:
        red, green, blue = bytes.fromhex(text.removeprefix("#"))
    except ValueError:
        return None
    return red, green, blue


def _with_run(look: Look, properties: Any) -> Look:
    """Return a look after the settings of run properties."""
    changes: dict[str, Any] = {}
    for setting in properties if properties is not None else ():
        changes |= _change(setting)
    background = shaded(properties, look.background)
    return replace(look, **{"background": background, **changes})


def _change(setting: Any) -> dict[str, Any]:
    name = local(setting)
    if name in ("vanish", "specVanish"):
        return {"vanished": is_on(setting)}
    if name == "webHidden":
        return {"off_the_web": is_on(setting)}
    if name == "color":
        return {"colour": _named(setting, "themeColor") or hex_colour(value(setting))}
    if name == "highlight":
        return {"background": HIGHLIGHTS[value(setting)]} if value(setting) in HIGHLIGHTS else {}
    if name == "textFill":
        filled = _solid(setting)
        return {"clear": _is_clear(setting), **({"colour": filled} if filled else {})}
    if name == "textOutline":
        return {"outlined": _solid(setting) not in (None, WHITE)}
    amount = number(setting)
    if name in SIZES and amount is not None:
        return {SIZES[name]: amount}
    return {}


def _named(setting: Any, name: str) -> Rgb | None:
    """Return white where a theme's white is named, which counts before the colour beside it."""
    shaded = value(setting, "themeShade") or value(setting, "themeTint")
    return WHITE if value(setting, name) in LIGHT and not shaded else None


def _solid(fill: Any) -> Rgb | None:
    """Return the colour of a solid fill, or None."""
    solid = child(fill, "solidFill")
    themed = child(solid, "schemeClr")
    return (
        _named(themed, "val") if themed is not None else hex_colour(value(child(solid, "srgbClr")))
    )


def _is_clear(fill: Any) -> bool:
    if child(fill, "noFill") is not None:
        return True
    return any((number(alpha) or 0) >= CLEAR for alpha in each(fill, "alpha"))


def _with_paragraph(look: Look, properties: Any) -> Look:
    """Return a look after the settings of paragraph properties."""
    if properties is None:
        return look
    hidden = look.hidden or _misplaced(properties)
    return replace(look, hidden=hidden, background=shaded(properties, look.background))


def _misplaced(properties: Any) -> str:
    """Return why the place of a paragraph keeps it from being seen."""
    indent, spacing = child(properties, "ind"), child(properties, "spacing")
    shift = sum(number(indent, name) or 0 for name in ("left", "start", "firstLine"))
    if abs(shift) > OFF_PAGE:
        return "outside the page"
    frame = child(properties, "framePr")
    if any(is_off_page(frame, name) for name in ("x", "y")):
        return "outside the page"
    if value(frame, "hRule") == "exact" and (number(frame, "h") or 0) < LINE_HEIGHT:
        return "in a frame too low to read"
    height = number(spacing, "line")
    if value(spacing, "lineRule") == "exact" and height is not None and height < LINE_HEIGHT:
        return "in lines too low to read"
    return ""


def is_off_page(place: Any, name: str) -> bool:
    """Return whether a place, in twentieths of a point from a corner, is on no page."""
    at = number(place, name)
    return at is not None and not FRAME[0] <= at <= FRAME[1]
