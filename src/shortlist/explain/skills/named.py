"""Evidence of skills that resumes name: where they are named, and what was done there."""

import math
import re
from collections.abc import Iterable, Iterator, Sequence

from shortlist.explain.skills.facts import LONG, Facts, Sighting, time_of
from shortlist.explain.skills.mentions import other_mentions
from shortlist.explain.skills.reading import Reading
from shortlist.explain.skills.remarks import is_modest, remark
from shortlist.explain.skills.stances import stance
from shortlist.explain.skills.statements import (
    OWN,
    WEAK,
    act,
    claim,
    is_bare,
    is_labelled,
    is_list,
    qualifies,
    tells,
)
from shortlist.extraction.entities import SectionKind, Skill, SkillStatus
from shortlist.extraction.tenure import years_said
from shortlist.records import Span, Standing

_AT_WORK = frozenset(("experience", "projects", "volunteer", "achievements", "publications"))
_NO_USE = frozenset(("interests", "references", "personal"))
_UNNAMED = frozenset(("other", "publications"))
_TELLING_WORDS = 6
_SOUGHT = re.compile(
    r"\b(?:seek\w*|looking\s+for|objective|wanted|position\s+as|career\s+in)\b", re.I
)
_SEEKS = re.compile(
    r"\W*(?:(?:now|currently)\s+)?(?:looking\s+for|seeking|in\s+search\s+of)\b", re.I
)
_SINCE = re.compile(r"\b(?:since|seit|depuis|desde)\b", re.IGNORECASE)
_HELD = ("used", "listed")
_LESS = 0.5
"""What a statement about a skill is less deep for another that it implies."""


