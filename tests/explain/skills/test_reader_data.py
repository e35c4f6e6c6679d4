"""The resumes from which the trained reader learns: labels that fit, and no test among them."""

from pathlib import Path

import pytest
import skill_data

from shortlist.explain.skills.known.truth import read_known
from shortlist.explain.skills.rubrics import TOP
from shortlist.explain.skills.said import KINDS

ROOT = Path(__file__).parents[3]
FILES = sorted(skill_data.DATA.glob("*/*.toml"))
NOTHING = ("wished", "negated", "other")
PIECE = """
[[piece]]
id = "x-1"
lines = ["Cook, Halle", "- Baked the bread;", "+ the cakes were Ida's.", "Wants to learn French"]
says.baking = "2 used 3, 3 others 0"
says."spoken french" = "4 wished 0"
says.leadership = ""
"""


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_each_place_stands_in_its_resume_with_a_label(path: Path) -> None:
    for entry in skill_data.labelled(path):
        for skill, labels in entry.says.items():
            for label in labels:
                assert 0 <= label.start < label.end <= len(entry.document.text), entry.document.id
                assert label.kind in KINDS[1:] and 0 <= label.level <= TOP, entry.document.id
                assert not (label.level and label.kind in NOTHING), (entry.document.id, skill)


def test_generated_resumes_are_labelled_as_they_were_planted() -> None:
    entries = list(skill_data.generated())
    assert len(entries) == skill_data.RESUMES
    said = [(skill, entry.document.text[a.start : a.end], a) for entry in entries
            for skill, labels in entry.says.items() for a in labels]  # fmt: skip
    assert {label.kind for *_, label in said} == set(KINDS) - {"none", "others", "other"}
    for skill, words, label in said:
        assert 0 <= label.level <= TOP and not (label.level and label.kind in NOTHING)
        if label.kind == "listed":
            assert skill in words.casefold() and label.level == 1
        if label.kind in ("wished", "negated"):
            assert skill in words.casefold()


def test_no_resume_is_there_twice_and_none_is_a_test() -> None:
    documents = [e.document for path in FILES for e in skill_data.labelled(path)]
    learnt = {document.text.strip() for document in documents}
    checked = (ROOT / "tests/data/skills").glob("*.toml")
    tests = {known.text.strip() for path in checked for known in read_known(path)}
    assert len({document.id for document in documents}) == len(learnt) == len(documents)
    assert tests and not tests & learnt


def test_statements_of_a_piece_stand_on_lines_of_their_own_or_go_on(tmp_path: Path) -> None:
    (tmp_path / "x.toml").write_text(PIECE, "utf-8")
    (entry,) = skill_data.labelled(tmp_path / "x.toml")
    text = entry.document.text
    assert text == ("Cook, Halle\n- Baked the bread; the cakes were Ida's.\nWants to learn French")
    said = {skill: [(text[a.start : a.end], a.kind, a.level) for a in labels]
            for skill, labels in entry.says.items()}  # fmt: skip
    assert said == {
        "baking": [("- Baked the bread;", "used", 3), ("the cakes were Ida's.", "others", 0)],
        "spoken french": [("Wants to learn French", "wished", 0)],
        "leadership": [],
    }


@pytest.mark.parametrize("label", ["9 used 3", "0 used 3", "1 used", "1 used 6"])
def test_a_label_of_no_statement_is_an_error(label: str, tmp_path: Path) -> None:
    (tmp_path / "x.toml").write_text(PIECE.replace("4 wished 0", label), "utf-8")
    with pytest.raises(ValueError, match="is no label of 4 statements"):
        list(skill_data.labelled(tmp_path / "x.toml"))


def test_labels_of_a_skill_without_a_range_are_an_error(tmp_path: Path) -> None:
    (tmp_path / "x.toml").write_text(
        '[[resume]]\nid = "x"\ntext = "Baked bread"\nexpected.baking = [2, 3, "Baked"]\n'
        'says.sales = [["Baked", "used", 3]]\n',
        "utf-8",
    )
    with pytest.raises(ValueError, match=r"'sales'.* have labels and no range"):
        list(skill_data.labelled(tmp_path / "x.toml"))
