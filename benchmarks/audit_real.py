"""Audits of shortlist and of baselines that read everything, on real and on synthetic resumes.

    SHORTLIST_DATA=... .venv/bin/python -m benchmarks.audit_real [gaps] [masking] [swaps] [leakage]

* school pairs: 960 synthetic resumes for 12 jobs, whose school category was put in at random, so
  that a gap between categories is the system's own. No pair is labelled: rates and exposure only.
  A random order stands beside, as what chance gives with so many people.
* swaps: real resumes from livecareer.com with a school or a name put in, and that school or name
  given way to another, against Google's job posts. Beside each shift stand its controls. How often
  both versions are one text once they are masked is told first: then all that follows is equal.
* leakage: how well probes tell a top school from texts and vectors, as they are, masked, and with
  the group erased in closed form (LEACE; this needs the extra `train`). In 480 school
  pairs and in 240 real resumes, of which half, by lot, have a top school put in and half another.
"""

import random
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks.matching_systems import System, systems
from benchmarks.results import Row, data_folder, renew
from benchmarks.samples import lines
from shortlist.audit.counterfactual import swap_test
from shortlist.audit.leakage import text_leakage, vector_leakage
from shortlist.audit.measures import audit
from shortlist.audit.swaps import Swap, name_swaps, pronoun_swaps, school_inserted
from shortlist.evaluation.intervals import wilson
from shortlist.evaluation.scores import Scores, scores_of
from shortlist.masking import Masker
from shortlist.matcher import Matcher
from shortlist.records import Document, Estimate, Match, Measure, Ranking

SYSTEMS = ("shortlist", "MiniLM whole text", "BM25")
MASKED, RESUMES, JOBS = 200, 100, 6
PAIRS_PROBED, PROBED = 480, 240
PARTS = ("gaps", "masking", "swaps", "leakage")
ADDED = "school: top for other, added"
Groups = Mapping[str, str]
GAPS = (
    "demographic_parity_ratio",
    "demographic_parity_difference",
    "p_value",
    "exposure_gap",
)
SHIFTS = {
    "swap_equal": "scores equal to the last bit",
    "swap_shift_in_sd": "mean shift, in standard deviations of the scores",
    "swap_signed_shift": "mean signed shift",
    "swap_flip_rate": "selections that flip",
    "swap_rank_overlap": "rank overlap",
}


class Ranked:
    """A system of the matching benchmark as a ranker; it reads the resumes once for all jobs."""

    def __init__(self, system: System, jobs: Sequence[Document]) -> None:
        self.system, self.jobs = system, jobs
        self.seen: Sequence[Document] | None = None
        self.scores: dict[str, np.ndarray] = {}

    def rank(self, job: Document, resumes: Sequence[Document]) -> Ranking:
        """Return all resumes, best first."""
        if resumes is not self.seen:
            table = self.system(self.jobs, resumes)
            self.seen = resumes
            self.scores = {of.id: row for of, row in zip(self.jobs, table, strict=True)}
        scores = self.scores[job.id]
        order = np.argsort(-scores, kind="stable")
        matches = [Match(resumes[i].id, p, float(scores[i])) for p, i in enumerate(order, 1)]
        return Ranking(job.id, tuple(matches))


def school_pairs(
    data: Path, chosen: Mapping[str, System]
) -> tuple[dict[str, Scores], dict[str, dict[str, str]]]:
    """Return each system's scores, and the groups."""
    pairs = lines(data / "pairs" / "school_pairs.jsonl.gz")
    groups = {
        "school_category": {p["resume_id"]: p["school_category"] for p in pairs},
        "is_top_school": {p["resume_id"]: str(p["is_top_school"]) for p in pairs},
    }
    resumes = {p["resume_id"]: Document(p["resume_id"], p["resume"]) for p in pairs}
    jobs = {p["job_id"]: Document(p["job_id"], p["job"]) for p in pairs}
    scores = {}
    for name, system in chosen.items():
        of_job, of_resume, values = [], [], []
        for job in jobs.values():
            pool = [resumes[p["resume_id"]] for p in pairs if p["job_id"] == job.id]
            values += system([job], pool)[0].tolist()
            of_job += [job.id] * len(pool)
            of_resume += [resume.id for resume in pool]
        scores[name] = scores_of(name, of_job, of_resume, np.array(values))
    return scores, groups


