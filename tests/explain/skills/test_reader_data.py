"""The resumes from which the trained reader learns: labels that fit, and no test among them."""

import tomllib
from pathlib import Path
from typing import Any

import pytest

from shortlist.explain.skills.known.truth import read_known
from shortlist.explain.skills.rubrics import TOP
from shortlist.explain.skills.said import KINDS

ROOT = Path(__file__).parents[3]
FILES = sorted((ROOT / "runs/skills").glob("*/*.toml"))
NOTHING = ("wished", "negated", "other")


def entries(path: Path) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = tomllib.loads(path.read_text("utf-8"))["resume"]
    return found


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_each_place_stands_in_its_resume_with_a_label(path: Path) -> None:
    for entry in entries(path):
        for skill, places in entry.get("says", {}).items():
            assert skill in entry["expected"], entry["id"]
            for words, kind, level in places:
                assert words in entry["text"], (entry["id"], skill)
                assert kind in KINDS[1:] and 0 <= level <= TOP, (entry["id"], skill)
                assert not (level and kind in NOTHING), (entry["id"], skill)


def test_no_resume_is_there_twice_and_none_is_a_test() -> None:
    learnt = [(entry["id"], entry["text"].strip()) for path in FILES for entry in entries(path)]
    checked = (ROOT / "tests/data/skills").glob("*.toml")
    tests = {known.text.strip() for path in checked for known in read_known(path)}
    assert len({name for name, _ in learnt}) == len({text for _, text in learnt}) == len(learnt)
    assert tests and not tests & {text for _, text in learnt}
