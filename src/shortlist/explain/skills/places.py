"""The statements of a resume that may speak of a skill, as a trained reader gets them.

A reader sees four texts side by side: the skill; what rules see in the statement, and where it
stands; the words before it; the statement itself.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from shortlist.explain.skills.facts import Facts
from shortlist.explain.skills.mentions import other_mentions
from shortlist.explain.skills.reading import Reading
from shortlist.explain.skills.rubrics import SkillRule
from shortlist.extraction.entities import Position
from shortlist.records import MaskedText, Span

LONGEST = 400
"""The characters of a statement that are read at once; a longer one is read piece by piece."""
_BEFORE = 80
_LONGEST_NAME = 60
_MOST_SEEN = 2
_LASTING = 24
"""The months from which a time is told in years."""
_DEPTHS = ("zero", "one", "two", "three")


@dataclass(frozen=True, slots=True)
class Place:
    """A statement, or a piece of a long one, in offsets of the masked text."""

    start: int
    end: int
    named: bool
    """The skill is named there."""
    seen: tuple[str, ...]
    """What rules see of the skill there: `used two`, `listed zero`."""
    months: int
    """The months of the job that it stands in, or those that stand behind it."""
    job: Position | None


def places(
    reading: Reading, rule: SkillRule, skill: str, written: str, facts: Facts
) -> list[Place]:
    """Return where a resume may speak of a skill: all its statements, in order.

    Args:
        reading: the resume.
        rule: the skill's rule.
        skill: its name in the reading's lexicon.
        written: how it was asked for.
        facts: what the rules find of it.
    """
    named = {_ends(reading.statement(*span)) for span in _named(reading, rule, skill, written)}
    seen: dict[tuple[int, int], list[str]] = {}
    for sighting in facts.sightings:
        depth = _DEPTHS[min(3, round(sighting.depth))]
        seen.setdefault(_ends(sighting.statement), []).append(f"{sighting.status} {depth}")
    spans = sorted({*map(_ends, reading.passages), *named, *seen})
    return [
        Place(
            *piece,
            named=span in named,
            seen=tuple(seen.get(span, ())[:_MOST_SEEN]),
            months=_months(reading, *span),
            job=reading.position_at(span[0]),
        )
        for span in spans
        for piece in _pieces(reading.text, *span)
    ]


def texts(reading: Reading, rule: SkillRule, written: str, place: Place) -> tuple[MaskedText, ...]:
    """Return the four texts that a reader sees of a place."""
    nothing = reading.masked.part(0, 0)
    before = reading.text[: place.start].rstrip()
    first = max(before.rfind("\n\n") + 1, len(before) - _BEFORE, 0)
    return (
        nothing.between(written[:_LONGEST_NAME]),
        _setting(reading, rule, place),
        reading.masked.part(first, len(before)),
        reading.masked.part(place.start, place.end),
    )


def _setting(reading: Reading, rule: SkillRule, place: Place) -> MaskedText:
    """What rules see in a place, and where it stands: "technical, named used two; experience, "."""
    seen = " ".join((*(["named"] if place.named else []), *place.seen)) or "no"
    section = reading.section_at(place.start)
    title = place.job.title if place.job else None
    years = place.months // 12
    time = f"{years} years" if place.months >= _LASTING else f"{place.months} months"
    return reading.masked.part(*((title.start, title.end) if title else (0, 0))).between(
        f"{rule.rubric.name}, {seen}; {'' if section == 'other' else section}, ",
        f", {time}" if place.months else "",
    )


def _named(
    reading: Reading, rule: SkillRule, skill: str, written: str
) -> Iterator[tuple[int, int]]:
    """Yield where a skill is named; one that is shown by acts is asked for by its name alone."""
    found = next((s for s in reading.profile.skills if s.name == skill), None)
    known = (
        [(m.start, m.end) for m in found.mentions] if found and found.status != "implied" else []
    )
    yield from known
    if rule.rubric.kind != "shown":
        yield from other_mentions(reading, skill, written.casefold(), known)


def _months(reading: Reading, start: int, end: int) -> int:
    job = reading.position_at(start)
    if job is not None:
        return job.period.months if job.period else 0
    return reading.months_behind(reading.statement(start, end))


def _pieces(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield a statement in pieces of at most `LONGEST` characters, cut between words."""
    while end - start > LONGEST:
        cut = text.rfind(" ", start, start + LONGEST)
        cut = cut if cut > start else start + LONGEST
        yield start, cut
        start = cut
    yield start, end


def _ends(span: Span) -> tuple[int, int]:
    return span.start, span.end
