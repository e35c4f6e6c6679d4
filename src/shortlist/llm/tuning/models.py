"""A causal language model ready to be adapted: 4-bit base, LoRA targets, a padding token."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import torch
from peft import LoraConfig, PeftModel, prepare_model_for_kbit_training
from transformers import AutoModelForCausalLM, AutoTokenizer, BitsAndBytesConfig

from shortlist.errors import ConfigError, ModelError
from shortlist.llm.tuning.settings import Tuning

ATTENTION = ("q_proj", "k_proj", "v_proj", "o_proj", "qkv_proj", "out_proj", "query_key_value")
"""What architectures call the linear layers of their attention."""

PADDING = "<|pad|>"
"""The padding token of a model that has none of its own but the end of sequence."""


def tokenizer(folder: str) -> Any:
    """Return the tokenizer of a model, with a padding token that is not its end of sequence.

    Padding with the end of sequence would hide the end from the loss, and a model so trained does
    not learn to stop.

    Raises:
        ModelError: it cannot be loaded, or has no chat template.
    """
    loaded = _loaded(AutoTokenizer, folder)
    if loaded.chat_template is None:
        raise ModelError(f"{folder}: has no chat template: start from an instruct or chat model")
    if loaded.pad_token_id in (None, loaded.eos_token_id):
        unknown = loaded.unk_token_id not in (None, loaded.eos_token_id)
        loaded.add_special_tokens({"pad_token": loaded.unk_token if unknown else PADDING})
    return loaded


def base(settings: Tuning, tokens: Any) -> Any:
    """Return the base model, quantized where the settings say so, with room for all tokens.

    Raises:
        ModelError: it cannot be loaded.
    """
    model = _loaded(AutoModelForCausalLM, settings.base, **_weights(settings.four_bit))
    if len(tokens) > model.get_input_embeddings().num_embeddings:
        model.resize_token_embeddings(len(tokens), mean_resizing=False)
    model.config.pad_token_id = tokens.pad_token_id
    if settings.four_bit:
        # trl turns gradient checkpointing on.
        return prepare_model_for_kbit_training(model, use_gradient_checkpointing=False)
    return model


def lora(model: Any, settings: Tuning) -> LoraConfig:
    """Return the LoRA settings for a model.

    Raises:
        ConfigError: a named target matches no linear layer; the message lists those there are.
    """
    return LoraConfig(
        r=settings.rank,
        lora_alpha=settings.alpha,
        lora_dropout=settings.dropout,
        target_modules=targets(model, settings.targets),
        bias="none",
        task_type="CAUSAL_LM",
    )


def targets(model: Any, named: Sequence[str]) -> list[str]:
    """Return the names of the layers to adapt: those named, or the attention's that are there.

    Raises:
        ConfigError: a name matches nothing, or no layer of the attention is known by its name.
    """
    linear = sorted(
        {
            name.rpartition(".")[2]
            for name, module in model.named_modules()
            if isinstance(module, torch.nn.Linear) and "lm_head" not in name
        }
    )
    there = f"the linear layers are {', '.join(linear)}"
    missing = [name for name in named if name not in linear]
    if missing:
        raise ConfigError(f"targets: {', '.join(missing)} matches no layer; {there}")
    found = list(named) or [name for name in linear if name in ATTENTION]
    if not found:
        raise ConfigError(f"targets: no layer of the attention is known; name some: {there}")
    return found


def adapted(model: Any, adapter: str) -> Any:
    """Return a model with an adapter that learns on.

    Raises:
        ModelError: the folder holds no adapter.
    """
    return PeftModel.from_pretrained(model, checked(adapter), is_trainable=True)


def checked(adapter: str) -> str:
    """Return the folder of an adapter. Without this check a wrong path is looked up on the Hub.

    Raises:
        ModelError: the folder holds no adapter.
    """
    if not (Path(adapter) / "adapter_config.json").is_file():
        raise ModelError(f"{adapter}: holds no adapter: name the `adapter` folder of a run")
    return adapter


def merged(base_folder: str, adapter: Path) -> Any:
    """Return the base in bfloat16 with the adapter's update added to its weights."""
    model = _loaded(AutoModelForCausalLM, base_folder, dtype=torch.bfloat16)
    tokens = _loaded(AutoTokenizer, str(adapter))
    if len(tokens) > model.get_input_embeddings().num_embeddings:
        model.resize_token_embeddings(len(tokens), mean_resizing=False)
    return PeftModel.from_pretrained(model, str(adapter)).merge_and_unload()


def _weights(four_bit: bool) -> dict[str, Any]:
    if not four_bit:
        return {"dtype": torch.bfloat16 if torch.cuda.is_available() else torch.float32}
    quantization = BitsAndBytesConfig(
        load_in_4bit=True,
        bnb_4bit_quant_type="nf4",
        bnb_4bit_use_double_quant=True,
        bnb_4bit_compute_dtype=torch.bfloat16,
    )
    place: Any = "auto" if torch.cuda.is_available() else {"": "cpu"}
    return {"quantization_config": quantization, "device_map": place}


def _loaded(kind: Any, folder: str, **options: Any) -> Any:
    try:
        return kind.from_pretrained(folder, **options)
    except (OSError, ValueError) as error:
        raise ModelError(
            f"{folder}: cannot be loaded ({type(error).__name__}): name a folder with the model, "
            "or a Hub id where the Hub can be reached or its cache holds it"
        ) from error
