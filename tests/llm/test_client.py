"""The client, against a real server on this machine."""

import socket

import pytest

from llm.endpoint import endpoint
from shortlist.errors import ConfigError
from shortlist.llm import Client

SECRET = "Mina Okonjo baked rye bread"
MESSAGES = [{"role": "user", "content": SECRET}]
SCHEMA = {"type": "object", "properties": {"score": {"type": "integer"}}}


def test_an_answer_comes_back_as_text() -> None:
    with endpoint(lambda request: (200, "a baker")) as server:
        assert Client(server.url, "tiny").complete(MESSAGES) == "a baker"
    (request,) = server.requests
    assert request["path"] == "/v1/chat/completions"
    assert (request["model"], request["messages"]) == ("tiny", MESSAGES)
    assert (request["temperature"], request["seed"]) == (0, 0)
    assert "response_format" not in request


def test_a_schema_is_asked_for() -> None:
    with endpoint(lambda request: (200, '{"score": 3}')) as server:
        assert Client(server.url, "tiny").complete(MESSAGES, SCHEMA) == '{"score": 3}'
    asked = server.requests[0]["response_format"]
    assert asked["type"] == "json_schema"
    assert asked["json_schema"]["schema"] == SCHEMA


@pytest.mark.parametrize(
    "status, said",
    [(401, "OPENAI_API_KEY"), (404, "no such model"), (422, "refused with status 422")],
)
def test_a_refusal_names_the_endpoint_and_quotes_nothing(status: int, said: str) -> None:
    with endpoint(lambda request: (status, SECRET)) as server:
        with pytest.raises(ConfigError, match=said) as raised:
            Client(server.url, "tiny").complete(MESSAGES)
        assert server.url in str(raised.value)
        assert "Okonjo" not in str(raised.value)


def test_an_empty_answer_is_refused() -> None:
    nothing = pytest.raises(ConfigError, match="answered with nothing")
    with endpoint(lambda request: (200, "")) as server, nothing:
        Client(server.url, "tiny").complete(MESSAGES)


def test_a_server_that_is_not_there_is_one_line() -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    with pytest.raises(ConfigError, match="no server answers there"):
        Client(f"http://127.0.0.1:{port}/v1", "tiny").complete(MESSAGES)


def test_a_page_and_what_is_no_url_are_no_endpoint() -> None:
    no_endpoint = pytest.raises(ConfigError, match="no OpenAI-compatible endpoint")
    with endpoint(lambda request: (200, "<html>Welcome</html>")) as server, no_endpoint:
        Client(server.url, "tiny").complete(MESSAGES)
    for url in ("http://localhost:abc/v1", "localhost", "file:///etc"):
        with pytest.raises(ConfigError, match="no OpenAI-compatible endpoint"):
            Client(url, "tiny").complete(MESSAGES)
