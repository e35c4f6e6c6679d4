"""Rubric files: what a team may change, and what is refused with the place."""

from pathlib import Path

import pytest

from shortlist.errors import ConfigError
from shortlist.explain.skills import Rubrics, RuleScorer
from shortlist.explain.skills.rubrics import built_in_text
from shortlist.explain.skills.signs import compiled
from shortlist.records import Document

OURS = """
[rubrics.leadership]
listed_cap = 0
levels = ["none", "one", "two", "three", "four", "five"]

[skills."shift planning"]
rubric = "leadership"
direct = ["drew/made .. rota*"]
"""


def write(folder: Path, text: str) -> Path:
    path = folder / "ours.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_every_built_in_rubric_has_an_anchor_for_each_level() -> None:
    rubrics = Rubrics.load()
    assert {"technical", "language", "leadership", "communication"} <= set(rubrics.rubrics)
    assert all(len(r.levels) == 6 and all(r.levels) for r in rubrics.rubrics.values())


def test_the_written_file_reads_back_as_it_is(tmp_path: Path) -> None:
    again = Rubrics.load(write(tmp_path, built_in_text()))
    assert again.rules == Rubrics.load().rules


def test_a_team_changes_caps_anchors_and_signs(tmp_path: Path) -> None:
    rubrics = Rubrics.load(write(tmp_path, OURS))
    text = "Skills\nleadership\n\nExperience\nCook, 2020 - 2022\n- Drew up the weekly rota.\n"
    found = RuleScorer().score(
        Document("r", text), ["people management", "shift planning"], rubrics
    )
    shift = found.scores[1]
    assert shift.score and shift.reason.endswith(rubrics.rubrics["leadership"].levels[shift.score])
    listed = RuleScorer().score(Document("r", "Skills\nleadership\n"), ["leadership"], rubrics)
    assert listed.scores[0].score == 0


def test_what_a_file_names_in_capitals_is_the_same_skill_and_an_empty_list_empties(
    tmp_path: Path,
) -> None:
    known = Rubrics.load().rule("leadership")
    ours = Rubrics.load(write(tmp_path, "[skills.Leadership]\naliases = ['bossing']\nlike = []\n"))
    rule = ours.rule("leadership")
    assert (rule.rubric.name, rule.weak, rule.strong) == ("leadership", known.weak, known.strong)
    assert (rule.aliases, rule.like) == (("bossing",), ())


@pytest.mark.parametrize(
    "text, said",
    [
        ("[rubrics\n", r"ours\.toml: not valid TOML.*line 1"),
        ("[skills.x]\nrubric = 'nope'\n", "no rubric 'nope': there are communication"),
        ("[skills.x]\nsigns = []\n", "unknown key 'signs'"),
        ("[other]\n", "unknown key 'other'"),
        ("[rubrics.new]\n", "`levels` has 0 texts: write one for each of 0 to 5"),
        ("[rubrics.technical]\nlisted_cap = 9\n", "whole number from 0 to 5, not 9"),
        ("[rubrics.technical]\nkind = 'odd'\n", "kind is named, shown, spoken, not 'odd'"),
        ("[skills.x]\nweak = ['..']\n", r"cannot read the sign '\.\.'"),
        ("[skills.x]\nweak = 'led'\n", "`weak` is a list of strings"),
        ("skills = 3\n", "`skills` is a table of tables"),
        ("[skills.x]\nrubric = ['leadership']\n", r"no rubric \['leadership'\]"),
    ],
)
def test_faults_are_named_with_their_place(tmp_path: Path, text: str, said: str) -> None:
    with pytest.raises(ConfigError, match=said):
        Rubrics.load(write(tmp_path, text))


def test_a_missing_file_is_said(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="cannot be read as a rubric file"):
        Rubrics.load(tmp_path / "nothing.toml")


@pytest.mark.parametrize(
    "sign, text, found",
    [
        ("led/headed .. team*", "Led a small but busy team of cooks", True),
        ("led/headed .. team*", "Misled the teams", False),
        ("team of #", "a team of twelve", True),
        ("team of #", "a team of friends", False),
        ("manag* .. staff", "managed, for two years, all of the floor staff", False),
        ("one-to-ones/1:1s", "weekly 1:1s", True),
    ],
)
def test_signs(sign: str, text: str, found: bool) -> None:
    pattern = compiled((sign,))
    assert pattern is not None and (pattern.search(text) is not None) is found
