"""A folder of generated data: resumes, preference pairs, and a card that says what they are."""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from shortlist.errors import DataError
from shortlist.explain.skills.known.asking import to_generate
from shortlist.explain.skills.known.generate import VERSION, Options, generate
from shortlist.explain.skills.known.preferences import from_edits, preference_json, preferences
from shortlist.explain.skills.known.truth import KnownResume, write_known
from shortlist.explain.skills.rubrics import Rubrics
from shortlist.explain.skills.scorer import checked
from shortlist.extraction import Lexicon

RESUMES = "resumes.jsonl"
PREFERENCES = "preferences.jsonl"


@dataclass(frozen=True, slots=True)
class Made:
    """How much was written."""

    resumes: int
    truths: int
    pairs: int
    worded: "Worded | None" = None


@dataclass(frozen=True, slots=True)
class Worded:
    """Generated resumes in a language model's words, and what of its answers was left out."""

    resumes: tuple[KnownResume, ...]
    model: str
    licence: str
    refused: Mapping[str, int] = field(default_factory=dict)
    """How many answers failed a check, by what was wrong."""
    stopped: str = ""
    """Why the model was not asked on, where it failed."""


Word = Callable[[Sequence[KnownResume]], Worded]


def write_folder(
    folder: Path,
    skills: Sequence[str],
    options: Options,
    *,
    edits: Path | None = None,
    word: Word | None = None,
) -> Made:
    """Generate data and write it to a folder that is new or empty.

    Args:
        folder: where to write.
        skills: what the resumes are about.
        options: how many, and how.
        edits: a file of human corrections, added to the preference pairs.
        word: words the resumes by a language model; these are added to the others.

    Raises:
        DataError: the folder holds something, or an edit is malformed.
        ConfigError: no skill is named, one has no letter or is named twice, or a number is out of
            range.
    """
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise DataError(f"{folder}: is not empty; name a new folder")
    skills = checked(skills)
    known = list(generate(to_generate(skills, Lexicon.load(), Rubrics.load()), options))
    worded = word(known) if word else None
    known += worded.resumes if worded else ()
    pairs = list(preferences(known, options.seed))
    pairs += list(from_edits(edits)) if edits else []
    folder.mkdir(parents=True, exist_ok=True)
    write_known(known, folder / RESUMES)
    lines = [json.dumps(preference_json(pair), ensure_ascii=False) for pair in pairs]
    (folder / PREFERENCES).write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
    card = _card(skills, options, edits, worded)
    (folder / "README.md").write_text(card, encoding="utf-8")
    return Made(len(known), sum(len(one.truths) for one in known), len(pairs), worded)


def _card(
    skills: Sequence[str], options: Options, edits: Path | None, worded: Worded | None
) -> str:
    from shortlist import __version__

    human = f"- pairs of fault `human-edit` come from {edits.name}\n" if edits else ""
    return f"""# Generated resumes with known skills

- made by `shortlist skills data`, version {__version__}, generator {VERSION}
- skills: {", ".join(skills)}
- {options.n} resumes, seed {options.seed}, wording `{options.pool.replace("_", "-")}`
- every person, employer and sentence is invented from templates; licence MIT
{_by_model(worded)}{human}
The truth is what was planted, not what a person judged. Texts are simpler and more alike than real
resumes: a scorer that does well here may do worse there, so check it on resumes judged by hand too.
"""


def _by_model(worded: Worded | None) -> str:
    if worded is None:
        return "- no resume was worded by a language model\n"
    left_out = "".join(f"; left out: {count} ({why})" for why, count in worded.refused.items())
    stopped = f"; not all were asked for: {worded.stopped}" if worded.stopped else ""
    return (
        f"- {len(worded.resumes)} more resumes are these in the words of the language model "
        f"`{worded.model}`, whose terms for its answers were given as: {worded.licence}; its"
        f" sentences are not checked by a person{left_out}{stopped}\n"
    )
