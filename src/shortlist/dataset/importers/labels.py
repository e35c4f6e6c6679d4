"""Label words and their grades. A word that is not listed is an error, never a 0."""

from shortlist.errors import DataError

SCALES: tuple[dict[str, float], ...] = (
    {"no fit": 0, "partial fit": 1, "potential fit": 1, "good fit": 2},
    {"no match": 0, "non match": 0, "nonmatch": 0, "mismatch": 0, "match": 1},
    {"not fit": 0, "fit": 1},
    {"no": 0, "yes": 1},
    {"n": 0, "y": 1},
    {"false": 0, "true": 1},
    {"negative": 0, "positive": 1},
    {"neg": 0, "pos": 1},
)
"""Each is a scale of its own: a file's labels must all be of one."""


def grades_of_labels(labels: list[tuple[str, object]]) -> list[float]:
    """Return the grade of each label: a number as it is, a word by its scale.

    Args:
        labels: the place of each label, such as `file:line`, and what stands there.

    Raises:
        DataError: a label is unknown, below 0, or of another scale than those before it.
    """
    numbers = [_number(label) for _, label in labels]
    if all(number is not None for number in numbers):
        for (place, label), number in zip(labels, numbers, strict=True):
            if number is not None and not 0 <= number < float("inf"):
                raise DataError(f"{place}: the label {label!r} is no grade of at least 0")
        return [number for number in numbers if number is not None]
    words = [(place, _plain(label)) for place, label in labels]
    scale = next((s for s in SCALES if words[0][1] in s), None)
    if scale is None:
        raise DataError(f"{words[0][0]}: unknown label {labels[0][1]!r}: known are {_known()}")
    for place, word in words:
        if word not in scale:
            raise DataError(f"{place}: unknown label {word!r} beside {', '.join(scale)}: mend it")
    return [scale[word] for _, word in words]


def _plain(label: object) -> str:
    return " ".join(str(label).strip().lower().replace("_", " ").replace("-", " ").split())


def _number(label: object) -> float | None:
    try:
        return float(str(label)) if not isinstance(label, bool) else float(label)
    except ValueError:
        return None


def _known() -> str:
    return "; ".join(", ".join(scale) for scale in SCALES)
