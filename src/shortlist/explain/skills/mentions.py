"""More mentions of a skill that is asked for: other forms of its words, and everyday names.

Since the skill is asked for, a name such as Excel, R or Windows is believed more readily than in a
text of which nothing is known.
"""

import re
from collections.abc import Iterator, Sequence

from shortlist.explain.skills.reading import Reading
from shortlist.extraction.bullets import is_action

Spans = Sequence[tuple[int, int]]

_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*|\d+")
_ENDINGS = (
    "isations izations isation ization ications ication ations ation ions ion ings ing ments ment"
    " ers er ors or ists ist ants ant ical ically ies ied ed es y s e"
).split()
_AGENT = re.compile(r"(?:ing|ings|er|ers|or|ors|ist|ists|ant|ants|ed|ical|ation|ian|ians)$")
_SHORTEST = 4
_IRREGULAR = {
    "taught": "teach", "sold": "sell", "selling": "sell", "wrote": "write", "written": "write",
    "driven": "drive", "drove": "drive", "bought": "buy", "spoke": "speak", "spoken": "speak",
    "grew": "grow", "grown": "grow", "dealt": "deal", "baked": "bake", "knitted": "knit",
}  # fmt: skip
_BEFORE_VERB = frozenset(("", "i", "we", "and", "also", "to", "then", "regularly", "now"))
_ROOM = 3
"""How many other words may stand among those of a name."""
_BEHIND = r"\b(?:in|with|using|via)\s+"
_SMALL = frozenset("and of the in for a to with on & or".split())
_BROAD = frozenset("skills skill management work working service services general basic".split())


def other_mentions(
    reading: Reading, skill: str, written: str, known: Spans
) -> Iterator[tuple[int, int]]:
    """Yield where a skill is named in ways that the lexicon does not believe or know.

    Args:
        reading: the resume.
        skill: its name in the lexicon.
        written: how it was asked for.
        known: where it is known to be named.
    """
    seen = list(known)
    for span in (*_exact(reading, skill), *_inflected(reading, written, known)):
        if not any(span[0] < end and start < span[1] for start, end in seen):
            seen.append(span)
            yield span


def _exact(reading: Reading, skill: str) -> Iterator[tuple[int, int]]:
    """Ambiguous names in their exact spelling, where they are no first word of a sentence.

    In a text without capitals their spelling tells nothing; names of software that have no
    spelling of their own are believed behind "with" and the like.
    """
    forms = [(k, f) for k, fs in reading.lexicon.forms.items() for f in fs if f.entry.name == skill]
    small = not re.search(r"[A-Z]", reading.text)
    before = r"(?:[a-z0-9,;:/&).]\s+|[(/]|\n\W*)" if small else r"(?:[a-z0-9,;:/&)]\s+|[(/]|\n\W*)"
    for written in {f.exact for _, f in forms if f.ambiguous and f.exact}:
        first = _BEHIND if len(written) < 3 else before
        last = r"(?!\s+[A-Z][a-z])" if len(written) < 6 and not small else ""
        pattern = rf"{first}(?P<name>{re.escape(written)}){last}(?![\w'’-])"
        found = re.finditer(pattern, reading.text, re.IGNORECASE if small else 0)
        yield from (match.span("name") for match in found)
    for key in {k for k, f in forms if f.ambiguous and not f.exact and f.entry.kin == "computing"}:
        pattern = rf"{_BEHIND}(?P<name>{re.escape(key)})(?=\s*[.,;)\n])"
        yield from (m.span("name") for m in re.finditer(pattern, reading.text, re.IGNORECASE))


def _inflected(reading: Reading, skill: str, known: Spans) -> Iterator[tuple[int, int]]:
    """The words of a name in other forms and order: "recruited" for recruiting."""
    wanted = [word for word in _WORD.findall(skill.lower()) if word not in _SMALL]
    stems = [stem(word) for word in wanted]
    if not stems or all(word in _BROAD for word in wanted) or not all(map(_is_telling, stems)):
        return
    for passage in reading.passages:
        if any(passage.start <= start < passage.end for start, _ in known):
            continue
        words = list(_WORD.finditer(reading.text, passage.start, passage.end))
        found = [stem(word.group().lower()) for word in words]
        for at, first in enumerate(found):
            if first not in stems:
                continue
            window = found[at : at + len(stems) + _ROOM]
            if not set(stems) <= set(window):
                continue
            before = words[at - 1].group().lower() if at else ""
            if len(stems) == 1 and not _is_doing(wanted[0], words[at].group().lower(), before):
                continue
            last = at + max(window.index(one) for one in stems)
            yield words[at].start(), words[last].end()
            break


def stem(word: str) -> str:
    """Return a word without its ending, such as `recruit` for recruiting and recruiter."""
    word = _IRREGULAR.get(word, word)
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= _SHORTEST:
            return _plain(word[: -len(ending)].removesuffix("e"))
    return _plain(word)


def _plain(stemmed: str) -> str:
    """A stem without what verbs in -ate keep of it: translate, translation."""
    return stemmed[:-2] if stemmed.endswith("at") and len(stemmed) - 2 >= _SHORTEST else stemmed


def _is_telling(stemmed: str) -> bool:
    return len(stemmed) >= _SHORTEST or stemmed.isdigit()


def _is_doing(wanted: str, word: str, before: str) -> bool:
    """Whether a word names the doer or the deed, so that "markets" is no marketing."""
    if word == wanted or word in _IRREGULAR or _AGENT.search(word):
        return True
    return is_action(word) and before in _BEFORE_VERB
