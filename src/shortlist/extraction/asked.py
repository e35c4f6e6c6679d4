"""The years of experience and the degree that a job asks for, from its requirements."""

import re
from collections.abc import Iterator, Sequence

from shortlist.extraction.degrees import DegreeName, degrees
from shortlist.extraction.entities import DEGREES, Asked, AskedKind, DegreeAsked, Quote, YearsAsked
from shortlist.extraction.tenure import NUMBER_WORDS

_NUMBER = r"\d{1,2}|" + "|".join(NUMBER_WORDS)
_SPELLED = rf"(?:\s*\(\s*(?:{_NUMBER})\s*\))?"
_YEARS = re.compile(
    rf"(?<![\w$.,/-])(?P<least>{_NUMBER}){_SPELLED}\s*\+?"
    rf"(?:\s*(?:-|–|—|to|or|and)\s*(?P<most>{_NUMBER}){_SPELLED})?"
    r"\s*(?:\+|-?\s*plus\b|or\s+more\b)?\s*[-]?\s*(?:years?|yrs?\.?|yoe)(?![\w-])\+?['’]?"
    rf"|\byears?\s+of\s+(?:[\w-]+\s+){{0,3}}experience\s*(?:required\s*)?[:–-]\s*(?P<labelled>{_NUMBER})\b",
    re.IGNORECASE,
)
_MONTHS = re.compile(
    r"(?<![\w$.,/-])(?P<quote>(?P<months>\d{2})\s*\+?\s*(?:or\s+more\s+)?months?['’]?)"
    r"(?=\s+(?:of\s+)?(?:[\w-]+\s+){0,3}?experience\b)",
    re.IGNORECASE,
)
_NOT_EXPERIENCE_AFTER = re.compile(
    r"\s*(?:of\s+age|old\b|older\b|ago\b|in\s+business|in\s+a\s+row|warrant|contract\b|term\b"
    r"|lease|plan\b|roadmap|anniversary"
    r"|from\s+now|running|(?:accredited\s+)?(?:undergraduate|graduate|bachelor|master)|degree|college|university|program\b|of\s+(?:\w+\s+)?(?:college|university|study"
    r"|history|growth|age)"
    r"|commitment|duration|position\b|history)|.{0,40}\bcredit\b",
    re.IGNORECASE,
)
_NOT_EXPERIENCE_BEFORE = re.compile(
    r"\b(?:past|last|next|previous|every|within|after|in\s+(?:the|its|our)|for\s+(?:the|over"
    r"|more\s+than|nearly|almost)"
    r"|founded|established|commit\w*\b.*|age\s+of|than\s+the|over\s+the|during\s+the|first)\s*$",
    re.IGNORECASE,
)
_LASTING = re.compile(
    r"\bfor\s+(?:(?:over|about|almost|nearly|some|more\s+than|the\s+(?:last|past))\s+)?$",
    re.IGNORECASE,
)
_EMPLOYER = re.compile(
    r"\b(?:we|we['’]ve|us|our|company|firm|organi[sz]ation|agency|business|team|staff|employees"
    r"|consultants|combined|collective\w*"
    r"|serv(?:ing|ed|es)|leader|partners?|founded|clients|customers|headquartered|boasts?|pride)\b",
    re.IGNORECASE,
)
_NAMED_EMPLOYER = re.compile(
    r"^(?:(?:At\s+)?[A-Z][\w&.'’-]*\s+){1,4}(?:brings?|has|have|boasts?|offers?|provides?"
    r"|delivers?)\s+(?:\w+\s+){0,2}$"
)
_OUR_OWN = re.compile(
    r"(?:Our|We)\b(?![^.;]*\b(?:you|candidates?|applicants?|seek\w*|need|require\w*|look\w*|want|hir\w+)\b)"
)
"""How a sentence begins that tells of the employer and asks for nobody."""
_LEADER_AHEAD = re.compile(
    r"\s*of\s+(?:[\w-]+\s+){0,3}experience(?:\s+[\w-]+){0,6},\s+(?:[A-Z][\w&.'’-]*\s+){1,4}(?:is"
    r"|has|are|provides|offers|delivers)\b"
)
_PERSON = re.compile(
    r"\b(?:you|your|candidates?|applicants?|must|should|looking|seek\w*|requir\w+|need\w*|minimum"
    r"|at\s+least|preferably|preferred|hire"
    r"|hiring|ideal\w*|someone|individual|successful|min\.?)\b",
    re.IGNORECASE,
)
_EXPERIENCE_AHEAD = re.compile(
    r"\s*(?:(?:or\s+more|plus|minimum|min\.?|\+)\s*)?(?:['’]\s*)?(?:$|[,;.)(]|of\b|in\b|as\b"
    r"|with\b|work\w*|experience\w*|exp\b|using\b"
    r"|professional\w*|hands-on|relevant|related|prior|progressive\w*|developing|building|managing"
    r"|designing|leading|on\b|at\b"
    r"|industry|teaching|supervis\w+|managerial|post|recent|demonstrated|proven"
    r"|\w+\s+(?:\w+\s+){0,4}(?:experience|background))",
    re.IGNORECASE,
)
_NICE = re.compile(
    r"\b(?:prefer\w*|plus|desir\w+|nice\s+to\s+have|ideally|bonus|advantage\w*|helpful"
    r"|a\s+strong\s+plus|beneficial)\b",
    re.I,
)
_MUST = re.compile(r"\b(?:required|must|mandatory|minimum|at\s+least|essential|requires?)\b", re.I)
_EQUIVALENT = re.compile(
    r"\bequivalen\w+(?!\s+(?:to\b|(?:\w+\s+)?(?:degree|field|discipline|major|subject|qualification|diploma)))|\bin\s+lieu\b|\bor\s+(?:\w+\s+){0,3}experience\b|\bsubstitut\w+",
    re.IGNORECASE,
)
_JOINED = re.compile(
    r"\s*(?:['’]s)?\s*(?:degrees?)?\s*(?:,|/|or|and|,\s*or|\(|&|and/or|-|–)\s*(?:an?\s+|the\s+)?",
    re.IGNORECASE,
)
_PREFERABLY = re.compile(r"\b(?:preferably|ideally|preferable)\b", re.IGNORECASE)
"""What follows these words is wanted more than needed; what precedes them is not touched."""
_PART_END = re.compile(r"[,;.]\s")
_NO = re.compile(r"\bno\s+(?:\w+\s+)?$", re.IGNORECASE)
_WAIVED = re.compile(
    r"\s*(?:degree\s*)?(?:(?:is|are)\s+)?(?:not|n['’]t)\s+(?:be\s+)?(?:required|needed|necessary|essential)",
    re.IGNORECASE,
)
_MOST_YEARS = 30
_WINDOW = 300
"""How far around a number or a degree its sentence is read."""


