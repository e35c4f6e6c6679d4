"""What the generator must know of skills: their kind, what implies them, what is taken for them."""

from collections.abc import Sequence

from shortlist.explain.skills.known.plan import Asked, Kind
from shortlist.explain.skills.rubrics import Rubrics
from shortlist.extraction import Lexicon

_TOOLS = ("computing", "design", "office", "data")
_CONDUCT = ("teamwork", "problem solving", "customer service")
_TAKEN_FOR = {"java": ("javascript",), "c": ("objective-c",), "sql": ("mongodb",)}


def to_generate(skills: Sequence[str], lexicon: Lexicon, rubrics: Rubrics) -> list[Asked]:
    """Return skills as the generator plants them.

    A skill that is shown by acts, and has no phrases of its own, is planted under its rubric.
    """
    return [_asked(skill, lexicon, rubrics) for skill in skills]


def _asked(skill: str, lexicon: Lexicon, rubrics: Rubrics) -> Asked:
    canonical = lexicon.canonical(skill)
    entry = lexicon.entries[canonical] if canonical else None
    if entry and entry.kind == "language":
        return Asked(skill, "language")
    rule = rubrics.rule(skill, canonical=canonical)
    shown: dict[str, Kind] = {"leadership": "leadership", "communication": "communication"}
    if rule.name in shown:
        return Asked(skill, shown[rule.name])
    if rule.name in _CONDUCT:
        return Asked(rule.name, "conduct")
    implied_by = [
        name
        for name, other in lexicon.entries.items()
        if canonical in other.implies and other.kind == "skill"
    ]
    kind: Kind = "tool" if entry and entry.kin in _TOOLS else "task"
    return Asked(skill, kind, tuple(sorted(implied_by)[:6]), _TAKEN_FOR.get(canonical or "", ()))
