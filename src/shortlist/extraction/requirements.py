"""What a job asks for: its sections, bullets and sentences, without what every job says.

Headings and wording tell what must be there from what would be nice, and what describes the
employer, the pay or the procedure. Boilerplate is recognised sentence by sentence, so an
"About us" on top hides nothing that follows it.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from shortlist.extraction.bullets import is_action
from shortlist.extraction.job_wording import (
    ASIDE,
    BENEFITS,
    COMPANY,
    FLATTENED,
    HEADING_VOCABULARY,
    HEADINGS,
    MUST,
    NAMED_HEADING,
    NEVER,
    NICE,
    NO_STATEMENT,
    NOT_NEEDED,
    OFFERED,
    ONLY_A_MARK,
    OURSELVES,
    PAY_ALONE,
    PLACE_ALONE,
    RUN_ON,
    SEEKS,
    TITLE_HEADING,
    TO_DO,
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
    "fact": 0.5,
}
"""What a requirement counts by its section: duties tell what the work is, not what it takes."""

_TITLE_WORDS = 12
_HEADING_WORDS = 8
_INTRODUCTION_WORDS = 20
"""A line with a colon at its end may be longer: "In this role you will be expected to:"."""
_LONG = 40
"""Words of a sentence that is probably a list whose line breaks were lost."""

_KEY = re.compile(
    r"[*_]{0,3}(?P<key>[^:\n*]{2,60}?)(?:\s*[*_]{0,3}:[*_]{0,3}(?:\s+|$|(?=[A-Z]))|(?P<dash>\s+[-–]\s+))"
)

_COLON = re.compile(r"\s?:(?=\s)|\s[-–]\s")
_CAPITAL = re.compile(r"(?<!\S)[A-Z]")
_CLOSED = re.compile(r"^[^)]*\)?[.;,!]?$")
_HEADING = 60
"""Characters before a colon that a heading has at most."""

_ASIDE: frozenset[Section] = frozenset({"about", "offer", "fact"})


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
        told = "duty" if section in ("must", "nice") and TO_DO.match(said) else section
        section = _section_worded(said) or told
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
    alone = (PAY_ALONE, PLACE_ALONE, NO_STATEMENT)
    if NEVER.search(said) or any(pattern.fullmatch(said) for pattern in alone):
        return False
    if statement.section == "about":
        asks = SEEKS.search(said) or TO_READER.search(said)
        return bool(asks) and not OFFERED.search(said)
    if statement.section in ("offer", "fact"):
        return bool(SEEKS.search(said)) and not OFFERED.search(said)
    if statement.section == "open":
        return bool(SEEKS.search(said)) or not (COMPANY.match(said) or OFFERED.search(said))
    wanted = bool(SEEKS.search(said) or MUST.search(said))
    first = said.split(maxsplit=1)[0].lower()
    if BENEFITS.search(said) and not wanted and not is_action(first):
        return False
    return wanted or not OURSELVES.match(said)


def _is_not_aside(statement: _Statement, said: str) -> bool:
    return statement.section not in _ASIDE and not NEVER.search(said)


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
        heading = _opened(line, text)
        title_wanted = heading == "title"
        if heading:
            section = _next_section(section, heading)
            continue
        here = section
        for start, end in _pieces(text, line):
            named = None if line.bullet else _named(text, start, end)
            if named:
                here, start = named.section, named.end
                section = section if here in ("title", "fact") else here
            if start < end:
                yield _Statement(start, end, here)


def _named(text: str, start: int, end: int) -> _Statement | None:
    """Return the heading that a sentence consists of or begins with, before a colon or dash."""
    said = text[start:end]
    if _only_heading_words(said) and said[-1] not in ".!?":
        section = _section_named(said)
        return _Statement(start, end, section) if section else None
    key = _KEY.match(text, start, end)
    if not key or len(key["key"].split()) > _HEADING_WORDS:
        return None
    if key["dash"] and not _only_heading_words(key["key"]):
        return None
    section = _section_named(key["key"])
    return _Statement(start, key.end(), section) if section else None


def _pieces(text: str, line: Line) -> Iterator[tuple[int, int]]:
    """Yield the sentences of a line, and the items of a list that lost its line breaks."""
    for start, end in sentences(text, line.start, line.end):
        cuts = {match.start() for match in RUN_ON.finditer(text, start, end)}
        cuts |= set(_asides(text, start, end))
        if len(text[start:end].split()) > _LONG:
            cuts |= set(_breaks(text, start, end))
        for first, last in pairwise([start, *sorted(cuts), end]):
            piece = _without_open_bracket(text[first:last].strip(" \t\r\n-–"))
            if any(map(str.isalnum, piece)):
                first = text.index(piece, first)
                yield first, first + len(piece)


def _without_open_bracket(piece: str) -> str:
    """A piece without the bracket that was cut off from its other half, and commas before it."""
    if piece.startswith("("):
        inside, _, after = piece[1:].partition(")")
        return piece if any(map(str.isalnum, after)) else inside
    closed = piece.endswith(")") and "(" not in piece
    return piece.rstrip(", )" if closed else ", ")


def _asides(text: str, start: int, end: int) -> Iterator[int]:
    """Yield where a statement goes on with what is wanted more, or less, than its beginning."""
    for match in ASIDE.finditer(text, start, end):
        before, after = text[start : match.start()], text[match.end() : end]
        whole = ONLY_A_MARK.match(text, match.end() - 1)
        marked = NICE.search(after) or MUST.search(after)
        inside = "(" in match.group() and not _CLOSED.search(after)
        apart = marked and not whole and not inside and not NICE.search(before)
        if len(before.split()) > 1 and apart:
            yield match.end() - match.group().endswith("(")
            return


def _breaks(text: str, start: int, end: int) -> Iterator[int]:
    """Yield where a long sentence seems to have had line breaks: before items and headings."""
    for match in FLATTENED.finditer(text, start, end):
        if not match["verb"] or not match["before"][0].isupper():
            yield match.end()
    for colon in _COLON.finditer(text, start, end):
        for word in _CAPITAL.finditer(text, max(start, colon.start() - _HEADING), colon.start()):
            heading = text[word.start() : colon.start()]
            if _only_heading_words(heading) or heading.startswith("About "):
                yield word.start()
                break


def _next_section(section: Section, heading: Section) -> Section:
    """Return the section after a heading; one that says nothing ends only what is put aside."""
    if heading == "open" and section not in _ASIDE:
        return section
    return "open" if heading == "title" else heading


def _may_be_title(line: Line, text: str) -> bool:
    said = text[line.start : line.end]
    return (
        len(said.split()) <= _TITLE_WORDS
        and said[-1] not in ".!?:;"
        and not said.lower().startswith("about ")
        and ":" not in said
        and not _only_heading_words(said)
    )


def _opened(line: Line, text: str) -> Section | None:
    """Return the section that a line opens, or None where it is no heading."""
    said = text[line.start : line.end]
    colon = said.endswith(":")
    if colon and OFFERED.search(said) and not SEEKS.search(said):
        return "offer"
    if not line.bullet and NAMED_HEADING.fullmatch(said):
        return _section_named(said) or "about"
    longest = _INTRODUCTION_WORDS if colon else _HEADING_WORDS
    if len(said.split()) > longest or (line.bullet and not (colon or line.marked)):
        return None
    if not (colon or line.marked or _only_heading_words(said)):
        return None
    if said[-1] in ".!":
        return None
    return _section_named(said) or (_section_worded(said) if colon else None) or "open"


def _section_named(heading: str) -> Section | None:
    said = " ".join(_words(heading))
    if TITLE_HEADING.fullmatch(said):
        return "title"
    return next((section for section, pattern in HEADINGS if pattern.search(said)), None)


def _only_heading_words(said: str) -> bool:
    return all(word in HEADING_VOCABULARY for word in _words(said))


def _words(said: str) -> list[str]:
    return re.findall(r"[\w'-]+", said.lower().replace("\u2019", "'"))
