"""Swaps change one thing and nothing else."""

from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from shortlist.audit.swaps import (
    WHOLE_SCHOOL,
    Change,
    Swap,
    check,
    graduation_year_swaps,
    hidden_as,
    name_swaps,
    pronoun_swaps,
    read_list,
    school_inserted,
    school_removed,
    school_swaps,
    swap,
)
from shortlist.errors import DataError
from shortlist.records import Document, Span

RESUME = Document("ada", "Ada Quill\nBSc, Yale University, 2011\nPython and Go since 2015\n")
PLAIN = Document("bo", "Wrote the timetable of a small railway.")


def find(*words: str):
    """A finder of these words."""

    def spans(document: Document) -> Sequence[Span]:
        starts = [(document.text.find(word), word) for word in words]
        return sorted(
            (Span(at, at + len(word), "found") for at, word in starts if at >= 0),
            key=lambda span: span.start,
        )

    return spans


def outside(one: Swap) -> tuple[str, str]:
    """Both versions without what was swapped."""
    before, after, shift = one.before.text, one.after.text, 0
    kept_before, kept_after, at, there = "", "", 0, 0
    for change in one.changes:
        kept_before += before[at : change.start]
        kept_after += after[there : change.start + shift]
        at = change.start + len(change.old)
        there = change.start + shift + len(change.new)
        shift += len(change.new) - len(change.old)
    return kept_before + before[at:], kept_after + after[there:]


def all_swaps(resume: Document) -> list[Swap]:
    schools, names = find("Yale University"), find("Ada Quill")
    return [
        *school_swaps([resume], schools),
        *school_removed([resume], schools),
        *school_inserted([resume]),
        *name_swaps([resume], find=names),
        *pronoun_swaps([resume]),
        *graduation_year_swaps([resume]),
    ]


@pytest.mark.parametrize("resume", [RESUME, PLAIN], ids=["stated", "silent"])
def test_the_versions_are_the_same_outside_the_swap(resume: Document) -> None:
    made = all_swaps(resume)
    check(made)
    for one in made:
        kept = outside(one)
        assert kept[0] == kept[1], one.kind
        assert one.before.text != one.after.text or one.changes[0].old == one.changes[0].new
        assert one.before.id == one.after.id == resume.id


def test_a_school_gives_way_to_one_of_the_other_tier() -> None:
    (one,) = school_swaps([RESUME], find("Yale University"))
    assert one.kind == "school: other for top"
    assert one.changes[0].new in read_list_of_schools()["other"]
    (back,) = school_swaps([Document("x", "BSc, Hill College, 2011")], find("Hill College"))
    assert back.kind == "school: top for other"
    assert back.changes[0].new in read_list_of_schools()["top"]


def read_list_of_schools() -> dict[str, list[str]]:
    from shortlist.audit import swaps

    return dict(read_list(Path(swaps.__file__).parent / "lexicons" / "schools.csv"))


def test_a_name_is_replaced_where_it_stands_and_else_put_first() -> None:
    stated = name_swaps([RESUME], find=find("Ada Quill"))
    assert all(s.changes[0].start == 0 and "Ada Quill" not in s.before.text for s in stated)
    silent = name_swaps([PLAIN])
    assert all(s.before.text.endswith(PLAIN.text) for s in silent)


def test_the_names_of_others_stay() -> None:
    letter = Document("x", "Ada Quill\nI am Ada.\nReference: Una Moor")
    made = name_swaps([letter], find=find("Ada Quill", "Una Moor"))
    assert all("Una Moor" in s.before.text and "Una Moor" in s.after.text for s in made)


def test_what_the_masking_policy_hides_can_be_swapped() -> None:
    (one,) = school_swaps([RESUME], hidden_as("school", WHOLE_SCHOOL))
    assert [change.old for change in one.changes] == ["Yale University"]


def test_every_group_is_compared_with_the_first_and_the_first_with_itself() -> None:
    made = name_swaps([PLAIN])
    assert len(made) == 8
    first = made[0]
    assert first.kind == "name: another White female"
    assert first.changes[0].old != first.changes[0].new


def test_only_years_beside_studies_move() -> None:
    (one,) = graduation_year_swaps([RESUME])
    assert [(c.old, c.new) for c in one.changes] == [("2011", "1991")]
    assert "since 2015" in one.after.text


def test_adding_a_line_has_the_resume_itself_as_one_version() -> None:
    added = [
        s for s in school_inserted([RESUME]) if s.kind.endswith("added") and "for" not in s.kind
    ]
    assert {s.kind for s in added} == {"school: top added", "school: other added"}
    assert all(s.before == RESUME for s in added)


def test_the_same_seed_makes_the_same_swaps() -> None:
    assert name_swaps([RESUME, PLAIN], seed=4) == name_swaps([RESUME, PLAIN], seed=4)
    assert name_swaps([RESUME, PLAIN], seed=4) != name_swaps([RESUME, PLAIN], seed=5)


@settings(max_examples=50)
@given(st.text(max_size=40), st.integers(0, 40), st.integers(0, 10), st.text(max_size=10))
def test_any_single_change_keeps_the_rest(text: str, start: int, length: int, new: str) -> None:
    start = min(start, len(text))
    old = text[start : start + length]
    one = swap("any", Document("x", text), [Change(start, old, new)])
    assert one.after.text == text[:start] + new + text[start + len(old) :]


def test_a_pair_that_differs_elsewhere_is_refused() -> None:
    one = swap("school: top for other", RESUME, [Change(15, "Yale", "Hill")])
    reshuffled = Swap(one.kind, one.before, Document("ada", one.after.text[::-1]), one.changes)
    with pytest.raises(DataError, match="differ in more than the changes"):
        check([one, reshuffled])


@pytest.mark.parametrize(
    "changes",
    [[Change(0, "Eve", "Ada")], [Change(0, "Ada Q", "x"), Change(2, "a", "y")]],
    ids=["other text", "overlap"],
)
def test_changes_that_do_not_fit_are_refused(changes: list[Change]) -> None:
    with pytest.raises(DataError, match="does not fit"):
        swap("any", RESUME, changes)


def test_a_list_of_ones_own(tmp_path: Path) -> None:
    path = tmp_path / "names.csv"
    path.write_text("name,group\nUna Moor,here\nIda Fell,here\nOle Strand,there\n")
    made = name_swaps([PLAIN], names=read_list(path))
    assert [s.kind for s in made] == ["name: another here", "name: there"]


@pytest.mark.parametrize(
    "content, message",
    [
        ("name,group\nUna,\n", ":2: a row needs a name and a group"),
        ("name,group\n", "no row"),
        ("first,last\na,b\n", ":1: the header must name name,group"),
    ],
)
def test_a_broken_list_is_refused(tmp_path: Path, content: str, message: str) -> None:
    path = tmp_path / "names.csv"
    path.write_text(content)
    with pytest.raises(DataError, match=message):
        read_list(path)


def test_a_list_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(DataError, match="no such file"):
        read_list(tmp_path / "none.csv")


def test_the_control_needs_two_names() -> None:
    with pytest.raises(DataError, match="needs two"):
        name_swaps([PLAIN], names={"here": ["Una Moor"], "there": ["Ole Strand"]})
