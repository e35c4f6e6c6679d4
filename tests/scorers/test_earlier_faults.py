"""Counter-examples of matching that earlier systems are known to get wrong, one test for each.

The numbers are those of the list of faults of the earlier resume analyser; faults of what is read
from a text are in `tests/extraction/test_earlier_faults.py`.
"""

import pytest

from shortlist.records import Document
from shortlist.scorers import Hybrid
from shortlist.scorers.hybrid import credit, found, readings
from shortlist.scorers.signals import Reading


def read(hybrid: Hybrid, job: str, resume: str) -> dict[str, Reading]:
    asked = hybrid.vacancy(Document("job", job))
    return readings(asked, hybrid.read([Document("resume", resume)])[0])


def held(hybrid: Hybrid, job: str, resume: str) -> dict[str, float]:
    """What each skill that a job names counts in a resume."""
    asked = hybrid.vacancy(Document("job", f"Requirements:\n- {job}"))
    (one,) = hybrid.read([Document("resume", resume)])
    return {" or ".join(wish.names): credit(wish, one) for wish in asked.skills}


def keywords(hybrid: Hybrid, job: str, resume: str) -> set[str]:
    """The keywords of a job that a resume holds."""
    asked = hybrid.vacancy(Document("job", f"Requirements:\n- {job}"))
    (one,) = hybrid.read([Document("resume", resume)])
    return {name for wish in asked.wishes if found(wish, one) for name in wish.names}


# 10: words inside words


@pytest.mark.parametrize(
    "asked, resume",
    [
        ("Java", "Skills\nJavaScript, CSS"),
        ("Go, R and REST", "A good cook who takes a rest and goes home for more."),
        ("Scala", "Escalated incidents and scaled teams."),
        ("Swift and Kotlin", "A swift response to every request."),
        ("Express and Node.js", "Express yourself clearly."),
    ],
)
def test_10_a_name_is_no_part_of_another_word(hybrid: Hybrid, asked: str, resume: str) -> None:
    assert set(held(hybrid, asked, resume).values()) == {0.0}
    assert keywords(hybrid, asked, resume) == set()


# 11: names


def test_11_aliases_answer_for_names(hybrid: Hybrid) -> None:
    credits = held(
        hybrid, "kubernetes, go, postgresql, scikit-learn", "Skills: k8s, golang, postgres, sklearn"
    )
    assert credits == dict.fromkeys(("kubernetes", "go", "postgresql", "scikit-learn"), 1.0)
    asked = "Requirements:\n- kubernetes, go, postgresql, scikit-learn"
    assert read(hybrid, asked, "Skills: k8s, golang, postgres, sklearn")["skill"].value == 1.0


def test_11_aliases_imply_what_names_imply(hybrid: Hybrid) -> None:
    assert held(hybrid, "Docker", "Skills: k8s") == {"docker": 0.5}


# 12: negation


def test_12_one_denial_does_not_erase_what_is_used(hybrid: Hybrid) -> None:
    resume = "No experience with Python at university… since 2019 I use Python daily"
    assert held(hybrid, "Python", resume) == {"python": 1.0}
    assert "python" in keywords(hybrid, "Python", resume)


def test_12_a_comma_carries_the_denial_on(hybrid: Hybrid) -> None:
    resume = "Summary\nI have no experience in kubernetes, docker or terraform."
    assert set(held(hybrid, "Kubernetes, Docker and Terraform", resume).values()) == {0.0}
    assert keywords(hybrid, "Kubernetes, Docker and Terraform", resume) == set()


def test_12_a_denied_word_does_not_deny_a_part_of_it(hybrid: Hybrid) -> None:
    resume = "No experience with JavaScript. Java developer since 2015."
    assert held(hybrid, "Java and JavaScript", resume) == {"java": 1.0, "javascript": 0.0}


def test_12_denial_holds_for_plain_words_too(hybrid: Hybrid) -> None:
    resume = "Not familiar with upholstery, but mended saddles for years."
    assert keywords(hybrid, "Upholstery of saddles", resume) == {"saddle"}


