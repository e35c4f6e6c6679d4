"""A language model in this process: a folder or Hub id, with or without an adapter."""

import json
from collections.abc import Mapping, Sequence
from typing import Any

import torch
import xgrammar
from peft import PeftModel
from transformers import set_seed
from xgrammar.contrib.hf import LogitsProcessor

from shortlist.errors import ModelError
from shortlist.llm.client import Message
from shortlist.llm.tuning import models
from shortlist.llm.tuning.settings import Tuning

LONGEST = 2048
"""Most tokens of an answer."""


class LocalModel:
    """Answers as `Client` does, without a server. A schema is enforced token by token."""

    def __init__(self, folder: str, adapter: str = "", *, four_bit: bool = False) -> None:
        """Load a model.

        Args:
            folder: a folder, or a Hub id where the Hub can be reached or its cache holds it.
            adapter: a LoRA adapter folder, such as `adapter` of a run.
            four_bit: load the base in 4-bit NF4.

        Raises:
            ModelError: the model cannot be loaded, or the adapter's folder holds none.
        """
        self.model = f"{folder}+{adapter}" if adapter else folder
        self._tokens = models.tokenizer(models.checked(adapter) if adapter else folder)
        base = models.base(Tuning(base=folder, four_bit=four_bit), self._tokens)
        self._network = PeftModel.from_pretrained(base, adapter) if adapter else base
        self._network.eval()
        size = self._network.get_input_embeddings().num_embeddings
        info = xgrammar.TokenizerInfo.from_huggingface(self._tokens, vocab_size=size)
        self._grammars = xgrammar.GrammarCompiler(info)

    def complete(
        self,
        messages: Sequence[Message],
        schema: Mapping[str, Any] | None = None,
        *,
        temperature: float = 0.0,
        seed: int = 0,
    ) -> str:
        """Return the answer to messages; see `Client.complete`.

        Raises:
            ModelError: the conversation is longer than what the model can read.
        """
        asked = self._tokens.apply_chat_template(
            list(messages), add_generation_prompt=True, return_tensors="pt", return_dict=True
        ).to(self._network.device)
        length = asked["input_ids"].shape[1]
        window = getattr(self._network.config, "max_position_embeddings", length + LONGEST)
        if length >= window:
            raise ModelError(
                f"{self.model}: reads {window} tokens and was given {length}; take another model"
            )
        guides = [] if schema is None else [LogitsProcessor(self._grammar(schema))]
        choice = {"do_sample": True, "temperature": temperature} if temperature else {}
        set_seed(seed)
        with torch.inference_mode():
            out = self._network.generate(
                **asked,
                max_new_tokens=min(LONGEST, window - length),
                pad_token_id=self._tokens.pad_token_id,
                logits_processor=guides,
                **(choice or {"do_sample": False}),
            )
        return str(self._tokens.decode(out[0][length:], skip_special_tokens=True))

    def _grammar(self, schema: Mapping[str, Any]) -> Any:
        return self._grammars.compile_json_schema(json.dumps(schema), any_whitespace=False)
