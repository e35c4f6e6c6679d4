"""What ranks a person by where they studied: prestige, rankings, orders, societies, alumni."""

import re
from collections.abc import Iterator

from shortlist.masking.layout import WORD, Layout, layout
from shortlist.records import Span

_GREEK = (
    "alpha beta gamma delta epsilon zeta eta theta iota kappa lambda mu nu xi omicron pi rho sigma tau "
    "upsilon phi chi psi omega"
).split()
_GREEK_WORDS = frozenset(_GREEK)
_LETTER = rf"(?:{'|'.join(_GREEK)})"
_SOCIETY = (
    r"(?:[ ,]+(?:(?:international|national|honou?rs?|business|professional|engineering|academic) )*"
    r"(?:honou?rs? society|society|sorority|fraternity|chapter|inc\.?|incorporated))*"
)
_GREEK_NAME = re.compile(rf"\b{_LETTER}(?:[ -]{_LETTER}){{1,3}}\b{_SOCIETY}", re.IGNORECASE)
_GREEK_CAPITALS = re.compile(r"[ΑΒΓΔΕΖΗΘΙΚΛΜΝΞΟΠΡΣΤΥΦΧΨΩ]{2,4}(?!\w)(?<!\w{5})")
_IN_ELECTRONICS = frozenset(
    (
        "sigma delta",
        "delta sigma",
        "sigma-delta",
        "delta-sigma",
        "alpha beta",
        "alpha-beta",
        "pi mu",
    )
)

_LEAGUES = re.compile(
    r"\b(?:(?:an? |the )?(?:public |mini )?ivy[ -]league(?:[ -](?:school|university|college|institution|"
    r"education|graduate|educated|alumn\w+))?|ivies|russell group(?: university)?|group of eight|c9 league|"
    r"oxbridge|big ten(?: university)?|seven sisters|grandes? [ée]coles?|golden triangle university|"
    r"aau university|u15|go8|target school|elite[_ -]school|regular[_ -]school|top[_ -]school)\b",
    re.IGNORECASE,
)
_LEAGUE_WORDS = frozenset(
    "ivy ivies russell league oxbridge sisters grande grandes golden aau elite".split()
)
_SCHOLARS = re.compile(
    r"\b(?:rhodes|marshall|gates[ -]cambridge|schwarzman|knight[ -]hennessy|churchill|mitchell) scholar(?:s|ship)?\b",
    re.IGNORECASE,
)
_CATEGORY = re.compile(
    r"\b(?:education(?:al)?|school|university|college|institution)[ _](?:category|tier|rank|ranking|prestige)\b|\b\w{3,12}_school\b",
    re.IGNORECASE,
)

_KIND_OF_SCHOOL = (
    r"(?:elite|prestigious|renowned|reputed|reputable|distinguished|premier|leading|selective|highly selective|"
    r"highly[ -]ranked|top[ -]ranked|top[ -]tier|top|best|world[ -]class|world[ -]renowned|world[ -]leading|"
    r"well[ -]known|well[ -]regarded|famous|respected|highly respected|nationally ranked|"
    r"internationally (?:recogni[sz]ed|renowned)|tier[ -]?(?:1|2|3|one|two|three|i|ii)|first[ -]tier|second[ -]tier|"
    r"lower[ -]tier|mid[ -]tier|(?:\#|no\.? ?)1|number one|top[ -]?\d+|highest[ -]ranked)"
)
_PLAIN_KIND = (
    r"(?:public|private|state|local|regional|community|small|large|national|international|open|online|"
    r"accredited|major|four[ -]year|two[ -]year|non[ -]elite|regular|american|european|foreign|research|technical)"
)
_INSTITUTION = (
    r"(?:institutions?|universit(?:y|ies)|colleges?|schools?|b[ -]schools?|alma mater|institutes?)"
)
_RANKED_SCHOOL = re.compile(
    rf"(?:\b(?:at|from|in|of|by|attended|with) )?\b(?:(?:an?|the|one of the|my|some of the)(?: \w+['’]s)? )?"
    rf"(?:(?:{_KIND_OF_SCHOOL}|{_PLAIN_KIND}|(?:business|engineering|technical|research|law|medical|and|most|highly))[ ,]+)*"
    rf"{_KIND_OF_SCHOOL}[ ,]+(?:(?:{_KIND_OF_SCHOOL}|{_PLAIN_KIND}|business|engineering|law|medical|most|and)[ ,]+)*"
    rf"{_INSTITUTION}\b(?: in the (?:world|country|nation|us|uk|usa))?",
    re.IGNORECASE,
)
_SOME_SCHOOL = re.compile(
    rf"\b(?:at|from) (?:(?:an?|the|one of the) )?(?:(?:{_KIND_OF_SCHOOL}|{_PLAIN_KIND})[ ,]+(?:and )?)*"
    rf"(?:institution|university|college|universities|institutions|colleges)\b(?! of| relations| recruit)",
    re.IGNORECASE,
)
_STUDIED = re.compile(
    r"\b(?:stud(?:y|ied|ying|ies)|graduat\w+|degree|educated|majored|enrolled)\b",
    re.IGNORECASE,
)
_RANKERS = r"(?:qs|times higher education|the times|u\.?s\.? news(?: (?:&|and) world report)?|arwu|shanghai ranking|financial times|forbes|nirf|princeton review|businessweek|the economist|guardian)"
_RANKING = re.compile(
    rf"(?:,? ?\(?\b(?:which is |currently |consistently )?(?:ranked|rated|ranking|ranks))\s*(?:as )?(?:the )?"
    rf"(?:among (?:the )?)?(?:top )?(?:\#|no\.?|number|nº)?\s*(?:\d+(?:st|nd|rd|th)?|one|first|second|third|best)"
    rf"(?P<rest>[^.;|\n)]{{0,70}})\)?",
    re.IGNORECASE,
)
_OF_SCHOOLS = re.compile(
    rf"{_RANKERS}|universit|college|institut|b-?school|business school|in the (?:world|country|nation|uk|usa?)\b|"
    r"worldwide|globally|nationally|in (?:india|asia|europe|china|africa|the world)",
    re.IGNORECASE,
)
_OF_PEOPLE = re.compile(
    r"class|batch|cohort|students?|sales|revenue|team|employee|agents?|region|district|store|company",
    re.IGNORECASE,
)
_RANKER_RANK = re.compile(
    rf"\(?\b{_RANKERS}(?: world)?(?: university)?(?: rankings?)?(?: 20\d\d)?[: ]*(?:\#|no\.? ?|rank(?:ed|ing)? )\s*\d+\)?",
    re.IGNORECASE,
)

