"""Explanations: every statement points at the resume or says that something was not found."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from scorers.people import JOB, PEOPLE, applicant
from shortlist.encoding import VectorCache
from shortlist.explain.explanation import NOT_FOUND, Explanation, Statement
from shortlist.explain.pair import explain
from shortlist.matcher import Matcher
from shortlist.records import Document, Evidence
from shortlist.scorers import Hybrid, Learned, learned_matcher

TODAY = date(2026, 1, 1)


@pytest.fixture(scope="module")
def matcher(model_folder: Path) -> Matcher:
    return learned_matcher(model_folder, cache=VectorCache(None))


def told(matcher: Matcher, resume: Document, job: Document = JOB) -> Explanation:
    return explain(matcher, job, resume, scorer=Hybrid(matcher), today=TODAY)


def statements(found: Explanation) -> Iterator[Statement]:
    yield from found.strengths
    yield from found.gaps
    for sub in found.sub_scores:
        yield from (*sub.found, *sub.missing)


def evidence(found: Explanation) -> Iterator[Evidence]:
    for statement in statements(found):
        yield from statement.evidence
    for answer in found.requirements:
        yield from answer.evidence
        for skill in answer.skills:
            yield from skill.evidence
    for keyword in found.keywords:
        yield from keyword.evidence
    yield from found.experience.evidence
    yield from found.degree.evidence
    yield from (bullet.evidence for bullet in found.bullets)


@pytest.mark.parametrize("resume", PEOPLE, ids=lambda person: person.id)
def test_every_statement_points_at_the_text_or_says_not_found(
    matcher: Matcher, resume: Document
) -> None:
    found = told(matcher, resume)
    for statement in statements(found):
        assert statement.evidence or NOT_FOUND in statement.text, statement
    for quoted in evidence(found):
        assert quoted.quote == resume.text[quoted.start : quoted.end] != ""


def test_requirements_are_answered_in_their_order(matcher: Matcher) -> None:
    found = told(matcher, applicant())
    assert [(a.text, a.kind) for a in found.requirements] == [
        ("3 years of experience with Python", "must"),
        ("Airflow", "must"),
        ("Bachelor's degree", "must"),
        ("Explaining results to planners", "must"),
        ("Kafka", "nice"),
    ]
    for answer in found.requirements:
        assert JOB.text[answer.start : answer.end] == answer.text
    status = {answer.text: answer.status for answer in found.requirements}
    assert status["Airflow"] == "matched"
    assert status["Kafka"] != "matched"


def test_implied_is_neither_matched_nor_missing(matcher: Matcher) -> None:
    job = Document("job", "Requirements:\n- JavaScript\n")
    (answer,) = told(matcher, Document("r", "Skills\nReact, HTML\n"), job).requirements
    assert (answer.status, answer.skills[0].via) == ("implied", ("react",))
    assert answer.skills[0].evidence[0].quote == "React"


def test_a_name_that_stands_there_is_not_said_to_be_missing(matcher: Matcher) -> None:
    job = Document("job", "Requirements:\n- Advanced Excel\n")
    resume = Document("r", "Experience\nClerk, 2018 - 2022\n- Excel with pivot tables\n")
    found = told(matcher, resume, job)
    assert found.requirements[0].skills[0].evidence[0].quote == "Excel"
    assert found.requirements[0].status == "matched"
    assert found.keywords[0].count == 1


def test_a_denied_skill_is_missing_and_the_denial_is_quoted(matcher: Matcher) -> None:
    job = Document("job", "Requirements:\n- Kubernetes\n")
    resume = Document("r", "Summary\nClerk. I have no experience with Kubernetes.\n")
    found = told(matcher, resume, job)
    (answer,) = found.requirements
    assert (answer.status, answer.skills[0].said) == ("missing", "negated")
    assert any("lacking" in gap.text and gap.evidence for gap in found.gaps)
    assert found.keywords[0].count == 0


def test_keywords_are_counted_with_their_density(matcher: Matcher) -> None:
    resume = Document("r", "Skills\nPython, (Python); Airflow\n\nNo experience with Kafka\n")
    found = {keyword.names: keyword for keyword in told(matcher, resume).keywords}
    assert found[("python",)].count == 2
    assert found[("python",)].density == 25.0
    assert [e.quote for e in found[("python",)].evidence] == ["Python", "Python"]
    assert (found[("kafka",)].count, found[("kafka",)].density) == (0, 0.0)


def test_sub_scores_and_what_they_rest_on(matcher: Matcher) -> None:
    found = {sub.name: sub for sub in told(matcher, applicant()).sub_scores}
    assert found["experience"].score == 100.0
    assert found["experience"].found[0].evidence[0].quote == "2018 - 2022"
    assert found["education"].score == 100.0
    assert "Bachelor of Science" in found["education"].found[0].evidence[0].quote
    assert 0 < (found["skills"].score or 0) < 100
    assert 0 < (found["keywords"].score or 0) < 100


def test_what_a_job_does_not_ask_for_has_no_sub_score(matcher: Matcher) -> None:
    job = Document("job", "Requirements:\n- Calm with llamas\n")
    found = {sub.name: sub for sub in told(matcher, applicant(), job).sub_scores}
    assert found["experience"].score is None
    assert "no number of years" in found["experience"].reason
    assert found["education"].score is None
    assert "no degree" in found["education"].reason
    assert found["skills"].score is None


@pytest.mark.parametrize(
    "since, years, score", [(2012, 10, 100.0), (2017, 5, 100.0), (2018, 4, 80.0), (2020, 2, 40.0)]
)
def test_experience_grows_without_a_jump(
    matcher: Matcher, since: int, years: int, score: float
) -> None:
    job = Document("job", "Requirements:\n- 5+ years of professional experience\n")
    resume = Document("r", f"Experience\nClerk, Acme, {since} - 2022\n- Filed papers\n")
    (sub,) = (s for s in told(matcher, resume, job).sub_scores if s.name == "experience")
    assert (sub.score, told(matcher, resume, job).experience.years) == (score, years)


@pytest.mark.parametrize(
    "degree, score",
    [("PhD in Physics", 100.0), ("BSc in Physics", 66.7), ("High school diploma", 0.0), ("", None)],
)
def test_education_is_the_degree_not_a_likeness_of_texts(
    matcher: Matcher, degree: str, score: float | None
) -> None:
    job = Document("job", "Requirements:\n- Master's degree in Physics\n")
    resume = Document("r", f"Experience\nClerk, 2018 - 2022\n\nEducation\n{degree}, 2010\n")
    (sub,) = (s for s in told(matcher, resume, job).sub_scores if s.name == "education")
    assert sub.score == score
    assert bool(sub.missing) == (score != 100)


def test_what_the_resume_does_not_tell_is_not_counted_as_zero(matcher: Matcher) -> None:
    job = Document(
        "job", "Requirements:\n- 5+ years of experience\n- Bachelor's degree\n- Python\n"
    )
    found = told(matcher, Document("r", "Skills\nPython, SQL\n"), job)
    by_name = {sub.name: sub for sub in found.sub_scores}
    assert (by_name["experience"].score, by_name["education"].score) == (None, None)
    assert by_name["experience"].reason == "years in work: not found; the job asks for 5"
    assert by_name["education"].reason == "degree: not found; the job requires bachelor"
    gaps = [gap.text for gap in found.gaps]
    assert gaps[:2] == [
        "Years in work: not found; the job asks for 5.",
        "Degree: not found; the job requires bachelor.",
    ]


def test_experience_stands_in_for_a_degree_where_the_job_says_so(matcher: Matcher) -> None:
    job = Document(
        "job",
        "Requirements:\n- Bachelor's degree or equivalent experience\n- 3 years of experience\n",
    )
    resume = Document("r", "Experience\nClerk, 2015 - 2022\n- Filed papers\n")
    (sub,) = (s for s in told(matcher, resume, job).sub_scores if s.name == "education")
    assert sub.score == 100.0


@pytest.mark.parametrize("kind", [Hybrid, Learned])
def test_improvements_are_what_scoring_again_gives(
    matcher: Matcher, kind: type[Hybrid] | type[Learned]
) -> None:
    by = kind(matcher)
    found = explain(matcher, JOB, applicant(), scorer=by, today=TODAY)
    assert found.improvements
    gains = [one.gain for one in found.improvements]
    assert gains == sorted(gains, reverse=True)
    assert all(gain > 0 for gain in gains)
    first = found.improvements[0]
    at = applicant().text.index("Moved 40 jobs to Airflow") + len("Moved 40 jobs to Airflow")
    edited = applicant().text[:at] + f"\n- {first.added}" + applicant().text[at:]
    assert first.where == "the latest job"
    assert first.before == found.score
    assert first.after == by.pair(JOB, Document("a", edited)).score


def test_who_has_everything_cannot_be_improved_by_a_skill(matcher: Matcher) -> None:
    job = Document("job", "Requirements:\n- Python\n")
    found = told(matcher, Document("r", "Skills\nPython\n"), job)
    assert found.improvements == ()
    assert found.gaps == ()


def test_weak_bullets_come_with_their_reasons(matcher: Matcher) -> None:
    found = told(matcher, applicant())
    assert [bullet.evidence.quote for bullet in found.bullets] == [
        "Moved 40 jobs to Airflow",
        "Wrote loaders in Python",
    ]
    assert found.bullets[1].reasons == (
        "it has no number that says how much or how many",
        "it is short: fewer than 10 words",
    )


def test_no_score_depends_on_the_day(matcher: Matcher) -> None:
    resume = Document("r", "Experience\nData Engineer, 2019 - present\n- Wrote loaders in Python\n")
    one = explain(matcher, JOB, resume, scorer=Hybrid(matcher), today=date(2021, 1, 1))
    other = explain(matcher, JOB, resume, scorer=Hybrid(matcher), today=date(2026, 1, 1))
    assert (one.score, one.signals) == (other.score, other.signals)
    assert (one.experience.years, other.experience.years) == (2.0, 7.0)


def test_names_and_schools_change_nothing_but_the_quotes(matcher: Matcher) -> None:
    one, other = told(matcher, applicant()), told(matcher, applicant(name="Jakob Lindqvist"))
    assert (one.score, one.signals) == (other.score, other.signals)
    assert [s.text for s in statements(one)] == [s.text for s in statements(other)]
    assert [i.gain for i in one.improvements] == [i.gain for i in other.improvements]


def test_an_empty_resume_is_answered_with_not_found(matcher: Matcher) -> None:
    found = told(matcher, Document("r", ""))
    assert found.score == 0.0
    assert {answer.status for answer in found.requirements} == {"missing"}
    assert found.strengths == ()
    assert found.bullets == ()
