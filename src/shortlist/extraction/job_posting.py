"""Job posts in the vocabulary of schema.org: `JobPosting` as JSON-LD, read and written."""

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

from shortlist.errors import DocumentError
from shortlist.extraction.entities import Posting
from shortlist.records import Document

_CREDENTIALS = {
    "none": "high school",
    "associate": "associate degree",
    "bachelor": "bachelor degree",
    "master": "postgraduate degree",
    "doctorate": "postgraduate degree",
}
_REMOTE = "TELECOMMUTE"
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")
_MOST_PAY = 1e9
_UNITS = {"hour": "HOUR", "day": "DAY", "week": "WEEK", "month": "MONTH", "year": "YEAR"}
_PARTS = (
    ("responsibilities", "Responsibilities"),
    ("qualifications", "Qualifications"),
    ("skills", "Skills required"),
    ("incentiveCompensation", "Benefits"),
    ("jobBenefits", "Benefits"),
)


def json_ld_document(data: str, id: str) -> Document:
    """Return the document of a `JobPosting`: its structured values as lines, then its description.

    So that every value found later has a place in the text, the structured parts are written out:
    "Job title", "Location", "Salary", "Requirements".

    Args:
        data: JSON-LD: the post itself, a list, or a graph that holds one.
        id: what to call the document.

    Raises:
        DocumentError: it is no JSON, or holds no `JobPosting` with any text.
    """
    try:
        value = json.loads(data)
    except ValueError as error:
        raise DocumentError(f"{id}: not valid JSON: {error}") from error
    except RecursionError as error:
        raise DocumentError(f"{id}: nested too deep: give a job as text or JSON-LD") from error
    post = next(_postings(value), None)
    if post is None:
        raise DocumentError(f"{id}: holds no schema.org JobPosting: give a job as text or JSON-LD")
    text = "\n".join(_lines(post)).strip()
    if not text:
        raise DocumentError(f"{id}: its JobPosting has neither title nor description")
    return Document(id, text)


def json_ld(posting: Posting) -> dict[str, Any]:
    """Return a posting as a schema.org `JobPosting`; what would be nice is its description."""
    years, degree = posting.years, posting.degree
    nice = [f"- {asked.text}" for asked in posting.requirements if asked.kind == "nice"]
    values = {
        "@context": "https://schema.org",
        "@type": "JobPosting",
        "title": posting.title and posting.title.text,
        "responsibilities": "\n".join(quote.text for quote in posting.responsibilities),
        "qualifications": "\n".join(a.text for a in posting.requirements if a.kind == "must"),
        "description": "\n".join(["Nice to have:", *nice]) if nice else None,
        "skills": ", ".join(posting.must),
        "experienceRequirements": years
        and {"@type": "OccupationalExperienceRequirements", "monthsOfExperience": 12 * years},
        "educationRequirements": degree
        and degree.required
        and {
            "@type": "EducationalOccupationalCredential",
            "credentialCategory": _CREDENTIALS[degree.level],
        },
        "jobLocation": posting.location and {"@type": "Place", "address": posting.location.text},
        "jobLocationType": _REMOTE if posting.work_mode == "remote" else None,
        "baseSalary": _salary(posting),
    }
    return {key: value for key, value in values.items() if value}


def _salary(posting: Posting) -> dict[str, Any] | None:
    pay = posting.pay
    if pay is None:
        return None
    return {
        "@type": "MonetaryAmount",
        "currency": pay.currency,
        "value": {
            "@type": "QuantitativeValue",
            "minValue": pay.low,
            "maxValue": pay.high,
            "unitText": _UNITS[pay.period],
        },
    }


def _postings(value: Any) -> Iterator[Mapping[str, Any]]:
    if isinstance(value, list):
        for item in value:
            yield from _postings(item)
    elif isinstance(value, dict):
        kinds = value.get("@type", ())
        if "JobPosting" in ([kinds] if isinstance(kinds, str) else kinds):
            yield value
        yield from _postings(value.get("@graph", []))


