"""The recipes in `runs/`, each on a small random model of its base's architecture."""

from pathlib import Path

import pytest

from shortlist.config import load
from shortlist.encoding import Encoder
from shortlist.training import Settings, train
from training.tiny_base import save_base

RUNS = Path(__file__).parent.parent.parent / "runs"


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("bge-large", "bert"),
        ("default", "bert"),
        ("jobbert-v2", "mpnet"),
        ("e5-large-v2", "bert"),
        ("bge-m3", "xlm-roberta"),
    ],
)
def test_a_recipe_trains_and_leaves_a_model(
    name: str, kind: str, dataset: Path, tmp_path: Path
) -> None:
    layers = 10 if "layers" in (RUNS / f"{name}.toml").read_text() else 4
    base = save_base(tmp_path / "base", kind, layers=layers)
    words = [f"model.base={str(base)!r}", "model.chunk_tokens=24", "model.mask_policy=none",
             "data.attributes=['tier']", "data.same=field", "optimizer.max_steps=1",
             "optimizer.batch=4", "optimizer.report_to=[]", "selection.min_n=2"]  # fmt: skip
    outcome = train(load(Settings, RUNS / f"{name}.toml", words), dataset, tmp_path / "run")
    assert outcome.chosen["best_model"] == 1
    wanted = load(Settings, RUNS / f"{name}.toml").model
    config = Encoder.load(tmp_path / "run/best_model").config
    assert (config.job_prefix, config.resume_prefix) == (wanted.job_prefix, wanted.resume_prefix)
    assert config.dimension == (wanted.projection or 32)
