"""Ways to reach a person: e-mail, telephone, links and handles, street addresses."""

import re
from collections.abc import Iterator
from functools import lru_cache

from shortlist.masking.layout import WORD, Layout, layout
from shortlist.records import Span

_LOCAL = re.compile(r"[\w.+%'’-]{1,64}\Z")
_DOMAIN = re.compile(r"\s?[\w-]+(?:\.[\w-]+)+")
_SPELLED = re.compile(
    r"[\w.+-]{1,64} ?[(\[{] ?at ?[)\]}] ?[\w-]{1,64}"
    r"(?:(?:\.| ?[(\[{] ?dot ?[)\]}] ?)[\w-]{1,64}){1,4}",
    re.IGNORECASE,
)
_SITES = (
    "linkedin.com github.com github.io gitlab.com bitbucket.org behance.net dribbble.com "
    "medium.com twitter.com facebook.com instagram.com stackoverflow.com/users kaggle.com/ "
    "orcid.org scholar.google t.me/ about.me researchgate.net hackerrank.com leetcode.com "
    "tiktok.com youtube.com/@ xing.com angel.co dev.to/ codepen.io pinterest.com vimeo.com "
    "soundcloud.com ://x.com vizualize.me wa.me/"
).split()
_MARKS = {mark: frozenset(WORD.findall(mark)) for mark in ("www.", *_SITES)}
_URL = re.compile(r"[^\s<>()\[\]{}\"|,;]+")
_URL_START = re.compile(r"[\w.:/-]{0,40}\Z")
_HANDLE_SITES = frozenset(
    "twitter instagram telegram tiktok mastodon medium github gitlab skype linkedin handle "
    "discord snapchat wechat threads".split()
)
_HANDLE = re.compile(r"@[A-Za-z][\w.]{2,30}")

_PHONE = re.compile(
    r"\d[\d \t\u00a0().\-–/]{4,24}\d"
    r"(?:[ \t]*(?:x|ext\.?|extension)[ \t]*\d{1,6})?(?![\w%])",
    re.IGNORECASE,
)
_NOT_BEFORE_PHONE = frozenset(
    "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_.,/$€£-"
)
_NORTH_AMERICAN = re.compile(r"(?:\+?1[ .-]?)?\(?\d{3}\)?[ .\-–/]{0,2}\d{3}[ .\-–]\d{4}\D*\d*")
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_DATE = re.compile(r"(?<!\d)\d{1,2}[./-]\d{1,2}[./-]\d{2,4}(?!\d)|\d{4}[./-]\d{1,2}[./-]\d{1,2}")
_PHONE_LABEL = re.compile(
    r"\b(?:phone|tel|telephone|mobile|cell|mob|ph|fax|call|contact|whatsapp|handy|number|no|"
    r"[tmpchw])[\s.:#()]*\Z",
    re.IGNORECASE,
)

_STREET_TYPES = frozenset(
    "street st avenue ave road rd lane ln drive dr boulevard blvd court ct way place pl circle "
    "cir terrace ter parkway pkwy highway hwy trail square sq crescent close".split()
)
_COUNTED = r"(?:Million|Billion|Hour|Year|Month|Day|Week|Person)s?\b"
_NUMBER_AND_NAME = re.compile(
    r"(?<![\w$€£.,#])(?:(?i:flat|apt\.?|apartment|unit|suite) \w{1,4}, ?)?"
    r"\d{1,6}[A-Za-z]?(?:-\d{1,5})?,?[ ](?:[NSEW]{1,2}\.?[ ])?"
    rf"(?:(?:(?!{_COUNTED})[A-Z][\w.'’-]*|\d{{1,3}}(?:st|nd|rd|th))[ ]){{1,4}}\Z"
)
_UNIT = (
    r"(?:,? ?(?:\b(?:[Aa]pt|[Aa]partment|[Ss]uite|[Ss]te|[Uu]nit|[Ff]lat|[Ff]loor|[Rr]oom)\b\.?"
    r"|#) ?#?\w{1,6})?"
)
_CITY = r"[A-ZÀ-ÞŁŚŻŽŠČĐ][\w.'’-]*(?: [A-ZÀ-ÞŁŚŻŽŠČĐ][\w.'’-]*){0,3}"
POSTCODE = (
    rf"(?:{_CITY},? ?[A-Z]{{2}}\.?,? ?\d{{5}}(?:-\d{{4}})?|\d{{4,6}} {_CITY}"
    rf"|{_CITY},? [A-Z]{{1,2}}\d[\dA-Z]? ?\d[A-Z]{{2}}|{_CITY},? [A-Z]\d[A-Z] ?\d[A-Z]\d)"
)
_TAIL = re.compile(rf"\.?{_UNIT}(?:,? ?(?:{_CITY}, ?)?{POSTCODE}|, ?{_CITY},? ?[A-Z]{{2}}\b)?")
_POST_BOX = re.compile(r"P\.? ?O\.? ?Box \d{1,6}", re.IGNORECASE)


