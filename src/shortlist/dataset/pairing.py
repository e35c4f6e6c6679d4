"""Which jobs fit which categories of resumes: by a stated mapping, or by their titles."""

import re
import tomllib
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt

from shortlist.errors import ConfigError

Matrix = npt.NDArray[np.float32]
Similar = Callable[[Sequence[str], Sequence[str]], Matrix]
"""Two lists of texts to the similarities of each of one with each of the other."""
TitleWords = Mapping[str, tuple[str, ...]]
"""Category of resumes -> words or phrases; a job fits whose title holds one of them."""

LEAST = 0.45
"""The least similarity of a job's title and the category that it is taken to fit."""


def read_mapping(path: Path) -> TitleWords:
    """Return the mapping of a TOML file of lines such as `ACCOUNTANT = ["accountant", "auditor"]`.

    Raises:
        ConfigError: the file cannot be read, or a value is no list of words.
    """
    try:
        table = tomllib.loads(path.read_text("utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise ConfigError(f"{path}: cannot be read as a mapping: {error}") from error
    for category, named in table.items():
        if not isinstance(named, list) or not named or not all(map(_is_word, named)):
            raise ConfigError(
                f'{path}: {category}: list words of job titles, such as ["accountant"]'
            )
    return {category: tuple(named) for category, named in table.items()}


def title_of(job: str) -> str:
    """Return the first line of a job that says something: its title in an imported data set."""
    return next((line.strip() for line in job.splitlines() if line.strip()), "")


def by_mapping(jobs: Mapping[str, str], mapping: TitleWords) -> dict[str, frozenset[str]]:
    """Return the categories that fit each job by a mapping; jobs that none fits are left out."""
    found = {}
    for name, text in jobs.items():
        title = title_of(text)
        fitting = frozenset(
            category
            for category, named in mapping.items()
            if any(_holds(title, phrase) for phrase in named)
        )
        if fitting:
            found[name] = fitting
    return found


def by_title(
    jobs: Mapping[str, str], categories: Sequence[str], similar: Similar
) -> dict[str, frozenset[str]]:
    """Return the category most like each job's title; jobs like none are left out.

    Args:
        jobs: texts by id.
        categories: names such as `INFORMATION-TECHNOLOGY`.
        similar: measures them.
    """
    if not jobs or not categories:
        return {}
    names = [re.sub(r"[-_/]+", " ", category).lower() for category in categories]
    close = similar([title_of(text) for text in jobs.values()], names)
    best = close.argmax(axis=1)
    return {
        name: frozenset((categories[place],))
        for name, place, row in zip(jobs, best, close, strict=True)
        if row[place] >= LEAST
    }


def _holds(title: str, phrase: str) -> bool:
    return re.search(rf"(?<!\w){re.escape(phrase)}(?!\w)", title, re.IGNORECASE) is not None


def _is_word(value: object) -> bool:
    return isinstance(value, str) and bool(value.strip())
