"""Resumes with known skills, worded by a language model: `skills data --llm`.

The model gets a generated resume and words it anew. What was planted is known, so each answer is
checked: the sentences that the model names for a skill stand in its text, skills that were named
are named still, those that were absent are absent still, and every year is kept. What fails is left
out and counted. Answers are kept in the user's cache, so a second run asks for nothing twice.
"""

import json
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any, Protocol

from shortlist.encoding.cache import VectorCache, cache_key
from shortlist.errors import ConfigError
from shortlist.explain.skills.known.folder import Worded
from shortlist.explain.skills.known.truth import KnownResume, Truth
from shortlist.llm.answers import place
from shortlist.llm.client import Message

VERSION = 1
"""Of the question; a change asks anew."""

TEMPERATURE = 0.8
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_TASK = """\
You word invented resumes. You get one, with the skills that it shows and the sentences that show
each. Write the same person's resume in other words, as a person of that trade would write it.
Keep every job, date, number and level of skill as it is; add no skill and leave none out; a skill
that is said to be missing or still to be learnt stays so. Answer in JSON: "text" (the resume, plain
text with line breaks) and "sentences" (for each skill with sentences: "skill", and "said", the
sentences of your text that now say what its sentences said, copied exactly)."""
_SCHEMA = {
    "type": "object",
    "properties": {
        "text": {"type": "string"},
        "sentences": {
            "type": "array",
            "items": {
                "type": "object",
                "properties": {
                    "skill": {"type": "string"},
                    "said": {"type": "array", "items": {"type": "string"}},
                },
                "required": ["skill", "said"],
                "additionalProperties": False,
            },
        },
    },
    "required": ["text", "sentences"],
    "additionalProperties": False,
}


class Source(Protocol):
    """A language model at an endpoint."""

    url: str
    model: str

    def complete(
        self,
        messages: Sequence[Message],
        schema: Mapping[str, Any] | None = None,
        *,
        temperature: float = 0.0,
        seed: int = 0,
    ) -> str:
        """Return the answer to messages."""


def worded(
    source: Source,
    known: Sequence[KnownResume],
    *,
    licence: str,
    cache: VectorCache | None = None,
) -> Worded:
    """Return resumes in a model's words, as far as its answers stand the checks.

    Where the endpoint fails, what was answered until then is kept, and `stopped` says why.

    Args:
        source: what answers.
        known: generated resumes.
        licence: what the model's terms say of its answers; recorded with each resume.
        cache: where answers are kept; by default the user's cache.
    """
    kept = cache or VectorCache.open()
    found: list[KnownResume] = []
    refused: Counter[str] = Counter()
    stopped = ""
    for number, resume in enumerate(known):
        try:
            answer = _answered(source, resume, number, kept)
        except ConfigError as error:
            stopped = str(error)
            break
        made = _checked(answer, resume)
        if isinstance(made, str):
            refused[made] += 1
        else:
            origin = _origin(source, licence)
            found.append(replace(made, provenance={**resume.provenance, **origin}))
    return Worded(tuple(found), source.model, licence, dict(refused), stopped)


def _origin(source: Source, licence: str) -> dict[str, Any]:
    return {"worded_by": source.model, "wording_version": VERSION, "licence": licence}


def _answered(source: Source, resume: KnownResume, seed: int, cache: VectorCache) -> str:
    asked = _messages(resume)
    text = json.dumps(asked, ensure_ascii=False)
    key = cache_key("skills data", str(VERSION), source.url, source.model, str(seed), text)
    known = cache.get_notes([key]).get(key)
    if isinstance(known, str):
        return known
    answer = source.complete(asked, _SCHEMA, temperature=TEMPERATURE, seed=seed)
    cache.put_notes({key: answer})
    return answer


def _messages(resume: KnownResume) -> list[Message]:
    skills = [
        {"skill": truth.skill, "way": truth.way, "sentences": list(truth.because)}
        for truth in resume.truths
    ]
    asked = json.dumps({"resume": resume.text, "skills": skills}, ensure_ascii=False)
    return [{"role": "system", "content": _TASK}, {"role": "user", "content": asked}]


def _checked(answer: str, resume: KnownResume) -> KnownResume | str:
    """Return the resume that an answer holds, or what is wrong with it."""
    try:
        value = json.loads(answer)
        text = value["text"]
        said = {str(one["skill"]): one["said"] for one in value["sentences"]}
    except (ValueError, KeyError, TypeError):
        return "the answer cannot be read"
    if not isinstance(text, str) or not text.strip():
        return "the answer cannot be read"
    if set(_YEAR.findall(text)) != set(_YEAR.findall(resume.text)):
        return "a year was changed"
    truths: list[Truth] = []
    for truth in resume.truths:
        if _is_named(truth.skill, text) != _is_named(truth.skill, resume.text):
            return "a skill was added or left out"
        because = _sentences(truth, said.get(truth.skill), text)
        if because is None:
            return "a sentence does not stand in the text"
        truths.append(replace(truth, because=because))
    return KnownResume(f"{resume.id}-worded", text, tuple(truths))


def _is_named(skill: str, text: str) -> bool:
    return re.search(rf"(?<!\w){re.escape(skill)}(?!\w)", text, re.IGNORECASE) is not None


def _sentences(truth: Truth, said: Any, text: str) -> tuple[str, ...] | None:
    """Return the sentences that now decide a skill; None where one does not stand in the text."""
    if not truth.because:
        return ()
    if not isinstance(said, list) or not said:
        return None
    places = [place(str(one), text) for one in said]
    if None in places:
        return None
    return tuple(text[p[0] : p[1]] for p in places if p is not None)
