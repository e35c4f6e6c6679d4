"""`shortlist info`: what is installed, which model and where the cache is."""

import json
import platform
import re
from importlib import metadata, resources
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

import click

from shortlist import __version__
from shortlist.cli.options import format_option, model_option

if TYPE_CHECKING:
    from shortlist.encoding import Encoder

_PACKAGES = (
    "numpy",
    "onnxruntime",
    "openvino",
    "tokenizers",
    "bm25s",
    "wordfreq",
    "pypdfium2",
    "python-docx",
    "lxml",
)
"""Those whose version can change what is read or scored."""


@click.command()
@model_option
@format_option("text", "json")
def info(model: Path | None, output: Literal["text", "json"]) -> None:
    """Show versions, extras, runtimes, the model, the cache, policies and lexicons.

    \b
    Examples:
      shortlist info
      shortlist info --format json
    """
    from shortlist.encoding import Encoder

    facts = _facts(Encoder.load(model))
    if output == "json":
        click.echo(json.dumps(facts, indent=2, ensure_ascii=False))
        return
    for topic, values in facts.items():
        click.echo(f"{topic}:")
        for name, value in values.items():
            click.echo(f"  {name:<14} {_shown(value)}")


def _facts(encoder: "Encoder") -> dict[str, dict[str, Any]]:
    """Return topic -> name -> value."""
    from shortlist.encoding import VectorCache
    from shortlist.masking import POLICIES

    encoder.check()
    cache = VectorCache.open()
    return {
        "versions": {
            "shortlist": __version__,
            "python": platform.python_version(),
            "platform": platform.platform(terse=True),
            **{name: _version(name) for name in _PACKAGES},
        },
        "extras": _extras(),
        "runtimes": {"onnxruntime": "float32, the default", "openvino": _openvino()},
        "model": {
            "base": encoder.config.base_model,
            "fingerprint": encoder.fingerprint,
            "folder": str(encoder.folder),
            "bytes": sum(path.stat().st_size for path in encoder.folder.iterdir()),
            "reads": encoder.policy or "text masked under any policy",
        },
        "cache": {
            "file": None if cache.path is None else str(cache.path),
            "bytes": cache.size,
            "limit": cache.limit,
        },
        "masking": {"policies": list(POLICIES), "lexicons": _lexicons("masking")},
        "extraction": {"lexicons": _lexicons("extraction")},
    }


def _shown(value: object) -> str:
    if isinstance(value, list):
        return ", ".join(value)
    if isinstance(value, int):
        return f"{value:,}"
    return "none" if value is None else str(value)


def _version(package: str) -> str | None:
    try:
        return metadata.version(package)
    except metadata.PackageNotFoundError:
        return None


def _extras() -> dict[str, str]:
    """Return extra -> `installed`, or the command that installs it."""
    packages: dict[str, list[str]] = {}
    for requirement in metadata.requires("shortlist") or []:
        if found := re.match(r"([\w.-]+).*extra == ['\"](\w+)['\"]", requirement):
            packages.setdefault(found[2], []).append(found[1])
    return {
        extra: "installed" if all(map(_version, names)) else f"pip install 'shortlist[{extra}]'"
        for extra, names in packages.items()
        if extra != "dev"
    }


def _openvino() -> str:
    from shortlist.encoding.runtimes import openvino_precision
    from shortlist.errors import MissingExtra

    try:
        return f"{openvino_precision()} on this processor"
    except MissingExtra as error:
        return str(error)


def _lexicons(stage: str) -> list[str]:
    folder = resources.files(f"shortlist.{stage}") / "lexicons"
    return sorted(Path(entry.name).stem for entry in folder.iterdir() if entry.is_file())
