"""Signs: short patterns for what people write when they show a skill without naming it.

A sign is words in order. `lead*` is a word that begins so; `led/headed` is one or the other; `..`
leaves room for up to six words; `#` is a number, in digits or spelled out.

    led/headed/ran .. team*/crew*
    team* of #
"""

import re
from collections.abc import Sequence
from functools import cache

from shortlist.errors import ConfigError

_WORD = r"[^\W_](?:[\w'’+#-]*[\w+#])?"
_BETWEEN = r"[\s,(/'’\"“”–-]+"
_ROOM = rf"(?:{_BETWEEN}(?:{_WORD}|&|\d+\+?)){{0,6}}?{_BETWEEN}"
_NUMBER = (
    r"(?:~|over |about )?\d[\d,.]*\+?|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve"
    r"|fifteen|twenty|thirty|forty|fifty|hundred|a dozen|dozens"
)
_ALLOWED = re.compile(r"[\w'’+#&:-]+\*?")


@cache
def compiled(signs: tuple[str, ...]) -> re.Pattern[str] | None:
    """Return a pattern that finds any of the signs, in any case; None without signs."""
    if not signs:
        return None
    return re.compile("|".join(f"(?:{_pattern(sign)})" for sign in signs), re.IGNORECASE)


def check(signs: Sequence[str], where: str) -> None:
    """Check that signs can be read.

    Raises:
        ConfigError: one is empty, or holds a mark that means nothing.
    """
    for sign in signs:
        parts = [part for token in sign.split() for part in token.split("/")]
        wrong = [p for p in parts if p not in ("..", "#") and not _ALLOWED.fullmatch(p)]
        if wrong or not parts or sign.split()[0] == ".." or sign.split()[-1] == "..":
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
