"""Where the names of a lexicon stand in a text, and which ambiguous ones are meant.

One pass over the words with a dictionary look-up, the longest name first: linear in the text.
"""

import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from shortlist.extraction.lexicon import Lexicon
from shortlist.extraction.names import Form, Words

_GAPS = frozenset(("", "-", "–", "‐", "/", ".", "'", "’", "&", "(", "\n", ")"))
_WRAPPED_LINE = 50
"""A line this long may be broken inside a name; a shorter one is an item of its own."""
_LINK = re.compile(
    r"[\s,;/|•·&+()\-–—*▪●]*(?:\b(?:and|or|und|et|y|e|o)\b)?[\s,;/|•·&+()\-–—*▪●]*", re.IGNORECASE
)
_LINK_LIMIT = 14
_ITEM_START = re.compile(
    r"(?:^|[\n,;|•·:()/\t▪●*]|\band\b|\bor\b|&| [-–—] |  )[ \t]*$", re.IGNORECASE
)
_ITEM_END = re.compile(
    r"[ \t]*(?:$|[\n,;|•·:()/\t▪●*.]|\band\b|\bor\b|&| [-–—] |  )", re.IGNORECASE
)
_WORD = re.compile(r"[^\W_]+[+#]*")
_PREPOSITION = re.compile(r"\b(?:with|in|using|use[ds]?|via|learn|learning|know|knows)\s+$")
_MASTERY = re.compile(
    r"\b(?:experienced?|proficien\w+|fluent|skilled|knowledge|expertise|expert|programming|coding|program"
    r"|code|written|background|familiar\w*|master\w*|skills)\s+(?:in|with|of|using)\s+$"
    r"|\b(?:learn|learning)\s+$",
    re.IGNORECASE,
)
_GOES_ON = re.compile(r"\s+(?:\d|(?![ABC][12]\b)[A-Z])|['’-]\w")
_CUE_WORDS = 3
_NEAR = 80
_ROUNDS = 2
"""An ambiguous name that is meant speaks for its kin, once."""


@dataclass(frozen=True, slots=True)
class Hit:
    """A name of the lexicon in a text: `text[start:end]` is one of the ways to write `form`."""

    start: int
    end: int
    form: Form

    @property
    def name(self) -> str:
        """The canonical name."""
        return self.form.entry.name


def find(
    words: Words,
    lexicon: Lexicon,
    listed: Callable[[int], bool] | None = None,
    trusted: Callable[[int], bool] | None = None,
) -> list[Hit]:
    """Return the hits of a text in order, disjoint, without those that mean something else.

    Args:
        words: the words of any text.
        lexicon: the names to look for.
        listed: whether an offset stands in a section that lists skills; there an entry that says
            `listed` is believed where it is an item of its own.
        trusted: whether something else says of an offset that a skill stands there; then an
            ambiguous name that is written as it must be is believed.
    """
    text = words.text
    hits = list(_candidates(words, lexicon))
    if not any(hit.form.ambiguous for hit in hits):
        return hits
    meant = _meant(text, hits, listed)
    if trusted:
        meant |= {hit.start for hit in hits if _is_exact(text, hit) and trusted(hit.start)}
    return [hit for hit in hits if not hit.form.ambiguous or hit.start in meant]


def _meant(text: str, hits: Sequence[Hit], listed: Callable[[int], bool] | None) -> set[int]:
    """Where the ambiguous names stand that mean what the lexicon says."""
    meant = _linked_to_kin(text, hits)
    sure_kin = defaultdict(list)
    for hit in hits:
        if not hit.form.ambiguous:
            sure_kin[hit.form.entry.kin].append(hit.start)
    unsure = [hit for hit in hits if hit.form.ambiguous and hit.start not in meant]
    for _ in range(_ROUNDS):
        kin_of = (sure_kin[hit.form.entry.kin] for hit in unsure)
        near = zip(unsure, kin_of, strict=True)
        meant.update(hit.start for hit, kin in near if _is_meant(text, hit, kin, listed))
        for hit in hits:
            if hit.start in meant and _is_exact(text, hit) and hit.end - hit.start > 1:
                sure_kin[hit.form.entry.kin].append(hit.start)
    return meant


def _candidates(words: Words, lexicon: Lexicon) -> Iterator[Hit]:
    longest, forms, spans, text = lexicon.longest, lexicon.forms, words.spans, words.text
    free_from = 0
    for at, word in enumerate(words.words):
        if at < free_from:
            continue
        if word not in longest:
            form = lexicon.misspelt(word) if text[spans[at][0]].isupper() else None
            if form:
                yield Hit(*spans[at], form)
            continue
        for count in range(_unbroken(words, at, longest[word]), 0, -1):
            known = forms.get(" ".join(words.words[at : at + count]))
            if known is None:
                continue
            start, end = spans[at][0], spans[at + count - 1][1]
            form = _fitting(text, start, end, known)
            if form:
                yield Hit(start, end, form)
                free_from = at + count
                break


