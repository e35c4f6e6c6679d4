"""Decides which weights learn: LoRA, whole layers, attention of the last blocks, or everything."""

import logging
import warnings
from collections.abc import Iterator
from dataclasses import dataclass

from peft import LoraConfig, TaskType, get_peft_model
from sentence_transformers import SentenceTransformer
from torch import nn

from shortlist.errors import ConfigError, ModelError
from shortlist.training.settings import ModelSettings

_log = logging.getLogger(__name__)

TARGETS = frozenset(
    "query key value dense q k v o q_proj k_proj v_proj o_proj fc1 fc2 up_proj down_proj gate_proj "
    "Wqkv Wi Wo".split()
)
"""What the linear layers of attention and feed-forward are called in common encoders."""


@dataclass(frozen=True, slots=True)
class Share:
    """Weights of a part of the model: how many learn, and by which method."""

    part: str
    method: str
    learns: int
    all: int


def prepare(model: SentenceTransformer, settings: ModelSettings) -> tuple[Share, ...]:
    """Freeze what does not learn, put LoRA where it is asked for, and return what learns.

    The pooler of BERT-like encoders is never read by mean or first-token pooling, so it never
    learns. Attention that is trained in full gets no LoRA: a low-rank addition to a weight that
    moves freely adds nothing.

    Raises:
        ModelError: the encoder's layers are not found.
        ConfigError: a named LoRA target matches no linear layer, or more layers are asked for than
            there are.
    """
    backbone = model[0].model
    layers = list(layers_of(backbone))
    learning = _learning(layers, settings)
    backbone.requires_grad_(False)
    attention = [
        f"{name}.attention" for name in learning[len(learning) - settings.full_attention :]
    ]
    if settings.full_attention == 0:
        attention = []
    if settings.method == "full":
        for name in learning:
            backbone.get_submodule(name).requires_grad_(True)
        if not settings.layers:
            _embeddings(backbone).requires_grad_(True)
    else:
        model[0].model = _with_lora(backbone, learning, attention, settings)
    _set_dropout(model, learning, settings.dropout)
    return _table(model, layers)


def layers_of(backbone: nn.Module) -> Iterator[str]:
    """Yield the names of an encoder's layers, lowest first.

    Raises:
        ModelError: there is no list of layers.
    """
    lists = [
        (name, module)
        for name, module in backbone.named_modules()
        if isinstance(module, nn.ModuleList) and len(module) > 1 and name.split(".")[-1] in _LISTS
    ]
    if not lists:
        raise ModelError(f"{type(backbone).__name__}: no list of layers found in this encoder")
    name, layers = max(lists, key=lambda pair: len(pair[1]))
    yield from (f"{name}.{number}" for number in range(len(layers)))


_LISTS = frozenset(("layer", "layers", "h", "block"))


def _embeddings(backbone: nn.Module) -> nn.Module:
    return backbone.get_submodule("embeddings") if hasattr(backbone, "embeddings") else backbone


def _learning(layers: list[str], settings: ModelSettings) -> list[str]:
    if max(settings.layers, settings.full_attention) > len(layers):
        raise ConfigError(
            f"model.layers, model.full_attention: {settings.base} has {len(layers)} layers"
        )
    return layers[-settings.layers :] if settings.layers else layers


