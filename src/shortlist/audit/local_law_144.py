"""The numbers that New York City's Local Law 144 of 2021 asks to publish.

Categories and calculations follow 6 RCNY 5-301 and 5-303: selection rates and impact ratios, and
scoring rates (the share of a category with a score above the median of the sample) and their impact
ratios, by sex, by race and ethnicity, and by both; the number of people whose category is unknown;
categories under 2 % may be left out of the impact ratios and are still listed. The law asks for an
audit by an *independent* auditor: these functions compute, they do not audit in that sense.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from shortlist.audit.grouping import JOINT, UNKNOWN
from shortlist.audit.measures import Audit, audit
from shortlist.errors import ConfigError
from shortlist.evaluation.scores import Scores
from shortlist.records import Estimate

SEX = ("sex", "gender")
RACE = ("race", "ethnicity", "race/ethnicity", "race_ethnicity", "race and ethnicity")


@dataclass(frozen=True, slots=True)
class Category:
    """One line of a table. `note` says why an impact ratio is missing."""

    name: str
    applicants: int
    selected: float
    selection_rate: Estimate
    selection_ratio: Estimate
    scoring_rate: Estimate
    scoring_ratio: Estimate
    note: str


@dataclass(frozen=True, slots=True)
class Breakdown:
    """The categories of sex, of race and ethnicity, or of both; `unknown` pairs are in none."""

    title: str
    categories: tuple[Category, ...]
    unknown: int


@dataclass(frozen=True, slots=True)
class Summary:
    """What is published, without dates and words about the data."""

    system: str
    rule: str
    applicants: int
    people: int
    jobs: int
    breakdowns: tuple[Breakdown, ...]


def summarise(
    scores: Scores, groups: Mapping[str, Mapping[str, str]], *, select: str = "rate:0.2"
) -> Summary:
    """Return the summary by sex, by race and ethnicity, and by both.

    Every category is given whatever its size, as the law asks; intervals show how little a small
    one says.

    Args:
        scores: each pair of a person and a job counts as one application.
        groups: must hold one attribute for sex and one for race and ethnicity.
        select: who is selected.

    Raises:
        ConfigError: an attribute is missing.
    """
    race, sex = _attribute(groups, RACE), _attribute(groups, SEX)
    both = {race: groups[race], sex: groups[sex]}
    by_rule = audit(scores, both, select=select, min_n=1)
    by_median = audit(scores, both, select="median", min_n=1)
    titles = {sex: "Sex", race: "Race and ethnicity", f"{race}{JOINT}{sex}": "Both"}
    return Summary(
        scores.name,
        by_rule.selection.words,
        by_rule.rows,
        by_rule.people,
        by_rule.jobs,
        tuple(_breakdown(by_rule, by_median, name, title) for name, title in titles.items()),
    )


def _attribute(groups: Mapping[str, Mapping[str, str]], names: tuple[str, ...]) -> str:
    for attribute in groups:
        if attribute.lower() in names:
            return attribute
    raise ConfigError(
        f"the summary needs an attribute named {' or '.join(map(repr, names))}: "
        f"the groups have {', '.join(groups)}"
    )


def _breakdown(by_rule: Audit, by_median: Audit, attribute: str, title: str) -> Breakdown:
    categories, unknown = [], 0
    for group in by_rule.groups(attribute):
        rate = _estimate(by_rule, "selection_rate", attribute, group)
        if group == UNKNOWN:
            unknown = rate.n
            continue
        ratio = _estimate(by_rule, "impact_ratio", attribute, group)
        categories.append(
            Category(
                group.replace(JOINT, ", "),
                rate.n,
                rate.n * (rate.value or 0.0),
                rate,
                ratio,
                _estimate(by_median, "selection_rate", attribute, group),
                _estimate(by_median, "impact_ratio", attribute, group),
                ratio.reason,
            )
        )
    return Breakdown(title, tuple(categories), unknown)


def _estimate(found: Audit, name: str, attribute: str, group: str) -> Estimate:
    estimate = found.find(name, attribute, group)
    assert estimate is not None
    return estimate
