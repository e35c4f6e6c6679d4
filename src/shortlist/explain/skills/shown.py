"""Evidence of skills that are shown by acts: leading, explaining, putting things right."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from shortlist.explain.skills.facts import Facts, Sighting, time_of
from shortlist.explain.skills.named import named
from shortlist.explain.skills.reading import Reading
from shortlist.explain.skills.remarks import remark
from shortlist.explain.skills.rubrics import SkillRule
from shortlist.explain.skills.scope import number
from shortlist.explain.skills.signs import compiled
from shortlist.explain.skills.stances import stance
from shortlist.explain.skills.statements import act, is_labelled, is_list, qualifies, tells
from shortlist.masking import Masker
from shortlist.records import Document, MaskedText, Span, Standing

Matrix = NDArray[np.float32]
Encode = Callable[[Sequence[MaskedText]], Matrix]

LIKE, WEAK, DIRECT, STRONG = 0.75, 1.0, 2.0, 3.0
"""The depths of what is shown: nearly said, took part, did it, did it at size or for others."""

NEAR = 0.5
"""The cosine from which a passage or a part of one speaks of a skill in other words."""

ALIKE = 0.58
"""The cosine from which a passage says nearly the same as an example."""

_CUT = re.compile(r"[.;:,]\s+|\s[-–—]\s")
_DUTIES = re.compile(
    r"\W*(?:\w+\s+){0,2}(?:duties|tasks|responsibilities)(?:\s+(?:were|are|include[sd]?|including))*\s*:?"
    r"\s(?=[^,]*,[^,]*,)",
    re.IGNORECASE,
)
"""A list of what a job asks for hints at what was done there."""
_MOST_TITLE_WORDS = 8
_WISHED = (
    r"no|not|never|without|cannot|lack\w*|n['’]t|yet\s+to|hop(?:e|es|ing)\s+to"
    r"|wants?\s+to|wish\w*\s+to|would\s+like|like\s+to|aspir\w+|eager|aim\w*\s+to|looking\s+to"
    r"|looking\s+for|seek\w*|interest\w*\s+in|keen|goal|ready\s+to|willing\w*|able\s+to"
    r"|ability\s+to|opportunit\w+|learn\w*\s+to|courses?\s+(?:in|on)"
)
_BESIDE = (
    r"under\s+the\s+\w+|under|reporting\s+to|reported\s+to|reports\s+to|supported\s+the"
    r"|assisted\s+the|assistant\s+to\s+the|part\s+of|member\s+of|one\s+of|joined|within\s+an?"
    r"|(?:work\w*\s+)?in\s+an?|for\s+an?|assist\w*|(?:pa|secretary|aide)\s+to"
    r"|(?:acted\s+up|cover\w*|sto(?:od|ands?)\s+in|stepp\w+\s+in|deputi\w+|contact|back-?up)\s+for"
)
_NOT_WORKED = re.compile(rf"\b(?:{_WISHED})\b[^.;,:]{{0,60}}\Z", re.IGNORECASE)
_NOT_DONE = re.compile(rf"\b(?:{_WISHED}|{_BESIDE})\b[^.;,:]{{0,60}}\Z", re.IGNORECASE)
_LEADS_TO = re.compile(r"(?:lead|leads|led|leading)\s+(?:on\s+)?to\b", re.IGNORECASE)
_BY_OTHERS = re.compile(r"\s*(?:\w+\s+){0,1}by\b(?!\s+(?:me|us|\w+ing)\b)", re.IGNORECASE)
_SIZE = re.compile(
    r"(?<![\w$€£.,])(\d{1,4}|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fifteen"
    r"|twenty|thirty|forty|fifty)\+?(?![\d%.,]*%|\s*(?:years?|months?|weeks?|days?|hours?|%|k\b|million))",
    re.IGNORECASE,
)
_ACTED = frozenset(
    ("experience", "projects", "volunteer", "achievements", "education", "publications", "other")
)


def shown(reading: Reading, skill: str, rule: SkillRule, encode: Encode | None) -> Facts:
    """Return what a resume shows of a skill by acts, and where it claims it by name.

    Args:
        reading: the resume.
        skill: its name in the reading's lexicon.
        rule: the signs and examples of the skill.
        encode: the vectors of masked texts, for the examples; without it only signs count.
    """
    claims = named(reading, skill)
    claimed = tuple(_as_claim(reading, s) for s in claims.sightings)
    acts = list(by_signs(reading, rule))
    acts += _by_examples(reading, rule, {a.statement.start for a in acts}, encode)
    sightings = (*acts, *claimed)
    time = time_of(reading, sightings)
    return replace(
        claims,
        standing=_standing(sightings),
        sightings=sightings,
        months=time.months,
        jobs=time.jobs,
        title=time.title,
        idle_years=time.idle_years,
    )


def _standing(sightings: Sequence[Sighting]) -> Standing:
    statuses = [s.status for s in sightings]
    for status in ("used", "listed", "negated", "implied", "desired"):
        if status in statuses:
            return status
    return "none"


def _as_claim(reading: Reading, sighting: Sighting) -> Sighting:
    """A place that names the skill claims it; only acts show it, and jobs that are called so."""
    if sighting.status == "used" and reading.in_heading(sighting.start):
        return replace(sighting, depth=DIRECT)
    if sighting.status == "used":
        return replace(sighting, status="listed", depth=0.5)
    return sighting


def by_signs(reading: Reading, rule: SkillRule) -> Iterator[Sighting]:
    """Yield the passages that hold a sign of a skill, one sighting each, by the strongest."""
    not_done = _NOT_WORKED if rule.rubric.kind == "named" else _NOT_DONE
    for statement in _statements(reading):
        best: Sighting | None = None
        text = reading.text[statement.start : statement.end]
        if rule.rubric.kind == "named" and qualifies(text):
            continue
        for signs, depth in ((rule.strong, STRONG), (rule.direct, DIRECT), (rule.weak, WEAK)):
            pattern = compiled(signs, titles=_is_head(reading, statement))
            match = (
                pattern.search(reading.text, statement.start, statement.end) if pattern else None
            )
            if match and not _is_not_done(reading, statement, match, not_done, rule.rubric.kind):
                best = _sighting(reading, statement, match, rule, depth)
                break
        if best:
            yield best


def _statements(reading: Reading) -> Iterator[Span]:
    """The passages that may tell of acts: not lists of skills, and no headings."""
    for passage in reading.passages:
        text = reading.text[passage.start : passage.end]
        if passage.kind in ("skills", "languages", "interests", "references", "personal"):
            continue
        if passage.kind == "certifications":
            continue
        at_work = passage.kind in _ACTED or reading.position_at(passage.start) is not None
        if not is_labelled(text) and (at_work or not is_list(text)):
            yield passage


def _is_head(reading: Reading, statement: Span) -> bool:
    """Whether a passage is the head of a job, or a short line above all jobs."""
    if reading.in_heading(statement.start):
        return True
    words = reading.text[statement.start : statement.end].split()
    return statement.kind == "header" and len(words) <= _MOST_TITLE_WORDS


def _is_not_done(
    reading: Reading, statement: Span, match: re.Match[str], not_done: re.Pattern[str], kind: str
) -> bool:
    before = reading.text[statement.start : match.start()]
    if _LEADS_TO.match(reading.text, match.start()):
        return True
    if not_done.search(before) or _BY_OTHERS.match(reading.text, match.end(), statement.end):
        return True
    if reading.scopes.stance(match.start(), match.end()) is not None:
        return True
    text = reading.text[statement.start : statement.end]
    at = match.start() - statement.start
    noted = remark(text, at, match.end() - statement.start)
    return noted == "desired" or (kind == "named" and noted in ("negated", "others"))


def _sighting(
    reading: Reading, statement: Span, match: re.Match[str], rule: SkillRule, depth: float
) -> Sighting:
    text = reading.text[statement.start : statement.end]
    done = act(text, match.start() - statement.start)
    claims_only = statement.kind in ("summary", "header") and not done.number
    status: Standing = "used"
    if claims_only:
        depth = min(depth, DIRECT)
    if rule.rubric.kind == "shown" and _DUTIES.match(text):
        depth = min(depth, WEAK)
    if done.study and rule.rubric.kind == "named":
        depth = min(depth, WEAK)
    return Sighting(
        match.start(),
        match.end(),
        statement,
        status,
        depth,
        reading.section_at(match.start()),
        done.number,
        done.result,
        done.study,
        acts=_acts(reading, statement, rule),
        size=max((_number(m.group(1)) for m in _SIZE.finditer(text)), default=0.0),
    )


def _acts(reading: Reading, statement: Span, rule: SkillRule) -> int:
    """How many acts a statement tells of, those that hint apart."""
    pattern = compiled(rule.strong + rule.direct)
    if pattern is None:
        return 1
    return max(1, sum(1 for _ in pattern.finditer(reading.text, statement.start, statement.end)))


def _number(written: str) -> float:
    value = number(written)
    return 0.0 if 1900 <= value <= 2100 else float(value)


def _by_examples(
    reading: Reading, rule: SkillRule, known: set[int], encode: Encode | None
) -> list[Sighting]:
    """Passages that say nearly the same as an example, where no sign was found."""
    if encode is None or not rule.like:
        return []
    left = [s for s in _statements(reading) if s.start not in known and s.kind in _ACTED]
    left = [s for s in left if len(reading.text[s.start : s.end].split()) >= 4]
    if not left:
        return []
    masker = Masker(reading.masked.policy)
    examples = [masker(Document("example", text)) for text in rule.like]
    parts = [reading.masked.part(s.start, s.end) for s in left]
    vectors = encode([*parts, *examples])
    nearest = (vectors[: len(parts)] @ vectors[len(parts) :].T).max(axis=1)
    return [
        Sighting(s.start, s.end, s, "used", LIKE, reading.section_at(s.start))
        for s, cosine in zip(left, nearest, strict=True)
        if cosine >= ALIKE and not _NOT_DONE.search(reading.text[s.start : s.end])
    ]


def near(reading: Reading, skill: str, encode: Encode) -> list[Sighting]:
    """Return the passages that speak of a skill in other words, the nearest first.

    Args:
        reading: the resume.
        skill: how it was asked for.
        encode: the vectors of masked texts.
    """
    left = [s for s in _statements(reading) if s.kind not in ("languages", "certifications")]
    left = [s for s in left if not _NOT_DONE.search(reading.text[s.start : s.end])]
    left = [s for s in left if stance(reading.text[s.start : s.end], s.end - s.start, 0) is None]
    clauses = [(span, *clause) for span in left for clause in _clauses(reading, span)]
    if not clauses:
        return []
    parts = [reading.masked.part(start, end) for _, start, end in clauses]
    vectors = encode([*parts, Masker(reading.masked.policy)(Document("skill", skill))])
    cosines = vectors[:-1] @ vectors[-1]
    found: dict[int, Sighting] = {}
    for at in np.argsort(-cosines):
        span, start, end = clauses[at]
        if cosines[at] >= NEAR and span.start not in found:
            depth = max(LIKE, _told(reading, span, start))
            found[span.start] = Sighting(
                start, end, span, "used", depth, reading.section_at(span.start)
            )
    return list(found.values())


def _told(reading: Reading, span: Span, start: int) -> float:
    """How deep the act is that a passage tells of a part of it, where it tells one."""
    text = reading.text[span.start : span.end]
    done = act(text, start - span.start)
    return done.depth if tells(text) else 0.0


def _clauses(reading: Reading, span: Span) -> Iterator[tuple[int, int]]:
    """Yield a passage, then its parts of at least two words."""
    yield span.start, span.end
    start = span.start
    for cut in [*_CUT.finditer(reading.text, span.start, span.end), None]:
        end = cut.start() if cut else span.end
        words = reading.text[start:end].split()
        if len(words) >= 2 and (start, end) != (span.start, span.end):
            yield start, end
        start = cut.end() if cut else end
