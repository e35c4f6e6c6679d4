"""Several masked texts read together -> numbers: a cross-encoder (Nogueira and Cho 2019)."""

from collections.abc import Sequence
from pathlib import Path

from shortlist.encoding.batches import Progress
from shortlist.encoding.folder import read_config
from shortlist.encoding.loaded import LoadedModel
from shortlist.encoding.runtimes import Vectors
from shortlist.encoding.tokens import Chunk
from shortlist.records import MaskedText


class CrossEncoder(LoadedModel):
    """A loaded model that reads texts side by side and answers with numbers, not with a vector.

    Its model folder is that of an encoder, but for what stands behind the pooling. An answer
    depends on the texts and the model folder; not on the other texts, their order or their number.
    Of a group that is longer than the model reads, the end is left out.
    """

    @classmethod
    def load(cls, folder: Path) -> "CrossEncoder":
        """Return the model of a folder. Only the settings are read until it is asked.

        Raises:
            ModelError: the folder is not a model folder of the format that this version reads.
        """
        return cls(folder, read_config(folder))

    def read(
        self, groups: Sequence[Sequence[MaskedText]], *, progress: Progress = lambda share: None
    ) -> Vectors:
        """Return what the model says of groups of texts: float32 [groups, outputs].

        Args:
            groups: the texts of each group, in the order in which the model was trained on them.
            progress: told the share that is done.

        Raises:
            ModelError: a text was masked under another policy than the model was trained on, or
                the model folder is damaged.
        """
        return self._computed([self._chunk(group) for group in groups], progress)

    def _chunk(self, group: Sequence[MaskedText]) -> Chunk:
        self._check_policy(group)
        return self._tokenizer.side_by_side([text.text for text in group], self.config.max_tokens)
