"""Evidence of skills that resumes name: where they are named, and what was done there."""

from collections.abc import Iterator, Sequence

from shortlist.explain.skills.facts import Facts, Sighting, time_of
from shortlist.explain.skills.reading import Reading
from shortlist.explain.skills.statements import act, claim
from shortlist.extraction.entities import Mention, Skill
from shortlist.records import Span, Standing

_STUDY_SECTIONS = frozenset(("education",))
_NO_USE = frozenset(("interests", "references", "personal"))
_HELD = ("used", "listed")


def named(reading: Reading, skill: str) -> Facts:
    """Return what a resume says of a skill that it would name.

    Args:
        reading: the resume.
        skill: its name in the reading's lexicon.
    """
    profile = reading.profile
    found = next((s for s in profile.skills if s.name == skill and s.status != "implied"), None)
    sightings = tuple(_sightings(reading, found.mentions if found else ()))
    sightings += tuple(_certificates(reading, skill))
    via = implying(reading, skill)
    standing = _standing([s.status for s in sightings], via)
    if standing == "implied":
        return _implied(reading, via, sightings)
    time = time_of(reading, sightings)
    titles = [p.title for p in profile.positions if p.title]
    return Facts(
        standing,
        sightings,
        months=max(time.months, (found.months or 0) if found else 0),
        jobs=time.jobs,
        title=any(t.start <= s.start < t.end for t in titles for s in sightings),
        certified=any(s.section == "certifications" for s in sightings),
        idle_years=time.idle_years,
        via=tuple(s.name for s in via),
        via_used=sum(s.status == "used" for s in via),
    )


def implying(reading: Reading, skill: str) -> list[Skill]:
    """Return the skills of a resume that imply another, those used longest first."""
    if skill not in reading.lexicon.entries:
        return []
    held = [s for s in reading.profile.skills if s.status in _HELD]
    return [s for s in held if skill in reading.lexicon.implied(s.name)]


def _standing(statuses: Sequence[Standing], via: Sequence[Skill]) -> Standing:
    for status in ("used", "listed", "negated"):
        if status in statuses:
            return status
    if via:
        return "implied"
    return "desired" if "desired" in statuses else "none"


def _sightings(reading: Reading, mentions: Sequence[Mention]) -> Iterator[Sighting]:
    for mention in mentions:
        statement = reading.statement(mention.start, mention.end)
        text = reading.text[statement.start : statement.end]
        section = reading.section_at(mention.start)
        done = act(text, mention.start - statement.start)
        study = done.study or section in _STUDY_SECTIONS
        listed = section in _NO_USE or mention.status == "listed"
        status: Standing = mention.status
        if status == "used" and listed:
            status = "listed"
        if section in _STUDY_SECTIONS and status in _HELD:
            status = "used"
        yield Sighting(
            mention.start,
            mention.end,
            statement,
            status,
            min(done.depth, 1.0) if study else done.depth,
            section,
            done.number,
            done.result,
            study,
            claim(reading.text, statement.start, mention.start, mention.end),
        )


def _certificates(reading: Reading, skill: str) -> Iterator[Sighting]:
    """Certificates whose name is the skill's or holds it."""
    wanted = f" {skill} "
    for certificate in reading.profile.certifications:
        quote = certificate.quote
        names = f" {certificate.name.lower()} {quote.text.lower()} "
        if wanted in names.replace(",", " ").replace("(", " ").replace(")", " "):
            statement = Span(quote.start, quote.end, "certifications")
            yield Sighting(quote.start, quote.end, statement, "listed", 1.0, "certifications")


def _implied(reading: Reading, via: Sequence[Skill], own: tuple[Sighting, ...]) -> Facts:
    best = [s for s in via if s.status == "used"] or list(via)
    sightings = [
        Sighting(s.start, s.end, s.statement, "implied", s.depth, s.section, s.number, s.result)
        for skill in best[:3]
        for s in _sightings(reading, skill.mentions)
        if s.status in _HELD
    ]
    used = [skill for skill in via if skill.status == "used"]
    return Facts(
        "implied",
        (*sightings, *own),
        months=max((skill.months or 0 for skill in used), default=0),
        via=tuple(skill.name for skill in best[:3]),
        via_used=len(used),
    )
