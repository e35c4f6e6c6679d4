"""Evidence of spoken languages: the level that is stated, and work done in the language."""

import re
from collections.abc import Iterator
from functools import cache

from shortlist.explain.skills.facts import Facts, Sighting, time_of
from shortlist.explain.skills.reading import Reading
from shortlist.extraction import Lexicon
from shortlist.extraction.context import Scopes
from shortlist.extraction.names import Words
from shortlist.records import Span, Standing

_LEVELS: tuple[tuple[float, str], ...] = (
    (5, r"native|from\s+(?:home|birth)|mother\s*tongue|first\s+language|bilingual|\bC2\b"
        r"|muttersprache"
        r"|langue\s+maternelle|lengua\s+materna|nativ[oa]s?\b|madrelingua|l[ií]ngua\s+materna|母語|母语"),
    (4, r"\bC1\b|fluen\w+|full\s+professional|near[- ]native|business[- ](?:level|fluent)|advanced"
        r"|excellent|avanzad[oa]|avancée?|avanzat[oa]|avançad[oa]|精通|流利"
        r"|verhandlungssicher|fließend|courant|fluido|at\s+home|every\s+day|daily"
        r"|heritage|grew\s+up\s+with|lived\s+in|all\s+day|language\s+of\s+work|working\s+language"
        r"|(?:father|mother|parent|family)(?:['’]s|s['’])?\s+(?:language|tongue)"),
    (3, r"\bB[12]\b|upper[- ]intermediate|intermediate|conversational|proficien\w+"
        r"|professional\s+working"
        r"|for\s+work|(?:each|every|most)\s+(?:week|days)|weekly|(?:year|semester|term)\s+abroad"
        r"|language\s+assistant|au\s+pair|working\s+(?:knowledge|proficiency)|good|very\s+good"
        r"|gut\b|(?:can|could)\s+hold\b"
        r"|conversation\w*|meetings|on\s+the\s+phone|intermedi[oa]|intermédiaire|mittel\w*|中級|中级"),
    (2, r"\bA2\b|basic\w*|elementary|limited\s+working|pre-intermediate|grundkenntnisse"
        r"|b[áa]sic[oa]|basique|notions\s+de|基礎|基础"
        r"|school\s+\w+|(?:from|at)\s+school|some\b|rusty|scolaire|for\s+tourists|enough\s+(?:for|to)\b"
        r"|get\s+by|everyday|underst(?:ands?|ood)\b(?![^.;]{0,12}\b(?:speak|read|writ))|passive\w*"
        r"|holidays|evening\s+(?:class|course)\w*"),
    (1, r"\bA1\b|beginner\w*|(?:few|some|ten|\w+ty|hundred|(?<![\d,.])\d{1,3})\s+words"
        r"|(?:a\s+)?little(?:\s+bit)?|notions?|phrases|learning"
        r"|forgotten|survival"),
)  # fmt: skip
_LEVEL = re.compile(
    "|".join(f"(?P<l{int(level)}>{words})" for level, words in _LEVELS), re.IGNORECASE
)
_CEFR = re.compile(r"\b(?P<cefr>[ABC][12])\b")
_OF_CEFR = {"A1": 1.0, "A2": 2.0, "B1": 3.0, "B2": 3.0, "C1": 4.0, "C2": 5.0}
_TEST = re.compile(
    r"\b(?P<test>IELTS|TOEFL|TOEIC|JLPT|HSK)\b(?:[^\d;\n]|\b(?:19|20)\d\d\b){0,25}?"
    r"(?!(?:19|20)\d\d\b)(?P<result>\d+(?:\.\d)?)",
    re.IGNORECASE,
)
_TESTED = {"IELTS": "english", "TOEFL": "english", "TOEIC": "english", "JLPT": "japanese",
           "HSK": "chinese"}  # fmt: skip
