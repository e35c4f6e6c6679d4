"""Text that a PDF claims to show in place of what it draws: its "actual text".

It is there for ligatures and for letters that have no code of their own; nothing keeps it from
saying something else altogether. So what is drawn counts, and a claim only where the letters
that are drawn cannot be told.
"""

import codecs
import ctypes
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby
from typing import Any

import pypdfium2.raw as raw

KEY = b"ActualText"
LONGEST = 1 << 12  # bytes of a claim that are read
ENCODINGS = (
    (codecs.BOM_UTF16_BE, "utf-16-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF8, "utf-8"),
)
COMPLEX = 0x590  # where the alphabets of letters that stand side by side end


@dataclass(frozen=True, slots=True)
class Claim:
    """Text that the objects of some orders claim to show."""

    text: str
    orders: tuple[int, ...]


def taken_off(texts: Iterable[tuple[int, Any]]) -> list[Claim]:
    """Return the claims of text objects, and take them off so that what is drawn can be read.

    Args:
        texts: the order and handle of each text object.
    """
    marked = [
        (order, handle, mark, claim)
        for order, handle in texts
        if raw.FPDFPageObj_CountMarks(handle)
        for mark in _marks(handle)
        if (claim := _claim(mark)) is not None
    ]
    for _, handle, mark, _ in marked:
        raw.FPDFPageObj_RemoveMark(handle, mark)
    groups = groupby(marked, key=lambda item: item[3])
    return [Claim(text, tuple(item[0] for item in group)) for text, group in groups]


def is_honest(claim: str, drawn: str) -> bool:
    """Return whether a claim says what is drawn."""
    return _letters(drawn) == _letters(claim)


def is_needed(claim: str, drawn: str) -> bool:
    """Return whether a claim has to stand for what is drawn, whose codes do not tell the letters.

    In scripts whose letters join or stack they never tell all of them.
    """
    return not _letters(drawn) or any(ord(char) >= COMPLEX for char in claim)


def _letters(text: str) -> str:
    return "".join(filter(str.isalnum, unicodedata.normalize("NFKC", text).casefold()))


def _marks(handle: Any) -> list[Any]:
    return [raw.FPDFPageObj_GetMark(handle, i) for i in range(raw.FPDFPageObj_CountMarks(handle))]


def _claim(mark: Any) -> str | None:
    size = ctypes.c_ulong()
    buffer = (ctypes.c_ubyte * LONGEST)()
    if not raw.FPDFPageObjMark_GetParamBlobValue(mark, KEY, buffer, LONGEST, size):
        return None
    return _decoded(bytes(buffer)[: size.value])


def _decoded(data: bytes) -> str:
    """Return a text string of PDF: section 7.9.2.2 of ISO 32000-1."""
    for mark, encoding in ENCODINGS:
        if data.startswith(mark):
            return data.removeprefix(mark).decode(encoding, "replace")
    return data.decode("latin-1")
