"""Links what a job asks for to ESCO skills: by letters, by the default encoder, and by both.

A query is compared with every label of every skill; a skill's score is that of its best label, and
of several queries the best counts.
"""

import csv
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt
from scipy import sparse
from sklearn.feature_extraction.text import TfidfVectorizer

from shortlist.encoding import Encoder
from shortlist.masking import Masker
from shortlist.records import Document

Scores = npt.NDArray[np.float32]
SHOWN = 10
_CANDIDATES = 200
LETTERS = 0.5
"""The weight of letters where both are used; chosen on the development parts."""


class EscoIndex:
    """ESCO's labels, each with the skill that it names."""

    def __init__(self, folder: Path) -> None:
        """Read the labels under `skills/` of the data folder and index them twice."""
        self.labels, self.owners = _labels(folder)
        self._vectorizer = TfidfVectorizer(
            analyzer="char_wb", ngram_range=(2, 4), sublinear_tf=True
        )
        self._letters: sparse.csr_matrix = self._vectorizer.fit_transform(self.labels)
        self._encoder = Encoder.load()
        self._mask = Masker("none")
        self._meaning = self._vectors(self.labels)

    def letters(self, queries: Sequence[str]) -> Scores:
        """Return for each label its best cosine of letter n-grams with a query."""
        similar = self._letters @ self._vectorizer.transform(queries).T
        best: Scores = np.asarray(similar.max(axis=1).todense()).ravel()
        return best

    def meaning(self, queries: Sequence[str]) -> Scores:
        """Return for each label its best cosine with a query by the default encoder."""
        best: Scores = (self._meaning @ self._vectors(queries).T).max(axis=1)
        return best

    def both(self, queries: Sequence[str]) -> Scores:
        """Return for each label its best weighted mean of the two."""
        return LETTERS * self.letters(queries) + (1 - LETTERS) * self.meaning(queries)

    def ranked(self, scores: Scores) -> list[str]:
        """Return the ten skills whose labels score best."""
        order = np.argsort(-scores, kind="stable")[:_CANDIDATES]
        return list(dict.fromkeys(self.owners[at] for at in order))[:SHOWN]

    def _vectors(self, texts: Sequence[str]) -> Scores:
        masked = [self._mask(Document(str(at), text)) for at, text in enumerate(texts)]
        return self._encoder.encode_jobs(masked)


def _labels(folder: Path) -> tuple[list[str], list[str]]:
    labels, owners = [], []
    with (folder / "esco_skills.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            for label in {row["preferredLabel"], *row["altLabels"].split("\n")} - {""}:
                labels.append(label)
                owners.append(row["preferredLabel"])
    known = set(owners)
    for label in (folder / "esco_labels.txt").read_text("utf-8").splitlines():
        if label and label not in known:
            labels.append(label)
            owners.append(label)
    return labels, owners


def queries(path: Path) -> tuple[dict[str, set[str]], dict[str, set[str]]]:
    """Return the skills of each span, and of each sentence, of a linking file."""
    spans: dict[str, set[str]] = defaultdict(set)
    sentences: dict[str, set[str]] = defaultdict(set)
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            if row["label"] in ("", "LABEL NOT PRESENT", "UNDERSPECIFIED"):
                continue
            spans[row["sub_span"] or row["span"]].add(row["label"])
            sentences[row["sentence"]].add(row["label"])
    return spans, sentences


def precision(ranked: Sequence[str], gold: set[str], at: int) -> float:
    """Return R-precision at k: the share found of as many as could be (Decorte et al. 2022)."""
    return len(set(ranked[:at]) & gold) / min(at, len(gold))
