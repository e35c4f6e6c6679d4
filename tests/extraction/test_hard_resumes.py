"""Resumes in ways that rules stumble over: one test for each class of mistake once made."""

from datetime import date

import pytest

from shortlist.extraction import profile
from shortlist.extraction.entities import Profile, Quote
from shortlist.records import Document

TODAY = date(2026, 1, 31)


def resume(text: str) -> Profile:
    return profile(Document("resume", text), today=TODAY)


def jobs(found: Profile) -> list[tuple[str | None, str | None]]:
    return [(_text(position.title), _text(position.employer)) for position in found.positions]


def schools(found: Profile) -> list[tuple[str | None, str | None, str | None, int | None]]:
    return [(e.level, _text(e.field), _text(e.school), e.year) for e in found.education]


def _text(quote: Quote | None) -> str | None:
    return quote and quote.text


def names(found: Profile, status: str) -> set[str]:
    return {skill.name for skill in found.skills if skill.status == status}


def kinds(found: Profile) -> list[str]:
    return [section.kind for section in found.sections]


def test_the_dot_of_a_company_form_ends_no_header() -> None:
    found = resume(
        "Work Experience\nSenior Data Engineer - Northwind\nMarch 2021 - Present\n- Built"
        " things\n\n"
        "Data Engineer | Contoso S.L.\n09/2017 - 02/2021\n- Built more"
    )
    assert jobs(found)[1] == ("Data Engineer", "Contoso S.L.")


def test_titles_under_one_employer_share_it() -> None:
    found = resume(
        "Experience\nTechCorp India\nBengaluru\nSenior Software Engineer    Apr 2019 - Present\n"
        "Software Engineer     Jul 2016 - Mar 2019\n- Led a migration to AWS"
    )
    assert jobs(found) == [
        ("Senior Software Engineer", "TechCorp India"),
        ("Software Engineer", "TechCorp India"),
    ]


def test_how_long_a_job_lasted_is_no_employer() -> None:
    found = resume(
        "Experience\nProduct Manager\nGlobex\nJan 2020 - Jan 2022 · 2 yrs 1 mo\nLaunched 3"
        " apps.\n\n"
        "Globex\n3 yrs\nAssociate Product Manager\nJan 2018 - Dec 2019 · 2 yrs\n"
        "Business Analyst\nJan 2017 - Dec 2017 · 1 yr\nSQL dashboards."
    )
    assert jobs(found) == [
        ("Product Manager", "Globex"),
        ("Associate Product Manager", "Globex"),
        ("Business Analyst", "Globex"),
    ]


def test_a_job_without_dates_gives_no_name_to_the_next_one() -> None:
    found = resume(
        "Experience\nCashier at Big Market - 2 years\nWaitress, Rosie's Diner (2018-2020)\n"
        "Bartender, Rosie's Diner (2020-2022)"
    )
    assert jobs(found) == [
        ("Cashier", "Big Market"),
        ("Waitress", "Rosie's Diner"),
        ("Bartender", "Rosie's Diner"),
    ]
    assert found.positions[0].period is None


def test_german_jobs_are_read() -> None:
    found = resume(
        "Berufserfahrung\nSeit 04/2018 Softwareentwickler bei Beispiel GmbH\n- Java und Docker\n"
        "10/2014 bis 03/2018 Praktikant, Muster AG"
    )
    assert jobs(found) == [("Softwareentwickler", "Beispiel GmbH"), ("Praktikant", "Muster AG")]


@pytest.mark.parametrize(
    "dates, months",
    [
        ("2017/09 - 2018/12", 16),
        ("6/2012-2/2015", 33),
        ("Jan. 2019 until April 2021", 28),
        ("Summer 2016 - Fall 2017", 18),
        ("Jun '15 - Dec '19", 55),
    ],
)
def test_dates_are_read(dates: str, months: int) -> None:
    assert resume(f"Experience\nIntern, Savanna Bank\n{dates}\n- Filed papers").months == months


def test_names_of_employers_and_people_are_no_skills() -> None:
    found = resume(
        "Tom Baker\ntom@mail.example\nExperience\nClerk, Contoso Retail Ltd.\n2015 - 2017"
    )
    assert not names(found, "used") | names(found, "listed")


def test_curriculum_vitae_is_no_skill() -> None:
    assert not resume("Curriculum Vitae\nHans Roe\nSkills\nSQL").skills[0].name.startswith("curr")


def test_a_degree_takes_the_school_above_it() -> None:
    found = resume(
        "Education\nHillview University\nMSc in Computer Science, 2014 - 2016\n"
        "BSc Mathematics, 2010 - 2014"
    )
    assert [school for _, _, school, _ in schools(found)] == ["Hillview University"] * 2


def test_a_degree_that_is_named_twice_has_its_field() -> None:
    found = resume(
        "Education\nUniversity of California, Berkeley\nBachelor of Arts - BA, Economics\n2012 -"
        " 2016"
    )
    assert schools(found) == [("bachelor", "Economics", "University of California, Berkeley", 2016)]


