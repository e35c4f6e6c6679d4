"""Names of persons: that of the resume's owner, wherever it stands, and those of others named.

The owner's name comes from the header, from a label such as `Name:`, or from an e-mail address that
agrees with words of the text.
"""

import re
from collections.abc import Iterator

from shortlist.masking import contact
from shortlist.masking.header import fields, header, name_span, names_in
from shortlist.masking.labels import facts
from shortlist.masking.layout import Layout, layout
from shortlist.masking.lexicon import words
from shortlist.masking.mentions import mentions_of
from shortlist.records import Span

_NOT_NAMES = words("not_names", "skills", "fields", "degrees") - words("mixed_names")
_WORD = re.compile(r"[^\s,.;:|()\"“”]+")
_LETTER = r"(?:[^\W\d_]|[\u0300-\u036f])"  # with the accents that are characters of their own
_NAME_WORD = rf"[A-ZÀ-ÞĀ-Ž]{_LETTER}*(?:['’-]{_LETTER}+)*(?<=\w\w|.[\u0300-\u036f])"
_RUN = re.compile(
    rf"{_NAME_WORD}(?:[ ](?:[A-Z]\.|(?:(?:de|van|von|der|la|bin|al)[ ]){{0,2}}{_NAME_WORD})){{1,3}}"
)

_TITLES = frozenset("mr mrs ms miss mx dr prof".split())
_TITLED = re.compile(
    r"(?P<title>Mr|Mrs|Ms|Miss|Mx|Dr|Prof|MR|MRS|MS|MISS|MX|DR|PROF)(?P<dot>\.?)[ ]?"
    rf"(?P<name>(?:[A-Z]\.?[ ]?){{0,2}}{_NAME_WORD}"
    rf"(?:[ ](?:[A-Z]\.|(?:(?:de|van|von|der|la|bin|al)[ ]){{0,2}}{_NAME_WORD})){{0,3}})(?:['’]s)?"
)
_OTHER_LABEL = re.compile(
    r"\W*(?:supervisor|manager|advis[eo]rs?|mentors?|referee|reference|contact|person|to|by|author"
    r"|signature|signed)\s?:",
    re.IGNORECASE,
)
_SPACE = re.compile(r"\s*")
_INTRODUCTIONS = ("my name is ", "i am ", "i'm ", "i’m ")
_MOST_MAILS = 8  # the owner's is among the first
_CLOSINGS = frozenset("sincerely regards respectfully faithfully truly".split())


def names(text: str) -> list[Span]:
    """Return the names of persons, with their titles."""
    lay = layout(text)
    titled = list(_titled(lay))
    first = [span for span in titled if not text[: span.start].strip()]
    owner = [*first, *header(text).names, *_labelled(lay), *_introduced(lay), *_by_mail(lay)]
    words_of_owner = frozenset(
        word.lower() for span in owner for word in _WORD.findall(text[span.start : span.end])
    )
    others = [*titled, *_named_by_label(lay), *_referees(lay), *_signed(lay)]
    return [*owner, *others, *mentions_of(words_of_owner - _TITLES, lay)]


def _labelled(lay: Layout) -> Iterator[Span]:
    for fact in facts(lay):
        value = lay.text[fact.value_start : fact.end].strip(" ,.")
        if fact.kind == "name" and value and _can_be_name(value):
            start = lay.text.index(value, fact.value_start)
            yield Span(start, start + len(value), "name")


def _can_be_name(value: str) -> bool:
    parts = value.split()
    return len(parts) <= 6 and not any(map(str.isdigit, value)) and not value.endswith(":")


def _introduced(lay: Layout) -> Iterator[Span]:
    if not lay.words & {"am", "m", "name"}:
        return
    for words_before in _INTRODUCTIONS:
        position = lay.lower.find(words_before)
        while position >= 0:
            start = position + len(words_before)
            if not (position and lay.lower[position - 1].isalnum()):
                yield from _run_at(lay, start, lay.ends[lay.line_at(position)])
            position = lay.lower.find(words_before, start)


def _run_at(lay: Layout, start: int, end: int) -> Iterator[Span]:
    run = _RUN.match(lay.text, start, end)
    span = name_span(lay.text, run.start(), run.end()) if run else None
    if span:
        yield span