_ALUMNI = re.compile(
    r"(?:\b(?:member|president|chair|treasurer|secretary) of )?(?:\b(?:the|an?|proud) )?(?:\b[A-Z][\w.&'’-]*(?: of)? ){0,5}"
    r"\b(?i:alumni|alumnae|alumnus|alumna|alum)\b(?: (?i:association|network|club|council|board|society|chapter|foundation|group|ambassador|interviewer))*(?: of(?: the)?)?"
)


def affiliations(text: str) -> list[Span]:
    """Return Greek-letter societies and alumni associations."""
    lay = layout(text)
    spans = []
    for line in lay.lines_with(_GREEK_WORDS):
        for match in _GREEK_NAME.finditer(text, lay.starts[line], lay.ends[line]):
            if text[match.start()].isupper() and match[0].lower() not in _IN_ELECTRONICS:
                spans.append(Span(match.start(), match.end(), "affiliation"))
    if not text.isascii():
        spans += [Span(m.start(), m.end(), "affiliation") for m in _GREEK_CAPITALS.finditer(text)]
    for line in lay.lines_with(
        frozenset("alumni alumnae alumnus alumna alum sorority fraternity".split())
    ):
        spans += _alumni(lay, line)
    return spans


def _alumni(lay: Layout, line: int) -> Iterator[Span]:
    for match in _ALUMNI.finditer(lay.text, lay.starts[line], lay.ends[line]):
        yield Span(match.start(), match.end(), "affiliation")
    for match in re.finditer(
        r"\b(?:sorority|fraternity)\b", lay.lower[lay.starts[line] : lay.ends[line]]
    ):
        start = lay.starts[line] + match.start()
        yield Span(start, start + len(match[0]), "affiliation")


def prestige(text: str) -> list[Span]:
    """Return phrases and rankings that tell how good a school is held to be, without its name."""
    lay = layout(text)
    spans = [*_category_sentences(lay), *_rankings(lay)]
    for words, pattern in (
        (_LEAGUE_WORDS, _LEAGUES),
        (frozenset(("scholar", "scholars", "scholarship")), _SCHOLARS),
    ):
        for line in lay.lines_with(words):
            spans += _all(pattern, lay, line)
    for line in lay.lines_with(_INSTITUTION_WORDS):
        if not _PRAISE.isdisjoint(WORD.findall(lay.lower, lay.starts[line], lay.ends[line])):
            spans += _all(_RANKED_SCHOOL, lay, line)
        if _STUDIED.search(text, lay.starts[line], lay.ends[line]):
            spans += _all(_SOME_SCHOOL, lay, line)
    return spans


_SENTENCE_END = re.compile(r"[.!?;](?=\s|\Z)")
_CATEGORY_WORDS = frozenset("category tier rank ranking prestige elite_school".split())
_PRAISE = frozenset(
    "elite prestigious renowned reputed reputable distinguished premier leading selective ranked tier top "
    "best class known regarded famous respected recognized recognised number highest".split()
)
_INSTITUTION_WORDS = frozenset(
    "institution institutions university universities college colleges school schools institute institutes mater".split()
)


def _all(pattern: re.Pattern[str], lay: Layout, line: int) -> Iterator[Span]:
    for match in pattern.finditer(lay.text, lay.starts[line], lay.ends[line]):
        yield Span(match.start(), match.end(), "prestige")


def _category_sentences(lay: Layout) -> Iterator[Span]:
    """Yield sentences in which a resume states the category of its school."""
    lines = lay.lines_with(_CATEGORY_WORDS)
    position = lay.lower.find("_school")
    while position >= 0:
        lines.add(lay.line_at(position))
        position = lay.lower.find("_school", position + 1)
    for line in lines:
        start, end = lay.starts[line], lay.ends[line]
        for match in _CATEGORY.finditer(lay.text, start, end):
            before = max(
                lay.text.rfind(mark, start, match.start()) for mark in (". ", "! ", "? ", "; ")
            )
            after = _SENTENCE_END.search(lay.text, match.end(), end)
            yield Span(
                before + 2 if before >= 0 else start, after.end() if after else end, "prestige"
            )


def _rankings(lay: Layout) -> Iterator[Span]:
    for line in lay.lines_with(frozenset(("ranked", "rated", "ranking", "ranks"))):
        for match in _RANKING.finditer(lay.text, lay.starts[line], lay.ends[line]):
            about_school = _OF_SCHOOLS.search(match["rest"]) or (
                lay.sections[line] == "education"
                or _STUDIED.search(lay.text, lay.starts[line], match.start())
            )
            if about_school and not _OF_PEOPLE.search(match["rest"]):
                yield Span(match.start(), match.end(), "prestige")
    for line in lay.lines_with(
        frozenset(("qs", "arwu", "nirf", "forbes", "news", "times", "economist"))
    ):
        yield from _all(_RANKER_RANK, lay, line)