def test_qualifications_that_are_degrees_are_education() -> None:
    found = resume(
        "Experience:\nMay 2021 to date - Freelance Consultant\n\n"
        "Qualifications:\nMBA (in view), Lakeside University, expected 2027\n"
        "BSc (Hons) Marketing, Hillview University - 2017\nHND Business, Yore College 2014\n\n"
        "Skills: Canva, WordPress, no knowledge of Photoshop\nWould love to learn Tableau."
    )
    assert found.degree == "bachelor"
    assert kinds(found) == ["experience", "education", "skills"]
    assert names(found, "listed") >= {"canva", "wordpress"}
    assert names(found, "negated") == {"photoshop"}
    assert names(found, "desired") == {"tableau"}


def test_labels_below_the_last_job_open_sections() -> None:
    found = resume(
        "Work History\nWelder, IronWorks Inc., 3/2015-present\n- read blueprints\n"
        "Certifications: AWS D1.1, OSHA 30, Forklift\nEducation: GED 2011"
    )
    assert kinds(found) == ["experience", "certifications", "education"]
    assert "aws" not in {skill.name for skill in found.skills}
    assert next(thing.name for thing in found.certifications) == "welding certification"


@pytest.mark.parametrize(
    "heading, kind",
    [
        ("Professional experience", "experience"),
        ("Experiencia profesional", "experience"),
        ("Professional Appointments", "experience"),
        ("Where I've Worked", "experience"),
        ("Education History", "education"),
        ("Formación académica", "education"),
        ("Kurzprofil", "summary"),
        ("Open Source Contributions", "projects"),
        ("Grants and Awards", "achievements"),
        ("Community Engagement", "volunteer"),
    ],
)
def test_headings_in_other_wordings(heading: str, kind: str) -> None:
    assert kind in kinds(resume(f"Ann Roe\n\n{heading}\nSomething that is told here"))


def test_a_project_has_its_name_before_the_colon() -> None:
    found = resume("Projects\nOpenTraffic: a dashboard of sensors\nBirdNet - classified bird songs")
    assert [(p.name, p.note) for p in found.projects] == [
        ("OpenTraffic", "a dashboard of sensors"),
        ("BirdNet", "classified bird songs"),
    ]


def test_what_follows_but_not_with_is_denied() -> None:
    found = resume("Summary\nFamiliar with Excel but not with Access.")
    assert names(found, "negated") == {"access"}
    assert names(found, "listed") == {"excel"}


def test_a_place_is_neither_a_street_nor_a_title() -> None:
    found = resume(
        "John Roe, RN\n12 Main Street, Springfield, IL 62701 | j@mail.example\nSkills\nSQL"
    )
    assert found.contact.location is not None
    assert found.contact.location.text == "Springfield, IL 62701"


def test_life_support_is_a_skill_and_a_certificate() -> None:
    found = resume(
        "Education and Licensure:\nA.A.S. Nursing, Yore College, 2012\nBLS, ACLS certified"
    )
    held = {thing.name for thing in found.certifications}
    assert held == {"basic life support", "advanced cardiac life support"}
    assert held <= names(found, "listed")


def test_dates_and_places_of_certificates_are_none() -> None:
    found = resume("Certifications\nCertified Public Accountant (CPA), New York State, 2016")
    assert [thing.name for thing in found.certifications] == ["cpa"]


def test_signs_of_markdown_belong_to_no_name() -> None:
    found = resume(
        "## Experience\n\n**Backend Engineer** @ *Initech* (Feb 2022 → now)\n- Go\n\n"
        "## Education\n\n**Hillview University** — BASc, Software Engineering (2017–2022)"
    )
    assert jobs(found) == [("Backend Engineer", "Initech")]
    assert schools(found) == [("bachelor", "Software Engineering", "Hillview University", 2022)]


def test_an_abbreviation_ends_no_employer() -> None:
    found = resume("Experience\n2013 - 2016 Infantryman (11B), U.S. Army, Fort Roe\nLed 4 people.")
    assert jobs(found) == [("Infantryman", "U.S. Army")]


def test_a_diploma_is_less_than_a_degree() -> None:
    assert resume("Education\nCulinary Arts Diploma, Yore Institute, 2012").degree == "none"


def test_what_is_being_explored_is_desired() -> None:
    assert "elixir" in names(resume("Skills\nGo\n\nCurrently exploring\nElixir, Zig"), "desired")


def test_languages_in_their_own_words() -> None:
    found = resume("Lingue\nItaliano madrelingua, inglese B2")
    assert [(thing.name, thing.note) for thing in found.languages] == [
        ("italian", "madrelingua"),
        ("english", "B2"),
    ]


@pytest.mark.parametrize(
    "text, skill",
    [
        ("Skills\nPython, SQL\nLearning: Rust, Scala", "rust"),
        ("Hope to use PyTorch.", "pytorch"),
        ("I want a role where I can use Kubernetes.", "kubernetes"),
        ("Writing Java; studying Terraform.", "terraform"),
    ],
)
def test_what_is_wished_for_is_desired(text: str, skill: str) -> None:
    assert skill in names(resume(text), "desired")