def _with_lora(
    backbone: nn.Module, learning: list[str], attention: list[str], settings: ModelSettings
) -> nn.Module:
    wanted = set(settings.lora_targets) or TARGETS
    found: dict[str, list[str]] = {}
    for name, module in backbone.named_modules():
        last = name.rpartition(".")[2]
        if isinstance(module, nn.Linear) and last in wanted and _within(name, learning):
            found.setdefault(last, []).append(name)
    missing = sorted(wanted - found.keys()) if settings.lora_targets else []
    if missing or not found:
        linear = sorted(
            {
                name.rpartition(".")[2]
                for name, module in backbone.named_modules()
                if isinstance(module, nn.Linear) and _within(name, learning)
            }
        )
        raise ConfigError(
            f"model.lora_targets: {', '.join(missing) or 'the usual names'} match no linear layer "
            f"that learns in {settings.base}: there are {', '.join(linear)}"
        )
    targets = [name for names in found.values() for name in names if not _within(name, attention)]
    if not targets:
        raise ConfigError(
            "model.lora_targets: every one lies in attention that is trained in full: "
            "lower model.full_attention or name other targets"
        )
    config = LoraConfig(
        task_type=TaskType.FEATURE_EXTRACTION,
        r=settings.lora_rank,
        lora_alpha=settings.lora_alpha,
        lora_dropout=settings.lora_dropout,
        bias="none",
        target_modules=sorted(targets),
        modules_to_save=_parts(backbone, attention) or None,
    )
    with warnings.catch_warnings():
        # PEFT reads a setting by a name that transformers is about to drop.
        warnings.filterwarnings("ignore", "`is_gradient_checkpointing`", FutureWarning)
        wrapped = get_peft_model(backbone, config)
    wrapped.peft_config["default"].base_model_name_or_path = settings.base
    return wrapped


def _parts(backbone: nn.Module, attention: list[str]) -> list[str]:
    """Return the smallest modules with weights within attention: PEFT copies and saves them."""
    return [
        name
        for name, module in backbone.named_modules()
        if _within(name, attention) and any(True for _ in module.parameters(recurse=False))
    ]


def _within(name: str, parents: list[str]) -> bool:
    return any(name == parent or name.startswith(f"{parent}.") for parent in parents)


def _set_dropout(model: SentenceTransformer, learning: list[str], rate: float) -> None:
    """Give layers that learn a dropout, and all others none: what is frozen computes one thing."""
    for name, module in model[0].model.named_modules():
        if isinstance(module, nn.Dropout) and "lora_dropout" not in name:
            plain = name.removeprefix("base_model.model.")
            module.p = rate if _within(plain, learning) else 0.0


def _table(model: SentenceTransformer, layers: list[str]) -> tuple[Share, ...]:
    counts: dict[tuple[str, str], list[int]] = {}
    for name, weights in model.named_parameters():
        key = _part(name, layers), _method(name)
        learns, every = counts.setdefault(key, [0, 0])
        learned = weights.numel() if weights.requires_grad else 0
        counts[key] = [learns + learned, every + weights.numel()]
    parts = [Share(part, method, *numbers) for (part, method), numbers in counts.items()]
    return tuple(share for share in parts if share.learns or share.method == "weights")


def share_of(part: str, module: nn.Module) -> Share:
    """Return how many weights of a part learn that stands beside the encoder."""
    weights = list(module.parameters())
    learns = sum(one.numel() for one in weights if one.requires_grad)
    return Share(part, "weights", learns, sum(one.numel() for one in weights))


def _part(name: str, layers: list[str]) -> str:
    for layer in layers:
        if f".{layer}." in name:
            return layer
    if name.startswith("0."):
        return "pooler" if ".pooler." in name else "embeddings"
    return "projection"


def _method(name: str) -> str:
    if ".lora_" in name:
        return "LoRA"
    return "in full" if ".modules_to_save." in name else "weights"


def printed(shares: tuple[Share, ...]) -> str:
    """Return the table of what learns, for people."""
    rows = [("part", "method", "learns", "of")]
    rows += [(s.part, s.method, f"{s.learns:,}", f"{s.all:,}") for s in shares]
    learns, every = sum(s.learns for s in shares), sum(s.all for s in shares)
    rows.append(("all", f"{learns / every:.2%}", f"{learns:,}", f"{every:,}"))
    widths = [max(len(row[i]) for row in rows) for i in range(4)]
    return "\n".join(
        f"{a:<{widths[0]}}  {b:<{widths[1]}}  {c:>{widths[2]}}  {d:>{widths[3]}}"
        for a, b, c, d in rows
    )
