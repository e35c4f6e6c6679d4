"""Years: how many a requirement asks for, and how many stand behind a passage of a resume."""

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from shortlist.extraction.dates import Period, merged_months, periods, points
from shortlist.records import Span

_COUNT = "zero one two three four five six seven eight nine ten eleven twelve"
NUMBER_WORDS = {word: number for number, word in enumerate(_COUNT.split())}
NUMBER_WORDS |= {"fifteen": 15, "twenty": 20, "thirty": 30}
"""Number words that people write before "years"."""
_SAID = re.compile(
    rf"(?<![\w./-])(?P<number>\d{{1,2}}(?:\.5)?|{'|'.join(NUMBER_WORDS)})(?:\s*\(\d+\))?"
    r"(?:\s*(?:-|–|to)\s*\d{1,2})?\s*\+?\s*-?(?:(?:plus|or more|full|solid)\s+)*(?:years?|yrs?)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Tenure:
    """The time at work that a resume shows, in years; infinite where a period still goes on."""

    behind: tuple[float | None, ...]
    """For each passage, of the period it belongs to; None where it belongs to none."""
    total: float | None
    """Of all periods together, what overlaps counted once; None without a period."""


def years_said(text: str) -> float | None:
    """Return the first number of years in a text ("3-5 years": 3), or None."""
    match = _SAID.search(text)
    if not match:
        return None
    number = match["number"].lower()
    return float(NUMBER_WORDS.get(number, number)) or None


def tenure(text: str, passages: Sequence[Span]) -> Tenure:
    """Return the years that stand behind the passages of a resume, given as spans of its text.

    A passage belongs to the period that it names, else to the last one named above it in the same
    section, so that the duties below a job title share its dates. A number of years said in the
    passage counts where it is more. Years of education are no years at work. When a resume was
    written is not known, so a period that still goes on is as long as it need be.
    """
    upcoming = _all_periods(text)[::-1]
    behind: list[float | None] = []
    worked: list[Period] = []
    current: float | None = None
    section = ""
    for passage in passages:
        if passage.kind != section:
            section, current = passage.kind, None
        named = []
        while upcoming and upcoming[-1].start < passage.end:
            period = upcoming.pop()
            if period.start >= passage.start and section != "education":
                named.append(period)
        if named:
            worked += named
            current = _years(named)
        said = years_said(text[passage.start : passage.end])
        behind.append(max((y for y in (current, said) if y is not None), default=None))
    return Tenure(tuple(behind), _years(worked) if worked else None)


def _all_periods(text: str) -> list[Period]:
    """Return the periods of a text, read as of the year after the last one that it names."""
    named = points(text)
    if not named:
        return []
    return periods(text, date(max(point.last for point in named) // 12 + 1, 1, 1))


def _years(stretches: Sequence[Period]) -> float:
    lasting = any(period.until_iso is None for period in stretches)
    return math.inf if lasting else merged_months(stretches) / 12
