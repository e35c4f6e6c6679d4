"""Processes that parse files for this one, so that a file that hangs or crashes costs only itself.

They are programs of their own and not forks: a script needs no `if __name__ == "__main__"`, and
threads of this process may hold whatever locks they like.
"""

import json
import os
import subprocess
import sys
import threading
from contextlib import suppress
from dataclasses import asdict
from queue import Empty, LifoQueue
from typing import Any

from shortlist.documents.limits import Limits
from shortlist.documents.worker import receive, send
from shortlist.errors import DocumentError
from shortlist.records import Document, Finding

PROGRAM = "from shortlist.documents.worker import main; main()"
CRASHED = "its parser crashed or ran out of memory: save it anew, for example by printing to PDF"


class Workers:
    """Processes that are started when they are first needed and end together.

    To be used in a `with` statement; `parse` may be called from several threads at once.
    """

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._idle: LifoQueue[_Worker] = LifoQueue()
        self._started: list[_Worker] = []
        self._starting = threading.Lock()
        self._ended = False

    def __enter__(self) -> "Workers":
        return self

    def __exit__(self, *_: object) -> None:
        with self._starting:
            self._ended = True
            for worker in self._started:
                worker.end()

    def parse(self, data: bytes, suffix: str, id: str) -> Document:
        """Return the document that a file holds, as `parsing.parsed` does.

        Raises:
            DocumentError: it cannot be read, takes too long, or makes its parser crash.
        """
        worker = self._worker()
        answer = worker.answer(data, suffix, id, self._limits)
        self._idle.put(worker)
        if "reason" in answer:
            raise DocumentError(answer["reason"])
        document = answer["document"]
        findings = tuple(Finding(**finding) for finding in document.pop("findings"))
        return Document(**document, findings=findings)

    def _worker(self) -> "_Worker":
        try:
            return self._idle.get_nowait()
        except Empty:
            pass
        with self._starting:
            if self._ended:
                raise DocumentError("not read, since reading was stopped: start again")
            self._started.append(_Worker())
            return self._started[-1]


class _Worker:
    """One process; it is of no more use once it has raised an error."""

    def __init__(self) -> None:
        path = os.pathsep.join(folder for folder in sys.path if folder)
        self._process = subprocess.Popen(
            [sys.executable, "-P", "-c", PROGRAM],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={**os.environ, "PYTHONPATH": path, "OPENBLAS_NUM_THREADS": "1"},
        )
        self._is_ready = False

    def answer(self, data: bytes, suffix: str, id: str, limits: Limits) -> dict[str, Any]:
        """Return what the process says of a file.

        Raises:
            DocumentError: it took too long or crashed.
        """
        assert self._process.stdin is not None and self._process.stdout is not None
        job = json.dumps({"suffix": suffix, "id": id, "limits": asdict(limits)}).encode()
        late = threading.Event()
        try:
            if not self._is_ready:  # starting takes none of the file's time
                receive(self._process.stdout)
                self._is_ready = True
            clock = threading.Timer(limits.seconds, self._kill, (late,))
            clock.start()
            try:
                send(self._process.stdin, job)
                send(self._process.stdin, data)
                return dict(json.loads(receive(self._process.stdout)))
            finally:
                clock.cancel()
        except (EOFError, OSError) as error:
            self.end()
            taken = (
                f"takes longer than {limits.seconds:g} seconds to read: save it anew as PDF or text"
            )
            raise DocumentError(taken if late.is_set() else CRASHED) from error

    def end(self) -> None:
        """End the process and let go of its pipes."""
        self._process.kill()
        self._process.wait()
        for pipe in (self._process.stdin, self._process.stdout):
            with suppress(OSError):  # what was still to be sent cannot be
                assert pipe is not None
                pipe.close()

    def _kill(self, late: threading.Event) -> None:
        late.set()
        self._process.kill()
