"""What ranks a person by where they studied: prestige, rankings, orders, societies, alumni."""

import re
from collections.abc import Iterator

from shortlist.masking.layout import WORD, Layout, layout
from shortlist.masking.lexicon import entries
from shortlist.masking.study import study_lines
from shortlist.records import Span


def _any(phrases: tuple[str, ...] | list[str]) -> str:
    """Return a pattern for one of some phrases, whose spaces may be hyphens."""
    longest_first = sorted(phrases, key=len, reverse=True)
    return "(?:" + "|".join(re.escape(p).replace(r"\ ", "[ -]") for p in longest_first) + ")"


_GREEK = (
    "alpha beta gamma delta epsilon zeta eta theta iota kappa lambda mu nu xi omicron pi rho sigma "
    "tau upsilon phi chi psi omega"
).split()
_GREEK_WORDS = frozenset(_GREEK)
_SOCIETY = (
    r"(?:[ ,]+(?:(?:international|national|honou?rs?|business|professional|engineering|academic) )*"
    r"(?:honou?rs? society|society|sorority|fraternity|chapter|inc\.?|incorporated))*"
)
_GREEK_NAME = re.compile(
    rf"\b{_any(_GREEK)}(?:[ -]{_any(_GREEK)}){{1,3}}\b{_SOCIETY}", re.IGNORECASE
)
_GREEK_CAPITALS = re.compile(r"[ΑΒΓΔΕΖΗΘΙΚΛΜΝΞΟΠΡΣΤΥΦΧΨΩ]{2,4}(?!\w)(?<!\w{5})")
_IN_ELECTRONICS = frozenset(
    ("sigma delta", "delta sigma", "sigma-delta", "delta-sigma", "alpha beta", "alpha-beta")
)
_ALUMNI_WORDS = frozenset("alumni alumnae alumnus alumna alum sorority fraternity".split())
_ALUMNI = re.compile(
    r"(?:\b(?:member|president|chair|treasurer|secretary) of )?(?:\b(?:the|an?|proud) )?"
    r"(?:\b[A-Z][\w.&'’-]*(?: of)? ){0,5}\b(?i:alumni|alumnae|alumnus|alumna|alum)\b"
    r"(?: (?i:association|network|club|council|board|society|chapter|foundation|group|ambassador"
    r"|interviewer))*(?: of(?: the)?)?|\b(?i:sorority|fraternity)\b"
)

_LEAGUE_WORDS = frozenset(WORD.findall(" ".join(entries("leagues")))) - {
    "top", "group", "of", "big", "school", "university", "gates", "regular", "eight", "ten",
}  # fmt: skip
_LEAGUES = re.compile(
    rf"\b(?:(?:an?|the) )?{_any(entries('leagues'))}"
    r"(?:[ -](?:school|university|college|institution|education|graduate|educated|alumn\w+))?s?\b",
    re.IGNORECASE,
)

_INSTITUTION_WORDS = frozenset(
    "institution institutions university universities college colleges school schools institute "
    "institutes mater".split()
)
_INSTITUTION = (
    r"(?:institutions?|universit(?:y|ies)|colleges?|schools?|b[ -]schools?|alma mater|institutes?)"
)
_PRAISE = (
    rf"(?:{_any(entries('praise'))}|(?:top[ -]?\d+|(?:#|no\.? ?)\d+)(?:[ -](?:ranked|rated))?)"
)
_PRAISE_WORDS = frozenset(WORD.findall(" ".join(entries("praise"))))
_KIND = (
    r"(?:public|private|state|local|regional|community|small|large|national|international|open"
    r"|online|accredited|major|four[ -]year|two[ -]year|regular|american|european|foreign|research"
    r"|technical|business|engineering|law|medical|and|most|highly)"
)
_PRAISED = re.compile(
    rf"(?:\b(?:at|from|in|of|by|attended|with) )?"
    rf"(?:\b|(?=#))(?:(?:an?|the|one of the|my|some of the)(?: \w+['’]s)? )?"
    rf"(?:{_KIND}[ ,]+)*(?:{_PRAISE}[ ,]+(?:{_KIND}[ ,]+)*)+{_INSTITUTION}\b"
    rf"(?: in the (?:world|country|nation|us|uk|usa))?",
    re.IGNORECASE,
)
_STUDIED = re.compile(
    r"\b(?:stud(?:y|ied|ying|ies)|graduat\w+|degree|educated|majored|enrolled)\b", re.IGNORECASE
)
_SOME_SCHOOL = re.compile(
    rf"\b(?:at|from) (?:(?:an?|the|one of the) )?(?:(?:{_PRAISE}|{_KIND})[ ,]+)*"
    r"(?:institution|university|college|universities|institutions|colleges)\b"
    r"(?! of| relations| recruit)",
    re.IGNORECASE,
)

