"""A language model small enough for a test: two random layers of Phi-3, a tokenizer of bytes."""

from collections.abc import Sequence
from pathlib import Path

import torch
from tokenizers import Tokenizer, decoders, models, pre_tokenizers, trainers
from transformers import Phi3Config, Phi3ForCausalLM, PreTrainedTokenizerFast

TEMPLATE = (
    "{% for m in messages %}<|{{ m['role'] }}|>\n{{ m['content'] }}<|end|>\n{% endfor %}"
    "{% if add_generation_prompt %}<|assistant|>\n{% endif %}"
)
SPECIAL = ["<|endoftext|>", "<|end|>", "<|user|>", "<|assistant|>", "<|system|>"]
WINDOW = 4096


def save(folder: Path, *texts: str) -> Path:
    """Write the model and its tokenizer, which has no padding token, and return the folder.

    Words of the texts become tokens; everything else is spelled in bytes.
    """
    tokens = _tokenizer(texts)
    tokens.save_pretrained(folder)
    torch.manual_seed(0)
    config = Phi3Config(
        vocab_size=len(tokens) + 3,
        hidden_size=64,
        intermediate_size=128,
        num_hidden_layers=2,
        num_attention_heads=4,
        num_key_value_heads=2,
        max_position_embeddings=WINDOW,
        original_max_position_embeddings=WINDOW,
        pad_token_id=0,
        bos_token_id=0,
        eos_token_id=1,
        initializer_range=0.3,  # a random head that is surer of itself, so that little is learned
    )
    Phi3ForCausalLM(config).save_pretrained(folder)
    return folder


def _tokenizer(texts: Sequence[str]) -> PreTrainedTokenizerFast:
    bpe = Tokenizer(models.BPE())
    bpe.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    bpe.decoder = decoders.ByteLevel()
    trainer = trainers.BpeTrainer(
        vocab_size=1500, special_tokens=SPECIAL, initial_alphabet=bpe.pre_tokenizer.alphabet()
    )
    bpe.train_from_iterator([*texts, '{"score": 4}'], trainer)
    tokens = PreTrainedTokenizerFast(tokenizer_object=bpe, eos_token="<|end|>")
    tokens.chat_template = TEMPLATE
    return tokens
