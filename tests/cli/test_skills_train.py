"""`shortlist skills data`, then `train`: from nothing to an adapter, on a toy."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from llm import toy
from shortlist.cli import cli, main
from shortlist.config import load
from shortlist.llm.tuning import Tuning

pytestmark = pytest.mark.filterwarnings("ignore:.*is deprecated and will be removed in v6")

RECIPES = sorted((Path(__file__).parents[2] / "runs").glob("skills-*.toml"))


def run(*arguments: str) -> str:
    result = CliRunner().invoke(cli, ["skills", *arguments], catch_exceptions=False)
    assert result.exit_code == 0, result.output
    return result.stdout


def test_from_generated_data_to_a_merged_model(tmp_path: Path) -> None:
    data, sft, dpo = (str(tmp_path / name) for name in ("data", "sft", "dpo"))
    run("data", data, "--skills", "python,java", "--n", "10")
    text = (tmp_path / "data" / "resumes.jsonl").read_text()
    base = toy.save(tmp_path / "base", text)
    recipe = tmp_path / "recipe.toml"
    recipe.write_text(f'base = "{base}"\nsteps = 1\nbatch = 1\naccumulation = 1\n')
    common = ["--config", str(recipe), "--data", data]
    assert run("train", "sft", *common, "--out", sft).strip() == f"{sft}/adapter"
    run("train", "dpo", *common, "--out", dpo, "--set", f"adapter={sft}/adapter")
    assert json.loads((tmp_path / "dpo" / "settings.json").read_text())["stage"] == "dpo"
    run("train", "merge", dpo, "--to", str(tmp_path / "merged"))
    resume = tmp_path / "resume.txt"
    resume.write_text("EXPERIENCE\n- Built reports in Python\n")
    scored = run(
        *[str(resume), "--skills", "python", "--format", "json", "--samples", "1"],
        *["--scorer", "llm", "--llm", str(tmp_path / "merged")],
    )
    assert json.loads(scored)["scores"][0]["skill"] == "python"


def test_recipes_are_settings() -> None:
    assert len(RECIPES) >= 3
    for recipe in RECIPES:
        assert load(Tuning, recipe).base


@pytest.mark.parametrize(
    "override, said",
    [("rnk=3", "rnk: no such setting; did you mean rank?"), ("rank=big", "is not a whole number")],
)
def test_a_wrong_setting_is_named(
    override: str, said: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    arguments = ["--config", str(RECIPES[0]), "--data", str(tmp_path), "--out", str(tmp_path / "o")]
    with pytest.raises(SystemExit) as stop:
        main(["skills", "train", "sft", *arguments, "--set", override])
    assert stop.value.code == 2
    assert said in capsys.readouterr().err
