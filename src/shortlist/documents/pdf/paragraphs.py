"""The lines of a column -> text: what was broken to fit the width of the column is one line again.

So a page gives the same lines whether it is set in one column or two.
"""

import re
from collections.abc import Iterable, Sequence
from functools import reduce
from itertools import pairwise
from statistics import median

from shortlist.documents.pdf.glyphs import font_name
from shortlist.documents.pdf.lines import LEADING, LIST_MARK, Line, Piece
from shortlist.documents.pdf.words import Word

SPACE = 0.25  # usual width of a space, in em
INDENT = 3.0  # how far, in em, the lines of one paragraph begin from one another
HANGING = 0.4  # em within which a line begins below the text of a list item
SAME_SIZE = 1.1  # ratio of sizes up to which lines are of one paragraph
GAP = 1.3  # how much more than the usual distance of lines leaves a blank line
PROSE_SPACES = 2  # spaces that make a line part of a sentence
LONG = 60  # characters that make a line prose
OPEN_ENDS = (",", ";", "-", "–", "—", "&", "/", "(")
OPEN_WORDS = frozenset("a an and as at by for from in of on or the to using via with &".split())
SENTENCE_ENDS = (".", "!", "?", ":")
SUSPENDING = ("and", "or", "to", "und", "oder", "bis", "et", "ou", "y", "o")  # "pre- and ..."
BROKEN_WORD = re.compile(r"([^\W\d_]+)-$")
LOWER_WORD = re.compile(r"(?=[a-zß-öø-ÿ])[^\W\d_]+")


def text_of(column: Sequence[Line]) -> str:
    """Return the text of a column: a line per paragraph, a blank line where there is a gap."""
    edge = max(line.pieces[-1].right for line in column)
    steps = [line.baseline - above.baseline for above, line in pairwise(column)]
    usual = median(steps) if steps else 0.0
    paragraphs = [[column[0]]]
    for (above, line), step in zip(pairwise(column), steps, strict=True):
        begun = paragraphs[-1]
        if _is_hung(begun[0], above, line) or _is_wrapped(above, line, edge, len(begun) > 1):
            paragraphs[-1].append(line)
            continue
        if step > max(LEADING * max(above.size, line.size), GAP * usual):
            paragraphs.append([])
        paragraphs.append([line])
    return "\n".join(reduce(_continued, map(_line, paragraph), "") for paragraph in paragraphs)


def _line(line: Line) -> str:
    return " ".join(_joined(piece.words) for piece in line.pieces)


def _joined(words: Iterable[Word]) -> str:
    return "".join(" " * word.spaced + word.text for word in words).strip()


def _is_hung(first: Line, above: Line, line: Line) -> bool:
    """Whether a line goes on with an item of a list, since it begins below the item's text."""
    item, head = first.pieces[0], line.pieces[0]
    if len(item.words) < 2 or not LIST_MARK.fullmatch(item.words[0].text):
        return False
    return (
        _are_close(above, line)
        and abs(head.left - item.words[1].box[0]) <= HANGING * item.size
        and head.left - item.left > HANGING * item.size
        and not LIST_MARK.fullmatch(head.words[0].text)
        and _reads_on(_line(above), _joined(head.words), inside=False)
    )


def _are_close(above: Line, line: Line) -> bool:
    return line.baseline - above.baseline <= LEADING * max(above.size, line.size)


def _is_wrapped(above: Line, line: Line, edge: float, inside: bool) -> bool:
    """Whether a line goes on where the one above had no room left.

    Args:
        above: a line of a column.
        line: the next one.
        edge: where the column ends on the right.
        inside: whether the line above itself continues a line.
    """
    tail, head = above.pieces[-1], line.pieces[0]
    return (
        _are_close(above, line)
        and _begin_alike(tail, head)
        and tail.right + SPACE * tail.size + _first_width(head) > edge
        and not LIST_MARK.fullmatch(head.words[0].text)
        and _reads_on(_joined(tail.words), _joined(head.words), inside=inside)
        and not _looks(tail).isdisjoint(_looks(head))
    )


def _begin_alike(tail: Piece, head: Piece) -> bool:
    sizes = sorted((tail.size, head.size))
    return abs(tail.left - head.left) <= INDENT * tail.size and sizes[1] <= SAME_SIZE * sizes[0]


def _looks(piece: Piece) -> set[tuple[object, ...]]:
    return {(font_name(word.run), word.run.fill) for word in piece.words}


def _first_width(piece: Piece) -> float:
    """Return the width of the piece up to its first space."""
    first, *others = piece.words
    end = first.box[2]
    for word in others:
        if word.spaced:
            break
        end = word.box[2]
    return end - first.box[0]


def _reads_on(tail: str, head: str, *, inside: bool) -> bool:
    """Whether the wording lets a line go on: a list of short lines is no paragraph."""
    is_open = tail.endswith(OPEN_ENDS) or tail.split()[-1] in OPEN_WORDS
    if tail.count(" ") >= PROSE_SPACES and (head[0].islower() or is_open):
        return True
    return len(tail) >= LONG and (inside or not tail.endswith(SENTENCE_ENDS))


def _continued(text: str, more: str) -> str:
    broken, rest = BROKEN_WORD.search(text), LOWER_WORD.match(more)
    if not (broken and rest) or rest[0] in SUSPENDING:
        return f"{text} {more}" if text else more
    return (text[:-1] if _is_hyphenated(broken[1], rest[0]) else text) + more


def _is_hyphenated(first: str, second: str) -> bool:
    """Whether a hyphen stands between two parts only since the word was broken there.

    So it is if the whole is a commoner word than its rarer part: "imple-mentation", not
    "open-source".
    """
    from wordfreq import zipf_frequency

    whole, *parts = (zipf_frequency(word, "en") for word in (first + second, first, second))
    return whole > min(parts)