def test_12_a_wish_is_no_skill(hybrid: Hybrid) -> None:
    assert held(hybrid, "Terraform", "Eager to learn Terraform.") == {"terraform": 0.0}
    assert keywords(hybrid, "Terraform", "Eager to learn Terraform.") == set()


# 13: must-have and nice-to-have


def test_13_a_must_counts_twice(hybrid: Hybrid) -> None:
    """One nice-to-have of a must and a nice-to-have of equal rarity is a third."""
    job = "Requirements:\n- Kubernetes\n\nPreferred:\n- Terraform"
    must, nice = hybrid.vacancy(Document("job", job)).skills
    assert (must.kind, nice.kind) == ("must", "nice")
    value = read(hybrid, job, "Skills\nTerraform")["skill"].value
    assert value == pytest.approx(nice.weight / (2 * must.weight + nice.weight), abs=1e-4)


# 14: boilerplate, lists, punctuation


def test_14_an_introduction_on_top_hides_nothing_below(hybrid: Hybrid) -> None:
    job = (
        "About us\nAcme Robotics builds warehouse robots with passion.\n\n"
        "Requirements:\n- Python\n\nBenefits\n- Dental insurance"
    )
    asked = hybrid.vacancy(Document("job", job))
    names = {name for wish in asked.wishes for name in wish.names}
    assert "python" in names
    assert not names & {"acme", "robotic", "robot", "dental", "insurance", "passion"}


def test_14_no_keyword_is_cut_by_the_alphabet(hybrid: Hybrid) -> None:
    asked = ["zendesk", "python", "ansible", "tableau", "welding", "yoga", "payroll", "sewing"]
    asked += ["baking", "plumbing", "litigation", "triage", "avionics", "irrigation", "photoshop"]
    asked += ["budgeting", "merchandising", "recruitment", "tutoring", "carpentry", "journalism"]
    asked += ["logistics", "phlebotomy", "bookkeeping", "copywriting", "surveillance", "roofing"]
    job = "Requirements:\n" + "\n".join(f"- {skill}" for skill in asked)
    assert len(hybrid.vacancy(Document("job", job)).skills) == len(asked)


def test_14_punctuation_hides_no_keyword(hybrid: Hybrid) -> None:
    assert "python" in keywords(hybrid, "Python", "Skills\n(Python), SQL;")
    assert "throughput" in keywords(hybrid, "Raise throughput", "Raised 'throughput'.")


# 15: TF-IDF of two texts: see test_lexical


# 16: what cannot be computed is no 0


def test_16_without_headings_there_is_no_section_signal(hybrid: Hybrid) -> None:
    signal = read(hybrid, "Requirements:\n- Python", "Wrote Python loaders for a bakery.")[
        "section"
    ]
    assert (signal.value, signal.reason) == (None, "the resume has no headings")


def test_16_a_job_without_known_skills_has_no_skill_signal(hybrid: Hybrid) -> None:
    signal = read(hybrid, "Requirements:\n- Calm with llamas", "Skills\nPython")["skill"]
    assert signal.value is None
    assert "no skill" in signal.reason


def test_16_what_the_model_cannot_read_has_no_semantic_signal(hybrid: Hybrid) -> None:
    resume = Document("r", "")
    asked = hybrid.vacancy(Document("job", "Requirements:\n- Python"))
    signals = hybrid.signals(asked, hybrid.read([resume])[0])
    semantic = next(signal for signal in signals if signal.name == "semantic")
    assert (semantic.value, semantic.applied) == (None, 0.0)
    assert semantic.reason == "the model reads nothing of the resume"


def test_16_a_full_house_scores_one(hybrid: Hybrid) -> None:
    signals = {name: Reading(1.0) for name in ("semantic", "tfidf", "keyword", "skill")}
    from shortlist.scorers.signals import SUGGESTED, total, weighted

    no_sections = {**signals, "section": Reading(None, "the resume has no headings")}
    assert total(weighted(no_sections, SUGGESTED, SUGGESTED)) == 1.0


