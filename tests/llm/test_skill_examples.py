"""Training examples from resumes of which it is known what they show."""

import json

import pytest

from shortlist.errors import DataError
from shortlist.explain.skills import Rubrics
from shortlist.explain.skills.known.preferences import Preference as Pair
from shortlist.explain.skills.known.preferences import preferences as pairs_of
from shortlist.explain.skills.known.truth import KnownResume, Truth
from shortlist.llm.answers import opinions
from shortlist.llm.skill_examples import examples, preferences

TEXT = """Tilda Maro
tilda@maro.example

EXPERIENCE
- Baked rye bread for twelve cafes
- No experience with sourdough
"""
BAKING = Truth("baking", 3, 4, ("Baked rye bread for twelve cafes",), 4)
SOURDOUGH = Truth("sourdough", 0, 0, ("No experience with sourdough",), 0, "negated")
KNOWN = KnownResume("tilda", TEXT, (BAKING, SOURDOUGH))
RUBRICS = Rubrics.load()


def shown(prompt: str) -> str:
    """Return the resume between the marks of a question."""
    fence = next(line for line in prompt.splitlines() if line.startswith("<<<resume"))
    return prompt.split(fence)[1]


def test_the_answer_to_learn_is_one_that_the_scorer_takes() -> None:
    (example,) = examples([KNOWN], RUBRICS)
    text = shown(example.prompt[1]["content"])
    heard = opinions(example.answer, text, ["baking", "sourdough"])
    assert (heard["baking"].score, heard["baking"].status, heard["baking"].supported) == (
        (4, "used", True)
    )
    assert (heard["sourdough"].score, heard["sourdough"].status) == (0, "negated")
    assert "Tilda" not in text


def test_in_a_part_without_its_sentences_a_skill_is_not_there() -> None:
    filler = "".join(f"- Washed {i} crates of beets in the yard\n" for i in range(400))
    long = KnownResume("tilda", f"{TEXT}\nPROJECTS\n{filler}", (BAKING,))
    answers = [json.loads(one.answer)["scores"][0] for one in examples([long], RUBRICS)]
    assert len(answers) > 1
    assert [answer["score"] for answer in answers] == [4, *[0] * (len(answers) - 1)]
    assert all(bool(answer["quotes"]) == bool(answer["score"]) for answer in answers)


def test_the_better_answer_stands_the_check_and_a_worse_one_differs() -> None:
    made = list(preferences(list(pairs_of([KNOWN, KNOWN, KNOWN, KNOWN])), RUBRICS))
    assert made
    for one in made:
        text = shown(one.prompt[1]["content"])
        (heard,) = opinions(one.chosen, text, ["baking", "sourdough"]).values()
        assert heard.supported
        assert one.chosen != one.rejected


def test_a_pair_without_an_answer_is_refused() -> None:
    pair = Pair("tilda", TEXT, "baking", "four", "five", "human-edit", {})
    with pytest.raises(DataError, match="resume tilda, skill baking"):
        list(preferences([pair], RUBRICS))
