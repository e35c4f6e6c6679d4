"""Resumes written otherwise, and resumes that lack what a job asks for."""

import re

import pytest

from invented_categories import FIELDS, job, resume
from shortlist.dataset.augment import reworded, weakened

TEXT = resume("DEVELOPER", 3) + "\nDeployed with k8s and Postgres since 2016"


@pytest.mark.parametrize("seed", range(8))
def test_numbers_lines_and_seed_are_kept(seed: int) -> None:
    said = reworded(TEXT, seed=seed, alpha=0.3)
    assert said == reworded(TEXT, seed=seed, alpha=0.3)
    assert said.count("\n") == TEXT.count("\n")
    assert sorted(re.findall(r"\d+", said.replace("k8s", ""))) == sorted(
        re.findall(r"\d+", TEXT.replace("k8s", ""))
    )


def test_about_the_share_of_words_is_changed() -> None:
    assert reworded(TEXT, seed=1, alpha=0.0) == TEXT
    changed = [
        sum(a != b for a, b in zip(TEXT.split("\n"), said.split("\n"), strict=True))
        for said in (reworded(TEXT, seed=seed, alpha=0.3) for seed in range(6))
    ]
    assert min(changed) >= 1


def test_synonyms_come_from_the_lexicon() -> None:
    said = {reworded("Kubernetes in use", seed=seed, alpha=0.4) for seed in range(30)}
    assert any("k8s" in text.lower() for text in said)


def test_weakened_resume_lacks_what_answers_a_requirement_and_nothing_else() -> None:
    post = "Nurse\n\nRequirements\n- Gave medication on a ward\n- Wrote care plans"
    text = "\n".join(
        ["Nurse", "", "Experience", "- Gave medication on a ward", "- Wrote care plans daily",
         "- Drove a van"]
    )  # fmt: skip
    for seed in range(5):
        less = weakened(post, text, seed=seed)
        gone = [line for line in text.split("\n") if line and line not in less]
        assert len(gone) == 1
        assert gone[0] in ("- Gave medication on a ward", "- Wrote care plans daily")
        assert "Drove a van" in less


def test_resume_that_answers_nothing_is_left_as_it_is() -> None:
    assert weakened(job("NURSE", 1), resume("ACCOUNTANT", 1), seed=0) == resume("ACCOUNTANT", 1)


def test_every_weakened_resume_is_shorter_and_not_empty() -> None:
    for field in FIELDS:
        for number in range(6):
            text = resume(field, number)
            less = weakened(job(field, number), text, seed=number)
            assert less == text or 0 < len(less.split()) < len(text.split())
