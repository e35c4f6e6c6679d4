"""Places and years of study, which only the strict policy hides."""

import re
from functools import cache

from shortlist.masking.layout import layout
from shortlist.masking.lexicon import entries
from shortlist.masking.study import study_lines
from shortlist.records import Span

_MONTH = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|spring|summer|fall|autumn|winter)"
_YEARS = re.compile(
    rf"(?:(?:class|batch) of\s+|\b{_MONTH}[a-z]*\.?,?\s+(?:\d{{1,2}},?\s+)?|\b\d{{1,2}}[/.-])?"
    r"\b(?:19|20)\d\d\b|['’]\d\d\b",
    re.IGNORECASE,
)
_CODES = frozenset(r for r in entries("regions") if len(r) == 2 and r.isupper())
_CODE = re.compile(r", ?([A-Z]{2})\b")
_CODE_AFTER = re.compile(r" ([A-Z]{2})\b")
_CITY = re.compile(r"[A-Z][\w.'’-]*(?: [A-Z][\w.'’-]*){0,2}\Z")
_LONGEST_CITY = 40


@cache
def _places() -> dict[str, tuple[str, ...]]:
    table: dict[str, list[str]] = {}
    for place in dict.fromkeys((*entries("cities"), *entries("regions"))):
        code = len(place) <= 3 and place.isupper() and place not in ("USA", "UAE", "NYC", "UK")
        first = re.match(r"[^\W\d_]+", place)
        if first and not code:
            table.setdefault(first[0].lower(), []).append(place.lower())
    return {word: tuple(sorted(found, key=len, reverse=True)) for word, found in table.items()}


def places(text: str) -> list[Span]:
    """Return cities, regions and countries."""
    lay = layout(text)
    table = _places()
    spans = _with_codes(text)
    for word in lay.words & table.keys():
        for start in lay.occurrences(word):
            if text[start].isupper():
                found = (place for place in table[word] if lay.lower.startswith(place, start))
                end = start + len(next(found, ""))
                if end > start and not lay.lower[end : end + 1].isalnum():
                    spans.append(Span(start, _with_code(text, end), "place"))
    return spans


def _with_code(text: str, end: int) -> int:
    """Return where a place ends whose region may follow without a comma: `Hanover NH`."""
    code = _CODE_AFTER.match(text, end)
    return code.end() if code and code[1] in _CODES else end


def _with_codes(text: str) -> list[Span]:
    """Return places such as `Dayton, OH`, whatever the town."""
    spans = []
    for code in _CODE.finditer(text):
        city = _CITY.search(text, max(0, code.start() - _LONGEST_CITY), code.start())
        if city and code[1] in _CODES:
            spans.append(Span(city.start(), code.end(), "place"))
    return spans


def years(text: str) -> list[Span]:
    """Return the years that lines about education name."""
    lay = layout(text)
    return [
        Span(match.start(), match.end(), "year")
        for line in study_lines(lay)
        for match in _YEARS.finditer(text, lay.starts[line], lay.ends[line])
    ]
