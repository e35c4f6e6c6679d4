"""Writes a real model folder that is small enough to build in every test run: no network, no torch.

One layer of self-attention over random word vectors. Texts that share words are similar; it knows
no more than that.
"""

import hashlib
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper
from tokenizers import Tokenizer, decoders, models, normalizers, pre_tokenizers, processors

WIDTH = 32
WINDOW = 24

_WORDS = """
a able about accounting administration analysis and are as at build built budget by care clinical
cloud code communication customer data database design developer development driver engineer
engineering english excel experience finance five for forklift framework from go hospital in is
java javascript kitchen learning led license machine management manager marketing medical must
network nurse of office on or patient patients planning postgresql preferred product project python
quality registered report required research responsible retail rust safety sales security senior
server service skills software sql strong support system systems teacher teaching team test testing
the three to trained two using ward warehouse web with work worked writing years you
"""
_LETTERS = "abcdefghijklmnopqrstuvwxyz0123456789"
_SPECIAL = ["[PAD]", "[UNK]", "[CLS]", "[SEP]"]
_MARKS = list(".,;:!?()[]/-+&@#%'\"•–")
_INNER = [f"##{letter}" for letter in _LETTERS]
VOCABULARY = [*_SPECIAL, *_MARKS, *_WORDS.split(), *_LETTERS, *_INNER]


