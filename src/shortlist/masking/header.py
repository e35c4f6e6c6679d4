"""The first lines of a resume: who it is about and how to reach them.

A field is a stretch of a line between marks such as `|` or what tells how to reach a person. A
field is a name by what it looks like (two to five capitalised words, initials, particles) and by
what it is not: no occupation, heading, skill, place or firm. Whether a list of names knows it
plays no part, so any name can stand for any other.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from unicodedata import combining

from shortlist.masking import contact
from shortlist.masking.common import are_common
from shortlist.masking.layout import Layout, layout
from shortlist.masking.lexicon import entries, words
from shortlist.masking.spans import merged, outside
from shortlist.records import Span

_MOST_LINES = (
    4  # lines with something else than a name or contact, before names are looked for no more
)
_LONGEST_NAME = 60
_NEAR = 3  # characters between a name and how to reach the person
ACTS = re.compile(
    r"[ ](?:is|was|has|had|led|leads|also|won|built|made|wrote|ran|taught|brought|became|began|grew"
    r"|kept|knows|holds|held|drove|gave|took|speaks?|spoke|joined|enjoys|[a-z]{3,}ed)\b"
    r"(?! (?:for|by|in|to|with) )"
)
"""What a sentence says a person does, right behind the name."""
_EDGES = re.compile(r"[|•·▪●;:/\t]+|\s[-–—~]+\s|[–—]")
_FULL_STOP = re.compile(r"(?<=[^\W\d_]{3})\.(?=\s)")
_BRACKETS = re.compile(r"\([^()\n]{0,40}\)")
_WORDS = re.compile(r"\S+")
_RESUME_WORDS = frozenset(
    "resume résumé resumé curriculum vitae vitæ cv c.v bio biodata profile of for the "
    "lebenslauf".split()
)
_LABEL_WORDS = _RESUME_WORDS | frozenset(
    "phone telephone tel mobile cell mob ph fax email e-mail mail address name contact linkedin "
    "github website web home t m p e".split()
)
_TITLES = frozenset("mr mrs ms miss mx dr prof sir dame herr frau engr rev hon".split())
_RANKS = frozenset(
    "sergeant captain corporal colonel lieutenant major private commander squadron flight staff "
    "lance warrant officer chief petty retd ret retired".split()
)
_PARTICLES = frozenset(
    "de van von der den la le las los du da das do dos del della di bin binti bint ibn al el abu "
    "ben ter ten te zu af av san st".split()
)
_SUFFIXES = frozenset("jr sr ii iii iv".split())
_CREDENTIALS = frozenset(
    "phd ph.d md m.d mba m.b.a cpa cma cfa cfp pmp rn bsn msn lpn np pa esq esquire jd j.d llm "
    "llb ms m.s bs b.s ma m.a ba b.a msc bsc mph mpa mfa ma.ed med m.ed edd ed.d psyd dds dmd dvm "
    "pharmd do dpt pt ot cissp cisa cism shrm-cp shrm-scp sphr phr gphr csm pe p.e eit se aia "
    "leed ap ccna ccnp itil acca ca fca frm cscp cpim bcba lcsw msw lmsw lpc lmft cphq fhea hons "
    "ieng ceng mrics frcs mrcp beng meng".split()
)
_SOFT = words("mixed_names")
_HARD = (
    words("not_names", "skills", "fields", "degrees", "entry_words")
    - _SOFT
    - _PARTICLES
    - {"may", "an", "ma", "do", "be", "jo", "no", "so", "my", "ba", "in"}
) | {"ai", "ml"}
_REGIONS = frozenset(r.lower() for r in entries("regions") if not (len(r) <= 3 and r.isupper()))
_CODES = frozenset(r for r in entries("regions") if len(r) <= 3 and r.isupper())
_CITIES = words("cities")
_POSTCODE = re.compile(contact.POSTCODE + r"(?:,? [^\W\d_][\w. ]{1,30})?")
_STREET = re.compile(
    r"[^\W\d_][\w .'’-]{0,40}(?:straße|strasse|str\.|weg|platz|allee|gasse|straat|laan|gatan|vägen"
    r"|gade|vej)\s\d{1,4}\s?[a-z]?"
    r"|\d{1,4}(?: bis| ter)?,? (?:rue|avenue|boulevard|place|impasse|chemin) [^\n|]{2,50}"
    r"|(?:via|viale|piazza|corso|calle|avenida|paseo|rua|praça) [^\n|\d]{2,40},? ?\d{1,4}"
    r"[^\n|]{0,40}",
    re.IGNORECASE,
)
_DOMAIN = re.compile(
    r"(?!(?:asp|ado|vb)\.net)(?:www\.)?[\w-]+(?:\.[\w-]+)*"
    r"\.(?:com|net|org|io|dev|me|co|ai|info|tech|design|page|app|eu|de|fr|uk|ca|in|us)(?:/\S*)?",
    re.IGNORECASE,
)
_SITE = re.compile(
    r"(?:linkedin|github|twitter|skype|instagram|telegram|portfolio|website|web|gitlab|handle)\Z",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Header:
    """What the first lines hold: the fields that are names, and those that tell where to reach."""

    names: tuple[Span, ...]
    contact: tuple[Span, ...]


@lru_cache(maxsize=2)
def header(text: str) -> Header:
    """Return the names and the addresses, domains and handles in the first lines of a text."""
    lay = layout(text)
    known = _known_contact(lay)
    names: list[Span] = []
    reach: list[Span] = []
    others = 0
    for line in range(len(lay.starts)):
        if lay.sections[line] != "top" or others >= _MOST_LINES:
            break
        if line in lay.headings:
            continue
        start, end = lay.starts[line], lay.ends[line]
        inside = [span for span in known if start <= span.start < end]
        found, places = _of_line(lay, start, end, inside)
        if not others and not found:
            found = _before_stop(text, start, end) or _behind_dash(text, start, end)
        if _is_sentence(text[start:end]):
            names += found
            break
        if not others and not found:
            found = _lone_name(lay, line)
        names += found
        reach += places
        others += _says_more(text, start, end, merged([*inside, *found, *places]))
    return Header(tuple(names), tuple(reach))


def _before_stop(text: str, start: int, end: int) -> list[Span]:
    """Return the name that a first line begins with: `Jane Doe. Web developer, ...`."""
    stop = _FULL_STOP.search(text, start, min(end, start + _LONGEST_NAME))
    found = name_span(text, start, stop.start()) if stop else None
    return [found] if found else []


def _behind_dash(text: str, start: int, end: int) -> list[Span]:
    """Return the name that a first line ends with: `Stage manager / Teacher — Jane Doe`."""
    dash = text.rfind(" — ", start, end)
    found = name_span(text, dash + 3, end) if dash >= 0 else None
    return [found] if found else []


def _lone_name(lay: Layout, line: int) -> list[Span]:
    """Return a first line of one word that the next line or a sentence shows to be a name."""
    start, end = lay.starts[line], lay.ends[line]
    word = lay.text[start:end].strip(" *_#.,:")
    if len(word) < 3 or not _is_name_word(word) or not _is_full(word):
        return []
    following = line + 1
    placed = following < len(lay.starts) and is_place(
        lay.text[lay.starts[following] : lay.ends[following]].strip(" ,.")
    )
    acts = any(ACTS.match(lay.text, p + len(word)) for p in lay.occurrences(word.lower()))
    low = lay.text.index(word, start)
    return [Span(low, low + len(word), "name")] if placed or acts else []


def reached(text: str) -> tuple[Span, ...]:
    """Return the places, domains and handles in the first lines of a text."""
    return header(text).contact


def _known_contact(lay: Layout) -> list[Span]:
    """Return the e-mail addresses, numbers and links of the lines before the first heading."""
    end = next((lay.starts[i] for i, s in enumerate(lay.sections) if s != "top"), len(lay.text))
    found = (
        *contact.emails(lay.text),
        *contact.phones(lay.text),
        *contact.links(lay.text),
        *contact.addresses(lay.text),
    )
    return merged(span for span in found if span.start < end)


def _of_line(
    lay: Layout, start: int, end: int, known: Sequence[Span]
) -> tuple[list[Span], list[Span]]:
    names: list[Span] = []
    reach: list[Span] = []
    site = titled = False
    for low, high in fields(lay.text, start, end, known):
        field = lay.text[low:high]
        kind = "link" if site and " " not in field and len(field) > 2 else _reach_kind(field)
        if kind:
            reach.append(Span(low, high, kind))
        elif not titled:
            found = names_in(lay.text, low, high)
            if not found and any(0 <= span.start - high <= _NEAR for span in known):
                found = _run_behind_title(lay.text, low, high)
            names += found
            titled = not found and not _LABEL_WORDS.issuperset(field.lower().split())
        site = _SITE.search(field) is not None
    return names, reach


def _reach_kind(field: str) -> str:
    """Return `link` or `address` where a field is one, else nothing."""
    if "." in field and _DOMAIN.fullmatch(field):
        return "link"
    numbered = any(map(str.isdigit, field))
    if numbered and (_POSTCODE.fullmatch(field) or _STREET.fullmatch(field)):
        return "address"
    return "address" if is_place(field) else ""


def fields(text: str, start: int, end: int, known: Sequence[Span]) -> Iterator[tuple[int, int]]:
    """Yield the fields of a line: what stands between marks and known spans."""
    for low, high in outside(known, start, end):
        position = low
        for edge in _EDGES.finditer(text, low, high):
            yield from _stripped(text, position, edge.start())
            position = edge.end()
        yield from _stripped(text, position, high)


def _stripped(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    edges = " \t*_#=~,.-|"
    field = text[start:end]
    low = start + len(field) - len(field.lstrip(edges))
    high = end - len(field) + len(field.rstrip(edges))
    if low < high:
        yield low, high


def is_place(field: str) -> bool:
    """Whether a field is a city with its region or country, or a well-known place alone."""
    parts = [part.strip() for part in field.split(",")]
    if len(parts) > 3 or len(field) > _LONGEST_NAME or not all(parts):
        return False
    last = parts[-1]
    if len(parts) == 2 and parts[0].lower() in _REGIONS and parts[0].lower() not in _SOFT:
        return _is_place_name(last)
    if last.lower() in _REGIONS or (len(parts) > 1 and last in _CODES):
        person = last.lower() in _SOFT and parts[0].lower() not in _CITIES and len(parts) == 2
        return not person and all(map(_is_place_name, parts))
    head, _, code = last.rpartition(" ")
    if len(parts) > 1:
        return False
    return last.lower() in _CITIES or (bool(head) and code in _CODES and head.lower() in _CITIES)


def _is_place_name(part: str) -> bool:
    words_of = part.split()
    return len(words_of) <= 4 and all(
        (word[0].isupper() and word.replace("-", "").replace(".", "").replace("'", "").isalpha())
        or word in ("of", "the", "de", "la", "am", "upon", "and", "y", "do", "di")
        for word in words_of
    )


def names_in(text: str, start: int, end: int) -> list[Span]:
    """Return the name that a field holds: all of it, what stands before a comma, or around one."""
    field = text[start:end]
    whole = name_span(text, start, end)
    comma = field.find(",")
    if comma < 0:
        found = whole or _run_before_title(text, start, end)
        return [found] if found else []
    first = name_span(text, start, start + comma)
    if first:
        return [first]
    pair = field.count(",") == 1 or _CREDENTIALS.issuperset(
        part.strip(" .").lower() for part in field.split(",")[2:]
    )
    second_comma = field.find(",", comma + 1)
    stop = end if second_comma < 0 else start + second_comma
    both = name_span(text, start, stop) if pair else None
    return [both] if both else []


def name_span(text: str, start: int, end: int) -> Span | None:
    """Return the name that fills a stretch of text, without what follows it such as `PhD`."""
    if end - start > _LONGEST_NAME + 40:
        return None
    blank = _BRACKETS.sub(lambda match: _plain_bracket(match[0]), text[start:end])
    parts = [(m.start(), m.end(), _bare(m[0])) for m in _WORDS.finditer(blank) if _bare(m[0])]
    while parts and parts[0][2].lower() in _RESUME_WORDS:
        parts.pop(0)
    while parts and _follows_name(parts[-1][2].lower(), len(parts)):
        parts.pop()
    while len(parts) > 2 and parts[0][2].lower() in _RANKS:
        parts.pop(0)
    named = parts[1:] if len(parts) > 1 and parts[0][2].lower().rstrip(".") in _TITLES else parts
    if not _is_name([word for _, _, word in named]):
        return None
    return Span(start + parts[0][0], start + parts[-1][1], "name")


def _follows_name(word: str, count: int) -> bool:
    """Whether the last of some words is a credential, and not the surname in `Jane Ma`."""
    return word in _RESUME_WORDS or (word in _CREDENTIALS and count > 2)


def _plain_bracket(bracket: str) -> str:
    """Return a bracket such as `(Jen)` as it is, and blanks for one that is no nickname."""
    return bracket if _is_name_word(_bare(bracket)) else " " * len(bracket)


def _bare(word: str) -> str:
    word = word.strip(".,*_\"'“”‘’()[]:;")
    return word[:-2] if word.endswith(("'s", "’s")) else word


def _is_name(parts: Sequence[str]) -> bool:
    if not 1 <= len(parts) <= 12 or sum(map(len, parts)) > _LONGEST_NAME:
        return False
    if all(len(part) == 1 for part in parts):  # spaced letters, or one word in an own script
        return len(parts) > 4 and "".join(parts).lower() not in _HARD
    if not all(map(_is_name_word, parts)):
        return False
    full = [p for p in parts if len(p) > 1 and _is_full(p)]
    if len(full) == 1:
        return any(len(part) == 1 for part in parts) or _is_uncased_name(full[0])
    return 2 <= len(full) <= 5 and not are_common(full)


def _is_full(word: str) -> bool:
    low = word.lower()
    return low not in _SUFFIXES and not (low in _PARTICLES and word[0].islower())


def _is_uncased_name(word: str) -> bool:
    """Whether a lone word can be a whole name, as in Chinese."""
    return (
        2 <= len(word) <= 4
        and word.isalpha()
        and not word.isascii()
        and word.lower() == word.upper()
    )


def _is_name_word(word: str) -> bool:
    low = word.lower()
    if low in _PARTICLES or low in _SUFFIXES:
        return True
    letters = "".join(c for c in low if c not in "-'’`." and not combining(c))
    if not letters.isalpha() or (word[0].islower() and word[1:2] not in ("'", "’", "-")):
        return False
    if low in _HARD or letters in _HARD:
        return False
    pieces = [piece for piece in re.split(r"[-.]", low) if len(piece) > 2]
    return len(pieces) < 2 or not any(piece in _HARD for piece in pieces)


def _run_before_title(text: str, start: int, end: int) -> Span | None:
    """Return a name that an occupation follows without a mark: `Jane Doe Software Engineer`."""
    parts = [(m.start(), m.end(), _bare(m[0])) for m in _WORDS.finditer(text[start : start + 120])]
    if any(word[:1].islower() and word not in _PARTICLES and len(word) > 3 for _, _, word in parts):
        return None
    count = 0
    while count < len(parts) and _is_name_word(parts[count][2]):
        count += 1
    if not (2 <= count <= 3 and count < len(parts)) or end - start > 100:
        return None
    if parts[count][2].lower() not in words("not_names"):
        return None
    if not _is_name([word for _, _, word in parts[:count]]):
        return None
    return Span(start, start + parts[count - 1][1], "name")


def _run_behind_title(text: str, start: int, end: int) -> list[Span]:
    """Return a name that an occupation stands in front of: `Software Engineer Jane Doe`."""
    parts = [(m.start(), _bare(m[0])) for m in _WORDS.finditer(text[start:end])]
    first = len(parts)
    while first and _is_name_word(parts[first - 1][1]):
        first -= 1
    named = [word for _, word in parts[first:]]
    if not (first and 2 <= len(named) <= 3) or not _is_name(named):
        return []
    if parts[first - 1][1].lower() not in words("not_names"):
        return []
    return [Span(start + parts[first][0], end, "name")]


def _says_more(text: str, start: int, end: int, found: Sequence[Span]) -> bool:
    return any(
        any(map(str.isalpha, text[low:high]))
        for low, high in outside(found, start, end)
        if low < high
    )


def _is_sentence(line: str) -> bool:
    return sum(word.islower() for word in line.split()) >= 7
