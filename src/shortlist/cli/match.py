"""`shortlist match`: one resume and one job, with everything that the score rests on."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import click

from shortlist.cli.options import (
    format_option,
    lexicon_option,
    model_option,
    out_option,
    policy_option,
    runtime_option,
)
from shortlist.cli.output import check_folder, deliver
from shortlist.cli.skills_model import ENDPOINT
from shortlist.errors import ConfigError

if TYPE_CHECKING:
    from shortlist.explain.explanation import Explanation
    from shortlist.explain.narrative import Narrative
    from shortlist.explain.opinion import Opinion
    from shortlist.matcher import Matcher
    from shortlist.records import Document, MaskedText
    from shortlist.report.match import MatchRun
    from shortlist.report.ranking import ModelUsed
    from shortlist.scorers import Scorer

Format = Literal["table", "json", "html"]


@click.command()
@click.argument("job")
@click.argument("resume")
@click.option(
    "--scorer",
    "name",
    type=click.Choice(["learned", "hybrid", "blend"]),
    default="learned",
    show_default=True,
    help="learned: the score that `rank` gives. hybrid: meaning, TF-IDF, keywords, skills and "
    "sections by fixed weights. blend: all of these by fitted weights.",
)
@click.option(
    "--weights",
    metavar="NAME=W,...",
    help="Weights of the hybrid's signals, for example semantic=0.5,section=0; the others keep "
    "those suggested.",
)
@click.option(
    "--blend",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FILE",
    help="The blend's weights, made by `shortlist blend`. Default: those that come with shortlist.",
)
@model_option
@policy_option("What is hidden from every signal.")
@runtime_option
@lexicon_option
@click.option(
    "--today",
    type=click.DateTime(["%Y-%m-%d"]),
    help="The day that 'present' means for years of experience. Default: the day of the run. No "
    "score depends on it.",
)
@click.option(
    "--attribution",
    "attributed",
    is_flag=True,
    help="Show what each word of the masked resume adds to the similarity and to the learned score "
    "of `rank`: it is left out and the pair scored again. Also the share of sensitive words and of "
    "skills.",
)
@click.option(
    "--opinion-url",
    metavar="URL",
    help="Show a language model's opinion beside the score, from an OpenAI-compatible endpoint. "
    "The masked texts are sent there. Not reproducible; off by default.",
)
@click.option("--opinion-model", metavar="NAME", help="The model at that endpoint.")
@click.option(
    "--narrative",
    "narrated",
    is_flag=True,
    help="Let the model --llm at --endpoint put the result into words. The masked texts are sent "
    "there; what it quotes or counts that was not there is dropped. Changes no score.",
)
@click.option("--llm", metavar="NAME", help="For --narrative: the model.")
@click.option(
    "--endpoint",
    default=ENDPOINT,
    show_default=True,
    metavar="URL",
    help="For --narrative: an OpenAI-compatible endpoint; the default is Ollama's.",
)
@click.option(
    "--language",
    type=click.Choice(["en", "zh-TW"]),
    default="en",
    show_default=True,
    help="For --narrative: its language.",
)
@format_option("table", "json", "html")
@out_option
def match(
    job: str,
    resume: str,
    name: str,
    weights: str | None,
    blend: Path | None,
    model: Path | None,
    policy: str,
    runtime: Literal["onnxruntime", "openvino"],
    lexicons: tuple[Path, ...],
    today: datetime | None,
    attributed: bool,
    opinion_url: str | None,
    opinion_model: str | None,
    narrated: bool,
    llm: str | None,
    endpoint: str,
    language: Literal["en", "zh-TW"],
    output: Format,
    out: Path | None,
) -> None:
    """Explain how RESUME matches JOB: the score, its parts, evidence, gaps, and what would help.

    Shows what is matched, implied and missing by priority, keyword counts, years and degree against
    those asked for, what would raise the score most (each addition was scored), and statements
    worth rewriting. Every statement quotes the resume or says "not found".

    \b
    Examples:
      shortlist match job.md resume.pdf
      shortlist match job.md resume.pdf --scorer hybrid --format json
      shortlist match job.md resume.pdf --scorer hybrid --weights semantic=0.5,section=0
      shortlist match job.md resume.pdf --scorer blend --format html --out match.html
      shortlist match job.md resume.pdf --attribution --policy none
      shortlist match job.md resume.pdf --narrative --llm phi3:mini --language zh-TW
    """
    from shortlist.encoding import VectorCache
    from shortlist.explain.attribution import attribute
    from shortlist.explain.pair import explain
    from shortlist.extraction import Lexicon
    from shortlist.scorers import learned_matcher, parse_weights, scorer

    if job == resume:
        raise ConfigError(f"{job}: given as the job and as the resume")
    if bool(opinion_url) != bool(opinion_model):
        raise ConfigError("--opinion-url and --opinion-model go together: name both")
    narrate = _narrator(narrated, llm, endpoint, language)
    check_folder(out)
    day = today.date() if today else date.today()
    lexicon = Lexicon.load(*lexicons)
    given = parse_weights(weights) if weights is not None else None
    matcher = learned_matcher(model, policy=policy, runtime=runtime, cache=VectorCache(None))
    by = scorer(name, matcher, weights=given, blend=blend, lexicon=lexicon)
    asked, applicant = _read(job), _read(resume)
    found = explain(matcher, asked, applicant, scorer=by, today=day, lexicon=lexicon)
    if opinion_url and opinion_model:
        opinion = _opinion(matcher, asked, applicant, (opinion_url, opinion_model))
        found = replace(found, opinion=opinion)
    from shortlist.report.match import MatchRun

    run = MatchRun(
        explanation=found,
        job=asked,
        resume=applicant,
        masked=matcher.masker(applicant),
        policy=policy,
        model=_used(matcher),
        today=day,
        notes=tuple(_notes(by)),
        narrative=narrate(found, matcher.masker(asked), matcher.masker(applicant)),
        attribution=attribute(matcher, asked, applicant, lexicon=lexicon) if attributed else None,
    )
    deliver(_written(run, output), out)


def _read(name: str) -> "Document":
    from shortlist.documents import read

    if Path(name).is_dir():
        raise ConfigError(f"{name}: a folder; name one document, or rank them: `shortlist rank`")
    return read(name)


def _used(matcher: "Matcher") -> "ModelUsed":
    from shortlist.report.ranking import ModelUsed

    encoder = matcher.encoder
    return ModelUsed(encoder.fingerprint, encoder.config.base_model, encoder.runtime)


def _notes(by: "Scorer") -> list[str]:
    from shortlist.scorers import Blend

    if not isinstance(by, Blend):
        return []
    fit = by.file.fit
    notes = [f"Weights fitted on {fit.data}: {fit.pairs:,} pairs of {fit.jobs:,} jobs."]
    if not by.fits:
        notes.append("They were fitted with another model or masking policy: fit them anew.")
    return notes


def _opinion(
    matcher: "Matcher", job: "Document", resume: "Document", where: tuple[str, str]
) -> "Opinion":
    from shortlist.llm import Client
    from shortlist.llm.opinion import opinion

    return opinion(Client(*where), matcher.masker(job), matcher.masker(resume))


def _narrator(
    narrated: bool, llm: str | None, endpoint: str, language: Literal["en", "zh-TW"]
) -> "Callable[[Explanation, MaskedText, MaskedText], Narrative | None]":
    """Return what words an explanation by a language model, and nothing where none is asked for."""
    if not narrated:
        if llm:
            raise ConfigError("--llm: goes with --narrative")
        return lambda found, job, resume: None
    if not llm:
        raise ConfigError("--narrative: name a model, as in --llm phi3:mini")
    from shortlist.llm import Client
    from shortlist.llm.narrative import narrate

    client = Client(endpoint, llm)
    return lambda found, job, resume: narrate(client, found, job, resume, language=language)


def _written(run: "MatchRun", output: Format) -> str:
    if output == "html":
        from shortlist.report.match_html import match_html

        return match_html(run, datetime.now().astimezone())
    if output == "table":
        from shortlist.report.match_table import match_table

        return match_table(run)
    from shortlist.report.match import match_json

    return match_json(run)
