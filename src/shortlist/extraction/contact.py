"""How to reach the person a resume is about. Nothing that is scored reads this."""

import re
from collections.abc import Iterator

from shortlist.extraction.entities import Contact, Quote
from shortlist.extraction.headings import heading_kind
from shortlist.extraction.sections import Row, SectionMap, rows
from shortlist.extraction.terms import STATES
from shortlist.extraction.titles import title_score

_EMAIL = re.compile(r"(?<![\w.+-])[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63})+")
_LINK = re.compile(
    r"(?:https?://|www\.)[^\s<>|,;]+|(?:linkedin\.com/in|github\.com|gitlab\.com|behance\.net"
    r"|dribbble\.com)/[^\s<>|,;]+",
    re.IGNORECASE,
)
_PHONE = re.compile(r"(?<![\w/.-])(?:\+|\(|\d)[\d\s().–-]{6,18}\d(?![\w/-])")
_PLACE = re.compile(
    r"(?<!\w)[^\W\d_a-z][\w.'’-]{0,30}(?: (?:de|la|del|of|am|sur|[^\W\d_a-z][\w.'’-]{0,30})){0,3},"
    rf" (?:(?:{'|'.join(STATES)}|UK|USA?|UAE)(?: \d{{5}}(?:-\d{{4}})?)?"
    rf"|[A-Z][a-z]+(?: [A-Z][a-z]+)?)"
    r"(?=\s*(?:$|[|•·,\n(–-]))"
)
_NAME = re.compile(r"[^\W\d_][\w.'’-]{0,30}(?:\s+[^\W\d_][\w.'’-]{0,30}){1,4}")
_LABELLED_NAME = re.compile(r"(?:full\s+)?name\s*:\s*(?P<name>[^\n|,;:]{3,50})", re.IGNORECASE)
_NO_NAME = re.compile(
    r"\b(?:resume|résumé|curriculum|vitae|cv|profile|summary|street|avenue|road|phone|email"
    r"|address|contact|state|city)\b",
    re.IGNORECASE,
)
_STREET = re.compile(
    r"\b(?:street|avenue|road|lane|drive|st|ave|rd|ln|blvd|apt|suite|unit)\b\.?", re.IGNORECASE
)
_WITH_STATE = re.compile(r", [A-Z]{2,3}\b")
_CURRICULUM = re.compile(r"\bcurriculum\s+vit(?:ae|æ)\b", re.IGNORECASE)
_TRADES = frozenset(
    """archer baker barber butcher carpenter cook farmer fisher gardener hunter judge mason miller
    page painter parker porter potter shepherd singer smith steward tailor taylor turner walker
    weaver""".split()
)
_OF_TRADES = frozenset(
    """artisan bread brick cake commercial county executive family federal fry grill head hotel
    house     industrial landscape lead line local master organic
    pastry personal prep private residential
    senior short-order sous stone supreme""".split()
)
"""What stands before the trade where it is the title of a job."""
_DEGREES = ("MA", "MD", "MS", "ME", "PA", "AB")
"""States whose letters may be those of a degree or a profession."""
_HEAD_ROWS = 6
_PLACE_ROWS = 12
_LONGEST_ROW = 160
_HEADER = 1500
_FEWEST_DIGITS = 7
_MOST_DIGITS = 15


def contact(text: str, found: SectionMap) -> Contact:
    """Return name, addresses, numbers, links and place, from the top or a part of its own."""
    parts = [(0, _top(text, found))]
    parts += [(s.start, s.end) for s in found.of("personal")]
    emails = tuple(_quotes(text, _EMAIL, parts, 0.95))
    links = tuple(_quotes(text, _LINK, parts, 0.95))
    phones = tuple(q for q in _quotes(text, _PHONE, parts, 0.8) if _is_phone(q.text))
    return Contact(_name(text, parts), emails, phones, links, _place(text, found))


