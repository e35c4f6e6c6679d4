"""The order of pairs: shuffled, balanced between groups, or with minorities in every batch."""

import logging
from collections.abc import Iterator, Mapping
from itertools import cycle

import numpy as np
from torch.utils.data import Sampler

from shortlist.errors import ConfigError
from shortlist.training.corpus import Corpus, Integers, Reals
from shortlist.training.settings import DataSettings

_log = logging.getLogger(__name__)


class Batches(Sampler[list[int]]):
    """Batches of rows, which are fitting pairs by their place in `rows`, drawn anew each epoch.

    Every batch is full, so that processes can share it evenly; the rows left over at the end of an
    epoch are others in the next one.
    """

    def __init__(
        self, rows: Integers, corpus: Corpus, batch: int, settings: DataSettings, seed: int
    ):
        """Make batches of at most `batch` rows.

        Raises:
            ConfigError: a batch is too small to hold a row of each minority group.
        """
        self.batch_size = min(batch, len(rows))
        self.drop_last = True
        self.epoch = 0
        self.seed = seed
        self._count = len(rows)
        self._order = settings.order
        self._group = joint_groups(corpus)[corpus.resume[rows]]
        self._prior = _priors(corpus, settings.priors)[corpus.resume[rows]]
        self._minorities = _minorities(self._group) if settings.order == "minority" else []
        if len(self._minorities) > self.batch_size:
            raise ConfigError(
                f"optimizer.batch: {self.batch_size} rows cannot hold one of each of "
                f"{len(self._minorities)} minority groups"
            )

    def __len__(self) -> int:
        return self._count // self.batch_size

    def set_epoch(self, epoch: int) -> None:
        """Draw as in this epoch, counted from 0."""
        self.epoch = epoch

    def __iter__(self) -> Iterator[list[int]]:
        rng = np.random.default_rng([self.seed, self.epoch])
        _log.info("epoch %d: %s order, seed %d", self.epoch + 1, self._order, self.seed)
        if self._order == "minority":
            return self._with_minorities(rng)
        if self._order == "balanced":
            return self._cut(balanced(self._group, self._prior, rng))
        return self._cut(rng.permutation(self._count))

    def _cut(self, rows: Integers) -> Iterator[list[int]]:
        for number in range(len(self)):
            yield rows[number * self.batch_size : (number + 1) * self.batch_size].tolist()

    def _with_minorities(self, rng: np.random.Generator) -> Iterator[list[int]]:
        queues = [cycle(rng.permutation(rows).tolist()) for rows in self._minorities]
        rest = cycle(rng.permutation(self._count).tolist())
        for _ in range(len(self)):
            batch = dict.fromkeys(next(queue) for queue in queues)
            while len(batch) < self.batch_size:
                batch.setdefault(next(rest))
            yield list(batch)


def balanced(group: Integers, prior: Reals, rng: np.random.Generator) -> Integers:
    """Return as many rows as there are, drawn with replacement by prior over the group's size."""
    weight = prior / np.bincount(group)[group]
    return rng.choice(len(group), len(group), p=weight / weight.sum())


def joint_groups(corpus: Corpus) -> Integers:
    """Return a code for each resume's combination of groups over all attributes, from 0."""
    if not corpus.groupings:
        return np.zeros(len(corpus.resumes), np.int64)
    table = np.column_stack([grouping.codes for grouping in corpus.groupings])
    return np.unique(table, axis=0, return_inverse=True)[1].reshape(-1)


def _priors(corpus: Corpus, priors: Mapping[str, float]) -> Reals:
    result = np.ones(len(corpus.resumes))
    named = set()
    for grouping in corpus.groupings:
        named |= set(grouping.names)
        of_code = np.array([*(priors.get(name, 1.0) for name in grouping.names), 1.0])
        result *= of_code[grouping.codes]  # NOBODY is the last one
    if unknown := sorted(priors.keys() - named):
        raise ConfigError(f"data.priors: no group is called {', '.join(unknown)}")
    return result


def _minorities(group: Integers) -> list[Integers]:
    """Return the rows of each group that is not larger than the median group."""
    names, sizes = np.unique(group, return_counts=True)
    if len(names) < 2:
        return []
    small = names[sizes <= np.median(sizes)]
    return [np.flatnonzero(group == name) for name in small]
