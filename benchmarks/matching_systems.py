"""The systems that `matching.py` compares: shortlist, and what is common to compare with."""

from collections.abc import Callable, Sequence

import numpy as np
import numpy.typing as npt

from shortlist.masking import Masker
from shortlist.matcher import Matcher
from shortlist.records import Document

Scores = npt.NDArray[np.float64]
System = Callable[[Sequence[Document], Sequence[Document]], Scores]
"""Jobs and resumes to scores [jobs, resumes]. Only baselines look at the pool as a whole."""


def systems(matcher: Matcher) -> dict[str, System]:
    """Return the systems by the name that the results give them."""
    return {
        "shortlist": lambda jobs, resumes: _shortlist(matcher, jobs, resumes),
        "MiniLM whole text": lambda jobs, resumes: _whole_text(matcher, jobs, resumes),
        "BM25": _bm25,
        "TF-IDF": _tfidf,
        "length": _length,
        "random": _random,
    }


def _shortlist(matcher: Matcher, jobs: Sequence[Document], resumes: Sequence[Document]) -> Scores:
    index = matcher.index(resumes)
    column = {resume.id: number for number, resume in enumerate(resumes)}
    scores = np.empty((len(jobs), len(resumes)))
    for row, job in enumerate(jobs):
        for match in matcher.rank(job, index, detail=False).matches:
            scores[row, column[match.resume]] = match.score
    return scores


def _whole_text(matcher: Matcher, jobs: Sequence[Document], resumes: Sequence[Document]) -> Scores:
    unmasked = Masker("none")
    job_vectors = matcher.encoder.encode_jobs([unmasked(job) for job in jobs])
    resume_vectors = matcher.encoder.encode_resumes([unmasked(resume) for resume in resumes])
    return (job_vectors @ resume_vectors.T).astype(np.float64)


def _bm25(jobs: Sequence[Document], resumes: Sequence[Document]) -> Scores:
    import bm25s

    retriever = bm25s.BM25()
    retriever.index(_tokens(resumes), show_progress=False)
    return np.stack([retriever.get_scores(tokens) for tokens in _tokens(jobs)]).astype(np.float64)


def _tokens(documents: Sequence[Document]) -> list[list[str]]:
    import bm25s

    texts = [document.text for document in documents]
    tokens = bm25s.tokenize(texts, stopwords="en", return_ids=False, show_progress=False)
    return [list(map(str, document)) for document in tokens]


def _tfidf(jobs: Sequence[Document], resumes: Sequence[Document]) -> Scores:
    from sklearn.feature_extraction.text import TfidfVectorizer

    vectorizer = TfidfVectorizer(sublinear_tf=True, stop_words="english")
    resume_rows = vectorizer.fit_transform([resume.text for resume in resumes])
    job_rows = vectorizer.transform([job.text for job in jobs])
    scores: Scores = (job_rows @ resume_rows.T).toarray()
    return scores


def _length(jobs: Sequence[Document], resumes: Sequence[Document]) -> Scores:
    return np.tile([float(len(resume.text.strip())) for resume in resumes], (len(jobs), 1))


def _random(jobs: Sequence[Document], resumes: Sequence[Document]) -> Scores:
    return np.random.default_rng(0).random((len(jobs), len(resumes)))
