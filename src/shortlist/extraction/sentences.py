"""Where the lines and sentences of a text begin and end, without the marks around them.

Extracted text breaks sentences over lines and glues bullets together; both are mended here, by
offsets only: a span is always a slice of the text as it stands.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

GLYPHS = "•·▪▫◦‣●■□○►▸»➢➤➔✓✔❖◆★⁃∙\uf0b7\uf0a7\uf0d8"
_MARK = re.compile(
    rf"[{GLYPHS}]\s*|[-–—*+o](?=\s)\s*|\(?\d{{1,2}}[.)](?=\s)\s*|\([a-z]\)\s*|[a-z]\)(?=\s)\s*"
)
_HASHES = re.compile(r"#{1,6}\s*(?=\S)")
_BOLD = re.compile(r"[*_]{1,3}(?=[^\s*_])(?P<text>.*?)(?P<end>:?[*_]{1,3}:?)")
_INLINE_BULLET = re.compile(rf"\s*[{GLYPHS}]\s*|\s+[?*]\s+(?=[A-Z0-9])")
_ENDED = re.compile(r"[.!?:;。！？][\"'’”)\]]*$")
_LEFT_OPEN = re.compile(
    r"(?:[,&/(–-]|\b(?:(?-i:a)|an|and|as|at|by|for|from|in|into|of|on|or|the|their|to|using|via|with))$",
    re.IGNORECASE,
)
_SENTENCE_END = re.compile(
    r"(?:[.!?]+[\"'’”)\]]*(?=\s+[\"'‘“(\[]?[A-Z0-9À-Þ])|(?<=[a-z]{3})[.!?](?=[A-Z][a-z]+\s)|(?<!&amp);(?=\s)|[。！？])\s*"
)
_ABBREVIATION = re.compile(
    r"(?<![\w.])(?:e\.?g|i\.?e|vs|approx|min|no|nos|dept|est|fig|inc|incl|ltd|co|corp|mr|mrs|ms|dr|prof|"
    r"sr|jr|st|ph\.?d|b\.?\s?[as]c?|m\.?\s?[as]c?|b\.?tech|u\.s|u\.k|a\.m|p\.m|[a-z])\.$",
    re.IGNORECASE,
)
_STATE = re.compile(r", [A-Z]{2}\.$")
_TAIL = 8
"""Characters at the end of a line that tell whether it goes on."""


@dataclass(frozen=True, slots=True)
class Line:
    """A line without its bullet, number or heading marks; several, where one was wrapped."""

    start: int
    end: int
    bullet: bool = False
    marked: bool = False
    """The line is set apart as a heading by hashes or by bold type over its whole length."""
    after_gap: bool = False
    """A blank line, or the start of the text, stands before it."""


def lines(text: str) -> list[Line]:
    """Return the lines that hold letters or digits, with wrapped ones joined."""
    joined: list[Line] = []
    for line in _plain_lines(text):
        if joined and _continues(text, joined[-1], line):
            joined[-1] = replace(joined[-1], end=line.end)
        else:
            joined.append(line)
    return joined


def sentences(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Return the spans of the sentences of `text[start:end]`, trimmed of space around them."""
    cuts = [start]
    for piece_end in _INLINE_BULLET.finditer(text, start, end):
        cuts += [piece_end.start(), piece_end.end()]
    cuts.append(end)
    spans: list[tuple[int, int]] = []
    for first, last in zip(cuts[::2], cuts[1::2], strict=True):
        spans += _split_at_sentence_ends(text, first, last)
    return [span for span in spans if any(map(str.isalnum, text[span[0] : span[1]]))]


def _split_at_sentence_ends(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    for match in _SENTENCE_END.finditer(text, start, end):
        stop = match.start() + len(match.group().rstrip())
        if (
            text[stop - 1] == "."
            and not _STATE.search(text, start, stop)
            and _ABBREVIATION.search(text, max(start, stop - 12), stop)
        ):
            continue
        yield _trim(text, start, stop)
        start = match.end()
    if start < end:
        yield _trim(text, start, end)


def _plain_lines(text: str) -> Iterator[Line]:
    position, after_gap, bullet_above = 0, True, False
    for raw in text.splitlines(keepends=True):
        start, end = _trim(text, position, position + len(raw))
        position += len(raw)
        bullet = _MARK.match(text, start, end)
        if bullet:
            start = bullet.end()
        hashes = _HASHES.match(text, start, end)
        if hashes:
            start = hashes.end()
        bold = _BOLD.fullmatch(text, start, end)
        if bold:
            start, end = bold.span("text")
        if any(map(str.isalnum, text[start:end])):
            yield Line(start, end, bool(bullet or bullet_above), bool(hashes or bold), after_gap)
            after_gap, bullet_above = False, False
        elif bullet:
            bullet_above = True
        else:
            after_gap = True


def _continues(text: str, above: Line, line: Line) -> bool:
    if line.bullet or line.marked or line.after_gap or above.marked:
        return False
    tail = max(above.start, above.end - _TAIL)
    if _ENDED.search(text, tail, above.end):
        return False
    return text[line.start].islower() or bool(_LEFT_OPEN.search(text, tail, above.end))


def _trim(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end
