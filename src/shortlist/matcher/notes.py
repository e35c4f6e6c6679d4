"""What the cache keeps of a reading besides vectors: places, years and digests, no text."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from hashlib import sha256
from importlib import resources
from importlib.metadata import version
from importlib.resources.abc import Traversable
from json import dumps

from shortlist.encoding import cache_key
from shortlist.records import Document, Finding, MaskedText, Span

Place = tuple[int, int, str]
Ends = tuple[int, int]

_SHOWN = 200
"""Characters of what the model cannot read that a finding quotes."""
_STAGES = ("extraction", "masking", "matcher", "ranking")


@dataclass(frozen=True, slots=True)
class Parts:
    """A masked text and where those of its parts stand that the model reads one by one."""

    masked: MaskedText
    ends: tuple[Ends, ...]

    @property
    def texts(self) -> list[str]:
        """The parts as text."""
        return [self.masked.text[start:end] for start, end in self.ends]

    @property
    def masked_texts(self) -> list[MaskedText]:
        """The parts as the model reads them."""
        return [self.masked.part(start, end) for start, end in self.ends]


def key(kind: str, document: Document, policy: str, fingerprint: str) -> bytes:
    """Return what a reading of a document is kept under."""
    pointed_at = [(f.start, f.end) for f in document.findings if f.start is not None]
    return cache_key(kind, _code(), fingerprint, policy, dumps(pointed_at), document.text)


def masked_again(document: Document, hidden: tuple[Span, ...], policy: str) -> MaskedText:
    """Return the masked text of a document of which these spans were hidden."""
    starts = [0, *(span.end for span in hidden)]
    ends = [*(span.start for span in hidden), len(document.text)]
    text = "".join(document.text[a:b] for a, b in zip(starts, ends, strict=True))
    return MaskedText(document.id, text, hidden, policy)


def places(spans: Sequence[Span]) -> list[Place]:
    """Return spans as JSON holds them."""
    return [(span.start, span.end, span.kind) for span in spans]


def spans(noted: Sequence[Place]) -> tuple[Span, ...]:
    """Return the spans that were noted."""
    return tuple(Span(*place) for place in noted)


def told(document: Document, masked: MaskedText, unread: Sequence[Span], effect: str) -> Document:
    """Return a document with a finding about words that the model cannot read, if any.

    Args:
        document: what was read.
        masked: its text without what is hidden.
        unread: what the model has no token for, in offsets of the masked text.
        effect: what those words still count for.
    """
    words = [masked.text[start:end] for start, end in _stretches(unread)]
    words = [word for word in words if any(map(str.isalnum, word))]
    if not words:
        return document
    reason = (
        f"the model has no token for {len(words)} of its words, such as those of a script that "
        f"it was not trained on; {effect}"
    )
    finding = Finding("words not read", reason, " ".join(dict.fromkeys(words))[:_SHOWN])
    return replace(document, findings=(*document.findings, finding))


def _stretches(spans: Sequence[Span]) -> Iterator[Ends]:
    """Yield where spans begin and end, those that touch as one."""
    starts = {span.start for span in spans}
    ends = {span.end for span in spans}
    yield from zip(sorted(starts - ends), sorted(ends - starts), strict=True)


@cache
def _code() -> str:
    """Return a digest of the code and lexicons that decide what is read of a document."""
    digest = sha256(version("wordfreq").encode())
    for stage in _STAGES:
        for file in _files(resources.files("shortlist") / stage):
            digest.update(file.read_bytes())
    return digest.hexdigest()


def _files(folder: Traversable) -> Iterator[Traversable]:
    for entry in sorted(folder.iterdir(), key=lambda entry: entry.name):
        if entry.is_dir():
            yield from _files(entry)
        elif not entry.name.endswith(".pyc"):
            yield entry
