"""A client of any endpoint that speaks the OpenAI protocol: vLLM, llama.cpp, Ollama, a paid one."""

import os
from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import urlsplit

import openai
from openai.types.chat import ChatCompletion

from shortlist.errors import ConfigError

Message = Mapping[str, str]
"""`{"role": "system" | "user" | "assistant", "content": "..."}`"""

TIMEOUT = 120.0
"""Seconds that an answer may take."""


class Client:
    """One model at one endpoint.

    A key for the endpoint is taken from the environment variable OPENAI_API_KEY; local servers
    need none.

    Example:
        client = Client("http://localhost:8000/v1", "qwen3-8b")
        answer = client.complete([{"role": "user", "content": "One word for a cook?"}])
    """

    def __init__(self, url: str, model: str, *, timeout: float = TIMEOUT) -> None:
        self.url = url
        self.model = model
        self._timeout = timeout

    def complete(
        self,
        messages: Sequence[Message],
        schema: Mapping[str, Any] | None = None,
        *,
        temperature: float = 0.0,
        seed: int = 0,
    ) -> str:
        """Return the model's answer to messages.

        Servers differ in how far temperature 0 and a seed make an answer repeat itself: none
        promises it.

        Args:
            messages: the conversation so far.
            schema: a JSON schema that the answer is asked to follow. Not every server enforces it,
                so the caller checks what comes back.
            temperature: 0 for the likeliest answer; higher values vary it.
            seed: of the variation.

        Raises:
            ConfigError: the endpoint cannot be reached, refuses, or answers with nothing. The
                message holds no text of the conversation.
        """
        if not _is_url(self.url):
            raise ConfigError(f"{self.url}: {_NO_ENDPOINT}")
        asked: dict[str, Any] = {"model": self.model, "messages": list(messages)}
        if schema is not None:
            form = {"name": "answer", "schema": dict(schema), "strict": True}
            asked["response_format"] = {"type": "json_schema", "json_schema": form}
        try:
            with self._connected() as client:
                reply = client.chat.completions.create(**asked, temperature=temperature, seed=seed)
        except openai.OpenAIError as error:
            raise ConfigError(f"{self.url}: {_reason(error)}") from error
        if not isinstance(reply, ChatCompletion):  # a page of some other server
            raise ConfigError(f"{self.url}: {_NO_ENDPOINT}")
        content = reply.choices[0].message.content if reply.choices else None
        if not content:
            raise ConfigError(f"{self.url}: model {self.model} answered with nothing; try another")
        return str(content)

    def _connected(self) -> openai.OpenAI:
        """Return a client for one request, which leaves no connection open."""
        key = os.environ.get("OPENAI_API_KEY") or "none"
        return openai.OpenAI(base_url=self.url, api_key=key, timeout=self._timeout, max_retries=1)


_NO_ENDPOINT = "no OpenAI-compatible endpoint; a URL usually ends in /v1"


def _is_url(text: str) -> bool:
    try:
        parts = urlsplit(text)
        return parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
    except ValueError:  # its port is no number
        return False


def _reason(error: openai.OpenAIError) -> str:
    """Return what went wrong and what to do; a server's own words may quote the conversation."""
    if isinstance(error, openai.APITimeoutError):
        return f"no answer within {TIMEOUT:g} seconds; try a smaller model"
    if isinstance(error, openai.APIConnectionError):
        return "no server answers there; start one or name another URL"
    if isinstance(error, openai.AuthenticationError):
        return "the server wants a key; put it in OPENAI_API_KEY"
    if isinstance(error, openai.NotFoundError):
        return "no such model or path; a URL usually ends in /v1"
    if isinstance(error, openai.APIStatusError):
        return f"the server refused with status {error.status_code}"
    return f"the answer could not be read ({type(error).__name__})"
