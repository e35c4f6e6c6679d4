"""A real HTTP server on this machine that answers as an OpenAI-compatible endpoint does."""

import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

Answer = Callable[[dict[str, Any]], tuple[int, str]]
"""A request's JSON -> status and, for 200, the content of the answer; or a page of HTML."""


class Endpoint(ThreadingHTTPServer):
    """Keeps the requests that it was asked; `url` is what a client is given."""

    def __init__(self, answer: Answer) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.answer = answer
        self.requests: list[dict[str, Any]] = []

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}/v1"


class _Handler(BaseHTTPRequestHandler):
    def do_POST(self) -> None:
        server = self.server
        assert isinstance(server, Endpoint)
        request = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        server.requests.append({"path": self.path, **request})
        status, content = server.answer(request)
        message = {"role": "assistant", "content": content}
        choice = {"index": 0, "message": message, "finish_reason": "stop"}
        reply: dict[str, Any] = {"id": "1", "object": "chat.completion", "created": 0}
        reply |= {"model": request["model"], "choices": [choice]}
        page = content.startswith("<")
        body = json.dumps(reply if status == 200 else {"error": {"message": content}}).encode()
        body = content.encode() if page else body
        self.send_response(status)
        self.send_header("Content-Type", "text/html" if page else "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


@contextmanager
def endpoint(answer: Answer) -> Iterator[Endpoint]:
    """Yield an endpoint that lives as long as the block."""
    server = Endpoint(answer)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
