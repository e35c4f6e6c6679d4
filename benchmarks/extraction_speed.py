"""How fast resumes and jobs are understood, beside plainer ways to read the same texts.

    python -m benchmarks.extraction_speed [TAGGER]

Every text is read by each way in turn, on one core, and a ratio compares the same texts in the same
run; its interval is over texts. To look up the same names, whatever stands around them, is what a
plain dictionary costs; the default encoder is what a vector of the whole text costs.
"""

import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path

import numpy as np

from benchmarks.results import Row, data_folder, publish
from benchmarks.samples import lines
from shortlist.encoding import Encoder
from shortlist.extraction import Lexicon, load_tagger, posting, profile
from shortlist.extraction.matching import find
from shortlist.extraction.names import Words
from shortlist.masking import Masker
from shortlist.records import Document

TODAY = date(2024, 1, 15)
RESUMES, JOBS, TAGGED = 300, 200, 40
LONGEST = 5
"""Words of a name that is looked up."""
RESAMPLES = 1000
Read = Callable[[str], object]


def main() -> None:
    """Measure and publish; the tagger's rows with its folder as the first argument."""
    folder = data_folder()
    lexicon = Lexicon.load()
    resumes = _texts(folder / "resumes" / "livecareer.jsonl.gz", RESUMES)
    jobs = _texts(folder / "jobs" / "linkedin.jsonl.gz", JOBS)
    encoded = _encoded()
    skills: dict[str, Read] = {
        "shortlist rules": lambda text: find(Words(text), lexicon),
        "the same names looked up": lambda text: _looked_up(text, lexicon),
    }
    whole: dict[str, Read] = {
        "shortlist rules": lambda text: profile(Document("r", text), today=TODAY, lexicon=lexicon),
        "default encoder, one vector": encoded,
    }
    asked: dict[str, Read] = {
        "shortlist rules": lambda text: posting(Document("j", text), lexicon=lexicon),
        "default encoder, one vector": encoded,
    }
    rows = [
        *_rows("skills found in resumes", skills, resumes, "resumes/s"),
        *_rows("whole profiles", whole, resumes, "resumes/s"),
        *_rows("whole jobs", asked, jobs, "jobs/s"),
    ]
    if sys.argv[1:]:
        tagger = load_tagger(sys.argv[1])
        tagged: dict[str, Read] = {
            "shortlist rules and tagger": lambda text: profile(
                Document("r", text), today=TODAY, lexicon=lexicon, tagger=tagger
            ),
            "shortlist rules": whole["shortlist rules"],
        }
        rows += _rows("whole profiles with a tagger", tagged, resumes[:TAGGED], "resumes/s")
    publish("extraction_speed", rows)


def _texts(path: Path, count: int) -> list[str]:
    return [record["text"] for record in lines(path)[:count]]


def _looked_up(text: str, lexicon: Lexicon) -> list[str]:
    """Every run of up to five words that is a name."""
    words = Words(text).words
    runs = (" ".join(words[at : at + n]) for at in range(len(words)) for n in range(1, LONGEST + 1))
    return [run for run in runs if run in lexicon.forms]


def _encoded() -> Read:
    encoder, mask = Encoder.load(), Masker("none")
    return lambda text: encoder.encode_resumes([mask(Document("r", text))])


def _rows(measure: str, ways: Mapping[str, Read], texts: Sequence[str], unit: str) -> Iterator[Row]:
    """Texts a second of each way, and how many times the second one's speed is the first one's."""
    for read in ways.values():
        read(texts[0])  # what is loaded once is not counted
    spent = {name: np.zeros(len(texts)) for name in ways}
    for at, text in enumerate(texts):
        for name, read in ways.items():
            begin = time.perf_counter()
            read(text)
            spent[name][at] = time.perf_counter() - begin
    draws = np.random.default_rng(0).integers(0, len(texts), (RESAMPLES, len(texts)))
    for name, seconds in spent.items():
        low, high = np.percentile(len(texts) / seconds[draws].sum(axis=1), [2.5, 97.5])
        value = float(len(texts) / seconds.sum())
        yield Row(measure, name, value, float(low), float(high), len(texts), unit)
    (ours, mine), (other, theirs) = spent.items()
    ratios = theirs[draws].sum(axis=1) / mine[draws].sum(axis=1)
    low, high = np.percentile(ratios, [2.5, 97.5])
    value = float(theirs.sum() / mine.sum())
    yield Row(
        f"{measure}: speed over {other}", ours, value, float(low), float(high), len(texts), "times"
    )


if __name__ == "__main__":
    main()
