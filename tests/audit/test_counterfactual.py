"""Swap tests of rankers whose answer is known."""

from collections.abc import Callable, Sequence

import numpy as np
import pytest

from shortlist.audit.counterfactual import EXACT, rank_overlap, swap_test
from shortlist.audit.swaps import Change, Swap, school_inserted, school_removed, swap
from shortlist.errors import ConfigError, DataError
from shortlist.records import Document, Estimate, Match, Measure, Ranking

JOBS = [Document("baker", "bread"), Document("driver", "roads")]
RESUMES = [Document(f"r{i}", f"resume {'x' * i}") for i in range(20)]


class By:
    """Ranks by a function of job and text."""

    def __init__(self, score: Callable[[str, str], float]) -> None:
        self.score = score

    def rank(self, job: Document, resumes: Sequence[Document]) -> Ranking:
        scored = sorted(((self.score(job.text, r.text), r.id) for r in resumes), reverse=True)
        return Ranking(job.id, tuple(Match(id, i + 1, s) for i, (s, id) in enumerate(scored)))


def blind(job: str, text: str) -> float:
    return text.count("x") / 100


def likes_harvard(job: str, text: str) -> float:
    return blind(job, text) + 0.5 * ("Harvard" in text) * (job == "bread")


HARVARD = {"top": ["Harvard"], "other": ["Hilltop"]}


def find(measures: list[Measure], name: str, kind: str, group: str | None = None) -> Estimate:
    (found,) = [
        m.estimate for m in measures if (m.name, m.attribute, m.group) == (name, kind, group)
    ]
    return found


def test_a_ranker_that_does_not_look_is_exactly_equal_and_it_is_said() -> None:
    swaps = school_inserted(RESUMES, schools=HARVARD)
    measures = swap_test(By(blind), JOBS, RESUMES, swaps)
    for kind in {s.kind for s in swaps}:
        assert find(measures, "swap_equal", kind).value == 1
        assert find(measures, "swap_equal", kind).reason == EXACT
        assert find(measures, "swap_mean_shift", kind) == Estimate(0, 0, 0, 40)
        assert find(measures, "swap_flip_rate", kind).value == 0
        assert find(measures, "swap_rank_overlap", kind).value == pytest.approx(1)


def test_a_ranker_that_likes_a_school_is_measured_by_hand() -> None:
    kind = "school: top for other, added"
    swaps = [s for s in school_inserted(RESUMES, schools=HARVARD) if s.kind == kind]
    measures = swap_test(By(likes_harvard), JOBS, RESUMES, swaps, select="top:5")
    assert find(measures, "swap_mean_shift", kind, "baker").value == pytest.approx(0.5)
    assert find(measures, "swap_mean_shift", kind, "driver").value == 0
    assert find(measures, "swap_mean_shift", kind).value == pytest.approx(0.25)
    assert find(measures, "swap_signed_shift", kind).value == pytest.approx(0.25)
    assert find(measures, "swap_p95_shift", kind).value == pytest.approx(0.5)
    assert find(measures, "swap_equal", kind).value == pytest.approx(0.5)
    # For the baker each of the 15 that were out would come in; for the driver nothing moves.
    assert find(measures, "swap_flip_rate", kind, "baker").value == pytest.approx(15 / 20)
    assert find(measures, "swap_flip_rate", kind).value == pytest.approx(15 / 40)
    assert find(measures, "swap_flip_chance", kind).value == pytest.approx(2 * 0.25 * 0.75)
    deviation = np.std(np.arange(20) / 100)
    assert find(measures, "swap_shift_in_sd", kind).value == pytest.approx(0.25 / deviation)


def test_the_shift_in_deviations_does_not_depend_on_the_scale_of_scores() -> None:
    swaps = school_inserted(RESUMES, schools=HARVARD)
    plain = swap_test(By(likes_harvard), JOBS, RESUMES, swaps)
    small = swap_test(By(lambda j, t: likes_harvard(j, t) / 1000), JOBS, RESUMES, swaps)
    kind = "school: top added"
    one, other = (find(m, "swap_shift_in_sd", kind).value for m in (plain, small))
    assert one == pytest.approx(other)