def _place(text: str, found: SectionMap) -> Quote | None:
    """The place in the header, or in the first rows; one with its state before any other."""
    header = found.of("header")
    end = header[0].end if header else 0
    lines = list(rows(text, 0, min(end, _HEADER)))[:_PLACE_ROWS]
    places = [
        Quote(match.group(), match.start(), match.end(), 0.6)
        for row in lines
        if row.end - row.start < _LONGEST_ROW
        for match in _places_in(text, row)
    ]
    with_state = (place for place in places if _WITH_STATE.search(place.text))
    return next(with_state, places[0] if places else None)


def _places_in(text: str, row: Row) -> Iterator[re.Match[str]]:
    """The places of a row; after a street the search goes on behind its comma."""
    at = row.start
    while match := _PLACE.search(text, at, row.end):
        if _STREET.search(match.group()):
            at = text.index(",", match.start()) + 1
            continue
        yield match
        at = match.end()


def contact_spans(text: str) -> list[tuple[int, int]]:
    """Return where mail addresses and links stand, which name no skill whatever is in them.

    So does the name of the document itself, "curriculum vitae".
    """
    itself = [match.span() for match in _CURRICULUM.finditer(text)]
    if "@" not in text and "://" not in text and ".com" not in text and "www." not in text:
        return itself
    found = [match.span() for pattern in (_EMAIL, _LINK) for match in pattern.finditer(text)]
    return itself + found


def _top(text: str, found: SectionMap) -> int:
    header = found.of("header")
    end = header[0].end if header else 0
    top_rows = rows(text[: max(end, 600)])[:_HEAD_ROWS]
    return max(min(end, 1500), top_rows[-1].end if top_rows else 0)


def _quotes(
    text: str, pattern: re.Pattern[str], parts: list[tuple[int, int]], confidence: float
) -> Iterator[Quote]:
    for start, end in parts:
        for match in pattern.finditer(text, start, end):
            yield Quote(match.group(), match.start(), match.end(), confidence)


def _is_phone(written: str) -> bool:
    digits = sum(map(str.isdigit, written))
    is_range = re.fullmatch(r"\d{4}\s*[-–]\s*\d{4}", written) is not None
    return _FEWEST_DIGITS <= digits <= _MOST_DIGITS and not is_range


def _name(text: str, parts: list[tuple[int, int]]) -> Quote | None:
    for start, end in parts:
        labelled = _LABELLED_NAME.search(text, start, end)
        if labelled:
            written = labelled["name"].rstrip()
            return Quote(
                written, labelled.start("name"), labelled.start("name") + len(written), 0.9
            )
    top = rows(text, 0, parts[0][1])[:2]
    return next((quote for row in top if (quote := _name_in(text, row))), None)


def _is_place(text: str, row: Row) -> bool:
    """Whether a row begins with a town and its state; "Jane Roe, MA" may be a name and a degree."""
    place = _PLACE.match(text, row.start, row.end)
    state = place.group().rpartition(", ")[2] if place else ""
    return state[:2].isupper() and state not in _DEGREES


def _named_like_a_trade(written: str) -> bool:
    """Whether a line is a first name and a surname that was a trade once: "Tom Baker"."""
    first, *_, last = written.lower().split()
    return last in _TRADES and first not in _OF_TRADES and title_score(first) == 0


def _name_in(text: str, row: Row) -> Quote | None:
    """A row of two to five capitalised words that are neither a title nor a heading."""
    match = _NAME.match(text, row.start, row.end)
    if not match:
        return None
    rest = text[match.end() : row.end].strip()
    written = match.group()
    is_rest_apart = not rest or rest[0] in ",|•·–-(:" or "@" in rest
    in_capitals = all(word[0].isupper() for word in written.split())
    titled = title_score(written) and not _named_like_a_trade(written)
    if not is_rest_apart or not in_capitals or titled or heading_kind(written):
        return None
    if _NO_NAME.search(written) or _is_place(text, row):
        return None
    return Quote(written, match.start(), match.end(), 0.6)
