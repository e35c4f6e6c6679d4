"""Data sets as others publish them, in miniature: every format, and what is wrong with each."""

import csv
import gzip
import json
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from docx import Document as Docx

from shortlist.dataset.folder import Dataset, read_dataset, write_dataset
from shortlist.dataset.importers import FORMATS, import_dataset
from shortlist.dataset.importers.labels import grades_of_labels
from shortlist.dataset.splits import leaks
from shortlist.errors import ConfigError, DataError, MissingExtra
from shortlist.records import Judgment


def table(path: Path, *rows: dict[str, object]) -> Path:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
    return path


def pair(resume: str, job: str, label: str) -> dict[str, object]:
    return {"resume_text": resume, "job_description_text": job, "label": label}


def grades(dataset: Dataset) -> dict[tuple[str, str], float]:
    """(text of the job, text of the resume) -> grade."""
    return {(dataset.jobs[j.job], dataset.resumes[j.resume]): j.grade for j in dataset.judgments}


def test_kaggle_resumes(tmp_path: Path) -> None:
    source = table(
        tmp_path / "Resume.csv",
        {"ID": "17", "Resume_str": "Cook, ten\nyears", "Resume_html": "<b>", "Category": "CHEF"},
        {"ID": "18", "Resume_str": "Counts money", "Resume_html": "", "Category": "FINANCE"},
        {"ID": "19", "Resume_str": "Cook,  ten years", "Resume_html": "", "Category": "CHEF"},
    )
    found = import_dataset("kaggle-resumes", source)
    assert found.dataset.resumes == {"17": "Cook, ten\nyears", "18": "Counts money"}
    assert found.groups == {"category": {"17": "CHEF", "18": "FINANCE"}}
    assert found.dataset.card.known_issues == (
        "1 resume ids have the text of another id and were merged with it",
    )


def test_rows_without_a_text_are_left_out_and_named(tmp_path: Path) -> None:
    source = table(
        tmp_path / "Resume.csv",
        {"ID": "17", "Resume_str": "Cook", "Resume_html": "", "Category": "CHEF"},
        {"ID": "18", "Resume_str": " \t", "Resume_html": "", "Category": "CHEF"},
    )
    found = import_dataset("kaggle-resumes", source)
    assert found.dataset.resumes == {"17": "Cook"}
    assert found.groups == {"category": {"17": "CHEF"}}
    assert found.dataset.card.known_issues == (
        f"1 rows with an empty text are left out: {source}:3 (Resume_str)",
    )
    many = [pair("bakes", "baker", "Fit")] + [pair("", f"job {i}", "Fit") for i in range(12)]
    found = import_dataset("fit-labels", table(tmp_path / "p.csv", *many))
    assert len(found.dataset.judgments) == 1
    assert found.dataset.card.known_issues[0].startswith("12 rows with an empty text")
    assert found.dataset.card.known_issues[0].endswith("p.csv:12 (resume_text) and 2 more")


def test_jobs(tmp_path: Path) -> None:
    row = {"company": "Acme", "job_description": "Bakes bread.", "position_title": "Baker"}
    found = import_dataset("jobs", table(tmp_path / "jobs.csv", row, row))
    assert list(found.dataset.jobs.values()) == ["Baker\n\nBakes bread."]


def test_fit_labels_go_by_the_word_and_ids_by_the_text(tmp_path: Path) -> None:
    """The numbers beside the labels run the other way: Good Fit is 1 there, No Fit 3."""
    rows = [
        pair("bakes", "baker", "Good Fit") | {"label_num": 1},
        pair("forges", "baker", " no fit ") | {"label_num": 3},
        pair("bakes", "smith", "Potential_Fit") | {"label_num": 2},
    ]
    found = import_dataset("fit-labels", table(tmp_path / "pairs.csv", *rows)).dataset
    assert grades(found) == {
        ("baker", "bakes"): 2, ("baker", "forges"): 0, ("smith", "bakes"): 1
    }  # fmt: skip
    assert len(found.resumes) == 2
    turned = import_dataset("fit-labels", table(tmp_path / "turned.csv", *rows[::-1])).dataset
    assert set(turned.judgments) == set(found.judgments)


def test_a_note_says_what_counts_as_fitting(tmp_path: Path) -> None:
    source = table(tmp_path / "p.csv", pair("a", "b", "Good Fit"), pair("c", "b", "No Fit"))
    assert "count Potential Fit as fitting" in import_dataset("fit-labels", source).notes[0]


