"""Near misses by a model: from a band of ranks, without what may fit."""

from pathlib import Path

import pytest
from click.testing import CliRunner

from invented_categories import write
from shortlist.cli import cli
from shortlist.dataset import Dataset, read_dataset
from shortlist.errors import ConfigError
from shortlist.records import Judgment
from shortlist.training.mining import MiningSettings, mined
from tiny_tower import tiny_encoder

RESUMES = {f"r{n}": f"{'nurse ' * n}{'python ' * (20 - n)}warehouse" for n in range(20)}
JOBS = {"j": "nurse " * 20 + "warehouse"}
DATA = Dataset("d", JOBS, RESUMES, (Judgment("j", "r19", 1.0),))


def ranked(model) -> list[str]:
    job = model.encode(list(JOBS.values()))[0]
    close = model.encode(list(RESUMES.values())) @ job
    return [f"r{n}" for n in sorted(range(20), key=lambda n: -close[n])]


def test_negatives_come_from_the_band(tmp_path: Path) -> None:
    model = tiny_encoder(str(tmp_path / "base"))
    found = mined(DATA, {}, model, MiningSettings((0.25, 0.35), margin=0.0, per_pair=5))
    order = [name for name in ranked(model) if name != "r19"]
    assert found
    assert all(judgment.grade == 0.0 for judgment in found)
    assert {order.index(judgment.resume) for judgment in found} <= {4, 5, 6, 7}


def test_what_is_as_close_as_a_pair_that_fits_is_left_out(tmp_path: Path) -> None:
    model = tiny_encoder(str(tmp_path / "base"))
    job = model.encode(JOBS["j"])
    least = 0.9 * float(model.encode(RESUMES["r19"]) @ job)
    settings = MiningSettings((0.0, 1.0), margin=0.1, per_pair=20)
    for judgment in mined(DATA, {}, model, settings):
        assert float(model.encode(RESUMES[judgment.resume]) @ job) <= least + 1e-5


def test_resumes_of_a_category_that_fits_are_left_out(tmp_path: Path) -> None:
    model = tiny_encoder(str(tmp_path / "base"))
    category = {name: "NURSE" if int(name[1:]) > 9 else "DEVELOPER" for name in RESUMES}
    settings = MiningSettings((0.0, 1.0), margin=0.0, per_pair=20)
    found = mined(DATA, category, model, settings)
    assert all(category[judgment.resume] == "DEVELOPER" for judgment in found)


def test_nothing_is_mined_without_pairs_that_fit(tmp_path: Path) -> None:
    model = tiny_encoder(str(tmp_path / "base"))
    assert mined(Dataset("d", JOBS, RESUMES), {}, model, MiningSettings()) == []


def test_bands_and_margins_that_make_no_sense_are_refused() -> None:
    for band in ((0.4, 0.3), (-0.1, 0.3), (0.5, 1.5)):
        with pytest.raises(ConfigError, match="--band"):
            MiningSettings(band)
    with pytest.raises(ConfigError, match="--margin"):
        MiningSettings(margin=1.0)


def test_the_command_adds_near_misses(tmp_path: Path) -> None:
    tiny_encoder(str(tmp_path / "base")).save(str(tmp_path / "model"))
    sources = list(map(str, write(tmp_path)))
    (tmp_path / "m.toml").write_text('ACCOUNTANT = ["accountant"]\nNURSE = ["nurse"]\n')
    counts = []
    for name, options in (("plain", []), ("mined", ["--mine", str(tmp_path / "model")])):
        out = tmp_path / name
        arguments = ["data", "build", *sources, "--mapping", str(tmp_path / "m.toml")]
        options = [*options, "--band", "0.1,0.5", "--margin", "0"] if options else []
        run = CliRunner().invoke(
            cli, [*arguments, *options, "--out", str(out)], catch_exceptions=False
        )
        assert run.exit_code == 0
        counts.append(sum(judgment.grade == 0 for judgment in read_dataset(out).judgments))
    assert counts[1] > counts[0]
