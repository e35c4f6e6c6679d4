"""The page that ticks off the earlier analyser names tests that are there."""

import re
from pathlib import Path

ROOT = Path(__file__).parent.parent
PAGE = ROOT / "docs/earlier-analyser.md"
NAMED = re.compile(r"`(tests/[\w/.]+\.py)::(\w+)`")


def test_every_test_that_the_page_names_exists() -> None:
    named = NAMED.findall(PAGE.read_text("utf-8"))
    assert len(named) > 80
    for file, name in named:
        assert f"\ndef {name}(" in (ROOT / file).read_text("utf-8"), f"{file}::{name}"


def test_every_row_says_where_it_stands() -> None:
    rows = [line for line in PAGE.read_text("utf-8").splitlines() if line.startswith("| ")]
    faults = [row for row in rows if re.match(r"\| \d+ \|", row)]
    assert [int(row.split("|")[1]) for row in faults] == list(range(1, 22))
    assert all("`" in row for row in faults)
    states = [row.split("|")[-2].strip() for row in rows if row.count("|") == 4]
    stated = [s for s in states if s not in ("State", "Test") and "`" not in s and "---" not in s]
    assert all(state.startswith(("done", "differs", "part")) for state in stated)
