"""Years and degrees: what the resume shows against what the job asks for."""

import re

from shortlist.explain.explanation import Degree, Experience
from shortlist.explain.reading import Pair
from shortlist.extraction.entities import DEGREES
from shortlist.extraction.tenure import years_said
from shortlist.records import Evidence

_LINE = re.compile(r"[^\n]*[^\s][^\n]*")
_YEARS = re.compile(r"\b(?:years?|yrs?)\b", re.IGNORECASE)


def experience(pair: Pair) -> Experience:
    """Return the years in work, by dates or else as claimed, and the years that must be."""
    profile = pair.profile
    periods = [p.period for p in profile.positions if p.period]
    evidence = pair.quotes((period.start, period.end) for period in periods)
    if profile.months is not None:
        return Experience(profile.years, "dates", pair.posting.years, evidence)
    if profile.claimed_years is not None:
        return Experience(profile.claimed_years, "claim", pair.posting.years, _claim(pair))
    return Experience(None, "not found", pair.posting.years, ())


def _claim(pair: Pair) -> tuple[Evidence, ...]:
    """Return the line in which the resume says how many years of experience it has."""
    text, claimed = pair.masked.text, pair.profile.claimed_years
    lines = [(line.start(), line.end()) for line in _LINE.finditer(text)]
    saying = [span for span in lines if years_said(text[slice(*span)]) == claimed]
    naming = [span for span in lines if _YEARS.search(text, *span)]
    return pair.quotes((saying or naming)[:1])


def degree(pair: Pair) -> Degree:
    """Return the highest degree held and the lowest that the job accepts."""
    asked, held = pair.posting.degree, pair.profile.degree
    entries = [e for e in pair.profile.education if held and e.level == held]
    spans = [(e.degree.start, e.degree.end) if e.degree else (e.start, e.end) for e in entries]
    return Degree(
        held,
        asked.level if asked else None,
        bool(asked and asked.required),
        bool(asked and asked.or_equivalent),
        pair.quotes(spans),
    )


def experience_points(found: Experience) -> float | None:
    """Return 0 to 100: the share of the years asked for.

    None where the job asks for none, or the resume does not tell: not found is not zero.
    """
    if not found.required or found.years is None:
        return None
    return round(100 * min(1.0, found.years / found.required), 1)


def degree_points(found: Degree, years: Experience) -> float | None:
    """Return 0 to 100: the level held over the level asked for.

    None where none is asked for, or the resume does not tell of any. Where the job takes experience
    instead, the years that it asks for are as good as the degree.
    """
    if found.asked is None or found.asked == "none":
        return None
    if found.or_equivalent and years.required and (years.years or 0.0) >= years.required:
        return 100.0
    if found.level is None:
        return None
    have, need = (DEGREES.index(level) for level in (found.level, found.asked))
    return round(100 * min(1.0, have / need), 1)
