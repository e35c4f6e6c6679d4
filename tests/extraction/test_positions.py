"""Jobs in many layouts: the generator's truth, and single cases."""

from datetime import date

import pytest

from extraction.resume_layouts import DATE_STYLES, LAYOUTS, Sample, samples
from shortlist.extraction import profile
from shortlist.extraction.entities import Profile
from shortlist.records import Document

TODAY = date(2024, 1, 15)
SAMPLES = list(samples(len(LAYOUTS) * len(DATE_STYLES), seed=7))


def read(text: str) -> Profile:
    return profile(Document("resume", text), today=TODAY)


def jobs(text: str) -> list[tuple[str | None, str | None, int | None]]:
    return [
        (p.title and p.title.text, p.employer and p.employer.text, p.period and p.period.months)
        for p in read(text).positions
    ]


def test_the_generator_has_variety() -> None:
    assert len(LAYOUTS) >= 12
    assert len(DATE_STYLES) >= 5
    assert len({(s.layout, s.dates) for s in SAMPLES}) == len(LAYOUTS) * len(DATE_STYLES)


@pytest.mark.parametrize("sample", SAMPLES[::2], ids=lambda s: f"{s.layout}-{s.dates}")
def test_what_is_true_of_a_person_is_found(sample: Sample) -> None:
    found, person = read(sample.text), sample.person
    assert found.degree == person.degree
    slack = 12 * len(person.jobs) if sample.dates == "years" else 3
    assert found.months is not None
    assert abs(found.months - person.months) <= slack
    assert set(sample.sections) <= {section.kind for section in found.sections}
    assert [p.title and p.title.text for p in found.positions] == [j.title for j in person.jobs]
    assert [p.employer and p.employer.text for p in found.positions] == [
        job.employer for job in person.jobs
    ]
    assert [e.school and e.school.text for e in found.education] == [
        study.school for study in person.studies
    ]
    assert [e.year for e in found.education] == [study.year for study in person.studies]


@pytest.mark.parametrize("sample", SAMPLES[1::9], ids=lambda s: f"{s.layout}-{s.dates}")
def test_skills_are_used_for_as_long_as_their_jobs(sample: Sample) -> None:
    found = {skill.name: skill for skill in read(sample.text).skills}
    assert set(sample.person.listed) <= set(found)
    for job in sample.person.jobs:
        for name in job.skills:
            assert found[name].status == "used"
            assert (found[name].months or 0) > 0


@pytest.mark.parametrize(
    "text, expected",
    [
        (
            "Experience\n- File Clerk (2017-2020): Kept the files of a busy office in order.\n"
            "- Mail Clerk (2015 - 2017): Sorted letters and parcels for three floors.",
            [("File Clerk", None, 36), ("Mail Clerk", None, 24)],
        ),
        (
            "Experience\n2021 - present, Full Stack Developer, Hill Inc. Built a shop for all.\n"
            "2019 – 2020:\tLake Clinic (Hill) – Java Back-End Developer\nWorked in a team",
            [
                ("Full Stack Developer", "Hill Inc", 36),
                ("Java Back-End Developer", "Lake Clinic", 12),
            ],
        ),
        (
            "Experience\nSenior Developer, Naughty Bear, Inc - Eastvale, OH\n03/2019 to 05/2019",
            [("Senior Developer", "Naughty Bear, Inc", 3)],
        ),
        (
            "Experience\nHill Hospital\nStaff Nurse\n2010 - 2012\nCared for people\n\n"
            "Lake Clinic\nNurse\n2012 - 2013\nCared for more people",
            [("Staff Nurse", "Hill Hospital", 24), ("Nurse", "Lake Clinic", 12)],
        ),
        (
            "Experience\nsince 02/2022   Technician, Hill Clinic\nSamples, forty a day\n"
            "09/2017 - 01/2020   Assistant, Lake Clinic\nShift work",
            [("Technician", "Hill Clinic", 23), ("Assistant", "Lake Clinic", 29)],
        ),
        (
            "Experience\nStaff Nurse, Hill Hospital, since May 2021\nCared for people",
            [("Staff Nurse", "Hill Hospital", 32)],
        ),
    ],
)
def test_single_cases(text: str, expected: list[tuple[str, str, int]]) -> None:
    assert jobs(text) == expected


def test_a_date_in_a_sentence_is_no_job() -> None:
    text = (
        "Experience\nManager, Acme Inc\n2010 - 2015\nRan the oldest fair of the county since 1958"
    )
    assert len(jobs(text)) == 1
    assert read(text).years == 5


def test_without_dates_a_claim_is_what_there_is() -> None:
    found = read("Summary\nNurse with over 12 years of experience in hospitals.")
    assert (found.months, found.claimed_years, found.years) == (None, 12, 12)


def test_dates_come_before_claims() -> None:
    found = read("Summary\n20 years of experience\nExperience\nNurse, Lake Clinic\n2010 - 2012")
    assert (found.claimed_years, found.years) == (20, 2)
