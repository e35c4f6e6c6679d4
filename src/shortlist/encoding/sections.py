"""The vectors of a text's parts -> one vector of the text: their mean, or a model's attention.

Most parts are the text itself: the passages of a resume, all of a job. Some open it, and say once
more what it is about: a resume's introduction, a job's title. The text's vector is the mean of the
two, where there are both.

With attention, the parts of each kind are one section. A section is the sum of its parts' vectors,
divided by the length of the sum of all parts of the text, or of the opening. So the sections add up
to the mean above, and attention that pays equally to all of them gives that mean.
"""

from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np

from shortlist.encoding.folder import OTHER
from shortlist.encoding.runtimes import Integers, Vectors, onnx_session
from shortlist.errors import ModelError

OPENINGS = ("introduction", "title")
"""Kinds of parts that open a text."""
INPUTS = ("vectors", "kind", "mask")

Join = Callable[[Vectors, Integers], Vectors]
"""Sections [sections, dimension] and the numbers of their kinds [sections] -> [dimension]."""


def mean(vectors: Vectors) -> Vectors:
    """Return the mean of vectors, brought to length 1 unless it is zero, on the grid of float16.

    Of a single vector that is on that grid and of length 1 it is that vector.
    """
    total = vectors.sum(axis=0, dtype=np.float64)
    length = float(np.linalg.norm(total)) or 1.0
    unit: Vectors = (total / length).astype(np.float16).astype(np.float32)
    return unit


def mean_of_parts(vectors: Vectors, kinds: Sequence[str]) -> Vectors:
    """Return the mean of a text's parts and of those that open it: float32 [dimension]."""
    opens = np.isin(kinds, OPENINGS)
    text = mean(vectors[~opens])
    return mean(np.stack([text, mean(vectors[opens])])) if opens.any() else text


def sections(
    vectors: Vectors, kinds: Sequence[str], table: Sequence[str]
) -> tuple[Vectors, Integers]:
    """Return the sections of a text that are not zero, in the order of the table.

    Args:
        vectors: of its parts [parts, dimension].
        kinds: of each part.
        table: the kinds that a model knows; it holds `OTHER`.

    Returns:
        float32 [sections, dimension], and the place of each one's kind in the table [sections].
    """
    number = {kind: place for place, kind in enumerate(table)}
    of_part = np.array([number.get(kind, number[OTHER]) for kind in kinds], np.int64)
    found = np.zeros((len(table), vectors.shape[1]))
    np.add.at(found, of_part, vectors.astype(np.float64))
    opens = np.isin(table, OPENINGS)
    for some in (opens, ~opens):
        found[some] /= float(np.linalg.norm(found[some].sum(axis=0))) or 1.0
    there = np.flatnonzero(found.any(axis=1))
    return found[there].astype(np.float32), there


def open_sections(model: Path, *, dimension: int, kinds: int) -> Join:
    """Return a function that computes a model's attention over sections, in float32.

    It computes one text at a time, with ONNX Runtime on one thread, whatever computes the model
    itself: the layer is small, and a text's vector must not depend on the texts beside it.

    Raises:
        ModelError: the file cannot be read, or is not one from sections of this many kinds to
            vectors of this dimension.
    """
    session = onnx_session(model, INPUTS)

    def join(found: Vectors, kind: Integers) -> Vectors:
        mask = np.ones((1, len(kind)), np.int64)
        values = (found[None], kind[None], mask)
        (whole,) = session.run(None, dict(zip(INPUTS, values, strict=True)))[0]
        rounded: Vectors = whole.astype(np.float16).astype(np.float32)
        return rounded

    _check(model, join, dimension, kinds)
    return join


def _check(model: Path, join: Join, dimension: int, kinds: int) -> None:
    from onnxruntime.capi import onnxruntime_pybind11_state as native

    every = np.full((kinds, dimension), dimension**-0.5, np.float32)
    try:
        shape = join(every, np.arange(kinds, dtype=np.int64)).shape
    except (native.Fail, native.InvalidArgument, native.RuntimeException, ValueError) as error:
        raise ModelError(
            f"{model}: does not read {kinds} kinds of sections of {dimension} numbers; "
            "export the model again"
        ) from error
    if shape != (dimension,):
        raise ModelError(
            f"{model}: it gives {list(shape)} numbers, not [{dimension}]; export the model again"
        )
