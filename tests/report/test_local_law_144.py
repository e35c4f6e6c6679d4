"""The summary of Local Law 144, by hand."""

import json
from datetime import date

import pytest

from audit.cases import grouped_as, one_job
from shortlist.audit.local_law_144 import Summary, summarise
from shortlist.errors import ConfigError
from shortlist.report.local_law_144 import Publication, law_html, law_json, law_markdown


@pytest.fixture
def summary() -> Summary:
    """Eight people; the best four are selected: three men and a woman, of race X, X, Y, Y."""
    sex = ["m", "m", "m", "f", "f", "f", "m", ""]
    race = ["X", "X", "Y", "Y", "X", "Y", "X", "Y"]
    groups = grouped_as(sex, "Gender") | grouped_as(race, "race")
    return summarise(one_job([8, 7, 6, 5, 4, 3, 2, 1]), groups, select="top:4")


def test_rates_and_ratios_by_hand(summary: Summary) -> None:
    by_sex = {c.name: c for c in summary.breakdowns[0].categories}
    assert (by_sex["m"].applicants, by_sex["m"].selected) == (4, 3)
    assert by_sex["f"].selection_rate.value == pytest.approx(1 / 3)
    assert by_sex["f"].selection_ratio.value == pytest.approx((1 / 3) / (3 / 4))
    # Above the median of 4.5 are the same four.
    assert by_sex["f"].scoring_ratio.value == by_sex["f"].selection_ratio.value
    assert summary.breakdowns[0].unknown == 1


def test_both_are_crossed(summary: Summary) -> None:
    both = {c.name: c.applicants for c in summary.breakdowns[2].categories}
    assert both == {"X, f": 1, "X, m": 3, "Y, f": 2, "Y, m": 1}


def test_the_page_says_what_the_law_asks_for(summary: Summary) -> None:
    publication = Publication(summary, date(2026, 1, 2), "invented <people>", "2025-12-01")
    page = law_html(publication)
    for words in ("2026-01-02", "2025-12-01", "invented &lt;people&gt;", "independent auditor"):
        assert words in page
    assert "1 applications are of people whose category is unknown" in page
    assert "not stated" in law_markdown(Publication(summary, date(2026, 1, 2), ""))
    assert json.loads(law_json(publication))["breakdowns"][0]["title"] == "Sex"


def test_an_attribute_that_is_missing_is_named() -> None:
    with pytest.raises(ConfigError, match=r"'sex' or 'gender'.*the groups have race"):
        summarise(one_job([1, 2]), grouped_as(["X", "Y"], "race"))
