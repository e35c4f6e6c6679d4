"""Text -> the token numbers of its chunks, special tokens and prefix included."""

from collections.abc import Sequence
from pathlib import Path

from shortlist.encoding.chunks import cut
from shortlist.errors import ModelError
from shortlist.records import Span

Chunk = tuple[int, ...]


class Tokenizer:
    """A model's tokenizer, and the length at which a text is cut."""

    def __init__(self, path: Path, chunk_tokens: int) -> None:
        """Read a `tokenizer.json`.

        Raises:
            ModelError: the file is not a tokenizer.
        """
        from tokenizers import Tokenizer as Reader

        try:
            self._reader = Reader.from_file(str(path))
        except Exception as error:  # the package raises nothing narrower
            raise ModelError(f"{path}: not a tokenizer: {error}") from error
        self._reader.no_truncation()
        self._reader.no_padding()
        self._chunk_tokens = chunk_tokens
        self._opening, self._closing = self._special()

    def _special(self) -> tuple[Chunk, Chunk]:
        """Return the special tokens that stand before and after a text."""
        probe = self._reader.encode("a")
        inner = probe.special_tokens_mask.index(0)
        after = len(probe.ids) - probe.special_tokens_mask[::-1].index(0)
        return tuple(probe.ids[:inner]), tuple(probe.ids[after:])

    def chunks(self, texts: Sequence[str], prefix: str) -> list[list[Chunk]]:
        """Return the chunks of every text: none for a text without a token.

        The special tokens of one chunk stand before and after it, and the prefix before its text.
        """
        before = self._opening
        if prefix:
            before += tuple(self._reader.encode(prefix, add_special_tokens=False).ids)
        size = self._chunk_tokens - len(before) - len(self._closing)
        readable = [_readable(text) for text in texts]
        encodings = self._reader.encode_batch(readable, add_special_tokens=False)
        result = []
        for text, tokens in zip(readable, encodings, strict=True):
            numbers = tokens.ids
            pieces = [slice(0, len(numbers))]
            if len(numbers) > size:
                pieces = cut(text, tokens.offsets, size=size)
            result.append(
                [(*before, *numbers[piece], *self._closing) for piece in pieces if numbers]
            )
        return result

    def side_by_side(self, texts: Sequence[str], most: int) -> Chunk:
        """Return a chunk of at most so many tokens that holds all texts, each with its closing."""
        chunk = self._opening
        for text in texts:
            numbers = self._reader.encode(_readable(text), add_special_tokens=False).ids
            chunk += (*numbers, *self._closing)
        if len(chunk) > most:
            chunk = chunk[: most - len(self._closing)] + self._closing
        return chunk

    def unread(self, text: str) -> list[Span]:
        """Return the stretches that there is no token for."""
        unknown = self._reader.token_to_id(getattr(self._reader.model, "unk_token", None) or "")
        tokens = self._reader.encode(_readable(text), add_special_tokens=False)
        return [
            Span(start, end, "unread")
            for number, (start, end) in zip(tokens.ids, tokens.offsets, strict=True)
            if number == unknown
        ]


def _readable(text: str) -> str:
    """Return the text with a `?` for each half of a character, which no tokenizer takes."""
    return text.encode("utf-8", "replace").decode("utf-8")
