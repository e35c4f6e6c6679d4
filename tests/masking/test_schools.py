"""Which words name a school, which of them a well-known one, and what stays when a school goes."""

import pytest

from masking.people import SCHOOLS
from shortlist.masking import Masker
from shortlist.masking.schools import school_tier
from shortlist.records import Document

STANDARD = Masker()


def encoded(text: str) -> str:
    return STANDARD(Document("r", text)).text


def in_education(line: str) -> str:
    return f"Summary\nAnalyst\n\nEducation\n{line}\n\nSkills\nExcel\n"


@pytest.mark.parametrize("school", SCHOOLS)
@pytest.mark.parametrize(
    "line, without",
    [
        ("B.Sc. in Biology, {school}, 2010", "B.Sc. in Biology, 2010"),
        ("B.Sc. in Biology at {school}, 2010", "B.Sc. in Biology, 2010"),
        ("B.Sc. in Biology from {school}", "B.Sc. in Biology"),
        ("{school} - B.Sc. in Biology", "B.Sc. in Biology"),
        ("{school}\nB.Sc. in Biology", "B.Sc. in Biology"),
        ("B.Sc. in Biology ({school})", "B.Sc. in Biology"),
        ("B.Sc. in Biology, {school}, Springfield, IL", "B.Sc. in Biology"),
        ("University: {school}\nB.Sc. in Biology", "B.Sc. in Biology"),
        ("B.Sc. in Biology\n{school}, Dayton, Ohio", "B.Sc. in Biology"),
        ("I graduated from {school} with a BSc.", "I graduated with a BSc."),
        ("She studied physics at {school} for a year.", "She studied physics for a year."),
    ],
)
def test_a_school_leaves_no_trace(school: str, line: str, without: str) -> None:
    with_school = encoded(in_education(line.format(school=school)))
    assert with_school == encoded(in_education(without))


@pytest.mark.parametrize("school", SCHOOLS)
def test_a_school_in_a_sentence_leaves_no_trace(school: str) -> None:
    line = "Analyst who graduated{} and then joined Contoso."
    assert encoded(line.format(f" from {school}")) == encoded(line.format(""))


@pytest.mark.parametrize(
    "name",
    [
        "Universität Xanten",
        "Université de Xanten",
        "Università degli Studi di Xanten",
        "Universidad Autónoma de Xanten",
        "Politechnika Xantenska",
        "Fachhochschule Xanten",
        "École supérieure de commerce de Xanten",
        "Xanten Institute of Science and Technology",
        "Xanten College of Arts & Sciences",
        "St. Xanten's College",
        "Xanten School of Mines",
        "National University of Xanten (NUX)",
        "University of Xanten-Nord",
        "Xanten Üniversitesi",
        "Xantens universitet",
        "王家大学",
        "Q & X University",
        "German University of Xanten",
        "Applied Science University Xanten",
        "\ufffdcole Sup\ufffdrieure de Xanten",
    ],
)
def test_unknown_schools_show_by_their_words(name: str) -> None:
    assert encoded(in_education(f"BSc Physics, {name}, 2010")) == encoded(
        in_education("BSc Physics, 2010")
    )


def test_middle_before_a_region_is_of_the_name() -> None:
    text = "Summary\nPlans routes in Excel.\nMiddle Qwertzland State University"
    assert encoded(text) == "Summary\nPlans routes in Excel."


def test_a_school_alone_beside_a_degree_is_found_outside_its_section() -> None:
    text = "Summary\nAnalyst\n{}BSc Physics, 2010\nExcel"
    assert encoded(text.format("Lakeland Graduate School of Fisheries\n")) == encoded(
        text.format("")
    )


@pytest.mark.parametrize("name", ["Xanten", "Xyzzy Hall", "Morland"])
def test_in_an_entry_a_name_of_unknown_kind_is_a_school(name: str) -> None:
    assert encoded(in_education(f"BSc Physics, {name}, 2010")) == encoded(
        in_education("BSc Physics, 2010")
    )


@pytest.mark.parametrize(
    "line",
    [
        "BSc Petroleum Engineering 2010 cum laude",
        "MBA Finance GPA 3.9/4.0",
        "Bachelor of Ayurveda 2004",
        "Coursework in Kubernetes and SQL",
        "High School Diploma 2001",
        "Dean's List 2009",
        "PhD in Organic Chemistry",
    ],
)
def test_degrees_fields_and_honours_stay(line: str) -> None:
    assert encoded(in_education(line)) == f"Summary\nAnalyst\nEducation\n{line}\nSkills\nExcel"


@pytest.mark.parametrize(
    "line",
    [
        "Released under the MIT License.",
        "Project Management Institute member",
        "Ran the high school sports day",
        "College recruiting for engineers",
        "School counselor for three years",
        "Brown-field sites and rice breeding",
        "Published in Harvard Business Review",
        "Sigma-Delta converters, alpha beta testing",
        "Ranked first in sales among 40 agents",
        "University relations lead",
        "Arbeitete mit Python und SQL",
    ],
)
def test_what_only_looks_like_a_school_stays(line: str) -> None:
    assert encoded(f"Summary\n{line}") == f"Summary\n{line}"


@pytest.mark.parametrize(
    "line",
    [
        "BSc Physics, ranked #1 in the world",
        "BSc Physics, Ivy League",
        "BSc Physics from a top-10 university",
        "BSc Physics from a renowned institution",
        "BSc Physics from a local college",
        "BSc Physics, Phi Beta Kappa",
        "BSc Physics, Xanten Alumni Association",
        "BSc Physics\nMy education category is A and carries the tag elite_school.",
        "BSc Physics\nRhodes Scholar",
    ],
)
def test_prestige_leaves_no_trace(line: str) -> None:
    assert encoded(in_education(line)) == encoded(in_education("BSc Physics"))


@pytest.mark.parametrize(
    "text, tier",
    [
        ("Education\nPrinceton University\nBA History, 2001", "top"),
        ("Education\nBA History, Princeton, 2001", "top"),
        ("Graduated from MIT in 2001.", "top"),
        ("MBA, INSEAD", "top"),
        ("Education\nBSc, University of North Carolina at Chapel Hill", "top"),
        ("Education\nBSc, University of North Carolina at Charlotte", "other"),
        ("Education\nBSc, Rider University, Princeton, NJ", "other"),
        ("Education\nBSc, Xanten Community College", "other"),
        ("Education\nLincoln High School, 2001", "none"),
        ("Education\nBSc Physics, 2001", "none"),
        ("Experience\nAnalyst, Contoso, Princeton, NJ", "none"),
        ("Experience\nAccountant, Dartmouth College", "none"),
        ("Experience\nReleased under the MIT License", "none"),
        ("Ich arbeite gern mit anderen.", "none"),
        ("", "none"),
    ],
)
def test_the_tier_needs_education(text: str, tier: str) -> None:
    assert school_tier(text) == tier


@pytest.mark.parametrize("school", ["Brannock University", "Panville Valley University"])
def test_a_heading_in_front_of_a_school_on_one_line_stays(school: str) -> None:
    before, after = "Kept servers running in Port Ellery. Education", "Diploma in Design 2003"
    assert encoded(f"{before} {school} {after}") == encoded(f"{before} {after}")


def test_education_in_the_name_of_a_university_goes_with_it() -> None:
    line = "Bachelor of Science, {school}, 2010"
    named = encoded(in_education(line.format(school="Education University of Hong Kong")))
    assert named == encoded(in_education(line.format(school="Boise State University")))
