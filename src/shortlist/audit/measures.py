"""The audit: every measure of every group and intersection, each with its count and interval."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

import numpy as np

from shortlist.audit.balance import balanced
from shortlist.audit.calibration import Reliability, calibration_measures, reliability
from shortlist.audit.case import Case, case_of, measure
from shortlist.audit.curve import curve_measures
from shortlist.audit.exposure import exposure_measures
from shortlist.audit.grouping import JOINT, UNKNOWN, Grouped, Grouping, grouped, groupings
from shortlist.audit.parity import error_measures, selection_measures
from shortlist.audit.selection import Selection, parse_selection
from shortlist.audit.sensitivity import e_value
from shortlist.audit.significance import significance_measures
from shortlist.errors import DataError
from shortlist.evaluation.scores import Scores
from shortlist.records import Estimate, Measure

BINS = 24

MOST_GROUPS = 200
"""An attribute with more values than this is taken for a mistake, such as a column of ids."""


@dataclass(frozen=True, slots=True)
class Distribution:
    """How many rows of a group have a score between each two of `edges`."""

    attribute: str
    group: str
    edges: tuple[float, ...]
    counts: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Audit:
    """What an audit found, and on what.

    `measures` holds everything that is a number; `notes` says what a reader must know of the data.
    """

    system: str
    selection: Selection
    jobs: int
    people: int
    rows: int
    min_n: int
    seed: int
    measures: tuple[Measure, ...]
    distributions: tuple[Distribution, ...]
    reliability: tuple[Reliability, ...]
    notes: tuple[str, ...]

    def find(self, name: str, attribute: str | None, group: str | None = None) -> Estimate | None:
        """Return the estimate of that name, attribute and group, or None."""
        wanted = (name, attribute, group)
        return next(
            (m.estimate for m in self.measures if (m.name, m.attribute, m.group) == wanted), None
        )

    def attributes(self) -> list[str]:
        """Return the attributes and intersections that were audited, in order."""
        return list(
            dict.fromkeys(m.attribute for m in self.measures if m.name == "people" and m.attribute)
        )

    def groups(self, attribute: str) -> list[str]:
        """Return the groups of an attribute in order, unknown last."""
        return [
            m.group
            for m in self.measures
            if m.name == "people" and m.attribute == attribute and m.group
        ]


def audit(
    scores: Scores,
    groups: Mapping[str, Mapping[str, str]],
    *,
    select: str = "rate:0.2",
    min_n: int = 20,
    depth: int | None = None,
    seed: int = 0,
) -> Audit:
    """Return the measures of each attribute and of each pair of attributes.

    Args:
        scores: one row per job and resume; `evaluation.scores.scores_of_rankings` and
            `evaluation.files.read_scores` make them. A label of 0.5 or more is a fit.
        groups: attribute -> resume -> value. Resumes without a value count as `unknown`.
        select: who is selected: `top:K`, `rate:R`, `threshold:T` or `median`.
        min_n: groups with fewer rows are listed and not estimated.
        depth: exposure counts in the best `depth` places of each job; by default K of `top:K`,
            else 10.
        seed: of the permutations and of the balanced view.

    Raises:
        ConfigError: `select` is no rule.
        DataError: there are no scores, no attribute, an attribute with more than 200 values, or
            one for which no scored resume has a value.
    """
    selection = parse_selection(select)
    _check(scores, groups)
    if depth is None:
        depth = int(selection.amount) if selection.kind == "top" else 10
    case = case_of(scores, selection, min_n=min_n, depth=depth, seed=seed)
    every = groupings(groups, scores.resumes)
    each = [(g, grouped(g, scores, min_n)) for g in every if len(g.names) <= MOST_GROUPS]
    skipped = [_skipped(g) for g in every if len(g.names) > MOST_GROUPS]
    measures = [m for one, of in each for m in _measures(case, one, of)]
    return Audit(
        system=scores.name,
        selection=selection,
        jobs=int((np.bincount(scores.job) > 0).sum()),
        people=int((np.bincount(scores.resume) > 0).sum()),
        rows=len(scores),
        min_n=min_n,
        seed=seed,
        measures=(*_controls(case), *measures),
        distributions=tuple(d for _, of in each for d in _distributions(case, of)),
        reliability=tuple(r for _, of in each for r in reliability(case, of)),
        notes=(*_notes(case, groups), *skipped),
    )


def _skipped(grouping: Grouping) -> str:
    return f"{grouping.attribute} has {len(grouping.names)} groups: too many to compare, skipped."


def _check(scores: Scores, groups: Mapping[str, Mapping[str, str]]) -> None:
    if not len(scores):
        raise DataError(f"{scores.name}: no scores to audit: give at least one row")
    if not groups:
        raise DataError("no attribute to audit by: the groups name none")
    scored = set(scores.resumes)
    empty = [name for name, values in groups.items() if scored.isdisjoint(values)]
    many = [name for name, values in groups.items() if len(set(values.values())) > MOST_GROUPS]
    if many:
        raise DataError(
            f"attribute {many[0]!r} has more than {MOST_GROUPS} values: put them into fewer groups"
        )
    if empty:
        raise DataError(
            f"none of the {len(scored)} scored resumes has a value for {', '.join(empty)}: "
            "check that scores and groups use the same resume ids"
        )


def _measures(case: Case, grouping: Grouping, of: Grouped) -> Iterator[Measure]:
    for group, people in enumerate(of.people):
        count = Estimate(float(people), None, None, int(of.count[group]), "a count")
        yield measure("people", of, group, count)
    selection = selection_measures(case, of)
    yield from selection
    for found in selection:
        if found.name == "impact_ratio":
            yield replace(found, name="e_value", estimate=e_value(found.estimate))
    yield from significance_measures(case, of)
    yield from error_measures(case, of)
    yield from calibration_measures(case, of)
    yield from exposure_measures(case, of)
    yield from curve_measures(case, of)
    if JOINT not in of.attribute:
        yield from _balanced(case, grouping, of)


def _balanced(case: Case, grouping: Grouping, of: Grouped) -> Iterator[Measure]:
    """The gaps once more, on equally many people of each group, as `balanced_...`."""
    if len(of.compared) < 2:
        return
    scores = balanced(case.scores, of, case.seed)
    again = case_of(scores, case.selection, min_n=case.min_n, depth=case.depth, seed=case.seed)
    fewer = grouped(grouping, scores, case.min_n)
    for found in (*selection_measures(again, fewer), *error_measures(again, fewer)):
        if found.group is None or fewer.names.index(found.group) in fewer.compared:
            yield replace(found, name=f"balanced_{found.name}")


def _controls(case: Case) -> Iterator[Measure]:
    """What the data hold as a whole."""
    rows = len(case.scores)
    judged = int(np.isfinite(case.fits).sum())
    for name, count in (("rows", rows), ("rows_judged", judged)):
        yield Measure(name, None, None, Estimate(float(count), None, None, rows, "a count"))
    rate = float(case.chosen.mean())
    yield Measure(
        "selection_rate", None, None, Estimate(rate, None, None, rows, case.selection.words)
    )


def _distributions(case: Case, of: Grouped) -> Iterator[Distribution]:
    score = case.scores.score
    edges = np.linspace(score.min(), max(score.max(), score.min() + 1e-9), BINS + 1)
    for group, unfit in enumerate(of.unfit):
        if not unfit:
            counts, _ = np.histogram(score[of.code == group], edges)
            yield Distribution(
                of.attribute, of.names[group], tuple(map(float, edges)), tuple(map(int, counts))
            )


def _notes(case: Case, groups: Mapping[str, Mapping[str, str]]) -> Iterator[str]:
    scores = case.scores
    scored = {scores.resumes[i] for i in np.flatnonzero(np.bincount(scores.resume))}
    for attribute, values in groups.items():
        without, unscored = len(scored.difference(values)), len(set(values).difference(scored))
        if without:
            yield f"{without} of {len(scored)} scored resumes are {UNKNOWN} for {attribute}."
        if unscored:
            yield f"{unscored} resumes with a value for {attribute} have no score: not counted."
    tied = np.unique(scores.job[(case.chosen > 0) & (case.chosen < 1)])
    if len(tied):
        yield f"In {len(tied)} jobs resumes tie at the cut; each counts as the share of it left."
    pool = np.bincount(scores.job, minlength=len(scores.jobs))
    full = int((pool[pool > 0] <= case.selection.amount).sum())
    if case.selection.kind == "top" and full:
        yield f"In {full} jobs everyone is selected: the pool is no larger than the selection."
    if case.judged and not np.isfinite(case.fits).all():
        missing = int(np.isnan(case.fits).sum())
        yield f"{missing} of {len(scores)} rows have no label and stay out of what needs one."
