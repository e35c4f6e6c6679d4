"""sentence-transformers' trainer with this project's batches, rates, clipping and checkpoints."""

import json
import logging
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import torch
from datasets import Dataset
from safetensors.torch import load_file, save_file
from sentence_transformers import SentenceTransformerTrainer, SentenceTransformerTrainingArguments
from torch import Tensor, nn
from torch.utils.data import BatchSampler
from transformers import set_seed
from transformers.trainer_callback import PrinterCallback, ProgressCallback

from shortlist.training.checkpoints import (
    COMPLETE,
    DISCRIMINATORS,
    LEARNED,
    learned,
    restore,
)
from shortlist.training.history import replace_file
from shortlist.training.objective import Objective
from shortlist.training.order import Batches
from shortlist.training.remembered import (
    restore_progress,
    restore_randomness,
    save_progress,
    save_randomness,
)
from shortlist.training.settings import OptimizerSettings, Settings

_log = logging.getLogger(__name__)


class Trainer(SentenceTransformerTrainer):
    """The training loop of sentence-transformers for an Objective.

    A checkpoint holds the weights that learn, of the encoder and of the objective, the state of the
    optimizers and the random numbers, as safetensors; the schedule and whatever `remember` gives,
    as JSON.
    """

    loss: Objective
    batches: Batches
    recipe: OptimizerSettings
    layers: list[str]
    optimizer: torch.optim.Optimizer | None
    remember: Callable[[], dict[str, Any]]
    after_checkpoint: Callable[[], None]

    def __init__(self, **parts: Any) -> None:
        super().__init__(**parts)
        self.epoch_sums: dict[str, float] = {}
        for callback in (PrinterCallback, ProgressCallback):
            self.remove_callback(callback)

    def add_model_card_callback(self, *args: Any) -> None:
        """Leave the card to the export: the trainer's reads texts of the data set into it."""

    def get_batch_sampler(self, *args: Any, **kwargs: Any) -> BatchSampler:
        """Return this project's batches."""
        return self.batches

    def training_step(self, model: nn.Module, inputs: Any, *rest: Any) -> Tensor:
        """Tell the weights of the terms which step this is."""
        self.loss.weighting.step = self.state.global_step
        step: Tensor = super().training_step(model, inputs, *rest)
        return step

    def log(self, logs: dict[str, float], *rest: Any) -> None:
        """Add the weights of the terms to what is logged of a step."""
        if "loss" in logs:
            weighting = self.loss.weighting
            now = {f"weight_{name}": round(weighting.now(name), 6) for name in weighting.asked()}
            logs = {**logs, **now, "temperature": self.loss.contrastive.temperature}
        super().log(logs, *rest)

    def create_optimizer(self, model: nn.Module | None = None) -> torch.optim.Optimizer:
        """Return AdamW with a rate for each kind of weight."""
        if self.optimizer is None:
            groups = rate_groups(self.loss, self.recipe, self.layers)
            self.loss.adversaries.set_rate(
                self.recipe.adversary_rate, decay=self.recipe.weight_decay, clip=self.recipe.clip
            )
            self.optimizer = torch.optim.AdamW(groups, lr=self.recipe.rate)
        return self.optimizer

    def _clip_grad_norm(self, model: nn.Module) -> Tensor:
        """Clip the gradient of all that the main optimizer moves."""
        moved = [p for p in self.loss.parameters() if p.requires_grad and p.grad is not None]
        return torch.nn.utils.clip_grad_norm_(moved, self.recipe.clip)

    def _save(self, output_dir: str | None = None, state_dict: Any = None) -> None:
        """Write the weights that learn."""
        folder = Path(output_dir or self.args.output_dir)
        folder.mkdir(parents=True, exist_ok=True)
        save_file(learned(self.loss), folder / LEARNED)
        save_file(self.loss.adversaries.remembered(), folder / DISCRIMINATORS)

    def _load_from_checkpoint(self, checkpoint_path: str, model: Any = None) -> None:
        restore(self.loss, load_file(Path(checkpoint_path) / LEARNED))
        self.loss.adversaries.remember(load_file(Path(checkpoint_path) / DISCRIMINATORS))

    def _save_optimizer_and_scheduler(self, output_dir: str) -> None:
        if self.args.should_save:
            save_progress(Path(output_dir), self.optimizer, self.lr_scheduler)

    def _load_optimizer_and_scheduler(self, checkpoint: str | None) -> None:
        if checkpoint is not None:
            restore_progress(Path(checkpoint), self.optimizer, self.lr_scheduler)

    def _save_rng_state(self, output_dir: str) -> None:
        save_randomness(Path(output_dir), self.args.process_index)

    def _load_rng_state(self, checkpoint: str | None) -> None:
        if checkpoint is not None:
            restore_randomness(Path(checkpoint), self.args.process_index)

    def _save_checkpoint(self, model: nn.Module, trial: Any) -> None:
        super()._save_checkpoint(model, trial)
        folder = Path(self.args.output_dir) / f"checkpoint-{self.state.global_step}"
        if self.args.should_save:
            replace_file(folder / COMPLETE, json.dumps(self.remember()).encode())
            self.after_checkpoint()

    def track_loss_components(self, loss: dict[str, Tensor]) -> None:
        """Sum the terms over the epoch, beside what the log averages."""
        super().track_loss_components(loss)
        for name, value in {**loss, "batches": torch.tensor(1.0)}.items():
            self.epoch_sums[name] = self.epoch_sums.get(name, 0.0) + float(value.detach())

    def epoch_losses(self) -> dict[str, float]:
        """Return the mean of each weighted term since the last call."""
        sums, self.epoch_sums = self.epoch_sums, {}
        count = sums.pop("batches", 1.0)
        return {name: value / count for name, value in sums.items()}


