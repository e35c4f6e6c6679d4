"""Erasure, selection, weighting, cached gradients, what learns, and distillation."""

from pathlib import Path

import numpy as np
import pytest
import torch
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score

from shortlist.encoding import Encoder
from shortlist.errors import ConfigError, DataError
from shortlist.training import train
from shortlist.training.base import load_base
from shortlist.training.batch import PREFIX, Collator
from shortlist.training.corpus import Corpus, Grouping
from shortlist.training.erasure import fit_erasure
from shortlist.training.objective import Objective
from shortlist.training.order import Batches
from shortlist.training.selection import Epoch, reasons, select, should_stop
from shortlist.training.settings import DataSettings, ObjectiveSettings, SelectionSettings, Weights
from shortlist.training.trainable import prepare, printed
from shortlist.training.trainer import rate_groups
from shortlist.training.vectors import Vectorizer
from shortlist.training.weighting import Weighting
from training.tiny_base import recipe, save_base


def erased(vectors: np.ndarray, *codes: np.ndarray) -> np.ndarray:
    groupings = tuple(
        Grouping(str(i), tuple(map(str, range(int(c.max()) + 1))), c) for i, c in enumerate(codes)
    )
    layer = fit_erasure(vectors, groupings)
    with torch.no_grad():
        return layer.linear(torch.tensor(vectors, dtype=torch.float32)).numpy()


def test_no_linear_classifier_tells_erased_groups() -> None:
    rng = np.random.default_rng(0)
    group, other = rng.integers(0, 3, 600), rng.integers(0, 2, 600)
    vectors = rng.normal(size=(600, 12)) @ rng.normal(size=(12, 12))
    vectors += 2 * rng.normal(size=(3, 12))[group] + rng.normal(size=(2, 12))[other]
    found = erased(vectors, group, other)

    def leak(x: np.ndarray) -> float:
        guess = LogisticRegression(max_iter=2000).fit(x, group == 1).decision_function(x)
        return float(roc_auc_score(group == 1, guess))

    assert leak(vectors) > 0.9
    for codes, groups in ((group, 3), (other, 2)):
        means = [found[codes == code].mean(axis=0) for code in range(groups)]
        assert np.allclose(means[0], means[-1], atol=1e-3)
    assert leak(found) < 0.56
    kept = np.corrcoef(vectors.ravel(), found.ravel())[0, 1]
    assert kept > 0.5  # it moves vectors, and not far


def test_erasure_leaves_out_who_is_unknown_and_needs_two_groups() -> None:
    rng = np.random.default_rng(0)
    vectors = rng.normal(size=(20, 4))
    with pytest.raises(DataError, match="two groups"):
        erased(vectors, np.where(np.arange(20) < 10, 0, -1))


SELECTION = SelectionSettings(gap_threshold=0.12, window=(3, 4), utility_share=0.5, patience=2)


def test_selection_by_fixed_scales() -> None:
    epochs = [
        Epoch(1, 0.50, 0.10),
        Epoch(2, 0.60, 0.30),
        Epoch(3, 0.55, 0.11),
        Epoch(4, 0.52, 0.05),
    ]
    assert select(epochs, SELECTION) == {
        "best_model": 4,  # mixes: 0.70, 0.65, 0.72, 0.735
        "best_fairness_model": 4,
        "best_util_model": 3,
        "window_best_model": 3,
    }


def test_an_early_epoch_can_be_beaten() -> None:
    """In the earlier system an epoch that was best on both sides scored 0 for good."""
    epochs = [Epoch(1, 0.4, 0.3), Epoch(2, 0.5, 0.2), Epoch(3, 0.6, 0.1)]
    for count in (1, 2, 3):
        assert select(epochs[:count], SELECTION)["best_model"] == count


