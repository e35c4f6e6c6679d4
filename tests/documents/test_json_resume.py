"""JSON Resume is read in the order in which people read a resume."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shortlist.documents import parse
from shortlist.errors import DocumentError

RESUME = {
    "$schema": "https://example.org/schema.json",
    "work": [
        {
            "name": "Nordlicht Energie",
            "position": "Developer",
            "startDate": "2019-04",
            "endDate": "2024-01",
            "summary": "Billing.",
            "highlights": ["Moved it to a queue", "Cut support by a third"],
        }
    ],
    "basics": {
        "name": "Mira Okafor",
        "label": "Backend developer",
        "email": "mira@example.org",
        "location": {"city": "Leeds", "countryCode": "GB"},
        "profiles": [{"network": "Example", "username": "mira"}],
        "summary": "Ten years of databases.",
    },
    "skills": [{"name": "Databases", "level": "expert", "keywords": ["SQL", "Redis"]}, "Go"],
    "education": [
        {"studyType": "BSc", "area": "Physics", "institution": "Leeds", "courses": ["Optics"]}
    ],
    "awards": [{"title": "Best talk", "date": "2021"}],
    "languages": [],
    "meta": {"version": "v1"},
}

TEXT = """Mira Okafor
Backend developer
mira@example.org
Leeds, GB
Example, mira

Ten years of databases.

Experience
Developer, Nordlicht Energie, 2019-04 – 2024-01
Billing.
• Moved it to a queue
• Cut support by a third

Education
BSc, Physics, Leeds
• Optics

Skills
Databases, expert
SQL, Redis
Go

Awards
Best talk, 2021"""


def test_fields_are_read_in_the_order_of_a_resume() -> None:
    assert parse(json.dumps(RESUME).encode(), ".json", "cv.json").text == TEXT


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b'{"basics": ', "not JSON at line 1"),
        (b'[{"basics": {}}]', "JSON, but not a resume"),
        (b'{"name": "Mira"}', "JSON, but not a resume"),
        (b"[" * 100_000, "not JSON|JSON that cannot be read"),
        (b'{"basics": ' + b"9" * 5_000 + b"}", "JSON that cannot be read"),
        (b'{"basics": {}}', "no text that a reader would see"),
    ],
)
def test_what_is_no_resume_is_an_error(data: bytes, message: str) -> None:
    with pytest.raises(DocumentError, match=message):
        parse(data, ".json", "cv.json")


def test_halves_of_characters_do_not_get_into_the_text() -> None:
    data = b'{"basics": {"name": "Mira \\ud83d", "label": "\\ud83d\\ude00"}}'
    assert parse(data, ".json", "cv.json").text == "Mira \ufffd\n😀"


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=12,
)


@given(st.dictionaries(st.sampled_from([*RESUME, "projects", "other"]), JSON))
def test_any_json_is_read_or_refused(resume: dict[str, object]) -> None:
    try:
        document = parse(json.dumps(resume).encode(), ".json", "cv.json")
    except DocumentError:
        return
    assert document.text.strip()
