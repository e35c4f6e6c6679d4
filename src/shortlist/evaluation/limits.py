"""Limits that a measure must keep: the gate that a build passes or fails."""

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from shortlist.errors import ConfigError
from shortlist.records import Estimate
from shortlist.text_files import unreadable

Relation = Literal[">=", "<=", ">", "<"]

_NUMBER = r"(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?"
_LIMIT = re.compile(
    rf"\s*(?P<relation>>=|<=|>|<)\s*"
    rf"(?:(?P<number>[+-]?{_NUMBER})|baseline(?:\s*(?P<sign>[+-])\s*(?P<offset>{_NUMBER}))?)\s*"
)
_RELATIONS = {
    ">=": lambda value, bound: value >= bound,
    "<=": lambda value, bound: value <= bound,
    ">": lambda value, bound: value > bound,
    "<": lambda value, bound: value < bound,
}


@dataclass(frozen=True, slots=True)
class Limit:
    """One line of a limits file, such as `"ndcg@10" = ">= baseline - 0.01"`."""

    name: str
    """The measure: `ndcg@10`, or for an audit `MEASURE.ATTRIBUTE` as in `impact_ratio.school`."""
    relation: Relation
    bound: float
    """The number itself, or what is added to the baseline's value."""
    from_baseline: bool

    def __str__(self) -> str:
        if not self.from_baseline:
            return f"{self.name} {self.relation} {self.bound:g}"
        sign = "-" if self.bound < 0 else "+"
        return f"{self.name} {self.relation} baseline {sign} {abs(self.bound):g}"


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether a limit is kept by a system or a group, and the line that says so."""

    limit: Limit
    subject: str
    """Whose value it is: a system's name, a group's name."""
    estimate: Estimate
    kept: bool
    line: str


def read_limits(path: Path) -> tuple[Limit, ...]:
    """Return the limits of a TOML file, in their order.

    A line is `"MEASURE" = "RELATION BOUND"`, or the file holds a list
    `limits = ["MEASURE RELATION BOUND", ...]`. A table `[limits]` of such lines does as well.

    RELATION is one of `>= <= > <`; BOUND is a number, `baseline`, `baseline + N` or `baseline - N`.

    Raises:
        ConfigError: the file cannot be read, is not TOML, holds no limit, or a line is not a limit.
    """
    try:
        table = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigError(str(unreadable(path, error))) from error
    except tomllib.TOMLDecodeError as error:
        raise ConfigError(f"{path}: not TOML: {error}") from error
    if not table:
        raise ConfigError(f'{path}: holds no limit: add a line such as "ndcg@10" = ">= 0.5"')
    only = table.get("limits") if len(table) == 1 else None
    table = only if isinstance(only, dict) else table
    return tuple(_limit(path, name, text) for name, text in _flat(table))


def check(
    limit: Limit, subject: str, estimate: Estimate, *, baseline: Estimate | None = None
) -> Verdict:
    """Return whether the estimate's value keeps the limit.

    A value that is not estimated keeps no limit: a gate that cannot be computed is not passed.

    Args:
        limit: what must hold.
        subject: whose value it is, for the line that is printed.
        estimate: the value.
        baseline: the same measure of the baseline, for limits that are relative to it.
    """
    bound = limit.bound
    if limit.from_baseline:
        if baseline is None or baseline.value is None:
            reason = "no baseline was given" if baseline is None else baseline.reason
            return _verdict(limit, subject, estimate, False, f"baseline not estimated: {reason}")
        bound += baseline.value
    if estimate.value is None:
        return _verdict(limit, subject, estimate, False, f"not estimated: {estimate.reason}")
    kept = _RELATIONS[limit.relation](estimate.value, bound)
    said = f"{estimate.value:.4g}{_interval(estimate)}, n = {estimate.n}"
    if limit.from_baseline:
        said += f"; the bound is {bound:.4g}"
    return _verdict(limit, subject, estimate, kept, said)


def _verdict(limit: Limit, subject: str, estimate: Estimate, kept: bool, said: str) -> Verdict:
    line = f"{'kept' if kept else 'broken'}: {limit} ({subject}: {said})"
    return Verdict(limit, subject, estimate, kept, line)


def _interval(estimate: Estimate) -> str:
    if estimate.low is None or estimate.high is None:
        return ""
    return f" [{estimate.low:.4g}, {estimate.high:.4g}]"


def _flat(table: Mapping[str, object]) -> Iterator[tuple[str, object]]:
    """Yield names and texts: TOML reads `impact_ratio.school = ...` as a table within a table."""
    for name, value in table.items():
        if isinstance(value, dict):
            yield from ((f"{name}.{rest}", text) for rest, text in _flat(value))
        elif isinstance(value, list):
            yield from (_parted(name, line) for line in value)
        else:
            yield name, value


def _parted(name: str, line: object) -> tuple[str, object]:
    """Part `MEASURE RELATION BOUND`; what is no such line is passed on under the list's name."""
    found = re.fullmatch(r"\s*([^\s<>=]+)\s*([<>].*)", line) if isinstance(line, str) else None
    return (found[1], found[2]) if found else (name, line)


def _limit(path: Path, name: str, text: object) -> Limit:
    found = _LIMIT.fullmatch(text) if isinstance(text, str) else None
    if found is None:
        raise ConfigError(
            f'{path}: {name} is not a limit: write "MEASURE" = ">= 0.8" with one of >= <= > < '
            'and a number, "baseline", or "baseline - 0.01"'
        )
    number, sign, offset = found["number"], found["sign"], found["offset"]
    bound = float(number) if number else float(f"{sign or '+'}{offset or 0}")
    relation: Relation = found["relation"]  # type: ignore[assignment]  # the pattern allows no other
    return Limit(name, relation, bound, from_baseline=number is None)
