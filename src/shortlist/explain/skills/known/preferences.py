"""Preference pairs: for one question, the right answer and one with a known fault."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Any, get_args

from shortlist.errors import DataError
from shortlist.explain.skills.known.truth import TOP, KnownResume, Truth
from shortlist.records import Standing
from shortlist.text_files import json_rows

FAULTS = ("over-credited", "under-credited", "unsupported-quote", "wrong-format")


@dataclass(frozen=True, slots=True)
class Preference:
    """One skill of a resume with two answers, of which the first is the better one."""

    resume: str
    text: str
    skill: str
    chosen: str
    rejected: str
    fault: str
    provenance: Mapping[str, Any]


def answer(skill: str, score: int, status: Standing, *, reason: str, quotes: Sequence[str]) -> str:
    """Return an answer as a scorer by language model gives it: JSON on one line."""
    value = {"skill": skill, "status": status, "score": score, "quotes": list(quotes)}
    return json.dumps({**value, "reason": reason}, ensure_ascii=False)


def right_answer(truth: Truth) -> str:
    """Return the right answer for a skill whose level was planted."""
    level = truth.level if truth.level is not None else round((truth.low + truth.high) / 2)
    return _answer(truth, level, truth.because)


def _answer(truth: Truth, score: int, quotes: Sequence[str]) -> str:
    """An answer about a skill with a score that may be wrong."""
    shown = _STATUSES.get(truth.way, "used") if score else _NO_STATUSES.get(truth.way, "none")
    reason = _REASONS[score]
    return answer(truth.skill, score, shown, reason=reason, quotes=quotes if score else [])


def preferences(resumes: Sequence[KnownResume], seed: int = 0) -> Iterator[Preference]:
    """Yield a pair for each fault that a planted skill can have, one a skill, in turn."""
    for number, resume in enumerate(resumes):
        rng = Random(f"{seed}/{resume.id}")
        for at, truth in enumerate(resume.truths):
            fault = FAULTS[(number + at) % len(FAULTS)]
            rejected = _faulty(fault, truth, rng)
            if rejected is not None:
                yield Preference(
                    resume.id, resume.text, truth.skill, right_answer(truth), rejected, fault,
                    {**resume.provenance, "pairs_seed": seed},
                )  # fmt: skip


def _faulty(fault: str, truth: Truth, rng: Random) -> str | None:
    """An answer with a fault, or None where the skill cannot have it."""
    level = truth.level if truth.level is not None else truth.low
    quotes = list(truth.because)
    if fault == "over-credited" and truth.high < TOP:
        return _answer(truth, min(TOP, truth.high + rng.randint(1, 2)), quotes)
    if fault == "under-credited" and truth.low > 0:
        return _answer(truth, max(0, truth.low - rng.randint(1, 2)), quotes)
    if fault == "unsupported-quote":
        invented = f"Ten years of {truth.skill} in a leading company"
        return _answer(truth, max(1, level), [invented])
    if fault == "wrong-format":
        return f"I would rate {truth.skill} at about {level} out of 5, because of the experience."
    return None


def from_edits(path: Path) -> Iterator[Preference]:
    """Yield a pair for each human edit: what a scorer said, and what a person made of it.

    Each line is an object with `resume`, `text`, `skill`, `given` and `edited`; the last two have
    `score`, `reason` and `quotes`.

    Raises:
        DataError: a line is malformed, a quote of the edit is not in the text, or nothing changed.
    """
    for number, entry in json_rows(path):
        yield _edited(entry, f"{path}: line {number}", path.name)


def _edited(entry: Mapping[str, Any], where: str, source: str) -> Preference:
    try:
        skill, text = str(entry["skill"]), str(entry["text"])
        given, edited = (_as_answer(skill, edit) for edit in (entry["given"], entry["edited"]))
        resume, quotes = str(entry["resume"]), entry["edited"]["quotes"]
    except (KeyError, TypeError, ValueError) as error:
        raise DataError(
            f"{where}: expected resume, text, skill, and given and edited with score, reason and "
            "quotes"
        ) from error
    if not all(quote in text for quote in quotes):
        raise DataError(f"{where}: a quote of the edit does not stand in the text")
    if given == edited:
        raise DataError(f"{where}: nothing was changed; leave such lines out")
    return Preference(resume, text, skill, edited, given, "human-edit", {"edits": source})


def _as_answer(skill: str, edit: Mapping[str, Any]) -> str:
    score, quotes = edit["score"], edit["quotes"]
    if score not in range(TOP + 1) or not isinstance(quotes, list):
        raise ValueError("no score or no quotes")
    if not all(isinstance(quote, str) for quote in quotes):
        raise TypeError("a quote is no text")
    status = edit.get("status", "used" if score else "none")
    if status not in get_args(Standing):
        raise ValueError(status)
    return answer(skill, int(score), status, reason=str(edit["reason"]), quotes=quotes)


def read_preferences(path: Path) -> list[Preference]:
    """Return the pairs of a file that `skills data` wrote.

    Raises:
        DataError: the file cannot be read, or a line is malformed; the line is named.
    """
    return [_from_row(entry, f"{path}: line {n}") for n, entry in json_rows(path)]


def _from_row(entry: Mapping[str, Any], where: str) -> Preference:
    try:
        resume, text, skill = (str(entry[key]) for key in ("resume", "text", "skill"))
        chosen, rejected, fault = (str(entry[key]) for key in ("chosen", "rejected", "fault"))
        return Preference(resume, text, skill, chosen, rejected, fault, dict(entry["provenance"]))
    except (KeyError, TypeError, ValueError) as error:
        raise DataError(
            f"{where}: is no preference: generate the folder anew with `shortlist skills data`"
        ) from error


def preference_json(pair: Preference) -> dict[str, Any]:
    """Return a pair as a value of plain types."""
    return {
        "resume": pair.resume,
        "text": pair.text,
        "skill": pair.skill,
        "chosen": pair.chosen,
        "rejected": pair.rejected,
        "fault": pair.fault,
        "provenance": dict(pair.provenance),
    }


_STATUSES: Mapping[str, Standing] = {"listed": "listed", "basic": "listed", "implied": "implied"}
_NO_STATUSES: Mapping[str, Standing] = {"negated": "negated", "desired": "desired"}
_REASONS = (
    "no evidence found",
    "named or hinted at, no more",
    "basic: used once, or under guidance",
    "working: used in own tasks",
    "strong: used over years, with results",
    "expert: long and deep use; leads or teaches others in it",
)
