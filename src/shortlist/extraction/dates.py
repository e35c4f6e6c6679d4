"""Dates and periods, in the ways people write them, and how many months periods cover together.

A month is counted from year 0: `12 * year + month - 1`. A period takes in its first month and
leaves out `end`, so that its length is a subtraction.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

_MONTHS = (
    """jan january januar janvier janv enero ene gennaio gen janeiro januari styczeń stycznia ocak
    ledna января январь""",
    """feb february februar février fevrier févr fev febrero febbraio fevereiro februari luty lutego
    şubat února февраля февраль""",
    "mar march märz maerz mrz mars marzo março marco maart marzec marca mart března марта март",
    """apr april avril avr abril abr aprile kwiecień kwietnia nisan dubna апреля апрель""",
    "may mai mayo maggio mag maio mei maj maja mayıs května мая май",
    """jun june juni juin junio giugno giu junho czerwiec czerwca haziran června июня июнь""",
    "jul july juli juillet juil julio luglio lug julho lipiec lipca temmuz července июля июль",
    """aug august août aout agosto ago augustus sierpień sierpnia augusti ağustos srpna августа
    август""",
    """sep sept september septembre septiembre settembre set setembro wrzesień września eylül září
    сентября сентябрь""",
    """oct october oktober okt octobre octubre ottobre ott outubro out październik października
    ekim října октября октябрь""",
    "nov november novembre noviembre novembro listopad listopada kasım listopadu ноября ноябрь",
    """dec december dezember dez décembre decembre déc diciembre dic dicembre dezembro grudzień
    grudnia aralık prosince декабря декабрь""",
)
_MONTH_OF = {word: number for number, words in enumerate(_MONTHS, 1) for word in words.split()}
# First and last month; winter is taken as the first weeks of the year that it is named with.
_SEASONS = {
    "winter": (1, 2),
    "spring": (3, 5),
    "summer": (6, 8),
    "fall": (9, 11),
    "autumn": (9, 11),
    "q1": (1, 3),
    "q2": (4, 6),
    "q3": (7, 9),
    "q4": (10, 12),
}
_SINCE = frozenset(
    ("since", "seit", "depuis", "desde", "dal", "dalla", "sinds", "od", "sedan", "siden", "с")
)
_BETWEEN = frozenset(("between", "zwischen", "entre", "tra", "tussen", "mellan"))

_YEAR = re.compile(
    r"(?<![\d$€£#,%])(?:(?P<year>19[4-9]\d|20[0-4]\d)(?!/\d\d?/)|(?P<month>0?[1-9]"
    r"|1[0-2])/(?P<short>\d\d)"
    r"|['’](?P<quoted>\d\d))(?![\d%])(?!/(?!(?:0[1-9]|1[0-2])(?![\d/])))(?!,\d)"
)
_WORD_BEFORE = re.compile(
    r"(?:\b\d{1,2}(?:st|nd|rd|th|\.)?\s+(?:de\s+|of\s+)?)?"
    r"(?<![^\W\d_])(?P<word>[^\W\d_]{3,12}|[Qq][1-4])"
    r"[.,]?(?:\s+(?:de|del|of))?[\s\-–/]*(?:\d{1,2}(?:st|nd|rd|th)?,?\s*)?$"
)
_NUMBER_BEFORE = re.compile(
    r"(?:(?<=\d{4}-)|(?<![\d/.\-]))(?P<first>\d{1,2})[/.\-](?:(?P<second>\d{1,2})[/.\-])?$"
)
_NUMBER_AFTER = re.compile(
    r"(?:[-/.](?P<month>0[1-9]|1[0-2])(?:[-/.](?:[0-2]\d|3[01]))?|年\s*(?P<kanji>\d{1,2})月)(?![\d/])"
)
_WORD_AFTER = re.compile(
    r",?[ \t]+(?P<word>[^\W\d_]{3,12})\.?(?=[ \t]*(?:[-–—,:;)(|\n]|to\b|until\b|till\b|$))"
    r"(?!,?[ \t]*(?:19|20)\d\d)"
)
_YEAR_AFTER = re.compile(r"\s?[-–—/]\s?(?P<short>\d\d)(?![\d/.\-])")
_DASH = r"(?:[-–—−‐~→>]|â€“|â€”|â€\S|ï¼\u200b?|�|ー)+"
_BETWEEN_POINTS = re.compile(
    rf"[\s,.)(|]*(?:{_DASH}|to|through|thru|until|till|up\sto|bis(?:\s+zum)?|à|a|au|al|hasta"
    rf"|fino\s+a"
    r"|até|tot|do|til|至|到|по|and)(?:\s+el)?[\s(]*",
    re.IGNORECASE,
)
_PRESENT = re.compile(
    rf"[\s,.)|]*(?:(?:{_DASH}|to|through|thru|until|till|bis|à|a|au|al|hasta|até|tot|do|til|至|到"
    rf"|по)[\s(]*)+"
    r"(?:the\s+|la\s+|le\s+)?(?:pres(?:ent|net|\b)|curr(?:ent(?:ly)?|\b)|now\b|today\b|ongoing"
    r"|to\s+date|date\b"
    r"|heute|aktuell|jetzt|laufend|aujourd['’]hui|actuel\w*|ce\s+jour|présent|actualidad|presente"
    r"|actual\b|hoy\b"
    r"|oggi|attuale?|atual\w*|momento|heden|nu\b|obecnie|teraz|nuvarande|günümüz|halen"
    r"|настоящее\s+время|今|至今|现在|現在)",
    re.IGNORECASE,
)
_MONTH_TO = re.compile(
    rf"(?<![^\W_])(?P<word>[^\W\d_]{{3,12}})\.?\s*(?:{_DASH}|/|to|bis|à|hasta|tot|do)\s*$",
    re.IGNORECASE,
)
"""A month before a dash and a whole date: "Jun - Aug 2022"."""
_ONWARDS = re.compile(r"\s*(?:onwards?\b|[-–—][ \t]*(?=\n|$|\)))", re.IGNORECASE)
_LOOK_BACK = 30
_LONGEST = 12 * 70


class _Month(NamedTuple):
    """The first and the last month that a date names, and whether it names only a year."""

    first: int
    last: int
    bare: bool
    iso: str


@dataclass(frozen=True, slots=True)
class Point:
    """A date in a text. `iso` is `2014` or `2014-07`; `first` and `last` are months."""

    start: int
    end: int
    first: int
    last: int
    bare: bool
    iso: str


@dataclass(frozen=True, slots=True)
class Period:
    """A stretch of time in a text: its first month, the month after its last, and its dates.

    `until` is None while it lasts. `now` is where `today` was put in.
    """

    start: int
    end: int
    first: int
    after: int
    since_iso: str
    until_iso: str | None
    exact: bool
    """Both ends name a month."""

    @property
    def months(self) -> int:
        """How many months it covers, at least one."""
        return self.after - self.first


def points(text: str) -> list[Point]:
    """Return the dates of a text in order: a year, with its month, season or quarter if named."""
    found: list[Point] = []
    for match in _YEAR.finditer(text):
        point = _point(text, match, found[-1].end if found else 0)
        if point and (not found or point.start >= found[-1].end):
            found.append(point)
    return found


def periods(text: str, today: date) -> list[Period]:
    """Return the periods of a text in order.

    A bare year counts from its January at both ends, so 2014-2016 are 24 months; a named month is
    counted in full at both ends, so 01/2019 - 03/2020 are 15. What lasts until now ends with the
    month before `today`'s. Periods that run backwards or begin in the future are left out.
    """
    now = 12 * today.year + today.month - 1
    dates = points(text)
    found: list[Period] = []
    used = -1
    for index, point in enumerate(dates):
        if index <= used:
            continue
        after = dates[index + 1] if index + 1 < len(dates) else None
        period, took_next = _period(text, point, after, now)
        used = index + took_next
        if period and period.first <= now and 0 < period.months <= _LONGEST:
            found.append(period)
    return found


def merged_months(stretches: Iterable[Period]) -> int:
    """Return how many months periods cover together, each month counted once."""
    covered, reached = 0, 0
    for period in sorted(stretches, key=lambda p: p.first):
        covered += max(0, period.after - max(period.first, reached))
        reached = max(reached, period.after)
    return covered


def _point(text: str, match: re.Match[str], floor: int) -> Point | None:
    """The date of a year, with the month before or behind it; the last one ends at `floor`."""
    short = match["short"] or match["quoted"]
    year = int(match["year"]) if match["year"] else _full_year(int(short))
    if match["month"]:
        month = _of_month(year, int(match["month"]))
        return Point(match.start(), match.end(), *month)
    start = max(0, match.start() - _LOOK_BACK)
    before = text[start : match.start()]
    word = _WORD_BEFORE.search(before, max(0, floor - start))
    if word and (named := _named(word["word"].lower(), year)):
        return Point(start + word.start(), match.end(), *named)
    if match["quoted"]:
        return None
    number = _NUMBER_BEFORE.search(before)
    if number and (named := _numbered(number, year)):
        return Point(start + number.start(), match.end(), *named)
    end, month = _behind(text, match, year)
    return Point(match.start(), end, *month)


def _behind(text: str, match: re.Match[str], year: int) -> "tuple[int, _Month]":
    """The month that stands behind a year, or the whole year, and where that ends."""
    word = _WORD_AFTER.match(text, match.end())
    if word and (month := _MONTH_OF.get(word["word"].lower())):
        return word.end(), _of_month(year, month)
    number = _NUMBER_AFTER.match(text, match.end())
    if number and not _is_short_range(text, match, number):
        return number.end(), _of_month(year, int(number["month"] or number["kanji"]))
    return match.end(), _Month(12 * year, 12 * year + 11, True, str(year))


def _full_year(short: int) -> int:
    return 2000 + short if short < 45 else 1900 + short


def _of_month(year: int, month: int) -> _Month:
    index = 12 * year + month - 1
    return _Month(index, index, False, f"{year}-{month:02}")


def _named(word: str, year: int) -> _Month | None:
    if word in _MONTH_OF:
        return _of_month(year, _MONTH_OF[word])
    if word in _SEASONS:
        first, last = _SEASONS[word]
        return _Month(12 * year + first - 1, 12 * year + last - 1, False, f"{year}-{first:02}")
    return None


def _numbered(number: re.Match[str], year: int) -> _Month | None:
    """The month of 03/2019, 3/15/2019 and 15.3.2019; where both fit, the month comes first."""
    parts = [int(number["first"])] + ([int(number["second"])] if number["second"] else [])
    month = next((part for part in parts if 1 <= part <= 12), None)
    return _of_month(year, month) if month else None


def _is_short_range(text: str, year: re.Match[str], after: re.Match[str]) -> bool:
    """Whether 2010-12 means 2010 to 2012: when it stands alone and the years run forwards."""
    short = after["month"]
    if short is None or text[after.start()] != "-" or after.end() - after.start() > 3:
        return False
    in_range = _BETWEEN_POINTS.match(text, after.end()) or _PRESENT.match(text, after.end())
    before = text[max(0, year.start() - 4) : year.start()].rstrip()
    second_half = before.endswith(("-", "–", "—", "to"))
    return not in_range and not second_half and int(short) > int(year["year"]) % 100


def _period(text: str, point: Point, after: Point | None, now: int) -> "_Found":
    since = _month_before(text, point)
    if since is not None:
        return _Found(_from_to(since, point, now), 0)
    if after and after.start - point.end < _LOOK_BACK:
        gap = text[point.end : after.start]
        linked = _BETWEEN_POINTS.fullmatch(gap) and (
            gap.strip().lower() != "and" or _word_before(text, point) in _BETWEEN
        )
        if linked or _has_lost_its_dash(gap, point, after):
            return _Found(_from_to(point, after, now), 1)
    present = _PRESENT.match(text, point.end)
    if present:
        return _Found(_until_now(point, present.end(), now), 0)
    if point.bare:
        short = _YEAR_AFTER.match(text, point.end)
        year = point.first // 12
        if short and (last := year // 100 * 100 + int(short["short"])) > year:
            until = Point(point.end, short.end(), 12 * last, 12 * last + 11, True, str(last))
            return _Found(_from_to(point, until, now), 0)
    if _word_before(text, point) in _SINCE:
        return _Found(_until_now(point, point.end, now), 0)
    onwards = _ONWARDS.match(text, point.end)
    return _Found(_until_now(point, onwards.end(), now) if onwards else None, 0)


def _month_before(text: str, point: Point) -> Point | None:
    """The month of the same year that a date without one of its own runs from."""
    if point.bare or point.first != point.last:
        return None
    before = text[max(0, point.start - _LOOK_BACK) : point.start]
    match = _MONTH_TO.search(before)
    month = _MONTH_OF.get(match["word"].lower()) if match else None
    year = point.first // 12
    if match is None or month is None or 12 * year + month - 1 >= point.first:
        return None
    start = point.start - len(before) + match.start()
    return Point(start, point.start, *_of_month(year, month))


def _has_lost_its_dash(gap: str, point: Point, after: Point) -> bool:
    """Whether two dates of one kind stand side by side, as where an extractor dropped a sign."""
    alike = point.bare == after.bare and point.first < after.first
    return alike and (gap in (" ", "  ", "\t") or (gap == "" and not after.bare))


class _Found(NamedTuple):
    """A period, or None, and how many dates after the first it has used up."""

    period: Period | None
    used: int


def _from_to(since: Point, until: Point, now: int) -> Period:
    after = until.first if until.bare else until.last + 1
    if since.bare and until.bare and since.first == until.first:
        after = since.first + 6  # within one year: neither a month nor the whole year is likely
    elif until.bare and after <= since.first <= until.last:
        after = until.last + 1
    return Period(
        since.start,
        until.end,
        since.first,
        min(after, max(now, since.first + 1)),
        since.iso,
        until.iso,
        not (since.bare or until.bare),
    )


def _until_now(since: Point, end: int, now: int) -> Period:
    after = max(now, since.first + 1) if since.first <= now else since.first
    return Period(since.start, end, since.first, after, since.iso, None, not since.bare)


def _word_before(text: str, point: Point) -> str:
    words = text[max(0, point.start - _LOOK_BACK) : point.start].split()
    return words[-1].lower().strip("(,:") if words else ""