def test_contradictions_are_kept_and_counted(tmp_path: Path) -> None:
    source = table(tmp_path / "p.csv", pair("a", "b", "Good Fit"), pair("a ", "b", "No Fit"))
    found = import_dataset("fit-labels", source).dataset
    assert sorted(j.grade for j in found.judgments) == [0, 2]
    assert found.card.known_issues == ("1 pairs have different grades by the same word",)


@pytest.mark.parametrize(
    "labels, expected",
    [
        (["No Fit", "GOOD FIT", "partial-fit"], [0, 2, 1]),
        (["match", "non-match"], [1, 0]),
        (["Yes", "no"], [1, 0]),
        (["True", "FALSE"], [1, 0]),
        ([True, False], [1, 0]),
        (["0", "2", "0.5"], [0, 2, 0.5]),
        ([1, 0.0], [1, 0]),
    ],
)
def test_label_words(labels: list[object], expected: list[float]) -> None:
    assert grades_of_labels([("x", label) for label in labels]) == expected


@pytest.mark.parametrize(
    "labels, said",
    [
        (["maybe"], "x0: unknown label 'maybe'"),
        (["good fit", "fit"], "x1: unknown label 'fit' beside no fit"),
        (["1", "good fit"], "x0: unknown label '1'"),
        (["1", "-1"], "x1: the label '-1' is no grade"),
        (["1", "nan"], "x1: the label 'nan' is no grade"),
        (["", "1"], "x0: unknown label ''"),
        ([None], "x0: unknown label None"),
    ],
)
def test_an_unknown_label_is_refused_and_never_a_zero(labels: list[object], said: str) -> None:
    with pytest.raises(DataError, match=said):
        grades_of_labels([(f"x{i}", label) for i, label in enumerate(labels)])


def test_school_pairs_keep_their_ids_and_groups(tmp_path: Path) -> None:
    rows = [
        {"candidate_id": f"c{i}", "job_id": "j1", "is_top_school": top, "school_category": group,
         "resume_text": f"resume {i}", "job_text": "a job"}
        for i, (top, group) in enumerate((("True", "A"), ("0", "C"), (1.0, "A")))
    ]  # fmt: skip
    found = import_dataset("school-pairs", table(tmp_path / "pairs_longtext.csv", *rows))
    assert list(found.dataset.resumes) == ["c0", "c1", "c2"]
    assert list(found.dataset.jobs) == ["j1"]
    assert found.groups == {
        "school_category": {"c0": "A", "c1": "C", "c2": "A"},
        "is_top_school": {"c0": "true", "c1": "false", "c2": "true"},
    }
    assert found.dataset.judgments == ()
    assert "no match labels" in found.notes[0]


def test_school_pairs_may_be_packed_lines_with_labels(tmp_path: Path) -> None:
    row = {"resume_id": "c", "job_id": "j", "resume": "a resume", "job": "a job", "label": "match"}
    path = tmp_path / "pairs.jsonl.gz"
    path.write_bytes(gzip.compress(json.dumps(row).encode()))
    found = import_dataset("school-pairs", path)
    assert found.dataset.judgments == (Judgment("j", "c", 1),)
    assert found.notes == ()


def test_a_resume_with_two_groups_has_none(tmp_path: Path) -> None:
    row = {"resume_id": "c", "job_id": "j", "resume": "a resume", "job": "a job"}
    path = tmp_path / "pairs.json"
    path.write_text(json.dumps([row | {"school_category": group} for group in "AB"]), "utf-8")
    found = import_dataset("school-pairs", path)
    assert found.groups == {"school_category": {}}
    assert "several values of school_category" in found.dataset.card.known_issues[0]


FIT_ROWS = {
    "train": [pair("bakes", "baker", "Good Fit"), pair("forges", "baker", "No Fit")],
    "test": [pair("bakes", "smith", "No Fit")],
}


def fit_table(split: str, label: pa.Array | None = None) -> pa.Table:
    rows = pa.Table.from_pylist(FIT_ROWS[split])
    return rows if label is None else rows.set_column(2, "label", label)


