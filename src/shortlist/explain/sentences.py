"""Strengths and gaps in sentences. Each is built from something found, or says what was not."""

from collections.abc import Iterator, Sequence

from shortlist.explain.explanation import NOT_FOUND, Answer, Degree, Experience, Statement
from shortlist.explain.facts import degree_points, experience_points
from shortlist.explain.sub_scores import degree_sentence, skill_sentence, years_sentence

_ORDER = {"must": 0, "nice": 1, "implied": 2}
_MOST_MISSING = ("missing", "implied", "partly", "matched")
_ASKED = {"must": "Must have", "nice": "Nice to have", "implied": "The work involves"}


def strengths(answered: Sequence[Answer], years: Experience, held: Degree) -> tuple[Statement, ...]:
    """Return what speaks for the resume, the musts first."""
    return tuple(_strengths(answered, years, held))


def gaps(answered: Sequence[Answer], years: Experience, held: Degree) -> tuple[Statement, ...]:
    """Return what is missing or only partly there, the musts first."""
    return tuple(_gaps(answered, years, held))


def _strengths(answered: Sequence[Answer], years: Experience, held: Degree) -> Iterator[Statement]:
    if (experience_points(years) or 0) >= 100:
        yield Statement(_sentence(years_sentence(years)), years.evidence)
    if (degree_points(held, years) or 0) >= 100 and held.level:
        yield Statement(_sentence(degree_sentence(held)), held.evidence)
    for answer in _by_priority(answered):
        if answer.status == "matched" and answer.evidence:
            told = "; ".join(skill_sentence(skill) for skill in answer.skills)
            yield Statement(
                f"{_asked(answer)}: shown{f' ({told})' if told else ''}.", answer.evidence
            )


def _gaps(answered: Sequence[Answer], years: Experience, held: Degree) -> Iterator[Statement]:
    if years.required and (experience_points(years) or 0) < 100:
        yield Statement(_sentence(years_sentence(years)), years.evidence)
    if held.asked not in (None, "none") and (degree_points(held, years) or 0) < 100:
        yield Statement(_sentence(degree_sentence(held)), held.evidence)
    for answer in _by_priority(answered):
        if answer.status != "matched":
            yield _gap(answer)


def _gap(answer: Answer) -> Statement:
    lacking = [skill for skill in answer.skills if skill.status != "matched"]
    told = "; ".join(skill_sentence(skill) for skill in lacking)
    evidence = tuple(e for skill in lacking for e in skill.evidence)
    if answer.status == "missing":
        return Statement(f"{_asked(answer)}: {told or NOT_FOUND}.", evidence)
    if answer.status == "implied":
        return Statement(f"{_asked(answer)}: {told}.", evidence)
    said = told or "the closest passage says part of it"
    return Statement(f"{_asked(answer)}: partly; {said}.", answer.evidence or evidence)


def _asked(answer: Answer) -> str:
    return f"{_ASKED[answer.kind]}: “{' '.join(answer.text.split())}”"


def _by_priority(answered: Sequence[Answer]) -> list[Answer]:
    """Return answers by what the job asks for most, and of those the ones most missing first."""
    return sorted(answered, key=lambda a: (_ORDER[a.kind], _MOST_MISSING.index(a.status)))


def _sentence(words: str) -> str:
    return words[0].upper() + words[1:] + "."
