"""The table for a terminal."""

from collections.abc import Callable
from dataclasses import replace

from rich.cells import cell_len

from shortlist.records import Finding
from shortlist.report.ranking import RankingRun
from shortlist.report.ranking_table import WIDTH, ranking_table


def test_it_says_rank_score_counts_quotes_and_what_is_missing(run: RankingRun) -> None:
    lines = ranking_table(run).splitlines()
    assert lines[0] == "Bicycle mechanic"
    assert lines[1] == "2 resumes; 1 not read"
    assert lines[4].split() == ["1", "0.850", "ada.txt", "1", "0", "1"]
    text = "\n".join(lines)
    assert "1. ada.txt: 0.850 = whole text 0.175 + requirements 0.675" in text
    assert "   met      You repair bicycles.\n" in text
    assert '"Repaired 2,000 bicycles with [NAME]\'s own tools"' in text
    assert "   missing  Nice: you speak Dutch.\n" in text


def test_findings_and_unread_files_follow(run: RankingRun) -> None:
    text = ranking_table(run)
    assert 'hidden text\n    White on white.\n    "<img src=x onerror=alert(2)>"' in text
    assert "Not read (1)\n  scan.pdf\n    no text: looks scanned" in text


def test_policy_and_model_are_named(run: RankingRun) -> None:
    assert "Policy standard; model tiny, 0123456789ab, on onnxruntime." in ranking_table(run)


def test_no_line_is_wider_than_a_terminal(run: RankingRun) -> None:
    name = "a-very-long-name-of-a-file-" * 6 + ".pdf"
    first = replace(run.rankings[0].matches[0], resume=name)
    ranking = replace(run.rankings[0], matches=(first, run.rankings[0].matches[1]))
    resumes = {**run.resumes, name: replace(run.resumes["ada.txt"], id=name)}
    table = ranking_table(replace(run, rankings=(ranking,), resumes=resumes))
    rows = [line for line in table.splitlines() if "a-very-long" not in line]
    assert max(map(len, rows)) <= WIDTH
    assert any(
        "…" in line and "0.850" in line and len(line) <= WIDTH for line in table.splitlines()
    )


def test_wide_characters_keep_the_columns_in_line(run: RankingRun) -> None:
    name = "履歴書.txt"
    first = replace(run.rankings[0].matches[0], resume=name)
    resumes = {name: replace(run.resumes["ada.txt"], id=name)}
    ranking = replace(run.rankings[0], matches=(first,))
    head, row = ranking_table(replace(run, rankings=(ranking,), resumes=resumes)).splitlines()[3:5]
    assert cell_len(row[: row.index("    1       0")]) == len(head[: head.index("  met")])


def test_resume_text_cannot_steer_the_terminal(run: RankingRun) -> None:
    assert "\x1b" not in ranking_table(run)


def test_scores_alone_are_a_short_table(run: RankingRun) -> None:
    text = ranking_table(replace(run, detail="scores"))
    assert "met" not in text
    assert "0.850  ada.txt\n" in text
    assert "scan.pdf" in text


def test_a_shortlist_says_how_many_it_was_taken_from(run: RankingRun) -> None:
    best = replace(run.rankings[0], matches=run.rankings[0].matches[:1])
    assert "the best 1 of 2 resumes; 1 not read\n" in ranking_table(replace(run, rankings=(best,)))


def test_a_long_ranking_quotes_the_best_three(crowd: Callable[[int], RankingRun]) -> None:
    assert ranking_table(crowd(30)).count("Repaired 2,000 bicycles") == 3


def test_findings_about_the_job_come_first(run: RankingRun) -> None:
    told = Finding("words not read", "no token for 1 of its words", "\u65e5\u672c\x1b[31m")
    ranking = replace(run.rankings[0], findings=(told,))
    table = ranking_table(replace(run, rankings=(ranking,)))
    assert "Findings\n  job.md: words not read\n    no token for 1 of its words" in table
    assert "\x1b" not in table
