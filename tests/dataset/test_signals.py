"""Finer signals: lines that answer, names of skills, and resumes of juniors."""

from random import Random

from shortlist.dataset.signals import evidence, made_junior, skill_names
from shortlist.extraction import Lexicon

JOB = """Senior data engineer

Requirements
- At least 6 years of experience with Python
- You have built data pipelines
- Knowledge of Kubernetes
"""
RESUME = """Anna Example

Senior engineer, 2010 - 2020
- 8 years of experience with Python
- Built data pipelines for a bank
- Lead of a team of four, 2 years
"""


def test_a_requirement_is_paired_with_the_line_that_answers_it() -> None:
    found = evidence(JOB, RESUME, most=9, random=Random(0))
    answers = {one.requirement: one.answer for one in found}
    assert answers["You have built data pipelines"].endswith("Built data pipelines for a bank")
    assert not any("Kubernetes" in requirement for requirement in answers)
    assert all(one.other != one.answer for one in found)
    assert any(one.other for one in found)
    assert len(evidence(JOB, RESUME, most=1, random=Random(0))) == 1
    assert evidence(JOB, "Cook\n\nI bake bread.", most=9, random=Random(0)) == []


def test_skills_are_paired_with_aliases_and_with_what_implies_them() -> None:
    pairs = skill_names(1_000_000, Random(0))
    assert ("kubernetes", "k8s") in pairs
    lexicon = Lexicon.load()
    assert ("docker", "kubernetes") in pairs
    assert ("kubernetes", "docker") not in pairs
    assert {asked for asked, _ in pairs} <= lexicon.entries.keys()
    assert skill_names(7, Random(1)) == skill_names(7, Random(1))
    assert len(skill_names(7, Random(1))) == 7


def test_a_junior_has_fewer_years_and_lower_titles() -> None:
    junior = made_junior(JOB, RESUME)
    assert "2 years of experience with Python" in junior
    assert "team of four, 2 years" in junior
    assert "enior" not in junior
    assert "2010 - 2020" in junior
    assert made_junior(JOB, junior) == junior
    assert made_junior("Cook\n\nRequirements\n- You bake bread", RESUME) == RESUME
