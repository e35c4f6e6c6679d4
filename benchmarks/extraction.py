"""How well the rules understand resumes and jobs, beside published numbers and baselines.

SkillSpan (Zhang et al. 2022) and the ESCO linking set (Decorte et al. 2023) on their development
parts; degree, years, sections and jobs on invented resumes whose truth is known before they are
written (`tests/extraction/resume_layouts.py`), with and without dates; years on RJDB. What it
costs is measured by `benchmarks.extraction_speed`.
"""

import json
import re
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
from scipy import stats
from tests.extraction.resume_layouts import DATE_STYLES, LAYOUTS, Sample, people, samples

from benchmarks.esco_linking import EscoIndex, precision, queries
from benchmarks.results import Row, data_folder, publish
from benchmarks.samples import lines
from shortlist.extraction import Lexicon, Tagger, load_tagger, profile
from shortlist.extraction.entities import Profile
from shortlist.extraction.matching import find
from shortlist.extraction.names import Words
from shortlist.records import Document

TODAY = date(2024, 1, 15)
RESAMPLES = 1000
INVENTED = 810
Span = tuple[int, int]


def main() -> None:
    """Run every part and publish the rows; the tagger's with its folder as the first argument."""
    folder = data_folder()
    lexicon = Lexicon.load()
    tagger = load_tagger(sys.argv[1]) if sys.argv[1:] else None
    rows = [
        *skillspan(folder, lexicon, tagger),
        *esco(folder, lexicon, tagger),
        *invented(lexicon),
        *undated(lexicon),
        *rjdb_years(folder, lexicon),
    ]
    publish("extraction", rows)


def skillspan(folder: Path, lexicon: Lexicon, tagger: Tagger | None) -> Iterator[Row]:
    """Span F1 on SkillSpan dev: our lexicon, our tagger, a dictionary of the training spans."""
    dev = _sentences(folder / "skills" / "skillspan_dev.jsonl")
    train = _sentences(folder / "skills" / "skillspan_train.jsonl")
    published = {
        "skill": ("ESCOXLM-R, published, test part", 0.577),
        "knowledge": ("XLM-R-large, published, test part", 0.698),
    }
    for kind, (system, value) in published.items():
        known = _training_spans(train, kind)
        systems = {
            "shortlist rules": [_by_lexicon(s["tokens"], lexicon)[kind] for s in dev],
            "training spans looked up": [_by_dictionary(s["tokens"], known) for s in dev],
        }
        if tagger:
            systems["shortlist tagger"] = [_by_tagger(s["tokens"], tagger, kind) for s in dev]
        for name, predicted in systems.items():
            gold = [_spans(s[f"tags_{kind}"]) for s in dev]
            for match, same in (("strict", _strict), ("overlap", _overlap)):
                counts = np.array([same(g, p) for g, p in zip(gold, predicted, strict=True)])
                yield _f1_row(f"SkillSpan dev: {kind}, {match} F1", name, counts)
        yield Row(f"SkillSpan dev: {kind}, strict F1", system, value, note="on its test part")


def _sentences(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]


def _spans(tags: Sequence[str]) -> list[Span]:
    spans: list[Span] = []
    for at, tag in enumerate(tags):
        if tag.startswith("B"):
            spans.append((at, at + 1))
        elif tag.startswith("I") and spans and spans[-1][1] == at:
            spans[-1] = (spans[-1][0], at + 1)
    return spans


def _by_lexicon(tokens: Sequence[str], lexicon: Lexicon) -> dict[str, list[Span]]:
    """General abilities are its skills, everything one has to know its knowledge."""
    text = " ".join(tokens)
    starts = np.cumsum([0, *(len(token) + 1 for token in tokens[:-1])])
    found: dict[str, list[Span]] = {"skill": [], "knowledge": []}
    for hit in find(Words(text), lexicon, lambda _: True):
        first = int(np.searchsorted(starts, hit.start, side="right")) - 1
        last = int(np.searchsorted(starts, hit.end - 1, side="right"))
        kind = "skill" if hit.form.entry.field == "general" else "knowledge"
        found[kind].append((first, last))
    return found


def _by_tagger(tokens: Sequence[str], tagger: Tagger, kind: str) -> list[Span]:
    """The spans of one kind as the tagger sees them in plain text: no token is told to it."""
    text = " ".join(tokens)
    starts = np.cumsum([0, *(len(token) + 1 for token in tokens[:-1])])
    return [
        (
            int(np.searchsorted(starts, tag.start, side="right")) - 1,
            int(np.searchsorted(starts, tag.end - 1, side="right")),
        )
        for tag in tagger(text)
        if tag.kind == kind
    ]


