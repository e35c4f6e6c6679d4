"""Whether a statement says that a skill is missing, or still to be learnt.

The extraction stage knows this of names in its lexicon; here it is asked of any stretch of a
statement, with more ways to say so.
"""

import re
from typing import Literal

_FUTURE = re.compile(
    r"\b(?:would|['’]d|hop(?:e|es|ing)|want(?:s|ing)?|like|love|glad|keen|eager|plan(?:s|ning)?"
    r"|looking|wish(?:es)?|aim(?:s|ing)?|interested|intend|ready|curious|next)\b[^.;]{0,40}?"
    r"\b(?:learn\w*|get\s+better|improv\w+|study\w*|try|start|know\s+more|move\s+into|gain"
    r"|develop|deepen|qualify|train)\b"
    r"|(?<!machine )(?<!deep )(?<!reinforcement )(?<!federated )(?<!transfer )(?<!supervised )"
    r"(?<!distance )(?<!active )(?<!e-)\b(?:learning(?!\s*[,;|.])|studying|teaching\s+myself"
    r"|picking\s+up|reading\s+(?:up\s+)?(?:about|on)|playing\s+with|tinkering\s+with)\b(?!\s+(?:how|support|management|centre|center|platform|outcomes?|materials?"
    r"|and\s+development))",
    re.IGNORECASE,
)
_NOT = re.compile(
    r"\b(?:can(?:['’]t|not|\s+not)|could\s+not|couldn['’]t|do(?:es)?\s+not|don['’]t|doesn['’]t"
    r"|did\s+not|didn['’]t|never|nor|neither|have\s+not|haven['’]t|has\s+not|hasn['’]t"
    r"|no\s+longer|without|lack(?:s|ing)?|not\s+an?|not\s+(?:very\s+|so\s+|really\s+)?(?:good|strong|great|confident|familiar)"
    r"|not\s+(?:yet\s+)?(?:used|worked|done)|zero|no)\b"
    r"(?!\s+(?:downtime|problem|doubt|later|fewer|less|more|only|points|complaints?|accidents?"
    r"|incidents?|supervision|outages?|loss(?:es)?|errors?|help|matter"
    r"|(?:go|get|take\s+it)\s+(?:any\s+)?(?:further|on|ahead)|continue|carry\s+on|keep|stay|pursue"
    r"|proceed|roll))",
    re.IGNORECASE,
)
_NOT_END = re.compile(
    r"[.;:!?]|\b(?:but|however|though|although|while|except|so|when|because)\b"
    r"|,\s+(?:and\s+)?(?:i|we|my)\b",
    re.IGNORECASE,
)
_ENDS_WISH = re.compile(
    r"^[^.;]{0,40}\b(?:learn\s+it|learn\s+(?:more|this)|is\s+next|planned)\b", re.IGNORECASE
)


def stance(statement: str, start: int, end: int) -> Literal["negated", "desired"] | None:
    """Return whether a statement says that what stands at `start` is missing, or to be learnt."""
    wished = _FUTURE.search(statement)
    if wished and (wished.start() < start or _ENDS_WISH.search(statement[end:])):
        between = statement[wished.end() : start]
        if not _NOT_END.search(between):
            return "desired"
    for denied in _NOT.finditer(statement, max(0, start - 80), start):
        if not _NOT_END.search(statement, denied.end(), start):
            return "negated"
    return None
