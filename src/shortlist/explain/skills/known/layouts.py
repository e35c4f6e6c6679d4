"""How a generated resume is laid out: the same content in several common forms."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from random import Random


@dataclass(frozen=True, slots=True)
class Job:
    """A job of a generated resume. `until` is None for one that lasts."""

    title: str
    employer: str
    since: int
    until: int | None
    statements: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Content:
    """All that a generated resume says."""

    name: str
    email: str
    summary: str
    jobs: tuple[Job, ...]
    education: tuple[str, ...]
    skills: tuple[str, ...]
    languages: tuple[str, ...]
    remarks: tuple[str, ...]


def bulleted(content: Content, rng: Random) -> str:
    """Headings in title case, one bullet for each statement."""
    mark = rng.choice("-•*")
    lines = [content.name, content.email, "", "Summary", content.summary, "", "Experience"]
    for job in content.jobs:
        lines += [f"{job.title}, {job.employer}, {_dates(job, ' - ')}"]
        lines += [f"{mark} {statement}." for statement in job.statements]
    lines += _end(content, ("Education", "Skills", "Languages"), ", ")
    return "\n".join(lines) + "\n"


def capitals(content: Content, rng: Random) -> str:
    """Headings in capitals, job and dates on lines of their own, statements as lines."""
    lines = [content.name.upper(), content.email, "", "WORK HISTORY", ""]
    for job in content.jobs:
        lines += [job.employer, f"{job.title}    {_dates(job, ' to ')}"]
        lines += [f"  {statement}" for statement in job.statements]
        lines.append("")
    lines += ["PROFILE", content.summary]
    lines += _end(content, ("EDUCATION", "KEY SKILLS", "LANGUAGES"), " | ")
    return "\n".join(lines) + "\n"


def skills_first(content: Content, rng: Random) -> str:
    """Skills before the jobs, a pipe between title, employer and dates."""
    lines = [f"{content.name} | {content.email}", ""]
    if content.skills:
        lines += ["Technical Skills", *(f"* {skill}" for skill in content.skills), ""]
    lines += ["Professional Experience"]
    for job in content.jobs:
        lines += [f"{job.title} | {job.employer} | {_dates(job, ' – ')}"]
        lines += [f"* {statement}" for statement in job.statements]
    rest = Content(
        content.name, content.email, "", (), content.education, (), content.languages,
        content.remarks,
    )  # fmt: skip
    lines += _end(rest, ("Education", "Skills", "Languages"), ", ")
    return "\n".join(lines) + "\n"


def prose(content: Content, rng: Random) -> str:
    """A paragraph for each job."""
    lines = [content.name, content.email, "", content.summary, "", "Employment"]
    for job in content.jobs:
        said = ". ".join(job.statements)
        lines += [f"{job.title} at {job.employer} ({_dates(job, '-')})", f"{said}.", ""]
    lines += _end(content, ("Education", "Skills", "Languages"), "; ")
    return "\n".join(lines) + "\n"


LAYOUTS: dict[str, Callable[[Content, Random], str]] = {
    "bulleted": bulleted,
    "capitals": capitals,
    "skills-first": skills_first,
    "prose": prose,
}


def _dates(job: Job, dash: str) -> str:
    return f"{job.since}{dash}{job.until or 'present'}"


def _end(content: Content, heads: Sequence[str], mark: str) -> list[str]:
    education, skills, languages = heads
    lines = ["", education, *content.education] if content.education else []
    lines += ["", skills, mark.join(content.skills)] if content.skills else []
    lines += ["", languages, mark.join(content.languages)] if content.languages else []
    if content.remarks:
        lines += ["", *(f"{remark}." for remark in content.remarks)]
    return lines
