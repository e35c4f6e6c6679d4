"""A model that a run kept, or any sentence-transformers folder, exported to a new place."""

import json
import shutil
from pathlib import Path
from typing import Any

from sentence_transformers import SentenceTransformer

from shortlist.encoding.folder import CONFIG, SECTIONS, ModelConfig, read_config
from shortlist.errors import ModelError
from shortlist.training.export import ADAPTER, TORCH, ExportSettings, export_model
from shortlist.training.parity import Parity
from shortlist.training.sections import read_sections
from shortlist.training.stages import stage, weights_file

BEST = "best_model"
CHUNK = 128


def export_kept(source: Path, folder: Path, *, name: str = BEST) -> Parity:
    """Write a model that was trained to a new folder in all its forms, checked anew.

    Args:
        source: a run folder, one of the model folders in it, an epoch's weights or a checkpoint in
            it, or a sentence-transformers folder.
        folder: where to write; it must be new or empty.
        name: which of the models of a run folder.

    Raises:
        ModelError: the source is none of these, the folder is not empty, or what was written does
            not compute what the model computes.
    """
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise ModelError(f"{folder}: is not empty; name a new folder")
    if weights := weights_file(source):
        found = stage(weights)
        model, sections = found.served.model, found.served.sections
        return export_model(model, folder, found.settings, sections=sections)
    kept = kept_folder(source, name)
    if (kept / "modules.json").is_file():
        return _export_plain(kept, folder)
    model = load_torch(kept / TORCH)
    layer = kept / SECTIONS
    sections = read_sections(layer) if layer.is_file() else None
    parity = export_model(model, folder, settings_of(kept), sections=sections)
    if (kept / ADAPTER).is_dir():
        shutil.copytree(kept / ADAPTER, folder / ADAPTER)
    return parity


def kept_folder(source: Path, name: str = BEST) -> Path:
    """Return the folder of a model: of a run folder, the one of this name in it.

    Raises:
        ModelError: there is none.
    """
    for folder in (source, source / name):
        if (folder / "modules.json").is_file():
            return folder
        if (folder / CONFIG).is_file() and (folder / TORCH).is_dir():
            return folder
    kept = sorted(path.parent.name for path in source.glob(f"*/{TORCH}"))
    there = f"its models are {', '.join(kept)}" if kept else "it holds no trained model"
    raise ModelError(f"{source}: no {name} in it; {there}; name the folder of a finished run")


def load_torch(folder: Path) -> SentenceTransformer:
    """Return the model of a sentence-transformers folder.

    Raises:
        ModelError: it cannot be loaded.
    """
    try:
        return SentenceTransformer(str(folder), device="cpu", local_files_only=True)
    except (OSError, ValueError, KeyError, RuntimeError) as error:
        reason = str(error).strip().partition("\n")[0]
        raise ModelError(f"{folder}: cannot be loaded ({reason}); copy the folder again") from error


def settings_of(kept: Path) -> ExportSettings:
    """Return what a model folder says beside its weights.

    Raises:
        ModelError: it is no model folder that this version reads.
    """
    config: ModelConfig = read_config(kept)
    card = kept / "card.md"
    return ExportSettings(
        base_model=config.base_model,
        mask_policy=config.mask_policy,
        max_tokens=config.max_tokens,
        chunk_tokens=config.chunk_tokens,
        job_prefix=config.job_prefix,
        resume_prefix=config.resume_prefix,
        calibration=config.calibration,
        training=training_of(kept),
        card=card.read_text("utf-8") if card.is_file() else "",
    )


def training_of(kept: Path) -> dict[str, Any]:
    """Return the contents of training.json; nothing where there is none.

    Raises:
        ModelError: it is no JSON object.
    """
    path = kept / "training.json"
    if not path.is_file():
        return {}
    try:
        found = json.loads(path.read_text("utf-8"))
    except ValueError as error:
        raise ModelError(f"{path}: not JSON ({error}); copy the folder again") from error
    if not isinstance(found, dict):
        raise ModelError(f"{path}: not a JSON object; copy the folder again")
    return found


def _export_plain(source: Path, folder: Path) -> Parity:
    """Export a model that was not trained here: it reads text of any masking policy."""
    model = load_torch(source)
    longest = int(model.max_seq_length or 512)
    settings = ExportSettings(
        base_model=source.resolve().name,
        mask_policy=None,
        max_tokens=longest,
        chunk_tokens=min(longest, CHUNK),
        training={"trained_on": None},
        card=f"# {source.resolve().name}\n\nAs it was published: nothing was trained here.\n",
    )
    return export_model(model, folder, settings)
