"""JSON and CSV: names, order, and what `--detail scores` leaves out."""

import csv
import io
import json
from dataclasses import asdict, replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shortlist import __version__
from shortlist.records import Finding, Match, Part, Ranking
from shortlist.report.ranking import RankingRun, addends, ranking_csv, ranking_json


def test_json_has_the_names_and_the_order_of_the_contract(run: RankingRun) -> None:
    result = json.loads(ranking_json(run))
    assert list(result) == ["schema", "model", "policy", "rankings", "unread"]
    assert result["schema"] == 1
    assert result["model"] == {
        "fingerprint": "0123456789abcdef",
        "name": "tiny",
        "runtime": "onnxruntime",
        "version": __version__,
    }
    assert result["policy"] == "standard"
    assert result["unread"] == [{"file": "scan.pdf", "reason": "no text: looks scanned <b>"}]
    (ranking,) = result["rankings"]
    assert list(ranking) == ["job", "matches"]
    first = ranking["matches"][0]
    assert list(first) == ["resume", "rank", "score", "parts", "requirements", "findings"]
    assert first["resume"] == "ada.txt"
    assert first["rank"] == 1
    assert first["parts"][0] == {"name": "whole_text", "value": 0.7, "weight": 0.25}
    met, missing = first["requirements"]
    names = ["text", "kind", "weight", "status", "similarity", "evidence"]
    assert list(met) == list(missing) == names
    assert list(met["evidence"]) == ["quote", "start", "end"]
    assert missing["evidence"] is None


def test_what_must_be_known_of_a_job_follows_its_matches(run: RankingRun) -> None:
    told = Finding("words not read", "no token for 2 of its words", "\u65e5\u672c")
    ranking = replace(run.rankings[0], findings=(told,))
    (written,) = json.loads(ranking_json(replace(run, rankings=(ranking,))))["rankings"]
    assert list(written) == ["job", "matches", "findings"]
    assert written["findings"] == [asdict(told)]


def test_json_quotes_are_the_exact_text(run: RankingRun) -> None:
    for found in json.loads(ranking_json(run))["rankings"][0]["matches"]:
        text = run.resumes[found["resume"]].text
        quoted = found["requirements"][0]["evidence"]
        assert text[quoted["start"] : quoted["end"]] == quoted["quote"]


def test_the_parts_in_json_add_up_to_the_score(run: RankingRun) -> None:
    third = replace(run.rankings[0].matches[0], score=1 / 3)
    parts = tuple(replace(part, value=1 / 3) for part in third.parts)
    odd = replace(run, rankings=(Ranking("job.md", (replace(third, parts=parts),)),))
    (found,) = json.loads(ranking_json(odd))["rankings"][0]["matches"]
    assert sum(p["value"] * p["weight"] for p in found["parts"]) == pytest.approx(
        found["score"], abs=1e-7
    )


def test_findings_are_complete_in_json(run: RankingRun) -> None:
    findings = json.loads(ranking_json(run))["rankings"][0]["matches"][1]["findings"]
    assert findings[1] == {
        "kind": "instruction",
        "reason": "It addresses a machine.",
        "text": "Eve",
        "start": 0,
        "end": 3,
    }


def test_scores_alone_leave_out_the_evidence(run: RankingRun) -> None:
    brief = replace(run, detail="scores")
    for found in json.loads(ranking_json(brief))["rankings"][0]["matches"]:
        assert list(found) == ["resume", "rank", "score"]
    assert ranking_csv(brief).splitlines()[0] == "job,resume,rank,score"


def test_csv_has_a_row_for_each_job_and_resume(run: RankingRun) -> None:
    rows = list(csv.DictReader(io.StringIO(ranking_csv(run))))
    assert rows[0] == {
        "job": "job.md",
        "resume": "ada.txt",
        "rank": "1",
        "score": "0.850000",
        "met": "1",
        "partly": "0",
        "missing": "1",
        "findings": "0",
    }
    assert [row["resume"] for row in rows] == list(run.resumes)


@pytest.mark.parametrize("name", ["=1+1.txt", "+1.txt", "-1.txt", "@sum.txt", "\t=1.txt"])
def test_a_name_is_never_a_formula_in_csv(run: RankingRun, name: str) -> None:
    named = replace(run.rankings[0].matches[0], resume=name)
    text = ranking_csv(replace(run, rankings=(Ranking("job.md", (named,)),)))
    assert next(csv.DictReader(io.StringIO(text)))["resume"] == f"'{name}"


def test_the_same_run_gives_the_same_bytes(run: RankingRun) -> None:
    assert ranking_json(run) == ranking_json(run)
    assert ranking_csv(run) == ranking_csv(run)


@given(st.lists(st.floats(0, 1), min_size=1, max_size=6), st.data())
def test_the_points_shown_add_up_to_the_score_shown(
    weights: list[float], data: st.DataObject
) -> None:
    total = sum(weights) or 1.0
    values = data.draw(st.lists(st.floats(0, 1), min_size=len(weights), max_size=len(weights)))
    parts = tuple(Part("p", v, w / total) for v, w in zip(values, weights, strict=True))
    score = sum(part.value * part.weight for part in parts)
    shown = addends(Match("r", 1, score, parts))
    assert f"{sum(a.points for a in shown):.3f}" == f"{round(score * 1000) / 1000:.3f}"
    assert all(abs(a.points - a.value * a.weight) <= 0.001 + 1e-9 for a in shown)
