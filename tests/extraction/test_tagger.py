"""Taggers: labels to stretches, tagger folders, models of transformers, and what they add."""

import json
from datetime import date
from pathlib import Path

import numpy as np
import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from extraction.tiny_tagger import write_tagger
from shortlist.cli import cli
from shortlist.errors import ModelError
from shortlist.extraction import load_tagger, posting, profile
from shortlist.extraction.tagger import case_class
from shortlist.extraction.tags import Label, Stretch, Tag, decoded, first_tokens, parsed
from shortlist.records import Document

TODAY = date(2026, 1, 31)
BIO = ("O", "B-skill", "I-skill")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_tagger(tmp_path_factory.mktemp("tagger") / "tiny")


def scores(path: list[int], labels: int) -> np.ndarray:
    return np.eye(labels, dtype=np.float32)[path] * 9


@pytest.mark.parametrize(
    "names, labels",
    [
        (["O", "B", "I"], [("O", ""), ("B", "skill"), ("I", "skill")]),
        (["O", "B-Designation", "I-Designation"], [("O", ""), ("B", "title"), ("I", "title")]),
        (["U-SKILL", "L-SKILL"], [("B", "skill"), ("I", "skill")]),
        (["Companies Worked At", "UNKNOWN"], [("I", "employer"), ("O", "")]),
        (["S-college name"], [("B", "school")]),
        (["B-Graduation Year"], [("B", "graduation_year")]),
    ],
)
def test_labels_of_many_schemes_are_read(names: list[str], labels: list[tuple[str, str]]) -> None:
    assert parsed(names) == tuple(Label(*label) for label in labels)


def test_two_stretches_side_by_side() -> None:
    found = decoded(scores([1, 2, 1, 0, 1], 3), parsed(BIO))
    assert [(s.first, s.last) for s in found] == [(0, 2), (2, 3), (4, 5)]
    assert all(s.kind == "skill" and s.confidence > 0.99 for s in found)


def test_nothing_goes_on_that_never_began() -> None:
    found = decoded(scores([0, 2, 2], 3), parsed(BIO))
    assert [(s.first, s.last) for s in found] in ([(1, 3)], [(0, 3)])


def test_labels_without_a_place_make_stretches() -> None:
    found = decoded(scores([0, 1, 1, 2], 3), parsed(["O", "Designation", "Degree"]))
    assert [(s.first, s.last, s.kind) for s in found] == [(1, 3, "title"), (3, 4, "degree")]


@given(st.lists(st.lists(st.floats(-9, 9), min_size=5, max_size=5), max_size=9))
def test_stretches_are_disjoint_and_in_order(rows: list[list[float]]) -> None:
    labels = parsed(["O", "B-skill", "I-skill", "B-title", "I-title"])
    found = decoded(np.array(rows, np.float32).reshape(-1, 5), labels)
    ends = [0, *(s.last for s in found)]
    assert all(end <= s.first < s.last for end, s in zip(ends, found, strict=False))
    assert all(0 < s.confidence <= 1 for s in found)


def test_no_words_no_stretches() -> None:
    assert decoded(np.zeros((0, 3), np.float32), parsed(BIO)) == []
    assert Stretch(0, 1, "skill", 0.5).last == 1


def test_a_word_without_a_token_is_judged_by_the_one_before() -> None:
    assert first_tokens([None, 0, 0, 1, 3, None]) == [1, 3, 3, 4]
    assert first_tokens([None, None]) == []


@pytest.mark.parametrize("word, case", [("go", 0), ("Go", 1), ("AWS", 2), ("iOS", 3), ("R", 1)])
def test_the_case_of_letters(word: str, case: int) -> None:
    assert case_class(word) == case


def test_tags_stand_where_they_say(folder: Path) -> None:
    text = "Leading teams.\n\nWe monitor with Zabbix and SAP FICO, leading"
    found = load_tagger(folder)(text)
    assert [(text[t.start : t.end], t.kind) for t in found] == [
        ("Leading teams", "skill"),
        ("Zabbix", "knowledge"),
        ("SAP FICO", "knowledge"),
        ("leading", "skill"),
    ]


@given(text=st.text(max_size=300))
def test_any_text_can_be_tagged(folder: Path, text: str) -> None:
    tagger = load_tagger(folder)
    assert all(0 <= tag.start < tag.end <= len(text) for tag in tagger(text))
    assert tagger(text) == tagger(text)


RESUME = """Experience
Administrator, Bluebird Inc
01/2019 - 12/2020
- Monitored servers with zabbix and Python
- Leading teams

Summary
No experience with SAP FICO.
"""


def test_a_resume_gains_skills_that_no_lexicon_knows(folder: Path) -> None:
    document = Document("r", RESUME)
    plain, more = (
        profile(document, today=TODAY),
        profile(document, today=TODAY, tagger=load_tagger(folder)),
    )
    by_name = {skill.name: skill for skill in more.skills}
    assert "zabbix" not in {skill.name for skill in plain.skills}
    assert (by_name["zabbix"].status, by_name["zabbix"].months) == ("used", 24)
    assert by_name["zabbix"].field == "tagged"
    assert plain.phrases == ()
    assert [(p.quote.text, p.kind, p.status) for p in more.phrases] == [
        ("zabbix", "knowledge", "used"),
        ("Leading teams", "skill", "used"),
        ("SAP FICO", "knowledge", "negated"),
    ]


