"""schema.org JobPosting, in and out."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shortlist.errors import DocumentError
from shortlist.extraction import json_ld, json_ld_document, posting
from shortlist.records import Document

POST = {
    "@context": "https://schema.org/",
    "@type": "JobPosting",
    "title": "Site Supervisor",
    "description": "<p>We build bridges.</p><h3>Requirements</h3>"
    "<ul><li>Carpentry</li><li>Masonry</li></ul>",
    "experienceRequirements": {
        "@type": "OccupationalExperienceRequirements",
        "monthsOfExperience": 60,
    },
    "educationRequirements": {"credentialCategory": "associate degree"},
    "jobLocation": {
        "@type": "Place",
        "address": {"addressLocality": "Eastvale", "addressRegion": "OH"},
    },
    "jobLocationType": "TELECOMMUTE",
    "baseSalary": {
        "@type": "MonetaryAmount",
        "currency": "USD",
        "value": {
            "@type": "QuantitativeValue",
            "minValue": 50000,
            "maxValue": 60000,
            "unitText": "YEAR",
        },
    },
}


def test_a_job_posting_is_read() -> None:
    document = json_ld_document(json.dumps(POST), "site")
    found = posting(document)
    assert found.title and found.title.text == "Site Supervisor"
    assert {"carpentry", "masonry"} <= set(found.must)
    assert found.years == 5
    assert found.degree and found.degree.level == "associate"
    assert found.work_mode == "remote"
    assert found.location and found.location.text.startswith("Eastvale, OH")
    assert found.pay and (found.pay.low, found.pay.high, found.pay.period) == (50000, 60000, "year")


@pytest.mark.parametrize(
    "wrapped", [[POST], {"@graph": [{"@type": "WebPage"}, POST]}, {**POST, "@type": ["JobPosting"]}]
)
def test_a_posting_is_found_inside_lists_and_graphs(wrapped: object) -> None:
    assert json_ld_document(json.dumps(wrapped), "site").text.startswith("Site Supervisor")


def test_what_is_written_is_read_again() -> None:
    first = posting(json_ld_document(json.dumps(POST), "site"))
    value = json_ld(first)
    assert value["@type"] == "JobPosting"
    assert value["experienceRequirements"]["monthsOfExperience"] == 60
    assert value["jobLocationType"] == "TELECOMMUTE"
    again = posting(json_ld_document(json.dumps(value), "site"))
    assert again.years == first.years
    assert again.title and first.title and again.title.text == first.title.text
    assert set(first.must) <= set(again.must) | set(again.nice) | set(again.implied)


@pytest.mark.parametrize(
    "data, message",
    [
        ("{", "not valid JSON"),
        ("{}", "holds no schema.org JobPosting"),
        ('{"@type": "Person"}', "holds no schema.org JobPosting"),
        ('{"@type": "JobPosting"}', "neither title nor description"),
    ],
)
def test_what_is_no_job_posting_is_refused(data: str, message: str) -> None:
    with pytest.raises(DocumentError, match=message):
        json_ld_document(data, "site")


@pytest.mark.parametrize(
    "pay, low, high",
    [
        ({"value": {"minValue": "30000", "maxValue": "40,000"}}, 30000, 40000),
        ({"value": {"minValue": 30.5, "maxValue": 40, "unitText": "HOUR"}}, 30.5, 40),
        ({"value": "52000"}, 52000, 52000),
    ],
)
def test_pay_may_be_written_as_text(pay: dict[str, object], low: float, high: float) -> None:
    post = {"@type": "JobPosting", "title": "Nurse", "baseSalary": {"currency": "USD", **pay}}
    found = posting(json_ld_document(json.dumps(post), "j")).pay
    assert found and (found.low, found.high) == (low, high)


@pytest.mark.parametrize("pay", ["30", {"value": {"minValue": "much"}}, {"value": []}, [1]])
def test_pay_that_is_no_number_is_left_out(pay: object) -> None:
    post = {"@type": "JobPosting", "title": "Nurse", "baseSalary": pay}
    assert posting(json_ld_document(json.dumps(post), "j")).pay is None


def test_terms_are_read_by_their_names_and_scripts_are_not_read() -> None:
    post = {
        "@type": ["JobPosting"],
        "title": ["Cook"],
        "skills": [{"@type": "DefinedTerm", "name": "grilling"}],
        "description": "<p>Calm</p><script>Kubernetes()</script><style>p{}</style>",
    }
    text = json_ld_document(json.dumps({"@graph": [{"@type": "WebPage"}, post]}), "j").text
    assert "- grilling" in text
    assert "DefinedTerm" not in text and "Kubernetes" not in text and "p{}" not in text


def test_what_is_nested_too_deep_is_refused() -> None:
    with pytest.raises(DocumentError, match="nested too deep"):
        json_ld_document("[" * 100_000, "j")


@given(st.text(st.characters(codec="utf-8"), max_size=60))
def test_any_description_is_read(text: str) -> None:
    post = {"@type": "JobPosting", "title": "Nurse", "description": f"<p>{text}"}
    assert json_ld_document(json.dumps(post), "j").text.startswith("Nurse")


def test_what_is_nice_stays_nice_there_and_back() -> None:
    text = "Nurse\n\nRequirements:\n- Triage\n\nNice to have:\n- Phlebotomy\n"
    again = posting(json_ld_document(json.dumps(json_ld(posting(Document("j", text)))), "j"))
    assert ("triage" in again.must, "phlebotomy" in again.nice) == (True, True)