_RANKERS = (
    r"(?:qs|times higher education|the times|u\.?s\.? news(?: (?:&|and) world report)?|arwu"
    r"|shanghai ranking|financial times|forbes|nirf|princeton review|businessweek|the economist"
    r"|guardian)"
)
_RANKING = re.compile(
    r"(?:,? ?\(?\b(?:which is |currently |consistently )?(?:ranked|rated|ranking|ranks))\s*"
    r"(?:as )?(?:the )?(?:among (?:the )?)?(?:top )?(?:#|no\.?|number|nº)?\s*"
    r"(?:\d+(?:st|nd|rd|th)?|one|first|second|third|best)(?P<rest>[^.;|\n)]{0,70})\)?",
    re.IGNORECASE,
)
_OF_SCHOOLS = re.compile(
    rf"{_RANKERS}|universit|college|institut|b-?school|business school|worldwide|globally"
    r"|nationally|in (?:the (?:world|country|nation|uk|usa?)|india|asia|europe|china|africa)\b",
    re.IGNORECASE,
)
_OF_PEOPLE = re.compile(
    r"class|batch|cohort|students?|sales|revenue|team|employee|agents?|region|district|store"
    r"|company",
    re.IGNORECASE,
)
_RANK_BY = re.compile(
    rf"\(?\b{_RANKERS}(?: world)?(?: university)?(?: rankings?)?(?: 20\d\d)?[: ]*"
    r"(?:#|no\.? ?|rank(?:ed|ing)? )\s*\d+\)?",
    re.IGNORECASE,
)
_RANK_WORDS = frozenset(("ranked", "rated", "ranking", "ranks"))
_RANKER_WORDS = frozenset(("qs", "arwu", "nirf", "forbes", "news", "times", "economist"))

_CATEGORY_WORDS = frozenset("category tier rank ranking prestige".split())
_CATEGORY = re.compile(
    r"\b(?:education(?:al)?|school|university|college|institution)[ _]"
    r"(?:category|tier|rank|ranking|prestige)\b|\b\w{3,12}_school\b",
    re.IGNORECASE,
)
_SENTENCE_END = re.compile(r"[.!?;](?=\s|\Z)")


def affiliations(text: str) -> list[Span]:
    """Return Greek-letter societies and alumni associations."""
    lay = layout(text)
    spans = [
        Span(match.start(), match.end(), "affiliation")
        for line in lay.lines_with(_GREEK_WORDS)
        for match in _GREEK_NAME.finditer(text, lay.starts[line], lay.ends[line])
        if text[match.start()].isupper() and match[0].lower() not in _IN_ELECTRONICS
    ]
    if any("α" <= word[0] <= "ω" for word in lay.foreign):
        spans += [Span(m.start(), m.end(), "affiliation") for m in _GREEK_CAPITALS.finditer(text)]
    spans += _in_lines(_ALUMNI, lay, lay.lines_with(_ALUMNI_WORDS), "affiliation")
    return spans


def prestige(text: str) -> list[Span]:
    """Return phrases and rankings that tell how good a school is held to be, without its name."""
    lay = layout(text)
    spans = [*_category_sentences(lay), *_rankings(lay)]
    spans += _in_lines(_LEAGUES, lay, lay.lines_with(_LEAGUE_WORDS))
    about = lay.lines_with(_INSTITUTION_WORDS)
    spans += _in_lines(_PRAISED, lay, {line for line in about if _praises(lay, line)})
    spans += _in_lines(_SOME_SCHOOL, lay, about & study_lines(lay))
    return spans


def _in_lines(
    pattern: re.Pattern[str], lay: Layout, lines: set[int], kind: str = "prestige"
) -> Iterator[Span]:
    for line in lines:
        for match in pattern.finditer(lay.text, lay.starts[line], lay.ends[line]):
            yield Span(match.start(), match.end(), kind)


def _praises(lay: Layout, line: int) -> bool:
    words = WORD.findall(lay.lower, lay.starts[line], lay.ends[line])
    return not _PRAISE_WORDS.isdisjoint(words)


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
            marks = (
                lay.text.rfind(mark, start, match.start()) for mark in (". ", "! ", "? ", "; ")
            )
            before = max(marks)
            after = _SENTENCE_END.search(lay.text, match.end(), end)
            begin = before + 2 if before >= 0 else start
            yield Span(begin, after.end() if after else end, "prestige")


def _rankings(lay: Layout) -> Iterator[Span]:
    for line in lay.lines_with(_RANK_WORDS):
        for match in _RANKING.finditer(lay.text, lay.starts[line], lay.ends[line]):
            if _ranks_school(lay, line, match):
                yield Span(match.start(), match.end(), "prestige")
    yield from _in_lines(_RANK_BY, lay, lay.lines_with(_RANKER_WORDS))


def _ranks_school(lay: Layout, line: int, match: re.Match[str]) -> bool:
    """Whether a ranking is of a school, and not of a person among others."""
    if _OF_PEOPLE.search(match["rest"]):
        return False
    return (
        _OF_SCHOOLS.search(match["rest"]) is not None
        or lay.sections[line] == "education"
        or _STUDIED.search(lay.text, lay.starts[line], match.start()) is not None
    )
