"""Ways to reach a person, and personal facts: with a label, in a sentence, alone in a field."""

import pytest

from shortlist.masking import Masker
from shortlist.records import Document


def encoded(text: str, policy: str = "identity") -> str:
    return Masker(policy)(Document("r", text)).text


def kinds(text: str, policy: str = "identity") -> set[str]:
    hidden = Masker(policy)(Document("r", text)).hidden
    return {span.kind for span in hidden} - {"trace"}


@pytest.mark.parametrize(
    "line, kind",
    [
        ("jane.roe@mail.example", "email"),
        ("E-mail: jane_roe+cv@mail.example", "email"),
        ("jane (at) mail (dot) example", "email"),
        ("https://www.linkedin.com/in/jane-roe-123/", "link"),
        ("github.com/janeroe", "link"),
        ("Twitter: @janeroe", "link"),
        ("(555) 210-4433", "phone"),
        ("555.210.4433", "phone"),
        ("+44 20 7946 0958", "phone"),
        ("Mobile: 0176 5550 1234", "phone"),
        ("+1-555-210-4433 ext. 12", "phone"),
        ("12 Elm Street, Apt 4, Dayton, OH 45402", "address"),
        ("P.O. Box 1234", "address"),
        ("Address: Hauptstrasse 12, 50667 Köln", "address"),
        ("Date of birth: 3 May 1985", "birth"),
        ("Date of Birth\n3 May 1985", "birth"),
        ("Geburtsdatum: 3.5.1985", "birth"),
        ("34 years old", "birth"),
        ("Gender: Female", "sex"),
        ("Pronouns: they/them", "sex"),
        ("Marital status: married", "family"),
        ("Married with two children", "family"),
        ("Nationality: Irish", "nationality"),
        ("Religion: none", "religion"),
        ("Passport No: X1234567", "id"),
        ("Photo", "photo"),
        ("Born 3 May 1985 in Leeds", "birth"),
        ("b. 3/5/1985", "birth"),
        ("34 yrs old", "birth"),
        ("34 y/o", "birth"),
        ("Female, 34, single", "birth"),
        ("Irish national, Catholic, no children", "religion"),
        ("Irish citizen, Hindu. Married.", "religion"),
        ("Dual citizenship (UK and Ghana)", "nationality"),
        ("British passport holder", "nationality"),
        ("Height: 175 cm", "health"),
        ("Sexual orientation: gay", "sex"),
        ("Flat 4, 22 Baker St, London NW1 6XE", "address"),
        ("he/him/his", "pronoun"),
    ],
)
def test_a_line_with_only_a_fact_goes(line: str, kind: str) -> None:
    text = f"Summary\nCook\n{line}\nPlans menus"
    assert encoded(text) == "Summary\nCook\nPlans menus"
    assert kind in kinds(text)


@pytest.mark.parametrize(
    "line",
    [
        "2010 - 2014, 01/2012 to 05/2013",
        "Served 1,200,000 requests a day",
        "Budget of $2,500,000 and 15% growth",
        "Node.js, ASP.NET and Booking.com",
        "Released 3.11.2 on 2014-05-06",
        "Led 12 way integration, 10 Drive units",
        "Color, religion, sex or age of applicants",
        "HIS and SHE standards, HE institutions",
        "Age of Empires modding",
        "Senior citizens' home",
        "Email marketing and telephone sales",
        "Taught citizenship to 30 children; looked after two children of a family",
        "Moved a login from Express Passport to OAuth",
        "Jewish history, Christian art and Buddhist texts",
        "Clause b. 3 of the national contract",
        "Keeps national records; National Insurance",
    ],
)
def test_what_only_looks_like_a_fact_stays(line: str) -> None:
    assert encoded(f"Summary\n{line}") == f"Summary\n{line}"


@pytest.mark.parametrize(
    "he, she",
    [
        ("He leads. His team trusts him.", "She leads. Her team trusts her."),
        ("He's calm and built it himself.", "She's calm and built it herself."),
        ("They've grown; theirs is the plan.", "She'd grown; hers is the plan."),
        ("Ask him or her about his/her work.", "Ask her about their work."),
        ("Mr. Roe cooks.", "Mx. Roe cooks."),
    ],
)
def test_pronouns_and_titles_are_all_alike(he: str, she: str) -> None:
    assert encoded(f"Summary\n{he}") == encoded(f"Summary\n{she}")


@pytest.mark.parametrize(
    "told", ["I am {}, and tidy", "I'm {} and tidy", "I'm Ada Roe, {}, and tidy"]
)
def test_an_age_told_in_a_sentence_goes(told: str) -> None:
    assert len({encoded(f"Summary\n{told.format(age)}") for age in (18, 34, 61)}) == 1


def test_each_policy_hides_more() -> None:
    text = (
        "Jane Roe\nEducation\nBSc Physics, Xanten University, 2010\n"
        "Experience\nCook, Contoso, Dayton, Ohio, 2011"
    )
    assert kinds(text, "none") == set()
    assert kinds(text, "identity") == {"name"}
    assert kinds(text, "standard") == {"name", "school"}
    assert kinds(text, "strict") == {"name", "school", "place", "year"}
    strict = encoded(text, "strict")
    assert "2010" not in strict and "2011" in strict and "Ohio" not in strict


def test_a_policy_of_nothing_leaves_the_text_as_it_is() -> None:
    text = "Jane  Roe \n\n\n she/her\t"
    assert encoded(text, "none") == text
