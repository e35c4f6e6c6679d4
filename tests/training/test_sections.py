"""Attention over sections: begins as the mean, learns, and is served as it was trained."""

import json
from pathlib import Path

import numpy as np
import onnxruntime
import pytest
import torch
from click.testing import CliRunner
from safetensors.torch import load_file

from shortlist.cli import cli
from shortlist.dataset import Dataset, read_dataset
from shortlist.dataset.groups import read_groups
from shortlist.encoding import Encoder, VectorCache, read_config
from shortlist.encoding.sections import mean_of_parts, sections
from shortlist.errors import ModelError
from shortlist.matcher import Matcher
from shortlist.matcher.whole import KINDS
from shortlist.records import Document
from shortlist.training import Outcome, train
from shortlist.training.base import load_base
from shortlist.training.checkpoints import COMPLETE, complete_checkpoints
from shortlist.training.corpus import Corpus, Reader, read_corpus
from shortlist.training.erasure import fit_erasure
from shortlist.training.kept import export_kept
from shortlist.training.sections import Sections, by_kind, read_sections
from shortlist.training.settings import ModelSettings
from shortlist.training.stages import stage
from shortlist.training.validation import encoded
from shortlist.training.vectors import Vectorizer
from tiny_tower import linear
from training.test_parts import batch, gradients, objective
from training.tiny_base import recipe

SMOKE = Path(__file__).parent.parent / "data/smoke"
TOLERANCE = 0.006
"""How far a similarity may be from that of torch: weights are stored in as few bits as pass the
check of the export (a cosine of 0.9995 of the vectors), and vectors in float16."""

WORDS = ("model.sections=true", "model.mask_policy=standard", "optimizer.head_rate=0.2",
         "optimizer.batch=8", "data.attributes=['school']")  # fmt: skip
WAYS = {
    "plainly": (),
    "with erasures": ("objective.erase=true",),
    "behind a projection": ("model.projection=16", "optimizer.cached_gradients=true"),
    "above kept layers": ("model.layers=1", "optimizer.prefix_cache=true", "data.chunks=12"),
}


@pytest.fixture(scope="module")
def smoke() -> Dataset:
    return read_dataset(SMOKE)


@pytest.fixture(scope="module", params=WAYS)
def outcome(
    request: pytest.FixtureRequest, base: Path, tmp_path_factory: pytest.TempPathFactory
) -> Outcome:
    """A run of some steps, with attention over sections."""
    out = tmp_path_factory.mktemp("sections") / "run"
    return train(recipe(base, *WORDS, *WAYS[request.param]), SMOKE, out)


def some_parts() -> tuple[torch.Tensor, list[str]]:
    kinds = ["header", "skills", "experience", "skills", "introduction", "text", "title", "skills"]
    torch.manual_seed(0)
    return torch.nn.functional.normalize(torch.randn(len(kinds), 32), dim=-1), kinds


def of_two_texts() -> torch.Tensor:
    parts, kinds = some_parts()
    numbers = torch.tensor([KINDS.index(kind) for kind in kinds])
    return by_kind(parts, torch.tensor([0] * 5 + [1] * 3), numbers)


def learned(width: int = 32) -> Sections:
    torch.manual_seed(1)
    layer = Sections(width)
    torch.nn.init.normal_(layer.queries, std=0.3)
    return layer


def test_sections_are_those_of_serving() -> None:
    parts, kinds = some_parts()
    found = of_two_texts()
    for text, some in enumerate((slice(0, 5), slice(5, 8))):
        rows, numbers = sections(parts[some].numpy(), kinds[some], KINDS)
        assert found[text][numbers].numpy() == pytest.approx(rows, abs=1e-6)
        assert int(found[text].any(-1).sum()) == len(numbers)


def test_it_begins_as_the_mean_that_is_served_without_it() -> None:
    parts, kinds = some_parts()
    first, second = Sections(32)(of_two_texts()).detach().numpy()
    assert first == pytest.approx(mean_of_parts(parts[:5].numpy(), kinds[:5]), abs=1e-3)
    assert second == pytest.approx(mean_of_parts(parts[5:].numpy(), kinds[5:]), abs=1e-3)


def test_every_query_of_a_section_that_is_there_has_a_gradient() -> None:
    layer = Sections(32)
    (layer(of_two_texts()) @ torch.randn(32)).sum().backward()
    there = {"header", "skills", "experience", "introduction", "text", "title"}
    assert layer.queries.grad is not None
    found = {kind for kind, row in zip(KINDS, layer.queries.grad, strict=True) if row.any()}
    assert found == there


def test_it_learns_from_the_first_step(base: Path, smoke: Dataset) -> None:
    words = ("model.sections=true", "data.attributes=['school']")
    made = objective(base, _corpus(base, smoke, *words), *words)
    made.sections = Sections(32)
    found = gradients(made, batch(_corpus(base, smoke, *words)))
    assert found["sections.queries"].abs().max() > 1e-4


