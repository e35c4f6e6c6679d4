"""Education: degrees with their field, school and year, in either order."""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from operator import attrgetter

from shortlist.extraction.dates import points
from shortlist.extraction.degrees import DegreeName, degrees, highest
from shortlist.extraction.entities import DEGREES, Degree, Quote, Schooling
from shortlist.extraction.sections import Row, SectionMap, rows
from shortlist.extraction.titles import employer_score

_SCHOOL = re.compile(
    r"\b(?:universit\w*|college|institut\w*|school|academy|polytechnic\w*|hochschule"
    r"|fachhochschule|école|ecole"
    r"|politecnico|universidad\w*|instituto|seminary|conservator\w+|lyc[ée]e|gymnasium|iit|mit"
    r"|ucla|suny|cuny)\b",
    re.IGNORECASE,
)
_CAMPUS = re.compile(
    r"(?:University of (?:California|Texas|Illinois|Wisconsin|Maryland|Massachusetts|Missouri"
    r"|Nebraska|Minnesota|Tennessee|Alabama|Colorado|Michigan|Hawaii|Nevada|North Carolina"
    r"|South Carolina|Arkansas|Maine)|California (?:State|Polytechnic) University|State University"
    r" of New York)(?=\s*(?:,|\s[-–]\s|\bat\b))"
)
_CAMPUS_NAME = re.compile(r"(?!CA\b)[A-Z][a-z]+(?: [A-Z][a-z]+)?(?=\s*(?:$|[,|(;•\n\d–-]))")
"""What follows the name of a university with several seats: "..., Berkeley"."""
_SPLIT = re.compile(
    r"\s*(?:[|;•·\t(),–—*`]|\s-\s|:|\s{3,}|\b(?:(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov"
    r"|Dec)[a-z]*\.?\s+)?(?:19|20)\d\d\b"
    r"|\b(?:from|at)\b(?=[^,\n]*\b(?:[Uu]niversit|[Cc]olleg|[Ii]nstitut|[Ss]chool|[Aa]cadem|[Pp]olytech)))\s*"
)
_BEFORE_FIELD = re.compile(
    r"[\s)\].,:–—\-|(]*(?:(?:degree|diploma|honou?rs|hons\.?)\b[\s),.:–—-]*)?(?:(?:in|of"
    r"|with\s+a\s+major\s+in|major(?:ing)?"
    r"(?:\s+in)?|concentration(?:\s+in)?|specializ\w+\s+in|:|en|em)[\s:]+)?",
    re.IGNORECASE,
)
_FIELD = re.compile(
    r"[^\W\d_][^\n\t,;|()•:–—\d]*?(?=\s*(?:[\n\t,;|()•:–—]|\s-\s|\.(?:\s|$)|\d|$|\bfrom\b|\bat\b"
    r"|\bwith\b|\bGPA\b|\s{3,}))"
)
_NO_FIELD = re.compile(
    r"\b(?:gpa|view|progress|degree|city|state|expected|graduat\w+|minor|honors|cum laude|usa?"
    r"|present|current"
    r"|diploma|candidate"
    r"|equivalent|select one|name of|awarded|completed|received|required|preferred)\b",
    re.IGNORECASE,
)
_MONTH = re.compile(r"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*\.?")
_GOES_ON = re.compile(
    r"\b(?:pursuing|in[\s-]progress|currently|ongoing|enrolled|present|current|to\s+date|heute|candidate)\b",
    re.IGNORECASE,
)
_EXPECTED = re.compile(
    r"\b(?:expected|anticipated|in[\s-]progress|enrolled|pursuing|in\s+view|pending|ongoing"
    r"|all\s+but\s+dissertation|abd)\b",
    re.IGNORECASE,
)
_NEVER_FINISHED = re.compile(
    r"\b(?:incomplete|not\s+completed|no\s+degree|did\s+not|(?:coursework|working|credits?)\s+towards?"
    r"|some\s+college)\b",
    re.IGNORECASE,
)
_HELD = re.compile(
    r"\b(?:i\s+)?(?:hold\w*|earned|received|complet\w+|obtained|have|has|possess\w*"
    r"|with)\s+(?:(?:a|an|my|the|his|her|two)\s+)?$"
    r"|^\W*$|[,;|•–—(]\s*$",
    re.IGNORECASE,
)
_HELD_AHEAD = re.compile(
    r"\s*(?:degree)?\s*(?:\bin\b|\bof\b|\bfrom\b|,\s*(?:[A-Z]{2,}|[A-Z][a-z]+\s+University)|[)|]|$"
    r"|\n)"
)
_MOST_FIELD = 60
_SECOND_NAME = 25
_LONGEST_SCHOOL = 90
_DIPLOMA = re.compile(r"\bschool\s+(?:diploma|graduate|equivalen)|\bged\b", re.IGNORECASE)
_YEARS_AHEAD = 8
_NAME_LINE = 60
_PERIOD_GAP = 9
_INITIALS = re.compile(r"(?:[A-Z]\.?){1,4}s?")


