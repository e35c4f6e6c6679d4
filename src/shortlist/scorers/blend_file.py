"""The blend file: weights of signals, and the fit that they come from."""

import json
import math
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from importlib import resources
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any

from shortlist.errors import DataError
from shortlist.records import Estimate
from shortlist.scorers.signals import SUGGESTED

FORMAT = 1
SIGNALS = ("learned", *SUGGESTED)
"""What a blend mixes: the learned score and the five signals of the hybrid one."""


@dataclass(frozen=True, slots=True)
class Fit:
    """What weights were fitted on, and how well they order what was left out."""

    data: str
    """The name of the data set."""
    fingerprint: str
    """The digest of its texts and judgments."""
    pairs: int
    jobs: int
    weights: Mapping[str, Estimate]
    """Each weight with its interval over jobs, and the number of jobs."""
    in_order: Mapping[str, Estimate]
    """How often the better of two resumes for a job is above, on jobs left out of the fit: for the
    blend, and for what it mixes."""
    model: str
    """The fingerprint of the model whose score is blended."""
    policy: str


@dataclass(frozen=True, slots=True)
class BlendFile:
    """Weights by signal, at least 0 and adding up to 1, and their fit."""

    weights: Mapping[str, float]
    fit: Fit


def write_blend(blend: BlendFile) -> str:
    """Return a blend as the text of its file."""
    return json.dumps({"format": FORMAT, **asdict(blend)}, indent=1, ensure_ascii=False) + "\n"


def read_blend(path: Path | None = None) -> BlendFile:
    """Return the blend of a file; without one, the blend that comes with shortlist.

    Raises:
        DataError: the file cannot be read, is of another format, or its weights are none.
    """
    source: Path | Traversable = path or resources.files("shortlist.scorers") / "blend.json"
    try:
        value = json.loads(source.read_text("utf-8"))
    except (OSError, ValueError) as error:
        raise DataError(f"{source}: cannot be read as a blend file: {error}") from error
    if not isinstance(value, dict) or value.get("format") != FORMAT:
        raise DataError(f"{source}: no blend file of format {FORMAT}; make one: `shortlist blend`")
    try:
        return BlendFile(_weights(value["weights"]), _fit(value["fit"]))
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise DataError(f"{source}: not a whole blend file: {error}; make it anew") from error


def _weights(value: Mapping[str, Any]) -> dict[str, float]:
    weights = {name: float(weight) for name, weight in value.items()}
    if set(weights) != set(SIGNALS):
        raise ValueError(f"weights must be of {', '.join(SIGNALS)}")
    if not all(0 <= weight <= 1 for weight in weights.values()):
        raise ValueError("a weight is not in [0, 1]")
    if not math.isclose(sum(weights.values()), 1.0, abs_tol=1e-6):
        raise ValueError("weights do not add up to 1")
    return weights


def _fit(value: Mapping[str, Any]) -> Fit:
    texts = {name: str(value[name]) for name in ("data", "fingerprint", "model", "policy")}
    return Fit(
        pairs=int(value["pairs"]),
        jobs=int(value["jobs"]),
        weights={name: Estimate(**estimate) for name, estimate in value["weights"].items()},
        in_order={name: Estimate(**estimate) for name, estimate in value["in_order"].items()},
        **texts,
    )
