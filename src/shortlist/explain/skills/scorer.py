"""Scorers of skills, and the one that goes by rules and a small model over what they find."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from shortlist.encoding import Encoder
from shortlist.errors import ConfigError
from shortlist.explain.skills import levels
from shortlist.explain.skills.facts import Facts, Sighting
from shortlist.explain.skills.levels import Level
from shortlist.explain.skills.named import named
from shortlist.explain.skills.reading import POLICY, Reading, read
from shortlist.explain.skills.reasons import reason
from shortlist.explain.skills.rubrics import PEOPLE, TOP, Rubrics, SkillRule, rule_of
from shortlist.explain.skills.scope import weighed
from shortlist.explain.skills.shown import LIKE, WEAK, Encode, Matrix, by_signs, near, shown
from shortlist.explain.skills.spoken import level as spoken_level
from shortlist.explain.skills.spoken import spoken
from shortlist.extraction import Lexicon
from shortlist.masking import Masker
from shortlist.records import Document, Evidence, MaskedText, SkillScore, SkillScores

AS_OF = date(2026, 11, 1)
"""What "present" means to scores, so that they do not change from day to day."""

_NAMES = ("computing", "office", "design", "media")
"""Kin whose skills are called by names, which no other words stand for."""
_HINTED_CAP = 3
"""The most for acts that only hint at a skill."""
_MOST_QUOTES = 3
_LONGEST_LINE = 240


class Scorer(Protocol):
    """What turns a resume and skills into scores.

    Every quote stands in the resume at its offsets. The same input gives the same scores.
    """

    @property
    def name(self) -> str:
        """What the scores are reported under, such as `evidence`."""

    def score(self, document: Document, skills: Sequence[str], rubrics: Rubrics) -> SkillScores:
        """Return one score for each skill, in their order."""


@dataclass(frozen=True, slots=True)
class _Asked:
    """A skill that is asked for, its name in the lexicon, and its rule."""

    skill: str
    canonical: str
    rule: SkillRule


@dataclass(frozen=True, slots=True)
class Judged:
    """A skill with what the rules find of it, and their score."""

    skill: str
    canonical: str
    """Its name in the lexicon."""
    rule: SkillRule
    facts: Facts
    score: SkillScore
    plain: bool
    """It is called by everyday words, which other words may stand for."""


class RuleScorer:
    """Scores skills by what a resume names and tells, with the quotes for it.

    It reads masked text alone, so that a name or a school changes no score.

    Example:
        scores = RuleScorer().score(document, ["python", "leadership"], Rubrics.load())
        print(scores.scores[0].score, scores.scores[0].reason)
    """

    name = "rules"

    def __init__(
        self,
        *,
        lexicon: Lexicon | None = None,
        encoder: Encoder | None = None,
        today: date = AS_OF,
    ) -> None:
        """Make a scorer.

        Args:
            lexicon: the skills that are known, with what implies them; by default the built-in one.
            encoder: compares passages with the examples of a rubric; by default the default model.
            today: what "present" means, unless a resume names a later date.
        """
        self._lexicon = lexicon or Lexicon.load()
        self._given = encoder
        self._today = today
        self._masker = Masker(POLICY)

    def score(self, document: Document, skills: Sequence[str], rubrics: Rubrics) -> SkillScores:
        """Return one score for each skill, in their order.

        Raises:
            ConfigError: a skill has no letter, or is asked for twice.
        """
        _, judged = self.judge(document, skills, rubrics)
        return SkillScores(document.id, self.name, tuple(one.score for one in judged))

    def judge(
        self, document: Document, skills: Sequence[str], rubrics: Rubrics
    ) -> tuple[Reading, list[Judged]]:
        """Return the resume as it was read, and each skill with what was found and its score.

        Raises:
            ConfigError: a skill has no letter, or is asked for twice.
        """
        asked = [self._asked(skill, rubrics) for skill in checked(skills)]
        reading = self._read(document, asked)
        encode = self._remembering()
        judged = []
        for one in asked:
            facts = self._facts(reading, one, encode)
            score = _scored(document, reading, one, facts)
            judged.append(
                Judged(one.skill, one.canonical, one.rule, facts, score, self._is_plain(one))
            )
        return reading, judged

    def _read(self, document: Document, asked: Sequence[_Asked]) -> Reading:
        names = [(one.skill, *one.rule.aliases) for one in asked]
        return read(document, self._masker, self._lexicon, names, self._today)

    def _asked(self, skill: str, rubrics: Rubrics) -> _Asked:
        rule = rule_of(skill, rubrics, self._lexicon)
        canonical = self._lexicon.canonical(skill)
        return _Asked(skill, canonical or skill.casefold(), rule)

    def _facts(self, reading: Reading, asked: _Asked, encode: Encode) -> Facts:
        rubric = asked.rule.rubric
        if rubric.kind == "spoken":
            return spoken(reading, asked.canonical)
        if rubric.kind == "shown":
            facts = shown(reading, asked.canonical, asked.rule, encode)
        else:
            facts = self._named(reading, asked, encode)
        return weighed(reading, facts, people=rubric.name == PEOPLE)

    def _named(self, reading: Reading, asked: _Asked, encode: Encode) -> Facts:
        written = asked.skill.casefold()
        extra = list(by_signs(reading, asked.rule))
        facts = named(reading, asked.canonical, written, extra)
        if facts.standing == "none" and self._is_plain(asked):
            facts = named(reading, asked.canonical, written, near(reading, written, encode))
        return facts

    def _is_plain(self, asked: _Asked) -> bool:
        """Whether a skill is called by everyday words, which other words may stand for."""
        entry = self._lexicon.entries.get(asked.canonical)
        return entry is None or (entry.kin not in _NAMES and entry.kind == "skill")

    def _remembering(self) -> Encode:
        """Return what encodes texts, each of them once."""
        known: dict[str, NDArray[np.float32]] = {}

        def encode(texts: Sequence[MaskedText]) -> Matrix:
            new = {one.text: one for one in texts if one.text not in known}
            if new:
                vectors = self._encoder.encode_resumes(list(new.values()))
                known.update(zip(new, vectors, strict=True))
            return np.stack([known[one.text] for one in texts])

        return encode

    @cached_property
    def _encoder(self) -> Encoder:
        return self._given or Encoder.load()


def _scored(document: Document, reading: Reading, asked: _Asked, facts: Facts) -> SkillScore:
    rubric = asked.rule.rubric
    if facts.standing in ("none", "negated", "desired"):
        found, cap = Level(0, 0, 0, 0.9 if facts.standing == "none" else 0.95), None
    else:
        caps = {"listed": rubric.listed_cap, "implied": rubric.implied_cap}
        cap = caps.get(facts.standing)
        free = _level(facts, asked.rule, TOP)
        found = _level(facts, asked.rule, TOP if cap is None else cap)
        cap = cap if found.score < free.score else None
    return SkillScore(
        asked.skill,
        found.score,
        found.low,
        found.high,
        found.confidence,
        facts.standing,
        reason(facts, asked.rule, found.score, cap),
        quotes(document, reading, facts),
    )


def checked(skills: Sequence[str]) -> list[str]:
    """Return skills without the space around them.

    Raises:
        ConfigError: there is none, one has no letter or digit, or one is there twice.
    """
    found = [" ".join(skill.split()) for skill in skills]
    if not found or not all(any(map(str.isalnum, skill)) for skill in found):
        raise ConfigError('name the skills to score, such as python,"machine learning"')
    twice = {skill for skill in found if [s.casefold() for s in found].count(skill.casefold()) > 1}
    if twice:
        raise ConfigError(f"skill asked for twice: {sorted(twice)[0]}")
    return found


def quotes(document: Document, reading: Reading, facts: Facts) -> tuple[Evidence, ...]:
    """Return the statements that a score rests on, deepest first, as the document has them."""
    chosen: list[Sighting] = facts.uses()
    if not chosen:
        chosen = [s for s in facts.sightings if s.status == facts.standing]
    return quoted(document, reading, map(_span, chosen))


def quoted(
    document: Document, reading: Reading, spans: Iterable[tuple[int, int]]
) -> tuple[Evidence, ...]:
    """Return the first spans of the masked text, each once, as the document has them."""
    different = dict.fromkeys(spans)
    return tuple(reading.quote(document, *span) for span in list(different)[:_MOST_QUOTES])


def _span(sighting: Sighting) -> tuple[int, int]:
    """The statement of a sighting, or its own words where the statement is long."""
    statement = sighting.statement
    if sighting.status == "listed" and statement.kind in ("skills", "languages"):
        return sighting.start, sighting.end
    if statement.end - statement.start > _LONGEST_LINE:
        return sighting.start, sighting.end
    return statement.start, statement.end


def _level(facts: Facts, rule: SkillRule, cap: int) -> Level:
    if rule.rubric.kind == "spoken":
        value = min(spoken_level(facts), float(cap))
        low = int(value) if value % 1 else max(1, int(value) - (not is_stated(facts)))
        high = min(cap, int(value + 0.5) + (not is_stated(facts)))
        return Level(int(value), low, high, 0.8 if is_stated(facts) else 0.5)
    if facts.standing == "implied":
        return _implied_level(facts, rule, cap)
    if rule.rubric.kind == "shown" and facts.standing == "used":
        cap = min(cap, _HINTED_CAP if facts.uses()[0].depth <= WEAK else TOP)
    if rule.rubric.kind == "named" and [u.depth for u in facts.uses()] == [LIKE]:
        cap = min(cap, _HINTED_CAP)
    return levels.level(rule.rubric.kind, facts, cap)


def _implied_level(facts: Facts, rule: SkillRule, cap: int) -> Level:
    """One level below that of the skills that imply it, and 1 where they are only named."""
    if not facts.via_used or rule.rubric.kind != "named":
        return levels.level(rule.rubric.kind, replace(facts, sightings=()), min(cap, 1))
    used = tuple(replace(s, status="used") for s in facts.sightings if s.status == "implied")
    found = levels.level("named", replace(facts, sightings=used))
    top = min(cap, TOP)
    down = [max(1, level - 1) for level in (found.score, found.low, found.high)]
    score, low, high = (min(level, top) for level in down)
    return Level(score, low, high, found.confidence)


def is_stated(facts: Facts) -> bool:
    """Whether a resume says how well a skill is known."""
    return any(s.claim for s in facts.sightings)
