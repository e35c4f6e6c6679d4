"""What the tests of the earlier resume analyser asked for of a match, in general."""

from datetime import date
from pathlib import Path

import pytest

from shortlist.encoding import VectorCache
from shortlist.explain.explanation import NOT_FOUND, Explanation
from shortlist.explain.pair import explain
from shortlist.matcher import Matcher
from shortlist.records import Document
from shortlist.scorers import Hybrid, learned_matcher

TODAY = date(2026, 1, 1)
JOB = (
    "Data Engineer\n\nRequirements:\n- 5 years of experience with Python\n- Airflow\n"
    "- PostgreSQL\n- Bachelor's degree\n- AWS Certified Developer\n\nPreferred:\n- Terraform\n"
)
STRONG = (
    "Summary\nData engineer\n\nExperience\nData Engineer, Harbour Foods, 2012 - 2022\n"
    "- Wrote 40 loaders in Python and ran them in Airflow\n"
    "- Kept PostgreSQL databases of 300 users, set up with Terraform\n\n"
    "Education\nBSc in Physics, 2011\n\nSkills\nPython, Airflow, PostgreSQL, Terraform\n"
)
WEAK = "Experience\nBaker, Kornhus, 2020 - 2022\n- Baked rye bread\n\nSkills\nBaking\n"


@pytest.fixture(scope="module")
def matcher(model_folder: Path) -> Matcher:
    return learned_matcher(model_folder, cache=VectorCache(None))


def told(matcher: Matcher, resume: str, job: str = JOB) -> Explanation:
    one, other = Document("job", job), Document("resume", resume)
    return explain(matcher, one, other, scorer=Hybrid(matcher), today=TODAY)


def scores(found: Explanation) -> dict[str, float | None]:
    return {sub.name: sub.score for sub in found.sub_scores}


def test_a_strong_match_and_a_weak_one(matcher: Matcher) -> None:
    strong, weak, nothing = (told(matcher, text) for text in (STRONG, WEAK, ""))
    assert strong.score >= 0.6 > 0.4 >= weak.score > nothing.score == 0.0
    assert all(score is None or 0 <= score <= 100 for score in scores(strong).values())
    assert list(scores(strong)) == ["skills", "experience", "education", "keywords"]


def test_strengths_hold_what_is_there_and_gaps_what_is_not(matcher: Matcher) -> None:
    found = told(matcher, STRONG.replace("Airflow", "ledgers"))
    strengths, gaps = (" ".join(s.text for s in side) for side in (found.strengths, found.gaps))
    assert "postgresql" in strengths.lower() and "postgresql" not in gaps.lower()
    assert "airflow" in gaps.lower() and "airflow" not in strengths.lower()
    assert "10 years in work" in strengths


def test_a_missing_certificate_is_a_gap(matcher: Matcher) -> None:
    gaps = [gap.text for gap in told(matcher, STRONG).gaps]
    assert any("AWS Certified Developer" in gap and NOT_FOUND in gap for gap in gaps)
    held = told(matcher, STRONG + "\nCertifications\nAWS Certified Developer\n")
    assert not any("AWS Certified Developer" in gap.text for gap in held.gaps)


def test_two_of_three_keywords_are_two_thirds(matcher: Matcher) -> None:
    job = "Requirements:\n- Welding\n- Plumbing\n- Roofing\n"
    found = told(matcher, "Skills\nWelding, plumbing\n", job)
    sub = next(sub for sub in found.sub_scores if sub.name == "keywords")
    assert (len(sub.found), len(sub.missing)) == (2, 1)
    assert 40 < (sub.score or 0) < 90


def test_saying_a_word_more_often_raises_its_density(matcher: Matcher) -> None:
    job = "Requirements:\n- Welding\n"
    once, twice = (
        told(matcher, f"Skills\n{said}\nNine other words stand in this resume as well\n", job)
        for said in ("Welding", "Welding, welding")
    )
    assert 0 < once.keywords[0].density < twice.keywords[0].density


def test_a_denied_keyword_is_missing_and_others_are_not(matcher: Matcher) -> None:
    job = "Requirements:\n- Python\n- Kubernetes\n"
    found = told(matcher, "Summary\nNo experience with Kubernetes, but daily Python.\n", job)
    counts = {keyword.names[0]: keyword.count for keyword in found.keywords}
    assert counts == {"python": 1, "kubernetes": 0}


def test_what_is_missing_and_what_is_there_are_apart(matcher: Matcher) -> None:
    job = "Requirements:\n- Python\n- SQL\n- Docker\n"
    found = told(matcher, "Skills\nPython, SQL, Excel\n", job)
    by_name = {s.names[0]: s.status for answer in found.requirements for s in answer.skills}
    assert by_name == {"python": "matched", "sql": "matched", "docker": "missing"}


@pytest.mark.parametrize("since, score", [(2019, 60.0), (2017, 100.0), (2012, 100.0)])
def test_fewer_years_than_asked_for_are_their_share(
    matcher: Matcher, since: int, score: float
) -> None:
    resume = f"Experience\nClerk, Acme, {since} - 2022\n- Filed papers\n"
    found = told(matcher, resume, "Requirements:\n- 5 years of experience\n")
    assert scores(found)["experience"] == score
