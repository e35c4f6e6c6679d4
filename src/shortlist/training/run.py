"""A training run: a recipe and a dataset folder -> a run folder with model folders in it."""

import hashlib
import json
import logging
import platform
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

from shortlist.dataset import read_dataset
from shortlist.dataset.groups import read_groups
from shortlist.errors import ConfigError
from shortlist.training.assemble import assemble
from shortlist.training.checkpoints import complete_checkpoints
from shortlist.training.gather import is_first, leave
from shortlist.training.history import History, replace_file
from shortlist.training.selection import reasons, select
from shortlist.training.settings import Settings
from shortlist.training.ship import ship
from shortlist.training.stages import RUN
from shortlist.training.trainable import Share

_log = logging.getLogger(__name__)

PACKAGES = ("shortlist", "torch", "transformers", "sentence-transformers", "peft", "accelerate",
            "datasets", "numpy")  # fmt: skip

Progress = Callable[[float], None]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a run left."""

    folder: Path
    learns: tuple[Share, ...]
    history: History
    chosen: Mapping[str, int | None]
    """Model folder -> the epoch that it holds; None where no epoch qualified."""
    missing: Mapping[str, str]
    """Model folder -> why it is not there."""


def train(
    settings: Settings,
    data: Path,
    out: Path,
    *,
    resume: bool = False,
    progress: Progress | None = None,
) -> Outcome:
    """Train an encoder and leave model folders, metrics and settings in a run folder.

    Started by `torchrun`, all processes share each batch, and the first one writes: it goes on when
    the others have left.

    Args:
        settings: the recipe.
        data: a dataset folder with splits and, for fairness terms, groups.csv.
        out: the run folder; it must be new or empty, or hold this run where it is resumed.
        resume: go on from the last complete checkpoint; a run without one begins anew.
        progress: told the share of steps that is done.

    Raises:
        ConfigError: the folder holds another run, or a setting cannot be met by the model or data.
        DataError: the data set is malformed, for tests only, or has nothing to learn from.
        ModelError: the base model cannot be had.
    """
    dataset = read_dataset(data)
    facts = {
        **_facts(settings, data),
        "data": dataset.name,
        "data_origin": dataset.card.origin,
        "data_licence": dataset.card.licence,
    }
    if is_first():
        _open(out, facts, resume=resume)
    loop = assemble(settings, dataset, _groups(settings, data), out)
    if is_first():
        replace_file(out / RUN, _json({**facts, "learns": [asdict(s) for s in loop.learns]}))
    history = loop.run(progress, checkpoint=_last(out) if resume else None)
    leave()
    chosen = select(history.epochs(), settings.selection)
    missing = reasons(chosen, history.epochs(), settings.selection)
    if is_first():
        history.write(out, {"chosen": chosen, "missing": missing})
        ship(loop, chosen, history, facts)
    return Outcome(out, loop.learns, history, chosen, missing)


def fingerprint(data: Path) -> str:
    """Return the sha256 of the files of a dataset folder that training reads."""
    digest = hashlib.sha256()
    for path in sorted(data.iterdir()):
        if path.name.removesuffix(".gz") in _READ:
            digest.update(f"{path.name}\0{path.stat().st_size}\0".encode())
            digest.update(path.read_bytes())
    return digest.hexdigest()


_READ = frozenset(("jobs.jsonl", "resumes.jsonl", "judgments.jsonl", "groups.csv", "splits.json"))


def _facts(settings: Settings, data: Path) -> dict[str, Any]:
    versions = {}
    for name in PACKAGES:
        try:
            versions[name] = version(name)
        except PackageNotFoundError:
            versions[name] = "not installed as a package"
    return {
        "settings": asdict(settings),
        "seed": settings.seed,
        "data_fingerprint": fingerprint(data),
        "packages": versions,
        "python": platform.python_version(),
    }


def _open(out: Path, facts: Mapping[str, Any], *, resume: bool) -> None:
    """Check that the run folder is free, or holds this very run."""
    path = out / RUN
    if not path.exists():
        if out.exists() and any(out.iterdir()):
            raise ConfigError(f"{out}: is not empty and holds no run: name another folder")
        out.mkdir(parents=True, exist_ok=True)
        return
    if not resume:
        raise ConfigError(f"{out}: holds a run: say --resume to go on with it, or name another")
    before = json.loads(path.read_text(encoding="utf-8"))
    now = json.loads(json.dumps(facts))
    if before["data_fingerprint"] != now["data_fingerprint"]:
        raise ConfigError(f"{out}: was begun on other data: name another folder")
    if changed := _changed(before["settings"], now["settings"]):
        raise ConfigError(f"{out}: was begun with other settings: {', '.join(changed)}")


def _changed(before: Mapping[str, Any], now: Mapping[str, Any], path: str = "") -> list[str]:
    found: list[str] = []
    for name in sorted(before.keys() | now.keys()):
        old, new = before.get(name), now.get(name)
        if isinstance(old, dict) and isinstance(new, dict):
            found += _changed(old, new, f"{path}{name}.")
        elif old != new:
            found.append(f"{path}{name}")
    return found


def _groups(settings: Settings, data: Path) -> Mapping[str, Mapping[str, str]]:
    wanted = [*settings.data.attributes, *filter(None, [settings.data.same])]
    if not wanted:
        return {}
    if not (data / "groups.csv").exists():
        raise ConfigError(f"{data}: no groups.csv, and the recipe names {', '.join(wanted)}")
    return read_groups(data / "groups.csv")


def _last(out: Path) -> Path | None:
    found = complete_checkpoints(out / "checkpoints")
    return found[-1] if found else None


def _json(value: object) -> bytes:
    return (json.dumps(value, indent=2) + "\n").encode()
