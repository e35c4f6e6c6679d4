"""Whatever two texts say, they are explained, and every quote is in the resume."""

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from encoder_texts import texts
from shortlist.encoding import VectorCache
from shortlist.errors import DocumentError
from shortlist.explain.explanation import NOT_FOUND
from shortlist.explain.pair import explain
from shortlist.matcher import Matcher
from shortlist.records import Document
from shortlist.scorers import learned_matcher, scorer


@pytest.fixture(scope="module")
def matcher(model_folder: Path) -> Matcher:
    return learned_matcher(model_folder, cache=VectorCache(None))


lines = st.lists(
    st.sampled_from(
        [
            *("Experience", "Skills", "Education", "Requirements:", "Nice to have", "Python, SQL"),
            *("- 5+ years of Python or Java", "No experience with Docker", "BSc, 2010", "Excel"),
            *("Clerk, Acme, 2010 - 2014", "- Led 4 people", "Eager to learn Rust.", "", "\u200b"),
            *("Master's degree preferred", "mina@example.com", "Kubernetes/Terraform", "É ñ 中文"),
        ]
    ),
    max_size=12,
).map("\n".join)


@settings(max_examples=40)
@given(st.one_of(lines, texts), st.one_of(lines, texts), st.sampled_from(["hybrid", "blend"]))
def test_any_pair_is_explained(matcher: Matcher, job: str, resume: str, name: str) -> None:
    by = scorer(name, matcher)
    one, other = Document("job", job), Document("resume", resume)
    try:
        found = explain(matcher, one, other, scorer=by, today=date(2026, 1, 1))
    except DocumentError as error:
        assert "has no text" in str(error)
        assert not any(character.isalnum() for character in matcher.masker(one).text)
        return
    assert 0 <= found.score <= 1
    for statement in (*found.strengths, *found.gaps):
        assert statement.evidence or NOT_FOUND in statement.text
        for quoted in statement.evidence:
            assert quoted.quote == resume[quoted.start : quoted.end] != ""
    for sub in found.sub_scores:
        assert sub.score is None or 0 <= sub.score <= 100
        for statement in (*sub.found, *sub.missing):
            assert statement.evidence or NOT_FOUND in statement.text
