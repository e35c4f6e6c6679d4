"""Closed-form erasure of groups from vectors, as a layer of the model that is served.

LEACE (Belrose et al. 2023, arXiv:2306.03819, theorem 4.3): among affine maps after which no linear
classifier tells the groups better than a constant, the one that moves vectors least. With W the
whitening of the vectors and C their covariance with the groups,

    r(x) = x - W^-1 P W (x - mean),   P the projection on the columns of W C.

It is fitted on the means of a text's chunk vectors, before these are brought to length 1. An affine
map of a mean is the mean of the maps, so it can stand in the graph that reads single chunks. What
follows, the division by the length, is not linear: a little can come back, and audits measure it.

Attention over sections is no mean. Where it is trained, a second map is fitted on the vectors that
it makes of what the first one left, and stands behind it in `sections.onnx`.
"""

import numpy as np
import torch
from sentence_transformers import SentenceTransformer
from sentence_transformers.base.modules import Dense, Normalize
from torch import Tensor

from shortlist.errors import DataError
from shortlist.training.corpus import NOBODY, Grouping, Integers, Reals

_NOTHING = 1e-10


def fit_erasure(vectors: Reals, groupings: tuple[Grouping, ...]) -> Dense:
    """Return the layer that erases the groups of all attributes.

    The covariance is shrunk (Ledoit & Wolf 2004), which keeps the erasure exact and its inverse
    stable where there are few resumes.

    Args:
        vectors: [n, d], of resumes.
        groupings: the group of each resume by each attribute. Resumes with an unknown one are left
            out.

    Raises:
        DataError: no attribute has two groups with a resume.
    """
    from sklearn.covariance import ledoit_wolf

    known = np.all([grouping.codes != NOBODY for grouping in groupings], axis=0)
    labels = np.column_stack([_indicators(g.codes[known], len(g.names)) for g in groupings])
    if known.sum() < 2 or not labels.std(axis=0).any():
        raise DataError("objective.erase: needs two groups with resumes in the training split")
    x = vectors[known]
    mean = x.mean(axis=0)
    values, basis = np.linalg.eigh(ledoit_wolf(x)[0])
    spread = np.sqrt(np.maximum(values, _NOTHING))
    cross = (x - mean).T @ (labels - labels.mean(axis=0)) / len(x)
    whitened = (basis / spread).T @ cross  # in the coordinates of the basis
    left, sizes, _ = np.linalg.svd(whitened, full_matrices=False)
    kept = left[:, sizes > _NOTHING * max(1.0, float(sizes.max()))]
    projection = (basis * spread) @ (kept @ kept.T) @ (basis / spread).T
    return erasing(np.eye(x.shape[1]) - projection, projection @ mean)


def erasing(weight: Reals, bias: Reals) -> Dense:
    """Return the layer `weight @ x + bias`."""
    layer = Dense(
        weight.shape[1],
        weight.shape[0],
        activation_function=torch.nn.Identity(),
        init_weight=torch.tensor(weight, dtype=torch.float32),
        init_bias=torch.tensor(bias, dtype=torch.float32),
    )
    layer.requires_grad_(False)
    return layer


def taken(weights: dict[str, Tensor], prefix: str) -> Dense | None:
    """Take the weights of an erasure, which have this prefix, out of others and return the layer.

    None where there is none among them.
    """
    names = [name for name in weights if name.startswith(prefix)]
    found = {name.removeprefix(prefix): weights.pop(name).double().numpy() for name in names}
    return erasing(found["linear.weight"], found["linear.bias"]) if found else None


def with_erasure(model: SentenceTransformer, layer: Dense) -> SentenceTransformer:
    """Return the model with the layer behind it; the two share their weights."""
    whole = SentenceTransformer(modules=[*model.children(), layer, Normalize()], device="cpu")
    return whole.to(next(model.parameters()).device)


def _indicators(codes: Integers, groups: int) -> Reals:
    return np.asarray(codes[:, None] == np.arange(groups), np.float64)
