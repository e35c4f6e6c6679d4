"""What the tests of the earlier resume analyser asked for in general, and what it did right."""

from datetime import date

import pytest

from shortlist.extraction import Lexicon, posting, profile
from shortlist.extraction.bullets import items
from shortlist.extraction.entities import Posting, Profile
from shortlist.extraction.sections import completeness, sections
from shortlist.records import Document

TODAY = date(2024, 1, 15)
WHOLE = """Dana Example
dana@mail.example | (555) 010-2345 | linkedin.com/in/dana | github.com/dana

Summary
Engineer with 6 years of experience.

Experience
Software Engineer, Bluebird Inc
Jan 2018 - Dec 2022
- Built 12 services with Python and Docker for 3,000 users, which cut costs by 20%
- Helped the team

Education
BSc in Biology, Northfield University, 2012
MSc in Computing, Northfield University, 2014

Skills
Python, SQL

Projects
Atlas: a map of bus stops

Certifications
Certified Scrum Master

Awards
Employee of the year
"""


def resume(text: str) -> Profile:
    return profile(Document("resume", text), today=TODAY)


def job(text: str) -> Posting:
    return posting(Document("job", text))


def names(found: Profile, *statuses: str) -> set[str]:
    return {s.name for s in found.skills if s.status in (statuses or ("used", "listed"))}


@pytest.mark.parametrize(
    "written, name",
    [
        ("k8s", "kubernetes"),
        ("JS", "javascript"),
        ("ML", "machine learning"),
        ("Postgres", "postgresql"),
        ("ReactJS", "react"),
        ("nodejs", "node.js"),
    ],
)
def test_synonyms_have_one_name(written: str, name: str) -> None:
    assert Lexicon.load().canonical(written) == name


def test_a_slip_of_the_pen_is_forgiven() -> None:
    assert "kubernetes" in names(resume("Skills\nKubernates"))


def test_names_inside_other_words_are_not_found() -> None:
    assert not names(resume("Imagining an escalator, we engineered a rustic cobblestone gopher."))


def test_names_of_several_words_and_with_dots_are_found() -> None:
    found = names(resume("Skills\nmachine learning, Next.js, Node.js, ASP.NET, data structures"))
    assert found >= {"machine learning", "next.js", "node.js", "asp.net", "data structures"}


def test_implications_go_on_and_what_is_named_beats_them() -> None:
    found = resume("Skills\nNext.js, React")
    assert "javascript" in names(found, "implied")
    assert "react" in names(found, "listed")
    assert not names(resume("Skills\nJavaScript"), "implied") & {"react", "next.js"}


@pytest.mark.parametrize("mark", ["•", "-", "*", "►", "▪", "✓", "→", "1.", "12.", "3)"])
def test_bullets_of_many_marks(mark: str) -> None:
    text = f"{mark} Led the team\n{mark} Cut the costs"
    assert [text[start:end] for start, end in items(text, 0, len(text))] == [
        "Led the team",
        "Cut the costs",
    ]


def test_no_text_no_bullets() -> None:
    assert items("", 0, 0) == []


def test_bullets_are_ranked_by_verb_number_and_skills() -> None:
    strong, weak = resume(WHOLE).bullets
    assert strong.quality >= 65 > weak.quality >= 30


@pytest.mark.parametrize(
    "statement, counts",
    [
        ("Built the dashboards that 40 shift leaders use", True),
        ("Led two nurses", True),
        ("Cut waste by 12 %", True),
        ("Joined in 2019 as one of the first analysts", False),
        ("Wrote Python 3 code", False),
    ],
)
def test_a_number_says_how_many_of_what(statement: str, counts: bool) -> None:
    text = f"Experience\nAnalyst, Contoso, 2018 to 2020\n- {statement}\n"
    assert [bullet.number for bullet in resume(text).bullets] == [counts]


def test_all_sections_are_found_with_their_text() -> None:
    found = sections(WHOLE)
    kinds = {section.kind for section in found.sections}
    assert kinds == {
        *("header", "summary", "experience", "education", "skills", "projects"),
        *("certifications", "achievements"),
    }
    skills = found.of("skills")[0]
    assert WHOLE[skills.start : skills.end].strip() == "Python, SQL"
    assert completeness(found) == 1
    assert 0 < completeness(sections("Skills\nPython\n\nSummary\nA clerk")) < 0.6
    assert sections("").sections == ()


