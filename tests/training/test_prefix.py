"""What the frozen layers computed is kept, and the model begins above it."""

from pathlib import Path
from typing import Any

import pytest
import torch

from shortlist.errors import ConfigError
from shortlist.training import train
from shortlist.training.base import load_base
from shortlist.training.batch import padded
from shortlist.training.corpus import Part
from shortlist.training.prefix import HIDDEN, Prefix
from shortlist.training.trainable import prepare
from shortlist.training.vectors import Chunks, Vectorizer
from training.tiny_base import recipe, save_base

CHUNKS = [(2, 30, 31, 32, 3), (2, 40, 3), (2, 50, 51, 52, 53, 54, 3)]


@pytest.fixture(params=["bert", "xlm-roberta", "mpnet"])
def deep(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """A base of four layers, of each architecture that has a recipe."""
    return save_base(tmp_path / "deep", request.param, layers=4)


def test_vectors_are_those_of_the_whole_model(deep: Path, tmp_path: Path) -> None:
    settings = recipe(deep, "model.layers=2").model
    model = load_base(settings)
    prepare(model, settings)
    prefix = Prefix(model, 2, CHUNKS, tmp_path / "prefix")
    whole = Chunks.of(padded([[Part(0, tuple(CHUNKS))]]))
    above = Chunks.of(padded([[Part(0, tuple(CHUNKS))]], prefix))
    plain, kept = Vectorizer(16), Vectorizer(16, prefix=prefix)
    wanted, found = plain.of_chunks(model, whole), kept.of_chunks(model, above)
    assert torch.allclose(found, wanted, atol=2e-3)
    wanted.sum().backward()
    (name, weights), *_ = ((n, w) for n, w in model.named_parameters() if w.grad is not None)
    gradient = weights.grad.clone()  # type: ignore[union-attr]
    model.zero_grad()
    found.sum().backward()
    assert weights.grad is not None and torch.allclose(weights.grad, gradient, atol=1e-2), name


def test_frozen_layers_run_once_for_each_text(
    deep: Path, dataset: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    calls: list[int] = []
    fill = Prefix._fill

    def counted(self: Prefix, model: Any, *rest: Any) -> None:
        layers = self._cut._halves
        for half, number in ((layers[0], 0), (layers[1], 1)):
            half[0].register_forward_hook(lambda *_, n=number: calls.append(n))
        fill(self, model, *rest)
        calls.append(-1)

    monkeypatch.setattr(Prefix, "_fill", counted)
    monkeypatch.setattr("shortlist.training.run.ship", lambda *_: None)  # it runs the whole model
    settings = recipe(deep, "model.layers=2", "optimizer.prefix_cache=true")
    outcome = train(settings, dataset, tmp_path / "run")
    built = calls.index(-1)
    assert 0 in calls[:built] and 1 not in calls[:built]
    assert 1 in calls[built:] and 0 not in calls[built:]
    assert (outcome.folder / "prefix" / HIDDEN).exists()


def test_a_run_with_it_ends_where_one_without_does(
    base: Path, dataset: Path, tmp_path: Path
) -> None:
    more = ("model.layers=1", "optimizer.epochs=3")
    plain = train(recipe(base, *more), dataset, tmp_path / "plain")
    kept = train(recipe(base, *more, "optimizer.prefix_cache=true"), dataset, tmp_path / "kept")
    for a, b in zip(plain.history.rows, kept.history.rows, strict=True):
        assert a.losses["contrastive"] == pytest.approx(b.losses["contrastive"], abs=0.02)
    before = (tmp_path / "kept/prefix" / HIDDEN).stat().st_mtime_ns
    train(
        recipe(base, *more, "optimizer.prefix_cache=true"), dataset, tmp_path / "kept", resume=True
    )
    assert (tmp_path / "kept/prefix" / HIDDEN).stat().st_mtime_ns == before


def test_without_frozen_layers_there_is_nothing_to_keep(base: Path) -> None:
    with pytest.raises(ConfigError, match=r"set model\.layers"):
        recipe(base, "optimizer.prefix_cache=true")
    with pytest.raises(ConfigError, match="choose one"):
        recipe(
            base, "optimizer.prefix_cache=true", "model.layers=1", "optimizer.cached_gradients=true"
        )
