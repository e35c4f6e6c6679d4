"""What is negated, what is desired, and how far a trigger reaches."""

import pytest

from shortlist.extraction import Lexicon
from shortlist.extraction.context import Scopes
from shortlist.extraction.matching import find
from shortlist.extraction.names import Words

LEXICON = Lexicon.load()


def stances(text: str) -> dict[str, str | None]:
    words = Words(text)
    scopes = Scopes(words)
    return {hit.name: scopes.stance(hit.start, hit.end) for hit in find(words, LEXICON)}


@pytest.mark.parametrize(
    "text, negated, kept",
    [
        (
            "No experience with Kubernetes or Docker, but daily Python since 2019",
            {"kubernetes", "docker"},
            {"python"},
        ),
        ("no experience in kubernetes, docker", {"kubernetes", "docker"}, set()),
        (
            "I have never used Docker or Terraform, but I use Ansible.",
            {"docker", "terraform"},
            {"ansible"},
        ),
        ("Not familiar with React but strong in Angular", {"react"}, {"angular"}),
        ("Docker, which I have never used.", {"docker"}, set()),
        ("Kubernetes: none", {"kubernetes"}, set()),
        ("5 years of Java and no Python experience", {"python"}, {"java"}),
        ("I haven't worked with AWS yet, only Azure", {"aws"}, {"azure"}),
        ("I don't have experience with Terraform", {"terraform"}, set()),
        ("Unfamiliar with payroll; knows welding", {"payroll"}, {"welding"}),
        ("Lacks experience with Tableau", {"tableau"}, set()),
        ("without knowledge of SQL", {"sql"}, set()),
        ("Although I have no direct experience of Jenkins, I know MySQL", {"jenkins"}, {"mysql"}),
        ("No experience in sales\nManaged payroll", {"sales"}, {"payroll"}),
        ("I am not a Java developer", {"java"}, set()),
        ("I can't code in PHP", {"php"}, set()),
        ("has yet to use Docker", {"docker"}, set()),
        ("used neither Docker nor Kubernetes", {"docker", "kubernetes"}, set()),
        ("Experienced in Docker, not Kubernetes", {"kubernetes"}, {"docker"}),
        ("MySQL, Java (no), PHP", {"java"}, {"mysql", "php"}),
        ("My work did not include Docker", {"docker"}, set()),
        ("Familiar with Python; no Java", {"java"}, {"python"}),
        ("No experience with Go or Rust", {"go", "rust"}, set()),
        ("Not proficient in R", {"r"}, set()),
        ("Keine Erfahrung mit Docker. Erfahren mit MySQL.", {"docker"}, {"mysql"}),
    ],
)
def test_negation(text: str, negated: set[str], kept: set[str]) -> None:
    found = stances(text)
    assert {name for name, stance in found.items() if stance == "negated"} == negated
    assert kept <= {name for name, stance in found.items() if stance is None}


@pytest.mark.parametrize(
    "text",
    [
        "Not only Python but also MySQL",
        "Not just familiar with Python",
        "No problem with Python",
        "No doubt a master of Python",
        "Python is not limited to scripts",
        "Helped customers who do not know Python",
        "Built a form that did not use Python",
        "Works with little or no training\nPython developer",
    ],
)
def test_no_negation(text: str) -> None:
    assert stances(text)["python"] is None


@pytest.mark.parametrize(
    "text, wanted, kept",
    [
        ("Eager to learn Rust", {"rust"}, set()),
        ("Eager to learn Rust and Kotlin; daily Python", {"rust", "kotlin"}, {"python"}),
        ("I would like to learn TypeScript", {"typescript"}, set()),
        ("Interested in learning TypeScript", {"typescript"}, set()),
        ("Currently learning Rust", {"rust"}, set()),
        ("Hoping to gain experience with welding", {"welding"}, set()),
        ("Seeking a position where I can use my Python skills", set(), {"python"}),
        ("Power BI, Python (currently learning)", {"python"}, {"power bi"}),
        ("MySQL, which I am currently learning.", {"mysql"}, set()),
        ("Willing to learn and good at payroll", set(), {"payroll"}),
        ("Passion for learning new technologies, Python", set(), {"python"}),
        ("Eager to learn new technologies such as Terraform", {"terraform"}, set()),
        ("Willing to learn\nPayroll", set(), {"payroll"}),
        ("Kept students excited to learn by tutoring", set(), {"tutoring"}),
        ("I am happy to report that payroll was on time", set(), {"payroll"}),
    ],
)
def test_desire(text: str, wanted: set[str], kept: set[str]) -> None:
    found = stances(text)
    assert {name for name, stance in found.items() if stance == "desired"} == wanted
    assert kept <= {name for name, stance in found.items() if stance is None}
