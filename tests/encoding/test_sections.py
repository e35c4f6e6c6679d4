"""The vector of a text as a whole: the mean of its parts, or a model's attention over sections."""

import shutil
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from encoding.test_folder import change
from shortlist.encoding import Encoder, VectorCache, read_config
from shortlist.encoding.sections import mean, mean_of_parts, sections
from shortlist.errors import ModelError
from shortlist.masking import Masker
from shortlist.matcher import Matcher
from shortlist.matcher.whole import KINDS, wholes
from shortlist.records import Document, Ranking
from tiny_model import WIDTH, write_config, write_model_folder, write_sections

JOB = Document("job", "Nurse\n\nRequirements\n- three years in a hospital ward\n- Python code\n")
RESUMES = [
    Document("a", "Ann Lee\nRegistered nurse\n\nExperience\n- Worked in a ward\n- Led a team\n\n"
                  "Skills\nPython, SQL\n"),
    Document("b", "Experience\n- Built web services in Java\n\nEducation\nBSc, Lund University\n"),
    Document("c", "Forklift driver with a license\n\nSkills\nsafety, warehouse work\n"),
    Document("d", ""),
]  # fmt: skip
EQUAL = (0.0,) * len(KINDS)
UNEQUAL = tuple(2.0 if kind == "skills" else -0.5 * (kind == "title") for kind in KINDS)


def units(count: int, seed: int = 0, width: int = WIDTH) -> np.ndarray:
    rows = np.random.default_rng(seed).normal(size=(count, width))
    return (rows / np.linalg.norm(rows, axis=1)[:, None]).astype(np.float16).astype(np.float32)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return write_sections(write_model_folder(tmp_path / "model"), KINDS, UNEQUAL)


def whole_parts(ranking: Ranking) -> dict[str, float]:
    return {match.resume: match.parts[2].value for match in ranking.matches}


def rank(folder: Path, resumes: list[Document], cache: VectorCache | None = None) -> Ranking:
    return Matcher.load(folder, cache=cache or VectorCache(None)).rank(JOB, resumes)


def test_what_opens_a_text_stands_for_half_of_the_mean() -> None:
    vectors = np.eye(4, dtype=np.float32)[[0, 3, 0]]
    assert mean_of_parts(vectors[:2], ["skills", "other"]) == pytest.approx(
        [np.sqrt(0.5), 0, 0, np.sqrt(0.5)], abs=1e-3
    )
    # the mean of (1, 0, 0, 1) / sqrt 2 and (1, 0, 0, 0), brought to length 1
    towards = np.array([1 + np.sqrt(0.5), 0, 0, np.sqrt(0.5)])
    found = mean_of_parts(vectors, ["header", "other", "introduction"])
    assert found == pytest.approx(towards / np.linalg.norm(towards), abs=1e-3)


@pytest.mark.parametrize("width", [WIDTH, 384, 1024])
def test_the_mean_of_one_vector_is_that_vector(width: int) -> None:
    rows = units(500, width=width)
    assert all(np.array_equal(mean(row[None]), row) for row in rows)


@pytest.mark.parametrize("introduced", range(4))
def test_the_mean_is_to_the_bit_that_of_all_passages_and_the_first(introduced: int) -> None:
    """What was published before there were sections stays as it is."""
    vectors = units(30, width=384)
    first = vectors[:introduced]
    kinds = ["skills"] * 30 + ["introduction"] * introduced
    wanted = mean(vectors)
    if introduced:
        wanted = mean(np.stack([wanted, mean(first)]))
    assert np.array_equal(mean_of_parts(np.concatenate([vectors, first]), kinds), wanted)


def test_sections_add_up_to_the_mean_of_the_parts() -> None:
    kinds = ["header", "skills", "experience", "skills", "no such kind", "introduction"]
    vectors = units(6)
    rows, kind = sections(vectors, kinds, KINDS)
    assert [KINDS[number] for number in kind] == [
        "header", "experience", "skills", "other", "introduction",
    ]  # fmt: skip
    total = rows.sum(axis=0)
    assert total / np.linalg.norm(total) == pytest.approx(mean_of_parts(vectors, kinds), abs=1e-3)


def test_what_is_zero_is_no_section(folder: Path) -> None:
    vectors = units(2)
    vectors[0] = 0
    rows, kind = sections(vectors, ["skills", "experience"], KINDS)
    assert [KINDS[number] for number in kind] == ["experience"] and len(rows) == 1
    encoder = Encoder.load(folder)
    assert not encoder.whole(np.zeros((2, WIDTH), np.float32), ["skills", "other"]).any()
    assert not encoder.whole(np.zeros((0, WIDTH), np.float32), []).any()


