"""The dataset folder: what is written is read again, and what is malformed is named."""

import gzip
import json
import logging
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from shortlist.dataset.card import Card, read_card
from shortlist.dataset.folder import Dataset, Split, read_dataset, write_dataset
from shortlist.dataset.groups import read_groups
from shortlist.errors import DataError
from shortlist.records import Judgment

JOBS = {"j1": "We need a baker.", "j2": "We need a smith."}
RESUMES = {"r1": "I bake bread.", "r2": "I forge iron.", "r3": "I drive."}


def lines(path: Path, *rows: object) -> None:
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A small data set of jobs, resumes and one judgment."""
    lines(tmp_path / "jobs.jsonl", *({"id": i, "text": t} for i, t in JOBS.items()))
    lines(tmp_path / "resumes.jsonl", *({"id": i, "text": t} for i, t in RESUMES.items()))
    lines(tmp_path / "judgments.jsonl", {"job": "j1", "resume": "r1", "grade": 2})
    return tmp_path


def test_what_is_written_is_read_again(tmp_path: Path) -> None:
    dataset = Dataset(
        "bakers",
        JOBS,
        RESUMES,
        (Judgment("j1", "r1", 2, "ann"), Judgment("j2", "r2", 0.5)),
        {
            "train": Split(frozenset({"j1"}), frozenset({"r1", "r3"})),
            "test": Split(frozenset({"j2"}), frozenset({"r2"}), frozenset({("j2", "r2")})),
        },
        Card("made up", "MIT", True, ("bread only",), {"language": "en"}),
    )
    groups = {"sex": {"r1": "female", "r2": "male"}}
    write_dataset(dataset, tmp_path / "bakers", groups=groups, notes="Two trades.")
    assert read_dataset(tmp_path / "bakers") == dataset
    assert read_groups(tmp_path / "bakers" / "groups.csv") == groups
    assert "# bakers\n\nTwo trades." in (tmp_path / "bakers" / "README.md").read_text("utf-8")


@settings(max_examples=30, deadline=None)
@given(texts=st.dictionaries(st.text(min_size=1), st.text(), max_size=4))
def test_any_text_survives(tmp_path_factory: pytest.TempPathFactory, texts: dict[str, str]) -> None:
    folder = tmp_path_factory.mktemp("data")
    write_dataset(Dataset("any", JOBS, texts), folder)
    assert read_dataset(folder).resumes == texts


def test_packed_lines_are_read(folder: Path) -> None:
    packed = gzip.compress((folder / "resumes.jsonl").read_bytes())
    (folder / "resumes.jsonl").unlink()
    (folder / "resumes.jsonl.gz").write_bytes(packed)
    assert read_dataset(folder).resumes == RESUMES


def test_a_data_set_needs_no_judgments(folder: Path) -> None:
    (folder / "judgments.jsonl").unlink()
    assert read_dataset(folder).judgments == ()


def test_an_order_and_ranks_say_the_same_under_their_names(folder: Path) -> None:
    lines(
        folder / "judgments.jsonl",
        {"resume": "r1", "annotator": "ann", "order": ["j2", "j1"]},
        {"resume": "r1", "annotator": "bob", "ranks": {"j1": 2, "j2": 1}},
        {"job": "j1", "order": ["r3", "r1", "r2"]},
    )
    found = read_dataset(folder).judgments
    assert found == (
        Judgment("j2", "r1", 1, "ann"),
        Judgment("j1", "r1", 0, "ann"),
        Judgment("j1", "r1", 0, "bob"),
        Judgment("j2", "r1", 1, "bob"),
        Judgment("j1", "r3", 2),
        Judgment("j1", "r1", 1),
        Judgment("j1", "r2", 0),
    )


@pytest.mark.parametrize(
    "row, said",
    [
        ({"job": "j1", "resume": "r1"}, "the grade None is not a number"),
        ({"job": "j1", "resume": "r1", "grade": "Good Fit"}, "the grade 'Good Fit' is not a num"),
        ({"job": "j1", "resume": "r1", "grade": -1}, "the grade -1"),
        ({"job": "j1", "resume": "r1", "grade": float("nan")}, "the grade nan"),
        ({"job": 1, "resume": "r1", "grade": 1}, 'needs "job" and "resume"'),
        ({"job": "j9", "resume": "r1", "grade": 1}, "no job 'j9' in jobs.jsonl"),
        ({"job": "j1", "resume": "r9", "grade": 1}, "no resume 'r9' in resumes.jsonl"),
        ({"resume": "r1", "order": ["j1", "j1"]}, "not a permutation: 'j1' stands twice"),
        ({"resume": "r1", "ranks": {"j1": 1, "j2": 3}}, "not a permutation: 3 is not one of 1 to"),
        ({"resume": "r1", "ranks": {"j1": 1, "j2": 1}}, "not a permutation: 1 stands twice"),
        ({"resume": "r1", "order": ["j1"], "ranks": {"j1": 1}}, "a ranking needs one of"),
        ({"resume": "r1", "job": "j1", "order": ["j1"]}, "a ranking needs one of"),
        ({"resume": "r1", "order": [1, 2]}, "a ranking needs one of"),
        (["j1"], "not a JSON object"),
    ],
)
def test_malformed_judgments_are_refused_with_their_line(
    folder: Path, row: object, said: str
) -> None:
    lines(folder / "judgments.jsonl", {"job": "j1", "resume": "r2", "grade": 0}, row)
    with pytest.raises(DataError, match=r"judgments.jsonl:2") as refused:
        read_dataset(folder)
    assert said in str(refused.value)


@pytest.mark.parametrize(
    "text, said",
    [
        ('{"id": "r1"}\n', 'resumes.jsonl:1: needs an "id" and a "text"'),
        ('{"id": 1, "text": "x"}\n', 'resumes.jsonl:1: needs an "id"'),
        ('{"id": "a", "text": "x"}\n\n{"id": "a", "text": "y"}\n', "resumes.jsonl:3: the id 'a'"),
        ("{\n", "resumes.jsonl:1: not JSON"),
    ],
)
def test_malformed_texts_are_refused_with_their_line(folder: Path, text: str, said: str) -> None:
    (folder / "resumes.jsonl").write_text(text, encoding="utf-8")
    with pytest.raises(DataError) as refused:
        read_dataset(folder)
    assert said in str(refused.value)


def test_what_is_no_data_set_is_refused(tmp_path: Path, folder: Path) -> None:
    with pytest.raises(DataError, match=r"no jobs\.jsonl"):
        read_dataset(tmp_path / "nowhere")
    (folder / "resumes.jsonl").write_bytes(b"\xff\xfe")
    with pytest.raises(DataError, match=r"resumes\.jsonl:1: not UTF-8"):
        read_dataset(folder)


@pytest.mark.parametrize(
    "text, said",
    [
        ("{", "not a table of splits"),
        ('{"test": {}}', "not a table of splits"),
        ('{"splits": {"test": {"jobs": ["j1"]}}}', "not a table of splits"),
        ('{"splits": {"test": {"jobs": ["j9"], "resumes": []}}}', "names 'j9', which is not there"),
        ('{"splits": {"test": {"pairs": [["j1", "r9"]]}}}', "names 'r9', which is not there"),
    ],
)
def test_malformed_splits_are_refused(folder: Path, text: str, said: str) -> None:
    (folder / "splits.json").write_text(text, encoding="utf-8")
    with pytest.raises(DataError, match=said):
        read_dataset(folder)


def test_a_split_holds_its_own(folder: Path) -> None:
    lines(
        folder / "judgments.jsonl",
        *({"job": j, "resume": r, "grade": 1} for j in JOBS for r in RESUMES),
    )
    splits = {
        "a": {"jobs": ["j1"], "resumes": ["r1", "r2"]},
        "b": {"pairs": [["j2", "r3"], ["j2", "r1"]]},
    }
    (folder / "splits.json").write_text(json.dumps({"splits": splits}), encoding="utf-8")
    whole = read_dataset(folder)
    assert [(j.job, j.resume) for j in whole.part("a").judgments] == [("j1", "r1"), ("j1", "r2")]
    assert list(whole.part("a").jobs) == ["j1"]
    assert [(j.job, j.resume) for j in whole.part("b").judgments] == [("j2", "r1"), ("j2", "r3")]
    assert list(whole.part("b").resumes) == ["r1", "r3"]
    with pytest.raises(DataError, match="no split 'c': there are a, b"):
        whole.part("c")


def test_nothing_is_written_over(folder: Path) -> None:
    with pytest.raises(DataError, match="is not empty"):
        write_dataset(Dataset("x", JOBS, RESUMES), folder)
    with pytest.raises(DataError, match="cannot be written"):
        write_dataset(Dataset("x", JOBS, RESUMES), folder / "jobs.jsonl" / "below")


def test_known_issues_are_said_when_a_data_set_is_loaded(
    folder: Path, caplog: pytest.LogCaptureFixture
) -> None:
    (folder / "README.md").write_text(
        "---\norigin: invented\nknown_issues:\n- labels are noise\n- 'small'\n---\n# Title\n",
        "utf-8",
    )
    with caplog.at_level(logging.WARNING):
        card = read_dataset(folder).card
    assert card == Card("invented", known_issues=("labels are noise", "small"))
    assert "known issue: labels are noise" in caplog.text
    assert "I bake" not in caplog.text


@pytest.mark.parametrize(
    "text, card",
    [
        ("# No head\n", Card()),
        ("", Card()),
        ("---\nlicense: MIT\ntest_only: True\n---\n", Card(licence="MIT", test_only=True)),
        ("---\nknown_issues: one line\n---\n", Card(known_issues=("one line",))),
        ("---\n# remark\nlanguage: 'en'\n\n---\n", Card(other={"language": "en"})),
    ],
)
def test_cards(tmp_path: Path, text: str, card: Card) -> None:
    (tmp_path / "README.md").write_text(text, encoding="utf-8")
    assert read_card(tmp_path / "README.md") == card


@pytest.mark.parametrize(
    "text, said",
    [
        ("---\norigin: x\n", "README.md:1: the head has no end"),
        ("---\norigin: x\nnothing here\n---\n", "README.md:3: not `key: value`"),
        ("---\ntest_only: perhaps\n---\n", "write true or false"),
    ],
)
def test_malformed_cards_are_refused(tmp_path: Path, text: str, said: str) -> None:
    (tmp_path / "README.md").write_text(text, encoding="utf-8")
    with pytest.raises(DataError, match=said):
        read_card(tmp_path / "README.md")
