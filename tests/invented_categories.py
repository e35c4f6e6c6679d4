"""Invented resumes of three categories, and jobs, as dataset folders."""

import json
from pathlib import Path
from random import Random

FIELDS = {
    "ACCOUNTANT": (
        "Accountant",
        ["closed the monthly ledger", "prepared tax returns", "audited travel expenses",
         "reconciled bank accounts", "wrote quarterly reports", "paid suppliers on time"],
        ["QuickBooks", "Excel", "SAP"],
    ),
    "NURSE": (
        "Registered nurse",
        ["cared for patients after surgery", "gave medication on a ward", "trained new nurses",
         "wrote care plans", "kept patient records", "assisted in emergency care"],
        ["first aid", "patient care", "wound care"],
    ),
    "DEVELOPER": (
        "Software developer",
        ["built payment services", "wrote unit tests", "reviewed pull requests",
         "ran database migrations", "deployed to the cloud", "designed a public interface"],
        ["Python", "PostgreSQL", "Kubernetes"],
    ),
}  # fmt: skip


def resume(field: str, number: int) -> str:
    """Return an invented resume."""
    title, done, skills = FIELDS[field]
    random = Random(f"{field} {number}")
    first = 2000 + random.randrange(15)
    lines = random.sample(done, 4)
    return "\n".join(
        [
            f"{title} number {number}",
            "",
            "Experience",
            f"{title}, Company {number}, {first} - {first + 1 + number % 6}",
            *(f"- {line.capitalize()} for team {random.randrange(90)}" for line in lines),
            "",
            "Skills",
            ", ".join(random.sample(skills, 2)),
        ]
    )


def job(field: str, number: int) -> str:
    """Return an invented job."""
    title, done, skills = FIELDS[field]
    random = Random(f"job {field} {number}")
    asked = random.sample(done, 2)
    return "\n".join(
        [
            f"{title} for office {number}",
            "",
            "Requirements",
            f"- Experience with {random.choice(skills)}",
            *(f"- You have {line}" for line in asked),
            f"- At least {1 + number % 5} years of experience",
        ]
    )


def write(folder: Path, *, fields: tuple[str, ...] = tuple(FIELDS), people: int = 12) -> list[Path]:
    """Write a folder of resumes and one of jobs, of these fields alone, and return both."""
    resumes, jobs = folder / "resumes", folder / "jobs"
    for place in (resumes, jobs):
        place.mkdir(parents=True)
        for kind in ("resumes", "jobs"):
            (place / f"{kind}.jsonl").touch()
    rows = [(f"{field}-{n}", resume(field, n), field) for field in FIELDS for n in range(people)]
    _lines(resumes / "resumes.jsonl", [(name, text) for name, text, _ in rows])
    cells = "".join(f"{name},category,{field}\n" for name, _, field in rows)
    (resumes / "groups.csv").write_text(f"resume,attribute,value\n{cells}")
    posts = [(f"job {field} {n}", job(field, n)) for field in fields for n in range(8)]
    _lines(jobs / "jobs.jsonl", posts)
    return [resumes, jobs]


def _lines(path: Path, rows: list[tuple[str, str]]) -> None:
    path.write_text("".join(json.dumps({"id": n, "text": t}) + "\n" for n, t in rows))
