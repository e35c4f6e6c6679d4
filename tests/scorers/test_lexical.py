"""Words as evidence: rarity from English at large, and how alike two texts are."""

from hypothesis import given
from hypothesis import strategies as st

from shortlist.ranking.words import rarity
from shortlist.scorers.lexical import counted, likeness, said, tfidf

JOB = """Data engineer. Build pipelines in Airflow and Spark, model warehouses in Snowflake,
and explain lineage to analysts in logistics."""


def alike(one: str, other: str) -> float:
    return likeness(tfidf(counted(one)), tfidf(counted(other)))


def test_the_same_text_is_alike() -> None:
    assert alike(JOB, JOB) > 0.999999


def test_one_word_less_changes_little() -> None:
    for word in ("Airflow", "Spark", "lineage", "logistics"):
        assert alike(JOB, JOB.replace(word, "")) > 0.9


def test_what_both_say_counts_no_less_than_what_one_says() -> None:
    alone, both = tfidf(counted("Kafka")), tfidf(counted("Kafka Terraform"))
    assert alone.weights["kafka"] == both.weights["kafka"] == rarity("kafka")


def test_related_texts_lie_between() -> None:
    related = alike(JOB, "Moved forty pipelines to Airflow for a logistics company")
    assert 0.05 < related < 1
    assert alike(JOB, "Baked rye bread and led the morning kitchen") < 0.3


def test_nothing_is_like_nothing() -> None:
    assert alike("", JOB) == alike(JOB, "") == alike("", "") == 0.0
    assert alike("the and of", "the and of") == 0.0


def test_words_of_requests_and_numbers_say_nothing() -> None:
    assert [rarity(word) for word in ("experience", "required", "2019", "the")] == [0.0] * 4
    assert rarity("kubernetes") > rarity("warehouse") > rarity("people") > 0


words = st.lists(st.sampled_from(["nurse", "ward", "Python", "night", "shift"]), max_size=12)


@given(words, words)
def test_it_is_symmetric_in_range_and_blind_to_order(one: list[str], other: list[str]) -> None:
    value = alike(" ".join(one), " ".join(other))
    assert 0 <= value <= 1
    assert value == alike(" ".join(other), " ".join(one))
    assert value == alike(" ".join(reversed(one)), " ".join(other))


def test_what_is_denied_or_wished_for_is_not_said() -> None:
    found = said("No experience with Kafka. Eager to learn Rust. Wrote loaders in Python.")
    assert {"python", "loader"} <= set(found.places)
    assert not {"kafka", "rust"} & set(found.places)
    assert found.total == 12


def test_a_word_is_said_at_its_places() -> None:
    text = "Python, SQL; (Python). PYTHON"
    found = said(text)
    assert [text[s.start : s.end] for s in found.places["python"]] == ["Python", "Python", "PYTHON"]
