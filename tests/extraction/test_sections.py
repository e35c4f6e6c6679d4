"""Headings in many wordings and places, and what is none."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shortlist.extraction.headings import heading_kind
from shortlist.extraction.sections import completeness, rows, sections


@pytest.mark.parametrize(
    "line, kind",
    [
        ("Experience", "experience"),
        ("WORK HISTORY:", "experience"),
        ("Professional Experience", "experience"),
        ("Relevant Work Experience", "experience"),
        ("Military Service", "experience"),
        ("Clinical Experience", "experience"),
        ("EDUCATION & TRAINING", "education"),
        ("Educational Background", "education"),
        ("Technical Skills", "skills"),
        ("Areas of Expertise", "skills"),
        ("Core Competencies", "skills"),
        ("Programming Languages", "skills"),
        ("Languages", "languages"),
        ("Summary of Qualifications", "summary"),
        ("About Me", "summary"),
        ("Career Objective", "summary"),
        ("Licenses & Certifications", "certifications"),
        ("Honors and Awards", "achievements"),
        ("Volunteer Experience", "volunteer"),
        ("Personal Projects", "projects"),
        ("Professional Affiliations", "affiliations"),
        ("References", "references"),
        ("== Skills ==", "skills"),
        ("## Experience", "experience"),
        ("1. Employment", "experience"),
        ("IV. EDUCATION", "education"),
        ("E X P E R I E N C E", "experience"),
        ("W O R K   H I S T O R Y", "experience"),
        ("Berufserfahrung", "experience"),
        ("Ausbildung", "education"),
        ("Compétences", "skills"),
        ("Experiencia laboral", "experience"),
        ("Istruzione", "education"),
        ("Werkervaring", "experience"),
        ("Formação", "education"),
    ],
)
def test_headings(line: str, kind: str) -> None:
    assert heading_kind(line) == kind


@pytest.mark.parametrize(
    "line",
    [
        "experience",
        "Experience with children of all ages",
        "Project management",
        "Special Education",
        "Strong communication skills",
        "Education.",
        "Skills,",
        "Managed the education of staff",
        "History",
        "Training and",
        "",
    ],
)
def test_no_headings(line: str) -> None:
    assert heading_kind(line) is None


def test_sections_have_their_place() -> None:
    text = "Jo Roe\nSUMMARY\nCalm.\nExperience\nClerk\nEducation\nBSc\n"
    found = sections(text)
    assert [section.kind for section in found.sections] == [
        *("header", "summary", "experience", "education"),
    ]
    assert [text[s.start : s.end].strip() for s in found.sections] == [
        "Jo Roe",
        "Calm.",
        "Clerk",
        "BSc",
    ]
    assert found.kind_at(text.index("Clerk")) == "experience"


def test_headings_on_the_line_of_their_text() -> None:
    found = sections("Skills: Python, SQL\nEducation: BSc in Biology, 2012")
    assert [section.kind for section in found.sections] == ["skills", "education"]


def test_a_heading_within_a_job_belongs_to_the_job() -> None:
    text = "Experience\nClerk, 2012-2014\nKey Achievements:\n- Filed 20 papers\nAide, 2010-2012"
    assert [section.kind for section in sections(text).sections] == ["experience"]


def test_a_label_within_the_skills_belongs_to_the_skills() -> None:
    text = "Technical Skills\nLanguages: Java, SQL\nTools: Git"
    assert [section.kind for section in sections(text).sections] == ["skills"]


def test_a_text_without_lines_keeps_its_headings() -> None:
    story = "Wrote letters and kept the files in order for a whole department of people. " * 9
    text = f"Clerk Work Experience Clerk Acme {story}Education BSc Biology Skills typing, filing"
    assert [section.kind for section in sections(text).sections] == [
        *("header", "experience", "education", "skills"),
    ]


def test_completeness_is_a_share() -> None:
    assert completeness(sections("")) == 0
    some = completeness(sections("Experience\nx\nSkills\ny"))
    whole = "Experience Skills Education Projects Summary Certifications Achievements".split()
    assert 0 < some < 0.6
    assert completeness(sections("\nx\n".join([*whole, ""]))) == 1


@given(st.text() | st.text(alphabet="Skills\nEdu: •-"))
def test_sections_are_in_order_and_within_the_text(text: str) -> None:
    found = sections(text).sections
    assert all(0 <= section.start <= section.end <= len(text) for section in found)
    assert all(a.end <= b.start for a, b in pairwise(found))
    for section in found:
        if section.heading:
            assert text[section.heading.start : section.heading.end] == section.heading.text


@given(st.text())
def test_rows_are_trimmed_and_hold_something(text: str) -> None:
    for row in rows(text):
        line = text[row.start : row.end]
        assert "\n" not in line
        assert any(map(str.isalnum, line))
        assert not line[-1].isspace()
