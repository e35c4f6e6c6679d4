"""Answers of a language model, checked against the text."""

import json
from typing import Any

import pytest

from shortlist.llm.answers import opinions

TEXT = "Baked rye bread for\n  twelve cafes.\nNo experience with sourdough."
SKILLS = ["baking", "sourdough"]


def entry(**changes: Any) -> dict[str, Any]:
    said = {"skill": "baking", "status": "used", "score": 4, "reason": "Bakes for cafes."}
    return {**said, "quotes": ["rye bread for twelve cafes"], **changes}


def reply(*entries: dict[str, Any]) -> str:
    return json.dumps({"scores": list(entries)})


def test_a_quote_is_found_across_line_breaks() -> None:
    found = opinions(reply(entry()), TEXT, SKILLS)["baking"]
    ((start, end),) = found.places
    assert TEXT[start:end] == "rye bread for\n  twelve cafes"
    assert (found.score, found.status, found.dropped, found.supported) == (4, "used", 0, True)


def test_an_invented_quote_is_dropped_and_supports_nothing() -> None:
    found = opinions(reply(entry(quotes=["won a prize for bread"])), TEXT, SKILLS)["baking"]
    assert (found.places, found.dropped, found.supported) == ((), 1, False)


def test_a_quote_of_a_letter_shows_nothing() -> None:
    assert not opinions(reply(entry(quotes=["r", ""])), TEXT, SKILLS)["baking"].supported


@pytest.mark.parametrize("status", ["negated", "desired", "none"])
def test_what_is_not_shown_scores_nothing(status: str) -> None:
    said = entry(skill="sourdough", status=status, score=3, quotes=["with sourdough"])
    assert opinions(reply(said), TEXT, SKILLS)["sourdough"].score == 0


def test_a_reason_that_quotes_what_is_not_there_is_put_aside() -> None:
    invented = entry(reason='Says "head of a bakery of forty".')
    honest = entry(reason='Says "twelve cafes".')
    assert opinions(reply(invented), TEXT, SKILLS)["baking"].reason == ""
    assert opinions(reply(honest), TEXT, SKILLS)["baking"].reason == 'Says "twelve cafes".'


@pytest.mark.parametrize(
    "wrong",
    [
        {"score": 6},
        {"score": -1},
        {"score": True},
        {"score": 3.5},
        {"score": "4"},
        {"skill": "juggling"},
        {"status": "great"},
        {"quotes": "rye bread"},
    ],
)
def test_a_wrong_entry_is_left_out_and_the_others_stay(wrong: dict[str, Any]) -> None:
    other = entry(skill="Sourdough", status="none", score=0, quotes=[])
    assert list(opinions(reply(entry(**wrong), other), TEXT, SKILLS)) == ["sourdough"]


@pytest.mark.parametrize(
    "text", ["", "Sure! 4/5.", "[1, 2]", '{"scores": 4}', '{"scores": [4]}', "["]
)
def test_an_answer_of_another_form_holds_nothing(text: str) -> None:
    assert opinions(text, TEXT, SKILLS) == {}


def test_an_answer_in_a_fence_is_read() -> None:
    assert "baking" in opinions(f"Here it is:\n```json\n{reply(entry())}\n```\n", TEXT, SKILLS)


def test_the_first_of_two_entries_counts() -> None:
    assert opinions(reply(entry(), entry(score=1)), TEXT, SKILLS)["baking"].score == 4
