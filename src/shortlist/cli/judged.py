"""What `evaluate` judges by: the judgments of a data set, of a split of it, or of a file."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from shortlist.errors import ConfigError, DataError

if TYPE_CHECKING:
    from shortlist.dataset.folder import Dataset
    from shortlist.evaluation.scores import Judgments, Scores


@dataclass(frozen=True, slots=True)
class Asked:
    """What of a data set is asked for."""

    direction: Literal["resumes", "jobs"]
    split: str | None
    fit_on: str | None
    by: str | None
    allow_leakage: bool


@dataclass(frozen=True, slots=True)
class Judged:
    """Judgments to evaluate by, and what else came with them."""

    judgments: "Judgments"
    part: "Dataset | None" = None
    """The data set, or the split of it that is judged."""
    fit_part: "Dataset | None" = None
    """The split that thresholds and calibrations are fitted on."""
    groups: Mapping[str, str] | None = None
    """Each resume's group, by the attribute that was asked for."""
    own: "Scores | None" = None
    """Scores that the judgment file brings itself."""
    leaks: tuple[str, ...] = ()
    left_out: Mapping[str, int] = field(default_factory=dict)


def read_judged(source: Path, asked: Asked) -> Judged:
    """Return what is judged by: a data set folder, a TREC qrels file, or a CSV with labels.

    Raises:
        ConfigError: a split or an attribute is asked of a file.
        DataError: the source is malformed, has no judgments or no such split, or the split leaks.
    """
    if source.is_dir():
        return _of_folder(source, asked)
    for option, value in (("--split", asked.split), ("--fit-on", asked.fit_on), ("--by", asked.by)):
        if value is not None:
            raise ConfigError(
                f"{option} {value}: {source} is a file; only data set folders have it"
            )
    return _of_file(source, asked)


def _of_file(source: Path, asked: Asked) -> Judged:
    from shortlist.evaluation.files import is_qrels, read_judgments, read_scores
    from shortlist.evaluation.scores import judgments_of_labels

    if is_qrels(source):
        return Judged(read_judgments(source, direction=asked.direction))
    own = read_scores(source)
    judgments = judgments_of_labels(own)
    left_out = {"rows_without_label": len(own) - len(judgments)}
    return Judged(judgments, own=own, left_out=left_out)


def _of_folder(source: Path, asked: Asked) -> Judged:
    from shortlist.dataset.folder import read_dataset
    from shortlist.evaluation.scores import judgments_of

    whole = read_dataset(source)
    if not whole.judgments:
        raise DataError(
            f"{source}: no judgment: write judgments.jsonl, which says who fits which job"
        )
    part = whole.part(asked.split) if asked.split else whole
    if not part.judgments:
        raise DataError(f"{source}: split {asked.split!r} holds no judgment")
    return Judged(
        judgments_of(part.judgments),
        part=part,
        fit_part=_fit_part(whole, asked),
        groups=_groups(source, asked.by),
        leaks=_leaks(whole, asked),
        left_out={"judgments_of_other_splits": len(whole.judgments) - len(part.judgments)},
    )


def _fit_part(whole: "Dataset", asked: Asked) -> "Dataset | None":
    if asked.fit_on is None:
        return None
    if asked.fit_on == asked.split or asked.split is None:
        raise ConfigError(
            f"--fit-on {asked.fit_on}: what is fitted on a split is reported on another: "
            "name that one with --split"
        )
    return whole.part(asked.fit_on)


def _groups(source: Path, attribute: str | None) -> Mapping[str, str] | None:
    from shortlist.dataset.groups import read_groups

    if attribute is None:
        return None
    groups = read_groups(source / "groups.csv")
    if attribute not in groups:
        raise ConfigError(f"--by {attribute}: groups.csv has {', '.join(groups) or 'nothing'}")
    return groups[attribute]


def _leaks(whole: "Dataset", asked: Asked) -> tuple[str, ...]:
    from shortlist.dataset.splits import leaks

    if asked.split is None:
        return ()
    found = tuple(str(leak) for leak in leaks(whole) if asked.split in (leak.a, leak.b))
    if found and not asked.allow_leakage:
        raise DataError(
            f"split {asked.split!r} leaks: {'; '.join(found)}: make splits that share nothing with "
            "`shortlist data split`, or say --allow-leakage"
        )
    return found
