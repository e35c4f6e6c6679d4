"""A resume, understood: `Document -> Profile`."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Collection, Iterator, Sequence
from datetime import date

from shortlist.extraction.bullets import bullets
from shortlist.extraction.contact import contact, contact_spans
from shortlist.extraction.dates import Period, merged_months, periods
from shortlist.extraction.education import education, highest_degree
from shortlist.extraction.entities import (
    Bullet,
    Named,
    Phrase,
    Position,
    Profile,
    Quote,
    Schooling,
    SectionKind,
    Skill,
)
from shortlist.extraction.lexicon import Lexicon
from shortlist.extraction.listed import certifications, languages, projects
from shortlist.extraction.matching import Hit, find
from shortlist.extraction.names import Words
from shortlist.extraction.positions import Block, blocks, is_aside
from shortlist.extraction.sections import SectionMap, sections
from shortlist.extraction.skills import Evidence, skills, statuses
from shortlist.extraction.tagged import (
    filled_contact,
    filled_positions,
    filled_schooling,
    inside,
    with_unknown,
)
from shortlist.extraction.tagger import Tagger
from shortlist.extraction.tags import Tag
from shortlist.extraction.tenure import NUMBER_WORDS
from shortlist.extraction.undated import undated_blocks, with_undated
from shortlist.records import Document

_LISTS: frozenset[SectionKind] = frozenset(("skills", "languages", "certifications", "summary"))
_NO_WORK: frozenset[SectionKind] = frozenset(
    (
        *("education", "projects", "certifications", "publications", "achievements"),
        *("references", "volunteer", "affiliations", "interests", "languages", "personal"),
    )
)
_STUDY = re.compile(
    r"\b(?:universit\w*|college|school|institute|degree|bachelor\w*|master['’]?s|ph\.?d|b\.?sc?\b"
    r"|m\.?sc\b|diploma|gpa"
    r"|student\b(?! (?:affairs|services))|studied|graduat\w+|major(?:ed)?\b|coursework|studium"
    r"|abitur)",
    re.IGNORECASE,
)
_YEARS = re.compile(r"\b(?:years?|yrs?)\b", re.IGNORECASE)
_BEFORE_YEARS = re.compile(
    rf"(?<![\d$.,/-])(?P<years>\d{{1,2}}(?:\.\d)?|{'|'.join(NUMBER_WORDS)})"
    r"\s*(?:\(\d{1,2}\)\s*)?\+?\s*(?:plus\s+|or\s+more\s+)?$",
    re.IGNORECASE,
)
_AFTER_YEARS = re.compile(
    r"['’]?\s*(?:\+\s*)?(?:of\s+|in\s+)?(?:[\w,&/'’-]+\s+){0,6}?(?:experience|expertise|exp\b)",
    re.IGNORECASE,
)
_EXPERIENCE_OF = re.compile(
    r"\bexperience\s*(?:of|:)\s*(?:over\s+|more\s+than\s+)?\d{1,2}\s*\+?\s*$", re.IGNORECASE
)
_MOST_CLAIMED = 50
_LONG_ENOUGH = 80
"""Characters of what is said of a job: shorter ones may be alike without being one."""
_NAMED = 0.5
"""How sure the name of an employer or a school must be for no skill to be read in it."""


def profile(
    document: Document,
    *,
    today: date | None = None,
    lexicon: Lexicon | None = None,
    asked: Collection[str] = (),
    tagger: Tagger | None = None,
) -> Profile:
    """Return what a resume says, each value with the span it came from.

    Text that the document's findings mark (hidden text, instructions) is not read.

    Args:
        document: the resume.
        today: what "present" means; by default the day on which this runs.
        lexicon: the skills to look for; by default the built-in ones.
        asked: the skills that a bullet's quality counts; by default any.
        tagger: a model that finds more; see `load_tagger`. The rules do without.
    """
    today = today or date.today()
    lexicon = lexicon or Lexicon.load()
    text = visible_text(document)
    tags = tagger(text) if tagger else ()
    found = sections(text)
    dated = periods(text, today)
    words = Words(text)
    who = filled_contact(text, contact(text, found), tags)
    hits = [hit for hit in _hits(words, lexicon, found, tags) if not _is_in(hit, who.name)]
    skill_hits = [hit for hit in hits if hit.form.entry.kind == "skill"]
    work = _work_periods(text, found, dated)
    positions = filled_positions(text, tuple(_positions(text, found, work, skill_hits)), tags)
    schooling = filled_schooling(text, education(text, found, today), tags)
    evidence = Evidence(words, found, positions, dated)
    every = skills(_said_of_the_person(hits, positions, schooling), evidence, lexicon)
    return Profile(
        id=document.id,
        contact=who,
        sections=found.sections,
        positions=positions,
        education=schooling,
        certifications=certifications(text, found, _certified(every, lexicon)),
        projects=projects(text, found),
        languages=languages(text, found, every),
        skills=tuple(skill for skill in every if skill.kind == "skill"),
        bullets=tuple(_bullets(text, found, positions, skill_hits, asked)),
        months=merged_months(work) or None,
        claimed_years=_claimed_years(text, found),
        degree=highest_degree(schooling),
        words=len(text.split()),
        phrases=_phrases(tags, evidence),
    )


def _phrases(tags: Sequence[Tag], evidence: Evidence) -> tuple[Phrase, ...]:
    """What a tagger takes for skills and knowledge, and how it is spoken of."""
    named = [tag for tag in tags if tag.kind in ("skill", "knowledge")]
    how = statuses([(tag.start, tag.end) for tag in named], evidence)
    quote = evidence.text
    return tuple(
        Phrase(Quote(quote[t.start : t.end], t.start, t.end, t.confidence), t.kind, status)
        for t, status in zip(named, how, strict=True)
    )


def visible_text(document: Document) -> str:
    """Return the text with spaces for what its findings mark; offsets stay as they are."""
    text = document.text
    for finding in document.findings:
        if finding.start is not None and finding.end is not None:
            blank = " " * (finding.end - finding.start)
            text = text[: finding.start] + blank + text[finding.end :]
    return text


def _hits(words: Words, lexicon: Lexicon, found: SectionMap, tags: Sequence[Tag]) -> list[Hit]:
    apart = contact_spans(words.text)
    trusted = inside(tags, "knowledge") if tags else None
    hits = find(words, lexicon, lambda offset: found.kind_at(offset) in _LISTS, trusted)
    return [
        hit
        for hit in with_unknown(words.text, hits, tags)
        if not any(start < hit.end and hit.start < end for start, end in apart)
        and not (hit.form.entry.kind == "language" and found.kind_at(hit.start) == "education")
    ]


def _certified(every: Sequence[Skill], lexicon: Lexicon) -> list[Skill]:
    """The certificates, and the skills that people prove by a certificate of that name."""
    return [
        skill for skill in every if skill.kind == "certification" or lexicon.certified(skill.name)
    ]


def _is_in(hit: Hit, name: Quote | None) -> bool:
    return name is not None and name.start <= hit.start < name.end


def _said_of_the_person(
    hits: Sequence[Hit], positions: Sequence[Position], schooling: Sequence[Schooling]
) -> list[Hit]:
    """The hits without those inside the names of employers and schools: "Contoso Retail"."""
    names = [position.employer for position in positions] + [entry.school for entry in schooling]
    spans = sorted((name.start, name.end) for name in names if name and name.confidence > _NAMED)
    starts = [start for start, _ in spans]
    kept = []
    for hit in hits:
        at = bisect_right(starts, hit.start) - 1
        if at < 0 or hit.end > spans[at][1]:
            kept.append(hit)
    return kept


def _positions(
    text: str, found: SectionMap, work: Sequence[Period], hits: Sequence[Hit]
) -> Iterator[Position]:
    starts = [hit.start for hit in hits]
    told: set[str] = set()
    for block in _blocks(text, found, work):
        whole = " ".join(text[block.start : block.end].split())
        if len(whole) > _LONG_ENOUGH and whole in told:
            continue  # the same job once more, as where a page was read twice
        told.add(whole)
        described = text[block.body : block.end].strip()
        start = text.index(described, block.body) if described else block.body
        inside = hits[bisect_left(starts, block.start) : bisect_left(starts, block.end)]
        names = dict.fromkeys(hit.name for hit in inside if not _is_in(hit, block.employer))
        sure = [quote.confidence for quote in (block.title, block.employer) if quote]
        yield Position(
            block.start,
            block.end,
            block.title,
            block.employer,
            block.period,
            Quote(described, start, start + len(described), 0.8) if described else None,
            tuple(names),
            round(sum(sure) / 2, 2),
        )


def _blocks(text: str, found: SectionMap, work: Sequence[Period]) -> Iterator[Block]:
    jobs = found.of("experience")
    if not jobs:
        yield from blocks(text, 0, len(text), work)
    for section in jobs:
        inside = [period for period in work if section.start <= period.start < section.end]
        dated = blocks(text, section.start, section.end, inside)
        if dated:
            yield from with_undated(text, section.start, dated)
        else:
            yield from undated_blocks(text, section.start, section.end)


def _work_periods(text: str, found: SectionMap, dated: Sequence[Period]) -> list[Period]:
    """The periods in the sections on work, or, without such, those that tell of no study."""
    told = [period for period in dated if not is_aside(text, period)]
    if found.of("experience"):
        return [p for p in told if found.kind_at(p.start) == "experience"]
    return [p for p in told if found.kind_at(p.start) not in _NO_WORK and not _is_study(text, p)]


def _is_study(text: str, period: Period) -> bool:
    """Whether a period stands beside a word of study, in its line or its sentence."""
    start = max(text.rfind("\n", 0, period.start) + 1, period.start - 90)
    start = max(
        start, text.rfind(". ", start, period.start) + 1, text.rfind("; ", start, period.start) + 1
    )
    end = text.find("\n", period.end)
    end = min(len(text) if end < 0 else end, period.end + 60)
    cut = re.compile(r"[.;,]\s").search(text, period.end, end)
    return _STUDY.search(text, start, cut.start() if cut else end) is not None


def _claimed_years(text: str, found: SectionMap) -> float | None:
    """The most years of experience that are claimed outside the description of a job."""
    claims = []
    for word in _YEARS.finditer(text):
        number = _BEFORE_YEARS.search(text, max(0, word.start() - 24), word.start())
        if not number or found.kind_at(word.start()) in ("experience", "education"):
            continue
        of_experience = _AFTER_YEARS.match(text, word.end(), word.end() + 90)
        if of_experience or _EXPERIENCE_OF.search(text, max(0, word.start() - 50), word.start()):
            claims.append(_number(number["years"]))
    return max((claim for claim in claims if claim <= _MOST_CLAIMED), default=None)


def _number(written: str) -> float:
    word = written.lower()
    return float(NUMBER_WORDS[word]) if word in NUMBER_WORDS else float(word)


def _bullets(
    text: str,
    found: SectionMap,
    positions: Sequence[Position],
    hits: Sequence[Hit],
    asked: Collection[str],
) -> Iterator[Bullet]:
    described = [p.description for p in positions if p.description]
    spans = [(quote.start, quote.end) for quote in described]
    if not spans:
        spans = [(section.start, section.end) for section in found.of("experience", "projects")]
    for start, end in spans:
        yield from bullets(text, start, end, hits, asked)


__all__ = ["Named", "Skill", "profile", "visible_text"]
