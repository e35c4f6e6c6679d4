"""What an audit asks of a matcher: scores of everyone, what swaps move, what its input leaks."""

from collections.abc import Callable, Iterator, Mapping, Sequence

import numpy as np

from shortlist.audit.consistency import local_consistency
from shortlist.audit.counterfactual import swap_test
from shortlist.audit.leakage import text_leakage, vector_leakage
from shortlist.audit.swaps import all_swaps
from shortlist.encoding import Encoder, Matrix
from shortlist.evaluation.scores import Scores, scores_of_rankings
from shortlist.masking import Masker
from shortlist.matcher import Matcher
from shortlist.matcher.whole import wholes
from shortlist.ranking import Index
from shortlist.records import Document, MaskedText, Measure, Ranking

Progress = Callable[[float], None]

MOST = 200
"""Resumes that are swapped: each is read in some thirty versions."""

MOST_PROBED = 1000
"""Resumes that probes are trained on and asked about."""


def matcher_scores(
    name: str,
    matcher: Matcher,
    jobs: Sequence[Document],
    resumes: Sequence[Document],
    progress: Progress | None = None,
) -> Scores:
    """Return the scores of all resumes for all jobs, under the name of the system."""
    index = matcher.index(resumes, progress)
    return scores_of_rankings(name, (matcher.rank(job, index, detail=False) for job in jobs))


def matcher_swaps(
    matcher: Matcher,
    jobs: Sequence[Document],
    resumes: Sequence[Document],
    *,
    select: str = "rate:0.2",
    seed: int = 0,
    progress: Progress | None = None,
) -> list[Measure]:
    """Return what every kind of swap moves, as `swap_test` measures it.

    Of more than `MOST` resumes as many are drawn to be swapped; the pool is all of them.
    """
    once = _IndexedOnce(matcher, progress)
    drawn = np.random.default_rng(seed).permutation(len(resumes))[:MOST]
    swaps = all_swaps([resumes[i] for i in sorted(drawn)], seed=seed)
    return swap_test(once, jobs, resumes, swaps, select=select, seed=seed)


def matcher_leakage(
    matcher: Matcher,
    resumes: Sequence[Document],
    groups: Mapping[str, Mapping[str, str]],
    *,
    seed: int = 0,
) -> Iterator[Measure]:
    """Yield how well each attribute is told by texts and vectors, as they are and masked.

    Of more than `MOST_PROBED` resumes as many are drawn. Vectors of texts as they are need a model
    that reads such texts; one that was trained on masked texts refuses them.
    """
    drawn = np.random.default_rng(seed).permutation(len(resumes))[:MOST_PROBED]
    resumes = [resumes[i] for i in sorted(drawn)]
    masked = [matcher.masker(resume) for resume in resumes]
    policy = matcher.masker.policy
    texts = {"as it is": [resume.text for resume in resumes]}
    texts[f"masked as {policy}"] = [text.text for text in masked]
    vectors = {f"masked as {policy}": _vectors(matcher.encoder, masked)}
    if matcher.encoder.policy is None:
        plain = [Masker("none")(resume) for resume in resumes]
        vectors = {"as it is": _vectors(matcher.encoder, plain), **vectors}
    for attribute, values in groups.items():
        rows = [i for i, resume in enumerate(resumes) if resume.id in values]
        of = [values[resumes[i].id] for i in rows]
        for how, every in texts.items():
            some = [every[i] for i in rows]
            yield from text_leakage(some, of, attribute=attribute, seen=f"text {how}", seed=seed)
        for how, table in vectors.items():
            seen = f"vectors of the text {how}"
            yield from vector_leakage(table[rows], of, attribute=attribute, seen=seen, seed=seed)


def _vectors(encoder: Encoder, resumes: Sequence[MaskedText]) -> Matrix:
    """Return the vectors of whole resumes; with attention over sections those that it gives."""
    if encoder.config.sections:
        return wholes(encoder, resumes, "resume")
    return np.asarray(encoder.encode_resumes(resumes))


def text_consistency(scores: Scores, texts: Mapping[str, str], *, seed: int = 0) -> list[Measure]:
    """Return whether resumes whose words are alike get scores that are alike.

    Likeness is that of TF-IDF vectors, so that it is not the model's own.

    Args:
        scores: of any system.
        texts: the text of each scored resume, by id.
        seed: of the draws.
    """
    from sklearn.feature_extraction.text import TfidfVectorizer

    words = TfidfVectorizer(max_features=2000, sublinear_tf=True)
    vectors = words.fit_transform([texts[id] for id in scores.resumes]).toarray()
    return local_consistency(scores, vectors, seed=seed)


class _IndexedOnce:
    """Ranks the same resumes for job after job, and reads them once."""

    def __init__(self, matcher: Matcher, progress: Progress | None) -> None:
        self._matcher = matcher
        self._progress = progress
        self._resumes: Sequence[Document] | None = None
        self._index: Index | None = None

    def rank(self, job: Document, resumes: Sequence[Document]) -> Ranking:
        if self._index is None or resumes is not self._resumes:
            self._resumes = resumes
            self._index = self._matcher.index(resumes, self._progress)
        return self._matcher.rank(job, self._index, detail=False)
