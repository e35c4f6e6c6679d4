"""Near misses found by a model: resumes that are much like a job's and are none of them.

Runner-up mining (ConFit v2, 2025): negatives come from a band of ranks, by default the top 3 to
4 %, never from the very top, where resumes that fit but were not judged stand. What is as close to
the job as a resume that fits, less a margin, is left out, and so are resumes of the same category.
The search is that of sentence-transformers.
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass

from datasets import Dataset as Table
from sentence_transformers import SentenceTransformer
from sentence_transformers.util import mine_hard_negatives

from shortlist.dataset import Dataset
from shortlist.errors import ConfigError
from shortlist.masking import Masker
from shortlist.records import Document, Judgment


@dataclass(frozen=True, slots=True)
class MiningSettings:
    """Which near misses are taken."""

    band: tuple[float, float] = (0.03, 0.04)
    """From which share of the resumes, in the order of the model, to which."""
    margin: float = 0.05
    """A negative's similarity to the job is at least this share below the least of a positive."""
    per_pair: int = 2
    """Most negatives for each pair that fits."""
    policy: str = "standard"
    """What is hidden from the model."""

    def __post_init__(self) -> None:
        low, high = self.band
        if not 0 <= low < high <= 1:
            raise ConfigError("--band: two shares of the resumes, such as 0.03,0.04")
        if not 0 <= self.margin < 1:
            raise ConfigError("--margin: must lie in [0, 1)")


def mined(
    dataset: Dataset,
    category: Mapping[str, str],
    model: SentenceTransformer,
    settings: MiningSettings,
) -> list[Judgment]:
    """Return judgments of grade 0 for near misses of a data set, by its own pairs that fit.

    Texts are masked, and the model reads as much of them as it takes at once.

    Args:
        dataset: the training part alone.
        category: of resumes; those that share the category of one that fits a job are left out.
        model: what is similar.
        settings: which are taken.
    """
    masker = Masker(settings.policy)
    jobs = {name: masker(Document(name, text)).text for name, text in dataset.jobs.items()}
    resumes = {name: masker(Document(name, text)).text for name, text in dataset.resumes.items()}
    pairs = [(j.job, j.resume) for j in dataset.judgments if j.grade > 0]
    corpus = list(dict.fromkeys(resumes.values()))
    if not pairs or len(corpus) < 4:
        return []
    low = min(len(corpus) - 2, max(1, math.ceil(settings.band[0] * len(corpus))))
    high = min(len(corpus) - 1, max(low + 1, math.ceil(settings.band[1] * len(corpus))))
    found = mine_hard_negatives(
        Table.from_dict(
            {"job": [jobs[job] for job, _ in pairs], "fits": [resumes[name] for _, name in pairs]}
        ),
        model,
        corpus=corpus,
        range_min=low,
        range_max=high,
        relative_margin=settings.margin,
        num_negatives=min(settings.per_pair, high - low),
        sampling_strategy="top",
        output_format="triplet",
        verbose=False,
    )
    return _judged(
        dataset, category, (jobs, resumes), list(zip(found["job"], found["negative"], strict=True))
    )


def _judged(
    dataset: Dataset,
    category: Mapping[str, str],
    texts: tuple[Mapping[str, str], Mapping[str, str]],
    rows: list[tuple[str, str]],
) -> list[Judgment]:
    """Return the rows of texts as judgments of ids, without those of a category that fits."""
    job_of, resume_of = ({text: name for name, text in kind.items()} for kind in texts)
    fitting: dict[str, set[str]] = {}
    for judgment in dataset.judgments:
        if judgment.grade > 0:
            fitting.setdefault(judgment.job, set()).add(category.get(judgment.resume, ""))
    known = {(judgment.job, judgment.resume) for judgment in dataset.judgments}
    pairs = dict.fromkeys((job_of[job], resume_of[resume]) for job, resume in rows)
    return [
        Judgment(job, resume, 0.0)
        for job, resume in pairs
        if (job, resume) not in known
        and (not category.get(resume) or category[resume] not in fitting[job])
    ]
