"""Where the name of a school ends: `University of X and Y at Z`."""

from collections.abc import Sequence

from shortlist.masking.name_words import (
    AND,
    ARTICLES,
    AT,
    ENDS_FIELD,
    ENGLISH,
    FOREIGN_AND,
    FOREIGN_LINKS,
    LANGUAGES,
    LINKS,
    NATIONS,
    OF,
    PLACES_BEFORE,
    PLURAL_NOUNS,
    QUOTES,
    ROMAN,
    SHORT,
    SMALL,
    SUBJECT_NOUNS,
    UNFINISHED,
    UNITS,
)
from shortlist.masking.tokens import (
    ADJECTIVE,
    ADJECTIVES,
    DEGREE,
    ENTRY,
    FIELD,
    LINK,
    MARK,
    NAME,
    NUMBER,
    PROSE,
    SCHOOL,
    TITLE,
    Token,
)

_LONGEST_BRACKET = 7


def right_end(tokens: Sequence[Token], key: int, education: bool) -> int:
    end = key + 1
    listing = False  # inside a list of subjects, as in "of Science and Technology"
    while end < len(tokens):
        step, listing = _step(tokens, key, end, listing, education)
        if step == end:
            return end
        end = step
    return end


def _step(
    tokens: Sequence[Token], key: int, at: int, listing: bool, education: bool
) -> tuple[int, bool]:
    """Return the index behind the next part of a name, and whether a list of subjects goes on."""
    token = tokens[at]
    if token.part == MARK:
        return _mark_step(tokens, at, education), token.low == ","
    if token.low in ROMAN and token.capital and tokens[at - 1].part == NAME:
        return at + 1, False
    foreign = tokens[key].low not in ENGLISH
    if token.low in LINKS and (not token.capital or token.low in OF | AT | AND):
        return _link_step(tokens, key, at, education)
    if token.capital:
        beside = at == key + 1 and tokens[at + 1 : at + 2] and tokens[at + 1].part in (NAME, LINK)
        inside = beside or not begins_subject(tokens, at)
        taken = foreign and token.part == FIELD and inside
        return (at + 1, False) if taken else _capital_step(tokens, at, listing, education)
    if token.low in SMALL or (foreign and token.low[:2] in ("d'", "d’", "l'", "l’")):
        return at + 1, False
    if token.part == NUMBER and foreign and len(token.low) <= 2 and tokens[at - 1].part == NAME:
        return at + 1, False
    return at, False


def _capital_step(
    tokens: Sequence[Token], at: int, listing: bool, education: bool
) -> tuple[int, bool]:
    token = tokens[at]
    if token.part in (NAME, SCHOOL, ADJECTIVE):
        return at + 1, False
    if token.part not in (FIELD, TITLE) or begins_subject(tokens, at):
        return at, False
    ahead = _run_end(tokens, at)
    until = next((i for i in range(at, min(ahead, at + 4)) if tokens[i].low in UNITS), None)
    if until is not None:
        return until + 1, False
    if token.part == FIELD:
        before_key = at + 1 < ahead and tokens[at + 1].part == SCHOOL
        plural = token.low in PLURAL_NOUNS and tokens[at - 1].part == FIELD and ahead == at + 1
        taken = listing or before_key or plural
        return (at + 1, token.low not in SUBJECT_NOUNS) if taken else (at, False)
    alone = ahead == at + 1 and tokens[at - 1].part != SCHOOL
    return (at + 1, False) if education and alone else (at, False)


def begins_subject(tokens: Sequence[Token], at: int) -> bool:
    """Whether one school ends here and what is studied at the next begins, with no mark between.

    As `Computer` in "BSc, Foo University Computer Science Bar College"; a degree stands before.
    """
    if at == 0 or tokens[at].part != FIELD or not tokens[at].capital or tokens[at].low[1] in "'’":
        return False
    if tokens[at].low in LANGUAGES | NATIONS | PLURAL_NOUNS or not _ends_school(tokens, at):
        return False
    end = at
    while end < len(tokens) and (tokens[end].part == FIELD or tokens[end].low in AND):
        end += 1
    if end - at > 1:
        return end == len(tokens) or not (tokens[end].part == PROSE or tokens[end].low in UNITS)
    if end == len(tokens) or not tokens[end].capital or tokens[end].low in UNITS:
        return False
    of = end + 1 < len(tokens) and tokens[end + 1].low in OF
    return of or tokens[end].part != SCHOOL


def _ends_school(tokens: Sequence[Token], end: int) -> bool:
    """Whether a name that holds a key word such as `University` can end here."""
    last = tokens[end - 1]
    first = end - 1
    while first > 0 and tokens[first].part == FIELD:
        first -= 1
    noun = last.low in SUBJECT_NOUNS and tokens[first].part == LINK
    if not (last.part in (SCHOOL, NAME) or last.low == ")" or noun):
        return False
    if not any(token.part == DEGREE for token in tokens[:end]):
        return False
    at = end - 1
    while at >= 0 and (
        tokens[at].part not in (MARK, DEGREE, PROSE, SCHOOL) or tokens[at].low in "()"
    ):
        at -= 1
    return at >= 0 and tokens[at].part == SCHOOL


