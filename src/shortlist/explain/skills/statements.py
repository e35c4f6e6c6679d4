"""How a statement speaks of a skill: what was done with it, how well it is claimed, its numbers."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from shortlist.extraction.bullets import is_action
from shortlist.extraction.tenure import years_said

WEAK, USED, OWN, LEADING = 1.0, 1.5, 2.0, 3.0
"""Depths of what was done: took part; used; own work; designed, decided, led or taught."""

_LEADING = frozenset(
    """architect architected design designed designing designs lead led leads leading direct
    directed directing head headed pioneer pioneered spearhead spearheaded invent invented author
    authored establish established introduce introduced found founded teach taught teaches teaching
    trained coach coached mentor mentored own owned owns overhaul overhauled publish published
    patented oversee oversaw oversees overseeing lecture lectured supervise supervised chose
    instructor trainer lecturer tutor
    championed standardise standardised standardize standardized
    """.split()
)
_WEAK = frozenset(
    """assist assisted assisting assists help helped helping helps support supported supporting
    participate participated participating contributed contribute shadow shadowed shadowing attend
    attended observe observed observing learn learned learnt learning study studied studying
    familiarised familiarized exposed introduced-to tried touched dabbled completed took take
    followed read watched saw
    """.split()
)
_USED = frozenset(
    "use used uses using utilised utilized utilise utilize via with work worked working works"
    " apply applied applies applying".split()
)
_HELPERS = frozenset(
    """am was were have had has can could would will may might must shall should do did don't didn't
    can't also never not then now still always usually often sometimes like love enjoy hope want
    know feel believe think""".split()
)
"""Words behind "I" that are no verbs of doing."""
_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_LABEL = re.compile(
    r"^\W*(?:technolog\w+|tools?(?:\s+used)?|environment|(?:tech(?:nology|nical)?\s+)?stack"
    r"|(?:(?:key|core|other|technical|computer|it|soft|hard|main|professional|further)\s+)*skills?(?:\s+matrix)?(?:\s*\([^)]*\))?"
    r"|software(?:\s+used)?|tech|keywords?|(?:programming\s+)?languages?|platforms?|systems?|used|it|edv|computer"
    r"|frameworks?|libraries|databases?|cloud|scripting|familiar(?:\s+with)?|basics?|knowledge(?:\s+of)?"
    r"|programs|applications|competenc\w+|expertise|strengths?)\s*(?:used\s*)?[:\-–—]",
    re.IGNORECASE,
)
_CUT = re.compile(r"[;:]\s|\.\s|\swhile\s|\swhere\s|\swhich\s|\sto\s(?=(?:replace|help)\b)")
_NUMBER = re.compile(
    r"\d\s?%|[$€£¥]\s?\d|\b\d{1,3}(?:[.,]\d{3})+\b|(?<![\w./-])\d+(?:\.\d+)?\s?[kKmM]?\+?\s+"
    r"(?!years?\b|yrs?\b|months?\b)[a-z]|\b(?:from|by|to)\s+\d|\b(?:halved|doubled|tripled)\b"
    r"|\b(?:two|three|four|five|six|seven|eight|nine|ten|twelve|twenty|thirty|forty|hundreds?"
    r"|thousands?|millions?|dozens?)\b(?!\s+years?)",
    re.IGNORECASE,
)
_RESULT = re.compile(
    r"\b(?:reduc\w+|cut|cutting|sav(?:ed|ing)|increas\w+|improv\w+|rais\w+|lower\w+|halv\w+|doubl\w+"
    r"|trip\w+|won|award\w*|fell|grew|grow\w+|from\s+[\d$€£].{0,30}\bto\b|result\w*|so\s+that"
    r"|in\s+production|live|replac\w+)\b",
    re.IGNORECASE,
)
_STUDY = re.compile(
    r"\b(?:course\s?work|(?:online|short|evening|university|one|a)\s+course|courses?\s+(?:in|on|:)"
    r"|courses?:|thesis|dissertation|doctorate(?=\s*[:(])|capstone|semester|bootcamp|tutorials?|moocs?|coursera"
    r"|udemy|edx|codecademy"
    r"|final\s+(?:year\s+)?project|(?:student|school|university|college|class|group)\s+project"
    r"|evening\s+class(?:es)?|intro(?:duction)?\s+to|now\s+studying|self[- ]taught|hobby)\b",
    re.IGNORECASE,
)
_ONCE = re.compile(
    r"\b(?:once|one\s+project|for\s+a\s+(?:day|week))\b(?!\s+(?:a|per|every|the|i)\b)", re.I
)
_OFTEN = re.compile(
    r"\b(?:daily|every\s+(?:day|shift|week|night|morning|month)|each\s+(?:day|shift|week)|weekly"
    r"|all\s+day|regularly|full[- ]time|(?:a|per)\s+(?:day|week|shift|season|month|year)"
    r"|main\s+tool|since"
    r"|until\s+now|to\s+date|till\s+date|so\s+far)\b|\bin\s+production\b",
    re.IGNORECASE,
)
_STRONG = (
    r"experts?(?:\s+(?:level|knowledge))?|expertise|advanced|extensive(?:ly)?|in[- ]depth|mastery"
    r"|master(?:ed)?|deep|highly\s+(?:skilled|proficient)|specialist|speciali[sz](?:ed|ing|es)"
    r"|strong|very\s+good|excellent|fluent|5/5|●●●●●|★★★★★"
)
_MEDIUM = (
    r"proficien\w+|solid|good|experienced|intermediate|working\s+knowledge|competent|skilled"
    r"|confident|comfortable|hands[- ]on|3/5|4/5|★★★|●●●"
)
_LITTLE = (
    r"basics?|beginner(?:['’]?s)?|elementary|familiar(?:ity)?|exposure|introductory|rudimentary"
    r"|limited|fundamentals|a\s+little|a\s+bit\s+of|some|novice|notions?|rusty|currently\s+learning"
    r"|grundkenntnisse|enough\s+to|starting|started|reading\s+other|beginning|an?\s+(?:day|week|month)\s+of|a\s+few\s+(?:days|weeks)\s+of|(?:to|can)\s+read"
    r"|reading\s+knowledge|not\s+used\s+since|viewer|at\s+school|1/5|2/5|★★?(?!★)"
)
_CLAIM = re.compile(
    rf"(?<!\w)(?:(?P<little>{_LITTLE})|(?P<medium>{_MEDIUM})|(?P<strong>{_STRONG}))(?!\w)", re.I
)
_CLAIM_AFTER = re.compile(
    rf"[ \t]*(?:[(:\-–—,]|level)?[ \t]*(?:only|just|very|still|i)?[ \t]*{_CLAIM.pattern}",
    re.IGNORECASE,
)
_DOTS = re.compile(r"[ \t]*[:(]?[ \t]*(?P<full>[●★⬤■▮◆]+)(?P<empty>[○☆◯□▯◇]+)")
_LIST_GAP = re.compile(r"[^.;|\n]*\Z")
_INCLUDING = re.compile(r"\W*(?:[\w.-]+\s+){1,4}incl(?:\.|uding)\s", re.IGNORECASE)
_BEFORE_LIST = re.compile(r"^[^:,;|]{1,40}:\s")
_NAME = re.compile(r"(?:[A-Z][\w+#./-]*|\d+)(?:\s+(?:[A-Z][\w+#./-]*|\d+)){0,2}")
_DATED = re.compile(r"\b(?:19|20)\d\d\b")
_CHARGE = re.compile(r"t(?:ook|aken?|akes|aking)\s+(?:over|charge|on)\b", re.IGNORECASE)
_HEAD = re.compile(r"\W*(?:[^\s:,;.]+\s+){0,4}[^\s:,;.]+:\s")
"""What is done stands behind a short heading: "Stata: designed the samples"."""
_BARE = 4
_MOSTLY = 0.75
_ITEM = re.compile(r"\s*(?:,|;|\||•|·|/|\band\b)\s*")


@dataclass(frozen=True, slots=True)
class Act:
    """What a statement says of a skill in it."""

    depth: float
    """How far one's own work goes, from 0 (named in passing) to LEADING."""
    number: bool
    result: bool
    study: bool


