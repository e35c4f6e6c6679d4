"""Requirements: hand-made jobs whose split is known, and properties that hold for any text."""

from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from shortlist.extraction.requirements import requirements, title

POST = """Acme Robotics

About us
Acme Robotics builds warehouse robots for 40 countries. Our mission is to end heavy lifting.

Senior Python Developer

Responsibilities:
- Design services that steer robots
- Review code

Requirements:
1. 5+ years of experience with Python
2. Strong SQL; experience with PostgreSQL
3. Must hold a driving licence

Preferred:
* Kubernetes
* Experience with Rust is a must

Benefits
Health insurance, 30 days of paid time off and a gym membership.

How to apply
Send your resume to jobs@acme.example.

Acme is an equal opportunity employer and does not discriminate on the basis of race or religion.
"""


def texts(job: str) -> list[str]:
    return [requirement.text for requirement in requirements(job)]


def kinds(job: str) -> dict[str, str]:
    return {requirement.text: requirement.kind for requirement in requirements(job)}


def weights(job: str) -> dict[str, float]:
    return {requirement.text: requirement.weight for requirement in requirements(job)}


def test_a_post_is_split_into_bullets_numbers_and_sentences() -> None:
    found = texts(POST)
    assert "Design services that steer robots" in found
    assert "5+ years of experience with Python" in found
    assert "Strong SQL;" in found
    assert "experience with PostgreSQL" in found
    assert "Kubernetes" in found


def test_boilerplate_is_left_out_wherever_it_stands() -> None:
    said = " ".join(texts(POST))
    for boilerplate in ("mission", "40 countries", "Health", "gym", "resume", "equal", "race"):
        assert boilerplate not in said


def test_an_about_us_on_top_hides_nothing_below_it() -> None:
    job = (
        "About us\nAcme Robotics builds robots. We are a leader in our field.\n\n"
        "We need a Python developer with 5 years of experience. You must know SQL.\n"
    )
    assert texts(job) == [
        "We need a Python developer with 5 years of experience.",
        "You must know SQL.",
    ]


def test_requirements_is_a_heading_with_and_without_a_colon() -> None:
    for heading in ("Requirements:", "Requirements", "## Requirements", "**Requirements**"):
        job = f"Data Engineer\n\n{heading}\n- Python\n- Airflow\n\nPreferred:\n- Scala\n"
        assert kinds(job) == {
            "Data Engineer": "must",
            "Python": "must",
            "Airflow": "must",
            "Scala": "nice",
        }


def test_wording_decides_against_the_heading() -> None:
    found = kinds(POST)
    assert found["Experience with Rust is a must"] == "must"
    job = "Requirements\n- Java\n- Scala is a plus\n- Ideally, some Kafka\n- Go preferred\n"
    assert kinds(job) == {
        "Java": "must",
        "Scala is a plus": "nice",
        "Ideally, some Kafka": "nice",
        "Go preferred": "nice",
    }


def test_what_is_not_needed_is_a_wish() -> None:
    job = "Requirements\n- A degree is not required\n- No prior sales experience needed\n- Java\n"
    assert list(kinds(job).values()) == ["nice", "nice", "must"]
    duties = "Responsibilities\n- Report to the owners as required\n"
    assert weights(duties) == {"Report to the owners as required": 0.5}


def test_what_must_be_there_weighs_more_than_duties_and_wishes() -> None:
    found = weights(POST)
    must = found["5+ years of experience with Python"]
    assert found["Design services that steer robots"] < must
    assert found["Kubernetes"] < must
    assert found["Must hold a driving licence"] == must


def test_the_title_is_a_requirement() -> None:
    job = "Payroll Accountant\n\nRequirements\n- DATEV\n"
    assert texts(job) == ["Payroll Accountant", "DATEV"]
    span = title(job)
    assert span is not None
    assert job[span.start : span.end] == "Payroll Accountant"


def test_the_title_may_stand_below_its_heading_or_behind_it() -> None:
    for job in (
        "## Job title\nPayroll Accountant\n\n## Required Skills\n- DATEV\n",
        "Job Title: Payroll Accountant\nLocation: Ghent\nRequired Skills: DATEV\n",
    ):
        assert texts(job) == ["Payroll Accountant", "DATEV"]


def test_a_line_that_introduces_others_is_a_heading() -> None:
    job = (
        "Analyst\n\nTo do well here we think that you should have all of the following:\n- SQL\n"
        "In addition, the following would be an advantage:\n- Scala\n"
    )
    assert kinds(job) == {"Analyst": "must", "SQL": "must", "Scala": "nice"}


