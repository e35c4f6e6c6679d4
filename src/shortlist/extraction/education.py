"""Education: degrees with their field, school and year, in either order."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from shortlist.extraction.dates import points
from shortlist.extraction.degrees import DegreeName, degrees, highest
from shortlist.extraction.entities import DEGREES, Degree, Quote, Schooling
from shortlist.extraction.sections import Row, SectionMap, rows

_SCHOOL = re.compile(
    r"\b(?:universit\w*|college|institut\w*|school|academy|polytechnic\w*|hochschule"
    r"|fachhochschule|école|ecole"
    r"|politecnico|universidad\w*|instituto|seminary|conservator\w+|lyc[ée]e|gymnasium|iit|mit"
    r"|ucla|suny|cuny)\b",
    re.IGNORECASE,
)
_SPLIT = re.compile(r"\s*(?:[|;•·\t(),–—]|\s-\s|:|\s{3,}|\bfrom\b|\bat\b)\s*")
_BEFORE_FIELD = re.compile(
    r"[\s)\].,:–—\-|(]*(?:(?:degree|diploma|honou?rs|hons\.?)\b[\s),.:–—-]*)?(?:(?:in|of"
    r"|with\s+a\s+major\s+in|major(?:ing)?"
    r"(?:\s+in)?|concentration(?:\s+in)?|specializ\w+\s+in|:|en|em)[\s:]+)?",
    re.IGNORECASE,
)
_FIELD = re.compile(
    r"[^\W\d_][^\n,;|()•:–—\d]*?(?=\s*(?:[\n,;|()•:–—]|\s-\s|\.(?:\s|$)|\d|$|\bfrom\b|\bat\b"
    r"|\bwith\b|\bGPA\b|\s{3,}))"
)
_NO_FIELD = re.compile(
    r"\b(?:gpa|degree|city|state|expected|graduat\w+|minor|honors|cum laude|usa?|present|current"
    r"|diploma|candidate"
    r"|select one|name of|awarded|completed|received|required|preferred)\b",
    re.IGNORECASE,
)
_UNFINISHED = re.compile(
    r"\b(?:expected|anticipated|pursuing|in\s+progress|in-progress|candidate|currently|ongoing"
    r"|enrolled|present|current"
    r"|to\s+date|heute|coursework\s+(?:toward|completed)|working\s+toward|incomplete"
    r"|not\s+completed"
    r"|no\s+degree|did\s+not\s+(?:complete|graduate)|some\s+college|credits?\s+toward)",
    re.IGNORECASE,
)
_NEVER_FINISHED = re.compile(
    r"\b(?:incomplete|not\s+completed|no\s+degree|did\s+not|coursework\s+toward|some\s+college"
    r"|credits?\s+toward)",
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
_YEARS_AHEAD = 8
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
    if any(entry.level for entry in entries):
        return tuple(entries)
    return (*entries, *_held_elsewhere(text, found, today))


def highest_degree(entries: Sequence[Schooling]) -> Degree | None:
    """Return the highest completed degree; `none` for less than one; None where none is told."""
    done = highest([entry.level for entry in entries if entry.level and entry.completed])
    if done is not None:
        return done
    return DEGREES[0] if any(entry.level or entry.school for entry in entries) else None


def _entries(text: str, start: int, end: int) -> Iterator[_Entry]:
    names = _one_for_each_row(text, degrees(text, start, end, in_education=True))
    lines = rows(text, start, end)
    if not names:
        for line in lines:
            if _SCHOOL.search(text, line.start, line.end):
                yield _Entry(line.start, line.end, None)
        return
    first_school = _SCHOOL.search(text, start, names[0].start)
    school_first = first_school is not None or bool(points(text[start : names[0].start]))
    cuts = [_row_of(lines, name.start) for name in names]
    for index, name in enumerate(names):
        if school_first:
            begin = (
                start if index == 0 else _end_of_entry(text, lines, cuts[index - 1], cuts[index])
            )
            stop = lines[cuts[index]].end
            if index + 1 == len(names):
                stop = end
            else:
                stop = max(stop, _end_of_entry(text, lines, cuts[index], cuts[index + 1]))
        else:
            begin = lines[cuts[index]].start
            stop = lines[cuts[index + 1]].start if index + 1 < len(names) else end
        yield _Entry(begin, max(stop, name.end), name)


def _row_of(lines: Sequence[Row], offset: int) -> int:
    return max((i for i, line in enumerate(lines) if line.start <= offset), default=0)


def _end_of_entry(text: str, lines: Sequence[Row], here: int, after: int) -> int:
    """Where an entry that named its school first ends: before the next school or year."""
    for line in lines[here + 1 : after]:
        if _SCHOOL.search(text, line.start, line.end) or points(text[line.start : line.end]):
            return line.start
    return lines[here].end


def _one_for_each_row(text: str, names: Sequence[DegreeName]) -> list[DegreeName]:
    """Keep one of several names for one degree, as in "Bachelor of Science (BSc)"."""
    kept: list[DegreeName] = []
    for name in names:
        if kept:
            gap = text[kept[-1].end : name.start]
            if kept[-1].level == name.level and "\n" not in gap.strip() and len(gap) < 40:
                continue
        kept.append(name)
    return kept


def _schooling(text: str, entry: _Entry, today: date, confidence: float) -> Schooling:
    year = _year(text, entry, today)
    school = _school(text, entry)
    field = _field(text, entry) if entry.name else None
    name = entry.name
    return Schooling(
        start=entry.start,
        end=entry.end,
        level=name.level if name else None,
        degree=_quote(text, name.start, name.end, confidence) if name else None,
        field=field,
        school=school,
        year=year,
        completed=_is_completed(text[entry.start : entry.end], year, today),
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


def _is_completed(entry: str, year: int | None, today: date) -> bool:
    if _NEVER_FINISHED.search(entry):
        return False
    if year is not None and year > today.year:
        return False
    return not _UNFINISHED.search(entry) or (
        year is not None and year < today.year and not _lasts(entry)
    )


def _lasts(entry: str) -> bool:
    return re.search(r"\b(?:present|current|pursuing|in progress|ongoing)", entry, re.I) is not None


def _school(text: str, entry: _Entry) -> Quote | None:
    best: Quote | None = None
    for line in rows(text, entry.start, entry.end):
        for piece in _pieces(text, line):
            named = _SCHOOL.search(text, piece.start, piece.end)
            if not named or piece.end - piece.start > 90 or not _is_name(text, piece):
                continue
            if entry.name and entry.name.start < piece.end and piece.start < entry.name.end:
                continue
            quote = _quote(text, piece.start, piece.end, 0.8)
            if best is None or _nearer(entry, quote, best):
                best = quote
    return best


def _nearer(entry: _Entry, new: Quote, old: Quote) -> bool:
    if entry.name is None:
        return False
    return abs(new.start - entry.name.start) < abs(old.start - entry.name.start)


def _pieces(text: str, line: Row) -> Iterator[Row]:
    at = line.start
    for cut in _SPLIT.finditer(text, line.start, line.end):
        if cut.start() > at:
            yield Row(at, cut.start(), False)
        at = cut.end()
    if at < line.end:
        yield Row(at, line.end, False)


def _is_name(text: str, piece: Row) -> bool:
    """A school's name has its words in capitals, but for the small ones."""
    words = text[piece.start : piece.end].split()
    big = [word for word in words if len(word) > 3]
    return bool(big) and sum(w[0].isupper() or not w[0].isalpha() for w in big) >= 0.6 * len(big)


def _field(text: str, entry: _Entry) -> Quote | None:
    assert entry.name is not None
    before = _BEFORE_FIELD.match(text, entry.name.end, entry.end)
    start = before.end() if before else entry.name.end
    match = _FIELD.match(text, start, min(entry.end, start + _MOST_FIELD + 20))
    if not match:
        return None
    written = match.group().rstrip(" .-")
    if not 2 < len(written) <= _MOST_FIELD or _INITIALS.fullmatch(written):
        return None
    if _NO_FIELD.search(written) or _SCHOOL.search(written) or degrees(written, 0, len(written)):
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
        if held or (kind == "header" and name.end - line_start < 80):
            stop = min(line_end, name.end + 120)
            yield _schooling(text, _Entry(begin, stop, name), today, 0.6)
