"""Fixtures for all tests: a small real model, and a cache that is not the user's."""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from tiny_model import write_model_folder

# How long an example takes says more about the machine than about the code.
settings.register_profile("shortlist", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("shortlist")


@pytest.fixture(autouse=True)
def _own_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SHORTLIST_CACHE", str(tmp_path / "cache"))


@pytest.fixture(scope="session")
def model_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A model folder of a tiny real model that reads text masked under any policy."""
    return write_model_folder(tmp_path_factory.mktemp("model") / "tiny")