def write_model_folder(folder: Path, **settings: Any) -> Path:
    """Write the tiny model, with settings of config.json replaced, and return its folder."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "tokenizer.json").write_text(tokenizer().to_str(), encoding="utf-8")
    (folder / "model.onnx").write_bytes(model().SerializeToString())
    return write_config(folder, **settings)


def write_sections(folder: Path, kinds: Sequence[str], logs: Sequence[float]) -> Path:
    """Add a layer to the tiny model in a folder, and return the folder.

    A text's vector is the sum of its sections, each times e to a number that its kind has.
    """
    graph = sections_model(np.array(logs, np.float32))
    (folder / "sections.onnx").write_bytes(graph.SerializeToString())
    names = ("model.onnx", "tokenizer.json", "sections.onnx")
    files = {name: hashlib.sha256((folder / name).read_bytes()).hexdigest() for name in names}
    return write_config(folder, format=2, sections=list(kinds), files=files)


def write_config(folder: Path, **settings: Any) -> Path:
    """Write config.json for the model and the tokenizer that stand in a folder."""
    config = {
        "format": 1,
        "base_model": "tiny",
        "dimension": WIDTH,
        "max_tokens": WINDOW,
        "chunk_tokens": WINDOW,
        "mask_policy": None,
        "prefixes": {"job": "", "resume": ""},
        "calibration": None,
        "files": {
            name: hashlib.sha256((folder / name).read_bytes()).hexdigest()
            for name in ("model.onnx", "tokenizer.json")
        },
    }
    (folder / "config.json").write_text(json.dumps(config | settings), encoding="utf-8")
    return folder


def sections_model(logs: np.ndarray) -> onnx.ModelProto:
    """Return a graph of sections, their kinds and their mask that weighs sections by kind."""
    node = helper.make_node
    nodes = [
        node("Gather", ["logs", "kind"], ["log"]),
        node("Exp", ["log"], ["weight"]),
        node("Cast", ["mask"], ["there"], to=TensorProto.FLOAT),
        node("Mul", ["weight", "there"], ["counts"]),
        node("Unsqueeze", ["counts", "one"], ["row"]),
        node("MatMul", ["row", "vectors"], ["sums"]),
        node("Squeeze", ["sums", "one"], ["sum"]),
        node("ReduceL2", ["sum", "last"], ["length"], keepdims=1),
        node("Div", ["sum", "length"], ["whole"]),
    ]
    value = helper.make_tensor_value_info
    places = ["texts", "sections"]
    graph = helper.make_graph(
        nodes,
        "sections",
        [
            value("vectors", TensorProto.FLOAT, [*places, WIDTH]),
            value("kind", TensorProto.INT64, places),
            value("mask", TensorProto.INT64, places),
        ],
        [value("whole", TensorProto.FLOAT, ["texts", WIDTH])],
        [
            numpy_helper.from_array(logs, "logs"),
            numpy_helper.from_array(np.array([1]), "one"),
            numpy_helper.from_array(np.array([-1]), "last"),
        ],
    )
    return helper.make_model(
        graph, opset_imports=[helper.make_opsetid("", 20)], ir_version=10, producer_name="tests"
    )


def tokenizer() -> Tokenizer:
    """Return a WordPiece tokenizer that reads any English text, if need be letter by letter."""
    numbers = {token: number for number, token in enumerate(dict.fromkeys(VOCABULARY))}
    result = Tokenizer(models.WordPiece(numbers, unk_token="[UNK]", max_input_chars_per_word=100))
    result.normalizer = normalizers.BertNormalizer(lowercase=True)
    result.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    result.decoder = decoders.WordPiece()
    result.post_processor = processors.TemplateProcessing(
        single="[CLS] $A [SEP]",
        special_tokens=[("[CLS]", numbers["[CLS]"]), ("[SEP]", numbers["[SEP]"])],
    )
    return result


def model() -> onnx.ModelProto:
    """Return the graph: attention over word and position vectors, their mean, length 1."""
    random = np.random.default_rng(7)
    count = len(dict.fromkeys(VOCABULARY))

    def constant(name: str, *shape: int, scale: float = 1.0) -> onnx.TensorProto:
        values = random.normal(scale=scale, size=shape).astype(np.float32)
        return numpy_helper.from_array(values, name)

    constants = [
        constant("words", count, WIDTH),
        constant("places", WINDOW, WIDTH, scale=0.1),
        *(constant(name, WIDTH, WIDTH, scale=WIDTH**-0.5) for name in ("query", "key", "value")),
        numpy_helper.from_array(np.array([0]), "zero"),
        numpy_helper.from_array(np.array([1]), "one"),
        numpy_helper.from_array(np.array([-1]), "last"),
        numpy_helper.from_array(np.float32(1), "on"),
        numpy_helper.from_array(np.float32(1e4), "away"),
    ]
    node = helper.make_node
    nodes = [
        node("Gather", ["words", "input_ids"], ["word"]),
        node("Shape", ["input_ids"], ["length"], start=1, end=2),
        node("Slice", ["places", "zero", "length", "zero"], ["place"]),
        node("Add", ["word", "place"], ["x"]),
        node("Cast", ["attention_mask"], ["mask"], to=TensorProto.FLOAT),
        node("Unsqueeze", ["mask", "one"], ["row"]),
        node("Sub", ["row", "on"], ["off"]),
        node("Mul", ["off", "away"], ["penalty"]),
        *(node("MatMul", ["x", name], [f"x.{name}"]) for name in ("query", "key", "value")),
        node("Transpose", ["x.key"], ["turned"], perm=[0, 2, 1]),
        node("MatMul", ["x.query", "turned"], ["product"]),
        node("Add", ["product", "penalty"], ["masked"]),
        node("Softmax", ["masked"], ["attention"], axis=-1),
        node("MatMul", ["attention", "x.value"], ["read"]),
        node("Add", ["x", "read"], ["y"]),
        node("MatMul", ["row", "y"], ["sums"]),
        node("Squeeze", ["sums", "one"], ["sum"]),
        node("ReduceL2", ["sum", "last"], ["norm"], keepdims=1),
        node("Div", ["sum", "norm"], ["vector"]),
    ]
    inputs = [
        helper.make_tensor_value_info(name, TensorProto.INT64, ["batch", "length"])
        for name in ("input_ids", "attention_mask")
    ]
    output = helper.make_tensor_value_info("vector", TensorProto.FLOAT, ["batch", WIDTH])
    graph = helper.make_graph(nodes, "tiny", inputs, [output], constants)
    result = helper.make_model(
        graph, opset_imports=[helper.make_opsetid("", 20)], ir_version=10, producer_name="tests"
    )
    onnx.checker.check_model(result, full_check=True)
    return result
