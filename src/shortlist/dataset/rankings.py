"""Rankings by people, in two formats that look alike and must be named.

- `order`: ids from best to worst. `["j3", "j1", "j2"]` puts j3 first.
- `ranks`: the rank of each id. `{"j1": 2, "j2": 3, "j3": 1}` says the same.

Read as the other, a list of numbers is still a list of numbers, and a perfect system gets a poor
correlation: so no function here guesses.
"""

from collections.abc import Mapping, Sequence


def grades_of_order(order: Sequence[str]) -> dict[str, float]:
    """Return the grade of each id: how many stand below it, so that the last has 0.

    Raises:
        ValueError: an id stands twice; the message says which.
    """
    fault = repeated(order)
    if fault:
        raise ValueError(fault)
    return {name: float(len(order) - 1 - place) for place, name in enumerate(order)}


def grades_of_ranks(ranks: Mapping[str, object]) -> dict[str, float]:
    """Return the grade of each id: how many stand below it, so that the last has 0.

    Raises:
        ValueError: the ranks are not 1, 2, ... up to their number, each once.
    """
    values = list(ranks.values())
    fault = not_a_permutation(values, len(values))
    if fault:
        raise ValueError(fault)
    return {name: float(len(ranks) - int(str(rank))) for name, rank in ranks.items()}


def not_a_permutation(row: Sequence[object], n: int) -> str:
    """Return why a row does not hold each of 1 to n once, or nothing where it does."""
    if len(row) != n:
        return f"{len(row)} entries instead of {n}"
    strange = [value for value in row if type(value) is not int or not 1 <= value <= n]
    if strange:
        return f"{strange[0]!r} is not one of 1 to {n}"
    return repeated(row)


def repeated(row: Sequence[object]) -> str:
    """Return which entry stands twice in a row, or nothing where none does."""
    seen: set[object] = set()
    for value in row:
        if value in seen:
            return f"{value!r} stands twice"
        seen.add(value)
    return ""
