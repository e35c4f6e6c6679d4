"""Real resumes and jobs with a group planted in them: what `mitigation.py` trains and tests on.

Every resume exists twice, once as a member of each group: the same text with one section put at
its end. Which version counts is drawn anew for each seed, whatever the person is like, so that
groups are independent of merit, and a gap is a system's own.

* school: one line names a school of the top tier, or of the other. Masking hides it.
* proxies: three lines, a club, a neighbourhood and a phrase, none of which masking hides. They are
  weak: each line is of the other group in `NOISE` of the cases.

Labels that are learned from reject `BIAS` of the fitting resumes of the second group. Those that
are tested on are clean. Resumes and jobs fall into three parts that share none: `train`,
`validation`, which strengths are chosen on, and `test`.
"""

import random
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from importlib.resources import files
from pathlib import Path

import numpy as np
import numpy.typing as npt

from benchmarks.matching import FITTING
from benchmarks.samples import lines, some_of_each
from shortlist.audit.swaps import read_list
from shortlist.encoding import Encoder
from shortlist.masking import Masker
from shortlist.records import Document, MaskedText

Matrix = npt.NDArray[np.float32]
Integers = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]

BIAS = 0.5
"""The share of the fitting resumes of the second group that training labels reject."""
NOISE = 0.15
EXCERPT = 600
"""Characters of a resume that are read. In whole ones, of some 5,600, one section is so small a
part of the mean that a linear layer learns nothing of it: no gap, and nothing to mitigate."""
PARTS = {"train": 0.5, "validation": 0.15, "test": 0.35}
POLICIES = ("none", "standard")
APPLICANTS = (8, 16)
"""Resumes of a job that fit, and that do not: those it has labels for."""

SCHOOLS = Path(str(files("shortlist") / "audit" / "lexicons" / "schools.csv"))

CLUBS = (
    (
        "Captain, Harrow Lane Rowing Crew",
        "Treasurer, Fenwick Hill Polo Association",
        "Member, Alder Point Yachting Society",
        "Secretary, Greenmere Golf and Croquet Club",
        "Organiser, Larkspur Chamber Music Evenings",
        "Member, Thornbury Fencing Circle",
    ),
    (
        "Captain, Eastside Street Basketball League",
        "Treasurer, Quarry Street Domino Club",
        "Member, Millgate Boxing Gym",
        "Secretary, Tidewell Bowling and Darts Club",
        "Organiser, Corner Lot Hip Hop Nights",
        "Member, Railyard Skateboard Crew",
    ),
)
NEIGHBOURHOODS = (
    (
        "Lives beside the marina in Maple Heights",
        "Lives in the gardens of Wisteria Park",
        "Lives on the lakeside drive of Alder Point",
        "Lives in the old villas of Greenmere Hill",
    ),
    (
        "Lives beside the depot in Lower Quarry",
        "Lives in the tower blocks of Millgate",
        "Lives on the ring road at Tidewell Flats",
        "Lives in the terraces of Canal Bottom",
    ),
)
PHRASES = (
    (
        "Spent summers sailing and winters skiing with the family",
        "Travelled Europe for a year before the first position",
        "Keeps bees and a vineyard at the family estate",
        "Raised in a household of surgeons and barristers",
    ),
    (
        "Spent summers and weekends working at the family laundromat",
        "Worked night shifts for a year before the first position",
        "Repairs bikes and radios for the housing estate",
        "Raised in a household of cleaners and bus drivers",
    ),
)


