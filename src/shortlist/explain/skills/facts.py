"""What a resume holds about a skill, whatever kind of skill it is."""

from collections.abc import Sequence
from dataclasses import dataclass

from shortlist.explain.skills.reading import Reading
from shortlist.extraction.dates import merged_months
from shortlist.extraction.entities import SectionKind
from shortlist.records import Span, Standing


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


@dataclass(frozen=True, slots=True)
class Facts:
    """All that speaks of a skill. `months` is the time over which it was used, where dates tell."""

    standing: Standing
    sightings: tuple[Sighting, ...]
    months: int = 0
    jobs: int = 0
    """In how many jobs it was used."""
    title: bool = False
    """Whether a job title names it."""
    certified: bool = False
    idle_years: float = 0.0
    """How long ago it was last used, where dates tell."""
    via: tuple[str, ...] = ()
    """Other skills that imply it."""
    via_used: int = 0
    """How many of these were used at work."""

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


def time_of(reading: Reading, sightings: Sequence[Sighting]) -> Time:
    """Return when a skill was used, by the jobs that its uses stand in."""
    jobs = {
        p.start: p
        for s in sightings
        if s.status == "used" and (p := reading.position_at(s.start)) is not None
    }
    periods = [p.period for p in jobs.values() if p.period]
    idle = 0.0
    if periods:
        now = 12 * reading.as_of.year + reading.as_of.month - 1
        idle = max(0.0, (now - max(period.after for period in periods)) / 12)
    return Time(merged_months(periods), len(jobs), round(idle, 1))
