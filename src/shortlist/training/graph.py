"""An encoder as an ONNX graph, written node by node, with its weights in fewer bits.

The transformer (Devlin et al. 2019), the pooling over tokens, the linear layers behind it such as
a projection or an erasure, and the division by the vector's length.

With `int8`, most weights are stored as whole numbers of 8 bits, with a scale for every 64 of them;
those that turn attention's values into its output are stored in float16, for half of the loss of
accuracy came from that sixth of the weights. Ordinary nodes turn both into float32 weights, once,
when the file is read.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import gcd
from typing import Literal

import numpy as np
import numpy.typing as npt
import onnx
from onnx import TensorProto, helper, numpy_helper

Array = npt.NDArray[np.float32]
Storage = Literal["int8", "float16", "float32"]
Activation = Literal["", "Tanh", "Relu", "Gelu"]
"""An ONNX operator; none where empty."""

GROUP = 64
"""Weights along the input dimension that share a scale."""
MASKED = 10_000.0
"""Taken off the attention paid to padding, whose share is then 0 in float32."""
QUERIES, ERASURE = "queries", "erasure"
"""Names of weights in the graph of sections."""


@dataclass(frozen=True, slots=True, eq=False)
class Linear:
    """A layer behind the pooling: `activation(vector @ weight + bias)`."""

    weight: Array
    """[inputs, outputs]"""
    bias: Array
    """[outputs]"""
    activation: Activation = ""


Step = Linear | Literal["unit"]
"""What follows the pooling; `unit` brings vectors to length 1."""


@dataclass(frozen=True, slots=True)
class Shape:
    """What the weights of a transformer do not say."""

    heads: int
    epsilon: float = 1e-12
    """Of its layer normalisations."""
    first_place: int = 0
    """The row of the position embeddings that the first token takes."""
    pooling: Literal["mean", "first"] = "mean"
    """The mean over tokens, or the first token's vector."""