def test_contact_details_are_found_and_kept_apart() -> None:
    contact = resume(WHOLE).contact
    assert [quote.text for quote in contact.emails] == ["dana@mail.example"]
    assert [quote.text for quote in contact.phones] == ["(555) 010-2345"]
    assert len(contact.links) == 2


def test_years_by_dates_and_by_claim() -> None:
    found = resume(WHOLE)
    assert (found.years, found.claimed_years) == (5.0, 6)
    assert resume("Summary\n5+ years of experience in sales").years == 5


def test_the_highest_degree_counts() -> None:
    assert resume(WHOLE).degree == "master"
    assert resume("Skills\nPython").degree is None


def test_what_is_not_familiar_ends_at_but() -> None:
    found = resume("Not familiar with Terraform but experienced in Ansible.")
    assert names(found, "negated") == {"terraform"}
    assert "ansible" in names(found)


def test_benefits_and_privacy_ask_for_nothing() -> None:
    found = job(
        "Developer\n\nRequirements\n- Python, full stack\n\nBenefits\n- Excel training, yoga\n\n"
        "Privacy\nSee our privacy policy on SQL logs. Posted on ZipRecruiter, Inc."
    )
    assert set(found.must) == {"python", "full-stack development"} | (
        set(found.must) & {"software development"}
    )
    assert not found.nice + found.implied


def test_priorities_with_headings_and_without() -> None:
    found = job("Required skills:\n- Python\n\nNice to have:\n- Terraform")
    assert (found.must, found.nice) == (("python",), ("terraform",))
    found = job("You must know Python. Terraform is a plus.")
    assert (found.must, found.nice) == (("python",), ("terraform",))


@pytest.mark.parametrize("said", ["Bachelor's required", "Must hold a Bachelor's", "B.S. required"])
def test_a_bachelors_is_a_requirement(said: str) -> None:
    found = job(f"Requirements:\n- {said}\n- Python").degree
    assert found is not None
    assert (found.level, found.required) == ("bachelor", True)


def test_an_empty_job_asks_for_nothing() -> None:
    found = job("")
    assert (found.title, found.years, found.degree, found.must) == (None, None, None, ())


@pytest.mark.parametrize(
    "statement, least, below",
    [
        ("Led 12 engineers and cut costs by 20% with Python and SQL across three sites", 65, 101),
        ("Led the team", 30, 65),
        ("The team was good", 0, 50),
        ("Costs fell by 20%", 35, 65),
        ("Python and SQL at work", 20, 50),
    ],
)
def test_what_a_statement_is_worth(statement: str, least: int, below: int) -> None:
    (found,) = resume(f"Experience\nClerk, Bluebird Inc, 2018 - 2020\n- {statement}\n").bullets
    assert least <= found.quality < below


def test_no_statement_is_left_out() -> None:
    lines = "".join(f"- Led crew {number} of the harbour\n" for number in range(30))
    assert len(resume(f"Experience\nClerk, Bluebird Inc, 2018 - 2020\n{lines}").bullets) == 30


def test_years_by_periods_alone() -> None:
    text = "Experience\nClerk, Bluebird Inc, 2010 - 2012\nCook, Harrow LLC, 2014 - 2016\n"
    assert resume(text).years == 4.0


def test_an_empty_resume_has_nothing() -> None:
    found = resume("")
    assert (found.years, found.degree, found.skills, found.positions) == (None, None, (), ())
    assert (found.contact.name, found.bullets, found.words) == (None, (), 0)


def test_a_job_has_the_years_and_skills_that_it_names() -> None:
    found = job("Requirements:\n- 5+ years of experience with Python and Docker\n- Communication")
    assert found.years == 5
    assert {"python", "docker", "communication"} <= set(found.must)
    assert len(found.must) == len(set(found.must))


def test_words_of_trade_in_two_are_kept_together() -> None:
    found = job("Requirements:\n- Full stack work\n- Data structures")
    assert {"full-stack development", "data structures"} <= set(found.must)
