"""When two colours are so alike that text in one is not seen on the other."""

FAINT = 20  # least difference, of 255, that a reader sees

Rgb = tuple[int, int, int]
WHITE: Rgb = (255, 255, 255)
BLACK: Rgb = (0, 0, 0)


def are_alike(text: Rgb, background: Rgb) -> bool:
    """Return whether no reader sees text of one colour on a background of the other."""
    return all(abs(a - b) < FAINT for a, b in zip(text, background, strict=True))


def blended(colour: Rgb, background: Rgb, opacity: float) -> Rgb:
    """Return how a colour of an opacity from 0 to 1 looks on a background."""
    red, green, blue = (
        round(opacity * c + (1 - opacity) * b) for c, b in zip(colour, background, strict=True)
    )
    return red, green, blue
