"""What each word adds to a score, and the faults of an earlier system's attribution."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scorers.people import JOB, applicant
from shortlist.encoding import VectorCache
from shortlist.errors import ModelError
from shortlist.explain.attribution import KINDS, Attribution, Occlusion, Word, attribute
from shortlist.matcher import Matcher
from shortlist.records import Document
from shortlist.scorers import learned_matcher
from tiny_model import write_model_folder, write_sections


@pytest.fixture(scope="module", params=["none", "identity", "standard", "strict"])
def matcher(model_folder: Path, request: pytest.FixtureRequest) -> Matcher:
    return learned_matcher(model_folder, policy=request.param, cache=VectorCache(None))


@pytest.fixture(scope="module")
def unmasked(model_folder: Path) -> Matcher:
    return learned_matcher(model_folder, policy="none", cache=VectorCache(None))


def the(found: Attribution, quote: str) -> Word:
    (word,) = (word for word in found.words if word.evidence.quote == quote)
    return word


def scored(matcher: Matcher, text: str) -> tuple[float, float]:
    """Return the whole-text part of a text's score, and the score."""
    (match,) = matcher.rank(JOB, [Document("a", text)]).matches
    return {part.name: part.value for part in match.parts}["whole text"], match.score


def test_with_every_word_in_place_it_is_the_score_of_rank(matcher: Matcher) -> None:
    resume = applicant()
    whole = attribute(matcher, JOB, resume).whole
    assert (round(whole.similarity, 4), whole.score) == scored(matcher, resume.text)


@pytest.mark.parametrize("word", ["Python", "Wrote", "Airflow", "Engineer"])
def test_a_word_adds_what_a_resume_without_it_lacks(unmasked: Matcher, word: str) -> None:
    resume = applicant()
    similarity, score = scored(unmasked, resume.text)
    fewer, lower = scored(unmasked, resume.text.replace(f" {word}", "").replace(f"{word} ", ""))
    adds = the(attribute(unmasked, JOB, resume), word).adds
    assert adds.similarity == pytest.approx(similarity - fewer, abs=1e-4)
    assert adds.score == pytest.approx(score - lower, abs=1e-6)
    assert adds.similarity != 0


def test_words_left_out_together_are_all_left_out(unmasked: Matcher) -> None:
    resume = applicant()
    pair = Occlusion(unmasked, JOB, resume)
    places = [
        (start, end)
        for start, end in pair.places
        if resume.text[start:end] in ("Python", "Airflow")
    ]
    (left,) = pair.without([places])
    text = resume.text.replace(" Python", "").replace(" Airflow", "")
    assert (round(left.similarity, 4), left.score) == scored(unmasked, text)


def test_words_stand_in_the_document_in_order(matcher: Matcher) -> None:
    resume = applicant()
    found = attribute(matcher, JOB, resume)
    last = 0
    for word in found.words:
        evidence = word.evidence
        assert resume.text[evidence.start : evidence.end] == evidence.quote
        assert last <= evidence.start < evidence.end
        last = evidence.end


def test_what_a_policy_hides_has_no_mass_at_all(matcher: Matcher) -> None:
    found = attribute(matcher, JOB, applicant())
    hides = {
        "none": set(),
        "identity": {"name", "email"},
        "standard": {"name", "email", "school"},
        "strict": {"name", "email", "school", "year"},
    }[found.policy]
    seen = {word.what for word in found.words if word.kind == "sensitive"}
    assert seen & hides == set()
    sensitive = found.masses[0]
    if found.policy == "strict":
        assert (sensitive.words, sensitive.share, tuple(sensitive.together)) == (0, 0.0, (0, 0))
    if found.policy == "none":
        assert {"name", "email", "school"} <= seen
        assert sensitive.share is not None
        assert sensitive.share > 0
    # Mina Okonjo, mina okonjo example com, Harvard University; 2017
    assert found.hidden == {"none": 0, "identity": 6, "standard": 8, "strict": 9}[found.policy]


def test_a_swap_of_what_is_hidden_changes_nothing(model_folder: Path) -> None:
    matcher = learned_matcher(model_folder, cache=VectorCache(None))
    one = attribute(matcher, JOB, applicant(name="Mina Okonjo", school="Harvard University"))
    other = attribute(matcher, JOB, applicant(name="Tom Reed", school="Ohio State University"))
    assert [(w.evidence.quote, w.adds) for w in one.words] == [
        (w.evidence.quote, w.adds) for w in other.words
    ]


def test_shares_add_up_and_stand_beside_those_of_words(unmasked: Matcher) -> None:
    masses = attribute(unmasked, JOB, applicant()).masses
    assert tuple(mass.kind for mass in masses) == KINDS
    assert sum(mass.share or 0 for mass in masses) == pytest.approx(1, abs=1e-5)
    assert sum(mass.share_of_words or 0 for mass in masses) == pytest.approx(1)
    for mass in masses:
        assert mass.low is not None
        assert mass.high is not None
        assert mass.share_of_words is not None
        assert mass.low < mass.share_of_words < mass.high


