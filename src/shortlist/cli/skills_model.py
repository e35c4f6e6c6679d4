"""The language model that options name: at an endpoint, in a folder, or in a recipe."""

from pathlib import Path
from typing import TYPE_CHECKING

from shortlist.errors import ConfigError

if TYPE_CHECKING:
    from shortlist.llm.skill_scorer import Model

ENDPOINT = "http://localhost:11434/v1"


def language_model(model: str | None, endpoint: str, adapter: Path | None) -> "Model":
    """Return the language model that the options name.

    Raises:
        ConfigError: none is named, or an adapter goes with no folder.
    """
    if not model:
        raise ConfigError("--scorer llm: name a model, as in --llm phi3:mini or --llm ./folder")
    if Path(model).is_dir():
        from shortlist.llm.tuning import LocalModel

        return LocalModel(model, str(adapter or ""))
    if adapter:
        raise ConfigError(f"--adapter: goes with a folder, and --llm {model} is none")
    from shortlist.llm import Client

    return Client(endpoint, model)


def trained_model(config: Path, adapter: Path | None) -> "Model":
    """Return the base model of a recipe, with an adapter or that of the recipe."""
    from shortlist.config import load
    from shortlist.llm.tuning import LocalModel, Tuning

    settings = load(Tuning, config, ())
    return LocalModel(settings.base, str(adapter or settings.adapter), four_bit=settings.four_bit)