def _unbroken(words: Words, at: int, limit: int) -> int:
    """How many words from `at` on may be one name, for the marks that stand between them."""
    spans, text = words.spans, words.text
    count = 1
    while count < limit and at + count < len(spans):
        left, right = spans[at + count - 1][1], spans[at + count][0]
        if text[left:right] != " " and not _may_join(text, left, right):
            break
        count += 1
    return count


def _may_join(text: str, left: int, right: int) -> bool:
    gap = text[left:right]
    mark = gap.strip()
    if len(gap) > 3 or mark not in _GAPS or (mark == "." and len(gap) > 1):
        return False
    if "\n" in gap:
        return gap.count("\n") == 1 and left - text.rfind("\n", 0, left) > _WRAPPED_LINE
    return True


def _fitting(text: str, start: int, end: int, known: Sequence[Form]) -> Form | None:
    for form in known:
        written = text[start:end]
        if form.joined and "".join(written.lower().split()) != form.joined:
            continue
        return form
    return None


def _linked_to_kin(text: str, hits: Sequence[Hit]) -> set[int]:
    """The starts of ambiguous hits that stand in one enumeration with their kin.

    One certain name is enough ("Python, Go"); without any, two written as they must be are
    ("Word, Excel"), if they are more than letters ("R/C aircraft").
    """
    meant: set[int] = set()
    for run in _enumerations(text, hits):
        for kin in {hit.form.entry.kin for hit in run if hit.form.ambiguous}:
            same = [hit for hit in run if hit.form.entry.kin == kin]
            certain = any(not hit.form.ambiguous for hit in same)
            words = (hit for hit in same if hit.end - hit.start > 1 and _is_exact(text, hit))
            exact = {hit.name for hit in words}
            meant.update(
                hit.start
                for hit in same
                if (_is_exact(text, hit) and (certain or len(exact) > 1))
                or (certain and _is_item(text, hit) and _is_plain(text[hit.start : hit.end]))
            )
    return meant


def _is_plain(written: str) -> bool:
    """Whether a name is all in small letters or all in capitals: "san", but not "San"."""
    return written.islower() or written.isupper()


def _is_exact(text: str, hit: Hit) -> bool:
    return not hit.form.ambiguous or text[hit.start : hit.end] == hit.form.exact


def _enumerations(text: str, hits: Sequence[Hit]) -> Iterator[list[Hit]]:
    run: list[Hit] = []
    for hit in hits:
        if run and not _is_link(text[run[-1].end : hit.start]):
            yield run
            run = []
        run.append(hit)
    if run:
        yield run


def _is_link(gap: str) -> bool:
    return 0 < len(gap) <= _LINK_LIMIT and gap != " " and _LINK.fullmatch(gap) is not None


def _is_meant(
    text: str, hit: Hit, sure_kin: Sequence[int], listed: Callable[[int], bool] | None
) -> bool:
    entry = hit.form.entry
    written = not hit.form.exact or _is_exact(text, hit)
    if written and entry.cues and _has_cue(text, hit):
        return True
    beside_kin = any(abs(start - hit.start) < _NEAR for start in sure_kin)
    if _is_item(text, hit):
        in_list = entry.listed and listed is not None and listed(hit.start)
        in_list = in_list and not (hit.end - hit.start == 1 and _is_of_letters(text, hit))
        return written and (beside_kin or in_list)
    if not (written and hit.form.exact) or _GOES_ON.match(text, hit.end):
        return False
    if _MASTERY.search(text, max(0, hit.start - 30), hit.start):
        return True
    is_object = _PREPOSITION.search(text, max(0, hit.start - 14), hit.start) is not None
    return is_object and (entry.listed or beside_kin)


def _is_of_letters(text: str, hit: Hit) -> bool:
    """Whether a letter stands beside a sign that makes it part of something: "R/C", "P & C"."""
    return any(sign in text[max(0, hit.start - 2) : hit.end + 2] for sign in "/&.)(")


def _has_cue(text: str, hit: Hit) -> bool:
    before = _WORD.findall(_same_line(text[max(0, hit.start - 40) : hit.start], last=True).lower())
    after = _WORD.findall(_same_line(text[hit.end : hit.end + 40], last=False).lower())
    near = before[-_CUE_WORDS:] + after[:_CUE_WORDS]
    return not hit.form.entry.cues.isdisjoint(near)


def _same_line(piece: str, *, last: bool) -> str:
    """The part of `piece` that no line end or full stop parts from the name beside it."""
    parts = re.split(r"\n|[.!?] ", piece)
    return parts[-1] if last else parts[0]


def _is_item(text: str, hit: Hit) -> bool:
    return bool(
        _ITEM_START.search(text[max(0, hit.start - 12) : hit.start]) if hit.start else True
    ) and bool(_ITEM_END.match(text, hit.end))
