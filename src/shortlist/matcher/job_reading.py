"""What is read of a job before anything is compared, and the note of it that the cache keeps."""

from dataclasses import dataclass, replace
from typing import Any

from shortlist.encoding import Encoder
from shortlist.errors import DocumentError
from shortlist.masking import Masker
from shortlist.matcher.notes import Ends, Parts, masked_again, places, spans, told
from shortlist.matcher.whole import job_parts
from shortlist.ranking import Asked, asked_for
from shortlist.records import Document, MaskedText, Requirement, Span


@dataclass(frozen=True, slots=True)
class JobReading:
    """What is read of a job."""

    parts: Parts
    """The parts of the job as a whole, by `whole.job_parts`, and the requirements."""
    kinds: tuple[str, ...]
    """Of the parts of the job as a whole."""
    asked: tuple[Asked, ...]
    unread: tuple[Span, ...]
    """What the model has no token for, in offsets of the masked text."""

    def told(self, document: Document) -> Document:
        """Return the document with a finding about words that the model cannot read, if any."""
        effect = "they count only where a resume holds the same words"
        return told(document, self.parts.masked, self.unread, effect)


def read(document: Document, masker: Masker, encoder: Encoder) -> JobReading:
    """Return what is read of a job.

    Raises:
        DocumentError: it has no text.
    """
    from shortlist.extraction.requirements import requirements
    from shortlist.extraction.tenure import years_said

    masked = masker(document)
    found = requirements(masked.text)
    if not found:
        raise DocumentError(
            f"{document.id}: the job has no text; name a file that says what it asks"
        )
    whole = job_parts(masked.text)
    asked = tuple(
        Asked(
            _original(requirement, document, masked),
            asked_for(requirement.text),
            years_said(requirement.text),
        )
        for requirement in found
    )
    ends = [(span.start, span.end) for span in whole] + [(item.start, item.end) for item in found]
    parts = Parts(masked, tuple(ends))
    return JobReading(parts, tuple(span.kind for span in whole), asked, encoder.unread(masked))


def note(reading: JobReading) -> dict[str, Any]:
    """Return what is read of a job as JSON holds it: places, years and marks of words, no text."""
    return {
        "hidden": places(reading.parts.masked.hidden),
        "parts": reading.parts.ends,
        "kinds": reading.kinds,
        "asked": [
            {
                "place": (item.requirement.start, item.requirement.end),
                "kind": item.requirement.kind,
                "weight": item.requirement.weight,
                "words": list(item.words.items()),
                "years": item.years,
            }
            for item in reading.asked
        ],
        "unread": places(reading.unread),
    }


def from_note(noted: dict[str, Any], document: Document, policy: str) -> JobReading:
    """Return what was noted of a job under a policy."""
    ends: tuple[Ends, ...] = tuple(map(tuple, noted["parts"]))
    asked = []
    for item in noted["asked"]:
        start, end = item["place"]
        requirement = Requirement(
            document.text[start:end], item["kind"], item["weight"], start, end
        )
        words = {tuple(marks): weight for marks, weight in item["words"]}
        asked.append(Asked(requirement, words, item["years"]))
    masked = masked_again(document, spans(noted["hidden"]), policy)
    kinds = tuple(noted["kinds"])
    return JobReading(Parts(masked, ends), kinds, tuple(asked), spans(noted["unread"]))


def _original(found: Requirement, job: Document, masked: MaskedText) -> Requirement:
    """Return a requirement of a masked text as one of the text itself."""
    start, end = masked.original_span(found.start, found.end)
    return replace(found, text=job.text[start:end], start=start, end=end)
