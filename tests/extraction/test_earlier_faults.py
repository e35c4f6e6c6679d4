"""Counter-examples that earlier systems are known to get wrong, one test for each.

The numbers are those of the list of faults of the earlier resume analyser.
"""

from datetime import date

import pytest

from shortlist.extraction import Lexicon, posting, profile
from shortlist.extraction.entities import Posting, Profile
from shortlist.records import Document

TODAY = date(2024, 1, 15)


def resume(text: str) -> Profile:
    return profile(Document("resume", text), today=TODAY)


def job(text: str) -> Posting:
    return posting(Document("job", text))


def names(found: Profile, *statuses: str) -> set[str]:
    return {
        skill.name for skill in found.skills if skill.status in (statuses or ("used", "listed"))
    }


# 8: words that look like degrees


@pytest.mark.parametrize(
    "text",
    [
        "Please contact me at any time.",
        "It would be a pleasure to work with you.",
        "Worked as a cashier for a grocery store.",
        "Proficient in MS Office and MS Word.",
        "Contact me\nEducation\nMS Office course",
        "Scrum Master and Sales Associate in Boston, MA",
    ],
)
def test_8_ordinary_words_are_no_degree(text: str) -> None:
    assert resume(text).degree in (None, "none")


@pytest.mark.parametrize(
    "text, level",
    [
        ("Education\nM.E. in Civil Engineering, Riverton Institute of Technology, 2012", "master"),
        ("Education\nB.E. (Mechanical), 2010", "bachelor"),
        ("Education\nA.S. Nursing, 2011", "associate"),
        ("Education\nM.S. Statistics, Northfield University, 2015", "master"),
    ],
)
def test_8_the_abbreviations_themselves_are_degrees(text: str, level: str) -> None:
    assert resume(text).degree == level


# 9: years


@pytest.mark.parametrize(
    "asked, years",
    [
        ("5+ years of professional experience", 5),
        ("5+ years in software development", 5),
        ("At least five years of experience", 5),
        ("3-5 years experience", 3),
        ("Minimum of 7 years' relevant experience", 7),
    ],
)
def test_9_years_that_a_job_asks_for(asked: str, years: int) -> None:
    assert job(f"Requirements:\n- {asked}").years == years


def test_9_the_age_of_the_company_is_not_asked_of_people() -> None:
    boast = "Our company has over 30 years of experience in logistics.\n"
    assert job(boast + "Requirements:\n- 4 years of experience in sales").years == 4
    assert job(boast + "Requirements:\n- Good communication skills").years is None


def test_9_an_age_is_no_experience() -> None:
    assert job("Requirements:\n- Must be at least 18 years of age").years is None


def test_9_parallel_jobs_count_once_and_study_not_at_all() -> None:
    text = "Developer, Acme 2014-2016\nConsultant, Beta 2014-2016\nBSc 2010-2014"
    assert resume(text).years == 2.0
    sections = "Experience\nDeveloper 2014-2016\nConsultant 2014-2016\nEducation\nBSc 2010-2014"
    assert resume(sections).years == 2.0
    assert resume("BSc 2010-2014. Developer 2014-2016. Consultant 2014-2016.").years == 2.0


def test_9_months_in_figures_are_read() -> None:
    assert resume("Experience\nClerk, Acme\n01/2019 - 03/2020\nFiled papers").months == 15


# 10: words inside words, and everyday words


def test_10_java_is_not_in_javascript() -> None:
    assert names(resume("Skills\nJavaScript, CSS")) & {"java", "javascript"} == {"javascript"}


def test_10_letters_of_a_sentence_are_no_language() -> None:
    assert names(resume("A good cook who takes a rest and goes home for more.")) <= {"cooking"}


