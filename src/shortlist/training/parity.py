"""Whether a model folder computes what the model it was made from computes."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from random import Random

import numpy as np
import numpy.typing as npt
import torch
from sentence_transformers import SentenceTransformer

from shortlist.encoding import Encoder
from shortlist.encoding.batches import compute
from shortlist.encoding.folder import MODEL, TOKENIZER, ModelConfig, read_config
from shortlist.encoding.runtimes import open_model
from shortlist.encoding.tokens import Chunk, Tokenizer
from shortlist.errors import ModelError
from shortlist.extraction import Lexicon
from shortlist.matcher.whole import Side, wholes
from shortlist.records import MaskedText
from shortlist.training.corpus import in_sections
from shortlist.training.graph import Storage
from shortlist.training.served import Served
from shortlist.training.validation import encoded
from shortlist.training.vectors import Vectorizer

LEAST_COSINE = 0.9995
"""The least cosine of a text's vectors by the folder and by the model."""
TIE = 0.01
"""Texts whose similarities to another differ by no more than this may change places."""
WHOLES = 40
"""Texts on which attention over sections is compared, at least, if there are as many."""
_TOKENS = 8192
QUERIES = 20
"""Texts of those checked for which the others are ranked."""

Matrix = npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Parity:
    """How close the vectors of a model folder are to those of the model."""

    texts: int
    least_cosine: float
    mean_cosine: float
    swapped: int
    """Pairs of texts, further apart than `TIE`, that are ranked the other way round."""
    storage: Storage
    least_whole: float | None = None
    """The least cosine of the vectors that attention over sections makes of whole texts."""

    def __str__(self) -> str:
        whole = "" if self.least_whole is None else f" ({self.least_whole:.5f} of whole texts)"
        return (
            f"{self.texts} texts, least cosine {self.least_cosine:.5f}{whole}, "
            f"{self.swapped} ranked otherwise, weights in {self.storage}"
        )


def verify(served: Served, folder: Path, texts: Sequence[str], *, storage: Storage) -> Parity:
    """Return how close a model folder is to a model, on the first chunk of every text.

    Attention over sections is compared on the whole of `WHOLES` of the texts, each read as a job
    and as a resume.

    Raises:
        ModelError: the tokens differ, a cosine is below `LEAST_COSINE`, or a ranking differs.
    """
    model, config = served.model, read_config(folder)
    chunks = _first_chunks(model, folder, config, texts)
    run = open_model("onnxruntime", folder / MODEL, dimension=config.dimension)
    found = compute(
        run, chunks, longest=config.max_tokens, dimension=config.dimension, progress=_ignore
    )
    wanted = torch_vectors(model, chunks)
    cosines = (found * wanted).sum(axis=1)
    parity = Parity(
        len(chunks),
        float(cosines.min()),
        float(cosines.mean()),
        swapped(wanted, found),
        storage,
        None if served.sections is None else least_whole(served, folder, texts),
    )
    least = min(parity.least_cosine, parity.least_whole or 1.0)
    if not least >= LEAST_COSINE or parity.swapped:
        raise ModelError(
            f"{folder.name.strip('.')}: the exported model differs from the trained one ({parity}; "
            f"wanted: {LEAST_COSINE} and 0); export with weights in more bits"
        )
    return parity


def torch_vectors(model: SentenceTransformer, chunks: Sequence[Chunk]) -> Matrix:
    """Return a model's vectors of chunks at length 1: float32 [n, dimension]."""
    rows = []
    with torch.inference_mode():
        for chunk in chunks:
            numbers = torch.tensor([chunk])
            probe = {"input_ids": numbers, "attention_mask": torch.ones_like(numbers)}
            rows.append(model(probe)["sentence_embedding"].float())
    unit: Matrix = torch.nn.functional.normalize(torch.cat(rows), dim=-1).numpy()
    return unit


def least_whole(served: Served, folder: Path, texts: Sequence[str]) -> float:
    """Return the least cosine of the vectors of whole texts by a folder and by a model."""
    encoder = Encoder.load(folder)
    config = encoder.config
    tokenizer = Tokenizer(folder / TOKENIZER, config.chunk_tokens)
    some = texts[:: max(1, len(texts) // WHOLES)]
    masked = [MaskedText(str(i), t, (), config.mask_policy or "none") for i, t in enumerate(some)]
    least = 1.0
    prefixes: dict[Side, str] = {"job": config.job_prefix, "resume": config.resume_prefix}
    for side, prefix in prefixes.items():
        read = [one for one in in_sections(masked, side, tokenizer, prefix) if one.parts]
        wanted = encoded(served.model, tuple(read), Vectorizer(_TOKENS), served.sections)
        found = wholes(encoder, [masked[int(one.id)] for one in read], side)
        least = min(least, *(found * wanted).sum(axis=1).tolist())
    return least


def swapped(wanted: Matrix, found: Matrix) -> int:
    """Return how many pairs of texts, further apart than `TIE`, another one ranks otherwise.

    Args:
        wanted: unit vectors of texts [n, dimension]; for the first `QUERIES`, the others are ranked
            by cosine.
        found: other vectors of the same texts, whose rankings are compared.
    """
    count = 0
    queries = min(QUERIES, len(wanted) // 2)
    for number in range(queries):
        true, other = (rows[queries:] @ rows[number] for rows in (wanted, found))
        apart = true[:, None] - true[None, :] > TIE
        count += int((apart & (other[:, None] < other[None, :])).sum())
    return count


def probe_texts(count: int = 200) -> list[str]:
    """Return invented lines of resumes and jobs, of 5 to 90 words, the same each time."""
    random = Random(0)
    skills = sorted(Lexicon.load().entries)
    texts = []
    for number in range(count):
        named = random.sample(skills, 1 + number % 18)
        lines = [
            f"{random.randint(1, 20)} years of {one} and {other}"
            for one, other in pairwise([random.choice(skills), *named])
        ]
        texts.append(
            ". ".join([random.choice(("Required", "Worked with", "Responsible for")), *lines])
        )
    return texts


def _first_chunks(
    model: SentenceTransformer, folder: Path, config: ModelConfig, texts: Sequence[str]
) -> list[Chunk]:
    """Return the first chunk of every text, once the model's own tokenizer gives the same tokens.

    Raises:
        ModelError: it does not.
    """
    tokenizer = Tokenizer(folder / TOKENIZER, config.chunk_tokens)
    found = tokenizer.chunks(texts, config.resume_prefix)
    for text, chunks in zip(texts, found, strict=True):
        if len(chunks) == 1:
            numbers = model.tokenizer(config.resume_prefix + text, truncation=False)["input_ids"]
            if tuple(numbers) != chunks[0]:
                raise ModelError(
                    "the model's tokenizer and its tokenizer.json give different tokens; "
                    "save the tokenizer of the model anew"
                )
    return [chunks[0] for chunks in found if chunks]


def _ignore(_share: float) -> None:
    """Show no progress."""
