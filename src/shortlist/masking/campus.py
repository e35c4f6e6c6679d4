"""Places in a line about education: the campus of a school, the town it lies in."""

import re
from collections.abc import Sequence

from shortlist.masking.lexicon import entries, words
from shortlist.masking.reading import Line, is_entry
from shortlist.masking.tokens import ADJECTIVE, DEGREE, FIELD, MARK, NAME, PROSE, Token

_REGIONS = frozenset(entries("regions"))
_REGION_WORDS = frozenset(r.lower() for r in _REGIONS if not (len(r) <= 3 and r.isupper()))
_REGION_CODES = frozenset(r for r in _REGIONS if len(r) <= 3 and r.isupper())
_CITIES = words("cities")
_FIRST_WORDS = frozenset(re.split(r"[^\w'-]", place)[0] for place in _CITIES | _REGION_WORDS)
_PLACE_PARTS = frozenset((NAME, ADJECTIVE))


def hide_places(line: Line) -> None:
    """Hide `City, Region` and known cities; in a sentence only those behind a school."""
    entry = is_entry(line)
    if not entry:
        _hide_campuses(line)
    parts = line.tokens
    comma = any(token.low == "," for token in parts)
    for index, token in enumerate(parts):
        if line.hidden[index]:
            if index + 1 < len(parts) and not line.hidden[index + 1]:
                line.hide(index, _with_region(parts, index + 1))
        elif (
            token.capital
            and token.part in _PLACE_PARTS
            and (comma or token.low in _FIRST_WORDS)
            and (entry or _behind_hidden(line, index))
        ):
            line.hide(index, _place_end(parts, index))


def _hide_campuses(line: Line) -> None:
    """Hide `, Campus` behind a school in a sentence."""
    parts = line.tokens
    for index in range(1, len(parts) - 1):
        if parts[index].low == "," and line.hidden[index - 1] and not line.hidden[index + 1]:
            end = index + 1
            while end < len(parts) and end < index + 7 and _in_campus(parts[end]):
                end += 1
            ends = end == len(parts) or not (parts[end].capital or parts[end].low in (",", "("))
            if (
                parts[index + 1].capital
                and ends
                and (end == len(parts) or parts[end].part != PROSE)
            ):
                line.hide(index + 1, end)


def _in_campus(token: Token) -> bool:
    return (token.part in (NAME, ADJECTIVE) and token.capital) or token.low in (
        "campus",
        "de",
        "du",
    )


def _behind_hidden(line: Line, index: int) -> bool:
    before = index - 1
    while before >= 0 and line.tokens[before].low in (",", "-", "–", "—", "(", "|", "in"):
        before -= 1
    return before >= 0 and before >= index - 2 and line.hidden[before]


def _place_end(parts: Sequence[Token], start: int) -> int:
    """Return the index behind a place that begins at `start`, or `start` where none does."""
    end = start
    while end < len(parts) and end < start + 4 and _in_place_name(parts[end]):
        end += 1
    while end > start and parts[end - 1].low == ".":
        end -= 1
    for stop in range(end, start, -1):
        name = " ".join(token.low for token in parts[start:stop] if token.part != MARK)
        if name in _CITIES or name in _REGION_WORDS:
            return _with_region(parts, stop)
    region = _with_region(parts, end)
    return region if end > start and region > end else start


def _in_place_name(token: Token) -> bool:
    return (token.capital and token.part in (NAME, ADJECTIVE)) or token.low == "."


def _with_region(parts: Sequence[Token], end: int) -> int:
    """Return the index behind `, Region` at `end`, or `end`."""
    comma = end < len(parts) and parts[end].low == ","
    start = end + 1 if comma else end
    if start >= len(parts) or not parts[start].capital:
        return end
    for size in (3, 2, 1):
        stop = start + size
        if stop > len(parts):
            continue
        name = " ".join(token.low for token in parts[start:stop])
        if name in _REGION_WORDS:
            return stop
        code = size == 1 and name.upper() in _REGION_CODES
        if code and comma and not _is_degree_code(parts, start):
            return stop
    return end


def _is_degree_code(parts: Sequence[Token], index: int) -> bool:
    """Whether `MA` and the like is a degree here, not a region."""
    if parts[index].part != DEGREE or index + 1 >= len(parts):
        return False
    return parts[index + 1].part == FIELD or parts[index + 1].low in ("in", "of")
