"""How good a model is on the validation split, as it would be served."""

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from statistics import fmean
from typing import Any

import numpy as np
import torch
from torch import Tensor

from shortlist.audit.balance import balanced
from shortlist.audit.case import Case, case_of
from shortlist.audit.grouping import Grouped, Grouping, grouped, groupings
from shortlist.audit.parity import error_measures, selection_measures
from shortlist.audit.selection import parse_selection
from shortlist.encoding import Calibration as Served
from shortlist.evaluation.calibration import (
    best_threshold,
    fit_platt,
    fit_temperature,
    fit_temperature_by_group,
)
from shortlist.evaluation.metrics import Question, measure
from shortlist.evaluation.pairs import Pairs
from shortlist.evaluation.pool import Pool, pool_of
from shortlist.evaluation.scores import FloatArray, Scores, judgments_of, scores_of
from shortlist.records import Judgment
from shortlist.training.batch import padded
from shortlist.training.corpus import Corpus, Text
from shortlist.training.match import Calibrated
from shortlist.training.sections import Sections
from shortlist.training.settings import SelectionSettings
from shortlist.training.vectors import Chunks, Vectorizer

OF_ORDER = ("ndcg@10", "map", "roc_auc", "pr_auc")
OF_PROBABILITY = ("brier", "ece", "accuracy", "f1")

AT_ONCE = 64
"""Texts that are encoded at a time."""


@dataclass(frozen=True, slots=True)
class Calibrating:
    """How cosines become probabilities, and where they are cut: fitted together, kept together."""

    served: Served
    temperature: float
    """What the learned log-odds are divided by; 1 where none were learned."""
    by_group: Mapping[str, float]
    """Temperatures of groups, if asked for: reported, and never served."""
    threshold: float
    """Of the probability that this calibration gives."""


@dataclass(frozen=True, slots=True)
class Validation:
    """One epoch's numbers. None is what could not be estimated."""

    metrics: Mapping[str, float | None]
    gap: float | None
    """Mean over attributes of the mean of the gaps in selection rate, in equalized odds and in
    precision, as far as they can be estimated. The balanced view where it can, else the raw one."""
    gap_raw: float | None
    gap_balanced: float | None
    calibrating: Calibrating


class Validator:
    """Encodes the validation split with the model that learns, and measures."""

    def __init__(
        self, corpus: Corpus, groups: Mapping[str, Mapping[str, str]], settings: SelectionSettings,
        *, seed: int, vectorizer: Vectorizer,
    ) -> None:  # fmt: skip
        self._corpus = corpus
        self._settings = settings
        self._seed = seed
        self.vectorizer = vectorizer
        self._groups = groups
        self._select = parse_selection(settings.select)
        self._pool = _pool(corpus)

    def __call__(
        self, model: Any, calibrated: Calibrated, *, learned: bool, sections: Sections | None = None
    ) -> Validation:
        """Return the numbers of a model.

        Args:
            model: the encoder.
            sections: its attention over sections, if it has any.
            calibrated: its calibration.
            learned: whether the calibration's numbers were learned from a match term; they are
                then corrected by a temperature, else replaced by Platt's.
        """
        cosine = self._cosines(model, sections)
        fits = (self._pool.grade >= 0.5).astype(float)
        pairs = Pairs(cosine, fits, self._pool.query)
        calibrating = self._calibrate(pairs, calibrated, learned=learned)
        probability = _probability(calibrating.served, cosine)
        cut = calibrating.threshold
        found = measure(self._pool, cosine, Question(OF_ORDER))
        found |= measure(self._pool, probability, Question(OF_PROBABILITY, threshold=cut))
        half = measure(self._pool, probability, Question(("accuracy",), threshold=0.5))
        metrics = {name: sample.value for name, sample in found.items()}
        metrics["accuracy@0.5"] = half["accuracy"].value
        metrics["loss"] = _cross_entropy(probability, fits)
        raw, even = self._gaps(probability if self._select.kind == "threshold" else cosine)
        return Validation(metrics, raw if even is None else even, raw, even, calibrating)

    def _cosines(self, model: Any, sections: Sections | None) -> FloatArray:
        jobs = encoded(model, self._corpus.jobs, self.vectorizer, sections)
        resumes = encoded(model, self._corpus.resumes, self.vectorizer, sections)
        at_job = {text.id: row for row, text in enumerate(self._corpus.jobs)}
        at_resume = {text.id: row for row, text in enumerate(self._corpus.resumes)}
        query = np.array([at_job[name] for name in self._pool.queries])[self._pool.query]
        item = np.array([at_resume[name] for name in self._pool.items])[self._pool.item]
        return np.asarray((jobs[query] * resumes[item]).sum(axis=1))

    def _calibrate(self, pairs: Pairs, calibrated: Calibrated, *, learned: bool) -> Calibrating:
        slope = float(calibrated.log_slope.detach().exp())
        intercept = float(calibrated.intercept.detach())
        temperature, by_group = 1.0, {}
        if learned:
            likely = replace(pairs, score=_sigmoid(slope * pairs.score + intercept))
            fitted = fit_temperature(likely)
            temperature = fitted.temperature
            slope, intercept = slope / temperature, intercept / temperature
        else:
            # Shifted away from [0, 1], where scores would be taken for probabilities.
            fitted = fit_platt(replace(pairs, score=pairs.score + _SHIFT))
            slope, intercept = fitted.slope, fitted.intercept + fitted.slope * _SHIFT
        probability = _sigmoid(slope * pairs.score + intercept)
        of_pair = self._group_of_pair()
        if self._settings.group_temperature and of_pair:
            found = fit_temperature_by_group(replace(pairs, score=probability), of_pair)
            by_group = {name: 1 / own for name, own in found.by_group}
        threshold = best_threshold(
            replace(pairs, score=probability), of_pair, penalty=self._settings.gap_penalty
        )
        return Calibrating(Served(slope, intercept), temperature, by_group, threshold.value)

    def _group_of_pair(self) -> tuple[str, ...]:
        """Return the group of each pair by the first attribute; nothing without attributes."""
        if not self._groups:
            return ()
        of = next(iter(self._groups.values()))
        return tuple(of.get(self._pool.items[item], "unknown") for item in self._pool.item)

    def _gaps(self, score: FloatArray) -> tuple[float | None, float | None]:
        """Return the mean gap over attributes, of all people and of equally many of each group."""
        if not self._groups:
            return None, None
        scores = scores_of(
            "validation",
            [self._pool.queries[query] for query in self._pool.query],
            [self._pool.items[item] for item in self._pool.item],
            score,
            label=self._pool.grade,
        )
        raw, even = [], []
        for one in groupings({name: dict(of) for name, of in self._groups.items()}, scores.resumes):
            if one.attribute in self._groups:
                raw.append(self._gap(scores, one, even=False))
                even.append(self._gap(scores, one, even=True))
        return _mean(raw), _mean(even)

    def _gap(self, scores: Scores, grouping: Grouping, *, even: bool) -> float | None:
        groups = grouped(grouping, scores, self._settings.min_n)
        if len(groups.compared) < 2:
            return None
        if even:
            scores = balanced(scores, groups, self._seed)
            groups = grouped(grouping, scores, self._settings.min_n)
        case = case_of(scores, self._select, min_n=self._settings.min_n, depth=10, seed=self._seed)
        return composite(case, groups)