@pytest.mark.parametrize(
    "tagged, name",
    [("QXV)", "qxv"), ("(QXV", "qxv"), ("QXV++ ,", "qxv++"), (".QXV", ".qxv"), ("Q/X)", "q/x")],
)
def test_brackets_at_the_ends_of_a_tag_are_no_part_of_a_name(tagged: str, name: str) -> None:
    text = f"Experience\nAdministrator, Bluebird Inc, 2019 - 2020\n- Kept {tagged}\n"

    def tagger(_: str) -> tuple[Tag, ...]:
        at = text.index(tagged)
        return (Tag(at, at + len(tagged), "knowledge", 0.9),)

    found = profile(Document("r", text), today=TODAY, tagger=tagger).skills
    (skill,) = (skill for skill in found if skill.field == "tagged")
    assert (skill.name, skill.mentions[0].text.lower()) == (name, name)


def test_what_the_rules_found_stays(folder: Path) -> None:
    document = Document("r", RESUME)
    plain, more = (
        profile(document, today=TODAY),
        profile(document, today=TODAY, tagger=load_tagger(folder)),
    )
    assert plain.positions[0].title == more.positions[0].title
    assert {s.name for s in plain.skills} <= {s.name for s in more.skills}


def test_a_tagger_fills_what_the_rules_left_empty() -> None:
    text = "xq vw\nExperience\nzug, dort 2015 - 2017\nEducation\nBSc, 2012, plexum"

    def tagger(_: str) -> tuple[Tag, ...]:
        places = {"name": "xq vw", "title": "zug", "employer": "dort", "school": "plexum"}
        return tuple(
            Tag(text.index(quote), text.index(quote) + len(quote), kind, 0.9)
            for kind, quote in places.items()
        )

    found = profile(Document("r", text), today=TODAY, tagger=tagger)
    position, entry, name = found.positions[0], found.education[0], found.contact.name
    assert name and position.title and position.employer and entry.school
    assert (name.text, entry.school.text) == ("xq vw", "plexum")
    assert (position.title.text, position.employer.text) == ("zug", "dort")


def test_a_job_gains_what_no_lexicon_knows(folder: Path) -> None:
    text = "Requirements:\n- Zabbix\n\nNice to have:\n- SAP FICO XY"
    found = posting(Document("j", text), tagger=load_tagger(folder))
    assert "zabbix" in found.must
    assert [(p.quote.text, p.status) for p in found.phrases] == [
        ("Zabbix", "must"),
        ("SAP FICO XY", "nice"),
    ]


def test_commands_take_a_tagger(folder: Path, tmp_path: Path) -> None:
    resume = tmp_path / "r.txt"
    resume.write_text(RESUME, encoding="utf-8")
    for command in ("profile", "posting"):
        arguments = [command, str(resume), "--tagger", str(folder), "--format", "json"]
        value = json.loads(CliRunner().invoke(cli, arguments, catch_exceptions=False).stdout)
        assert {phrase["quote"] for phrase in value["phrases"]} >= {"zabbix"}


@pytest.mark.parametrize(
    "change, message",
    [
        ({"format": 2}, "this version reads format 1"),
        ({"files": {"model.onnx": "0"}}, "damaged or exchanged"),
        ({"files": {"gone.onnx": "0"}}, "cannot be read"),
        ({"kind": "encoder", "mask_policy": None}, "a model for ranking"),
    ],
)
def test_a_damaged_folder_is_refused(
    tmp_path: Path, change: dict[str, object], message: str
) -> None:
    with pytest.raises(ModelError, match=message):
        load_tagger(write_tagger(tmp_path / "t", **change))


def test_settings_that_are_no_json_are_refused(tmp_path: Path) -> None:
    (write_tagger(tmp_path / "t") / "config.json").write_text("{", encoding="utf-8")
    with pytest.raises(ModelError, match="not JSON"):
        load_tagger(tmp_path / "t")


def test_a_model_of_transformers_is_read(tmp_path: Path) -> None:
    transformers = pytest.importorskip("transformers")
    vocabulary = tmp_path / "vocab.txt"
    words = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", "nurse", "at", "bluebird", "##s"]
    vocabulary.write_text("\n".join(words), encoding="utf-8")
    names = {0: "O", 1: "B-Designation", 2: "I-Designation", 3: "B-Companies worked at"}
    config = transformers.BertConfig(
        vocab_size=len(words),
        hidden_size=16,
        num_hidden_layers=1,
        num_attention_heads=2,
        intermediate_size=16,
        id2label=names,
        label2id={name: number for number, name in names.items()},
    )
    transformers.BertForTokenClassification(config).save_pretrained(tmp_path / "m")
    transformers.BertTokenizerFast(str(vocabulary)).save_pretrained(tmp_path / "m")
    tagger = load_tagger(tmp_path / "m")
    text = "Nurses at Bluebird\nnurse " + "at bluebird " * 300
    found = tagger(text)
    assert found == tagger(text)
    assert {tag.kind for tag in found} <= {"title", "employer"}
    assert all(text[tag.start : tag.end].strip() for tag in found)


def test_what_is_no_model_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("transformers")
    monkeypatch.setenv("HF_HUB_OFFLINE", "1")
    with pytest.raises(ModelError, match="neither a tagger folder nor"):
        load_tagger(tmp_path)
