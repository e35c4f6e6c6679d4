"""How well resumes are ranked, in three ways, each with its baselines.

* rjdb: a generated resume that matches its job, and the same made weaker. How often is the former
  first? Ties count half. "Not shorter": the weaker one has at least as many characters.
* categories: Google's job posts against resumes from livecareer.com, where the categories of a job
  stand for the ones that fit (`FITTING`). Coarse and noisy, but real texts.
* swaps: real resumes with another name, e-mail or school. Nothing may change.

The weights of `shortlist.ranking.score` were chosen on one half of the jobs. The other half is
reported here; `--chosen-on` reports the first. After another model has become the default,

    python -m benchmarks.matching --choose

tries other weights on the first half (`matching_weights.py`) and says whether to change them.
"""

import argparse
import json
import random
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, get_args

import numpy as np
import numpy.typing as npt
from scipy.stats import binomtest

from benchmarks.matching_systems import System, systems
from benchmarks.matching_weights import (
    Half,
    average_precision,
    choose,
    firsts,
    ndcg_at_10,
    ranked,
)
from benchmarks.results import Row, data_folder, publish
from benchmarks.samples import half, lines, some_of_each
from shortlist.encoding import Runtime
from shortlist.matcher import Matcher
from shortlist.records import Document, Match

Values = npt.NDArray[np.float64]

FITTING = {
    "Sales & Account Management": {"SALES", "BUSINESS-DEVELOPMENT"},
    "Sales Operations": {"SALES", "BUSINESS-DEVELOPMENT"},
    "Partnerships": {"SALES", "BUSINESS-DEVELOPMENT"},
    "Business Strategy": {"CONSULTANT", "BUSINESS-DEVELOPMENT"},
    "Marketing & Communications": {"PUBLIC-RELATIONS", "DIGITAL-MEDIA"},
    "Finance": {"FINANCE", "ACCOUNTANT", "BANKING"},
    "People Operations": {"HR"},
    "User Experience & Design": {"DESIGNER"},
    "Hardware Engineering": {"ENGINEERING"},
    "Real Estate & Workplace Services": {"CONSTRUCTION"},
    "Software Engineering": {"INFORMATION-TECHNOLOGY"},
    "Technical Solutions": {"INFORMATION-TECHNOLOGY"},
    "Technical Infrastructure": {"INFORMATION-TECHNOLOGY"},
    "Network Engineering": {"INFORMATION-TECHNOLOGY"},
}
"""Categories of Google's job posts -> categories of resumes that fit. Others are left out."""

JOBS_PER_CATEGORY = 15
RESUMES_PER_CATEGORY = 25
SWAPPED_RESUMES = 150
SWAP_JOBS = 4
RESAMPLES = 2000


