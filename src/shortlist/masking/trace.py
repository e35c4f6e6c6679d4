"""What would betray that something was removed: white space, separators, empty labels.

`squeezed` brings the white space of a whole text to one form, whether or not anything is hidden in
it. `leftovers` finds what hangs loose around hidden spans.
"""

import re
from collections.abc import Iterator, Sequence

from shortlist.masking.layout import layout
from shortlist.masking.spans import TRACE, outside
from shortlist.records import Span

_SPACES = re.compile(r"\s{2,}")
_WORD_CHARACTER = re.compile(r"\w")


def squeezed(text: str) -> list[Span]:
    """Return the spans of white space to delete: blank lines, edges of lines, repeated spaces.

    Lines without a letter or a digit count as blank.
    """
    spans: list[Span] = []
    position = settled = 0  # where the line begins, and up to where the text is settled
    for line in text.split("\n"):
        body = line.strip()
        if body and (body[0].isalnum() or _WORD_CHARACTER.search(body)):
            start = position if body is line else position + line.index(body)
            if start - settled > 1 or (settled == 0 < start):
                spans += _but_a_break(text, settled, start)
            settled = start + len(body)
            if "  " in body or "\t" in body or not body.isascii():
                spans += _but_a_space(text, start, settled)
        position += len(line) + 1
    if settled < len(text):
        spans.append(Span(settled, len(text), TRACE))
    return spans


def _but_a_break(text: str, start: int, end: int) -> Iterator[Span]:
    """Yield what to delete between two lines so that one line break stays; all before the first."""
    kept = text.index("\n", start, end) if start else end
    if start < kept:
        yield Span(start, kept, TRACE)
    if kept + 1 < end:
        yield Span(kept + 1, end, TRACE)


def _but_a_space(text: str, start: int, end: int) -> Iterator[Span]:
    """Yield what to delete in a line so that one white space stays of several, a space if any."""
    for run in _SPACES.finditer(text, start, end):
        first, last = run.span()
        kept = max(text.find(" ", first, last), first)
        if first < kept:
            yield Span(first, kept, TRACE)
        if kept + 1 < last:
            yield Span(kept + 1, last, TRACE)


_SEPARATORS = " \t\u00a0,;|/·•∙●▪‣►:-–—~"
_OPEN, _CLOSE = "([{", ")]}"
_CLOSING = ",.;:!?)]}"
_WORD = re.compile(r"\w+")
_STOP = re.compile(r"[.!?](?=\s)")
_BULLET = re.compile(r"[^\w\s]\s?")
_REACH = 80

# Words that lead to a hidden thing and mean nothing once it is gone, by the profile of its kind.
_LEADS = {
    "contact": frozenset(
        "email e-mail mail phone telephone tel mobile cell fax whatsapp website web linkedin "
        "github gitlab twitter skype telegram instagram facebook url ph mob at on via by or and "
        "call handy telefon téléphone teléfono".split()
    ),
    "school": frozenset(
        "at from of in by via through with and & the a an de der an university college school "
        "institution institute attended @ und à en".split()
    ),
    "person": frozenset[str](),
}
_LABELS = frozenset(
    "name full first last candidate applicant address number contact home work residence homepage "
    "blog portfolio link links profile pronouns resume résumé cv curriculum vitae of my is "
    "location university college school institution institute alma mater t m p c h w e o".split()
)
_PROFILES = {
    **dict.fromkeys(("school", "prestige", "affiliation"), "school"),
    **dict.fromkeys(("pronoun", "instruction", "place", "year", TRACE), "person"),
}
_LINKS = frozenset(
    "and or of the at in from to a an by with y et und email mail phone tel mobile cell fax home "
    "address linkedin github website ph t m p c h w e o s".split()
)
_LONE = (
    _LINKS
    | _LABELS
    | frozenset(
        "telephone web gitlab twitter skype telegram instagram facebook url surname me i am via "
        "call graduated graduate graduating studied studying study enrolled attended alumnus "
        "alumna alumni member class age sex gender born nationality religion marital status photo "
        "mr mrs ms dr date birth details on whatsapp mob".split()
    )
)


def leftovers(text: str, hidden: Sequence[Span]) -> list[Span]:
    """Return the spans to delete along with `hidden`, which are sorted and disjoint.

    A line that keeps nothing but labels and punctuation goes with its line break; elsewhere a
    separator, a label or a preposition that led to what is hidden goes with it.
    """
    lay = layout(text)
    result: list[Span] = []
    index = 0
    while index < len(hidden):
        line = lay.line_at(hidden[index].start)
        start, end = lay.starts[line], max(lay.ends[line], hidden[index].end)
        first = index
        while index < len(hidden) and hidden[index].start < end:
            end = max(end, hidden[index].end)
            index += 1
        result += _of_line(text, start, end, hidden[first:index])
    return result


