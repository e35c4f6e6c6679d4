"""A job post, understood: `Document -> Posting`."""

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence

from shortlist.extraction.asked import degree_asked, is_boast, least_years, years_asked
from shortlist.extraction.bullets import is_action
from shortlist.extraction.context import Scopes
from shortlist.extraction.entities import (
    Asked,
    AskedKind,
    Mention,
    Named,
    Phrase,
    Posting,
    Quote,
    Skill,
)
from shortlist.extraction.job_wording import SEEKS
from shortlist.extraction.lexicon import Lexicon
from shortlist.extraction.listed import language_level
from shortlist.extraction.matching import Hit, find
from shortlist.extraction.names import Words
from shortlist.extraction.requirements import requirements, title
from shortlist.extraction.resume import visible_text
from shortlist.extraction.sentences import lines, sentences
from shortlist.extraction.tagged import inside, with_unknown
from shortlist.extraction.tagger import Tagger
from shortlist.extraction.tags import Tag
from shortlist.extraction.terms import location, pay, work_mode
from shortlist.extraction.titles import announced, sought, title_score
from shortlist.records import Document, Requirement, Span

_KINDS: tuple[AskedKind, ...] = ("must", "nice", "implied")
_SURE = 1.0
"""The weight of a requirement that stands under a heading or with a word that asks for it."""
_HEADING = 60
_HIRING = re.compile(
    r"\b(?:we(?:['’]re|\s+are)|is|are|now|currently|actively|also)\s+(?:hiring|recruiting)\b"
    r"|\bhiring(?=\s+(?:area|range|manager|process|event|bonus|location|company|salary|team|immediately))",
    re.IGNORECASE,
)
"""What announces the post; it asks for no skill in recruitment."""
_HIRING_BEFORE = 24


def posting(
    document: Document, *, lexicon: Lexicon | None = None, tagger: Tagger | None = None
) -> Posting:
    """Return what a job post says, each value with the span it came from.

    What the work involves is `implied`: it is asked of nobody outright. What is said of the
    employer, of procedure, law and benefits is left out, wherever it stands.

    Args:
        document: the job post.
        lexicon: the skills to look for; by default the built-in ones.
        tagger: a model that finds more; see `load_tagger`. The rules do without.
    """
    lexicon = lexicon or Lexicon.load()
    text = visible_text(document)
    tags = tagger(text) if tagger else ()
    name = title(text)
    stated = tuple(r for r in requirements(text) if not is_boast(r.text))
    asked = tuple(_asked(requirement) for requirement in stated)
    every = _skills(text, asked, lexicon, tags)
    skills = [skill for skill in every if skill.kind == "skill"]
    experience = years_asked(text, asked)
    called = _title(text, name)
    return Posting(
        id=document.id,
        title=called,
        requirements=_without_title(asked, name, called),
        years=least_years(experience),
        experience=experience,
        degree=degree_asked(text, asked),
        certifications=tuple(_certifications(every, lexicon)),
        languages=tuple(_languages(text, every)),
        responsibilities=tuple(_duties(asked)),
        must=_names(skills, asked, "must"),
        nice=_names(skills, asked, "nice"),
        implied=_names(skills, asked, "implied"),
        skills=tuple(skills),
        location=location(text),
        work_mode=work_mode(text),
        pay=pay(text),
        boilerplate=tuple(_boilerplate(text, stated)),
        phrases=tuple(_phrases(text, asked, tags)),
    )


def _title(text: str, name: Span | None) -> Quote | None:
    """The line that names the job, where it reads like a title; else whom the job looks for."""
    line = announced(text, name.start, name.end) if name else None
    if line and title_score(line.text) > 1:
        return line
    return sought(text) or line


def _without_title(
    asked: Sequence[Asked], name: Span | None, called: Quote | None
) -> tuple[Asked, ...]:
    """What is asked for, without the line that names the job; all of it where that is all."""
    named = {place.start for place in (name, called) if place}
    rest = tuple(a for a in asked if a.start not in named)
    return rest or (() if called else tuple(asked))


def _phrases(text: str, asked: Sequence[Asked], tags: Sequence[Tag]) -> Iterator[Phrase]:
    """What a tagger takes for skills and knowledge in what is asked for."""
    starts = [requirement.start for requirement in asked]
    for tag in tags:
        place = _at(asked, starts, tag.start)
        if place and tag.kind in ("skill", "knowledge"):
            quote = Quote(text[tag.start : tag.end], tag.start, tag.end, tag.confidence)
            yield Phrase(quote, tag.kind, place.kind)


