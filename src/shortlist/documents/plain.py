"""Bytes -> text, in whatever encoding they are."""

import codecs

from shortlist.errors import DocumentError

# The longer marks first: UTF-32's begins with UTF-16's.
BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
CONTROLS = frozenset(range(32)) - frozenset(b"\t\n\v\f\r\x1b")
MOST_CONTROLS = 0.01  # share of control characters from which bytes are not text
BINARY = "binary data and no text: save it as PDF, DOCX, HTML or text"


def decoded(data: bytes) -> str:
    """Return the text that bytes stand for, with every line end as a newline.

    Raises:
        DocumentError: the bytes are not text, or in no encoding that is known.
    """
    return _text(data).replace("\r\n", "\n").replace("\r", "\n")


def _text(data: bytes) -> str:
    encoding = _marked(data) or _unmarked_utf16(data)
    if encoding is None and is_binary(data):
        raise DocumentError(BINARY)
    try:
        return data.decode(encoding or "utf-8")
    except UnicodeDecodeError as error:
        if encoding:
            raise DocumentError(f"damaged {encoding.upper()} text: save it again") from error
        return _guessed(data)


def _marked(data: bytes) -> str | None:
    return next((name for mark, name in BYTE_ORDER_MARKS if data.startswith(mark)), None)


def _unmarked_utf16(data: bytes) -> str | None:
    """Return which UTF-16 text of mostly Latin letters is in, if its bytes say so."""
    sample = data[:4096]
    half = len(sample) // 2
    if half and len(data) % 2 == 0:
        if sample[1::2].count(0) > 0.6 * half and not sample[::2].count(0):
            return "utf-16-le"
        if sample[::2].count(0) > 0.6 * half and not sample[1::2].count(0):
            return "utf-16-be"
    return None


def is_binary(data: bytes) -> bool:
    """Return whether bytes hold too many control characters to be text."""
    sample = data[:65536]
    return b"\0" in sample or sum(map(sample.count, CONTROLS)) > MOST_CONTROLS * len(sample)


def _guessed(data: bytes) -> str:
    """Return text by what its letters look like; a draw goes to the encoding of Western Europe."""
    from charset_normalizer import from_bytes

    matches = list(from_bytes(data))
    if not matches:
        raise DocumentError("text in an unknown encoding: save it as UTF-8")
    draw = [
        m for m in matches if (m.chaos, m.coherence) == (matches[0].chaos, matches[0].coherence)
    ]
    western = (match for match in draw if "cp1252" in match.could_be_from_charset)
    return str(next(western, matches[0]))
