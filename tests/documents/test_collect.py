"""Files, folders, archives and files of records are read together; one bad one stops no other."""

import gzip
import io
import json
import subprocess
import sys
import zipfile
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from documents.docxs import built, paragraph
from documents.pdfs import SEEN, pdf, resume
from shortlist.documents import Limits, collect, read
from shortlist.errors import DocumentError
from shortlist.records import Unread

DOCX = built(paragraph("Mira Okafor"))


def packed(files: Mapping[str, bytes]) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return file.getvalue()


def lines(*records: object) -> bytes:
    return "\n".join(json.dumps(record) for record in records).encode()


def laid_out(folder: Path, files: Mapping[str, bytes]) -> Path:
    for name, content in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(content)
    return folder


FILES = {
    "b/cv.pdf": pdf(resume),
    "a.docx": DOCX,
    "c.txt": b"Text\n",
    "d.html": b"<p>Page</p>",
    "e.md": b"# Heading",
    "f.json": b'{"basics": {"name": "Mira"}}',
    "people.jsonl": lines({"id": "one", "text": "First"}, {"id": "two", "text": " T\r\n"}),
    "people.jsonl.gz": gzip.compress(lines({"id": "three", "title": "Title", "text": "Third"})),
    ".hidden.txt": b"hidden",
    ".git/config.txt": b"hidden",
    "._a.docx": b"AppleDouble",
    "~$a.docx": b"lock",
}
TEXTS = {
    "a.docx": "Mira Okafor",
    "b/cv.pdf": SEEN,
    "c.txt": "Text\n",
    "d.html": "Page",
    "e.md": "Heading",
    "f.json": "Mira",
    "one": "First",
    "two": " T\r\n",
    "three": "Title\nThird",
}


def test_a_folder_is_read_in_the_order_of_its_names(tmp_path: Path) -> None:
    told: list[float] = []
    collection = collect([laid_out(tmp_path, FILES)], progress=told.append)
    assert [(document.id, document.text) for document in collection.documents] == list(
        TEXTS.items()
    )
    assert collection.unread == ()
    assert sorted(told) == told
    assert told[-1] == 1.0
    sources = [document.source for document in collection.documents]
    assert sources[:2] == [str(tmp_path / "a.docx"), str(tmp_path / "b/cv.pdf")]
    assert sources[-1] == f"{tmp_path / 'people.jsonl.gz'}, line 1"


def test_an_archive_holds_what_a_folder_does(tmp_path: Path) -> None:
    archive = tmp_path / "all.ZIP"
    archive.write_bytes(packed({**FILES, "__MACOSX/a.docx": b"x"}))
    documents = collect([archive]).documents
    assert {document.id: document.text for document in documents} == TEXTS
    assert documents[0].source == f"{archive}/a.docx"


def test_archives_in_archives_and_folders_have_their_path_in_the_id(tmp_path: Path) -> None:
    inner = packed({"cv.txt": b"inner"})
    laid_out(tmp_path, {"more.zip": packed({"in.zip": inner, "cv.txt": b"outer"})})
    documents = collect([tmp_path]).documents
    assert [(document.id, document.text) for document in documents] == [
        ("more.zip/cv.txt", "outer"),
        ("more.zip/in.zip/cv.txt", "inner"),
    ]
    assert [d.id for d in collect([tmp_path / "more.zip"]).documents] == ["cv.txt", "in.zip/cv.txt"]


def test_files_are_called_by_their_names_and_twins_by_their_paths(tmp_path: Path) -> None:
    laid_out(tmp_path, {"x/cv.txt": b"x", "y/cv.txt": b"y", "z.txt": b"z"})
    paths = [tmp_path / "x/cv.txt", tmp_path / "y/cv.txt", tmp_path / "z.txt"]
    ids = [document.id for document in collect(paths).documents]
    assert ids == [paths[0].as_posix(), paths[1].as_posix(), "z.txt"]


def test_a_file_given_twice_and_a_record_with_an_old_id_are_told(tmp_path: Path) -> None:
    records = lines(
        {"id": "a", "text": "first"}, {"id": "b", "text": "x"}, {"id": "a", "text": "y"}
    )
    laid_out(tmp_path, {"r.jsonl": records, "cv.txt": b"x"})
    collection = collect([tmp_path / "r.jsonl", tmp_path / "cv.txt", tmp_path / "cv.txt"])
    assert [document.text for document in collection.documents] == ["first", "x", "x"]
    assert [unread.file for unread in collection.unread] == [
        f"{tmp_path / 'r.jsonl'}, line 3",
        str(tmp_path / "cv.txt"),
    ]
    assert all("id of another document" in unread.reason for unread in collection.unread)


