"""Statements about work, and what makes a good one: a verb, a number, a fit length, skills."""

import re
from bisect import bisect_left
from collections.abc import Collection, Iterator, Sequence

from shortlist.extraction.entities import Bullet
from shortlist.extraction.matching import Hit
from shortlist.extraction.sections import Row, rows

# In the base form; the forms that are made of it by rule are added below.
_VERBS = """
    accelerate accomplish achieve acquire adapt address administer adopt advise advocate
    allocate analyze analyse answer apply appoint appraise approve arrange articulate
    assemble assess assign assist attain attend audit author authorize automate award balance
    boost brief budget build calculate calibrate capture care chair championed check clean
    coach collaborate collect communicate compare compile complete compose compute conceive
    conceptualize conduct configure connect consolidate construct consult contract contribute
    control convert convey convince cook coordinate correct correspond counsel craft create
    critique cultivate cut debug decrease define delegate deliver demonstrate deploy derive
    design detect determine develop devise diagnose direct discover dispatch dispense display
    distribute document double draft draw drive earn edit educate eliminate employ enable
    encourage enforce engage engineer enhance enlist ensure enter establish estimate evaluate
    examine exceed execute expand expedite explain extend extract fabricate facilitate file
    finalize fix forecast form formulate foster found fund furnish gain gather generate
    govern greet grow guide handle harvest head help hire host identify illustrate implement
    import improve improvise increase influence inform initiate innovate inspect inspire
    install institute instruct integrate interact interface interpret interview introduce
    invent inventory investigate issue judge justify keep label launch lead lecture lift load
    lobby localize locate log maintain manage manufacture map market maximize measure mediate
    mentor merge migrate minimize mobilize model modernize modify monitor motivate navigate
    negotiate notify observe obtain open operate optimize orchestrate order organize organise
    originate outline overhaul oversee package participate partner perform persuade
    photograph pilot pioneer plan plant position post prepare present preserve prevent
    prioritize process procure produce program project promote propose protect prototype
    provide publicize publish purchase qualify query raise rank rate reach realize rebuild
    receive recognize recommend reconcile record recruit redesign reduce reengineer refactor
    refer refine reform register regulate rehabilitate reinforce remodel render renegotiate
    reorganize repair replace report represent research resolve respond restock restore
    restructure retain retrieve revamp review revise revitalize route run safeguard save
    scale schedule screen secure select sell separate serve service set settle shape ship
    simplify simulate solicit solve sort source spearhead specify sponsor staff standardize
    start stock strategize streamline strengthen structure study submit succeed summarize
    supervise supply support surpass survey sustain target teach test tie trace track trade train
    transcribe transfer transform translate transport travel treat triple troubleshoot tutor
    uncover unify update upgrade use utilize validate verify visualize weigh welcome weld win
    work write
"""
_IRREGULAR = """
    built led drove wrote taught won ran sold grew held kept met spoke took gave made oversaw
    sought chose drew set cut put brought bought rebuilt undertook began hit spent rose
    understood withdrew taught driven written held found founded spearheaded responsible
    working doing leading managing
"""
_COUNTED = r"(?:[a-z-]+\s+){0,2}(?:[a-z]{2,}[^siu\W\d_]s|people|staff|children|aircraft)\b"
"""Up to two words and a plural: `40 shift leaders`."""
_NUMBER = re.compile(
    r"[$€£]\s?\d|\d[\d,.]*\s?(?:%|percent|k\b|m\b|mm\b|bn\b|x\b|million|billion|thousand|hundred)"
    rf"|(?<![\w.,/-])(?!(?:19|20)\d\d\b)\d[\d,.]*\+?\s+{_COUNTED}"
    r"|\b(?:two|three|four|five|six|seven|eight|nine|ten|twelve|twenty|thirty|fifty"
    rf"|(?:hundreds|thousands)(?:\s+of)?)\s+{_COUNTED}"
    r"|\b(?:doubled|tripled|halved)\b|#1\b|\btop\s+\d",
    re.IGNORECASE,
)
_FIRST_WORDS = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)?")
_NUMBERING = re.compile(r"\(?\d{1,2}[.)]\s+(?=[^\W\d_])")
_ENDED = re.compile(r"[.!?;:][\"')]?$")
_FEWEST, _MOST = 10, 35
_NARROW = 0.75
"""A line shorter than this share of the widest one was not broken by the page's edge."""

