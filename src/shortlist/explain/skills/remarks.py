"""What a clause remarks on a skill in it: that it is others' work, that it is little, or to come.

Skills are read off the clause in which they stand. Where a name is a label ("Java: no, never"), or
brackets follow it, what comes behind is its clause.
"""

import re
from dataclasses import dataclass
from typing import Literal

from shortlist.extraction.bullets import is_action

Remark = Literal["negated", "desired", "others", "little"]

_BREAK = re.compile(
    r"[.!?](?=\s|$)|[;()]|\s[–—-]\s|:\s|\b(?:but|however|although|though|whereas|while)\b"
    r"|,\s*(?:and\s+|so\s+|then\s+)?(?=(?:I|we|my|our|a\s+colleague)\b)",
    re.IGNORECASE,
)
_LABELS = re.compile(r"(?:\s+\w+){0,2}\s*(?:[:?]|\s[–—-])\s+(?P<said>[^.;!?]*)")
_LABEL_START = re.compile(r"(?:\A|[.;!?]\s+)\W*(?:[^\s,:;.]+\s+){0,3}\Z")
_BRACKET = re.compile(r"\s*\((?P<said>[^)]*)\)")

_DOER = (
    r"(?!(?:serv|comput|ord|pap|numb|lett|custom|us|memb|quart|semest|newslett|clust|lay|contain|fold"
    r"|own|employ|print|rout|boil|trail|regist|count|pow|manag|moth|wat)ers?\b)(?!(?:sens|monit|err|fact"
    r"|tract|mot|react|sect|flo|do|col)ors?\b)(?!(?:pl|restaur|vari|gr|const)ants?\b)"
    r"\w{2,}(?:ers?|ors?|ists?|ians?|ants?|woman|women|smiths?)"
)
"""A word for somebody by its ending; not things that end so."""
_PEOPLE = (
    r"(?:(?:(?:the|our|my|two|three|some|several|other|most|\d+)\s+)?(?:[\w-]+\s+)?(?:colleagues"
    r"|team-?mates|co-?workers|class-?mates|graduates|interns|apprentices|contractors|consultants"
    r"|sub-?contractors|freelancers|seniors|developers|programmers|engineers|analysts|technicians"
    r"|specialists|designers)|others|someone(?:\s+else)?|somebody(?:\s+else)?|other\s+people"
    r"|(?:an?|the|another)\s+(?:[\w-]+\s+){0,2}?(?:department|team)"
    r"|an?\s+(?:external|outside|local)\s+(?:company|firm|business)|the\s+\w+\s+office"
    r"|(?:an?|the|our|my|another|one|their)\s+(?:[\w-]+\s+){0,2}?(?:colleague|team-?mate|co-?worker"
    r"|class-?mate|flat-?mate|mate|friend|graduate|intern|apprentice|sub-?contractor|contractor"
    r"|consultant|freelancer|agency|supplier|vendor|senior|manager|boss|owner|partner|brother"
    r"|sister|wife|husband|developer|programmer|engineer|analyst|technician|specialist|designer"
    r"|accountant|assistant|electrician|bookkeeper|admin(?:istrator)?|chefs?"
    rf"|nurses?|{_DOER}))"
)
_DOES = (
    r"(?:(?:who|that|usually|mostly|always|still|now|also|already|has|have|had|then)\s+){0,2}"
    r"(?!ask|want|need|request|said|says|prais|trust|lik|lov|expect|depend|rel(?:y|ie)|order|c[ao]me)"
    r"(?:is|are|was|were|does?|did|made|wrote|written|built|ran|run|kept|keep|took|takes?|left|set"
    r"|taught|drew|drove|gave|own|write|build|make|use|maintain|handle|\w{2,}(?:ed|[^s\W]s))\b"
)
_BY_OTHERS = re.compile(
    rf"(?:\A|[,:;–—-]|\b(?:and|which|that|because|as|where|so)\b)\s*{_PEOPLE}\s+{_DOES}"
    r"(?!\s+(?:me|us|for\s+me)\b)"
    r"|\b(?:done|made|written|handled|built|run|maintained|owned|installed|configured|introduced"
    rf"|set\s+up|looked\s+after)\s+by\s+{_PEOPLE}"
    rf"|{_PEOPLE}['’]s?\s+(?:_|job\b|thing\b|work\b|task\b|area\b|code\b|scripts?\b)"
    r"|(?:\ban?|\bthe|\bour|\bmy)\s+\w+['’]s\s+(?:job|department|thing|task|business)\b"
    rf"|\A\s*\w+(?:ed|n|ne|t)\s+by\s+{_PEOPLE}|\bnot\s+mine\b"
    r"|\b(?:other\s+people|someone\s+else|somebody\s+else|others)['’]s?(?!\w)",
    re.IGNORECASE,
)
_WATCHED = re.compile(
    rf"\b(?:watch\w*|saw|seen|observ\w+|heard|present\s+(?:when|while))\s+(?:\w+\s+){{0,2}}?{_PEOPLE}\b",
    re.IGNORECASE,
)
_FIRST_PERSON = re.compile(r"\b(?:I|me|we|us)\b", re.IGNORECASE)
_MADE = re.compile(
    r"\b(?:t(?:each|aught)\w*|deliver\w*|ran|run(?:ning)?|led|lead\w*|design\w*|organi[sz]\w*|wrote"
    r"|built|hosted|gave)\b",
    re.IGNORECASE,
)
_FEW = r"(?:one|two|three|1|2|3|a\s+few|a\s+couple\s+of|a\s+handful\s+of|some|a\s+single)"
_SPELL = r"(?:day|week|weekend|afternoon|morning|evening|month|hour)"
_SPELLS = re.compile(rf"(?:for\s+)?(?:{_FEW}|an?)[\s-](?:{_SPELL}|fortnight)", re.IGNORECASE)
_LITTLE = re.compile(
    rf"\b(?:changed|edited|tweaked|adjusted|adapted|fixed|amended|modified|touched|sat\s+in\s+on"
    rf"|helped\s+(?:out\s+)?(?:with|on)|tried)\s+(?:(?:only|just|about|maybe|perhaps)\s+)?{_FEW}\b"
    r"|\b(?:over|at)\s+my\s+(?:shoulder|elbow|side)\b|\bwith\s+(?:a\s+lot\s+of\s+)?hand-?holding\b"
    r"|\b(?:once\s+or\s+twice|(?:(?:maybe|about|perhaps|only|just)\s+)?(?:two|three|a\s+few"
    r"|a\s+couple\s+of)(?:\s+or\s+\w+)?\s+times|on\s+(?:and|or)\s+off)\b(?!\s+(?:a|per|each)\b)"
    rf"|\b{_FEW}[\s-]{_SPELL}s?\s+(?:of|at|on|in(?!\s+(?:two|three|four|five|six|seven|\d))|with|class|course|workshop|trial|taster|placement"
    r"|session)\b"
    r"|\bhalf-day\s+(?:course|class|workshop|session)\b"
    rf"|\b(?:left|given|prepared|supplied|provided|handed)\s+(?:to\s+me\s+)?by\s+{_PEOPLE}"
    rf"|{_PEOPLE}\s+(?:taught|showed|shows|told)\s+me\b"
    rf"|\bthat\s+{_PEOPLE}\s+(?:has\s+|had\s+)?(?:left|gave|wrote|made|set\s+up|built|prepared)\b"
    r"|\bnot\s+much\s+(?:else|more|beyond)\b|\bnothing\s+(?:more|fancy|complicated)\b"
    r"|\b(?:used|kept\s+up|practised|needed)\s+neither\b|\bas\s+(?:a|an)\s+(?:pilot|trial|user)\b"
    rf"|\bfor\s+(?:{_FEW}|an?)\s+(?:{_SPELL}|fortnight)s?\b(?!\s+(?:a|per|each|every|in)\b)"
    r"|\b(?:once|twice)(?=\W*\Z)|\bonly(?=\W*\Z)|\bsat\s+in\s+on\b"
    r"|\bcan\s+(?:only\s+|just\s+)?(?:open|read|print|start|follow)\b"
    r"|\btried\b|\bnot\s+(?:go\s+(?:further|on|ahead)|continue|carry\s+on|keep|stay|pursue|proceed)\b",
    re.IGNORECASE,
)
_LITTLE_AFTER = re.compile(
    r"\s*[,(–—:-]?\s*(?:(?:only|just|merely)\s+(?:through|via|as|for|to|when|by|at|in|on|if|a\b)"
    r"|(?:a\s+little|a\s+bit|now\s+and\s+then|here\s+and\s+there|viewer\s+only)\b)",
    re.IGNORECASE,
)
_BEGUN = re.compile(
    r"\bfor\s+(?:absolute\s+)?beginners\b|\b(?:stopped|gave\s+up|stuck|got\s+as\s+far)\s+(?:at|as)\b"
    r"|\b(?:lesson|chapter|unit|module|week|video)\s+\w+\s+(?:of|out\s+of)\s+\w+"
    r"|\bfollow(?:ed|ing)\s+(?:an?|the)\s+(?:\w+\s+)?(?:series|tutorials?|videos?)\b"
    r"|\bread(?:ing)?\s+(?:the|a)\s+(?:book|manual|docs|documentation)\b"
    r"|\bnothing\s+(?:shipped|finished|built|live|published|in\s+production)\b"
    r"|\b(?:first|early)\s+steps\b",
    re.IGNORECASE,
)
_NONE = re.compile(
    r"\s*(?:no|none|never|nothing|nope|not\s+(?:yet|so\s+far|me|at\s+all|used|any|something)|zero|nil)\b"
    r"(?!\s+(?:problem|doubt|formal))",
    re.IGNORECASE,
)
_NEVER_AFTER = re.compile(
    r"\s*,?\s*(?:which\s+)?I(?:['’]ve|\s+have)?\s+(?:never|not|haven['’]t|didn['’]t)\s+\w+\W*\Z",
    re.IGNORECASE,
)
_NONE_BEFORE = re.compile(
    r"\b(?:never\s+got\s+(?:a)?round\s+to|have\s+yet\s+to\s+\w+)\s+(?:\w+\s+)?\Z|\b(?:not\s+(?:me|mine|for\s+me|my\s+\w+)|never\s+(?:used|done|learnt|learned|touched)|none"
    r"|not\s+used|missing)\s*[:–—-]\s*(?:[\w+#. /-]+,\s*)*\Z",
    re.IGNORECASE,
)
_NOT_I = re.compile(
    r"\bI(?:['’]ve|\s+have|\s+had)?\s+(?:(?:myself|personally|still|do|did|have)\s+)?"
    r"(?:(?:not|never)(?=\W*\Z)|haven['’]t(?=\W*\Z)|don['’]t(?=\W*\Z)|didn['’]t(?=\W*\Z)"
    r"|(?:never|not|haven['’]t|didn['’]t|don['’]t)\s+(?:yet\s+|once\s+|even\s+)?"
    r"(?:touch\w*|us\w+|work\w*\s+(?:on|with|in)|wr\w+|learn\w*|tr\w+|open\w*|d[io]\w*|handl\w+"
    r"|had\s+access\s+to|s[ae]w|seen)\s+"
    r"(?:it|them|this|that|either|any(?:thing|\s+of)?|one|the\s+(?:code|system|tool|software"
    r"|machine|program|thing)s?)\b)",
    re.IGNORECASE,
)
_TO_COME = (
    r"(?:(?:be|get|become|being|getting)\s+(?:\w+\s+)?(?:train|certifi|qualifi|licen[sc]|taught"
    r"|shown|sent|accredit|sign)\w*|do\s+(?:the|a|an|my)\b|take\s+(?:the|a|an|my)\b|add\b|learn\b"
    r"|have\s+a\s+go|try\b|pick\s+up|train\b|qualify\b)"
)
_WISHED = re.compile(
    r"\b(?:hop(?:e|es|ing)|want(?:s|ing)?|wish(?:es|ing)?|plan(?:s|ning)?|aim(?:s|ing)?|keen|eager"
    r"|due|going|(?:would|['’]d)\s+(?:really\s+)?(?:love|like|be\s+glad|enjoy)|should|ought"
    rf"|wait(?:ing)?)\s+(?:to\s+)?(?:\w+\s+)?{_TO_COME}"
    r"|\b(?:signed\s+up|put\s+my\s+name\s+down|enrolled|booked(?:\s+in)?|registered)\s+(?:for|on|onto)\b"
    r"|\b(?:applied|down)\s+for\s+(?:an?|the)\s+[^,.;]{0,30}\b(?:courses?|tickets?|licen[cs]e|training|class)\b"
    r"|\bplanned\s+for\s+(?:20\d\d|next|the)\b|\b(?:think\w*|thought)\s+(?:about|of)\s+learning\b"
    r"|\bon\s+(?:my|the)\s+(?:\w+[\s-])?list\b|\b(?:wish|bucket|to-?do)[\s-]?list\b",
    re.IGNORECASE,
)
_NEXT = re.compile(
    r"\s*(?:,\s*)?(?:(?:training|course|exam|class(?:es)?|lessons?|test|licen[cs]e)\s+)?(?:(?:is|are|comes?|starts?|begins?|follows?|planned|to\s+start|due)\s+)"
    r"(?:\w+\s+)?(?:next|later|in\s+(?:the\s+)?(?:january|february|march|april|may|june|july|august"
    r"|september|october|november|december|spring|summer|autumn|winter|fall))\b",
    re.IGNORECASE,
)
_MOVING = re.compile(
    r"\b(?:mov|switch|migrat|chang)\w*\s+(?:\w+\s+)?(?:to|over\s+to)\s+\Z", re.IGNORECASE
)
_COMING = re.compile(r"\s*(?:from\s+)?(?:next|in\s+the\s+(?:new|coming))\s+\w+", re.IGNORECASE)
_MODEST = re.compile(r"\b(?:I['’]m|am|myself)\s+(?:no|not\s+an?|hardly\s+an?)\s+\Z", re.IGNORECASE)
_MEANT = re.compile(r"[^.;]{0,20}\b(?:it|that|this|them|one)\b", re.IGNORECASE)
_WORD = re.compile(r"[^\W\d_]+")
_TOLD = 40
"""The characters from which something is told before a modest word."""


