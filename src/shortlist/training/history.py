"""What a run leaves for people: a row for each epoch as CSV and JSON, and a plot of both sides."""

import csv
import io
import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from shortlist.encoding import Calibration
from shortlist.training.selection import Epoch
from shortlist.training.validation import Calibrating, Validation

CSV = "epoch_metrics.csv"
JSON = "training_history.json"
PLOT = "training_history.png"


@dataclass(frozen=True, slots=True)
class Row:
    """An epoch: its losses and weights in training, and its validation."""

    number: int
    step: int
    losses: Mapping[str, float]
    """Mean over the epoch of each weighted term."""
    weights: Mapping[str, float]
    """Of the terms at the end of the epoch."""
    validation: Validation

    def flat(self) -> dict[str, object]:
        """Return the row for the CSV."""
        of = self.validation
        calibrating = of.calibrating
        return {
            "epoch": self.number,
            "step": self.step,
            "train_loss": round(sum(self.losses.values()), 6),
            **{f"train_{name}": round(value, 6) for name, value in self.losses.items()},
            **{f"weight_{name}": round(value, 6) for name, value in self.weights.items()},
            **{f"validation_{name}": _rounded(value) for name, value in of.metrics.items()},
            "gap": _rounded(of.gap),
            "gap_raw": _rounded(of.gap_raw),
            "gap_balanced": _rounded(of.gap_balanced),
            "temperature": _rounded(calibrating.temperature),
            **{f"temperature_{g}": _rounded(t) for g, t in calibrating.by_group.items()},
            "slope": _rounded(calibrating.served.slope),
            "intercept": _rounded(calibrating.served.intercept),
            "threshold": _rounded(calibrating.threshold),
        }

    def seen(self) -> Epoch:
        """Return what selection sees."""
        ndcg = self.validation.metrics["ndcg@10"]
        return Epoch(self.number, ndcg if ndcg is not None else 0.0, self.validation.gap)


@dataclass(slots=True)
class History:
    """The rows so far. It goes with each checkpoint, so that a resumed run has the same ones."""

    rows: list[Row] = field(default_factory=list)

    def to_json(self) -> list[dict[str, Any]]:
        """Return the rows as plain values."""
        return [asdict(row) for row in self.rows]

    @classmethod
    def from_json(cls, rows: Sequence[Mapping[str, Any]]) -> "History":
        """Return the history of plain values."""
        return cls([_row(row) for row in rows])

    def epochs(self) -> list[Epoch]:
        """Return what selection sees of each epoch."""
        return [row.seen() for row in self.rows]

    def write(self, folder: Path, summary: Mapping[str, Any]) -> None:
        """Write the CSV, the JSON with a summary, and the plot, each whole or not at all."""
        rows = [row.flat() for row in self.rows]
        columns = list(dict.fromkeys(name for row in rows for name in row))
        text = io.StringIO()
        writer = csv.DictWriter(text, columns, lineterminator="\n", restval="")
        writer.writeheader()
        writer.writerows(rows)
        replace_file(folder / CSV, text.getvalue().encode())
        content = {**summary, "epochs": self.to_json()}
        replace_file(folder / JSON, (json.dumps(content, indent=1) + "\n").encode())
        replace_file(folder / PLOT, _plot(rows))


def replace_file(path: Path, data: bytes) -> None:
    """Write a file that appears only when it is complete."""
    draft = path.with_name(f".{path.name}.new")
    draft.write_bytes(data)
    draft.replace(path)


def _row(row: Mapping[str, Any]) -> Row:
    of = row["validation"]
    how = of["calibrating"]
    calibrating = Calibrating(**{**how, "served": Calibration(**how["served"])})
    return Row(**{**row, "validation": Validation(**{**of, "calibrating": calibrating})})


def _rounded(value: float | None) -> float | str:
    return "" if value is None else round(value, 6)


def _plot(rows: Sequence[Mapping[str, object]]) -> bytes:
    """Return a PNG: losses on the left, ranking quality and gaps on the right."""
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    figure = Figure(figsize=(10, 4), layout="constrained")
    FigureCanvasAgg(figure)
    left, right = figure.subplots(1, 2)
    epoch = [row["epoch"] for row in rows]
    for axes, names in (
        (left, [name for name in (rows[0] if rows else ()) if name.startswith("train_")]),
        (right, ["validation_ndcg@10", "validation_roc_auc", "gap_raw", "gap_balanced"]),
    ):
        for name in names:
            values = [row.get(name, "") for row in rows]
            axes.plot(epoch, [v if v != "" else float("nan") for v in values], "o-", label=name)
        axes.set_xlabel("epoch")
        axes.legend(fontsize=7)
    left.set_title("weighted terms of the loss, training")
    right.set_title("validation: ranking, and gaps between groups")
    file = io.BytesIO()
    figure.savefig(file, format="png", dpi=110, metadata={"Software": None})
    return file.getvalue()