def _asked(requirement: Requirement) -> Asked:
    kind: AskedKind = requirement.kind
    if kind == "must" and requirement.weight < _SURE and not _asks(requirement.text):
        kind = "implied"
    return Asked(requirement.text, requirement.start, requirement.end, kind)


def _asks(statement: str) -> bool:
    """Whether a statement asks for something, rather than telling what is done."""
    first = statement.split(maxsplit=1)[0].lower().strip(",.:") if statement else ""
    return SEEKS.search(statement) is not None and not is_action(first)


def _skills(
    text: str, asked: Sequence[Asked], lexicon: Lexicon, tags: Sequence[Tag]
) -> list[Skill]:
    words = Words(text)
    scopes = Scopes(words)
    starts = [requirement.start for requirement in asked]
    found: dict[str, list[Hit]] = {}
    trusted = inside(tags, "knowledge") if tags else None
    hits = find(words, lexicon, lambda offset: _at(asked, starts, offset) is not None, trusted)
    for hit in with_unknown(text, hits, tags):
        wanted = scopes.stance(hit.start, hit.end) != "negated"
        announced = text[hit.start : hit.end].lower() in (
            "hiring",
            "recruiting",
        ) and _HIRING.search(text[max(0, hit.start - _HIRING_BEFORE) : hit.end + _HIRING_BEFORE])
        if wanted and not announced and _at(asked, starts, hit.start):
            found.setdefault(hit.name, []).append(hit)
    return [_skill(text, hits) for hits in sorted(found.values(), key=len, reverse=True)]


def _at(asked: Sequence[Asked], starts: Sequence[int], offset: int) -> Asked | None:
    at = bisect_right(starts, offset) - 1
    return asked[at] if at >= 0 and offset < asked[at].end else None


def _skill(text: str, hits: Sequence[Hit]) -> Skill:
    entry = hits[0].form.entry
    mentions = tuple(Mention(text[h.start : h.end], h.start, h.end, "listed") for h in hits)
    confidence = 0.9 if any(not hit.form.ambiguous for hit in hits) else 0.75
    return Skill(entry.name, entry.field, entry.kind, "listed", None, mentions, confidence)


def _names(skills: Iterable[Skill], asked: Sequence[Asked], kind: AskedKind) -> tuple[str, ...]:
    """The skills whose strongest mention is of this kind."""
    starts = [requirement.start for requirement in asked]
    names = []
    for skill in skills:
        places = [_at(asked, starts, mention.start) for mention in skill.mentions]
        kinds = [place.kind for place in places if place]
        if min(kinds, key=_KINDS.index) == kind:
            names.append(skill.name)
    return tuple(names)


def _certifications(skills: Iterable[Skill], lexicon: Lexicon) -> Iterator[Named]:
    for skill in skills:
        if skill.kind == "certification" or lexicon.certified(skill.name):
            first = skill.mentions[0]
            yield Named(skill.name, Quote(first.text, first.start, first.end, skill.confidence))


def _duties(asked: Iterable[Asked]) -> Iterator[Quote]:
    for requirement in asked:
        if requirement.kind == "implied":
            yield Quote(requirement.text, requirement.start, requirement.end, 0.7)


def _languages(text: str, skills: Iterable[Skill]) -> Iterator[Named]:
    for skill in skills:
        if skill.kind == "language":
            first = skill.mentions[0]
            quote = Quote(first.text, first.start, first.end, skill.confidence)
            yield Named(skill.name, quote, language_level(text, quote))


def _boilerplate(text: str, stated: Sequence[Requirement]) -> Iterator[Span]:
    """The runs of sentences of which no requirement was taken; a heading alone is none."""
    ends = sorted((requirement.start, requirement.end) for requirement in stated)
    starts = [start for start, _ in ends]
    said = {_plain(requirement.text) for requirement in stated}
    runs: list[Span] = []
    open_run = False
    for start, end in (
        span for line in lines(text) for span in sentences(text, line.start, line.end)
    ):
        at = bisect_right(starts, end - 1) - 1
        taken = at >= 0 and ends[at][1] > start
        if taken or _plain(text[start:end]) in said:
            open_run = False
        elif open_run:
            runs[-1] = Span(runs[-1].start, end, "boilerplate")
        else:
            runs.append(Span(start, end, "boilerplate"))
            open_run = True
    return (run for run in runs if run.end - run.start > _HEADING or text[run.end - 1] in ".!")


def _plain(text: str) -> str:
    return " ".join(text.lower().split()).strip(" .;:")
