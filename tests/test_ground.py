"""What holds for the whole tree: light imports, exported names, pages whose code runs."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

import shortlist
from shortlist.errors import MissingExtra, ShortlistError, require

ROOT = Path(__file__).parent.parent
HEAVY = (
    "torch",
    "onnxruntime",
    "openvino",
    "pandas",
    "sklearn",
    "scipy",
    "pypdfium2",
    "docx",
    "lxml",
    "wordfreq",
    "tokenizers",
    "rich",
    "jinja2",
)


def loaded_after(statement: str) -> set[str]:
    """The heavy modules that a fresh interpreter holds after a statement."""
    code = f"import sys\n{statement}\nprint(*[m for m in {HEAVY!r} if m in sys.modules])"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    return set(run.stdout.split("\n")[-2].split())


def test_importing_the_library_loads_nothing_heavy() -> None:
    assert loaded_after("import shortlist") == set()


def test_help_loads_nothing_heavy() -> None:
    statement = "from shortlist.cli import cli; cli(['--help'], standalone_mode=False)"
    assert loaded_after(statement) == set()


def test_using_an_exported_name_loads_it() -> None:
    for name in shortlist.__all__:
        assert getattr(shortlist, name) is not None


def test_an_unknown_name_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="nothing_here"):
        shortlist.nothing_here  # noqa: B018


def test_a_missing_extra_names_the_command_that_installs_it() -> None:
    with pytest.raises(MissingExtra, match=r"pip install 'shortlist\[fast\]'"):
        require("fast", "a_module_nobody_wrote")


def test_every_error_is_a_shortlist_error() -> None:
    from shortlist import errors

    raised = [e for e in vars(errors).values() if isinstance(e, type) and issubclass(e, Exception)]
    assert all(issubclass(e, ShortlistError) for e in raised)


def blocks(language: str) -> list[tuple[str, str]]:
    """(page and line, code) of each fenced block of a language in the README and the docs."""
    found = []
    for page in [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]:
        text = page.read_text("utf-8")
        for block in re.finditer(rf"^```{language}\n(.*?)^```", text, re.DOTALL | re.MULTILINE):
            line = text.count("\n", 0, block.start()) + 1
            found.append((f"{page.relative_to(ROOT)}:{line}", block[1]))
    return found


@pytest.fixture
def newcomer(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder like the root of the repository, where a newcomer types what the pages say."""
    (tmp_path / "examples").symlink_to(ROOT / "examples")
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.parametrize("place, code", blocks("python"))
def test_python_blocks_run(place: str, code: str, newcomer: Path) -> None:
    run = subprocess.run(
        [sys.executable, "-W", "error", "-c", code], capture_output=True, text=True
    )
    assert run.returncode == 0, f"{place}\n{run.stderr}"


@pytest.mark.parametrize("place, code", blocks("sh"))
def test_commands_in_the_pages_run(place: str, code: str, newcomer: Path) -> None:
    code = code.replace("\\\n", " ")
    commands = [line for line in code.splitlines() if line.startswith("shortlist ")]
    for command in commands:
        shell = command.replace("shortlist", f"{sys.executable} -m shortlist", 1)
        run = subprocess.run(shell, shell=True, capture_output=True, text=True)
        assert run.returncode == 0, f"{place}: {command}\n{run.stderr}"


def test_coverage_names_modules_and_tests_that_exist() -> None:
    text = (ROOT / "docs" / "coverage.md").read_text("utf-8")
    rows = [line for line in text.splitlines() if line.startswith("|") and "`" in line]
    missing = [
        path
        for row in rows
        for path in re.findall(r"`((?:src|tests|benchmarks|runs|docs|examples)/[^`*]+)`", row)
        if not (ROOT / path).exists()
    ]
    assert not missing


def test_every_command_is_in_the_coverage_page() -> None:
    from shortlist.cli import COMMANDS

    text = (ROOT / "docs" / "coverage.md").read_text("utf-8")
    assert [name for name in COMMANDS if f"`{name}" not in text] == []


def test_files_stay_short() -> None:
    sources = sorted((ROOT / "src").rglob("*.py"))
    long = [str(p) for p in sources if len(p.read_text("utf-8").splitlines()) > 400]
    assert long == []


def test_every_resume_text_stays_out_of_the_language_we_avoid() -> None:
    pages = [ROOT / "README.md", *(ROOT / "docs").glob("*.md"), *(ROOT / "src").rglob("*.py")]
    avoided = re.compile(r"debias|unbiased|fair model", re.IGNORECASE)
    exempt = {ROOT / "docs" / "language.md"}
    found = [str(p) for p in pages if p not in exempt and avoided.search(p.read_text("utf-8"))]
    assert found == []
