"""Scores: hand-computed values, and what must not change them."""

from collections.abc import Sequence
from math import log
from random import Random

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from shortlist.encoding.sections import mean
from shortlist.ranking import (
    Asked,
    Candidate,
    Index,
    Opening,
    Passage,
    asked_for,
    opening,
    wording,
)
from shortlist.ranking.score import WEIGHTS
from shortlist.ranking.words import terms
from shortlist.records import Document, Finding, Match, Requirement

NEEDS = ("Welding steel", "Three years as a crane driver", "Norwegian or Danish")


def grid(values: Sequence[Sequence[float]]) -> np.ndarray:
    """Unit vectors on the grid of float16, as an encoder gives them."""
    rows = np.array(values, np.float64).reshape(len(values), -1)
    lengths = np.linalg.norm(rows, axis=1, keepdims=True)
    unit = rows / np.where(lengths, lengths, 1.0)
    return unit.astype(np.float16).astype(np.float32)


def job(needs: Sequence[str] = NEEDS, weights: Sequence[float] = (1, 1, 0.5)) -> Opening:
    asked = [
        Asked(
            Requirement(need, "must", weight, 0, len(need)),
            asked_for(need),
            3.0 if "years" in need else None,
        )
        for need, weight in zip(needs, weights, strict=True)
    ]
    vectors = grid(np.eye(4)[: len(needs)].tolist())
    return opening("job", asked, vectors, grid([[1, 1, 1, 0]])[0])


def resume(
    id: str,
    lines: Sequence[str],
    vectors: Sequence[Sequence[float]],
    years: Sequence[float | None] = (),
    total: float | None = None,
) -> Candidate:
    text = "\n".join(lines)
    starts = [text.index(line) for line in lines]
    shown = years or [None] * len(lines)
    passages = tuple(
        Passage(start, start + len(line), behind)
        for start, line, behind in zip(starts, lines, shown, strict=True)
    )
    rows = grid(vectors) if vectors else np.zeros((0, 4), np.float32)
    return Candidate(Document(id, text), passages, rows, mean(rows), wording(lines), total)


def only(opening: Opening, candidate: Candidate) -> Match:
    (match,) = Index.build([candidate]).search(opening).matches
    return match


def test_a_score_by_hand() -> None:
    welder = resume("a", ["Welding of steel hulls", "Drives a crane"], [[1, 0, 0, 0], [0, 1, 0, 0]])
    match = only(job(), welder)
    crane, driver = (terms("crane driver")[word,] for word in ("crane", "driver"))
    held = crane / (crane + driver)
    first, second, third = match.requirements
    # The vectors and the words agree in full.
    assert first.similarity == 1.0
    # So do the vectors here, but not all of the words; three quarters of the years are granted.
    assert second.similarity == round((0.7 + 0.3 * held) * (1 - 0.75 * 0.25), 4)
    assert third.similarity == 0.0
    requirements, words, whole = match.parts
    assert requirements.value == pytest.approx((1 + second.similarity) / 2.5, abs=1e-4)
    assert words.value == pytest.approx((1 + held) / 2.5, abs=1e-4)
    assert whole.value == pytest.approx(2 / np.sqrt(6), abs=1e-3)
    total = 0.5 * requirements.value + 0.1 * words.value + 0.4 * whole.value
    assert match.score == round(total, 6)


def test_only_a_long_resume_has_something_taken_off_for_chance() -> None:
    def value(passages: int) -> float:
        lines = ["Welding of steel hulls", *(f"Line {n}" for n in range(1, passages))]
        vectors = [[1.0, 0, 0, 0], *[[0, 0, 0, 1.0]] * (passages - 1)]
        return only(job(), resume("a", lines, vectors)).parts[0].value

    assert value(1) == value(20)
    assert value(60) == pytest.approx(value(20) - 0.05 * log(3), abs=1e-4)


def test_weights_add_up_to_one() -> None:
    assert sum(WEIGHTS.values()) == pytest.approx(1.0, abs=1e-12)
    assert all(weight == round(weight, 2) for weight in WEIGHTS.values())


def test_evidence_is_quoted_from_the_document() -> None:
    text = "Welding of steel hulls\nDrives a crane"
    welder = resume("a", text.split("\n"), [[1, 0, 0, 0], [0, 1, 0, 0]])
    first, second, third = only(job(), welder).requirements
    assert first.evidence is not None
    assert second.evidence is not None
    assert first.evidence.quote == "Welding of steel hulls"
    for evidence in (first.evidence, second.evidence):
        assert text[evidence.start : evidence.end] == evidence.quote
    assert third.status == "missing"
    assert third.evidence is None


@pytest.mark.parametrize(
    ("years", "total", "factor", "status"),
    [
        (5.0, 5.0, 1.0, "met"),
        (float("inf"), float("inf"), 1.0, "met"),
        (3.0, 3.0, 1.0, "met"),
        (1.5, 9.0, 0.625, "partly"),  # half of the years behind the passage
        (None, 9.0, 0.8125, "partly"),  # in no period: three quarters
        (None, 1.5, 0.53125, "partly"),  # and of no more years than the resume shows
        (None, None, 0.8125, "partly"),  # a resume without dates
    ],
)
def test_years_count_three_quarters(
    years: float | None, total: float | None, factor: float, status: str
) -> None:
    driver = resume("a", ["Crane driver"], [[0, 1, 0, 0]], [years], total)
    assessed = only(job(), driver).requirements[1]
    assert assessed.similarity == round(factor, 4)
    assert assessed.status == status


