"""What is trained is what is served: model folders against the models they were made from."""

import json
from pathlib import Path

import numpy as np
import pytest
import torch
from peft import LoraConfig, PeftModel, get_peft_model
from sentence_transformers import SentenceTransformer
from sentence_transformers.base.modules import Normalize
from transformers import AutoModel

from encoder_texts import masked
from shortlist.encoding import Calibration, Encoder
from shortlist.errors import ModelError
from shortlist.training import parity
from shortlist.training.export import ExportSettings, export_model, export_onnx
from shortlist.training.parity import probe_texts, swapped
from tiny_tower import WIDTH, linear, tiny_encoder

# PEFT reads a setting by a name that transformers is about to drop.
pytestmark = pytest.mark.filterwarnings("ignore:`is_gradient_checkpointing`:FutureWarning")

SETTINGS = ExportSettings("tiny", None, max_tokens=64, chunk_tokens=32)
TEXTS = [
    "Five years of Python and SQL in a hospital.",
    "Registered nurse, led a team of nurses on a surgical ward",
    "Forklift driver",
    "warehouse management, safety and quality",
]


def cosines(model: SentenceTransformer, folder: Path, texts: list[str]) -> np.ndarray:
    found = Encoder.load(folder).encode_resumes([masked(text) for text in texts])
    return (found * model.encode(texts, normalize_embeddings=True)).sum(axis=1)


@pytest.mark.parametrize(
    "kind, pooling", [("bert", "mean"), ("bert", "cls"), ("xlm-roberta", "mean"), ("mpnet", "mean")]
)
def test_folder_gives_the_vectors_of_the_model(tmp_path: Path, kind: str, pooling: str) -> None:
    model = tiny_encoder(str(tmp_path / "base"), kind, pooling)
    found = export_onnx(model, tmp_path / "out", SETTINGS)
    assert found.texts == 200
    assert found.least_cosine >= 0.9995
    assert cosines(model, tmp_path / "out", TEXTS).min() > 0.9995
    Encoder.load(tmp_path / "out").check()


def test_what_stands_behind_the_pooling_is_inside_the_graph(tmp_path: Path) -> None:
    behind = [linear(WIDTH, 16, torch.nn.Tanh()), Normalize(), linear(16, 16)]
    model = tiny_encoder(str(tmp_path / "base"), behind=behind)
    export_onnx(model, tmp_path / "out", SETTINGS)
    assert Encoder.load(tmp_path / "out").dimension == 16
    assert cosines(model, tmp_path / "out", TEXTS).min() > 0.9995


def test_adapters_are_merged_and_saved(tmp_path: Path) -> None:
    model = tiny_encoder(str(tmp_path / "base"))
    before = model.encode(TEXTS)
    settings = LoraConfig(
        r=4,
        target_modules=["query", "value"],
        modules_to_save=["encoder.layer.1.attention.self.key"],
        init_lora_weights=False,
    )
    model[0].model = get_peft_model(model[0].auto_model, settings)
    with torch.no_grad():
        for name, weight in model.named_parameters():
            if "modules_to_save" in name:
                weight.add_(0.1)
    trained = model.encode(TEXTS)
    assert np.abs(before - trained).max() > 0.01
    export_model(model, tmp_path / "out", SETTINGS)
    assert cosines(model, tmp_path / "out", TEXTS).min() > 0.9995
    assert np.allclose(model.encode(TEXTS), trained, atol=1e-6)  # left as it was

    merged = SentenceTransformer(str(tmp_path / "out/sentence_transformers"), device="cpu")
    assert np.allclose(merged.encode(TEXTS), trained, atol=1e-5)
    again = tiny_encoder(str(tmp_path / "again"))
    base = AutoModel.from_pretrained(tmp_path / "base")
    again[0].model = PeftModel.from_pretrained(base, str(tmp_path / "out/adapter"))
    assert np.allclose(again.encode(TEXTS), trained, atol=1e-5)


def test_folder_says_what_it_was_told(tmp_path: Path) -> None:
    model = tiny_encoder(str(tmp_path / "base"))
    settings = ExportSettings(
        "base/model",
        "standard",
        max_tokens=64,
        chunk_tokens=32,
        job_prefix="job: ",
        calibration=Calibration(9.0, -4.0),
        training={"seed": 3},
        card="# A model\n",
    )
    export_onnx(model, tmp_path / "out", settings)
    config = Encoder.load(tmp_path / "out").config
    assert (config.base_model, config.mask_policy) == ("base/model", "standard")
    assert (config.job_prefix, config.resume_prefix) == ("job: ", "")
    assert config.calibration == Calibration(9.0, -4.0)
    assert json.loads((tmp_path / "out/training.json").read_text()) == {"seed": 3}
    assert (tmp_path / "out/card.md").read_text() == "# A model\n"


def test_same_model_gives_the_same_bytes(tmp_path: Path) -> None:
    model = tiny_encoder(str(tmp_path / "base"))
    for name in ("one", "two"):
        export_onnx(model, tmp_path / name, SETTINGS)
    one, two = ((tmp_path / name / "model.onnx").read_bytes() for name in ("one", "two"))
    assert one == two


def test_weights_in_fewer_bits_make_a_smaller_file(tmp_path: Path) -> None:
    model = tiny_encoder(str(tmp_path / "base"))
    sizes = {}
    for weights in ("float16", "float32"):
        settings = ExportSettings("tiny", None, 64, 32, weights=weights)
        assert export_onnx(model, tmp_path / weights, settings).storage == weights
        sizes[weights] = (tmp_path / weights / "model.onnx").stat().st_size
    assert sizes["float16"] < 0.8 * sizes["float32"]


def test_folder_that_differs_is_refused_and_not_left(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(parity, "LEAST_COSINE", 1.1)
    model = tiny_encoder(str(tmp_path / "base"))
    with pytest.raises(ModelError, match="differs from the trained one"):
        export_onnx(model, tmp_path / "out", SETTINGS)
    assert [path.name for path in tmp_path.iterdir()] == ["base"]


def test_other_tokens_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    model = tiny_encoder(str(tmp_path / "base"))
    kind = type(model.tokenizer)
    read = kind.__call__
    monkeypatch.setattr(kind, "__call__", lambda self, text, **how: read(self, f"a {text}", **how))
    with pytest.raises(ModelError, match="different tokens"):
        export_onnx(model, tmp_path / "out", SETTINGS)


def test_a_model_folder_is_replaced_and_nothing_else_is(tmp_path: Path) -> None:
    model = tiny_encoder(str(tmp_path / "base"))
    out = tmp_path / "out"
    export_onnx(model, out, SETTINGS)
    (out / "left over").touch()
    export_onnx(model, out, SETTINGS)
    assert not (out / "left over").exists()
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine/thesis.txt").touch()
    with pytest.raises(ModelError, match="holds something else"):
        export_onnx(model, tmp_path / "mine", SETTINGS)
    assert (tmp_path / "mine/thesis.txt").exists()


def test_swapped_counts_pairs_that_change_places() -> None:
    rows = np.eye(4, dtype=np.float32)[[0, 0, 0, 1, 2, 3]]
    rows[3:, 0] = [0.9, 0.5, 0.1]
    other = rows.copy()
    other[[3, 4]] = other[[4, 3]]
    assert swapped(rows, rows) == 0
    assert swapped(rows, other) == 3  # once for each of the three queries


def test_probe_texts_differ_and_stay_the_same() -> None:
    texts = probe_texts()
    assert len(set(texts)) == 200
    assert texts == probe_texts()
