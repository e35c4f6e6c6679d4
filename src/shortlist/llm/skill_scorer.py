"""Skill scores by a language model: asked part by part, several times, and held to its quotes.

The scores are shown to people and never used to rank: the same resume may get another score from
another server, or from the same one tomorrow. The interval shows how far the samples lie apart.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from statistics import median_low
from typing import Any, Protocol

from shortlist.errors import ConfigError
from shortlist.explain.skills import Rubrics, SkillRule
from shortlist.explain.skills.rubrics import rule_of
from shortlist.explain.skills.scorer import checked
from shortlist.extraction import Lexicon
from shortlist.llm.answers import Opinion, opinions
from shortlist.llm.chunks import Chunk, chunks
from shortlist.llm.client import Message
from shortlist.llm.skill_prompt import messages, schema
from shortlist.masking import Masker
from shortlist.records import Document, Evidence, MaskedText, SkillScore, SkillScores, Standing

SAMPLES = 3
TEMPERATURE = 0.7
"""Of the samples after the first, which is taken at 0."""

SKILLS_AT_ONCE = 8
"""Most skills asked for in one request."""

SHOWN = 3
"""Most quotes shown for a skill."""

_ORDER: tuple[Standing, ...] = ("used", "listed", "implied", "negated", "desired", "none")


class Model(Protocol):
    """A language model: a client of an endpoint, or one in this process."""

    model: str

    def complete(
        self,
        messages: Sequence[Message],
        schema: Mapping[str, Any] | None = None,
        *,
        temperature: float = 0.0,
        seed: int = 0,
    ) -> str:
        """Return the answer to messages."""


@dataclass(slots=True)
class Counts:
    """What was asked, and what could not be used of the answers."""

    requests: int = 0
    entries: int = 0
    unread_entries: int = 0
    quotes_dropped: int = 0


@dataclass(frozen=True, slots=True)
class _Verdict:
    """One sample's score of a skill over all parts of a resume; None where it cannot be told."""

    score: int | None
    status: Standing
    reason: str
    places: tuple[tuple[int, int], ...]


class LlmScorer:
    """Scores skills by asking a language model.

    `counts` adds up what was asked and what could not be read, over all resumes.
    """

    def __init__(
        self,
        model: Model,
        *,
        samples: int = SAMPLES,
        policy: str = "standard",
        lexicon: Lexicon | None = None,
    ) -> None:
        """Make a scorer.

        Args:
            model: what answers.
            samples: how often each part is asked, at least 1. With one sample there is no interval
                to tell, and `low` to `high` is the whole scale.
            policy: what is hidden from the model; names and schools under the default.
            lexicon: tells which skills are languages; by default the built-in one.

        Raises:
            ConfigError: fewer than one sample, or no such policy.
        """
        if samples < 1:
            raise ConfigError(f"samples: must be at least 1, not {samples}")
        self.counts = Counts()
        self._model = model
        self._samples = samples
        self._masker = Masker(policy)
        self._lexicon = lexicon or Lexicon.load()

    @property
    def name(self) -> str:
        """How outputs call this scorer."""
        return f"llm:{self._model.model}"

    def score(self, document: Document, skills: Sequence[str], rubrics: Rubrics) -> SkillScores:
        """Return one score for each skill, in their order.

        A skill's score is, over the parts of the resume, the highest one behind which a quote
        stands; over the samples, their median. Without a quote that stands in the resume a score
        above 0 is None.

        Raises:
            ConfigError: a skill has no letter or is asked for twice, or the model cannot be asked.
        """
        masked = self._masker(document)
        rules = [
            SkillRule(skill, rule_of(skill, rubrics, self._lexicon).rubric)
            for skill in checked(skills)
        ]
        parts = chunks(masked.text)
        samples = [
            self._heard(masked.text, parts, rules, sample) for sample in range(self._samples)
        ]
        scores = tuple(
            _score(
                rule.name,
                [_verdict(heard[rule.name], len(parts)) for heard in samples],
                document,
                masked,
            )
            for rule in rules
        )
        return SkillScores(document.id, self.name, scores)

    def _heard(
        self, text: str, parts: Sequence[Chunk], rules: Sequence[SkillRule], sample: int
    ) -> dict[str, list[Opinion]]:
        """Return the opinions on each skill in one sample, with places in the whole text."""
        heard: dict[str, list[Opinion]] = {rule.name: [] for rule in rules}
        for part in parts:
            for first in range(0, len(rules), SKILLS_AT_ONCE):
                asked = rules[first : first + SKILLS_AT_ONCE]
                for opinion in self._asked(text[part.start : part.end], asked, sample):
                    heard[opinion.skill].append(_moved(opinion, part.start))
        return heard

    def _asked(self, text: str, rules: Sequence[SkillRule], sample: int) -> list[Opinion]:
        reply = self._model.complete(
            messages(text, rules),
            schema(rules),
            temperature=TEMPERATURE if sample else 0.0,
            seed=sample,
        )
        found = opinions(reply, text, [rule.name for rule in rules])
        self.counts.requests += 1
        self.counts.entries += len(rules)
        self.counts.unread_entries += len(rules) - len(found)
        self.counts.quotes_dropped += sum(opinion.dropped for opinion in found.values())
        return list(found.values())


def _moved(opinion: Opinion, by: int) -> Opinion:
    places = tuple((start + by, end + by) for start, end in opinion.places)
    return Opinion(
        opinion.skill, opinion.score, opinion.status, opinion.reason, places, opinion.dropped
    )


def _verdict(heard: Sequence[Opinion], parts: int) -> _Verdict:
    """Return what one sample says of a skill.

    A part that was not read leaves open whether there is evidence in it, so nothing found in the
    others is None and not 0.
    """
    supported = [opinion for opinion in heard if opinion.supported]
    best = max(supported, key=lambda opinion: opinion.score, default=None)
    if best is not None and best.score > 0:
        places = tuple(p for o in supported if o.score == best.score for p in o.places)
        return _Verdict(best.score, best.status, best.reason, places)
    if len(heard) < parts:
        return _Verdict(None, "none", "the model's answer could not be read", ())
    if len(supported) < len(heard):
        return _Verdict(None, "none", "no quote behind the model's score stands in the resume", ())
    said: Standing = min((opinion.status for opinion in heard), key=_ORDER.index, default="none")
    places = tuple(p for o in heard if o.status == said for p in o.places)
    reason = f"{said}, which does not count" if said in ("negated", "desired") else ""
    return _Verdict(0, said, reason or "no evidence found", places)


def _score(
    skill: str, verdicts: Sequence[_Verdict], document: Document, masked: MaskedText
) -> SkillScore:
    told = [verdict.score for verdict in verdicts if verdict.score is not None]
    if 2 * len(told) <= len(verdicts):
        why = next(verdict.reason for verdict in verdicts if verdict.score is None)
        return SkillScore(skill, None, None, None, 0.0, "none", why)
    middle = median_low(told)
    chosen = next(verdict for verdict in verdicts if verdict.score == middle)
    single = len(verdicts) == 1
    return SkillScore(
        skill,
        middle,
        0 if single else min(told),
        5 if single else max(told),
        0.0 if single else round(told.count(middle) / len(verdicts), 4),
        chosen.status,
        chosen.reason or "the quotes show it, in the model's judgment",
        tuple(_evidence(place, document, masked) for place in chosen.places[:SHOWN]),
    )


def _evidence(place: tuple[int, int], document: Document, masked: MaskedText) -> Evidence:
    start, end = masked.original_span(*place)
    return Evidence(document.text[start:end], start, end)
