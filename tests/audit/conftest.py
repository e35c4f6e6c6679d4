"""Cases that several tests of the audit use."""

import numpy as np
import pytest

from audit.cases import grouped_as, one_job
from shortlist.evaluation.scores import Scores


@pytest.fixture
def random_case() -> tuple[Scores, dict[str, dict[str, str]]]:
    """600 labelled resumes of three groups, of which one does worse, for one job."""
    rng = np.random.default_rng(7)
    group = rng.choice(["top", "other", "none"], 600, p=[0.2, 0.5, 0.3])
    quality = rng.random(600)
    score = np.clip(quality + rng.normal(0, 0.15, 600) - 0.08 * (group == "none"), 0, 1)
    label = (rng.random(600) < quality).astype(float)
    return one_job(score.tolist(), label.tolist()), grouped_as(group.tolist())