def test_length_alone_shows_in_the_nonsense_control() -> None:
    longer = By(lambda job, text: len(text) / 1000)
    swaps = school_inserted(RESUMES, schools=HARVARD)
    measures = swap_test(longer, JOBS, RESUMES, swaps)
    kind = "school: top added"
    shift = find(measures, "swap_mean_shift", kind).value
    assert shift > 0
    assert find(measures, "swap_nonsense_shift", kind).value == pytest.approx(shift)


def test_the_adjusted_shift_takes_out_what_length_explains() -> None:
    longer = By(lambda job, text: len(text) / 1000)
    resumes = [Document(f"p{i}", "x" * i) for i in range(40)]
    words = ["time", "people", "yesterday", "archipelago", "of", "silverware", "stone", "ox"]
    swaps = [
        swap("any", r, [Change(0, "", words[i % 8] + " "), Change(i, "", words[(3 * i) % 7])])
        for i, r in enumerate(resumes)
        if i
    ]
    adjusted = find(swap_test(longer, JOBS, resumes, swaps), "swap_signed_shift_adjusted", "any")
    assert adjusted.value == pytest.approx(0, abs=1e-9)


def test_what_is_taken_out_has_no_nonsense_in_its_place() -> None:
    def spans(document: Document):
        from shortlist.records import Span

        return [Span(0, 6, "school")]

    measures = swap_test(By(blind), JOBS, RESUMES, school_removed(RESUMES, spans))
    control = find(measures, "swap_nonsense_shift", "school: removed")
    assert control.value is None and "nothing is put in the place" in control.reason


def test_rank_overlap_of_equal_and_of_reversed_orders() -> None:
    scores = np.arange(30.0)
    assert rank_overlap(scores, scores) == pytest.approx(1)
    assert rank_overlap(scores, -scores) < 0.2
    swapped = np.array([3.0, 2.0, 1.0])
    # Overlap 1/2, 1, 1 ... when the first two change places, so: 1 - (1 - p)(1).
    assert rank_overlap(swapped, np.array([2.0, 3.0, 1.0])) == pytest.approx(0.9)


def test_all_seats_taken_nobody_can_flip() -> None:
    swaps = school_inserted(RESUMES, schools=HARVARD)
    measures = swap_test(By(likes_harvard), JOBS, RESUMES, swaps, select="top:20")
    assert find(measures, "swap_flip_rate", "school: top added").value == 0


def test_selection_by_score_is_refused() -> None:
    with pytest.raises(ConfigError, match="top:K or rate:R"):
        swap_test(By(blind), JOBS, RESUMES, school_inserted(RESUMES), select="median")


def test_nothing_to_swap_is_refused() -> None:
    with pytest.raises(DataError, match="at least one"):
        swap_test(By(blind), JOBS, RESUMES, [])


def test_swaps_of_strangers_are_refused() -> None:
    with pytest.raises(DataError, match="not in the pool"):
        swap_test(By(blind), JOBS, RESUMES, school_inserted([Document("stranger", "x")]))


def test_swaps_that_change_more_are_refused() -> None:
    one = swap("any", RESUMES[0], [Change(0, "resume", "page")])
    more = Swap("any", one.before, Document("r0", "another life"), one.changes)
    with pytest.raises(DataError, match="differ in more"):
        swap_test(By(blind), JOBS, RESUMES, [more])


def test_a_ranker_that_leaves_resumes_out_is_refused() -> None:
    class Half(By):
        def rank(self, job: Document, resumes: Sequence[Document]) -> Ranking:
            return super().rank(job, resumes[::2])

    with pytest.raises(DataError, match="leaves out"):
        swap_test(Half(blind), JOBS, RESUMES, school_inserted(RESUMES))
