"""What computes the model: ONNX Runtime, or OpenVINO with the extra `fast`. Both read one file.

Every call runs on one thread, and several calls run at once. So a vector's bits depend neither on
the number of cores nor on what else is computed.
"""

import os
from collections.abc import Callable
from pathlib import Path
from typing import Literal

import numpy as np
import numpy.typing as npt

from shortlist.errors import ModelError

Runtime = Literal["onnxruntime", "openvino"]
Integers = npt.NDArray[np.int64]
Vectors = npt.NDArray[np.float32]

Run = Callable[[Integers, Integers], Vectors]
"""Token numbers and their mask, both [batch, length], to unit vectors [batch, dimension]."""


def cores() -> int:
    """Return how many processor cores this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def open_onnxruntime(model: Path) -> Run:
    """Return a function that computes the model with ONNX Runtime in float32.

    Raises:
        ModelError: the file is not a model that ONNX Runtime can read.
    """
    import onnxruntime
    from onnxruntime.capi.onnxruntime_pybind11_state import Fail, InvalidArgument, InvalidProtobuf

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    options.log_severity_level = 3
    try:
        session = onnxruntime.InferenceSession(
            str(model), options, providers=["CPUExecutionProvider"]
        )
    except (Fail, InvalidArgument, InvalidProtobuf) as error:
        raise ModelError(f"{model}: ONNX Runtime cannot read it: {error}") from error

    def run(numbers: Integers, mask: Integers) -> Vectors:
        feed = {"input_ids": numbers, "attention_mask": mask}
        vectors: Vectors = session.run(None, feed)[0]
        return vectors

    return run
