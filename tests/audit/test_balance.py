"""The balanced view and the distributions."""

from audit.cases import grouped_as, one_job, value
from shortlist.audit.balance import balanced
from shortlist.audit.grouping import grouped, groupings
from shortlist.audit.measures import audit


def test_as_many_people_of_each_group_and_always_the_same() -> None:
    scores = one_job(list(range(100)))
    grouping = groupings(grouped_as(["a"] * 60 + ["b"] * 30 + [""] * 10), scores.resumes)[0]
    of = grouped(grouping, scores, 20)
    drawn = balanced(scores, of, seed=1)
    counts = grouped(grouping, drawn, 20).count
    assert counts.tolist() == [30, 30, 0]
    assert balanced(scores, of, seed=1).resume.tolist() == drawn.resume.tolist()
    assert balanced(scores, of, seed=2).resume.tolist() != drawn.resume.tolist()


def test_the_balanced_view_stands_beside_the_raw_one() -> None:
    found = audit(one_job(list(range(100))), grouped_as(["a"] * 60 + ["b"] * 40))
    raw = found.find("demographic_parity_difference", "school")
    view = found.find("balanced_demographic_parity_difference", "school")
    assert (raw.n, view.n) == (100, 80)
    assert value(found, "balanced_selection_rate", "a") >= 0


def test_distributions_count_every_row_of_a_group() -> None:
    found = audit(one_job(list(range(100))), grouped_as(["a"] * 60 + ["b"] * 40))
    assert {d.group: sum(d.counts) for d in found.distributions} == {"a": 60, "b": 40}