def test_what_cannot_be_read_is_listed_and_stops_nothing(tmp_path: Path) -> None:
    laid_out(
        tmp_path,
        {
            "a.pdf": b"%PDF-1.4 broken",
            "b.docx": DOCX,
            "c.xlsx": b"x",
            "d.zip": b"PK\x03\x04 broken",
            "e.txt": b"",
            "f.txt": b"fine",
        },
    )
    collection = collect([tmp_path, tmp_path / "missing.pdf"])
    assert [document.id for document in collection.documents] == ["b.docx", "f.txt"]
    reasons = {Path(unread.file).name: unread.reason for unread in collection.unread}
    assert list(reasons) == ["a.pdf", "c.xlsx", "d.zip", "e.txt", "missing.pdf"]
    assert reasons["a.pdf"] == "damaged or cut short: save it or download it again"
    assert reasons["missing.pdf"] == "not there: check the path"


def test_an_empty_folder_is_told(tmp_path: Path) -> None:
    assert collect([tmp_path]).unread == (
        Unread(str(tmp_path), "a folder without files: check the path"),
    )


def test_a_file_that_may_not_be_opened_is_told(tmp_path: Path) -> None:
    (tmp_path / "loop.txt").symlink_to(tmp_path / "loop.txt")
    (unread,) = collect([tmp_path / "loop.txt"]).unread
    assert unread.reason.startswith("cannot be opened: ")


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        (b"{nonsense", "not JSON in UTF-8"),
        (b"\xff\xfe", "not JSON in UTF-8"),
        (b"[" * 100_000, "not JSON in UTF-8"),
        (b"[1]", "not an object"),
        (b'{"text": "x"}', '"id" is not a text'),
        (b'{"id": 7, "text": "x"}', '"id" is not a text'),
        (b'{"id": "b"}', '"text" is not a text'),
        (b'{"id": "b", "text": null}', '"text" is not a text'),
        (b'{"id": "b", "text": "x", "title": 1}', '"title" is not a text'),
        (b'{"id": "b", "text": " "}', "no text that a reader would see"),
    ],
)
def test_a_bad_line_is_told_by_its_number(tmp_path: Path, line: bytes, reason: str) -> None:
    good = lines({"id": "a", "text": "x"}), lines({"id": "c", "text": "x"})
    laid_out(tmp_path, {"r.jsonl": b"\n".join((good[0], b"", line, good[1]))})
    collection = collect([tmp_path / "r.jsonl"])
    assert [document.id for document in collection.documents] == ["a", "c"]
    (unread,) = collection.unread
    assert unread.file == f"{tmp_path / 'r.jsonl'}, line 3"
    assert reason in unread.reason


def test_a_file_of_records_that_is_cut_short_keeps_what_came_before(tmp_path: Path) -> None:
    records = [{"id": str(i), "text": f"text {i * i}"} for i in range(9_000)]
    laid_out(tmp_path, {"r.jsonl.gz": gzip.compress(lines(*records))[:-3_000]})
    collection = collect([tmp_path / "r.jsonl.gz"])
    assert 0 < len(collection.documents) < 9_000
    (unread,) = collection.unread
    assert unread.reason.startswith("damaged or cut short")


BOMB = packed({"zeros.txt": bytes(30_000_000)})


@pytest.mark.parametrize(
    ("limits", "content", "reason"),
    [
        (Limits(), BOMB, "as a zip bomb does: leave it out"),
        (Limits(expanded_bytes=20_000_000), BOMB, "unpacks to more than 19 MiB, as a zip bomb"),
        (Limits(members=2), packed(dict.fromkeys("abc", b"x")), "more than 2 files"),
        (Limits(members=0), packed({"a.txt": b"x"}), "more than 0 files"),
        (
            Limits(depth=1),
            packed({"in.zip": packed({"cv.txt": b"x"})}),
            "nested deeper than 1 archives",
        ),
        (Limits(file_bytes=10), packed({"cv.txt": b"x" * 11}), "unpacks to more than 0 MiB"),
    ],
)
def test_archives_have_limits(tmp_path: Path, limits: Limits, content: bytes, reason: str) -> None:
    laid_out(tmp_path, {"a.zip": content})
    collection = collect([tmp_path / "a.zip"], limits=limits)
    assert collection.documents == ()
    assert reason in collection.unread[0].reason


def test_the_limit_on_what_an_archive_holds_counts_those_within_it(tmp_path: Path) -> None:
    inner = packed({"cv.txt": b"x" * 600})
    laid_out(tmp_path, {"a.zip": packed({f"{i}.zip": inner for i in range(3)})})
    collection = collect([tmp_path / "a.zip"], limits=Limits(expanded_bytes=2_000))
    assert [document.id for document in collection.documents] == ["0.zip/cv.txt", "1.zip/cv.txt"]
    assert "unpacks to more than" in collection.unread[0].reason


