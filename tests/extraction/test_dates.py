"""Dates and periods as people write them, and months counted once."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shortlist.extraction.dates import Period, merged_months, periods, points

TODAY = date(2024, 1, 15)


@pytest.mark.parametrize(
    "text, months",
    [
        ("01/2019 - 03/2020", 15),
        ("Jan 2019 to Present", 60),
        ("since 2019", 60),
        ("2014-2016", 24),
        ("July 2011 \n \nto \nNovember 2012", 17),
        ("Fall 2010 - Spring 2012", 21),
        ("Q1 2019 - Q3 2020", 21),
        ("März 2015 – heute", 106),
        ("juin 2018 à août 2020", 27),
        ("enero de 2019 - actualidad", 60),
        ("lipiec 2015 - obecnie", 102),
        ("2019年3月 - 2020年5月", 15),
        ("2010-12", 24),
        ("2010-03 - 2012-12", 34),
        ("2010-03-01 – 2012-12-31", 34),
        ("2012-15", 36),
        ("08/2016toCurrent", 89),
        ("15 March 2019 - 20 April 2020", 14),
        ("March 15, 2019 - April 20, 2020", 14),
        ("3/15/2019 - 4/20/2020", 14),
        ("15.3.2019 - 20.4.2020", 14),
        ("Aug '12 – Sep ’14", 26),
        ("05/14 - 06/16", 26),
        ("between 2012 and 2015", 36),
        ("from 2012 until 2015", 36),
        ("2019 onwards", 60),
        ("May 2018 -", 68),
        ("July 2009 - 2013", 42),
        ("2014-2014", 6),
        ("2020 - 2030", 48),
        ("2009 2016", 84),
        ("4/2016 5/2022", 74),
        ("Jun - Aug 2022", 3),
        ("Sept. to December 2020", 4),
    ],
)
def test_a_period(text: str, months: int) -> None:
    found = periods(text, TODAY)
    assert [period.months for period in found] == [months]


@pytest.mark.parametrize(
    "text",
    [
        "09/2014 to 04/2014",
        "2012 and 2015",
        "in 2014",
        "$2015 - 2,016",
        "2030 - 2035",
        "room 1905, shelf 20",
    ],
)
def test_no_period(text: str) -> None:
    assert periods(text, TODAY) == []


def test_a_period_says_where_and_how_it_is_written() -> None:
    text = "Clerk, May 2018 - Current, Acme"
    period = periods(text, TODAY)[0]
    assert text[period.start : period.end] == "May 2018 - Current"
    assert (period.since_iso, period.until_iso, period.exact) == ("2018-05", None, True)


def test_points_are_single_dates_too() -> None:
    assert [point.iso for point in points("BSc, June 2012. MSc 2015")] == ["2012-06", "2015"]


def period(first: int, length: int) -> Period:
    return Period(0, 0, first, first + length, "", "", True)


stretches = st.lists(st.builds(period, st.integers(24000, 24300), st.integers(1, 90)))


@given(stretches)
def test_merged_months_are_the_months_of_the_union(found: list[Period]) -> None:
    union = {month for p in found for month in range(p.first, p.after)}
    assert merged_months(found) == len(union)


@given(stretches, st.randoms())
def test_order_and_repetition_do_not_matter(found: list[Period], draw: object) -> None:
    assert merged_months([*reversed(found), *found]) == merged_months(found)


@given(st.text(alphabet="0123456789/-. JanuaryMrch'to\n–") | st.text())
def test_any_text_gives_sound_periods(text: str) -> None:
    for found in periods(text, TODAY):
        assert found.months > 0
        assert 0 <= found.start < found.end <= len(text)


@given(st.integers(1960, 2020), st.integers(1, 12), st.integers(1, 40))
def test_all_styles_tell_the_same(year: int, month: int, length: int) -> None:
    last = 12 * year + month - 1 + length
    names = "January February March April May June July August September October November December"
    word = names.split()
    styles = [
        f"{month:02}/{year} - {last % 12 + 1:02}/{last // 12}",
        f"{word[month - 1]} {year} – {word[last % 12]} {last // 12}",
        f"{word[month - 1][:3]}. {year} to {word[last % 12][:3]}. {last // 12}",
        f"{year}-{month:02} – {last // 12}-{last % 12 + 1:02}",
        f"{month}.{year} bis {last % 12 + 1}.{last // 12}",
    ]
    assert {periods(style, date(2030, 1, 1))[0].months for style in styles} == {length + 1}


@pytest.mark.parametrize(
    "text, since, until, months",
    [
        ("2017 july - 2019 october", "2017-07", "2019-10", 28),
        ("2019 October - now", "2019-10", None, 51),
        ("2018, March – 2018, May", "2018-03", "2018-05", 3),
        ("Apr 2020Jun 2020", "2020-04", "2020-06", 3),
        ("2018 - March 2019", "2018", "2019-03", 15),
        ("2014 to 2016 may have", "2014", "2016", 24),
    ],
)
def test_a_month_may_stand_behind_its_year(
    text: str, since: str, until: str | None, months: int
) -> None:
    (found,) = periods(text, date(2024, 1, 15))
    assert (found.since_iso, found.until_iso, found.months) == (since, until, months)
