"""A matcher of the tiny model that remembers, and keeps nothing on disk."""

from pathlib import Path

import pytest

from shortlist.encoding import VectorCache
from shortlist.matcher import Matcher
from shortlist.scorers import Hybrid, learned_matcher


@pytest.fixture(scope="session")
def matcher(model_folder: Path) -> Matcher:
    return learned_matcher(model_folder, cache=VectorCache(None))


@pytest.fixture(scope="session")
def hybrid(matcher: Matcher) -> Hybrid:
    return Hybrid(matcher)
