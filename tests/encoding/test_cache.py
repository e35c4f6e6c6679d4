"""Vectors on disk: what is read back, and what a damaged file does."""

import logging
import sqlite3
import threading
from contextlib import closing
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from encoder_texts import masked, texts
from shortlist.encoding import Encoder, VectorCache, cache_key


def matrices(count: int, rows: int = 3) -> dict[bytes, np.ndarray]:
    random = np.random.default_rng(count)
    return {
        cache_key(str(number)): random.normal(size=(rows, 8)).astype(np.float16).astype(np.float32)
        for number in range(count)
    }


def same(some: dict[bytes, np.ndarray], others: dict[bytes, np.ndarray]) -> bool:
    return some.keys() == others.keys() and all(np.array_equal(some[k], others[k]) for k in some)


def test_what_was_put_is_read_back(tmp_path: Path) -> None:
    cache = VectorCache.open(tmp_path)
    stored = matrices(1200)
    assert cache.get(stored) == {}
    cache.put(stored)
    assert same(cache.get([*stored, cache_key("unknown")]), stored)
    assert same(VectorCache.open(tmp_path).get(stored), stored)
    assert cache.get([]) == {}
    assert cache.size > 0


def test_a_later_put_replaces(tmp_path: Path) -> None:
    cache = VectorCache.open(tmp_path)
    cache.put({b"key": np.ones((2, 4), np.float32)})
    cache.put({b"key": np.zeros((1, 4), np.float32)})
    assert same(cache.get([b"key"]), {b"key": np.zeros((1, 4), np.float32)})


def test_a_matrix_without_rows_keeps_its_width(tmp_path: Path) -> None:
    cache = VectorCache.open(tmp_path)
    cache.put({b"key": np.empty((0, 4), np.float32)})
    assert cache.get([b"key"])[b"key"].shape == (0, 4)


def test_notes_are_read_back_beside_vectors(tmp_path: Path) -> None:
    cache = VectorCache.open(tmp_path)
    noted = {b"key": {"places": [[1, 2, "name"]], "years": None}, b"other": []}
    assert cache.get_notes(noted) == {}
    cache.put({b"key": np.ones((1, 4), np.float32)})
    cache.put_notes(noted)
    assert cache.get_notes([*noted, b"unknown"]) == noted
    cache.put_notes({b"key": 7})
    assert cache.get_notes([b"key"]) == {b"key": 7}
    assert same(cache.get([b"key"]), {b"key": np.ones((1, 4), np.float32)})


def test_a_damaged_note_is_begun_anew(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    cache = VectorCache.open(tmp_path)
    cache.put_notes({b"key": 7})
    assert cache.path is not None
    with closing(sqlite3.connect(cache.path)) as database, database:
        database.execute("UPDATE notes SET json = '{'")
    assert cache.get_notes([b"key"]) == {}
    assert "is begun anew" in caplog.text


@given(st.lists(texts, min_size=1, max_size=5))
def test_cached_and_fresh_vectors_are_equal(
    model_folder: Path, tmp_path_factory: pytest.TempPathFactory, some: list[str]
) -> None:
    fresh = Encoder.load(model_folder).encode_resumes([masked(text) for text in some])
    cache = VectorCache.open(tmp_path_factory.mktemp("cache"))
    cache.put({b"key": fresh})
    assert np.array_equal(cache.get([b"key"])[b"key"], fresh)


@given(st.lists(st.text(), max_size=4), st.lists(st.text(), max_size=4))
def test_keys_are_equal_only_for_equal_parts(some: list[str], others: list[str]) -> None:
    assert (cache_key(*some) == cache_key(*others)) == (some == others)


def test_the_place_comes_from_the_environment(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SHORTLIST_CACHE", str(tmp_path / "deep" / "here"))
    cache = VectorCache.open()
    cache.put(matrices(1))
    assert cache.path == tmp_path / "deep" / "here" / "vectors.sqlite"
    assert cache.path.is_file()
    monkeypatch.delenv("SHORTLIST_CACHE")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "user"))
    assert "shortlist" in str(VectorCache.open().path)


def test_it_can_be_turned_off(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("SHORTLIST_CACHE", "off")
    cache = VectorCache.open()
    cache.put(matrices(3))
    assert (cache.get(matrices(3)), cache.path, cache.size) == ({}, None, 0)
    assert VectorCache.open(tmp_path).path is not None


def test_the_oldest_entries_go_when_the_limit_is_reached(tmp_path: Path) -> None:
    cache = VectorCache(tmp_path / "vectors.sqlite", limit=300_000)
    stored = matrices(40, rows=1000)
    for key, matrix in stored.items():
        cache.put({key: matrix})
    left = [key in cache.get(stored) for key in stored]
    assert left == sorted(left)  # none older than one that went
    assert 8 < sum(left) < 30
    assert cache.size < 400_000


def damaged(path: Path, how: str) -> None:
    """Damage a database in one of several ways."""
    data = path.read_bytes()
    if how == "not a database":
        path.write_bytes(b"garbage" * 5000)
    elif how == "cut off":
        path.write_bytes(data[: len(data) // 3])
    elif how == "overwritten":
        path.write_bytes(data[:200] + b"\xff" * (len(data) - 200))
    elif how == "another version":
        with closing(sqlite3.connect(path)) as database:
            database.execute("PRAGMA user_version = 99")
    elif how == "odd blob":
        with closing(sqlite3.connect(path)) as database, database:
            database.execute("UPDATE vectors SET data = x'00ff00'")


@pytest.mark.parametrize(
    "how", ["not a database", "cut off", "overwritten", "another version", "odd blob"]
)
@pytest.mark.parametrize("first", ["get", "put"])
def test_a_damaged_file_is_begun_anew(
    how: str, first: str, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    cache = VectorCache.open(tmp_path)
    stored = matrices(50)
    cache.put(stored)
    assert cache.path is not None
    damaged(cache.path, how)
    with caplog.at_level(logging.WARNING):
        if first == "get":
            assert cache.get(stored) == {}
        cache.put(stored)
    assert same(cache.get(stored), stored)
    if (how, first) != ("odd blob", "put"):  # there, the entries are simply replaced
        assert "is begun anew" in caplog.text


def test_a_file_in_use_elsewhere_is_passed_over(
    tmp_path: Path, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("shortlist.encoding.cache._WAIT", 0.05)
    cache = VectorCache.open(tmp_path)
    stored = matrices(2)
    cache.put(stored)
    with closing(sqlite3.connect(tmp_path / "vectors.sqlite")) as other:
        other.execute("BEGIN EXCLUSIVE")
        assert cache.get(stored) == {}
        cache.put(stored)
    assert "is not used: database is locked" in caplog.text
    assert same(cache.get(stored), stored)


def test_a_folder_that_cannot_be_made_is_passed_over(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    (tmp_path / "file").write_text("in the way")
    cache = VectorCache.open(tmp_path / "file" / "cache")
    cache.put(matrices(2))
    assert cache.get(matrices(2)) == {}
    assert "is not used" in caplog.text


def test_threads_share_one_file(tmp_path: Path) -> None:
    stored = matrices(60)
    keys = list(stored)

    def write(part: int) -> None:
        VectorCache.open(tmp_path).put({key: stored[key] for key in keys[part::3]})

    threads = [threading.Thread(target=write, args=(part,)) for part in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert same(VectorCache.open(tmp_path).get(keys), stored)
