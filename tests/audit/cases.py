"""Builds small cases for the tests of the audit."""

from collections.abc import Sequence

import numpy as np

from shortlist.audit.measures import Audit
from shortlist.evaluation.scores import Scores, scores_of


def one_job(score: Sequence[float], label: Sequence[float] | None = None) -> Scores:
    """Scores of resumes r0, r1 ... for one job."""
    resumes = [f"r{i}" for i in range(len(score))]
    labels = None if label is None else np.array(label, float)
    return scores_of("system", ["job"] * len(score), resumes, np.array(score, float), label=labels)


def grouped_as(values: Sequence[str], attribute: str = "school") -> dict[str, dict[str, str]]:
    """Groups of resumes r0, r1 ...; an empty value is none."""
    return {attribute: {f"r{i}": value for i, value in enumerate(values) if value}}


def value(audit: Audit, name: str, group: str | None = None, attribute: str = "school") -> float:
    """The value of a measure that must be there and estimated."""
    estimate = audit.find(name, attribute, group)
    assert estimate is not None, f"{name} of {group} is not in the audit"
    assert estimate.value is not None, f"{name} of {group}: {estimate.reason}"
    return estimate.value
