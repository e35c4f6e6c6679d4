"""Skills of a resume: every mention with its status, the months of use, and what they imply."""

import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from operator import attrgetter

from shortlist.extraction.context import Scopes
from shortlist.extraction.dates import Period, merged_months
from shortlist.extraction.entities import Mention, Position, SectionKind, Skill, SkillStatus
from shortlist.extraction.lexicon import Lexicon
from shortlist.extraction.matching import Hit
from shortlist.extraction.names import Words
from shortlist.extraction.sections import SectionMap

_AT_WORK: frozenset[SectionKind] = frozenset(("experience", "projects", "volunteer"))
_CONFIDENCE: Mapping[SkillStatus, float] = {
    "used": 0.95,
    "listed": 0.85,
    "negated": 0.9,
    "implied": 0.5,
    "desired": 0.85,
}
# What is said outright comes before what follows from something else; of the rest the best counts.
_RANK: tuple[SkillStatus, ...] = ("used", "listed", "negated", "implied", "desired")
_AMBIGUOUS = 0.85
"""What an ambiguous name keeps of its confidence."""
_SENTENCE_END = re.compile(r"[.!?;…](?=\s|$)|\n")
_USE = re.compile(
    r"(?<!can )(?<!to )(?<!could )\b(?:us(?:e|ed|es|ing)|utili[sz]\w+|built|buil(?:d|ding)"
    r"|develop(?:ed|ing)|programmed"
    r"|wrote|writ(?:es|ing)|work(?:ed|ing)?\s+(?:with|in|on)|implement\w+|daily|deployed"
    r"|maintain(?:ed|ing)?|managed"
    r"|managing|designed|designing|led|taught|teaching|operated|operating|created|creating|ran"
    r"|running)\b",
    re.IGNORECASE,
)
_CLAIM_BEFORE = re.compile(
    r"(?P<years>\d{1,2}(?:\.\d)?)\s*\+?\s*(?:years?"
    r"|yrs?)['’]?\s+(?:of\s+)?(?:[\w-]+\s+){0,3}?(?:experience\s+)?"
    r"(?:(?:in|with|using|of|on)\s+)?$",
    re.IGNORECASE,
)
_CLAIM_AFTER = re.compile(
    r"\s*(?:[(:,–—-]\s*)(?:over\s+|more\s+than\s+)?(?P<years>\d{1,2}(?:\.\d)?)\s*\+?\s*(?:years?"
    r"|yrs?)\b"
    r"|\s+(?:\([^)]{0,20}\)\s+)?for\s+(?:over\s+"
    r"|more\s+than\s+)?(?P<for_years>\d{1,2}(?:\.\d)?)\s*\+?\s*(?:years?|yrs?)\b",
    re.IGNORECASE,
)
_MOST_YEARS = 50


@dataclass(frozen=True, slots=True)
class Evidence:
    """What the mentions of a text are judged by."""

    words: Words
    sections: SectionMap
    positions: Sequence[Position]
    periods: Sequence[Period]

    @property
    def text(self) -> str:
        """The text itself."""
        return self.words.text


@dataclass(slots=True)
class _Found:
    """What is gathered about one skill."""

    hit: Hit
    mentions: list[Mention]
    periods: list[Period]
    claimed: int
    sure: bool


def skills(hits: Iterable[Hit], evidence: Evidence, lexicon: Lexicon) -> list[Skill]:
    """Return the skills of a resume: those used longest first, the implied after the named.

    Args:
        hits: the names of the lexicon in the text, in order.
        evidence: the text with its sections, positions and periods.
        lexicon: what the names imply.
    """
    found = _gather(hits, evidence)
    named = {name: _skill(name, what) for name, what in found.items()}
    held = [skill for skill in named.values() if skill.status in ("used", "listed")]
    implied = _implied(held, found, lexicon)
    for name, skill in implied.items():
        if name not in named or _rank(skill) < _rank(named[name]):
            named[name] = skill
    return sorted(named.values(), key=lambda s: (_rank(s), -(s.months or 0), -len(s.mentions)))


def _rank(skill: Skill) -> int:
    return _RANK.index(skill.status)


def _gather(hits: Iterable[Hit], evidence: Evidence) -> dict[str, _Found]:
    scopes = Scopes(evidence.words)
    starts = [position.start for position in evidence.positions]
    found: dict[str, _Found] = {}
    for hit in hits:
        what = found.setdefault(hit.name, _Found(hit, [], [], 0, False))
        what.sure = what.sure or not hit.form.ambiguous
        position = _position_at(evidence.positions, starts, hit.start)
        stance = scopes.stance(hit.start, hit.end)
        status = stance or _status(hit.start, hit.end, evidence, position)
        quote = evidence.text[hit.start : hit.end]
        what.mentions.append(Mention(quote, hit.start, hit.end, status))
        if status == "used" and position and position.period:
            what.periods.append(position.period)
        if status in ("used", "listed"):
            what.periods += _since(hit, evidence)
            what.claimed = max(what.claimed, _claimed_months(hit, evidence.text))
    return found


