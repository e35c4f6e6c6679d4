"""What is shown to people of a text that strangers wrote: quotes in context, marks, plain lines."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from shortlist.masking import shown
from shortlist.records import Document, Evidence, Finding, MaskedText, Span

CONTEXT = 110  # characters shown on each side of a quote, at most
# Characters that reorder text on screen, so that a line reads as something that it is not.
REORDERING = dict.fromkeys([*range(0x202A, 0x202F), *range(0x2066, 0x206A)])
_EMPTY_LINES = re.compile(r"\n\s*\n")


@dataclass(frozen=True, slots=True)
class Excerpt:
    """A quote between the ends of what stands before and after it."""

    before: str
    quote: str
    after: str


def excerpt(document: Document, masked: MaskedText, evidence: Evidence) -> Excerpt:
    """Return a quote with its neighbouring lines, with marks such as [NAME] for what is hidden."""
    text, start, end = document.text, evidence.start, evidence.end
    first = _start_of_context(text, start)
    last = _end_of_context(text, end)
    before = _EMPTY_LINES.sub("\n", marked(text[first:start], masked.hidden, first))
    after = _EMPTY_LINES.sub("\n", marked(text[end:last], masked.hidden, end))
    return Excerpt(
        ("…" if _cuts_a_line(text, first) else "") + before.lstrip(),
        marked(text[start:end], masked.hidden, start),
        after.rstrip() + ("…" if _cuts_a_line(text, last) else ""),
    )


def quote(masked: MaskedText, evidence: Evidence) -> str:
    """Return a quote on one line, with marks such as [NAME] for what is hidden."""
    return one_line(marked(evidence.quote, masked.hidden, evidence.start))


def marked(text: str, hidden: Sequence[Span], offset: int) -> str:
    """Return a piece of a document that starts at `offset`, with marks for what is hidden in it."""
    end = offset + len(text)
    inside = tuple(
        Span(max(span.start, offset) - offset, min(span.end, end) - offset, span.kind)
        for span in hidden
        if span.start < end and span.end > offset
    )
    return clean(shown(Document("", text), MaskedText("", "", inside, "")))


def finding_text(finding: Finding, masked: MaskedText) -> str:
    """Return what a finding is about, masked where it stands in the document's text.

    Instructions are hidden from the model and shown to people: they are what the finding is about.
    """
    if finding.start is None:
        return clean(finding.text)
    hidden = [span for span in masked.hidden if span.kind != "instruction"]
    return marked(finding.text, hidden, finding.start)


def clean(text: str) -> str:
    """Return a text without control characters, which could steer a terminal or reorder a line."""
    kept = (c for c in text.translate(REORDERING) if c == "\n" or c >= " " or c == "\t")
    return "".join(c for c in kept if not "\x7f" <= c <= "\x9f")


def one_line(text: str) -> str:
    """Return a text as one line without control characters."""
    return " ".join(clean(text).split())


def title(document: Document) -> str:
    """Return the first line of a document, or its id where that is no title."""
    first = next((line for line in map(one_line, document.text.splitlines()) if line), "")
    return first.lstrip("# ") if 0 < len(first) <= 120 else one_line(document.id)


def _start_of_context(text: str, start: int) -> int:
    line = text.rfind("\n", 0, _last_word(text[:start])) + 1
    if start - line <= CONTEXT:
        return line
    space = text.find(" ", start - CONTEXT, start)
    return start - CONTEXT if space < 0 else space + 1


def _end_of_context(text: str, end: int) -> int:
    line = text.find("\n", end + _first_word(text[end:]))
    line = len(text) if line < 0 else line
    if line - end <= CONTEXT:
        return line
    space = text.rfind(" ", end, end + CONTEXT)
    return end + CONTEXT if space < 0 else space


def _first_word(text: str) -> int:
    return next((i for i, c in enumerate(text) if c.isalnum()), len(text))


def _last_word(text: str) -> int:
    return len(text) - _first_word(text[::-1])


def _cuts_a_line(text: str, position: int) -> bool:
    inside = 0 < position < len(text)
    return inside and text[position - 1] != "\n" and text[position] != "\n"
