"""Charts: well-formed, accessible, escaped, and drawn where the numbers say."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from shortlist.report import charts
from shortlist.report.charts import Histogram, Interval, Labels, Line, Reference

LABELS = Labels("A <title>", "What it shows & says", "x of <all>", "y")
SVG = "{http://www.w3.org/2000/svg}"


def parsed(chart: str) -> etree._Element:
    """The chart as XML; an inline SVG needs no namespace in HTML, an XML parser does."""
    return etree.fromstring(str(chart).replace("<svg ", '<svg xmlns="http://www.w3.org/2000/svg" '))


EVERY = [
    charts.lines([Line("<a>", [1, 2, 4], [0, 1, 0.5], [0, 0, 0], [1, 1, 1])], LABELS),
    charts.lines([Line("a", [1], [1])], LABELS, reference=Reference(2, "<limit>")),
    charts.lines([Line("a", [1, 10], [0, 1])], LABELS, diagonal="even", doubling=True),
    charts.intervals([Interval("<a>", 1, 0, 2)], LABELS, reference=Reference(1, "<limit>")),
    charts.intervals([Interval(f"{i}", i, i, i, i) for i in range(9)], LABELS, names=list("abc")),
    charts.histograms([Histogram("<a>", [0, 1, 2], [3, 0]), Histogram("b", [0, 1], [0])], LABELS),
]


@pytest.mark.parametrize("chart", EVERY)
def test_a_chart_says_what_it_is_and_runs_nothing(chart: str) -> None:
    root = parsed(chart)
    svg = root.find(f"{SVG}svg")
    assert svg is not None and svg.get("role") == "img"
    named = [root.find(f".//*[@id='{id}']") for id in (svg.get("aria-labelledby") or "").split()]
    assert [element.text for element in named if element is not None] == [
        "A <title>",
        "What it shows & says",
    ]
    tags = {element.tag for element in svg.iter()}
    assert not tags & {f"{SVG}{bad}" for bad in ("script", "image", "foreignObject", "use")}
    assert "http" not in chart and " on" not in re.sub(r">[^<]*<", "><", chart)


@pytest.mark.parametrize("chart", EVERY)
def test_text_takes_the_colour_of_the_page(chart: str) -> None:
    fills = {element.get("fill") for element in parsed(chart).iter(f"{SVG}text")}
    assert fills <= {"currentColor", "var(--muted, currentColor)"}


def test_series_differ_in_more_than_colour() -> None:
    chart = charts.lines([Line(f"{i}", [0, 1], [i, i]) for i in range(4)], LABELS)
    strokes = re.findall(r'<path d="[^"]+" fill="none" stroke="var\(--series[^>]+>', chart)
    dashes = {re.search(r'dasharray="([^"]*)"|$', stroke)[1] for stroke in strokes}
    assert len(dashes) == 4


def test_marks_stand_where_the_numbers_say() -> None:
    chart = charts.intervals(
        [Interval("a", 0.25, 0, 1), Interval("b", 0.75, 0, 1)], LABELS, x_range=(0, 1)
    )
    marks = [float(x) for x in re.findall(r'<circle cx="([\d.]+)"', chart)]
    ends = re.findall(r'd="M([\d.]+) [\d.]+L([\d.]+) [\d.]+" fill="none" stroke="var\(--s', chart)
    left, right = map(float, ends[0])
    assert marks == pytest.approx(
        [left + 0.25 * (right - left), left + 0.75 * (right - left)], abs=0.11
    )


@given(
    st.floats(-1e6, 1e6).flatmap(
        lambda low: st.tuples(st.just(low), st.floats(1e-3, 1e6).map(lambda by: low + by))
    )
)
def test_ticks_are_a_few_round_numbers_inside(ends: tuple[float, float]) -> None:
    low, high = ends
    ticks = charts.ticks(low, high)
    assert 2 <= len(ticks) <= 9
    spread = high - low
    assert all(low - 1e-6 * spread <= t <= high + 1e-6 * spread for t in ticks)


def test_ticks_of_a_share() -> None:
    assert charts.ticks(0, 1) == [0, 0.2, 0.4, 0.6, 0.8, 1]
