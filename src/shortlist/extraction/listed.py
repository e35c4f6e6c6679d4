"""Certifications, spoken languages and projects: what a resume lists beside its skills."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from shortlist.extraction.bullets import items
from shortlist.extraction.entities import Named, Quote, Skill
from shortlist.extraction.sections import Row, SectionMap, rows

_LEVEL = re.compile(
    r"native(?:\s+(?:speaker|or\s+bilingual))?|mother\s+tongue|bilingual|fluen(?:t|cy)"
    r"|proficien(?:t|cy)"
    r"|(?:upper[- ]|pre-)?intermediate|advanced|conversational|basic|beginner|elementary"
    r"|limited\s+working"
    r"|full\s+professional|professional\s+working|working\s+knowledge|business\s+level"
    r"|muttersprache|fließend|madrelingua|langue\s+maternelle|courant|lengua\s+materna|nativo|nativa"
    r"|avanzado|intermedio|básico|bilingüe|bilingue"
    r"|verhandlungssicher|grundkenntnisse|\b[ABC][12]\b",
    re.IGNORECASE,
)
_WHERE_AND_WHEN = re.compile(
    r"\b(?:19|20)\d\d\b|\bState\b|^(?:issued|expires?|exp|valid|no)\b", re.IGNORECASE
)
"""What stands beside the name of a certificate and is none."""
_LIST_MARK = re.compile(r"\s*(?:[|•·;]|,\s)\s*")
_NAME_END = re.compile(r"(?P<name>[^\W_a-z][^\n:|–—]{1,50}?)(?:\s*:\s+|\s+[|–—-]\s+)(?=\S+\s+\S)")
"""The name of a project before what its line tells of it."""
_LONGEST_NAME = 90
_NEAR = 40
_MOST_WORDS = 5


def certifications(text: str, found: SectionMap, held: Sequence[Skill]) -> tuple[Named, ...]:
    """Return the certificates the lexicon knows, and what stands in the sections on them.

    Args:
        text: the resume's text.
        found: its sections.
        held: the certificates that it names, and the skills that are proved by one.
    """
    known = [
        Named(skill.name, _first_quote(skill))
        for skill in held
        if skill.status in ("used", "listed")
    ]
    spans = [(m.start, m.end) for skill in held for m in skill.mentions]
    unknown = [
        named
        for section in found.of("certifications")
        for start, end in items(text, section.start, section.end)
        for named in _unknown(text, start, end, spans)
    ]
    return (*known, *unknown)


def languages(text: str, found: SectionMap, every: Iterable[Skill]) -> tuple[Named, ...]:
    """Return the spoken languages with the level that stands beside each."""
    return tuple(
        Named(skill.name, quote, language_level(text, quote))
        for skill in every
        if skill.kind == "language" and skill.status in ("used", "listed")
        for quote in [_best_quote(skill, found)]
    )


def projects(text: str, found: SectionMap) -> tuple[Named, ...]:
    """Return the projects: a short line is the name, the one below it the note."""
    return tuple(
        named
        for section in found.of("projects")
        for named in _projects_of(text, section.start, section.end)
    )


def _projects_of(text: str, start: int, end: int) -> Iterator[Named]:
    open_one: Named | None = None
    for line in rows(text, start, end):
        written = text[line.start : line.end]
        opened = _opened(line, written)
        if opened:
            if open_one:
                yield open_one
            open_one = opened
        elif open_one and not open_one.note:
            open_one = replace(open_one, note=written)
        elif not open_one:
            yield Named(written, Quote(written, line.start, line.end, 0.5))
    if open_one:
        yield open_one


def _opened(line: Row, written: str) -> Named | None:
    """The project that a line opens: "OpenTraffic: a dashboard", or a short line in capitals."""
    cut = _NAME_END.match(written)
    if cut:
        said = cut["name"]
        quote = Quote(said, line.start, line.start + len(said), 0.7)
        return Named(said, quote, written[cut.end() :])
    if line.bullet or not _is_title(written):
        return None
    return Named(written, Quote(written, line.start, line.end, 0.6))


def _is_title(written: str) -> bool:
    """Whether a line is short and has most of its longer words in capitals."""
    big = [word for word in written.split() if len(word) > 3] or written.split()
    capitals = sum(word[0].isupper() or not word[0].isalpha() for word in big)
    fits = len(written) <= _LONGEST_NAME and written[-1] not in ".;"
    return fits and written[0].isupper() and capitals >= 0.6 * len(big)


def _unknown(text: str, start: int, end: int, known: Iterable[tuple[int, int]]) -> Iterator[Named]:
    at = start
    named = any(first < end and start < last for first, last in known)
    cuts = list(_LIST_MARK.finditer(text, start, end))
    if any(len(piece.split()) > _MOST_WORDS for piece in _LIST_MARK.split(text[start:end])):
        cuts = []  # a sentence, or a name with its place and date
    for cut in [*cuts, None]:
        stop = cut.start() if cut else end
        written = text[at:stop]
        overlaps = any(first < stop and at < last for first, last in known)
        overlaps = overlaps or (named and _WHERE_AND_WHEN.search(written) is not None)
        if not overlaps and 2 < len(written) <= _LONGEST_NAME and any(map(str.isupper, written)):
            yield Named(written, Quote(written, at, stop, 0.5))
        at = cut.end() if cut else end


def _first_quote(skill: Skill) -> Quote:
    mention = next(m for m in skill.mentions if m.status in ("used", "listed"))
    return Quote(mention.text, mention.start, mention.end, skill.confidence)


def _best_quote(skill: Skill, found: SectionMap) -> Quote:
    held = [m for m in skill.mentions if m.status in ("used", "listed")]
    mention = next((m for m in held if found.kind_at(m.start) == "languages"), held[0])
    return Quote(mention.text, mention.start, mention.end, skill.confidence)


def language_level(text: str, quote: Quote) -> str:
    """Return the level that stands beside a language, as written, or an empty string."""
    line_end = text.find("\n", quote.end)
    line_end = len(text) if line_end < 0 else line_end
    after = re.compile(r"[,;|\n]").search(text, quote.end, line_end)
    stop = after.start() if after else min(line_end, quote.end + _NEAR)
    beside = _LEVEL.search(text, quote.end, stop)
    if not beside:
        parts = (text.rfind(mark, 0, quote.start) + 1 for mark in ("\n", ";", ". "))
        low = max(*parts, quote.start - _NEAR)
        before = list(_LEVEL.finditer(text, low, quote.start))
        beside = before[-1] if before else None
    return beside.group() if beside else ""