def row_numbers(count: int) -> Dataset:
    """Return the data set that the trainer iterates over: the number of each row."""
    return Dataset.from_dict({"row": list(range(count))})


def arguments(settings: Settings, folder: Path) -> SentenceTransformerTrainingArguments:
    """Return the trainer's arguments; making them sets the seed and joins other processes."""
    recipe = settings.optimizer
    step_wise = {"save_strategy": "steps", "save_steps": recipe.save_steps}
    on_cpu = not (torch.cuda.is_available() or torch.backends.mps.is_available())
    args = SentenceTransformerTrainingArguments(
        use_cpu=on_cpu,  # without it, processes on CPUs would not join
        ddp_backend="gloo" if on_cpu and "RANK" in os.environ else None,
        output_dir=str(folder),
        per_device_train_batch_size=recipe.batch,
        accelerator_config={"split_batches": True},
        gradient_accumulation_steps=recipe.accumulate,
        num_train_epochs=recipe.epochs,
        max_steps=recipe.max_steps or -1,
        learning_rate=recipe.rate,
        warmup_steps=recipe.warmup,
        lr_scheduler_type=recipe.schedule if recipe.schedule != "constant" else _CONSTANT,
        max_grad_norm=recipe.clip,
        bf16=recipe.precision == "bfloat16" or (recipe.precision == "auto" and has_bfloat16()),
        seed=settings.seed,
        save_total_limit=2,
        logging_steps=1,
        report_to=list(recipe.report_to) or "none",
        disable_tqdm=True,
        dataloader_pin_memory=torch.cuda.is_available(),
        remove_unused_columns=False,
        ddp_find_unused_parameters=False,
        ddp_timeout=_LONGEST_WAIT,
        **(step_wise if recipe.save_steps else {"save_strategy": "epoch"}),
    )
    set_seed(settings.seed)
    return args


_CONSTANT = "constant_with_warmup"
_LONGEST_WAIT = 24 * 60 * 60
"""Seconds for which processes wait for one another: the first validates alone, however long."""


def has_bfloat16() -> bool:
    """Return whether this machine computes in bfloat16 rather than imitating it."""
    if torch.cuda.is_available():
        return bool(torch.cuda.is_bf16_supported(including_emulation=False))
    return "avx512_bf16" in _cpu_flags() or "amx_bf16" in _cpu_flags()


def _cpu_flags() -> str:
    path = Path("/proc/cpuinfo")
    return path.read_text(encoding="utf-8") if path.exists() else ""


def rate_groups(
    objective: Objective, recipe: OptimizerSettings, layers: list[str]
) -> list[dict[str, Any]]:
    """Return the weights that learn, grouped by rate and decay.

    LoRA and whole layers learn at `rate`; attention in full at `attention_rate`, less in lower
    layers; projection, calibration and heads at `head_rate`. Discriminators have an optimizer of
    their own. Biases, norms and single numbers do not decay.
    """
    groups: dict[tuple[float, float], list[nn.Parameter]] = {}
    for name, weights in objective.named_parameters():
        if weights.requires_grad and not name.startswith("adversaries."):
            decay = recipe.weight_decay if weights.dim() > 1 else 0.0
            groups.setdefault((_rate(name, recipe, layers), decay), []).append(weights)
    return [
        {"params": params, "lr": rate, "weight_decay": decay}
        for (rate, decay), params in groups.items()
    ]


def _rate(name: str, recipe: OptimizerSettings, layers: list[str]) -> float:
    if not name.startswith("model.0."):
        return recipe.head_rate
    if ".modules_to_save." in name:
        below = next(i for i, layer in enumerate(reversed(layers)) if f".{layer}." in name)
        return recipe.attention_rate * recipe.attention_decay**below
    return recipe.rate