def gaps(scores: Mapping[str, Scores], groups: Mapping[str, Mapping[str, str]]) -> Iterator[Row]:
    """Yield each system's gaps at several selection rates."""
    for select in ("rate:0.1", "rate:0.2", "rate:0.5"):
        for name, of in scores.items():
            found = audit(of, groups, select=select)
            for attribute in groups:
                for measure in GAPS:
                    estimate = found.find(measure, attribute)
                    assert estimate is not None
                    about = f"school pairs, {select}: {measure}, {attribute}"
                    yield from _row(about, name, estimate)


def swaps_of(resumes: Sequence[Document]) -> list[Swap]:
    """Return the swaps of a school and of names that were put in, and of pronouns."""
    return [*school_inserted(resumes), *name_swaps(resumes), *pronoun_swaps(resumes)]


def real_resumes(data: Path, count: int) -> list[Document]:
    """Return real resumes, drawn with a fixed seed."""
    rows = lines(data / "resumes" / "livecareer.jsonl.gz")
    return [Document(row["id"], row["text"]) for row in random.Random(0).sample(rows, count)]


def masked_alike(data: Path) -> Iterator[Row]:
    """Yield how often both versions of a resume are the same text once they are masked."""
    mask = Masker("standard")
    alike: dict[str, list[bool]] = {}
    for one in swaps_of(real_resumes(data, MASKED)):
        same = mask(one.before).text == mask(one.after).text
        alike.setdefault(one.kind, []).append(same)
    for kind, same in alike.items():
        share, n = float(np.mean(same)), len(same)
        low, high = wilson(share, n)
        about = f"swaps, one text once masked: {kind}"
        yield Row(about, "shortlist", share, float(low), float(high), n)


def shifts(data: Path, chosen: Mapping[str, System]) -> Iterator[Row]:
    """Yield what swaps move in each system, with the controls as notes."""
    rng, resumes = random.Random(0), real_resumes(data, RESUMES)
    posts = rng.sample(lines(data / "jobs" / "google.jsonl.gz"), JOBS)
    jobs = [Document(row["id"], row["text"]) for row in posts]
    swaps = swaps_of(resumes)
    of_system = {}
    for name, system in chosen.items():
        found = swap_test(Ranked(system, jobs), jobs, resumes, swaps)
        of_system[name] = {(m.attribute, m.name): m.estimate for m in found if m.group is None}
    for measure, words in SHIFTS.items():
        for kind in dict.fromkeys(one.kind for one in swaps):
            for name, pooled in of_system.items():
                about = f"swaps, {words}: {kind}"
                yield from _row(about, name, pooled[kind, measure], _note(pooled, kind))


def _note(pooled: Mapping[tuple[str | None, str], Estimate], kind: str) -> str:
    shown = {
        "nonsense of the same length": "swap_nonsense_shift",
        "another resume": "swap_other_resume_shift",
        "this swap": "swap_mean_shift",
    }
    told = [f"{words} {pooled[kind, name].value or 0:.4g}" for words, name in shown.items()]
    chance = pooled[kind, "swap_flip_chance"].value
    return f"mean shifts: {', '.join(told)}; chance of a flip {chance:.3g}"


