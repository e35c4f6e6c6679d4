"""Examples and preferences as the rows that trl reads, with those left out that are too long."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from datasets import Dataset

from shortlist.errors import DataError
from shortlist.llm.examples import Example, Preference


@dataclass(frozen=True, slots=True)
class Fitting:
    """A data set without the rows that are too long, and how many those are."""

    rows: Dataset
    too_long: int


def fitting(learned: Sequence[Example | Preference], tokens: Any, most: int) -> Fitting:
    """Return the rows of examples that a model can read whole.

    Args:
        learned: examples or preferences.
        tokens: the tokenizer, with its chat template.
        most: tokens of conversation and answer together.

    Raises:
        DataError: there are none, or all are too long.
    """
    rows = [_row(one) for one in learned]
    kept = [row for row in rows if _length(row, tokens) <= most]
    if not kept:
        raise DataError(
            f"none of {len(rows)} examples fits {most} tokens: raise max_tokens or give more data"
        )
    return Fitting(Dataset.from_list(kept), len(rows) - len(kept))


def _row(one: Example | Preference) -> dict[str, Any]:
    prompt = [dict(message) for message in one.prompt]
    if isinstance(one, Example):
        return {"prompt": prompt, "completion": _says(one.answer)}
    return {"prompt": prompt, "chosen": _says(one.chosen), "rejected": _says(one.rejected)}


def _says(answer: str) -> list[dict[str, str]]:
    return [{"role": "assistant", "content": answer}]


def _length(row: Mapping[str, Any], tokens: Any) -> int:
    answers = [row[key] for key in ("completion", "chosen", "rejected") if key in row]
    return max(
        len(tokens.apply_chat_template([*row["prompt"], *answer], tokenize=True, return_dict=False))
        for answer in answers
    )
