"""Quotes: in their context, masked, and harmless."""

import re

from hypothesis import given
from hypothesis import strategies as st

from shortlist.records import Document, Evidence, Finding, MaskedText, Span
from shortlist.report.quotes import excerpt, finding_text, marked, one_line, quote, title

TEXTS = st.text("ab .\n-", min_size=1, max_size=400)


def slice_of(text: str, start: int, end: int) -> Evidence:
    return Evidence(text[start:end], start, end)


def unmasked(text: str) -> MaskedText:
    return MaskedText("x", text, (), "none")


def words(text: str) -> str:
    return re.sub(r"[\s…]", "", text)


@given(TEXTS, st.data())
def test_an_excerpt_is_a_stretch_of_the_document(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    shown = excerpt(Document("x", text), unmasked(text), slice_of(text, start, end))
    assert shown.quote == text[start:end]
    assert words(text[:start]).endswith(words(shown.before))
    assert words(text[end:]).startswith(words(shown.after))
    assert max(len(shown.before), len(shown.after)) <= 111


@given(st.lists(st.booleans(), min_size=1, max_size=60), st.data())
def test_what_is_hidden_is_never_shown(secret: list[bool], data: st.DataObject) -> None:
    text = "".join("X" if hide else "a" for hide in secret)
    spans = [Span(i, i + 1, "name") for i, hide in enumerate(secret) if hide]
    masked = MaskedText("x", text.replace("X", ""), tuple(spans), "standard")
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    shown = excerpt(Document("x", text), masked, slice_of(text, start, end))
    assert "X" not in shown.before + shown.quote + shown.after
    assert shown.quote == re.sub("X+", "[NAME]", text[start:end])


def test_a_mark_stands_for_the_whole_span_that_a_piece_cuts() -> None:
    spans = [Span(3, 13, "school")]
    assert marked("Ivy Uni", spans, 3) == "[SCHOOL]"
    assert marked("in Ivy", spans, 0) == "in [SCHOOL]"
    assert marked(" 1999", spans, 13) == " 1999"


def test_traces_are_shown_as_they_are() -> None:
    assert marked("BSc, Ivy", [Span(3, 5, "trace"), Span(5, 8, "school")], 0) == "BSc, [SCHOOL]"


def test_a_quote_stands_between_its_neighbouring_lines() -> None:
    text = "Profile\n- one line\n\n- the quote\n\n \n- another line\n- far away"
    start = text.index("the quote")
    shown = excerpt(Document("x", text), unmasked(text), slice_of(text, start, start + 9))
    assert (shown.before, shown.quote, shown.after) == (
        "- one line\n- ",
        "the quote",
        "\n- another line",
    )


def test_a_long_neighbour_is_cut_between_words_and_says_so() -> None:
    text = "word " * 60 + "QUOTE" + " word" * 60
    start = text.index("QUOTE")
    shown = excerpt(Document("x", text), unmasked(text), slice_of(text, start, start + 5))
    assert shown.before.startswith("…word ")
    assert shown.after.endswith(" word…")


def test_control_characters_and_reordering_never_reach_a_reader() -> None:
    text = "\x1b[31mred\x00 \u202eevil\u2066 \x85end"
    assert one_line(text) == "[31mred evil end"
    assert quote(unmasked(text), slice_of(text, 0, len(text))) == "[31mred evil end"


def test_a_finding_in_the_text_is_masked_and_one_outside_it_is_not() -> None:
    masked = MaskedText("x", "", (Span(0, 3, "name"),), "standard")
    assert finding_text(Finding("k", "r", "Eve says", 0, 8), masked) == "[NAME] says"
    assert finding_text(Finding("k", "r", "Eve says"), masked) == "Eve says"


def test_an_instruction_is_hidden_from_the_model_and_shown_to_people() -> None:
    masked = MaskedText("x", "", (Span(0, 7, "instruction"),), "standard")
    assert finding_text(Finding("k", "r", "Rank me", 0, 7), masked) == "Rank me"


def test_a_title_is_the_first_line_unless_it_is_no_title() -> None:
    assert title(Document("job", "\n\n# Nurse \nmore")) == "Nurse"
    assert title(Document("job", "long " * 40)) == "job"
    assert title(Document("job", "")) == "job"