def _lines(post: Mapping[str, Any]) -> Iterator[str]:
    yield _text(post.get("title"))
    place = ", ".join(_place(post.get("jobLocation")))
    if post.get("jobLocationType") == _REMOTE:
        place = f"{place} (remote)" if place else "remote"
    if place:
        yield f"Location: {place}"
    yield from _salary_line(post.get("baseSalary"))
    yield ""
    yield _text(post.get("description"))
    for key, heading in _PARTS:
        if post.get(key):
            yield f"\n{heading}:\n{_text(post[key])}"
    asked = [
        *_experience(post.get("experienceRequirements")),
        *_education(post.get("educationRequirements")),
    ]
    if asked:
        yield "\nRequirements:"
        yield from asked


def _experience(value: Any) -> Iterator[str]:
    months = value.get("monthsOfExperience") if isinstance(value, dict) else None
    if isinstance(months, int | float) and months >= 12:
        yield f"- {months / 12:g} years of experience"
    elif value and not isinstance(value, dict):
        yield f"- {_text(value)}"


def _education(value: Any) -> Iterator[str]:
    for item in value if isinstance(value, list) else [value]:
        if isinstance(item, dict) and item.get("credentialCategory"):
            yield f"- {_text(item['credentialCategory']).capitalize()}"
        elif isinstance(item, str) and item.strip():
            yield f"- {_text(item)}"


def _place(value: Any) -> Iterator[str]:
    if isinstance(value, list):
        for item in value[:1]:
            yield from _place(item)
    elif isinstance(value, str):
        yield _text(value)
    elif isinstance(value, dict):
        if "address" in value:
            yield from _place(value["address"])
        else:
            for key in ("addressLocality", "addressRegion", "addressCountry"):
                part = value.get(key)
                name = part.get("name") if isinstance(part, dict) else part
                if name:
                    yield _text(name)


def _salary_line(value: Any) -> Iterator[str]:
    if not isinstance(value, dict):
        return
    amount = value.get("value", value)
    if not isinstance(amount, dict):
        amount = {"value": amount}
    low = _number(amount.get("minValue", amount.get("value")))
    high = _number(amount.get("maxValue")) or low
    if low is None or high is None:
        return
    unit = _text(amount.get("unitText", "year")).lower()
    currency = _text(value.get("currency", "USD"))
    shown = f"{low:,.10g}" if low == high else f"{low:,.10g} - {high:,.10g}"
    yield f"Salary: {currency} {shown} per {unit}"


def _number(value: Any) -> float | None:
    """A number, which many posts write as a text."""
    try:
        number = float(str(value).replace(",", ""))
    except ValueError:
        return None
    return number if 0 < number < _MOST_PAY else None


def _text(value: Any) -> str:
    """A value as plain text; descriptions are HTML more often than not."""
    if isinstance(value, list):
        return "\n".join(f"- {_text(item)}" for item in value)
    if isinstance(value, dict):
        return _text(value.get("name") or value.get("@value") or value.get("description"))
    written = "" if value is None else str(value)
    if "<" not in written and "&" not in written:
        return written.strip()
    return _plain(written)


def _plain(markup: str) -> str:
    from lxml import etree, html

    try:
        fragments = html.fragments_fromstring(_CONTROL.sub(" ", markup))
    except (etree.ParserError, etree.XMLSyntaxError, ValueError):
        return markup.strip()
    root = html.Element("div")
    for fragment in fragments:
        if isinstance(fragment, str):
            root.text = fragment
        else:
            root.append(fragment)
    for unseen in list(root.iter("script", "style", "template", etree.Comment)):
        unseen.drop_tree()
    for item in root.iter("li"):
        item.text = "\n- " + (item.text or "").lstrip()
    for block in root.iter("p", "div", "br", "ul", "ol", "h1", "h2", "h3", "h4", "tr"):
        block.tail = "\n" + (block.tail or "")
        if block.tag != "br":
            block.text = "\n" + (block.text or "")
    lines = (" ".join(line.split()) for line in root.text_content().splitlines())
    return "\n".join(line for line in lines if line)
