"""Texts read side by side: what an answer depends on, and what it does not."""

import json
from pathlib import Path

import numpy as np
import pytest

from shortlist.encoding.cross import CrossEncoder
from shortlist.errors import ModelError
from shortlist.masking import Masker
from shortlist.records import Document, MaskedText
from tiny_model import write_model_folder


def texts(*written: str, policy: str = "standard") -> tuple[MaskedText, ...]:
    return tuple(Masker(policy)(Document("r", text)) for text in written)


@pytest.fixture
def model(model_folder: Path) -> CrossEncoder:
    return CrossEncoder.load(model_folder)


def test_other_groups_change_no_answer(model: CrossEncoder) -> None:
    groups = [texts("python", f"wrote {n} services in python") for n in range(9)]
    together = model.read(groups)
    alone = np.concatenate([model.read([group]) for group in groups])
    assert np.array_equal(together, alone)
    assert np.array_equal(model.read(groups[::-1]), together[::-1])


def test_where_one_text_ends_and_the_next_begins_counts(model: CrossEncoder) -> None:
    first, second = model.read(
        [texts("python wrote", "services"), texts("python", "wrote services")]
    )
    assert not np.array_equal(first, second)


def test_nothing_asked_nothing_answered(model: CrossEncoder) -> None:
    assert model.read([]).shape == (0, model.config.dimension)


def test_what_the_model_has_no_room_for_is_left_out(model: CrossEncoder) -> None:
    long = "services " * model.config.max_tokens
    first, second = model.read([texts("python", long), texts("python", long + "more words")])
    assert np.array_equal(first, second)


def test_another_masking_policy_is_refused(tmp_path: Path) -> None:
    folder = write_model_folder(tmp_path / "strict")
    config = json.loads((folder / "config.json").read_text("utf-8"))
    (folder / "config.json").write_text(json.dumps(config | {"mask_policy": "strict"}), "utf-8")
    with pytest.raises(ModelError, match="reads text masked under `strict`, and r is masked under"):
        CrossEncoder.load(folder).read([texts("python", "wrote services")])


def test_a_damaged_further_file_is_refused(model: CrossEncoder) -> None:
    with pytest.raises(ModelError):
        model.file("levels.onnx")
