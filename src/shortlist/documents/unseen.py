"""Characters that no reader sees, and letters that are not what they seem.

Both let a file say one thing to people and another to programs: text can be written in characters
without a shape, and a word can be kept from a search by a letter of another alphabet.
"""

import re

from shortlist.documents.content import Content
from shortlist.documents.lookalikes import folded
from shortlist.records import Finding

DIRECTION = "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"
VARIATION = "\ufe00-\ufe0f\U000e0100-\U000e01ef"
TAG = "\U000e0000-\U000e007f"
CONTROL = "\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f"  # those that are not white space
NO_WIDTH = (
    "\u034f\u115f\u1160\u17b4\u17b5\u180e\u200b-\u200d\u2060-\u2064\u206a-\u206f\u3164\ufeff\uffa0"
)
SOFT_HYPHEN = "\u00ad"
SHAPELESS = f"{CONTROL}{NO_WIDTH}{SOFT_HYPHEN}{DIRECTION}{VARIATION}{TAG}\ufff9-\ufffb"

# Where such characters belong: in scripts whose letters they join, after symbols that have a
# coloured form, in the flags of regions, and everywhere in writing that runs from the right.
JOINING = "\u0600-\u0dff\u0e00-\u109f\u1780-\u18af"
FROM_RIGHT = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]")
SYMBOL = "#*0-9\u203c\u2049\u20e3\u2100-\u2bff\u3030\u303d\u3297\u3299\U0001f000-\U0001faff"
IDEOGRAPH = "\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
BELONGING = "|".join(
    (
        f"(?<=[{JOINING}])[\u200c\u200d]|[\u200c\u200d](?=[{JOINING}])",
        f"(?<=[{SYMBOL}])[\ufe0e\ufe0f]?\u200d(?=[{SYMBOL}])",
        f"(?<=[{SYMBOL}])[\ufe0e\ufe0f]|(?<=[{IDEOGRAPH}])[{VARIATION}]",
        "(?<=\U0001f3f4)[\U000e0030-\U000e007a]+\U000e007f",
    )
)
STRETCH = re.compile(f"(?=[{SHAPELESS}])(?:(?P<belongs>{BELONGING})|[{SHAPELESS}]+)")
STRETCH_FROM_RIGHT = re.compile(
    f"(?=[{SHAPELESS}])(?:(?P<belongs>{BELONGING}|[{DIRECTION}])|[{SHAPELESS}]+)"
)

MISREAD = "ÂÃ"  # left by decoding a file wrongly, which also leaves characters without a shape
IN_WORD = re.compile(f"(?<=[^\\W_])(?<![{MISREAD}{JOINING}])[{NO_WIDTH}]+(?=[^\\W_])")
ANYTHING = re.compile(f"[{SHAPELESS}]")
ASCII_CONTROL = re.compile("[\x00-\x08\x0e-\x1b\x7f]")
PAYLOAD = 8  # so many of them in a row are not there by accident
REVERSED = "\u202e"


def revealed(text: str) -> Content:
    """Return text without shapeless characters, in letters that are what they look like.

    Stray marks without width, such as copying from a web page leaves, are dropped in silence. A
    finding tells of those that break a word in two, turn letters round, or spell a message.
    """
    if not (ASCII_CONTROL if text.isascii() else ANYTHING).search(text):
        return folded(text)
    pattern = STRETCH_FROM_RIGHT if FROM_RIGHT.search(text) else STRETCH
    stretches = [m for m in pattern.finditer(text) if not m["belongs"]]
    shown = folded(pattern.sub(lambda m: m["belongs"] or "", text))
    told = (_messages(stretches), _reversals(stretches), _broken_words(text))
    return Content(shown.text, (*filter(None, told), *shown.findings))


def _messages(stretches: list[re.Match[str]]) -> Finding | None:
    """Return what is spelled in characters without a shape, if anything is."""
    spelled = [_spelled(m[0]) for m in stretches]
    if not any(spelled) and all(len(m[0]) < PAYLOAD for m in stretches):
        return None
    reason = "written in characters that are not shown"
    return Finding("hidden text", reason, "\n".join(filter(None, spelled)))


def _spelled(stretch: str) -> str:
    """Return the text in tag characters, which copy ASCII, and in variation selectors, as bytes."""
    codes = list(map(ord, stretch))
    tags = "".join(chr(code - 0xE0000) for code in codes if 0xE0020 <= code < 0xE007F)
    selected = [code - 0xFE00 for code in codes if 0xFE00 <= code <= 0xFE0F]
    selected += [code - 0xE0100 + 16 for code in codes if 0xE0100 <= code <= 0xE01EF]
    return tags + (bytes(selected).decode("utf-8", "replace") if len(selected) > 1 else "")


def _reversals(stretches: list[re.Match[str]]) -> Finding | None:
    if not any(REVERSED in m[0] for m in stretches):
        return None
    return Finding("hidden text", "a mark that shows the letters after it in reverse was left out")


def _broken_words(text: str) -> Finding | None:
    if not IN_WORD.search(text):
        return None
    words = [STRETCH.sub("", word) for word in text.split() if IN_WORD.search(word)]
    reason = "characters without width stood inside words"
    return Finding("hidden text", reason, " ".join(dict.fromkeys(words)))