def test_models_that_no_epoch_qualifies_for_say_why() -> None:
    far = [Epoch(1, 0.5, 0.4)]
    chosen = select(far, SELECTION)
    assert chosen["best_util_model"] is None
    assert "no epoch had a gap under 0.12" in reasons(chosen, far, SELECTION)["best_util_model"]
    unknown = [Epoch(1, 0.5, None)]
    chosen = select(unknown, SELECTION)
    assert chosen["best_model"] == 1 and chosen["best_fairness_model"] is None
    assert "no gap could be measured" in reasons(chosen, unknown, SELECTION)["best_fairness_model"]


def test_training_stops_when_neither_side_becomes_better() -> None:
    better = [Epoch(1, 0.5, 0.2), Epoch(2, 0.4, 0.05)]  # the mix
    assert not should_stop([*better, Epoch(3, 0.4, 0.2)], SELECTION)
    assert should_stop([*better, Epoch(3, 0.4, 0.2), Epoch(4, 0.4, 0.2)], SELECTION)
    assert not should_stop([], SELECTION)


def test_weights_warm_up_and_the_adversary_is_capped(caplog: pytest.LogCaptureFixture) -> None:
    settings = ObjectiveSettings(
        Weights(adversary=0.5, parity=1.0), warmup=0.5, adversary_cap=0.3, cap_below=0.9
    )
    weighting = Weighting(settings, steps=20)
    assert (weighting.now("contrastive"), weighting.now("adversary")) == (1.0, 0.0)
    weighting.step = 5
    assert weighting.now("parity") == 0.5
    weighting.step = 20
    weighting.after_epoch(0.05, ndcg=0.6, best=0.61, threshold=0.12)
    assert weighting.now("adversary") == 0.5
    weighting.after_epoch(0.05, ndcg=0.5, best=0.61, threshold=0.12)
    assert weighting.now("adversary") == 0.3
    assert "adversary capped: weight 0.5 -> 0.3" in caplog.text


def objective(base: Path, corpus: Corpus, *words: str, cached: bool = False) -> Objective:
    settings = recipe(base, *words)
    torch.manual_seed(0)
    model = load_base(settings.model)
    prepare(model, settings.model)
    weighting = Weighting(settings.objective, 1)
    weighting.step = 1
    vectorizer = Vectorizer(48, cached_gradients=cached)
    return Objective(
        model, corpus, settings.objective, weighting=weighting, vectorizer=vectorizer
    )  # fmt: skip


def batch(corpus: Corpus, size: int = 8) -> dict[str, torch.Tensor]:
    rows = np.flatnonzero(corpus.fits)
    order = Batches(rows, corpus, size, DataSettings(), 0)
    made = Collator(rows, corpus, DataSettings(hard_negatives=2), order)
    return {
        name.removeprefix(PREFIX): value
        for name, value in made([{"row": row} for row in range(size)]).items()
    }


def gradients(of: Objective, features: dict[str, torch.Tensor]) -> dict[str, torch.Tensor]:
    sum(of([features], None).values()).backward()  # type: ignore[union-attr]
    return {name: p.grad for name, p in of.named_parameters() if p.grad is not None}


def test_cached_gradients_are_the_gradients(base: Path, corpus: Corpus) -> None:
    words = ("objective.weights.match=1", "model.dropout=0.0", "model.method=full")
    plain = gradients(objective(base, corpus, *words), batch(corpus))
    cached = gradients(objective(base, corpus, *words, cached=True), batch(corpus))
    assert plain.keys() == cached.keys() and len(plain) > 10
    assert all(torch.allclose(plain[name], cached[name], atol=1e-5) for name in plain)


def test_dropout_is_the_same_in_both_passes(base: Path, corpus: Corpus) -> None:
    words = ("model.dropout=0.5", "model.method=full")
    found = []
    for cached in (False, True):
        made = objective(base, corpus, *words, cached=cached).train()
        torch.manual_seed(3)
        found.append(gradients(made, batch(corpus)))
    plain, first = found
    assert all(torch.allclose(plain[name], first[name], atol=1e-5) for name in plain)


