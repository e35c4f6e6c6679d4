"""How far work goes, and the people that were led in it."""

import pytest

from shortlist.explain.skills.scope import leads_leaders, led, reach


@pytest.mark.parametrize(
    "statement, people",
    [
        ("Managed 22 staff at two depots", 22),
        ("Look after a crew of 14 with two vans", 14),
        ("Supervise three junior buyers", 3),
        ("Ran the night team (7) until 2011", 7),
        ("Cut 40 % of costs in 3 years", 0),
        ("Served 300 meals", 0),
    ],
)
def test_people_are_counted(statement: str, people: int) -> None:
    assert led(statement) == people


def test_leading_leaders_is_told_from_working_for_them() -> None:
    assert leads_leaders("Direct 90 staff through five area managers")
    assert leads_leaders("Six shift leaders report to me")
    assert not leads_leaders("Took minutes for the managers")
    assert not leads_leaders("Managed 22 staff")


def test_reach_is_more_where_others_rely_on_the_work() -> None:
    little = reach("Answered tickets")
    some = reach("Introduced a template")
    assert little == 0 < some < reach("Designed the standard template used by every team") == 1


def test_a_long_s_is_an_s() -> None:
    assert led("Led a team of \u017fix engineers") == 6
