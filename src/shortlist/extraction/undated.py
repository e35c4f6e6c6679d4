"""Jobs held that are told without dates: found by titles, which stand on lines of their own.

A title is looked for among lines that are short, no sentence and no bullet. The employer stands on
the same line, or on the line above or below: where it stands for the first job of a section, it
stands for the others.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from shortlist.extraction.bullets import is_action
from shortlist.extraction.headers import (
    SURE_EMPLOYER,
    SURE_TITLE,
    Choice,
    Piece,
    choose,
    is_heading_like,
    names_date,
    piece_of,
    segments,
)
from shortlist.extraction.positions import Block, says_something
from shortlist.extraction.sections import Row, rows
from shortlist.extraction.titles import employer_score, title_score

_WORD = re.compile(r"[^\W\d_]+")
_SMALL = frozenset("of and the for at in de to en y e und et di da with on & a an".split())
_MOST_WORDS = 8
_MOST_IN_SMALL = 4
"""Words of a title that is written as in a sentence: "Oracle developer"."""
_MOST_EMPLOYER_WORDS = 6
_FEWEST_WORDS = 2
"""On a line, on average."""
_TOLD_OF = frozenset("the a an every each all any new our its their his her up over".split())
_DOING = ("ed", "ing")


@dataclass(frozen=True, slots=True)
class _Head:
    """The rows `first` to `last` that head a job, and what they name."""

    first: int
    last: int
    choice: Choice


def undated_blocks(text: str, start: int, end: int) -> list[Block]:
    """Return the jobs of `text[start:end]`, a section on work without dates, in order."""
    lines = _whole_lines(text, start, end)
    titled = [at for at, row in enumerate(lines) if _heads(text, row)]
    if not titled:
        lines = [replace(row, bullet=False) for row in lines]
        titled = [at for at, row in enumerate(lines) if _heads(text, row) and _is_sure(text, row)]
    if not titled:
        return []
    above = _names_employers_above(text, lines, titled)
    heads = [_head(text, lines, titled, index, above=above) for index in range(len(titled))]
    return list(_blocks(text, lines, heads, end))


def with_undated(text: str, start: int, dated: Sequence[Block]) -> list[Block]:
    """Return the jobs of a section that begins at `start`, with those that have no dates, in order.

    They are looked for above the first job with dates, and inside the others' descriptions, where
    one line must name both a title and an employer.
    """
    found = undated_blocks(text, start, dated[0].start)
    for block in dated:
        lines = _whole_lines(text, block.body, block.end)
        titled = [at for at, row in enumerate(lines) if _heads(text, row) and _is_sure(text, row)]
        heads = [_Head(at, at, choose(text, _pieces(lines[at : at + 1]))) for at in titled]
        inner = list(_blocks(text, lines, heads, block.end))
        found.append(replace(block, end=inner[0].start) if inner else block)
        found += inner
    return found


def _whole_lines(text: str, start: int, end: int) -> list[Row]:
    """The lines of a stretch that is made of lines: none where each word stands on its own."""
    lines = [row for row in rows(text, start, end) if says_something(text, row)]
    if lines and "\n" not in text[lines[-1].end : end] and text[end : end + 1] not in ("", "\n"):
        lines.pop()  # the head of the next job begins on its line
    words = sum(len(text[row.start : row.end].split()) for row in lines)
    return lines if words >= _FEWEST_WORDS * len(lines) else []


def _blocks(text: str, lines: Sequence[Row], heads: Sequence[_Head], end: int) -> Iterator[Block]:
    for index, head in enumerate(heads):
        stop = lines[heads[index + 1].first].start if index + 1 < len(heads) else end
        body = lines[head.last + 1].start if head.last + 1 < len(lines) else end
        title, employer = head.choice.quotes(text)
        yield Block(lines[head.first].start, min(body, stop), stop, title, employer, None)


def _heads(text: str, row: Row) -> bool:
    """Whether a row names a title as the head of a job does."""
    if not is_heading_like(text, row) or _is_done(text[row.start : row.end]):
        return False
    return any(_is_title(text[s.start : s.end]) for s in segments(text, piece_of(row)))


def _is_title(segment: str) -> bool:
    if title_score(segment) <= SURE_TITLE or ":" in segment:
        return False
    words = _WORD.findall(segment)
    if len(words) > _MOST_WORDS:
        return False
    capitals = all(word[0].isupper() or word in _SMALL for word in words)
    return capitals or (len(words) <= _MOST_IN_SMALL and not _SMALL & set(words))


def _is_done(line: str) -> bool:
    """Whether a line tells what was done: "Assisted the Site Manager", not "Registered Nurse"."""
    words = [word.lower() for word in _WORD.findall(line)]
    done = bool(words) and words[0].endswith(_DOING) and is_action(words[0])
    return done and not _TOLD_OF.isdisjoint(words[1:])


def _names_employers_above(text: str, lines: Sequence[Row], titled: Sequence[int]) -> bool:
    """Whether employers stand above the titles, as they do for the first job of the section."""
    first = titled[0]
    return first == 1 and _may_employ(text, lines, first - 1) and not _is_sure(text, lines[1])


def _is_sure(text: str, row: Row) -> bool:
    """Whether a row names both a title and an employer by their words."""
    choice = choose(text, [piece_of(row)])
    return choice.title_score > SURE_TITLE and choice.employer_score >= SURE_EMPLOYER


def _may_employ(text: str, lines: Sequence[Row], at: int) -> bool:
    """Whether a row can be the name of an employer, alone or with a place."""
    row = lines[at]
    line = text[row.start : row.end]
    if not is_heading_like(text, row) or _is_done(line):
        return False
    parts = [text[s.start : s.end] for s in segments(text, piece_of(row))]
    if not parts or any(map(_is_title, parts)):
        return False
    if employer_score(parts[0]) >= SURE_EMPLOYER:
        return True
    words = _WORD.findall(parts[0])
    named = 0 < len(words) <= _MOST_EMPLOYER_WORDS and employer_score(parts[0]) > 0
    return named and (len(parts) > 1 or all(w[0].isupper() or w in _SMALL for w in words))


def _head(
    text: str, lines: Sequence[Row], titled: Sequence[int], index: int, *, above: bool
) -> _Head:
    at = titled[index]
    alone = choose(text, _pieces(lines[at : at + 1]))
    if alone.employer_score >= SURE_EMPLOYER:
        return _Head(at, at, alone)
    floor = titled[index - 1] + 1 if index else 0
    ceiling = titled[index + 1] if index + 1 < len(titled) else len(lines)
    if above and at > floor and _may_employ(text, lines, at - 1):
        return _Head(at - 1, at, choose(text, _pieces(lines[at - 1 : at + 1])))
    below = at + 1
    while below < ceiling and names_date(text, lines[below]):
        below += 1
    if not above and below < ceiling and _may_employ(text, lines, below):
        return _Head(at, below, choose(text, _pieces(lines[at : below + 1])))
    return _Head(at, at, alone)


def _pieces(lines: Sequence[Row]) -> list[Piece]:
    return [piece_of(row) for row in lines]
