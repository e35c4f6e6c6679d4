"""A folder of generated data: resumes, preference pairs, and a card that says what they are."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from shortlist.errors import DataError
from shortlist.explain.skills.known.asking import to_generate
from shortlist.explain.skills.known.generate import VERSION, Options, generate
from shortlist.explain.skills.known.preferences import from_edits, preference_json, preferences
from shortlist.explain.skills.known.truth import write_known
from shortlist.explain.skills.rubrics import Rubrics
from shortlist.extraction import Lexicon

RESUMES = "resumes.jsonl"
PREFERENCES = "preferences.jsonl"


@dataclass(frozen=True, slots=True)
class Made:
    """How much was written."""

    resumes: int
    truths: int
    pairs: int


def write_folder(
    folder: Path, skills: Sequence[str], options: Options, *, edits: Path | None = None
) -> Made:
    """Generate data and write it to a folder that is new or empty.

    Raises:
        DataError: the folder holds something, or an edit is malformed.
        ConfigError: no skill is named, or a number is out of range.
    """
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise DataError(f"{folder}: is not empty; name a new folder")
    known = list(generate(to_generate(skills, Lexicon.load(), Rubrics.load()), options))
    pairs = list(preferences(known, options.seed))
    pairs += list(from_edits(edits)) if edits else []
    folder.mkdir(parents=True, exist_ok=True)
    write_known(known, folder / RESUMES)
    lines = [json.dumps(preference_json(pair), ensure_ascii=False) for pair in pairs]
    (folder / PREFERENCES).write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
    card = _card(skills, options, edits)
    (folder / "README.md").write_text(card, encoding="utf-8")
    return Made(len(known), sum(len(one.truths) for one in known), len(pairs))


def _card(skills: Sequence[str], options: Options, edits: Path | None) -> str:
    from shortlist import __version__

    human = f"- pairs of fault `human-edit` come from {edits.name}\n" if edits else ""
    return f"""# Generated resumes with known skills

- made by `shortlist skills data`, version {__version__}, generator {VERSION}
- skills: {", ".join(skills)}
- {options.n} resumes, seed {options.seed}, wording `{options.pool.replace("_", "-")}`
- every person, employer and sentence is invented from templates; licence MIT
{human}
The truth is what was planted, not what a person judged. Texts are simpler and more alike than real
resumes: a scorer that does well here may do worse there, so check it on resumes judged by hand too.
"""
