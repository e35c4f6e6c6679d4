"""Attention over the sections of a text: the layer behind `sections.onnx`.

ConFit (Yu, Zhang & Yu, RecSys 2024, arXiv:2401.16349) encodes the fields of a resume or a job one
by one, lets them attend to each other in a transformer layer, and merges them by one learned weight
for each field. Here a text has whatever sections it has, and a section's weight follows from its
kind and from what it says: with section i of kind k, of vector r and direction u = r / |r|,

    weight(i) = softmax over sections of sqrt(d) <query(k), u>,   whole = sum of weight(i) r(i),

brought to length 1 (attention pooling with learned queries: Yang et al., NAACL 2016). The lengths
of the r are the shares of the sections in the mean that is served without the layer (see
`shortlist.encoding.sections`), so that this mean is the residual path: queries are 0 at first, and
equal weights give it. The scale lets keys have a root mean square of 1, as layer norm would.
"""

from pathlib import Path

import onnx
import torch
from google.protobuf.message import DecodeError  # type: ignore[import-untyped]
from onnx import numpy_helper
from sentence_transformers.base.modules import Dense
from torch import Tensor, nn
from torch.nn.functional import normalize

from shortlist.encoding.sections import OPENINGS
from shortlist.errors import ModelError
from shortlist.matcher.whole import KINDS
from shortlist.training.erasure import erasing
from shortlist.training.graph import ERASURE, MASKED, QUERIES, Linear, sections_graph

_OPENS = torch.tensor([kind in OPENINGS for kind in KINDS])


class Sections(nn.Module):
    """Makes one vector of the sections of a text; every kind of section has a query."""

    def __init__(self, dimension: int) -> None:
        super().__init__()
        self.queries = nn.Parameter(torch.zeros(len(KINDS), dimension))
        self.erasure: Dense | None = None
        """What erases groups from the vector of the whole text, if anything does."""

    def forward(self, sections: Tensor) -> Tensor:
        """Return the vectors of texts [n, d], of length 1.

        Args:
            sections: [n, kinds, d], zero where a text has none of a kind.
        """
        score = (self.queries * normalize(sections, dim=-1)).sum(-1) * self.queries.shape[1] ** 0.5
        absent = ~sections.any(-1)
        weight = score.masked_fill(absent, -MASKED).softmax(-1)
        whole = normalize((weight[..., None] * sections).sum(1), dim=-1)
        if self.erasure is None:
            return whole
        erased = self.erasure({"sentence_embedding": whole})["sentence_embedding"]
        return normalize(erased, dim=-1)

    def with_erasure(self, layer: Dense) -> "Sections":
        """Return the layer with an erasure of its vectors behind it; the queries are shared."""
        found = Sections(self.queries.shape[1])
        found.queries, found.erasure = self.queries, layer
        return found

    def graph(self) -> onnx.ModelProto:
        """Return the layer as an ONNX graph."""
        linear = None
        if self.erasure is not None:
            weight, bias = self.erasure.linear.weight, self.erasure.linear.bias
            linear = Linear(weight.detach().cpu().numpy().T, bias.detach().cpu().numpy())
        return sections_graph(self.queries.detach().cpu().float().numpy(), linear)


def read_sections(path: Path) -> Sections:
    """Return the layer of a `sections.onnx` that was written here.

    Raises:
        ModelError: the file cannot be read, or is of other kinds of sections.
    """
    try:
        graph = onnx.load(path).graph
        found = {one.name: numpy_helper.to_array(one) for one in graph.initializer}
        layer = Sections(found[QUERIES].shape[1])
        layer.queries.data.copy_(torch.tensor(found[QUERIES]))
        if f"{ERASURE}.weight" in found:
            weight, bias = (found[f"{ERASURE}.{part}"].astype(float) for part in ("weight", "bias"))
            layer.erasure = erasing(weight.T, bias)
    except (DecodeError, OSError, ValueError, KeyError, RuntimeError) as error:
        raise ModelError(f"{path}: cannot be read ({error}); copy the folder again") from error
    return layer


def by_kind(parts: Tensor, text: Tensor, kind: Tensor) -> Tensor:
    """Return the sections of texts [texts, kinds, d], zero where a text has none of a kind.

    As `shortlist.encoding.sections.sections` makes them.

    Args:
        parts: vectors of parts of texts [parts, d], of length 1.
        text: the text of each part [parts], by its place in the batch.
        kind: of each part [parts], by its place in `KINDS`.
    """
    texts, kinds = int(text.max()) + 1, len(KINDS)
    flat = parts.new_zeros(texts * kinds, parts.shape[1]).index_add(0, text * kinds + kind, parts)
    sums = flat.view(texts, kinds, -1)
    opens = _OPENS.to(parts.device)[:, None]
    lengths = [
        (sums * of).sum(1, keepdim=True).norm(dim=-1, keepdim=True) for of in (opens, ~opens)
    ]
    return sums / torch.where(opens, *lengths).clamp(min=1e-12)
