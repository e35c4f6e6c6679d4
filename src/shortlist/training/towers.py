"""What a sentence-transformers model consists of, and the graph that computes the same."""

import copy
import io
import warnings
from collections.abc import Mapping
from typing import Any

import numpy as np
import onnx
import torch
from peft import PeftModel
from sentence_transformers import SentenceTransformer
from sentence_transformers.base.modules import Dense, Normalize, Transformer
from sentence_transformers.sentence_transformer.modules import Pooling
from tokenizers import Tokenizer

from shortlist.errors import ModelError
from shortlist.training.graph import (
    Activation,
    Array,
    Linear,
    Shape,
    Step,
    Storage,
    transformer_graph,
)

_FIRST_PLACE = {"bert": 0, "roberta": 2, "xlm-roberta": 2}
"""Architectures that `graph` writes -> the row of the position embeddings that comes first."""
_ACTIVATIONS: Mapping[type, Activation] = {
    torch.nn.Identity: "",
    torch.nn.Tanh: "Tanh",
    torch.nn.ReLU: "Relu",
    torch.nn.GELU: "Gelu",
}


def tower(model: SentenceTransformer) -> torch.nn.Module:
    """Return the transformer of a model.

    Raises:
        ModelError: the model does not begin with one.
    """
    first = model[0]
    if not isinstance(first, Transformer):
        raise ModelError(f"the model begins with {type(first).__name__}, not with a transformer")
    inner: torch.nn.Module = first.auto_model
    return inner


def reader(model: SentenceTransformer) -> Tokenizer:
    """Return the tokenizer of a model as the `tokenizers` package has it.

    Raises:
        ModelError: the model's tokenizer has no such form.
    """
    found = getattr(model.tokenizer, "backend_tokenizer", None)
    if not isinstance(found, Tokenizer):
        raise ModelError("the model's tokenizer has no tokenizer.json; use one that has")
    return found


def width(model: SentenceTransformer) -> int:
    """Return the length of a model's vectors."""
    with torch.inference_mode():
        probe = {"input_ids": torch.ones(1, 4, dtype=torch.long)}
        probe["attention_mask"] = torch.ones_like(probe["input_ids"])
        found = model.eval().cpu()(probe)["sentence_embedding"]
    return int(found.shape[1])


def merged(model: SentenceTransformer) -> SentenceTransformer:
    """Return a copy in float32 on the CPU whose adapters are merged into its weights."""
    whole = copy.deepcopy(model).cpu().float().eval()
    inner = tower(whole)
    if isinstance(inner, PeftModel):
        whole[0].model = inner.merge_and_unload()
    return whole


def encoder_graph(model: SentenceTransformer, storage: Storage) -> onnx.ModelProto:
    """Return a graph from token numbers and their mask to a model's vectors, at length 1.

    A transformer of the BERT family followed by a mean or the first token, linear layers and
    normalisation is written node by node with compressed weights; any other model is traced by
    torch, with weights as they are.

    Raises:
        ModelError: torch cannot trace the model, or it is too large for one file.
    """
    graph = _written(model, storage) or _traced(model)
    try:
        onnx.checker.check_model(graph, full_check=True)
    except (onnx.checker.ValidationError, ValueError) as error:
        raise ModelError(f"the model cannot be written as one ONNX file: {error}") from error
    return graph


def _written(model: SentenceTransformer, storage: Storage) -> onnx.ModelProto | None:
    """Return the graph written node by node; None where the model has other parts."""
    shape, steps = _shape(model), _steps(model)
    if shape is None or steps is None:
        return None
    weights: dict[str, Array] = {
        name: tensor.float().numpy() for name, tensor in tower(model).state_dict().items()
    }
    return transformer_graph(weights, shape, steps, storage)


def _shape(model: SentenceTransformer) -> Shape | None:
    settings: Any = tower(model).config
    known = settings.model_type in _FIRST_PLACE and settings.hidden_act == "gelu"
    modes = {"mean": "mean", "cls": "first"}
    pooling = modes.get(str(model[1].pooling_mode)) if _has_pooling(model) else None
    if not known or pooling is None or getattr(settings, "is_decoder", False):
        return None
    return Shape(
        settings.num_attention_heads,
        settings.layer_norm_eps,
        _FIRST_PLACE[settings.model_type],
        "mean" if pooling == "mean" else "first",
    )


def _has_pooling(model: SentenceTransformer) -> bool:
    return len(model) > 1 and isinstance(model[1], Pooling)


def _steps(model: SentenceTransformer) -> list[Step] | None:
    """Return what follows the pooling, normalisation last; None where there are other parts."""
    steps: list[Step] = []
    for module in list(model)[2:]:
        if isinstance(module, Normalize):
            steps.append("unit")
        elif isinstance(module, Dense) and _plain(module):
            steps.append(_linear(module))
        else:
            return None
    return steps if steps and steps[-1] == "unit" else [*steps, "unit"]


def _plain(module: Dense) -> bool:
    known = type(module.activation_function) in _ACTIVATIONS
    places = {module.module_input_name, module.module_output_name}
    return known and places == {"sentence_embedding"} and not module.use_residual


def _linear(module: Dense) -> Linear:
    layer = module.linear
    weight = layer.weight.detach().float().numpy().T
    bias = np.zeros(weight.shape[1], np.float32)
    if layer.bias is not None:
        bias = layer.bias.detach().float().numpy()
    return Linear(weight, bias, _ACTIVATIONS[type(module.activation_function)])


class _Unit(torch.nn.Module):
    """Token numbers and their mask -> a model's vectors, at length 1."""

    def __init__(self, model: SentenceTransformer) -> None:
        super().__init__()
        self.model = model

    def forward(self, input_ids: torch.Tensor, attention_mask: torch.Tensor) -> torch.Tensor:
        found = self.model({"input_ids": input_ids, "attention_mask": attention_mask})
        return torch.nn.functional.normalize(found["sentence_embedding"], dim=-1)


def _traced(model: SentenceTransformer) -> onnx.ModelProto:
    numbers = torch.ones(2, 16, dtype=torch.long)
    free = {0: torch.export.Dim("batch"), 1: torch.export.Dim("length")}
    file = io.BytesIO()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # torch's, about itself
        try:
            program = torch.onnx.export(
                _Unit(model).eval(),
                (numbers, torch.ones_like(numbers)),
                input_names=["input_ids", "attention_mask"],
                output_names=["vectors"],
                dynamic_shapes=(free, free),
                opset_version=20,
                dynamo=True,
                verbose=False,
            )
            assert program is not None
            program.save(file)
        except (torch.onnx.errors.OnnxExporterError, ValueError) as error:
            raise ModelError(f"torch cannot trace the model: {error}") from error
    return onnx.load_from_string(file.getvalue())
