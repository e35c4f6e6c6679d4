"""Files of records, .jsonl or .jsonl.gz: a document a line, {"id", "text"} and perhaps "title"."""

import gzip
import json
import zipfile
import zlib
from collections.abc import Iterator
from typing import IO

from shortlist.documents.content import Content
from shortlist.documents.limits import Limits
from shortlist.documents.packages import DAMAGED
from shortlist.documents.parsing import document
from shortlist.errors import DocumentError
from shortlist.records import Document, Unread

SHAPE = 'a line must be a record, {"id": "...", "text": "..."}'
GZIP = b"\x1f\x8b"
BYTE_ORDER_MARK = b"\xef\xbb\xbf"
FAULTS = (OSError, EOFError, zlib.error, zipfile.BadZipFile)


def records(file: IO[bytes], name: str, limits: Limits) -> Iterator[Document | Unread]:
    """Yield the documents of a file of records, and the lines that hold none.

    Args:
        file: the file, open at its start for reading bytes; it may be packed with gzip.
        name: what to call it.
        limits: how large it and its documents may be.
    """
    number = 0
    try:
        for number, line in enumerate(_lines(file, limits), 1):
            if line.strip():
                yield _record(line, f"{name}, line {number}", limits)
    except FAULTS:
        yield Unread(name, f"{DAMAGED} (after line {number})")
    except DocumentError as error:
        yield Unread(name, f"{error} (after line {number})")


def _lines(file: IO[bytes], limits: Limits) -> Iterator[bytes]:
    """Yield the lines of a file, unpacked.

    Raises:
        DocumentError: it, or a line of it, is larger than allowed.
    """
    packed = file.read(len(GZIP)) == GZIP
    file.seek(0)
    taken = 0
    content = gzip.GzipFile(fileobj=file) if packed else file
    while line := content.readline(limits.file_bytes + 1):
        taken += len(line)
        if len(line) > limits.file_bytes:
            raise DocumentError(f"a line longer than {limits.file_bytes >> 20} MiB: {SHAPE}")
        if taken > limits.expanded_bytes:
            raise DocumentError(
                f"larger than {limits.expanded_bytes >> 20} MiB once unpacked: split it"
            )
        yield line if taken > len(line) else line.removeprefix(BYTE_ORDER_MARK)


def _record(line: bytes, where: str, limits: Limits) -> Document | Unread:
    try:
        record = json.loads(line)
    except (ValueError, RecursionError):
        return Unread(where, f"not JSON in UTF-8: {SHAPE}")
    if not isinstance(record, dict):
        return Unread(where, f"not an object: {SHAPE}")
    id, text, title = (record.get(field) for field in ("id", "text", "title"))
    if not isinstance(id, str) or not id.strip():
        return Unread(where, f'"id" is not a text: {SHAPE}')
    if not isinstance(text, str):
        return Unread(where, f'"text" is not a text: {SHAPE}')
    if title is not None and not isinstance(title, str):
        return Unread(where, '"title" is not a text: leave it out or mend it')
    try:
        return document(Content(f"{title}\n{text}" if title else text), id, limits, source=where)
    except DocumentError as error:
        return Unread(where, str(error))


def are_records(data: bytes) -> bool:
    """Return whether the first line of some data is a record."""
    try:
        record = json.loads(data.lstrip().split(b"\n", 1)[0])
    except (ValueError, RecursionError):
        return False
    return isinstance(record, dict) and {"id", "text"} <= record.keys()