def _position_at(
    positions: Sequence[Position], starts: Sequence[int], offset: int
) -> Position | None:
    at = bisect_right(starts, offset) - 1
    return positions[at] if at >= 0 and offset < positions[at].end else None


def statuses(spans: Iterable[tuple[int, int]], evidence: Evidence) -> list[SkillStatus]:
    """Return how the things at some spans are spoken of."""
    scopes = Scopes(evidence.words)
    starts = [position.start for position in evidence.positions]
    return [
        scopes.stance(start, end)
        or _status(start, end, evidence, _position_at(evidence.positions, starts, start))
        for start, end in spans
    ]


def _status(begin: int, finish: int, evidence: Evidence, position: Position | None) -> SkillStatus:
    kind = evidence.sections.kind_at(begin)
    if position or kind in _AT_WORK:
        return "used"
    if kind in ("skills", "languages", "certifications"):
        return "listed"
    start = _sentence_start(evidence.text, begin)
    end = _sentence_end(evidence.text, finish)
    return "used" if _USE.search(evidence.text, start, end) else "listed"


def _sentence_start(text: str, offset: int) -> int:
    low = max(0, offset - 240)
    ends = [match.end() for match in _SENTENCE_END.finditer(text, low, offset)]
    return ends[-1] if ends else low


def _sentence_end(text: str, offset: int) -> int:
    match = _SENTENCE_END.search(text, offset, offset + 240)
    return match.start() if match else min(len(text), offset + 240)


_NEAR_SINCE = 240
"""Characters around a mention in which its sentence is looked for."""


def _since(hit: Hit, evidence: Evidence) -> list[Period]:
    """Periods that last until now in the sentence of a mention: "daily Python since 2019"."""
    first = bisect_left(evidence.periods, hit.start - _NEAR_SINCE, key=attrgetter("start"))
    last = bisect_left(evidence.periods, hit.start + _NEAR_SINCE, key=attrgetter("start"))
    near = [period for period in evidence.periods[first:last] if period.until_iso is None]
    if not near or evidence.sections.kind_at(hit.start) in _AT_WORK:
        return []
    start = _sentence_start(evidence.text, hit.start)
    end = _sentence_end(evidence.text, hit.end)
    return [period for period in near if start <= period.start < end]


def _claimed_months(hit: Hit, text: str) -> int:
    around = text[max(0, hit.start - 60) : hit.end + 50].lower()
    if "year" not in around and "yr" not in around:
        return 0
    before = _CLAIM_BEFORE.search(text, max(0, hit.start - 60), hit.start)
    after = None if before else _CLAIM_AFTER.match(text, hit.end, hit.end + 50)
    match = before or after
    if not match:
        return 0
    years = float(match["years"] or match["for_years"])
    return round(12 * years) if years <= _MOST_YEARS else 0


def _skill(name: str, what: _Found) -> Skill:
    entry = what.hit.form.entry
    status = min((mention.status for mention in what.mentions), key=_RANK.index)
    months = max(merged_months(what.periods), what.claimed) or None
    confidence = _CONFIDENCE[status] * (1 if what.sure else _AMBIGUOUS)
    return Skill(
        name,
        entry.field,
        entry.kind,
        status,
        months if status in ("used", "listed") else None,
        tuple(what.mentions),
        round(confidence, 3),
    )


def _implied(
    held: Iterable[Skill], found: Mapping[str, _Found], lexicon: Lexicon
) -> dict[str, Skill]:
    """Skills that others imply, with the surest of these as their evidence."""
    via: dict[str, list[tuple[float, Skill]]] = defaultdict(list)
    for skill in held:
        for name, certainty in lexicon.implied(skill.name).items():
            via[name].append((certainty * skill.confidence, skill))
    implied = {}
    for name, sources in via.items():
        best = max(certainty for certainty, _ in sources)
        surest = [skill for certainty, skill in sources if certainty == best]
        entry = lexicon.entries[name]
        periods = [period for skill in surest for period in found[skill.name].periods]
        implied[name] = Skill(
            name,
            entry.field,
            entry.kind,
            "implied",
            merged_months(periods) or None,
            tuple(Mention(m.text, m.start, m.end, "implied") for s in surest for m in _good(s)),
            round(best, 3),
            tuple(skill.name for skill in surest),
        )
    return implied


def _good(skill: Skill) -> list[Mention]:
    return [mention for mention in skill.mentions if mention.status in ("used", "listed")]
