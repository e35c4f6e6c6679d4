"""A small student follows a larger teacher: the teacher is a model folder of its own."""

from pathlib import Path

import torch
from torch import Tensor, nn
from torch.nn.functional import kl_div, log_softmax, mse_loss

from shortlist.dataset import Dataset
from shortlist.encoding import Encoder
from shortlist.masking import Masker
from shortlist.matcher.whole import wholes
from shortlist.records import Document
from shortlist.training.corpus import Corpus

TEMPERATURE = 0.05


class Teacher(nn.Module):
    """The teacher's vectors of all jobs [jobs, d] and resumes [resumes, d], computed once."""

    jobs: Tensor
    resumes: Tensor

    def __init__(self, jobs: Tensor, resumes: Tensor) -> None:
        super().__init__()
        self.register_buffer("jobs", jobs, persistent=False)
        self.register_buffer("resumes", resumes, persistent=False)

    @classmethod
    def read(
        cls, folder: Path, dataset: Dataset, corpus: Corpus, *, policy: str, in_sections: bool
    ) -> "Teacher":
        """Return the teacher of a corpus.

        Args:
            folder: a model folder.
            dataset: which holds the texts as they were before masking.
            corpus: whose order the vectors follow.
            policy: the student's, for a teacher that reads text of any masking policy. Another one
                reads what it was trained to read.
            in_sections: whether the student reads texts in the parts that a score reads. The
                teacher then does so too, as does one that was trained that way.

        Raises:
            ModelError: there is no model folder that can be read.
        """
        encoder = Encoder.load(folder)
        mask = Masker(encoder.policy or policy)
        jobs = [mask(Document(text.id, dataset.jobs[text.id])) for text in corpus.jobs]
        resumes = [mask(Document(text.id, dataset.resumes[text.id])) for text in corpus.resumes]
        if in_sections or encoder.config.sections:
            rows = wholes(encoder, jobs, "job"), wholes(encoder, resumes, "resume")
        else:
            rows = encoder.encode_jobs(jobs), encoder.encode_resumes(resumes)
        return cls(*map(torch.from_numpy, rows))

    def cosine(self, job: Tensor, resume: Tensor) -> Tensor:
        """Return the teacher's similarities of jobs with resumes [jobs, resumes], by their keys."""
        return self.jobs[job] @ self.resumes[resume].T


def similarity_loss(student: Tensor, teacher: Tensor) -> Tensor:
    """Return how far the student's order of resumes for each job is from the teacher's.

    The divergence of softmax similarities over the batch (Hinton, Vinyals & Dean 2015; over a batch
    of texts: Passalis & Tefas 2018), both at the same temperature.

    Args:
        student: cosines [jobs, resumes].
        teacher: the same.
    """
    wanted = log_softmax(teacher / TEMPERATURE, dim=1)
    got = log_softmax(student / TEMPERATURE, dim=1)
    return kl_div(got, wanted, log_target=True, reduction="batchmean")


def score_loss(student: Tensor, teacher: Tensor) -> Tensor:
    """Return the mean squared difference of similarities (Reimers & Gurevych 2020)."""
    return mse_loss(student, teacher)
