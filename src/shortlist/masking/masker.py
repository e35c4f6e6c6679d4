"""The Masker: applies a policy's detectors until nothing they hide is left."""

import re
from collections.abc import Callable, Sequence

from shortlist.errors import ConfigError
from shortlist.masking import contact, header, person
from shortlist.masking.affiliations import affiliations, prestige
from shortlist.masking.keep import kept
from shortlist.masking.labels import labelled
from shortlist.masking.names import names
from shortlist.masking.places import places, years
from shortlist.masking.rounds import excerpt, same_headings
from shortlist.masking.schools import schools
from shortlist.masking.spans import TRACE, composed, merged, without
from shortlist.masking.trace import leftovers, squeezed
from shortlist.records import Document, MaskedText, Span

Detector = Callable[[str], Sequence[Span]]

_IDENTITY: tuple[Detector, ...] = (
    contact.emails,
    contact.links,
    contact.phones,
    contact.addresses,
    header.reached,
    labelled,
    names,
    person.pronouns,
    person.traits,
)
_STANDARD: tuple[Detector, ...] = (*_IDENTITY, schools, prestige, affiliations)

POLICIES: dict[str, tuple[Detector, ...]] = {
    "none": (),
    "identity": _IDENTITY,
    "standard": _STANDARD,
    "strict": (*_STANDARD, places, years),
}
"""What each policy hides, as detectors: functions from a text to the spans to hide in it."""

_MEANS_MORE = re.compile(r"[^\W_]|\n|[.!?]")
_ROUNDS = 6
_YIELDS_TO_KEPT = frozenset(("school", "name", "place", "prestige", "affiliation"))


class Masker:
    """Hides what a policy hides, so that what is left does not tell whether anything was hidden."""

    def __init__(self, policy: str = "standard") -> None:
        """Make a masker.

        Args:
            policy: one of POLICIES.

        Raises:
            ConfigError: there is no such policy.
        """
        if policy not in POLICIES:
            raise ConfigError(
                f"there is no masking policy {policy!r}: choose one of {', '.join(POLICIES)}"
            )
        self.policy = policy
        self._detectors = POLICIES[policy]

    def __call__(self, document: Document) -> MaskedText:
        """Return the document's text without what the policy hides.

        Instructions to a machine that the document's findings point at are hidden under every
        policy. Masking a masked text again changes nothing.
        """
        hidden = _instructions(document)
        text = without(document.text, hidden)
        if not self._detectors:
            return MaskedText(document.id, text, tuple(hidden), self.policy)
        work = _Work(text, hidden, len(document.text))
        work.delete(squeezed(work.text))
        for number in range(3 * _ROUNDS):
            found = self._found(work.text, number)
            if not found:
                break
            before = work.text
            work.delete(found)
            part = excerpt(before, work.text, found)
            if squeezed(part):
                work.delete(squeezed(work.text))
            elif same_headings(before, part) and not self._found(part, number):
                break
        return MaskedText(document.id, work.text, tuple(work.hidden), self.policy)

    def _found(self, text: str, number: int) -> list[Span]:
        """Return what to delete from a text in one round."""
        found = merged(span for detector in self._detectors for span in detector(text))
        found = _unless_kept(text, found)
        if number >= _ROUNDS and found:
            found = _widened(text, found, whole=number >= 2 * _ROUNDS)
        return merged([*found, *leftovers(text, found)]) if found else []


class _Work:
    """A text from which things are deleted in turn, and what was deleted of the first text."""

    def __init__(self, text: str, hidden: list[Span], length: int) -> None:
        self.text = text
        self.hidden = hidden
        self._length = length

    def delete(self, spans: Sequence[Span]) -> None:
        if spans:
            self.hidden = composed(self.hidden, spans, self._length)
            self.text = without(self.text, spans)


def shown(document: Document, masked: MaskedText) -> str:
    """Return the document's text for people, with `[NAME]`, `[SCHOOL]` ... where things are hidden.

    Neighbouring marks of one kind become one; white space and separators stay as they were.
    """
    text = document.text
    pieces: list[str] = []
    position, last = 0, ""
    for span in masked.hidden:
        if span.kind == TRACE:
            continue
        between = text[position : span.start]
        if span.kind != last or _MEANS_MORE.search(between):
            pieces += [between, f"[{span.kind.upper()}]"]
        position, last = span.end, span.kind
    pieces.append(text[position:])
    return "".join(pieces)


def _instructions(document: Document) -> list[Span]:
    return merged(
        Span(finding.start, finding.end, "instruction")
        for finding in document.findings
        if finding.start is not None and finding.end is not None
    )


def _unless_kept(text: str, found: list[Span]) -> list[Span]:
    """Return the spans without those that only seem to be a name or a school."""
    phrases = kept(text)
    if not phrases:
        return found
    return [
        span
        for span in found
        if span.kind not in _YIELDS_TO_KEPT
        or not any(span.start < phrase.end and phrase.start < span.end for phrase in phrases)
    ]


def _widened(text: str, found: Sequence[Span], *, whole: bool) -> list[Span]:
    """Return whole lines, or all the text: hostile text must not keep the rounds going."""
    if whole:
        return [Span(0, len(text), found[0].kind)]
    lines = []
    for span in found:
        start = text.rfind("\n", 0, span.start) + 1
        end = text.find("\n", span.end)
        lines.append(Span(start, len(text) if end < 0 else end, span.kind))
    return merged(lines)
