"""Rows, their order, and the tensors of a batch."""

from collections import Counter
from itertools import chain
from pathlib import Path

import numpy as np
import pytest
import torch

from shortlist.encoding.tokens import Tokenizer
from shortlist.masking import Masker
from shortlist.records import Document
from shortlist.training.base import load_base
from shortlist.training.batch import NONE, PREFIX, Collator
from shortlist.training.corpus import Corpus, Reader
from shortlist.training.order import Batches, balanced
from shortlist.training.settings import DataSettings
from shortlist.training.vectors import Chunks, Vectorizer
from training.tiny_base import recipe


def batches(corpus: Corpus, size: int = 4, **settings: object) -> Batches:
    rows = np.flatnonzero(corpus.fits)
    return Batches(rows, corpus, size, DataSettings(attributes=("tier",), **settings), 5)  # type: ignore[arg-type]


def collator(corpus: Corpus, **settings: int) -> Collator:
    rows = np.flatnonzero(corpus.fits)
    return Collator(rows, corpus, DataSettings(**settings), batches(corpus))  # type: ignore[arg-type]


def group_of(corpus: Corpus, row: int) -> str:
    pair = np.flatnonzero(corpus.fits)[row]
    grouping = corpus.groupings[0]
    return grouping.names[grouping.codes[corpus.resume[pair]]]


def test_a_shuffled_epoch_holds_every_row_once_and_the_next_is_another(corpus: Corpus) -> None:
    order = batches(corpus)
    first = list(order)
    assert sorted(chain(*first)) == list(range(16))
    assert first == list(order)  # the same epoch again
    order.set_epoch(1)
    assert list(order) != first


def test_rows_that_fill_no_batch_wait_for_another_epoch(corpus: Corpus) -> None:
    order = batches(corpus, size=5)
    assert [len(batch) for batch in order] == [5, 5, 5]
    assert len(list(batches(corpus, size=99))) == 1


def test_balanced_draws_groups_by_prior_over_size() -> None:
    group = np.array([0] * 900 + [1] * 90 + [2] * 10)
    prior = np.where(group == 2, 3.0, 1.0)
    drawn = [balanced(group, prior, np.random.default_rng(seed)) for seed in range(20)]
    share = np.bincount(group[np.concatenate(drawn)]) / 20_000
    assert share == pytest.approx([0.2, 0.2, 0.6], abs=0.02)


def test_each_batch_holds_every_minority_group(corpus: Corpus) -> None:
    order = batches(corpus, size=3, order="minority")
    for epoch in range(3):
        order.set_epoch(epoch)
        for batch in order:
            groups = Counter(group_of(corpus, row) for row in batch)
            assert groups["top"] and groups["none"]  # 4 of 16 each; the others are 8
            assert len(set(batch)) == 3


def test_priors_change_the_balance(corpus: Corpus) -> None:
    order = batches(corpus, size=16, order="balanced", priors={"top": 50.0})
    (batch,) = list(order)
    assert Counter(group_of(corpus, row) for row in batch)["top"] > 8


def test_a_batch_says_who_is_whose(corpus: Corpus) -> None:
    make = collator(corpus, hard_negatives=3)
    batch = make([{"row": 0}, {"row": 5}])
    pairs = np.flatnonzero(corpus.fits)[[0, 5]]
    assert batch[PREFIX + "job_key"].tolist() == corpus.job[pairs].tolist()
    assert batch[PREFIX + "resume_key"].tolist() == corpus.resume[pairs].tolist()
    against = {
        (int(j), int(r))
        for j, r, g in zip(corpus.job, corpus.resume, corpus.grade, strict=True)
        if g == 0
    }
    for job, resumes in zip(
        batch[PREFIX + "job_key"], batch[PREFIX + "negatives_key"], strict=True
    ):
        assert len({(int(job), int(resume)) for resume in resumes} & against) == 3
    lengths = batch[PREFIX + "attention_mask"].sum(1).tolist()
    assert lengths == sorted(lengths, reverse=True)


def test_where_negatives_run_out_places_stay_empty(corpus: Corpus) -> None:
    found = collator(corpus, hard_negatives=6)([{"row": 0}])[PREFIX + "negatives_key"]
    assert (found == NONE).sum() == 2


def test_negatives_and_chunks_are_drawn_anew_each_epoch_and_never_within(corpus: Corpus) -> None:
    make = collator(corpus, hard_negatives=1)
    rows = [{"row": row} for row in range(16)]
    first = make(rows)[PREFIX + "negatives_key"]
    assert torch.equal(first, make(rows)[PREFIX + "negatives_key"])
    make._order.set_epoch(1)
    assert not torch.equal(first, make(rows)[PREFIX + "negatives_key"])


def test_texts_are_cut_as_they_are_when_served(base: Path, tmp_path: Path) -> None:
    settings = recipe(base, "model.mask_policy=standard", "model.resume_prefix='about '").model
    text = "Ann Smith\nann@example.org\n\n" + "python software developer. " * 30
    (read,) = Reader(load_base(settings), settings).read({"a": text}, "resume")
    masked = Masker("standard")(Document("a", text))
    served = Tokenizer(base / "tokenizer.json", settings.chunk_tokens)
    assert read.text == masked.text and "Ann" not in read.text
    assert [list(read.chunks)] == served.chunks([masked.text], "about ")
    assert len(read.chunks) > 1


def test_a_text_vector_is_the_one_that_encoder_makes(corpus: Corpus, base: Path) -> None:
    """The mean of chunks by tokens: computed here by hand."""
    model = load_base(recipe(base).model).eval()
    ids = [(2, 5, 6, 7, 3), (2, 9, 3)]
    chunks = Chunks(
        torch.tensor([ids[0], (*ids[1], 0, 0)]),
        torch.tensor([[1] * 5, [1, 1, 1, 0, 0]]),
        torch.tensor([0, 0]),
        torch.tensor([0]),
        torch.tensor([0]),
    )
    with torch.no_grad():
        (vector,) = Vectorizer(64)(model, chunks)
        apart = [
            model({"input_ids": torch.tensor([one]), "attention_mask": torch.ones(1, len(one))})
            for one in ids
        ]
    mean = 5 * apart[0]["sentence_embedding"][0] + 3 * apart[1]["sentence_embedding"][0]
    assert torch.allclose(vector, mean / mean.norm(), atol=1e-6)


@pytest.mark.parametrize("at_once", [1, 30, 10_000])
def test_vectors_do_not_depend_on_how_many_go_at_a_time(
    corpus: Corpus, base: Path, at_once: int
) -> None:
    model = load_base(recipe(base).model).eval()
    batch = collator(corpus, hard_negatives=1)([{"row": row} for row in range(6)])
    chunks = Chunks.of({name.removeprefix(PREFIX): value for name, value in batch.items()})
    with torch.no_grad():
        whole = Vectorizer(10**6)(model, chunks)
        parts = Vectorizer(at_once)(model, chunks)
    assert torch.allclose(whole, parts, atol=1e-5)
    assert sum(part.stop - part.start for part in chunks.parts(at_once)) == len(chunks.owner)