def _training_spans(train: Iterable[dict[str, Any]], kind: str) -> set[tuple[str, ...]]:
    return {
        tuple(token.lower() for token in sentence["tokens"][first:last])
        for sentence in train
        for first, last in _spans(sentence[f"tags_{kind}"])
    }


def _by_dictionary(tokens: Sequence[str], known: set[tuple[str, ...]]) -> list[Span]:
    lowered = tuple(token.lower() for token in tokens)
    found: list[Span] = []
    at = 0
    while at < len(lowered):
        lengths = range(min(12, len(lowered) - at), 0, -1)
        length = next((n for n in lengths if lowered[at : at + n] in known), 0)
        if length:
            found.append((at, at + length))
        at += length or 1
    return found


def _strict(gold: Sequence[Span], predicted: Sequence[Span]) -> list[int]:
    hits = len(set(gold) & set(predicted))
    return [hits, hits, len(predicted), len(gold)]


def _overlap(gold: Sequence[Span], predicted: Sequence[Span]) -> list[int]:
    """Predicted spans that touch a gold one, and gold ones that are touched."""
    right = sum(any(p[0] < g[1] and g[0] < p[1] for g in gold) for p in predicted)
    found = sum(any(p[0] < g[1] and g[0] < p[1] for p in predicted) for g in gold)
    return [right, found, len(predicted), len(gold)]


def _f1(counts: np.ndarray) -> np.ndarray:
    right, found, predicted, gold = np.moveaxis(counts, -1, 0).astype(float)
    precision = right / np.maximum(predicted, 1)
    recall = found / np.maximum(gold, 1)
    f1: np.ndarray = 2 * precision * recall / np.maximum(precision + recall, 1e-9)
    return f1


def _f1_row(measure: str, system: str, counts: np.ndarray) -> Row:
    draws = np.random.default_rng(0).integers(0, len(counts), (RESAMPLES, len(counts)))
    low, high = np.percentile(_f1(counts[draws].sum(axis=1)), [2.5, 97.5])
    value = float(_f1(counts.sum(axis=0)))
    return Row(measure, system, value, float(low), float(high), len(counts))


def esco(folder: Path, lexicon: Lexicon, tagger: Tagger | None) -> Iterator[Row]:
    """R-precision at 5 and 10 of linking to ESCO, from given spans and from whole sentences."""
    index = EscoIndex(folder / "skills")
    gained: dict[int, list[float]] = defaultdict(list)
    for part in ("house", "tech"):
        spans, sentences = queries(folder / "skills" / f"esco_linking_{part}_dev.csv")
        ways = {
            "TF-IDF of letters": index.letters,
            "default encoder": index.meaning,
            "letters and encoder": index.both,
        }
        for system, scores in ways.items():
            ranked = {text: index.ranked(scores([text])) for text in spans}
            yield from _rp_rows(f"ESCO {part} dev, spans", system, ranked, spans)
            whole = {text: index.ranked(scores([text])) for text in sentences}
            yield from _rp_rows(f"ESCO {part} dev, sentences", system, whole, sentences)
        plain = _linked(index, sentences, lexicon, None)
        named = f"ESCO {part} dev, sentences"
        yield from _rp_rows(named, "names of the lexicon", plain, sentences)
        if tagger:
            more = _linked(index, sentences, lexicon, tagger)
            yield from _rp_rows(named, "names and the tagger's phrases", more, sentences)
            for text, labels in sentences.items():
                for k in (5, 10):
                    after, before = (precision(way[text], labels, k) for way in (more, plain))
                    gained[k].append(after - before)
    for k, gains in gained.items():
        measure = f"ESCO house and tech dev, sentences: RP@{k} gained by the tagger's phrases"
        yield _mean_row(measure, "shortlist tagger", gains)


def _linked(
    index: EscoIndex, sentences: Iterable[str], lexicon: Lexicon, tagger: Tagger | None
) -> dict[str, list[str]]:
    """The skills of each sentence, by the names in it and by what a tagger finds."""
    linked = {}
    for text in sentences:
        names = _names_in(text, lexicon)
        names += [text[tag.start : tag.end] for tag in tagger(text)] if tagger else []
        linked[text] = index.ranked(index.both(list(dict.fromkeys(names)) or [text]))
    return linked


def _names_in(text: str, lexicon: Lexicon) -> list[str]:
    return [text[hit.start : hit.end] for hit in find(Words(text), lexicon, lambda _: True)]


