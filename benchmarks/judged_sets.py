"""The judged sets that scorers are fitted and compared on, each as texts and a pool of pairs.

Jobs fall into two halves by a digest of their ids, as in `matching.py`: what is chosen or fitted
is so on one half, and reported on the other.
"""

import csv
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.matching import FITTING, JOBS_PER_CATEGORY, RESUMES_PER_CATEGORY
from benchmarks.samples import first, half, lines, some_of_each
from shortlist.documents import collect
from shortlist.evaluation.controls import Texts
from shortlist.evaluation.pool import Pool, agreed, pool_of
from shortlist.evaluation.scores import judgments_of
from shortlist.records import Judgment

ANNOTATED = 30
"""CVs of vacancy-resume that people ranked vacancies for; how they did is held out."""


@dataclass(frozen=True)
class JudgedSet:
    """Texts, and the pairs to rank; without judgments the grades mean nothing."""

    name: str
    texts: Texts
    pool: Pool
    judged: bool = True


def rjdb(folder: Path, *, chosen_on: bool, most: int | None = None) -> JudgedSet:
    """Return generated jobs, each with the resume that matches and the same made weaker.

    Of more than `most` jobs, those are returned that a digest of their ids puts first.
    """
    triples = first(half(lines(folder / "pairs/rjdb.jsonl.gz"), chosen_on), most)
    jobs = {f"rjdb {t['id']}": t["Job-Description"] for t in triples}
    resumes, judgments = {}, []
    for triple in triples:
        for kind, column, grade in (("a", "Resume-matched", 1.0), ("b", "Resume-unmatched", 0.0)):
            resume = f"rjdb {triple['id']} {kind}"
            resumes[resume] = triple[column]
            judgments.append(Judgment(f"rjdb {triple['id']}", resume, grade))
    return _set("rjdb", jobs, resumes, judgments)


def categories(
    folder: Path,
    *,
    chosen_on: bool,
    most: int | None = None,
    each: int = RESUMES_PER_CATEGORY,
) -> JudgedSet:
    """Return real jobs and resumes, of which those fit whose categories do (`FITTING`).

    Of more than `most` jobs, and of more than `each` resumes of a category, those are returned that
    a digest of their ids puts first.
    """
    posts = [p for p in lines(folder / "jobs/google.jsonl.gz") if p["category"] in FITTING]
    posts = first(some_of_each(half(posts, chosen_on), JOBS_PER_CATEGORY), most)
    people = some_of_each(lines(folder / "resumes/livecareer.jsonl.gz"), each)
    jobs = {f"google {p['id']}": f"{p['title']}\n\n{p['text']}" for p in posts}
    resumes = {f"livecareer {p['id']}": p["text"] for p in people}
    judgments = [
        Judgment(
            f"google {post['id']}",
            f"livecareer {person['id']}",
            float(person["category"] in FITTING[post["category"]]),
        )
        for post in posts
        for person in people
    ]
    return _set("categories", jobs, resumes, judgments)


def vacancies(folder: Path) -> JudgedSet:
    """Return 30 CVs and 5 vacancies, to rank vacancies for a CV. Test only; nobody's word here."""
    with (folder / "vacancy_resume/5_vacancies.csv").open(encoding="utf-8-sig", newline="") as file:
        jobs = {
            row["uid"]: f"{row['job_title']}\n\n{row['job_description']}"
            for row in csv.DictReader(file)
        }
    paths = [f"{folder}/vacancy_resume/CV/{n}.docx" for n in range(1, ANNOTATED + 1)]
    resumes = {document.id: document.text for document in collect(paths).documents}
    every = [Judgment(job, resume, 1.0) for job in jobs for resume in resumes]
    pool = pool_of(judgments_of(every), direction="jobs", unjudged="skip")
    return JudgedSet("vacancy-resume", Texts(jobs, resumes), pool, judged=False)


def together(name: str, sets: Sequence[JudgedSet]) -> JudgedSet:
    """Return several sets as one."""
    jobs = {id: text for one in sets for id, text in one.texts.jobs.items()}
    resumes = {id: text for one in sets for id, text in one.texts.resumes.items()}
    return _set(name, jobs, resumes, [j for one in sets for j in _judgments(one.pool)])


def _set(
    name: str,
    jobs: Mapping[str, str],
    resumes: Mapping[str, str],
    judgments: Sequence[Judgment],
) -> JudgedSet:
    pool = pool_of(agreed(judgments_of(judgments)).judgments, unjudged="skip")
    return JudgedSet(name, Texts(jobs, resumes), pool)


def _judgments(pool: Pool) -> Iterator[Judgment]:
    rows = zip(pool.query.tolist(), pool.item.tolist(), pool.grade.tolist(), strict=True)
    for query, item, grade in rows:
        yield Judgment(pool.queries[query], pool.items[item], grade)
