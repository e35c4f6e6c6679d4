"""Resumes of which it is known what they show of each skill: their records and files."""

import json
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from shortlist.errors import DataError
from shortlist.records import Document
from shortlist.text_files import json_rows

TOP = 5


@dataclass(frozen=True, slots=True)
class Truth:
    """What is right for a skill: the range of scores, and the sentences that decide it.

    `level` is what was planted, where it was; `way` says how, such as `listed` or `negated`.
    """

    skill: str
    low: int
    high: int
    because: tuple[str, ...] = ()
    level: int | None = None
    way: str = ""


@dataclass(frozen=True, slots=True)
class KnownResume:
    """A resume with the truth about its skills, and where it comes from."""

    id: str
    text: str
    truths: tuple[Truth, ...]
    provenance: Mapping[str, Any] = field(default_factory=dict)

    def document(self) -> Document:
        """Return the resume as the stages read it."""
        return Document(self.id, self.text)


def read_known(path: Path) -> list[KnownResume]:
    """Return the resumes of a file: JSONL as `skills data` writes it, or TOML written by hand.

    Raises:
        DataError: the file cannot be read, or an entry is malformed; the place is named.
    """
    if path.suffix == ".toml":
        found = [_from_toml(entry, f"{path}: resume {n}") for n, entry in _tables(path)]
    else:
        found = [_from_row(entry, f"{path}: line {n}") for n, entry in json_rows(path)]
    if not found:
        raise DataError(f"{path}: holds no resume")
    return found


def write_known(resumes: Iterable[KnownResume], path: Path) -> None:
    """Write resumes as JSONL, one a line."""
    lines = [json.dumps(known_json(resume), ensure_ascii=False) for resume in resumes]
    path.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")


def known_json(resume: KnownResume) -> dict[str, Any]:
    """Return a resume with its truth as a value of plain types."""
    return {
        "id": resume.id,
        "text": resume.text,
        "skills": [
            {
                "skill": t.skill,
                "low": t.low,
                "high": t.high,
                "level": t.level,
                "way": t.way,
                "because": list(t.because),
            }
            for t in resume.truths
        ],
        "provenance": dict(resume.provenance),
    }


def _tables(path: Path) -> list[tuple[int, Any]]:
    try:
        table = tomllib.loads(path.read_text("utf-8"))
    except (OSError, UnicodeDecodeError) as error:
        raise DataError(f"{path}: cannot be read: {error}") from error
    except tomllib.TOMLDecodeError as error:
        raise DataError(f"{path}: not valid TOML: {error}") from error
    entries = table.get("resume", [])
    if not isinstance(entries, list):
        raise DataError(f"{path}: write each resume as [[resume]]")
    return list(enumerate(entries, 1))


def _from_toml(entry: Any, where: str) -> KnownResume:
    expected = entry.get("expected") if isinstance(entry, dict) else None
    if not isinstance(expected, dict):
        raise DataError(f"{where}: no table `expected` of skill = [lowest, highest, why]")
    truths = []
    for skill, value in expected.items():
        if not isinstance(value, list) or len(value) != 3:
            raise DataError(f"{where}: {skill}: write [lowest, highest, why]")
        truths.append(_truth(skill, value[0], value[1], [value[2]], where))
    return _resume(entry, truths, where)


def _from_row(entry: Mapping[str, Any], where: str) -> KnownResume:
    try:
        truths = [
            replace(
                _truth(t["skill"], t["low"], t["high"], t.get("because", []), where),
                level=t.get("level"),
                way=t.get("way", ""),
            )
            for t in entry["skills"]
        ]
    except (KeyError, TypeError) as error:
        raise DataError(
            f"{where}: expected an object with id, text and skills of skill, low and high"
        ) from error
    return _resume(entry, truths, where)


def _resume(entry: Mapping[str, Any], truths: Sequence[Truth], where: str) -> KnownResume:
    id, text = entry.get("id"), entry.get("text")
    if not isinstance(id, str) or not isinstance(text, str):
        raise DataError(f"{where}: `id` and `text` are texts")
    return KnownResume(id, text, tuple(truths), entry.get("provenance", {}))


def _truth(skill: Any, low: Any, high: Any, because: Any, where: str) -> Truth:
    numbers = all(isinstance(n, int) and 0 <= n <= TOP for n in (low, high))
    if not isinstance(skill, str) or not numbers or low > high:
        raise DataError(f"{where}: {skill}: a range of whole numbers from 0 to {TOP} is needed")
    return Truth(skill, low, high, tuple(map(str, because)))
