"""Dataset folders of `$SHORTLIST_DATA` for `runs/default.toml`: `python -m runs.default_data OUT`.

    export SHORTLIST_DATA=/path/to/data
    python -m runs.default_data sources
    shortlist data build sources/rjdb sources/livecareer sources/onet --out dataset \\
        --mapping runs/default-categories.toml --per-job 3 --lines 3 --skills 400 --reworded 0
    shortlist train runs/default.toml --data dataset --out run
    shortlist rank JOB RESUMES --model run/best_model

No text that `benchmarks/matching.py` reports on is in them: of rjdb, the other half of the jobs; of
livecareer, resumes that it does not rank. Posts whose licence forbids commercial use are left out
(`docs/decisions/0003-default-model-data.md`), and so is what is for tests only.
"""

import csv
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

from benchmarks.matching import RESUMES_PER_CATEGORY
from benchmarks.results import data_folder
from benchmarks.samples import half, lines, some_of_each

from shortlist.dataset import Dataset
from shortlist.dataset.card import Card
from shortlist.dataset.folder import write_dataset
from shortlist.records import Judgment

EACH = 12
"""Resumes of a category that are learned from."""
ALTERNATIVES = 12
"""Other titles of an occupation that its text lists."""


def rjdb(folder: Path) -> Dataset:
    """Return generated jobs, each with the resume that matches and the same made weaker."""
    jobs, resumes, judgments = {}, {}, []
    for triple in half(lines(folder / "pairs/rjdb.jsonl.gz"), chosen_on=True):
        name = f"rjdb {triple['id']}"
        jobs[name] = triple["Job-Description"].strip()
        for kind, grade in (("matched", 1.0), ("unmatched", 0.0)):
            resumes[f"{name} {kind}"] = triple[f"Resume-{kind}"].strip()
            judgments.append(Judgment(name, f"{name} {kind}", grade))
    card = Card(
        origin="megagonlabs/rjdb",
        licence="CC BY-SA 4.0",
        known_issues=("generated text; the weaker resume is shorter in 83 %",),
    )
    return Dataset("rjdb", jobs, resumes, tuple(judgments), card=card)


def livecareer(folder: Path) -> tuple[Dataset, Mapping[str, Mapping[str, str]]]:
    """Return real resumes that no benchmark ranks, and their categories."""
    people = lines(folder / "resumes/livecareer.jsonl.gz")
    ranked = {person["id"] for person in some_of_each(people, RESUMES_PER_CATEGORY)}
    kept = some_of_each([person for person in people if person["id"] not in ranked], EACH)
    resumes = {f"livecareer {person['id']}": person["text"] for person in kept}
    category = {f"livecareer {person['id']}": person["category"] for person in kept}
    card = Card(
        origin="Kaggle snehaanbhawal/resume-dataset, of livecareer.com",
        licence="not stated",
        known_issues=('names replaced by placeholders such as "Company Name"',),
    )
    return Dataset("livecareer", {}, resumes, card=card), {"category": category}


def onet(folder: Path) -> Dataset:
    """Return occupations as jobs: title, description, other titles, software."""
    titles = _by_code(folder / "skills/onet_alternate_titles.txt", "\t", "Alternate Title")
    tools = _by_code(folder / "skills/onet_technology_skills.csv", ",", "Example")
    jobs = {}
    for row in _rows(folder / "skills/onet_occupations.csv", ","):
        code = row["O*NET-SOC Code"]
        parts = [row["Title"], "", row["Description"]]
        for heading, found in (("Also called", titles), ("Requirements: software", tools)):
            if code in found:
                parts += ["", heading, *(f"- {one}" for one in found[code][:ALTERNATIVES])]
        jobs[f"onet {code}"] = "\n".join(parts)
    return Dataset("onet", jobs, {}, card=Card(origin="O*NET", licence="CC BY 4.0"))


def _by_code(path: Path, separator: str, column: str) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for row in _rows(path, separator):
        found.setdefault(row["O*NET-SOC Code"], []).append(row[column])
    return found


def _rows(path: Path, separator: str) -> Iterator[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        yield from csv.DictReader(file, delimiter=separator)


def main(out: Path) -> None:
    """Write the folders."""
    folder = data_folder()
    people, groups = livecareer(folder)
    for dataset, of in ((rjdb(folder), None), (people, groups), (onet(folder), None)):
        write_dataset(dataset, out / dataset.name, groups=of)
        print(f"{out / dataset.name}: {len(dataset.jobs):,} jobs, {len(dataset.resumes):,} resumes")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
