"""Degrees and what belongs to them."""

from datetime import date

import pytest

from shortlist.extraction.degrees import degrees
from shortlist.extraction.education import education, highest_degree
from shortlist.extraction.entities import Schooling
from shortlist.extraction.sections import sections

TODAY = date(2024, 1, 15)


def entries(text: str) -> tuple[Schooling, ...]:
    return education(text, sections(text), TODAY)


def facts(text: str) -> list[tuple[str | None, str | None, str | None, int | None]]:
    return [
        (e.level, e.field and e.field.text, e.school and e.school.text, e.year)
        for e in entries(text)
    ]


@pytest.mark.parametrize(
    "text, level",
    [
        ("Bachelor's degree", "bachelor"),
        ("BA/BS degree or equivalent", "bachelor"),
        ("B.Sc. in Physics", "bachelor"),
        ("Bachelor of Fine Arts", "bachelor"),
        ("college degree", "bachelor"),
        ("M.S.", "master"),
        ("MS in Statistics", "master"),
        ("MBA", "master"),
        ("Masters in Education", "master"),
        ("advanced degree", "master"),
        ("Ph.D.", "doctorate"),
        ("Juris Doctor", "doctorate"),
        ("Doctor of Philosophy", "doctorate"),
        ("Associate of Applied Science", "associate"),
        ("associate's degree", "associate"),
        ("High School Diploma", "none"),
        ("GED", "none"),
        ("Licenciatura en Derecho", "bachelor"),
        ("Diplom-Ingenieur", "master"),
    ],
)
def test_degree_names(text: str, level: str) -> None:
    assert next(iter(degrees(text, 0, len(text)))).level == level


@pytest.mark.parametrize(
    "text",
    [
        "contact me",
        "would be",
        "as a cashier",
        "MS Office and MS SQL",
        "Boston, MA",
        "Sales Associate",
        "Scrum Master",
        "master chef",
        "mastering skills",
        "AS/400",
        "share the JD with me",
        "an associate in the field",
        "AA meetings",
    ],
)
def test_no_degree_names(text: str) -> None:
    assert degrees(text, 0, len(text)) == []


@pytest.mark.parametrize(
    "text, expected",
    [
        (
            "Education\nBachelor of Science in Biology, Northfield University, 2012",
            [("bachelor", "Biology", "Northfield University", 2012)],
        ),
        (
            "Education\nNorthfield University, 2012\nB.S. in Biology\n"
            "Lakeshore College, 2008\nA.A.S. in Nursing",
            [
                ("bachelor", "Biology", "Northfield University", 2012),
                ("associate", "Nursing", "Lakeshore College", 2008),
            ],
        ),
        (
            "Education\n2015\nMaster of Arts\n: History\nEastvale University\n"
            "2011\nBachelor of Arts\n: Economics\nLakeshore College",
            [
                ("master", "History", "Eastvale University", 2015),
                ("bachelor", "Economics", "Lakeshore College", 2011),
            ],
        ),
        (
            "Education\nMBA (Finance) from University of Eastvale at Hill, 2009 - 2011",
            [("master", "Finance", "University of Eastvale at Hill", 2011)],
        ),
        (
            "Education\nHigh School Diploma\n: General Studies\nRiver High School\n2001",
            [("none", "General Studies", "River High School", 2001)],
        ),
    ],
)
def test_entries(text: str, expected: list[tuple[str, str, str, int]]) -> None:
    assert facts(text) == expected


@pytest.mark.parametrize(
    "text, degree",
    [
        ("Education\nBSc in Biology, expected May 2026", "none"),
        ("Education\nPursuing a Master of Science in Biology\nBSc in Biology, 2015", "bachelor"),
        ("Education\nSome college, no degree", "none"),
        ("Education\nCoursework toward a Bachelor of Arts", "none"),
        ("Education\nBSc in Biology, expected May 2016", "bachelor"),
        ("Jane Roe, MBA, CPA\nExperience\nClerk 2010-2012", "master"),
        ("I hold a PhD in physics from the University of Eastvale.", "doctorate"),
        ("I taught master's students and worked with PhD candidates.", None),
        ("Education\nRiver High School", "none"),
        ("Education\nLakeshore College, 1997\nAccounting", None),
        ("Education\nHigh School Diploma, 1999\nBachelor of Arts, 2014 - present", "none"),
        ("Experience\nClerk 2010-2012", None),
    ],
)
def test_the_highest_completed_degree(text: str, degree: str | None) -> None:
    assert highest_degree(entries(text)) == degree
