"""Reads the development data, and takes halves and samples of it that stay the same.

What is chosen or fitted is so on one half, by a digest of the ids, and reported on the other.
"""

import gzip
import hashlib
import json
from collections import defaultdict
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any


def lines(path: Path) -> list[dict[str, Any]]:
    """Return the records of a packed .jsonl file."""
    with gzip.open(path, "rt", encoding="utf-8") as file:
        return [json.loads(line) for line in file]


def half(items: Sequence[dict[str, Any]], chosen_on: bool) -> list[dict[str, Any]]:
    """Return the half that things are chosen on, or the one that is reported."""
    return [item for item in items if (_digest(item) % 2 == 0) == chosen_on]


def some_of_each(items: Sequence[dict[str, Any]], count: int) -> list[dict[str, Any]]:
    """Return up to so many items of each category, chosen by a digest of the id."""
    by_category = defaultdict(list)
    for item in sorted(items, key=_digest):
        by_category[item["category"]].append(item)
    return [item for _, members in sorted(by_category.items()) for item in members[:count]]


def first(items: Sequence[dict[str, Any]], most: int | None) -> list[dict[str, Any]]:
    """Return those that a digest of the id puts first; all without a number."""
    return sorted(items, key=_digest)[:most]


def _digest(item: Mapping[str, Any]) -> int:
    return int(hashlib.sha256(str(item["id"]).encode()).hexdigest(), 16)
