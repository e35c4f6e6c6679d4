"""SFT and DPO in 4 bits on a toy of Phi-3's form: the same code as for the real one."""

import json
import shutil
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import torch

from llm import toy
from shortlist.errors import ConfigError, DataError, ModelError
from shortlist.llm.examples import Example, Preference
from shortlist.llm.tuning import (
    LocalModel,
    Tuning,
    merge,
    models,
    tune_by_examples,
    tune_by_preferences,
)
from shortlist.llm.tuning.rows import fitting

# trl and peft still call transformers by names that it has renamed.
pytestmark = pytest.mark.filterwarnings("ignore:.*is deprecated and will be removed in v6")

EXAMPLES = [
    Example([{"role": "user", "content": f"resume {i}"}], f'{{"score": {i}}}') for i in range(4)
]
PREFERENCES = [Preference(one.prompt, one.answer, '{"score": 9}') for one in EXAMPLES]


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return toy.save(tmp_path_factory.mktemp("base"))


@pytest.fixture(scope="module")
def settings(base: Path) -> Tuning:
    return Tuning(
        base=str(base),
        dropout=0.0,
        targets=("qkv_proj", "o_proj", "gate_up_proj", "down_proj"),
        steps=60,
        accumulation=1,
        learning_rate=1e-2,
        warmup_steps=5,
        log_steps=5,
        save_steps=30,
    )


@pytest.fixture(scope="module")
def run(settings: Tuning, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tune_by_examples(settings, EXAMPLES, out=tmp_path_factory.mktemp("runs") / "sft")


def losses(run: Path) -> list[float]:
    return [h["loss"] for h in json.loads((run / "history.json").read_text()) if "loss" in h]


def test_the_loss_falls_and_a_memorised_answer_comes_back(base: Path, run: Path) -> None:
    found = losses(run)
    assert found[-1] < 0.1 < found[0]
    model = LocalModel(str(base), str(run / "adapter"), four_bit=True)
    assert [model.complete(one.prompt) for one in EXAMPLES] == [one.answer for one in EXAMPLES]


def test_a_run_tells_what_it_was(run: Path, settings: Tuning) -> None:
    told = json.loads((run / "settings.json").read_text())
    assert told["stage"] == "sft"
    assert told["settings"]["learning_rate"] == settings.learning_rate
    assert (told["examples"], told["too_long"]) == (4, 0)
    assert set(told["versions"]) >= {"torch", "trl", "peft"}
    assert not list((run / "adapter").glob("*.bin"))


def test_a_merged_model_answers_as_the_adapter_does(run: Path, tmp_path: Path) -> None:
    merge(run, tmp_path)
    model = LocalModel(str(tmp_path))
    assert [model.complete(one.prompt) for one in EXAMPLES] == [one.answer for one in EXAMPLES]


def test_preferences_widen_the_margin_from_the_sft_model_on(
    run: Path, settings: Tuning, tmp_path: Path
) -> None:
    learned = replace(
        settings, adapter=str(run / "adapter"), steps=8, learning_rate=1e-3, log_steps=1
    )
    done = tune_by_preferences(learned, PREFERENCES, out=tmp_path / "dpo")
    steps = [h for h in json.loads((done / "history.json").read_text()) if "rewards/margins" in h]
    assert steps[0]["loss"] == pytest.approx(0.6931, abs=1e-3), "the SFT model is the reference"
    assert steps[0]["rewards/margins"] == 0
    assert steps[-1]["rewards/margins"] > 0
    assert sorted(p.name for p in (done / "adapter").iterdir() if p.is_dir()) == []


def test_preferences_need_an_sft_adapter(settings: Tuning, tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="SFT run"):
        tune_by_preferences(settings, PREFERENCES, out=tmp_path / "dpo")
    with pytest.raises(ModelError, match="holds no adapter"):
        tune_by_preferences(
            replace(settings, adapter=settings.base), PREFERENCES, out=tmp_path / "dpo"
        )


def test_a_resumed_run_ends_where_an_unbroken_one_does(settings: Tuning, tmp_path: Path) -> None:
    short, out = replace(settings, steps=12, save_steps=8, log_steps=1), tmp_path / "sft"
    unbroken = losses(tune_by_examples(short, EXAMPLES, out=out))
    shutil.rmtree(out / "adapter")
    shutil.rmtree(out / "checkpoints" / "checkpoint-12")
    resumed = losses(tune_by_examples(short, EXAMPLES, out=out, resume=True))
    assert len(resumed) == len(unbroken) == 12
    assert resumed == pytest.approx(unbroken, rel=1e-2)


def test_a_folder_with_something_in_it_is_refused(settings: Tuning, tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("mine")
    with pytest.raises(ConfigError, match="not empty"):
        tune_by_examples(settings, EXAMPLES, out=tmp_path)
    with pytest.raises(ConfigError, match="no checkpoint"):
        tune_by_examples(settings, EXAMPLES, out=tmp_path, resume=True)


def test_targets_are_found_by_what_the_model_has(base: Path) -> None:
    tokens = models.tokenizer(str(base))
    model = models.base(Tuning(base=str(base)), tokens)
    assert models.targets(model, ()) == ["o_proj", "qkv_proj"]
    with pytest.raises(ConfigError, match=r"q_proj, k_proj matches no layer.*qkv_proj"):
        models.targets(model, ("q_proj", "k_proj", "o_proj"))


def test_the_base_is_in_four_bits(base: Path) -> None:
    model: Any = models.base(Tuning(base=str(base)), models.tokenizer(str(base)))
    weight = model.model.layers[0].self_attn.qkv_proj.weight
    assert (weight.dtype, weight.quant_type) == (torch.uint8, "nf4")


def test_padding_is_not_the_end_of_sequence(base: Path) -> None:
    tokens = models.tokenizer(str(base))
    assert tokens.pad_token_id not in (None, tokens.eos_token_id)


def test_examples_that_are_too_long_are_counted_and_not_cut(base: Path) -> None:
    tokens = models.tokenizer(str(base))
    long = Example([{"role": "user", "content": "beet " * 500}], "{}")
    found = fitting([*EXAMPLES, long], tokens, 200)
    assert (len(found.rows), found.too_long) == (4, 1)
    with pytest.raises(DataError, match="none of 1 examples fits 200 tokens"):
        fitting([long], tokens, 200)


def test_a_schema_is_enforced_on_a_model_that_learned_nothing(base: Path) -> None:
    schema = {
        "type": "object",
        "properties": {"score": {"type": "integer", "minimum": 0, "maximum": 5}},
        "required": ["score"],
        "additionalProperties": False,
    }
    model = LocalModel(str(base))
    for seed in range(3):
        reply = model.complete(EXAMPLES[0].prompt, schema, temperature=1.0, seed=seed)
        assert 0 <= json.loads(reply)["score"] <= 5


def test_an_adapter_that_is_not_there_is_not_looked_for_elsewhere(
    base: Path, tmp_path: Path
) -> None:
    with pytest.raises(ModelError, match="holds no adapter: name the `adapter` folder"):
        LocalModel(str(base), str(tmp_path / "none"))


def test_a_model_that_is_not_there_is_one_line(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="cannot be loaded"):
        LocalModel(str(tmp_path / "nowhere"))
