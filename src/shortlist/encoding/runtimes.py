"""What computes the model: ONNX Runtime, or OpenVINO with the extra `fast`. Both read one file.

A batch is computed on one thread, and several batches at once. So a vector's bits depend neither on
the number of cores nor on what else is computed.
"""

import os
import sys
import threading
from collections.abc import Callable, Sequence
from importlib import import_module
from pathlib import Path
from typing import Any, Literal

import numpy as np
import numpy.typing as npt

from shortlist.errors import ModelError, require

Runtime = Literal["onnxruntime", "openvino"]
Integers = npt.NDArray[np.int64]
Vectors = npt.NDArray[np.float32]

NUMBERS = "input_ids"
MASK = "attention_mask"

Run = Callable[[Integers, Integers], Vectors]
"""Token numbers and their mask, both [batch, length], to unit vectors [batch, dimension]."""


def cores() -> int:
    """Return how many processor cores this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


_OPENING = threading.Lock()


def open_model(runtime: Runtime, model: Path, *, dimension: int) -> Run:
    """Return a function that computes a model; several threads may call it at once.

    Raises:
        MissingExtra: the runtime is not installed.
        ModelError: the runtime cannot read the file, or the model is not one from token numbers and
            their mask to vectors of this dimension.
    """
    # OpenVINO's Python side prepares itself in the first call, and two first calls at once never
    # return. So one thread makes it, here.
    with _OPENING:
        run = _openvino(model) if runtime == "openvino" else _onnxruntime(model)
        found = run(np.zeros((1, 8), np.int64), np.ones((1, 8), np.int64)).shape
    if found != (1, dimension):
        raise ModelError(f"{model}: it gives {list(found)} numbers, not [1, {dimension}]")
    return run


def _onnxruntime(model: Path) -> Run:
    """Return a function that computes a model with ONNX Runtime, in float32."""
    session = onnx_session(model, (NUMBERS, MASK))

    def run(numbers: Integers, mask: Integers) -> Vectors:
        vectors: Vectors = session.run(None, {NUMBERS: numbers, MASK: mask})[0]
        return vectors

    return run


def onnx_session(model: Path, inputs: Sequence[str]) -> Any:
    """Return a session of ONNX Runtime, on one thread, of a model with these inputs.

    Raises:
        ModelError: ONNX Runtime cannot read the file, or the model has other inputs.
    """
    # Without this, its official builds give the machine a number and report to their makers.
    os.environ.setdefault("ORT_DISABLE_TELEMETRY", "1")
    import onnxruntime
    from onnxruntime.capi import onnxruntime_pybind11_state as native

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    options.log_severity_level = 4  # what matters is raised
    try:
        session = onnxruntime.InferenceSession(
            str(model), options, providers=["CPUExecutionProvider"]
        )
    except (native.Fail, native.InvalidArgument, native.InvalidGraph, native.InvalidProtobuf) as e:
        raise ModelError(f"{model}: ONNX Runtime cannot read it: {e}") from e
    _check_inputs(model, {value.name for value in session.get_inputs()}, inputs)
    return session


def openvino_precision() -> str:
    """Return what OpenVINO computes in on this machine: `bf16` where the processor has it.

    Raises:
        MissingExtra: OpenVINO is not installed.
    """
    capabilities = _silent_openvino().Core().get_property("CPU", "OPTIMIZATION_CAPABILITIES")
    return "bf16" if "BF16" in capabilities else "f32"


def _silent_openvino() -> Any:
    """Return the module OpenVINO, imported so that it sends nothing.

    Importing it reports that to its makers over the network, by a package that it does without
    where that cannot be imported; and a name that stands for None cannot.
    """
    reporter = "openvino_telemetry"
    known = sys.modules.get(reporter)
    sys.modules[reporter] = None  # type: ignore[assignment]
    try:
        require("fast", "openvino")
    finally:
        sys.modules.pop(reporter, None)
        if known:
            sys.modules[reporter] = known
    return import_module("openvino")


def _openvino(model: Path) -> Run:
    """Return a function that computes a model with OpenVINO.

    Products with weights that are stored in 8 bits are computed in 8 bits too, with one scale for
    every 64 numbers; all else in `openvino_precision`. `benchmarks/results/encode.jsonl` says what
    that costs in accuracy.
    """
    settings = {
        "INFERENCE_PRECISION_HINT": openvino_precision(),
        "DYNAMIC_QUANTIZATION_GROUP_SIZE": 64,
        "NUM_STREAMS": cores(),
        "INFERENCE_NUM_THREADS": cores(),
        "ENABLE_CPU_PINNING": False,
    }
    try:
        compiled = _silent_openvino().Core().compile_model(str(model), "CPU", settings)
    except RuntimeError as error:
        raise ModelError(f"{model}: OpenVINO cannot read it: {error}") from error
    _check_inputs(model, {value.any_name for value in compiled.inputs}, (NUMBERS, MASK))
    own = threading.local()  # a request serves one thread at a time

    def run(numbers: Integers, mask: Integers) -> Vectors:
        if not hasattr(own, "request"):
            own.request = compiled.create_infer_request()
        vectors: Vectors = own.request.infer({NUMBERS: numbers, MASK: mask})[0].copy()
        return vectors

    return run


def _check_inputs(model: Path, found: set[str], wanted: Sequence[str]) -> None:
    if found != set(wanted):
        raise ModelError(
            f"{model}: its inputs are {', '.join(sorted(found))}; "
            f"export it with the inputs {', '.join(wanted[:-1])} and {wanted[-1]}"
        )
