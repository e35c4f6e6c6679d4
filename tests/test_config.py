"""Settings from a file and from words."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

import pytest

from shortlist.config import load
from shortlist.errors import ConfigError


@dataclass(frozen=True)
class Inner:
    rate: float = 0.1
    names: tuple[str, ...] = ()

    def faults(self) -> Iterator[str]:
        if self.rate <= 0:
            yield "rate: must be above 0"


@dataclass(frozen=True)
class Outer:
    steps: int = 3
    kind: Literal["a", "b"] = "a"
    quick: bool = False
    limit: int | None = None
    shares: dict[str, float] = field(default_factory=dict)
    inner: Inner = Inner()


def test_defaults_then_the_file_then_words(tmp_path: Path) -> None:
    file = tmp_path / "x.toml"
    file.write_text('steps = 5\nkind = "b"\n[inner]\nnames = ["x"]\n')
    words = ["steps=7", "inner.rate=1", "shares={top=2.5}", "limit=4", "quick=true"]
    found = load(Outer, file, words)
    assert found == Outer(7, "b", True, 4, {"top": 2.5}, Inner(1.0, ("x",)))
    assert isinstance(found.inner.rate, float)
    assert load(Outer) == Outer()


def test_a_word_that_is_no_toml_is_a_text() -> None:
    assert load(Outer, None, ["kind=b"]).kind == "b"


def test_all_faults_are_listed_at_once(tmp_path: Path) -> None:
    file = tmp_path / "x.toml"
    file.write_text(
        'step = 5\nkind = "c"\nquick = 1\nlimit = "x"\n[inner]\nrate = 0\nnames = [1]\n'
    )
    with pytest.raises(ConfigError) as error:
        load(Outer, file, ["noequals", "steps.more=1"])
    message = str(error.value)
    for part in (
        "step: no such setting; did you mean steps?", "kind: 'c' is not one of a, b",
        "quick: 1 is not true or false", "limit: 'x' is not a whole number",
        "inner.names[0]: 1 is not a text", "noequals: write KEY=VALUE",
        "steps: {'more': 1} is not a whole number",
    ):  # fmt: skip
        assert part in message, part
    with pytest.raises(ConfigError, match=r"inner\.rate: must be above 0"):
        load(Outer, None, ["inner.rate=-1"])


def test_true_is_no_number() -> None:
    with pytest.raises(ConfigError, match="steps: True is not a whole number"):
        load(Outer, None, ["steps=true"])


@pytest.mark.parametrize(
    ("text", "message"), [(None, "cannot be read"), ("a = ", "not TOML"), ("inner = 3", "a table")]
)
def test_files_that_are_no_settings(tmp_path: Path, text: str | None, message: str) -> None:
    file = tmp_path / "x.toml"
    if text is not None:
        file.write_text(text)
    with pytest.raises(ConfigError, match=message):
        load(Outer, file)
