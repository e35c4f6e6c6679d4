"""Passages of a resume: hand-made splits, and properties that hold for any text."""

from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from shortlist.extraction.passages import introduction, passages

RESUME = """Mina Okonjo
Data Engineer

Summary
Engineer who has built pipelines for retailers. Enjoys teaching; writes well.

Experience
Data Engineer
Harbour Foods
March 2019
to
June 2022
- Moved 40 jobs from cron to Airflow
- Wrote a loader for
  semi-structured supplier files in Python

Skills
Python
SQL
Airflow
"""


def texts(resume: str) -> list[str]:
    return [resume[span.start : span.end] for span in passages(resume)]


def test_bullets_sentences_and_fragments() -> None:
    assert texts(RESUME) == [
        "Mina Okonjo\nData Engineer",
        "Engineer who has built pipelines for retailers.",
        "Enjoys teaching;",
        "writes well.",
        "Data Engineer\nHarbour Foods\nMarch 2019\nto\nJune 2022",
        "Moved 40 jobs from cron to Airflow",
        "Wrote a loader for\n  semi-structured supplier files in Python",
        "Python\nSQL\nAirflow",
    ]


def test_the_kind_is_the_section() -> None:
    kinds = [span.kind for span in passages(RESUME)]
    assert kinds == ["header", *["summary"] * 3, *["experience"] * 3, "skills"]


def test_an_introduction_stands_above_the_first_heading_or_in_a_summary() -> None:
    found = passages(RESUME)
    said = [RESUME[span.start : span.end] for span in found[: introduction(found)]]
    assert said[1:] == [
        "Engineer who has built pipelines for retailers.",
        "Enjoys teaching;",
    ]
    assert len(said) <= 3
    assert introduction(passages("Experience\n- Moved 40 jobs from cron to Airflow\n")) == 0
    many = passages("Data Engineer\n\n" + "I write loaders for files of suppliers. " * 9)
    assert introduction(many) == 3
    assert introduction(()) == 0


def test_a_label_is_no_evidence() -> None:
    assert texts("Skills: Python, SQL, Docker, Kubernetes\n") == ["Python, SQL, Docker, Kubernetes"]


def test_fragments_are_taken_together_only_up_to_a_length() -> None:
    resume = "Skills\n" + "\n".join(f"Skill{number}" for number in range(40))
    found = texts(resume)
    assert " ".join(" ".join(found).split()) == " ".join(f"Skill{n}" for n in range(40))
    assert all(len(text.split()) <= 16 for text in found)
    assert len(found) == 3


def test_bullets_stay_alone() -> None:
    assert texts("Skills\n* Python\n* SQL\n") == ["Python", "SQL"]


def test_bullets_in_a_line_that_lost_its_breaks() -> None:
    resume = "Managed servers ? Wrote scripts for accounts ? Maintained two domains"
    assert texts(resume) == [
        "Managed servers",
        "Wrote scripts for accounts",
        "Maintained two domains",
    ]


def test_what_somebody_lacks_is_no_evidence() -> None:
    resume = (
        "No experience with Java at university, but since 2019 I use Python daily.\n"
        "I have never worked with Kubernetes or Docker.\n"
        "Not familiar with Scala; knows SQL.\n"
        "Left no request without an answer.\n"
    )
    said = " ".join(texts(resume))
    assert "since 2019 I use Python daily." in said
    assert "knows SQL." in said
    assert "Left no request without an answer." in said
    for lacking in ("Java", "Kubernetes", "Docker", "Scala"):
        assert lacking not in said
    assert texts("No Java experience\nPython\n") == ["Python"]


def test_a_text_without_letters_has_no_passages() -> None:
    for nothing in ("", "\n \n", "----", "\u2022 \u2022"):
        assert passages(nothing) == ()


LINE = st.sampled_from(RESUME.splitlines())


@settings(deadline=None)
@given(st.one_of(st.text(max_size=300), st.lists(LINE, max_size=20).map("\n".join)))
def test_passages_are_disjoint_slices_in_order(resume: str) -> None:
    found = passages(resume)
    for span in found:
        text = resume[span.start : span.end]
        assert text.strip() == text != ""
    for one, other in pairwise(found):
        assert one.end <= other.start