def act(statement: str, at: int, *, at_work: bool = False) -> Act:
    """Return what a statement says of the thing that is named `at` characters into it.

    Under a job a statement without a verb tells of work too: "wedding cakes, chocolate".
    """
    study = _STUDY.search(statement) is not None
    labelled = _LABEL.match(statement) is not None
    depth = 0.5 if labelled else _depth(statement, at)
    often = _OFTEN.search(statement) is not None or years_said(statement) is not None
    if not labelled and depth < WEAK and (at_work or often):
        depth = USED if is_list(statement) and not often else OWN
    if study or _ONCE.search(statement, at):
        depth = min(depth, WEAK)
    number = _NUMBER.search(statement) is not None
    return Act(depth, number, _RESULT.search(statement) is not None, study)


def is_labelled(statement: str) -> bool:
    """Whether a statement is a list under a label, such as "Tools: ..."."""
    return _LABEL.match(statement) is not None


def tells(statement: str, *, in_list: bool = False) -> bool:
    """Whether a statement tells of something done, rather than naming things or wishes.

    Args:
        statement: a passage that stands under no job.
        in_list: it stands in a section that lists skills, so it must say more.
    """
    if _LABEL.match(statement):
        return False
    if _OFTEN.search(statement) or years_said(statement):
        return True
    words = [word.lower() for word in _WORD.findall(statement)]
    verbs = [word for word in words if _verb_depth(word) and word != "with"]
    if not verbs or is_list(statement) or len(words) < 5:
        return False
    return not in_list or (statement.count(",") <= 3 and len(words) >= 7)


