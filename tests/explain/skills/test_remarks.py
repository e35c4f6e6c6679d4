"""What a clause remarks on a skill: whose work it is, how little, missing, or still to come."""

import pytest

from shortlist.explain.skills import Rubrics, RuleScorer
from shortlist.explain.skills.remarks import remark
from shortlist.records import Document


def said(marked: str) -> str | None:
    """The remark on what stands in brackets."""
    start, end = marked.index("["), marked.index("]") - 1
    return remark(marked.replace("[", "").replace("]", ""), start, end)


@pytest.mark.parametrize(
    "marked",
    [
        "[Haskell]: my flatmate's thing, not mine.",
        "A consultant set up the [Kubernetes] cluster and we just use it.",
        "Our bookkeeper does the [payroll].",
        "The [welding] is done by a subcontractor.",
        "Someone else maintains the [Oracle] database.",
        "[Figma]: the designers own the files.",
        "Watched the engineers configure [Cisco] switches.",
        "Two colleagues built the [Android] app, I did the back end.",
        "[Photoshop], which an intern uses for the posters",
        "An external company looks after our [firewall].",
        "[SolidWorks]: drawn by the design office.",
        "Our analyst's [R] scripts, which I start each Monday.",
        "[Terraform] for beginners, chapter 3 of 12.",
        "[Swift]: reading the docs, nothing published.",
    ],
)
def test_work_of_others_and_first_steps(marked: str) -> None:
    assert said(marked) == "others"


@pytest.mark.parametrize(
    "marked",
    [
        "I plan to get certified in [AWS].",
        "Keen to be trained on [forklifts].",
        "[Ruby] is next on the list.",
        "Signed up for a [sign language] course in March.",
        "I'd like to take the [crane] ticket next year.",
        "I have applied for the [lifeguard] course.",
        "[Kafka]: planned for 2027.",
        "[Blender]: on my to-do list.",
        "[Phlebotomy] training starts in April.",
        "The office moves to [Jira] next year.",
        "Our depot buys [Tachomaster] soon and I hope to be trained on it.",
    ],
)
def test_what_is_still_to_come(marked: str) -> None:
    assert said(marked) == "desired"


@pytest.mark.parametrize(
    "marked",
    [
        "[Docker]: no.",
        "[Perl] - never.",
        "Not me: [Angular], Ember.",
        "They used [Oracle]; I never touched it.",
        "The plant had a [CNC] mill but I did not use it.",
        "My team uses [Slack]; I don't.",
        "[Scala] I have never touched.",
    ],
)
def test_what_is_missing_across_a_clause(marked: str) -> None:
    assert said(marked) == "negated"


@pytest.mark.parametrize(
    "marked",
    [
        "[HTML]: changed a few headings.",
        "Fixed two bugs in [Perl] scripts.",
        "[Forklift] only when the driver was ill.",
        "[Revit], opened it twice.",
        "Covered [reception] for a fortnight.",
        "Three days at the [dairy] farm.",
        "A one-day course in [fire safety], 2019.",
        "[Premiere], two or three times.",
        "[Spring] with a senior at my elbow.",
        "The firm tried [Elixir] and did not continue.",
    ],
)
def test_what_is_little(marked: str) -> None:
    assert said(marked) == "little"


@pytest.mark.parametrize(
    "marked",
    [
        "Trained two colleagues who now use [Excel] daily.",
        "My manager asked me to rebuild the reports in [Power BI].",
        "Reviewed code written by the developers in [Python].",
        "Worked with the designers and built the [React] front end.",
        "Introduced [Kanban]; a colleague now runs it.",
        "Taught a two-week course in [first aid] every summer.",
        "Two mornings a week I teach [pottery].",
        "[Java]: no problem, ten years of it.",
        "Built the ETL in [Spark] that analysts use every day.",
        "[Airflow] jobs, on call one week in four.",
        "The director asked for [dashboards] and I built them.",
        "I run the [crane] on days and a mate runs it on nights.",
        "The engineers I hired wrote [Elm]; I reviewed all of it.",
        "Our team built the [checkout] in Go.",
        "Never missed a deadline as [editor] of the magazine.",
    ],
)
def test_own_work_is_left_alone(marked: str) -> None:
    assert said(marked) is None


TEXT = """Ana Duarte
Experience
Systems Administrator, Harbour Foods, January 2019 - present
- Look after 60 servers and the backups.
- Ansible: a contractor writes the playbooks.
- Systems: Jira, Confluence, Zabbix, Grafana
- Helped on two migrations to Azure.
- Responsible for Linux on all sites.
- {}
"""


def level(skill: str, line: str = "On call one week in three.") -> int:
    document = Document("a.txt", TEXT.format(line))
    return RuleScorer().score(document, [skill], Rubrics.load()).scores[0].score


def test_levels_follow_remarks() -> None:
    assert level("ansible") == 1
    assert level("grafana") == 1
    assert level("azure") in (1, 2)
    assert level("linux") >= 3
    assert level("kubernetes", "Kubernetes: on my wish list.") == 0
    assert level("kubernetes", "Kubernetes: no, never.") == 0
    assert level("kubernetes", "Kubernetes: built and ran three clusters.") >= 3


def test_a_modest_word_is_no_denial() -> None:
    line = "I welded railings for the yard and the gate many times but I'm no welder."
    assert level("welding", line) in (1, 2)
