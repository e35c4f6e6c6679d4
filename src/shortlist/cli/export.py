"""`shortlist export`: a trained model as a folder of its own."""

from pathlib import Path

import click


@click.command()
@click.argument("run", type=click.Path(path_type=Path))
@click.option(
    "--to",
    "folder",
    required=True,
    type=click.Path(path_type=Path, file_okay=False),
    metavar="DIR",
    help="Where to write; it must be new or empty.",
)
@click.option(
    "--model",
    default="best_model",
    show_default=True,
    metavar="NAME",
    help="Which of the models that the run kept.",
)
def export(run: Path, folder: Path, model: str) -> None:
    """Write a trained model as a model folder, checked against torch.

    RUN is what `shortlist train` left, one of the model folders in it, a file of its epochs/ or a
    folder of its checkpoints/, or any sentence-transformers folder. DIR then ranks
    (`shortlist rank --model DIR`), and holds the same weights for `SentenceTransformer`
    (sentence_transformers/) and, where adapters were trained, for PEFT (adapter/). Attention over
    sections, where it was trained, is in the model folder alone.

    \b
    Examples:
      shortlist export run/ --to model/
      shortlist export run/ --model best_fairness_model --to model/
      shortlist export run/epochs/epoch-002.safetensors --to model/
    """
    from shortlist.training.kept import export_kept

    parity = export_kept(run, folder, name=model)
    click.echo(f"{folder}: {parity}")
    if parity.least_whole is not None:
        click.echo(
            "sections.onnx holds attention over sections, and `shortlist rank` alone reads it: "
            "sentence_transformers/ and adapter/ are the encoder without it"
        )
