"""How good skill scores are: `python -m benchmarks.skills [--resumes N]`.

The evidence scorer beside a count of mentions and the best constant, on generated resumes whose
wording it was not fitted on, and on the hand-checked resumes in tests/data/skills, by file: `open`
was looked at while working on the scorer, `later` and `further` in rounds after that, `shut` and
`others` never item by item. `others` is by three other writers. Of `shut` there are two more
readings by a language model that saw the texts and the rubric alone: what they share with the
ranges is what a careful reader reaches.
"""

import argparse
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.results import Row, publish
from shortlist.explain.skills import EvidenceScorer, Rubrics
from shortlist.explain.skills.known.asking import to_generate
from shortlist.explain.skills.known.generate import Options, generate
from shortlist.explain.skills.known.truth import KnownResume, read_known
from shortlist.explain.skills.study import study
from shortlist.extraction import Lexicon
from shortlist.records import Document, SkillScore, SkillScores

SKILLS = """kubernetes, javascript, tableau, indesign, nursing, carpentry, bartending,
    tax preparation, leadership, communication, teamwork, problem solving, customer service,
    french"""
"""Other skills than those of the fit, but for those that are shown by acts."""
SEED = 5
VARIED = "hand-checked, shut"
"""The set that is also scored in other words and with names and schools swapped."""
CHECKED = Path(__file__).parent.parent / "tests/data/skills"


READINGS = CHECKED / "readings-shut.json"


@dataclass(frozen=True)
class Reading:
    """The levels that a reader gave, as a scorer: resume -> skill -> level."""

    name: str
    levels: Mapping[str, Mapping[str, int]]

    def score(self, document: Document, skills: Sequence[str], rubrics: Rubrics) -> SkillScores:
        """Return the levels that were given."""
        given = self.levels[document.id]
        scores = (SkillScore(s, given[s], given[s], given[s], 1.0, "none", "read") for s in skills)
        return SkillScores(document.id, self.name, tuple(scores))


def sets(resumes: int) -> Iterator[tuple[str, list[KnownResume]]]:
    """Yield the name of each set with its resumes."""
    names = [name.strip() for name in SKILLS.split(",")]
    asked = to_generate(names, Lexicon.load(), Rubrics.load())
    yield "generated", list(generate(asked, Options(resumes, SEED, "held_out")))
    for part in ("open", "later", "further", "shut", "others"):
        yield f"hand-checked, {part}", read_known(CHECKED / f"checked-{part}.toml")


def main() -> None:
    """Measure and publish."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--resumes", type=int, default=80)
    rubrics = Rubrics.load()
    readings = [Reading(*one) for one in json.loads(READINGS.read_text("utf-8")).items()]
    rows = []
    for name, known in sets(parser.parse_args().resumes):
        scorers = [EvidenceScorer(), *(readings if name == VARIED else ())]
        found = study(known, scorers, rubrics, variants=name == VARIED)
        for result in found.results:
            levels_alone = not result.scorer.startswith(("evidence", "keyword"))
            for label, value in result.measures.items():
                unfit = "quote" in label or label.startswith("same score")
                if value.value is not None and not (levels_alone and unfit):
                    rows.append(
                        Row(f"skills, {name}: {label}", result.scorer, value.value, value.low,
                            value.high, value.n)
                    )  # fmt: skip
    publish("skills", rows)


if __name__ == "__main__":
    main()
