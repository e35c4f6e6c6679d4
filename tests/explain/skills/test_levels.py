"""The model from facts to levels: its coefficients, and what must hold for any of them."""

import json
from importlib.resources import files

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shortlist.explain.skills.facts import Facts
from shortlist.explain.skills.levels import features, models, of_probabilities, probabilities


def test_coefficients_say_what_they_were_fitted_on() -> None:
    text = (files("shortlist.explain.skills") / "levels.json").read_text("utf-8")
    data = json.loads(text)["data"]
    assert {"generator", "version", "pool", "seed", "resumes", "skills"} <= set(data)


@pytest.mark.parametrize("kind", ["named", "shown"])
def test_thresholds_rise_and_only_doubts_count_against(kind: str) -> None:
    model = models()[kind]
    assert list(model.thresholds) == sorted(model.thresholds)
    against = {name for name, weight in model.weights.items() if weight < 0}
    assert against <= {"little", "study", "idle"}


@given(
    st.lists(st.floats(0, 1), min_size=5, max_size=5).filter(lambda v: sum(v) > 0.1),
    st.integers(1, 5),
)
def test_the_score_lies_in_its_interval_and_under_its_cap(weights: list[float], cap: int) -> None:
    chances = [weight / sum(weights) for weight in weights]
    level = of_probabilities(chances, cap)
    assert 1 <= level.low <= level.score <= level.high <= cap
    assert 0 <= level.confidence <= 1


@given(st.dictionaries(st.sampled_from(["use", "depth", "months", "title"]), st.floats(0, 1)))
def test_probabilities_add_up(values: dict[str, float]) -> None:
    chances = probabilities(models()["named"], values)
    assert sum(chances) == pytest.approx(1) and all(chance >= 0 for chance in chances)


def test_facts_without_sightings_have_no_features() -> None:
    assert all(value == 0 for value in features(Facts("none", ())).values())