def test_a_protected_file_in_an_archive_is_told(tmp_path: Path) -> None:
    content = bytearray(packed({"cv.txt": b"x"}))
    content[6] |= 1  # the flag of encryption, in the member's header and in the directory
    content[content.rindex(b"PK\x01\x02") + 8] |= 1
    laid_out(tmp_path, {"a.zip": bytes(content)})
    (unread,) = collect([tmp_path / "a.zip"]).unread
    assert unread.reason == "protected with a password: save a copy without it"


@pytest.mark.parametrize(
    ("limits", "reason"),
    [
        (Limits(expanded_bytes=100), "larger than 0 MiB once unpacked"),
        (Limits(file_bytes=20), "a line longer than 0 MiB"),
    ],
)
def test_files_of_records_have_limits(tmp_path: Path, limits: Limits, reason: str) -> None:
    records = [{"id": str(i), "text": "x" * 10} for i in range(9)]
    laid_out(tmp_path, {"r.jsonl": lines(*records)})
    assert reason in collect([tmp_path / "r.jsonl"], limits=limits).unread[0].reason


def test_read_returns_the_one_document(tmp_path: Path) -> None:
    laid_out(tmp_path, {"cv.docx": DOCX, "r.jsonl": lines({"id": "a", "text": "x"})})
    document = read(tmp_path / "cv.docx")
    assert (document.id, document.text) == ("cv.docx", "Mira Okafor")
    assert document.source == str(tmp_path / "cv.docx")
    assert read(str(tmp_path / "r.jsonl")).id == "a"


def test_read_refuses_what_is_not_one_document(tmp_path: Path) -> None:
    laid_out(tmp_path, {"a.txt": b"x", "b.txt": b"y", "c.pdf": b"%PDF-"})
    with pytest.raises(DocumentError, match=r"missing\.txt: not there: check the path"):
        read(tmp_path / "missing.txt")
    with pytest.raises(DocumentError, match=r"c\.pdf: damaged or cut short"):
        read(tmp_path / "c.pdf")
    (tmp_path / "c.pdf").unlink()
    with pytest.raises(DocumentError, match="2 documents: name a single one"):
        read(tmp_path)


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (b"Mira\n", [("-", "Mira\n")]),
        (DOCX, [("-", "Mira Okafor")]),
        (b"<html><p>Mira", [("-", "Mira")]),
        (lines({"id": "a", "text": "x"}, {"id": "b", "text": "y"}), [("a", "x"), ("b", "y")]),
    ],
)
def test_standard_input_is_told_by_its_content(
    monkeypatch: pytest.MonkeyPatch, data: bytes, expected: list[tuple[str, str]]
) -> None:
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(data)))
    assert [(document.id, document.text) for document in collect(["-"]).documents] == expected


def test_a_slow_file_is_given_up_and_the_others_are_read(tmp_path: Path) -> None:
    slow = b"<style>" + b"p p p p p p p p p{color:red}" * 12_000 + b"</style>" + b"<p>" * 12_000
    laid_out(tmp_path, {"slow.html": slow + b"x", "z.docx": DOCX})
    collection = collect([tmp_path], limits=Limits(seconds=2))
    assert [document.id for document in collection.documents] == ["z.docx"]
    (unread,) = collection.unread
    assert unread.reason.startswith("takes longer than 2 seconds to read")


def test_a_file_that_takes_all_memory_costs_only_itself(tmp_path: Path) -> None:
    laid_out(tmp_path, {"a.html": b"<b>x</b>" * 1_000_000, "b.docx": DOCX})
    collection = collect([tmp_path], limits=Limits(memory_bytes=200_000_000))
    assert [document.id for document in collection.documents] == ["b.docx"]
    (unread,) = collection.unread
    assert unread.reason.startswith("its parser crashed or ran out of memory")


def test_documents_are_read_from_several_threads(tmp_path: Path) -> None:
    laid_out(tmp_path, {"cv.pdf": pdf(resume)})
    with ThreadPoolExecutor(3) as pool:
        documents = list(pool.map(read, [tmp_path / "cv.pdf"] * 3))
    assert [document.text for document in documents] == [SEEN] * 3


def test_a_script_needs_no_guard(tmp_path: Path) -> None:
    laid_out(tmp_path, {"cv.docx": DOCX})
    script = tmp_path / "script.py"
    script.write_text("from shortlist import read\nprint(read('cv.docx').text)\n")
    done = subprocess.run(
        [sys.executable, script], cwd=tmp_path, capture_output=True, text=True, check=True
    )
    assert (done.stdout, done.stderr) == ("Mira Okafor\n", "")


def test_text_alone_starts_no_process(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("a process was started")

    monkeypatch.setattr(subprocess, "Popen", refuse)
    laid_out(tmp_path, {name: FILES[name] for name in ("c.txt", "f.json", "people.jsonl")})
    assert len(collect([tmp_path]).documents) == 4
