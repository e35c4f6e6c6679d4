"""A tagger is trained, written as a folder, and read again; what it cannot learn from is named."""

import json
from pathlib import Path

import numpy as np
import pytest
import torch
from click.testing import CliRunner

from shortlist.cli import cli
from shortlist.config import load
from shortlist.errors import ConfigError, DataError, ModelError
from shortlist.extraction import load_tagger
from shortlist.extraction.tagger import case_class
from shortlist.training.tagger import TaggerSettings, train_tagger
from shortlist.training.tagger_model import TaggerModel
from shortlist.training.tagger_rows import IGNORED, batch_of, read_sentences
from training.tiny_base import save_base

QUICK = ["epochs=12", "batch=8", "rate=3e-3", "head_rate=2e-2", "dropout=0.0", "max_tokens=32"]


def line(words: str, skill: str, knowledge: str) -> str:
    return json.dumps(
        {"tokens": words.split(), "tags_skill": [*skill], "tags_knowledge": [*knowledge]}
    )


LINES = [
    line("we must work with python code", "OOBIII", "OOOOBI"),
    line("nurse care ward", "OOO", "OBO"),
    line("python developer", "OO", "BO"),
    line("must work with patients", "OBII", "OOOO"),
    line("teacher in school", "OOO", "OOO"),
    line("PYTHON in hospital", "OOO", "BOO"),
    line("", "", ""),
]


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("tagged")
    (folder / "train.jsonl").write_text("\n".join(LINES * 4) + "\n\n", encoding="utf-8")
    (folder / "dev.jsonl").write_text("\n".join(LINES) + "\n", encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def trained(base: Path, data: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    settings = load(TaggerSettings, None, [f"base={str(base)!r}", *QUICK])
    out = tmp_path_factory.mktemp("runs") / "tagger"
    outcome = train_tagger(settings, data, out)
    assert (outcome.folder, outcome.sentences, len(outcome.epochs)) == (out, 6, 12)
    assert outcome.epochs[-1]["skill"] > 0.9 and outcome.epochs[-1]["knowledge"] > 0.9
    return out


def test_a_trained_tagger_tags(trained: Path) -> None:
    text = "We must work with python code\n\nNurse care"
    found = {(text[tag.start : tag.end], tag.kind) for tag in load_tagger(trained)(text)}
    assert {("work with python code", "skill"), ("python code", "knowledge")} <= found
    assert ("care", "knowledge") in found


def test_the_folder_says_how_it_was_made(trained: Path) -> None:
    told = json.loads((trained / "training.json").read_text("utf-8"))
    assert told["settings"]["epochs"] == 12 and told["sentences"] == 24
    assert told["strict_f1_on_dev"][-1].keys() == {"skill", "knowledge"}
    assert set(json.loads((trained / "config.json").read_text("utf-8"))["files"]) == {
        "model.onnx", "tokenizer.json", "training.json"
    }  # fmt: skip


def test_the_graph_computes_what_was_trained(base: Path, data: Path, tmp_path: Path) -> None:
    import onnxruntime

    torch.manual_seed(3)
    model = TaggerModel(str(base), 2, dropout=0.0, most_tokens=32).eval()
    torch.nn.init.normal_(model.encoder.embeddings.token_type_embeddings.weight, std=0.5)
    rows = read_sentences(data / "dev.jsonl", model.tokenizer, ("skill", "knowledge"), 32)
    batch = batch_of(rows)
    session = onnxruntime.InferenceSession(model.graph(32).SerializeToString())
    inputs = {"input_ids": batch.numbers, "attention_mask": batch.mask, "letter_case": batch.case}
    found = session.run(None, {name: value.numpy() for name, value in inputs.items()})[0]
    with torch.inference_mode():
        wanted = model(batch).numpy()
    shown = batch.mask.numpy().astype(bool)
    assert np.abs(found - wanted)[shown].max() < 0.05 * np.abs(wanted).max()


def test_the_same_seed_writes_the_same_bytes(base: Path, data: Path, tmp_path: Path) -> None:
    settings = load(TaggerSettings, None, [f"base={str(base)!r}", *QUICK, "epochs=1"])
    for name in ("one", "two"):
        train_tagger(settings, data, tmp_path / name)
    one, two = ((tmp_path / name / "config.json").read_bytes() for name in ("one", "two"))
    assert one == two


def test_words_carry_their_case_and_padding_no_label(base: Path, data: Path) -> None:
    model = TaggerModel(str(base), 2, dropout=0.0, most_tokens=32)
    rows = read_sentences(data / "dev.jsonl", model.tokenizer, ("skill", "knowledge"), 32)
    shouted = next(row for row in rows if case_class("PYTHON") in row.case)
    batch = batch_of([rows[0], shouted])
    assert batch.truth.shape[2] == 2
    assert (batch.truth[batch.mask == 0] == IGNORED).all()
    labels = [list(row.truth[0]) for row in (rows[0], shouted)]
    assert labels == [[0, 0, 1, 2, 2, 2], [0, 0, 0]]


def test_long_sentences_are_cut(base: Path, tmp_path: Path) -> None:
    path = tmp_path / "long.jsonl"
    path.write_text(line("work " * 50, "B" * 50, "O" * 50), encoding="utf-8")
    model = TaggerModel(str(base), 2, dropout=0.0, most_tokens=16)
    (row,) = read_sentences(path, model.tokenizer, ("skill", "knowledge"), 16)
    assert len(row.numbers) == 16 and len(row.truth[0]) == len(row.firsts) < 16


@pytest.mark.parametrize(
    "text, message",
    [
        ("{", "line 2: not JSON"),
        ("[]", "line 2: `tokens` must be a list of words"),
        ('{"tokens": [1]}', "line 2: `tokens` must be a list of words"),
        ('{"tokens": ["a"], "tags_skill": []}', "line 2: `tags_skill` must be a list with a label"),
        (
            '{"tokens": ["a"], "tags_skill": ["B"], "tags_knowledge": ["X"]}',
            "line 2: `tags_knowledge` holds 'X'",
        ),
    ],
)
def test_a_malformed_line_is_named(base: Path, tmp_path: Path, text: str, message: str) -> None:
    (tmp_path / "train.jsonl").write_text(f"{LINES[0]}\n{text}\n", encoding="utf-8")
    settings = load(TaggerSettings, None, [f"base={str(base)!r}", *QUICK])
    with pytest.raises(DataError, match=message):
        train_tagger(settings, tmp_path, tmp_path / "out")


def test_files_without_sentences_are_refused(base: Path, tmp_path: Path) -> None:
    settings = load(TaggerSettings, None, [f"base={str(base)!r}", *QUICK])
    with pytest.raises(DataError, match="cannot be read"):
        train_tagger(settings, tmp_path, tmp_path / "out")
    (tmp_path / "train.jsonl").write_text(LINES[-1], encoding="utf-8")
    with pytest.raises(DataError, match="holds no sentence"):
        train_tagger(settings, tmp_path, tmp_path / "out")


def test_a_folder_that_is_not_empty_is_left_alone(trained: Path, data: Path) -> None:
    before = (trained / "config.json").read_bytes()
    with pytest.raises(ConfigError, match="is not empty"):
        train_tagger(TaggerSettings(), data, trained)
    assert (trained / "config.json").read_bytes() == before


def test_other_architectures_are_refused(data: Path, tmp_path: Path) -> None:
    base = save_base(tmp_path / "base", "xlm-roberta")
    settings = load(TaggerSettings, None, [f"base={str(base)!r}", *QUICK])
    with pytest.raises(ModelError, match="a tagger is made of a BERT; this is xlm-roberta"):
        train_tagger(settings, data, tmp_path / "out")


@pytest.mark.parametrize(
    "word", ["epochs=0", "batch=0", "max_tokens=2", "rate=0.0", "dropout=1.0", "kinds=[]"]
)
def test_settings_out_of_range_are_refused(word: str) -> None:
    with pytest.raises(ConfigError, match=word.split("=")[0]):
        load(TaggerSettings, None, [word])


def test_the_command_trains_by_the_recipe(base: Path, data: Path, tmp_path: Path) -> None:
    recipe = Path(__file__).parents[2] / "runs/tagger.toml"
    words = [f"base={str(base)!r}", *QUICK, "epochs=1", "train=train.jsonl", "dev=dev.jsonl"]
    settings = [part for word in words for part in ("--set", word)]
    out = tmp_path / "tagger"
    arguments = ["train", str(recipe), "--task", "tagger", "--data", str(data), "--out", str(out)]
    result = CliRunner().invoke(cli, [*arguments, *settings], catch_exceptions=False)
    assert result.exit_code == 0
    assert "strict F1 on 6 sentences" in result.stdout and "epoch 1: skill 0." in result.stdout
    assert load_tagger(out)("python") is not None
    refused = CliRunner().invoke(cli, [*arguments, "--resume"])
    assert refused.exit_code == 2 and "trained anew" in refused.stderr
