"""Generates resumes of which it is known what they show of each skill."""

import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from random import Random
from typing import Any, Literal

from shortlist.errors import ConfigError
from shortlist.explain.skills.known.layouts import LAYOUTS, Content, Job
from shortlist.explain.skills.known.plan import SHORT, SHOWN, Asked, Phrases, Plan, planted
from shortlist.explain.skills.known.truth import TOP, KnownResume, Truth

Pool = Literal["train", "held_out"]
VERSION = 1
_LATEST = 2026
_MOST = 6
"""How many named skills a resume is about."""
_NO_TEACHING = 3
"""The highest level of named skills beside one that is shown by acts."""
_FIRST = (
    "Ana Ben Carla Dmitri Elena Farid Grete Hugo Ines Jonas Kofi Lena Mira Noor Olga Paul".split()
)
_LAST = (
    "Abel Brandt Castro Dietz Egan Fabre Gruber Hansen Ito Jansen Keller Lund Moreau Novak".split()
)
_STUDIES = ("Diploma in business", "BA, 2014", "Vocational training, 2012", "High school, 2010")


@dataclass(frozen=True, slots=True)
class Options:
    """How resumes are generated."""

    n: int = 100
    """How many resumes."""
    seed: int = 0
    """The same seed gives the same resumes."""
    pool: Pool = "train"
    """Which wording: fit on `train`, check on `held_out`."""


def generate(asked: Sequence[Asked], options: Options) -> Iterator[KnownResume]:
    """Yield resumes, each with the truth about skills that are asked for.

    Levels are drawn evenly from 0 to 5. A level is planted as evidence of the kind that the
    rubrics describe; 0 is absence, a negation, a wish or a skill that is easily taken for it. Some
    resumes are stuffed with keywords, some are long, some short, in several layouts.

    Raises:
        ConfigError: no skill is asked for, or a number is out of range.
    """
    if not asked:
        raise ConfigError("name the skills that the resumes should be about")
    if options.n < 1:
        raise ConfigError(f"{options.n} resumes cannot be generated: ask for at least one")
    phrases = _phrases()[options.pool]
    for number in range(options.n):
        yield _resume(number, asked, options, phrases)


@cache
def _phrases() -> Any:
    text = (files("shortlist.explain.skills.known") / "phrases.toml").read_text("utf-8")
    return tomllib.loads(text)


def _resume(number: int, asked: Sequence[Asked], options: Options, phrases: Phrases) -> KnownResume:
    rng = Random(f"{VERSION}/{options.pool}/{options.seed}/{number}")
    plan = Plan()
    truths: list[Truth] = []
    busy: set[str] = set()
    chosen, top = _chosen(asked, rng)
    for one in chosen:
        level = 0 if _clashes(one, busy) else rng.randrange(min(TOP, top.get(one.kind, TOP)) + 1)
        truth = planted(one, level, plan, phrases, rng)
        busy |= {one.skill, *one.implied_by, *one.mistaken_for} if level or truth.way else set()
        truths.append(truth)
    size = rng.choice(("short", "usual", "usual", "long"))
    stuffed = rng.random() < 0.15
    content = _content(plan, size, phrases, rng, stuffed=stuffed)
    layout = rng.choice(sorted(LAYOUTS))
    text = LAYOUTS[layout](content, rng)
    order = {one.skill: at for at, one in enumerate(asked)}
    return KnownResume(
        f"{options.pool.replace('_', '-')}-{options.seed}-{number:05d}",
        text,
        tuple(sorted(truths, key=lambda t: order[t.skill])),
        {
            "generator": "shortlist skills data",
            "version": VERSION,
            "seed": options.seed,
            "pool": options.pool,
            "layout": layout,
            "size": size,
            "stuffed": stuffed,
            "licence": "MIT",
        },
    )


def _chosen(asked: Sequence[Asked], rng: Random) -> tuple[list[Asked], dict[str, int]]:
    """The skills that a resume is about, in some order, and the highest level of each kind.

    Whoever teaches a skill to others shows leadership and communication too. So a resume is about
    one skill that is shown by acts at most, and then no other skill reaches teaching in it.
    """
    acts = [one for one in asked if one.kind in SHOWN]
    others = [one for one in asked if one.kind not in SHOWN]
    others = rng.sample(others, min(len(others), _MOST))
    if acts and (not others or rng.random() < 0.6):
        others.append(rng.choice(acts))
        return rng.sample(others, len(others)), dict.fromkeys(("tool", "task"), _NO_TEACHING)
    return others, {}


def _clashes(one: Asked, busy: set[str]) -> bool:
    """Whether what was planted for another skill would show this one too."""
    return bool(busy & {one.skill, *one.implied_by})


def _content(
    plan: Plan,
    size: str,
    phrases: Phrases,
    rng: Random,
    *,
    stuffed: bool,
) -> Content:
    first, last = rng.choice(_FIRST), rng.choice(_LAST)
    plain = phrases["plain"]
    planned = {job for job, _ in plan.work} | set(plan.titles)
    count = max([0, *(job for job in planned if job != SHORT)]) + 1
    numbers = [*range(max(count, {"short": 1, "usual": 2, "long": 4}[size])), SHORT]
    jobs = []
    since = _LATEST + 1 if plan.years else _LATEST
    until: int | None = None
    for number in numbers if SHORT in planned else numbers[:-1]:
        since -= plan.years.get(number, rng.randint(1, 3))
        statements = [statement for job, statement in plan.work if job == number]
        filler = {"short": 0, "usual": 2, "long": 6}[size]
        statements += rng.sample(list(plain["filler"]), max(filler, 1 if not statements else 0))
        rng.shuffle(statements)
        title = plan.titles.get(number, rng.choice(list(plain["titles"])))
        employer = rng.choice(list(plain["employers"]))
        jobs.append(Job(title, employer, since, until, tuple(statements)))
        until = since
    listed = list(dict.fromkeys(plan.listed))
    if stuffed:
        listed += [word for word in _STUFFING if word not in listed]
    rng.shuffle(listed)
    return Content(
        f"{first} {last}",
        f"{first}.{last}@example.org".lower(),
        rng.choice(("Reliable and punctual.", "Looking for a new position.", "Available at once.")),
        tuple(jobs),
        (rng.choice(_STUDIES), *plan.study),
        tuple(listed),
        tuple(plan.languages),
        tuple(plan.remarks),
    )


_STUFFING = (
    "dynamic", "synergy", "blockchain", "growth hacking", "Six Sigma", "holistic thinking",
    "innovation", "go-getter", "Photoshop", "big data", "SEO", "yoga", "CRM", "ERP", "cloud",
)  # fmt: skip
