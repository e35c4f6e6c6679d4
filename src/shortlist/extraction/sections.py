"""The sections of a resume: by its headings, whatever their wording and place in the line."""

import re
from bisect import bisect_right
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace

from shortlist.extraction.degrees import degrees
from shortlist.extraction.entities import Quote, Section, SectionKind
from shortlist.extraction.headings import heading_kind

_ROW = re.compile(r"[^\n]+")
_MARKS = re.compile(r"[\s•·▪▫◦‣●■□○►▸»➢➤✓✔→▸▹◇◆○⚫❖◆★⁃∙\uf0b7\uf0a7\uf0d8*–—\-|#>=_~]*")
_LABEL = re.compile(r"[^\n\t:–—|]{3,40}?(?=\s*(?::|\t|\s[–—|]\s))")
_AFTER_LABEL = re.compile(r"[ \t]*[:–—|]?[ \t]*")
_LONG_ROW = 600
"""A row this long has lost its line breaks; headings are looked for inside it."""
_INSIDE = re.compile(
    r"(?<![\w,&/-])(?P<heading>(?:Work|Professional|Employment|Relevant|Military) (?:Experience"
    r"|History|Service)"
    r"|(?:WORK|PROFESSIONAL|EMPLOYMENT|RELEVANT) (?:EXPERIENCE|HISTORY)|Experience|EXPERIENCE"
    r"|Education(?: and Training)?|EDUCATION|(?:Technical |Computer |Key |Core )?Skills"
    r"|(?:TECHNICAL )?SKILLS"
    r"|(?:Professional |Executive )?Summary|SUMMARY|Certifications(?:/Licenses)?|CERTIFICATIONS"
    r"|Additional Information|Publications|Projects|PROJECTS|Awards"
    r"|Languages)(?=\s*:?\s+\S)"
)
_RUN_ON = re.compile(
    r"\b(?:of|the|in|and|for|with|a|an|to|my|your|our|their|his|her|or|&|by|as|on)\s+$"
)
_LOWER_WORD = re.compile(r"\b[a-z][\w'’-]*\s+$")
_NEAR = 30
_A_YEAR = re.compile(r"\b(?:19|20)\d\d\b|\b\d{1,2}/\d\d\b|['’]\d\d\b")
_APART = frozenset(
    (
        *("skills", "technical skills", "key skills", "core skills", "computer skills"),
        *("certifications", "certification", "certificates", "licenses", "languages", "interests"),
        *("hobbies", "references", "qualifications", "memberships", "licenses and certifications"),
        *("licenses & certifications", "certifications & licenses", "language skills"),
    )
)
"""Headings that seldom stand inside the description of a job."""
_MAIN: frozenset[SectionKind] = frozenset(("experience", "education", "skills", "summary"))
_WITHIN_JOBS: frozenset[SectionKind] = frozenset(("achievements", "summary", "skills", "projects"))

COMPLETENESS: dict[SectionKind, int] = {
    "experience": 20,
    "skills": 15,
    "education": 12,
    "projects": 12,
    "summary": 10,
    "certifications": 8,
    "achievements": 5,
}
"""What each kind of section counts towards `completeness`."""


@dataclass(frozen=True, slots=True)
class Row:
    """A line of the text without bullets and space around it."""

    start: int
    end: int
    bullet: bool


class SectionMap:
    """The sections of a text, and which of them an offset stands in."""

    def __init__(self, sections: Sequence[Section]) -> None:
        """Keep sections that are sorted and disjoint."""
        self.sections = tuple(sections)
        self._starts = [section.start for section in sections]

    def kind_at(self, offset: int) -> SectionKind:
        """Return the kind of the section at an offset."""
        at = bisect_right(self._starts, offset) - 1
        return self.sections[at].kind if at >= 0 else "header"

    def of(self, *kinds: SectionKind) -> list[Section]:
        """Return the sections of these kinds, in order."""
        return [section for section in self.sections if section.kind in kinds]


def rows(text: str, start: int = 0, end: int | None = None) -> list[Row]:
    """Return the lines of `text[start:end]` that hold a letter or a digit."""
    found = []
    for match in _ROW.finditer(text, start, len(text) if end is None else end):
        line_start, last = match.span()
        marks = _MARKS.match(text, line_start, last)
        first = marks.end() if marks else line_start
        last = first + len(text[first:last].rstrip())
        if first < last and (text[first].isalnum() or any(map(str.isalnum, text[first:last]))):
            bullet = bool(text[line_start:first].strip(" \t\r#|>=_~"))
            found.append(Row(first, last, bullet))
    return found


def sections(text: str) -> SectionMap:
    """Return the sections of a resume; what stands before the first heading is its `header`."""
    lines = rows(text)
    headings = [heading for row in lines for heading in _headings_in(text, row)]
    headings = _without_subheadings(text, _read_again(text, headings))
    found = []
    first = headings[0].start if headings else len(text)
    if text[:first].strip():
        found.append(Section("header", 0, first))
    for heading, after in zip(headings, [*headings[1:], None], strict=False):
        end = after.start if after else len(text)
        quote = Quote(text[heading.start : heading.end], heading.start, heading.end, heading.sure)
        mark = _AFTER_LABEL.match(text, heading.end, end) if heading.label else None
        found.append(Section(heading.kind, mark.end() if mark else heading.end, end, quote))
    return SectionMap(found)