def test_false_negatives_are_left_out(base: Path, corpus: Corpus) -> None:
    """Same job, same resume, and the same field unless a judgment says that it does not fit."""
    made = objective(base, corpus)
    features = batch(corpus, 16)
    from shortlist.training.objective import _case

    texts = torch.nn.functional.normalize(torch.randn(200, 8), dim=-1)
    case = _case(texts, features)
    allowed = made.allowed(case)
    field = corpus.same[case.resume_key.numpy()]
    fitting = set(zip(corpus.job[corpus.fits], corpus.resume[corpus.fits], strict=True))
    hard = {
        (int(j), int(r))
        for j, r, fits in zip(case.pair_job, case.pair_resume, case.pair_fits, strict=True)
        if not fits
    }
    for row in range(16):
        for column in range(len(case.resumes)):
            pair = int(case.job_key[row]), int(case.resume_key[column])
            alike = field[row] == field[column] and (row, column) not in hard
            assert bool(allowed[row, column]) == (pair not in fitting and not alike)


@pytest.mark.parametrize(
    "name", ["parity", "odds", "gap", "gap_squared", "mmd", "adversary", "attribute"]
)
def test_every_fairness_term_moves_the_encoder(base: Path, corpus: Corpus, name: str) -> None:
    words = ("data.attributes=['tier']", f"objective.weights.{name}=1", "objective.weights.match=1",
             "objective.weights.contrastive=0")  # fmt: skip
    made = objective(base, corpus, *words)
    term = made([batch(corpus, 16)], None)[name]
    assert term.item() > 0
    term.backward()
    moved = [p for n, p in made.model.named_parameters() if p.grad is not None and p.grad.any()]
    assert moved


def test_what_learns_is_counted_and_has_its_rate(base: Path, corpus: Corpus) -> None:
    words = ("model.full_attention=1", "model.layers=1", "model.projection=8")
    made = objective(
        base, corpus, *words, "data.attributes=['tier']", "objective.weights.adversary=1"
    )
    settings = recipe(base, *words)
    shares = prepare(load_base(settings.model), settings.model)
    table = {(share.part, share.method): share.learns for share in shares}
    assert table["encoder.layer.0", "weights"] == table["embeddings", "weights"] == 0
    assert table["encoder.layer.1", "in full"] == 4 * (32 * 32 + 32) + 64
    assert table["encoder.layer.1", "LoRA"] == 2 * 4 * (32 + 64)  # the feed-forward layers
    assert table["projection", "weights"] == 32 * 8 + 8
    assert "encoder.layer.1  in full" in printed(shares)
    rates = {
        group["lr"]
        for group in rate_groups(made, settings.optimizer, ["encoder.layer.0", "encoder.layer.1"])
    }
    assert rates == {1e-2, 3e-5, 2e-4}  # discriminators have an optimizer of their own


def test_the_pooler_gets_no_adapter_and_does_not_learn(base: Path) -> None:
    settings = recipe(base).model
    model = load_base(settings)
    prepare(model, settings)
    names = [name for name, weights in model.named_parameters() if weights.requires_grad]
    assert names and not any("pooler" in name for name in names)


def test_a_student_follows_its_teacher(dataset: Path, base: Path, tmp_path: Path) -> None:
    train(recipe(base, "optimizer.epochs=4"), dataset, tmp_path / "teacher")
    teacher = tmp_path / "teacher/best_model"
    small = save_base(tmp_path / "small", layers=2)
    words = ("objective.weights.contrastive=0", "objective.weights.scores=1",
             "objective.weights.similarity=0.1", f"objective.teacher={str(teacher)!r}",
             "optimizer.epochs=4", "model.method=full", "selection.patience=9")  # fmt: skip
    rows = train(recipe(small, *words), dataset, tmp_path / "student").history.rows
    assert rows[-1].losses["scores"] < rows[0].losses["scores"] / 2
    assert Encoder.load(tmp_path / "student/best_model").dimension == 32


def test_distillation_needs_a_teacher(base: Path) -> None:
    with pytest.raises(ConfigError, match="need a teacher"):
        recipe(base, "objective.weights.scores=1")
