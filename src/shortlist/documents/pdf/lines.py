"""Words -> pieces of lines -> lines."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from shortlist.documents.pdf.words import SAME_LINE, Word

PIECE_GAP = 1.0  # widest space, in em, between words of one piece
MARK_GAP = 3.0  # the same after a list mark
LEADING = 1.7  # most distance of baselines, in em, within a block of lines
X_HEIGHT = 0.6  # how far, in em, a line reaches up where lines are told apart
LIST_MARK = re.compile(r"[^\w\s]{1,2}|o|\(?(\d{1,2}|[a-z]|[ivx]{1,4})[.)]", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Piece:
    """Words that follow one another on a line."""

    words: tuple[Word, ...]
    left: float
    right: float
    baseline: float
    size: float

    @property
    def top(self) -> float:
        """Where the line begins, without the upper part of its letters."""
        return self.baseline - X_HEIGHT * self.size


@dataclass(frozen=True, slots=True)
class Line:
    """Pieces on one baseline, from left to right."""

    pieces: tuple[Piece, ...]
    baseline: float
    size: float

    @property
    def text(self) -> str:
        """Its words with spaces between them."""
        return " ".join(word.text for piece in self.pieces for word in piece.words)


def pieces(words: Iterable[Word]) -> Iterator[Piece]:
    """Yield words in pieces, each of words that follow one another on a line."""
    piece: list[Word] = []
    for word in words:
        if piece and not _continues(piece, word):
            yield _piece(piece)
            piece = []
        piece.append(word)
    if piece:
        yield _piece(piece)


def lines(region: Iterable[Piece]) -> list[Line]:
    """Return pieces as lines from the top down; those on one baseline are one line."""
    found: list[list[Piece]] = []
    for piece in sorted(region, key=lambda piece: piece.baseline):
        if found:
            first = found[-1][0]
            if piece.baseline - first.baseline <= SAME_LINE * max(piece.size, first.size):
                found[-1].append(piece)
                continue
        found.append([piece])
    return [
        Line(
            tuple(sorted(line, key=lambda piece: piece.left)),
            line[0].baseline,
            max(piece.size for piece in line),
        )
        for line in found
    ]


def _continues(piece: list[Word], word: Word) -> bool:
    last = piece[-1]
    size = max(last.run.size, word.run.size)
    gap = word.box[0] - last.box[2] if word.box[0] >= last.box[0] else last.box[0] - word.box[2]
    widest = MARK_GAP if len(piece) == 1 and LIST_MARK.fullmatch(last.text) else PIECE_GAP
    level = abs(last.run.baseline - word.run.baseline) <= SAME_LINE * size
    return level and gap <= widest * size


def _piece(words: list[Word]) -> Piece:
    largest = max(words, key=lambda word: word.run.size).run
    return Piece(
        tuple(words),
        min(word.box[0] for word in words),
        max(word.box[2] for word in words),
        largest.baseline,
        largest.size,
    )