def test_a_saved_dataset_dict(tmp_path: Path) -> None:
    (tmp_path / "dataset_dict.json").write_text('{"splits": ["train", "test"]}', "utf-8")
    for split in ("train", "test"):
        (tmp_path / split).mkdir()
        path = tmp_path / split / "data-00000-of-00001.arrow"
        opened = pa.ipc.new_stream if split == "train" else pa.ipc.new_file
        with pa.OSFile(str(path), "wb") as sink, opened(sink, fit_table(split).schema) as writer:
            writer.write_table(fit_table(split))
    found = import_dataset("hugging-face", tmp_path).dataset
    assert grades(found) == {
        ("baker", "bakes"): 2, ("baker", "forges"): 0, ("smith", "bakes"): 0
    }  # fmt: skip
    assert {name: len(split.pairs or ()) for name, split in found.splits.items()} == {
        "train": 2, "test": 1
    }  # fmt: skip
    assert [(leak.kind, leak.same) for leak in leaks(found)] == [("resumes", 1)]


def test_codes_of_classes_become_their_words(tmp_path: Path) -> None:
    """Hugging Face may store codes in the order of the alphabet: Good Fit 0, No Fit 1."""
    (tmp_path / "data").mkdir()
    names = {"label": {"names": ["Good Fit", "No Fit", "Potential Fit"], "_type": "ClassLabel"}}
    info = json.dumps({"info": {"features": names}}).encode()
    coded = fit_table("train", pa.array([0, 1])).replace_schema_metadata({b"huggingface": info})
    pq.write_table(coded, tmp_path / "data" / "train-00000-of-00001.parquet")
    found = import_dataset("hugging-face", tmp_path).dataset
    assert grades(found) == {("baker", "bakes"): 2, ("baker", "forges"): 0}


def test_splits_as_plain_tables(tmp_path: Path) -> None:
    table(tmp_path / "train.csv", *FIT_ROWS["train"])
    table(tmp_path / "test.csv", *FIT_ROWS["test"])
    (tmp_path / "README.md").write_text("about", "utf-8")
    assert sorted(import_dataset("hugging-face", tmp_path).dataset.splits) == ["test", "train"]


def test_without_pyarrow_the_extra_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pq.write_table(fit_table("train"), tmp_path / "train.parquet")
    monkeypatch.setitem(__import__("sys").modules, "pyarrow", None)
    with pytest.raises(MissingExtra, match=r"shortlist\[data\]"):
        import_dataset("hugging-face", tmp_path)


@pytest.fixture
def vacancies(tmp_path: Path) -> Path:
    """Four resumes and three vacancies in the shape of the vacancy-resume set."""
    (tmp_path / "CV").mkdir()
    for i in range(1, 5):
        cv = Docx()
        if i == 2:
            cv.add_table(1, 1).cell(0, 0).text = f"Person {i} in a table"
        else:
            cv.add_paragraph(f"Person {i}")
        cv.save(str(tmp_path / "CV" / f"{i}.docx"))
    (tmp_path / "CV" / "._1.docx").write_bytes(b"not a document")
    table(
        tmp_path / "5_vacancies.csv",
        *(
            {"id": str(id), "job_description": f"work {id}", "job_title": f"title {id}", "uid": "x"}
            for id in (8, 37, 90)
        ),
    )
    return tmp_path


def annotate(folder: Path, text: str) -> Path:
    (folder / "annotations-for-the-first-30-vacancies.txt").write_text(text, encoding="utf-8")
    return folder


TWO_ANNOTATORS = """
Annotator 1, best vacancy first  # one row [of three] for each CV
first = [[2, 1, 3],
         [1, 2, 3],  # the second CV
         [3, 3, 1],
         [3, 2, 1]]
second = [[3, 1, 2], [1, 2]]
"""


def test_vacancy_resume_reads_rows_as_orders(vacancies: Path) -> None:
    found = import_dataset("vacancy-resume", annotate(vacancies, TWO_ANNOTATORS)).dataset
    assert list(found.jobs) == ["8", "37", "90"]
    assert found.jobs["8"] == "title 8\n\nwork 8"
    assert list(found.resumes) == ["1", "2", "3", "4"]
    assert "in a table" in found.resumes["2"]
    of_first = {
        j.job: j.grade for j in found.judgments if (j.resume, j.annotator[-1]) == ("1", "1")
    }
    assert of_first == {"37": 2, "8": 1, "90": 0}
    of_second = {j.job: j.grade for j in found.judgments if j.annotator == "annotator-2"}
    assert of_second == {"90": 2, "8": 1, "37": 0}
    assert len(found.judgments) == 3 * 3 + 3
    assert (found.card.test_only, found.card.licence) == (True, "GPL-3.0")


