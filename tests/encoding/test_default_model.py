"""The model that comes with the package."""

from random import Random

import numpy as np
import pytest

from encoder_texts import invented, masked
from shortlist.encoding import Encoder
from shortlist.encoding.runtimes import Runtime

SENTENCES = [
    "Registered nurse with six years on a surgical ward.",
    "We are looking for a nurse for our hospital.",
    "Built payment services in Python and PostgreSQL.",
    "Backend developer wanted: Python, SQL, REST.",
]
# Cosines by sentence-transformers 6.2.0 with the published float32 weights.
COSINES = [
    [1.0000, 0.5267, 0.0380, 0.0552],
    [0.5267, 1.0000, 0.1584, 0.0939],
    [0.0380, 0.1584, 1.0000, 0.4860],
    [0.0552, 0.0939, 0.4860, 1.0000],
]


@pytest.mark.parametrize("runtime, tolerance", [("onnxruntime", 0.01), ("openvino", 0.015)])
def test_cosines_are_those_of_the_published_model(runtime: Runtime, tolerance: float) -> None:
    vectors = Encoder.load(runtime=runtime).encode_resumes([masked(text) for text in SENTENCES])
    assert np.allclose(vectors @ vectors.T, COSINES, atol=tolerance)


@pytest.mark.parametrize("runtime", ["onnxruntime", "openvino"])
def test_vectors_do_not_depend_on_order_or_company(runtime: Runtime) -> None:
    encoder = Encoder.load(runtime=runtime)
    texts = [masked(text) for text in [*invented(30, 12), *invented(15, 60), *invented(5, 200)]]
    first = encoder.encode_resumes(texts)
    order = Random(1).sample(range(len(texts)), len(texts))
    assert np.array_equal(encoder.encode_resumes([texts[i] for i in order]), first[order])
    for place in range(0, len(texts), 4):
        assert np.array_equal(encoder.encode_resumes([texts[place]])[0], first[place])


def test_job_and_resume_are_read_alike() -> None:
    encoder = Encoder.load()
    text = [masked(SENTENCES[0])]
    assert np.array_equal(encoder.encode_jobs(text), encoder.encode_resumes(text))


def test_its_files_are_the_ones_its_settings_name() -> None:
    encoder = Encoder.load()
    encoder.check()
    assert encoder.policy is None
    assert encoder.dimension == 384
