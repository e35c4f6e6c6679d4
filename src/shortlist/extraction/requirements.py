"""What a job asks for: its sections, bullets and sentences, without what every job says.

Headings and wording tell what must be there from what would be nice, and what describes the
employer, the pay or the procedure. Boilerplate is recognised sentence by sentence, so an
"About us" on top hides nothing that follows it.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from shortlist.extraction.job_wording import (
    COMPANY,
    HEADING_VOCABULARY,
    HEADINGS,
    MUST,
    NEVER,
    NICE,
    NOT_NEEDED,
    OFFERED,
    PASSING,
    SEEKS,
    TITLE_HEADING,
    TO_READER,
    Section,
)
from shortlist.extraction.sentences import Line, lines, sentences
from shortlist.records import Requirement, RequirementKind, Span

WEIGHTS: dict[Section, float] = {
    "title": 1.0,
    "must": 1.0,
    "nice": 0.5,
    "duty": 0.5,
    "open": 0.5,
    "about": 0.5,
    "offer": 0.5,
}
"""What a requirement counts by its section: duties tell what the work is, not what it takes."""

_TITLE_WORDS = 12
_HEADING_WORDS = 8
_KEY = re.compile(r"(?P<key>[^:\n]{2,60}?)\s*:(?:\s+|$)")


@dataclass(frozen=True, slots=True)
class _Statement:
    """A sentence of a job and the section it stands in."""

    start: int
    end: int
    section: Section


def requirements(text: str) -> tuple[Requirement, ...]:
    """Return what a job asks for, in the order of the text.

    Nothing is returned only for a text without letters or digits. `text[start:end]` is the
    requirement's text; one that is said twice is returned once.
    """
    statements = list(_statements(text)) or [
        _Statement(line.start, line.end, "open") for line in lines(text)
    ]
    asked: list[_Statement] = []
    for kept in (_is_asked, _is_not_aside, _is_anything):
        asked = asked or [s for s in statements if kept(s, text[s.start : s.end])]
    found: dict[str, Requirement] = {}
    for statement in asked:
        requirement = _requirement(statement, text)
        found.setdefault(" ".join(requirement.text.lower().split()), requirement)
    return tuple(found.values())


def title(text: str) -> Span | None:
    """Return where a job says what it is called, or None."""
    for statement in _statements(text):
        if statement.section == "title":
            return Span(statement.start, statement.end, "title")
    return None


def _requirement(statement: _Statement, text: str) -> Requirement:
    said = text[statement.start : statement.end]
    section = statement.section
    if section != "title":
        section = _section_worded(said) or section
    kind: RequirementKind = "nice" if section == "nice" else "must"
    return Requirement(said, kind, WEIGHTS[section], statement.start, statement.end)


def _section_worded(said: str) -> Section | None:
    """Return the section that the wording of a sentence stands for, whatever its heading."""
    if NOT_NEEDED.search(said):
        return "nice"
    if MUST.search(said):
        return "must"
    return "nice" if NICE.search(said) else None


def _is_asked(statement: _Statement, said: str) -> bool:
    if NEVER.search(said):
        return False
    if statement.section == "about":
        asks = SEEKS.search(said) or TO_READER.search(said)
        return bool(asks) and not OFFERED.search(said)
    if statement.section == "offer":
        return bool(SEEKS.search(said)) and not OFFERED.search(said)
    if statement.section == "open":
        return bool(SEEKS.search(said)) or not (COMPANY.search(said) or OFFERED.search(said))
    return True


def _is_not_aside(statement: _Statement, said: str) -> bool:
    return statement.section not in ("about", "offer") and not NEVER.search(said)


def _is_anything(_statement: _Statement, _said: str) -> bool:
    return True


def _statements(text: str) -> Iterator[_Statement]:
    """Yield the sentences of a job, each with its section; headings are left out."""
    section: Section = "open"
    title_wanted = True
    for line in lines(text):
        if title_wanted and _may_be_title(line, text):
            title_wanted = False
            yield _Statement(line.start, line.end, "title")
            continue
        heading = _heading(line, text)
        title_wanted = heading == "title"
        if heading:
            section = _next_section(section, heading)
            continue
        key = None if line.bullet else _KEY.match(text, line.start, line.end)
        named = _section_named(key["key"]) if key else None
        if key and named:
            start, here = key.end(), named
            section = section if named in PASSING else named
        else:
            start, here = line.start, section
        for first, last in sentences(text, start, line.end):
            yield _Statement(first, last, here)


def _next_section(section: Section, heading: Section) -> Section:
    """Return the section after a heading; one that says nothing ends only what is put aside."""
    if heading == "open" and section not in PASSING:
        return section
    return "open" if heading == "title" else heading


def _may_be_title(line: Line, text: str) -> bool:
    said = text[line.start : line.end]
    return (
        len(said.split()) <= _TITLE_WORDS
        and said[-1] not in ".!?:;"
        and not said.lower().startswith("about ")
        and not _KEY.match(said)
        and not _only_heading_words(said)
    )


def _heading(line: Line, text: str) -> Section | None:
    """Return the section that a line opens, or None where it is no heading."""
    said = text[line.start : line.end]
    colon = said.endswith(":")
    if len(said.split()) > _HEADING_WORDS or (line.bullet and not (colon or line.marked)):
        return None
    if not (colon or line.marked or _only_heading_words(said)):
        return None
    if said[-1] in ".!":
        return None
    return _section_named(said) or "open"


def _section_named(heading: str) -> Section | None:
    said = " ".join(_words(heading))
    if TITLE_HEADING.fullmatch(said):
        return "title"
    return next((section for section, pattern in HEADINGS if pattern.search(said)), None)


def _only_heading_words(said: str) -> bool:
    return all(word in HEADING_VOCABULARY for word in _words(said))


def _words(said: str) -> list[str]:
    return re.findall(r"[\w'-]+", said.lower().replace("\u2019", "'"))
