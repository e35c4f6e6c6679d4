"""Opens zip files, DOCX among them, without trusting what they say of themselves."""

import struct
import zipfile
import zlib
from typing import IO

from shortlist.documents.limits import Limits
from shortlist.errors import DocumentError

DAMAGED = "damaged or cut short: save it or download it again"
PROTECTED = "protected with a password: save a copy without it"
FAULTS = (
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    EOFError,
    NotImplementedError,
    OSError,
    RuntimeError,
    ValueError,
)
METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
ENCRYPTED = 0x1  # bit of a member's flags

END = struct.Struct("<4s4H2LH")  # end of central directory record: section 4.3.16 of APPNOTE.TXT
END_MARK = b"PK\x05\x06"
END_REACH = END.size + (1 << 16)  # the record and the longest comment after it
ENTRY_BYTES = 1024  # of the directory for each member: beyond it there are more than allowed
SMALL = 1 << 20  # bytes that may be packed as tightly as they can be


def opened(file: IO[bytes], limits: Limits) -> zipfile.ZipFile:
    """Return a zip file that has no more members than allowed.

    Raises:
        DocumentError: it is damaged, or has too many members.
    """
    try:
        if _directory_bytes(file) > ENTRY_BYTES * limits.members:
            raise _too_many(limits)
        archive = zipfile.ZipFile(file)
    except FAULTS as error:
        raise DocumentError(DAMAGED) from error
    if len(archive.infolist()) > limits.members:
        raise _too_many(limits)
    return archive


def content(
    archive: zipfile.ZipFile, member: zipfile.ZipInfo, *, most: int, limits: Limits
) -> IO[bytes]:
    """Return a member's content, open for reading; reading it may raise any of `FAULTS`.

    Args:
        archive: an open zip file.
        member: one of its members.
        most: bytes that it may unpack to.
        limits: how tightly it may be packed.

    Raises:
        DocumentError: it is damaged, protected, or unpacks to more than allowed.
    """
    if member.flag_bits & ENCRYPTED:
        raise DocumentError(PROTECTED)
    if member.compress_type not in METHODS:
        raise DocumentError("packed by a method that is not read: pack it as an ordinary zip")
    if member.file_size > SMALL and member.file_size > limits.ratio * member.compress_size:
        raise DocumentError(
            f"unpacks to {limits.ratio:g} times its size or more, as a zip bomb does: leave it out"
        )
    if member.file_size > most:
        raise DocumentError(f"unpacks to more than {most >> 20} MiB: pack fewer or smaller files")
    try:
        return archive.open(member)
    except FAULTS as error:
        raise DocumentError(DAMAGED) from error


def unpacked(
    archive: zipfile.ZipFile, member: zipfile.ZipInfo, *, most: int, limits: Limits
) -> bytes:
    """Return a member's content, as `content` opens it."""
    try:
        with content(archive, member, most=most, limits=limits) as file:
            return file.read(member.file_size)
    except FAULTS as error:
        raise DocumentError(DAMAGED) from error


def _directory_bytes(file: IO[bytes]) -> int:
    """Return how long a zip file says its directory is, so that a vast one is not read."""
    end = file.seek(0, 2)
    file.seek(max(0, end - END_REACH))
    tail = file.read()
    at = tail.rfind(END_MARK)
    if at < 0 or len(tail) - at < END.size:
        return 0  # not a zip file, which opening it will tell
    return int(END.unpack_from(tail, at)[5])


def _too_many(limits: Limits) -> DocumentError:
    return DocumentError(f"more than {limits.members} files: pack fewer together")
