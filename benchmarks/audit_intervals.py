"""How often the audit's intervals hold the truth, and how often its tests raise a false alarm.

    .venv/bin/python -m benchmarks.audit_intervals [WORLD ...]

People are drawn again and again from a population whose rates are known; each row says in how many
of the draws the interval held them, with the interval of that share. Nominal is 0.95; the goal is
at least 0.93 everywhere. False alarms of the permutation test at 0.05 should be at most 0.06.
"""

import sys
from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np

from benchmarks.results import Row, renew
from shortlist.audit.calibration import calibration_measures
from shortlist.audit.case import Case, case_of
from shortlist.audit.exposure import exposure_measures
from shortlist.audit.grouping import Grouped, grouped, groupings
from shortlist.audit.parity import error_measures, selection_measures
from shortlist.audit.selection import Selection
from shortlist.audit.significance import significance_measures
from shortlist.evaluation.intervals import wilson
from shortlist.evaluation.scores import Scores
from shortlist.records import Measure

DRAWS = 1000
LONG_RUN = 400

MEASURES = (
    ("selection_rate", "b"),
    ("impact_ratio", "b"),
    ("demographic_parity_difference", None),
    ("demographic_parity_ratio", None),
    ("true_positive_rate", "b"),
    ("equal_opportunity_difference", None),
    ("equalized_odds_difference", None),
    ("predictive_parity_difference", None),
    ("exposure_against_pool", "b"),
    ("exposure_gap", None),
    ("calibration_disparity", None),
)


@dataclass(frozen=True)
class World:
    """People of groups a, b (and c), scored for jobs; `lag` lowers the scores of b."""

    name: str
    jobs: int
    people: int
    """Of each job, or, where everyone is scored for every job, in all."""
    crossed: bool
    lag: float
    selection: Selection
    three: bool = False

    def draw(self, rng: np.random.Generator, times: int = 1) -> Scores:
        """Return the scores of new people, `times` as many."""
        people = self.people * times
        count = people if self.crossed else people * self.jobs
        person = np.tile(np.arange(people), self.jobs) if self.crossed else np.arange(count)
        job = np.repeat(np.arange(self.jobs), people)
        lagging = np.arange(count) % (3 if self.three else 2) == 1
        quality = rng.normal(size=count)
        seen = quality[person] - self.lag * lagging[person] + rng.normal(0, 0.7, len(person))
        fits = quality[person] + rng.normal(0, 0.7, len(person)) > 0
        score = 1 / (1 + np.exp(-1.6 * seen))
        ids = tuple(f"r{i}" for i in range(count))
        jobs = tuple(f"j{i}" for i in range(self.jobs))
        return Scores("world", jobs, ids, job, person, score, fits.astype(float))

    def groups(self, scores: Scores) -> dict[str, dict[str, str]]:
        """Return everyone's group."""
        letters = "abc" if self.three else "ab"
        each = {id: letters[i % len(letters)] for i, id in enumerate(scores.resumes)}
        return {"group": each}

    def case(self, scores: Scores) -> tuple[Case, Grouped]:
        """Return what the measures are computed on."""
        grouping = groupings(self.groups(scores), scores.resumes)[0]
        case = case_of(scores, self.selection, min_n=1, depth=10, seed=0)
        return case, grouped(grouping, scores, 1)


TOP = Selection("rate", 0.2)
WORLDS = (
    World("one job of 200", 1, 200, False, 0.0, TOP),
    World("one job of 200, b lags", 1, 200, False, 0.5, TOP),
    World("one job of 80, b lags", 1, 80, False, 0.5, TOP),
    World("30 jobs of 40, b lags", 30, 40, False, 0.3, TOP),
    World("200 people for 15 jobs", 15, 200, True, 0.0, TOP),
    World("200 people for 15 jobs, b lags", 15, 200, True, 0.4, TOP),
    World("three groups, one job of 300, b lags", 1, 300, False, 0.4, TOP, three=True),
    World("a threshold, 20 jobs of 30", 20, 30, False, 0.3, Selection("threshold", 0.7)),
)


