"""How good scorers are on resumes whose truth is known, beside baselines."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from shortlist.evaluation import levels as measures
from shortlist.evaluation.levels import Rated
from shortlist.explain.skills.baselines import Constant, KeywordCount
from shortlist.explain.skills.known.truth import TOP, KnownResume
from shortlist.explain.skills.rubrics import Rubrics, rule_of
from shortlist.explain.skills.scorer import Scorer
from shortlist.explain.skills.variants import reworded, swapped
from shortlist.extraction import Lexicon
from shortlist.records import Document, Estimate, SkillScores

Progress = Callable[[float], None]

MEASURES: Mapping[str, Callable[[Sequence[Rated]], Estimate]] = {
    "in range": measures.in_range,
    "false credit": measures.false_credit,
    "evidence missed": measures.missed,
    "mean error": measures.mean_error,
    "quadratic kappa": measures.kappa,
    "unsupported quotes": measures.unsupported_quotes,
    "scores without a quote": measures.unquoted,
    "no score (unreadable answer)": measures.unscored,
}
VARIANTS: Mapping[str, Callable[[Document], Document]] = {
    "same score in other words": reworded,
    "same score, names swapped": lambda document: swapped(document, "name"),
    "same score, schools swapped": lambda document: swapped(document, "school"),
}


@dataclass(frozen=True, slots=True)
class Bin:
    """The scores of one level for one skill, and the levels that were right. Both in [0, 5]."""

    skill: str
    score: int
    right: Estimate


@dataclass(frozen=True, slots=True)
class Result:
    """One scorer: its measures, its share in range by rubric, and its calibration by skill."""

    scorer: str
    measures: Mapping[str, Estimate]
    by_rubric: Mapping[str, Estimate]
    calibration: tuple[Bin, ...]


@dataclass(frozen=True, slots=True)
class Study:
    """Scorers on the same resumes; the first is the one that is asked about."""

    resumes: int
    skills: int
    results: tuple[Result, ...]


def study(
    known: Sequence[KnownResume],
    scorers: Sequence[Scorer],
    rubrics: Rubrics,
    *,
    variants: bool = True,
    progress: Progress = lambda share: None,
) -> Study:
    """Return the measures of scorers and baselines on resumes whose truth is known.

    The baselines are the count of mentions and the constant that does best on these very resumes.

    Args:
        known: the resumes with the right ranges.
        scorers: what to measure.
        rubrics: what the scorers go by; results are also given by rubric.
        variants: whether to score each resume in other words and of somebody else too.
        progress: told the share that is done.
    """
    results: list[Result] = []
    for at, scorer in enumerate(scorers):
        rated: list[Rated] = []
        same: dict[str, list[bool]] = {name: [] for name in VARIANTS}
        for number, resume in enumerate(known):
            found = _scores(scorer, resume, resume.document(), rubrics)
            rated += _rated(resume, found, rubrics)
            for name, vary in VARIANTS.items() if variants else ():
                other = _scores(scorer, resume, vary(resume.document()), rubrics)
                same[name] += _equal(found, other)
            progress((at + (number + 1) / len(known)) / len(scorers))
        results.append(_result(scorer.name, rated, {k: v for k, v in same.items() if v}))
    baselines: list[Scorer] = [KeywordCount(), *map(Constant, range(TOP + 1))]
    done = [_result(b.name, _all_rated(b, known, rubrics), {}) for b in baselines]
    best = max(done[1:], key=lambda result: result.measures["in range"].value or 0)
    skills = len({truth.skill for resume in known for truth in resume.truths})
    return Study(len(known), skills, (*results, done[0], best))


def _all_rated(scorer: Scorer, known: Sequence[KnownResume], rubrics: Rubrics) -> list[Rated]:
    return [
        rated
        for resume in known
        for rated in _rated(resume, _scores(scorer, resume, resume.document(), rubrics), rubrics)
    ]


def _scores(
    scorer: Scorer, resume: KnownResume, document: Document, rubrics: Rubrics
) -> SkillScores:
    return scorer.score(document, [truth.skill for truth in resume.truths], rubrics)


def _rated(resume: KnownResume, found: SkillScores, rubrics: Rubrics) -> list[Rated]:
    return [
        Rated(
            resume.id,
            truth.skill,
            _rubric(truth.skill, rubrics),
            truth.low,
            truth.high,
            score.score,
            len(score.quotes),
            sum(resume.text[q.start : q.end] != q.quote for q in score.quotes),
        )
        for truth, score in zip(resume.truths, found.scores, strict=True)
    ]


def _rubric(skill: str, rubrics: Rubrics) -> str:
    return rule_of(skill, rubrics, Lexicon.load()).rubric.name


def _equal(a: SkillScores, b: SkillScores) -> list[bool]:
    return [x.score == y.score for x, y in zip(a.scores, b.scores, strict=True)]


def _result(name: str, rated: Sequence[Rated], same: Mapping[str, list[bool]]) -> Result:
    found = {label: measure(rated) for label, measure in MEASURES.items()}
    found |= {label: measures.share(hits) for label, hits in same.items()}
    rubrics = sorted({r.kind for r in rated})
    by_rubric = {k: measures.in_range([r for r in rated if r.kind == k]) for k in rubrics}
    return Result(name, found, by_rubric, tuple(_calibration(rated)))


def _calibration(rated: Sequence[Rated]) -> list[Bin]:
    bins = []
    for skill in sorted({r.skill for r in rated}):
        for level in range(TOP + 1):
            right = [r.middle for r in rated if r.skill == skill and r.score == level]
            if right:
                bins.append(Bin(skill, level, _mean(right)))
    return bins


def _mean(values: Sequence[float]) -> Estimate:
    """A mean with the 95 % interval of Student's t; without one for a single value."""
    from scipy.stats import t

    mean = float(np.mean(values))
    if len(values) < 2:
        return Estimate(mean, None, None, len(values), "one value alone has no interval")
    half = float(t.ppf(0.975, len(values) - 1) * np.std(values, ddof=1) / np.sqrt(len(values)))
    return Estimate(mean, max(0.0, mean - half), min(float(TOP), mean + half), len(values))