@dataclass(frozen=True, slots=True)
class Clause:
    """The words around a thing that speak of it."""

    before: str
    after: str
    rest: str
    """What follows in the same sentence, beyond the clause."""
    labelled: bool
    """Whether the thing is a label, or a name with brackets behind it."""


def clause(statement: str, start: int, end: int) -> Clause:
    """Return the clause of a statement that speaks of `statement[start:end]`."""
    rest = statement[end:]
    stop = re.search(r"[.!?](?=\s|$)", rest)
    rest = rest[: stop.start()] if stop else rest
    said = _BRACKET.match(rest)
    if said is None and _LABEL_START.search(statement[:start]):
        said = _LABELS.match(rest)
    breaks = [match.end() for match in _BREAK.finditer(statement, 0, start)]
    before = statement[breaks[-1] if breaks else 0 : start]
    if said:
        return Clause(before, said["said"], rest, True)
    follow = _BREAK.search(rest)
    return Clause(before, rest[: follow.start()] if follow else rest, rest, False)


def remark(statement: str, start: int, end: int) -> Remark | None:
    """Return what a statement remarks on `statement[start:end]`, where that lessens it."""
    found = clause(statement, start, end)
    around = f"{found.before} _ {found.after}"
    if _is_missing(statement[:start], found):
        return "negated"
    if _NEXT.match(found.after) or _WISHED.search(around) or _is_wished(found):
        return "desired"
    if _MOVING.search(found.before) and _COMING.match(found.after):
        return "desired"
    if _is_of_others(found) or _BEGUN.search(around):
        return "others"
    little = _LITTLE.search(around)
    if little and not (_SPELLS.match(little.group()) and _MADE.search(around[: little.start()])):
        return "little"
    return "little" if _LITTLE_AFTER.match(found.rest) else None


def is_modest(statement: str, start: int) -> bool:
    """Whether somebody only says to be no master of what they have just told of doing."""
    return start > _TOLD and _MODEST.search(statement[:start]) is not None


def _is_missing(before: str, found: Clause) -> bool:
    if _NONE_BEFORE.search(before) or _NOT_I.search(found.rest) or _NEVER_AFTER.match(found.rest):
        return True
    return found.labelled and _NONE.match(found.after) is not None


def _is_wished(found: Clause) -> bool:
    """Whether a wish further on means the thing: "uses it, and I hope to be trained on it"."""
    wish = _WISHED.search(found.rest)
    return wish is not None and _MEANT.match(found.rest, wish.end()) is not None


def _is_of_others(found: Clause) -> bool:
    """Whether others do it, and nobody before them in the clause does something."""
    told = found.after if found.labelled else f"{found.before}_{found.after}"
    if _WATCHED.search(told):
        return True
    match = _BY_OTHERS.search(told)
    if match is None:
        return False
    until = told[: match.start() if found.labelled else max(match.start(), len(found.before))]
    own = _WORD.findall(told[: match.start()].lower())
    return not _FIRST_PERSON.search(until) and not any(map(is_action, own))