def _by_mail(lay: Layout) -> Iterator[Span]:
    """Yield adjacent words that an e-mail address is made of, such as `Jane Doe` of `jdoe@`."""
    mails = contact.emails(lay.text)[:_MOST_MAILS]
    for local in {lay.lower[mail.start : mail.end].partition("@")[0] for mail in mails}:
        parts = [part for part in re.split(r"[\W\d_]+", local) if part]
        if len(parts) >= 2:
            yield from _pair(lay, parts[0], parts[-1])
            yield from _pair(lay, parts[-1], parts[0])
        elif parts and len(parts[0]) >= 4:
            yield from _unglued(lay, parts[0])


def _unglued(lay: Layout, local: str) -> Iterator[Span]:
    for word in lay.words:
        if len(word) > 2 and local.endswith(word):
            yield from _pair(lay, local[: -len(word)], word)
        if len(word) > 2 and local.startswith(word) and len(local) > len(word):
            yield from _pair(lay, local[len(word) :], word)
            yield from _pair(lay, word, local[len(word) :])


def _pair(lay: Layout, first: str, last: str) -> Iterator[Span]:
    """Yield `first last` where both words, or an initial for the first, stand side by side."""
    if len(last) < 3 or not first or last in _NOT_NAMES or first in _NOT_NAMES:
        return
    for position in lay.occurrences(last):
        start = max(lay.starts[lay.line_at(position)], position - 40)
        before = _WORD.findall(lay.lower[start:position])
        if not before or lay.text[max(position - 1, 0)] != " ":
            continue
        word = before[-1]
        if word == first or (len(first) == 1 and word[0] == first and word not in _NOT_NAMES):
            low = lay.lower.rindex(word, start, position)
            if lay.text[low].isupper() or word == first:
                yield Span(low, position + len(last), "name")


def _titled(lay: Layout) -> Iterator[Span]:
    for title in lay.words & _TITLES:
        for position in lay.occurrences(title):
            match = _TITLED.match(lay.text, position)
            if match is not None:
                yield from _with_title(match)


def _with_title(match: re.Match[str]) -> Iterator[Span]:
    title, name = match["title"], match["name"]
    if title.isupper() and not match["dot"] and (title == "MS" or not name.isupper()):
        return  # "MS Excel"
    end = match.start("name")
    for word in _WORD.finditer(name):
        sure = match["dot"] and title.istitle() and word.start() == 0
        if word[0].lower() in _NOT_NAMES and len(word[0]) > 1 and not sure:
            break
        end = match.start("name") + word.end()
    if end > match.start("name") + 1:
        whole = end == match.end("name")
        yield Span(match.start(), match.end() if whole else end, "name")


def _named_by_label(lay: Layout) -> Iterator[Span]:
    for colon in lay.colons:
        start = lay.text.rfind(" ", 0, max(colon - 2, 0)) + 1
        start = max(start, lay.text.rfind("\n", 0, colon) + 1)
        if _OTHER_LABEL.match(lay.text, start, colon + 1):
            after = _SPACE.match(lay.text, colon + 1)
            position = after.end() if after else colon + 1
            yield from _run_at(lay, position, lay.ends[lay.line_at(position)])


def _referees(lay: Layout) -> Iterator[Span]:
    for line, section in enumerate(lay.sections):
        if section == "references" and line not in lay.headings:
            for low, high in fields(lay.text, lay.starts[line], lay.ends[line], ()):
                yield from names_in(lay.text, low, high)


def _signed(lay: Layout) -> Iterator[Span]:
    for line in lay.lines_with(_CLOSINGS):
        if line + 1 < len(lay.starts) and lay.ends[line] - lay.starts[line] <= 40:
            start, end = lay.starts[line + 1], lay.ends[line + 1]
            signature = lay.text[start:end].strip(" ,.")
            span = name_span(lay.text, start, end)
            if span:
                yield span
            elif (
                signature.istitle() and signature.isalpha() and signature.lower() not in _NOT_NAMES
            ):
                yield Span(start, end, "name")