def years_asked(text: str, asked: Sequence[Asked]) -> tuple[YearsAsked, ...]:
    """Return the years of experience that the requirements name, in the order of the text.

    Ages, the age of the employer, terms and plans are no experience.
    """
    found = []
    for requirement in asked:
        for match in _YEARS.finditer(text, requirement.start, requirement.end):
            years = _years(text, match, requirement)
            if years:
                found.append(years)
        found += _whole_years_of_months(text, requirement)
    return tuple(found)


def _whole_years_of_months(text: str, requirement: Asked) -> Iterator[YearsAsked]:
    """Experience asked for in months, in whole years: "18 months of experience" is 1."""
    for match in _MONTHS.finditer(text, requirement.start, requirement.end):
        years = int(match["months"]) // 12
        if years:
            before, after = text[requirement.start : match.start()], text[match.end() :]
            kind = _kind(requirement.kind, before, after[:_WINDOW])
            written = match["quote"]
            quote = Quote(written, match.start(), match.start() + len(written), 0.8)
            yield YearsAsked(years, None, kind, quote)


def _years(text: str, match: re.Match[str], requirement: Asked) -> YearsAsked | None:
    before = text[max(requirement.start, match.start() - _WINDOW) : match.start()]
    after = text[match.end() : min(requirement.end, match.end() + _WINDOW)]
    least, most = _number(match["least"] or match["labelled"]), _number(match["most"])
    if least is None or least > _MOST_YEARS or _is_something_else(before, after):
        return None
    if (
        match["labelled"] is None
        and not _EXPERIENCE_AHEAD.match(after)
        and "experience" not in (before + after).lower()
    ):
        return None
    quote = Quote(match.group(), match.start(), match.end(), 0.85)
    return YearsAsked(least, most, _kind(requirement.kind, before, after), quote)


