"""Wordings of job posts that were once read wrongly. All posts are invented."""

import pytest

from shortlist.extraction import posting
from shortlist.extraction.entities import Posting
from shortlist.records import Document


def job(text: str) -> Posting:
    return posting(Document("job", text))


def kinds(text: str) -> dict[str, str]:
    return {requirement.text: requirement.kind for requirement in job(text).requirements}


@pytest.mark.parametrize(
    "line, years",
    [
        ("Our recruiting team has over 125 years of experience and over 30 years of talent.", None),
        ("We bring 40 years of experience to every roof.", None),
        ("4-year undergraduate degree in biology", None),
        ("4 years of undergraduate study", None),
        ("(5+ years preferably with industry experience)", 5),
        ("7+ years of strong design skills ideally in C++ or Python", 7),
        ("Preferably 5 years of experience", None),
        ("Our ideal candidate has 6 years of experience", 6),
        ("We need 3 years of experience with lathes", 3),
    ],
)
def test_years(line: str, years: int | None) -> None:
    assert job(f"Requirements:\n- Team spirit\n- {line}\n").years == years


@pytest.mark.parametrize(
    "line, level, or_equivalent",
    [
        ("Ph.D. degree in chemistry, or another equivalent field", "doctorate", False),
        ("Master of Science degree in biology", "master", False),
        ("B.S. or equivalent degree in a related field", "bachelor", False),
        ("Bachelor's degree or equivalent experience", "bachelor", True),
        ("Bachelor's degree or equivalent", "bachelor", True),
        ("Associates degree", "associate", False),
    ],
)
def test_degrees(line: str, level: str, or_equivalent: bool) -> None:
    found = job(f"Requirements:\n- {line}\n").degree
    assert found and (found.level, found.or_equivalent) == (level, or_equivalent)


@pytest.mark.parametrize("line", ["Work beside Harbour associates\n", "Join 40 associates.\n"])
def test_associates_are_people(line: str) -> None:
    assert job(f"Requirements:\n- Team spirit\n- {line}").degree is None


def test_what_is_preferred_splits_off_without_a_comma() -> None:
    assert kinds("Requirements:\n- Experience with lathes and preferably with mills\n") == {
        "Experience with lathes": "must",
        "and preferably with mills": "nice",
    }


def test_the_work_is_no_wish_whatever_its_heading() -> None:
    found = kinds(
        "Nice to have:\n- Rust\n\nYou will lead the crew of the night shift.\n"
        "You will have two years of experience with cranes.\n"
    )
    assert found["You will lead the crew of the night shift."] == "implied"
    assert found["You will have two years of experience with cranes."] == "nice"


@pytest.mark.parametrize(
    "line",
    [
        "If you need assistance or an accommodation, tell your recruiter",
        "401(k) with company match",
        "Tuition reimbursement",
        "Pay ranges are determined by role, level and place",
        "All positions are subject to close without notice",
        "Yes",
        "Powered by Hirewell",
        "Austin, TX or Sunnyvale, CA",
        "Harbour Foods LLC | Eastvale, OH - 44101",
        "Onsite Job",
    ],
)
def test_lines_that_ask_for_nothing(line: str) -> None:
    found = job(f"Requirements:\n- Experience with lathes\n- {line}\n")
    assert [r.text for r in found.requirements] == ["Experience with lathes"]


def test_who_administers_benefits_is_asked_for_it() -> None:
    text = "Responsibilities:\n- Administer 401(k) plans\n- Answer questions\n"
    assert "Administer 401(k) plans" in kinds(text)


def test_a_form_at_the_end_asks_for_nothing() -> None:
    text = (
        "Requirements:\n- Experience with lathes\n\nLocations\nEastvale, OH\n"
        "Worker Type\nEmployee\nWorker Sub-Type\nRegular\nTime Type\nFull time\n"
    )
    found = job(text)
    assert [r.text for r in found.requirements] == ["Experience with lathes"]
    assert found.location and found.location.text == "Eastvale, OH"


