"""Measures what masking hides, what it keeps, and whether what is left shows what was hidden.

Prints, with n and a 95 % Wilson interval: recall of school names and of names in headers, skill
mentions kept in real resumes, exactness of the text under swaps, and time as a ratio.
"""

import csv
import json
import random
import re
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from scipy.stats import binomtest

from benchmarks.masking_texts import (
    ADDED_SCHOOL,
    BODIES,
    HEADERS,
    INSERTED_HEADER,
    INSERTED_SCHOOL,
    INSERTED_SENTENCE,
    SCHOOL_FRAMES,
    SCHOOL_LINES,
)
from benchmarks.results import Row, data_folder, publish
from benchmarks.samples import lines
from shortlist.masking import POLICIES, Masker
from shortlist.records import Document, MaskedText

SEED = 20
UNIVERSITIES = 2000
HEADER_NAMES = 2000
TITLES = 5000
REAL_RESUMES = 300
Swap = Callable[[str], tuple[str, str] | None]
PRONOUNS = (("He", "his", "him"), ("She", "her", "her"), ("They", "their", "them"))


def main() -> None:
    """Run every measurement and write `results/masking.jsonl`."""
    data = data_folder()
    resumes = _texts(data / "resumes" / "livecareer.jsonl.gz")
    publish(
        "masking",
        [
            *school_rows(data),
            *name_rows(data),
            *skill_rows(data, resumes),
            *title_rows(data),
            *removed_rows(resumes),
            *exactness_rows(data, resumes),
            *exactness_rows(data, _texts(data / "resumes" / "it_occupations.jsonl.gz"), flat=True),
            *speed_rows(resumes),
        ],
    )


def _texts(path: Path) -> list[str]:
    return [record["text"] for record in lines(path)]


def _share(measure: str, system: str, hits: int, n: int, note: str = "") -> Row:
    interval = binomtest(hits, n).proportion_ci(method="wilson")
    return Row(measure, system, hits / n, interval.low, interval.high, n, note=note)


def _masked(text: str, policy: str = "standard") -> MaskedText:
    return Masker(policy)(Document("benchmark", text))


# --- schools ------------------------------------------------------------------------------------


def school_lines(school: str, kind: str, chooser: random.Random) -> tuple[str, str, str]:
    """Return a resume with a school, the same one without it, and the template of the line."""
    frame = chooser.choice(SCHOOL_FRAMES[kind])
    prose = "{prose}" in frame
    lines = [line for line in SCHOOL_LINES[kind] if _is_prose(line) == prose]
    line = chooser.choice(lines)
    filled = frame.replace("{prose}", line).replace("{line}", line)
    return filled.replace("{school}", school), filled, line


def _is_prose(line: str) -> bool:
    return line.startswith(("Graduated", "He ", "I ", "Attended"))


def hides(masked: MaskedText, start: int, end: int, text: str) -> bool:
    """Whether every letter and digit of a stretch is hidden."""
    seen = set(range(start, end))
    for span in masked.hidden:
        seen.difference_update(range(span.start, span.end))
    return not any(text[i].isalnum() for i in seen)


def school_rows(data: Path) -> Iterator[Row]:
    ranked = [
        s["name"] for s in json.loads((data / "schools" / "rankings.json").read_text("utf-8"))
    ]
    every = [record["name"] for record in lines(data / "schools" / "universities.jsonl.gz")]
    drawn = random.Random(SEED).sample(every, UNIVERSITIES)
    for measure, schools in (("rankings.json", ranked), ("universities.jsonl.gz", drawn)):
        for kind in ("seen", "unseen"):
            hits = exact = 0
            chooser = random.Random(SEED)
            for school in schools:
                text, frame, _ = school_lines(school, kind, chooser)
                masked = _masked(text)
                start = text.index(school)
                hits += hides(masked, start, start + len(school), text)
                exact += (
                    masked.text == _masked(frame.replace("{school}", "Stanford University")).text
                )
            yield _share(f"schools hidden: {measure}", f"{kind} layouts", hits, len(schools))
            yield _share(
                f"text as with another school: {measure}", f"{kind} layouts", exact, len(schools)
            )


# --- names --------------------------------------------------------------------------------------


