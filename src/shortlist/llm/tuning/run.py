"""SFT and DPO with trl and PEFT, into a run folder; and merging what was learned into the base.

A run folder holds `adapter/` (with its tokenizer), `settings.json` (by value, with versions, the
fingerprint of the data and what was left out), `history.json` and `checkpoints/`.
"""

import json
import sys
from collections.abc import Mapping, Sequence
from contextlib import redirect_stdout
from dataclasses import asdict, replace
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path
from typing import Any

import torch
from transformers.trainer_utils import get_last_checkpoint
from trl import DPOConfig, DPOTrainer, SFTConfig, SFTTrainer

from shortlist.errors import ConfigError, ModelError
from shortlist.llm.examples import Example, Preference
from shortlist.llm.tuning import models
from shortlist.llm.tuning.rows import Fitting, fitting
from shortlist.llm.tuning.settings import Tuning

ADAPTER = "adapter"
CHECKPOINTS = "checkpoints"
PACKAGES = ("torch", "transformers", "trl", "peft", "bitsandbytes", "datasets")


def tune_by_examples(
    settings: Tuning,
    train: Sequence[Example],
    *,
    out: Path,
    validation: Sequence[Example] = (),
    resume: bool = False,
) -> Path:
    """Learn answers (SFT); return the run folder.

    The loss counts the answer alone, its end included.

    Args:
        settings: the recipe. An `adapter` that it names learns on; else a new one begins.
        train: what is learned.
        out: the run folder, new or empty unless `resume`.
        validation: measured as training goes on, never learned.
        resume: go on from the last checkpoint in `out`.

    Raises:
        ConfigError, DataError, ModelError: a target that matches nothing; no example that fits; a
            model that cannot be loaded; an `out` that holds something else.
    """
    checkpoint = _checkpoint(out, resume)
    start = models.checked(settings.adapter) if settings.adapter else settings.base
    tokens = models.tokenizer(start)
    learned = fitting(train, tokens, settings.max_tokens)
    measured = fitting(validation, tokens, settings.max_tokens) if validation else None
    model = models.base(settings, tokens)
    lora = None if settings.adapter else models.lora(model, settings)
    trainer = SFTTrainer(
        model=models.adapted(model, settings.adapter) if settings.adapter else model,
        args=SFTConfig(
            **_arguments(settings, out, measured), max_length=None, completion_only_loss=True
        ),
        train_dataset=learned.rows,
        eval_dataset=measured.rows if measured else None,
        processing_class=tokens,
        peft_config=lora,
    )
    return _run(trainer, settings, learned, out=out, stage="sft", checkpoint=checkpoint)


def tune_by_preferences(
    settings: Tuning,
    train: Sequence[Preference],
    *,
    out: Path,
    validation: Sequence[Preference] = (),
    resume: bool = False,
) -> Path:
    """Learn which of two answers is better (DPO, Rafailov et al. 2023); return the run folder.

    The model starts from the adapter of an SFT run, and a frozen copy of it is the reference.
    Arguments and errors are those of `tune_by_examples`.

    Raises:
        ConfigError: the settings name no `adapter`.
    """
    if not settings.adapter:
        raise ConfigError("adapter: name the `adapter` folder of an SFT run: DPO starts from it")
    checkpoint = _checkpoint(out, resume)
    tokens = models.tokenizer(models.checked(settings.adapter))
    learned = fitting(train, tokens, settings.max_tokens)
    measured = fitting(validation, tokens, settings.max_tokens) if validation else None
    trainer = DPOTrainer(
        model=models.adapted(models.base(settings, tokens), settings.adapter),
        args=DPOConfig(**_arguments(settings, out, measured), max_length=None, beta=settings.beta),
        train_dataset=learned.rows,
        eval_dataset=measured.rows if measured else None,
        processing_class=tokens,
    )
    return _run(trainer, settings, learned, out=out, stage="dpo", checkpoint=checkpoint)


def merge(run: Path, to: Path) -> None:
    """Write the base of a run with what it learned added to its weights, as a model folder.

    Raises:
        ModelError: the folder is no finished run, or the base cannot be loaded.
    """
    try:
        base = json.loads((run / "settings.json").read_text("utf-8"))["settings"]["base"]
    except (OSError, ValueError, KeyError) as error:
        raise ModelError(f"{run}: is no finished run: it lacks a readable settings.json") from error
    models.merged(base, run / ADAPTER).save_pretrained(to)
    models.tokenizer(str(run / ADAPTER)).save_pretrained(to)


def _checkpoint(out: Path, resume: bool) -> str | None:
    """Return the checkpoint to go on from, if any."""
    found = get_last_checkpoint(out / CHECKPOINTS) if (out / CHECKPOINTS).is_dir() else None
    if resume and found is None:
        raise ConfigError(f"{out}: holds no checkpoint to resume from; start without --resume")
    if not resume and out.is_dir() and any(out.iterdir()):
        raise ConfigError(f"{out}: is not empty: name another folder, or --resume to go on")
    return found if resume else None


def _arguments(settings: Tuning, out: Path, measured: Fitting | None) -> dict[str, Any]:
    """Return what both trainers are told; gradient checkpointing they turn on by themselves."""
    cuda = torch.cuda.is_available()
    return {
        "output_dir": str(out / CHECKPOINTS),
        "num_train_epochs": settings.epochs,
        "max_steps": settings.steps or -1,
        "per_device_train_batch_size": settings.batch,
        "per_device_eval_batch_size": settings.batch,
        "gradient_accumulation_steps": settings.accumulation,
        "learning_rate": settings.learning_rate,
        "weight_decay": settings.weight_decay,
        "warmup_steps": settings.warmup_steps,
        "lr_scheduler_type": "cosine",
        "bf16": cuda or settings.four_bit,
        "use_cpu": not cuda,
        "dataloader_pin_memory": cuda,
        "logging_steps": settings.log_steps,
        "eval_strategy": "steps" if measured else "no",
        "eval_steps": settings.eval_steps,
        "save_steps": settings.save_steps,
        "save_total_limit": 2,
        "report_to": settings.report_to,
        "seed": settings.seed,
    }


def _run(
    trainer: Any,
    settings: Tuning,
    learned: Fitting,
    *,
    out: Path,
    stage: str,
    checkpoint: str | None,
) -> Path:
    with redirect_stdout(sys.stderr):  # its log is no result
        trainer.train(resume_from_checkpoint=checkpoint)
    trainer.model.save_pretrained(out / ADAPTER, selected_adapters=["default"])
    trainer.processing_class.save_pretrained(out / ADAPTER)
    _write(out / "history.json", trainer.state.log_history)
    found = replace(settings, targets=tuple(sorted(_targets(trainer.model))))
    _write(
        out / "settings.json",
        {
            "stage": stage,
            "settings": asdict(found),
            "examples": len(learned.rows),
            "too_long": learned.too_long,
            "data": sha256(json.dumps(learned.rows.to_list()).encode()).hexdigest(),
            "versions": {name: version(name) for name in PACKAGES},
        },
    )
    return out


def _targets(model: Any) -> set[str]:
    return set(model.peft_config["default"].target_modules)


def _write(file: Path, value: Sequence[Any] | Mapping[str, Any]) -> None:
    file.write_text(json.dumps(value, indent=1) + "\n", encoding="utf-8")