def _is_something_else(before: str, after: str) -> bool:
    if _NOT_EXPERIENCE_AFTER.match(after) or _NOT_EXPERIENCE_BEFORE.search(before):
        return True
    return _is_of_employer(before, after) or _is_of_nobody(before, after)


def _is_of_nobody(before: str, after: str) -> bool:
    """Whether something else lasted so long: "family owned for 25 years"."""
    said = before + after
    return (
        _LASTING.search(before) is not None
        and "experience" not in said.lower()
        and _PERSON.search(said) is None
    )


def _kind(kind: AskedKind, before: str, after: str) -> AskedKind:
    """The kind of the words beside the number, else of the requirement.

    Years that a sentence names are asked for outright, wherever it stands.
    """
    beside = _PART_END.split(before)[-1] + _PREFERABLY.split(_PART_END.split(after)[0])[0]
    if _NICE.search(beside) and not _MUST.search(beside):
        return "nice"
    if kind == "nice" and not _MUST.search(beside):
        return "nice"
    return "must"


def _number(written: str | None) -> int | None:
    if not written:
        return None
    return int(written) if written.isdigit() else NUMBER_WORDS[written.lower()]


def is_boast(statement: str) -> bool:
    """Return whether a statement tells the age or the experience of the employer."""
    match = _YEARS.search(statement)
    if match is None:
        return False
    before, after = statement[: match.start()], statement[match.end() :]
    return _is_of_employer(before, after) or _is_of_nobody(before, after)


def _is_of_employer(before: str, after: str) -> bool:
    if _OUR_OWN.match(before.lstrip()):
        return True
    if _PERSON.search(before):
        return False
    named = _NAMED_EMPLOYER.search(before) or _LEADER_AHEAD.match(after)
    return named is not None or _EMPLOYER.search(before) is not None


def least_years(experience: Sequence[YearsAsked]) -> int | None:
    """Return the most years that must be; None where none are."""
    return max((years.least for years in experience if years.kind == "must"), default=None)


def degree_asked(text: str, asked: Sequence[Asked]) -> DegreeAsked | None:
    """Return the lowest degree that is accepted, and whether one must be.

    Where a degree is required and a higher one preferred, the required one is returned.
    """
    named = [found for requirement in asked for found in _degrees_of(text, requirement)]
    if not named:
        return None
    required = [found for found in named if found.required]
    return min(required or named, key=lambda found: DEGREES.index(found.level))


def _degrees_of(text: str, requirement: Asked) -> Iterator[DegreeAsked]:
    names = degrees(text, requirement.start, requirement.end)
    for index, name in enumerate(names):
        whole = _around(text, name, requirement)
        last = _last_joined(text, names, index)
        stop = names[last + 1].start if last + 1 < len(names) else requirement.end
        clause = text[name.start : min(stop, name.end + _WINDOW)]
        nice = _NICE.search(clause) is not None and not _MUST.search(clause)
        if not nice and not _MUST.search(clause):
            nice = requirement.kind == "nice" or (len(names) == 1 and _is_nice(whole))
        if _is_waived(text, name, clause):
            continue
        quote = Quote(text[name.start : name.end], name.start, name.end, 0.85)
        yield DegreeAsked(name.level, not nice, _EQUIVALENT.search(whole) is not None, quote)


def _is_waived(text: str, name: DegreeName, clause: str) -> bool:
    """Whether a degree is said not to be needed: "no degree required", "a degree is not needed"."""
    return (
        _NO.search(text, max(0, name.start - 12), name.start) is not None
        or _WAIVED.match(clause[name.end - name.start :]) is not None
    )


def _around(text: str, name: DegreeName, requirement: Asked) -> str:
    start = max(requirement.start, name.start - _WINDOW)
    return text[start : min(requirement.end, name.end + _WINDOW)]


def _is_nice(sentence: str) -> bool:
    return _NICE.search(sentence) is not None and not _MUST.search(sentence)


def _last_joined(text: str, names: Sequence[DegreeName], index: int) -> int:
    """The last of a row of alternatives: "Bachelor's or Master's preferred" is said of both."""
    while index + 1 < len(names) and _JOINED.fullmatch(
        text[names[index].end : names[index + 1].start]
    ):
        index += 1
    return index
