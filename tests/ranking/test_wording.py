"""Words as numbers: what a block finds is what stands in the passages."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from shortlist.ranking import Candidate, Passage, asked_for, wording
from shortlist.ranking.candidates import Block
from shortlist.ranking.wording import mark
from shortlist.ranking.words import terms, words
from shortlist.records import Document

WORDS = ("Welding", "welding", "Go", "go", "R", "crane", "cranes", "ß", "\u65e5\u672c", "\ud800x")
PASSAGE = st.lists(st.sampled_from(WORDS), max_size=5).map(" ".join)


def candidate(passages: list[str]) -> Candidate:
    places = tuple(Passage(0, 0, None) for _ in passages)
    vectors = np.zeros((len(passages), 2), np.float32)
    return Candidate(
        Document("a", ""), places, vectors, np.zeros(2, np.float32), wording(passages), None
    )


@given(
    st.lists(st.lists(PASSAGE, max_size=4), min_size=1, max_size=4),
    st.lists(st.sampled_from(WORDS), min_size=1, max_size=3),
)
def test_a_block_finds_the_passages_that_hold_a_word(
    resumes: list[list[str]], asked: list[str]
) -> None:
    block = Block([candidate(passages) for passages in resumes])
    sought = {word for text in asked for word in words(text)}
    flat = [passage for passages in resumes for passage in passages]
    expected = [n for n, passage in enumerate(flat) if sought & set(words(passage))]
    if sought:
        assert block.holding(map(mark, sought)).tolist() == expected


def test_what_a_requirement_asks_for_keeps_its_weights() -> None:
    said = "Scala or Java, and Kubernetes"
    assert list(asked_for(said).values()) == list(terms(said).values())
    assert (mark("scala"), mark("java")) in asked_for(said)


def test_a_mark_is_the_same_in_every_process() -> None:
    assert mark("welding") == 0xBC3A517068685103