@lru_cache(maxsize=2)
def emails(text: str) -> tuple[Span, ...]:
    """Return e-mail addresses, spelled-out ones such as `jane (at) mail (dot) com` included."""
    spans = []
    at = text.find("@")
    while at >= 0:
        local = _LOCAL.search(text, max(0, at - 64), at)
        domain = _DOMAIN.match(text, at + 1)
        if local and domain:
            spans.append(Span(local.start(), domain.end(), "email"))
        at = text.find("@", at + 1)
    lay = layout(text)
    if "at" in lay.words:
        spans += [span for opening in ("(at", "[at", "( at") for span in _spelled(lay, opening)]
    return tuple(spans)


def _spelled(lay: Layout, opening: str) -> Iterator[Span]:
    position = lay.lower.find(opening)
    while position >= 0:
        start = max(lay.starts[lay.line_at(position)], position - 66)
        match = _SPELLED.search(lay.text, start, position + 300)
        if match and match.end() > position:
            yield Span(match.start(), match.end(), "email")
        position = lay.lower.find(opening, position + 1)


@lru_cache(maxsize=2)
def links(text: str) -> tuple[Span, ...]:
    """Return web addresses, and handles that stand beside the name of their site."""
    lay = layout(text)
    marks = ["://", *(mark for mark, parts in _MARKS.items() if parts <= lay.words)]
    spans = [span for mark in marks for span in _urls(lay, mark)]
    if "@" in text and lay.words & _HANDLE_SITES:
        spans += _handles(lay)
    return tuple(spans)


def _urls(lay: Layout, mark: str) -> Iterator[Span]:
    position = lay.lower.find(mark)
    while position >= 0:
        before = _URL_START.search(lay.text, max(0, position - 40), position)
        start = before.start() if before else position
        match = _URL.match(lay.text, start, position + 2000)
        end = match.end() if match else position + len(mark)
        end = max(end, position + len(mark))
        while end > position + len(mark) and lay.text[end - 1] in ".,:;!?'’*":
            end -= 1
        yield Span(start, end, "link")
        position = lay.lower.find(mark, end)


def _handles(lay: Layout) -> Iterator[Span]:
    for site in lay.words & _HANDLE_SITES:
        for position in lay.occurrences(site):
            end = min(lay.ends[lay.line_at(position)], position + 60)
            for match in _HANDLE.finditer(lay.text, position, end):
                yield Span(match.start(), match.end(), "link")


@lru_cache(maxsize=2)
def phones(text: str) -> tuple[Span, ...]:
    """Return telephone numbers; dates, years, amounts and plain counts are none."""
    spans = []
    for match in _PHONE.finditer(text):
        start = match.start()
        if start and text[start - 1] == "(" and ")" in match[0]:
            start -= 1
        if start and text[start - 1] == "+":
            start -= 1
        if _is_phone(text, start, match.end()):
            spans.append(Span(start, match.end(), "phone"))
    return tuple(spans)


def _is_phone(text: str, start: int, end: int) -> bool:
    if start and text[start - 1] in _NOT_BEFORE_PHONE:
        return False
    number = text[start:end]
    digits = sum(map(str.isdigit, number))
    if digits < 7 or digits > 20:
        return False
    if number[0] == "+" or _NORTH_AMERICAN.fullmatch(number):
        return True
    if _DATE.search(number):
        return False
    if _PHONE_LABEL.search(text, max(0, start - 14), start):
        return True
    if _YEAR.search(number):
        return False
    return digits >= 9 and ("(" in number or number[0] == "0" or digits == 10)


@lru_cache(maxsize=2)
def addresses(text: str) -> tuple[Span, ...]:
    """Return street addresses, post boxes, and what follows the label `Address:`."""
    lay = layout(text)
    spans = []
    for word in lay.words & _STREET_TYPES:
        for position in lay.occurrences(word):
            line = lay.line_at(position)
            start = max(lay.starts[line], position - 60)
            number = _NUMBER_AND_NAME.search(text, start, position)
            if number and text[position].isupper():
                tail = _TAIL.match(text, position + len(word), lay.ends[line])
                end = tail.end() if tail else position + len(word)
                spans.append(Span(number.start(), end, "address"))
    if "box" in lay.words:
        spans += [Span(m.start(), m.end(), "address") for m in _POST_BOX.finditer(text)]
    return tuple(spans)