def test_vacancy_resume_names_the_rows_it_leaves_out(vacancies: Path) -> None:
    found = import_dataset("vacancy-resume", annotate(vacancies, TWO_ANNOTATORS))
    assert "annotator-1, row 3 is left out: 3 stands twice" in found.dataset.card.known_issues
    assert (
        "annotator-2, row 2 is left out: 2 entries instead of 3" in found.dataset.card.known_issues
    )
    assert "annotator-1 ranked 4 resumes; 1 rows are left out." in found.notes


def test_vacancy_resume_can_be_read_as_ranks_if_so_asked(vacancies: Path) -> None:
    annotate(vacancies, "[[2, 3, 1]]")
    order = import_dataset("vacancy-resume", vacancies).dataset
    ranks = import_dataset("vacancy-resume", vacancies, reading="ranks").dataset
    assert {j.job: j.grade for j in order.judgments} == {"37": 2, "90": 1, "8": 0}
    assert {j.job: j.grade for j in ranks.judgments} == {"90": 2, "8": 1, "37": 0}


def test_vacancy_resume_without_annotations_has_no_judgments(vacancies: Path) -> None:
    found = import_dataset("vacancy-resume", vacancies)
    assert found.dataset.judgments == ()
    assert "there are no judgments" in found.notes[-1]


def test_vacancy_resume_names_rows_beyond_the_resumes(vacancies: Path) -> None:
    found = import_dataset("vacancy-resume", annotate(vacancies, f"[{'[1, 2, 3],' * 5}]"))
    assert "annotator-1, row 5 is left out: there is no CV 5" in found.dataset.card.known_issues


@pytest.mark.parametrize(
    "text, said",
    [
        ("[[1, 2, 3], [__import__('os').system('true')]]", "not a Python list"),
        ("[[1, 2, 3]", "no list of lists"),
        ("[1, 2, 3]\n[3, 2, 1]", "no list of lists"),
        ("nothing", "no list of lists"),
        ("[[1, 2, three]]", "not a Python list"),
        ("[" * 100_000 + "]" * 100_000, "not a Python list"),
        ("#" * 1_000_001, "larger than"),
    ],
)
def test_annotations_are_read_and_never_run(vacancies: Path, text: str, said: str) -> None:
    with pytest.raises(DataError, match=said):
        import_dataset("vacancy-resume", annotate(vacancies, text))


def test_vacancy_resume_needs_its_parts(vacancies: Path) -> None:
    (vacancies / "5_vacancies.csv").unlink()
    with pytest.raises(DataError, match="0 files"):
        import_dataset("vacancy-resume", vacancies)


@pytest.fixture
def clef(tmp_path: Path) -> Path:
    """A folder in the shape of TalentCLEF's task A; files are named by id alone."""
    for part, names in (("queries", ("100", "200")), ("corpus", ("1", "2", "10.txt"))):
        (tmp_path / part).mkdir()
        for name in names:
            (tmp_path / part / name).write_text(f"{part} {name}", encoding="utf-8")
    (tmp_path / "qrels.tsv").write_text("100\t0\t1\t1\n100\t0\t10\t2\n200\t0\t2\t0\n", "utf-8")
    return tmp_path


def test_talentclef(clef: Path) -> None:
    found = import_dataset("talentclef", clef).dataset
    assert list(found.jobs) == ["100", "200"]
    assert list(found.resumes) == ["1", "2", "10"]
    assert found.judgments == (
        Judgment("100", "1", 1), Judgment("100", "10", 2), Judgment("200", "2", 0)
    )  # fmt: skip


def test_talentclef_takes_a_header_and_no_judgments(clef: Path) -> None:
    (clef / "qrels.tsv").write_text("q_id\titer\tc_id\trelevance\n100\t0\t1\t1\n", "utf-8")
    assert len(import_dataset("talentclef", clef).dataset.judgments) == 1
    (clef / "qrels.tsv").unlink()
    found = import_dataset("talentclef", clef)
    assert found.dataset.judgments == ()
    assert "no judgments" in found.notes[0]


