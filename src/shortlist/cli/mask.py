"""`shortlist mask`: what a policy hides in files, marked for people or as spans for machines."""

import json
from dataclasses import asdict
from pathlib import Path
from typing import Any, Literal

import click

from shortlist.cli.options import format_option, out_option, policy_option
from shortlist.cli.output import deliver
from shortlist.cli.progress import progress
from shortlist.errors import DocumentError
from shortlist.records import Document, MaskedText

SCHEMA = 1


@click.command()
@click.argument("files", nargs=-1, required=True)
@policy_option(
    "What is hidden: nothing; names, contact and the like; also schools and prestige; also "
    "places and graduation years."
)
@format_option("text", "json")
@out_option
def mask(
    files: tuple[str, ...], policy: str, output: Literal["text", "json"], out: Path | None
) -> None:
    """Show FILES with what a policy hides marked as [NAME], [SCHOOL] and so on.

    The marks are for people. The model reads a text from which all of it is removed without trace;
    JSON holds that text as `encoded`, and the spans in offsets of the text that `parse` shows.

    \b
    Examples:
      shortlist mask resume.pdf
      shortlist mask resume.pdf --policy strict --format json
    """
    from shortlist.documents import collect
    from shortlist.masking import Masker, shown

    with progress("Reading") as report:
        collection = collect(files, progress=report)
    for file in collection.unread:
        click.echo(f"not read: {file.file}: {file.reason}", err=True)
    if not collection.documents:
        raise DocumentError("nothing could be read")
    masker = Masker(policy)
    masked = [(document, masker(document)) for document in collection.documents]
    if output == "json":
        documents = [_record(text, shown(document, text)) for document, text in masked]
        content = {"schema": SCHEMA, "policy": policy, "documents": documents}
        deliver(json.dumps(content, ensure_ascii=False, indent=2) + "\n", out)
    else:
        deliver(_text([(document, shown(document, text)) for document, text in masked]), out)


def _record(masked: MaskedText, marked: str) -> dict[str, Any]:
    spans = [asdict(span) for span in masked.hidden if span.kind != "trace"]
    return {"id": masked.id, "text": marked, "encoded": masked.text, "spans": spans}


def _text(marked: list[tuple[Document, str]]) -> str:
    """Return the texts, each under its name where there are several."""
    if len(marked) == 1:
        return marked[0][1].rstrip("\n") + "\n"
    return "\n".join(f"==> {document.id} <==\n{text.rstrip()}\n" for document, text in marked)
