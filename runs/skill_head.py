"""An ordinal head on the encoder: `python runs/skill_head.py [--resumes N] [--out head.onnx]`.

Reads a passage and a skill as frozen vectors of the default model and gives the level from 0 to 5
that the passage shows; a resume has the highest of its passages. Trained on generated resumes (pool
`train`): a passage that holds a planted sentence has the planted level, any other passage 0. The
head is proportional odds over [v, s, v * s, |v - s|], exported to ONNX, and compared with the
evidence scorer on generated resumes in held-out wording and on the hand-checked resumes.
It is not shipped: see benchmarks/LOG.md for what it reached.
"""

import argparse
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from scipy.optimize import minimize

from shortlist.encoding import Encoder
from shortlist.evaluation.levels import Rated, false_credit, in_range, kappa
from shortlist.explain.skills import Rubrics
from shortlist.explain.skills.known.asking import to_generate
from shortlist.explain.skills.known.generate import Options, generate
from shortlist.explain.skills.known.truth import KnownResume, read_known
from shortlist.extraction import Lexicon
from shortlist.extraction.passages import passages
from shortlist.masking import Masker
from shortlist.records import MaskedText

SKILLS = "python, java, sql, excel, payroll, welding, bookkeeping, leadership, communication"
CHECKED = Path(__file__).parent.parent / "tests/data/skills"
NOTHING_PER_SKILL = 3
"""Passages without evidence that are kept for each skill of a resume."""
PENALTY = 1e-3
Matrix = np.ndarray


class Reader:
    """Vectors of the passages of resumes and of skills, each text encoded once."""

    def __init__(self) -> None:
        self._encoder, self._masker = Encoder.load(), Masker("standard")
        self._known: dict[str, Matrix] = {}

    def passages(self, resume: KnownResume) -> tuple[str, ...]:
        """Return the masked passages of a resume."""
        masked = self._masker(resume.document())
        return tuple(masked.text[span.start : span.end] for span in passages(masked.text))

    def vectors(self, texts: Sequence[str]) -> Matrix:
        """Return the vectors of texts [n, 384]."""
        new = [text for text in dict.fromkeys(texts) if text not in self._known]
        masked = [MaskedText("text", text, (), self._masker.policy) for text in new]
        self._known |= dict(zip(new, self._encoder.encode_resumes(masked), strict=True))
        return np.array([self._known[text] for text in texts])


def inputs(passage: Matrix, skill: Matrix) -> Matrix:
    """Return what the head reads of passages [n, d] and their skills [n, d]: [n, 4 d]."""
    return np.hstack([passage, skill, passage * skill, np.abs(passage - skill)])


def training_set(resumes: Sequence[KnownResume], reader: Reader) -> tuple[Matrix, Matrix]:
    """Return inputs and levels of the passages of resumes."""
    texts, skills, levels = [], [], []
    for resume in resumes:
        found = reader.passages(resume)
        for truth in resume.truths:
            shows = [any(b in text or text in b for b in truth.because) for text in found]
            empty = [text for text, shown in zip(found, shows, strict=True) if not shown]
            some = [text for text, shown in zip(found, shows, strict=True) if shown]
            for text in some + empty[:NOTHING_PER_SKILL]:
                texts.append(text)
                skills.append(truth.skill)
                levels.append(truth.level if text in some else 0)
    return inputs(reader.vectors(texts), reader.vectors(skills)), np.array(levels)


def fitted(x: Matrix, y: Matrix) -> tuple[Matrix, Matrix]:
    """Return the weights and the five thresholds of a proportional-odds model."""
    start = np.concatenate([np.zeros(x.shape[1]), np.linspace(-2, 2, 5)])

    def loss(theta: Matrix) -> tuple[float, Matrix]:
        weights, cuts = theta[:-5], np.concatenate([[-40.0], theta[-5:], [40.0]])
        z = x @ weights
        upper, lower = (1 / (1 + np.exp(-(cuts[y + k] - z))) for k in (1, 0))
        chance = np.maximum(upper - lower, 1e-9)
        du, dl = upper * (1 - upper) / chance, lower * (1 - lower) / chance
        gradient_cuts = np.zeros(7)
        np.add.at(gradient_cuts, y + 1, -du)
        np.add.at(gradient_cuts, y, dl)
        gradient = np.concatenate([x.T @ (du - dl), gradient_cuts[1:-1]]) / len(y)
        gradient[:-5] += 2 * PENALTY * weights
        return -np.log(chance).mean() + PENALTY * np.square(weights).sum(), gradient

    found = minimize(loss, start, jac=True, method="L-BFGS-B", options={"maxiter": 300})
    return found.x[:-5], np.sort(found.x[-5:])


def rated(resumes: Sequence[KnownResume], reader: Reader, head: tuple[Matrix, Matrix]) -> list:
    """Return the head's scores beside the right ranges."""
    weights, cuts = head
    rows = []
    for resume in resumes:
        found = reader.vectors(reader.passages(resume))
        for truth in resume.truths:
            skill = np.repeat(reader.vectors([truth.skill]), len(found), axis=0)
            z = float((inputs(found, skill) @ weights).max())
            score = int((z > cuts).sum())
            rows.append(Rated(resume.id, truth.skill, "", truth.low, truth.high, score))
    return rows


def export(head: tuple[Matrix, Matrix], out: Path) -> None:
    """Write the head as ONNX: input [n, 1536], output the chances of levels above 0 to 4 [n, 5]."""
    import onnx
    from onnx import TensorProto, helper, numpy_helper

    weights, cuts = (part.astype(np.float32) for part in head)
    graph = helper.make_graph(
        [
            helper.make_node("MatMul", ["pair", "weights"], ["z"]),
            helper.make_node("Sub", ["z", "cuts"], ["odds"]),
            helper.make_node("Sigmoid", ["odds"], ["above"]),
        ],
        "skill_head",
        [helper.make_tensor_value_info("pair", TensorProto.FLOAT, ["n", len(weights)])],
        [helper.make_tensor_value_info("above", TensorProto.FLOAT, ["n", 5])],
        [
            numpy_helper.from_array(weights[:, None], "weights"),
            numpy_helper.from_array(cuts[None, :], "cuts"),
        ],
    )
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=9)
    onnx.checker.check_model(model)
    onnx.save(model, str(out))


def main() -> None:
    """Train, compare, export."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--resumes", type=int, default=300)
    parser.add_argument("--out", type=Path)
    options = parser.parse_args()
    asked = to_generate([s.strip() for s in SKILLS.split(",")], Lexicon.load(), Rubrics.load())
    reader = Reader()
    train = list(generate(asked, Options(options.resumes, 21)))
    head = fitted(*training_set(train, reader))
    sets = {
        "generated, train wording": list(generate(asked, Options(20, 22))),
        "generated, held-out wording": list(generate(asked, Options(20, 23, "held_out"))),
    }
    sets |= {path.stem: read_known(path) for path in sorted(CHECKED.glob("*.toml"))}
    for name, resumes in sets.items():
        rows = rated(resumes, reader, head)
        for measure in (in_range, false_credit, kappa):
            found = measure(rows)
            told = f"{found.value:.3f} [{found.low:.3f}, {found.high:.3f}] n = {found.n}"
            print(f"{name:30} {measure.__name__:14} {told}", flush=True)
    if options.out:
        export(head, options.out)


if __name__ == "__main__":
    main()
