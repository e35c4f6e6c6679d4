"""`shortlist parse`: what a reader would see of files, and what was found in them."""

import json
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

import click

from shortlist.cli.options import format_option, out_option
from shortlist.cli.output import deliver
from shortlist.cli.progress import progress
from shortlist.errors import DocumentError
from shortlist.records import Document, Finding

if TYPE_CHECKING:
    from shortlist.documents import Collection

SCHEMA = 1
SHOWN = 200  # characters of a finding's text on the screen


@click.command()
@click.argument("files", nargs=-1, required=True)
@format_option("text", "json")
@out_option
@click.option("--strict", is_flag=True, help="Exit with 2 if a file was not read.")
def parse(
    files: tuple[str, ...], output: Literal["text", "json"], out: Path | None, strict: bool
) -> None:
    """Show the text of FILES as a reader would see it, and what was found in them.

    FILES are PDF, DOCX, HTML, Markdown, text, JSON Resume or .jsonl files, folders or zip archives
    of them, or `-` for standard input. Text that no reader sees, and text that addresses a program,
    is marked on standard error, and so is what could not be read. JSON holds all of it.

    \b
    Examples:
      shortlist parse resume.pdf
      shortlist parse resumes/ --format json --out resumes.json
    """
    from shortlist.documents import collect

    with progress("Reading") as report:
        collection = collect(files, progress=report)
    if collection.documents or output == "json":
        deliver(_json(collection) if output == "json" else _text(collection.documents), out)
    for line in _remarks(collection):
        click.echo(line, err=True)
    if not collection.documents:
        raise DocumentError("nothing could be read")
    if strict and collection.unread:
        raise DocumentError(f"{len(collection.unread)} not read, and --strict is set")


def _json(collection: "Collection") -> str:
    content = {
        "schema": SCHEMA,
        "documents": [_record(document) for document in collection.documents],
        "unread": [asdict(file) for file in collection.unread],
    }
    return json.dumps(content, ensure_ascii=False, indent=2) + "\n"


def _record(document: Document) -> dict[str, Any]:
    return {
        "id": document.id,
        "source": document.source,
        "text": document.text,
        "findings": [asdict(finding) for finding in document.findings],
    }


def _text(documents: tuple[Document, ...]) -> str:
    """Return the texts, each under its name where there are several."""
    if len(documents) == 1:
        return documents[0].text.rstrip("\n") + "\n"
    return "\n".join(f"==> {document.id} <==\n{document.text.rstrip()}\n" for document in documents)


def _remarks(collection: "Collection") -> Iterator[str]:
    for document in collection.documents:
        for finding in document.findings:
            yield f"{document.id}: {finding.kind}: {finding.reason}{_quoted(finding)}"
    for file in collection.unread:
        yield f"not read: {file.file}: {file.reason}"


def _quoted(finding: Finding) -> str:
    text = " ".join(finding.text.split())
    if not text:
        return ""
    return f': "{text[:SHOWN]}{"…" * (len(text) > SHOWN)}"'
