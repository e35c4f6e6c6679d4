"""Same and nearly same texts are found, and no others."""

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from shortlist.dataset.duplicates import fingerprint, near_duplicates, same_texts


def words(seed: int, n: int = 300) -> list[str]:
    rng = random.Random(seed)
    return [f"word{rng.randrange(3000)}" for _ in range(n)]


def test_white_space_and_unicode_form_do_not_make_a_difference() -> None:
    assert fingerprint("Caf\u00e9  au\nlait ") == fingerprint("Cafe\u0301 au lait")
    assert fingerprint("one two") != fingerprint("onetwo")
    assert fingerprint("One") != fingerprint("one")


def test_same_texts() -> None:
    assert same_texts({"a": "x y", "b": "x  y", "c": "x"}) == [["a", "b"]]


def test_a_few_changed_words_leave_a_near_duplicate() -> None:
    original = words(1)
    changed = original.copy()
    for place in (20, 150, 270):
        changed[place] = "changed"
    texts = {"a": " ".join(original), "b": " ".join(changed), "c": " ".join(words(2))}
    assert near_duplicates(texts) == [["a", "b"]]


def test_half_a_text_in_common_is_no_near_duplicate() -> None:
    shared = words(3, 150)
    texts = {"a": " ".join(shared + words(4, 150)), "b": " ".join(shared + words(5, 150))}
    assert near_duplicates(texts) == []


def test_being_near_carries_over() -> None:
    steps = [words(6)]
    for place in (10, 90, 170, 250):
        after = steps[-1].copy()
        after[place : place + 3] = ["other"] * 3
        steps.append(after)
    found = near_duplicates({str(i): " ".join(step) for i, step in enumerate(steps)})
    assert found == [["0", "1", "2", "3", "4"]]


def test_many_copies_are_one_group() -> None:
    copies = {f"c{i}": " ".join(words(7)) for i in range(120)}
    others = {f"o{i}": " ".join(words(100 + i)) for i in range(20)}
    assert near_duplicates({**others, **copies}) == [list(copies)]


def test_texts_shorter_than_a_run_and_empty_ones() -> None:
    texts = {"a": "one two", "b": "One, two!", "c": "one", "d": "", "e": " - "}
    assert near_duplicates(texts) == [["a", "b"]]


@settings(max_examples=30, deadline=None)
@given(st.lists(st.text(alphabet="ab ", max_size=12), max_size=8), st.randoms())
def test_the_order_of_texts_does_not_matter(texts: list[str], rng: random.Random) -> None:
    named = {str(i): text for i, text in enumerate(texts)}
    order = list(named)
    rng.shuffle(order)
    one = {frozenset(group) for group in near_duplicates(named)}
    other = {frozenset(group) for group in near_duplicates({name: named[name] for name in order})}
    assert one == other


@pytest.mark.parametrize("changed, near", [(2, True), (40, False)])
def test_the_bound_is_the_share_of_runs_of_five_words(changed: int, near: bool) -> None:
    """Each changed word breaks five runs of 396: 2 leave 0.95 in common, 40 leave 0.33."""
    original = words(8, 400)
    other = original.copy()
    for i in range(changed):
        other[10 * i] = f"new{i}"
    found = near_duplicates({"a": " ".join(original), "b": " ".join(other)})
    assert bool(found) is near
