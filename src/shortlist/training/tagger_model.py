"""The tagger's network: a transformer that sees the case of letters, and one layer of labels."""

from typing import Any

import onnx
import torch
from torch import Tensor, nn

from shortlist.errors import ModelError
from shortlist.training.base import load_base
from shortlist.training.graph import Linear, Shape, tagger_graph
from shortlist.training.settings import ModelSettings
from shortlist.training.tagger_rows import LABELS, Batch
from shortlist.training.towers import reader, tower

CASES = 4
"""As `extraction.tagger.case_class` counts them."""


class TaggerModel(nn.Module):
    """A transformer of the BERT family and one linear layer for all labellings.

    Its tokenizer drops the case of letters; it comes back through the type embeddings, of which
    single texts have no other use. Word embeddings stay as they are.
    """

    def __init__(self, base: str, kinds: int, *, dropout: float, most_tokens: int) -> None:
        """Load the transformer.

        Args:
            base: a folder, a name on the Hub, or the packaged MiniLM.
            kinds: the number of labellings; each word gets one label of each.
            dropout: in the transformer and before the layer of labels.
            most_tokens: what it must be able to read at once.

        Raises:
            ModelError: the base cannot be had, or is no BERT.
        """
        super().__init__()
        loaded = load_base(ModelSettings(base=base, chunk_tokens=most_tokens))
        self.base = base
        self.tokenizer: Any = loaded.tokenizer
        self.fields = reader(loaded).to_str()
        self.encoder: Any = tower(loaded)
        settings = self.encoder.config
        if settings.model_type != "bert" or settings.hidden_act != "gelu":
            raise ModelError(f"{base}: a tagger is made of a BERT; this is {settings.model_type}")
        for module in self.encoder.modules():
            if isinstance(module, nn.Dropout):
                module.p = dropout
        self._add_case()
        self.dropout = nn.Dropout(dropout)
        self.head = nn.Linear(settings.hidden_size, kinds * len(LABELS))

    def _add_case(self) -> None:
        embeddings = self.encoder.embeddings
        published = embeddings.token_type_embeddings.weight.detach()
        embeddings.token_type_embeddings = nn.Embedding(CASES, published.shape[1])
        with torch.no_grad():
            embeddings.token_type_embeddings.weight[:] = published[0]
        embeddings.word_embeddings.weight.requires_grad_(False)

    def forward(self, batch: Batch) -> Tensor:
        """Return scores [batch, length, labels of all kinds]."""
        found = self.encoder(
            input_ids=batch.numbers, token_type_ids=batch.case, attention_mask=batch.mask
        )
        scores: Tensor = self.head(self.dropout(found.last_hidden_state))
        return scores

    def graph(self, most_tokens: int) -> onnx.ModelProto:
        """Return the model as an ONNX graph, with weights in 8 bits."""
        weights = {name: value.numpy() for name, value in self.encoder.state_dict().items()}
        settings = self.encoder.config
        shape = Shape(settings.num_attention_heads, settings.layer_norm_eps)
        head = Linear(self.head.weight.detach().numpy().T, self.head.bias.detach().numpy())
        return tagger_graph(weights, shape, head, most_tokens=most_tokens)
