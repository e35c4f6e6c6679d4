"""What of a run is served: the encoder of chunks, and attention over sections if it has that."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from sentence_transformers import SentenceTransformer
from sentence_transformers.base.modules import Dense
from torch import Tensor

from shortlist.training.erasure import taken, with_erasure
from shortlist.training.sections import Sections

ERASURE, OF_WHOLE = "erasure.", "erasure_of_whole."
"""Before the names of an erasure's weights, in the file of an epoch: from chunks, and from what
attention over sections makes of them."""


@dataclass(frozen=True, slots=True)
class Served:
    """A model: chunks -> vectors, and, where it was trained, sections -> the vector of a text."""

    model: SentenceTransformer = field(repr=False)
    sections: Sections | None = field(default=None, repr=False)

    def with_erasures(self, layers: Mapping[str, Dense]) -> "Served":
        """Return it with erasures behind it, by their prefixes; weights are shared."""
        model, sections = self.model, self.sections
        if ERASURE in layers:
            model = with_erasure(model, layers[ERASURE])
        if sections is not None and OF_WHOLE in layers:
            sections = sections.with_erasure(layers[OF_WHOLE])
        return Served(model, sections)


def erasures(weights: dict[str, Tensor]) -> dict[str, Dense]:
    """Take the erasures out of the weights of an epoch, and return them by their prefixes."""
    found = {prefix: taken(weights, prefix) for prefix in (ERASURE, OF_WHOLE)}
    return {prefix: layer for prefix, layer in found.items() if layer is not None}
