"""Profiles and postings as plain values for JSON; `SCHEMA` rises when a key changes its meaning."""

from collections.abc import Iterable
from typing import Any

from shortlist.extraction.entities import (
    Bullet,
    Contact,
    Mention,
    Named,
    Phrase,
    Position,
    Posting,
    Profile,
    Quote,
    Schooling,
    Section,
    Skill,
)

SCHEMA = 1

Json = dict[str, Any]


def profile_json(profile: Profile) -> Json:
    """Return a profile as plain values: `{"schema": 1, "years": 6.5, "skills": [...], ...}`.

    Every `start` and `end` counts characters of the document's text, so that
    `text[start:end]` is the quote beside it.
    """
    return {
        "schema": SCHEMA,
        "id": profile.id,
        "years": profile.years,
        "months": profile.months,
        "claimed_years": profile.claimed_years,
        "degree": profile.degree,
        "words": profile.words,
        "skills": [_skill(skill) for skill in profile.skills],
        "positions": [_position(position) for position in profile.positions],
        "education": [_schooling(entry) for entry in profile.education],
        "certifications": _named(profile.certifications),
        "projects": _named(profile.projects),
        "languages": _named(profile.languages),
        "bullets": [_bullet(bullet) for bullet in profile.bullets],
        "sections": [_section(section) for section in profile.sections],
        "phrases": _phrases(profile.phrases),
        "contact": _contact(profile.contact),
    }


def posting_json(posting: Posting) -> Json:
    """Return a posting as plain values: `{"schema": 1, "skills": {"must": [...]}, ...}`."""
    degree, pay = posting.degree, posting.pay
    return {
        "schema": SCHEMA,
        "id": posting.id,
        "title": posting.title and posting.title.text,
        "years": posting.years,
        "experience": [
            {"years": y.least, "most": y.most, "kind": y.kind, **_span(y.quote)}
            for y in posting.experience
        ],
        "degree": degree
        and {
            "level": degree.level,
            "required": degree.required,
            "or_equivalent": degree.or_equivalent,
            **_span(degree.quote),
        },
        "requirements": [
            {"text": asked.text, "kind": asked.kind, "start": asked.start, "end": asked.end}
            for asked in posting.requirements
        ],
        "skills": {
            "must": list(posting.must),
            "nice": list(posting.nice),
            "implied": list(posting.implied),
        },
        "mentions": {
            skill.name: [_mention(mention) for mention in skill.mentions]
            for skill in posting.skills
        },
        "certifications": _named(posting.certifications),
        "languages": _named(posting.languages),
        "responsibilities": [_span(quote) for quote in posting.responsibilities],
        "location": posting.location and posting.location.text,
        "work_mode": posting.work_mode,
        "pay": pay
        and {
            "low": pay.low,
            "high": pay.high,
            "currency": pay.currency,
            "period": pay.period,
            **_span(pay.quote),
        },
        "phrases": _phrases(posting.phrases),
        "boilerplate": [{"start": span.start, "end": span.end} for span in posting.boilerplate],
    }


def _span(quote: Quote) -> Json:
    return {"quote": quote.text, "start": quote.start, "end": quote.end}


def _mention(mention: Mention) -> Json:
    return {
        "quote": mention.text,
        "start": mention.start,
        "end": mention.end,
        "status": mention.status,
    }


def _skill(skill: Skill) -> Json:
    return {
        "name": skill.name,
        "field": skill.field,
        "status": skill.status,
        "months": skill.months,
        "confidence": skill.confidence,
        "mentions": [_mention(mention) for mention in skill.mentions],
        **({"via": list(skill.via)} if skill.via else {}),
    }


def _position(position: Position) -> Json:
    period = position.period
    quotes = {
        "title": position.title,
        "employer": position.employer,
        "description": position.description,
    }
    return {
        **{key: quote and quote.text for key, quote in quotes.items()},
        "since": period and period.since_iso,
        "until": period and period.until_iso,
        "current": period is not None and period.until_iso is None,
        "months": period and period.months,
        "skills": list(position.skills),
        "start": position.start,
        "end": position.end,
        "confidence": position.confidence,
        "spans": _spans({**quotes, "period": None})
        | ({"period": [period.start, period.end]} if period else {}),
    }


def _spans(quotes: dict[str, Quote | None]) -> dict[str, list[int]]:
    return {key: [quote.start, quote.end] for key, quote in quotes.items() if quote}


def _schooling(entry: Schooling) -> Json:
    quotes = {"degree": entry.degree, "field": entry.field, "school": entry.school}
    return {
        "level": entry.level,
        **{key: quote and quote.text for key, quote in quotes.items()},
        "year": entry.year,
        "completed": entry.completed,
        "start": entry.start,
        "end": entry.end,
        "confidence": entry.confidence,
        "spans": _spans(quotes),
    }


def _named(things: Iterable[Named]) -> list[Json]:
    return [
        {
            "name": thing.name,
            **({"note": thing.note} if thing.note else {}),
            **_span(thing.quote),
            "confidence": thing.quote.confidence,
        }
        for thing in things
    ]


def _phrases(phrases: Iterable[Phrase]) -> list[Json]:
    return [
        {
            **_span(phrase.quote),
            "kind": phrase.kind,
            "status": phrase.status,
            "confidence": phrase.quote.confidence,
        }
        for phrase in phrases
    ]


def _bullet(bullet: Bullet) -> Json:
    return {
        "quote": bullet.text,
        "start": bullet.start,
        "end": bullet.end,
        "quality": bullet.quality,
        "verb": bullet.verb,
        "number": bullet.number,
        "length_ok": bullet.length_ok,
        "skills": list(bullet.skills),
    }


def _section(section: Section) -> Json:
    heading = section.heading
    return {
        "kind": section.kind,
        "heading": heading and heading.text,
        "start": section.start,
        "end": section.end,
    }


def _contact(contact: Contact) -> Json:
    return {
        "name": contact.name and contact.name.text,
        "emails": [quote.text for quote in contact.emails],
        "phones": [quote.text for quote in contact.phones],
        "links": [quote.text for quote in contact.links],
        "location": contact.location and contact.location.text,
    }