@dataclass(frozen=True, slots=True)
class _Entry:
    """The stretch of a section that tells of one degree."""

    start: int
    end: int
    name: DegreeName | None


def education(text: str, found: SectionMap, today: date) -> tuple[Schooling, ...]:
    """Return the entries of the sections on education, or else the degrees named as held elsewhere.

    A degree whose year is still to come, or that is said to be in progress, is not `completed`.
    """
    entries: list[Schooling] = []
    for section in found.of("education"):
        for entry in _entries(text, section.start, section.end):
            entries.append(_schooling(text, entry, today, 0.9))
    entries = list(_with_schools(entries))
    if any(entry.level for entry in entries):
        return tuple(entries)
    return (*entries, *_held_elsewhere(text, found, today))


def _with_schools(entries: Sequence[Schooling]) -> Iterator[Schooling]:
    """The entries; a degree that has no school is of the school that stands above the last one."""
    above: Quote | None = None
    for entry in entries:
        if entry.school is None and entry.level not in (None, "none") and above:
            yield replace(entry, school=replace(above, confidence=0.5))
            continue
        opens = entry.school and entry.degree and entry.school.start < entry.degree.start
        above = entry.school if opens else None
        yield entry


def highest_degree(entries: Sequence[Schooling]) -> Degree | None:
    """Return the highest completed degree, or `none` where only less than one is told.

    None where no entry names a degree, begun or completed, or school before one.
    """
    named = [entry for entry in entries if entry.level]
    if not named:
        return None
    return highest([e.level for e in named if e.level and e.completed]) or DEGREES[0]


def _entries(text: str, start: int, end: int) -> Iterator[_Entry]:
    names = _one_for_each_degree(text, degrees(text, start, end, in_education=True))
    lines = rows(text, start, end)
    if not names:
        for line in lines:
            if _SCHOOL.search(text, line.start, line.end):
                yield _Entry(line.start, line.end, None)
        return
    cuts = [start, *_cuts(text, lines, names), end]
    for name, begin, stop in zip(names, cuts[:-1], cuts[1:], strict=True):
        yield _Entry(begin, max(stop, name.end), name)


def _cuts(text: str, lines: Sequence[Row], names: Sequence[DegreeName]) -> Iterator[int]:
    """Where one entry ends and the next begins.

    A section that names a school or a year before its first degree keeps to that order.
    """
    top = text[lines[0].start : names[0].start]
    dated, school = points(top), _SCHOOL.search(top)
    year_first = bool(dated) and (school is None or dated[0].start < school.start())
    at = [_row_of(lines, name.start) for name in names]
    for here, after, name in zip(at[:-1], at[1:], names[1:], strict=True):
        if here == after:
            yield name.start
        elif year_first or school:
            yield _start_of_entry(text, lines[here + 1 : after + 1], year_first)
        else:
            yield lines[after].start


def _row_of(lines: Sequence[Row], offset: int) -> int:
    return max(bisect_right(lines, offset, key=attrgetter("start")) - 1, 0)


def _start_of_entry(text: str, lines: Sequence[Row], year_first: bool) -> int:
    """Where an entry begins that opens with its year, or its school: at the first such row."""
    for line in lines:
        opens = points(text[line.start : line.end]) if year_first else _is_school(text, line)
        if opens:
            return line.start
    return lines[-1].start


def _is_school(text: str, line: Row) -> bool:
    return _SCHOOL.search(text, line.start, line.end) is not None and not _DIPLOMA.search(
        text, line.start, line.end
    )


def _one_for_each_degree(text: str, names: Sequence[DegreeName]) -> list[DegreeName]:
    """Keep one of several names for one degree, as in "Bachelor of Science (BSc)".

    "Riverton High School" names a school; it tells of no degree where another name does.
    """
    kept: list[DegreeName] = []
    for name in names:
        if len(names) > 1 and text[name.start : name.end].lower() == "high school":
            continue
        if kept:
            gap = text[kept[-1].end : name.start]
            if kept[-1].level == name.level and "\n" not in gap.strip() and len(gap) < 40:
                continue
        kept.append(name)
    return kept


def _schooling(text: str, entry: _Entry, today: date, confidence: float) -> Schooling:
    year = _year(text, entry, today)
    field = _field(text, entry) if entry.name else None
    school = _school(text, entry, field)
    name = entry.name
    return Schooling(
        start=entry.start,
        end=entry.end,
        level=name.level if name else None,
        degree=_quote(text, name.start, name.end, confidence) if name else None,
        field=field,
        school=school,
        year=year,
        completed=_is_completed(text, entry, year, today),
        confidence=confidence if name else 0.5,
    )


