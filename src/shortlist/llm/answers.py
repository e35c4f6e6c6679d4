"""What a language model answered, checked entry by entry against the text that it was shown."""

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, cast, get_args

from shortlist.records import Standing

TOP = 5
SHORTEST_QUOTE = 2
"""Characters below which a passage shows nothing."""

_FENCED = re.compile(r"```(?:json)?\s*(\{.*\})\s*```", re.DOTALL)
_QUOTED = re.compile('["“”«»]([^"“”«»]{3,})["“”«»]')
_NOT_SHOWN: frozenset[Standing] = frozenset(("negated", "desired", "none"))


@dataclass(frozen=True, slots=True)
class Opinion:
    """A score of one skill in one part of a resume, with the quotes that stand there.

    `places` are offsets of the quotes in the text that the model was shown; `dropped` counts quotes
    that do not stand there.
    """

    skill: str
    score: int
    status: Standing
    reason: str
    places: tuple[tuple[int, int], ...]
    dropped: int

    @property
    def supported(self) -> bool:
        """Whether a quote stands behind the score, which 0 does not need."""
        return self.score == 0 or bool(self.places)


def opinions(reply: str, text: str, skills: Sequence[str]) -> dict[str, Opinion]:
    """Return a model's opinions by skill; skills without a readable entry are left out.

    Quotes that do not stand in the text are dropped, whatever the white space. A skill that is
    negated, desired or not there scores 0. A reason that quotes something else is put aside.
    """
    found: dict[str, Opinion] = {}
    for entry in _entries(reply):
        opinion = _opinion(entry, text, skills)
        if opinion is not None:
            found.setdefault(opinion.skill, opinion)
    return found


def _entries(reply: str) -> list[Mapping[str, Any]]:
    fenced = _FENCED.search(reply)
    try:
        value = json.loads(fenced[1] if fenced else reply.strip())
    except (json.JSONDecodeError, RecursionError):
        return []
    scores = value.get("scores") if isinstance(value, dict) else None
    return (
        [entry for entry in scores if isinstance(entry, dict)] if isinstance(scores, list) else []
    )


def _opinion(entry: Mapping[str, Any], text: str, skills: Sequence[str]) -> Opinion | None:
    named = {skill.casefold(): skill for skill in skills}
    skill = named.get(str(entry.get("skill")).casefold())
    score, status, quotes = entry.get("score"), entry.get("status"), entry.get("quotes")
    if skill is None or type(score) is not int or not 0 <= score <= TOP:
        return None
    if status not in get_args(Standing) or not isinstance(quotes, list):
        return None
    places = [place(str(quote), text) for quote in quotes]
    standing = cast(Standing, status)
    return Opinion(
        skill,
        0 if standing in _NOT_SHOWN else score,
        standing,
        _reason(str(entry.get("reason", "")), text),
        tuple(dict.fromkeys(place for place in places if place is not None)),
        places.count(None),
    )


def place(quote: str, text: str) -> tuple[int, int] | None:
    """Return where a quote stands in a text, whatever the white space; None where it does not."""
    words = quote.split()
    if sum(map(len, words)) < SHORTEST_QUOTE:
        return None
    match = re.search(r"\s+".join(map(re.escape, words)), text)
    return match.span() if match else None


def _reason(reason: str, text: str) -> str:
    """Return a reason on one line, or nothing where it quotes what does not stand in the text."""
    reason = " ".join(reason.split())
    invented = any(place(quoted, text) is None for quoted in _QUOTED.findall(reason))
    return "" if invented else reason
