"""What is read of a resume before anything is compared, and the note of it that the cache keeps."""

from base64 import b64decode, b64encode
from dataclasses import dataclass
from typing import Any

import numpy as np

from shortlist.encoding import Encoder
from shortlist.encoding.cache import Matrix
from shortlist.masking import Masker
from shortlist.matcher.notes import Parts, masked_again, places, spans, told
from shortlist.matcher.whole import INTRODUCTION, resume_parts
from shortlist.ranking import Candidate, Passage, Wording, wording
from shortlist.records import Document, Span

_MARKS = np.dtype("<u8")


@dataclass(frozen=True, slots=True)
class ResumeReading:
    """What is read of a resume."""

    parts: Parts
    """The passages in the masked text."""
    passages: tuple[Passage, ...]
    wording: Wording
    kinds: tuple[str, ...]
    """Of the parts of the resume as a whole, by `whole.resume_parts`: of its passages, and of those
    that introduce the person, which are its first."""
    total_years: float | None
    unread: tuple[Span, ...]
    """What the model has no token for, in offsets of the masked text."""

    def told(self, document: Document) -> Document:
        """Return the document with a finding about words that the model cannot read, if any."""
        effect = "they count only where a requirement names them"
        return told(document, self.parts.masked, self.unread, effect)

    def candidate(self, document: Document, vectors: Matrix, encoder: Encoder) -> Candidate:
        """Return the document as scoring reads it, given the vectors of its passages."""
        first = vectors[: len(self.kinds) - len(vectors)]  # the introduction counts once more
        whole = encoder.whole(np.concatenate([vectors, first]), self.kinds)
        return Candidate(document, self.passages, vectors, whole, self.wording, self.total_years)


def read(document: Document, masker: Masker, encoder: Encoder) -> ResumeReading:
    """Return what is read of a resume."""
    from shortlist.extraction.tenure import tenure

    masked = masker(document)
    whole = resume_parts(masked.text)
    found = [span for span in whole if span.kind != INTRODUCTION]
    time = tenure(masked.text, found)
    parts = Parts(masked, tuple((span.start, span.end) for span in found))
    return ResumeReading(
        parts,
        tuple(
            Passage(*masked.original_span(span.start, span.end), years)
            for span, years in zip(found, time.behind, strict=True)
        ),
        wording(parts.texts),
        tuple(span.kind for span in whole),
        time.total,
        encoder.unread(masked),
    )


def note(reading: ResumeReading) -> dict[str, Any]:
    """Return a reading as JSON holds it: places, years and marks of words, no text."""
    marks = reading.wording.marks.astype(_MARKS).tobytes()
    return {
        "hidden": places(reading.parts.masked.hidden),
        "parts": reading.parts.ends,
        "passages": reading.passages,
        "words": b64encode(marks).decode(),
        "words of passages": reading.wording.counts.tolist(),
        "kinds": reading.kinds,
        "total_years": reading.total_years,
        "unread": places(reading.unread),
    }


def from_note(noted: dict[str, Any], document: Document, policy: str) -> ResumeReading:
    """Return the reading that was noted of a document under a policy."""
    marks = np.frombuffer(b64decode(noted["words"]), _MARKS)
    return ResumeReading(
        Parts(
            masked_again(document, spans(noted["hidden"]), policy),
            tuple(map(tuple, noted["parts"])),
        ),
        tuple(map(Passage._make, noted["passages"])),
        Wording(marks.astype(np.uint64), np.array(noted["words of passages"], np.int64)),
        tuple(noted["kinds"]),
        noted["total_years"],
        spans(noted["unread"]),
    )
