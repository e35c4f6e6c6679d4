"""Which parts of a text its vector as a whole is made of, and of what kind each is.

Of a resume they are its passages, each of the kind of the section that it stands in, and once more
those that introduce the person. Of a job they are all of its text, and its title. Training reads
texts in these parts too, where it learns attention over sections.
"""

from collections.abc import Callable, Sequence
from typing import Literal, get_args

import numpy as np

from shortlist.encoding import Encoder, Matrix
from shortlist.extraction.entities import SectionKind
from shortlist.records import MaskedText, Span

Side = Literal["job", "resume"]

TEXT, TITLE, INTRODUCTION = "text", "title", "introduction"

KINDS: tuple[str, ...] = (*get_args(SectionKind), INTRODUCTION, TEXT, TITLE)
"""All kinds of parts."""


def job_parts(text: str) -> list[Span]:
    """Return the parts of the masked text of a job."""
    from shortlist.extraction.requirements import title

    name = title(text)
    return [Span(0, len(text), TEXT), *([Span(name.start, name.end, TITLE)] if name else [])]


def resume_parts(text: str) -> list[Span]:
    """Return the parts of the masked text of a resume."""
    from shortlist.extraction.passages import introduction, passages

    found = passages(text)
    first = found[: introduction(found)]
    return [*found, *(Span(span.start, span.end, INTRODUCTION) for span in first)]


PARTS: dict[Side, Callable[[str], list[Span]]] = {"job": job_parts, "resume": resume_parts}


def wholes(encoder: Encoder, texts: Sequence[MaskedText], side: Side) -> Matrix:
    """Return the vectors that the whole-text part of a score compares: float32 [n, dimension].

    Raises:
        ModelError: a text was masked under another policy than the model was trained on, or the
            model folder is damaged.
    """
    encode = encoder.encode_jobs if side == "job" else encoder.encode_resumes
    parts = [PARTS[side](text.text) for text in texts]
    rows = encode(
        [text.part(s.start, s.end) for text, of in zip(texts, parts, strict=True) for s in of]
    )
    ends = np.cumsum([len(of) for of in parts], dtype=np.int64)
    found = [
        encoder.whole(rows[end - len(of) : end], [span.kind for span in of])
        for of, end in zip(parts, ends, strict=True)
    ]
    return np.stack(found) if found else np.zeros((0, encoder.dimension), np.float32)
