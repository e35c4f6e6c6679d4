"""Which names are found in a text, and which everyday words are left alone."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shortlist.extraction import Lexicon
from shortlist.extraction.matching import find
from shortlist.extraction.names import Words

LEXICON = Lexicon.load()


def names(text: str, *, listed: bool = False) -> list[str]:
    return [hit.name for hit in find(Words(text), LEXICON, lambda _: listed)]


@pytest.mark.parametrize(
    "text, expected",
    [
        ("Python, Go and R", ["python", "go", "r"]),
        ("python, docker, go", ["python", "docker", "go"]),
        ("We go from Python to Java.", ["python", "java"]),
        ("REST APIs written in Go", ["rest", "go"]),
        ("the Go programming language", ["go", "programming"]),
        ("Proficient in Word, Excel and Outlook", ["word", "excel", "outlook"]),
        ("Excel at what you do", []),
        ("Proficiency with Excel", ["excel"]),
        ("Access to the building", []),
        ("Puppet, Chef and Ansible", ["puppet", "chef", "ansible"]),
        ("The chef and a puppet", []),
        ("in Spring 2014", []),
        ("Hibernate, Spring and Struts", ["hibernate", "spring", "struts"]),
        ("iOS apps in Swift with Xcode", ["ios development", "swift", "ios development"]),
        ("vitamin C and hepatitis C", []),
        ("C, C++ and C#", ["c", "c++", "c#"]),
        ("embedded C on ARM", ["c"]),
        ("R&D and P&L", ["research and development", "profit and loss management"]),
        ("Building R/C aircraft", []),
        ("Sass, LESS and webpack", ["sass", "less", "webpack"]),
        ("less than ten", []),
        ("12-lead EKG and echo", ["ekg interpretation", "echocardiography"]),
        ("an echo of it", []),
        (".NET Core, ASP.NET", [".net", "asp.net"]),
        ("a net gain", []),
        ("Scratch programming for children", ["scratch"]),
        ("built it from scratch", []),
        ("Teams, Slack and SharePoint", ["microsoft teams", "slack", "sharepoint"]),
        ("several teams", []),
    ],
)
def test_everyday_words(text: str, expected: list[str]) -> None:
    assert names(text) == expected


@pytest.mark.parametrize(
    "text", ["front-end development", "front end development", "frontend development"]
)
def test_hyphens_and_spaces_do_not_matter(text: str) -> None:
    assert names(text) == ["front-end development"]


@pytest.mark.parametrize(
    "text, expected",
    [
        ("unit tests", ["unit testing"]),
        ("annual budgets", ["budgeting"]),
        ("grocery deliveries", []),
        ("vaccinations", ["injections"]),
        ("LEED for offices in Leeds", ["green building"]),
    ],
)
def test_plurals(text: str, expected: list[str]) -> None:
    assert names(text) == expected


@pytest.mark.parametrize(
    "text, expected",
    [
        ("Kubernates, Terrafrom and Javascipt", ["kubernetes", "terraform", "javascript"]),
        ("Elasticsaerch and Kubernets", ["elasticsearch", "kubernetes"]),
        ("Informatics and Tenacity", []),
        ("Machines and Statutes", []),
        ("Developed and Delivered on time", []),
    ],
)
def test_a_technical_name_may_miss_by_one_letter(text: str, expected: list[str]) -> None:
    assert names(text) == expected


def test_the_longest_name_wins() -> None:
    assert names("project management office") == ["project portfolio management"]


def test_a_name_may_be_broken_by_the_edge_of_the_page_only() -> None:
    long_line = "This is a long line of a resume that is broken somewhere in project"
    assert names(f"{long_line}\nmanagement") == ["project management"]
    assert "project management" not in names("A project\nManagement of stores")


def test_a_word_alone_in_a_list_of_skills_counts_if_the_lexicon_says_so() -> None:
    assert names("Excel\nOutlook", listed=True) == ["excel", "outlook"]
    assert names("Excel") == []
    assert names("Chef", listed=True) == []


@given(st.text(alphabet="aGoRcexl .,/-\n+#&") | st.text())
def test_hits_are_in_order_disjoint_and_in_the_text(text: str) -> None:
    hits = find(Words(text), LEXICON, lambda _: True)
    assert all(0 <= hit.start < hit.end <= len(text) for hit in hits)
    assert all(a.end <= b.start for a, b in pairwise(hits))


@given(
    st.lists(st.sampled_from(["kubernetes", "payroll", "welding", "yoga", "tableau"]), min_size=1)
)
def test_order_does_not_matter_to_what_is_found(skills: list[str]) -> None:
    assert set(names(", ".join(skills))) == set(names("\n".join(sorted(skills)))) == set(skills)
