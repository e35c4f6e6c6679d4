"""The picture of `mitigation.py`: ranking quality against the gap, at every strength."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Protocol

import numpy as np
import numpy.typing as npt


class Drawn(Protocol):
    """What one method gave at one strength: see `mitigation.Runs`."""

    @property
    def method(self) -> str: ...
    @property
    def test(self) -> Mapping[str, npt.NDArray[np.float64]]: ...


MARKERS = "osD^vP*Xhd<>p8"


def draw(worlds: Mapping[str, Sequence[Drawn]], path: Path) -> None:
    """Write a PNG with a panel for each world; bars are standard errors over seeds."""
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    figure = Figure(figsize=(12, 5.2), layout="constrained")
    FigureCanvasAgg(figure)
    panels = figure.subplots(1, len(worlds), squeeze=False)[0]
    for axes, (name, runs) in zip(panels, worlds.items(), strict=True):
        methods = dict.fromkeys(one.method for one in runs)
        for place, method in enumerate(methods):
            _method(axes, [one for one in runs if one.method == method], place)
        axes.axvline(0, color="0.6", linewidth=0.8)
        axes.set_title(f"planted: {name}")
        axes.set_xlabel("exposure gap (0: none; right: the second group is left out)")
        axes.set_ylabel("nDCG@10, clean labels")
        axes.grid(alpha=0.25)
    panels[-1].legend(loc="center left", bbox_to_anchor=(1.02, 0.5), fontsize=8)
    path.parent.mkdir(parents=True, exist_ok=True)
    figure.savefig(path, dpi=110, metadata={"Software": None})


def _method(axes: Any, runs: Sequence[Drawn], place: int) -> None:
    """Draw the strengths of a method, joined by a line."""
    means, errors = [], []
    for one in runs:
        by_seed = [one.test[key].mean(axis=1) for key in ("exposure", "ndcg")]
        means.append([values.mean() for values in by_seed])
        errors.append([values.std(ddof=1) / len(values) ** 0.5 for values in by_seed])
    (x, y), (dx, dy) = np.transpose(means), np.transpose(errors)
    style = {"color": f"C{place % 10}", "markersize": 6, "capsize": 0, "linewidth": 1}
    axes.errorbar(x, y, dy, dx, f"{MARKERS[place % len(MARKERS)]}-", label=runs[0].method, **style)
