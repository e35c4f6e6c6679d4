"""schema.org JobPosting, in and out."""

import json

import pytest

from shortlist.errors import DocumentError
from shortlist.extraction import json_ld, json_ld_document, posting

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