def completeness(found: SectionMap) -> float:
    """Return the share in [0, 1] of the usual sections that are there, by `COMPLETENESS`."""
    kinds = {section.kind for section in found.sections}
    return sum(COMPLETENESS.get(kind, 0) for kind in kinds) / sum(COMPLETENESS.values())


@dataclass(frozen=True, slots=True)
class _Heading:
    start: int
    end: int
    kind: SectionKind
    sure: float
    label: bool
    """Text follows on its line."""


def _headings_in(text: str, row: Row) -> Iterator[_Heading]:
    if row.end - row.start > _LONG_ROW:
        yield from _headings_inside(text, row)
        return
    if row.end - row.start <= 60:
        line_start = text.rfind("\n", 0, row.start) + 1
        kind = heading_kind(text[line_start : row.end].strip())
        if kind and not (row.bullet and text[row.start : row.end].islower()):
            yield _Heading(row.start, row.end, kind, 0.95, False)
            return
    label = _LABEL.match(text, row.start, row.end)
    if label and not row.bullet:
        kind = heading_kind(label.group())
        if kind and kind not in ("projects", "other", "personal"):
            yield _Heading(label.start(), label.end(), kind, 0.8, True)


def _headings_inside(text: str, row: Row) -> Iterator[_Heading]:
    for match in _INSIDE.finditer(text, row.start, row.end):
        if match.start() > row.start and not _may_open(text, row.start, match):
            continue
        kind = heading_kind(match["heading"])
        if kind:
            yield _Heading(match.start("heading"), match.end("heading"), kind, 0.6, False)


def _may_open(text: str, start: int, match: re.Match[str]) -> bool:
    """Whether a heading word inside a line is one: no sentence runs on before or after it."""
    near = max(start, match.start() - _NEAR)
    if _RUN_ON.search(text, near, match.start()):
        return False
    goes_on = text[match.end() : match.end() + _NEAR].lstrip(" \t:")[:1].islower()
    return not goes_on or _LOWER_WORD.search(text, near, match.start()) is None


def _read_again(text: str, headings: Sequence[_Heading]) -> list[_Heading]:
    """Headings of two meanings, by what stands below: "Qualifications" may list degrees.

    That holds only where no other heading is of that kind.
    """
    kinds = {heading.kind for heading in headings}
    ends = [*(heading.start for heading in headings[1:]), len(text)]
    return [
        replace(heading, kind=_by_content(text, heading, end, kinds))
        for heading, end in zip(headings, ends, strict=False)
    ]


def _by_content(
    text: str, heading: _Heading, end: int, kinds: Collection[SectionKind]
) -> SectionKind:
    said = text[heading.start : heading.end].lower()
    below = text[heading.end : end]
    if "qualification" in said and "education" not in kinds:
        return "education" if degrees(below, 0, len(below), in_education=True) else heading.kind
    if "background" in said and heading.kind == "summary" and "experience" not in kinds:
        return "experience" if len(_A_YEAR.findall(below)) > 1 else heading.kind
    return heading.kind


def _is_apart(text: str, heading: _Heading, end: int, above: _Heading) -> bool:
    """Whether a heading with a colon is one like that of the section above it, and no part of it.

    "Skills: Java" ends the jobs where no dates follow before the next heading.
    """
    plain = text[heading.start : heading.end].rstrip(": ").lower()
    below = text[heading.end : end]
    if plain == "qualifications" and degrees(below, 0, len(below), in_education=True):
        return True
    if plain not in _APART or len(_A_YEAR.findall(text, heading.end, end)) > 1:
        return False
    return heading.label or text[above.end - 1] == ":"


def _without_subheadings(text: str, headings: Sequence[_Heading]) -> list[_Heading]:
    """Drop headings that structure a section from within.

    "Key achievements:" under a job is part of that job, "Languages: Java, SQL" under the skills
    part of the skills.
    """
    kept: list[_Heading] = []
    ends = [*(heading.start for heading in headings[1:]), len(text)]
    for heading, end in zip(headings, ends, strict=False):
        above = kept[-1].kind if kept else "header"
        ends_with_colon = heading.label or text[heading.end - 1] == ":"
        if above in ("experience", "education") and _is_apart(text, heading, end, kept[-1]):
            kept.append(heading)
            continue
        if above == "skills" and text[heading.start : heading.end] == "Training":
            continue
        if above == "skills" and heading.label and heading.kind not in ("experience", "education"):
            continue
        if above == "experience" and ends_with_colon and heading.kind in _WITHIN_JOBS:
            continue
        if heading.label and heading.kind not in _MAIN and above in ("experience", "education"):
            continue
        kept.append(heading)
    return kept
