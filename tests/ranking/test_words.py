"""Words: what counts as one, and what it weighs."""

from math import log10

import pytest
from wordfreq import word_frequency

from shortlist.ranking.words import terms, words


def said(text: str) -> set[str]:
    return {word for together in terms(text) for word in together}


def test_words_are_whole() -> None:
    found = set(words("JavaScript, TypeScript and C++; Scala's .NET, C# (Swift) 24/7"))
    assert found == {
        "javascript",
        "typescript",
        "and",
        "c++",
        "scala",
        "net",
        "C#",
        "swift",
        "24",
        "7",
    }


@pytest.mark.parametrize(
    ("plural", "singular"),
    [
        ("databases", "database"),
        ("technologies", "technology"),
        ("classes", "class"),
        ("business", "business"),
        ("analysis", "analysis"),
        ("status", "status"),
        ("AWS", "aws"),
        ("client's", "client"),
        ("client\u2019s", "client"),
    ],
)
def test_plurals_are_singulars(plural: str, singular: str) -> None:
    assert list(words(plural)) == [singular]


def test_short_words_keep_their_case() -> None:
    assert said("Go") == {"Go"}
    assert "Go" not in set(words("go to the shop"))
    assert said("R") != set(words("section r"))


def test_the_wording_of_a_request_says_nothing() -> None:
    assert said("5+ years of proven experience with Python is required") == {"python"}
    assert terms("You must have strong skills and the ability to work") == {}


def test_rare_words_weigh_more_up_to_a_bound() -> None:
    weights = terms("computer kubernetes snowplough zyxwvut")
    assert weights["computer",] < weights["kubernete",]
    assert weights["kubernete",] == weights["snowplough",] == weights["zyxwvut",] == 3.5
    zipf = log10(word_frequency("computer", "en", wordlist="small")) + 9
    assert weights["computer",] == pytest.approx(6.5 - zipf, abs=0.01)


def test_a_plural_weighs_what_the_more_common_form_does() -> None:
    zipf = log10(word_frequency("mathematics", "en", wordlist="small")) + 9
    assert terms("mathematics")["mathematic",] == pytest.approx(6.5 - zipf, abs=0.01)


def test_alternatives_stand_together() -> None:
    assert list(terms("Scala, Java or Kotlin")) == [("scala", "java", "kotlin")]
    assert list(terms("Scala and Java")) == [("scala",), ("java",)]
    assert terms("computer or zyxwvut") == {("computer", "zyxwvut"): 3.5}
    assert list(terms("Java or Java")) == [("java",)]
    assert list(terms("Kafka, stream processing or Flink")) == [
        ("processing", "flink"),
        ("kafka",),
        ("stream",),
    ]
    assert terms("or") == terms("or or or") == {}