def leaks(data: Path, matcher: Matcher) -> Iterator[Row]:
    """Yield how well probes tell a top school, in synthetic resumes and in real ones."""
    pairs = lines(data / "pairs" / "school_pairs.jsonl.gz")
    pairs = random.Random(0).sample(pairs, PAIRS_PROBED)
    top = [str(pair["is_top_school"]) for pair in pairs]
    written = [Document(pair["resume_id"], pair["resume"]) for pair in pairs]
    yield from probes("school pairs", matcher, written, top)
    added = [one for one in school_inserted(real_resumes(data, PROBED)) if one.kind == ADDED]
    lot = np.random.default_rng(0).permutation(len(added)) % 2
    drawn = [one.after if is_top else one.before for one, is_top in zip(added, lot, strict=True)]
    yield from probes("a school put into real resumes", matcher, drawn, list(map(str, lot)))


def probes(
    where: str, matcher: Matcher, resumes: Sequence[Document], top: Sequence[str]
) -> Iterator[Row]:
    """Yield the AUC of probes of texts and vectors, as they are and masked, then of erased vectors.

    What is erased is learned on every second resume, and the probe is trained on the others and
    asked about them; beside it stands the same probe of the same others with nothing erased.
    """
    for policy, how in (("none", "as it is"), ("standard", "masked")):
        masked = [Masker(policy)(resume) for resume in resumes]
        texts = [text.text for text in masked]
        vectors = np.asarray(matcher.encoder.encode_resumes(masked), np.float64)
        yield from _probed(where, text_leakage, texts, top, f"text {how}")
        yield from _probed(where, vector_leakage, vectors, top, f"vectors of the text {how}")
        learned, asked, half = vectors[::2], vectors[1::2], top[1::2]
        erased = erase(learned, top[::2], asked)
        seen = f"vectors of the text {how}, every second resume"
        yield from _probed(where, vector_leakage, asked, half, seen)
        yield from _probed(where, vector_leakage, erased, half, f"{seen}, erased")


def erase(learned: np.ndarray, groups: Sequence[str], vectors: np.ndarray) -> np.ndarray:
    """Return vectors without what linear probes of other vectors [n, d] tell of their groups."""
    from shortlist.training.corpus import Grouping
    from shortlist.training.erasure import fit_erasure

    names, codes = np.unique(list(groups), return_inverse=True)
    layer = fit_erasure(learned, (Grouping("top school", tuple(map(str, names)), codes),))
    weight, bias = (part.detach().numpy() for part in (layer.linear.weight, layer.linear.bias))
    moved = vectors @ weight.T + bias
    return np.asarray(moved / np.linalg.norm(moved, axis=1, keepdims=True))


def _probed(
    where: str, probe: Callable[..., list[Measure]], rows: Any, top: Sequence[str], seen: str
) -> Iterator[Row]:
    found, chance = probe(rows, top, attribute="top school")
    low, high = chance.estimate.low or 0.0, chance.estimate.high or 0.0
    note = f"groups shuffled 19 times: {low:.3f} to {high:.3f}"
    yield from _row(f"leakage, {where}: AUC of a top school", seen, found.estimate, note)


def _row(measure: str, system: str, estimate: Estimate, note: str = "") -> Iterator[Row]:
    if estimate.value is not None:
        low, high = estimate.low, estimate.high
        yield Row(measure, system, estimate.value, low, high, estimate.n, note=note)


def main() -> None:
    """Renew the parts that the command line names, or all; each as soon as it is measured."""
    data = data_folder()
    matcher = Matcher.load()
    available = systems(matcher)
    chosen = {name: available[name] for name in SYSTEMS}
    wanted = sys.argv[1:] or PARTS
    if "gaps" in wanted:
        renew("audit_real", gaps(*school_pairs(data, {**chosen, "random": available["random"]})))
    if "masking" in wanted:
        renew("audit_real", masked_alike(data))
    if "swaps" in wanted:
        renew("audit_real", shifts(data, chosen))
    if "leakage" in wanted:
        renew("audit_real", leaks(data, matcher))


if __name__ == "__main__":
    main()
