"""Jobs without dates: title and employer in many layouts, alone and beside jobs with dates."""

from datetime import date

import pytest

from extraction.resume_layouts import LAYOUTS as RESUME_LAYOUTS
from extraction.resume_layouts import people
from shortlist.extraction import profile, profile_json
from shortlist.extraction.entities import Profile
from shortlist.records import Document

TODAY = date(2024, 1, 15)
WITH_LINES = [name for name in RESUME_LAYOUTS if name != "run_on"]
"""Where all stands on one line, dates are what tells one job from the next."""
Job = tuple[str | None, str | None, int | None]


def read(text: str) -> Profile:
    return profile(Document("resume", text), today=TODAY)


def jobs(text: str) -> list[Job]:
    found = read(text)
    for position in found.positions:
        for quote in (position.title, position.employer, position.description):
            assert quote is None or text[quote.start : quote.end] == quote.text
    return [
        (p.title and p.title.text, p.employer and p.employer.text, p.period and p.period.months)
        for p in found.positions
    ]


NURSE = ("Staff Nurse", "Hill Hospital", None)
CLERK = ("File Clerk", "Bluebird Inc", None)
LAYOUTS = {
    "title, employer": "Staff Nurse, Hill Hospital\n- Cared for six patients\n\n"
    "File Clerk, Bluebird Inc\n- Kept files",
    "employer below": "Staff Nurse\nHill Hospital\n• Cared for six patients\n"
    "File Clerk\nBluebird Inc\n• Kept files",
    "employer above": "Hill Hospital\nStaff Nurse\n• Cared for six patients\n"
    "Bluebird Inc\nFile Clerk\n• Kept files",
    "at": "Staff Nurse at Hill Hospital\nCared for six patients a day.\n"
    "File Clerk at Bluebird Inc\nKept files.",
    "dashes": "Staff Nurse - Hill Hospital - Eastvale, OH\nCared for patients.\n\n"
    "File Clerk – Bluebird Inc – Eastvale, OH\nKept files.",
    "pipes": "Hill Hospital | Staff Nurse | Eastvale\n▪ Cared for patients\n"
    "Bluebird Inc | File Clerk | Eastvale\n▪ Kept files",
    "brackets": "Staff Nurse (Hill Hospital)\nCared for patients.\n"
    "File Clerk (Bluebird Inc)\nKept files.",
    "tabs": "Hill Hospital\tStaff Nurse\n\tCared for patients\n"
    "Bluebird Inc\tFile Clerk\n\tKept files",
    "labels": "Company: Hill Hospital\nRole: Staff Nurse\nCared for patients.\n\n"
    "Company: Bluebird Inc\nRole: File Clerk\nKept files.",
    "labels, role first": "Title: Staff Nurse\nEmployer: Hill Hospital\nCared for patients.\n\n"
    "Title: File Clerk\nEmployer: Bluebird Inc\nKept files.",
    "markdown": "### Staff Nurse – Hill Hospital\n\n- Cared for patients\n\n"
    "### File Clerk – Bluebird Inc\n\n- Kept files",
    "numbered": "1. Staff Nurse, Hill Hospital\nCared for patients.\n"
    "2. File Clerk, Bluebird Inc\nKept files.",
    "bullets": "- Staff Nurse, Hill Hospital\n- File Clerk, Bluebird Inc",
    "lengths": "Staff Nurse (9 months)\nHill Hospital - Eastvale\n- Cared for patients\n"
    "File Clerk (2 years)\nBluebird Inc - Eastvale\n- Kept files",
}


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("heading", ["Work Experience", "EMPLOYMENT HISTORY:", "## Experience"])
def test_title_and_employer_without_dates(layout: str, heading: str) -> None:
    text = f"Summary\nCalm and quick.\n\n{heading}\n{LAYOUTS[layout]}\n\nSkills\nFiling, triage\n"
    assert jobs(text) == [NURSE, CLERK]


PEOPLE = list(people(2 * len(WITH_LINES), seed=9))


@pytest.mark.parametrize("number", range(len(PEOPLE)))
def test_invented_resumes_without_dates(number: int) -> None:
    person = PEOPLE[number]
    layout = WITH_LINES[number % len(WITH_LINES)]
    text, _ = RESUME_LAYOUTS[layout](person, lambda _: "")
    assert jobs(text) == [(job.title, job.employer, None) for job in person.jobs]


