"""Random numbers go on where they were."""

import random
from pathlib import Path

import numpy as np
import torch

from shortlist.training.remembered import restore_randomness, save_randomness


def drawn() -> list[float]:
    gauss = [random.gauss(0, 1), float(np.random.normal()), float(torch.randn(()))]
    return [*gauss, random.random(), float(np.random.random()), float(torch.rand(()))]


def test_random_numbers_go_on_where_they_were(tmp_path: Path) -> None:
    """Also where one of a pair of normal numbers is still kept."""
    for seed in range(3):
        drawn() if seed else None
        save_randomness(tmp_path, seed)
        wanted = [drawn() for _ in range(3)]
        drawn()
        restore_randomness(tmp_path, seed)
        assert [drawn() for _ in range(3)] == wanted


def test_a_process_that_wrote_nothing_down_keeps_its_own(tmp_path: Path) -> None:
    before = torch.get_rng_state()
    restore_randomness(tmp_path, 7)
    assert torch.equal(torch.get_rng_state(), before)