VERB_POINTS, NUMBER_POINTS, LENGTH_POINTS = 30, 35, 15
SKILL_POINTS, ONE_SKILL_POINTS = 20, 10


def _forms(verb: str) -> Iterator[str]:
    yield verb
    yield verb + "s"
    stem = verb[:-1] if verb.endswith("e") else verb
    yield stem + "ed"
    yield stem + "ing"
    if verb.endswith("y"):
        yield verb[:-1] + "ied"
    if len(verb) > 2 and verb[-1] not in "aeiouwxy" and verb[-2] in "aeiou":
        yield verb + verb[-1] + "ed"
        yield verb + verb[-1] + "ing"


_ACTIONS = frozenset(form for verb in _VERBS.split() for form in _forms(verb)) | frozenset(
    _IRREGULAR.split()
) - {"responsible", "working", "doing"}


def is_action(word: str) -> bool:
    """Return whether a word, in lower case, is a verb of doing in one of its forms."""
    return word in _ACTIONS


def bullets(
    text: str, start: int, end: int, hits: Sequence[Hit], asked: Collection[str] = ()
) -> list[Bullet]:
    """Return the statements of `text[start:end]` with their quality.

    Args:
        text: the resume's text.
        start: where the description of a job begins.
        end: where it ends.
        hits: the skills of the whole text, in order.
        asked: names of the skills that count; any skill does where none is given.
    """
    found = []
    starts = [hit.start for hit in hits]
    for item_start, item_end in items(text, start, end):
        inside = hits[bisect_left(starts, item_start) : bisect_left(starts, item_end)]
        names = tuple(dict.fromkeys(h.name for h in inside if not asked or h.name in asked))
        found.append(_bullet(text, item_start, item_end, names))
    return found


def items(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Return the spans of the bullets and lines of `text[start:end]`, wrapped ones joined."""
    lines = [_unnumbered(text, row) for row in rows(text, start, end)]
    width = max((line.end - line.start for line in lines), default=0)
    spans: list[tuple[int, int]] = []
    above: Row | None = None
    for line in lines:
        if above and _continues(text, above, line, width):
            spans[-1] = (spans[-1][0], line.end)
        else:
            spans.append((line.start, line.end))
        above = line
    return spans


def _unnumbered(text: str, row: Row) -> Row:
    """A row without the number in front of it, which makes it a bullet."""
    number = _NUMBERING.match(text, row.start, row.end)
    return Row(number.end(), row.end, True) if number else row


def _continues(text: str, above: Row, line: Row, width: int) -> bool:
    if line.bullet:
        return False
    if text[line.start].islower():
        return True
    wide = above.end - above.start > _NARROW * width and width > 60
    return wide and not _ENDED.search(text[above.start : above.end]) and above.bullet


def _bullet(text: str, start: int, end: int, skills: tuple[str, ...]) -> Bullet:
    statement = text[start:end]
    words = statement.split()
    first = [word.lower() for word in _FIRST_WORDS.findall(statement[:40])[:2]]
    verb = bool(first) and (
        is_action(first[0]) or (first[0].endswith("ly") and is_action(first[-1]))
    )
    number = _NUMBER.search(statement) is not None
    length_ok = _FEWEST <= len(words) <= _MOST
    quality = VERB_POINTS * verb + NUMBER_POINTS * number + LENGTH_POINTS * length_ok
    quality += SKILL_POINTS if len(skills) > 1 else ONE_SKILL_POINTS * len(skills)
    return Bullet(statement, start, end, verb, number, length_ok, skills, quality)