def _corpus(base: Path, smoke: Dataset, *words: str) -> Corpus:
    settings = recipe(base, *words)
    reader = Reader(load_base(settings.model), settings.model)
    groups = read_groups(SMOKE / "groups.csv")
    return read_corpus(smoke, "train", groups, reader, settings=settings.data)


@pytest.mark.parametrize("erased", [False, True])
def test_the_graph_computes_the_layer(tmp_path: Path, erased: bool) -> None:
    layer = learned()
    if erased:
        layer = layer.with_erasure(linear(32, 32))
    path = tmp_path / "sections.onnx"
    path.write_bytes(layer.graph().SerializeToString())
    session = onnxruntime.InferenceSession(str(path))
    found = of_two_texts()
    wanted = layer(found).detach().numpy()

    def run(vectors: np.ndarray) -> np.ndarray:
        kind = np.tile(np.arange(len(KINDS)), (2, 1))
        mask = found.any(-1).numpy().astype(np.int64)
        (whole,) = session.run(None, {"vectors": vectors, "kind": kind, "mask": mask})
        return whole

    assert run(found.numpy()) == pytest.approx(wanted, abs=1e-5)
    absent = (~found.any(-1, keepdim=True)).float().numpy()
    assert run(found.numpy() + 7 * absent) == pytest.approx(wanted, abs=1e-5)
    again = read_sections(path)(found).detach().numpy()
    assert again == pytest.approx(wanted, abs=1e-6)


def test_a_file_of_other_sections_is_refused(tmp_path: Path) -> None:
    (tmp_path / "sections.onnx").write_bytes(b"no graph")
    with pytest.raises(ModelError, match=r"sections.onnx: cannot be read .*copy the folder"):
        read_sections(tmp_path / "sections.onnx")


def test_it_is_counted_kept_and_written(outcome: Outcome) -> None:
    (share,) = [one for one in outcome.learns if one.part == "attention over sections"]
    assert share.learns == share.all > 0
    (file, *_) = sorted(outcome.folder.glob("epochs/*.safetensors"))
    assert load_file(file)["sections.queries"].abs().max() > 0.01
    (saved, *_) = complete_checkpoints(outcome.folder / "checkpoints")
    assert "sections.queries" in load_file(saved / "learned.safetensors")
    config = read_config(outcome.folder / "best_model")
    assert config.sections == KINDS and "sections.onnx" in config.files
    written = json.loads((outcome.folder / "best_model/config.json").read_text())
    assert written["format"] == 2


def test_rank_gives_the_similarity_of_torch(outcome: Outcome, smoke: Dataset) -> None:
    number = outcome.chosen["best_model"]
    found = stage(outcome.folder / f"epochs/epoch-{number:03d}.safetensors")
    facts = json.loads((outcome.folder / "run.json").read_text())
    reader = Reader(found.served.model, ModelSettings(**facts["settings"]["model"]))
    read = reader.read(smoke.jobs, "job"), reader.read(smoke.resumes, "resume")
    jobs, resumes = (
        encoded(found.served.model, texts, Vectorizer(2048), found.served.sections)
        for texts in read
    )
    place = {text.id: row for row, text in enumerate(read[1])}
    matcher = Matcher.load(outcome.folder / "best_model", cache=VectorCache(None))
    index = matcher.index([Document(*item) for item in smoke.resumes.items()])
    plain = encoded(found.served.model, read[1], Vectorizer(2048), Sections(jobs.shape[1]))
    moved = 0.0
    for text, job in zip(read[0], jobs, strict=True):
        ranking = matcher.rank(Document(text.id, smoke.jobs[text.id]), index)
        for match in ranking.matches:
            served, row = match.parts[2].value, place[match.resume]
            assert served == pytest.approx(max(0.0, float(resumes[row] @ job)), abs=TOLERANCE)
            moved = max(moved, abs(float((resumes[row] - plain[row]) @ job)))
    assert moved > 3 * TOLERANCE  # so that the mean would not have passed


def test_names_and_schools_count_for_nothing(outcome: Outcome, smoke: Dataset) -> None:
    job = Document("job", next(iter(smoke.jobs.values())))
    matcher = Matcher.load(outcome.folder / "best_model", cache=VectorCache(None))
    before = smoke.resumes["resume-01"]
    after = before
    for one, other in (("Alva Brandvik", "Tom Okoro"), ("alva@", "tom@"),
                       ("Eastmoor University", "Harvard University")):  # fmt: skip
        assert one in after
        after = after.replace(one, other)
    matches = [matcher.rank(job, [Document("a", text)]).matches[0] for text in (before, after)]
    assert matches[0].score == matches[1].score and matches[0].parts == matches[1].parts


