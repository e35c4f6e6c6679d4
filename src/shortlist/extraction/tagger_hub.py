"""Token-classification models of `transformers`: needs the extra `train`."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from shortlist.errors import ModelError
from shortlist.extraction.tags import Scores, first_tokens


@dataclass(frozen=True, slots=True)
class HubModel:
    """A model with its tokenizer and the names of its labels."""

    model: Any
    tokenizer: Any
    labels: tuple[str, ...]

    def scores(self, texts: Sequence[Sequence[str]]) -> list[Scores]:
        """Return for each sentence, given as words, scores [words, labels]."""
        import torch

        batch = self.tokenizer(
            [list(words) for words in texts],
            is_split_into_words=True,
            truncation=True,
            max_length=min(512, self.tokenizer.model_max_length),
            padding=True,
            return_tensors="pt",
        )
        with torch.inference_mode():
            found = self.model(**batch).logits.numpy()
        return [
            found[row, first_tokens(batch.word_ids(row))].astype(np.float32)
            for row in range(len(texts))
        ]


def hub_model(source: str) -> HubModel:
    """Return a token-classification model: a folder, or a name on the Hub.

    Raises:
        ModelError: there is none, or its tokenizer cannot tell where words stand.
    """
    from transformers import AutoModelForTokenClassification, AutoTokenizer
    from transformers.utils import logging

    logging.disable_progress_bar()
    try:
        tokenizer = AutoTokenizer.from_pretrained(source, add_prefix_space=True)
        model = AutoModelForTokenClassification.from_pretrained(source).eval()
    except (OSError, ValueError, RuntimeError, KeyError) as error:
        first = next(iter(str(error).strip().splitlines()), type(error).__name__)
        raise ModelError(
            f"{source}: neither a tagger folder nor a token-classification model ({first}): name a "
            "folder that `shortlist train --task tagger` wrote, or a model on the Hub"
        ) from error
    if not tokenizer.is_fast:
        raise ModelError(f"{source}: has no tokenizer.json: convert its tokenizer first")
    names = model.config.id2label
    return HubModel(model, tokenizer, tuple(str(names[number]) for number in sorted(names)))