def test_one_of_several_alternatives_is_enough() -> None:
    for language in ("Norwegian", "Danish"):
        assessed = only(job(), resume("a", [language], [[0, 0, 1, 0]])).requirements[2]
        assert assessed.similarity == 1.0


def test_a_requirement_without_telling_words_rests_on_its_vector() -> None:
    needs = ("Ability to work well",)
    assessed = only(job(needs, (1,)), resume("a", ["Welding"], [[1, 0, 0, 0]])).requirements[0]
    assert assessed.similarity == 1.0


def test_filler_wins_nothing() -> None:
    filler = [f"Filler {number}" for number in range(40)]
    short = resume("short", ["Welding steel"], [[1, 0, 0, 0]])
    padded = resume("padded", ["Welding steel", *filler], [[1, 0, 0, 0]] + [[0, 0, 0, 1]] * 40)
    first, second = Index.build([padded, short]).search(job()).matches
    assert (first.resume, second.resume) == ("short", "padded")
    assert first.requirements[0].similarity == second.requirements[0].similarity == 1.0


def test_a_resume_without_passages_scores_zero() -> None:
    match = only(job(), resume("empty", [], []))
    assert match.score == 0.0
    assert {a.status for a in match.requirements} == {"missing"}
    assert {a.evidence for a in match.requirements} == {None}


def test_equal_scores_are_in_the_order_of_ids() -> None:
    same = [resume(id, ["Welding"], [[1, 0, 0, 0]]) for id in "cab"]
    matches = Index.build(same).search(job()).matches
    assert [(match.rank, match.resume) for match in matches] == [(1, "a"), (2, "b"), (3, "c")]


def test_top_and_detail() -> None:
    many = [resume(str(n), ["Welding"], [[1, n, 0, 0]]) for n in range(5)]
    index = Index.build(many)
    full = index.search(job()).matches
    assert index.search(job(), 2).matches == full[:2]
    scores = index.search(job(), 2, detail=False).matches
    assert [(m.resume, m.rank, m.score) for m in scores] == [
        (m.resume, m.rank, m.score) for m in full[:2]
    ]
    assert {(m.parts, m.requirements, m.findings) for m in scores} == {((), (), ())}
    assert len(index) == 5
    assert Index.build([]).search(job()).matches == ()


def test_findings_travel_with_the_match() -> None:
    finding = Finding("hidden text", "white on white")
    document = Document("a", "Welding", findings=(finding,))
    passage, vectors = Passage(0, 7, None), grid([[1, 0, 0, 0]])
    candidate = Candidate(document, (passage,), vectors, vectors[0], wording(["Welding"]), None)
    assert only(job(), candidate).findings == (finding,)


LINES = ("Welding of steel hulls", "Drives a crane", "Norwegian", "Baked bread", "Danish, Welding")
VECTOR = st.lists(st.floats(-1, 1, width=16), min_size=4, max_size=4)
PASSAGES = st.lists(st.tuples(st.sampled_from(LINES), VECTOR), max_size=6, unique_by=lambda p: p[0])
POOL = st.lists(PASSAGES, min_size=1, max_size=12)


def candidates(pool: Sequence[Sequence[tuple[str, list[float]]]]) -> list[Candidate]:
    return [
        resume(f"{number:02}", [line for line, _ in lines], [vector for _, vector in lines])
        for number, lines in enumerate(pool)
    ]


@settings(deadline=None)
@given(POOL, st.randoms())
def test_a_score_depends_on_no_other_resume(
    pool: list[list[tuple[str, list[float]]]], random: Random
) -> None:
    people = candidates(pool)
    together = Index.build(people).search(job()).matches
    random.shuffle(people)
    assert Index.build(people).search(job()).matches == together
    alone = {person.document.id: only(job(), person) for person in people}
    for match in together:
        assert match.score == alone[match.resume].score
        assert match.parts == alone[match.resume].parts
        assert match.requirements == alone[match.resume].requirements


@settings(deadline=None)
@given(PASSAGES)
def test_parts_add_up_and_nothing_leaves_its_range(lines: list[tuple[str, list[float]]]) -> None:
    match = only(job(), candidates([lines])[0])
    assert match.score == round(sum(part.value * part.weight for part in match.parts), 6)
    assert 0 <= match.score <= 1
    assert all(0 <= part.value <= 1 for part in match.parts)
    for assessed in match.requirements:
        assert 0 <= assessed.similarity <= 1
        assert (assessed.evidence is None) == (assessed.status == "missing")


@settings(deadline=None)
@given(PASSAGES, VECTOR)
def test_a_line_more_lowers_no_similarity(
    lines: list[tuple[str, list[float]]], vector: list[float]
) -> None:
    before = only(job(), candidates([lines])[0]).requirements
    after = only(job(), candidates([[*lines, ("Steel", vector)]])[0]).requirements
    for one, other in zip(before, after, strict=True):
        assert other.similarity >= one.similarity
