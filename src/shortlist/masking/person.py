"""What a resume says of the person beside the name: pronouns, birth, sex, family, nation, photo."""

import re
from collections.abc import Iterable, Iterator

from shortlist.masking.layout import Layout, layout
from shortlist.records import Span

_Trigger = tuple[frozenset[str], re.Pattern[str], str]

_PRONOUNS = frozenset(
    "he she him her his hers himself herself they them their theirs themselves themself "
    "ze hir xe xem".split()
)
_ONE = rf"(?:{'|'.join(sorted(_PRONOUNS, key=len, reverse=True))})(?:['’](?:s|d|ll|ve|re))?(?!\w)"
_PRONOUN_CHAIN = re.compile(
    rf"{_ONE}(?:[ ]?(?:/|,? or |,? and |, )[ ]?(?:\(s\)|s/)?{_ONE})*", re.IGNORECASE
)
_BEFORE_HE = re.compile(r"(?:\(s\)|\bs/)\Z", re.IGNORECASE)

_MONTH = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?"
_TH = r"(?:st|nd|rd|th)?"
_DATE = (
    rf"(?:\d{{1,2}}{_TH}[ .-]*{_MONTH}[ ,.-]*\d{{4}}|{_MONTH} \d{{1,2}}{_TH},? \d{{4}}"
    r"|\d{1,4}[./-]\d{1,2}[./-]\d{2,4}|(?:19|20)\d\d)"
)
_AGE = re.compile(
    r"\b(?:aged? )?\d{2}[- ]?(?:years?|yrs?\.?)[- ]?(?:old|of age)\b|\baged? \d{2}\b"
    r"|\b\d{2} ?y/?o\b|(?<=\bi am )\d{2}(?=[.,;]| and\b)|(?<=\bi['’]m )\d{2}(?=[.,;]| and\b)",
    re.IGNORECASE,
)
_OF_AGE = re.compile(r"\bI(?: am|['’]m) [A-Z][\w'’ -]{2,40}, (?P<fact>[1-9]\d)(?=[,.;])")
_BORN = re.compile(
    r"\b(?:was )?born (?:and raised )?(?:on|in|at) (?=[A-Z\d])[^.;|\n]{2,40}?"
    r"(?=[.;|\n]|,? (?:and|but|I|who)\b|\Z)"
    rf"|\b(?:[Bb]orn|b\.) (?i:{_DATE})(?!\w)(?: in [A-Z][\w-]+)?",
)
_FAMILY = re.compile(
    r"\b(?:(?:happily )?(?:married|divorced|widowed)(?:,)? (?:with|to)\b[^.,;|\n]{0,40}"
    r"|(?:proud )?(?:mother|father|mom|mum|dad|parent) (?:of|to) [^.,;|\n]{1,30})",
    re.IGNORECASE,
)
_SEXES = (
    "woman man mother father girl boy lady gentleman female male wife husband mom mum dad".split()
)
_AS_A = re.compile(
    rf"\b(?:as|being|am|i['’]m) an? (?:[\w-]+ ){{0,2}}?(?:{'|'.join(_SEXES)})\b", re.IGNORECASE
)
_CITIZEN = re.compile(
    r"\b(?!Senior|First|Good|Every|Digital|Global|Corporate|Private|Local)"
    r"(?:U\.?S\.?A?\.?|U\.?K\.?|E\.?U\.?|[A-Z][a-z]+(?:[ -][A-Z][a-z]+)?) "
    r"(?:[Cc]itizens?\b|nationals?(?=\s*(?:with\b|[.,;|)]|\Z))|passport(?: holder)?\b)"
    r"|\b[Dd]ual (?:citizenship|nationality)(?: \([^)\n]{1,40}\))?"
)
_FAITHS = "christian catholic protestant muslim hindu jew jewish sikh buddhist jain mormon baptist"
_ONE_FAITH = rf"(?:{'|'.join(_FAITHS.split())})\b"
_FAITH = re.compile(
    r"\b(?:devout|practi[cs]ing|observant|born[- ]again|committed|orthodox|(?:am|i['’]m) an?) "
    + _ONE_FAITH,
    re.IGNORECASE,
)
_ALONE = frozenset("male female married unmarried divorced widowed nonbinary non-binary".split())
_ALONE_ON_LINE = frozenset(("single", "photo", "[photo]", "(photo)", "photograph", "photo here"))
_CHILDREN = frozenset("child children kid kids son sons daughter daughters".split())
_HOW_MANY = re.compile(
    rf"\b(?:\d|no|one|two|three|four|five|six) (?:{'|'.join(_CHILDREN)})\b", re.IGNORECASE
)
_FIELDS = (
    (frozenset(_FAITHS.split()), re.compile(r"\b" + _ONE_FAITH, re.IGNORECASE), "religion"),
    (_CHILDREN, _HOW_MANY, "family"),
    (_ALONE, re.compile(r"\bsingle\b", re.IGNORECASE), "family"),
    (_ALONE, re.compile(r"\b[1-9]\d\b"), "birth"),
)
"""As `_TRIGGERS`, of what is personal only where it fills a field."""
_I = frozenset(("i",))
_FIELD_EDGES = "|•·,;:/\n(."
# Words whose lines are looked at, and what is personal there: the group `fact`, if there is one.
_TRIGGERS = (
    (frozenset(("old", "aged", "age", "yo", "y")) | _I, _AGE, "birth"),
    (_I, _OF_AGE, "birth"),
    (frozenset(("born", "b")), _BORN, "birth"),
    (
        frozenset("married divorced widowed mother father mom mum dad parent".split()),
        _FAMILY,
        "family",
    ),
    (frozenset(_SEXES), _AS_A, "sex"),
    (
        frozenset("citizen citizens citizenship national nationals nationality passport".split()),
        _CITIZEN,
        "nationality",
    ),
    (frozenset(_FAITHS.split()), _FAITH, "religion"),
)


