"""Judgments become labels."""

import numpy as np

from audit.cases import one_job
from shortlist.audit.judged import with_labels
from shortlist.evaluation.scores import judgments_of
from shortlist.records import Judgment


def test_the_grade_of_a_pair_is_the_mean_of_its_annotators() -> None:
    judged = judgments_of(
        [
            Judgment("job", "r0", 1, "a"),
            Judgment("job", "r0", 0, "b"),
            Judgment("job", "r1", 0, "a"),
        ]
    )
    label = with_labels(one_job([1, 2, 3]), judged).label
    assert label is not None
    assert label[:2].tolist() == [0.5, 0] and np.isnan(label[2])


def test_where_only_fits_were_written_down_the_others_do_not_fit() -> None:
    judged = judgments_of([Judgment("job", "r0", 2)])
    label = with_labels(one_job([1, 2]), judged).label
    assert label is not None and label.tolist() == [2, 0]


def test_without_judgments_there_are_no_labels() -> None:
    assert with_labels(one_job([1, 2]), judgments_of([])).label is None
