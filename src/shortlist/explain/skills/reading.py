"""A resume, read once for all skills: masked, so that names and schools can count for nothing."""

import math
import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from shortlist.extraction import Lexicon, Profile, profile
from shortlist.extraction.context import Scopes
from shortlist.extraction.dates import merged_months, periods, points
from shortlist.extraction.entities import Position, SectionKind
from shortlist.extraction.names import Entry, Form, Words, key_of
from shortlist.extraction.passages import passages
from shortlist.extraction.sections import SectionMap
from shortlist.extraction.tenure import Tenure, tenure
from shortlist.masking import Masker
from shortlist.records import Document, Evidence, MaskedText, Span

POLICY = "standard"
"""The masking policy under which skills are scored."""

_LASTING_YEARS = 4.0
_LETTERS = re.compile(r"[^\W\d_]+")
_ENGLISH = frozenset("the and of to for with in from by our my at was were is are on".split())
_OTHER = frozenset(
    """de la el los las y en del para con por und der die das mit für von im bei le les des et du
    une dans pour avec di il della e per con nel da do dos em com o os het een van voor met op
    i w z na do og av på och att det""".split()
)
"""Small words of other languages of Europe."""
_FEW = 4
"""As many small words of another language may stand in names and titles."""
_LONGEST_HEAD = 120
_FUTURE = re.compile(r"expect|anticipat|graduat|planned|until|due\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Reading:
    """What is read of a resume. All offsets are those of the masked text until `quote`."""

    masked: MaskedText
    profile: Profile
    passages: tuple[Span, ...]
    lexicon: Lexicon
    scopes: Scopes
    tenure: Tenure
    """The years that stand behind each passage, where no job does."""
    as_of: date
    """What "present" means: never before the last date that the resume names."""

    @property
    def text(self) -> str:
        """The masked text."""
        return self.masked.text

    def position_at(self, offset: int) -> Position | None:
        """Return the job whose entry holds an offset, if any."""
        return next((p for p in self.profile.positions if p.start <= offset < p.end), None)

    def in_heading(self, offset: int) -> bool:
        """Return whether an offset stands in a job's title, or beside it in a short line."""
        position = self.position_at(offset)
        if position is None or position.title is None:
            return False
        first = self.text.rfind("\n", 0, position.title.start) + 1
        last = self.text.find("\n", position.title.end)
        last = len(self.text) if last < 0 else last
        return first <= offset < last and last - first <= _LONGEST_HEAD

    @property
    def has_jobs(self) -> bool:
        """Whether there is a section on work, so that the rest is none."""
        return any(section.kind == "experience" for section in self.profile.sections)

    def section_at(self, offset: int) -> SectionKind:
        """Return the kind of section that an offset stands in."""
        return SectionMap(self.profile.sections).kind_at(offset)

    def statement(self, start: int, end: int) -> Span:
        """Return the passage that holds `text[start:end]`; its line where it is in no passage."""
        at = bisect_right(self.passages, start, key=lambda span: span.start) - 1
        if at >= 0 and end <= self.passages[at].end:
            return self.passages[at]
        first = self.text.rfind("\n", 0, start) + 1
        last = self.text.find("\n", end)
        return Span(first, len(self.text) if last < 0 else last, self.section_at(start))

    def months_behind(self, statement: Span) -> int:
        """Return the months behind a passage that no job holds: those it names, else those above.

        One that lasts and does not say since when counts as four years; 0 where none is near.
        """
        own = merged_months(periods(self.text[statement.start : statement.end], self.as_of))
        if own or statement not in self.passages:
            return own
        years = self.tenure.behind[self.passages.index(statement)] or 0.0
        return round(12 * (_LASTING_YEARS if math.isinf(years) else years))

    def quote(self, document: Document, start: int, end: int) -> Evidence:
        """Return what stands at an offset of the masked text, as the document has it."""
        first, last = self.masked.original_span(start, end)
        return Evidence(document.text[first:last], first, last)


def is_english(text: str) -> bool:
    """Return whether a text holds the small words of English; short lists of names pass too."""
    words = [word.lower() for word in _LETTERS.findall(text)]
    ours, others = (sum(word in small for word in words) for small in (_ENGLISH, _OTHER))
    return others < _FEW or ours >= others


def read(
    document: Document,
    masker: Masker,
    lexicon: Lexicon,
    asked: Iterable[Sequence[str]],
    today: date,
) -> Reading:
    """Return a resume, masked and understood.

    Args:
        document: the resume.
        masker: hides what must not count.
        lexicon: the skills that are known.
        asked: the names of each skill that is asked for; one that the lexicon does not know is
            looked for as it is written.
        today: what "present" means at the earliest.
    """
    masked = masker(document)
    known = _with_asked(lexicon, asked)
    as_of = _as_of(masked.text, today)
    found = profile(Document(document.id, masked.text), today=as_of, lexicon=known)
    parts = passages(masked.text)
    scopes = Scopes(Words(masked.text))
    return Reading(masked, found, parts, known, scopes, tenure(masked.text, parts), as_of)


def _as_of(text: str, today: date) -> date:
    """The later of a day and the month after the last one that a text names as past or present."""
    lines = [line for line in text.split("\n") if not _FUTURE.search(line)]
    months = [point.last for point in points("\n".join(lines))]
    if not months:
        return today
    after = max(months) + 1
    return max(today, date(after // 12, after % 12 + 1, 1))


def _with_asked(lexicon: Lexicon, asked: Iterable[Sequence[str]]) -> Lexicon:
    """The lexicon with an entry for each skill that it does not know, and its other names."""
    entries, forms = dict(lexicon.entries), dict(lexicon.forms)
    for name, *others in asked:
        canonical = lexicon.canonical(name)
        entry = entries[canonical] if canonical else _entry(name)
        entries.setdefault(entry.name, entry)
        for written in (name, *others):
            key = key_of(written)
            for form in (key, f"{key}s") if key and key[-1:].isalpha() else (key,):
                if form:
                    forms.setdefault(form, (Form(entry),))
    if len(entries) == len(lexicon.entries) and len(forms) == len(lexicon.forms):
        return lexicon
    return Lexicon(entries, forms)


def _entry(name: str) -> Entry:
    return Entry(name.casefold(), "asked", "asked", "skill", (), frozenset(), False)
