"""What would raise the score: measured by scoring the resume again with one thing added."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from shortlist.explain.explanation import Answer, Improvement
from shortlist.explain.reading import Pair
from shortlist.records import Document
from shortlist.scorers.scorer import Scorer

TRIED = 8
"""Edits that are tried: each is scored."""
SHOWN = 5

_ORDER = {"must": 0, "nice": 1, "implied": 2}


@dataclass(frozen=True, slots=True)
class _Edit:
    """Something added to the masked resume at an offset."""

    advice: str
    added: str
    where: str
    at: int
    inserted: str


def improvements(
    scorer: Scorer, job: Document, pair: Pair, answered: Sequence[Answer]
) -> tuple[Improvement, ...]:
    """Return the additions that raise the score most, best first; none that does not raise it.

    Each adds one skill to the list of skills, or one line to the latest job, in the job's own
    words. Nothing says that the person can truthfully add it.

    Args:
        scorer: what scores.
        job: the job.
        pair: the job and the resume, read.
        answered: the requirements with their answers.
    """
    edits = list(_edits(pair, answered))[:TRIED]
    text = pair.masked.text
    versions = [Document("0", text)]
    for number, edit in enumerate(edits, 1):
        edited = text[: edit.at] + edit.inserted + text[edit.at :]
        versions.append(Document(str(number), edited))
    (ranking,) = scorer.rankings([job], versions)
    scores = {match.resume: match.score for match in ranking.matches}
    tried = [
        Improvement(edit.advice, edit.added, edit.where, scores["0"], scores[str(number)])
        for number, edit in enumerate(edits, 1)
    ]
    raising = [one for one in tried if one.gain > 0]
    return tuple(sorted(raising, key=lambda one: -one.gain)[:SHOWN])


def _edits(pair: Pair, answered: Sequence[Answer]) -> Iterator[_Edit]:
    """Yield one addition for each thing that is not there: the musts first."""
    seen: set[str] = set()
    for answer in sorted(answered, key=lambda answer: _ORDER[answer.kind]):
        if answer.status == "matched":
            continue
        lacking = [skill for skill in answer.skills if skill.status != "matched"]
        for skill in lacking:
            if skill.names[0] not in seen:
                seen.add(skill.names[0])
                yield _skill(pair, skill.names[0])
        if not lacking:
            yield _line(pair, " ".join(answer.text.split()))


def _skill(pair: Pair, name: str) -> _Edit:
    advice = f"If it is true: name “{name}” among the skills."
    listed = [s for s in pair.profile.sections if s.kind == "skills" and s.heading]
    if not listed:
        inserted = f"\n\nSkills\n- {name}\n"
        return _Edit(advice, name, "a new section on skills", len(pair.masked.text), inserted)
    end = _end(pair, listed[0].start, listed[0].end)
    return _Edit(advice, name, "the section on skills", end, f"\n- {name}")


def _line(pair: Pair, text: str) -> _Edit:
    advice = f"If it is true: say in a line on the latest job how you did this: “{text}”"
    described = [p.description for p in pair.profile.positions if p.description]
    if not described:
        inserted = f"\n\nExperience\n- {text}\n"
        return _Edit(advice, text, "a new section on experience", len(pair.masked.text), inserted)
    end = _end(pair, described[0].start, described[0].end)
    return _Edit(advice, text, "the latest job", end, f"\n- {text}")


def _end(pair: Pair, start: int, end: int) -> int:
    """Return where the last line of a part ends."""
    return start + len(pair.masked.text[start:end].rstrip())