_QUALIFIED = re.compile(
    r"\b(?:level\s+\d|certificat\w+|certified|diploma|tickets?|licen[cs]e\w*|nvq|gcse|a[- ]levels?"
    r"|refresher|training|courses?|qualified|accredited|edition|renewed|registered|exam\w*)\b",
    re.IGNORECASE,
)


def qualifies(statement: str) -> bool:
    """Whether a statement only names a course, a certificate or a licence."""
    words = [word.lower() for word in _WORD.findall(statement)]
    done = [
        word for word in words if is_action(word) and word not in ("train", "training", "level")
    ]
    return len(words) <= 14 and _QUALIFIED.search(statement) is not None and not done


def is_list(statement: str) -> bool:
    """Whether a statement only enumerates: it has a label such as "Tools:", or no verb."""
    if _LABEL.match(statement):
        return True
    pieces = [piece for piece in _ITEM.split(statement) if piece.strip()]
    words = [word.lower() for word in _WORD.findall(statement)]
    verbs = [word for word in words if is_action(word) or word in _USED - {"with", "via"}]
    return len(pieces) >= 3 and not verbs and len(words) <= 4 * len(pieces)


def is_bare(statement: str) -> bool:
    """Whether a statement only enumerates names: "Git, Docker, Go, Redis", "Office incl. Excel"."""
    if _INCLUDING.match(statement) and not any(map(is_action, _WORD.findall(statement.lower()))):
        return True
    if _DATED.search(statement):
        return False
    listed = _BEFORE_LIST.sub("", re.sub(r"\([^)]*\)", "", statement), count=1)
    pieces = [piece.strip(" .*•–—-") for piece in _ITEM.split(listed) if piece.strip(" .*•–—-")]
    named = [piece for piece in pieces if _NAME.fullmatch(piece)]
    return len(pieces) >= _BARE and len(named) > _MOSTLY * len(pieces)


def _depth(statement: str, at: int) -> float:
    """The depth of the verb that a thing stands under: the nearest one before it, else after."""
    if _HEAD.match(statement) and at < statement.index(":"):
        return max((d for _, d in _verbs(statement, at, len(statement))), default=0.75)
    before = list(_verbs(statement, 0, at))
    if before:
        start, depth = before[-1]
        joined = [d for s, d in before[:-1] if _is_joined(statement[s:start])]
        return max([depth, *joined])
    after = list(_verbs(statement, at, len(statement)))
    return after[0][1] if after and after[0][1] != USED else 0.75


def _is_joined(between: str) -> bool:
    """Whether verbs follow each other: "designed and built", "built, tested and ran"."""
    return re.fullmatch(r"\w+(?:\s*,\s*\w+){0,3}\s*(?:,|and|,\s*and|&)\s*", between) is not None


def _verbs(statement: str, start: int, end: int) -> Iterator[tuple[int, float]]:
    for cut in _CUT.finditer(statement, start, end):
        if end < len(statement):
            start = cut.end()
    last = ""
    for word in _WORD.finditer(statement, start, end):
        now = word.group().lower()
        depth = _verb_depth(now)
        told = now == "responsible" or (last == "i" and now not in _HELPERS)
        if (told and not depth) or _CHARGE.match(statement, word.start()):
            depth = OWN
        if depth:
            yield word.start(), depth
        last = now


def _verb_depth(word: str) -> float:
    if word in _LEADING:
        return LEADING
    if word in _WEAK:
        return WEAK
    if word in _USED:
        return USED
    return OWN if is_action(word) else 0.0


def claim(text: str, line_start: int, start: int, end: int) -> float:
    """Return how well a skill is said to be known: 1 well, 0.5 fairly, -1 little, 0 nothing said.

    The word stands beside the skill, or before the list in which it stands.

    Args:
        text: the resume.
        line_start: where the skill's statement begins.
        start: where the skill is named.
        end: where the name ends.
    """
    dots = _DOTS.match(text, end, min(len(text), end + 20))
    if dots:
        share = len(dots["full"]) / (len(dots["full"]) + len(dots["empty"]))
        return 1.0 if share > 0.7 else 0.5 if share >= 0.5 else -1.0
    after = _CLAIM_AFTER.match(text, end, min(len(text), end + 40))
    if after and "\n" not in after.group():
        return _claimed(after)
    gap = _LIST_GAP.search(text, max(line_start, start - 90), start)
    before = list(_CLAIM.finditer(text, gap.start(), start)) if gap else []
    return _claimed(before[-1]) if before else 0.0


def _claimed(match: re.Match[str]) -> float:
    if match["little"]:
        return -1.0
    return 0.5 if match["medium"] else 1.0
