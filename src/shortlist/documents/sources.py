"""What is to be read: files, what is in folders and archives, and standard input."""

import os
import sys
import zipfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from functools import partial
from io import BytesIO
from pathlib import Path, PurePosixPath
from typing import IO

from shortlist.documents.formats import ARCHIVE, RECORDS
from shortlist.documents.limits import Limits
from shortlist.documents.packages import content, opened, unpacked
from shortlist.errors import DocumentError
from shortlist.records import Unread

STANDARD_INPUT = "-"
HIDDEN = (".", "~$", "__MACOSX")  # beginnings of names: of hidden files, Word's locks, macOS's own


@dataclass(frozen=True, slots=True)
class Source:
    """A file to read: what to call it, where it is, and how to open it."""

    id: str
    where: str
    open: Callable[[], IO[bytes]]

    @property
    def suffix(self) -> str:
        """The end of its name in small letters, such as ".pdf"."""
        return PurePosixPath(self.id).suffix.lower()

    @property
    def holds_records(self) -> bool:
        """Whether each of its lines is a document."""
        return self.id.lower().endswith(RECORDS)


@dataclass(slots=True)
class _Allowance:
    """What is left of what an archive, with those within it, may hold."""

    limits: Limits
    bytes: int
    members: int
    depth: int = 0

    def take(self, members: list[zipfile.ZipInfo]) -> None:
        """Count the members of one more archive.

        Raises:
            DocumentError: they are more, larger or nested deeper than allowed.
        """
        self.bytes -= sum(member.file_size for member in members)
        self.members -= len(members)
        if self.bytes < 0:
            size = self.limits.expanded_bytes >> 20
            raise DocumentError(f"unpacks to more than {size} MiB, as a zip bomb does: split it")
        if self.members < 0:
            raise DocumentError(f"more than {self.limits.members} files: pack fewer together")
        if self.depth > self.limits.depth:
            raise DocumentError(
                f"nested deeper than {self.limits.depth} archives: unpack the inner ones"
            )


def sources(
    paths: Iterable[str | Path], limits: Limits, open_files: ExitStack
) -> Iterator[Source | Unread]:
    """Yield the files that paths stand for, in order, and those that cannot be opened.

    Args:
        paths: files, folders, zip archives, or "-" for standard input.
        limits: how much archives may hold.
        open_files: what closes the archives, after their files are read.
    """
    for path in map(Path, paths):
        if str(path) == STANDARD_INPUT:
            yield Source(STANDARD_INPUT, STANDARD_INPUT, partial(_standard_input, limits))
        elif path.is_dir():
            yield from _in_folder(path, limits, open_files)
        elif path.suffix.lower() == ARCHIVE:
            yield from _archive(path, "", limits, open_files)
        else:
            yield Source(path.name, str(path), partial(_opened, path))


def _opened(path: Path) -> IO[bytes]:
    return path.open("rb")


def _standard_input(limits: Limits) -> IO[bytes]:
    return BytesIO(sys.stdin.buffer.read(limits.expanded_bytes + 1))


def _in_folder(folder: Path, limits: Limits, open_files: ExitStack) -> Iterator[Source | Unread]:
    faults: list[OSError] = []
    files: dict[str, Path] = {}
    for root, folders, names in os.walk(folder, onerror=faults.append):
        folders[:] = [name for name in folders if not name.startswith(HIDDEN)]
        paths = (Path(root, name) for name in names if not name.startswith(HIDDEN))
        files |= {path.relative_to(folder).as_posix(): path for path in paths}
    for id, path in sorted(files.items()):
        if path.suffix.lower() == ARCHIVE:
            yield from _archive(path, f"{id}/", limits, open_files)
        else:
            yield Source(id, str(path), partial(_opened, path))
    for fault in faults:
        yield Unread(str(fault.filename), unopened(fault))
    if not files and not faults:
        yield Unread(str(folder), "a folder without files: check the path")


def unopened(error: OSError) -> str:
    """Return why a file cannot be opened, and what to do."""
    if isinstance(error, FileNotFoundError):
        return "not there: check the path"
    return f"cannot be opened: {error.strerror or error}: check the path and its permissions"


def _archive(
    path: Path, prefix: str, limits: Limits, open_files: ExitStack
) -> Iterator[Source | Unread]:
    try:
        file = open_files.enter_context(path.open("rb"))
    except OSError as error:
        yield Unread(str(path), unopened(error))
        return
    allowance = _Allowance(limits, limits.expanded_bytes, limits.members)
    yield from _members(file, str(path), prefix, allowance)


def _members(
    file: IO[bytes], where: str, prefix: str, allowance: _Allowance
) -> Iterator[Source | Unread]:
    allowance.depth += 1
    try:
        archive = opened(file, allowance.limits)
        members = [member for member in archive.infolist() if _is_shown(member)]
        allowance.take(members)
    except DocumentError as error:
        yield Unread(where, str(error))
    else:
        for member in sorted(members, key=lambda member: member.filename):
            inner = f"{where}/{member.filename}"
            yield from _member(archive, member, inner, prefix + member.filename, allowance)
    finally:
        allowance.depth -= 1


def _member(
    archive: zipfile.ZipFile,
    member: zipfile.ZipInfo,
    where: str,
    id: str,
    allowance: _Allowance,
) -> Iterator[Source | Unread]:
    limits = allowance.limits
    if not id.lower().endswith(ARCHIVE):
        records = id.lower().endswith(RECORDS)
        most = limits.expanded_bytes if records else limits.file_bytes
        yield Source(id, where, partial(content, archive, member, most=most, limits=limits))
        return
    try:
        inner = unpacked(archive, member, most=limits.expanded_bytes, limits=limits)
    except DocumentError as error:
        yield Unread(where, str(error))
        return
    yield from _members(BytesIO(inner), where, f"{id}/", allowance)


def _is_shown(member: zipfile.ZipInfo) -> bool:
    parts = PurePosixPath(member.filename).parts
    return not member.is_dir() and not any(part.startswith(HIDDEN) for part in parts)
