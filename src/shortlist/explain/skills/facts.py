"""What a resume holds about a skill, whatever kind of skill it is."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from shortlist.explain.skills.reading import Reading
from shortlist.extraction.dates import merged_months
from shortlist.extraction.entities import Position, SectionKind
from shortlist.records import Span, Standing

LONG = 96
"""Months of use that count in full."""
_UNKNOWN = 18
"""The months that a use counts of which no date is known. They are never told as a fact."""
_UNDATED = 0.35
"""What a job title counts whose dates are not known."""


@dataclass(frozen=True, slots=True)
class Sighting:
    """One place that speaks of a skill, in offsets of the masked text."""

    start: int
    end: int
    statement: Span
    status: Standing
    depth: float
    """How far one's own work goes there, from 0 to 3."""
    section: SectionKind
    number: bool = False
    result: bool = False
    study: bool = False
    claim: float = 0.0
    """How well it is said to be known: 1 well, 0.5 fairly, -1 little, 0 nothing said."""
    size: float = 0.0
    """How many people it was done with or for, where that is said."""
    acts: int = 1
    """How many different acts the statement tells of."""
    reach: float = 0.0
    """How far the work goes, from 0 to 1: for whom, how new, and who answers for it."""
    through: bool = False
    """It tells of leading people who lead others."""


@dataclass(frozen=True, slots=True)
class Facts:
    """All that speaks of a skill. `months` is the time over which it was used, where dates tell."""

    standing: Standing
    sightings: tuple[Sighting, ...]
    months: int = 0
    jobs: int = 0
    """In how many jobs it was used."""
    title: float = 0.0
    """How far a job title names it: 1 for such jobs over eight years, 0 for none."""
    certified: bool = False
    idle_years: float = 0.0
    """How long ago it was last used, where dates tell."""
    via: tuple[str, ...] = ()
    """Other skills that imply it."""
    via_used: int = 0
    """How many of these were used at work."""

    @property
    def counted_months(self) -> int:
        """The months that count for a level: those that are told, else a stand-in for use."""
        used = any(s.status == "used" and not s.study for s in self.sightings)
        return self.months or (_UNKNOWN if used else 0)

    def uses(self) -> list[Sighting]:
        """Return the sightings that show use, deepest first, one for each statement."""
        best: dict[int, Sighting] = {}
        for sighting in self.sightings:
            known = best.get(sighting.statement.start)
            if sighting.status == "used" and (known is None or known.depth < sighting.depth):
                best[sighting.statement.start] = sighting
        return sorted(best.values(), key=lambda s: (-s.depth, not s.number, s.start))


@dataclass(frozen=True, slots=True)
class Time:
    """When a skill was used, by the dates of the jobs in which it was."""

    months: int
    jobs: int
    idle_years: float
    title: float


def time_of(reading: Reading, sightings: Sequence[Sighting]) -> Time:
    """Return when a skill was used, by the jobs that its uses stand in."""
    uses = [s for s in sightings if s.status == "used"]
    jobs = _jobs(reading, uses)
    periods = [p.period for p in jobs if p.period]
    latest = max((p.period.after for p in reading.profile.positions if p.period), default=0)
    idle = (latest - max(period.after for period in periods)) / 12 if periods else 0.0
    titled = _jobs(reading, [s for s in uses if reading.in_heading(s.start)])
    months = merged_months([p.period for p in titled if p.period])
    title = max(_UNDATED, math.sqrt(min(months, LONG) / LONG)) if titled else 0.0
    lone = [s for s in uses if reading.position_at(s.start) is None and s.section != "education"]
    behind = max((reading.months_behind(s.statement) for s in lone), default=0)
    total = max(merged_months(periods), behind)
    return Time(total, len(jobs), round(max(0.0, idle), 1), title)


def _jobs(reading: Reading, sightings: Sequence[Sighting]) -> list[Position]:
    found = {p.start: p for s in sightings if (p := reading.position_at(s.start)) is not None}
    return list(found.values())
