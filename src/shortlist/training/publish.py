"""A trained model on the Hugging Face Hub, with a card made from its run."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from huggingface_hub import CommitOperationAdd, HfApi
from huggingface_hub.errors import HfHubHTTPError, HFValidationError, OfflineModeIsEnabled
from huggingface_hub.utils import LocalTokenNotFoundError, validate_repo_id

from shortlist.encoding.folder import CONFIG, MODEL, SECTIONS, TOKENIZER, ModelConfig, read_config
from shortlist.errors import ConfigError
from shortlist.report.card import Subject, card_markdown
from shortlist.training.export import ADAPTER, TORCH
from shortlist.training.kept import BEST, kept_folder, training_of

SHORTLIST = "shortlist"
"""Where the model folder that `shortlist rank` reads stands in a repository."""
_FOLDER_FILES = (MODEL, SECTIONS, TOKENIZER, CONFIG, "training.json", "card.md")


@dataclass(frozen=True, slots=True)
class Sent:
    """A file of a repository, and what stands in it."""

    path: str
    content: bytes | Path = field(repr=False)

    @property
    def size(self) -> int:
        """In bytes."""
        if isinstance(self.content, bytes):
            return len(self.content)
        return self.content.stat().st_size


@dataclass(frozen=True, slots=True)
class Publication:
    """What is sent to which repository."""

    repository: str
    private: bool
    files: tuple[Sent, ...]


def publication(
    source: Path, repository: str, *, private: bool = False, base_model: str | None = None
) -> Publication:
    """Return what publishing a model would send.

    The repository holds the merged sentence-transformers model, the adapter under `adapter/`, the
    model folder under `shortlist/`, and the card as README.md. No text of the data, no checkpoint
    and no log is among them.

    Args:
        source: a run folder, whose `best_model` is meant, or one of the model folders in it.
        repository: `user/name` on the Hub.
        private: whether others may not see it.
        base_model: the base model's name on the Hub, where the run names a folder.

    Raises:
        ConfigError: the repository has no such name as the Hub takes.
        ModelError: there is no trained model in the source.
    """
    try:
        validate_repo_id(repository)
    except HFValidationError as error:
        raise ConfigError(f"--repo-id {repository}: {error}") from error
    if "/" not in repository:
        raise ConfigError(f"--repo-id {repository}: name it USER/NAME")
    kept = kept_folder(source, BEST)
    base = base_model or read_config(kept).base_model
    files = [Sent("README.md", hub_card(kept, repository, base).encode())]
    files += _below(kept / TORCH, "", base)
    files += _below(kept / ADAPTER, f"{ADAPTER}/", base)
    names = [name for name in _FOLDER_FILES if name != SECTIONS or (kept / name).is_file()]
    files += [Sent(f"{SHORTLIST}/{name}", kept / name) for name in names]
    return Publication(repository, private, tuple(files))


def push(what: Publication) -> str:
    """Make the repository if there is none, send the files in one commit, and return its address.

    The token is the one of `hf auth login` or of the environment variable HF_TOKEN.

    Raises:
        ConfigError: the Hub cannot be reached, or refuses.
    """
    api = HfApi()
    try:
        made = api.create_repo(what.repository, private=what.private, exist_ok=True)
        api.create_commit(
            what.repository,
            [CommitOperationAdd(file.path, file.content) for file in what.files],
            commit_message="Model by shortlist",
        )
    except (HfHubHTTPError, OfflineModeIsEnabled, LocalTokenNotFoundError, OSError) as error:
        raise ConfigError(f"{what.repository}: not published: {_reason(error)}") from error
    return str(made)


def hub_card(kept: Path, repository: str, base_model: str) -> str:
    """Return the card of a model for the Hub: what it is, how it was made, what it is not for.

    All numbers are of the epoch that was kept, none of another.
    """
    config, training = read_config(kept), training_of(kept)
    facts = {
        "base model": base_model,
        "masking policy": config.mask_policy or "any",
        "reads": f"texts in chunks of {config.chunk_tokens} tokens, as vectors of "
        f"{config.dimension} numbers",
        **dict(_facts(training)),
    }
    subject = Subject(repository.rpartition("/")[2], date.today(), facts)
    head = {
        "library_name": "sentence-transformers",
        "pipeline_tag": "sentence-similarity",
        "language": "en",
        "base_model": base_model,
        "tags": ["sentence-transformers", "person-job-fit", "shortlist"],
    }
    lines = [f"{name}: {json.dumps(value)}" for name, value in head.items()]
    body = card_markdown(subject, evaluation=training.get("evaluation"))
    return "\n".join(["---", *lines, "---", "", body, *_epoch(training), *_use(repository, config)])


def _facts(training: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    for name in ("data", "data_fingerprint", "seed"):
        if training.get(name) is not None:
            yield name.replace("_", " "), str(training[name])
    if versions := training.get("packages"):
        yield "packages", ", ".join(f"{name} {number}" for name, number in versions.items())


def _epoch(training: Mapping[str, Any]) -> Iterator[str]:
    """Yield what was measured on validation pairs after the epoch that was kept."""
    measured = training.get("epoch")
    if isinstance(measured, Mapping):
        yield "## Measured while training, on validation pairs, after the epoch that was kept"
        yield ""
        yield "| measure | value |"
        yield "|---|---|"
        yield from (f"| {name} | {_shown(value)} |" for name, value in measured.items())
        yield ""


def _use(repository: str, config: ModelConfig) -> Iterator[str]:
    yield "## Use"
    yield ""
    yield f"`SentenceTransformer({json.dumps(repository)})` loads the model. `shortlist rank`"
    yield f"takes the folder `{SHORTLIST}/` of this repository as `--model`; it masks texts first,"
    yield "and cuts long ones, as in training."
    if config.sections:
        yield f"Attention over sections, `{SHORTLIST}/{SECTIONS}`, is in that folder alone."
    yield ""


def _shown(value: object) -> str:
    return f"{value:.4g}" if isinstance(value, float) else "" if value is None else str(value)


def _below(folder: Path, prefix: str, base_model: str) -> Iterator[Sent]:
    """Yield the files of a folder, with the base model named as others find it."""
    for path in sorted(folder.rglob("*")):
        if path.is_file() and path.name != "README.md":
            name = f"{prefix}{path.relative_to(folder).as_posix()}"
            yield Sent(name, _named(path, base_model))


def _named(path: Path, base_model: str) -> bytes | Path:
    if path.name != "adapter_config.json":
        return path
    fields = json.loads(path.read_text("utf-8")) | {"base_model_name_or_path": base_model}
    return (json.dumps(fields, indent=2) + "\n").encode()


def _reason(error: Exception) -> str:
    status = getattr(getattr(error, "response", None), "status_code", None)
    if status in (401, 403):
        return "the Hub wants a token that may write there: run `hf auth login` or set HF_TOKEN"
    if status is not None:
        return f"the Hub answered with status {status}"
    if isinstance(error, OfflineModeIsEnabled):
        return "HF_HUB_OFFLINE is set: unset it"
    return "the Hub cannot be reached: check the connection and HF_ENDPOINT"
