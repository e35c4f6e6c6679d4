"""Colours of style sheets as red, green and blue, in any space of CSS Color Module Level 4."""

from collections.abc import Sequence

from tinycss2.color4 import Color, parse_color

from shortlist.documents.contrast import Rgb

# From XYZ under each light to linear red, green and blue: section 17 of the module.
FROM_XYZ = {
    "xyz-d65": (
        (3.2409699, -1.5373832, -0.4986108),
        (-0.9692436, 1.8759675, 0.0415551),
        (0.0556301, -0.2039770, 1.0569715),
    ),
    "xyz-d50": (
        (3.1341359, -1.6173863, -0.4906619),
        (-0.9787955, 1.9162544, 0.0334427),
        (0.0719554, -0.2289768, 1.4053860),
    ),
}
LIGHTS = {"lab": "xyz-d50", "lch": "xyz-d50", "oklab": "xyz-d65", "oklch": "xyz-d65"}
GAMMA = 0.0031308  # linear value up to which the curve of sRGB is straight


def parsed(value: str) -> tuple[Rgb, float] | None:
    """Return a colour and its opacity, or None where a value names none."""
    try:
        colour = parse_color(value) if value else None
    except (IndexError, ValueError, AttributeError):  # a function with too few arguments
        return None
    if colour is None or isinstance(colour, str):
        return None
    red, green, blue = (round(255 * min(1.0, max(0.0, c))) for c in _channels(colour))
    return (red, green, blue), colour.alpha


def _channels(colour: Color) -> Sequence[float]:
    """Return red, green and blue, about 0 to 1; wide spaces are taken for the usual one."""
    if colour.space in ("hsl", "hwb"):
        return tuple(colour.to("srgb"))[:3]
    light = LIGHTS.get(colour.space, colour.space)
    if light not in FROM_XYZ:
        return tuple(c or 0.0 for c in colour.coordinates)
    xyz = tuple(colour.to(light))[:3]
    return [
        _curved(sum(share * part for share, part in zip(row, xyz, strict=True)))
        for row in FROM_XYZ[light]
    ]


def _curved(linear: float) -> float:
    return 12.92 * linear if linear <= GAMMA else 1.055 * linear ** (1 / 2.4) - 0.055
