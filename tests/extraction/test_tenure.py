"""Years that requirements ask for and resumes show."""

import math

import pytest

from shortlist.extraction.passages import passages
from shortlist.extraction.tenure import tenure, years_said


@pytest.mark.parametrize(
    ("text", "years"),
    [
        ("5+ years of professional experience", 5),
        ("3-5 years experience in sales", 3),
        ("at least five years", 5),
        ("Minimum of one year as a nurse", 1),
        ("ten (10) years", 10),
        ("7 plus years of modelling", 7),
        ("1.5 yrs", 1.5),
        ("Three or more years", 3),
        ("a 20-year veteran", 20),
        ("experience since 2010", None),
        ("fiscal year 2019", None),
        ("0 years", None),
        ("", None),
    ],
)
def test_years_said(text: str, years: float | None) -> None:
    assert years_said(text) == years


def behind(resume: str) -> dict[str, float | None]:
    spans = passages(resume)
    shown = tenure(resume, spans).behind
    return {resume[s.start : s.end]: years for s, years in zip(spans, shown, strict=True)}


def test_duties_share_the_dates_of_their_job() -> None:
    resume = (
        "Experience\n\nNurse, Saint Anne (2014 - 2016)\n- Led the night shift\n\n"
        "Porter (01/2019 - 03/2020)\n- Moved patients\n\nSkills\n- First aid\n"
    )
    assert behind(resume) == {
        "Nurse, Saint Anne (2014 - 2016)": 2,
        "Led the night shift": 2,
        "Porter (01/2019 - 03/2020)": 1.25,
        "Moved patients": 1.25,
        "First aid": None,
    }
    assert tenure(resume, passages(resume)).total == 3.25


def test_years_said_count_where_they_are_more() -> None:
    assert behind("Skills\n- 6 years of welding\n- Grinding\n") == {
        "6 years of welding": 6,
        "Grinding": None,
    }


def test_what_overlaps_counts_once_and_school_does_not_count() -> None:
    resume = (
        "Education\nBSc Physics, 2010 - 2014\n\n"
        "Experience\n- Tutor of physics, 2014 - 2016\n- Barista in a cafe, 2014 - 2016\n"
    )
    assert tenure(resume, passages(resume)).total == 2
    assert behind(resume)["BSc Physics, 2010 - 2014"] is None


def test_a_period_that_goes_on_is_as_long_as_it_need_be() -> None:
    resume = "Experience\nWelder at Nordhavn Yard, 2021 - present\n- Welds hulls\n"
    assert behind(resume)["Welds hulls"] == math.inf
    assert tenure(resume, passages(resume)).total == math.inf


def test_a_resume_without_dates_shows_no_years() -> None:
    resume = "Experience\nWelder\n- Welds hulls\n"
    assert tenure(resume, passages(resume)).total is None
    assert set(behind(resume).values()) == {None}