class Graph:
    """Nodes and constants in the order in which they were added."""

    def __init__(self, weights: Mapping[str, Array], shape: Shape, storage: Storage) -> None:
        self.weights = weights
        self.shape = shape
        self.storage = storage
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
        return self.node(operator, *inputs, outputs=1, **attributes)[0]

    def constant(self, name: str, value: npt.ArrayLike) -> str:
        """Add a constant, once, and return its name."""
        self.constants[name] = numpy_helper.from_array(np.ascontiguousarray(value), name)
        return name

    def integers(self, *values: int) -> str:
        return self.constant(f"integers{values}", np.array(values, np.int64))

    def tensor(self, name: str) -> str:
        """Add one of the transformer's tensors as it is."""
        return self.constant(name, self.weights[name])

    def stored(self, name: str, weight: Array, storage: Storage | None = None) -> str:
        """Add a weight [inputs, outputs] in as many bits as asked for, to be used as float32."""
        storage = storage or self.storage
        if storage == "float32":
            return self.constant(f"{name}.weight", weight)
        if storage == "float16":
            half = self.constant(f"{name}.half", weight.astype(np.float16))
            return self.add("Cast", half, to=TensorProto.FLOAT)
        inputs, outputs = weight.shape
        size = gcd(inputs, GROUP)
        whole, scale = _eight_bits(weight.reshape(inputs // size, size, outputs), axis=1)
        number = self.add("Cast", self.constant(f"{name}.int8", whole), to=TensorProto.FLOAT)
        scaled = self.add("Mul", number, self.constant(f"{name}.scale", scale))
        return self.add("Reshape", scaled, self.integers(inputs, outputs))

    def precise(self, name: str, weight: Array) -> str:
        """Add a weight that 8 bits would harm most: in float16 at least."""
        return self.stored(name, weight, "float16" if self.storage == "int8" else None)

    def linear(self, value: str, weight: str, name: str, bias: Array) -> str:
        """Return `value @ weight + bias`."""
        product = self.add("MatMul", value, weight)
        return self.add("Add", product, self.constant(f"{name}.bias", bias))

    def weight(self, name: str) -> Array:
        """Return the weight of a linear layer: [inputs, outputs]."""
        return self.weights[f"{name}.weight"].T

    def bias(self, name: str) -> Array:
        """Return the bias of a linear layer: [outputs]."""
        return self.weights[f"{name}.bias"]

    def layer_norm(self, value: str, name: str) -> str:
        scale, bias = self.tensor(f"{name}.weight"), self.tensor(f"{name}.bias")
        epsilon = self.shape.epsilon
        return self.add("LayerNormalization", value, scale, bias, axis=-1, epsilon=epsilon)


def transformer_graph(
    weights: Mapping[str, Array], shape: Shape, steps: Sequence[Step], storage: Storage
) -> onnx.ModelProto:
    """Return the model: token numbers and mask [batch, length] -> vectors [batch, width].

    Args:
        weights: of a transformer of the BERT family, by the names that `transformers` gives them.
        shape: what they do not say.
        steps: what follows the pooling, in order.
        storage: the bits in which weights are kept.
    """
    graph = Graph(weights, shape, storage)
    value = _embeddings(graph)
    mask = graph.add("Cast", "attention_mask", to=TensorProto.FLOAT)
    one = graph.constant("one", np.float32(1))
    away = graph.constant("away", np.float32(MASKED))
    penalty = graph.add("Mul", graph.add("Sub", mask, one), away)
    masked = graph.add("Unsqueeze", penalty, graph.integers(1, 2))
    for number in range(sum(name.endswith("query.weight") for name in weights)):
        value = _layer(graph, value, masked, f"encoder.layer.{number}")
    vector = _pooled(graph, value, mask, exact=not steps or steps[0] != "unit")
    for number, step in enumerate(steps):
        vector = _step(graph, vector, step, f"step.{number}")
    return _model(graph, vector)


def _eight_bits(values: Array, axis: int) -> tuple[npt.NDArray[np.int8], Array]:
    """Return whole numbers and scales whose product is closest to the values."""
    scale = (np.abs(values).max(axis, keepdims=True) / 127).astype(np.float32)
    scale[scale == 0] = 1
    return np.rint(values / scale).astype(np.int8), scale


def _embeddings(graph: Graph) -> str:
    """Add the sum of word, position and type embeddings: [batch, length, width]."""
    kind = "embeddings.token_type_embeddings.weight"
    place = "embeddings.position_embeddings.weight"
    value = _words(graph, graph.weights["embeddings.word_embeddings.weight"])
    rows = graph.weights[place][graph.shape.first_place :]
    places = graph.constant("places", rows + graph.weights[kind][0])
    length = graph.add("Shape", "input_ids", start=1, end=2)
    used = graph.add("Slice", places, graph.integers(0), length, graph.integers(0))
    return graph.layer_norm(graph.add("Add", value, used), "embeddings.LayerNorm")


def _words(graph: Graph, table: Array) -> str:
    """Add the embeddings of the tokens, which are turned into float32 after they are looked up."""
    if graph.storage == "float32":
        return graph.add("Gather", graph.constant("words", table), "input_ids")
    if graph.storage == "float16":
        half = graph.constant("words.half", table.astype(np.float16))
        return graph.add("Cast", graph.add("Gather", half, "input_ids"), to=TensorProto.FLOAT)
    words, scales = _eight_bits(table, axis=1)
    word = graph.add("Gather", graph.constant("words.int8", words), "input_ids")
    scale = graph.add("Gather", graph.constant("words.scale", scales), "input_ids")
    return graph.add("Mul", graph.add("Cast", word, to=TensorProto.FLOAT), scale)


def _attention(graph: Graph, value: str, masked: str, name: str) -> str:
    """Add self-attention, with one product for the queries and keys of all heads."""
    query, key, content = (f"{name}.self.{part}" for part in ("query", "key", "value"))
    width, heads = len(graph.bias(query)), graph.shape.heads
    scale = np.float32((width // heads) ** -0.5)  # of the softmax, moved into the queries
    weight = np.concatenate([graph.weight(query) * scale, graph.weight(key)], axis=1)
    bias = np.concatenate([graph.bias(query) * scale, graph.bias(key)])
    joined = graph.linear(value, graph.stored(f"{name}.joined", weight), f"{name}.joined", bias)
    parts = graph.node("Split", joined, outputs=2, axis=-1, num_outputs=2)
    stored = graph.precise(content, graph.weight(content))
    parts.append(graph.linear(value, stored, content, graph.bias(content)))
    queries, keys, contents = (
        graph.add(
            "Transpose",
            graph.add("Reshape", part, graph.integers(0, 0, heads, width // heads)),
            perm=order,
        )
        for part, order in zip(parts, ([0, 2, 1, 3], [0, 2, 3, 1], [0, 2, 1, 3]), strict=True)
    )
    similarity = graph.add("Add", graph.add("MatMul", queries, keys), masked)
    read = graph.add("MatMul", graph.add("Softmax", similarity, axis=-1), contents)
    back = graph.add("Transpose", read, perm=[0, 2, 1, 3])
    flat = graph.add("Reshape", back, graph.integers(0, 0, width))
    output = f"{name}.output.dense"
    stored = graph.precise(output, graph.weight(output))
    return graph.linear(flat, stored, output, graph.bias(output))


def _feed_forward(graph: Graph, value: str, name: str) -> str:
    """Add the two linear layers that follow attention."""
    for part in ("intermediate.dense", "output.dense"):
        layer = f"{name}.{part}"
        stored = graph.stored(layer, graph.weight(layer))
        value = graph.linear(value, stored, layer, graph.bias(layer))
        if part == "intermediate.dense":
            value = graph.add("Gelu", value)
    return value


def _layer(graph: Graph, value: str, masked: str, name: str) -> str:
    """Add one layer of the transformer."""
    read = _attention(graph, value, masked, f"{name}.attention")
    value = graph.layer_norm(graph.add("Add", read, value), f"{name}.attention.output.LayerNorm")
    narrow = _feed_forward(graph, value, name)
    return graph.layer_norm(graph.add("Add", narrow, value), f"{name}.output.LayerNorm")


def _pooled(graph: Graph, value: str, mask: str, *, exact: bool) -> str:
    """Add the pooling over tokens: [batch, width].

    The sum over tokens has the mean's direction, which is all that is left at length 1; where more
    than that is needed, `exact` divides it.
    """
    if graph.shape.pooling == "first":
        first = graph.add("Slice", value, *map(graph.integers, (0, 1, 1)))
        return graph.add("Squeeze", first, graph.integers(1))
    row = graph.add("Unsqueeze", mask, graph.integers(1))
    total = graph.add("Squeeze", graph.add("MatMul", row, value), graph.integers(1))
    if not exact:
        return total
    count = graph.add("ReduceSum", mask, graph.integers(-1), keepdims=1)
    return graph.add("Div", total, count)


def _step(graph: Graph, vector: str, step: Step, name: str) -> str:
    if step == "unit":
        length = graph.add("ReduceL2", vector, graph.integers(-1), keepdims=1)
        return graph.add("Div", vector, length)
    value = graph.linear(vector, graph.precise(name, step.weight), name, step.bias)
    return graph.add(step.activation, value) if step.activation else value


def _model(graph: Graph, vector: str) -> onnx.ModelProto:
    shape = ["batch", "length"]
    proto = helper.make_graph(
        graph.nodes,
        "encoder",
        [
            helper.make_tensor_value_info(name, TensorProto.INT64, shape)
            for name in ("input_ids", "attention_mask")
        ],
        [helper.make_tensor_value_info(vector, TensorProto.FLOAT, ["batch", "width"])],
        list(graph.constants.values()),
    )
    return _versioned(proto)


def sections_graph(queries: Array, erasure: Linear | None) -> onnx.ModelProto:
    """Return attention over sections as `shortlist.training.sections` has it, in float32.

    Args:
        queries: of each kind of section [kinds, width].
        erasure: what follows at length 1, if anything does.
    """
    graph = Graph({}, Shape(1), "float32")
    last, width = graph.integers(-1), queries.shape[1]
    length = graph.add("ReduceL2", "vectors", last, keepdims=1)
    least = graph.constant("least", np.float32(1e-12))
    key = graph.add("Div", "vectors", graph.add("Max", length, least))
    query = graph.add("Gather", graph.constant(QUERIES, queries), "kind")
    product = graph.add("ReduceSum", graph.add("Mul", query, key), last, keepdims=0)
    score = graph.add("Mul", product, graph.constant("scale", np.float32(width**0.5)))
    there = graph.add("Cast", "mask", to=TensorProto.FLOAT)
    one = graph.constant("one", np.float32(1))
    away = graph.constant("away", np.float32(MASKED))
    penalty = graph.add("Mul", graph.add("Sub", there, one), away)
    weight = graph.add("Softmax", graph.add("Add", score, penalty), axis=-1)
    row = graph.add("Unsqueeze", weight, graph.integers(1))
    vector = graph.add("Squeeze", graph.add("MatMul", row, "vectors"), graph.integers(1))
    steps: list[Step] = ["unit", erasure, "unit"] if erasure else ["unit"]
    for step in steps:
        vector = _step(graph, vector, step, ERASURE)
    texts = ["texts", "sections"]
    proto = helper.make_graph(
        graph.nodes,
        "sections",
        [
            helper.make_tensor_value_info("vectors", TensorProto.FLOAT, [*texts, width]),
            helper.make_tensor_value_info("kind", TensorProto.INT64, texts),
            helper.make_tensor_value_info("mask", TensorProto.INT64, texts),
        ],
        [helper.make_tensor_value_info(vector, TensorProto.FLOAT, ["texts", width])],
        list(graph.constants.values()),
    )
    return _versioned(proto)


def tagger_graph(
    weights: Mapping[str, Array], shape: Shape, head: Linear, *, most_tokens: int
) -> onnx.ModelProto:
    """Return a tagger: token numbers, mask and letter case to scores [batch, length, labels].

    The case of letters takes the type embeddings, which a tagger's transformer has one of for each
    case. Weights are stored in 8 bits, as those of an encoder.
    """
    graph = Graph(weights, shape, "int8")
    places = weights["embeddings.position_embeddings.weight"][shape.first_place :][:most_tokens]
    word = _words(graph, weights["embeddings.word_embeddings.weight"])
    kinds = graph.tensor("embeddings.token_type_embeddings.weight")
    length = graph.add("Shape", "input_ids", start=1, end=2)
    row = graph.constant("places", places)
    place = graph.add("Slice", row, graph.integers(0), length, graph.integers(0))
    value = graph.add(
        "Add", graph.add("Add", word, graph.add("Gather", kinds, "letter_case")), place
    )
    value = graph.layer_norm(value, "embeddings.LayerNorm")
    mask = graph.add("Cast", "attention_mask", to=TensorProto.FLOAT)
    away = graph.constant("away", np.float32(MASKED))
    penalty = graph.add("Mul", graph.add("Sub", mask, graph.constant("one", np.float32(1))), away)
    masked = graph.add("Unsqueeze", penalty, graph.integers(1, 2))
    for number in range(sum(name.endswith("query.weight") for name in weights)):
        value = _layer(graph, value, masked, f"encoder.layer.{number}")
    scores = graph.linear(value, graph.constant("head.weight", head.weight), "head", head.bias)
    rows = ["batch", "length"]
    proto = helper.make_graph(
        graph.nodes,
        "tagger",
        [
            helper.make_tensor_value_info(name, TensorProto.INT64, rows)
            for name in ("input_ids", "attention_mask", "letter_case")
        ],
        [helper.make_tensor_value_info(scores, TensorProto.FLOAT, [*rows, "labels"])],
        list(graph.constants.values()),
    )
    return _versioned(proto)


def _versioned(graph: onnx.GraphProto) -> onnx.ModelProto:
    return helper.make_model(
        graph, opset_imports=[helper.make_opsetid("", 20)], ir_version=10, producer_name="shortlist"
    )