@pytest.mark.parametrize(
    "text, title",
    [
        ("Hybrid Role- Dallas, TX\n\nRequirements:\n- Lathes", None),
        ("10-Oct-2019\n\nWe are seeking a Boiler Inspector.\n", "Boiler Inspector"),
        (
            "Posting Title\nSenior Crane Operator\n\nRequirements:\n- Cranes",
            "Senior Crane Operator",
        ),
        ("Purposes\n\nWe need a skilled welder to lead the night shift.\n", "welder"),
        ("We seek candidates for a maintenance engineer position.\n", "maintenance engineer"),
        ("We are hiring a knowledgeable Senior Welder with patience.\n", "Senior Welder"),
        ("Boilermaker II\n\nRequirements:\n- Welding", "Boilermaker II"),
        ("Staff Engineer - Furnaces\n\nRequirements:\n- Welding", "Staff Engineer - Furnaces"),
    ],
)
def test_titles(text: str, title: str | None) -> None:
    found = job(text).title
    assert (found and found.text) == title
    assert found is None or text[found.start : found.end] == found.text


@pytest.mark.parametrize(
    "text, place",
    [
        ("Hybrid Role- Dallas, TX\n\nRequirements:\n- Lathes", "Dallas, TX"),
        ("Location:\n\nCandidates open to the office will be preferred.\n", None),
        ("Location: Eastvale, OH (hybrid)\n", "Eastvale, OH"),
        ("Work Location\nEastvale, OH\n", "Eastvale, OH"),
        ("Winston-Salem, NC\nRequirements:\n- Lathes", "Winston-Salem, NC"),
    ],
)
def test_places(text: str, place: str | None) -> None:
    found = job(text).location
    assert (found and found.text) == place


def test_a_line_that_is_no_title_is_not_lost() -> None:
    found = job("Purposes")
    assert (found.title, [r.text for r in found.requirements]) == (None, ["Purposes"])


@pytest.mark.parametrize(
    "line, absent",
    [
        ("Experience shipping features to users", "shipping and receiving"),
        ("Kubernetes orchestration", "music composition"),
        ("AWS EMR and S3", "electronic medical records"),
        ("Internal tooling for teams", "manufacturing engineering"),
        ("Translating results into advice", "translation"),
        ("Plotly", "matplotlib"),
        ("Data acquisition", "labview"),
        ("Exhibits the ability to plan", "curation"),
    ],
)
def test_everyday_words_are_no_skills(line: str, absent: str) -> None:
    assert absent not in job(f"Requirements:\n- Python\n- {line}\n").must


@pytest.mark.parametrize(
    "line, name",
    [
        ("Shipping and receiving in a warehouse", "shipping and receiving"),
        ("Charting in an EMR beside the patient", "electronic medical records"),
        ("Tooling and fixtures for manufacturing", "manufacturing engineering"),
        ("Translating documents", "translation"),
    ],
)
def test_the_same_words_beside_their_own(line: str, name: str) -> None:
    assert name in job(f"Requirements:\n- {line}\n").must


@pytest.mark.parametrize(
    "line, names",
    [
        ("Java with JSF, Swing and JDBC", {"java", "jsf", "java swing", "jdbc"}),
        ("NAT, VLAN and STP on Cisco", {"nat", "spanning tree protocol"}),
        ("SaaS and MVC", {"saas", "mvc"}),
        ("TOAD for Oracle", {"toad"}),
    ],
)
def test_names_of_the_trade(line: str, names: set[str]) -> None:
    assert names <= set(job(f"Requirements:\n- {line}\n").must)


def test_animals_and_weather_are_no_software() -> None:
    text = "Requirements:\n- Watch a toad, an ant and a tornado swing by a pyramid in a raid\n"
    assert not {"toad", "apache ant", "raid", "java swing"} & set(job(text).must)
