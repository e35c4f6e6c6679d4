"""Names in headers and later on: found by what a line looks like, whoever it names."""

import pytest

from shortlist.masking import Masker
from shortlist.records import Document

IDENTITY = Masker("identity")
NAMES = (
    "Jane Roe",
    "Mark Baker",
    "Xochitl Qwertz",
    "Olúfẹ́mi Adé",
    "Li Wei",
    "Grant Summers",
    "Ba Rahman",
    "Jun Wang",
)
BODY = "\n\nExperience\nPlanner, Contoso\nPlanned routes in Excel."
KEPT = "Experience\nPlanner, Contoso\nPlanned routes in Excel."


def encoded(text: str) -> str:
    return IDENTITY(Document("r", text)).text


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize(
    "header",
    [
        "{name}",
        "{upper}",
        "** {name} **",
        "{name}, PhD",
        "Dr. {name}",
        "{name} (she/her)",
        "Name: {name}",
        "Full name: {name}",
        "Curriculum Vitae\n{name}",
        "Resume of {name}",
        "{name}'s Resume",
        "CV - {name}",
        "{last}, {first}",
        "{first} Q. {last}",
        "{first} {last} Jr.",
        "{first} van der {last}",
        "{first}-Ann {last}-O'Hara",
        "{name} | a.b@mail.example | (555) 210-4433",
        "a.b@mail.example\n(555) 210-4433\n{name}",
        "{name} (555) 210-4433 a.b@mail.example",
        "{name}\n12 Elm Street, Dayton, OH 45402",
        "{name}\nDate of birth: 3 May 1985\nNationality: Irish\nGender: Female",
        "Candidate: {name}\nPhone: (555) 210-4433",
        "Name\t{name}\nGitHub: github.com/someone",
    ],
)
def test_a_header_with_nothing_else_goes(name: str, header: str) -> None:
    first, _, last = name.partition(" ")
    text = header.format(name=name, upper=name.upper(), first=first, last=last) + BODY
    left = encoded(text).replace("PhD\n", "").replace("Resume\n", "")
    assert left.removeprefix("Curriculum Vitae\n") == KEPT


def test_a_word_of_a_name_may_own_something_else() -> None:
    text = f"Baker Sample{BODY}\nBaker's yeast was grown. Ran Baker's Dozen, a shop."
    assert encoded(text) == f"{KEPT}\nyeast was grown. Ran Baker's Dozen, a shop."


@pytest.mark.parametrize("name", ["Jane Roe", "Xochitl Qwertz", "Olúfẹ́mi Adé"])
@pytest.mark.parametrize(
    "sentence, left",
    [
        ("{first} led a team.", "led a team."),
        ("{last}'s reports were read.", "reports were read."),
        ("Clients describe {first} as calm.", "Clients describe as calm."),
        ("Signed by {first} {last}.", "Signed."),
        ("Ms. {last} drove.", "drove."),
        ("{first} {last} - page 2", "page 2"),
        ("{last} Foundation trustee", "{last} Foundation trustee"),
    ],
)
def test_later_mentions_go(name: str, sentence: str, left: str) -> None:
    first, _, last = name.partition(" ")
    text = f"{name}{BODY}\n{sentence.format(first=first, last=last)}"
    assert encoded(text) == f"{KEPT}\n{left.format(last=last)}"


@pytest.mark.parametrize(
    "first, line",
    [
        ("Ruby", "Tools: Python, Ruby, Go"),
        ("Jordan", "Sold to hotels in Amman, Jordan"),
        ("Grant", "Grant writing for clinics"),
        ("Mark", "Mark up of pages"),
        ("Chase", "Teller at Chase Bank"),
        ("Kelly", "Placed by Kelly Services"),
        ("Julia", "Used Julia and R"),
        ("May", "January to May 2014"),
        ("Will", "Will relocate"),
        ("Crystal", "Crystal Reports and SAP"),
        ("Morgan", "Analyst at Morgan Stanley"),
    ],
)
def test_a_word_that_is_a_name_too_stays_where_it_is_none(first: str, line: str) -> None:
    assert encoded(f"{first} Roe{BODY}\n{line}") == f"{KEPT}\n{line}"


@pytest.mark.parametrize(
    "title",
    [
        "Senior Data Engineer",
        "Grant Writer",
        "Mark Up",
        "Chase Bank",
        "Executive Chef",
        "REGISTERED NURSE",
        "Full Stack Developer",
        "Head Baker",
        "Job Description",
        "Contoso Robotics Inc.",
        "Customer Service Representative",
        "Java Developer",
        "Sous Chef",
        "Company Overview",
    ],
)
def test_titles_headings_and_firms_are_no_names(title: str) -> None:
    assert encoded(f"{title}\n\nSummary\nDoes the work.") == f"{title}\nSummary\nDoes the work."


def test_referees_are_hidden() -> None:
    text = "Summary\nCook\n\nReferences\nRobin Ashdown, Head Chef, Contoso\nMr. Lee Moreau"
    assert encoded(text) == "Summary\nCook\nReferences\nHead Chef, Contoso"


@pytest.mark.parametrize(
    "line, left",
    [
        ("Supervisor: Robin Ashdown, 2010", "Supervisor: 2010"),
        ("Reported to Dr. Ashdown daily", "Reported to daily"),
        ("Expert in MS Excel and MS-DOS", "Expert in MS Excel and MS-DOS"),
        ("My name is Robin Ashdown and I cook.", "and I cook."),
    ],
)
def test_others_are_hidden_with_good_evidence(line: str, left: str) -> None:
    assert encoded(f"Summary\n{line}") == f"Summary\n{left}"


@pytest.mark.parametrize("title", ["Boiler Erector", "Stucco Mason", "Cane Flume Watcher"])
def test_jobs_of_common_words_are_no_names(title: str) -> None:
    assert encoded(f"{title}{BODY}") == f"{title}\n{KEPT}"


@pytest.mark.parametrize("name", ["Rose Potter", "Grace Stone", "Summers, Grant", "Said Baker"])
def test_names_of_common_words_are_names(name: str) -> None:
    assert encoded(f"{name}{BODY}") == KEPT


@pytest.mark.parametrize(
    "top",
    [
        "{name}. Web developer, Leeds. Builds shops for small firms and keeps them running well.",
        "Staff Sergeant (retd) {name}",
        "STAGE MANAGER / COMPANY MANAGER — {name}",
        "1. Name: {name}",
        "Staff nurse, band 6 — {name}",
    ],
)
def test_a_name_behind_or_before_an_occupation_goes(top: str) -> None:
    rest = "\n\nEXPERIENCE\nCook, Contoso, 2011 to 2020\n- Planned menus"
    texts = {
        Masker()(Document("r", top.format(name=name) + rest)).text
        for name in ("Ferdi Quennell", "Philippa Zielonka-Moran", "Noor van der Silvander")
    }
    assert len(texts) == 1
    assert "Quennell" not in texts.pop()


@pytest.mark.parametrize(
    "top",
    [
        "Web Developer. Builds shops for small firms.",
        "Staff Nurse — Night Shifts",
        "Chief of Staff",
    ],
)
def test_an_occupation_alone_is_no_name(top: str) -> None:
    text = top + "\n\nEXPERIENCE\nCook, Contoso, 2011 to 2020"
    assert Masker()(Document("r", text)).text.startswith(top.rstrip("."))
