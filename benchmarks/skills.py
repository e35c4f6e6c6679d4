"""How good skill scores are: `python -m benchmarks.skills [--resumes N]`.

The evidence scorer, its rules alone, a count of mentions and the best constant, on generated
resumes in a wording that they were not fitted on, and on the hand-checked resumes in
tests/data/skills, by file: `open` was looked at while working on the scorer, `later` and `further`
in rounds after that, `shut`, `others` and `fresh` never item by item. `others` and `fresh` are by
other writers; `fresh` was written after an earlier reader had learned, and measured twice. Of
`shut` and `fresh` there are more readings by a language model that saw the texts and the rubric
alone: what they share with the ranges is what a careful reader reaches.
"""

import argparse
import json
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from benchmarks.results import Row, publish
from shortlist.explain.skills import EvidenceScorer, Rubrics, RuleScorer, Scorer
from shortlist.explain.skills.known.asking import to_generate
from shortlist.explain.skills.known.generate import Options, generate
from shortlist.explain.skills.known.truth import KnownResume, read_known
from shortlist.explain.skills.study import study
from shortlist.extraction import Lexicon
from shortlist.records import Document, SkillScore, SkillScores

SKILLS = """kubernetes, javascript, tableau, indesign, nursing, carpentry, bartending,
    tax preparation, leadership, communication, teamwork, problem solving, customer service,
    french"""
"""Other skills than those of the fit, but for those that are shown by acts."""
SEED = 5
VARIED = "hand-checked, shut"
"""The set that is also scored in other words and with names and schools swapped."""
UNSEEN = ("hand-checked, shut", "hand-checked, others", "hand-checked, fresh")
"""The sets on which the two scorers are compared."""
RESAMPLES = 2000
CHECKED = Path(__file__).parent.parent / "tests/data/skills"


@dataclass(frozen=True)
class Reading:
    """The levels that a reader gave, as a scorer: resume -> skill -> level."""

    name: str
    levels: Mapping[str, Mapping[str, int]]

    def score(self, document: Document, skills: Sequence[str], rubrics: Rubrics) -> SkillScores:
        """Return the levels that were given."""
        given = self.levels[document.id]
        scores = (SkillScore(s, given[s], given[s], given[s], 1.0, "none", "read") for s in skills)
        return SkillScores(document.id, self.name, tuple(scores))


def sets(resumes: int) -> Iterator[tuple[str, list[KnownResume]]]:
    """Yield the name of each set with its resumes."""
    names = [name.strip() for name in SKILLS.split(",")]
    asked = to_generate(names, Lexicon.load(), Rubrics.load())
    yield "generated", list(generate(asked, Options(resumes, SEED, "held_out")))
    for part in ("open", "later", "further", "shut", "others", "fresh"):
        yield f"hand-checked, {part}", read_known(CHECKED / f"checked-{part}.toml")


def readings(name: str) -> list[Reading]:
    """Return the levels that readers gave of a set, if any did."""
    path = CHECKED / f"readings-{name.removeprefix('hand-checked, ')}.json"
    if not path.exists():
        return []
    return [Reading(*one) for one in json.loads(path.read_text("utf-8")).items()]


@dataclass
class Watched:
    """A scorer, with what it gave each resume when it first met it, and in how many seconds."""

    scorer: Scorer
    given: dict[str, tuple[SkillScores, float]] = field(default_factory=dict)

    @property
    def name(self) -> str:
        """The scorer's."""
        return self.scorer.name

    def score(self, document: Document, skills: Sequence[str], rubrics: Rubrics) -> SkillScores:
        """Return the scores, and keep them."""
        began = time.perf_counter()
        found = self.scorer.score(document, skills, rubrics)
        self.given.setdefault(document.id, (found, time.perf_counter() - began))
        return found

    def right(self, known: KnownResume) -> int:
        """Return how many scores of a resume are in range."""
        pairs = zip(known.truths, self.given[known.id][0].scores, strict=True)
        return sum(truth.low <= (score.score or 0) <= truth.high for truth, score in pairs)


def compared(known: Sequence[KnownResume], name: str, by: Watched, to: Watched) -> Iterator[Row]:
    """Yield how much more one scorer has in range than another, and how much longer it takes.

    Intervals are bootstraps over resumes.
    """
    both = (by, to)
    right = np.array([[one.right(resume) for one in both] for resume in known])
    seconds = np.array([[one.given[resume.id][1] for one in both] for resume in known])
    skills = np.array([len(resume.truths) for resume in known])
    drawn = np.random.default_rng(SEED).integers(0, len(known), (RESAMPLES, len(known)))

    def more(at: np.ndarray) -> float:
        return float((right[at, 0] - right[at, 1]).sum() / skills[at].sum())

    def longer(at: np.ndarray) -> float:
        return float(seconds[at, 0].sum() / seconds[at, 1].sum())

    every, n = np.arange(len(known)), int(skills.sum())
    system = f"{by.name} beside {to.name}"
    for what, measure, count in (("more in range", more, n), ("time, ratio", longer, len(known))):
        low, high = np.quantile([measure(at) for at in drawn], (0.025, 0.975))
        yield Row(f"skills, {name}: {what}", system, measure(every), low, high, count)


def main() -> None:
    """Measure and publish."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--resumes", type=int, default=80)
    options, rubrics, rules = parser.parse_args(), Rubrics.load(), RuleScorer()
    scorer = EvidenceScorer(rules)
    rows: list[Row] = []
    for name, known in sets(options.resumes):
        evidence, alone = Watched(scorer), Watched(rules)
        found = study(known, [evidence, alone, *readings(name)], rubrics, variants=name == VARIED)
        for result in found.results:
            levels_alone = not result.scorer.startswith(("evidence", "rules", "keyword"))
            for label, value in result.measures.items():
                unfit = "quote" in label or label.startswith("same score")
                if value.value is not None and not (levels_alone and unfit):
                    rows.append(
                        Row(f"skills, {name}: {label}", result.scorer, value.value, value.low,
                            value.high, value.n)
                    )  # fmt: skip
        if name in UNSEEN:
            rows += compared(known, name, evidence, alone)
    publish("skills", rows)


if __name__ == "__main__":
    main()