def test_titles_that_sound_like_sections_are_titles() -> None:
    for name in ("Benefits Manager", "Special Education Teacher", "Application Engineer"):
        assert texts(f"{name}\n\nRequirements\n- Patience\n") == [name, "Patience"]


def test_lines_that_sound_like_headings_are_items() -> None:
    job = "Requirements\nCommunication skills\nProject management experience\nSQL\n"
    assert texts(job) == ["Communication skills", "Project management experience", "SQL"]


def test_work_on_benefits_is_no_boilerplate() -> None:
    job = "HR Specialist\n\nResponsibilities\n- Administer 401(k) and dental plans\n"
    assert "Administer 401(k) and dental plans" in texts(job)


def test_a_requirement_among_the_benefits_is_kept() -> None:
    job = "Nurse\n\nBenefits\nFree parking. Required: 3 years of experience in intensive care.\n"
    assert any("3 years of experience in intensive care" in text for text in texts(job))


def test_a_job_without_structure_gives_its_sentences() -> None:
    job = "We are looking for a welder. You can read drawings. Shifts are early and late."
    assert texts(job) == [
        "We are looking for a welder.",
        "You can read drawings.",
        "Shifts are early and late.",
    ]


def test_a_line_is_one_requirement() -> None:
    assert texts("Python developer") == ["Python developer"]
    assert texts("We need somebody who can weld.") == ["We need somebody who can weld."]


def test_boilerplate_alone_is_better_than_nothing() -> None:
    assert texts("Benefits\nFree lunch.\n") == ["Free lunch."]
    assert texts("Requirements:\n") == ["Requirements:"]


def test_a_text_without_letters_asks_for_nothing() -> None:
    for nothing in ("", " \n\t", "--- * ---", "\u2022"):
        assert requirements(nothing) == ()


def test_wrapped_lines_and_inline_bullets() -> None:
    job = "Requirements\nExperience with relational databases and\nwith message queues\n"
    assert texts(job) == ["Experience with relational databases and\nwith message queues"]
    assert texts("Requirements: \u2022 Python \u2022 SQL \u2022 Git") == ["Python", "SQL", "Git"]


FLATTENED = (
    "Backend Developer\n\nEssential Duties: Design and test services Maintain systems by mending "
    "what fails Work with analysts on what users ask for in every one of our eleven languages and "
    "time zones without losing patience Required Qualifications: 3 years with Java Ability to read "
    "logs Desired Skills: Experience in insurance - Docker - Kafka Location: Ghent "
    "About Fjord Mutual: Fjord Mutual was founded in 1920 and insures boats."
)


def test_a_post_that_lost_its_line_breaks() -> None:
    assert weights(FLATTENED) == {
        "Backend Developer": 1.0,
        "Design and test services": 0.5,
        "Maintain systems by mending what fails": 0.5,
        "Work with analysts on what users ask for in every one of our eleven languages and "
        "time zones without losing patience": 0.5,
        "3 years with Java": 1.0,
        "Ability to read logs": 1.0,
        "Experience in insurance": 0.5,
        "Docker": 0.5,
        "Kafka": 0.5,
    }


def test_lines_that_were_run_together() -> None:
    job = "Job Title: WelderLocation: Ghent\nWhat you will do:Weld hullsLead a crew5+ years at sea"
    assert texts(job) == ["Welder", "Weld hulls", "Lead a crew", "5+ years at sea"]


def test_abbreviations_end_no_sentence() -> None:
    job = "Requirements\nKnowledge of tools, e.g. Jira, at the level of a Sr. analyst. French.\n"
    assert texts(job) == [
        "Knowledge of tools, e.g. Jira, at the level of a Sr. analyst.",
        "French.",
    ]


def test_what_is_said_twice_counts_once() -> None:
    assert texts("Requirements\n- Python\n- SQL\n- python\n") == ["Python", "SQL"]


@settings(deadline=None)
@given(st.text(max_size=400))
def test_any_text_is_split_and_each_requirement_is_a_slice_of_it(job: str) -> None:
    found = requirements(job)
    assert bool(found) == any(map(str.isalnum, job))
    for requirement in found:
        assert requirement.text == job[requirement.start : requirement.end]
        assert requirement.text.strip() == requirement.text != ""
        assert requirement.weight > 0


LINE = st.sampled_from([*POST.splitlines(), *FLATTENED.split(":"), "- ", ":", " - "])


@settings(deadline=None)
@given(st.lists(LINE, max_size=25), st.sampled_from(["\n", " ", ""]))
def test_any_order_of_lines_is_split_without_overlap(lines: list[str], between: str) -> None:
    found = requirements(between.join(lines))
    for one, other in pairwise(found):
        assert one.end <= other.start
