"""Language models: they word what was computed, and give scores that are never used to rank."""

from shortlist.errors import require

require("llm", "openai")

from shortlist.llm.client import Client  # noqa: E402
from shortlist.llm.skill_scorer import LlmScorer  # noqa: E402

__all__ = ["Client", "LlmScorer"]
