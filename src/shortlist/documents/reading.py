"""Files, folders and archives -> documents, and what was not read and why."""

import os
from collections import Counter
from collections.abc import Callable, Iterable
from concurrent.futures import Future, ThreadPoolExecutor, as_completed
from contextlib import ExitStack
from dataclasses import dataclass, replace
from io import BytesIO
from pathlib import Path

from shortlist.documents.formats import is_simple, is_simply_named
from shortlist.documents.limits import USUAL, Limits
from shortlist.documents.packages import DAMAGED, FAULTS
from shortlist.documents.parsing import parsed
from shortlist.documents.records_file import are_records, records
from shortlist.documents.sources import STANDARD_INPUT, Source, sources, unopened
from shortlist.documents.workers import Workers
from shortlist.errors import DocumentError
from shortlist.records import Document, Unread

MOST_PROCESSES = 8


@dataclass(frozen=True, slots=True)
class Collection:
    """The documents that were read, in the order of what was given, and what was not read."""

    documents: tuple[Document, ...]
    unread: tuple[Unread, ...]


def read(path: str | Path, limits: Limits = USUAL) -> Document:
    """Return the document in a file, or in standard input for "-".

    Raises:
        DocumentError: it cannot be read, or holds several documents.
    """
    collection = collect([path], limits=limits)
    for unread in collection.unread:
        raise DocumentError(f"{unread.file}: {unread.reason}")
    if len(collection.documents) != 1:
        raise DocumentError(f"{path}: {len(collection.documents)} documents: name a single one")
    return collection.documents[0]


def collect(
    paths: Iterable[str | Path],
    *,
    limits: Limits = USUAL,
    progress: Callable[[float], None] | None = None,
) -> Collection:
    """Return the documents in files, folders, zip archives, files of records and standard input.

    One that cannot be read stops no other. A file given by itself is called by its name, one in a
    folder or an archive by its path there, a record by its id; files that would be called the
    same are called by their whole paths.

    Args:
        paths: what to read; "-" is standard input.
        limits: how much is read.
        progress: told the share of the files that are done, in [0, 1].
    """
    with ExitStack() as open_files:
        found = list(sources(paths, limits, open_files))
        results = _results(found, limits, progress or _silent)
    return _collection(results)


def _silent(share: float) -> None:
    """Tell nobody of progress."""


def _results(
    found: list[Source | Unread], limits: Limits, progress: Callable[[float], None]
) -> list[Document | Unread]:
    results: dict[int, list[Document | Unread]] = {}
    processes = min(MOST_PROCESSES, os.cpu_count() or 1)

    def keep(number: int, result: list[Document | Unread]) -> None:
        results[number] = result
        progress(len(results) / len(found))

    with ThreadPoolExecutor(processes) as pool, Workers(limits) as workers:
        jobs: dict[Future[list[Document | Unread]], int] = {}
        here: dict[int, Source] = {}
        for number, source in enumerate(found):
            if isinstance(source, Unread):
                keep(number, [source])
            elif is_simply_named(source.suffix):
                here[number] = source
            else:
                jobs[pool.submit(_read, source, workers, limits)] = number
        try:
            for number, source in here.items():  # while processes parse the others
                keep(number, _read(source, workers, limits))
            for job in as_completed(jobs):
                keep(jobs[job], job.result())
        finally:
            pool.shutdown(wait=False, cancel_futures=True)
    return [result for number in range(len(found)) for result in results[number]]


def _read(source: Source, workers: Workers, limits: Limits) -> list[Document | Unread]:
    try:
        with source.open() as file:
            if source.holds_records:
                return list(records(file, source.where, limits))
            data = file.read(_most(source, limits) + 1)
    except DocumentError as error:
        return [Unread(source.where, str(error))]
    except OSError as error:
        return [Unread(source.where, unopened(error))]
    except FAULTS:
        return [Unread(source.where, DAMAGED)]
    if source.where == STANDARD_INPUT and are_records(data):
        return list(records(BytesIO(data), source.where, limits))
    return [_document(source, data, workers, limits)]


def _most(source: Source, limits: Limits) -> int:
    return limits.expanded_bytes if source.where == STANDARD_INPUT else limits.file_bytes


def _document(source: Source, data: bytes, workers: Workers, limits: Limits) -> Document | Unread:
    try:
        if is_simple(data, source.suffix):
            document = parsed(data, source.suffix, source.id, limits)
        else:
            document = workers.parse(data, source.suffix, source.id)
    except DocumentError as error:
        return Unread(source.where, str(error))
    return replace(document, source=source.where)


def _collection(results: list[Document | Unread]) -> Collection:
    """Return the results with each id given once: a file's short name if no other bears it."""
    counts = Counter(result.id for result in results if isinstance(result, Document))
    documents: dict[str, Document] = {}
    unread: list[Unread] = []
    for result in results:
        if isinstance(result, Unread):
            unread.append(result)
            continue
        whole = Path(result.source).as_posix()
        is_file = f"/{whole}".endswith(f"/{result.id}")
        id = whole if is_file and counts[result.id] > 1 else result.id
        if id in documents:
            reason = "has the id of another document: give each its own, and once"
            unread.append(Unread(result.source, reason))
        else:
            documents[id] = replace(result, id=id)
    return Collection(tuple(documents.values()), tuple(unread))
