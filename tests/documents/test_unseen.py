"""Characters without a shape are dropped, tricks with them are told, and so are look-alikes."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shortlist.documents.unseen import revealed


@pytest.mark.parametrize(
    ("text", "shown", "told"),
    [
        ("Py\u200bthon", "Python", "Python"),
        ("Py\u2060th\u200con, Go", "Python, Go", "Python,"),
        ("Go\U000e0048\U000e0069", "Go", "Hi"),
        ("👍\U000e0158\U000e0159", "👍", "hi"),
        ("Go" + "\u200b\u200c" * 20, "Go", ""),
        ("reports \u202eevol\u202c", "reports evol", ""),
    ],
)
def test_tricks_are_told(text: str, shown: str, told: str) -> None:
    content = revealed(text)
    assert content.text == shown
    (finding,) = content.findings
    assert (finding.kind, finding.text) == ("hidden text", told)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Go \u200band SQL", "Go and SQL"),
        ("soft\u00adware", "software"),
        ("\ufeffMira", "Mira"),
        ("line\x0b\x0cnext\x1b[31m", "line\x0b\x0cnext[31m"),
        ("MartÃ\u200bnez", "MartÃnez"),
        ("+44\u202d 113\u202c", "+44 113"),
    ],
)
def test_stray_marks_are_dropped_without_a_word(text: str, shown: str) -> None:
    content = revealed(text)
    assert content.text == shown
    assert content.findings == ()


@pytest.mark.parametrize(
    "text",
    [
        "👩\u200d💻 ❤\ufe0f 1\ufe0f\u20e3",
        "🏴\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f",
        "می\u200cخواهم",
        "क्\u200dष",
        "\u200fשלום Python\u200e",
        "葛\U000e0100飾",
        "TNFα, 10 μm, 4 kΩ, β-test",
        "Москва, C++ и Go",
        "ＡＷＳ",
        "naïve Ångström",
    ],
)
def test_text_that_needs_such_characters_keeps_them(text: str) -> None:
    content = revealed(text)
    assert content.text == text
    assert content.findings == ()


@pytest.mark.parametrize(
    ("text", "shown", "told"),
    [
        ("P\u0443th\u043en and Go", "Python and Go", "Python"),
        ("Dоcker Κubernetes", "Docker Kubernetes", "Docker Kubernetes"),
        ("Mосква", "Москва", "Москва"),
        ("𝗣𝘆𝘁𝗵𝗼𝗻 𝟯", "Python 3", "Python"),
    ],
)
def test_look_alikes_are_read_as_what_they_look_like(text: str, shown: str, told: str) -> None:
    content = revealed(text)
    assert content.text == shown
    (finding,) = content.findings
    assert (finding.kind, finding.text) == ("look-alike letters", told)


@given(st.text())
def test_what_is_shown_stays_as_it_is(text: str) -> None:
    shown = revealed(text)
    again = revealed(shown.text)
    assert again.text == shown.text
    assert again.findings == ()


@given(st.text(st.characters(codec="latin-1", exclude_categories=["Cc", "Cf"])))
def test_ordinary_letters_are_never_touched(text: str) -> None:
    assert revealed(text).text == text
    assert revealed(text).findings == ()