def _year(text: str, entry: _Entry, today: date) -> int | None:
    """The last year of the date, or of the period, that stands nearest to the degree's name."""
    at = entry.name.start - entry.start if entry.name else 0
    piece = text[entry.start : entry.end]
    dated = [p for p in points(piece) if p.first // 12 <= today.year + _YEARS_AHEAD]
    if not dated:
        return None
    nearest = min(dated, key=lambda p: abs(p.start - at))
    beside = [p for p in dated if 0 <= p.start - nearest.end < _PERIOD_GAP]
    return max(p.last // 12 for p in (nearest, *beside))


def _is_completed(text: str, entry: _Entry, year: int | None, today: date) -> bool:
    if entry.name is None:
        return True
    around = text[max(entry.start, entry.name.start - 60) : min(entry.end, entry.name.end + 150)]
    beside = text[max(entry.start, entry.name.start - 60) : min(entry.end, entry.name.end + 60)]
    if _NEVER_FINISHED.search(around) or (year is not None and year > today.year):
        return False
    if _GOES_ON.search(beside):
        return False
    if not _EXPECTED.search(around):
        return True
    return year is not None and year < today.year and str(year) in around


def _school(text: str, entry: _Entry, field: Quote | None) -> Quote | None:
    """The name of a school that stands nearest to the degree; else a row that may be a name."""
    pieces = [
        piece
        for line in rows(text, entry.start, entry.end)
        for piece in _pieces(text, line)
        if _is_name(text, piece) and not _is_part_of_degree(entry, field, piece)
    ]
    named = [p for p in pieces if _is_school(text, p)]
    if named:
        nearest = min(named, key=lambda piece: _distance(entry, piece))
        return _quote(text, nearest.start, nearest.end, 0.8)
    for piece in pieces:
        is_row = text[max(0, piece.start - 1)] == "\n" or "\n" in text[piece.end : piece.end + 2]
        if entry.name and is_row and employer_score(text[piece.start : piece.end]) > 0:
            return _quote(text, piece.start, piece.end, 0.4)
    return None


def _is_part_of_degree(entry: _Entry, field: Quote | None, piece: Row) -> bool:
    named = [(entry.name.start, entry.name.end)] if entry.name else []
    named += [(field.start, field.end)] if field else []
    return any(start < piece.end and piece.start < end for start, end in named)


def _distance(entry: _Entry, piece: Row) -> int:
    return abs(piece.start - entry.name.start) if entry.name else piece.start


def _pieces(text: str, line: Row) -> Iterator[Row]:
    at = line.start
    for cut in _SPLIT.finditer(text, line.start, line.end):
        if _CAMPUS.match(text, at, line.end) and _CAMPUS_NAME.match(text, cut.end(), line.end):
            continue
        if cut.start() > at:
            yield Row(at, cut.start(), False)
        at = cut.end()
    if at < line.end:
        yield Row(at, line.end, False)


def _is_name(text: str, piece: Row) -> bool:
    """A school's name has its words in capitals, but for the small ones."""
    words = text[piece.start : piece.end].split()
    if piece.end - piece.start > _LONGEST_SCHOOL or points(text[piece.start : piece.end]):
        return False
    big = [word for word in words if len(word) > 3]
    return bool(big) and sum(w[0].isupper() or not w[0].isalpha() for w in big) >= 0.6 * len(big)


def _field(text: str, entry: _Entry) -> Quote | None:
    assert entry.name is not None
    before = _BEFORE_FIELD.match(text, entry.name.end, entry.end)
    start = before.end() if before else entry.name.end
    again = degrees(text, start, min(entry.end, start + _SECOND_NAME), in_education=True)
    if again and again[0].start == start and again[0].level == entry.name.level:
        before = _BEFORE_FIELD.match(text, again[0].end, entry.end)  # "Bachelor of Arts - BA, Law"
        start = before.end() if before else again[0].end
    match = _FIELD.match(text, start, min(entry.end, start + _MOST_FIELD + 20))
    if not match:
        return None
    written = match.group().rstrip(" .-")
    if not 2 < len(written) <= _MOST_FIELD or _INITIALS.fullmatch(written):
        return None
    if (
        _MONTH.fullmatch(written)
        or _NO_FIELD.search(written)
        or _SCHOOL.search(written)
        or degrees(written, 0, len(written))
    ):
        return None
    return _quote(text, start, start + len(written), 0.7)


def _quote(text: str, start: int, end: int, confidence: float) -> Quote:
    return Quote(text[start:end], start, end, confidence)


def _held_elsewhere(text: str, found: SectionMap, today: date) -> Iterator[Schooling]:
    """Degrees beside a name ("Jane Roe, MBA") and in sentences ("holds a PhD in physics")."""
    for name in degrees(text, 0, len(text)):
        kind = found.kind_at(name.start)
        line_start = text.rfind("\n", 0, name.start) + 1
        line_end = text.find("\n", name.end)
        line_end = len(text) if line_end < 0 else line_end
        begin = max(line_start, name.start - 60)
        before = text[begin : name.start]
        held = _HELD.search(before) and _HELD_AHEAD.match(text, name.end)
        after_name = kind == "header" and line_end - line_start < _NAME_LINE
        if held or (after_name and text[name.end : line_end].strip()[:1] in ("", ",", "|")):
            stop = min(line_end, name.end + 120)
            yield _schooling(text, _Entry(begin, stop, name), today, 0.6)
