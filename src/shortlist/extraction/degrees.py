"""Degrees by their names and abbreviations, told from the words that look like them.

Abbreviations count in capitals only, and those of two letters only where a degree would stand:
"contact me", "would be", "as a cashier", "MS Office" and "Boston, MA" hold no degree.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from shortlist.extraction.entities import DEGREES, Degree

_FACULTY = (
    r"of\s+(?:the\s+)?(?:applied\s+|professional\s+|health\s+|fine\s+|public\s+|general\s+)?"
    r"(?:arts?|sciences?|business|education|engineering|social|laws?|architecture|technology"
    r"|philosophy"
    r"|accounting|accountancy|computer|divinity|music|commerce|nursing|health|library|management"
    r"|medicine"
    r"|international|urban|teaching|counseling|administration|information|finance|economics|design"
    r"|human"
    r"|healthcare|policy|theology|taxation|studies|pharmacy|dental|veterinary|physical|psychology"
    r"|surgery"
    r"|journalism|communications?|hospitality|tourism|hotel|agriculture|occupational|liberal)"
    r"(?:\s+(?:administration|health|work|arts|management|studies|policy|applications|technology"
    r"|practice|therapy"
    r"|surgery|medicine|science|sciences|resources|systems)\b)?"
)
_NAMES: dict[Degree, str] = {
    "doctorate": r"ph\.?\s?d\b\.?|d\.?\s?phil\b|doctorates?\b|doctoral\s+(?:degree|studies|program)"
    rf"|doctor\s+{_FACULTY}|juris\s+doctor(?:ate)?|doktor(?:at|grad)?\b|doctorat\b|doctorado\b"
    r"|dottorato\b|doutorado\b|doctor['’]s\s+degree",
    "master": rf"masters?['’]?s?\s+(?:degree|level|program)|master['’]s|masters?\s+{_FACULTY}"
    rf"|masters(?=\s+in\b)"
    r"|(?<![a-z]\s)masters?(?=\s*(?:$|[,:;.|\n–-]))|(?:graduate|advanced|post-?graduate)\s+degree"
    r"|magister\b|maîtrise\b|máster\b|maestr[ií]a\b|mestrado\b|laurea\s+magistrale|master\s+en\b"
    r"|executive\s+mba"
    r"|(?:engineer|specialist)['’]?s?\s+degree|diplom(?:-\w+|ingenieur\w*|\s+ingenieur)",
    "bachelor": rf"bachelors?['’]?s?\s+(?:degree|level|{_FACULTY})|bachelors?['’]?s?\b"
    r"|baccalaureate(?:\s+degree)?|undergraduate\s+degree|b\.?\s?tech\b|(?:college"
    r"|university)\s+degree"
    r"|(?:4|four)[\s-]?(?:year|yr)\s+(?:college\s+|university\s+)?degree|licenciatura\b|laurea\b"
    r"|licenciad[oa]\s+en\b|honou?rs\s+degree|degree(?=\s+(?:in\s+(?!progress)\w"
    r"|required|preferred|or\s+equivalent|is\s+required|qualified))|grado\s+en\b|bacharelado\b|inżynier\b"
    r"|kandidatexamen\b",
    "associate": rf"associates?['’]?s?\s+(?:degree|{_FACULTY})|associate['’]s\b"
    r"|associates?\s+in\s+(?:applied\s+)?(?:arts?|science|business|nursing)\b"
    r"|(?<![a-z&]\s)(?-i:Associates)(?=\s*(?:$|[:\n]))|(?:2|two)[\s-]?(?:year|yr)\s+(?:college\s+)?degree"
    r"|foundation\s+degree",
    "none": r"high\s+school(?:\s+(?:diploma|graduate|degree|equivalen\w+|education))?"
    r"|g\.?e\.?d\.?(?=[\s,.;:)]|$)|general\s+education\w*\s+(?:degree|diploma)"
    r"|secondary\s+school(?:\s+\w+)?|a[\s-]levels\b|abitur\b|baccalauréat\b|matura\b"
    r"|hochschulreife\b"
    r"|bachillerato\b|some\s+college\b",
}
_CAPITALS: dict[Degree, str] = {
    "doctorate": r"J\.D\.?|JD(?=\s+(?:degree|from|required|preferred)|,\s*[A-Z]|\s*/)|M\.D\.?"
    r"|Ed\.?D\.?|EdD|Pharm\.?\s?D\.?|D\.?D\.?S\.?|D\.?V\.?M\.?|DNP|Psy\.?D\.?|D\.B\.A\.?|Ph\.?D\.?",
    "master": r"M\.?B\.?A\.?|M\.?S\.?W\.?|M\.?P\.?H\.?|M\.?P\.?A\.?|M\.?\s?Ed\.?|M\.?F\.?A\.?"
    r"|M\.?A\.?Sc\.?|M\.?\s?Sc\.?|M\.?\s?Eng\.?|M\.?\s?Tech\.?"
    r"|M\.?\s?Phil\.?|LL\.M\.?|MCA|M\.?\s?Com\.?|M\.\s?S\.?|M\.\s?A\.?|M\.E\.|MSN|M\.?Arch\.?|MLIS"
    r"|MHA|MDiv|M\.Div\.?",
    "bachelor": r"B\.?B\.?A\.?|B\.?F\.?A\.?|B\.?S\.?N\.?|B\.?A\.?Sc\.?|B\.?\s?Sc\.?"
    r"|B\.?\s?Eng\.?|B\.?\s?Com\.?"
    r"|B\.?\s?Ed\.?|B\.?\s?Arch\.?|LL\.?B\.?|BCA"
    r"|B\.\s?S\.?|B\.\s?A\.?|B\.E\.|A\.B\.|BSEE|BSME|BSCS|BSBA|BSW|B\.\s?Tech\.?|BTech"
    r"|B\.?Pharm\.?",
    "associate": r"HND|A\.?A\.?S\.?|A\.\s?S\.|A\.\s?A\.|A\.?D\.?N\.?",
    "none": r"GED|HSC|SSC|WASSCE|GCSEs?|A[- ][Ll]evels?|Class\s+(?:XII|X|12|10)",
}
_PAIRS: dict[str, Degree] = {
    "JD": "doctorate",
    "MD": "doctorate",
    "MS": "master",
    "MA": "master",
    "ME": "master",
    "BS": "bachelor",
    "BA": "bachelor",
    "BE": "bachelor",
    "AB": "bachelor",
    "AA": "associate",
    "AS": "associate",
}
_PAIR = "|".join(_PAIRS)


def _alternatives(patterns: dict[Degree, str]) -> str:
    return "|".join(f"(?P<{level}>{pattern})" for level, pattern in patterns.items())


_NAMED = re.compile(rf"(?<![\w-])(?:{_alternatives(_NAMES)})", re.IGNORECASE)
_ABBREVIATED = re.compile(rf"(?<![\w.@-])(?:{_alternatives(_CAPITALS)})(?![\w@])")
_PAIRED = re.compile(
    rf"(?<![\w.&-])(?<!, )(?P<pair>{_PAIR})(?=\s+degree\b|\s+in\s+[A-Za-z]|\s*/\s*(?:{_PAIR}|PhD"
    rf"|Ph\.D|MBA|M\.)"
    rf"|(?:,|\s+or|\s+and)\s+(?:{_PAIR}|PhD|Ph\.D|MBA|advanced|[Ee]quivalent|higher)\b)"
    rf"|(?<=/)(?P<second>{_PAIR})(?!\w)|(?<=/ )(?P<third>{_PAIR})(?=\s+(?:degree|in)\b)"
)
_PAIRED_IN_EDUCATION = re.compile(
    rf"(?<![\w.&-])(?<![a-z], )(?P<pair>{_PAIR})(?!/\d)(?=\s*(?:$|[,:;(/|\n–-]|\.\s)|\s+(?:in"
    rf"|degree)\b|\s+[A-Z][a-z]{{2,}})"
)
_LESSER = re.compile(
    r"\b(?P<none>(?:(?:advanced|national|vocational|trade|technical|graduate|postgraduate"
    r"|culinary\s+arts)\s+)?diploma\b|certificate\s+(?:in|of|i{1,3}|iv)\b)",
    re.IGNORECASE,
)
"""What is less than a degree, where a section on education tells of it."""
_PRODUCTS = re.compile(
    r"\s*-?\s*(?:office|sql|word|excel|access|windows|project|dos|visio|power\s?point|outlook"
    r"|teams|exchange|publisher)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class DegreeName:
    """A degree named in a text."""

    start: int
    end: int
    level: Degree


def degrees(text: str, start: int, end: int, *, in_education: bool = False) -> list[DegreeName]:
    """Return the degrees named in `text[start:end]`, in order and disjoint.

    In a section about education a two-letter abbreviation needs less around it to count.
    """
    found: list[DegreeName] = []
    pairs = _PAIRED_IN_EDUCATION if in_education else _PAIRED
    matches = [
        *_levelled(_NAMED, text, start, end),
        *_levelled(_ABBREVIATED, text, start, end),
        *_levelled(pairs, text, start, end),
        *(_levelled(_LESSER, text, start, end) if in_education else ()),
    ]
    for name in sorted(matches, key=lambda n: (n.start, -n.end)):
        if found and name.start < found[-1].end:
            continue
        plain = text[name.start : name.end].lower() == "degree"
        if plain and found and not text[found[-1].end : name.start].strip(" \t\n.’'s"):
            continue  # "PhD degree", "Master of Science degree"
        found.append(name)
    return found


def highest(levels: list[Degree]) -> Degree | None:
    """Return the highest of some levels, or None of none."""
    return max(levels, key=DEGREES.index, default=None)


def _levelled(pattern: re.Pattern[str], text: str, start: int, end: int) -> Iterator[DegreeName]:
    for match in pattern.finditer(text, start, end):
        kind = match.lastgroup or ""
        if kind in ("pair", "second", "third"):
            if not _PRODUCTS.match(text, match.end()):
                yield DegreeName(match.start(), match.end(), _PAIRS[match.group()])
        else:
            level = next(level for level in DEGREES if level == kind)
            yield DegreeName(match.start(), match.end(), level)