def main() -> None:
    """Measure and publish."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--chosen-on", action="store_true", help="report the other half, to stdout")
    parser.add_argument("--choose", action="store_true", help="try other weights on the other half")
    parser.add_argument("--model", type=Path, help="a model folder; the default model without one")
    parser.add_argument("--runtime", choices=get_args(Runtime), default="onnxruntime")
    arguments = parser.parse_args()
    chosen_on = arguments.chosen_on
    folder = data_folder()
    matcher = Matcher.load(arguments.model, runtime=arguments.runtime)
    if arguments.choose:
        print(choose(matcher, twins(folder, chosen_on=True), fitting(folder, chosen_on=True)))
        return
    rows = [
        *weaker_twins(folder, systems(matcher), chosen_on),
        *categories(folder, systems(matcher), chosen_on),
        *swaps(folder, matcher),
    ]
    publish("matching-chosen-on" if chosen_on else "matching", rows)


def twins(folder: Path, *, chosen_on: bool) -> Half:
    """Return the jobs of a half, and a resume that matches and a weaker one for each."""
    triples = half(lines(folder / "pairs/rjdb.jsonl.gz"), chosen_on)
    jobs = [Document(str(t["id"]), t["Job-Description"]) for t in triples]
    matching = [Document(f"{t['id']} matching", t["Resume-matched"]) for t in triples]
    weaker = [Document(f"{t['id']} weaker", t["Resume-unmatched"]) for t in triples]
    own = np.eye(len(jobs), dtype=bool)
    return Half(jobs, [*matching, *weaker], np.concatenate([own, np.zeros_like(own)], axis=1))


def fitting(folder: Path, *, chosen_on: bool) -> Half:
    """Return the posts of a half, some real resumes, and which of them fit by their categories."""
    posts = [p for p in lines(folder / "jobs/google.jsonl.gz") if p["category"] in FITTING]
    posts = some_of_each(half(posts, chosen_on), JOBS_PER_CATEGORY)
    people = some_of_each(lines(folder / "resumes/livecareer.jsonl.gz"), RESUMES_PER_CATEGORY)
    return Half(
        [Document(p["id"], f"{p['title']}\n\n{p['text']}") for p in posts],
        [Document(p["id"], p["text"]) for p in people],
        np.array([[r["category"] in FITTING[j["category"]] for r in people] for j in posts]),
    )


def weaker_twins(folder: Path, compared: Mapping[str, System], chosen_on: bool) -> Iterator[Row]:
    """Yield how often the resume that matches outranks the one made weaker."""
    half = twins(folder, chosen_on=chosen_on)
    lengths = np.array([len(resume.text.strip()) for resume in half.resumes])
    not_shorter = lengths[len(half.jobs) :] >= lengths[: len(half.jobs)]
    first = {name: firsts(system(half.jobs, half.resumes)) for name, system in compared.items()}
    yield from _rows("rjdb: matching resume first", first)
    yield from _rows(
        "rjdb: the same, weaker not shorter", {k: v[not_shorter] for k, v in first.items()}
    )


def categories(folder: Path, compared: Mapping[str, System], chosen_on: bool) -> Iterator[Row]:
    """Yield nDCG at 10 and mean average precision of real resumes for real jobs."""
    half = fitting(folder, chosen_on=chosen_on)
    gains = {
        k: ranked(system(half.jobs, half.resumes), half.fits) for k, system in compared.items()
    }
    yield from _rows("categories: nDCG@10", {k: ndcg_at_10(each) for k, each in gains.items()})
    yield from _rows(
        "categories: average precision", {k: average_precision(each) for k, each in gains.items()}
    )


def swaps(folder: Path, matcher: Matcher) -> Iterator[Row]:
    """Yield the share of scores, and of orders, that other names and schools leave as they are."""
    rng = random.Random(0)
    people = rng.sample(lines(folder / "resumes/livecareer.jsonl.gz"), SWAPPED_RESUMES)
    posts = rng.sample(lines(folder / "jobs/google.jsonl.gz"), SWAP_JOBS)
    jobs = [Document(p["id"], f"{p['title']}\n\n{p['text']}") for p in posts]
    names, schools = _names(folder), _schools(folder)
    edits: dict[str, list[Document]] = defaultdict(list)
    for person in people:
        name, other_name = rng.sample(names, 2)
        school, other_school = rng.choice(schools[:50]), rng.choice(schools[300:])
        edits["as they are"].append(_applicant(person, name, school))
        edits["another name and e-mail"].append(_applicant(person, other_name, school))
        edits["a school of another tier"].append(_applicant(person, name, other_school))
        edits["no school"].append(_applicant(person, name, ""))
    rankings = {
        edit: [matcher.rank(job, index, detail=False).matches for job in jobs]
        for edit, index in ((edit, matcher.index(resumes)) for edit, resumes in edits.items())
    }
    before = rankings.pop("as they are")
    for edit, after in rankings.items():
        pairs = [
            a.score == b.score
            for one, other in zip(before, after, strict=True)
            for a, b in zip(_by_id(one), _by_id(other), strict=True)
        ]
        yield _share(f"swaps: equal score, {edit}", pairs)
        orders = [
            [m.resume for m in one] == [m.resume for m in other]
            for one, other in zip(before, after, strict=True)
        ]
        yield _share(f"swaps: same order, {edit}", orders)


def _by_id(matches: Sequence[Match]) -> list[Match]:
    return sorted(matches, key=lambda match: match.resume)


def _share(measure: str, held: Sequence[bool]) -> Row:
    interval = binomtest(sum(held), len(held)).proportion_ci(method="wilson")
    share = sum(held) / len(held)
    return Row(measure, "shortlist", share, interval.low, interval.high, n=len(held))


def _applicant(person: Mapping[str, Any], name: str, school: str) -> Document:
    """Return a real resume with a name and e-mail above it, and a degree of a school below."""
    email = f"{name.lower().replace(' ', '.')}@example.com"
    degree = f"Bachelor of Science, {school}, 2010" if school else "Bachelor of Science, 2010"
    return Document(person["id"], f"{name}\n{email}\n\n{person['text']}\n\nEducation\n{degree}\n")


def _names(folder: Path) -> list[str]:
    files = ("top_mens_names.json", "top_womens_names.json")
    groups = [json.loads((folder / "names" / file).read_text("utf-8")) for file in files]
    return [name.title() for file in groups for group in file.values() for name in group]


def _schools(folder: Path) -> list[str]:
    """Return names of schools, the best ranked first."""
    ranked = json.loads((folder / "schools/rankings.json").read_text("utf-8"))
    return [school["name"] for school in ranked]


def _rows(measure: str, values: Mapping[str, Values]) -> Iterator[Row]:
    """Yield a mean for every system, and by how much shortlist differs from the best baseline.

    Intervals are bootstraps over jobs.
    """
    for system, each in values.items():
        yield Row(measure, system, float(each.mean()), *_interval(each), n=len(each))
    best = max((v.mean(), k) for k, v in values.items() if k != "shortlist")[1]
    gain = values["shortlist"] - values[best]
    yield Row(measure, f"shortlist - {best}", float(gain.mean()), *_interval(gain), n=len(gain))


def _interval(values: Values) -> tuple[float, float]:
    rng = np.random.default_rng(0)
    means = rng.choice(values, (RESAMPLES, len(values))).mean(axis=1)
    low, high = np.quantile(means, (0.025, 0.975))
    return float(low), float(high)


if __name__ == "__main__":
    main()