"""The language of a test; those that state a level of the CEFR beside it need no table."""
_LEAST: dict[str, tuple[tuple[float, float], ...]] = {
    "IELTS": ((8.5, 5), (7, 4), (4, 3), (0, 2)),
    "TOEFL": ((627, 4), (460, 3), (121, 2), (114, 5), (95, 4), (42, 3), (0, 2)),
    "TOEIC": ((945, 4), (550, 3), (225, 2), (0, 1)),
    "HSK": ((6, 4), (4, 3), (3, 2), (0, 1)),
}
"""The least result for a level, by the CEFR equivalents that ielts.org and ets.org give, in the
order they are tried. The TOEFL on paper (310 to 677) is told from the other (to 120) by its size.
For HSK those of the Fachverband Chinesisch, which are lower than the publisher's own."""
_JLPT = {1: 4.0, 2: 3.0, 3: 3.0, 4: 2.0, 5: 1.0}
"""By N, as the Japan Foundation gives them: N1 is C1, N5 is A1."""
_DEGREE = re.compile(
    r"\b(?:B\.?A|M\.?A|Ph\.?D|degree|bachelor\w*|master\w*|licen[cs]e|diploma\s+in|majored\s+in)\b"
    r"\.?(?:\s+of\s+arts)?(?:\s*\(?hons\)?)?(?:,|\s+in|\s+of)?\s+(?:\w+\s+(?:and|&)\s+)?\Z",
    re.IGNORECASE,
)
_DEGREE_LEVEL = 3.5
"""Who took a degree in a language: B2 or C1."""
_WORK = re.compile(
    r"\b(?:translat\w+|interpret\w+|taught|teach\w*|present\w+|negotiat\w+|wrote|writing|spoke|worked|interview\w+"
    r"|working|serv\w+|advis\w+|counsel\w+|explain\w+|support\w*|lessons|consultations|speaking)\b",
    re.IGNORECASE,
)
_SPOKEN = re.compile(
    r"\b(?:speak\w*|spoken|spoke|languages?|written|in|into|from|between|and)\s*:?\s*(?:both\s+|only\s+)?$",
    re.I,
)
_LEARNS = re.compile(r"\b(?:learn\w*|study\w*|stud(?:y|ies|ied)|improv\w+|beginn\w+\s+to)\b", re.I)
_SPEAKS = re.compile(r"\b(?:speak|spoke|talk|talked)\s+\Z", re.IGNORECASE)
_WITH = re.compile(r"\s+(?:with|to)\s+(?!(?:my|the)\s+(?:family|wife|husband|parents?|grand\w*))")
_BEFORE = re.compile(r"[^,;|·•\n.(]{0,40}\Z")
_AFTER = re.compile(r"(?:\s*[-–—:(/=,]?\s*)[^,;|·•\n.)]{0,40}")
_HEADED = re.compile(r"\s*[:(]")
"""What follows a language that all up to the next one speaks of."""
_LISTS = frozenset(("languages", "skills", "personal", "header", "summary"))
_LANGUAGE_LIST = re.compile(
    r"(?:native|fluent|first\s+language|mother\s+tongue|\b[ABC][12]\b)[^.\n]{0,30}(?:,|and|;|/)|(?:,|and|;|/)[^.\n]{0,30}"
    r"(?:native|fluent|first\s+language|mother\s+tongue|\b[ABC][12]\b)",
    re.IGNORECASE,
)
_ITEM_START = re.compile(r"(?:^|[.,;|/:•·(&]|\band\b|\n)\s*([^\W\d_]+)")
_HOW = (
    r"(?:for|from|at|every|in|to|and|well|enough|as|spoken|or|but|very|good|only|also|too|on|with|is"
    r"|since|both|through|mother|native|fluent\w*|level|daily|basic\w*|advanced|conversation\w*)\b"
)
"""Words that follow the name of a language, rather than the thing that it describes."""
UNSTATED = 2.5
"""The depth of a language that is named without a level."""


def spoken(reading: Reading, language: str) -> Facts:
    """Return what a resume says of a language, by its name in the reading's lexicon.

    The depth of a sighting is the stated level, 1 to 5.
    """
    sightings = tuple(_sightings(reading, language))
    statuses = [s.status for s in sightings]
    standing: Standing = "none"
    for status in ("used", "listed", "negated", "desired"):
        if status in statuses:
            standing = status
            break
    time = time_of(reading, sightings)
    return Facts(standing, sightings, months=time.months, jobs=time.jobs)


def level(facts: Facts) -> float:
    """Return the level, 1 to 5, that sightings of a language speak for; halves are between two."""
    stated = [s.depth for s in facts.sightings if s.status in ("used", "listed") and s.claim]
    work = 4.0 if any(s.status == "used" for s in facts.sightings) else 0.0
    if stated:
        return max(stated) if max(stated) < 3 else max(*stated, min(work, max(stated) + 1))
    return max(UNSTATED, work)


