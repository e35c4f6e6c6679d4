"""The lines that head a job: which of their pieces is the title, and which the employer."""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from shortlist.extraction.entities import Quote
from shortlist.extraction.sections import Row
from shortlist.extraction.titles import employer_score, title_end, title_score

SHORT = 90
"""Characters of a line that may head a job."""
SURE_TITLE = 2
SURE_EMPLOYER = 2
_SPLIT = re.compile(
    r"\s*(?:[|;•·\t()]|\s[-–—*~]\s|\sâ€\S{1,2}\s|\s{3,}|,\s(?!(?:Inc|LLC|LLP|Ltd|Corp|Co|PC|PLC|GmbH|Limited)\b)|\s@\s|\b(?:at|bei|chez|presso)\s(?=[A-Z]))\s*|\s[-–—]$|^[-–—]\s"
)
_STATE = re.compile(r"[A-Z]{2}(?: \d{5})?|State")
_SENTENCE_END = re.compile(
    r"[;!?]$|(?<!\b[A-Z])(?<!\b(?:Co|St|Jr|Sr|Dr))(?<!\b(?:Inc|Ltd|Bhd|Pty|Pvt|Mfg|Int))(?<!\b(?:Corp|Dept|Univ|Bros))\.$"
)
_NUMBERING = re.compile(
    r"\s*(?:\d{1,2}[.)]\s+(?=\D)|(?:since|from|seit|depuis|desde|dal|sinds)\s*$)", re.IGNORECASE
)
_LABELS = (
    r"(?:(?P<title>(?:job\s+)?(?:title|role|position|designation))"
    r"|(?:name\s+of\s+)?(?:company|employer|organi[sz]ation|client|firm)(?:\s+name)?)\s*:\s*"
)
_LABEL = re.compile(_LABELS, re.IGNORECASE)
_LABELLED = re.compile(rf"(?<![^\W_]){_LABELS}$", re.IGNORECASE)
_LABEL_WIDTH = 28
_DATES = re.compile(
    r"(?:(?:(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)\w*\.?\s*)?(?:19|20)\d\d\W*"
    r"|(?:present|now|current|today)\W*)+",
    re.IGNORECASE,
)
_PICTURES = ("So", "Sk", "Cf", "Co")
_DOT_NAME = re.compile(r"\.NET\b")


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a text."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Choice:
    """The title and the employer among some pieces, and how sure each is."""

    title: Piece | None = None
    title_score: int = 0
    employer: Piece | None = None
    employer_score: int = 0

    @property
    def total(self) -> int:
        """How sure both are together."""
        return self.title_score + self.employer_score

    @property
    def sure(self) -> bool:
        """Whether both are known by their words."""
        return self.title_score >= SURE_TITLE and self.employer_score >= SURE_EMPLOYER

    def quotes(self, text: str) -> "tuple[Quote | None, Quote | None]":
        """Return the title and the employer as they stand in the text."""
        return (
            _quote(text, self.title, 0.35 + 0.2 * self.title_score),
            _quote(text, self.employer, 0.3 + 0.25 * self.employer_score),
        )


def is_heading_like(text: str, row: Row) -> bool:
    """Return whether a line may head a job: it is short, no bullet, and no sentence."""
    line = text[row.start : row.end]
    short = row.end - row.start <= SHORT and not _SENTENCE_END.search(line)
    return short and not row.bullet and not line[0].islower()


def names_date(text: str, row: Row) -> bool:
    """Return whether a line holds a date and nothing else."""
    return _DATES.fullmatch(text, row.start, row.end) is not None


def piece_of(row: Row) -> Piece:
    """Return a line as a piece."""
    return Piece(row.start, row.end)


def names_title(text: str, start: int, end: int) -> bool:
    """Return whether a piece of `text[start:end]` is a title by its noun."""
    parts = segments(text, Piece(start, end))
    return any(title_score(text[s.start : s.end]) > SURE_TITLE for s in parts)