def measured(world: World, scores: Scores) -> dict[tuple[str, str | None], Measure]:
    """Return the measures by name and group."""
    case, of = world.case(scores)
    found = selection_measures(case, of) + error_measures(case, of)
    found += [m for m in exposure_measures(case, of) if "@" not in m.name]
    found += calibration_measures(case, of)
    return {(m.name, m.group): m for m in found}


def truths(world: World, rng: np.random.Generator) -> dict[tuple[str, str | None], float]:
    """Return the measures in the long run: rates averaged over draws, gaps of those averages.

    Exposure counts in the best ten of a job, so its pools keep their size; calibration is taken
    over one large pool, as its error is pushed up by chance in small ones.
    """
    sums: dict[str, np.ndarray] = {}
    names = ("selection_rate", "true_positive_rate", "false_positive_rate", "precision")
    letters = "abc" if world.three else "ab"
    for _ in range(LONG_RUN):
        found = measured(world, world.draw(rng))
        for name in (*names, "exposure_against_pool"):
            each = np.array([found[name, g].estimate.value for g in letters], float)
            sums[name] = sums.get(name, 0.0) + np.nan_to_num(each) / LONG_RUN
    gap = {name: float(np.ptp(values)) for name, values in sums.items()}
    rate, far = (
        sums["selection_rate"],
        measured(world, world.draw(rng, 40 if world.jobs > 1 else 400)),
    )
    calibrated = far["calibration_disparity", None].estimate.value
    assert calibrated is not None
    odds = (gap["true_positive_rate"] + gap["false_positive_rate"]) / 2
    return {
        ("selection_rate", "b"): float(rate[1]),
        ("impact_ratio", "b"): float(rate[1] / rate.max()),
        ("demographic_parity_difference", None): gap["selection_rate"],
        ("demographic_parity_ratio", None): float(rate.min() / rate.max()),
        ("true_positive_rate", "b"): float(sums["true_positive_rate"][1]),
        ("equal_opportunity_difference", None): gap["true_positive_rate"],
        ("equalized_odds_difference", None): odds,
        ("predictive_parity_difference", None): gap["precision"],
        ("exposure_against_pool", "b"): float(sums["exposure_against_pool"][1]),
        ("exposure_gap", None): gap["exposure_against_pool"],
        ("calibration_disparity", None): calibrated,
    }


def coverage(world: World) -> Iterator[Row]:
    """Yield how often each interval held its truth."""
    rng = np.random.default_rng(1)
    truth = truths(world, rng)
    held: dict[tuple[str, str | None], list[bool]] = {key: [] for key in MEASURES}
    for _ in range(DRAWS):
        found = measured(world, world.draw(rng))
        for key in MEASURES:
            e = found[key].estimate
            if e.low is not None and e.high is not None:
                held[key].append(e.low - 1e-9 <= truth[key] <= e.high + 1e-9)
    for (name, _), hits in held.items():
        yield share(f"coverage: {name}, {world.name}", hits)


def without_gap() -> list[World]:
    """Return each kind of world once, with nobody lagging."""
    equal = [replace(w, lag=0.0, name=w.name.removesuffix(", b lags")) for w in WORLDS]
    return list({world.name: world for world in equal}.values())


def alarms(world: World) -> Row:
    """Return how often the permutation test at 0.05 found a gap where there is none."""
    rng = np.random.default_rng(2)
    raised = []
    for _ in range(DRAWS):
        found = significance_measures(*world.case(world.draw(rng)))
        p = next(m.estimate.value for m in found if m.name == "p_value" and m.group is None)
        assert p is not None
        raised.append(p <= 0.05)
    return share(f"false alarms at 0.05: {world.name}", raised)


def share(measure: str, hits: list[bool]) -> Row:
    """Return a share of draws with its interval."""
    value = float(np.mean(hits))
    low, high = wilson(value, len(hits))
    return Row(measure, "shortlist audit", value, float(low), float(high), len(hits))


def main() -> None:
    """Renew coverage in the worlds that the command line names, or all, then false alarms there."""
    wanted = sys.argv[1:]
    for world in WORLDS:
        if not wanted or world.name in wanted:
            renew("audit_intervals", coverage(world))
    for world in without_gap():
        if not wanted or world.name in wanted:
            renew("audit_intervals", [alarms(world)])


if __name__ == "__main__":
    main()
