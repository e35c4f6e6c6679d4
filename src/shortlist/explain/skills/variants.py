"""The same resume in other words, and of somebody else: what must change no score."""

import re
from dataclasses import replace

from shortlist.explain.skills.reading import POLICY
from shortlist.masking import Masker
from shortlist.records import Document

_WORDS = {
    "experience": "professional experience",
    "work experience": "employment history",
    "employment": "work history",
    "education": "education and training",
    "skills": "key skills",
    "summary": "profile",
}
_VERBS = {
    "built": "developed", "developed": "built", "led": "headed", "headed": "led",
    "wrote": "drafted", "handled": "dealt with", "prepared": "produced", "supervised": "managed",
    "explained": "described", "responsible for": "in charge of", "assisted with": "helped with",
    "helped": "assisted", "used": "worked with", "set up": "established", "reduced": "cut",
    "improved": "raised", "trained": "instructed",
}  # fmt: skip
_VERB = re.compile(rf"\b(?:{'|'.join(sorted(_VERBS, key=len, reverse=True))})\b", re.IGNORECASE)
_BULLET = re.compile(r"^(\s*)[-*•·–](?=\s)", re.MULTILINE)
_DASHED = re.compile(r"(?<=\d)\s*[–-]\s*(?=(?:\d{4}|present|now|today)\b)")
_OTHERS = {
    "name": ("Latoya", "Washington"),
    "school": ("Fresno Valley College",),
}


def reworded(document: Document) -> Document:
    """Return a resume with other headings, bullets, dashes and verbs that mean the same."""
    lines = [_heading(line) for line in document.text.split("\n")]
    text = _BULLET.sub(r"\1▪", "\n".join(lines))
    text = _DASHED.sub(" to ", text)
    return replace(document, text=_VERB.sub(_verb, text), findings=())


def swapped(document: Document, kind: str) -> Document:
    """Return a resume with every name, or every school, replaced by another.

    Args:
        document: the resume.
        kind: `name` or `school`.
    """
    masked = Masker(POLICY)(document)
    text = document.text
    for span in reversed([span for span in masked.hidden if span.kind == kind]):
        words = text[span.start : span.end].split()
        others = _OTHERS[kind] if kind == "school" else _OTHERS[kind][: max(1, len(words))]
        text = text[: span.start] + " ".join(others) + text[span.end :]
    return replace(document, text=text, findings=())


def _heading(line: str) -> str:
    bare = line.strip().rstrip(":").lower()
    return line.replace(line.strip(), _WORDS[bare].title()) if bare in _WORDS else line


def _verb(match: re.Match[str]) -> str:
    other = _VERBS[match.group().casefold()]
    return other.capitalize() if match.group()[0].isupper() else other
