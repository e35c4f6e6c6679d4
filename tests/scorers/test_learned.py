"""The encoder that remembers gives what the encoder gives, and computes no text twice."""

from pathlib import Path

import numpy as np
import pytest

from encoder_texts import invented, masked
from shortlist.encoding import Encoder
from shortlist.errors import ModelError
from shortlist.scorers import learned
from shortlist.scorers.learned import Remembering
from tiny_model import write_model_folder


@pytest.fixture
def remembering(model_folder: Path) -> Remembering:
    encoder = Remembering.load(model_folder)
    assert isinstance(encoder, Remembering)
    return encoder


def test_what_is_remembered_is_what_would_be_computed(
    remembering: Remembering, model_folder: Path
) -> None:
    texts = [masked(text) for text in ["", *invented(12, 60), "python", "python"]]
    plain = Encoder.load(model_folder)
    for encode, expected in (
        (remembering.encode_jobs, plain.encode_jobs(texts)),
        (remembering.encode_resumes, plain.encode_resumes(texts)),
    ):
        assert np.array_equal(encode(texts[:5]), expected[:5])
        assert np.array_equal(encode(texts[::-1]), expected[::-1])
    assert remembering.encode_jobs([]).shape == (0, plain.dimension)


def test_no_text_is_computed_twice(
    remembering: Remembering, monkeypatch: pytest.MonkeyPatch
) -> None:
    computed: list[str] = []
    encode = Encoder.encode_resumes

    def counting(self, texts, progress=None):  # type: ignore[no-untyped-def]
        computed.extend(text.text for text in texts)
        return encode(self, texts, progress)

    monkeypatch.setattr(Encoder, "encode_resumes", counting)
    remembering.encode_resumes([masked("nurse"), masked("cook"), masked("nurse")])
    remembering.encode_resumes([masked("cook"), masked("clerk")])
    assert computed == ["nurse", "cook", "clerk"]
    remembering.forget()
    remembering.encode_resumes([masked("cook")])
    assert computed[-1] == "cook"


def test_memory_is_bounded(remembering: Remembering, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(learned, "REMEMBERED", 3)
    texts = [masked(text) for text in invented(8, 20)]
    assert len(remembering.encode_resumes(texts)) == 8
    assert len(remembering._memory) == 3


def test_a_text_under_another_policy_is_refused_though_it_is_remembered(tmp_path: Path) -> None:
    encoder = Remembering.load(write_model_folder(tmp_path / "model", mask_policy="standard"))
    encoder.encode_jobs([masked("nurse")])
    with pytest.raises(ModelError, match="masked under `none`"):
        encoder.encode_jobs([masked("nurse", "none")])
