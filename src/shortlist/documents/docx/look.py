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
BASES = 32  # styles on which a style is based, one on another

SIZES = {"sz": "size", "w": "width"}
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
    clear: bool = False

    def reason(self) -> str:
        """Return why a reader does not see text of this look, or "" where they do."""
        if self.hidden:
            return self.hidden
        if self.vanished:
            return "marked as hidden"
        if self.size < TINY:
            return "too small to read"
        if self.width < SQUEEZED:
            return "too narrow to read"
        if self.clear:
            return "transparent"
        if self.colour and self.background and are_alike(self.colour, self.background):
            return "in the colour of its background"
        return ""


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
    if name == "color":
        return {"colour": hex_colour(value(setting))}
    if name == "highlight":
        return {"background": HIGHLIGHTS[value(setting)]} if value(setting) in HIGHLIGHTS else {}
    if name == "textFill":
        return {"clear": _is_clear(setting)}
    amount = number(setting)
    if name in SIZES and amount is not None:
        return {SIZES[name]: amount}
    return {}


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
    height = number(spacing, "line")
    if value(spacing, "lineRule") == "exact" and height is not None and height < LINE_HEIGHT:
        return "in lines too low to read"
    return ""