@pytest.mark.parametrize(
    "title", ["Registered Nurse", "Managing Director", "Oracle developer", "VP of Sales"]
)
def test_titles_that_begin_like_a_deed(title: str) -> None:
    assert jobs(f"Experience\n{title}\nHill Hospital\n- Kept order\n") == [
        (title, "Hill Hospital", None)
    ]


def test_months_are_null_and_never_zero() -> None:
    found = read(f"Experience\n{LAYOUTS['employer below']}\n")
    assert (found.months, found.years) == (None, None)
    value = profile_json(found)
    assert [p["months"] for p in value["positions"]] == [None, None]
    assert [(p["since"], p["until"], p["current"]) for p in value["positions"]] == [
        (None, None, False)
    ] * 2


def test_what_is_said_of_a_job_belongs_to_it() -> None:
    found = read(
        "Experience\nBackend Developer\nConcord Bank\nWorked with Laravel and MySQL\n"
        "Data Analyst\nLake Clinic\n- Reports in Tableau\n"
    )
    first, second = found.positions
    assert {"laravel", "mysql"} <= set(first.skills) and "tableau" not in first.skills
    assert "tableau" in second.skills and "mysql" not in second.skills
    assert first.description and first.description.text == "Worked with Laravel and MySQL"
    assert {s.name: s.status for s in found.skills if s.name == "laravel"} == {"laravel": "used"}


@pytest.mark.parametrize(
    "line",
    [
        "Assisted the Site Manager",
        "Trained every new Cashier",
        "Reported to the director",
        "Kept the files of a busy office in order with the help of one assistant manager.",
        "- Helped the Lead Developer",
        "Patients, visitors and doctors",
    ],
)
def test_lines_that_tell_of_work_are_no_jobs(line: str) -> None:
    text = f"Experience\nStaff Nurse, Hill Hospital\nCared for patients\n{line}\nKept order\n"
    assert jobs(text) == [NURSE]


def test_a_job_without_an_employer() -> None:
    assert jobs("Experience\nFreelance Web Designer\n- Built 12 sites\n- Kept them up\n") == [
        ("Freelance Web Designer", None, None)
    ]


def test_jobs_with_dates_keep_those_without() -> None:
    text = (
        "Experience\nCharge Nurse, Lake Clinic\n- Led a shift of ten people\n\n"
        "Staff Nurse, Hill Hospital, 2015 - 2018\n- Cared for patients\n"
        "File Clerk, Bluebird Inc\n- Kept files\n"
        "Mail Clerk, Harrow LLC, 2010 - 2012\n- Sorted letters\n"
    )
    assert jobs(text) == [
        ("Charge Nurse", "Lake Clinic", None),
        ("Staff Nurse", "Hill Hospital", 36),
        ("File Clerk", "Bluebird Inc", None),
        ("Mail Clerk", "Harrow LLC", 24),
    ]
    assert read(text).years == 5


def test_one_date_between_title_and_employer() -> None:
    text = (
        "Experience\nFinance Manager\nJanuary 2012\nBluebird Inc\nEastvale, OH\nClosed the books.\n"
    )
    assert jobs(text) == [("Finance Manager", "Bluebird Inc", None)]


def test_words_on_lines_of_their_own_are_no_jobs() -> None:
    text = "Experience\nCustomer\nService\nManager\noffering\na\nrecord\nof\nsuccess\n"
    assert jobs(text) == []


def test_a_project_inside_a_job_is_no_second_job() -> None:
    text = (
        "Experience\nTechnical Lead, Harrow LLC\n2016 - 2020\nBuilt tools\nDuration: 2017 - 2018\n"
        "Moved them\n"
    )
    assert jobs(text) == [("Technical Lead", "Harrow LLC", 48)]


def test_no_dates_and_no_heading_is_no_job() -> None:
    assert jobs("Full Stack Developer\nEastvale\nPython, SQL and long walks\n") == []


def test_pictures_are_no_part_of_a_name() -> None:
    text = "Experience\n👩‍⚕️ Staff Nurse – Hill Hospital 📅 2010 – 2012\n- Cared for patients\n"
    assert jobs(text) == [("Staff Nurse", "Hill Hospital", 24)]


def test_a_page_that_was_read_twice_holds_each_job_once() -> None:
    page = (
        "Experience\nStaff Nurse, Hill Hospital, 2010 - 2012\n"
        "- Cared for up to six patients a shift on a surgical ward\n"
    )
    assert jobs(page + page) == [("Staff Nurse", "Hill Hospital", 24)]
    other = page.replace("2010 - 2012", "2012 - 2014")
    assert len(jobs(page + other)) == 2
