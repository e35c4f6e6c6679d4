"""Weights and signals: what is missing is named and shared out, never counted as 0."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shortlist.errors import ConfigError
from shortlist.scorers.signals import SUGGESTED, Reading, parse_weights, parts, total, weighted

ALL = {name: Reading(1.0) for name in SUGGESTED}


def test_the_suggested_weights_are_those_of_the_design() -> None:
    assert tuple(SUGGESTED.values()) == (0.30, 0.20, 0.20, 0.20, 0.10)
    assert total(weighted(ALL, SUGGESTED, SUGGESTED)) == 1.0


def test_a_missing_signal_is_renormalised_and_named() -> None:
    readings = ALL | {"semantic": Reading(None, "no model")}
    signals = weighted(readings, SUGGESTED, SUGGESTED)
    semantic = signals[0]
    assert (semantic.value, semantic.applied, semantic.suggested) == (None, 0.0, 0.30)
    assert semantic.reason == "no model"
    assert total(signals) == 1.0
    assert [round(s.applied, 4) for s in signals[1:]] == [0.2857, 0.2857, 0.2857, 0.1429]


@given(
    st.dictionaries(
        st.sampled_from(sorted(SUGGESTED)), st.one_of(st.none(), st.floats(0, 1)), min_size=1
    )
)
def test_a_score_lies_between_its_signals_whatever_is_missing(
    values: dict[str, float | None],
) -> None:
    readings = {name: Reading(value) for name, value in values.items()}
    signals = weighted(readings, SUGGESTED, SUGGESTED)
    known = [value for value in values.values() if value is not None]
    assert sum(s.applied for s in signals) == pytest.approx(1.0 if known else 0.0)
    if known:
        assert min(known) - 1e-6 <= total(signals) <= max(known) + 1e-6
    else:
        assert total(signals) == 0.0
    assert total(signals) == round(sum(p.value * p.weight for p in parts(signals)), 6)


def test_weights_are_given_by_name() -> None:
    weights = parse_weights("semantic=0.5, section=0")
    assert weights == {**SUGGESTED, "semantic": 0.5, "section": 0.0}
    signals = weighted(ALL, weights, SUGGESTED)
    assert [s.suggested for s in signals] == list(SUGGESTED.values())
    assert sum(s.applied for s in signals) == pytest.approx(1.0)
    assert signals[-1].applied == 0.0


@pytest.mark.parametrize(
    "text, said",
    [
        ("meaning=1", "signals are semantic, tfidf"),
        ("semantic", "no number"),
        ("semantic=much", "no number"),
        ("semantic=-1", "at least 0"),
        ("semantic=nan", "at least 0"),
        ("semantic=inf", "at least 0"),
        ("semantic=1,semantic=2", "given twice"),
        ("semantic=0,tfidf=0,keyword=0,skill=0,section=0", "at least one"),
        ("", "signals are"),
    ],
)
def test_weights_that_make_no_sense_are_refused(text: str, said: str) -> None:
    with pytest.raises(ConfigError, match=said):
        parse_weights(text)
