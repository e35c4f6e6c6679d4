"""Text in any common encoding is read, exactly as it stands."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shortlist.documents import parse
from shortlist.documents.plain import decoded
from shortlist.errors import DocumentError

GERMAN = "Jürgen Müller, Straße 5, Köln. Für Qualität und Prüfung zuständig."
SPANISH = "José Núñez, ingeniero de diseño. Educación: informática, León, España."
RUSSIAN = "Опыт работы: инженер-программист, Москва. Образование высшее, техническое."
CHINESE = "工作经验：软件工程师，负责后端开发和数据库优化。教育背景：计算机科学学士学位。"


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        *((GERMAN, name) for name in ("utf-8", "utf-8-sig", "cp1252", "utf-16", "utf-32")),
        *((GERMAN, name) for name in ("utf-16-le", "utf-16-be")),
        (SPANISH, "cp1252"),
        (RUSSIAN, "cp1251"),
        (RUSSIAN, "koi8-r"),
        (CHINESE, "gb18030"),
        ("Zoë", "cp1252"),
        ("“Café” – 5 €", "cp1252"),
    ],
)
def test_encodings_are_told_apart(text: str, encoding: str) -> None:
    assert decoded(text.encode(encoding)) == text


def test_a_few_damaged_characters_do_not_cost_the_rest() -> None:
    data = GERMAN.encode() + b" \xff."
    assert decoded(data) == GERMAN + " \ufffd."


@given(st.text(st.characters(codec="utf-8", exclude_categories=["C"]), min_size=1))
def test_text_is_read_as_path_read_text_reads_it(text: str) -> None:
    with_breaks = f"Mira\r\n{text}\r\n\r end \n"
    expected = with_breaks.replace("\r\n", "\n").replace("\r", "\n")
    assert decoded(with_breaks.encode()) == expected


def test_nothing_of_a_text_is_stripped_or_reflowed() -> None:
    text = "  Mira\tOkafor \n\n\n   a\fb  \n"
    assert parse(text.encode(), ".txt", "cv.txt").text == text


@pytest.mark.parametrize(
    "data", [b"Mira\0\0Okafor\0\x01", bytes(range(256)) * 4, b"\x01\x02\x03ab"]
)
def test_binary_data_is_an_error(data: bytes) -> None:
    with pytest.raises(DocumentError, match="binary data and no text"):
        parse(data, ".txt", "cv.txt")


def test_damaged_utf_16_is_an_error() -> None:
    with pytest.raises(DocumentError, match="damaged UTF-16 text"):
        parse("Mira".encode("utf-16") + b"\xd8", ".txt", "cv.txt")


def test_joined_and_wide_letters_are_ordinary_ones() -> None:
    document = parse("Mira Oka\ufb01or, \uff30\uff59\uff14".encode(), ".txt", "cv.txt")
    assert document.text == "Mira Okafior, Py4"
    assert document.findings == ()
