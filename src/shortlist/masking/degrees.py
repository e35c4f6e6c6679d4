"""Degrees as they are written: `Master of`, `B.Sc.`, `BS in`, and what one begins with."""

import re

from shortlist.masking.lexicon import words

OF_DEGREE = frozenset(("master", "masters", "associate", "associates", "doctor", "doctorate"))
"""Words that are a degree where `of` or `in` follows."""
DEGREE_OF = re.compile(r"(?:['’]?s['’]?)?\s+(?:of|in|degree|degrees)\b", re.IGNORECASE)
CAPITAL_DEGREES = frozenset(d[:-1] for d in words("degrees") if d.endswith("!"))
"""Short forms that are a degree only in capitals, here in lower case."""

_AFTER_CAPITALS = re.compile(
    r"\s*(?:\([^)\n]{1,12}\)\s*)?(?:in|degree|of|hons)\b|\s*[,/:|–-]|\s+([A-Za-z]+)|\s*\Z"
)
_FIELDS = words("fields")
# Words of degrees that also go on with one that stands before them: "High School Diploma".
_GOES_ON = frozenset(
    "degree degrees major majors minor minors concentration emphasis specialisation promotion "
    "specialization intermediate rn mis certificate".split()
)
_BEGINS = frozenset(d for d in words("degrees") if not d.endswith("!")) - _GOES_ON
_NO_ENTRY = words("degrees", "fields", "entry_words")
_IN_FIELD = re.compile(r"(?:Boot )?(?:[BM] )?(?P<what>[A-Z][\w+]+) in (?P<field>[^\W\d_]+)")
_FIRST_WORD = re.compile(r"[A-Z][a-z]?\. [A-Z]\w*|[A-Z][\w.'’]*")
_OF_DIPLOMAS = (
    r"(?i:high school|graduate|post[ -]?graduate|advanced|executive|professional|associate"
    r"|technical|training|vocational|undergraduate|higher|honou?rs)"
)
_LEVEL = re.compile(
    r"(?:Some [Cc]ollege|High school|None in)\b"
    rf"|(?:{_OF_DIPLOMAS} )?(?i:certificat(?:e|ion)|training|bootcamp|course) (?:in|of)\b"
    rf"|{_OF_DIPLOMAS} (?i:diploma|certificate|degree)\b"
)


def is_capital_degree(text: str, end: int, stop: int) -> bool:
    """Whether what stands behind capitals such as `BS` makes them a degree.

    Args:
        text: the text.
        end: the offset behind the capitals.
        stop: where their line ends.
    """
    match = _AFTER_CAPITALS.match(text, end, stop)
    return match is not None and (match[1] is None or match[1].lower() in _FIELDS)


def begins_degree(text: str, start: int, stop: int) -> bool:
    """Whether a degree, or the level of one, begins at a capital letter in a line's education."""
    word = _FIRST_WORD.match(text, start, stop)
    if word is None:
        return False
    plain = word[0].replace(".", "").replace(" ", "")
    low = plain.lower()
    dotted = "." in word[0] and low[0] in "abm"  # "M.S.E. in", of which there are many
    if plain.isupper() and (dotted or low in CAPITAL_DEGREES) and low not in _BEGINS:
        return is_capital_degree(text, word.end(), stop)
    return bool(
        low in _BEGINS
        or (low in OF_DEGREE and (word.end() == stop or DEGREE_OF.match(text, word.end(), stop)))
        or _LEVEL.match(text, start, stop)
    )


def begins_entry(text: str, start: int, stop: int) -> bool:
    """Whether an entry begins at a capital letter with something `in` a field: `SCJP in Java`."""
    match = _IN_FIELD.match(text, start, stop)
    return (
        match is not None
        and match["field"].lower() in _FIELDS
        and match["what"].lower() not in _NO_ENTRY
    )
