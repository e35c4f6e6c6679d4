"""What holds for the vectors of any model."""

from pathlib import Path
from random import Random

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from encoder_texts import invented, masked, texts
from shortlist.encoding import Encoder
from shortlist.errors import ConfigError, ModelError
from shortlist.records import MaskedText
from tiny_model import WIDTH, WINDOW, write_config, write_model_folder


@pytest.fixture(scope="module")
def encoder(model_folder: Path) -> Encoder:
    return Encoder.load(model_folder)


@given(st.lists(texts, max_size=12), st.randoms(use_true_random=False))
def test_a_vector_does_not_depend_on_the_other_texts(
    encoder: Encoder, some: list[str], random: Random
) -> None:
    alone = [encoder.encode_resumes([masked(text)])[0] for text in some]
    order = [*range(len(some)), *range(0, len(some), 2)]
    random.shuffle(order)
    together = encoder.encode_resumes([masked(some[place]) for place in order])
    for place, vector in zip(order, together, strict=True):
        assert np.array_equal(vector, alone[place])


@given(st.lists(texts, max_size=8))
def test_vectors_have_length_one_or_zero_and_fit_float16(encoder: Encoder, some: list[str]) -> None:
    vectors = encoder.encode_resumes([masked(text) for text in some])
    assert vectors.shape == (len(some), WIDTH)
    assert vectors.dtype == np.float32
    assert np.array_equal(vectors.astype(np.float16).astype(np.float32), vectors)
    lengths = np.linalg.norm(vectors, axis=1)
    assert np.all((lengths == 0) | (np.abs(lengths - 1) < 1e-3))


def test_a_text_without_a_token_has_the_zero_vector(encoder: Encoder) -> None:
    empty, blank, word = encoder.encode_resumes([masked(""), masked(" \n\x00"), masked("nurse")])
    assert not empty.any()
    assert not blank.any()
    assert word.any()


def test_all_of_a_long_text_counts(encoder: Encoder) -> None:
    start = "python developer. " * (4 * WINDOW)
    whole, longer = encoder.encode_resumes([masked(start), masked(start + "nurse")])
    assert not np.array_equal(whole, longer)


def test_a_long_text_is_the_mean_of_its_chunks_weighted_by_tokens(encoder: Encoder) -> None:
    lines = ["nurse " * 18, "python engineer and forklift driver of a ward"]
    whole, *parts = encoder.encode_resumes([masked("\n".join(lines)), *map(masked, lines)])
    mean = 20 * parts[0].astype(float) + 10 * parts[1].astype(float)  # with [CLS] and [SEP]
    assert np.allclose(whole, mean / np.linalg.norm(mean), atol=1e-3)


def test_masked_and_unmasked_halves_of_characters_are_read(encoder: Encoder) -> None:
    assert np.array_equal(*encoder.encode_resumes([masked("nurse \ud83d"), masked("nurse ?")]))


def test_a_prefix_stands_before_every_chunk(model_folder: Path, tmp_path: Path) -> None:
    folder = write_model_folder(tmp_path / "model", prefixes={"job": "nurse :", "resume": ""})
    plain, prefixed = Encoder.load(model_folder), Encoder.load(folder)
    long = "python " * 3 * (WINDOW - 4)
    for text in ("python", "", long):
        ours = prefixed.encode_resumes([masked(text)])
        assert np.array_equal(ours, plain.encode_resumes([masked(text)]))
    one, several, none = prefixed.encode_jobs([masked("python"), masked(long), masked("")])
    filled = "nurse : " + "python " * (WINDOW - 4)
    expected = plain.encode_resumes([masked("nurse : python"), masked(filled)])
    assert np.array_equal(one, expected[0])
    assert np.allclose(several, expected[1], atol=1e-3)
    assert not none.any()


def test_what_no_token_stands_for_is_told(encoder: Encoder) -> None:
    text = masked("nurse 日本 " + "x" * 101)
    assert [text.text[s.start : s.end] for s in encoder.unread(text)] == ["日", "本", "x" * 101]
    assert encoder.unread(masked("nurse, python\n\n(C++)")) == ()


def test_progress_rises_to_one(encoder: Encoder) -> None:
    shares: list[float] = []
    encoder.encode_resumes([masked(text) for text in invented(40, 60)], shares.append)
    assert shares == sorted(shares)
    assert shares[-1] == 1
    assert len(shares) > 1


def test_text_masked_under_another_policy_is_refused(tmp_path: Path) -> None:
    encoder = Encoder.load(write_model_folder(tmp_path, mask_policy="strict"))
    assert encoder.encode_jobs([masked("nurse", "strict")]).any()
    with pytest.raises(ModelError, match="invented is masked under `standard`; mask with `strict`"):
        encoder.encode_resumes([masked("nurse", "strict"), masked("nurse", "standard")])


def test_only_settings_are_read_before_the_first_text(tmp_path: Path) -> None:
    folder = write_model_folder(tmp_path)
    for name in ("model.onnx", "tokenizer.json"):
        (folder / name).write_bytes(b"not read")
    encoder = Encoder.load(folder)
    assert encoder.encode_resumes([]).shape == (0, WIDTH)
    assert not encoder.encode_resumes([masked("")]).any()
    with pytest.raises(ModelError, match=r"tokenizer.json: damaged"):
        encoder.encode_resumes([masked("nurse")])


def test_fingerprints_differ_by_settings_and_runtime(model_folder: Path, tmp_path: Path) -> None:
    plain = Encoder.load(model_folder).fingerprint
    assert plain == Encoder.load(model_folder).fingerprint
    other = Encoder.load(write_model_folder(tmp_path, chunk_tokens=12)).fingerprint
    assert plain != other
    fast = Encoder.load(model_folder, runtime="openvino").fingerprint
    assert fast.startswith(f"{plain}+openvino-")


def test_an_unknown_runtime_is_refused(model_folder: Path) -> None:
    with pytest.raises(ConfigError, match="no runtime `tensorrt`: use onnxruntime or openvino"):
        Encoder.load(model_folder, runtime="tensorrt")  # type: ignore[arg-type]


def test_parts_of_a_text_keep_its_policy(tmp_path: Path) -> None:
    encoder = Encoder.load(write_model_folder(tmp_path, mask_policy="strict"))
    whole = MaskedText("invented", "nurse in a ward", (), "strict")
    part, word = encoder.encode_resumes([whole.part(0, 5), masked("nurse", "strict")])
    assert np.array_equal(part, word)


def test_check_finds_a_damaged_file(tmp_path: Path) -> None:
    folder = write_model_folder(tmp_path)
    Encoder.load(folder).check()
    (folder / "model.onnx").write_bytes(b"damaged")
    with pytest.raises(ModelError, match=r"model.onnx: damaged or exchanged"):
        Encoder.load(folder).check()
    write_config(folder)
    with pytest.raises(ModelError, match=r"model.onnx: ONNX Runtime cannot read it"):
        Encoder.load(folder).encode_jobs([masked("nurse")])
