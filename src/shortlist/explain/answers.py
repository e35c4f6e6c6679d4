"""How a resume answers each requirement and each keyword of a job."""

from collections.abc import Iterator

from shortlist.explain.explanation import (
    NOT_FOUND,
    WORD_ALONE,
    Answer,
    Keyword,
    SkillAnswer,
    Status,
)
from shortlist.explain.reading import Pair
from shortlist.extraction.entities import Asked, Mention, Named, Skill
from shortlist.extraction.tenure import years_said
from shortlist.records import Assessment, Evidence
from shortlist.scorers.applicant import DIRECT
from shortlist.scorers.hybrid import credit, found
from shortlist.scorers.vacancy import PRIORITY, Wish

_HELD = ("used", "listed")


def answers(pair: Pair) -> tuple[Answer, ...]:
    """Return the requirements of the job in its order, each with its answer."""
    return tuple(_answer(pair, asked) for asked in pair.posting.requirements)


def keywords(pair: Pair) -> tuple[Keyword, ...]:
    """Return the keywords of the job, those that count most first, with counts and density."""
    every = [_keyword(pair, wish) for wish in pair.wishes]
    return tuple(sorted(every, key=lambda keyword: -keyword.weight))


def skill_answer(pair: Pair, wish: Wish) -> SkillAnswer:
    """Return how the resume answers a wish for something that the lexicon knows."""
    credits = pair.one.credits
    best = max(wish.names, key=lambda name: credits.get(name, -1.0))
    skill = next((s for s in pair.profile.skills if s.name == best), None)
    held = credits.get(best, 0.0)
    counted = credit(wish, pair.one)
    if held < counted:
        alone = counted < DIRECT
        how: tuple[Status, str] = ("partly", WORD_ALONE) if alone else ("matched", "listed")
        return SkillAnswer(wish.names, *how, None, _written(pair, wish))
    status: Status = "matched" if held >= DIRECT else "implied" if held > 0 else "missing"
    if skill is None:
        evidence = _named(pair, best)
        return SkillAnswer(wish.names, status, "listed" if evidence else NOT_FOUND, None, evidence)
    evidence = pair.quotes((m.start, m.end) for m in _telling(skill))
    return SkillAnswer(wish.names, status, skill.status, skill.months, evidence, skill.via)


def _written(pair: Pair, wish: Wish) -> tuple[Evidence, ...]:
    """Return where a name stands as the job writes it."""
    spans = (span for spans in pair.said.places.values() for span in spans)
    text = pair.masked.text
    return pair.quotes((s.start, s.end) for s in spans if text[s.start : s.end] in wish.written)


def _telling(skill: Skill) -> list[Mention]:
    """Return the mentions that a skill's status rests on."""
    told = [mention for mention in skill.mentions if mention.status == skill.status]
    if skill.status in _HELD:
        told = [mention for mention in skill.mentions if mention.status in _HELD]
    return told or list(skill.mentions)


def _named(pair: Pair, name: str) -> tuple[Evidence, ...]:
    things: tuple[Named, ...] = (*pair.profile.certifications, *pair.profile.languages)
    spans = [(t.quote.start, t.quote.end) for t in things if t.name == name]
    return pair.quotes(spans)


def _answer(pair: Pair, asked: Asked) -> Answer:
    start, end = pair.masked_job.original_span(asked.start, asked.end)
    assessed = pair.assessed.get((start, end))
    skills = tuple(skill_answer(pair, wish) for wish in _inside(pair, asked))
    status = _status(skills, assessed, timed=years_said(asked.text) is not None)
    return Answer(
        text=asked.text,
        start=start,
        end=end,
        kind=asked.kind,
        status=status,
        similarity=assessed.similarity if assessed else None,
        skills=skills,
        evidence=tuple(_shown(skills, assessed, status)),
    )


def _inside(pair: Pair, asked: Asked) -> Iterator[Wish]:
    for wish in pair.wishes:
        if wish.known and any(asked.start <= place.start < asked.end for place in wish.places):
            yield wish


def _status(skills: tuple[SkillAnswer, ...], assessed: Assessment | None, *, timed: bool) -> Status:
    """Return what the skills of a requirement and the model's reading come to together.

    Skills that are named decide; where the requirement asks for years, the model's reading must
    agree. A requirement that names no skill of the lexicon is as the model reads it.
    """
    read: Status = "missing"
    if assessed and assessed.status != "missing":
        read = "matched" if assessed.status == "met" else "partly"
    if not skills:
        return read
    said = {answer.status for answer in skills}
    if said == {"partly"}:
        return "matched" if read == "matched" else "partly"
    if said == {"matched"}:
        return "partly" if timed and read != "matched" else "matched"
    if said == {"missing"}:
        denied = any(answer.said in ("negated", "desired") for answer in skills)
        return "missing" if denied or read == "missing" else "partly"
    return "implied" if said <= {"implied", "missing"} else "partly"


def _shown(
    skills: tuple[SkillAnswer, ...], assessed: Assessment | None, status: Status
) -> Iterator[Evidence]:
    """Yield the passage that answers, else the first place of each skill; nothing if missing."""
    if status != "missing" and assessed and assessed.evidence:
        yield assessed.evidence
    elif status != "missing":
        for answer in skills:
            yield from answer.evidence[:1]


def _keyword(pair: Pair, wish: Wish) -> Keyword:
    if not found(wish, pair.one):
        evidence: tuple[Evidence, ...] = ()
    elif wish.known:
        skills = [s for s in pair.profile.skills if s.name in wish.names and s.status in _HELD]
        spans = [(m.start, m.end) for s in skills for m in s.mentions if m.status in _HELD]
        evidence = pair.quotes(spans) or tuple(e for n in wish.names for e in _named(pair, n))
        evidence = evidence or _written(pair, wish)
    else:
        places = [span for name in wish.names for span in pair.said.places.get(name, ())]
        evidence = pair.quotes((span.start, span.end) for span in places)
    density = 100 * len(evidence) / pair.said.total if pair.said.total else 0.0
    return Keyword(
        wish.names,
        wish.kind,
        round(wish.weight * PRIORITY[wish.kind], 2),
        len(evidence),
        round(density, 2),
        evidence,
    )
