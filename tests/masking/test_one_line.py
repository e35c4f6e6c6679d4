"""Resumes whose line ends were lost: what is hidden leaves no trace there either."""

import re

import pytest

from masking.people import SCHOOLS, WORK
from shortlist.masking import Masker
from shortlist.masking.layout import layout
from shortlist.records import Document

STANDARD = Masker()


def encoded(text: str) -> str:
    return STANDARD(Document("r", text)).text


def lines_of(text: str) -> list[str]:
    lay = layout(text)
    return [text[start:end] for start, end in zip(lay.starts, lay.ends, strict=True)]


# With no mark behind it, a town such as the one in "..., Roorkee" cannot be told from what follows.
@pytest.mark.parametrize("school", [school for school in SCHOOLS if "," not in school])
@pytest.mark.parametrize(
    "entry",
    [
        "Master of Law[ from {school}] Computer Science Harlow College 2007",
        "Master of Law[ at {school}] Psychology University of Xanten 2007",
        "[{school} - ]Diploma in Design, May 2003 None in Physics 2004",
        "[{school} ]BA in Music, 2004 B.S. in Nursing St. Xanten Hall 2012",
        "BA,[ {school},] 2003 Environment: Java, SQL (2005)",
    ],
)
def test_neighbours_of_a_school_stay_as_they_are(school: str, entry: str) -> None:
    text = f"{WORK * 4}Education {entry} Skills SQL, Excel"
    named = re.sub(r"[\[\]]", "", text).format(school=school)
    assert encoded(named) == encoded(re.sub(r"\[.*?\]", "", text))


def test_lines_end_where_they_must_have_ended() -> None:
    text = f"{WORK * 4}Education Hall 2003 Ph. D. in Physics MBA 2005 Technical Skills SQL, Excel"
    assert lines_of(text)[-5:] == [
        "Education",
        "Hall 2003",
        "Ph. D. in Physics",
        "MBA 2005",
        "Technical Skills SQL, Excel",
    ]


@pytest.mark.parametrize("before", ["Board of", "Ministry of Higher", "Health, Housing,"])
def test_education_is_no_heading_where_it_belongs_to_what_stands_before(before: str) -> None:
    text = f"{WORK * 4}Reports for the {before} Education Services in Dayton"
    assert lines_of(text)[-1] == f"Reports for the {before} Education Services in Dayton"