def _of_line(text: str, start: int, end: int, hidden: Sequence[Span]) -> list[Span]:
    gaps = list(outside(hidden, start, end))
    words = [_WORD.findall(text[a:b].lower()) for a, b in gaps]
    if all(map(_LONE.issuperset, words)):
        stop = end + 1 if end < len(text) else end
        begin = start - 1 if stop == end and start else start
        return _gaps(hidden, begin, stop)
    if any(span.kind == TRACE for span in hidden):
        return []  # an entry of an education section, which settles its separators itself
    profiles = [_PROFILES.get(span.kind, "contact") for span in hidden]
    kept = [(start, start) if _is_label(words[0], profiles[0]) else gaps[0]]
    removed: set[str] = set()
    for number, gap in enumerate(gaps[1:], 1):
        removed.add(profiles[number - 1])
        if number == len(hidden):
            lost = _is_label(words[number], profiles[-1]) or not text[slice(*gap)].strip(
                _SEPARATORS
            )
            gap = (end, end) if lost else gap
        elif _LINKS.issuperset(words[number]) and not _STOP.search(text, *gap):
            continue
        kept[-1], gap = _joined(text, kept[-1], gap, removed)
        kept.append(gap)
        removed.clear()
    shown = [Span(a, b, "") for a, b in kept if a < b]
    return [
        Span(a, b, TRACE)
        for low, high in outside(shown, start, end)
        for a, b in outside([s for s in hidden if low <= s.start < high], low, high)
        if a < b
    ]


def _gaps(hidden: Sequence[Span], start: int, end: int) -> list[Span]:
    return [Span(a, b, TRACE) for a, b in outside(hidden, start, end) if a < b]


def _is_label(words: Sequence[str], profile: str) -> bool:
    return profile != "person" and bool(words) and (_LINKS | _LABELS).issuperset(words)


def _joined(
    text: str, before: tuple[int, int], after: tuple[int, int], removed: set[str]
) -> tuple[tuple[int, int], tuple[int, int]]:
    """Return the two stretches around something hidden, trimmed so that nothing shows it."""
    start, low = before
    high, end = after
    if removed != {"person"}:
        leads = _LEADS["school" if "school" in removed else "contact"]
        low, high = _trimmed(text, before, after, leads)
    bare = start + len(text[start:low].rstrip())
    rest = end - len(text[high:end].lstrip())
    if bare == start or rest == end or text[rest] in _CLOSING:
        return (start, bare), (rest, end)
    if rest > high:  # of the spaces on both sides, one stays
        return (start, bare), (rest - 1, end)
    return (start, min(bare + 1, low)), (rest, end)


def _trimmed(
    text: str, before: tuple[int, int], after: tuple[int, int], leads: frozenset[str]
) -> tuple[int, int]:
    start, low = before
    high, end = after
    cut = _lead_start(text, start, low, leads)
    behind = end - len(text[high:end].lstrip(_SEPARATORS))
    if cut > start and text[cut - 1] in _OPEN:
        if behind < end and text[behind] in _CLOSE:
            return cut - 1, behind + 1
        return cut, behind
    if not any(map(str.isalnum, text[start:cut])):
        bullet = _BULLET.match(text, start, low)
        return bullet.end() if bullet else start, behind
    colon = text.find(":", cut, low)
    if colon >= 0:  # the label of the line, which has more to say
        return min(colon + 2, low), behind
    return cut, high


def _lead_start(text: str, start: int, end: int, leads: frozenset[str]) -> int:
    """Return where the words and separators begin that end at `end` and lead to what follows."""
    low = max(start, end - _REACH)
    labelled = False
    while True:
        stop = low + len(text[low:end].rstrip(_SEPARATORS))
        tail = text[stop:end]
        dotted = stop > low and text[stop - 1] in ".#"
        word_end = stop - 1 if dotted else stop
        word_start = word_end
        while word_start > low and (
            text[word_start - 1].isalnum() or text[word_start - 1] in "-@&"
        ):
            word_start -= 1
        word = text[word_start:word_end].lower()
        labelled = labelled or ":" in tail
        if word not in leads and not (labelled and word in _LABELS):
            return stop
        end = word_start
