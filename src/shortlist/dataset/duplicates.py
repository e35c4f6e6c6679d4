"""Texts that are the same, or nearly: MinHash over runs of words.

Near-duplicates share at least `SIMILAR` of their distinct runs of five words (Jaccard similarity;
Broder 1997, "On the resemblance and containment of documents"). Candidates come from 128 minimal
hashes in 32 bands of 4, which find a pair at 0.8 with a chance above 0.9999; each candidate is then
compared exactly, so that nothing is called a near-duplicate by chance.
"""

import hashlib
import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import combinations, pairwise

import numpy as np
from numpy.typing import NDArray

HashArray = NDArray[np.uint64]

SIMILAR = 0.8
RUN = 5
BANDS, ROWS = 32, 4


def fingerprint(text: str) -> str:
    """Return what two texts share if they differ in white space and Unicode form only."""
    plain = " ".join(unicodedata.normalize("NFC", text).split())
    return hashlib.sha256(plain.encode("utf-8", "surrogatepass")).hexdigest()


def same_texts(texts: Mapping[str, str]) -> list[list[str]]:
    """Return the groups of ids whose texts are the same, each of at least two."""
    groups: dict[str, list[str]] = defaultdict(list)
    for name, text in texts.items():
        groups[fingerprint(text)].append(name)
    return [group for group in groups.values() if len(group) > 1]


def near_duplicates(texts: Mapping[str, str]) -> list[list[str]]:
    """Return groups of ids whose texts are the same or nearly, each of at least two.

    Being a near-duplicate is taken to carry over: if a is near b and b near c, the three are one
    group. Texts without a word are left out.
    """
    names = list(texts)
    hashes = [_runs(text) for text in texts.values()]
    parent = list(range(len(names)))
    for a, b in _candidates(hashes):
        root_a, root_b = _root(parent, a), _root(parent, b)
        if root_a != root_b and _jaccard(hashes[a], hashes[b]) >= SIMILAR:
            parent[root_b] = root_a
    groups: dict[int, list[str]] = defaultdict(list)
    for i, name in enumerate(names):
        groups[_root(parent, i)].append(name)
    return [group for group in groups.values() if len(group) > 1]


def _runs(text: str) -> HashArray:
    """The distinct runs of five words (or the whole of a shorter text), as 64-bit hashes."""
    words = re.findall(r"\w+", text.lower())
    if not words:
        return np.zeros(0, np.uint64)
    codes = np.array([_word(word) for word in words], np.uint64)
    length = min(RUN, len(codes))
    run = np.zeros(len(codes) - length + 1, np.uint64)
    for step in range(length):
        run = _mix(run ^ codes[step : len(codes) - length + 1 + step])
    return np.unique(run)


@lru_cache(maxsize=2**18)
def _word(word: str) -> int:
    return int.from_bytes(hashlib.blake2b(word.encode(), digest_size=8).digest(), "little")


def _mix(values: HashArray) -> HashArray:
    """Scramble 64-bit numbers (the finaliser of splitmix64)."""
    values = (values ^ (values >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    values = (values ^ (values >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return values ^ (values >> np.uint64(31))


def _candidates(hashes: Sequence[HashArray]) -> Iterator[tuple[int, int]]:
    """Pairs of texts that share a whole band of minimal hashes."""
    odd = _mix(np.arange(1, BANDS * ROWS + 1, dtype=np.uint64)) | np.uint64(1)
    buckets: dict[tuple[int, bytes], list[int]] = defaultdict(list)
    for i, of_text in enumerate(hashes):
        if len(of_text):
            least = (odd[:, None] * of_text).min(axis=1)  # the runs are well mixed already
            for band, rows in enumerate(least.reshape(BANDS, ROWS)):
                buckets[band, rows.tobytes()].append(i)
    for bucket in buckets.values():
        yield from combinations(bucket, 2) if len(bucket) < 50 else _chain(bucket)


def _chain(bucket: Sequence[int]) -> Iterator[tuple[int, int]]:
    """In a crowded bucket, each text against the first and against its neighbour."""
    yield from ((bucket[0], other) for other in bucket[1:])
    yield from pairwise(bucket)


def _jaccard(a: HashArray, b: HashArray) -> float:
    shared = len(np.intersect1d(a, b, assume_unique=True))
    return shared / (len(a) + len(b) - shared)


def _root(parent: list[int], i: int) -> int:
    while parent[i] != i:
        parent[i] = parent[parent[i]]
        i = parent[i]
    return i
