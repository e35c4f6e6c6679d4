"""Files that are damaged, of another encoding or of another form: where, why, what to do."""

import gzip
import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shortlist.errors import DataError
from shortlist.text_files import csv_rows, json_rows, open_text, unreadable

TABLE = "a,b\n1,2\n3,4\n"
ROWS = [["a", "b"], ["1", "2"], ["3", "4"]]


def write(folder: Path, data: bytes, name: str = "t.csv") -> Path:
    path = folder / name
    path.write_bytes(data)
    return path


@pytest.mark.parametrize(
    "data",
    [
        TABLE.encode(),
        b"\xef\xbb\xbf" + TABLE.encode(),
        TABLE.replace("\n", "\r\n").encode(),
        TABLE.replace("\n", "\r").encode(),
        TABLE.replace("\n", "\n\n").encode(),
    ],
    ids=["plain", "byte order mark", "CRLF", "CR", "blank lines"],
)
def test_a_table_is_read_however_its_lines_end(tmp_path: Path, data: bytes) -> None:
    assert [cells for _, cells in csv_rows(write(tmp_path, data))] == ROWS
    packed = write(tmp_path, gzip.compress(data), "t.csv.gz")
    assert [cells for _, cells in csv_rows(packed)] == ROWS


def test_a_row_stands_where_it_ends(tmp_path: Path) -> None:
    path = write(tmp_path, b'a,b\n"one\ntwo",2\n3,4\n')
    assert [line for line, _ in csv_rows(path)] == [1, 3, 4]


@pytest.mark.parametrize(
    "data, said",
    [
        (TABLE.encode() + b"\xe9,5\n", r"t\.csv:4: not UTF-8: save the file as UTF-8"),
        (TABLE.encode("utf-16"), r"t\.csv:1: not UTF-8"),
        (TABLE.encode() + b"5\n", r"t\.csv:4: 1 cells where the header has 2: mend the row"),
        (TABLE.encode() + b"5,6,7\n", r"t\.csv:4: 3 cells where the header has 2"),
        (b'a,b\n1,2\n"3,4\n5,6\n', r"t\.csv:3: no row of CSV .*: see its quotes"),
        (b"a,b\n" + b"x" * 200_000 + b",2\n", r"t\.csv:2: no row of CSV .*field larger"),
        (b"a,A,b\n1,2,3\n", r"t\.csv:1: two columns are called 'a': rename or remove one"),
    ],
    ids=["Latin-1", "UTF-16", "short", "long", "open quote", "huge cell", "twice"],
)
def test_a_malformed_table_is_refused_with_its_line(tmp_path: Path, data: bytes, said: str) -> None:
    with pytest.raises(DataError, match=said):
        list(csv_rows(write(tmp_path, data)))
    if b"\xff" not in data[:2]:
        with pytest.raises(DataError, match=said.replace(r"\.csv", r"\.csv\.gz")):
            list(csv_rows(write(tmp_path, gzip.compress(data), "t.csv.gz")))


def damaged() -> bytes:
    packed = bytearray(gzip.compress(bytes(range(32, 120)) * 50))
    packed[20:40] = bytes(20)
    return bytes(packed)


@pytest.mark.parametrize(
    "data", [b"a,b\n", gzip.compress(TABLE.encode() * 9)[:30], damaged()],
    ids=["not packed", "cut off", "damaged"],
)  # fmt: skip
def test_a_damaged_packed_file_is_refused(tmp_path: Path, data: bytes) -> None:
    path = write(tmp_path, data, "t.csv.gz")
    with pytest.raises(DataError, match=r"t\.csv\.gz: damaged or cut off: copy it again"):
        list(csv_rows(path))


def test_what_is_no_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(DataError, match="none: no such file: check the name"):
        list(csv_rows(tmp_path / "none"))
    with pytest.raises(DataError, match="cannot be read: Is a directory"):
        list(json_rows(tmp_path))


@pytest.mark.parametrize(
    "text, said",
    [
        ('{"a": 1}\n{"a":\n', r"t\.jsonl:2: not JSON \(Expecting value, at character"),
        ('{"a": 1}\n\n[1]\n', r"t\.jsonl:3: not a JSON object"),
        ("[" * 100_000, r"t\.jsonl:1: brackets within brackets"),
    ],
)
def test_a_malformed_line_is_refused(tmp_path: Path, text: str, said: str) -> None:
    with pytest.raises(DataError, match=said):
        list(json_rows(write(tmp_path, text.encode(), "t.jsonl")))


def test_no_text_of_the_file_stands_in_an_error(tmp_path: Path) -> None:
    secret = "Una Moor, born in Hull"
    for data in (f'{{"text": "{secret}"'.encode(), secret.encode() + b"\xe9"):
        with pytest.raises(DataError) as caught:
            list(json_rows(write(tmp_path, data, "t.jsonl")))
        assert "Una" not in str(caught.value)


@given(st.binary(max_size=80))
def test_any_bytes_are_read_or_refused(
    tmp_path_factory: pytest.TempPathFactory, data: bytes
) -> None:
    path = write(tmp_path_factory.mktemp("any"), data)
    for rows in (csv_rows, json_rows):
        try:
            list(rows(path))
        except DataError as error:
            assert str(path) in str(error)


def test_reading_can_be_worded_by_whoever_opened_the_file(tmp_path: Path) -> None:
    path = write(tmp_path, json.dumps("x").encode() + b"\n\xff")
    with open_text(path) as file, pytest.raises(UnicodeDecodeError) as caught:
        file.read()
    assert str(unreadable(path, caught.value)).startswith(f"{path}:2: not UTF-8")
