"""JSON Resume (jsonresume.org/schema) -> text, in the order in which people read a resume."""

import json
from collections.abc import Iterator
from typing import Any

from shortlist.documents.content import Content
from shortlist.documents.plain import decoded
from shortlist.errors import DocumentError

SCHEMA = "its fields must be those of jsonresume.org/schema"
PLACE = ("address", "city", "region", "postalCode", "countryCode")
PROFILE = ("network", "username", "url")

# Field -> its heading, what the first line of an entry says, and what follows as paragraphs.
# Dates end the first line; "highlights", "keywords" and "courses" follow the paragraphs as a list.
SECTIONS = {
    "work": ("Experience", ("position", "name", "company", "location"), ("description", "summary")),
    "projects": ("Projects", ("name", "entity", "roles"), ("description",)),
    "education": ("Education", ("studyType", "area", "institution", "score"), ()),
    "skills": ("Skills", ("name", "level"), ()),
    "certificates": ("Certificates", ("name", "issuer"), ()),
    "awards": ("Awards", ("title", "awarder"), ("summary",)),
    "publications": ("Publications", ("name", "publisher", "releaseDate"), ("summary",)),
    "volunteer": ("Volunteering", ("position", "organization"), ("summary",)),
    "languages": ("Languages", ("language", "fluency"), ()),
    "interests": ("Interests", ("name",), ()),
    "references": ("References", ("name",), ("reference",)),
}
LISTS = ("highlights", "courses")


def read(data: bytes) -> Content:
    """Return the text of a JSON Resume.

    Raises:
        DocumentError: it is not JSON, or has none of the fields of the schema.
    """
    try:
        resume = json.loads(decoded(data))
    except json.JSONDecodeError as error:
        raise DocumentError(f"not JSON at line {error.lineno}: {SCHEMA}") from error
    except (ValueError, RecursionError) as error:
        raise DocumentError(f"JSON that cannot be read: {SCHEMA}") from error
    if not isinstance(resume, dict) or not {"basics", *SECTIONS} & resume.keys():
        raise DocumentError(f"JSON, but not a resume: {SCHEMA}")
    parts = [_basics(resume.get("basics")), *(_section(resume, field) for field in SECTIONS)]
    return Content("\n\n".join(part for part in parts if part))


def _basics(basics: Any) -> str:
    lines = [_joined(basics, (field,)) for field in ("name", "label")]
    lines += [_joined(basics, ("email", "phone", "url")), _joined(_of(basics, "location"), PLACE)]
    lines += [_joined(profile, PROFILE) for profile in _entries(basics, "profiles")]
    lines += ["", *_texts(_of(basics, "summary"))]
    return "\n".join(lines).strip()


def _section(resume: Any, field: str) -> str:
    heading, first, paragraphs = SECTIONS[field]
    lines = []
    for entry in _entries(resume, field):
        lines += [", ".join(filter(None, [_joined(entry, first), _dates(entry)]))]
        lines += [text for name in paragraphs for text in _texts(_of(entry, name))]
        lines += [f"• {text}" for name in LISTS for text in _texts(_of(entry, name))]
        lines += [", ".join(_texts(_of(entry, "keywords")))]
    shown = [line for line in lines if line]
    return "\n".join([heading, *shown]) if shown else ""


def _dates(entry: Any) -> str:
    dates = [" ".join(_texts(_of(entry, name))) for name in ("startDate", "endDate")]
    return " – ".join(filter(None, dates)) or " ".join(_texts(_of(entry, "date")))


def _entries(value: Any, field: str) -> list[Any]:
    entries = _of(value, field)
    return entries if isinstance(entries, list) else []


def _of(value: Any, field: str) -> Any:
    return value.get(field) if isinstance(value, dict) else None


def _joined(value: Any, fields: tuple[str, ...]) -> str:
    """Return what fields say, with commas; an entry that is a text says just that."""
    if isinstance(value, str):
        return value.strip()
    return ", ".join(text for field in fields for text in _texts(_of(value, field)))


def _texts(value: Any) -> Iterator[str]:
    """Yield the texts and numbers of a field or a list, and nothing of what else stands there."""
    if isinstance(value, list):
        for item in value:
            yield from _texts(item)
    elif (
        isinstance(value, str | int | float) and not isinstance(value, bool) and str(value).strip()
    ):
        yield str(value).strip()
