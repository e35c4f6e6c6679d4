"""Vectors and notes on disk, so that a second run on the same resumes computes nothing.

One SQLite file in the user's cache folder. It is a convenience: a file that is damaged or was
written by another version is begun anew, one that cannot be used is passed over, and the log says
so. It holds vectors, notes and digests, no text; vectors and digests of words still say something
about the people they were computed from, so the folder is made readable by its owner only.
"""

import hashlib
import json
import logging
import os
import sqlite3
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import platformdirs

Matrix = npt.NDArray[np.float32]

_log = logging.getLogger(__name__)

_VERSION = 2
_TABLES = ("vectors", "notes")
_SCHEMA = f"""
PRAGMA page_size = 16384;
BEGIN IMMEDIATE;
CREATE TABLE IF NOT EXISTS vectors (
    number INTEGER PRIMARY KEY,  -- in the order of writing
    key BLOB NOT NULL UNIQUE,
    columns INTEGER NOT NULL,
    data BLOB NOT NULL           -- float16, row by row
);
CREATE TABLE IF NOT EXISTS notes (
    number INTEGER PRIMARY KEY,
    key BLOB NOT NULL UNIQUE,
    json TEXT NOT NULL
);
PRAGMA user_version = {_VERSION};
COMMIT;
"""
_WAIT = 2.0
"""Seconds to wait for another process that writes."""
_KEYS_AT_ONCE = 500


def cache_key(*parts: str) -> bytes:
    """Return the key of what was computed from these: a fingerprint, a masked text, settings."""
    digest = hashlib.sha256()
    for part in parts:
        written = part.encode("utf-8", "surrogatepass")
        digest.update(len(written).to_bytes(8, "little") + written)
    return digest.digest()


class VectorCache:
    """Matrices of vectors by key, and notes on what they were computed from.

    Numbers are stored as float16, which the vectors of an `Encoder` fit exactly: what is read back
    equals what was written. A note is any value that JSON holds; a key may have both. Threads and
    processes may share one file.
    """

    def __init__(self, path: Path | None, limit: int = 1 << 30) -> None:
        self.path = path
        """The file; None where nothing is kept."""
        self.limit = limit
        """Bytes beyond which the oldest entries go."""

    @classmethod
    def open(cls, folder: Path | None = None) -> "VectorCache":
        """Return the cache in a folder: the given one, else $SHORTLIST_CACHE, else the user's.

        With `SHORTLIST_CACHE=off` and no folder given, nothing is kept.
        """
        if folder is None:
            setting = os.environ.get("SHORTLIST_CACHE", "")
            if setting == "off":
                return cls(None)
            folder = Path(setting) if setting else platformdirs.user_cache_path("shortlist")
        return cls(folder / "vectors.sqlite")

    @property
    def size(self) -> int:
        """The size of the file in bytes."""
        return self.path.stat().st_size if self.path and self.path.is_file() else 0

    def get(self, keys: Iterable[bytes]) -> dict[bytes, Matrix]:
        """Return what is stored under those of the keys that are known: float32 [k, dimension]."""
        found: dict[bytes, Matrix] = {}

        def keep(key: bytes, columns: int, data: bytes) -> None:
            rows = np.frombuffer(data, np.float16).reshape(-1, columns)
            found[key] = rows.astype(np.float32)

        self._read("SELECT key, columns, data FROM vectors WHERE key IN", keys, keep)
        return found

    def put(self, matrices: Mapping[bytes, Matrix]) -> None:
        """Store matrices [k, dimension] under their keys, in place of what was there."""
        self._write(
            "INSERT OR REPLACE INTO vectors (key, columns, data) VALUES (?, ?, ?)",
            [(k, m.shape[1], m.astype(np.float16).tobytes()) for k, m in matrices.items()],
        )

    def get_notes(self, keys: Iterable[bytes]) -> dict[bytes, Any]:
        """Return the notes under those of the keys that are known."""
        found: dict[bytes, Any] = {}

        def keep(key: bytes, note: str) -> None:
            found[key] = json.loads(note)

        self._read("SELECT key, json FROM notes WHERE key IN", keys, keep)
        return found

    def put_notes(self, notes: Mapping[bytes, Any]) -> None:
        """Store notes under their keys, in place of what was there."""
        self._write(
            "INSERT OR REPLACE INTO notes (key, json) VALUES (?, ?)",
            [(key, json.dumps(note)) for key, note in notes.items()],
        )

    def _read(self, query: str, keys: Iterable[bytes], keep: Callable[..., None]) -> None:
        """Call `keep` with each row of a query that ends before its list of keys."""
        wanted = list(dict.fromkeys(keys))

        def read(database: sqlite3.Connection) -> None:
            for start in range(0, len(wanted), _KEYS_AT_ONCE):
                some = wanted[start : start + _KEYS_AT_ONCE]
                marks = ",".join("?" * len(some))
                for row in database.execute(f"{query} ({marks})", some):
                    keep(*row)

        if wanted and self.size:
            self._use(read)

    def _write(self, statement: str, rows: Sequence[tuple[Any, ...]]) -> None:
        def write(database: sqlite3.Connection) -> None:
            with database:  # one transaction
                database.executemany(statement, rows)
                self._evict(database)

        if rows:
            self._use(write)

    def _use(self, work: Callable[[sqlite3.Connection], None]) -> None:
        """Open the file, work on it, close it. A damaged file is begun anew and worked on again."""
        if self.path is None:
            return
        try:
            try:
                _work_on(self.path, work)
            except sqlite3.OperationalError:
                raise
            except (sqlite3.DatabaseError, ValueError) as error:
                _log.warning("%s is begun anew: %s", self.path, error)
                self.path.unlink()
                _work_on(self.path, work)
        except (sqlite3.Error, OSError) as error:
            _log.warning("%s is not used: %s", self.path, error)

    def _evict(self, database: sqlite3.Connection) -> None:
        """Delete the oldest tenth of the entries until the others fit."""
        while _used(database) > self.limit:
            counts = {table: _count(database, table) for table in _TABLES}
            if not any(counts.values()):
                return
            for table, count in counts.items():
                database.execute(
                    f"DELETE FROM {table} WHERE number IN"
                    f" (SELECT number FROM {table} ORDER BY number LIMIT ?)",
                    (-(-count // 10),),
                )


def _work_on(path: Path, work: Callable[[sqlite3.Connection], None]) -> None:
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with closing(sqlite3.connect(path, timeout=_WAIT)) as database:
        database.execute("PRAGMA synchronous = OFF")  # what a power cut damages is begun anew
        version = _pragma(database, "user_version")
        if version == 0:
            database.executescript(_SCHEMA)
        elif version != _VERSION:
            raise sqlite3.DatabaseError(f"written as version {version}, not {_VERSION}")
        work(database)


def _count(database: sqlite3.Connection, table: str) -> int:
    (count,) = database.execute(f"SELECT COUNT(*) FROM {table}").fetchone()
    return int(count)


def _used(database: sqlite3.Connection) -> int:
    """Return how many bytes the entries take."""
    pages = _pragma(database, "page_count") - _pragma(database, "freelist_count")
    return pages * _pragma(database, "page_size")


def _pragma(database: sqlite3.Connection, name: str) -> int:
    (value,) = database.execute(f"PRAGMA {name}").fetchone()
    return int(value)
