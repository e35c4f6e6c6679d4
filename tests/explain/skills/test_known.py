"""Resumes with known skills: generated, read from files, and as preference pairs."""

import json
from pathlib import Path

import pytest

from shortlist.errors import ConfigError, DataError
from shortlist.explain.skills import Rubrics
from shortlist.explain.skills.known.asking import to_generate
from shortlist.explain.skills.known.folder import write_folder
from shortlist.explain.skills.known.generate import Options, generate
from shortlist.explain.skills.known.preferences import (
    FAULTS,
    from_edits,
    preference_json,
    preferences,
    read_preferences,
)
from shortlist.explain.skills.known.truth import KnownResume, Truth, read_known, write_known
from shortlist.extraction import Lexicon

SKILLS = ["python", "java", "payroll", "leadership", "communication", "teamwork", "german"]
CHECKED = Path(__file__).parents[2] / "data" / "skills"


def made(n: int = 60, seed: int = 3) -> list[KnownResume]:
    asked = to_generate(SKILLS, Lexicon.load(), Rubrics.load())
    return list(generate(asked, Options(n, seed)))


def test_the_same_seed_gives_the_same_resumes_and_another_others() -> None:
    assert made(5) == made(5)
    assert [one.text for one in made(5)] != [one.text for one in made(5, seed=4)]


def test_what_was_planted_stands_in_the_text() -> None:
    for resume in made():
        for truth in resume.truths:
            assert all(sentence in resume.text for sentence in truth.because)
            assert truth.low <= (truth.level or 0) <= truth.high


def test_every_level_way_and_layout_comes_up() -> None:
    resumes = made(150)
    truths = [truth for resume in resumes for truth in resume.truths]
    assert {truth.level for truth in truths} == {0, 1, 2, 3, 4, 5}
    ways = {
        "absent",
        "negated",
        "desired",
        "mistaken",
        "listed",
        "basic",
        "implied",
        "study",
        "used",
    }
    assert ways <= {truth.way for truth in truths}
    assert len({resume.provenance["layout"] for resume in resumes}) == 4
    assert {resume.provenance["stuffed"] for resume in resumes} == {True, False}
    assert {resume.provenance["size"] for resume in resumes} == {"short", "usual", "long"}


def test_an_absent_skill_is_named_nowhere() -> None:
    for resume in made():
        for truth in resume.truths:
            if truth.way == "absent" and truth.skill in ("python", "payroll", "german"):
                assert truth.skill not in resume.text.lower()


def test_the_two_wordings_share_no_template() -> None:
    import tomllib
    from importlib.resources import files

    text = (files("shortlist.explain.skills.known") / "phrases.toml").read_text("utf-8")
    pools = tomllib.loads(text)

    def wordings(pool: str) -> set[str]:
        kinds = {k: v for k, v in pools[pool].items() if k != "language"}
        return {phrase for kind in kinds.values() for some in kind.values() for phrase in some}

    assert wordings("train") & wordings("held_out") == set()


def test_a_pair_is_a_right_answer_and_one_with_its_fault() -> None:
    resumes = {resume.id: resume for resume in made()}
    pairs = list(preferences(list(resumes.values())))
    assert {pair.fault for pair in pairs} == set(FAULTS)
    for pair in pairs:
        chosen = json.loads(pair.chosen)
        truth = next(t for t in resumes[pair.resume].truths if t.skill == pair.skill)
        assert truth.low <= chosen["score"] <= truth.high
        assert all(quote in pair.text for quote in chosen["quotes"])
        if pair.fault == "wrong-format":
            with pytest.raises(json.JSONDecodeError):
                json.loads(pair.rejected)
            continue
        rejected = json.loads(pair.rejected)
        if pair.fault == "over-credited":
            assert rejected["score"] > truth.high
        elif pair.fault == "under-credited":
            assert rejected["score"] < truth.low
        else:
            assert not any(quote in pair.text for quote in rejected["quotes"])


EDIT = {
    "resume": "r",
    "text": "Built reports in Python.",
    "skill": "python",
    "given": {"score": 5, "reason": "expert", "quotes": []},
    "edited": {"score": 2, "reason": "used once", "quotes": ["Built reports in Python."]},
}


def test_a_human_edit_is_a_pair(tmp_path: Path) -> None:
    path = tmp_path / "edits.jsonl"
    path.write_text(json.dumps(EDIT) + "\n", encoding="utf-8")
    (pair,) = from_edits(path)
    assert pair.fault == "human-edit"
    assert json.loads(pair.chosen)["score"] == 2 and json.loads(pair.rejected)["score"] == 5


