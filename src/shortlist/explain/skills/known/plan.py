"""What is planted for a skill: the sentences of a level, and where in a resume they go."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from random import Random
from typing import Literal

from shortlist.explain.skills.known.truth import TOP, Truth

Kind = Literal["tool", "task", "leadership", "communication", "conduct", "language"]
SHORT = 99
"""The number of a job of one or two years, where what was done briefly stands."""
Phrases = Mapping[str, Mapping[str, Sequence[str]]]

SHOWN: tuple[Kind, ...] = ("leadership", "communication", "conduct")


@dataclass(frozen=True, slots=True)
class Asked:
    """A skill to plant: its kind, skills that imply it, and skills that are easily taken for it."""

    skill: str
    kind: Kind
    implied_by: tuple[str, ...] = ()
    mistaken_for: tuple[str, ...] = ()


@dataclass(slots=True)
class Plan:
    """What goes into a resume. A job is a number: 0 the latest, 1 the one before, or SHORT."""

    work: list[tuple[int, str]] = field(default_factory=list)
    listed: list[str] = field(default_factory=list)
    languages: list[str] = field(default_factory=list)
    study: list[str] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)
    titles: dict[int, str] = field(default_factory=dict)
    years: dict[int, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Form:
    """One way to be at a level: strengths of the sentences, years of it, and the job's title."""

    strengths: tuple[str, ...]
    years: int
    titled: bool = False
    above: bool = False
    """Whether the level above is as right as this one; else the one below is."""


_NAMED_LEVELS: dict[int, tuple[Form, ...]] = {
    2: (
        Form(("weak", "own"), 1), Form(("own",), 1), Form(("weak",), 4),
        Form(("own",), 1, above=True), Form(("own",), 2, above=True),
    ),
    3: (
        Form(("own", "own"), 2), Form(("own",), 4, above=True), Form(("own",), 3),
        Form(("own", "result"), 2, above=True), Form(("own", "own"), 3, above=True),
        Form((), 3, titled=True, above=True),
    ),
    4: (
        Form(("own",), 9), Form(("result",), 6, above=True),
        Form(("own", "own", "result"), 4), Form(("own", "result"), 6), Form(("own", "own"), 7),
        Form((), 4, titled=True), Form(("own",), 5, titled=True, above=True),
        Form(("result", "lead"), 4), Form(("own", "result", "lead"), 6, above=True),
        Form(("own", "result"), 5, titled=True, above=True), Form(("result",), 8),
    ),
    5: (
        Form(("own", "own", "result", "lead", "lead"), 7), Form(("result", "lead"), 8, titled=True),
        Form(("own", "result"), 10, titled=True), Form(("own",), 11, titled=True),
        Form(("own", "result", "lead", "lead"), 8),
    ),
}  # fmt: skip

_SHOWN_LEVELS: dict[int, tuple[Form, ...]] = {
    1: (Form(("weak",), 1), Form(("weak",), 3, above=True), Form(("weak",), 8, above=True)),
    2: (
        Form(("own",), 1), Form(("weak", "weak"), 3), Form(("own",), 2, above=True),
        Form(("own",), 4, above=True), Form(("weak", "weak"), 9),
    ),
    3: (
        Form(("own", "own"), 2), Form(("own", "weak"), 4), Form(("own", "own"), 4, above=True),
        Form(("own",), 6), Form(("own",), 9, above=True), Form(("own", "own"), 8, above=True),
        Form(("own", "own", "weak"), 9, above=True), Form(("lead",), 2, above=True),
    ),
    4: (
        Form(("own", "own", "own"), 5), Form(("own", "lead"), 3), Form(("lead",), 6),
        Form(("own", "own", "lead"), 7, above=True), Form(("own", "own", "own", "own"), 9),
        Form(("lead", "own"), 9, above=True),
    ),
    5: (
        Form(("own", "lead", "lead"), 8), Form(("own", "own", "lead", "lead", "lead"), 6),
        Form(("lead", "lead", "lead"), 4), Form(("lead", "lead"), 10),
    ),
}  # fmt: skip


def planted(asked: Asked, level: int, plan: Plan, phrases: Phrases, rng: Random) -> Truth:
    """Add to a plan what shows a skill at a level, and return what is then right."""
    if level == 0:
        return _nothing(asked, plan, phrases, rng)
    if asked.kind == "language":
        return _language(asked, level, plan, phrases, rng)
    if asked.kind in SHOWN:
        return _shown(asked, level, plan, phrases, rng)
    return _named(asked, level, plan, phrases, rng)


