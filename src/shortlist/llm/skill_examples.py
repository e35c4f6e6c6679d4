"""Examples for training from resumes of which it is known what they show: `skills data`.

The questions are those that `LlmScorer` asks, over the same masked parts of a resume.
"""

import json
from collections.abc import Iterator, Sequence
from typing import Any

from shortlist.errors import DataError
from shortlist.explain.skills import Rubrics, SkillRule
from shortlist.explain.skills.known.preferences import Preference as Pair
from shortlist.explain.skills.known.preferences import right_answer
from shortlist.explain.skills.known.truth import KnownResume, Truth
from shortlist.explain.skills.rubrics import rule_of
from shortlist.extraction import Lexicon
from shortlist.llm.answers import place
from shortlist.llm.chunks import chunks
from shortlist.llm.examples import Example, Preference
from shortlist.llm.skill_prompt import MOST_QUOTES, answer, messages
from shortlist.masking import Masker
from shortlist.records import Document

Entry = dict[str, Any]

_NOTHING = "no evidence found"


def examples(resumes: Sequence[KnownResume], rubrics: Rubrics) -> Iterator[Example]:
    """Yield one example for each part of each resume: all its skills, with the right answer.

    Where a resume has several parts, a skill scores 0 in those where none of the sentences stands
    that decide it.
    """
    masker = Masker()
    for resume in resumes:
        text = masker(resume.document()).text
        rules = [_rule(truth.skill, rubrics) for truth in resume.truths]
        for part in chunks(text):
            shown = text[part.start : part.end]
            entries = [_entry(truth, shown) for truth in resume.truths]
            yield Example(messages(shown, rules), answer(entries))


def preferences(pairs: Sequence[Pair], rubrics: Rubrics) -> Iterator[Preference]:
    """Yield one preference for each pair whose better answer's quotes stand in one part.

    Raises:
        DataError: a better answer is not one that a scorer gives.
    """
    masker = Masker()
    for pair in pairs:
        better = _read(pair)
        text = masker(Document(pair.resume, pair.text)).text
        for part in chunks(text):
            shown = text[part.start : part.end]
            if all(place(quote, shown) for quote in better["quotes"]):
                prompt = messages(shown, [_rule(pair.skill, rubrics)])
                yield Preference(prompt, answer([better]), _worse(pair.rejected))
                break


def _rule(skill: str, rubrics: Rubrics) -> SkillRule:
    return SkillRule(skill, rule_of(skill, rubrics, Lexicon.load()).rubric)


def _entry(truth: Truth, shown: str) -> Entry:
    """Return the right entry for a skill in a part of a resume."""
    entry: Entry = json.loads(right_answer(truth))
    entry["quotes"] = [quote for quote in entry["quotes"] if place(quote, shown)][:MOST_QUOTES]
    if entry["score"] and not entry["quotes"]:
        return {**entry, "status": "none", "score": 0, "reason": _NOTHING}
    return entry


def _read(pair: Pair) -> Entry:
    try:
        entry: Entry = json.loads(pair.chosen)
        return {**entry, "quotes": [str(quote) for quote in entry["quotes"]]}
    except (json.JSONDecodeError, KeyError, TypeError) as error:
        raise DataError(
            f"resume {pair.resume}, skill {pair.skill}: `chosen` is not an answer with quotes"
        ) from error


def _worse(rejected: str) -> str:
    """Return the worse answer in the form it was given, which may be no JSON at all."""
    try:
        return answer([json.loads(rejected)])
    except json.JSONDecodeError:
        return rejected
