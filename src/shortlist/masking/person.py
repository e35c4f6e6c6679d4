"""What a resume says of the person beside the name: pronouns, birth, sex, family, nation, photo."""

import re
from collections.abc import Iterator

from shortlist.masking.layout import Layout, layout
from shortlist.records import Span

_PRONOUNS = frozenset(
    "he she him her his hers himself herself they them their theirs themselves themself "
    "ze hir xe xem".split()
)
_ONE = rf"(?:{'|'.join(sorted(_PRONOUNS, key=len, reverse=True))})(?:['’](?:s|d|ll|ve|re))?(?!\w)"
_PRONOUN_CHAIN = re.compile(
    rf"{_ONE}(?:[ ]?(?:/|,? or |,? and |, )[ ]?(?:\(s\)|s/)?{_ONE})*", re.IGNORECASE
)
_BEFORE_HE = re.compile(r"(?:\(s\)|\bs/)\Z", re.IGNORECASE)

_AGE = re.compile(
    r"\b(?:aged? )?\d{2}[- ]?years?[- ]?(?:old|of age)\b|\baged? \d{2}\b", re.IGNORECASE
)
_BORN = re.compile(
    r"\b(?:was )?born (?:and raised )?(?:on|in|at) (?=[A-Z\d])[^.;|\n]{2,40}?"
    r"(?=[.;|\n]|,? (?:and|but|I|who)\b|\Z)",
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
    r"(?:U\.?S\.?A?\.?|U\.?K\.?|E\.?U\.?|[A-Z][a-z]+(?:[ -][A-Z][a-z]+)?) [Cc]itizens?\b"
)
_FAITH = re.compile(
    r"\b(?:devout|practi[cs]ing|observant|born[- ]again|committed|orthodox) "
    r"(?:christian|catholic|protestant|muslim|hindu|jew|jewish|sikh|buddhist|jain|mormon|baptist)\b",
    re.IGNORECASE,
)
_ALONE = frozenset("male female married unmarried divorced widowed nonbinary non-binary".split())
_ALONE_ON_LINE = frozenset(("single", "photo", "[photo]", "(photo)", "photograph", "photo here"))
_FIELD_EDGES = "|•·,;:/\n("
_TRIGGERS = (
    (frozenset(("old", "aged", "age")), _AGE, "birth"),
    (frozenset(("born",)), _BORN, "birth"),
    (
        frozenset("married divorced widowed mother father mom mum dad parent".split()),
        _FAMILY,
        "family",
    ),
    (frozenset(_SEXES), _AS_A, "sex"),
    (frozenset(("citizen", "citizens")), _CITIZEN, "nationality"),
    (
        frozenset(
            "christian catholic protestant muslim hindu jew jewish sikh buddhist jain mormon "
            "baptist".split()
        ),
        _FAITH,
        "religion",
    ),
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
    spans = []
    for words, pattern, kind in _TRIGGERS:
        for line in lay.lines_with(words):
            for match in pattern.finditer(text, lay.starts[line], lay.ends[line]):
                spans.append(Span(match.start(), match.end(), kind))
    spans += _alone(lay)
    return spans


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
    return (not before or before[-1] in _FIELD_EDGES) and (not after or after[0] in "|•·,;/)")
