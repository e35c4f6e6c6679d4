"""Both runtimes read one file and agree; what they cannot read is refused."""

import subprocess
import sys
from pathlib import Path
from typing import get_args

import numpy as np
import onnx
import pytest
from onnx import TensorProto, helper

from encoder_texts import invented, masked
from shortlist.encoding import Encoder, default_folder
from shortlist.encoding.runtimes import Runtime, open_model
from shortlist.errors import MissingExtra, ModelError
from tiny_model import write_config, write_model_folder

RUNTIMES = get_args(Runtime)
AGREEMENT = 0.999
"""The least cosine of vectors of one text by two runtimes: OpenVINO computes in 8 and 16 bits."""


@pytest.mark.parametrize("model", ["tiny", "default"])
def test_runtimes_agree(model: str, model_folder: Path) -> None:
    folder = default_folder() if model == "default" else model_folder
    texts = [masked(text) for text in invented(16, 60)]
    one, other = (Encoder.load(folder, runtime).encode_resumes(texts) for runtime in RUNTIMES)
    assert (one * other).sum(axis=1).min() >= AGREEMENT


@pytest.mark.parametrize("runtime", RUNTIMES)
def test_a_file_that_is_no_model_is_refused(runtime: Runtime, tmp_path: Path) -> None:
    folder = write_model_folder(tmp_path)
    (folder / "model.onnx").write_bytes(b"no model")
    encoder = Encoder.load(write_config(folder), runtime)
    with pytest.raises(ModelError, match=r"model.onnx: (ONNX Runtime|OpenVINO) cannot read it"):
        encoder.encode_jobs([masked("nurse")])


def other_model(folder: Path, inputs: list[str]) -> Path:
    """Write a model that adds its inputs up, and return its path."""
    values = [helper.make_tensor_value_info(i, TensorProto.INT64, ["n", "k"]) for i in inputs]
    nodes = [
        helper.make_node("Sum" if len(inputs) > 1 else "Identity", ["a.float"], ["vector"]),
        *(helper.make_node("Cast", [i], [f"{i}.float"], to=TensorProto.FLOAT) for i in inputs),
    ]
    nodes[0].input[:] = [f"{i}.float" for i in inputs]
    output = helper.make_tensor_value_info("vector", TensorProto.FLOAT, ["n", "k"])
    graph = helper.make_graph([*nodes[1:], nodes[0]], "other", values, [output])
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 20)], ir_version=10)
    path = folder / "other.onnx"
    onnx.save(model, path)
    return path


@pytest.mark.parametrize("runtime", RUNTIMES)
def test_a_model_with_other_inputs_is_refused(runtime: Runtime, tmp_path: Path) -> None:
    path = other_model(tmp_path, ["tokens"])
    with pytest.raises(ModelError, match="its inputs are tokens; export it with the inputs"):
        open_model(runtime, path, dimension=32)


@pytest.mark.parametrize("runtime", RUNTIMES)
def test_a_model_of_another_dimension_is_refused(runtime: Runtime, tmp_path: Path) -> None:
    path = other_model(tmp_path, ["input_ids", "attention_mask"])
    with pytest.raises(ModelError, match=r"it gives \[1, 8\] numbers, not \[1, 32\]"):
        open_model(runtime, path, dimension=32)


def test_without_its_package_a_runtime_names_the_extra(
    model_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "openvino", None)
    with pytest.raises(MissingExtra, match=r"openvino is not installed: run `pip install 'shortl"):
        Encoder.load(model_folder, runtime="openvino")


NO_NETWORK = """
import sys
def refuse(event, arguments):
    if event in ("socket.connect", "socket.getaddrinfo", "socket.sendto"):
        raise SystemExit(f"reached for the network: {event}")
sys.addaudithook(refuse)
from pathlib import Path
from shortlist.encoding import Encoder
from shortlist.records import MaskedText
texts = [MaskedText("invented", "nurse " * n, (), "none") for n in range(1, 60)]
print(Encoder.load(Path(sys.argv[1]), sys.argv[2]).encode_resumes(texts).shape)
"""


@pytest.mark.parametrize("runtime", RUNTIMES)
def test_a_fresh_process_encodes_on_all_cores_without_the_network(
    runtime: Runtime, model_folder: Path, tmp_path: Path
) -> None:
    command = [sys.executable, "-c", NO_NETWORK, str(model_folder), runtime]
    alone = {"HOME": str(tmp_path)}  # without what tells a package that it is being tested
    run = subprocess.run(command, capture_output=True, text=True, timeout=120, env=alone)
    assert (run.stdout, run.stderr) == ("(59, 32)\n", "")
    assert list(tmp_path.iterdir()) == []


def test_numbers_do_not_depend_on_how_many_are_computed_at_once() -> None:
    random = np.random.default_rng(3)
    for runtime in RUNTIMES:
        run = open_model(runtime, default_folder() / "model.onnx", dimension=384)
        for length in (3, 9, 24, 72):
            numbers = random.integers(1000, 30000, (13, length))
            mask = np.ones_like(numbers)
            mask[::2, length - length // 9 - 1 :] = 0
            alone = np.vstack([run(numbers[[i]], mask[[i]]) for i in range(13)])
            for some in ([0, 1], [4, 3, 2], list(range(13))):
                assert np.array_equal(run(numbers[some], mask[some]), alone[some])
