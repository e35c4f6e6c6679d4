"""`shortlist publish`: a trained model on the Hugging Face Hub."""

from pathlib import Path

import click


@click.command()
@click.argument("run", type=click.Path(path_type=Path))
@click.option("--repo-id", required=True, metavar="USER/NAME", help="The repository on the Hub.")
@click.option("--private", is_flag=True, help="A new repository is not shown to others.")
@click.option(
    "--base-model",
    metavar="ID",
    help="The base model's name on the Hub, for card and adapter. Default: as the run says.",
)
@click.option("--push", is_flag=True, help="Send it. Without this, only say what would be sent.")
def publish(run: Path, repo_id: str, private: bool, base_model: str | None, push: bool) -> None:
    """Publish a trained model with a card made from its run; without --push, only list the files.

    RUN is what `shortlist train` left, whose best_model is meant, or one of the model folders in
    it. Sent are the merged model, the adapter, the model folder under shortlist/ and the card: no
    text of the data, no checkpoint, no log. The token comes from `hf auth login` or HF_TOKEN.

    \b
    Examples:
      shortlist publish run/ --repo-id you/matcher
      shortlist publish run/ --repo-id you/matcher --private --push
    """
    from shortlist.training import publish as hub

    planned = hub.publication(run, repo_id, private=private, base_model=base_model)
    for file in planned.files:
        click.echo(f"{file.size:>13,}  {file.path}")
    seen = "private" if private else "public"
    total = sum(file.size for file in planned.files)
    told = f"{len(planned.files)} files, {total:,} bytes, {seen} repository {repo_id}"
    if push:
        click.echo(f"sent {told}: {hub.push(planned)}")
    else:
        click.echo(f"would send {told}; nothing is sent without --push")
