"""How a skill is spoken of: as used, as merely named, as missing, or as wanted.

A trigger ("no experience with", "eager to learn") reaches to the end of its clause. Commas carry a
list on; a new subject, a contrast or the end of the sentence stop it.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from shortlist.extraction.names import Words

Stance = Literal["negated", "desired"]

_THING = (
    r"(?:experience|knowledge|exposure|familiarity|background|skills?|training|expertise"
    r"|understanding"
    r"|proficiency|qualifications?|education|command|practice|history|interest)"
)
_HOW = (
    r"(?:(?:any|prior|previous|direct|hands[- ]on|professional|working|formal|practical|real"
    r"|actual|much"
    r"|specific|in-depth|extensive|relevant|commercial|production|industry|significant|substantial"
    r"|deep"
    r"|paid)\s+){0,3}"
)
_WITH = r"(?:\s+(?:with|in|of|using|on|to|at|around|as))*"
_WHEN = r"(?:yet\s+|currently\s+|really\s+|ever\s+|previously\s+|personally\s+|at\s+all\s+)?"
_NOUN = rf"{_HOW}{_THING}(?:\s+(?:or|and)\s+{_THING})?{_WITH}"
_NAMES_BETWEEN = r"(?:[\w+#/-]+(?:\.\w+)*(?:\s*[,/]\s*|[ \t]+)(?:or\s+)?){1,4}?"
_NEGATIONS = "|".join(
    (
        rf"(?:no|zero|without|minus|lack(?:s|ing|ed)?(?:\s+of)?|little\s+(?:to|or)\s+no)\s+{_NOUN}",
        rf"(?P<inside>(?:no|without)\s+{_NAMES_BETWEEN}{_THING}\b"
        r"|not\s+an?\s+[\w+#./-]+\s+(?:developer|programmer|coder|user)\b)",
        r"(?:neither|yet\s+to)\s+(?:us(?:e|ed)|work(?:ed)?\s+with|learn(?:ed|t)?|kn[eo]w|tried"
        r"|try)?",
        r"(?:cannot|unable\s+to|(?:not|n['’]t)\s+able\s+to)\s+(?:program|code|use|write|work)\b"
        + _WITH,
        r"(?:not|n['’]t)\s+(?:include|cover|extend\s+to|comprise)\b",
        rf"(?:not|n['’]t)\s+{_WHEN}(?:familiar|experienced|proficient|skilled|comfortable|versed"
        rf"|trained"
        rf"|certified|acquainted|fluent|competent){_WITH}",
        rf"unfamiliar{_WITH}",
        r"not\s+(?:with|in|yet\s+in)\b",
        rf"(?:not|n['’]t|never)\s+{_WHEN}(?:been\s+exposed|had\s+exposure|us(?:e|ed|ing)|work(?:ed"
        rf"|ing)?"
        r"|touched|learn(?:ed|t)?|programmed|coded?|kn[eo]w|stud(?:y|ied)|tried|written|operated"
        r"|handled"
        rf"|seen)\b{_WITH}",
        rf"(?:not|n['’]t)\s+{_WHEN}(?:have|possess)\s+(?:{_NOUN}|{_HOW})",
        r"keine(?:rlei)?\s+(?:\w+\s+)?(?:erfahrung(?:en)?|kenntnisse)(?:\s+(?:mit|in|von))?",
        r"(?:aucune|sans)\s+(?:expérience|connaissance)(?:\s+(?:de|en|avec|du|des))?",
        r"sin\s+(?:experiencia|conocimientos?)(?:\s+(?:en|con|de))?",
    )
)
_LEARN = (
    r"(?:learn(?:ing)?|study(?:ing)?|pick(?:ing)?\s+up|master(?:ing)?|explor(?:e|ing)|try(?:ing)?"
    r"|us(?:e|ing)|gain(?:ing)?\s+(?:\w+\s+)?(?:experience|exposure|skills|knowledge)(?:\s+(?:with|in|of))?"
    r"|get(?:ting)?\s+(?:into|started\s+with)|work(?:ing)?\s+with"
    r"|develop(?:ing)?\s+(?:my\s+)?skills\s+in|become\s+(?:\w+\s+)?in)"
)
_DESIRES = "|".join(
    (
        r"(?:eager|keen|excited|hop(?:ing|e)|looking(?:\s+forward)?|willing|want(?:s|ing)?"
        r"|wish(?:es|ing)?"
        r"|aim(?:s|ing)?|plan(?:s|ning)?|aspir(?:es?|ing)|happy|intend(?:s|ing)?|(?:would"
        r"|['’]d)\s+(?:like|love)"
        rf"|seeking|curious|ready|motivated|open|(?:goal|ambition|dream)\s+is)\s+(?:to|about"
        rf"|for)\s+(?:further\s+)?{_LEARN}",
        r"(?:currently|now|also|am|actively)\s+(?:learning|studying|exploring|teaching\s+myself)\b",
        r"(?:eager|keen|curious)\s+(?:about|on|for)\b",
        r"interest(?:ed)?\s+in\b(?:\s+(?:learning|exploring|studying|trying|picking\s+up)\b)?",
        r"(?P<spare>learning\s+(?:[\w+#./,-]+\s+){1,6}?(?:in\s+my\s+(?:spare|free)\s+time"
        r"|on\s+the\s+side"
        r"|at\s+the\s+moment))",
        r"(?:next|future|learning)\s+(?:goals?|plans?)\s*:",
        r"(?:(?<=[;:.•]\s)|(?<=\n)|(?<![\s\S]))(?:learning|exploring|studying)(?:\s*:|(?=\s+(?-i:[A-Z])))",
        r"want\s+an?\s+(?:[\w-]+\s+){0,3}?(?:role|position|job|opportunity)\s+"
        r"(?:where|in\s+which|to)\s+(?:i\s+(?:can|could|will|may)\s+)?(?:learn|use|work\s+with)\b(?!\s+my\b)",
        r"(?:passionate\s+about|passion\s+for|enthusias\w+\s+(?:for|about))\s+learning\b",
    )
)
_TRIGGER = re.compile(rf"(?P<negated>{_NEGATIONS})|(?P<desired>{_DESIRES})", re.IGNORECASE)
_OPENERS = """
    no not never neither yet cannot unable zero without minus lack lacks lacking lacked little
    unfamiliar keine keinerlei aucune sans sin eager keen excited hoping hope looking willing want
    wants wanting wish wishes wishing aim aims aiming plan plans planning aspire aspires aspiring
    happy intend intends intending would seeking curious ready motivated open goal ambition dream
    currently now also am actively interest interested next future learning passion passionate
    studying exploring
    enthusiasm enthusiastic