# 17: the better candidate is above, by a margin


def test_17_a_near_perfect_candidate_is_far_above_an_unrelated_one(hybrid: Hybrid) -> None:
    job = (
        "Data Engineer\n\nRequirements:\n- 3 years of Python\n- Airflow\n- PostgreSQL\n"
        "- Kubernetes\n\nPreferred:\n- Terraform\n"
    )
    perfect = (
        "Summary\nData engineer\n\nExperience\nData Engineer, 2016 - 2022\n"
        "- Wrote loaders in Python and ran them in Airflow on Kubernetes\n"
        "- Kept PostgreSQL databases, set up with Terraform\n\n"
        "Education\nBSc, 2015\n\nSkills\nPython, Airflow, PostgreSQL, Kubernetes, Terraform\n"
    )
    baker = "Experience\nBaker, 2010 - 2020\n- Baked rye bread\n\nSkills\nBaking\n"
    ranking = hybrid.rank(
        Document("job", job), [Document("perfect", perfect), Document("baker", baker)]
    )
    first, last = ranking.matches
    assert (first.resume, last.resume) == ("perfect", "baker")
    assert first.score > 0.7
    assert last.score < 0.35


# 20: partial matches count partly, and one of several is enough


def test_20_implied_is_half(hybrid: Hybrid) -> None:
    assert held(hybrid, "JavaScript", "Skills\nReact") == {"javascript": 0.5}
    assert held(hybrid, "JavaScript", "Skills\nReact, JavaScript") == {"javascript": 1.0}


def test_20_one_of_several_is_enough(hybrid: Hybrid) -> None:
    assert held(hybrid, "Dashboards in Power BI or Tableau", "Skills\nTableau") == {
        "data visualization": 0.5,
        "power bi or tableau": 1.0,
    }


def test_20_one_skill_does_not_answer_for_many(hybrid: Hybrid) -> None:
    credits = held(hybrid, "Python, Java, SQL and Kubernetes", "Skills\nPython")
    assert credits == {"python": 1.0, "java": 0.0, "sql": 0.0, "kubernetes": 0.0}


def test_20_an_everyday_word_counts_by_what_stands_beside_it(hybrid: Hybrid) -> None:
    alone = "Experience\nClerk, 2018 - 2022\n- Moved the Airflow of a bakery\n"
    assert held(hybrid, "Airflow and Spark", alone)["airflow"] == 0.5
    assert held(hybrid, "Airflow and Spark", alone.replace("Airflow", "airflow"))["airflow"] == 0.0
    implied = "Experience\nClerk, 2018 - 2022\n- Excel with pivot tables for the monthly count\n"
    assert held(hybrid, "Advanced Excel", implied) == {"excel": 1.0}
    assert held(hybrid, "Advanced Excel", implied.replace("Excel", "Sheets")) == {"excel": 0.5}


# What the earlier system did well


@pytest.mark.parametrize(
    "asked, said",
    [
        ("Kubernetes", "k8s"),
        ("Kubernetes", "Kubernates"),
        ("Machine learning", "ML"),
        ("React and TypeScript", "ReactJS, TypeScript"),
        ("PostgreSQL", "Postgres"),
        ("Node.js", "nodejs"),
    ],
)
def test_synonyms_and_a_slip_of_the_pen_are_the_same_skill(
    hybrid: Hybrid, asked: str, said: str
) -> None:
    credits = held(hybrid, asked, f"Skills\nPython, {said}, SQL")
    assert set(credits.values()) == {1.0}
    assert keywords(hybrid, asked, f"Skills\nPython, {said}, SQL")


def test_what_is_implied_is_implied_on(hybrid: Hybrid) -> None:
    credits = held(hybrid, "React and JavaScript", "Skills\nNext.js")
    assert credits["react"] == 0.5
    assert 0 < credits["javascript"] <= 0.5