def header_names(data: Path) -> list[tuple[str, str]]:
    """Return first names and surnames drawn from the name tables, mixed at random."""
    folder = data / "names"
    with (folder / "race_given_first_name.csv").open(encoding="utf-8-sig") as table:
        first = [row["name"].title() for row in csv.DictReader(table)]
    with (folder / "names_2010census_top1000.csv").open(encoding="utf-8-sig") as table:
        rows = list(csv.reader(table))[3:]
    last = [row[0].title() for row in rows if row and row[0].isalpha()]
    chooser = random.Random(SEED)
    return [(chooser.choice(first), chooser.choice(last)) for _ in range(HEADER_NAMES)]


def fill(template: str, first: str, last: str) -> str:
    """Return a template filled with a name and the contact that goes with it."""
    handle = f"{first}{last}".lower()
    return template.format(
        first=first,
        last=last,
        FIRST=first.upper(),
        LAST=last.upper(),
        email=f"{first}.{last}@mail.example".lower(),
        handle=handle,
        phone="(555) 210-4433",
    )


def name_rows(data: Path) -> Iterator[Row]:
    people = header_names(data)
    for kind in ("seen", "unseen"):
        headers = clean = 0
        chooser = random.Random(SEED)
        for first, last in people:
            header = fill(chooser.choice(HEADERS[kind]), first, last)
            body = fill(chooser.choice(BODIES[kind]), first, last)
            masked = _masked(header + body)
            headers += not _stands_in(masked.text, header, masked, first, last)
            clean += not re.search(rf"\b(?:{first}|{last})\b", masked.text, re.IGNORECASE)
        yield _share("names hidden in the header", f"{kind} layouts", headers, len(people))
        yield _share("names hidden throughout", f"{kind} layouts", clean, len(people))


def _stands_in(text: str, header: str, masked: MaskedText, first: str, last: str) -> bool:
    for match in re.finditer(rf"\b(?:{first}|{last})\b", header, re.IGNORECASE):
        if not hides(masked, match.start(), match.end(), header):
            return True
    return False


# --- what is kept -------------------------------------------------------------------------------


def skill_names(data: Path) -> dict[str, set[str]]:
    """Return ESCO labels and O*NET technologies, in lower case."""
    esco = {
        line.strip().lower()
        for line in (data / "skills" / "esco_labels.txt").open(encoding="utf-8")
    }
    with (data / "skills" / "onet_technology_skills.csv").open(encoding="utf-8") as table:
        onet = {row["Example"].lower() for row in csv.DictReader(table)}
    return {"ESCO": {s for s in esco if len(s) > 2}, "O*NET": {s for s in onet if len(s) > 2}}


def skill_mentions(text: str, skills: set[str]) -> Iterator[tuple[int, int]]:
    """Yield where a skill of one to four words stands in a text, the longest at each place."""
    words = [(m.start(), m.end()) for m in re.finditer(r"[\w+#.&-]*[\w+#]", text)]
    lower = text.lower()
    at = 0
    while at < len(words):
        for size in (4, 3, 2, 1):
            if at + size <= len(words):
                start, end = words[at][0], words[at + size - 1][1]
                if lower[start:end] in skills:
                    yield start, end
                    at += size - 1
                    break
        at += 1


def skill_rows(data: Path, resumes: Sequence[str]) -> Iterator[Row]:
    for source, skills in skill_names(data).items():
        kept = n = 0
        for text in resumes:
            masked = _masked(text)
            hidden = [span for span in masked.hidden if span.kind != "trace"]
            for start, end in skill_mentions(text, skills):
                n += 1
                kept += not any(span.start < end and start < span.end for span in hidden)
        yield _share("skill mentions kept in resumes", source, kept, n)


def title_rows(data: Path) -> Iterator[Row]:
    """Yield how often a job title on the first line is left alone, of many odd ones."""
    with (data / "skills" / "onet_alternate_titles.txt").open(encoding="utf-8") as table:
        titles = sorted({line.split("\t")[1] for line in table} - {"Alternate Title"})
    drawn = random.Random(SEED).sample(titles, TITLES)
    kept = sum(_masked(f"{t}\n\nSummary\nDoes the work.").text.startswith(t) for t in drawn)
    yield _share("job titles kept on the first line", "O*NET", kept, TITLES)


def removed_rows(resumes: Sequence[str]) -> Iterator[Row]:
    total = sum(map(len, resumes))
    for policy in POLICIES:
        removed = trace = 0
        for text in resumes:
            for span in _masked(text, policy).hidden:
                size = len(text[span.start : span.end].strip())
                trace += size if span.kind == "trace" else 0
                removed += 0 if span.kind == "trace" else size
        yield Row("share of characters hidden", policy, removed / total, n=len(resumes))
        yield Row("share of characters removed as trace", policy, trace / total, n=len(resumes))