def test_equal_attention_gives_the_mean(tmp_path: Path) -> None:
    plain = write_model_folder(tmp_path / "plain")
    shutil.copytree(plain, tmp_path / "equal")
    equal = write_sections(tmp_path / "equal", KINDS, EQUAL)
    assert whole_parts(rank(equal, RESUMES)) == pytest.approx(
        whole_parts(rank(plain, RESUMES)), abs=1e-3
    )


def test_attention_moves_the_whole_text_part_and_no_other(folder: Path, tmp_path: Path) -> None:
    shutil.copytree(folder, tmp_path / "plain")
    plain = write_config(tmp_path / "plain")  # format 1: the file is not read
    mine, theirs = ({m.resume: m for m in rank(of, RESUMES).matches} for of in (folder, plain))
    assert mine.keys() == theirs.keys()
    for resume, match in mine.items():
        other = theirs[resume]
        assert match.parts[:2] == other.parts[:2] and match.requirements == other.requirements
    assert mine["a"].parts[2] != theirs["a"].parts[2]


@given(order=st.permutations(range(4)), size=st.integers(1, 4))
def test_a_score_depends_on_its_pair_alone(
    order: list[int], size: int, tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.getbasetemp() / "sections-model"
    if not folder.exists():
        write_sections(write_model_folder(folder), KINDS, UNEQUAL)
    whole = {match.resume: match for match in rank(folder, RESUMES).matches}
    some = rank(folder, [RESUMES[place] for place in order[:size]])
    for match in some.matches:
        assert (match.score, match.parts) == (whole[match.resume].score, whole[match.resume].parts)


def test_whole_vectors_are_those_that_scores_compare(folder: Path) -> None:
    encoder, mask = Encoder.load(folder), Masker("standard")
    (job,) = wholes(encoder, [mask(JOB)], "job")
    resumes = wholes(encoder, [mask(resume) for resume in RESUMES], "resume")
    cosine = dict(zip("abcd", (resumes @ job).clip(0, 1), strict=True))
    assert whole_parts(rank(folder, RESUMES)) == pytest.approx(cosine, abs=1e-4)


def test_another_layer_is_another_model_to_the_cache(folder: Path, tmp_path: Path) -> None:
    cache = VectorCache.open(tmp_path / "cache")
    first = rank(folder, RESUMES, cache)
    assert rank(folder, RESUMES, cache) == first
    before = Encoder.load(folder).fingerprint
    write_sections(folder, KINDS, EQUAL)
    assert Encoder.load(folder).fingerprint != before
    again = rank(folder, RESUMES, cache)
    assert again == rank(folder, RESUMES) != first


def test_a_layer_is_checked_like_the_model(folder: Path) -> None:
    Encoder.load(folder).check()
    (folder / "sections.onnx").write_bytes(b"damaged")
    with pytest.raises(ModelError, match=r"sections.onnx: damaged or exchanged"):
        Encoder.load(folder).check()
    with pytest.raises(ModelError, match=r"sections.onnx: damaged or exchanged"):
        rank(folder, RESUMES)
    (folder / "sections.onnx").unlink()
    with pytest.raises(ModelError, match=r"sections.onnx is missing; copy the whole"):
        read_config(folder)


@pytest.mark.parametrize(
    ("kinds", "logs", "message"),
    [
        ((*KINDS, "newer"), EQUAL, "does not read 20 kinds of sections of 32 numbers; export"),
        (KINDS, (0.0,), "does not read 19 kinds"),
    ],
)
def test_a_layer_of_other_kinds_is_refused(
    tmp_path: Path, kinds: tuple[str, ...], logs: tuple[float, ...], message: str
) -> None:
    folder = write_sections(write_model_folder(tmp_path / "model"), kinds, logs)
    with pytest.raises(ModelError, match=rf"sections.onnx: {message}"):
        rank(folder, RESUMES)


def test_a_file_that_is_no_layer_is_refused(folder: Path) -> None:
    for content, message in (
        (b"no graph", "ONNX Runtime cannot read it"),
        ((folder / "model.onnx").read_bytes(), "its inputs are attention_mask, input_ids; export"),
    ):
        (folder / "sections.onnx").write_bytes(content)
        files = {"sections.onnx": _sha256(content)}
        change(folder, files=read_config(folder).files | files)
        with pytest.raises(ModelError, match=rf"sections.onnx: {message}"):
            rank(folder, RESUMES)


@pytest.mark.parametrize(
    ("settings", "message"),
    [
        ({"sections": ["header", "skills"]}, "does not list 'other'"),
        ({"sections": []}, "do not agree on sections.onnx"),
        ({"sections": None}, "malformed"),
        ({"format": 1}, "do not agree on sections.onnx"),
    ],
)
def test_settings_that_do_not_fit_the_layer(
    folder: Path, settings: dict[str, Any], message: str
) -> None:
    change(folder, **settings)
    with pytest.raises(ModelError, match=message):
        read_config(folder)


def _sha256(content: bytes) -> str:
    import hashlib

    return hashlib.sha256(content).hexdigest()
