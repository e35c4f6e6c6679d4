"""Each term of the loss: its value by hand, and that it moves what it should and nothing else."""

import copy
import math

import pytest
import torch
from torch import Tensor
from torch.nn.functional import normalize

from shortlist.training.adversary import (
    Adversary,
    AttributeHead,
    Discriminators,
    group_loss,
    reversed_gradient,
)
from shortlist.training.contrastive import Contrastive
from shortlist.training.distillation import TEMPERATURE, score_loss, similarity_loss
from shortlist.training.match import Calibrated, match_loss
from shortlist.training.mmd import min_diff, mmd
from shortlist.training.rates import gap, group_means, odds, parity


def learnable(*values: float) -> Tensor:
    return torch.tensor(values, dtype=torch.float64, requires_grad=True)


def number(tensor: Tensor) -> float:
    return float(tensor.detach())


def gradient(loss: Tensor, of: Tensor) -> Tensor:
    (found,) = torch.autograd.grad(loss, of)
    return found


ALL = torch.ones(2, 2, dtype=torch.bool)


def test_contrastive_by_hand() -> None:
    cosine = torch.tensor([[0.9, 0.1], [0.3, 0.5]], dtype=torch.float64, requires_grad=True)
    loss = Contrastive(0.5)(cosine, ALL, ALL)

    def one(own: float, other: float) -> float:
        return -math.log(math.exp(own / 0.5) / (math.exp(own / 0.5) + math.exp(other / 0.5)))

    to_resumes = (one(0.9, 0.1) + one(0.5, 0.3)) / 2
    to_jobs = (one(0.9, 0.3) + one(0.5, 0.1)) / 2
    assert number(loss) == pytest.approx((to_resumes + to_jobs) / 2)
    assert (gradient(loss, cosine) != 0).all()


def test_what_is_not_allowed_is_no_negative() -> None:
    cosine = torch.tensor([[0.9, 0.1], [0.3, 0.5]], requires_grad=True)
    none = torch.zeros(2, 2, dtype=torch.bool)
    assert number(Contrastive(0.5)(cosine, none, none)) == pytest.approx(0, abs=1e-6)


def test_a_hard_negative_counts_against_its_job_only() -> None:
    cosine = torch.tensor([[0.9, 0.1, 0.8], [0.3, 0.5, 0.2]], requires_grad=True)
    allowed = torch.tensor([[False, True, True], [True, False, False]])
    found = gradient(Contrastive(0.1)(cosine, allowed, ALL), cosine)
    assert found[0, 2] > 0
    assert found[1, 2] == 0


def test_a_temperature_is_learned_where_asked() -> None:
    cosine = torch.tensor([[0.9, 0.1], [0.3, 0.5]])
    learning, fixed = Contrastive(0.05, learn=True), Contrastive(0.05)
    assert learning.temperature == pytest.approx(0.05)
    learning(cosine, ALL, ALL).backward()
    assert learning.log_scale.grad is not None and learning.log_scale.grad != 0
    assert not fixed.log_scale.requires_grad


def test_match_is_cross_entropy_of_the_sigmoid() -> None:
    cosine = learnable(0.5, -0.2)
    calibrated = Calibrated(slope=4.0, intercept=-1.0)
    loss = match_loss(calibrated(cosine), torch.tensor([True, False]))
    p, q = (1 / (1 + math.exp(-(4 * c - 1))) for c in (0.5, -0.2))
    assert number(loss) == pytest.approx(-(math.log(p) + math.log(1 - q)) / 2, rel=1e-5)
    assert (gradient(loss, cosine) != 0).all()


def test_fairness_terms_cannot_flatten_the_calibration() -> None:
    cosine = learnable(0.5, -0.2)
    calibrated = Calibrated()
    calibrated.fixed(cosine).sum().backward()
    assert calibrated.log_slope.grad is None and calibrated.intercept.grad is None
    assert cosine.grad is not None and (cosine.grad != 0).all()


GROUP = torch.tensor([0, 0, 1, 1])


