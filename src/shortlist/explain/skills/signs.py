"""Signs: short patterns for what people write when they show a skill without naming it.

A sign is words in order. `lead*` is a word that begins so; `led/headed` is one or the other; `..`
leaves room for up to six words; `#` is a number, in digits or spelled out.

    led/headed/ran .. team*/crew*
    team* of #
    @ head chef

A sign that begins with `@` counts in a job's title alone.
"""

import re
from collections.abc import Sequence
from functools import cache

from shortlist.errors import ConfigError

_WORD = r"[^\W_](?:[\w'’+#&-]*[\w+#])?"
_BETWEEN = r"[\s,(/'’\"“”–£$€%+-]+"
_ROOM = rf"(?:{_BETWEEN}(?:{_WORD}|&|\d+\+?)){{0,6}}?{_BETWEEN}"
_NUMBER = (
    r"(?:~|over |about )?(?!(?:19|20)\d\d\b)\d[\d,.]*(?:[kKmMx%]|bn)?\+?|two|three|four|five"
    r"|six|seven|eight|nine|ten|eleven|twelve|fifteen|twenty|thirty|forty|fifty|hundred"
    r"|a dozen|dozens"
)
_ALLOWED = re.compile(r"[\w'’+#&:-]+\*?")


@cache
def compiled(signs: tuple[str, ...], *, titles: bool = False) -> re.Pattern[str] | None:
    """Return a pattern that finds any of the signs, in any case; None without signs.

    Args:
        signs: those of all kinds.
        titles: whether the text is a job's title, in which all of them count.
    """
    found = [sign.removeprefix("@ ") for sign in signs if titles or not sign.startswith("@ ")]
    if not found:
        return None
    return re.compile("|".join(f"(?:{_pattern(sign)})" for sign in found), re.IGNORECASE)


def check(signs: Sequence[str], where: str) -> None:
    """Check that signs can be read.

    Raises:
        ConfigError: one is empty, or holds a mark that means nothing.
    """
    for sign in signs:
        tokens = sign.removeprefix("@ ").split()
        parts = [part for token in tokens for part in token.split("/")]
        wrong = [p for p in parts if p not in ("..", "#") and not _ALLOWED.fullmatch(p)]
        if wrong or not parts or tokens[0] == ".." or tokens[-1] == "..":
            raise ConfigError(
                f"{where}: cannot read the sign {sign!r}: use words, `word*`, `this/that`, `#` for "
                "a number and `..` between two of them"
            )


def _pattern(sign: str) -> str:
    tokens = sign.split()
    pieces = [_token(tokens[0])]
    joint = _BETWEEN
    for token in tokens[1:]:
        if token == "..":
            joint = _ROOM
            continue
        pieces += [joint, _token(token)]
        joint = _BETWEEN
    return rf"(?<![\w-]){''.join(pieces)}(?![\w])"


def _token(token: str) -> str:
    choices = "|".join(map(_choice, token.split("/")))
    return f"(?:{choices})"


def _choice(word: str) -> str:
    if word == "#":
        return _NUMBER
    if word.endswith("*"):
        return re.escape(word[:-1]) + r"[\w'’-]*"
    return re.escape(word)
