"""What share of a score rests on words that masking hides, and whether attribution says so truly.

The first LENGTH characters of real resumes, each with an invented name and address above it and a
school below it, and a real job of a field that fits. Every word is left out in
turn (`shortlist.explain.attribution`).

* Share of effect: the sensitive words' part of what all words do to the similarity, under a
  policy, beside their share of the words, which is what random words of that number have.
* The same for names, addresses and schools alone, which policy standard hides; most are the lines
  that were put there, some are the resume's own.
* Faithfulness: the ten words with the greatest effect are left out at once, and so are ten random
  words (mean of DRAWS draws) and the ten rarest words that the job says too. The first is no test
  of single effects, which were measured by leaving words out, but of whether they go together.

Intervals are 95 % bootstraps over resumes, those of shares of resumes Wilson's.
"""

import random
import re
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
from wordfreq import zipf_frequency

from benchmarks.matching import FITTING
from benchmarks.planted import SCHOOLS
from benchmarks.results import Row, data_folder, publish
from benchmarks.samples import first, lines, some_of_each
from shortlist.audit.swaps import read_list
from shortlist.encoding import Progress, VectorCache
from shortlist.evaluation.intervals import wilson
from shortlist.explain.attribution import Attribution, Occlusion, attribute
from shortlist.masking import Masker
from shortlist.matcher import Matcher
from shortlist.records import Document, MaskedText
from shortlist.scorers.learned import Remembering

EACH, PEOPLE = 20, 110
LENGTH = 1500
"""Characters of a real resume that are read: some 215 words."""
WORKERS = 2
REMOVED = 10
DRAWS = 5
RESAMPLES = 4000
POLICIES = ("none", "standard")
HIDDEN = ("name", "email", "school")

Seen = dict[str, float]


class Shared(Remembering):
    """An encoder that computes a text once, whatever policy left it so."""

    def encode_resumes(self, texts: Sequence[MaskedText], progress: Progress | None = None) -> Any:
        """Return vectors as `Encoder.encode_resumes` does."""
        return super().encode_resumes([replace(text, policy="any") for text in texts], progress)


def main() -> None:
    """Measure and publish."""
    with ProcessPoolExecutor(WORKERS) as pool:
        found = list(pool.map(measured, *zip(*pairs(data_folder()), strict=True)))
    publish("attribution", rows(found))


def measured(job: Document, resume: Document) -> dict[str, Seen]:
    """Return what is seen of a pair under each policy."""
    encoder = loaded()
    encoder.forget()
    return {
        policy: seen(Matcher(encoder, Masker(policy), VectorCache(None)), job, resume)
        for policy in POLICIES
    }


@cache
def loaded() -> Remembering:
    """Return the default model, loaded once in each process."""
    encoder = Shared.load()
    assert isinstance(encoder, Remembering)
    return encoder


def pairs(data: Path) -> Iterator[tuple[Document, Document]]:
    """Yield a job and a resume with planted lines, for each of PEOPLE real resumes."""
    posts = [p for p in lines(data / "jobs/google.jsonl.gz") if p["category"] in FITTING]
    fitting = {category for of in FITTING.values() for category in of}
    people = some_of_each(lines(data / "resumes/livecareer.jsonl.gz"), EACH)
    for person in first([p for p in people if p["category"] in fitting], PEOPLE):
        draw = random.Random(person["id"])
        post = draw.choice([p for p in posts if person["category"] in FITTING[p["category"]]])
        yield Document(post["id"], f"{post['title']}\n\n{post['text']}"), planted(person, draw)


def planted(person: Mapping[str, Any], draw: random.Random) -> Document:
    """Return a resume with a name and an address above it, and a school below it."""
    names = read_list(SCHOOLS.with_name("names.csv"))
    schools = read_list(SCHOOLS)
    name = draw.choice(names[draw.choice(sorted(names))])
    school = draw.choice(schools[draw.choice(sorted(schools))])
    above = f"{name}\n{name.lower().replace(' ', '.')}@example.org"
    below = f"Education\nBachelor of Science, {school}"
    text = person["text"][:LENGTH].rsplit(None, 1)[0]
    return Document(person["id"], f"{above}\n\n{text}\n\n{below}\n")