# --- exactness ----------------------------------------------------------------------------------


def exactness_rows(data: Path, resumes: Sequence[str], *, flat: bool = False) -> Iterator[Row]:
    """Yield how often two versions are one text once masked; `flat`: in resumes of one line."""
    chooser = random.Random(SEED + 2 * flat)  # resumes of one line of other seeds were looked at
    texts = chooser.sample(list(resumes), REAL_RESUMES)
    people = header_names(data)
    schools = [
        s["name"] for s in json.loads((data / "schools" / "rankings.json").read_text("utf-8"))
    ]
    top, low = schools[:100], schools[1000:]
    swaps: dict[str, Swap] = {
        "name and e-mail in the header": lambda t: _name_swap(t, people, chooser),
        "pronouns": lambda t: _pronoun_swap(t, chooser),
        "school of another tier": lambda t: _school_swap(t, top, low, chooser),
        "a school added": lambda t: _school_added(t, top, low, chooser),
    }
    for name, swap in swaps.items():
        pairs = [pair for pair in map(_within_the_line(swap) if flat else swap, texts) if pair]
        same = sum(_masked(a).text == _masked(b).text for a, b in pairs)
        of = "resumes of one line" if flat else "resumes"
        yield _share(f"same text after a swap in {of}", name, same, len(pairs))


def _within_the_line(swap: Swap) -> Swap:
    """Return a swap for a text whose line ends were lost: what it puts in has none either."""

    def swapped(text: str) -> tuple[str, str] | None:
        parted = re.sub(r"\s(education)\s", "\nEducation\n", text, count=1, flags=re.IGNORECASE)
        pair = swap(parted)
        return pair and (pair[0].replace("\n", " "), pair[1].replace("\n", " "))

    return swapped


def _name_swap(
    text: str, people: Sequence[tuple[str, str]], chooser: random.Random
) -> tuple[str, str] | None:
    """Return a resume under two names, neither of which it holds already."""
    first, second = chooser.choice(people), chooser.choice(people)
    if any(re.search(rf"\b{part}\b", text, re.IGNORECASE) for part in (*first, *second)):
        return None
    return fill(INSERTED_HEADER, *first) + text, fill(INSERTED_HEADER, *second) + text


def _pronoun_swap(text: str, chooser: random.Random) -> tuple[str, str]:
    lines = text.split("\n")
    at = chooser.randrange(len(lines) + 1)
    first, second = (
        INSERTED_SENTENCE.format(Pronoun=p, possessive=s, objective=o)
        for p, s, o in chooser.sample(PRONOUNS, 2)
    )
    return "\n".join([*lines[:at], first, *lines[at:]]), "\n".join(
        [*lines[:at], second, *lines[at:]]
    )


def _in_education(text: str, line: str) -> str | None:
    heading = re.search(r"\n\s*Education[^\n]{0,20}\n", text)
    return None if heading is None else text[: heading.end()] + line + "\n" + text[heading.end() :]


def _school_swap(
    text: str, top: Sequence[str], low: Sequence[str], chooser: random.Random
) -> tuple[str, str] | None:
    line = chooser.choice(INSERTED_SCHOOL)
    first = _in_education(text, line.format(school=chooser.choice(top)))
    second = _in_education(text, line.format(school=chooser.choice(low)))
    return None if first is None or second is None else (first, second)


def _school_added(
    text: str, top: Sequence[str], low: Sequence[str], chooser: random.Random
) -> tuple[str, str] | None:
    without, line = chooser.choice(ADDED_SCHOOL)
    first = _in_education(text, without)
    second = _in_education(text, line.format(school=chooser.choice([*top, *low])))
    return None if first is None or second is None else (first, second)


# --- speed --------------------------------------------------------------------------------------


def speed_rows(resumes: Sequence[str]) -> Iterator[Row]:
    words = re.compile(r"\w+|[^\w\s]")
    documents = [Document(str(i), text) for i, text in enumerate(resumes)]
    split = min(_seconds(lambda: [words.findall(text) for text in resumes]) for _ in range(3))
    for policy in ("identity", "standard", "strict"):
        masker = Masker(policy)
        seconds = min(_seconds(lambda m=masker: [m(d) for d in documents]) for _ in range(3))
        yield Row(
            "time per resume", policy, 1000 * seconds / len(resumes), n=len(resumes), unit="ms"
        )
        yield Row(
            "time as a multiple of splitting into words", policy, seconds / split, n=len(resumes)
        )


def _seconds(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


if __name__ == "__main__":
    main()
