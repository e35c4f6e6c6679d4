"""Skills scored by the trained reader: what it reads, and what holds of every score."""

import shutil
from collections.abc import Sequence
from importlib import resources
from pathlib import Path

import numpy as np
import pytest

from shortlist.errors import ModelError
from shortlist.explain.skills import EvidenceScorer, Rubrics, RuleScorer
from shortlist.explain.skills.places import LONGEST, places, texts
from shortlist.explain.skills.reading import Reading
from shortlist.explain.skills.rubrics import TOP
from shortlist.explain.skills.said import KINDS, NAMES, Numbers, Said, features
from shortlist.explain.skills.scorer import Judged
from shortlist.explain.skills.variants import swapped
from shortlist.records import Document, SkillScore

RESUME = """Maria Lopez
maria.lopez@example.org | 555-123-4567

Summary
Charge nurse with nine years on surgical wards.

Experience
Charge Nurse, Northside Hospital, March 2018 - present
- Lead a shift of 12 nurses and assistants, draw up the rota and step in when beds run short.
- Explain operations to worried families in plain words; wrote the leaflet used on four wards.
- Built ward dashboards in Python, which six wards now use.
- The porters' crew drives the forklift.
Staff Nurse, Riverside Clinic, 2014 - 2018
- Wound care for up to 10 patients a day.

Education
BSN, Stanford University, 2014

Skills
wound care, Java
No experience with Kubernetes.
I want to learn Terraform next year.
"""
SKILLS = (
    "wound care",
    "python",
    "leadership",
    "java",
    "kubernetes",
    "terraform",
    "rust",
    "welding",
)


@pytest.fixture(scope="module")
def scorer() -> EvidenceScorer:
    return EvidenceScorer()


def scores(scorer: EvidenceScorer, text: str, *skills: str) -> dict[str, SkillScore]:
    found = scorer.score(Document("r.txt", text), skills, Rubrics.load())
    return {score.skill: score for score in found.scores}


def test_use_beats_a_listing_beats_nothing(scorer: EvidenceScorer) -> None:
    found = scores(scorer, RESUME, *SKILLS)
    used, listed, none = (found[s].score or 0 for s in ("wound care", "java", "rust"))
    assert used > listed > none == 0
    assert found["rust"].reason == "no evidence found" and found["rust"].quotes == ()


@pytest.mark.parametrize("skill, status", [("kubernetes", "negated"), ("terraform", "desired")])
def test_missing_and_wished_for_count_nothing(
    scorer: EvidenceScorer, skill: str, status: str
) -> None:
    found = scores(scorer, RESUME, skill)[skill]
    assert (found.score, found.status) == (0, status)


class Mistaken(EvidenceScorer):
    """Takes every place for a listing; the levels say that there is nothing all the same."""

    def read(self, reading: Reading, judged: Sequence[Judged]) -> list[list[Said]]:
        listing = tuple(float(kind == "listed") for kind in KINDS)
        every = super().read(reading, judged)
        return [[Said(s.place, (1.0, 0.0, 0.0, 0.0, 0.0), listing) for s in some] for some in every]

    def above(self, rows: Sequence[Numbers]) -> Numbers:
        return np.zeros((len(rows), TOP), np.float32)


@pytest.mark.parametrize(
    "skill, status", [("kubernetes", "negated"), ("terraform", "desired"), ("java", "none")]
)
def test_what_is_said_to_be_missing_is_told_though_a_place_was_misread(
    skill: str, status: str
) -> None:
    found = scores(Mistaken(), RESUME, skill)[skill]
    assert (found.score, found.status, found.quotes) == (0, status, ())


def test_a_score_has_quotes_that_stand_in_the_resume(scorer: EvidenceScorer) -> None:
    for found in scores(scorer, RESUME, *SKILLS).values():
        assert bool(found.score) == bool(found.quotes)
        assert all(RESUME[q.start : q.end] == q.quote for q in found.quotes)
        assert (found.low or 0) <= (found.score or 0) <= (found.high or 0)


def test_the_same_resume_gets_the_same_scores_among_other_skills(scorer: EvidenceScorer) -> None:
    alone = {skill: scores(scorer, RESUME, skill)[skill] for skill in SKILLS}
    assert scores(scorer, RESUME, *SKILLS) == alone


