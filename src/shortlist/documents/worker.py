"""The process in which files are parsed that could be hostile: it is killed if it takes too long.

Jobs come in on standard input and answers go out on standard output, each as a frame: its length
in eight bytes, then its content. A job is a frame of JSON and a frame with the file; an answer is
JSON, so that no parser gone wrong can make the parent run anything.
"""

import json
import os
import struct
import sys
from dataclasses import asdict
from typing import IO

from shortlist.documents.limits import Limits
from shortlist.documents.parsing import parsed
from shortlist.errors import DocumentError

LENGTH = struct.Struct(">Q")


def send(stream: IO[bytes], content: bytes) -> None:
    """Write a frame."""
    stream.write(LENGTH.pack(len(content)))
    stream.write(content)
    stream.flush()


def receive(stream: IO[bytes]) -> bytes:
    """Return the next frame.

    Raises:
        EOFError: the other side has ended.
    """
    (length,) = LENGTH.unpack(_exactly(stream, LENGTH.size))
    return _exactly(stream, length)


def _exactly(stream: IO[bytes], length: int) -> bytes:
    content = stream.read(length)
    if len(content) < length:
        raise EOFError
    return content


def main() -> None:
    """Answer jobs until standard input ends."""
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # what a library prints must not get between the answers
    send(answers, b"{}")  # ready
    while True:
        try:
            job = json.loads(receive(sys.stdin.buffer))
        except EOFError:
            return
        limits = Limits(**job["limits"])
        _bound_memory(limits)
        data = receive(sys.stdin.buffer)
        send(answers, json.dumps(_answer(data, job["suffix"], job["id"], limits)).encode())


def _answer(data: bytes, suffix: str, id: str, limits: Limits) -> dict[str, object]:
    try:
        return {"document": asdict(parsed(data, suffix, id, limits))}
    except DocumentError as error:
        return {"reason": str(error)}


def _bound_memory(limits: Limits) -> None:
    """Have the system end this process, not the machine, when a file takes too much memory."""
    if sys.platform != "linux":  # elsewhere the limit is not kept, or not there
        return
    import resource

    _, hard = resource.getrlimit(resource.RLIMIT_AS)
    resource.setrlimit(resource.RLIMIT_AS, (limits.memory_bytes, hard))


if __name__ == "__main__":
    main()
