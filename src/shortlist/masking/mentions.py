"""Later mentions of a name whose words are known: `Jane led ...`, `Doe's reports`, a signature.

Several of its words side by side are the person. A single one is, unless it is part of a longer
capitalised phrase; and one that is a place, a firm, a tool or a common word as well (`Jordan`,
`Grant`, `Ruby`) only where the sentence treats it as a person.
"""

import re
from collections.abc import Iterator, Sequence

from shortlist.masking.header import ACTS
from shortlist.masking.layout import Layout
from shortlist.masking.lexicon import words
from shortlist.records import Span

_OTHER_WORDS = words("not_names", "skills", "fields", "entry_words")
_AMBIGUOUS = _OTHER_WORDS | words("mixed_names", "cities", "regions")
_PARTICLES = frozenset(
    "de van von der den la le las los du da das do dos del della di bin al el ben te ter san "
    "st".split()
)
_BETWEEN = re.compile(
    r"[ ]|,[ ]|-|[ ][A-Z]\.?[ ]|[ ](?:(?:de|van|von|der|den|la|le|da|dos|del|di|bin|al|el)[ ])+"
)
_INITIAL_BEFORE = re.compile(r"(?:(?<![\w.])[A-Z]\.[ ]?){1,2}\Z")
_INITIAL_AFTER = re.compile(r",?[ ][A-Z]\.(?![\w])")
_POSSESSIVE = re.compile(r"['’]s(?!\w)")
_NEXT = re.compile(r"[ ]([^\W\d_]+)")
_GLUED_AFTER = re.compile(r"[-/.@_]\w|[ ]?&")
_GLUED_BEFORE = re.compile(r"(?:\w[-/.@_]|[@/_]|&[ ]?)\Z")
_BEFORE = re.compile(r"([^\W\d_]+)([^\w\s]*)[ ]\Z")
_SPOKEN_OF = frozenset(
    "describe describes described call calls called dear thank thanks hired recommend recommends "
    "recommended mentored promoted praised trust trusts ask asked told tell hi hello".split()
)
_BEFORE_FIRM = frozenset("at for with from of in near to by".split())


def mentions_of(name: frozenset[str], lay: Layout) -> list[Span]:
    """Return the mentions of a person.

    Args:
        name: the words of the name, in lower case.
        lay: the text.
    """
    parts = {piece for word in name for piece in (word, *re.split(r"['’`-]", word))}
    found = [
        Span(start, start + len(word), "name")
        for word in parts
        if len(word) > 1
        for start in lay.occurrences(word)
        if not lay.text[start].islower()
    ]
    found.sort(key=lambda span: (span.start, -span.end))
    return [span for group in _groups(lay.text, found) for span in _of_group(lay, group)]


def _groups(text: str, found: Sequence[Span]) -> Iterator[list[Span]]:
    """Yield the runs of words that stand side by side."""
    group: list[Span] = []
    for span in found:
        if group and span.end <= group[-1].end:
            continue  # a piece of the word before
        if group and not _BETWEEN.fullmatch(text, group[-1].end, span.start):
            yield group
            group = []
        group.append(span)
    if group:
        yield group


def _of_group(lay: Layout, group: Sequence[Span]) -> Iterator[Span]:
    text = lay.text
    start, end = group[0].start, group[-1].end
    initial = _INITIAL_BEFORE.search(text, max(0, start - 8), start)
    later = _INITIAL_AFTER.match(text, end)
    words_in = {lay.lower[span.start : span.end] for span in group}
    if words_in <= _PARTICLES:
        return
    if len(words_in) > 1 or initial or later:
        start = initial.start() if initial else start
        end = later.end() if later else end
    elif not _is_person(lay, start, end):
        return
    possessive = _POSSESSIVE.match(text, end)
    yield Span(start, possessive.end() if possessive else end, "name")


def _is_person(lay: Layout, start: int, end: int) -> bool:
    text = lay.text
    if _GLUED_AFTER.match(text, end) or _GLUED_BEFORE.search(text, max(0, start - 3), start):
        return False
    following = _NEXT.match(text, end)
    if following and not following[1].islower():
        return False
    line_start = lay.starts[lay.line_at(start)]
    before = _BEFORE.search(text, max(line_start, start - 30), start)
    word = before[1].lower() if before and not before[2] else ""
    capital = bool(word) and before is not None and before[1][0].isupper()
    if capital and word not in _OTHER_WORDS and word not in _SPOKEN_OF:
        return False
    if lay.lower[start:end] not in _AMBIGUOUS:
        return True
    return _is_treated_as_person(text, start, end, before, word)


def _is_treated_as_person(
    text: str, start: int, end: int, before: re.Match[str] | None, word: str
) -> bool:
    """Whether a sentence makes a person of a word that could be something else."""
    if word in _SPOKEN_OF:
        return True
    begins = before is None or before[2][-1:] in (".", "!", "?", ":", ";")
    if word in _BEFORE_FIRM:
        return False
    possessive = _POSSESSIVE.match(text, end)
    if possessive:
        owned = _NEXT.match(text, possessive.end())
        return (begins or word.islower()) and (owned is None or owned[1].islower())
    return begins and ACTS.match(text, end) is not None