def test_words_of_one_kind_alone_have_all_the_mass_as_any_words_would(unmasked: Matcher) -> None:
    found = attribute(unmasked, JOB, Document("r", "wrote the report for the kitchen team"))
    other = found.masses[-1]
    assert (other.share, other.low, other.high) == (1.0, 1.0, 1.0)


def test_what_the_model_does_not_read_adds_nothing(unmasked: Matcher) -> None:
    text = "Experience\n- Wrote loaders in Python\n- No experience with Airflow\n"
    found = attribute(unmasked, JOB, Document("r", text))
    assert tuple(the(found, "Airflow").adds) == (0.0, 0.0)
    assert tuple(the(found, "Experience").adds) == (0.0, 0.0)


def test_a_resume_without_words_has_no_shares(matcher: Matcher) -> None:
    for text in ("", " \n ---\n"):
        found = attribute(matcher, JOB, Document("r", text))
        assert found.words == ()
        assert {(m.words, m.share, m.low, m.share_of_words) for m in found.masses} == {
            (0, None, None, None)
        }


def test_attention_over_sections_is_left_a_word_less_too(tmp_path: Path) -> None:
    kinds = ("experience", "introduction", "text", "title", "other")
    folder = write_sections(write_model_folder(tmp_path / "m"), kinds, (2.0, 0.0, 0.0, 0.0, 0.0))
    matcher = learned_matcher(folder, policy="none", cache=VectorCache(None))
    resume = applicant()
    found = attribute(matcher, JOB, resume)
    similarity, _ = scored(matcher, resume.text)
    fewer, _ = scored(matcher, resume.text.replace(" Python", ""))
    assert the(found, "Python").adds.similarity == pytest.approx(similarity - fewer, abs=1e-4)


def test_a_model_for_another_policy_refuses(tmp_path: Path) -> None:
    folder = write_model_folder(tmp_path / "strict", mask_policy="strict")
    matcher = learned_matcher(folder, policy="none", cache=VectorCache(None))
    with pytest.raises(ModelError, match="masked under `strict`"):
        attribute(matcher, JOB, applicant())


@given(st.text(alphabet="ab é\n.-'’+中1@", max_size=60))
def test_any_text_gives_words_of_it(unmasked: Matcher, text: str) -> None:
    for word in attribute(unmasked, JOB, Document("r", text)).words:
        evidence = word.evidence
        assert text[evidence.start : evidence.end] == evidence.quote != ""


# The faults of an earlier system. Its attribution read 64 tokens of 4 resumes, took gradients
# without their sign, and looked for ten words anywhere within tokens.


def test_the_last_word_of_a_long_resume_counts(unmasked: Matcher) -> None:
    lines = "".join(f"- Wrote report {number} for the kitchen team\n" for number in range(100))
    found = attribute(unmasked, JOB, Document("r", f"Experience\n{lines}- Moved jobs to Airflow"))
    assert len(found.words) > 700
    assert found.words[-1].evidence.quote == "Airflow"
    assert found.words[-1].adds.similarity != 0


def test_a_word_within_a_word_is_not_meant(unmasked: Matcher) -> None:
    text = "Experience\n- Repaired laptops, desktop and laptop screens\n- Wrote JavaScript\n"
    found = attribute(unmasked, JOB, Document("r", text))
    assert the(found, "laptop").kind == "other"
    assert the(found, "desktop").kind != "sensitive"
    assert "java" not in {word.what for word in found.words}


def test_sensitive_is_what_masking_hides_and_no_list_of_ten_words(unmasked: Matcher) -> None:
    found = attribute(unmasked, JOB, applicant(school="Ghent Polytechnic"))
    assert {the(found, word).what for word in ("Ghent", "Polytechnic")} == {"school"}
    assert the(found, "Mina").what == "name"
    assert (the(found, "Python").kind, the(found, "Python").what) == ("skill", "python")
    text = "Experience\n- Machine learning for top retail teams at a university hospital\n"
    other = attribute(unmasked, JOB, Document("r", text))
    assert the(other, "top").kind == "other"


def test_direction_is_kept(unmasked: Matcher) -> None:
    adds = [word.adds.similarity for word in attribute(unmasked, JOB, applicant()).words]
    assert min(adds) < 0 < max(adds)


def test_a_share_says_what_chance_would_give(unmasked: Matcher) -> None:
    """More sensitive words have more of the mass; the share of words and the draws grow too."""
    short, long = (
        attribute(unmasked, JOB, applicant(more=more)).masses[0]
        for more in ("", "Portland, Oregon\nSalem, Oregon\nBend, Oregon\n")
    )
    assert long.words > short.words
    assert (long.share_of_words or 0) > (short.share_of_words or 0)
    assert (long.high or 0) > (short.high or 0)