def named(reading: Reading, skill: str, written: str = "", extra: Sequence[Sighting] = ()) -> Facts:
    """Return what a resume says of a skill that it would name.

    Args:
        reading: the resume.
        skill: its name in the reading's lexicon.
        written: how it was asked for, where that differs.
        extra: places that show it without naming it.
    """
    found = _found(reading, skill)
    sightings = tuple(_sightings(reading, skill, found, written or skill))
    told = {s.statement.start for s in sightings if s.status == "used"}
    sightings += tuple(s for s in extra if s.statement.start not in told)
    via = implying(reading, skill)
    standing = _standing([s.status for s in sightings], via)
    if standing == "implied":
        implied = _implied(reading, via, sightings)
        if any(s.status == "implied" for s in implied.sightings):
            return implied
        standing = _standing([s.status for s in sightings], ())
    if standing in _HELD and via:
        sightings += tuple(_through(reading, via, {s.statement.start for s in sightings}))
        standing = _standing([s.status for s in sightings], via)
    time = time_of(reading, sightings)
    claimed = max((_claimed_months(reading, s) for s in sightings if s.status in _HELD), default=0)
    return Facts(
        standing,
        sightings,
        months=max(time.months, claimed, (found.months or 0) if found else 0),
        jobs=time.jobs,
        title=max(time.title, math.sqrt(min(claimed, LONG) / LONG)),
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


def _found(reading: Reading, skill: str) -> Skill | None:
    known = (s for s in reading.profile.skills if s.name == skill and s.status != "implied")
    return next(known, None)


def _standing(statuses: Sequence[Standing], via: Sequence[Skill]) -> Standing:
    for status in ("used", "listed", "negated"):
        if status in statuses:
            return status
    if via:
        return "implied"
    return "desired" if "desired" in statuses else "none"


def _sightings(
    reading: Reading, skill: str, found: Skill | None, written: str = ""
) -> Iterator[Sighting]:
    known = [(m.start, m.end, m.status) for m in found.mentions] if found else []
    known += _certificates(reading, skill, known)
    spans = [(start, end) for start, end, _ in known]
    known += [
        (start, end, "listed") for start, end in other_mentions(reading, skill, written, spans)
    ]
    for start, end, status in known:
        yield _sighting(reading, start, end, status)


def _sighting(reading: Reading, start: int, end: int, given: SkillStatus) -> Sighting:
    statement = reading.statement(start, end)
    text = reading.text[statement.start : statement.end]
    at = start - statement.start
    section = reading.section_at(start)
    heading = reading.in_heading(start)
    at_work = reading.position_at(start) is not None or section in _AT_WORK
    at_work = at_work or (section in _UNNAMED and not is_list(text))
    done = act(text, at, at_work=at_work)
    status: Standing = given
    said_well = claim(reading.text, statement.start, start, end)
    noted = None if heading else remark(_to_line_end(reading, statement), at, at + end - start)
    if given in _HELD:
        said = None if heading else stance(text, at, at + end - start)
        used = heading or _is_used(reading, section, text, at_work=at_work)
        used = used and not (said_well < 0 and not (at_work and tells(text)))
        status = said or ("used" if used else "listed")
    if status == "negated" and is_modest(text, at):
        status, noted = "used", "little"
    elif noted in ("negated", "desired") and status in _HELD:
        status = noted
    elif noted == "others" and status == "used":
        status = "listed"
    if noted in ("others", "little"):
        said_well = -1.0
    if status == "listed" and qualifies(text):
        section = "certifications"
    study = not heading and (done.study or section == "education")
    depth = OWN if heading else min(done.depth, WEAK) if study or noted else done.depth
    return Sighting(
        start,
        end,
        statement,
        status,
        depth,
        section,
        done.number and not heading,
        done.result and not heading,
        study,
        said_well,
    )


def _to_line_end(reading: Reading, statement: Span) -> str:
    """A statement with what follows it in its line, where a semicolon cut it off."""
    last = reading.text.find("\n", statement.end)
    cut = reading.text[statement.start : statement.end].endswith(";")
    end = (last if last >= 0 else len(reading.text)) if cut else statement.end
    return reading.text[statement.start : end]


def _is_used(reading: Reading, section: SectionKind, text: str, *, at_work: bool) -> bool:
    """Whether a statement tells of use: by where it stands, else by what it says."""
    if section in _NO_USE or _is_enumeration(text):
        return False
    if section in ("certifications", "languages") or qualifies(text):
        return False
    if at_work or section == "education":
        return True
    told = section in _UNNAMED or (section == "header" and not reading.has_jobs)
    if told and not is_list(text) and len(text.split()) >= _TELLING_WORDS:
        return _SOUGHT.search(text) is None
    return tells(text, in_list=section == "skills")


def _is_enumeration(text: str) -> bool:
    """Whether a statement only lists or seeks, wherever it stands; the tools of a job are used."""
    if _SEEKS.match(text):
        return True
    return (is_labelled(text) or is_bare(text)) and not _is_stack(text)


def _is_stack(text: str) -> bool:
    """Whether a labelled list is that of a job's tools, rather than of a person's skills."""
    label = text.lstrip("•-*· \t")[:12].lower()
    return label.startswith(("environment", "technolog", "tools used", "tech stack", "stack"))


def _certificates(
    reading: Reading, skill: str, known: Iterable[tuple[int, int, SkillStatus]]
) -> list[tuple[int, int, SkillStatus]]:
    """Certificates whose name is the skill's or holds it."""
    found: list[tuple[int, int, SkillStatus]] = []
    for certificate in reading.profile.certifications:
        quote = certificate.quote
        overlaps = any(a < quote.end and quote.start < b for a, b, _ in known)
        match = re.search(rf"(?<!\w){re.escape(skill)}(?!\w)", quote.text, re.IGNORECASE)
        if match and not overlaps:
            start = quote.start + match.start()
            found.append((start, quote.start + match.end(), "listed"))
        elif certificate.name == skill and not overlaps:
            found.append((quote.start, quote.end, "listed"))
    return found


def _claimed_months(reading: Reading, sighting: Sighting) -> int:
    """The years that a statement outside the jobs gives: "12 years in the trade"."""
    if reading.position_at(sighting.start) is not None or sighting.section == "education":
        return 0
    text = reading.text[sighting.statement.start : sighting.statement.end]
    years = years_said(text) or 0.0
    since = _SINCE.search(text) if sighting.status == "used" else None
    if not years and since:
        at = sighting.start - sighting.statement.start
        apart = text[min(at, since.end()) : max(at, since.start())]
        return 0 if "," in apart or ";" in apart else reading.months_behind(sighting.statement)
    return round(12 * years) if years <= 50 and not is_labelled(text) else 0


def _through(reading: Reading, via: Sequence[Skill], known: set[int]) -> Iterator[Sighting]:
    """Uses of skills that imply one which is named elsewhere: they show it too."""
    for skill in via:
        if skill.status != "used":
            continue
        for s in _sightings(reading, skill.name, skill):
            if s.status == "used" and s.statement.start not in known and s.depth >= 1:
                known.add(s.statement.start)
                yield _as(s, "used", s.depth - _LESS)


def _implied(reading: Reading, via: Sequence[Skill], own: tuple[Sighting, ...]) -> Facts:
    used = [skill for skill in via if skill.status == "used"]
    best = (used or list(via))[:3]
    sightings = [
        _as(s, "implied", s.depth)
        for skill in best
        for s in _sightings(reading, skill.name, skill)
        if s.status == ("used" if used else "listed")
    ]
    time = time_of(reading, [_as(s, "used", s.depth) for s in sightings] if used else [])
    return Facts(
        "implied",
        (*sightings, *own),
        months=time.months,
        jobs=time.jobs,
        title=0.0,
        via=tuple(skill.name for skill in best),
        via_used=len(used),
    )


def _as(s: Sighting, status: Standing, depth: float) -> Sighting:
    return Sighting(
        s.start, s.end, s.statement, status, depth, s.section, s.number, s.result, s.study
    )
