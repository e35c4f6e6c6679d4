"""Small random encoders and a data set to train them on, built in code: no network."""

import json
from pathlib import Path
from typing import Any

from shortlist.config import load
from shortlist.training.settings import Settings
from tiny_tower import tiny_encoder


def save_base(folder: Path, kind: str = "bert", layers: int = 2) -> Path:
    """Write a random encoder, and return its folder."""
    model = tiny_encoder(str(folder), kind, layers=layers)
    model.save(str(folder), create_model_card=False)
    return folder


SUBJECTS = ("nurse hospital patients care ward", "python developer software code database",
            "teacher teaching english school", "forklift driver warehouse safety")  # fmt: skip


def save_dataset(folder: Path, *, front: str = "") -> Path:
    """Write eight jobs and 32 resumes of four subjects, half of them to train on."""
    folder.mkdir()
    jobs, resumes, judgments, groups = [], [], [], ["resume,attribute,value"]
    splits: dict[str, Any] = {name: {"jobs": [], "resumes": []} for name in ("train", "validation")}
    for number in range(8):
        subject = number % 4
        split = splits["train" if number < 4 else "validation"]
        split["jobs"].append(f"j{number}")
        jobs.append({"id": f"j{number}", "text": f"we must work with {SUBJECTS[subject]} {number}"})
        for inner in range(4):
            name = f"r{4 * number + inner}"
            split["resumes"].append(name)
            text = f"{inner} years experience with {SUBJECTS[subject]}\n\nskills team {name}"
            resumes.append({"id": name, "text": text})
            judgments.append({"job": f"j{number}", "resume": name, "grade": 1})
            other = 4 * (number - number % 4 + (number + 1) % 4) + inner
            judgments.append({"job": f"j{number}", "resume": f"r{other}", "grade": 0})
            groups.append(f"{name},tier,{('top', 'other', 'other', 'none')[inner]}")
            groups.append(f"{name},field,f{subject}")
    for name, rows in (("jobs", jobs), ("resumes", resumes), ("judgments", judgments)):
        lines = "".join(json.dumps(row) + "\n" for row in rows)
        (folder / f"{name}.jsonl").write_text(lines, encoding="utf-8")
    (folder / "groups.csv").write_text("\n".join(groups) + "\n", encoding="utf-8")
    (folder / "splits.json").write_text(json.dumps({"splits": splits}), encoding="utf-8")
    (folder / "README.md").write_text(f"---\norigin: invented\n{front}---\n", encoding="utf-8")
    return folder


EVERYTHING = (
    "data.attributes=['tier']", "objective.weights.match=0.5", "objective.weights.parity=1",
    "objective.weights.odds=1", "objective.weights.gap=0.1", "objective.weights.gap_squared=0.1",
    "objective.weights.mmd=0.1", "objective.weights.adversary=0.1",
    "objective.weights.attribute=0.1",
)  # fmt: skip


def recipe(base: Path, *more: str) -> Settings:
    """Return a recipe for a small base: two epochs of four batches, without dropout."""
    return load(
        Settings,
        None,
        [f"model.base={str(base)!r}", "model.mask_policy=none", "model.chunk_tokens=24",
         "model.dropout=0.0", "model.lora_rank=4", "optimizer.epochs=2", "optimizer.batch=4",
         "optimizer.rate=1e-2", "optimizer.report_to=[]", "selection.min_n=2", *more],
    )  # fmt: skip
