"""How well and how fast documents are read: `python -m benchmarks.parse`.

PDF text is compared with the text that comes with the same resumes, which another program drew
from them; it is close to the truth and not the truth. What was found hidden in real files, and
what in them was taken for an order to a program, is counted as a false alarm without looking.
"""

import html
import logging
import re
import time
import zipfile
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import pairwise
from pathlib import Path

import numpy as np

from benchmarks.results import Row, data_folder, publish
from benchmarks.samples import lines
from shortlist.documents import collect, parse
from shortlist.documents.instructions import instructions
from shortlist.documents.unseen import revealed

SEED = 7
RESAMPLES = 2_000
RUN_TEXT = re.compile(r"<w:t(?: [^>]*)?>([^<]*)</w:t>")

Reader = Callable[[Path], str]


def main() -> None:
    """Measure everything and publish it."""
    data = data_folder()
    logging.disable(logging.WARNING)  # pypdf and pdfplumber have much to say
    pdfs = sorted((data / "resumes" / "pdf").glob("*/*.pdf"))
    rows = [
        *pdf_rows(pdfs, references(data)),
        *twin_rows(data / "layouts"),
        *docx_rows(word_documents(data)),
        *alarm_rows(data, pdfs),
    ]
    publish("parse", rows)


def word_documents(data: Path) -> list[Path]:
    """Return the Word documents among the data."""
    return [
        path
        for folder in ("vacancy_resume/CV", "layouts/docx")
        for path in sorted((data / folder).glob("[!.]*.docx"))
    ]


def references(data: Path) -> dict[str, str]:
    """Return the text that comes with each resume, without the characters that nobody sees."""
    people = lines(data / "resumes" / "livecareer.jsonl.gz")
    return {r["id"]: revealed(r["text"]).text for r in people}


def shortlist(path: Path) -> str:
    """Return the text of a file as shortlist reads it."""
    return parse(path.read_bytes(), path.suffix, path.name).text


def by_pypdf(path: Path) -> str:
    """Return the text of a PDF as pypdf reads it."""
    from pypdf import PdfReader

    return "\n".join(page.extract_text() for page in PdfReader(path).pages)


def by_pdfplumber(path: Path) -> str:
    """Return the text of a PDF as pdfplumber reads it."""
    import pdfplumber

    with pdfplumber.open(path) as pdf:
        return "\n".join(page.extract_text() for page in pdf.pages)


def by_pdfium(path: Path) -> str:
    """Return the text of a PDF as pdfium's own text page puts it."""
    import pypdfium2

    pdf = pypdfium2.PdfDocument(path)
    return "\n".join(page.get_textpage().get_text_bounded() for page in pdf)


READERS: dict[str, Reader] = {
    "shortlist": shortlist,
    "pypdf": by_pypdf,
    "pdfplumber": by_pdfplumber,
    "pdfium alone": by_pdfium,
}


def pdf_rows(pdfs: Sequence[Path], texts: dict[str, str]) -> Iterator[Row]:
    """Yield speed and quality over real PDFs, each file read by every system in turn."""
    seconds: dict[str, list[float]] = {name: [] for name in READERS}
    words: dict[str, list[float]] = {name: [] for name in READERS}
    pairs: dict[str, list[float]] = {name: [] for name in READERS}
    for path in pdfs:
        reference = texts[path.stem].split()
        for name, reader in READERS.items():
            start = time.perf_counter()
            text = reader(path)
            seconds[name].append(time.perf_counter() - start)
            found = revealed(text).text.split()
            words[name].append(f1(found, reference))
            pairs[name].append(f1(bigrams(found), bigrams(reference)))
    pages = [page_count(path) for path in pdfs]
    together = time.perf_counter()
    collect(pdfs)
    seconds["shortlist, in processes"] = [(time.perf_counter() - together) / len(pdfs)] * len(pdfs)
    n = sum(pages)
    for name, taken in seconds.items():
        yield Row("PDF: pages per second", name, n / sum(taken), n=n, note="one run, wall time")
    for name in ("pypdf", "pdfplumber"):
        for mine in ("shortlist", "shortlist, in processes"):
            ratios = resampled(np.array([seconds[name], seconds[mine]]))
            yield interval(f"PDF: times the speed of {name}", mine, ratios[0] / ratios[1], n)
    for measure, scores in (("words", words), ("pairs of neighbouring words", pairs)):
        for name, values in scores.items():
            means = resampled(np.array([values]))[0] / len(pdfs)
            yield interval(f"PDF: F1 of {measure}", name, means, len(pdfs))


