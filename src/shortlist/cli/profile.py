"""`shortlist profile`: what a resume says, with the place of every value."""

import json
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import click

from shortlist.cli.options import format_option, lexicon_option
from shortlist.cli.output import deliver

if TYPE_CHECKING:
    from shortlist.extraction import Profile

_MOST_SKILLS = 40


@click.command()
@click.argument("resume", type=click.Path(path_type=Path))
@click.option(
    "--today",
    type=click.DateTime(["%Y-%m-%d"]),
    help="The day that 'present' means. Default: the day on which this runs.",
)
@lexicon_option
@click.option(
    "--tagger",
    metavar="MODEL",
    help="A tagger that finds more than the rules: a folder, or, with the extra `train`, a "
    "token-classification model of transformers.",
)
@format_option("text", "json", "json-resume")
@click.option("--out", type=click.Path(path_type=Path), metavar="FILE", help="Write to a file.")
def profile(
    resume: Path,
    today: datetime | None,
    lexicons: tuple[Path, ...],
    tagger: str | None,
    output: Literal["text", "json", "json-resume"],
    out: Path | None,
) -> None:
    """Show a resume's jobs, education and skills, and where each is said.

    Time in work counts each month once, and no time of study. Years, months and skills are what
    the rules found; each comes with the words it rests on.

    \b
    Examples:
      shortlist profile resume.pdf
      shortlist profile resume.docx --format json --today 2026-01-31
      shortlist profile resume.txt --lexicon our-skills.toml
    """
    from shortlist.documents import read
    from shortlist.extraction import Lexicon, json_resume, load_tagger, profile_json
    from shortlist.extraction import profile as profile_of

    found = profile_of(
        read(resume),
        today=today.date() if today else None,
        lexicon=Lexicon.load(*lexicons),
        tagger=load_tagger(tagger) if tagger else None,
    )
    if output == "text":
        deliver(_shown(found), out)
        return
    value = profile_json(found) if output == "json" else json_resume(found)
    deliver(json.dumps(value, indent=2, ensure_ascii=False) + "\n", out)


def _shown(found: "Profile") -> str:
    lines = [
        f"Experience   {_years(found)}",
        f"Degree       {found.degree or 'none found'}",
        "",
        "Positions",
        *(f"  {line}" for line in _positions(found)),
        "",
        "Education",
        *(f"  {line}" for line in _education(found)),
        "",
        "Skills",
        *(f"  {line}" for line in _skills(found)),
    ]
    for heading, things in (
        ("Certifications", found.certifications),
        ("Languages", found.languages),
        ("Projects", found.projects),
    ):
        if things:
            lines += ["", heading]
            lines += [f"  {t.name}{f' ({t.note})' if t.note else ''}" for t in things]
    if found.bullets:
        mean = sum(bullet.quality for bullet in found.bullets) / len(found.bullets)
        lines += ["", f"Statements   {len(found.bullets)}, mean quality {mean:.0f} of 100"]
    return "\n".join(lines) + "\n"


def _years(found: "Profile") -> str:
    if found.months is not None:
        claimed = f", {found.claimed_years:g} claimed" if found.claimed_years else ""
        return f"{found.years:g} years by dates{claimed}"
    return f"{found.claimed_years:g} years claimed" if found.claimed_years else "none found"


def _positions(found: "Profile") -> list[str]:
    lines = []
    for position in found.positions:
        period = position.period
        title = position.title.text if position.title else "(title not found)"
        employer = f", {position.employer.text}" if position.employer else ""
        dates = f"  {period.since_iso} to {period.until_iso or 'now'}" if period else ""
        months = f" ({period.months} months)" if period else ""
        lines.append(f"{title}{employer}{dates}{months}")
    return lines or ["none found"]


def _education(found: "Profile") -> list[str]:
    lines = []
    for entry in found.education:
        parts = [quote.text for quote in (entry.degree, entry.field, entry.school) if quote]
        year = [str(entry.year)] if entry.year else []
        unfinished = "" if entry.completed else " (not completed)"
        lines.append(", ".join(parts + year) + unfinished)
    return lines or ["none found"]


def _skills(found: "Profile") -> list[str]:
    shown = [skill for skill in found.skills if skill.status != "implied"][:_MOST_SKILLS]
    lines = [
        f"{skill.name:<32} {skill.status:<8} "
        f"{f'{skill.months} months' if skill.months else '':<12} {len(skill.mentions)} x"
        for skill in shown
    ]
    implied = [skill.name for skill in found.skills if skill.status == "implied"]
    if implied:
        lines.append(f"implied: {', '.join(implied)}")
    left = len(found.skills) - len(implied) - len(shown)
    if left > 0:
        lines.append(f"and {left} more: see --format json")
    return lines or ["none found"]