@pytest.mark.parametrize("kind", ["name", "school"])
def test_another_name_or_school_changes_no_score(scorer: EvidenceScorer, kind: str) -> None:
    other = swapped(Document("r.txt", RESUME), kind)
    assert other.text != RESUME
    found = scorer.score(other, SKILLS, Rubrics.load())
    levels = {score.skill: (score.score, score.confidence) for score in found.scores}
    mine = scores(scorer, RESUME, *SKILLS)
    assert levels == {skill: (mine[skill].score, mine[skill].confidence) for skill in SKILLS}


def test_a_listing_is_held_at_its_cap(scorer: EvidenceScorer, tmp_path: Path) -> None:
    file = tmp_path / "ours.toml"
    file.write_text("[rubrics.technical]\nlisted_cap = 1\n", "utf-8")
    text = "Skills\nJava (expert), wound care\n"
    found = scorer.score(Document("r", text), ["java"], Rubrics.load(file)).scores[0]
    assert found.score is not None and found.score <= 1


def test_a_reader_sees_the_skill_where_it_stands_and_what_rules_see() -> None:
    document = Document("r", RESUME)
    reading, (judged,) = RuleScorer().judge(document, ["python"], Rubrics.load())
    found = places(reading, judged.rule, judged.canonical, judged.skill, judged.facts)
    (place,) = [p for p in found if p.named]
    skill, setting, before, statement = (
        t.text for t in texts(reading, judged.rule, "python", place)
    )
    assert skill == "python"
    assert setting.startswith("technical, named used ") and "Charge Nurse" in setting
    assert "leaflet" in before and statement.startswith("Built ward dashboards")
    assert len(found) >= len(reading.passages)


def test_a_missing_skill_is_a_place_though_no_passage() -> None:
    reading, (judged,) = RuleScorer().judge(Document("r", RESUME), ["kubernetes"], Rubrics.load())
    found = places(reading, judged.rule, judged.canonical, judged.skill, judged.facts)
    assert any(p.named and "No experience" in reading.text[p.start : p.end] for p in found)


def test_long_statements_are_read_whole_in_pieces() -> None:
    long = "Experience\nClerk, 2019 - 2023\n- " + "kept the ledgers of many small firms and " * 40
    reading, (judged,) = RuleScorer().judge(Document("r", long), ["excel"], Rubrics.load())
    found = places(reading, judged.rule, judged.canonical, judged.skill, judged.facts)
    assert max(p.end - p.start for p in found) <= LONGEST
    read = "".join(reading.text[p.start : p.end] for p in found)
    assert read.count("ledgers") == long.count("ledgers")


def test_features_of_no_places_are_numbers() -> None:
    _, (judged,) = RuleScorer().judge(Document("r", "x"), ["rust"], Rubrics.load())
    values = features([], judged.facts, judged.rule, 0)
    assert values.shape == (len(NAMES),) and len(set(NAMES)) == len(NAMES)
    assert "none" in KINDS and not values[NAMES.index("level 1")]


def test_a_damaged_model_folder_is_named(tmp_path: Path) -> None:
    source = Path(str(resources.files("shortlist.models"))) / "skills"
    folder = Path(shutil.copytree(source, tmp_path / "skills"))
    (folder / "levels.onnx").write_bytes(b"none")
    with pytest.raises(ModelError, match=r"levels\.onnx"):
        scores(EvidenceScorer(folder=folder), RESUME, "python")


def test_a_stated_level_of_a_language_stands(scorer: EvidenceScorer) -> None:
    found = scores(scorer, RESUME + "Languages\nGerman (B1), Polish (native)\n", "german", "polish")
    assert (found["german"].score, found["polish"].score) == (3, 5)


def test_a_resume_that_is_not_in_english_is_left_to_rules(scorer: EvidenceScorer) -> None:
    text = (
        "Experiencia\nContable, Comercial del Norte, enero de 2015 - junio de 2021\n"
        "- Llevaba las cuentas de la empresa y de los socios en Excel con informes.\n"
        "- Formaba a los nuevos de la oficina y revisaba los pagos de la semana.\n"
    )
    document = Document("r", text)
    found = scorer.score(document, ["excel", "leadership"], Rubrics.load())
    assert (
        found.scores == RuleScorer().score(document, ["excel", "leadership"], Rubrics.load()).scores
    )


def test_a_tool_that_nothing_names_gets_nothing(scorer: EvidenceScorer) -> None:
    text = "Experience\nDeveloper, 2019 - 2023\n- Released the code of the parser (210 stars).\n"
    found = scores(scorer, text, "java", "salesforce")
    assert [one.score for one in found.values()] == [0, 0]
