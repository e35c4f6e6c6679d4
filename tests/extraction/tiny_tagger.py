"""Writes a real tagger folder that is small enough to build in every test run.

It knows words by heart, and that a word in capitals is knowledge.
"""

import hashlib
import json
from pathlib import Path
from typing import Any

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper
from tokenizers import Tokenizer, models, normalizers, pre_tokenizers, processors

HEADS = [
    {"kind": "skill", "labels": ["O", "B", "I"]},
    {"kind": "knowledge", "labels": ["O", "B", "I"]},
]
_SKILL_B, _SKILL_I, _KNOWLEDGE_B, _KNOWLEDGE_I = 1, 2, 4, 5
_KNOWN = {"leading": _SKILL_B, "teams": _SKILL_I, "zabbix": _KNOWLEDGE_B, "go": _KNOWLEDGE_B}
_WORDS = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", *_KNOWN]


def write_tagger(folder: Path, **settings: Any) -> Path:
    """Write the tiny tagger, with settings of config.json replaced, and return its folder."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "tokenizer.json").write_text(_tokenizer().to_str(), encoding="utf-8")
    (folder / "model.onnx").write_bytes(_model().SerializeToString())
    config = {
        "format": 1,
        "kind": "tagger",
        "max_tokens": 64,
        "heads": HEADS,
        "files": {
            name: hashlib.sha256((folder / name).read_bytes()).hexdigest()
            for name in ("model.onnx", "tokenizer.json")
        },
    }
    (folder / "config.json").write_text(json.dumps(config | settings), encoding="utf-8")
    return folder


def _tokenizer() -> Tokenizer:
    numbers = {word: number for number, word in enumerate(_WORDS)}
    result = Tokenizer(models.WordLevel(numbers, unk_token="[UNK]"))
    result.normalizer = normalizers.BertNormalizer(lowercase=True)
    result.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    result.post_processor = processors.TemplateProcessing(
        single="[CLS] $A [SEP]", special_tokens=[("[CLS]", 2), ("[SEP]", 3)]
    )
    return result


def _model() -> onnx.ModelProto:
    by_word = np.zeros((len(_WORDS), 6), np.float32)
    by_word[:, [0, 3]] = 4.0
    for number, word in enumerate(_WORDS):
        if word in _KNOWN:
            by_word[number, _KNOWN[word]] = 9.0
    by_case = np.zeros((4, 6), np.float32)
    by_case[2, [_KNOWLEDGE_B, _KNOWLEDGE_I]] = 8.0, 8.5
    nodes = [
        helper.make_node("Gather", ["words", "input_ids"], ["word"]),
        helper.make_node("Gather", ["cases", "letter_case"], ["case"]),
        helper.make_node("Cast", ["attention_mask"], ["mask"], to=TensorProto.FLOAT),
        helper.make_node("Unsqueeze", ["mask", "last"], ["column"]),
        helper.make_node("Add", ["word", "case"], ["sum"]),
        helper.make_node("Mul", ["sum", "column"], ["scores"]),
    ]
    inputs = [
        helper.make_tensor_value_info(name, TensorProto.INT64, ["batch", "length"])
        for name in ("input_ids", "attention_mask", "letter_case")
    ]
    output = helper.make_tensor_value_info("scores", TensorProto.FLOAT, ["batch", "length", 6])
    constants = [
        numpy_helper.from_array(by_word, "words"),
        numpy_helper.from_array(by_case, "cases"),
        numpy_helper.from_array(np.array([-1]), "last"),
    ]
    graph = helper.make_graph(nodes, "tagger", inputs, [output], constants)
    return helper.make_model(
        graph, opset_imports=[helper.make_opsetid("", 20)], ir_version=10, producer_name="tests"
    )
