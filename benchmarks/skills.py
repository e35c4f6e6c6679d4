"""How good skill scores are: `python -m benchmarks.skills [--resumes N]`.

The evidence scorer beside a count of mentions and the best constant, on generated resumes whose
wording it was not fitted on, and on the hand-checked resumes in tests/data/skills, by file: `open`
was looked at while working on the scorer, `later` and `further` in rounds after that, `shut` never
item by item.
"""

import argparse
from collections.abc import Iterator
from pathlib import Path

from benchmarks.results import Row, publish
from shortlist.explain.skills import EvidenceScorer, Rubrics
from shortlist.explain.skills.known.asking import to_generate
from shortlist.explain.skills.known.generate import Options, generate
from shortlist.explain.skills.known.truth import KnownResume, read_known
from shortlist.explain.skills.study import study
from shortlist.extraction import Lexicon

SKILLS = """kubernetes, javascript, tableau, indesign, nursing, carpentry, bartending,
    tax preparation, leadership, communication, teamwork, problem solving, customer service,
    french"""
"""Other skills than those of the fit, but for those that are shown by acts."""
SEED = 5
VARIED = "hand-checked, shut"
"""The set that is also scored in other words and with names and schools swapped."""
CHECKED = Path(__file__).parent.parent / "tests/data/skills"


def sets(resumes: int) -> Iterator[tuple[str, list[KnownResume]]]:
    """Yield the name of each set with its resumes."""
    names = [name.strip() for name in SKILLS.split(",")]
    asked = to_generate(names, Lexicon.load(), Rubrics.load())
    yield "generated", list(generate(asked, Options(resumes, SEED, "held_out")))
    for part in ("open", "later", "further", "shut"):
        yield f"hand-checked, {part}", read_known(CHECKED / f"checked-{part}.toml")


def main() -> None:
    """Measure and publish."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--resumes", type=int, default=80)
    scorer, rubrics = EvidenceScorer(), Rubrics.load()
    rows = []
    for name, known in sets(parser.parse_args().resumes):
        found = study(known, [scorer], rubrics, variants=name == VARIED)
        for result in found.results:
            constant = result.scorer.startswith("constant")
            for label, value in result.measures.items():
                if value.value is not None and not (constant and "quote" in label):
                    rows.append(
                        Row(f"skills, {name}: {label}", result.scorer, value.value, value.low,
                            value.high, value.n)
                    )  # fmt: skip
    publish("skills", rows)


if __name__ == "__main__":
    main()
