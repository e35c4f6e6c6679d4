"""What a run that goes on needs beside its weights, as tensors and JSON: nothing is unpickled."""

import json
import math
import random
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
import torch
from safetensors.torch import load_file, save_file
from torch import Tensor

OPTIMIZER = "optimizer.safetensors"
SCHEDULE = "schedule.json"


def optimizer_state(optimizer: Any) -> dict[str, Tensor]:
    """Return what an optimizer knows of each weight, by the weight's place and the value's name."""
    return {
        f"{number}.{name}": value.detach().cpu().clone()
        for number, values in optimizer.state_dict()["state"].items()
        for name, value in values.items()
    }


def restore_optimizer(optimizer: Any, tensors: Mapping[str, Tensor]) -> None:
    """Put that back; rates and other settings stay as they are."""
    found: dict[int, dict[str, Tensor]] = {}
    for key, value in tensors.items():
        number, _, name = key.partition(".")
        found.setdefault(int(number), {})[name] = value
    optimizer.load_state_dict({**optimizer.state_dict(), "state": found})


def save_progress(folder: Path, optimizer: Any, schedule: Any) -> None:
    """Write the state of an optimizer and of the schedule of its rates."""
    save_file(optimizer_state(optimizer), folder / OPTIMIZER)
    (folder / SCHEDULE).write_text(json.dumps(schedule.state_dict()), encoding="utf-8")


def restore_progress(folder: Path, optimizer: Any, schedule: Any) -> None:
    """Put them back, with the rates of then."""
    restore_optimizer(optimizer, load_file(folder / OPTIMIZER))
    state = json.loads((folder / SCHEDULE).read_text(encoding="utf-8"))
    schedule.load_state_dict(state)
    for group, rate in zip(optimizer.param_groups, state["_last_lr"], strict=True):
        group["lr"] = rate


def save_randomness(folder: Path, process: int) -> None:
    """Write where the random numbers of Python, NumPy and torch are, of one process."""
    version, words, gauss = random.getstate()
    name, keys, place, has_gauss, cached = np.random.get_state(legacy=True)
    assert (version, name) == (3, "MT19937")
    found = {
        "python": torch.tensor(words),
        "python_gauss": torch.tensor(math.nan if gauss is None else gauss, dtype=torch.float64),
        "numpy": torch.from_numpy(np.asarray(keys, np.int64)),
        "numpy_place": torch.tensor([int(place), int(has_gauss)]),
        "numpy_gauss": torch.tensor(float(cached), dtype=torch.float64),
        "torch": torch.get_rng_state(),
    }
    if torch.cuda.is_available():
        for number, state in enumerate(torch.cuda.get_rng_state_all()):
            found[f"cuda.{number}"] = state
    folder.mkdir(parents=True, exist_ok=True)
    save_file(found, folder / _random(process))


def restore_randomness(folder: Path, process: int) -> None:
    """Put that back, where this process wrote it down."""
    if not (folder / _random(process)).is_file():
        return  # the run goes on with more processes than it had
    found = load_file(folder / _random(process))
    gauss = float(found["python_gauss"])
    words = tuple(found["python"].tolist())
    random.setstate((3, words, None if math.isnan(gauss) else gauss))
    place, has_gauss = found["numpy_place"].tolist()
    keys = found["numpy"].numpy().astype(np.uint32)
    np.random.set_state(("MT19937", keys, place, has_gauss, float(found["numpy_gauss"])))
    torch.set_rng_state(found["torch"])
    devices = sorted(name for name in found if name.startswith("cuda."))
    if devices and torch.cuda.is_available():
        torch.cuda.set_rng_state_all([found[name] for name in devices])


def _random(process: int) -> str:
    return f"random-{process}.safetensors"
