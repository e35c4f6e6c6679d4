"""What a ranking does when one thing in a resume is swapped and nothing else.

Each swap is compared with controls: a shift means something beside the spread of the scores, beside
a nonsense text of the same length and shape in the same place, and beside another person's resume;
a flip rate beside the 2 r (1 - r) of two independent draws.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from string import ascii_lowercase, ascii_uppercase, digits
from typing import Protocol

import numpy as np

from shortlist.audit.rates import Clusters, FloatArray, IntArray, found, missing, rates
from shortlist.audit.selection import parse_selection
from shortlist.audit.swaps import Change, Swap, check, swap
from shortlist.errors import ConfigError, DataError
from shortlist.evaluation.intervals import wilson
from shortlist.records import Document, Estimate, Measure, Ranking

PERSISTENCE = 0.9
"""The p of rank-biased overlap: the first ten places carry 86 % of its weight."""

EXACT = "exact: every score is equal to the last bit"


class Ranker(Protocol):
    """Anything that ranks all of some resumes for a job, such as `Matcher`."""

    def rank(self, job: Document, resumes: Sequence[Document]) -> Ranking:
        """Return a match for every resume. The same list is passed for every job."""
        ...


@dataclass(frozen=True, slots=True)
class _Shifts:
    """Scores [jobs, swaps] of one kind of swap; `resume` says which of the pool each is about.

    `pool` [jobs, resumes] holds the scores of the resumes as they are.
    """

    pool: FloatArray
    before: FloatArray
    after: FloatArray
    nonsense: FloatArray
    resume: IntArray
    swaps: Sequence[Swap]

    def of_job(self, row: int) -> "_Shifts":
        """Return the scores for one job."""
        tables = (self.pool, self.before, self.after, self.nonsense)
        pool, before, after, nonsense = (table[[row]] for table in tables)
        return _Shifts(pool, before, after, nonsense, self.resume, self.swaps)

    @property
    def shift(self) -> FloatArray:
        return self.after - self.before


def swap_test(
    ranker: Ranker,
    jobs: Sequence[Document],
    resumes: Sequence[Document],
    swaps: Sequence[Swap],
    *,
    select: str = "rate:0.2",
    seed: int = 0,
) -> list[Measure]:
    """Return how far scores and selections move under each kind of swap.

    `attribute` is the kind; `group` is a job, or None over all jobs. A flip is a resume that is
    selected from the pool in one version and not in the other, all others being as they are.
    `swap_signed_shift_adjusted` is the mean shift at equal length and equal frequency of the words.

    Args:
        ranker: what is tested.
        jobs: at least one.
        resumes: the pool.
        swaps: of resumes of the pool, as `audit.swaps` makes them; each is checked to be minimal.
        select: who is selected from the pool: `top:K` or `rate:R`.
        seed: of the pairing with other resumes.

    Raises:
        ConfigError: `select` is another rule.
        DataError: there is nothing to rank, a swap changes more than it says or is of no resume of
            the pool, or a ranking leaves out a resume.
    """
    seats = _seats(select, len(resumes))
    _check(jobs, resumes, swaps)
    nonsense = [_nonsense(one) for one in swaps]
    texts = [d.text for one in (*swaps, *nonsense) for d in (one.before, one.after)]
    column = {t: i for i, t in enumerate(dict.fromkeys([r.text for r in resumes] + texts))}
    versions = [Document(str(i), text) for text, i in column.items()]
    scores = np.stack([_scored(ranker, job, versions) for job in jobs])
    place = {resume.id: i for i, resume in enumerate(resumes)}
    result = []
    for kind in dict.fromkeys(one.kind for one in swaps):
        mine = [i for i, one in enumerate(swaps) if one.kind == kind]
        shifts = _Shifts(
            scores[:, [column[resume.text] for resume in resumes]],
            scores[:, [column[swaps[i].before.text] for i in mine]],
            scores[:, [column[swaps[i].after.text] for i in mine]],
            scores[:, [column[nonsense[i].after.text] for i in mine]],
            np.array([place[swaps[i].before.id] for i in mine]),
            [swaps[i] for i in mine],
        )
        result += _measures(kind, jobs, shifts, seats, seed)
    return result


def _seats(select: str, pool: int) -> int:
    rule = parse_selection(select)
    if rule.kind not in ("top", "rate"):
        raise ConfigError(f"{select!r}: a swap test selects by place: write top:K or rate:R")
    seats = rule.amount if rule.kind == "top" else max(1, round(rule.amount * pool))
    return min(int(seats), pool)


def _check(jobs: Sequence[Document], resumes: Sequence[Document], swaps: Sequence[Swap]) -> None:
    if not jobs or not resumes or not swaps:
        raise DataError("a swap test needs at least one job, one resume and one swap")
    check(swaps)
    strangers = {one.before.id for one in swaps}.difference(resume.id for resume in resumes)
    if strangers:
        raise DataError(f"resume {min(strangers)!r} is swapped but not in the pool: add it")


def rank_overlap(one: FloatArray, other: FloatArray, p: float = PERSISTENCE) -> float:
    """Return the rank-biased overlap of two rankings of the same items, in (0, 1].

    Extrapolated to infinite depth (Webber, Moffat & Zobel 2010, TOIS 28, equation 32). Items that
    tie keep their order.

    Args:
        one: scores, higher is better.
        other: scores of the same items.
        p: how likely a reader goes on to the next place, in (0, 1).
    """
    n = len(one)
    places = np.empty((2, n), np.int64)
    for row, scores in enumerate((one, other)):
        places[row, np.argsort(-scores, kind="stable")] = np.arange(n)
    shared = np.cumsum(np.bincount(places.max(axis=0), minlength=n))
    depth = np.arange(1, n + 1)
    weights = p**depth
    return float((1 - p) / p * (shared / depth * weights).sum() + weights[-1])


def _measures(
    kind: str, jobs: Sequence[Document], shifts: _Shifts, seats: int, seed: int
) -> list[Measure]:
    flips, overlaps = _flips(shifts, seats), _overlaps(shifts)
    result = [
        Measure(name, kind, None, estimate)
        for name, estimate in _pooled(shifts, flips, overlaps, seats, seed)
    ]
    for row, job in enumerate(jobs):
        one = shifts.of_job(row)
        n = one.pool.shape[1]
        overlap = Estimate(float(overlaps[row]), None, None, n, "of one pair of rankings")
        result += [
            Measure("swap_mean_shift", kind, job.id, _mean(np.abs(one.shift), one.resume)),
            Measure("swap_signed_shift", kind, job.id, _mean(one.shift, one.resume)),
            Measure("swap_flip_rate", kind, job.id, _rate(flips[[row]], one.resume)),
            Measure("swap_rank_overlap", kind, job.id, overlap),
        ]
    return result


def _pooled(
    shifts: _Shifts, flips: FloatArray, overlaps: FloatArray, seats: int, seed: int
) -> list[tuple[str, Estimate]]:
    size = np.abs(shifts.shift)
    equal = (size == 0).astype(float)
    deviation = float(shifts.pool.std(axis=1).mean())
    mean = _mean(size, shifts.resume)
    r = seats / shifts.pool.shape[1]
    chance = Estimate(2 * r * (1 - r), None, None, flips.size, "two independent draws")
    other = _other_resume(shifts, seed)
    exact = EXACT if equal.all() else ""
    return [
        ("swap_equal", _rate(equal, shifts.resume, exact)),
        ("swap_mean_shift", mean),
        ("swap_p95_shift", _high_quantile(size, shifts.resume)),
        ("swap_shift_in_sd", _in_deviations(mean, deviation)),
        ("swap_signed_shift", _mean(shifts.shift, shifts.resume)),
        ("swap_signed_shift_adjusted", _adjusted(shifts)),
        ("swap_flip_rate", _rate(flips, shifts.resume)),
        ("swap_flip_chance", chance),
        ("swap_rank_overlap", _over_jobs(overlaps)),
        ("swap_nonsense_shift", _nonsense_shift(shifts)),
        ("swap_other_resume_shift", other),
    ]


def _scored(ranker: Ranker, job: Document, versions: Sequence[Document]) -> FloatArray:
    """Return the score of each version, whose ids are their positions."""
    ranking = ranker.rank(job, versions)
    scores = np.full(len(versions), np.nan)
    for match in ranking.matches:
        scores[int(match.resume)] = match.score
    if np.isnan(scores).any():
        raise DataError(f"the ranking for job {job.id!r} leaves out resumes: rank all of them")
    return scores


def _nonsense(one: Swap) -> Swap:
    """The swap with its new texts turned by half the alphabet: same length, no meaning."""
    turned = [Change(c.start, c.old, _turned(c.new)) for c in one.changes]
    return swap(one.kind, one.before, turned)


def _turned(text: str) -> str:
    plain, turned = "", ""
    for row in (ascii_lowercase, ascii_uppercase, digits):
        half = len(row) // 2
        plain, turned = plain + row, turned + row[half:] + row[:half]
    return text.translate(str.maketrans(plain, turned))


def _flips(shifts: _Shifts, seats: int) -> FloatArray:
    """1 where a resume is selected in one version and not in the other; [jobs, swaps]."""
    if seats >= shifts.pool.shape[1]:
        return np.zeros(shifts.before.shape)
    ranked = -np.sort(-shifts.pool, axis=1)
    mine = shifts.pool[:, shifts.resume]
    # The score to reach is the one in the last seat among all others.
    cut = np.where(mine >= ranked[:, [seats - 1]], ranked[:, [seats]], ranked[:, [seats - 1]])
    flips: FloatArray = ((shifts.before >= cut) != (shifts.after >= cut)).astype(float)
    return flips


def _overlaps(shifts: _Shifts) -> FloatArray:
    """The overlap [jobs] of the ranking with all first versions and that with all second ones."""
    first, second = shifts.pool.copy(), shifts.pool.copy()
    first[:, shifts.resume], second[:, shifts.resume] = shifts.before, shifts.after
    return np.array([rank_overlap(*pair) for pair in zip(first, second, strict=True)])


def _spread(values: FloatArray, resume: IntArray) -> tuple[float, float]:
    """The standard error of the mean of values [jobs, swaps] and its degrees of freedom."""
    jobs, swaps = values.shape
    clusters = Clusters(
        np.zeros(values.size, np.int64),
        np.tile(resume, jobs),
        np.repeat(np.arange(jobs), swaps),
        1,
        int(resume.max()) + 1,
        jobs,
    )
    of = rates(values.ravel(), np.ones(values.size), clusters)
    people = len(np.unique(resume)) - 1
    return float(np.sqrt(of.variance[0])), float(min(of.freedom[0], max(people, 1)))


def _mean(values: FloatArray, resume: IntArray) -> Estimate:
    from scipy.stats import t

    error, freedom = _spread(values, resume)
    middle, half = float(values.mean()), float(t.ppf(0.975, freedom)) * error
    return found(middle, middle - half, middle + half, values.size)


def _rate(values: FloatArray, resume: IntArray, reason: str = "") -> Estimate:
    low, high = _share_bounds(values, resume)
    return found(values.mean(), low, high, values.size, reason)


def _share_bounds(values: FloatArray, resume: IntArray) -> tuple[float, float]:
    """The score interval of a share of values [jobs, swaps], by resumes and jobs."""
    from scipy.stats import t

    error, freedom = _spread(values, resume)
    share = float(values.mean())
    people = float(len(np.unique(resume)))
    effective = share * (1 - share) / error**2 if error > 0 else people
    low, high = wilson(share, effective, float(t.ppf(0.975, freedom)))
    return float(low), float(high)


def _high_quantile(values: FloatArray, resume: IntArray) -> Estimate:
    """The 95 % point; bounds are the points at the bounds of its share (Woodruff 1952)."""
    point = float(np.quantile(values, 0.95))
    low, high = _share_bounds((values <= point).astype(float), resume)
    least, most = np.quantile(values, [min(low, 0.95), max(high, 0.95)])
    return found(point, least, most, values.size)


def _in_deviations(mean: Estimate, deviation: float) -> Estimate:
    if deviation <= 0 or mean.value is None or mean.low is None or mean.high is None:
        return missing(mean.n, "the scores of each job are all equal: no spread to compare with")
    return Estimate(mean.value / deviation, mean.low / deviation, mean.high / deviation, mean.n)


def _over_jobs(values: FloatArray) -> Estimate:
    from scipy.stats import t

    n = len(values)
    if n < 2:
        return Estimate(float(values.mean()), None, None, n, "one job: no interval over jobs")
    half = float(t.ppf(0.975, n - 1)) * float(values.std(ddof=1)) / n**0.5
    middle = float(values.mean())
    return found(middle, middle - half, min(middle + half, 1.0), n)


def _nonsense_shift(shifts: _Shifts) -> Estimate:
    if not any(change.new for one in shifts.swaps for change in one.changes):
        return missing(shifts.before.size, "nothing is put in the place of what is taken out")
    return _mean(np.abs(shifts.nonsense - shifts.before), shifts.resume)


def _other_resume(shifts: _Shifts, seed: int) -> Estimate:
    """How far the score of another resume is, drawn once for each."""
    n = len(shifts.swaps)
    if n < 2:
        return missing(shifts.before.size, "one resume: no other to compare with")
    steps = np.random.default_rng(seed).integers(1, n, n)
    other = (np.arange(n) + steps) % n
    return _mean(np.abs(shifts.before[:, other] - shifts.before), shifts.resume)


def _adjusted(shifts: _Shifts) -> Estimate:
    """The mean shift where the new text is as long, and its words as frequent, as the old."""
    from scipy.stats import t
    from wordfreq import zipf_frequency

    def frequency(text: str) -> float:
        words = text.split()
        return float(np.mean([zipf_frequency(w, "en") for w in words])) if words else 0.0

    length = [sum(len(c.new) - len(c.old) for c in s.changes) for s in shifts.swaps]
    common = [frequency(s.changes[0].new) - frequency(s.changes[0].old) for s in shifts.swaps]
    causes = np.column_stack((np.ones(len(length)), length, common))
    n, rank = len(causes), int(np.linalg.matrix_rank(causes))
    if n < 30 or rank < 3:
        return missing(shifts.shift.size, "too few swaps, or all of one length or frequency")
    inverse = np.linalg.inv(causes.T @ causes)
    each = shifts.shift.mean(axis=0)
    fit = inverse @ causes.T @ each
    influence = causes @ inverse[0] * (each - causes @ fit)
    half = float(t.ppf(0.975, n - 3)) * float(np.sqrt((influence**2).sum() * n / (n - 3)))
    return found(fit[0], fit[0] - half, fit[0] + half, shifts.shift.size)