def _run_end(tokens: Sequence[Token], at: int) -> int:
    """Return the index behind the capitalised words that begin at `at`."""
    while at < len(tokens) and tokens[at].capital and tokens[at].part != MARK:
        at += 1
    return at


def _link_step(tokens: Sequence[Token], key: int, at: int, education: bool) -> tuple[int, bool]:
    """Step over `of the X`, `at X`, `and X`."""
    link = tokens[at].low
    after = at + 1
    while after < len(tokens) and after < at + 4 and tokens[after].low in ARTICLES | OF:
        after += 1
    if after >= len(tokens):
        return at, False
    following = tokens[after]
    if not following.capital:
        small = following.low in SMALL and link in OF
        return (after + 1, False) if small else (at, False)
    if following.part in (DEGREE, NUMBER) or (following.part == TITLE and not education):
        return at, False
    if tokens[key].low not in ENGLISH and link in FOREIGN_LINKS:
        return after + 1, False
    subject = following.part == FIELD and following.low not in SUBJECT_NOUNS
    goes_on = subject or following.low in UNFINISHED
    if link in OF:
        return after + 1, goes_on
    if link in AND:
        return (after + 1, goes_on) if _goes_on(tokens, key, at, after) else (at, False)
    named = following.part in (NAME, ADJECTIVE, SCHOOL)
    return (after + 1, False) if named and link in AT else (at, False)


def _goes_on(tokens: Sequence[Token], key: int, at: int, after: int) -> bool:
    """Whether what an "and" ties to a name belongs to it."""
    if tokens[at].low in FOREIGN_AND:
        return tokens[at - 1].part in (NAME, SCHOOL)
    ahead = _run_end(tokens, after)
    if tokens[at - 1].part == SCHOOL:  # "University & Research", "Institute & State University"
        return tokens[after].low == "research" or any(t.part == SCHOOL for t in tokens[after:ahead])
    subject = tokens[after].part == FIELD or tokens[at - 1].part == FIELD
    return subject and any(token.low in OF for token in tokens[key:at])


def _mark_step(tokens: Sequence[Token], at: int, education: bool) -> int:
    mark = tokens[at].low
    before = tokens[at - 1]
    if mark == "." and (before.low in SHORT or len(before.low) == 1):
        return at + 1
    if mark in QUOTES:
        return _bracket_end(tokens, at, QUOTES[mark])
    if mark == "," and _lists_subjects(tokens, at):
        return at + 1
    if mark in "-–/" and education and at + 1 < len(tokens):
        following = tokens[at + 1]
        if following.capital and following.part in (NAME, ADJECTIVE, SCHOOL, LINK):
            return at + 2
    return at


def _lists_subjects(tokens: Sequence[Token], at: int) -> bool:
    """Whether a comma goes on with a list such as `Arts, Science and Technology`."""
    if tokens[at - 1].part != FIELD or tokens[at - 1].low in ("technology", "sciences", "science"):
        return False
    end = at + 1
    while end < len(tokens) and tokens[end].part == FIELD and tokens[end].capital:
        end += 1
    listed = end + 1 < len(tokens) and end > at + 1
    return listed and tokens[end].low in ("and", "&", ",") and tokens[end + 1].part == FIELD


def _bracket_end(tokens: Sequence[Token], at: int, closing: str) -> int:
    for end in range(at + 1, min(at + 1 + _LONGEST_BRACKET, len(tokens))):
        token = tokens[end]
        if token.low == closing:
            return end + 1 if end > at + 1 else at
        known = token.part in (DEGREE, FIELD, NUMBER, TITLE)
        if (known and token.low not in ADJECTIVES | ROMAN) or not (
            token.capital or token.part in (LINK, MARK)
        ):
            return at
    return at


def field_end(tokens: Sequence[Token], left: int, key: int, right: int) -> int:
    """Return where a field ends that begins with "University of", where it holds no degree."""
    end = right
    if any(token.low in OF for token in tokens[key + 1 : right]):
        while end < len(tokens) and fills(tokens[end]) and not begins_subject(tokens, end):
            end += 1
        while end > right and tokens[end - 1].part in (LINK, MARK):
            end -= 1
    in_sentence = left > 0 and tokens[left - 1].low in PLACES_BEFORE
    bounded = end == len(tokens) or tokens[end].part == MARK or in_sentence
    end = end if bounded else right
    if end < len(tokens) and tokens[end].low == "(":
        return _bracket_end(tokens, end, ")")
    return end


def fills(token: Token) -> bool:
    if token.part in (DEGREE, ENTRY) or token.low in PLACES_BEFORE | ENDS_FIELD:
        return False
    return token.part == LINK or token.low in ".'’&" or (token.capital and token.part != NUMBER)
