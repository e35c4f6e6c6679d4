"""A run that is ready to go: trains, validates after every epoch, and keeps what is needed."""

import json
import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from safetensors.torch import load_file, save_file
from sentence_transformers import SentenceTransformer
from sentence_transformers.base.modules import Dense
from transformers import TrainerCallback

from shortlist.training.checkpoints import COMPLETE, learned, restore
from shortlist.training.corpus import Corpus
from shortlist.training.erasure import fit_erasure, with_erasure
from shortlist.training.gather import from_first, is_first
from shortlist.training.history import History, Row
from shortlist.training.objective import Objective
from shortlist.training.selection import select, should_stop
from shortlist.training.served import ERASURE, OF_WHOLE, Served, erasures
from shortlist.training.settings import Settings
from shortlist.training.trainable import Share, printed
from shortlist.training.trainer import Trainer
from shortlist.training.validation import Validator, chunk_means, encoded

_log = logging.getLogger(__name__)

Progress = Callable[[float], None]


@dataclass(slots=True)
class Loop:
    """A run that is ready to go, or has gone."""

    settings: Settings
    out: Path
    model: SentenceTransformer = field(repr=False)
    learns: tuple[Share, ...] = field(repr=False)
    train: Corpus = field(repr=False)
    validation: Corpus = field(repr=False)
    trainer: Trainer = field(repr=False)
    validator: Validator = field(repr=False)
    history: History = field(default_factory=History, repr=False)

    @property
    def objective(self) -> Objective:
        """What is trained."""
        return self.trainer.loss

    def run(self, progress: Progress | None, *, checkpoint: Path | None) -> History:
        """Train, from a checkpoint if there is one, and return the history."""
        if is_first():
            _log.info("what learns:\n%s", printed(self.learns))
        if checkpoint is not None:
            self._recall(json.loads((checkpoint / COMPLETE).read_text(encoding="utf-8")))
        self.trainer.remember = self._kept
        self.trainer.after_checkpoint = self._forget_others
        self.trainer.add_callback(_Epochs(self, progress))
        done = self.history.rows and self.history.rows[-1].step >= self.steps()
        if not done and not should_stop(self.history.epochs(), self.settings.selection):
            self.trainer.train(resume_from_checkpoint=str(checkpoint) if checkpoint else None)
        return self.history

    def steps_in_epoch(self) -> int:
        """Return how many steps an epoch has."""
        return max(1, -(-len(self.trainer.batches) // self.settings.optimizer.accumulate))

    def steps(self) -> int:
        """Return how many steps the whole run has."""
        return steps_of(self.settings, len(self.trainer.batches))

    def after_epoch(self, step: int) -> bool:
        """Validate, keep the epoch, and return whether to stop. Only the first process measures."""
        if is_first():
            self._measure(step)
        self.history = History.from_json(from_first(self.history.to_json()))
        epochs, selection = self.history.epochs(), self.settings.selection
        best = max(epoch.ndcg for epoch in epochs)
        self.objective.weighting.after_epoch(
            epochs[-1].gap, epochs[-1].ndcg, best, selection.gap_threshold
        )
        return should_stop(epochs, selection)

    def _measure(self, step: int) -> None:
        number = len(self.history.rows) + 1
        weighting = self.objective.weighting
        layers = self._erasures() if self.settings.objective.erase else {}
        served = self._served(layers)
        erased = {
            prefix + name: value.contiguous()
            for prefix, layer in layers.items()
            for name, value in layer.state_dict().items()
        }
        found = self.validator(
            served.model,
            self.objective.calibrated,
            learned=self.settings.objective.weights.match > 0 and not erased,
            sections=served.sections,
        )
        weights = {name: weighting.now(name) for name in weighting.asked()}
        self.history.rows.append(Row(number, step, self.trainer.epoch_losses(), weights, found))
        folder = self.out / "epochs"
        folder.mkdir(exist_ok=True)
        draft = folder / f".{epoch_file(number)}"
        save_file({**learned(self.objective), **erased}, draft)
        draft.replace(folder / epoch_file(number))
        _log.info(
            "epoch %d: nDCG@10 %.4f, gap %s", number, found.metrics["ndcg@10"] or 0.0,
            "not measured" if found.gap is None else f"{found.gap:.4f}",
        )  # fmt: skip
        chosen = select(self.history.epochs(), self.settings.selection)
        self.history.write(self.out, {"chosen": chosen, "missing": {}})

    def _erasures(self) -> dict[str, Dense]:
        """Return what erases groups, by its prefix: from chunks, and from whole texts behind it."""
        resumes, vectorizer = self.train.resumes, self.validator.vectorizer
        groups = self.train.groupings
        found = {ERASURE: fit_erasure(chunk_means(self.model, resumes, vectorizer), groups)}
        if self.objective.sections is not None:
            model = with_erasure(self.model, found[ERASURE])
            whole = encoded(model, resumes, vectorizer, self.objective.sections)
            found[OF_WHOLE] = fit_erasure(whole, groups)
        return found

    def of_epoch(self, number: int) -> Served:
        """Return the model as it was after an epoch, erasures included."""
        weights = load_file(self.out / "epochs" / epoch_file(number))
        layers = erasures(weights)
        restore(self.objective, weights)
        return self._served(layers)

    def _served(self, layers: Mapping[str, Dense]) -> Served:
        return Served(self.model, self.objective.sections).with_erasures(layers)

    def _kept(self) -> dict[str, Any]:
        """Return what a checkpoint holds beside weights and optimizer."""
        return {
            "history": self.history.to_json(),
            "capped": self.objective.weighting.capped,
            "epoch_sums": self.trainer.epoch_sums,
        }

    def _recall(self, kept: Mapping[str, Any]) -> None:
        self.history = History.from_json(kept["history"])
        self.objective.weighting.capped = kept["capped"]
        self.trainer.epoch_sums = dict(kept["epoch_sums"])

    def _forget_others(self) -> None:
        """Remove the epochs that no kept model is of: after a checkpoint, which needs no others."""
        chosen = select(self.history.epochs(), self.settings.selection)
        wanted = {epoch_file(number) for number in chosen.values() if number}
        for path in (self.out / "epochs").glob("*.safetensors"):
            if path.name not in wanted:
                path.unlink()


class _Epochs(TrainerCallback):
    """Sets the epoch of batches, validates after each, and shows progress."""

    def __init__(self, loop: Loop, progress: Progress | None) -> None:
        self._loop = loop
        self._progress = progress

    def on_epoch_begin(self, args: Any, state: Any, control: Any, **_: Any) -> None:
        self._loop.trainer.batches.set_epoch(int(state.epoch + 1e-6))

    def on_step_end(self, args: Any, state: Any, control: Any, **_: Any) -> None:
        if self._progress:
            self._progress(state.global_step / state.max_steps)
        if state.global_step % self._loop.steps_in_epoch() == 0:
            control.should_save = False  # the epoch's end saves, after its validation

    def on_epoch_end(self, args: Any, state: Any, control: Any, **_: Any) -> None:
        if self._loop.after_epoch(state.global_step):
            control.should_training_stop = True
        control.should_save = True


def steps_of(settings: Settings, batches: int) -> int:
    """Return how many steps a run has, given the batches of an epoch."""
    recipe = settings.optimizer
    every = recipe.epochs * max(1, -(-batches // recipe.accumulate))
    return min(every, recipe.max_steps) if recipe.max_steps else every


def epoch_file(number: int) -> str:
    """Return the name of the file that holds an epoch's weights."""
    return f"epoch-{number:03d}.safetensors"
