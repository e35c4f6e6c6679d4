"""The kept epochs of a run -> model folders."""

import logging
import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from shortlist.encoding import Calibration
from shortlist.training.base import longest
from shortlist.training.export import ExportSettings, export_model
from shortlist.training.history import History, Row
from shortlist.training.loop import Loop
from shortlist.training.settings import ModelSettings

_log = logging.getLogger(__name__)

PROBES = 200
"""Validation texts on which a written model folder is compared with the model."""


def ship(
    loop: Loop, chosen: Mapping[str, int | None], history: History, facts: Mapping[str, Any]
) -> None:
    """Write a model folder for each chosen epoch, below the run folder.

    Raises:
        ModelError: a written folder does not compute what was trained.
    """
    texts = [text.text for text in (*loop.validation.jobs, *loop.validation.resumes)][:PROBES]
    written: dict[int, Path] = {}
    for name, number in chosen.items():
        if number is None:
            continue
        folder = loop.out / name
        if number in written:
            _copy(written[number], folder)
            continue
        how = _settings(loop, history.rows[number - 1], facts)
        served = loop.of_epoch(number)
        parity = export_model(served.model, folder, how, texts=texts, sections=served.sections)
        _log.info("%s: epoch %d, %s", name, number, parity)
        written[number] = folder


def _settings(loop: Loop, row: Row, facts: Mapping[str, Any]) -> ExportSettings:
    return served(
        loop.settings.model,
        longest(loop.model),
        calibration=row.validation.calibrating.served,
        training={**facts, "epoch": row.flat()},
        card=card(f"{loop.out.name}, epoch {row.number}", facts),
    )


def served(
    model: ModelSettings,
    most_tokens: int,
    *,
    calibration: Calibration | None,
    training: Mapping[str, Any],
    card: str,
) -> ExportSettings:
    """Return what a model folder says beside its weights."""
    return ExportSettings(
        base_model=model.base,
        mask_policy=model.mask_policy,
        max_tokens=most_tokens,
        chunk_tokens=model.chunk_tokens,
        job_prefix=model.job_prefix,
        resume_prefix=model.resume_prefix,
        calibration=calibration,
        training=training,
        card=card,
    )


def _copy(source: Path, folder: Path) -> None:
    draft = folder.with_name(f".{folder.name}.new")
    for left in (draft, folder):
        shutil.rmtree(left, ignore_errors=True)
    shutil.copytree(source, draft)
    draft.rename(folder)


def card(title: str, facts: Mapping[str, Any]) -> str:
    """Return the card of a model that a run made, with its data and their licence."""
    settings, origin = facts["settings"]["model"], facts.get("data_origin") or "not stated"
    return (
        f"# {title}\n\n"
        f"Made from `{settings['base']}` by `shortlist train` on the data set "
        f"`{facts['data']}`.\n\n"
        f"Data: {origin}. Licence of the data: {facts.get('data_licence') or 'not stated'}. It is "
        "for whoever passes the model on to see that these allow it.\n\n"
        "Settings, data fingerprint, versions and the epoch's measurements on validation pairs "
        "stand in `training.json`.\n\nA high similarity is no "
        "proof of a match, and a small gap on validation pairs none of a small gap elsewhere: "
        "audit it on your own data with `shortlist audit`.\n"
    )