def page_count(path: Path) -> int:
    """Return how many pages a PDF has."""
    import pypdfium2

    return len(pypdfium2.PdfDocument(path))


def bigrams(words: Sequence[str]) -> list[tuple[str, str]]:
    """Return each word with the one after it: these agree only where the order does."""
    return list(pairwise(words))


def f1(found: Iterable[object], reference: Iterable[object]) -> float:
    """Return the F1 score of two bags of items, in [0, 1]."""
    bags = Counter(found), Counter(reference)
    shared = sum((bags[0] & bags[1]).values())
    return 2 * shared / max(1, sum(bags[0].values()) + sum(bags[1].values()))


def resampled(values: np.ndarray) -> np.ndarray:
    """Return the sums of rows over the files, and over resamples of the files: [rows, 1 + R]."""
    picks = np.random.default_rng(SEED).integers(0, values.shape[1], (RESAMPLES, values.shape[1]))
    return np.concatenate([values.sum(axis=1, keepdims=True), values[:, picks].sum(axis=2)], axis=1)


def interval(measure: str, system: str, values: np.ndarray, n: int) -> Row:
    """Return a row of a value and its bootstrap interval; the value comes before the resamples."""
    low, high = np.quantile(values[1:], (0.025, 0.975))
    return Row(measure, system, float(values[0]), float(low), float(high), n)


def twin_rows(folder: Path) -> Iterator[Row]:
    """Yield how many lines of the resume in one column stand in the same one set in two.

    A line with a word that the other file has nowhere is not compared: the two differ there.
    """
    for name, reader in READERS.items():
        one, two = (
            [re.sub(r"\W+", " ", line).strip() for line in reader(path).splitlines()]
            for path in (folder / "single-column.pdf", folder / "two-column.pdf")
        )
        there = set(" ".join(two).split())
        long = [line for line in one if line.count(" ") >= 3 and there.issuperset(line.split())]
        same = sum(line in two for line in long)
        yield proportion("PDF: lines of one column found in two", name, same, len(long))


def docx_rows(paths: Sequence[Path]) -> Iterator[Row]:
    """Yield what share of the characters of its runs is read of each Word document."""
    import docx

    mine, theirs = [], []
    for path in paths:
        with zipfile.ZipFile(path) as archive:
            xml = archive.read("word/document.xml").decode()
        whole = characters(html.unescape("".join(RUN_TEXT.findall(xml))))
        paragraphs = "".join(paragraph.text for paragraph in docx.Document(str(path)).paragraphs)
        mine.append(min(1.0, characters(shortlist(path)) / whole))
        theirs.append(min(1.0, characters(paragraphs) / whole))
    for name, values in (("shortlist", mine), ("paragraphs of python-docx", theirs)):
        means = resampled(np.array([values]))[0] / len(paths)
        yield interval("DOCX: share of characters read", name, means, len(paths))
        yield Row("DOCX: least share of characters read", name, min(values), n=len(paths))


def characters(text: str) -> int:
    """Return how many letters, digits and signs a text has, list marks left out."""
    return len(re.sub(r"[\s•]", "", text))


def alarm_rows(data: Path, pdfs: Sequence[Path]) -> Iterator[Row]:
    """Yield how many real files have a finding, which is taken for a false alarm."""
    for name, paths in (("PDF", pdfs), ("DOCX", word_documents(data))):
        found = [parse(path.read_bytes(), path.suffix, path.name).findings for path in paths]
        yield proportion(
            f"{name}: files with a finding", "shortlist", sum(map(bool, found)), len(paths)
        )
    texts = list(all_texts(data))
    hidden = sum(bool(revealed(text).findings) for text in texts)
    orders = sum(any(instructions(text)) for text in texts)
    yield proportion("text: with hidden characters", "shortlist", hidden, len(texts))
    yield proportion("text: with an order to a program", "shortlist", orders, len(texts))


def all_texts(data: Path) -> Iterator[str]:
    """Yield the texts of real resumes and job posts."""
    names = (
        "resumes/livecareer",
        "resumes/it_occupations",
        "jobs/google",
        "jobs/linkedin",
        "jobs/glassdoor",
    )
    for name in names:
        for record in lines(data / f"{name}.jsonl.gz"):
            yield "\n".join(value for value in record.values() if isinstance(value, str))


def proportion(measure: str, system: str, count: int, n: int) -> Row:
    """Return a row of a share with its Wilson interval."""
    from scipy.stats import binomtest

    bounds = binomtest(count, n).proportion_ci(method="wilson")
    return Row(measure, system, count / n, bounds.low, bounds.high, n)


if __name__ == "__main__":
    main()
