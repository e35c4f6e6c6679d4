"""Places and years of study, which only the strict policy hides."""

import re
from functools import cache

from shortlist.masking.layout import layout
from shortlist.masking.lexicon import entries
from shortlist.masking.study import study_lines
from shortlist.records import Span

_YEARS = re.compile(
    r"(?:(?:(?:class of|batch of)\s+)|(?:\b(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|spring|summer|"
    r"fall|autumn|winter)[a-z]*\.?,?\s+(?:\d{1,2},?\s+)?)|\b\d{1,2}[/.-])?\b(?:19|20)\d\d\b|['’]\d\d\b",
    re.IGNORECASE,
)
_CITY_AND_CODE = re.compile(
    r"\b[A-Z][\w.'’-]*(?: [A-Z][\w.'’-]*){0,2},? (?:%s)\b(?! \d{5})?"
    % "|".join(sorted(r for r in entries("regions") if len(r) == 2 and r.isupper()))
)


@cache
def _places() -> dict[str, tuple[str, ...]]:
    table: dict[str, list[str]] = {}
    for place in dict.fromkeys((*entries("cities"), *entries("regions"))):
        if not (len(place) <= 3 and place.isupper() and place not in ("USA", "UAE", "NYC", "UK")):
            first = re.match(r"[^\W\d_]+", place)
            if first:
                table.setdefault(first[0].lower(), []).append(place)
    return {word: tuple(sorted(found, key=len, reverse=True)) for word, found in table.items()}


def places(text: str) -> list[Span]:
    """Return cities, regions and countries."""
    lay = layout(text)
    table = _places()
    spans = [Span(m.start(), m.end(), "place") for m in _CITY_AND_CODE.finditer(text)]
    for word in lay.words & table.keys():
        for start in lay.occurrences(word):
            if not lay.text[start].isupper():
                continue
            for place in table[word]:
                end = start + len(place)
                whole = (
                    lay.lower.startswith(place.lower(), start)
                    and not lay.lower[end : end + 1].isalnum()
                )
                if whole:
                    spans.append(Span(start, end, "place"))
                    break
    return spans


def years(text: str) -> list[Span]:
    """Return the years that lines about education name."""
    lay = layout(text)
    return [
        Span(match.start(), match.end(), "year")
        for line in study_lines(lay)
        for match in _YEARS.finditer(text, lay.starts[line], lay.ends[line])
    ]
