"""Scores from 0 to 100 for skills, experience, education and keywords, with what they rest on."""

from collections.abc import Iterator, Sequence

from shortlist.explain.answers import skill_answer
from shortlist.explain.explanation import (
    NOT_FOUND,
    WORD_ALONE,
    Degree,
    Experience,
    Keyword,
    SkillAnswer,
    Statement,
    SubScore,
)
from shortlist.explain.facts import degree_points, experience_points
from shortlist.explain.reading import Pair
from shortlist.scorers.hybrid import credit
from shortlist.scorers.vacancy import PRIORITY

_NO_YEARS = "the job asks for no number of years"
_NO_DEGREE = "the job asks for no degree"


def sub_scores(
    pair: Pair, words: Sequence[Keyword], years: Experience, held: Degree
) -> tuple[SubScore, ...]:
    """Return the four sub-scores of a pair."""
    return (_skills(pair), _experience(years), _education(held, years), _keywords(words))


def years_sentence(years: Experience) -> str:
    """Return what is known of the years in work."""
    asked = f"; the job asks for {years.required}" if years.required else ""
    if years.years is None:
        return f"years in work: {NOT_FOUND}{asked}"
    by = "by its dates" if years.by == "dates" else "by its own word, without dates"
    return f"{years.years:g} years in work {by}{asked}"


def degree_sentence(held: Degree) -> str:
    """Return what is known of the degree."""
    told = f"degree: {held.level}" if held.level else f"degree: {NOT_FOUND}"
    if held.asked is None:
        return told
    how = "requires" if held.required else "prefers"
    instead = " or equivalent experience" if held.or_equivalent else ""
    return f"{told}; the job {how} {held.asked}{instead}"


def skill_sentence(answer: SkillAnswer) -> str:
    """Return how the resume speaks of a skill."""
    name = " or ".join(answer.names)
    if answer.status == "implied":
        return f"{name}: not named, follows from {', '.join(answer.via)}"
    if answer.said == "negated":
        return f"{name}: the resume says that it is lacking"
    if answer.said == "desired":
        return f"{name}: to be learnt, not yet there"
    if answer.said == WORD_ALONE:
        return f"{name}: the word stands there; nothing shows that the skill is meant"
    if answer.status == "missing":
        return f"{name}: {NOT_FOUND}"
    months = f", {answer.months} months" if answer.months else ""
    return f"{name}: {answer.said}{months}"


def _skills(pair: Pair) -> SubScore:
    wishes = [wish for wish in pair.wishes if wish.known]
    reason = "the job names no skill that the lexicon knows"
    if not wishes:
        return SubScore("skills", None, reason, (), ())
    found: list[Statement] = []
    missing: list[Statement] = []
    total = gained = 0.0
    for wish in wishes:
        answer = skill_answer(pair, wish)
        weight = wish.weight * PRIORITY[wish.kind]
        total += weight
        gained += weight * credit(wish, pair.one)
        statement = Statement(skill_sentence(answer), answer.evidence)
        (missing if answer.status == "missing" else found).append(statement)
    return SubScore("skills", round(100 * gained / total, 1), "", tuple(found), tuple(missing))


def _experience(years: Experience) -> SubScore:
    score = experience_points(years)
    told = years_sentence(years)
    reason = "" if score is not None else told if years.required else _NO_YEARS
    enough = score is None or score >= 100
    found = enough and years.years is not None
    return _with("experience", score, reason, Statement(told, years.evidence), found=found)


def _education(held: Degree, years: Experience) -> SubScore:
    score = degree_points(held, years)
    told = degree_sentence(held)
    asked = held.asked not in (None, "none")
    reason = "" if score is not None else told if asked else _NO_DEGREE
    enough = score is None or score >= 100
    found = enough and held.level is not None
    return _with("education", score, reason, Statement(told, held.evidence), found=found)


def _with(
    name: str, score: float | None, reason: str, statement: Statement, *, found: bool
) -> SubScore:
    if found:
        return SubScore(name, score, reason, (statement,), ())
    return SubScore(name, score, reason, (), (statement,))


def _keywords(words: Sequence[Keyword]) -> SubScore:
    total = sum(word.weight for word in words)
    if not total:
        return SubScore("keywords", None, "the job names no keyword", (), ())
    gained = sum(word.weight for word in words if word.count)
    found = tuple(_told(word for word in words if word.count))
    missing = tuple(_told(word for word in words if not word.count))
    return SubScore("keywords", round(100 * gained / total, 1), "", found, missing)


def _told(words: Iterator[Keyword]) -> Iterator[Statement]:
    for word in words:
        count = f"{word.count} x, {word.density:.2f} per 100 words" if word.count else NOT_FOUND
        yield Statement(f"{' or '.join(word.names)}: {count}", word.evidence)