def _rp_rows(
    part: str, system: str, ranked: dict[str, list[str]], gold: dict[str, set[str]]
) -> Iterator[Row]:
    for k in (5, 10):
        values = [precision(ranked[text], labels, k) for text, labels in gold.items()]
        yield _mean_row(f"{part}: RP@{k}", system, values)


def _mean_row(measure: str, system: str, values: Sequence[float]) -> Row:
    sample = np.array(values)
    draws = np.random.default_rng(0).integers(0, len(sample), (RESAMPLES, len(sample)))
    low, high = np.percentile(sample[draws].mean(axis=1), [2.5, 97.5])
    return Row(measure, system, float(sample.mean()), float(low), float(high), len(sample))


def invented(lexicon: Lexicon) -> Iterator[Row]:
    """Shares of invented resumes of which each fact is found as it is."""
    right: dict[str, list[bool]] = defaultdict(list)
    for sample in samples(INVENTED, seed=2024):
        found = profile(Document("resume", sample.text), today=TODAY, lexicon=lexicon)
        for fact, ok in _facts(sample, found):
            right[fact].append(ok)
    note = f"{len(LAYOUTS)} layouts, {len(DATE_STYLES)} date styles"
    for fact, outcomes in right.items():
        yield _share_row(f"invented resumes: {fact}", "shortlist rules", outcomes, note)


def undated(lexicon: Lexicon) -> Iterator[Row]:
    """Shares of invented resumes without a date of which all jobs are found as they are."""
    right: dict[str, list[bool]] = defaultdict(list)
    layouts = [name for name in LAYOUTS if name != "run_on"]  # one line: no date, no next job
    for at, person in enumerate(people(INVENTED, seed=2024)):
        text, _ = LAYOUTS[layouts[at % len(layouts)]](person, lambda _: "")
        found = profile(Document("resume", text), today=TODAY, lexicon=lexicon).positions
        titles = [position.title and position.title.text for position in found]
        right["titles"].append(titles == [job.title for job in person.jobs])
        employers = [position.employer and position.employer.text for position in found]
        right["employers"].append(employers == [job.employer for job in person.jobs])
    for fact, outcomes in right.items():
        measure = f"invented resumes without dates: {fact} of all jobs"
        yield _share_row(measure, "shortlist rules", outcomes, f"{len(layouts)} layouts")


def _facts(sample: Sample, found: Profile) -> Iterator[tuple[str, bool]]:
    person = sample.person
    yield "degree", found.degree == person.degree
    off = abs((found.months or 0) - person.months)
    if sample.dates == "years":
        yield "years, dates are bare years (within 1 a job)", off <= 12 * len(person.jobs)
    else:
        yield "years (within a quarter)", off <= 3
    yield "sections", set(sample.sections) <= {section.kind for section in found.sections}
    titles = [position.title and position.title.text for position in found.positions]
    yield "titles of all jobs", titles == [job.title for job in person.jobs]
    employers = [position.employer and position.employer.text for position in found.positions]
    yield "employers of all jobs", employers == [job.employer for job in person.jobs]
    schools = [entry.school and entry.school.text for entry in found.education]
    yield "schools", schools == [study.school for study in person.studies]
    fields = [entry.field and entry.field.text for entry in found.education]
    yield "fields of study", fields == [study.field for study in person.studies]


def _share_row(measure: str, system: str, outcomes: Sequence[bool], note: str = "") -> Row:
    count = stats.binomtest(sum(outcomes), len(outcomes))
    interval = count.proportion_ci(method="wilson")
    share = sum(outcomes) / len(outcomes)
    return Row(measure, system, share, interval.low, interval.high, len(outcomes), note=note)


def rjdb_years(folder: Path, lexicon: Lexicon) -> Iterator[Row]:
    """Years in work against those from which RJDB's resumes were generated."""
    outcomes, baseline = [], []
    for record in lines(folder / "pairs" / "rjdb.jsonl.gz"):
        true = sum(record["Experiences-years"][2])
        text = record["Resume-matched"]
        found = profile(Document("resume", text), today=TODAY, lexicon=lexicon)
        outcomes.append(found.years is not None and abs(found.years - true) <= 0.5)
        years = [int(y) for y in re.findall(r"\b(?:19|20)\d\d\b", text)]
        baseline.append(bool(years) and abs(max(years) - min(years) - true) <= 0.5)
    yield _share_row("RJDB: years within half a year", "shortlist rules", outcomes)
    yield _share_row("RJDB: years within half a year", "last year less first", baseline)


if __name__ == "__main__":
    main()
