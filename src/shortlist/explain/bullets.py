"""Statements about work that are worth rewriting, and why. What to write is the person's to say."""

from collections.abc import Iterator

from shortlist.explain.explanation import WeakBullet
from shortlist.explain.reading import Pair
from shortlist.extraction.entities import Bullet

GOOD = 70
"""A statement of this quality is left alone."""
SHOWN = 5


def weak_bullets(pair: Pair) -> tuple[WeakBullet, ...]:
    """Return the statements that could say most more, the weakest first."""
    weak = [bullet for bullet in pair.profile.bullets if bullet.quality < GOOD]
    chosen = sorted(weak, key=lambda bullet: (bullet.quality, bullet.start))[:SHOWN]
    return tuple(
        WeakBullet(pair.quote(b.start, b.end), b.quality, tuple(_reasons(b))) for b in chosen
    )


def _reasons(bullet: Bullet) -> Iterator[str]:
    if not bullet.verb:
        yield "it does not begin with what was done"
    if not bullet.number:
        yield "it has no number that says how much or how many"
    if not bullet.length_ok:
        short = len(bullet.text.split()) < 10
        yield "it is short: fewer than 10 words" if short else "it is long: more than 35 words"
    if not bullet.skills:
        yield "it names no skill that the job asks for"