def _sightings(reading: Reading, language: str) -> Iterator[Sighting]:
    names = [key for key, forms in reading.lexicon.forms.items() for f in forms
             if f.entry.name == language]  # fmt: skip
    written = "|".join(sorted(map(re.escape, names), key=len, reverse=True))
    if not written:
        return
    yield from _tests(reading, language)
    pattern = rf"(?<!\w)(?:{written})(?P<speaking>[- ]speaking)?(?!\w)"
    for match in re.finditer(pattern, reading.text, re.IGNORECASE):
        statement = reading.statement(match.start(), match.end())
        section = reading.section_at(match.start())
        around = _around(reading, statement, match.start(), match.end())
        text = reading.text[statement.start : statement.end]
        at = match.start() - statement.start
        stated = _stated(*around) or (_DEGREE_LEVEL if _DEGREE.search(text[:at]) else 0.0)
        works = _is_work(text, *around, speaking=match["speaking"] is not None)
        listed = section in _LISTS or _LANGUAGE_LIST.search(text) is not None
        listed = listed or _is_row(reading, statement)
        named = listed and not _follows_thing(around[1], section)
        if not (stated or works or named):
            continue
        scopes = Scopes(Words(text))
        stance = scopes.stance(at, at + len(match.group()))
        status: Standing = stance or ("used" if works and section != "languages" else "listed")
        if stance is None and _LEARNS.search(around[0]):
            status = "desired"
        yield Sighting(
            match.start(), match.end(), statement, status, stated or UNSTATED, section,
            claim=1.0 if stated else 0.0,
        )  # fmt: skip


def _tests(reading: Reading, language: str) -> Iterator[Sighting]:
    """Yield the results of tests that name no language: "IELTS 6.5"."""
    for match in _TEST.finditer(reading.text):
        if language == _TESTED[match["test"].upper()]:
            start, end = match.span()
            yield Sighting(
                start, end, reading.statement(start, end), "listed", _result(match),
                reading.section_at(start), claim=1.0,
            )  # fmt: skip


def _result(match: re.Match[str]) -> float:
    """The level that a test's result stands for."""
    test, result = match["test"].upper(), float(match["result"])
    if test == "JLPT":
        return _JLPT.get(int(result), UNSTATED)
    return next(level for least, level in _LEAST[test] if result >= least)


def _around(reading: Reading, statement: Span, start: int, end: int) -> tuple[str, str]:
    """What stands before and after the name of a language, as far as it may speak of it."""
    before = _BEFORE.search(reading.text, statement.start, start)
    after = _AFTER.match(reading.text, end, statement.end)
    said = after.group() if after else ""
    if _HEADED.match(reading.text, end, statement.end):
        said = reading.text[end : _next_language(reading, end, statement.end)]
    return before.group() if before else "", said


def _next_language(reading: Reading, start: int, end: int) -> int:
    """Where the next item of a list that is a language begins, else the end."""
    known = _all_languages(reading.lexicon)
    items = _ITEM_START.finditer(reading.text, start, end)
    return next((item.start() for item in items if item[1].lower() in known), end)


def _is_work(text: str, before: str, after: str, *, speaking: bool) -> bool:
    """Whether a statement tells of work in a language that stands in it."""
    if _SPEAKS.search(before) and _WITH.match(after):
        return True
    return _WORK.search(text) is not None and (speaking or _SPOKEN.search(before) is not None)


def _follows_thing(after: str, section: str) -> bool:
    """Whether the name only describes what follows: "French restaurants", "German customers"."""
    return section != "languages" and re.match(rf"\s+(?!{_HOW})[a-z]+", after) is not None


def _is_row(reading: Reading, statement: Span) -> bool:
    """Whether a statement names several languages, each where an item of a list begins."""
    known = _all_languages(reading.lexicon)
    items = _ITEM_START.findall(reading.text[statement.start : statement.end])
    return len({item.lower() for item in items} & known) >= 2


@cache
def _all_languages(lexicon: Lexicon) -> frozenset[str]:
    """Return every name of a language, in small letters."""
    forms = lexicon.forms.items()
    return frozenset(key for key, fs in forms for f in fs if f.entry.kind == "language")


def _stated(before: str, after: str) -> float:
    """The level beside a language: of the CEFR or a test first, then what follows, then before."""
    for text in (after, before):
        for found in (_CEFR.search(text), _TEST.search(text)):
            if found:
                return _OF_CEFR[found["cefr"]] if found.re is _CEFR else _result(found)
    for text in (after, before):
        matches = list(_LEVEL.finditer(text))
        if matches:
            match = matches[0] if text is after else matches[-1]
            return float((match.lastgroup or "l3")[1:])
    return 0.0
