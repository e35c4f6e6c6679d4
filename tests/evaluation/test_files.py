"""Score and judgment files: what is read, and the line of what is refused."""

import gzip
from pathlib import Path

import numpy as np
import pytest

from shortlist.errors import DataError
from shortlist.evaluation.files import read_judgments, read_scores
from shortlist.evaluation.scores import Judgments, Scores, judgments_of, scores_of_rankings
from shortlist.records import Judgment, Match, Ranking


def write(folder: Path, text: str, name: str = "scores.csv") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def rows(scores: Scores) -> list[tuple[str, str, float]]:
    return [
        (scores.jobs[j], scores.resumes[r], s)
        for j, r, s in zip(scores.job, scores.resume, scores.score.tolist(), strict=True)
    ]


def graded(judgments: Judgments) -> list[tuple[str, str, float]]:
    return [
        (judgments.jobs[j], judgments.resumes[r], g)
        for j, r, g in zip(judgments.job, judgments.resume, judgments.grade.tolist(), strict=True)
    ]


def test_a_csv_file_is_read_whatever_the_order_of_its_columns_and_rows(tmp_path: Path) -> None:
    path = write(tmp_path, "score,resume,note,job\n.5,r2,x,j1\n\n1e-1,r1,y,j1\n-3,r1,z,j0\n")
    scores = read_scores(path)
    assert scores.name == "scores"
    assert scores.label is None
    assert rows(scores) == [("j0", "r1", -3.0), ("j1", "r1", 0.1), ("j1", "r2", 0.5)]


def test_labels_may_be_empty(tmp_path: Path) -> None:
    scores = read_scores(write(tmp_path, "job,resume,score,label\nj,a,1,2\nj,b,2,\n"), "mine")
    assert scores.name == "mine"
    assert scores.label is not None
    np.testing.assert_array_equal(scores.label, [2, np.nan])
    judgments = read_judgments(tmp_path / "scores.csv")
    assert graded(judgments) == [("j", "a", 2.0)]


def test_packed_files_are_unpacked(tmp_path: Path) -> None:
    path = tmp_path / "a.csv.gz"
    path.write_bytes(gzip.compress(b"job,resume,score\nj,r,1\n"))
    scores = read_scores(path)
    assert (scores.name, rows(scores)) == ("a", [("j", "r", 1.0)])


def test_trec_runs_and_qrels(tmp_path: Path) -> None:
    run = write(tmp_path, "q1 Q0 d2 1 0.9 tag\nq1\tQ0\td1\t2\t0.4\ttag\n", "system.run")
    assert rows(read_scores(run)) == [("q1", "d1", 0.4), ("q1", "d2", 0.9)]
    assert rows(read_scores(run, direction="jobs")) == [("d1", "q1", 0.4), ("d2", "q1", 0.9)]
    qrels = write(tmp_path, "q1 0 d1 2\nq1 0 d2 -2\n", "qrels.tsv")
    assert graded(read_judgments(qrels)) == [("q1", "d1", 2.0), ("q1", "d2", 0.0)]
    assert graded(read_judgments(qrels, direction="jobs"))[0] == ("d1", "q1", 2.0)


@pytest.mark.parametrize(
    "text, said",
    [
        ("job,resume\nj,r\n", r"scores.csv:1: no column score"),
        ("job,resume,score\n", "no row"),
        ("", r"scores.csv:1: the file is empty: the header must name job,resume,score"),
        ("job,resume,score\nj,r\n", r"scores.csv:2: 2 cells where the header has 3"),
        (
            "job,resume,score\nj,r,1\nj,r2,high\n",
            r"scores.csv:3: score 'high' is not a finite number: write a",
        ),
        ("job,resume,score\nj,r,nan\n", r"scores.csv:2: score 'nan' is not a finite"),
        ("job,resume,score\nj,r,inf\n", r"scores.csv:2: score 'inf'"),
        ("job,resume,score\nj,,1\n", r"scores.csv:2: the resume is empty"),
        ("job,resume,score\n,r,1\n", r"scores.csv:2: the job is empty"),
        (
            "job,resume,score\nj,r,1\nj,r,2\n",
            "scores.csv:3: the pair of job 'j' and resume 'r' is scored more than once, first on "
            "line 2: keep one row",
        ),
        ("job,resume,score,label\nj,r,1,Good Fit\n", r"scores.csv:2: label 'Good Fit' is not a"),
        ("job,resume,score,label\nj,r,1,nan\n", r"scores.csv:2: label 'nan' is not a finite"),
        ("job,resume,score,label\nj,r,1,-1\n", r"scores.csv:2: a label below 0"),
        ('job,resume,score\nj,"r,1\n', r"scores.csv:2: no row of CSV"),
        ("q1 Q0 d1 1 0.5 tag\nq1 Q0 d2 1\n", r"scores.csv:2: 4 fields where `QUERY Q0 DOCUMENT"),
        ("q1 Q0 d1 1 x tag\n", r"scores.csv:1: score 'x'"),
    ],
)
def test_what_is_malformed_is_refused_with_its_line(tmp_path: Path, text: str, said: str) -> None:
    with pytest.raises(DataError, match=said):
        read_scores(write(tmp_path, text))


def test_space_around_an_id_is_not_part_of_it(tmp_path: Path) -> None:
    scores = read_scores(write(tmp_path, "job, resume, score\nj1 , r1, 0.5\n"))
    assert (scores.jobs, scores.resumes) == (("j1",), ("r1",))
    with pytest.raises(DataError, match=r"scores.csv:2: the resume is empty"):
        read_scores(write(tmp_path, "job,resume,score\nj, ,1\n"))


def test_judgments_need_labels(tmp_path: Path) -> None:
    for text in ("job,resume,score\nj,r,1\n", "job,resume,score,label\nj,r,1,\n"):
        with pytest.raises(DataError, match="no label to judge by"):
            read_judgments(write(tmp_path, text))
    with pytest.raises(DataError, match=r"scores.csv:2: grade 'x'"):
        read_judgments(write(tmp_path, "q 0 d 1\nq 0 e x\n"))


@pytest.mark.parametrize("name, data", [("none.csv", None), ("bytes.csv", b"\xff\xfe\x00job")])
def test_what_cannot_be_read_is_refused(tmp_path: Path, name: str, data: bytes | None) -> None:
    if data is not None:
        (tmp_path / name).write_bytes(data)
    with pytest.raises(DataError, match=name):
        read_scores(tmp_path / name)


def test_rankings_and_judgments_become_columns() -> None:
    ranking = Ranking("j", (Match("b", 1, 0.9), Match("a", 2, 0.1)))
    assert rows(scores_of_rankings("s", [ranking])) == [("j", "a", 0.1), ("j", "b", 0.9)]
    judgments = judgments_of([Judgment("j", "b", 1, "ann"), Judgment("j", "a", 0)])
    assert judgments.annotators == ("", "ann")
    assert graded(judgments) == [("j", "b", 1.0), ("j", "a", 0.0)]
    with pytest.raises(DataError, match="scored more than once"):
        scores_of_rankings("s", [ranking, ranking])
