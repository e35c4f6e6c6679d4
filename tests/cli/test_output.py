"""Results are written whole or not at all."""

from pathlib import Path

import pytest

from shortlist.cli.output import deliver
from shortlist.errors import ConfigError


def test_a_result_goes_to_standard_output(capsys: pytest.CaptureFixture[str]) -> None:
    deliver("ä\n", None)
    assert capsys.readouterr().out == "ä\n"


def test_a_file_is_replaced_and_nothing_else_is_left(tmp_path: Path) -> None:
    out = tmp_path / "result.json"
    out.write_text("old", "utf-8")
    deliver("neu: ä\n", out)
    assert out.read_bytes() == "neu: ä\n".encode()
    assert list(tmp_path.iterdir()) == [out]


def test_a_file_that_cannot_be_written_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="cannot be written"):
        deliver("x", tmp_path / "nowhere" / "result.json")


def test_what_utf_8_cannot_hold_is_an_escape(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    deliver('"\udcff"', None)
    deliver('"\udcff"', tmp_path / "out")
    assert capsys.readouterr().out == (tmp_path / "out").read_text("utf-8") == r'"\udcff"'


def test_a_failure_leaves_no_draft(tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    with pytest.raises(ConfigError, match="cannot be written"):
        deliver("x", tmp_path / "out")
    assert [path.name for path in tmp_path.iterdir()] == ["out"]