def choose(text: str, pieces: Sequence[Piece]) -> Choice:
    """Return the title and the employer that some lines, or parts of lines, name."""
    parts = [segment for piece in pieces for segment in segments(text, piece)]
    employers = [_employer_score(text, segment) for segment in parts]
    for at, segment in enumerate(parts[1:], 1):
        if _STATE.fullmatch(text, segment.start, segment.end):
            employers[at - 1] = -1  # "Eastvale, OH"
    titles = [
        title_score(text[s.start : s.end]) - (score >= SURE_EMPLOYER)
        for s, score in zip(parts, employers, strict=True)
    ]
    _heed_labels(text, parts, titles, employers)
    title = _first_best(titles, above=0)
    if title is not None:
        employers[title] = 0
    employer = _first_best(employers, above=0)
    if title is None and employer is not None:
        employers[employer] = 0
        title = _first_best(employers, above=0)
        titles = [1] * len(titles)
    return Choice(
        parts[title] if title is not None else None,
        titles[title] if title is not None else 0,
        parts[employer] if employer is not None else None,
        employers[employer] or SURE_EMPLOYER if employer is not None else 0,
    )


def _heed_labels(
    text: str, parts: Sequence[Piece], titles: list[int], employers: list[int]
) -> None:
    """Let "Role:" and "Company:" decide over how their values read."""
    for at, part in enumerate(parts):
        label = _LABELLED.search(text, max(0, part.start - _LABEL_WIDTH), part.start)
        if label:
            titles[at], employers[at] = (4, 0) if label["title"] else (0, 3)


def _first_best(scores: Sequence[int], *, above: int) -> int | None:
    best = max(scores, default=above)
    return scores.index(best) if best > above else None


def _employer_score(text: str, segment: Piece) -> int:
    """How much a segment reads like an employer; in brackets it counts only for its words."""
    if _DATES.fullmatch(text, segment.start, segment.end):
        return -1
    score = employer_score(text[segment.start : segment.end])
    in_brackets = text[max(0, segment.start - 1)] == "("
    return score - 1 if in_brackets and score > 0 else score


def _quote(text: str, piece: Piece | None, confidence: float) -> Quote | None:
    if piece is None:
        return None
    return Quote(text[piece.start : piece.end], piece.start, piece.end, round(confidence, 2))


def segments(text: str, piece: Piece) -> Iterator[Piece]:
    """Yield the parts of a line that commas, dashes, tabs and "at" set apart."""
    at = piece.start
    for cut in _SPLIT.finditer(text, piece.start, piece.end):
        yield from _parted(text, at, cut.start())
        at = cut.end()
    yield from _parted(text, at, piece.end)


def _parted(text: str, start: int, end: int) -> Iterator[Piece]:
    """One segment, or two: "Registered Nurse Hill Hospital" is a title and an employer."""
    cut = title_end(text[start:end])
    rest = text[start + cut : end].strip() if cut else ""
    if cut and rest and employer_score(rest) >= SURE_EMPLOYER:
        yield from _trimmed(text, start, start + cut)
        start += cut
    yield from _trimmed(text, start, end)


def _is_mark(letter: str) -> bool:
    """Whether a letter ends no name: space, a dash, a bullet, a picture."""
    return (
        letter.isspace()
        or letter in ",-–—|:(•*_`\ufe0f"
        or unicodedata.category(letter) in _PICTURES
    )


def _trimmed(text: str, start: int, end: int) -> Iterator[Piece]:
    for mark in (_NUMBERING, _LABEL):
        found = mark.match(text, start, end)
        start = found.end() if found else start
    while start < end and not (text[start].isalnum() or _DOT_NAME.match(text, start, end)):
        start += 1
    while end > start and _is_mark(text[end - 1]):
        end -= 1
    if end - start > 1:
        yield Piece(start, end)
