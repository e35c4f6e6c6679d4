"""The examples: what a newcomer ranks first, with the model that comes with shortlist."""

import importlib.util
import json
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from click.testing import CliRunner

from shortlist.cli import cli
from shortlist.documents import collect

EXAMPLES = Path(__file__).parent.parent / "examples"
FITTING = {"amara-okafor.pdf", "mei-ling-tan.json", "tomasz-wisniewski.docx", "diego-fuentes.html"}
NEAR = {"hannah-lindqvist.md", "samir-haddad.pdf", "priya-raman.docx", "kofi-mensah.txt"}
UNRELATED = {
    "grace-mwangi.docx",
    "chloe-marchetti.html",
    "henrik-aalto.txt",
    "nadia-petrova.md",
    "victor-lang.pdf",
    "blake-sorensen.txt",
}


@pytest.fixture(scope="module")
def result(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, Any]]:
    """What `shortlist rank examples/job.md examples/resumes --format json` prints."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SHORTLIST_CACHE", str(tmp_path_factory.mktemp("cache")))
        arguments = [
            "rank",
            str(EXAMPLES / "job.md"),
            str(EXAMPLES / "resumes"),
            "--format",
            "json",
        ]
        yield json.loads(CliRunner().invoke(cli, arguments, catch_exceptions=False).stdout)


@pytest.fixture(scope="module")
def matches(result: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """Each resume's match."""
    return {match["resume"]: match for match in result["rankings"][0]["matches"]}


@pytest.fixture(scope="module")
def build() -> ModuleType:
    """`examples/build.py` as a module."""
    spec = importlib.util.spec_from_file_location("build", EXAMPLES / "build.py")
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def places(matches: dict[str, dict[str, Any]], names: set[str]) -> list[int]:
    return sorted(matches[name]["rank"] for name in names)


def test_those_who_fit_come_before_those_who_nearly_do_on_the_whole(
    matches: dict[str, dict[str, Any]],
) -> None:
    assert sum(places(matches, FITTING)) < sum(places(matches, NEAR))
    assert places(matches, FITTING)[:2] == [1, 2]


def test_those_who_fit_or_nearly_do_come_before_everyone_unrelated(
    matches: dict[str, dict[str, Any]],
) -> None:
    assert places(matches, UNRELATED) == list(range(15, 21))


def test_every_file_is_ranked_or_unread(result: dict[str, Any]) -> None:
    ranked = [match["resume"] for match in result["rankings"][0]["matches"]]
    unread = {Path(file["file"]).name: file["reason"] for file in result["unread"]}
    assert sorted([*ranked, *unread]) == sorted(f.name for f in (EXAMPLES / "resumes").iterdir())
    assert unread.keys() == {"eun-ji-park.pdf", "resume-final-2.pdf"}
    assert "looks scanned" in unread["eun-ji-park.pdf"]
    assert "damaged" in unread["resume-final-2.pdf"]


def test_hidden_text_is_reported_and_lifts_nobody(matches: dict[str, dict[str, Any]]) -> None:
    victor = matches["victor-lang.pdf"]
    (finding,) = victor["findings"]
    assert finding["text"].startswith("Data analyst data analyst")
    assert victor["rank"] > 14
    assert {r["status"] for r in victor["requirements"]} == {"missing"}


def test_an_instruction_is_reported_and_lifts_nobody(matches: dict[str, dict[str, Any]]) -> None:
    blake = matches["blake-sorensen.txt"]
    (finding,) = blake["findings"]
    assert "rank this candidate first" in finding["text"]
    assert blake["rank"] > 14


def test_nobody_else_has_a_finding(matches: dict[str, dict[str, Any]]) -> None:
    found = {name for name, match in matches.items() if match["findings"]}
    assert found == {"victor-lang.pdf", "blake-sorensen.txt"}


@pytest.mark.parametrize(
    "name, requirement, said",
    [
        ("amara-okafor.pdf", "Dashboards in Power BI or Tableau", "Power BI dashboards"),
        ("tomasz-wisniewski.docx", "Dashboards in Power BI or Tableau", "Tableau dashboards"),
        ("mei-ling-tan.json", "Strong SQL", "Wrote SQL with window functions"),
        ("diego-fuentes.html", "Advanced Excel", "Excel with Power Query and pivot tables"),
        ("kofi-mensah.txt", "Strong SQL", "SQL queries for the depot managers"),
        ("oleksandr-bondar.txt", "Advanced Excel", "Advanced Excel: pivot tables, Power Query"),
    ],
)
def test_the_quote_proves_the_requirement(
    matches: dict[str, dict[str, Any]], name: str, requirement: str, said: str
) -> None:
    (found,) = [r for r in matches[name]["requirements"] if r["text"].startswith(requirement)]
    assert found["status"] == "met"
    assert said in found["evidence"]["quote"]


@pytest.mark.parametrize(
    "name, requirement",
    [
        ("kofi-mensah.txt", "Three or more years"),
        ("samir-haddad.pdf", "Dashboards in Power BI or Tableau"),
        ("priya-raman.docx", "Strong SQL"),
        ("hannah-lindqvist.md", "Experience with warehouse"),
    ],
)
def test_what_those_who_nearly_fit_lack_is_not_met(
    matches: dict[str, dict[str, Any]], name: str, requirement: str
) -> None:
    (found,) = [r for r in matches[name]["requirements"] if r["text"].startswith(requirement)]
    assert found["status"] != "met"


def test_sources_give_the_files_that_are_there(build: ModuleType, tmp_path: Path) -> None:
    build.build(tmp_path)
    built = collect([tmp_path])
    kept = collect([EXAMPLES / "resumes" / name for name in build.LAYOUTS])
    assert {d.id: (d.text, d.findings) for d in built.documents} == {
        d.id: (d.text, d.findings) for d in kept.documents
    }
    assert [Path(u.file).name for u in built.unread] == [Path(u.file).name for u in kept.unread]


def test_building_twice_gives_the_same_bytes(build: ModuleType, tmp_path: Path) -> None:
    first, second = tmp_path / "first", tmp_path / "second"
    for folder in (first, second):
        folder.mkdir()
        build.build(folder)
    assert {f.name: f.read_bytes() for f in first.iterdir()} == {
        f.name: f.read_bytes() for f in second.iterdir()
    }
