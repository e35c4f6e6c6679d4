"""A small encoder and a data set, written once for all tests of training."""

from pathlib import Path

import pytest

from shortlist.dataset import read_dataset
from shortlist.dataset.groups import read_groups
from shortlist.training.base import load_base
from shortlist.training.corpus import Corpus, Reader, read_corpus
from training.tiny_base import recipe, save_base, save_dataset


@pytest.fixture(scope="session")
def base(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a random BERT of two layers."""
    return save_base(tmp_path_factory.mktemp("base") / "bert")


@pytest.fixture(scope="session")
def dataset(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A dataset folder of eight jobs and 32 resumes."""
    return save_dataset(tmp_path_factory.mktemp("data") / "small")


@pytest.fixture(scope="session")
def corpus(base: Path, dataset: Path) -> Corpus:
    """Its training split, read for the small encoder."""
    settings = recipe(base, "data.attributes=['tier']", "data.same=field")
    reader = Reader(load_base(settings.model), settings.model)
    groups = read_groups(dataset / "groups.csv")
    return read_corpus(read_dataset(dataset), "train", groups, reader, settings=settings.data)
