"""Resumes worded by a language model, against a real server on this machine."""

import json
from pathlib import Path
from typing import Any

import pytest

from llm.endpoint import Answer, endpoint
from shortlist.encoding.cache import VectorCache
from shortlist.explain.skills.known.folder import Worded
from shortlist.explain.skills.known.truth import KnownResume, Truth
from shortlist.llm import Client
from shortlist.llm.skill_data import worded

TEXT = "Tilda Maro\nCook, Hotel Vela, 2018 - 2022\n- Baked rye bread for twelve cafes.\nNo German."
KNOWN = KnownResume(
    "train-0",
    TEXT,
    (
        Truth("baking", 3, 4, ("Baked rye bread for twelve cafes.",), 4, "used"),
        Truth("german", 0, 0, ("No German.",), 0, "negated"),
        Truth("excel", 0, 0, (), 0, "absent"),
    ),
    {"seed": 0, "licence": "MIT"},
)
OTHER = (
    "Tilda Maro\n2018 to 2022: cook at Hotel Vela\nTwelve cafes got my rye loaves.\nI lack German."
)
SAID = [
    {"skill": "baking", "said": ["Twelve cafes got my rye  loaves."]},
    {"skill": "german", "said": ["I lack German."]},
]


def says(text: str = OTHER, sentences: Any = SAID) -> Answer:
    return lambda request: (200, json.dumps({"text": text, "sentences": sentences}))


def made(answer: Answer, folder: Path, *known: KnownResume) -> Worded:
    with endpoint(answer) as server:
        return worded(
            Client(server.url, "toy"),
            known or (KNOWN,),
            licence="made up",
            cache=VectorCache.open(folder),
        )


def test_the_truth_moves_to_the_new_sentences(tmp_path: Path) -> None:
    found = made(says(), tmp_path)
    (resume,) = found.resumes
    baking, german, excel = resume.truths
    assert (baking.low, baking.high, baking.because) == (
        (3, 4, ("Twelve cafes got my rye loaves.",))
    )
    assert (german.high, german.because, excel.because) == (0, ("I lack German.",), ())
    assert resume.id == "train-0-worded" and resume.text == OTHER
    assert resume.provenance == {
        "seed": 0, "worded_by": "toy", "wording_version": 1, "licence": "made up",
    }  # fmt: skip
    assert (found.refused, found.stopped) == ({}, "")


@pytest.mark.parametrize(
    "answer, why",
    [
        (lambda request: (200, "Sure, here it is."), "the answer cannot be read"),
        (lambda request: (200, '{"text": 3, "sentences": []}'), "the answer cannot be read"),
        (says(OTHER.replace("2022", "2023")), "a year was changed"),
        (says(OTHER + "\nExcel"), "a skill was added or left out"),
        (says(OTHER.replace("German", "Spanish")), "a skill was added or left out"),
        (says(sentences=SAID[1:]), "a sentence does not stand in the text"),
        (says(sentences=[{"skill": "baking", "said": ["Ten years of baking."]}, SAID[1]]),
         "a sentence does not stand in the text"),
    ],
)  # fmt: skip
def test_an_answer_that_tells_something_else_is_left_out(
    tmp_path: Path, answer: Answer, why: str
) -> None:
    found = made(answer, tmp_path)
    assert found.resumes == () and found.refused == {why: 1}


def test_nothing_is_asked_twice(tmp_path: Path) -> None:
    with endpoint(says()) as server:
        client = Client(server.url, "toy")
        for _ in range(2):
            cache = VectorCache.open(tmp_path)
            assert len(worded(client, [KNOWN], licence="x", cache=cache).resumes) == 1
        assert len(server.requests) == 1


def test_what_was_answered_before_the_server_failed_is_kept(tmp_path: Path) -> None:
    answers = iter([says(), lambda request: (500, "down"), lambda request: (500, "down")])
    found = made(lambda request: next(answers)(request), tmp_path, KNOWN, KNOWN)
    assert len(found.resumes) == 1
    assert "status 500" in found.stopped