@pytest.mark.parametrize(
    "text",
    [
        "Rest assured that it is done.",
        "A swift response to every request.",
        "Express yourself clearly.",
        "I go the extra mile.",
        "Less is more.",
        "An echo of the past and a solid result.",
        "Executive Chef at a hotel, in Spring 2014.",
        "I excel at reading people's word choice and their access to outlook.",
        "Contact: c/o R. Roe, 12 Dart Lane",
    ],
)
def test_10_everyday_words_are_no_software(text: str) -> None:
    software = {"rest", "swift", "express", "go", "less", "solid principles", "chef", "spring", "r"}
    software |= {"c", "excel", "word", "access", "outlook", "dart", "echocardiography"}
    assert not names(resume(text)) & software


def test_10_one_letter_of_a_longer_name_is_no_skill() -> None:
    found = names(resume("Skills\nC++, C#"))
    assert {"c++", "c#"} <= found
    assert "c" not in found


# 11: names


def test_11_aliases_and_names_are_the_same_skill() -> None:
    resume_side = names(resume("Skills: k8s, golang, postgres, sklearn"))
    job_side = job("Requirements:\n- kubernetes, go, postgresql, scikit-learn")
    assert set(job_side.must) == {"kubernetes", "go", "postgresql", "scikit-learn"}
    assert set(job_side.must) <= resume_side


def test_11_aliases_imply_what_the_names_imply() -> None:
    found = resume("Skills: k8s, sklearn")
    assert {"docker", "containers", "python", "machine learning"} <= names(found, "implied")


def test_11_no_alias_has_two_meanings() -> None:
    assert Lexicon.load().canonical("tf") is None


# 12: negation


def test_12_one_denial_does_not_erase_what_is_used() -> None:
    found = resume("No experience with Python at university… since 2019 I use Python daily.")
    python = next(skill for skill in found.skills if skill.name == "python")
    assert python.status == "used"
    assert python.months == 60
    assert [mention.status for mention in python.mentions] == ["negated", "used"]


def test_12_a_comma_carries_the_denial_on() -> None:
    found = resume("I have no experience in kubernetes, docker or terraform.")
    assert names(found, "negated") == {"kubernetes", "docker", "terraform"}
    assert not names(found)


def test_12_a_denied_word_does_not_deny_a_part_of_it() -> None:
    found = resume("No experience with JavaScript. Java developer since 2015.")
    assert names(found, "negated") == {"javascript"}
    assert "java" in names(found)


def test_12_denied_skills_imply_nothing() -> None:
    assert not names(resume("No experience with Kubernetes."), "used", "listed", "implied")


# 13: must-have and nice-to-have


def test_13_plain_headings_give_priorities() -> None:
    found = job("Requirements:\n- Kubernetes\n- Python\n\nPreferred:\n- Terraform\n- Grafana")
    assert set(found.must) == {"kubernetes", "python"}
    assert set(found.nice) == {"terraform", "grafana"}


# 14: boilerplate


def test_14_an_introduction_on_top_hides_nothing_below() -> None:
    found = job(
        "About us\nAcme Robotics builds warehouse robots with passion.\n\n"
        "Requirements:\n- Python\n- 3+ years of experience\n\nBenefits\n- Dental insurance"
    )
    assert found.must == ("python",)
    assert found.years == 3
    text = "".join(requirement.text for requirement in found.requirements)
    assert "Acme" not in text
    assert "Dental" not in text


def test_14_no_list_is_cut_by_the_alphabet() -> None:
    asked = ["zendesk", "python", "ansible", "tableau", "welding", "yoga", "payroll", "sewing"]
    asked += ["baking", "plumbing", "litigation", "triage", "avionics", "irrigation", "photoshop"]
    asked += ["budgeting", "merchandising", "recruitment", "tutoring", "carpentry", "journalism"]
    asked += ["logistics", "phlebotomy", "bookkeeping", "copywriting", "surveillance", "roofing"]
    found = job("Requirements:\n" + "\n".join(f"- {skill}" for skill in asked))
    assert len(found.must) == len(asked)


def test_14_punctuation_does_not_hide_a_keyword() -> None:
    found = resume("Skills\nPython, SQL; Python. (Python)")
    python = next(skill for skill in found.skills if skill.name == "python")
    assert len(python.mentions) == 3
