"""What a job asks for: years, degree, skills by priority, place, mode, pay."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from shortlist.extraction import posting, posting_json
from shortlist.extraction.entities import Posting
from shortlist.records import Document

JOB = """Data Engineer

Location: Eastvale, OH (hybrid)

About us
Bluebird Robotics builds quiet machines. We have over 25 years of experience.

What you will do
- Build pipelines in Airflow
- Report to the head of data

Requirements
- 5+ years of professional experience with Python
- Bachelor's degree in Computer Science or equivalent experience
- Fluent English

Nice to have
- Kubernetes
- AWS Certified Developer
- Master's degree

Benefits
- Salary: $110,000 - $130,000 per year
- Dental insurance

Bluebird is an equal opportunity employer.
"""


def job(text: str) -> Posting:
    return posting(Document("job", text))


@pytest.fixture(scope="module")
def found() -> Posting:
    return job(JOB)


def test_the_whole(found: Posting) -> None:
    assert found.title and found.title.text == "Data Engineer"
    assert found.years == 5
    assert found.degree
    assert (found.degree.level, found.degree.required, found.degree.or_equivalent) == (
        *("bachelor", True, True),
    )
    assert set(found.must) == {"python", "data engineering"}
    assert found.nice == ("kubernetes",)
    assert "airflow" in found.implied
    assert [c.name for c in found.certifications] == ["aws certified developer"]
    assert [language.name for language in found.languages] == ["english"]
    assert found.location and found.location.text.startswith("Eastvale, OH")
    assert found.work_mode == "hybrid"
    assert found.pay
    assert (found.pay.low, found.pay.high, found.pay.currency, found.pay.period) == (
        *(110_000, 130_000, "USD", "year"),
    )
    assert any("pipelines" in duty.text for duty in found.responsibilities)


def test_boilerplate_is_told_apart(found: Posting) -> None:
    set_apart = " ".join(JOB[span.start : span.end] for span in found.boilerplate)
    assert "Bluebird Robotics builds" in set_apart
    assert "equal opportunity" in set_apart
    assert "Kubernetes" not in set_apart
    assert not any("Dental" in asked.text for asked in found.requirements)


def test_every_quote_is_the_text_at_its_place(found: Posting) -> None:
    value = posting_json(found)
    quotes = [value["degree"], value["pay"], *value["experience"], *value["responsibilities"]]
    quotes += [mention for mentions in value["mentions"].values() for mention in mentions]
    for quote in quotes:
        assert JOB[quote["start"] : quote["end"]] == quote["quote"]
    for asked in value["requirements"]:
        assert JOB[asked["start"] : asked["end"]] == asked["text"]


@pytest.mark.parametrize(
    "asked, years",
    [
        ("Requirements:\n- At least 3 years in retail", 3),
        ("Requirements:\n- Three (3) or more years of experience", 3),
        ("Requirements:\n- 2 to 4 years of relevant experience", 2),
        ("Requirements:\n- 10+ yrs exp. in banking", 10),
        ("Requirements:\n- Bachelor's with 6 years of experience or Master's with 4 years", 6),
        ("Requirements:\n- 8 years of experience\n- 3 years of experience with SQL", 8),
        ("We are looking for someone with 5+ years of experience in sales.", 5),
        ("Requirements:\n- 5-plus years of experience", 5),
        ("Requirements:\n- Between 3 and 5 years of experience", 3),
        ("Requirements:\n- 5 (five) years of experience", 5),
        ("Requirements:\n- Years of experience: 7", 7),
        ("Requirements:\n- 5 years of experience required, 10 years preferred", 5),
        ("Requirements:\n- Three or more years of nursing", 3),
        ("Requirements:\n- 5+ years in software development", 5),
        ("Requirements:\n- Sales experience, 5+ years", 5),
        ("Requirements:\n- Ability to commit for 2 years", None),
        ("Requirements:\n- Python\nAcme brings over 30 years of experience to its clients", None),
        ("With 30 years of experience, Acme is the leader.\nRequirements:\n- Python", None),
        ("Requirements:\n- Python\nPreferred:\n- 5 years of experience", None),
        ("Requirements:\n- 4-year degree", None),
        ("Requirements:\n- A 2 year contract", None),
        ("Requirements:\n- Python\nOur team has over 100 years of combined experience.", None),
        ("Requirements:\n- You are 21 years old or older", None),
        ("In the past 10 years our company has grown.\nRequirements:\n- Python", None),
    ],
)
def test_years(asked: str, years: int | None) -> None:
    assert job(asked).years == years


@pytest.mark.parametrize(
    "asked, level, required",
    [
        ("Requirements:\n- BS/MS in Computer Science", "bachelor", True),
        ("Requirements:\n- Bachelor's degree required; Master's preferred", "bachelor", True),
        ("Requirements:\n- Master's or PhD preferred", "master", False),
        ("Preferred qualifications:\n- Master's degree", "master", False),
        ("Requirements:\n- High school diploma or GED", "none", True),
        ("Requirements:\n- MBA or graduate degree", "master", True),
        ("Requirements:\n- Associate's degree in nursing", "associate", True),
        ("Requirements:\n- PhD in chemistry", "doctorate", True),
        ("Requirements:\n- Degree in chemistry", "bachelor", True),
        ("Requirements:\n- A Bachelor's is a plus", "bachelor", False),
    ],
)
def test_degrees(asked: str, level: str, required: bool) -> None:
    degree = job(asked).degree
    assert degree and (degree.level, degree.required) == (level, required)


def test_no_degree_is_asked_for() -> None:
    assert job("Requirements:\n- Contact me; it would be a joy\n- MS Office").degree is None


@pytest.mark.parametrize(
    "text, mode",
    [
        ("This is a fully remote position.", "remote"),
        ("Work from home, anywhere in the country", "remote"),
        ("Hybrid work, two days at home", "hybrid"),
        ("This role is on-site in Eastvale.", "on-site"),
        ("No remote work.", "on-site"),
        ("Experience with remote sensing and remote teams", None),
        ("Hybrid cloud systems", None),
    ],
)
def test_work_mode(text: str, mode: str | None) -> None:
    assert job(f"Clerk\n\nRequirements:\n- {text}").work_mode == mode


@pytest.mark.parametrize(
    "text, pay",
    [
        ("Pay: $18.50 - $22 per hour", (18.5, 22, "USD", "hour")),
        ("Salary $90k-$110k", (90_000, 110_000, "USD", "year")),
        ("The salary range is $110- $120,000", (110_000, 120_000, "USD", "year")),
        ("£45,000 per annum", (45_000, 45_000, "GBP", "year")),
        ("€3.500 - €4.200 per month", (3_500, 4_200, "EUR", "month")),
        ("Managed a budget of $5,000,000", None),
        ("A $40 million company", None),
    ],
)
def test_pay(text: str, pay: tuple[float, float, str, str] | None) -> None:
    found = job(f"Clerk\n\nBenefits:\n- {text}").pay
    assert (found and (found.low, found.high, found.currency, found.period)) == pay


def test_what_is_not_needed_is_not_asked_for() -> None:
    found = job("Requirements:\n- Python\n- No experience with Kubernetes required")
    assert found.must == ("python",)
    assert "kubernetes" not in found.nice


@settings(deadline=None)
@given(st.text() | st.text(alphabet="Requirements:\n-5+ years$k BSc"))
def test_any_text_gives_a_posting(text: str) -> None:
    found = job(text)
    for asked in found.requirements:
        assert text[asked.start : asked.end] == asked.text
