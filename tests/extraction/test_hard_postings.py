"""Job posts in ways that rules stumble over: one test for each class of mistake once made."""

import pytest

from shortlist.extraction import posting
from shortlist.extraction.entities import Posting
from shortlist.records import Document


def job(text: str) -> Posting:
    return posting(Document("job", text))


def kind_of(found: Posting, words: str) -> str:
    return next(asked.kind for asked in found.requirements if words in asked.text)


def degree(found: Posting) -> tuple[str, bool] | None:
    return found.degree and (found.degree.level, found.degree.required)


@pytest.mark.parametrize(
    "asked, expected",
    [
        ("Bachelor's degree or equivalent experience (Master's preferred)", ("bachelor", True)),
        ("Associate's degree minimum, Bachelor's strongly preferred", ("associate", True)),
        ("A degree in computer science (BS required, MS a plus), and Java", ("bachelor", True)),
        ("Bachelor's or Master's degree preferred", ("bachelor", False)),
        ("ADN required, BSN preferred", ("associate", True)),
        ("No degree required", None),
        ("A college degree is not required", None),
        ("The ideal candidate has a PhD in physics", ("doctorate", True)),
    ],
)
def test_degrees(asked: str, expected: tuple[str, bool] | None) -> None:
    assert degree(job(f"Requirements:\n- {asked}\n- Punctual")) == expected


def test_what_is_preferred_in_brackets_is_nice_alone() -> None:
    found = job("Requirements:\n- Experience with Kubernetes in production (Terraform preferred)")
    assert found.must == ("kubernetes",)
    assert found.nice == ("terraform",)


def test_a_mark_in_brackets_is_said_of_what_stands_before() -> None:
    assert job("Requirements:\n- Terraform and Grafana (nice to have)").nice == (
        "terraform",
        "grafana",
    )


@pytest.mark.parametrize(
    "text, years",
    [
        ("LINE COOK\nThe Copper Pot - family owned for 25 years\nMust know grill", None),
        ("Acme has been operating for over 30 years.\nRequirements:\n- 2 years as a cook", 2),
        ("The ideal candidate has between three and five years of experience.", 3),
        ("Requirements:\n- You have worked as a nurse for 4 years", 4),
        ("Requirements:\n- At least 18 months of customer service experience", 1),
        ("Requirements:\n- 24 months contract", None),
    ],
)
def test_years(text: str, years: int | None) -> None:
    assert job(text).years == years


def test_a_heading_with_the_name_of_the_employer_is_no_requirement() -> None:
    found = job("Clerk\n\nAbout Acme\nAcme Corp has 2,000 clients.\n\nRequirements\n- Excel")
    assert [asked.text for asked in found.requirements] == ["Excel"]


def test_a_label_in_bold_is_a_heading() -> None:
    found = job(
        "# Clerk\n\n**Who we are:** Acme is a fintech with 200 people.\n\n**Your profile**\n\n- SQL"
    )
    assert [asked.text for asked in found.requirements] == ["SQL"]


@pytest.mark.parametrize(
    "text, title",
    [
        (
            "We are hiring a Registered Nurse for our busy ICU. You must have a licence.",
            "Registered Nurse",
        ),
        ("Acme Ltd. is looking for an experienced Data Engineer to join us.", "Data Engineer"),
        (
            "Truck Driver - CDL Class A\nHiring Area: Dallas\n- Clean record",
            "Truck Driver - CDL Class A",
        ),
    ],
)
def test_titles(text: str, title: str) -> None:
    found = job(text)
    assert found.title is not None
    assert found.title.text == title
    assert text[found.title.start : found.title.end] == title


def test_hiring_is_no_skill_of_those_who_are_hired() -> None:
    text = "We are hiring a cook. Hiring range: $18 to $20 an hour. Must know baking."
    assert "recruitment" not in job(text).must
    assert "recruitment" in job("Requirements:\n- Recruiting and hiring of staff").must


def test_what_is_not_needed_is_never_a_must() -> None:
    found = job("Requirements:\n- SQL\n- No experience with Zendesk is necessary\n- No C++ needed")
    assert kind_of(found, "Zendesk") == "nice"
    assert kind_of(found, "C++") == "nice"


@pytest.mark.parametrize(
    "text, low, high, currency, period",
    [
        ("Gehalt: 90.000 € - 110.000 € pro Jahr", 90000, 110000, "EUR", "year"),
        ("Pay: 2,500 EUR per month", 2500, 2500, "EUR", "month"),
        ("£12.50 per hour", 12.5, 12.5, "GBP", "hour"),
        ("Pay: $1,400 - $1,700 weekly", 1400, 1700, "USD", "week"),
    ],
)
def test_pay(text: str, low: float, high: float, currency: str, period: str) -> None:
    found = job(f"Clerk\n{text}\nRequirements:\n- SQL").pay
    assert found is not None
    assert (found.low, found.high, found.currency, found.period) == (low, high, currency, period)


def test_pay_is_no_requirement() -> None:
    found = job("Clerk\n£12.50 per hour\nYou should know Excel.")
    assert [asked.text for asked in found.requirements] == ["You should know Excel."]


def test_a_place_in_a_sentence() -> None:
    found = job("We are hiring a nurse for our clinic in Denver, CO. You must have a licence.")
    assert found.location is not None
    assert found.location.text == "Denver, CO"


def test_languages_have_the_level_of_their_own_clause() -> None:
    found = job("Requirements:\n- Fluent English; German is a plus\n- French B2")
    assert [(thing.name, thing.note) for thing in found.languages] == [
        ("english", "Fluent"),
        ("german", ""),
        ("french", "B2"),
    ]


def test_sentences_on_the_employer_are_reported_as_left_out() -> None:
    text = "We need a cook who knows baking. Our hotel has been serving the town for over 75 years."
    found = job(text)
    assert [text[span.start : span.end] for span in found.boilerplate] == [
        "Our hotel has been serving the town for over 75 years."
    ]