def test_a_score_depends_on_its_pair_alone(outcome: Outcome, smoke: Dataset) -> None:
    job = Document("job", next(iter(smoke.jobs.values())))
    everyone = [Document(*item) for item in smoke.resumes.items()]
    matcher = Matcher.load(outcome.folder / "best_model", cache=VectorCache(None))
    among_all = {match.resume: match for match in matcher.rank(job, everyone).matches}
    for some in (everyone[3:4], everyone[::-3]):
        for match in matcher.rank(job, some).matches:
            all_ = among_all[match.resume]
            assert (match.score, match.parts) == (all_.score, all_.parts)


def test_a_model_is_exported_from_what_a_run_left(outcome: Outcome, tmp_path: Path) -> None:
    number = outcome.chosen["best_model"]
    sources = {
        "run": outcome.folder,
        "folder": outcome.folder / "best_model",
        "epoch": outcome.folder / f"epochs/epoch-{number:03d}.safetensors",
    }
    wanted = read_sections(outcome.folder / "best_model/sections.onnx")
    for name, source in sources.items():
        parity = export_kept(source, tmp_path / name)
        assert parity.least_whole is not None and parity.least_whole >= 0.9995
        found = read_sections(tmp_path / name / "sections.onnx")
        assert torch.equal(found.queries, wanted.queries)
        assert (found.erasure is None) == (wanted.erasure is None)
        Encoder.load(tmp_path / name).check()


def test_the_command_says_which_forms_lack_it(outcome: Outcome, tmp_path: Path) -> None:
    line = ["export", str(outcome.folder), "--to", str(tmp_path / "out")]
    result = CliRunner().invoke(cli, line, catch_exceptions=False)
    assert result.exit_code == 0
    assert "of whole texts" in result.stdout
    assert "sentence_transformers/ and adapter/ are the encoder without it" in result.stdout


def test_an_export_that_differs_is_refused(
    outcome: Outcome, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    width = read_config(outcome.folder / "best_model").dimension
    other = learned(width).graph()
    monkeypatch.setattr(Sections, "graph", lambda _: other)
    with pytest.raises(ModelError, match="differs from the trained one"):
        export_kept(outcome.folder, tmp_path / "out")
    assert not (tmp_path / "out").exists()


def test_an_erasure_acts_on_the_vector_that_is_scored(base: Path, smoke: Dataset) -> None:
    """After it, no mean over the resumes of a group differs from another's."""
    settings = recipe(base, *WORDS)
    corpus = _corpus(base, smoke, *WORDS)
    model, layer = load_base(settings.model), learned()
    whole = encoded(model, corpus.resumes, Vectorizer(2048), layer)
    map_ = fit_erasure(whole, corpus.groupings)
    (grouping,) = corpus.groupings

    def apart(vectors: np.ndarray) -> float:
        known = grouping.codes >= 0
        means = [vectors[grouping.codes == code].mean(0) for code in set(grouping.codes[known])]
        return max(float(np.linalg.norm(mean - vectors[known].mean(0))) for mean in means)

    with torch.no_grad():
        erased = map_({"sentence_embedding": torch.tensor(whole).float()})["sentence_embedding"]
    assert apart(erased.numpy()) < 1e-4 < apart(whole)
    unit = torch.nn.functional.normalize(erased, dim=-1).numpy()
    served = encoded(model, corpus.resumes, Vectorizer(2048), layer.with_erasure(map_))
    assert served == pytest.approx(unit, abs=2e-3)


def test_an_interrupted_run_goes_on_to_the_same_weights(base: Path, tmp_path: Path) -> None:
    settings = recipe(base, *WORDS, "optimizer.epochs=3", "selection.patience=99")
    whole = train(settings, SMOKE, tmp_path / "whole")
    killed = train(settings, SMOKE, tmp_path / "killed")
    (complete_checkpoints(killed.folder / "checkpoints")[-1] / COMPLETE).unlink()
    again = train(settings, SMOKE, killed.folder, resume=True)
    assert again.history == whole.history
    files = [run / "best_model/sections.onnx" for run in (killed.folder, whole.folder)]
    assert files[0].read_bytes() == files[1].read_bytes()


def test_a_teacher_reads_texts_in_the_same_parts(base: Path, tmp_path: Path) -> None:
    """At the first step a student that is its own teacher has nothing to learn from it."""
    first = train(recipe(base, *WORDS, "optimizer.max_steps=1"), SMOKE, tmp_path / "first")
    more = (f"objective.teacher={str(first.folder / 'best_model')!r}",
            "objective.weights.scores=1", "objective.weights.contrastive=0",
            "optimizer.max_steps=1")  # fmt: skip
    taught = train(recipe(base, *WORDS, *more), SMOKE, tmp_path / "taught")
    assert taught.history.rows[0].losses["scores"] < 0.02