def seen(matcher: Matcher, job: Document, resume: Document) -> Seen:
    """Return what attribution says of a pair, and what leaving out ten words does."""
    found = attribute(matcher, job, resume)
    sizes = np.abs([word.adds.similarity for word in found.words])
    of_hidden = np.array([word.what in HIDDEN for word in found.words])
    (sensitive,) = (mass for mass in found.masses if mass.kind == "sensitive")
    return {
        "share": sensitive.share,
        "of words": sensitive.share_of_words,
        "above chance": sensitive.share > sensitive.high,
        "hidden share": sizes[of_hidden].sum() / sizes.sum(),
        "hidden of words": of_hidden.mean(),
        **_left_out(Occlusion(matcher, job, resume), found, job),
    }


def _left_out(pair: Occlusion, found: Attribution, job: Document) -> Seen:
    """Return what is lost without ten words, chosen by effect, by chance and by rarity."""
    draw = np.random.default_rng(0)
    order = np.argsort([-word.adds.similarity for word in found.words])[:REMOVED]
    random_words = [draw.choice(len(pair.places), REMOVED, replace=False) for _ in range(DRAWS)]
    asked = set(re.findall(r"\w+", job.text.lower()))
    said = [word.evidence.quote.lower() for word in found.words]
    shared = [number for number, word in enumerate(said) if word in asked]
    rare = sorted(shared, key=lambda number: zipf_frequency(said[number], "en"))[:REMOVED]
    hidden = [n for n, word in enumerate(found.words) if word.what in HIDDEN]
    like_hidden = [draw.choice(len(said), len(hidden), replace=False) for _ in range(DRAWS)]
    sets = [order, rare, hidden, *random_words, *like_hidden]
    left = pair.without([[pair.places[number] for number in sorted(some)] for some in sets])
    lost = [found.whole.similarity - one.similarity for one in left]
    return {
        "greatest": lost[0],
        "rarest": lost[1],
        "hidden": lost[2],
        "random": float(np.mean(lost[3 : 3 + DRAWS])),
        "like hidden": float(np.mean(np.abs(lost[3 + DRAWS :]))),
        "sum": sum(found.words[number].adds.similarity for number in order),
    }


def rows(found: Sequence[Mapping[str, Seen]]) -> Iterator[Row]:
    """Yield the published numbers."""
    for policy in POLICIES:
        yield from _rows(policy, [one[policy] for one in found])


def _rows(policy: str, found: Sequence[Seen]) -> Iterator[Row]:
    of = {name: np.array([float(one[name]) for one in found]) for name in found[0]}
    system = f"policy {policy}"
    less = of["hidden share"] - of["hidden of words"]
    read = [
        ("share of effect: as many random words as these", of["hidden of words"]),
        ("share of effect: names, addresses and schools less random", less),
        ("lost without: names, addresses and schools", of["hidden"]),
        ("lost without: names, addresses and schools, without sign", np.abs(of["hidden"])),
        ("lost without: as many random words, without sign", of["like hidden"]),
    ]
    for measure, values in (
        ("share of effect: sensitive words", of["share"]),
        ("share of effect: as many random words", of["of words"]),
        ("share of effect: sensitive less random", of["share"] - of["of words"]),
        ("share of effect: names, addresses and schools", of["hidden share"]),
        *(read if of["hidden of words"].any() else ()),
        ("lost without: the ten words of greatest effect", of["greatest"]),
        ("lost without: the ten rarest words that the job says too", of["rarest"]),
        ("lost without: ten random words", of["random"]),
        ("lost without: sum of the ten greatest single effects", of["sum"]),
    ):
        yield mean(measure, system, values)
    for measure, flags in (
        ("resumes: sensitive share above that of 97.5 % of random draws", of["above chance"]),
        ("resumes: the ten greatest lose more than ten random", of["greatest"] > of["random"]),
        ("resumes: the ten greatest lose more than the ten rarest", of["greatest"] > of["rarest"]),
    ):
        low, high = wilson(flags.mean(), len(flags))
        yield Row(measure, system, float(flags.mean()), float(low), float(high), len(flags))


def mean(measure: str, system: str, values: npt.NDArray[np.float64]) -> Row:
    """Return a mean over resumes with its bootstrap interval."""
    picks = np.random.default_rng(0).integers(0, len(values), (RESAMPLES, len(values)))
    low, high = np.quantile(values[picks].mean(axis=1), (0.025, 0.975))
    return Row(measure, system, float(values.mean()), float(low), float(high), len(values))


if __name__ == "__main__":
    main()
