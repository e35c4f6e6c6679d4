"""Where long texts are cut."""

import re

from hypothesis import given
from hypothesis import strategies as st

from shortlist.encoding.chunks import cut

pieces = st.lists(
    st.tuples(
        st.text("abc", min_size=1, max_size=5), st.sampled_from(["", " ", ". ", "\n", "\n\n"])
    ),
    max_size=80,
)


def tokens(text: str) -> list[tuple[int, int]]:
    """Words, cut again into letters `a` and runs without one, and single other characters."""
    return [found.span() for found in re.finditer(r"a|[bc]+|[^\sabc]", text)]


def cuts(text: str, size: int) -> list[str]:
    """The texts of the chunks."""
    offsets = tokens(text)
    found = [offsets[part] for part in cut(text, offsets, size=size)]
    return [text[part[0][0] : part[-1][1]] for part in found if part]


@given(pieces, st.integers(2, 30))
def test_chunks_hold_every_token_once_in_order_and_are_short_enough(
    parts: list[tuple[str, str]], size: int
) -> None:
    text = "".join(word + gap for word, gap in parts)
    offsets = tokens(text)
    chunks = [offsets[part] for part in cut(text, offsets, size=size)]
    assert [token for chunk in chunks for token in chunk] == offsets
    assert all(len(chunk) <= size for chunk in chunks)
    assert all(chunks) or chunks == [[]]
    assert all(len(chunk) > size // 2 for chunk in chunks[:-1])


@given(st.lists(st.text("bc", min_size=1, max_size=9), max_size=80), st.integers(2, 20))
def test_words_are_not_torn(words: list[str], size: int) -> None:
    assert " ".join(cuts(" ".join(words), size)) == " ".join(words)


def test_a_blank_line_is_better_than_a_line_a_sentence_and_a_word() -> None:
    assert cuts("b b b b\n\nb b\nb b. b b b", 10) == ["b b b b\n\nb b"[:13], "b b. b b b"]
    assert cuts("b b b b b\n\nb\nb. b b b", 8) == ["b b b b b", "b\nb. b b b"]
    assert cuts("b b b b b\nb. b b b", 8) == ["b b b b b", "b. b b b"]
    assert cuts("b b b b b. b b b b", 8) == ["b b b b b.", "b b b b"]
    assert cuts('b b b b "b b." b b b b', 10) == ['b b b b "b b."', "b b b b"]
    assert cuts("b b b b b b b b b", 8) == ["b b b b b b b b", "b"]


def test_a_cut_in_the_first_half_would_leave_a_chunk_half_empty() -> None:
    assert cuts("b b\n\nb b b b b b b b", 8) == ["b b\n\nb b b b b b", "b b"]


def test_a_word_longer_than_a_chunk_is_torn_and_kept_whole_otherwise() -> None:
    assert cuts("b " + "a" * 25, 10) == ["b " + "a" * 9, "a" * 10, "a" * 6]
    assert cuts("b b b b b b " + "a" * 5, 10) == ["b b b b b b", "aaaaa"]
