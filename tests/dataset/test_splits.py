"""Splits share nothing, are alike, and say what they cost."""

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from shortlist.dataset.describe import describe
from shortlist.dataset.folder import Dataset, Split
from shortlist.dataset.splits import Leak, Splitting, leaks, split_dataset
from shortlist.errors import ConfigError, DataError
from shortlist.records import Judgment


def text(seed: int) -> str:
    rng = random.Random(seed)
    return " ".join(f"word{rng.randrange(5000)}" for _ in range(40))


def dataset(pairs: list[tuple[int, int]], seed: int = 0) -> Dataset:
    rng = random.Random(seed)
    jobs = {f"j{j}": text(j) for j, _ in pairs}
    resumes = {f"r{r}": text(10_000 + r) for _, r in pairs}
    judged = tuple(Judgment(f"j{j}", f"r{r}", float(rng.randrange(3))) for j, r in pairs)
    return Dataset("made up", jobs, resumes, judged)


def share_nothing(found: Splitting) -> bool:
    jobs = [job for split in found.splits.values() for job in split.jobs]
    resumes = [resume for split in found.splits.values() for resume in split.resumes]
    return len(jobs) == len(set(jobs)) and len(resumes) == len(set(resumes))


def test_pairs_that_are_linked_to_nothing_else_lose_nothing() -> None:
    whole = dataset([(i // 2, i) for i in range(400)])
    found = split_dataset(whole)
    assert share_nothing(found)
    assert found.dropped == 0
    assert found.judgments == {"train": 320, "validation": 40, "test": 40}


def test_everything_linked_with_everything_loses_what_crosses() -> None:
    whole = dataset([(j, r) for j in range(10) for r in range(50)])
    found = split_dataset(whole, {"train": 0.6, "test": 0.4})
    assert share_nothing(found)
    assert len(found.splits["train"].jobs) == 6
    assert len(found.splits["train"].resumes) == 30
    assert found.judgments == {"train": 180, "test": 80}
    assert found.dropped == 500 - 260


def test_every_job_and_resume_is_somewhere() -> None:
    whole = dataset([(j, r) for j in range(6) for r in range(30)])
    lonely = Dataset(
        whole.name,
        {**whole.jobs, "unjudged": text(77)},
        {**whole.resumes, **{f"unjudged{i}": text(90_000 + i) for i in range(20)}},
        whole.judgments,
    )
    found = split_dataset(lonely, {"train": 0.5, "test": 0.5})
    assert frozenset(lonely.jobs) == frozenset().union(*(s.jobs for s in found.splits.values()))
    assert frozenset(lonely.resumes) == frozenset().union(
        *(s.resumes for s in found.splits.values())
    )
    unjudged = [sum(r.startswith("un") for r in s.resumes) for s in found.splits.values()]
    assert min(unjudged) >= 8


def test_splits_are_alike_in_their_grades() -> None:
    whole = dataset([(i, i) for i in range(600)], seed=1)
    found = split_dataset(whole, {"train": 0.5, "test": 0.5})
    for grade in (0, 1, 2):
        of_grade = [j for j in whole.judgments if j.grade == grade]
        in_test = sum(found.splits["test"].holds(j) for j in of_grade)
        assert in_test / len(of_grade) == pytest.approx(0.5, abs=0.02)


def test_splits_can_be_alike_in_a_group_too() -> None:
    whole = dataset([(i, i) for i in range(400)], seed=2)
    rare = {f"r{i}": "rare" if i < 40 else "common" for i in range(400)}
    found = split_dataset(whole, {"train": 0.75, "test": 0.25}, strata=rare)
    in_test = sum(rare[resume] == "rare" for resume in found.splits["test"].resumes)
    assert in_test in (9, 10, 11)


def test_near_duplicates_stay_together() -> None:
    whole = dataset([(i, i) for i in range(40)])
    resumes = dict(whole.resumes)
    for i in range(0, 40, 2):
        resumes[f"r{i + 1}"] = resumes[f"r{i}"] + " more"
    twins = Dataset("twins", whole.jobs, resumes, whole.judgments)
    found = split_dataset(twins, {"train": 0.5, "test": 0.5})
    for split in found.splits.values():
        assert all(
            (f"r{i}" in split.resumes) == (f"r{i + 1}" in split.resumes) for i in range(0, 40, 2)
        )
    assert found.near_duplicates == 20
    split_up = Dataset("twins", twins.jobs, twins.resumes, twins.judgments, found.splits)
    assert leaks(split_up) == ()


def test_the_seed_decides() -> None:
    whole = dataset([(i, i) for i in range(100)])
    assert split_dataset(whole, seed=1) == split_dataset(whole, seed=1)
    assert split_dataset(whole, seed=1) != split_dataset(whole, seed=2)


@settings(max_examples=40, deadline=None)
@given(
    st.lists(
        st.tuples(st.integers(0, 12), st.integers(0, 25)), min_size=12, max_size=80, unique=True
    ),
    st.integers(0, 5),
)
def test_whatever_is_linked_splits_share_nothing(pairs: list[tuple[int, int]], seed: int) -> None:
    whole = dataset(pairs)
    try:
        found = split_dataset(whole, {"train": 0.5, "test": 0.5}, seed=seed)
    except DataError:
        return
    assert share_nothing(found)
    held = sum(found.judgments.values())
    assert held + found.dropped == len(whole.judgments)
    split_up = Dataset("x", whole.jobs, whole.resumes, whole.judgments, found.splits)
    assert [leak for leak in leaks(split_up) if leak.same] == []


def test_too_little_cannot_be_split() -> None:
    with pytest.raises(DataError, match="too few"):
        split_dataset(dataset([(0, r) for r in range(20)]))
    with pytest.raises(DataError, match="no judgments"):
        split_dataset(Dataset("none", {"j": "x"}, {"r": "y"}))


@pytest.mark.parametrize("fractions", [{"a": 0.5}, {"a": 0.7, "b": 0.7}, {"a": 1.2, "b": -0.2}])
def test_fractions_add_up(fractions: dict[str, float]) -> None:
    with pytest.raises(ConfigError, match="add up to 1"):
        split_dataset(dataset([(i, i) for i in range(9)]), fractions)


def leaking() -> Dataset:
    """The second split has a resume of the first, and a near-duplicate of its job."""
    whole = dataset([(0, 0), (1, 1), (2, 2)])
    jobs = {**whole.jobs, "j1": whole.jobs["j0"] + " indeed"}
    splits = {
        "train": Split(frozenset({"j0"}), frozenset({"r0"})),
        "test": Split(frozenset({"j1"}), frozenset({"r0", "r1"})),
        "clean": Split(frozenset({"j2"}), frozenset({"r2"})),
    }
    return Dataset("leaking", jobs, whole.resumes, whole.judgments, splits)


def test_leaks_are_named() -> None:
    assert leaks(leaking()) == (
        Leak("train", "test", "jobs", 0, 1),
        Leak("train", "test", "resumes", 1, 0),
    )
    assert str(leaks(leaking())[1]) == ("train and test share 1 resumes, and 0 near-duplicates")


def test_rows_that_were_split_instead_of_resumes_leak() -> None:
    whole = dataset([(0, 0), (0, 1), (1, 0), (1, 1)])
    splits = {
        "train": Split(frozenset({"j0"}), frozenset({"r0", "r1"}), frozenset({("j0", "r0")})),
        "test": Split(frozenset({"j0"}), frozenset({"r1"}), frozenset({("j0", "r1")})),
    }
    found = leaks(Dataset("rows", whole.jobs, whole.resumes, whole.judgments, splits))
    assert [(leak.kind, leak.same) for leak in found] == [("jobs", 1), ("resumes", 1)]


def test_a_description_counts_what_matters() -> None:
    jobs = {"j0": text(1), "j1": text(2)}
    resumes = {"a": text(3), "b": text(3) + " ", "c": text(3) + " more", "d": "", "e": text(4)}
    judged = (
        Judgment("j0", "a", 1, "ann"),
        Judgment("j0", "a", 1, "ann"),
        Judgment("j0", "b", 0, "ann"),
        Judgment("j0", "a", 0, "bob"),
        Judgment("j1", "e", 1),
    )
    found = describe(Dataset("x", jobs, resumes, judged), {"sex": {"a": "female", "e": "male"}})
    assert (found.resumes.ids, found.resumes.distinct) == (5, 4)
    assert (found.resumes.near_duplicates, found.resumes.empty, found.resumes.judged) == (2, 1, 3)
    assert (found.judgments, found.pairs, found.repeated) == (5, 3, 1)
    assert found.conflicting == 1  # a and b are one text; ann gave it 1 and 0
    assert found.grades == {0.0: 2, 1.0: 3}
    assert found.annotators == {"": 1, "ann": 3, "bob": 1}
    assert found.resumes_per_job == {"least": 1, "median": 1.5, "most": 2}
    assert found.single_candidate_jobs == 1
    sizes = {(g.value, g.resumes, g.judged_pairs, g.fitting_pairs) for g in found.groups}
    assert sizes == {("female", 1, 3, 2), ("male", 1, 1, 1), ("unknown", 3, 1, 0)}
    assert describe(leaking()).splits["test"] == {"jobs": 1, "resumes": 2, "judgments": 1}


def test_an_empty_data_set_can_be_described() -> None:
    found = describe(Dataset("empty", {}, {}))
    assert (found.judgments, found.resumes_per_job, found.jobs.median_words) == (0, {}, 0)
