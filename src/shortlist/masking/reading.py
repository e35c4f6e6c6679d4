"""A line about education under work: its tokens, and what of them is hidden."""

from dataclasses import dataclass
from functools import cached_property

from shortlist.masking.tokens import DEGREE, PROSE, TITLE, Token
from shortlist.records import Span


@dataclass
class Line:
    """The tokens of a line, and for each whether it is hidden."""

    tokens: list[Token]
    section: bool
    """Whether it stands in a section about education."""
    education: bool
    """Whether it is about education, by its section or by what it says."""
    hidden: list[bool]

    @cached_property
    def degree(self) -> bool:
        """Whether it names a degree."""
        return any(token.part == DEGREE for token in self.tokens)

    def hide(self, start: int, end: int) -> None:
        """Hide a range of tokens."""
        self.hidden[start:end] = [True] * (end - start)

    def spans(self) -> list[Span]:
        """Return the hidden tokens as spans."""
        if True not in self.hidden:
            return []
        spans = []
        start = None
        for index, (token, hidden) in enumerate(zip(self.tokens, self.hidden, strict=True)):
            if hidden and start is None:
                start = token.start
            last = index + 1 == len(self.hidden) or not self.hidden[index + 1]
            if start is not None and last:
                spans.append(Span(start, token.end, "school"))
                start = None
        return spans


def is_entry(line: Line) -> bool:
    """Whether a line consists of degrees, fields, honours, dates and names alone."""
    if not (line.section or line.degree):
        return False
    return not any(
        (token.part == PROSE or (token.part == TITLE and token.low not in ("state", "city")))
        and not hidden
        for token, hidden in zip(line.tokens, line.hidden, strict=True)
    )