def test_group_means_leave_out_who_is_unknown() -> None:
    probability = torch.tensor([0.2, 0.4, 0.9, 0.7])
    assert group_means(probability, torch.tensor([0, 0, -1, 1]), 3).tolist() == pytest.approx(
        [0.3, 0.7]
    )


def test_parity_and_gaps_by_hand() -> None:
    probability = learnable(0.2, 0.4, 0.9, 0.7)
    assert number(parity(probability, GROUP, 2)) == pytest.approx(0.125)  # of 0.3 and 0.8
    assert number(gap(probability, GROUP, 2)) == pytest.approx(0.5)
    for term in (parity, gap):
        found = gradient(term(probability, GROUP, 2), probability)
        assert (found[:2] < 0).all() and (found[2:] > 0).all()


def test_odds_look_at_fitting_and_other_pairs_apart() -> None:
    probability = learnable(0.2, 0.4, 0.9, 0.7)
    fits = torch.tensor([True, False, True, False])
    wanted = (0.7**2 + 0.3**2) / 2  # variances of (0.2, 0.9) and (0.4, 0.7)
    assert number(odds(probability, GROUP, 2, fits)) == pytest.approx(wanted)
    assert (gradient(odds(probability, GROUP, 2, fits), probability) != 0).all()


@pytest.mark.parametrize("term", [parity, gap])
def test_equal_groups_and_single_groups_cost_nothing(term) -> None:  # type: ignore[no-untyped-def]
    equal = learnable(0.2, 0.8, 0.8, 0.2)
    assert number(term(equal, GROUP, 2)) == pytest.approx(0)
    alone = term(equal, torch.zeros(4, dtype=torch.long), 2)
    assert number(alone) == 0
    alone.backward()  # still a part of the graph


def test_mmd_by_hand_and_zero_for_equal_samples() -> None:
    a, b = learnable(0.1, 0.3), learnable(0.1, 0.3)
    assert number(mmd(a, b)) == pytest.approx(0, abs=1e-12)
    one, other = learnable(0.0), learnable(0.1)
    assert number(mmd(one, other, 0.1)) == pytest.approx(2 - 2 * math.exp(-0.5))
    assert gradient(mmd(one, other, 0.1), one) < 0  # moving up brings them together


def test_min_diff_compares_within_fitting_pairs_and_within_others() -> None:
    score = learnable(0.9, 0.8, 0.9, 0.8, 0.1, 0.2, 0.5, 0.6)
    group = torch.tensor([0, 0, 1, 1, 0, 0, 1, 1])
    fits = torch.tensor([True] * 4 + [False] * 4)
    found = gradient(min_diff(score, group, 2, fits), score)
    assert found[:4].abs().max() < 1e-9  # the fitting pairs of both groups are alike
    assert (found[4:] != 0).all()
    assert number(min_diff(score, torch.zeros_like(group), 2, fits)) == 0


def test_a_reversed_gradient_is_the_gradient_turned_around() -> None:
    value = learnable(1.0, -2.0)
    assert gradient((reversed_gradient(value) ** 2).sum(), value).tolist() == [-2.0, 4.0]


VECTORS = normalize(torch.randn(6, 8, generator=torch.Generator().manual_seed(0)), dim=-1)
LABELS = torch.tensor([0, 1, 2, 0, 1, -1])


def test_the_two_phases_of_the_adversary_touch_one_side_each() -> None:
    torch.manual_seed(0)
    adversary = Adversary(8, 3, 16)
    vectors = VECTORS.clone().requires_grad_()
    adversary.discriminate(vectors, LABELS).backward()
    assert vectors.grad is None
    assert all(p.grad is not None for p in adversary.parameters())
    adversary.zero_grad(set_to_none=True)
    adversary.deceive(vectors, LABELS).backward()
    assert vectors.grad is not None and (vectors.grad[:5] != 0).any()
    assert (vectors.grad[5] == 0).all()  # nobody knows its group
    assert all(p.grad is None for p in adversary.parameters())


