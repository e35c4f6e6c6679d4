"""Language models behind an OpenAI-compatible endpoint: they word what was computed."""

from shortlist.errors import require

require("llm", "openai")

from shortlist.llm.client import Client  # noqa: E402

__all__ = ["Client"]