@pytest.mark.parametrize(
    "change, said",
    [
        ({"skill": None, "given": 3}, "expected resume, text, skill"),
        ({"edited": {**EDIT["edited"], "quotes": ["nowhere"]}}, "does not stand in the text"),
        ({"edited": EDIT["given"]}, "nothing was changed"),
        ({"edited": {**EDIT["edited"], "score": 9}}, "expected resume, text, skill"),
        ({"edited": {**EDIT["edited"], "quotes": "Built"}}, "expected resume, text, skill"),
        ({"edited": {**EDIT["edited"], "quotes": [5]}}, "expected resume, text, skill"),
    ],
)
def test_edits_that_are_none_are_refused(tmp_path: Path, change: object, said: str) -> None:
    path = tmp_path / "edits.jsonl"
    path.write_text(json.dumps({**EDIT, **change}) + "\n", encoding="utf-8")  # type: ignore[dict-item]
    with pytest.raises(DataError, match=said):
        list(from_edits(path))


def test_lines_end_where_json_says(tmp_path: Path) -> None:
    text = "Built reports\x85 in\u2028Python."
    known = KnownResume("r", text, (Truth("python", 1, 2),))
    write_known([known], tmp_path / "r.jsonl")
    assert [one.text for one in read_known(tmp_path / "r.jsonl")] == [text]
    edited = {**EDIT["edited"], "quotes": [text]}  # type: ignore[dict-item]
    line = json.dumps({**EDIT, "text": text, "edited": edited}, ensure_ascii=False)
    (tmp_path / "edits.jsonl").write_text(line + "\n", encoding="utf-8")
    pairs = list(from_edits(tmp_path / "edits.jsonl"))
    lines = [json.dumps(preference_json(pair), ensure_ascii=False) for pair in pairs]
    (tmp_path / "p.jsonl").write_text("\n".join(lines) + "\n", encoding="utf-8")
    assert read_preferences(tmp_path / "p.jsonl") == pairs


def test_a_folder_reads_back_and_is_never_written_over(tmp_path: Path) -> None:
    folder = tmp_path / "made"
    counts = write_folder(folder, SKILLS, Options(8))
    known = read_known(folder / "resumes.jsonl")
    assert (counts.resumes, counts.truths) == (8, sum(len(one.truths) for one in known))
    assert known[0].provenance["licence"] == "MIT"
    assert "seed 0" in (folder / "README.md").read_text("utf-8")
    with pytest.raises(DataError, match="not empty"):
        write_folder(folder, SKILLS, Options(8))


def test_a_skill_is_generated_once(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="asked for twice: Python"):
        write_folder(tmp_path / "made", ["python", "Python"], Options(1))


def test_nothing_is_generated_from_nothing() -> None:
    with pytest.raises(ConfigError, match="name the skills"):
        list(generate([], Options(1)))
    with pytest.raises(ConfigError, match="at least one"):
        list(generate(to_generate(["sql"], Lexicon.load(), Rubrics.load()), Options(0)))


def test_the_hand_checked_set_is_whole() -> None:
    known = [one for path in sorted(CHECKED.glob("*.toml")) for one in read_known(path)]
    assert len(known) >= 30 and len({one.id for one in known}) == len(known)
    for one in known:
        assert len(one.truths) >= 8
        assert all(truth.because[0] for truth in one.truths)


@pytest.mark.parametrize(
    "name, text, said",
    [
        ("a.toml", "[[resume]]\nid = 'a'\ntext = 'x'\n", "no table `expected`"),
        ("a.toml", "[[resume]]\nid='a'\ntext='x'\n[resume.expected]\nsql=[1]\n", "lowest, highest"),
        ("a.toml", "[[resume]]\nid='a'\ntext='x'\n[resume.expected]\nsql=[3,1,'']\n", "0 to 5"),
        ("a.toml", "[[resume\n", "not valid TOML"),
        ("a.toml", "resume = ['x']\n", "resume 1: no table `expected`"),
        ("a.jsonl", '{"id": "a"}\n', "line 1: expected an object"),
        ("a.jsonl", "\n", "holds no resume"),
    ],
)
def test_malformed_files_are_refused(tmp_path: Path, name: str, text: str, said: str) -> None:
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    with pytest.raises(DataError, match=said):
        read_known(path)