def test_the_discriminator_steps_first_and_the_encoder_meets_it_as_it_then_is() -> None:
    torch.manual_seed(0)
    both = Discriminators(8, (3, 3), 16)
    both.set_rate(0.05, decay=0.0, clip=1.0)
    plain = copy.deepcopy(both)
    vectors = VECTORS.clone().requires_grad_()
    groups = torch.stack([LABELS, LABELS.flip(0)])
    before = both.learn(vectors, groups)
    assert vectors.grad is None and not before.requires_grad
    losses = [one.discriminate(VECTORS, of) for one, of in zip(plain, groups, strict=True)]
    assert number(before) == pytest.approx(number(torch.stack(losses).mean().detach()))
    stepped = torch.optim.AdamW(plain.parameters(), lr=0.05, weight_decay=0.0)
    torch.stack(losses).mean().backward()
    torch.nn.utils.clip_grad_norm_(plain.parameters(), 1.0)
    stepped.step()
    for mine, theirs in zip(both.parameters(), plain.parameters(), strict=True):
        torch.testing.assert_close(mine, theirs)
        assert mine.grad is None
    found = gradient(both.deceive(1, vectors, groups[1]), vectors)
    straight = VECTORS.clone().requires_grad_()
    wanted = gradient(group_loss(plain[1].layers(straight), groups[1]), straight)
    torch.testing.assert_close(found, -wanted)


def test_the_state_of_the_discriminators_optimizer_goes_on() -> None:
    torch.manual_seed(0)
    first = Discriminators(8, (3,), 16)
    first.learn(VECTORS, LABELS[None])
    other = copy.deepcopy(first)
    other.optimizer = torch.optim.AdamW(other.parameters())
    other.remember(first.remembered())
    for one in (first, other):
        one.learn(VECTORS, LABELS[None])
    for mine, theirs in zip(first.parameters(), other.parameters(), strict=True):
        assert torch.equal(mine, theirs)
    assert Discriminators(8, (), 16).remembered() == {}


def test_the_adversary_pushes_the_encoder_up_its_own_loss() -> None:
    torch.manual_seed(0)
    adversary = Adversary(8, 3, 16)
    vectors = VECTORS.clone().requires_grad_()
    adversary.deceive(vectors, LABELS).backward()
    moved = vectors.detach() - 0.01 * vectors.grad  # what an optimizer does
    assert adversary.deceive(moved, LABELS) > adversary.deceive(vectors, LABELS)


def test_the_adversary_has_an_output_for_each_group_and_learns_from_one_vector() -> None:
    adversary = Adversary(8, 5, 16).train()
    assert adversary.layers(VECTORS).shape == (6, 5)
    assert torch.isfinite(adversary.discriminate(VECTORS[:1], torch.tensor([4])))
    assert number(adversary.discriminate(VECTORS[:1], torch.tensor([-1])).detach()) == 0


def test_the_attribute_head_is_not_reversed() -> None:
    torch.manual_seed(0)
    head = AttributeHead(8, 3, 16)
    vectors = VECTORS.clone().requires_grad_()
    head(vectors, LABELS).backward()
    moved = vectors.detach() - 0.01 * vectors.grad
    assert head(moved, LABELS) < head(vectors, LABELS)


def test_distillation_is_zero_for_the_teacher_itself() -> None:
    teacher = torch.tensor([[0.9, 0.1], [0.2, 0.6]], dtype=torch.float64)
    student = torch.tensor([[0.5, 0.4], [0.2, 0.6]], dtype=torch.float64, requires_grad=True)
    assert number(similarity_loss(teacher, teacher)) == pytest.approx(0)
    assert number(score_loss(teacher, teacher)) == 0
    assert number(score_loss(student, teacher)) == pytest.approx((0.4**2 + 0.3**2) / 4)
    p = torch.softmax(teacher[0] / TEMPERATURE, 0)
    q = torch.softmax(student[0] / TEMPERATURE, 0)
    wanted = (p * (p / q).log()).sum() / 2
    assert number(similarity_loss(student, teacher)) == pytest.approx(number(wanted))
    assert (gradient(similarity_loss(student, teacher), student)[0] != 0).all()
