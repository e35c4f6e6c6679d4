"""`shortlist export` and `shortlist publish`: what leaves a run, and what does not."""

import json
import shutil
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from click.testing import CliRunner
from huggingface_hub import constants
from sentence_transformers import SentenceTransformer

from encoder_texts import masked
from hub_stand_in import Hub, hub
from shortlist.cli import cli
from shortlist.encoding import Encoder
from shortlist.errors import ConfigError, ModelError
from shortlist.training import publish
from shortlist.training.export import ExportSettings, export_model
from tiny_tower import tiny_encoder

TEXTS = ["Five years of Python in a hospital.", "Forklift driver"]


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A run folder as training leaves it, with an adapter whose base was a folder."""
    out = tmp_path_factory.mktemp("run") / "run"
    settings = ExportSettings(
        "/home/me/base",
        "standard",
        max_tokens=64,
        chunk_tokens=32,
        training={"seed": 3, "data": "invented", "epoch": {"ndcg@10": 0.5, "gap": None}},
        card="# run, epoch 2\n",
    )
    out.mkdir()
    export_model(tiny_encoder(str(out.parent / "base")), out / "best_model", settings)
    shutil.copytree(out / "best_model", out / "best_fairness_model")
    adapter = out / "best_model/adapter"
    adapter.mkdir()
    (adapter / "adapter_config.json").write_text('{"base_model_name_or_path": "/home/me/base"}')
    (adapter / "adapter_model.safetensors").write_bytes(b"weights")
    (out / "epochs").mkdir()
    (out / "epochs/epoch-001.safetensors").write_bytes(b"not to be sent")
    return out


def invoke(*arguments: object) -> str:
    result = CliRunner().invoke(cli, list(map(str, arguments)), catch_exceptions=False)
    assert result.exit_code == 0, result.output
    return result.output


def test_export_writes_all_forms_and_keeps_what_the_folder_says(run: Path, tmp_path: Path) -> None:
    told = invoke("export", run, "--to", tmp_path / "out")
    assert "200 texts" in told
    encoder = Encoder.load(tmp_path / "out")
    encoder.check()
    assert encoder.config == Encoder.load(run / "best_model").config
    torch = SentenceTransformer(str(tmp_path / "out/sentence_transformers"), device="cpu")
    found = encoder.encode_resumes([masked(text) for text in TEXTS])
    assert (found * torch.encode(TEXTS)).sum(axis=1).min() > 0.9995
    assert (tmp_path / "out/adapter/adapter_model.safetensors").read_bytes() == b"weights"


def test_export_takes_another_of_the_models(run: Path, tmp_path: Path) -> None:
    invoke("export", run, "--model", "best_fairness_model", "--to", tmp_path / "out")
    assert not (tmp_path / "out/adapter").exists()


def test_export_takes_a_model_that_was_not_trained_here(tmp_path: Path) -> None:
    model = tiny_encoder(str(tmp_path / "base"))
    model.save(str(tmp_path / "published"))
    invoke("export", tmp_path / "published", "--to", tmp_path / "out")
    encoder = Encoder.load(tmp_path / "out")
    assert encoder.policy is None
    assert np.allclose(
        encoder.encode_resumes([masked(text) for text in TEXTS]), model.encode(TEXTS), atol=0.05
    )


def test_export_refuses_what_is_no_run_or_would_be_written_over(run: Path, tmp_path: Path) -> None:
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine/thesis.txt").touch()
    for source, to, why in (
        (tmp_path, tmp_path / "out", "holds no trained model"),
        (tmp_path / "nothing", tmp_path / "out", "holds no trained model"),
        (run, tmp_path / "mine", "not empty"),
    ):
        with pytest.raises(ModelError, match=why):
            invoke("export", source, "--to", to)
    with pytest.raises(ModelError, match="its models are best_fairness_model, best_model"):
        invoke("export", run, "--model", "worst", "--to", tmp_path / "out")


def test_dry_run_lists_what_a_push_sends(run: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    arguments = ("publish", run, "--repo-id", "you/matcher", "--private")
    listed = invoke(*arguments)
    paths = [line.split(maxsplit=1)[1] for line in listed.splitlines()[:-1]]
    with hub() as there:
        _meet(there, monkeypatch)
        sent = invoke(*arguments, "--push")
    assert sent.splitlines()[:-1] == listed.splitlines()[:-1]
    assert set(there.files) == set(paths)
    assert {line.split()[0].replace(",", "") for line in listed.splitlines()[:-1]} == {
        str(len(content)) for content in there.files.values()
    }
    (created,) = there.created
    assert (created["organization"], created["name"]) == ("you", "matcher")
    assert created["visibility"] == "private"
    assert there.tokens == {"Bearer hf_invented"}
    assert "README.md" in paths and "shortlist/model.onnx" in paths
    assert not any("epoch" in path for path in paths)


def test_dry_run_sends_nothing(run: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with hub() as there:
        _meet(there, monkeypatch)
        told = invoke("publish", run, "--repo-id", "you/matcher")
    assert not there.requests
    assert "nothing is sent without --push" in told


def test_what_was_sent_ranks_and_loads(
    run: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with hub() as there:
        _meet(there, monkeypatch)
        invoke("publish", run / "best_model", "--repo-id", "you/matcher", "--push")
    for path, content in there.files.items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_bytes(content)
    Encoder.load(tmp_path / "shortlist").check()
    torch = SentenceTransformer(str(tmp_path), device="cpu")
    found = Encoder.load(tmp_path / "shortlist").encode_resumes([masked(TEXTS[0])])
    assert (found[0] * torch.encode(TEXTS[0])).sum() > 0.9995


def test_card_and_adapter_name_the_base_model_on_the_hub(run: Path) -> None:
    planned = publish.publication(run, "you/matcher", base_model="somebody/base")
    content = {file.path: file.content for file in planned.files}
    card = content["README.md"].decode()
    assert 'base_model: "somebody/base"' in card
    assert "| ndcg@10 | 0.5 |" in card
    assert "/home/me" not in card
    adapter = json.loads(content["adapter/adapter_config.json"])
    assert adapter["base_model_name_or_path"] == "somebody/base"


@pytest.mark.parametrize("status, remedy", [(401, "hf auth login"), (500, "status 500")])
def test_refusal_of_the_hub_is_told(
    run: Path, monkeypatch: pytest.MonkeyPatch, status: int, remedy: str
) -> None:
    with hub(status) as there:
        _meet(there, monkeypatch)
        with pytest.raises(ConfigError, match=remedy):
            invoke("publish", run, "--repo-id", "you/matcher", "--push")


def test_a_name_that_the_hub_would_not_take_is_refused(run: Path) -> None:
    for name in ("a b/c", "matcher", "a/b/c"):
        with pytest.raises(ConfigError, match="--repo-id"):
            publish.publication(run, name)


def test_offline_is_told(run: Path) -> None:
    code = (
        "import sys; from shortlist.cli import main;"
        f"main(['publish', {str(run)!r}, '--repo-id', 'you/matcher', '--push'])"
    )
    found = subprocess.run(
        [sys.executable, "-c", code],
        env={"HF_HUB_OFFLINE": "1", "PYTHONPATH": ":".join(sys.path), "PATH": ""},
        capture_output=True,
        text=True,
    )
    assert found.returncode == 2
    assert "HF_HUB_OFFLINE is set" in found.stderr


def _meet(there: Hub, monkeypatch: pytest.MonkeyPatch) -> None:
    """Point the Hub's library at the stand-in."""
    monkeypatch.setattr(constants, "ENDPOINT", there.address)
    monkeypatch.setattr(constants, "HF_HUB_OFFLINE", False)
    monkeypatch.setenv("HF_TOKEN", "hf_invented")
