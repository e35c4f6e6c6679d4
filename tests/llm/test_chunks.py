"""A long resume in parts."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from shortlist.llm.chunks import chunks

JOBS = "".join(f"- Packed order {i} for the depot in the harbour\n" for i in range(60))
RESUME = f"Mara Quill\n\nEXPERIENCE\n{JOBS}\nEDUCATION\nBSc Logistics\n\nSKILLS\nExcel, forklift\n"


def test_a_short_resume_is_one_part() -> None:
    (part,) = chunks("Mara Quill\n\nSKILLS\nExcel\n")
    assert (part.start, part.end) == (0, 25)


def test_sections_that_fit_stay_whole() -> None:
    parts = [RESUME[p.start : p.end] for p in chunks(RESUME, size=1000, overlap=100)]
    assert "EDUCATION\nBSc Logistics\n\nSKILLS\nExcel, forklift" in parts[-1]
    assert all(part.endswith("\n") for part in parts)


def test_a_cut_section_repeats_its_last_lines() -> None:
    parts = chunks(RESUME, size=1000, overlap=100)
    within = [(a, b) for a, b in pairwise(parts) if b.start < a.end]
    assert within, "a section of 60 lines is cut"
    assert all(0 < a.end - b.start <= 100 for a, b in within)
    assert all(RESUME[b.start - 1] == "\n" for _, b in within)


@given(st.text(alphabet="ab \n", max_size=400), st.integers(20, 60))
def test_every_word_stands_in_a_part_and_no_part_is_too_long(text: str, size: int) -> None:
    parts = chunks(text, size=size, overlap=8)
    covered = {i for part in parts for i in range(part.start, part.end)}
    assert all(i in covered for i, char in enumerate(text) if char.strip())
    assert all(part.end - part.start <= size for part in parts)
