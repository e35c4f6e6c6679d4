"""A run's model as it was at a checkpoint: an epoch's weights, or what `--resume` goes on from."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from safetensors import SafetensorError
from safetensors.torch import load_file
from torch import Tensor, nn

from shortlist.config import load
from shortlist.encoding import Calibration
from shortlist.errors import ModelError
from shortlist.training.base import load_base, longest
from shortlist.training.checkpoints import LEARNED, restore
from shortlist.training.export import ExportSettings
from shortlist.training.history import JSON
from shortlist.training.loop import epoch_file
from shortlist.training.match import Calibrated
from shortlist.training.sections import Sections
from shortlist.training.served import Served, erasures
from shortlist.training.settings import Settings
from shortlist.training.ship import card, served
from shortlist.training.trainable import prepare

RUN = "run.json"
"""Of a run folder: its settings, data and versions."""


@dataclass(frozen=True, slots=True)
class Stage:
    """A model, and what its folder says beside the weights."""

    served: Served
    settings: ExportSettings


def weights_file(source: Path) -> Path | None:
    """Return the weights that a path names: an epoch's file, or those of a checkpoint's folder."""
    if source.is_file() and source.suffix == ".safetensors":
        return source
    inside = source / LEARNED
    return inside if inside.is_file() else None


def stage(weights: Path) -> Stage:
    """Return the model of a weights file within a run folder.

    The weights of an epoch come with its erasure and its calibration; a checkpoint has the learned
    calibration, where one was learned.

    Raises:
        ModelError: the file does not lie in a run folder, cannot be read, is of another recipe, or
            is of a run whose erasure is fitted after each epoch and holds none.
    """
    run = _run_of(weights)
    facts = json.loads((run / RUN).read_text(encoding="utf-8"))
    settings = load(Settings, None, list(_words(facts["settings"])))
    tensors = _read(weights)
    layers = erasures(tensors)
    if settings.objective.erase and not layers:
        raise ModelError(f"{weights}: has no erasure yet: name a file below {run / 'epochs'}")
    model = load_base(settings.model)
    prepare(model, settings.model)
    sections = Sections(int(model.get_embedding_dimension())) if settings.model.sections else None
    found = Served(model, sections)
    _put_back(found, tensors, weights)
    epoch = _epoch(run, weights)
    return Stage(
        found.with_erasures(layers),
        served(
            settings.model,
            longest(model),
            calibration=_calibration(epoch, tensors, settings),
            training={**facts, "weights": str(weights.relative_to(run)), "epoch": epoch},
            card=card(f"{run.name}, {weights.relative_to(run)}", facts),
        ),
    )


def _words(table: Mapping[str, Any], path: str = "") -> Iterator[str]:
    """Yield the settings that a run wrote down as `key=value` words."""
    for name, value in table.items():
        if name == "priors":
            inner = ", ".join(f"{json.dumps(key)} = {one!r}" for key, one in value.items())
            yield f"{path}{name}={{{inner}}}"
        elif isinstance(value, dict):
            yield from _words(value, f"{path}{name}.")
        else:
            yield f"{path}{name}={json.dumps(value)}"


def _run_of(weights: Path) -> Path:
    for folder in weights.resolve().parents[1:3]:
        if (folder / RUN).is_file():
            return folder
    raise ModelError(f"{weights}: does not lie in a run folder: name a file below RUN/epochs")


def _read(weights: Path) -> dict[str, Tensor]:
    try:
        found: dict[str, Tensor] = load_file(weights)
    except (OSError, SafetensorError) as error:
        raise ModelError(f"{weights}: cannot be read ({error}): name another checkpoint") from error
    return found


def _put_back(found: Served, tensors: dict[str, Tensor], weights: Path) -> None:
    """Put what is served back; the weights of the terms of the loss are not."""
    parts: dict[str, nn.Module] = {"model": found.model}
    if found.sections is not None:
        parts["sections"] = found.sections
    names = tuple(f"{part}." for part in parts)
    try:
        restore(nn.ModuleDict(parts), {k: v for k, v in tensors.items() if k.startswith(names)})
    except (KeyError, RuntimeError) as error:
        raise ModelError(f"{weights}: does not belong to its run's recipe ({error})") from error


def _epoch(run: Path, weights: Path) -> dict[str, Any] | None:
    """Return what the history says of the epoch whose weights these are; None of a checkpoint."""
    if not (run / JSON).is_file():
        return None
    rows: list[dict[str, Any]] = json.loads((run / JSON).read_text(encoding="utf-8"))["epochs"]
    of_name: dict[str, dict[str, Any]] = {epoch_file(row["number"]): row for row in rows}
    return of_name.get(weights.name)


def _calibration(
    epoch: dict[str, Any] | None, tensors: dict[str, Tensor], settings: Settings
) -> Calibration | None:
    if epoch is not None:
        return Calibration(**epoch["validation"]["calibrating"]["served"])
    if settings.objective.weights.match <= 0:
        return None
    learned = Calibrated()
    restore(
        learned, {name: tensors[f"calibrated.{name}"] for name, _ in learned.named_parameters()}
    )
    return Calibration(float(learned.log_slope.detach().exp()), float(learned.intercept.detach()))