def _nothing(asked: Asked, plan: Plan, phrases: Phrases, rng: Random) -> Truth:
    ways = ["absent", "negated", "desired"] + (["mistaken"] if asked.mistaken_for else [])
    way = rng.choice(ways if asked.kind in ("tool", "task") else ["absent"])
    if way == "mistaken":
        other = rng.choice(asked.mistaken_for)
        plan.listed.append(other)
        sentence = _said(rng.choice(phrases["tool"]["own"]), other, rng)
        plan.work.append((0, sentence))
        return Truth(asked.skill, 0, 0, (sentence,), 0, way)
    if way == "absent":
        return Truth(asked.skill, 0, 0, (), 0, way)
    sentence = _said(rng.choice(phrases["no"][way]), asked.skill, rng)
    plan.remarks.append(sentence)
    return Truth(asked.skill, 0, 0, (sentence,), 0, way)


def _language(asked: Asked, level: int, plan: Plan, phrases: Phrases, rng: Random) -> Truth:
    sentence = rng.choice(phrases["language"][str(level)]).format(skill=asked.skill.title())
    plan.languages.append(sentence)
    return Truth(asked.skill, level, level, (sentence,), level, "stated")


def _named(asked: Asked, level: int, plan: Plan, phrases: Phrases, rng: Random) -> Truth:
    if level == 1:
        return _barely(asked, plan, phrases, rng)
    if level == 2 and rng.random() < 0.2:
        sentence = _said(rng.choice(phrases[asked.kind]["study"]), asked.skill, rng)
        plan.study.append(sentence)
        plan.listed.append(asked.skill)
        return Truth(asked.skill, 1, 2, (sentence,), 2, "study")
    form = rng.choice(_NAMED_LEVELS[level])
    if rng.random() < 0.6:
        plan.listed.append(asked.skill)
    return _formed(asked, level, form, plan, phrases[asked.kind], rng)


def _barely(asked: Asked, plan: Plan, phrases: Phrases, rng: Random) -> Truth:
    way = rng.choice(["listed", "listed", "basic"] + (["implied"] if asked.implied_by else []))
    if way == "implied":
        other = rng.choice(asked.implied_by)
        sentence = _said(rng.choice(phrases["tool"]["own"]), other, rng)
        plan.work.append((0, sentence))
        return Truth(asked.skill, 1, 2, (sentence,), 1, way)
    named = asked.skill if way == "listed" else f"{asked.skill} (basic)"
    plan.listed.append(named)
    return Truth(asked.skill, 1, 2 if way == "listed" else 1, (named,), 1, way)


def _shown(asked: Asked, level: int, plan: Plan, phrases: Phrases, rng: Random) -> Truth:
    if level == 1 and rng.random() < 0.6:
        plan.listed.append(asked.skill)
        return Truth(asked.skill, 1, 1, (asked.skill,), 1, "listed")
    key = asked.skill if asked.kind == "conduct" else asked.kind
    return _formed(asked, level, rng.choice(_SHOWN_LEVELS[level]), plan, phrases[key], rng)


def _formed(
    asked: Asked,
    level: int,
    form: Form,
    plan: Plan,
    phrases: Mapping[str, Sequence[str]],
    rng: Random,
) -> Truth:
    jobs: tuple[int, ...] = (0, 1) if form.years > 4 and len(form.strengths) > 1 else (0,)
    if level < 3 and not form.titled:
        jobs = (SHORT,)
    sentences = _planted(asked, form.strengths, jobs, plan, phrases, rng)
    for job in jobs:
        plan.years[job] = max(plan.years.get(job, 1), -(-form.years // len(jobs)))
    if form.titled and 0 not in plan.titles:
        plan.titles[0] = (
            f"{asked.skill} {rng.choice(('specialist', 'expert', 'officer'))}".capitalize()
        )
        sentences.append(plan.titles[0])
    elif form.titled:
        sentences += _planted(asked, ("own", "result")[: level - 2], (0,), plan, phrases, rng)
    low, high = (level, min(TOP, level + 1)) if form.above else (level - 1, level)
    return Truth(asked.skill, max(1, low), high, tuple(sentences), level, "used")


def _planted(
    asked: Asked,
    strengths: Sequence[str],
    jobs: tuple[int, ...],
    plan: Plan,
    phrases: Mapping[str, Sequence[str]],
    rng: Random,
) -> list[str]:
    """Sentences of these strengths, all different where possible, spread over jobs."""
    sentences: list[str] = []
    for number, strength in enumerate(strengths):
        choices = [p for p in phrases[strength] if not _is_in(p, sentences)] or phrases[strength]
        sentence = _said(rng.choice(list(choices)), asked.skill, rng)
        sentences.append(sentence)
        plan.work.append((jobs[number % len(jobs)], sentence))
    return sentences


def _is_in(phrase: str, sentences: Sequence[str]) -> bool:
    return any(sentence[:12] == phrase.split("{")[0][:12] for sentence in sentences)


def _said(phrase: str, skill: str, rng: Random) -> str:
    said = phrase.format(
        skill=skill, n=rng.randint(5, 60), small=rng.randint(3, 9), big=rng.randint(40, 95)
    )
    return said[0].upper() + said[1:]
