"""A stand-in for the Hub's API on this machine: it keeps what it is sent."""

import base64
import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


class Hub:
    """What was sent."""

    def __init__(self, status: int = 200) -> None:
        self.status = status
        """What every request is answered with."""
        self.address = ""
        self.requests: list[str] = []
        self.tokens: set[str | None] = set()
        self.created: list[dict[str, object]] = []
        self.files: dict[str, bytes] = {}

    def answer(self, path: str, body: bytes) -> dict[str, object]:
        """Return the answer to a request."""
        if path == "/api/repos/create":
            self.created.append(json.loads(body))
            made = self.created[-1]
            return {"url": f"{self.address}/{made['organization']}/{made['name']}"}
        if path.endswith("/preupload/main"):
            sent = json.loads(body)["files"]
            return {
                "files": [
                    {"path": one["path"], "uploadMode": "regular", "shouldIgnore": False}
                    for one in sent
                ]
            }
        if path.endswith("/commit/main"):
            for line in body.splitlines():
                row = json.loads(line)
                if row["key"] == "file":
                    self.files[row["value"]["path"]] = base64.b64decode(row["value"]["content"])
            return {"commitUrl": f"{self.address}/you/matcher/commit/0", "commitOid": "0" * 40}
        return {"id": "you/matcher", "sha": "0" * 40, "siblings": [], "private": True}


@contextmanager
def hub(status: int = 200) -> Iterator[Hub]:
    """Serve a stand-in while the block runs."""
    kept = Hub(status)

    class Handler(BaseHTTPRequestHandler):
        def _reply(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
            kept.requests.append(f"{self.command} {self.path}")
            kept.tokens.add(self.headers.get("Authorization"))
            found = kept.answer(self.path, body) if kept.status == 200 else {"error": "no"}
            data = json.dumps(found).encode()
            self.send_response(kept.status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(data)))
            self.end_headers()
            self.wfile.write(data)

        do_GET = do_POST = do_HEAD = _reply

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    kept.address = f"http://127.0.0.1:{server.server_address[1]}"
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield kept
    finally:
        server.shutdown()
        server.server_close()
