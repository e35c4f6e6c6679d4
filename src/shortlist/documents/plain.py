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
CONTROLS = bytes(frozenset(range(32)) - frozenset(b"\t\n\v\f\r\x1b"))
MOST_CONTROLS = 0.01  # share of control characters from which bytes are not text
WESTERN = frozenset(
    "ÀÁÂÃÄÅÆÇÈÉÊËÌÍÎÏÑÒÓÔÕÖØÙÚÛÜßàáâãäåæçèéêëìíîïñòóôõöøùúûüÿŒœŸ\xa0¡¢£¥§©ª«®°·º»¿×‘’‚“”„†•…–—€™"
)
"""What texts in the languages of Western Europe hold beside ASCII."""
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
        return _mended(data) or _guessed(data)


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
    controls = len(sample) - len(sample.translate(None, CONTROLS))
    return b"\0" in sample or controls > MOST_CONTROLS * len(sample)


def _mended(data: bytes) -> str:
    """Return UTF-8 text in which a few characters are damaged, "" if it is not UTF-8 at all."""
    text = data.decode("utf-8", "replace")
    damaged = text.count("\ufffd")
    return text if damaged < sum(not char.isascii() for char in text) - damaged else ""


def _guessed(data: bytes) -> str:
    """Return text by what its letters look like; few accents among Latin letters are Western."""
    from charset_normalizer import from_bytes

    western = data.decode("cp1252", "replace")
    if (
        set(filter(_is_foreign, western)) <= WESTERN
        and sum(map(_is_foreign, western)) < len(data) / 2
    ):
        return western
    best = from_bytes(data).best()
    if best is None:
        raise DocumentError("text in an unknown encoding: save it as UTF-8")
    return str(best)


def _is_foreign(char: str) -> bool:
    return not char.isascii()