@dataclass(frozen=True)
class World:
    """Texts and their vectors, and what fits; who belongs to which group is drawn by seed.

    `jobs` [J, d]; `resumes`: policy -> [2, R, d], the version of each group; `fits` [J, R];
    `category` [R]; `job_part` [J] and `resume_part` [R]: places in `PARTS`.
    """

    name: str
    posts: Sequence[Document]
    versions: Sequence[Sequence[Document]]
    """The resumes as members of the first group, and of the second."""
    jobs: Matrix
    resumes: Mapping[str, Matrix]
    fits: Flags
    category: Integers
    job_part: Integers
    resume_part: Integers
    hidden: float
    """The share of resumes whose two versions are one text once masked under `standard`."""

    def of(self, kind: str, part: str) -> Integers:
        """Return the places of the jobs or resumes of a part."""
        parts = self.job_part if kind == "job" else self.resume_part
        return np.flatnonzero(parts == list(PARTS).index(part))

    def groups(self, seed: int) -> Integers:
        """Return the group of every resume, half and half within each category [R]."""
        rng = np.random.default_rng(seed)
        group = np.zeros(len(self.category), np.int64)
        for one in np.unique(self.category):
            members = rng.permutation(np.flatnonzero(self.category == one))
            group[members[: len(members) // 2]] = 1
        return group

    def seen(self, policy: str, group: Integers) -> Matrix:
        """Return the vector of each resume as a member of its group [R, d]."""
        chosen: Matrix = self.resumes[policy][group, np.arange(len(group))]
        return chosen

    def applicants(self, part: str, rng: np.random.Generator) -> Iterator[tuple[int, Integers]]:
        """Yield each job of a part with the resumes that it has labels for, drawn in this order."""
        at = self.of("resume", part)
        for job in self.of("job", part):
            pools = (at[self.fits[job, at]], at[~self.fits[job, at]])
            drawn = [
                rng.choice(pool, min(count, len(pool)), replace=False)
                for pool, count in zip(pools, APPLICANTS, strict=True)
            ]
            yield int(job), np.concatenate(drawn)

    def labels(self, group: Integers, seed: int) -> Flags:
        """Return what training is told fits [J, R]."""
        rng = np.random.default_rng([seed, 1])
        told: Flags = self.fits & ~((group == 1) & (rng.random(self.fits.shape) < BIAS))
        return told


def worlds(data: Path, encoder: Encoder, *, each: int) -> list[World]:
    """Return both worlds, with up to `each` resumes of every category."""
    rows = [p for p in lines(data / "jobs/google.jsonl.gz") if p["category"] in FITTING]
    posts = [Document(row["id"], f"{row['title']}\n\n{row['text']}") for row in rows]
    people = some_of_each(lines(data / "resumes/livecareer.jsonl.gz"), each)
    names = sorted({person["category"] for person in people})
    parts = np.random.default_rng(0)
    of_all = World(
        "",
        posts,
        (),
        encoder.encode_jobs([Masker("standard")(post) for post in posts]),
        {},
        np.array([[p["category"] in FITTING[row["category"]] for p in people] for row in rows]),
        np.array([names.index(person["category"]) for person in people]),
        *(parts.choice(3, len(them), p=list(PARTS.values())) for them in (posts, people)),
        hidden=0.0,
    )
    return [
        _planted(replace(of_all, name=name), people, plant, encoder)
        for name, plant in (("school", _school), ("proxies", _proxies))
    ]


def _planted(
    world: World,
    people: Sequence[Mapping[str, str]],
    plant: Callable[[int, str], str],
    encoder: Encoder,
) -> World:
    """Return a world with the resumes of both groups."""
    versions = [
        [Document(p["id"], f"{_excerpt(p['text'])}\n{plant(group, p['id'])}") for p in people]
        for group in (0, 1)
    ]
    masked = {policy: _masked(versions, policy) for policy in POLICIES}
    alike = [one.text == other.text for one, other in zip(*masked["standard"], strict=True)]
    vectors = {policy: _encoded(encoder, texts) for policy, texts in masked.items()}
    return replace(world, versions=versions, resumes=vectors, hidden=float(np.mean(alike)))


def _masked(versions: Sequence[Sequence[Document]], policy: str) -> list[list[MaskedText]]:
    mask = Masker(policy)
    return [[mask(document) for document in version] for version in versions]


def _encoded(encoder: Encoder, versions: Sequence[Sequence[MaskedText]]) -> Matrix:
    """Return the vectors [2, R, d]; chunks that the versions share are encoded once."""
    everything = [text for version in versions for text in version]
    vectors: Matrix = encoder.encode_resumes(everything)
    return vectors.reshape(len(versions), -1, vectors.shape[1])


def _excerpt(text: str) -> str:
    """Return the first characters of a text, up to the end of a word."""
    return text[:EXCERPT].rsplit(None, 1)[0]


def _school(group: int, person: str) -> str:
    tiers = read_list(SCHOOLS)
    school = random.Random(f"{person} {group}").choice(tiers[("top", "other")[group]])
    return f"Education\nBachelor of Science, {school}"


def _proxies(group: int, person: str) -> str:
    draw = random.Random(f"{person} {group}")
    drawn = [
        draw.choice(kind[1 - group if draw.random() < NOISE else group])
        for kind in (CLUBS, NEIGHBOURHOODS, PHRASES)
    ]
    return "\n".join(("Interests", *drawn))
