"""`shortlist posting`: what a job asks for, with the place of every value."""

import json
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import click

from shortlist.cli.options import format_option, lexicon_option
from shortlist.cli.output import deliver

if TYPE_CHECKING:
    from shortlist.extraction import Posting
    from shortlist.records import Document

_KIND_NAMES = {"must": "Must have", "nice": "Nice to have", "implied": "The work involves"}
_JSON_LD = (".json", ".jsonld")


@click.command()
@click.argument("job", type=click.Path(path_type=Path))
@lexicon_option
@click.option(
    "--tagger",
    metavar="MODEL",
    help="A tagger that finds more than the rules: a folder, or, with the extra `train`, a "
    "token-classification model of transformers.",
)
@format_option("text", "json", "json-ld")
@click.option("--out", type=click.Path(path_type=Path), metavar="FILE", help="Write to a file.")
def posting(
    job: Path,
    lexicons: tuple[Path, ...],
    tagger: str | None,
    output: Literal["text", "json", "json-ld"],
    out: Path | None,
) -> None:
    """Show what a job requires, what it would like, and what the work involves.

    Reads text, Markdown, HTML, PDF, DOCX, and schema.org JobPosting as JSON-LD (.json, .jsonld).

    \b
    Examples:
      shortlist posting job.md
      shortlist posting job.html --format json
      shortlist posting job.jsonld --format json-ld
    """
    from shortlist.extraction import Lexicon, json_ld, load_tagger, posting_json
    from shortlist.extraction import posting as posting_of

    model = load_tagger(tagger) if tagger else None
    found = posting_of(_document(job), lexicon=Lexicon.load(*lexicons), tagger=model)
    if output == "text":
        deliver(_shown(found), out)
        return
    value = posting_json(found) if output == "json" else json_ld(found)
    deliver(json.dumps(value, indent=2, ensure_ascii=False) + "\n", out)


def _document(job: Path) -> "Document":
    from shortlist.documents import read
    from shortlist.errors import DocumentError
    from shortlist.extraction import json_ld_document

    if job.suffix.lower() not in _JSON_LD:
        return read(job)
    try:
        data = job.read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise DocumentError(f"{job}: cannot be read: {error}") from error
    return json_ld_document(data, job.stem)


def _shown(found: "Posting") -> str:
    degree, pay = found.degree, found.pay
    lines = [
        f"Title        {found.title.text if found.title else 'none found'}",
        f"Years        {'none asked' if found.years is None else found.years}",
        "Degree       "
        + (
            f"{degree.level}, {'required' if degree.required else 'preferred'}"
            if degree
            else "none asked"
        ),
    ]
    if found.location or found.work_mode:
        place = found.location.text if found.location else ""
        lines.append(f"Place        {' '.join(filter(None, (place, found.work_mode)))}")
    if pay:
        lines.append(f"Pay          {pay.low:,g} to {pay.high:,g} {pay.currency} per {pay.period}")
    for kind, names in (("must", found.must), ("nice", found.nice), ("implied", found.implied)):
        asked = [requirement for requirement in found.requirements if requirement.kind == kind]
        if asked or names:
            lines += ["", f"{_KIND_NAMES[kind]}: {', '.join(names) or 'no known skills'}"]
            lines += [f"  - {' '.join(requirement.text.split())}" for requirement in asked]
    if found.certifications:
        lines += ["", f"Certifications: {', '.join(c.name for c in found.certifications)}"]
    return "\n".join(lines) + "\n"
