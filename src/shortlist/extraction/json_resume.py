"""A profile in the JSON Resume format (jsonresume.org, schema v1.0.0)."""

from typing import Any

from shortlist.extraction.entities import Position, Profile, Schooling

_STUDY_TYPES = {
    "none": "High School",
    "associate": "Associate",
    "bachelor": "Bachelor",
    "master": "Master",
    "doctorate": "Doctorate",
}


def json_resume(profile: Profile) -> dict[str, Any]:
    """Return a profile as a JSON Resume: what the format has no place for is left out.

    Skills are those named in the resume as held, grouped by field.
    """
    contact = profile.contact
    basics = {
        "name": contact.name and contact.name.text,
        "email": contact.emails[0].text if contact.emails else None,
        "phone": contact.phones[0].text if contact.phones else None,
        "url": contact.links[0].text if contact.links else None,
        "location": contact.location and {"address": contact.location.text},
    }
    return _filled(
        {
            "basics": _filled(basics),
            "work": [_work(position) for position in profile.positions],
            "education": [_education(entry) for entry in profile.education],
            "skills": _skills(profile),
            "certificates": [{"name": thing.name} for thing in profile.certifications],
            "projects": [
                _filled({"name": thing.name, "description": thing.note})
                for thing in profile.projects
            ],
            "languages": [
                _filled({"language": thing.name.title(), "fluency": thing.note})
                for thing in profile.languages
            ],
        }
    )


def _filled(values: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in values.items() if value}


def _work(position: Position) -> dict[str, Any]:
    period = position.period
    return _filled(
        {
            "name": position.employer and position.employer.text,
            "position": position.title and position.title.text,
            "startDate": period and period.since_iso,
            "endDate": period and period.until_iso,
            "summary": position.description and position.description.text,
        }
    )


def _education(entry: Schooling) -> dict[str, Any]:
    return _filled(
        {
            "institution": entry.school and entry.school.text,
            "area": entry.field and entry.field.text,
            "studyType": entry.level and _STUDY_TYPES[entry.level],
            "endDate": str(entry.year) if entry.year else None,
        }
    )


def _skills(profile: Profile) -> list[dict[str, Any]]:
    by_field: dict[str, list[str]] = {}
    for skill in profile.skills:
        if skill.status in ("used", "listed"):
            by_field.setdefault(skill.field, []).append(skill.name)
    return [{"name": field, "keywords": names} for field, names in by_field.items()]
