"""A trained encoder -> a model folder that `shortlist rank --model` loads, checked against torch.

Next to the model folder's own files stand two other forms of the same weights:
`sentence_transformers/`, which `SentenceTransformer(path)` loads, and, where adapters were trained
and nothing else was, `adapter/`, which `PeftModel.from_pretrained(base, path)` loads.
"""

import hashlib
import json
import shutil
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any, Literal

import onnx
from sentence_transformers import SentenceTransformer

from shortlist.encoding import Calibration
from shortlist.encoding.folder import CONFIG, FORMAT, MODEL, SECTIONS, TOKENIZER, WITH_SECTIONS
from shortlist.errors import ModelError
from shortlist.matcher.whole import KINDS
from shortlist.training.forms import save_adapter
from shortlist.training.graph import Storage
from shortlist.training.parity import Parity, probe_texts, verify
from shortlist.training.sections import Sections
from shortlist.training.served import Served
from shortlist.training.towers import encoder_graph, merged, reader, width

TORCH = "sentence_transformers"
ADAPTER = "adapter"

Weights = Literal["auto", "int8", "float16", "float32"]


@dataclass(frozen=True, slots=True)
class ExportSettings:
    """What a model folder says beside its weights."""

    base_model: str
    """The model that it was made from, by its name on the Hub or its folder."""
    mask_policy: str | None
    """The masking policy that it was trained on; None where it reads text of any."""
    max_tokens: int = 256
    """The most tokens that it reads at once, special tokens included."""
    chunk_tokens: int = 128
    """A longer text is cut into chunks of this many."""
    job_prefix: str = ""
    resume_prefix: str = ""
    calibration: Calibration | None = None
    weights: Weights = "auto"
    """The bits in which weights are kept; `auto` takes the fewest that pass the check."""
    training: Mapping[str, Any] = field(default_factory=dict)
    """The contents of training.json: settings by value, data, versions, seed."""
    card: str = ""
    """The contents of card.md."""


def export_model(
    model: SentenceTransformer,
    folder: Path,
    settings: ExportSettings,
    *,
    texts: Sequence[str] | None = None,
    sections: Sections | None = None,
) -> Parity:
    """Write a model folder with its other forms, and return how close it is to the model.

    The folder appears when it is complete and checked. A model folder that stands there is
    replaced; anything else is refused.

    Args:
        model: transformer, pooling, and any `Dense` (a projection, an erasure) and `Normalize`
            behind them. Adapters are merged into a copy.
        folder: where to write.
        settings: what the folder says beside the weights.
        texts: masked texts to check the folder on, 200 or so; invented ones without.
        sections: attention over sections, for the model folder; its other forms cannot hold it.

    Raises:
        ModelError: the model cannot be written as such a folder, what was written differs from the
            model (a cosine below `parity.LEAST_COSINE`, or another ranking), or the folder holds
            something else.
    """
    whole = merged(model)
    served = Served(whole, sections)
    with _draft(folder) as draft:
        parity = _write_verified(served, draft, settings, texts or probe_texts())
        whole.save(str(draft / TORCH), create_model_card=False)
        save_adapter(model, draft / ADAPTER)
    return parity


def export_onnx(
    model: SentenceTransformer,
    folder: Path,
    settings: ExportSettings,
    *,
    texts: Sequence[str] | None = None,
    sections: Sections | None = None,
) -> Parity:
    """Write a model folder without the other forms: otherwise as `export_model` does."""
    with _draft(folder) as draft:
        return _write_verified(Served(merged(model)), draft, settings, texts or probe_texts())


def write_model_folder(
    folder: Path,
    settings: ExportSettings,
    *,
    graph: onnx.ModelProto,
    tokenizer: str,
    dimension: int,
    sections: onnx.ModelProto | None = None,
) -> None:
    """Write the files of a model folder: the same bytes for the same contents.

    Args:
        folder: an existing folder.
        settings: what config.json, training.json and card.md say.
        graph: token numbers and their mask to unit vectors.
        tokenizer: as the `tokenizers` package writes it; its truncation and padding are left out.
        dimension: the length of a vector.
        sections: sections of a text, by their place in `KINDS`, to its unit vector.
    """
    fields = json.loads(tokenizer)
    fields["truncation"] = fields["padding"] = None
    files = {
        MODEL: graph.SerializeToString(deterministic=True),
        TOKENIZER: json.dumps(fields, ensure_ascii=False, separators=(",", ":")).encode(),
        "training.json": _json(settings.training),
    }
    if sections is not None:
        files[SECTIONS] = sections.SerializeToString(deterministic=True)
    calibration = settings.calibration
    config = {
        "format": FORMAT if sections is None else WITH_SECTIONS,
        "base_model": settings.base_model,
        "dimension": dimension,
        "max_tokens": settings.max_tokens,
        "chunk_tokens": settings.chunk_tokens,
        "mask_policy": settings.mask_policy,
        "prefixes": {"job": settings.job_prefix, "resume": settings.resume_prefix},
        "calibration": None if calibration is None else asdict(calibration),
        "files": {name: hashlib.sha256(data).hexdigest() for name, data in files.items()},
        **({} if sections is None else {"sections": KINDS}),
    }
    files |= {CONFIG: _json(config), "card.md": settings.card.encode()}
    for name, data in files.items():
        (folder / name).write_bytes(data)


def _write_verified(
    served: Served, folder: Path, settings: ExportSettings, texts: Sequence[str]
) -> Parity:
    """Write a model folder in the fewest bits that pass the check."""
    tried: tuple[Storage, ...] = ("int8", "float16", "float32")
    if settings.weights != "auto":
        tried = (settings.weights,)
    model = served.model
    for storage in tried:
        write_model_folder(
            folder,
            settings,
            graph=encoder_graph(model, storage),
            tokenizer=reader(model).to_str(),
            dimension=width(model),
            sections=served.sections.graph() if served.sections else None,
        )
        try:
            return verify(served, folder, texts, storage=storage)
        except ModelError:
            if storage == tried[-1]:
                raise
    raise AssertionError("there is a last one")


@contextmanager
def _draft(folder: Path) -> Iterator[Path]:
    """Give a new folder beside this one, which takes its place at the end, if all went well."""
    if folder.exists() and not _replaceable(folder):
        raise ModelError(f"{folder}: holds something else; name a folder that is new or empty")
    draft, old = (folder.with_name(f".{folder.name}.{name}") for name in ("new", "old"))
    for left in (draft, old):
        shutil.rmtree(left, ignore_errors=True)
    try:
        draft.mkdir(parents=True)
        yield draft
        if folder.exists():
            folder.rename(old)
        draft.rename(folder)
    except OSError as error:
        raise ModelError(f"{folder}: cannot be written ({error.strerror})") from error
    finally:
        for left in (draft, old):
            shutil.rmtree(left, ignore_errors=True)


def _replaceable(folder: Path) -> bool:
    return folder.is_dir() and ((folder / CONFIG).is_file() or not any(folder.iterdir()))


def _json(value: Mapping[str, Any]) -> bytes:
    return (json.dumps(value, indent=2) + "\n").encode()
