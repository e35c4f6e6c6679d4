"""The model folder: the one place where training and inference meet.

model.onnx      token numbers and their mask -> unit vectors
sections.onnx   vectors of a text's sections -> its unit vector; only where it was trained
tokenizer.json  text -> token numbers, as the `tokenizers` package reads it
config.json     what is read here
training.json   how the model came to be: settings, data, versions, seed
card.md         the same for people
"""

import hashlib
import json
from dataclasses import dataclass
from importlib import resources
from pathlib import Path
from typing import Any

from shortlist.errors import ModelError

FORMAT = 1
WITH_SECTIONS = 2
"""The values of `format` in config.json that this version reads. The second may have `SECTIONS`."""

MODEL = "model.onnx"
SECTIONS = "sections.onnx"
TOKENIZER = "tokenizer.json"
CONFIG = "config.json"

OTHER = "other"
"""The kind of section that stands for those that a model does not know."""


@dataclass(frozen=True, slots=True)
class Calibration:
    """Turns a cosine c into a probability of a match: 1 / (1 + exp(-(slope * c + intercept)))."""

    slope: float
    intercept: float


@dataclass(frozen=True, slots=True)
class ModelConfig:
    """The contents of config.json."""

    base_model: str
    dimension: int
    """Length of a vector."""
    max_tokens: int
    """The most tokens that the model reads at once, special tokens included."""
    chunk_tokens: int
    """A text of more tokens than this is cut into chunks; special tokens and prefix included."""
    mask_policy: str | None
    """The masking policy that the model was trained on; None where it reads any."""
    job_prefix: str
    resume_prefix: str
    calibration: Calibration | None
    files: dict[str, str]
    """File name -> sha256."""
    sections: tuple[str, ...]
    """The kinds of sections that `SECTIONS` pays attention to, by their numbers; none without."""
    fingerprint: str
    """The first 16 digits of the sha256 of config.json: settings and, by their hashes, files."""


def default_folder() -> Path:
    """Return the folder of the encoder that comes with the package."""
    return packaged_folder("default")


def packaged_folder(name: str) -> Path:
    """Return a model folder that comes with the package."""
    return Path(str(resources.files("shortlist.models"))) / name


def read_config(folder: Path) -> ModelConfig:
    """Return the settings of a model folder. No file but config.json is read.

    Raises:
        ModelError: no such folder, a missing file, another format, or a malformed config.json.
    """
    path = folder / CONFIG
    try:
        raw = path.read_bytes()
    except OSError as error:
        raise ModelError(
            f"{folder}: no model folder, {CONFIG} cannot be read ({error.strerror}); "
            f"name a folder that holds {MODEL}, {TOKENIZER} and {CONFIG}"
        ) from error
    try:
        fields = json.loads(raw)
        found = fields["format"]
    except (ValueError, KeyError, TypeError) as error:
        raise ModelError(f"{path}: not the settings of a model: no `format` in it") from error
    if found not in (FORMAT, WITH_SECTIONS) or isinstance(found, bool):
        raise ModelError(
            f"{path}: format {found!r}; this version reads format {FORMAT} and {WITH_SECTIONS}: "
            "export the model again, or install the version of shortlist that wrote it"
        )
    try:
        config = _config(fields, hashlib.sha256(raw).hexdigest()[:16])
    except (AttributeError, KeyError, TypeError, ValueError) as error:
        raise ModelError(
            f"{path}: malformed ({type(error).__name__}: {error}); see docs/model-folder.md"
        ) from error
    for name in (MODEL, TOKENIZER, *([SECTIONS] if config.sections else [])):
        if not (folder / name).is_file():
            raise ModelError(f"{folder}: {name} is missing; copy the whole model folder again")
    return config


def _config(fields: dict[str, Any], fingerprint: str) -> ModelConfig:
    calibration = fields["calibration"]
    config = ModelConfig(
        base_model=str(fields["base_model"]),
        dimension=int(fields["dimension"]),
        max_tokens=int(fields["max_tokens"]),
        chunk_tokens=int(fields["chunk_tokens"]),
        mask_policy=None if fields["mask_policy"] is None else str(fields["mask_policy"]),
        job_prefix=str(fields["prefixes"]["job"]),
        resume_prefix=str(fields["prefixes"]["resume"]),
        calibration=None if calibration is None else Calibration(**calibration),
        files={str(name): str(digest) for name, digest in fields["files"].items()},
        sections=_sections(fields),
        fingerprint=fingerprint,
    )
    if config.dimension < 1:
        raise ValueError("dimension must be at least 1")
    if not 8 <= config.chunk_tokens <= config.max_tokens:
        raise ValueError("chunk_tokens must lie between 8 and max_tokens")
    if missing := {MODEL, TOKENIZER} - config.files.keys():
        raise ValueError(f"files has no sha256 of {', '.join(sorted(missing))}")
    if bool(config.sections) != (SECTIONS in config.files):
        raise ValueError(f"files and sections do not agree on {SECTIONS}")
    return config


def _sections(fields: dict[str, Any]) -> tuple[str, ...]:
    if fields["format"] != WITH_SECTIONS:
        return ()
    found = tuple(map(str, fields["sections"]))
    if found and OTHER not in found:
        raise ValueError(f"sections does not list {OTHER!r}")
    return found


def verified(folder: Path, name: str, *, config: ModelConfig) -> Path:
    """Return the path of a file of a model folder after checking it against its sha256.

    Raises:
        ModelError: the file is missing or is not the one that config.json was written for.
    """
    path = folder / name
    try:
        with path.open("rb") as file:
            digest = hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as error:
        raise ModelError(f"{path}: cannot be read ({error.strerror})") from error
    if digest != config.files[name]:
        raise ModelError(
            f"{path}: damaged or exchanged, its sha256 is not the one in {CONFIG}; "
            "copy the whole model folder again, or export the model again"
        )
    return path