@pytest.mark.parametrize(
    "text, said",
    [
        ("100\t0\t1\n", r"qrels.tsv:1: not `query 0 resume grade`"),
        ("100\t0\t1\t1\n100\t0\t2\tyes\n", r"qrels.tsv:2: not `query"),
        ("100\t0\t7\t1\n", r"qrels.tsv:1: no file for query '100' or resume '7'"),
    ],
)
def test_malformed_qrels_are_refused(clef: Path, text: str, said: str) -> None:
    (clef / "qrels.tsv").write_text(text, "utf-8")
    with pytest.raises(DataError, match=said):
        import_dataset("talentclef", clef)


def test_talentclef_points_to_the_language(clef: Path, tmp_path: Path) -> None:
    (tmp_path / "development").mkdir()
    for part in ("queries", "corpus"):
        (clef / part).rename(tmp_path / "development" / part)
    with pytest.raises(DataError, match="there are some in development: name one"):
        import_dataset("talentclef", tmp_path)


@pytest.mark.parametrize(
    "name, text, said",
    [
        ("p.csv", "resume_text,label\nx,Good Fit\n", "no column job_description_text"),
        ("p.csv", "", "holds no row"),
        ("p.csv", "resume_text,job_description_text,label\nx,y\n", "p.csv:2: 2 cells"),
        (
            "p.csv",
            "resume_text,job_description_text,label\n,y,fit\n",
            "p.csv:2 .resume_text.: every row lacks a text",
        ),
        ("p.csv", "resume_text,job_description_text,label\nx,y,no\nx,z,hm\n", "p.csv:3: unknown"),
        ("p.csv", "a\n\xff", "p.csv:2: not UTF-8: save the file as UTF-8"),
        ("p.xlsx", "", "unknown format"),
        ("p.jsonl", "[1]\n", "p.jsonl:1: not a JSON object"),
        ("p.jsonl", "{\n", "p.jsonl:1: not JSON"),
        ("p.json", "{}", "not a list of rows"),
        ("p.json", "{", "p.json:1: not JSON"),
        ("p.parquet", "no parquet", "not readable as parquet"),
        ("p.arrow", "no arrow", "not readable as arrow"),
        ("p.csv.gz", "not packed", "damaged or cut off"),
    ],
)
def test_malformed_tables_are_refused(tmp_path: Path, name: str, text: str, said: str) -> None:
    (tmp_path / name).write_bytes(text.encode("latin-1"))
    with pytest.raises(DataError, match=said):
        import_dataset("fit-labels", tmp_path / name)


def test_one_id_with_two_texts_is_refused(tmp_path: Path) -> None:
    row = {"ID": "1", "Resume_str": "one", "Category": "X"}
    source = table(tmp_path / "r.csv", row, row | {"Resume_str": "two"})
    with pytest.raises(DataError, match=r"r.csv:3: the resume '1' has another text"):
        import_dataset("kaggle-resumes", source)


@pytest.mark.parametrize(
    "name, said",
    [("dataset_dict.json", "does not list the splits"), ("notes.txt", "no dataset_dict.json")],
)
def test_a_folder_without_splits_is_refused(tmp_path: Path, name: str, said: str) -> None:
    (tmp_path / name).write_text("{}", "utf-8")
    with pytest.raises(DataError, match=said):
        import_dataset("hugging-face", tmp_path)


def test_a_listed_split_must_be_there(tmp_path: Path) -> None:
    (tmp_path / "dataset_dict.json").write_text('{"splits": ["train"]}', "utf-8")
    with pytest.raises(DataError, match=r"train: no .arrow file"):
        import_dataset("hugging-face", tmp_path)
    with pytest.raises(DataError, match="not a folder"):
        import_dataset("hugging-face", tmp_path / "dataset_dict.json")


def test_unknown_formats_and_missing_sources_are_refused(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="no format 'excel': there are kaggle-resumes"):
        import_dataset("excel", tmp_path)
    for name in FORMATS:
        with pytest.raises(DataError, match="no such file or folder"):
            import_dataset(name, tmp_path / "none")


def test_what_was_imported_can_be_written_and_read(clef: Path, tmp_path: Path) -> None:
    found = import_dataset("talentclef", clef)
    write_dataset(found.dataset, tmp_path / "out", groups=found.groups)
    assert read_dataset(tmp_path / "out").judgments == found.dataset.judgments
