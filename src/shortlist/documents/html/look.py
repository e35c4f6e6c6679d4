"""What an element's styles make of its text, and whether a reader sees it."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from shortlist.documents.contrast import BLACK, WHITE, Rgb, are_alike, blended
from shortlist.documents.html.colours import parsed

WANTED = frozenset([
    "display", "visibility", "opacity", "color", "background-color", "background-image",
    "background-clip", "-webkit-background-clip", "text-shadow", "font-size", "position",
    "left", "right", "top", "bottom", "text-indent", "margin-left", "margin-top", "transform",
    "clip", "clip-path", "width", "height", "max-width", "max-height", "overflow",
    "overflow-x", "overflow-y", "white-space", "content-visibility", "filter", "inset",
    "translate", "scale", "rotate", "zoom", "letter-spacing", "-webkit-text-fill-color",
])  # fmt: skip
EM = 16.0  # pixels: the size of text of which a page says nothing
TINY = 4.0  # pixels: 3 points
FAR = 500.0  # pixels beyond the left or upper edge, where no page reaches
BEYOND = 10_000.0  # pixels to the right or below
SLIVER = 2.0  # pixels: a box so narrow shows none of its text
CLEAR = 0.08  # opacity below which nothing is seen
UNITS = {"": 1.0, "px": 1.0, "pt": 4 / 3, "pc": 16.0, "in": 96.0, "cm": 37.8, "mm": 3.78}
UNITS |= {"vw": 12.8, "vh": 8.0, "rem": EM}
SIZES = {"xx-small": 9.0, "x-small": 10.0, "small": 13.0, "medium": 16.0, "large": 18.0}
SIZES |= {"x-large": 24.0, "xx-large": 32.0, "smaller": 0.83 * EM, "larger": 1.2 * EM}
NUMBER = r"-?(?:\d+\.?\d*|\.\d+)"
LENGTH = re.compile(rf"(?<![\w.#-])({NUMBER})(px|pt|pc|in|cm|mm|vw|vh|rem|em|ex|ch|%|)(?![\w.%])")
PERCENT = re.compile(rf"(?<![\w.])({NUMBER})%")
VARIABLE = re.compile(r"var\(\s*(--[\w-]+)\s*(?:,([^()]*))?\)")
VARIABLE_DEPTH = 8
FLAT = re.compile(
    r"scale(?:x|y|3d)?\(\s*0*(?:\.0\d*)?\s*[,)]|rotate[xy]\(\s*-?90deg|matrix\(\s*0*(?:\.0\d*)?\s*,"
)
SMALL = re.compile(r"0*(?:\.0\d*)?(?=\s|$)")  # a scale below a tenth
SHIFT = re.compile(r"translate\w*\(([^)]*)\)")
PILED = -0.4  # em between letters from which they stand on one another
CUT = re.compile(r"inset\(\s*(?:50|100)%|(?:circle|ellipse)\(\s*0|polygon\((?:\s*0\w*\s+0\w*,?)+\)")
GRADIENT = re.compile(r"[\w-]*gradient\(")
ADDRESS = re.compile(r"url\([^)]*\)")
COLOUR_WORD = re.compile(r"[a-z-]+\([^()]*\)|[#\w.%-]+")
BEHIND = "--behind"
"""Declared, whatever its value, where an empty box may lie behind text and colour its ground."""
PLACED = ("absolute", "fixed", "relative", "sticky")
SIDES = ("left", "right", "top", "bottom", "inset")
MOVES = ("text-indent", "margin-left", "margin-top", "translate")
BOX = ("width", "height", "max-width", "max-height")


@dataclass(frozen=True, slots=True)
class Look:
    """How the text of an element looks. `hidden` says why neither it nor what is in it is seen."""

    hidden: str = ""
    visible: bool = True
    colour: Rgb = BLACK
    alpha: float = 1.0
    background: Rgb | None = WHITE
    """None where a picture or a shading may be behind the text."""
    size: float = EM
    piled: bool = False
    """Whether letters stand on one another."""
    opacity: float = 1.0
    keeps_lines: bool = False
    variables: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))

    def reason(self) -> str:
        """Return why a reader does not see text of this look, or "" where they do."""
        if self.hidden:
            return self.hidden
        if not self.visible:
            return "made invisible by its style"
        if self.size < TINY:
            return "too small to read"
        if self.piled:
            return "too narrow to read"
        if self.opacity * self.alpha < CLEAR:
            return "transparent"
        if self.background:
            shown = blended(self.colour, self.background, self.opacity * self.alpha)
            if are_alike(shown, self.background):
                return "in the colour of its background"
        return ""


def inherited(parent: Look, declared: Mapping[str, str]) -> Look:
    """Return the look of an element from that of what it stands in and what it declares."""
    if not declared:
        return parent
    own = {name: value for name, value in declared.items() if name.startswith("--")}
    variables = {**parent.variables, **own} if own else parent.variables
    style = {name: _resolved(value, variables) for name, value in declared.items()}
    colour, alpha = _coloured(style, parent)
    return Look(
        hidden=parent.hidden or _absence(style, parent.size),
        visible=_visibility(style, parent),
        colour=colour,
        alpha=alpha,
        background=_behind(style, parent.background),
        size=_size(style.get("font-size", ""), parent.size) * _share(style.get("zoom", "")),
        piled=_are_piled(style, parent),
        opacity=parent.opacity * _share(style.get("opacity", "")),
        keeps_lines=_keeps_lines(style, parent),
        variables=variables,
    )


def _resolved(value: str, variables: Mapping[str, str]) -> str:
    for _ in range(VARIABLE_DEPTH):
        if "var(" not in value:
            break
        value = VARIABLE.sub(lambda m: variables.get(m[1], m[2] or "").strip(), value)
    return value


def _visibility(style: Mapping[str, str], parent: Look) -> bool:
    named = {"visible": True, "hidden": False, "collapse": False}
    return named.get(style.get("visibility", ""), parent.visible)


def _are_piled(style: Mapping[str, str], parent: Look) -> bool:
    value = style.get("letter-spacing", "")
    spaces = _lengths(value, parent.size)
    size = _size(style.get("font-size", ""), parent.size)
    return min(spaces) <= PILED * size if spaces else parent.piled and value != "normal"


def _keeps_lines(style: Mapping[str, str], parent: Look) -> bool:
    space = style.get("white-space", "")
    return space.startswith(("pre", "break-spaces")) if space else parent.keeps_lines


def _absence(style: Mapping[str, str], size: float) -> str:
    """Return why nothing of an element is shown, whatever it holds."""
    if style.get("display") == "none" or style.get("content-visibility") == "hidden":
        return "left out by its style"
    if _is_flattened(style, size):
        return "cut away by its style"
    if _is_far_off(style, size):
        return "outside the page"
    if "opacity(0" in style.get("filter", ""):
        return "transparent"
    return ""


def _is_flattened(style: Mapping[str, str], size: float) -> bool:
    if FLAT.search(style.get("transform", "")) or CUT.search(style.get("clip-path", "")):
        return True
    if style.get("scale") and SMALL.match(style["scale"]):
        return True
    window = _lengths(style.get("clip", ""), size)  # top, right, bottom, left
    if len(window) == 4 and min(window[2] - window[0], window[1] - window[3]) < SLIVER:
        return True
    overflow = " ".join(style.get(name, "") for name in ("overflow", "overflow-x", "overflow-y"))
    box = (length for name in BOX for length in _lengths(style.get(name, ""), size))
    return ("hidden" in overflow or "clip" in overflow) and min(box, default=SLIVER) < SLIVER


def _is_far_off(style: Mapping[str, str], size: float) -> bool:
    shares = [style.get(name, "") for name in ("text-indent", "margin-left")]
    shares += [style.get(name, "") for name in SIDES if style.get("position") in PLACED]
    if any(float(share[1]) <= -100 for share in PERCENT.finditer(" ".join(shares))):
        return True
    moved = " ".join(style.get(name, "") for name in MOVES)
    moved += " " + " ".join(SHIFT.findall(style.get("transform", "")))
    if style.get("position") in PLACED:
        moved += " " + " ".join(style.get(name, "") for name in SIDES)
    return any(length < -FAR or length > BEYOND for length in _lengths(moved, size))


def _lengths(value: str, size: float) -> list[float]:
    """Return the lengths in a value in pixels; percentages of boxes are not known and left out."""
    return [
        float(number) * UNITS.get(unit, size)
        for number, unit in LENGTH.findall(value)
        if unit != "%" and (unit or float(number) == 0)
    ]


def _size(value: str, parent: float) -> float:
    """Return the font size in pixels that a value of `font-size` or `font` sets."""
    for word in value.replace("/", " ").split():
        if word in SIZES:
            return SIZES[word]
        length = LENGTH.fullmatch(word)
        if length and length[2] == "%":
            return float(length[1]) / 100 * parent
        if length and (length[2] or float(length[1]) == 0):
            return float(length[1]) * UNITS.get(length[2], parent)
    return parent


def _share(value: str) -> float:
    try:
        return float(value.removesuffix("%")) / (100 if value.endswith("%") else 1)
    except ValueError:
        return 1.0


def _coloured(style: Mapping[str, str], parent: Look) -> tuple[Rgb, float]:
    """Return the colour of text and its opacity."""
    own = parsed(style.get("-webkit-text-fill-color", "")) or parsed(style.get("color", ""))
    clipped = style.get("background-clip", "") + style.get("-webkit-background-clip", "")
    shadow = style.get("text-shadow", "none")
    if own is None:
        return parent.colour, parent.alpha
    if "text" in clipped or shadow != "none":  # the letters are filled or outlined by other means
        return own[0], 1.0
    return own


def _behind(style: Mapping[str, str], parent: Rgb | None) -> Rgb | None:
    """Return the colour behind text, or None where a picture or a shading may be.

    A picture in another file is not there where a colour is named to stand in for it.
    """
    value = style.get("background-color", "")
    image = value + style.get("background-image", "")
    colours = [own for word in COLOUR_WORD.findall(ADDRESS.sub("", value)) if (own := parsed(word))]
    if BEHIND in style or "url(data:" in image.replace('"', "").replace("'", ""):
        return None
    if "gradient(" in image:
        stops = [
            own[0]
            for word in COLOUR_WORD.findall(GRADIENT.sub(" ", image))
            if (own := parsed(word))
        ]
        even = bool(stops) and all(are_alike(stop, stops[0]) for stop in stops)
        return stops[0] if even else None
    if not colours:
        return None if "url(" in image else parent
    colour, alpha = colours[0]
    return blended(colour, parent, alpha) if parent else (colour if alpha == 1 else None)