"""
_FIRST_WORDS = frozenset(_OPENERS.split())
_SHORT_FORM = re.compile(r"n['’]t\b|['’]d\b", re.IGNORECASE)
_CLAUSE_END = re.compile(
    r"[.!?;:…](?=\s|$|[\"')\]])|\.\.\.|\n\s*\n|\n(?=\s*[•·▪◦●■►*✓–—-])|\s[–—]\s|[()]"
    r"|[,\s]\s*(?:but|however|yet|although|though|except|instead|whereas|while|still|nevertheless"
    r"|nonetheless|aside\s+from|apart\s+from|other\s+than|only|mostly|mainly)\b"
    r"|,\s*(?:and\s+|so\s+|then\s+)?(?:i|we|he|she|they|my|since|daily|using|used|experienced"
    r"|skilled|proficient|strong|expert|have|has|had|worked|built|with\s+(?:strong|solid|extensive"
    r"|deep))\b"
    r"|\s(?:since\s+\d{4}|i\s+(?:use|used|have|am|build|built|work|worked|know))\b"
    r"|\s(?:required|necessary|needed|expected|is\s+fine|is\s+ok)\b|,\s*\d|\sby\s+\w+ing\b"
    r"|\s(?-i:Work Experience|Experience|Education|Skills|Summary|Additional Information)"
    r"\s+(?-i:[A-Z])",
    re.IGNORECASE,
)
_CLAUSE_START = re.compile(
    r"[.!?;:…]\s|\n|,\s*(?:but|and|however|although)\s|\b(?:but|however)\s|\s[–—]\s|^",
    re.IGNORECASE,
)
_AFTERWARDS = re.compile(
    r"[ \t]*[:(–—-][ \t]*(?P<none>none\b|no\)|no\s+(?:experience|knowledge)|not\s+yet|not\s+used"
    r"|never(?:\s+used)?\b|beginner\s+wanting)"
    r"|[ \t]+(?:is|are)\s+(?:not|n['’]t)\s+(?:among|part\s+of|one\s+of)\b"
    r"|[ \t]*\((?P<want>learning|to\s+learn|planned|next)\)",
    re.IGNORECASE,
)
_NOT_ONLY = re.compile(
    r"\bnot\s+(?:only|just|limited|to\s+mention)\b|\bno\s+(?:problem|doubt|matter|wonder)\b", re.I
)
_BARE_NO = re.compile(
    r"(?:^|[,.;(\n]\s*|\b(?:have|has|had|and|but)\s+)(?:(?:no|zero)\s+|not(?::\s*|\s+))$",
    re.IGNORECASE,
)
_SOMEBODY_ELSE = re.compile(
    r"\b(?:they|who|that|which|he|she|it|you|people|customers?|clients?|users?|students?|vendors?)"
    r"\s+(?:(?!i\b|we\b)\w+\s+)?(?:do|does|did|have|has|had|could|would|ca|were|was|are|is|may"
    r"|might)?\s*$",
    re.IGNORECASE,
)
_INTEREST = re.compile(r"interest(?:ed)?\s+in", re.IGNORECASE)
_OWN = re.compile(
    r"(?:^|[.;:\n•]\s*|(?:\b(?:am|be|also|very|particularly|especially|keenly)|['’]m)\s+)$",
    re.IGNORECASE,
)
_NOTHING_NAMED = re.compile(
    r"\s*(?:$|[.,;:!?)]|(?:and|more|quickly|fast|by|from|while|as)\b)"
    r"|\s+(?:about\s+)?(?:new|more|different|other|additional|any|various)\s+(?:\w+\s+){0,3}?"
    r"(?:skills?|technolog\w+|things|languages|tools|process\w*|concepts|software|systems|ideas"
    r"|techniques"
    r"|methods|ways|trends)\b(?!\s*(?:such\s+as|like|including|:|\())",
    re.IGNORECASE,
)
_RELATIVE = re.compile(r"\b(?:which|that)\s+(?:i\s+|we\s+)?(?:\w+\s+){0,2}$|\(\s*$", re.IGNORECASE)
_LEARNING = frozenset(
    (*("currently learning", "currently exploring", "currently studying", "now learning"),)
)
"""Lines that say of the next one that it is to be learnt."""
_LONGEST_SCOPE = 110
_WRAPPED_LINE = 60
_OPEN = re.compile(r"\b(?:with|in|of|using|on|to|or|and)$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Scope:
    """A stretch of text in which skills are negated or desired."""

    start: int
    end: int
    stance: Stance


class Scopes:
    """The scopes of a text, to ask of any offset."""

    def __init__(self, words: Words) -> None:
        """Find the scopes of a text by its words."""
        self._text = words.text
        self._scopes = sorted(_scopes(words), key=lambda scope: scope.start)
        self._starts = [scope.start for scope in self._scopes]

    def stance(self, start: int, end: int) -> Stance | None:
        """Return how the name at `text[start:end]` is spoken of, where that is special."""
        at = bisect_right(self._starts, start)
        for scope in reversed(self._scopes[max(0, at - 3) : at]):
            if end <= scope.end:
                return scope.stance
        before = self._text[max(0, start - 8) : start].rstrip(" :").lower()
        if before.endswith(("no", "not", "zero")) and _BARE_NO.search(
            self._text, max(0, start - 16), start
        ):
            return "negated"
        after = _AFTERWARDS.match(self._text, end)
        if not after:
            return None
        return "desired" if after["want"] else "negated"


def _scopes(words: Words) -> Iterator[Scope]:
    text = words.text
    firsts = [
        start
        for word, (start, _) in zip(words.words, words.spans, strict=True)
        if word in _FIRST_WORDS
    ]
    firsts += [match.start() for match in _SHORT_FORM.finditer(text)]
    for start in firsts:
        trigger = _TRIGGER.match(text, start)
        if trigger and not _is_something_else(text, trigger):
            scope = _scope(text, trigger)
            if scope:
                yield scope


def _is_something_else(text: str, trigger: re.Match[str]) -> bool:
    """Whether "not" goes with "only", or the sentence speaks of somebody else."""
    if _NOT_ONLY.match(text, trigger.start()):
        return True
    if _INTEREST.fullmatch(trigger.group()):
        return _OWN.search(text, max(0, trigger.start() - 16), trigger.start()) is None
    verbal = text[trigger.start() : trigger.start() + 3].lower() in ("not", "nev", "n't", "n’t")
    before = text[max(0, trigger.start() - 40) : trigger.start()]
    return verbal and _SOMEBODY_ELSE.search(before) is not None


def _scope(text: str, trigger: re.Match[str]) -> Scope | None:
    stance: Stance = "desired" if trigger["desired"] else "negated"
    if trigger["inside"] or trigger["spare"]:
        return Scope(trigger.start(), trigger.end(), stance)
    if stance == "negated" or not _NOTHING_NAMED.match(text, trigger.end()):
        limit = min(len(text), trigger.end() + _LONGEST_SCOPE)
        stop = _CLAUSE_END.search(text, trigger.end(), limit)
        end = _line_end(text, trigger.end(), stop.start() if stop else limit)
        if text[trigger.end() : end].strip(" ,."):
            return Scope(trigger.end(), end, stance)
    return _backward(text, trigger, stance)


def _backward(text: str, trigger: re.Match[str], stance: Stance) -> Scope | None:
    """The scope of a trigger that speaks of what stands before: "Docker, which I never used"."""
    start = trigger.start()
    relative = _RELATIVE.search(text, max(0, start - 30), start)
    if relative is None and stance == "desired":
        return None
    if relative and relative.group().startswith("("):
        return Scope(_item_start(text, start), start, stance)
    return Scope(_clause_start(text, start), start, stance)


def _item_start(text: str, offset: int) -> int:
    low = max(0, offset - _LONGEST_SCOPE)
    return max(text.rfind(mark, low, offset) for mark in ",;:•|\n") + 1


def _line_end(text: str, start: int, end: int) -> int:
    """Where a line ends the clause: it was not broken at the page's edge, and a new one begins."""
    line = text.rfind("\n", 0, start) + 1
    a_heading = text[line:start].strip(" #*:").lower() in _LEARNING
    open_ended = a_heading or _OPEN.search(text, max(0, start - 8), start) is not None
    at = text.find("\n", start, end)
    while at >= 0:
        length = at - text.rfind("\n", 0, at)
        goes_on = open_ended and not text[start:at].strip()
        if length < _WRAPPED_LINE and text[at + 1 : at + 2].isupper() and not goes_on:
            return at
        at = text.find("\n", at + 1, end)
    return end


def _clause_start(text: str, offset: int) -> int:
    low = max(0, offset - _LONGEST_SCOPE)
    starts = [match.end() for match in _CLAUSE_START.finditer(text, low, offset)]
    return starts[-1] if starts else low
