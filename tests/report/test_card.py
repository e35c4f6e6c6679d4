"""The card: its parts, its numbers, and nothing that runs."""

from datetime import date

from shortlist.report.card import ETHICS, Subject, card_html, card_markdown

SUBJECT = Subject("a | <b>system</b>", date(2026, 1, 2), {"model": "0123abcd"})


def row(name: str, value: float | None, group: str | None = None) -> dict[str, object]:
    ends = {"low": None, "high": None} if value is None else {"low": 0.4, "high": 0.6}
    reason = "3 rows, fewer than 20" if value is None else ""
    about = {"name": name, "attribute": "school", "group": group}
    return {**about, "value": value, **ends, "n": 1234, "reason": reason}


def test_every_part_is_there() -> None:
    card = card_markdown(SUBJECT)
    for part in ("Intended use", "Not intended", "Who is left out", "Limits", "Ethics statement"):
        assert f"## {part}" in card
    assert ETHICS in card and "0123abcd" in card
    assert card.count("Not measured here") == 2


def test_numbers_have_their_interval_and_count_or_their_reason() -> None:
    audit = {"measures": [row("impact_ratio", 0.5, "top"), row("exposure_gap", None)]}
    card = card_markdown(SUBJECT, audit=audit)
    assert "| school | top | impact ratio | 0.500 | 0.400 to 0.600 | 1,234 |" in card
    assert "| not estimated | | 1,234 | 3 rows, fewer than 20 |" in card


def test_the_page_escapes_what_it_is_about() -> None:
    page = card_html(card_markdown(SUBJECT))
    assert "<b>system</b>" not in page and "&lt;b&gt;system" in page


def test_a_control_that_estimates_nothing_takes_one_row() -> None:
    def system(name: str, *metrics: dict[str, object]) -> dict[str, object]:
        return {"name": name, "metrics": list(metrics)}

    evaluation = {
        "systems": [system("ours", row("ndcg@10", 0.5), row("map", None))],
        "controls": [system("bm25", row("ndcg@10", None), row("map", None))],
    }
    card = card_markdown(SUBJECT, evaluation=evaluation)
    assert card.count("| ours |") == 2
    assert card.count("| bm25 |") == 1 and "| bm25 | every metric | not estimated |" in card
