"""What is read of a resume before anything is compared, and the note of it that the cache keeps."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from hashlib import sha256
from importlib import resources
from importlib.resources.abc import Traversable
from typing import Any

from shortlist.encoding import Encoder, cache_key
from shortlist.extraction.passages import introduction, passages
from shortlist.extraction.tenure import tenure
from shortlist.masking import Masker
from shortlist.ranking import Passage
from shortlist.records import Document, Finding, MaskedText, Span

_SHOWN = 200
"""Characters of what the model cannot read that a finding quotes."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What is read of a resume."""

    masked: MaskedText
    spans: tuple[tuple[int, int], ...]
    """The passages in offsets of the masked text."""
    passages: tuple[Passage, ...]
    introduction: int
    """How many of the first passages say what the person is."""
    total_years: float | None
    unread: tuple[Span, ...]
    """What the model has no token for, in offsets of the masked text."""

    @property
    def parts(self) -> list[MaskedText]:
        """The passages as the model reads them."""
        return [self.masked.part(start, end) for start, end in self.spans]

    def told(self, document: Document) -> Document:
        """Return the document with a finding about words that the model cannot read, if any."""
        words = [self.masked.text[start:end] for start, end in _stretches(self.unread)]
        words = [word for word in words if any(map(str.isalnum, word))]
        if not words:
            return document
        reason = (
            f"the model has no token for {len(words)} of its words, such as those of a script that "
            "it was not trained on; they count only where a requirement names them"
        )
        finding = Finding("words not read", reason, " ".join(dict.fromkeys(words))[:_SHOWN])
        return replace(document, findings=(*document.findings, finding))


def read(document: Document, masker: Masker, encoder: Encoder) -> Reading:
    """Return what is read of a resume."""
    masked = masker(document)
    found = passages(masked.text)
    time = tenure(masked.text, found)
    return Reading(
        masked,
        tuple((span.start, span.end) for span in found),
        tuple(
            Passage(*masked.original_span(s.start, s.end), masked.text[s.start : s.end], years)
            for s, years in zip(found, time.behind, strict=True)
        ),
        introduction(found),
        time.total,
        encoder.unread(masked),
    )


def note(reading: Reading) -> dict[str, Any]:
    """Return a reading as JSON holds it: places and years, no text."""
    return {
        "hidden": _places(reading.masked.hidden),
        "spans": reading.spans,
        "passages": [(p.start, p.end, p.years) for p in reading.passages],
        "introduction": reading.introduction,
        "total_years": reading.total_years,
        "unread": _places(reading.unread),
    }


def from_note(noted: dict[str, Any], document: Document, policy: str) -> Reading:
    """Return the reading that was noted of a document under a policy."""
    hidden = _spans(noted["hidden"])
    starts = [0, *(span.end for span in hidden)]
    ends = [*(span.start for span in hidden), len(document.text)]
    text = "".join(document.text[a:b] for a, b in zip(starts, ends, strict=True))
    spans = tuple((start, end) for start, end in noted["spans"])
    return Reading(
        MaskedText(document.id, text, hidden, policy),
        spans,
        tuple(
            Passage(start, end, text[first:last], years)
            for (first, last), (start, end, years) in zip(spans, noted["passages"], strict=True)
        ),
        noted["introduction"],
        noted["total_years"],
        _spans(noted["unread"]),
    )


def key(document: Document, policy: str, fingerprint: str) -> bytes:
    """Return what a reading of a document is kept under."""
    pointed_at = [(f.start, f.end) for f in document.findings if f.start is not None]
    return cache_key("reading", _code(), fingerprint, policy, json.dumps(pointed_at), document.text)


def _stretches(spans: Sequence[Span]) -> Iterator[tuple[int, int]]:
    """Yield where spans begin and end, those that touch as one."""
    starts = {span.start for span in spans}
    ends = {span.end for span in spans}
    yield from zip(sorted(starts - ends), sorted(ends - starts), strict=True)


def _places(spans: Sequence[Span]) -> list[tuple[int, int, str]]:
    return [(span.start, span.end, span.kind) for span in spans]


def _spans(places: Sequence[tuple[int, int, str]]) -> tuple[Span, ...]:
    return tuple(Span(*place) for place in places)


@cache
def _code() -> str:
    """Return a digest of the code and lexicons that decide what is read of a document."""
    digest = sha256()
    for package in ("shortlist.masking", "shortlist.extraction", "shortlist.matcher"):
        for file in _files(resources.files(package)):
            digest.update(file.read_bytes())
    return digest.hexdigest()


def _files(folder: Traversable) -> Iterator[Traversable]:
    for entry in sorted(folder.iterdir(), key=lambda entry: entry.name):
        if entry.is_dir():
            yield from _files(entry)
        elif not entry.name.endswith(".pyc"):
            yield entry
