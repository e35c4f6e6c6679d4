"""A line that holds a whole resume or paragraph, cut where its lines must have ended.

It is cut at the end of a sentence and around a heading, and in a part about education also in front
of a degree and behind a date. Nothing hidden moves these places, so what is hidden in one piece
leaves the others as they are.
"""

import re
from collections.abc import Iterator

from shortlist.masking.degrees import begins_degree, begins_entry

LONGEST = 400
"""Characters of a line that is read as it is, and of a piece."""
_SHORTEST = 200  # characters of a piece that is cut where no line can have ended


def _either(words: str) -> str:
    """Return a pattern for one of some words, as in a title or in capitals."""
    return "|".join(f"{word}|{word.upper()}" for word in words.split())


_OF_SKILLS = _either("Technical Professional Core Key Other Computer Work Soft Additional")
_HEADING = re.compile(
    rf"(?:(?:(?:{_OF_SKILLS}) )?(?:{_either('Skills Certifications Experience')}|REFERENCES)"
    r"|Links|Awards|Additional Information|Publications|Military Service|Languages|Assessments"
    r"|References)(?=[ :/])"
)
_OF_STUDIES = f"(?:{_either('Training Background Details History Qualification Qualifications')})"
_STUDY_HEADING = re.compile(
    rf"(?:(?:{_either('Education')})(?: (?:(?:and|AND|&) )?{_OF_STUDIES})?"
    rf"|(?:{_either('Academic Educational')}) (?:{_OF_STUDIES}|background|qualifications))"
    r"[ ]?[:–—-]*(?=\s+[A-Z\d])"
    # A heading begins "Education University of Foo", but not "Bar Education University, 2010".
    r"(?!\s+(?:University|College)(?:\s*[^\w\s]|\s+(?:Bachelor|Master|Associate|Diploma|[BM]\.)))"
)
_OF_HEADING = re.compile(_OF_SKILLS)
_BREAK = re.compile(
    r"(?<=[.!?])(?<![ .(][A-Z]\.)(?<![ .(][A-Z][a-z]\.)\s+(?=[A-Z])"
    rf"|\s+(?=[A-Z])(?={_HEADING.pattern}|{_STUDY_HEADING.pattern})"
)
# Words that "Education" belongs to, so that it is no heading: "Board of", "Higher".
_NO_HEADING = re.compile(
    r"(?:[,&]|\w [–—-]|\b(?:of|in|and|for|the|a|an|at|from|with|to|or|general|higher|continuing"
    r"|secondary|physical|special|adult|distance|further|public|elementary|education))\Z",
    re.IGNORECASE,
)
_ENTRY_GAP = re.compile(r"(?<![\s,(/&+\[])\s+(?=[A-Z])")
# What a degree may begin with, in a text that has no heading for it.
_DEGREE = re.compile(
    r"\b(?:Bachelor|BACHELOR|Master|MASTER|Associate|ASSOCIATE|Doctor|DOCTOR|Diploma|DIPLOMA|MBA"
    r"|Ph\.? ?D|[BM]\. ?[A-Z]|[BM](?:[AS]|[Ss]c)\b)"
)
_DATE = re.compile(r"\b(?:(?:19|20)\d\d|Present|Current)\Z")
_LABEL = re.compile(r"[A-Z][a-z]+:(?=\s)")
_LINK = re.compile(r"\b(?:an?|the|of|in|and|or|with|for|to|as|my)\Z", re.IGNORECASE)
_MARK = re.compile(r"[,;:)•]\s")


def pieces(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield where the pieces of a long line begin and end; white space between them is left out."""
    study = False
    for low, high in _sections(text, start, end):
        heading = _STUDY_HEADING.match(text, low, high)
        study = (study or heading is not None) and not opens_other(text, low)
        cuts = study or _DEGREE.search(text, low, high)
        for piece in _entries(text, low, high, study) if cuts else [(low, high)]:
            yield from _short(text, *piece)


def opens_other(text: str, start: int) -> bool:
    """Whether a piece begins with a heading of something else than education."""
    return _HEADING.match(text, start) is not None


def _sections(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    for gap in _BREAK.finditer(text, start, end):
        before = text[max(start, gap.start() - 12) : gap.start()]
        education = text.startswith(("Educ", "EDUC"), gap.end())
        if (education and _NO_HEADING.search(before)) or _OF_HEADING.fullmatch(before):
            continue
        if start < gap.start():
            yield start, gap.start()
        start = gap.end()
    yield start, end


def _entries(text: str, start: int, end: int, study: bool) -> Iterator[tuple[int, int]]:
    heading = _STUDY_HEADING.match(text, start, end)
    if heading:
        yield start, heading.end()
        start = heading.end()
        while text[start].isspace():
            start += 1
    for gap in _ENTRY_GAP.finditer(text, start, end):
        before = max(start, gap.start() - 8), gap.start()
        degree = begins_degree(text, gap.end(), end) and not _LINK.search(text, *before)
        study = study or degree
        if degree or (study and (_DATE.search(text, *before) or _begins(text, gap.end(), end))):
            yield start, gap.start()
            start = gap.end()
    yield start, end


def _begins(text: str, start: int, end: int) -> bool:
    """Whether a label or an entry without a known degree begins in a part about education."""
    return _LABEL.match(text, start) is not None or begins_entry(text, start, end)


def _short(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    while end - start > LONGEST:
        cut = _cut(text, start)
        yield start, cut
        start = cut + 1 if text[cut] == " " else cut
    yield start, end


def _cut(text: str, start: int) -> int:
    """Return where a piece ends that would be too long: at the last mark, or the last space."""
    stop = start + LONGEST
    marks = list(_MARK.finditer(text, start + _SHORTEST, stop))
    if marks:
        return marks[-1].end() - 1
    cut = text.rfind(" ", start, stop)
    return cut if cut > start else stop
