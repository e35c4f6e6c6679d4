"""The page: complete, self-contained, harmless, in order for those who listen to it."""

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from html.parser import HTMLParser
from itertools import pairwise

import pytest

from shortlist.ranking.score import WEIGHTS
from shortlist.records import Finding, Match, Ranking
from shortlist.report.ranking import RankingRun
from shortlist.report.ranking_html import ranking_html

WRITTEN = datetime(2031, 5, 6, 7, 8)
VOID = {"meta", "use", "circle", "path", "br"}


class Page(HTMLParser):
    """Reads a page, checks that its elements nest, and keeps what the tests ask for."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str, str]] = []
        self.words: list[str] = []
        self.feed(html)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += [(tag, name, value or "") for name, value in attrs]
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag not in VOID:
            assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if self.open and self.open[-1] != "style":
            self.words.append(data)

    @property
    def text(self) -> str:
        return " ".join("".join(self.words).split())

    def values(self, name: str) -> list[str]:
        return [value for _, attribute, value in self.attributes if attribute == name]


@pytest.fixture
def two_jobs(run: RankingRun) -> RankingRun:
    other = replace(run.jobs["job.md"], id="other.md", text="Sailmaker\nYou sew.\n")
    rankings = (*run.rankings, replace(run.rankings[0], job="other.md"))
    return replace(run, rankings=rankings, jobs={**run.jobs, "other.md": other})


def test_it_says_what_a_reader_needs(run: RankingRun) -> None:
    text = Page(ranking_html(run, WRITTEN)).text
    for needed in (
        "Bicycle mechanic",
        "2 resumes ranked, 1 file not read",
        "2031-05-06 07:08",
        "0.850",
        "whole text 0.175 (0.700 × 0.25) + requirements 0.675 (0.900 × 0.75) = 0.850",
        "Missing in this resume",
        "Repaired 2,000 bicycles with [NAME]'s own tools",
        "Hidden text. White on white.",
        "scan.pdf",
        "no text: looks scanned <b>",
        "0123456789abcdef",
        "onnxruntime",
        "It is not a decision",
    ):
        assert needed in text


def test_quotes_are_marked_between_their_neighbours(run: RankingRun) -> None:
    html = ranking_html(run, WRITTEN)
    assert (
        '<span class="context">Mechanic, Harbour Cycles\n</span>'
        "<mark>Repaired 2,000 bicycles with [NAME]&#39;s own tools</mark>"
        '<span class="context">\nLanguages: English</span>'
    ) in html


def test_names_are_shown_as_marks(run: RankingRun) -> None:
    text = Page(ranking_html(run, WRITTEN)).text
    assert "Ada Winter" not in text
    assert "Eve" not in text


def test_hostile_text_stays_text(run: RankingRun) -> None:
    html = ranking_html(run, WRITTEN)
    page = Page(html)
    assert not {"script", "img", "iframe", "object", "link", "b"} & set(page.tags)
    assert not [name for _, name, _ in page.attributes if name.startswith("on")]
    assert "<script>alert('resume')</script>" in page.text
    assert "<img src=x onerror=alert(2)>" in page.text
    assert "\x1b" not in html


def test_nothing_is_loaded_and_no_script_may_run(run: RankingRun) -> None:
    html = ranking_html(run, WRITTEN)
    page = Page(html)
    assert all(link.startswith("#") for link in page.values("href"))
    assert page.values("src") == []
    assert not re.search(r"https?:|@import|url\(", html)
    assert any(value.startswith("default-src 'none'") for value in page.values("content"))


def test_every_link_leads_somewhere_and_no_id_is_used_twice(two_jobs: RankingRun) -> None:
    page = Page(ranking_html(two_jobs, WRITTEN))
    ids = page.values("id")
    assert len(ids) == len(set(ids))
    assert {link.removeprefix("#") for link in page.values("href")} <= set(ids)


@pytest.mark.parametrize("name", ["run", "two_jobs"])
def test_headings_are_in_order(name: str, request: pytest.FixtureRequest) -> None:
    page = Page(ranking_html(request.getfixturevalue(name), WRITTEN))
    levels = [int(tag[1]) for tag in page.tags if re.fullmatch(r"h[1-6]", tag)]
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))


def test_several_jobs_have_a_list_of_contents(two_jobs: RankingRun) -> None:
    page = Page(ranking_html(two_jobs, WRITTEN))
    assert "nav" in page.tags
    assert "2 jobs" in page.text
    assert "Sailmaker" in page.text


def test_evidence_of_a_long_ranking_stops_and_says_so(
    crowd: Callable[[int], RankingRun],
) -> None:
    html = ranking_html(crowd(1000), WRITTEN)
    assert html.count("<details") == 50
    assert "Evidence is written out below for the first 50." in html
    assert "resume-999.txt" in html
    assert len(html) < 800_000


def test_a_shortlist_says_how_many_it_was_taken_from(run: RankingRun) -> None:
    best = replace(run.rankings[0], matches=run.rankings[0].matches[:1])
    text = Page(ranking_html(replace(run, rankings=(best,)), WRITTEN)).text
    assert "The best 1 of 2 resumes." in text


def test_all_evidence_of_a_short_ranking_is_there(crowd: Callable[[int], RankingRun]) -> None:
    html = ranking_html(crowd(50), WRITTEN)
    assert html.count("<details") == 50
    assert "Evidence is written out below" not in html


def test_scores_alone_show_the_table_without_evidence(run: RankingRun) -> None:
    bare = [Match(m.resume, m.rank, m.score) for m in run.rankings[0].matches]
    brief = replace(run, rankings=(Ranking("job.md", tuple(bare)),), detail="scores")
    page = Page(ranking_html(brief, WRITTEN))
    assert "details" not in page.tags
    assert "0.850" in page.text


def test_a_job_without_matches_is_still_a_page(run: RankingRun) -> None:
    empty = replace(run, rankings=(Ranking("job.md", ()),), resumes={})
    assert "0 resumes ranked" in Page(ranking_html(empty, WRITTEN)).text


def test_every_part_of_the_score_is_explained(run: RankingRun) -> None:
    html = ranking_html(run, WRITTEN)
    assert all(f"<em>{part}</em>:" in html for part in WEIGHTS)


def test_the_same_run_gives_the_same_bytes(run: RankingRun) -> None:
    assert ranking_html(run, WRITTEN) == ranking_html(run, WRITTEN)


def test_findings_about_the_job_stand_above_what_it_asks(run: RankingRun) -> None:
    told = (
        Finding("words not read", "no token for 1 of its words", "<b>\u65e5\u672c</b>"),
        Finding("instruction", "It addresses a machine.", "You repair bicycles.", 17, 37),
    )
    ranking = replace(run.rankings[0], findings=told)
    page = ranking_html(replace(run, rankings=(ranking,)), WRITTEN)
    start = page.index("no token for 1 of its words")
    assert start < page.index("What the job asks")
    assert "&lt;b&gt;\u65e5\u672c&lt;/b&gt;" in page
    assert page.index("It addresses a machine.", start) < page.index("What the job asks")
