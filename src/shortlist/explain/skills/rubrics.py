"""Rubrics: what each level of a skill means, and what shows it. TOML that a team can edit.

[rubrics.leadership]
listed_cap = 1
implied_cap = 1
levels = ["No evidence", "...", "...", "...", "...", "Leads leaders"]

[skills."stakeholder management"]
rubric = "leadership"
aliases = ["client relations"]
weak = ["liais* with"]
direct = ["aligned .. stakeholder*"]
strong = ["steering committee"]
like = ["agreed the plan with departments that wanted different things"]
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any, Literal, get_args

from shortlist.errors import ConfigError
from shortlist.explain.skills import signs
from shortlist.extraction import Lexicon

Kind = Literal["named", "shown", "spoken"]
"""What counts as evidence. `named`: places that name the skill, and what was done there. `shown`:
acts, whatever they are called. `spoken`: a language, by the level that is stated."""

PEOPLE = "leadership"
"""The rubric whose levels go by how many people were led."""

TOP = 5
"""The highest score."""

_RUBRIC_KEYS = frozenset(("kind", "levels", "listed_cap", "implied_cap"))
_SIGNS = ("weak", "direct", "strong")
_LISTS = ("aliases", *_SIGNS, "like")
_SKILL_KEYS = frozenset(("rubric", *_LISTS))


@dataclass(frozen=True, slots=True)
class Rubric:
    """What the levels 0 to 5 mean, and how far a skill gets that nothing shows in use."""

    name: str
    kind: Kind
    levels: tuple[str, ...]
    listed_cap: int
    implied_cap: int


@dataclass(frozen=True, slots=True)
class SkillRule:
    """A skill under its rubric: other names for it, signs of three strengths, and examples."""

    name: str
    rubric: Rubric
    aliases: tuple[str, ...] = ()
    weak: tuple[str, ...] = ()
    direct: tuple[str, ...] = ()
    strong: tuple[str, ...] = ()
    like: tuple[str, ...] = ()
    """Sentences that would show the skill; a passage that says nearly the same counts as weak."""


class Rubrics:
    """Rubrics by name, and the skills that have rules of their own."""

    def __init__(self, rubrics: Mapping[str, Rubric], rules: Mapping[str, SkillRule]) -> None:
        """Keep rubrics and rules that were checked; see `load`."""
        self.rubrics = rubrics
        self.rules = rules
        self._names = {
            name.casefold(): rule for rule in rules.values() for name in (*rule.aliases, rule.name)
        }

    @classmethod
    def load(cls, file: Path | None = None) -> "Rubrics":
        """Return the built-in rubrics, with those of a file added or put in their place.

        Raises:
            ConfigError: the file is missing, is no TOML (the line is named), has an unknown key or
                a wrong value, or a skill of it names a rubric that is not there.
        """
        if file is None:
            return _built_in()
        try:
            text = file.read_text("utf-8")
        except (OSError, UnicodeDecodeError) as error:
            raise ConfigError(f"{file}: cannot be read as a rubric file: {error}") from error
        return _parsed(text, str(file), _built_in())

    def rule(self, skill: str, *, spoken: bool = False, canonical: str | None = None) -> SkillRule:
        """Return the rule of a skill, by its name, an alias, or its canonical name.

        A skill without one is technical, or a language where it is known as such.
        """
        for name in (skill, canonical or skill):
            if name.casefold() in self._names:
                return self._names[name.casefold()]
        return SkillRule(skill, self.rubrics["language" if spoken else "technical"])


def rule_of(skill: str, rubrics: Rubrics, lexicon: Lexicon) -> SkillRule:
    """Return the rule that a skill goes by: its own, that of languages, or the technical one."""
    canonical = lexicon.canonical(skill)
    entry = lexicon.entries[canonical] if canonical else None
    spoken = entry is not None and entry.kind == "language"
    return rubrics.rule(skill, spoken=spoken, canonical=canonical)


def built_in_text() -> str:
    """Return the built-in rubrics as the TOML that they stand in."""
    folder = files("shortlist.explain.skills")
    trades = sorted((folder / "trades").iterdir(), key=lambda file: file.name)
    kept = [file for file in trades if file.name.endswith(".toml")]
    return "\n".join(file.read_text("utf-8") for file in (folder / "rubrics.toml", *kept))


@cache
def _built_in() -> Rubrics:
    return _parsed(built_in_text(), "rubrics.toml", Rubrics({}, {}))


def _parsed(text: str, source: str, base: Rubrics) -> Rubrics:
    try:
        table = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise ConfigError(f"{source}: not valid TOML: {error}") from error
    _refuse_unknown(table, frozenset(("rubrics", "skills")), source)
    rubrics = dict(base.rubrics)
    for name, value in _table(table, "rubrics", source).items():
        rubrics[name] = _rubric(name, value, f"{source}: rubrics.{name}", rubrics.get(name))
    rules = {
        name: SkillRule(
            r.name, rubrics[r.rubric.name], r.aliases, r.weak, r.direct, r.strong, r.like
        )
        for name, r in base.rules.items()
    }
    for name, value in _table(table, "skills", source).items():
        name = name.casefold()
        rules[name] = _rule(name, value, f"{source}: skills.{name}", rubrics, rules.get(name))
    return Rubrics(rubrics, rules)


def _rubric(name: str, table: Any, where: str, known: Rubric | None) -> Rubric:
    _refuse_unknown(table, _RUBRIC_KEYS, where)
    kind = table.get("kind", known.kind if known else "named")
    if kind not in get_args(Kind):
        raise ConfigError(f"{where}: kind is {', '.join(get_args(Kind))}, not {kind!r}")
    levels = _strings(table, "levels", where) or (known.levels if known else ())
    if len(levels) != TOP + 1:
        raise ConfigError(
            f"{where}: `levels` has {len(levels)} texts: write one for each of 0 to 5"
        )
    return Rubric(
        name,
        kind,
        levels,
        _cap(table, "listed_cap", where, known.listed_cap if known else 2),
        _cap(table, "implied_cap", where, known.implied_cap if known else 2),
    )


def _rule(
    name: str, table: Any, where: str, rubrics: Mapping[str, Rubric], known: SkillRule | None
) -> SkillRule:
    _refuse_unknown(table, _SKILL_KEYS, where)
    rubric = table.get("rubric", known.rubric.name if known else "technical")
    if not isinstance(rubric, str) or rubric not in rubrics:
        raise ConfigError(f"{where}: no rubric {rubric!r}: there are {', '.join(sorted(rubrics))}")
    given: dict[str, Any] = {key: _strings(table, key, where) for key in _LISTS if key in table}
    for key in _SIGNS:
        signs.check(given.get(key, ()), f"{where}: {key}")
    return replace(known or SkillRule(name, rubrics[rubric]), rubric=rubrics[rubric], **given)


def _table(table: Mapping[str, Any], key: str, source: str) -> Mapping[str, Any]:
    value = table.get(key, {})
    if not isinstance(value, dict):
        raise ConfigError(f"{source}: `{key}` is a table of tables: write [{key}.NAME]")
    return value


def _refuse_unknown(table: Any, known: frozenset[str], where: str) -> None:
    if not isinstance(table, dict):
        raise ConfigError(f"{where}: expected a table with {', '.join(sorted(known))}")
    unknown = sorted(set(table) - known)
    if unknown:
        raise ConfigError(
            f"{where}: unknown key {unknown[0]!r}; known are {', '.join(sorted(known))}"
        )


def _strings(table: Mapping[str, Any], key: str, where: str) -> tuple[str, ...]:
    value = table.get(key, [])
    if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
        raise ConfigError(f"{where}: `{key}` is a list of strings")
    return tuple(value)


def _cap(table: Mapping[str, Any], key: str, where: str, default: int) -> int:
    value = table.get(key, default)
    if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value <= TOP:
        raise ConfigError(f"{where}: `{key}` is a whole number from 0 to {TOP}, not {value!r}")
    return value
