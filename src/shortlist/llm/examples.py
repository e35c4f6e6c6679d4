"""What a language model learns from: answers to give, and pairs of which one is better."""

from collections.abc import Sequence
from dataclasses import dataclass

from shortlist.llm.client import Message


@dataclass(frozen=True, slots=True)
class Example:
    """A conversation and the answer to give."""

    prompt: Sequence[Message]
    answer: str


@dataclass(frozen=True, slots=True)
class Preference:
    """A conversation, the better answer and the worse one."""

    prompt: Sequence[Message]
    chosen: str
    rejected: str
