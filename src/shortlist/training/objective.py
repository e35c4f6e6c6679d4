"""The loss: text vectors of a batch -> the weighted terms that are asked for."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, cast

import torch
from torch import Tensor, nn

from shortlist.training.adversary import AttributeHead, Discriminators
from shortlist.training.batch import NONE
from shortlist.training.contrastive import Contrastive
from shortlist.training.corpus import Corpus
from shortlist.training.distillation import Teacher, score_loss, similarity_loss
from shortlist.training.gather import gathered
from shortlist.training.match import Calibrated, match_loss
from shortlist.training.mmd import min_diff
from shortlist.training.rates import gap, odds, parity
from shortlist.training.sections import Sections
from shortlist.training.settings import FAIRNESS, ObjectiveSettings
from shortlist.training.vectors import Chunks, Vectorizer
from shortlist.training.weighting import Weighting


@dataclass(frozen=True, slots=True)
class Case:
    """A batch after encoding, over all processes.

    `jobs` [B, d]; `resumes` [M, d], of which resume i < B fits job i and the rest are hard
    negatives. Keys are places in the corpus. The scored pairs [P] are the fitting ones and each
    hard negative with its job: `pair_job` and `pair_resume` are places in `jobs` and `resumes`.
    """

    jobs: Tensor
    resumes: Tensor
    job_key: Tensor
    resume_key: Tensor
    pair_job: Tensor
    pair_resume: Tensor
    pair_fits: Tensor

    @property
    def cosine(self) -> Tensor:
        """Every job with every resume [B, M]."""
        return self.jobs @ self.resumes.T


class Objective(nn.Module):
    """All terms. Called by the trainer with the features of a batch, it returns term -> loss."""

    fitting: Tensor
    same: Tensor
    groups: Tensor

    def __init__(
        self,
        model: nn.Module,
        corpus: Corpus,
        settings: ObjectiveSettings,
        *,
        weighting: Weighting,
        vectorizer: Vectorizer,
        teacher: Teacher | None = None,
    ) -> None:
        """Make the terms that are asked for.

        Args:
            model: the encoder, a SentenceTransformer.
            corpus: what keys of a batch refer to.
            settings: of the terms.
            weighting: their weights by step.
            vectorizer: makes text vectors of the chunks of a batch.
            teacher: for distillation.
        """
        super().__init__()
        self.model = model
        self.weighting = weighting
        self.teacher = teacher
        self.sections: Sections | None = None
        """Attention over the sections of a text, which learns where it is given."""
        self._vectorizer = vectorizer
        self._names = weighting.asked()
        self._sizes = [len(grouping.names) for grouping in corpus.groupings]
        self._resumes = len(corpus.resumes)
        dimension, width = int(model.get_embedding_dimension()), settings.adversary_width
        self.contrastive = Contrastive(settings.temperature, learn=settings.learn_temperature)
        self.calibrated = Calibrated()
        self.adversaries = Discriminators(
            dimension, self._sizes if "adversary" in self._names else (), width
        )
        self.attribute_heads = nn.ModuleList(
            AttributeHead(dimension, size, width)
            for size in (self._sizes if "attribute" in self._names else ())
        )
        self._keep(corpus)

    def _keep(self, corpus: Corpus) -> None:
        fits = corpus.fits
        keys = corpus.job[fits] * self._resumes + corpus.resume[fits]
        codes = [torch.from_numpy(grouping.codes) for grouping in corpus.groupings]
        empty = torch.zeros(0, self._resumes, dtype=torch.long)
        kept = {
            "fitting": torch.from_numpy(keys),
            "same": torch.from_numpy(corpus.same),
            "groups": torch.stack(codes) if codes else empty,
        }
        for name, values in kept.items():
            self.register_buffer(name, values, persistent=False)

    def forward(self, features: Sequence[Mapping[str, Any]], labels: object) -> dict[str, Tensor]:
        """Return each term times its weight."""
        batch = features[0]
        chunks = Chunks.of(batch)
        parts = self._vectorizer(self.model, chunks)
        if self.sections is None:
            return self.terms(_case(parts, batch))
        return self.terms(_case(chunks.sections(parts), batch, self.sections))

    def terms(self, case: Case) -> dict[str, Tensor]:
        """Return each term of a case times its weight, and what the calibration learns from."""
        cosine = case.cosine
        pairs = cosine[case.pair_job, case.pair_resume]
        found = self._first_phase(case)
        terms = {**self._task(case, cosine, pairs), **self._fairness(case, pairs)}
        weighted = {name: term * self.weighting.now(name) for name, term in terms.items()}
        if "match" not in terms:
            weighted["calibration"] = match_loss(self.calibrated(pairs.detach()), case.pair_fits)
        return weighted | found

    def _task(self, case: Case, cosine: Tensor, pairs: Tensor) -> dict[str, Tensor]:
        terms: dict[str, Tensor] = {}
        if "contrastive" in self._names:
            terms["contrastive"] = self.contrastive(
                cosine, self.allowed(case), self._allowed_jobs(case)
            )
        if "match" in self._names:
            terms["match"] = match_loss(self.calibrated(pairs), case.pair_fits)
        if self.teacher is not None:
            taught = self.teacher.cosine(case.job_key, case.resume_key)
            if "similarity" in self._names:
                terms["similarity"] = similarity_loss(cosine, taught)
            if "scores" in self._names:
                terms["scores"] = score_loss(pairs, taught[case.pair_job, case.pair_resume])
        return terms

    def _fairness(self, case: Case, pairs: Tensor) -> dict[str, Tensor]:
        """Return the fairness terms, each the mean over attributes."""
        return {
            name: torch.stack(
                [
                    self._between_groups(name, place, case, pairs)
                    for place in range(len(self._sizes))
                ]
            ).mean()
            for name in self._names
            if name in FAIRNESS
        }

    def _between_groups(self, name: str, place: int, case: Case, pairs: Tensor) -> Tensor:
        """Return a fairness term for one attribute."""
        of_resume = self.groups[place][case.resume_key]
        size = self._sizes[place]
        if name == "adversary":
            return self.adversaries.deceive(place, case.resumes, of_resume)
        if name == "attribute":
            return cast(AttributeHead, self.attribute_heads[place]).forward(case.resumes, of_resume)
        of_pair = of_resume[case.pair_resume]
        probability = self.calibrated.fixed(pairs).sigmoid()
        if name == "mmd":
            return min_diff(pairs, of_pair, size, case.pair_fits)
        if name == "odds":
            return odds(probability, of_pair, size, case.pair_fits)
        if name == "parity":
            return parity(probability, of_pair, size)
        return gap(probability, of_pair, size) ** (2 if name == "gap_squared" else 1)

    def _first_phase(self, case: Case) -> dict[str, Tensor]:
        """Let the discriminators take their step, in training, and return their loss for the log.

        Vectors of all processes are the same everywhere, and so are the steps.
        """
        if not len(self.adversaries) or not self.training:
            return {}
        groups = self.groups[:, case.resume_key]
        return {"discriminator": self.adversaries.learn(case.resumes.detach(), groups)}

    def allowed(self, case: Case) -> Tensor:
        """Return which resumes are negatives of which jobs [B, M].

        Not those that fit the job by someone's word, nor the resume of the pair itself in another
        row, nor those that share the attribute `same` with it, unless they are its hard negatives.
        """
        rows = len(case.jobs)
        key = case.job_key[:, None] * self._resumes + case.resume_key[None, :]
        refused = torch.isin(key, self.fitting)
        mine, theirs = self.same[case.resume_key[:rows]], self.same[case.resume_key]
        alike = (mine[:, None] == theirs[None, :]) & (mine[:, None] != NONE)
        hard = torch.zeros_like(refused)
        others = ~case.pair_fits
        hard[case.pair_job[others], case.pair_resume[others]] = True
        return ~refused & (~alike | hard)

    def _allowed_jobs(self, case: Case) -> Tensor:
        """Return which jobs are negatives of which resumes [B, B]: the same, turned around."""
        rows = len(case.jobs)
        return self.allowed(case)[:, :rows].T


def _case(
    texts: Tensor, batch: Mapping[str, Tensor], joined: Callable[[Tensor], Tensor] | None = None
) -> Case:
    """Return the case of the rows of all processes.

    Args:
        texts: vectors of texts [texts, d], or their sections [texts, kinds, d].
        batch: which text is whose.
        joined: sections -> vectors. It sees the rows of all processes, so that what it learns is
            the same in each.
    """
    jobs, fitting = gathered(texts[batch["job"]]), gathered(texts[batch["resume"]])
    negatives = gathered(texts[batch["negatives"].clamp(min=0)])
    job_key, fitting_key = gathered(batch["job_key"]), gathered(batch["resume_key"])
    negatives_key = gathered(batch["negatives_key"])
    there = negatives_key != NONE
    resumes = torch.cat([fitting, negatives[there]])
    if joined is not None:
        jobs, resumes = joined(jobs), joined(resumes)
    rows = torch.arange(len(jobs), device=jobs.device)
    count = int(there.sum())
    return Case(
        jobs=jobs,
        resumes=resumes,
        job_key=job_key,
        resume_key=torch.cat([fitting_key, negatives_key[there]]),
        pair_job=torch.cat([rows, rows[:, None].expand_as(there)[there]]),
        pair_resume=torch.arange(len(jobs) + count, device=jobs.device),
        pair_fits=torch.arange(len(jobs) + count, device=jobs.device) < len(jobs),
    )