def pronouns(text: str) -> list[Span]:
    """Return personal pronouns of the third person; `HIS` in running text is a short form."""
    lay = layout(text)
    spans: list[Span] = []
    found = sorted(
        (start, start + len(word))
        for word in lay.words & _PRONOUNS
        for start in lay.occurrences(word)
    )
    done = 0
    for start, end in found:
        if start >= done and not _is_short_form(text, start, end):
            chain = _PRONOUN_CHAIN.match(text, start)
            done = chain.end() if chain else end
            before = _BEFORE_HE.search(text, max(0, start - 3), start)
            spans.append(Span(before.start() if before else start, done, "pronoun"))
    return spans


def _is_short_form(text: str, start: int, end: int) -> bool:
    if not text[start:end].isupper():
        return False
    around = text[max(0, start - 20) : start] + text[end : end + 20]
    return any(map(str.islower, around))


def traits(text: str) -> list[Span]:
    """Return what running text says of birth, sex, family, nation and faith."""
    lay = layout(text)
    spans = [span for _, span in _told(lay, _TRIGGERS)]
    spans += _alone(lay)
    spans += [
        span
        for line, span in _told(lay, _FIELDS)
        if _fills_field(text, lay.starts[line], lay.ends[line], span.start, span.end)
    ]
    return spans


def _told(lay: Layout, table: Iterable[_Trigger]) -> Iterator[tuple[int, Span]]:
    """Yield what the patterns of a table find, with the index of its line."""
    for words, pattern, kind in table:
        fact = "fact" if "fact" in pattern.groupindex else 0
        for line in lay.lines_with(words):
            for match in pattern.finditer(lay.text, lay.starts[line], lay.ends[line]):
                yield line, Span(*match.span(fact), kind)


def _alone(lay: Layout) -> Iterator[Span]:
    for word in lay.words & (_ALONE | {"single", "photo", "photograph"}):
        for position in lay.occurrences(word):
            line = lay.line_at(position)
            start, end = lay.starts[line], lay.ends[line]
            whole = lay.lower[start:end].strip(" *•-")
            if whole in _ALONE_ON_LINE or (
                word in _ALONE
                and _fills_field(lay.text, start, end, position, position + len(word))
            ):
                kind = "photo" if word.startswith("photo") else "family"
                yield Span(position, position + len(word), kind)


def _fills_field(text: str, start: int, end: int, low: int, high: int) -> bool:
    before = text[start:low].rstrip()
    after = text[high:end].lstrip()
    return (not before or before[-1] in _FIELD_EDGES) and (not after or after[0] in "|•·,;/).")
