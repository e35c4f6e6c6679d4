"""Whatever is done to a file, `parse` returns a document or raises a DocumentError."""

import io
import zipfile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from documents.docxs import built, new, paragraph, saved, text_box
from documents.pdfs import pdf, resume, white_on_banner
from shortlist.documents import parse
from shortlist.errors import DocumentError


def whole_docx() -> bytes:
    document = new()
    document.sections[0].header.paragraphs[0].text = "Mira Okafor"
    document.add_paragraph("Built the billing service.", style="List Bullet")
    document.add_table(2, 2).cell(0, 0).text = "Python"
    return saved(document)


HTML = b"""<!doctype html><style>p.a{color:#fff;font-size:2px}@media screen{b{display:none}}</style>
<p class=a>Mira</p><table><tr><td>Leeds<td style="width:1px;overflow:hidden">x</table><ul><li>a"""
JSON = b'{"basics": {"name": "Mira", "profiles": [{"network": "x"}]}, "work": [{"name": "y"}]}'
MARKDOWN = b"# Mira\n\n- Leeds\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\n<b style='color:red'>x</b>"
SEEDS = {
    ".pdf": [pdf(resume), pdf(white_on_banner, resume)],
    ".docx": [whole_docx(), built(paragraph("Mira") + text_box(paragraph("Leeds")))],
    ".html": [HTML],
    ".md": [MARKDOWN],
    ".json": [JSON],
    ".txt": ["Mira Okafor, Zürich, Straße 5".encode(), "Mira".encode("utf-16")],
}
DAMAGE = st.lists(
    st.tuples(
        st.sampled_from(["change", "cut", "repeat", "end"]),
        st.floats(0, 1, exclude_max=True),
        st.binary(min_size=1, max_size=8),
    ),
    min_size=1,
    max_size=6,
)


def damaged(data: bytes, damage: list[tuple[str, float, bytes]]) -> bytes:
    for kind, place, what in damage:
        at = int(place * len(data))
        after = {
            "change": what + data[at + len(what) :],
            "cut": data[at + 40 * len(what) :],
            "repeat": data[at - 200 : at] * len(what) + data[at:],
            "end": b"",
        }
        data = data[:at] + after[kind]
    return data


def survives(data: bytes, suffix: str) -> None:
    try:
        document = parse(data, suffix, "cv")
    except DocumentError as error:
        assert str(error).startswith("cv: ")
        return
    assert document.text.strip()
    for finding in document.findings:
        assert finding.start is None or document.text[finding.start : finding.end] == finding.text


@pytest.mark.parametrize("suffix", SEEDS)
@settings(max_examples=60, deadline=None)
@given(data=st.data(), damage=DAMAGE)
def test_damaged_files(
    suffix: str, data: st.DataObject, damage: list[tuple[str, float, bytes]]
) -> None:
    seed = data.draw(st.sampled_from(SEEDS[suffix]))
    survives(damaged(seed, damage), suffix)


@settings(max_examples=60, deadline=None)
@given(damage=DAMAGE, part=st.sampled_from(["document", "styles", "numbering", "_rels/document"]))
def test_damaged_parts_of_word_documents(damage: list[tuple[str, float, bytes]], part: str) -> None:
    file = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(SEEDS[".docx"][0])) as old, zipfile.ZipFile(file, "w") as new:
        for name in old.namelist():
            content = old.read(name)
            new.writestr(name, damaged(content, damage) if part in name else content)
    survives(file.getvalue(), ".docx")


@pytest.mark.parametrize("suffix", ["", *SEEDS])
@settings(max_examples=25, deadline=None)
@given(data=st.binary(max_size=300))
def test_any_bytes(suffix: str, data: bytes) -> None:
    survives(data, suffix)
