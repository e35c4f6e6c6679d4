"""Small encoders with random weights, for tests of training and of what comes after it."""

import torch
from sentence_transformers import SentenceTransformer
from sentence_transformers.base.modules import Dense, Normalize, Transformer
from sentence_transformers.sentence_transformer.modules import Pooling
from transformers import AutoConfig, AutoModel, PreTrainedTokenizerFast

from tiny_model import VOCABULARY, tokenizer

WIDTH = 32


def tiny_encoder(
    folder: str,
    kind: str = "bert",
    pooling: str = "mean",
    behind: list[torch.nn.Module] | None = None,
    *,
    layers: int = 2,
) -> SentenceTransformer:
    """Return a random encoder that reads 256 tokens.

    Args:
        folder: an empty folder that it is saved in and loaded from.
        kind: an architecture of `transformers`.
        pooling: how token vectors become one.
        behind: modules between the pooling and the normalisation.
        layers: of the transformer.
    """
    torch.manual_seed(0)
    settings = AutoConfig.for_model(
        kind,
        vocab_size=len(VOCABULARY),
        hidden_size=WIDTH,
        num_hidden_layers=layers,
        num_attention_heads=4,
        intermediate_size=2 * WIDTH,
        max_position_embeddings=300,
        pad_token_id=1 if "roberta" in kind else 0,  # as published; it shifts the positions
    )
    inner = AutoModel.from_config(settings)
    for name, weight in inner.named_parameters():
        if name.endswith("weight") and weight.dim() == 2:
            torch.nn.init.normal_(weight, std=0.2)
    inner.save_pretrained(folder)
    PreTrainedTokenizerFast(
        tokenizer_object=tokenizer(),
        unk_token="[UNK]",
        pad_token="[PAD]",
        cls_token="[CLS]",
        sep_token="[SEP]",
        model_max_length=256,
    ).save_pretrained(folder)
    modules = [Transformer(folder), Pooling(WIDTH, pooling), *(behind or []), Normalize()]
    return SentenceTransformer(modules=modules, device="cpu")


def linear(inputs: int, outputs: int, activation: torch.nn.Module | None = None) -> Dense:
    """Return a linear layer with random weights and bias."""
    torch.manual_seed(1)
    layer = Dense(inputs, outputs, activation_function=activation or torch.nn.Identity())
    torch.nn.init.normal_(layer.linear.bias, std=0.3)
    return layer
