"""Fits a blend on judged pairs and returns what its file holds."""

import json
from hashlib import sha256

import numpy as np

from shortlist.encoding import Progress
from shortlist.evaluation.controls import Texts
from shortlist.evaluation.pool import Pool
from shortlist.extraction.lexicon import Lexicon
from shortlist.matcher import Matcher
from shortlist.records import Match
from shortlist.scorers.blend import Blend
from shortlist.scorers.blend_file import SIGNALS, BlendFile, Fit
from shortlist.scorers.fitting import Pairs, fit_weights, mixed
from shortlist.scorers.scoring import rankings, wanted
from shortlist.scorers.signals import SUGGESTED


def fit_blend(
    matcher: Matcher,
    pool: Pool,
    texts: Texts,
    name: str,
    *,
    lexicon: Lexicon | None = None,
    progress: Progress | None = None,
) -> BlendFile:
    """Return the blend that orders the judged resumes of each job best.

    Args:
        matcher: the model whose score is blended.
        pool: judged pairs, resumes ranked for jobs.
        texts: of jobs and resumes, by id.
        name: of the data set, for the file.
        lexicon: the skills to look for; by default the built-in ones.
        progress: told how much is done.

    Raises:
        DataError: too few jobs have resumes of different grades, or no signal goes up with grades.
    """
    pairs = signal_values(matcher, pool, texts, lexicon=lexicon, progress=progress)
    suggested = np.array([SUGGESTED.get(signal, 0.0) for signal in SIGNALS])
    rivals = {"learned": pairs.values[:, 0], "hybrid": mixed(pairs.values, suggested)}
    fitted = fit_weights(pairs, rivals)
    fit = Fit(
        data=name,
        fingerprint=fingerprint(pool, texts),
        pairs=len(pool),
        jobs=fitted.jobs,
        weights=fitted.intervals,
        in_order=fitted.in_order,
        model=matcher.encoder.fingerprint,
        policy=matcher.masker.policy,
    )
    return BlendFile(fitted.weights, fit)


def fingerprint(pool: Pool, texts: Texts) -> str:
    """Return the digest of judged pairs: their texts and grades, whatever their ids and order."""
    rows = zip(pool.query.tolist(), pool.item.tolist(), pool.grade.tolist(), strict=True)
    lines = sorted(
        json.dumps([texts.jobs[pool.queries[q]], texts.resumes[pool.items[i]], grade])
        for q, i, grade in rows
    )
    digest = sha256()
    for line in lines:
        digest.update(line.encode())
    return digest.hexdigest()


def signal_values(
    matcher: Matcher,
    pool: Pool,
    texts: Texts,
    *,
    lexicon: Lexicon | None = None,
    progress: Progress | None = None,
) -> Pairs:
    """Return the learned score and the five signals of every pair of a pool, in its order.

    The scores of all three scorers are mixes of them: see `mixed`.
    """
    even = Blend(matcher, _even(matcher), lexicon)
    found: dict[tuple[str, str], Match] = {}
    for ranking in rankings(even, wanted(pool), texts, progress):
        found.update({(ranking.job, match.resume): match for match in ranking.matches})
    values = np.full((len(pool), len(SIGNALS)), np.nan)
    for row, (q, i) in enumerate(zip(pool.query.tolist(), pool.item.tolist(), strict=True)):
        pair = (pool.queries[q], pool.items[i])
        for part in found[pair if pool.direction == "resumes" else pair[::-1]].parts:
            values[row, SIGNALS.index(part.name)] = part.value
    return Pairs(SIGNALS, values, pool.query, pool.grade)


def _even(matcher: Matcher) -> BlendFile:
    """Return a blend in which every signal counts, so that each shows its value."""
    weights = dict.fromkeys(SIGNALS, 1 / len(SIGNALS))
    nothing = Fit("", "", 0, 0, {}, {}, matcher.encoder.fingerprint, matcher.masker.policy)
    return BlendFile(weights, nothing)
