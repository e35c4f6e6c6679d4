"""How much of a file or an archive is read before it is refused."""

from dataclasses import dataclass

MIB = 1 << 20


@dataclass(frozen=True, slots=True)
class Limits:
    """What a document may take. Beyond it the file is refused, with a reason, and never cut."""

    file_bytes: int = 25 * MIB
    """Size of one document."""
    pages: int = 200
    """Pages of a PDF."""
    characters: int = 1_000_000
    """Characters of a document's text."""
    seconds: float = 20.0
    """Time for one document that is parsed in a process of its own."""
    memory_bytes: int = 2048 * MIB
    """Memory for that process, where the system can bound it (Linux)."""
    members: int = 10_000
    """Files in an archive, those of archives within it included."""
    expanded_bytes: int = 1024 * MIB
    """Size of all that an archive or a file of records holds, once unpacked."""
    ratio: float = 200.0
    """How many times its packed size a file in an archive may have."""
    depth: int = 3
    """Archives within archives."""


USUAL = Limits()
