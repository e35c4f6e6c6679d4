"""What a tagger adds to the rules: skills without an entry, and values that the rules left empty.

The rules are the floor: nothing that they found is changed or taken away.
"""

import re
from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from shortlist.extraction.entities import Contact, Position, Quote, Schooling
from shortlist.extraction.matching import Hit
from shortlist.extraction.names import Entry, Form
from shortlist.extraction.tags import Tag

FIELD = "tagged"
"""The field of skills that stand in no lexicon."""
_LEAST = 0.6
"""How sure a tagger must be of a name that no lexicon knows."""
_MOST_WORDS = 5
_NAME = re.compile(r"\.?[^\W_](?:.*[^\W_][+#]*|[+#]*)", re.DOTALL)
"""A tagged stretch without brackets and marks at its ends: "(ACL)"."""
_HEADER = 600


def inside(tags: Sequence[Tag], *kinds: str) -> Callable[[int], bool]:
    """Return a function that says whether an offset stands inside a tag of some kinds."""
    spans = sorted((tag.start, tag.end) for tag in tags if tag.kind in kinds)
    starts = [start for start, _ in spans]

    def is_inside(offset: int) -> bool:
        at = bisect_right(starts, offset) - 1
        return at >= 0 and offset < spans[at][1]

    return is_inside


def with_unknown(text: str, hits: Sequence[Hit], tags: Sequence[Tag]) -> list[Hit]:
    """Return the hits of a lexicon, and knowledge that it does not know, in order."""
    return sorted([*hits, *_unknown(text, hits, tags)], key=lambda hit: hit.start)


def _unknown(text: str, hits: Sequence[Hit], tags: Sequence[Tag]) -> Iterator[Hit]:
    starts = [hit.start for hit in hits]
    for tag in tags:
        inner = _NAME.search(text, tag.start, tag.end)
        start, end = inner.span() if inner else (tag.start, tag.end)
        name = " ".join(text[start:end].lower().split())
        at = bisect_right(starts, end - 1) - 1
        is_known = at >= 0 and hits[at].end > start
        is_name = any(map(str.isalpha, name)) and len(name.split()) <= _MOST_WORDS
        if tag.kind == "knowledge" and tag.confidence >= _LEAST and is_name and not is_known:
            entry = Entry(name, FIELD, FIELD, "skill", (), frozenset(), False)
            yield Hit(start, end, Form(entry, ambiguous=True))


def filled_positions(
    text: str, positions: Sequence[Position], tags: Sequence[Tag]
) -> tuple[Position, ...]:
    """Return the jobs, those without a title or an employer with the tagged one."""
    return tuple(
        replace(
            position,
            title=position.title or _first(text, tags, "title", position.start, _body(position)),
            employer=position.employer
            or _first(text, tags, "employer", position.start, _body(position)),
        )
        for position in positions
    )


def _body(position: Position) -> int:
    return position.description.start if position.description else position.end


def filled_schooling(
    text: str, schooling: Sequence[Schooling], tags: Sequence[Tag]
) -> tuple[Schooling, ...]:
    """Return the entries of education, those without a school with the tagged one."""
    return tuple(
        replace(entry, school=entry.school or _first(text, tags, "school", entry.start, entry.end))
        for entry in schooling
    )


def filled_contact(text: str, contact: Contact, tags: Sequence[Tag]) -> Contact:
    """Return the contact details, with the tagged name where the rules found none."""
    return replace(contact, name=contact.name or _first(text, tags, "name", 0, _HEADER))


def _first(text: str, tags: Sequence[Tag], kind: str, start: int, end: int) -> Quote | None:
    for tag in tags:
        if tag.kind == kind and start <= tag.start < end:
            return Quote(text[tag.start : tag.end], tag.start, tag.end, tag.confidence)
    return None