def composite(case: Case, groups: Grouped) -> float | None:
    """Return the mean of the gaps in selection, in equalized odds and in precision.

    The score of document 000, section 8. Of random rankings it is not 0: chance alone moves small
    groups, so compare it with other epochs on the same people only.
    """
    names = ("demographic_parity_difference", "equalized_odds_difference",
             "predictive_parity_difference")  # fmt: skip
    found = [*selection_measures(case, groups), *error_measures(case, groups)]
    return _mean([m.estimate.value for m in found if m.name in names and m.group is None])


def encoded(
    model: Any, texts: tuple[Text, ...], vectorizer: Vectorizer, sections: Sections | None = None
) -> FloatArray:
    """Return the vectors of texts as they are served: of length 1, in numbers of float16 [n, d]."""

    def whole(chunks: Chunks, vectors: Tensor) -> Tensor:
        parts = chunks.pooled(vectors).half()
        return parts if sections is None else sections(chunks.sections(parts.float())).half()

    return _rows(model, texts, vectorizer, whole)


def chunk_means(model: Any, texts: tuple[Text, ...], vectorizer: Vectorizer) -> FloatArray:
    """Return the means of the texts' chunk vectors, not brought to length 1 [n, d]."""
    return _rows(model, texts, vectorizer, Chunks.means)


def _rows(
    model: Any,
    texts: tuple[Text, ...],
    vectorizer: Vectorizer,
    pool: Callable[[Chunks, Tensor], Tensor],
) -> FloatArray:
    was_training = model.training
    model.eval()
    device = next(model.parameters()).device
    rows = []
    with torch.inference_mode():
        for start in range(0, len(texts), AT_ONCE):
            some = texts[start : start + AT_ONCE]
            batch = padded([text.parts for text in some], vectorizer.prefix)
            chunks = Chunks.of({name: tensor.to(device) for name, tensor in batch.items()})
            rows.append(pool(chunks, vectorizer.of_chunks(model, chunks)).double().cpu())
    model.train(was_training)
    return np.asarray(torch.cat(rows).numpy())


_SHIFT = 3.0


def _pool(corpus: Corpus) -> Pool:
    judgments = [
        Judgment(corpus.jobs[job].id, corpus.resumes[resume].id, float(grade))
        for job, resume, grade in zip(corpus.job, corpus.resume, corpus.grade, strict=True)
    ]
    everyone = {text.id for text in corpus.resumes}
    return pool_of(judgments_of(judgments), unjudged="irrelevant", candidates=everyone)


def _probability(served: Served, cosine: FloatArray) -> FloatArray:
    return _sigmoid(served.slope * cosine + served.intercept)


def _sigmoid(z: FloatArray) -> FloatArray:
    from scipy.special import expit

    return np.asarray(expit(z))


def _cross_entropy(probability: FloatArray, fits: FloatArray) -> float:
    inside = np.clip(probability, 1e-7, 1 - 1e-7)
    return float(-np.mean(fits * np.log(inside) + (1 - fits) * np.log(1 - inside)))


def _mean(values: list[float | None]) -> float | None:
    known = [value for value in values if value is not None and math.isfinite(value)]
    return fmean(known) if known else None
