"""Layers that compute quickly compute what stock layers compute."""

import copy
from pathlib import Path

import pytest
import torch
from peft import LoraConfig, get_peft_model
from sentence_transformers import SentenceTransformer
from torch import nn

from shortlist.training.base import load_base
from shortlist.training.quick import ATTENTION, Dropout, Low, attention, dropped, quicken
from shortlist.training.towers import merged
from shortlist.training.trainable import prepare
from training.tiny_base import recipe


@pytest.fixture
def stock(base: Path) -> SentenceTransformer:
    """A prepared model as it comes, with additions that are not zero."""
    settings = recipe(base, "model.dropout=0.5", "model.layers=1").model
    model = load_base(settings)
    prepare(model, settings)
    torch.manual_seed(0)
    for name, weights in model.named_parameters():
        if "lora_B" in name:
            torch.nn.init.normal_(weights, std=0.2)
    return model


def features() -> dict[str, torch.Tensor]:
    ids = torch.arange(1, 41).reshape(4, 10) % 30
    mask = (torch.arange(10)[None, :] < torch.tensor([10, 7, 3, 1])[:, None]).long()
    return {"input_ids": ids, "attention_mask": mask}


def test_vectors_and_gradients_are_those_of_stock_layers(stock: SentenceTransformer) -> None:
    quick = copy.deepcopy(stock)
    quicken(quick[0].model)
    assert sum(type(module) is Low for module in quick.modules()) == 6
    towards = torch.randn(4, 32)
    for model in (stock, quick):
        model.eval()
        (model(features())["sentence_embedding"] * towards).sum().backward()
    pairs = zip(stock.named_parameters(), quick.named_parameters(), strict=True)
    learning = [(name, a.grad, b.grad) for (name, a), (_, b) in pairs if a.requires_grad]
    assert len(learning) == 12
    for name, mine, theirs in learning:
        torch.testing.assert_close(mine, theirs, atol=1e-5, rtol=1e-4, msg=name)
    one, other = (merged(model)(features())["sentence_embedding"] for model in (stock, quick))
    torch.testing.assert_close(one, other, atol=1e-6, rtol=0)


def test_gradients_in_bfloat16_are_those_of_float32_but_for_rounding(
    stock: SentenceTransformer,
) -> None:
    quicken(stock[0].model)
    towards = torch.randn(4, 32)
    found = []
    for mixed in (False, True):
        stock.zero_grad()
        with torch.autocast("cpu", torch.bfloat16, enabled=mixed):
            loss = (stock.eval()(features())["sentence_embedding"].float() * towards).sum()
        loss.backward()
        grads = [w.grad.flatten() for w in stock.parameters() if w.grad is not None]
        assert all(grad.dtype == torch.float32 for grad in grads)
        found.append(torch.cat(grads))
    assert torch.cosine_similarity(*found, dim=0) > 0.995


def test_frozen_weights_are_turned_once_and_again_when_they_change() -> None:
    layer = get_peft_model(
        nn.Sequential(nn.Linear(8, 8)), LoraConfig(target_modules=["0"], r=2)
    ).base_model.model[0]
    layer.__class__ = Low
    with torch.autocast("cpu", torch.bfloat16):
        first = layer(torch.ones(1, 8))
        kept = layer._other[1]
        layer(torch.ones(1, 8))
        assert layer._other[1] is kept
        with torch.no_grad():
            layer.base_layer.weight.zero_()
        assert not torch.equal(layer(torch.ones(1, 8)), first)


@pytest.mark.parametrize("kind", [torch.float32, torch.bfloat16])
@pytest.mark.parametrize("rate", [0.1, 0.5, 0.9])
def test_dropout_keeps_its_share_its_mean_and_its_gradient(kind: torch.dtype, rate: float) -> None:
    torch.manual_seed(0)
    value = torch.ones(100_001, dtype=kind, requires_grad=True)
    found = dropped(value, rate)
    found.float().sum().backward()
    assert value.grad is not None
    assert torch.equal(found, value.grad)  # of ones, where the gradient is the mask times its scale
    assert sorted(found.unique().tolist()) == pytest.approx([0, 1 / (1 - rate)], rel=5e-3)
    assert float((found == 0).float().mean()) == pytest.approx(rate, abs=0.01)  # 6 errors


def test_dropout_is_drawn_from_the_generator_and_is_off_outside_training() -> None:
    layer, value = Dropout(0.3), torch.randn(7, 33)
    torch.manual_seed(5)
    first, second = layer(value), layer(value)
    torch.manual_seed(5)
    assert torch.equal(layer(value), first)
    assert not torch.equal(first, second)
    assert torch.equal(layer.eval()(value), value)
    assert torch.equal(Dropout(0.0)(value), value)


def test_neighbouring_numbers_are_dropped_independently() -> None:
    torch.manual_seed(0)
    gone = (dropped(torch.ones(400_000), 0.5) == 0).double()
    for apart in range(1, 5):
        together = float((gone[:-apart] * gone[apart:]).mean())
        assert together == pytest.approx(0.25, abs=0.005), apart


def test_attention_with_dropout_reads_shares_of_which_some_are_dropped() -> None:
    torch.manual_seed(0)
    query, key = torch.randn(2, 2, 3, 6, 4).unbind()
    mask = torch.ones(2, 1, 1, 6, dtype=torch.bool)
    mask[1, :, :, 4:] = False
    value = torch.eye(6).expand(2, 3, 6, 6)
    whole, _ = attention(nn.Module(), query, key, value, mask, dropout=0.0)
    some, _ = attention(nn.Module(), query, key, value, mask, dropout=0.25)
    assert whole.shape == some.shape == (2, 6, 3, 6)
    assert not some[1, :, :, 4:].any()
    kept = some > 0
    torch.testing.assert_close(some[kept], whole[kept] / 0.75, rtol=1e-4, atol=1e-6)
    assert 0 < int((~kept[0]).sum()) < 54


def test_a_quick_model_says_which_attention_it_has_and_saves_as_any_other(
    stock: SentenceTransformer, tmp_path: Path
) -> None:
    quicken(stock[0].model)
    assert stock[0].model.get_base_model().config._attn_implementation == ATTENTION
    merged(stock).save(str(tmp_path / "saved"), create_model_card=False)
    loaded = SentenceTransformer(str(tmp_path / "saved"), device="cpu")
    assert loaded[0].model.config._attn_implementation == "sdpa"
    torch.testing.assert_close(
        loaded(features())["sentence_embedding"], stock.eval()(features())["sentence_embedding"]
    )
