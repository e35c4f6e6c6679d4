"""How well the group of a person can be told from vectors, or from a text that was masked.

A probe is a logistic regression that is trained on four fifths of the people and asked about the
rest, in turn. Its AUC is 0.5 where nothing can be told; what chance gives with this many people is
shown by probes for shuffled groups. That a linear probe finds little does not show that nothing is
there; that it finds much shows that a ranking could use it.
"""

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from shortlist.audit.rates import FloatArray, IntArray, found, missing
from shortlist.errors import DataError
from shortlist.records import Estimate, Measure

FOLDS = 5
DRAWS = 300
SHUFFLES = 19


def vector_leakage(
    vectors: NDArray[np.floating[Any]],
    groups: Sequence[str],
    *,
    attribute: str,
    seen: str = "vectors",
    seed: int = 0,
) -> list[Measure]:
    """Return how well vectors [n, d] tell the group of each of n people.

    `leakage_auc@SEEN` has an interval over people; `leakage_null@SEEN` is the median, lowest and
    highest AUC for groups shuffled 19 times. With more than two groups the AUC is the mean over
    the groups of one against the rest. Too few people in a group: not estimated.

    Args:
        vectors: one row per person.
        groups: the group of each person.
        attribute: what the groups are of, such as `school`.
        seen: what the probe saw, for the name of the measures.
        seed: of folds, shuffles and draws.

    Raises:
        DataError: there are not as many groups as vectors.
    """
    from sklearn.pipeline import make_pipeline
    from sklearn.preprocessing import StandardScaler

    probe = make_pipeline(StandardScaler(), _regression(0.01))
    return _measures(probe, np.asarray(vectors), groups, f"{attribute}@{seen}", seed)


def text_leakage(
    texts: Sequence[str],
    groups: Sequence[str],
    *,
    attribute: str,
    seen: str = "text",
    seed: int = 0,
) -> list[Measure]:
    """Return how well texts tell the group of each person, by their words and pairs of words.

    Arguments, measures and errors are those of `vector_leakage`.
    """
    from sklearn.feature_extraction.text import TfidfVectorizer

    words = TfidfVectorizer(ngram_range=(1, 2), sublinear_tf=True, max_features=50_000)
    rows = words.fit_transform(texts)
    return _measures(_regression(10.0), rows, groups, f"{attribute}@{seen}", seed)


def _regression(strength: float) -> Any:
    """A logistic regression of each group against the rest; it runs on one core."""
    from sklearn.linear_model import LogisticRegression
    from sklearn.multiclass import OneVsRestClassifier

    return OneVsRestClassifier(LogisticRegression(C=strength, solver="liblinear", max_iter=2000))


def _measures(probe: Any, rows: Any, groups: Sequence[str], about: str, seed: int) -> list[Measure]:
    people = int(rows.shape[0])
    if people != len(groups):
        raise DataError(f"{len(groups)} groups for {people} people: give one for each")
    attribute, seen = about.split("@", 1)
    names, codes = np.unique(np.array(groups, dtype=str), return_inverse=True)
    count = np.bincount(codes)
    if len(names) < 2 or count.min() < 2 * FOLDS:
        reason = f"a probe needs two groups of at least {2 * FOLDS} people each"
        auc = null = missing(people, reason)
    else:
        rng = np.random.default_rng(seed)
        auc = _with_interval(_asked(probe, rows, codes, seed), codes, rng)
        shuffled = [rng.permutation(codes) for _ in range(SHUFFLES)]
        chance = [_auc(_asked(probe, rows, order, seed), order) for order in shuffled]
        middle, reason = float(np.median(chance)), "groups shuffled among the people"
        null = Estimate(middle, min(chance), max(chance), people, reason)
    return [
        Measure(f"leakage_auc@{seen}", attribute, None, auc),
        Measure(f"leakage_null@{seen}", attribute, None, null),
    ]


def _asked(probe: Any, rows: Any, codes: IntArray, seed: int) -> FloatArray:
    """Return the probe's shares [n, k], each row asked of a probe that did not see it."""
    from sklearn.model_selection import StratifiedKFold, cross_val_predict

    folds = StratifiedKFold(FOLDS, shuffle=True, random_state=seed)
    shares: FloatArray = cross_val_predict(probe, rows, codes, cv=folds, method="predict_proba")
    return shares


def _auc(shares: FloatArray, codes: IntArray) -> float:
    """The chance that a member of a group gets more of its share than one who is not."""
    from scipy.stats import rankdata

    each = []
    for group in range(shares.shape[1]):
        mine = codes == group
        n, m = int(mine.sum()), int((~mine).sum())
        ranks = rankdata(shares[:, group])[mine].sum()
        each.append((ranks - n * (n + 1) / 2) / (n * m))
    return float(np.mean(each))


def _with_interval(shares: FloatArray, codes: IntArray, rng: np.random.Generator) -> Estimate:
    """The AUC with the middle 95 % of draws of people, as many of each group as there are."""
    value = _auc(shares, codes)
    members = [np.flatnonzero(codes == group) for group in range(shares.shape[1])]
    drawn = []
    for _ in range(DRAWS):
        rows = np.concatenate([rng.choice(m, len(m)) for m in members])
        drawn.append(_auc(shares[rows], codes[rows]))
    low, high = np.quantile(drawn, [0.025, 0.975])
    return found(value, low, high, len(codes))
