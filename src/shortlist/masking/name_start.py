"""Where the name of a school begins, in front of a word such as `University`."""

from collections.abc import Sequence

from shortlist.masking.name_end import fills
from shortlist.masking.name_words import (
    AND,
    ARTICLES,
    HEADINGS,
    KIND_OF_KEY,
    LANGUAGES,
    LEVELS,
    NATIONS,
    OF,
    OF_DEGREE,
    OF_REGION,
    PARTICLES,
    PLACES_BEFORE,
    PLURAL_NOUNS,
    ROMAN,
    SHORT,
)
from shortlist.masking.tokens import (
    ADJECTIVE,
    ADJECTIVES,
    DEGREE,
    FIELD,
    LINK,
    MARK,
    NAME,
    NUMBER,
    SCHOOL,
    TITLE,
    Token,
)


def left_start(tokens: Sequence[Token], key: int, low: int, education: bool) -> int:
    start = firm = key  # from `firm` on the words surely belong
    sure = True
    while start > low:
        token = tokens[start - 1]
        if token.part == TITLE and token.capital and education:
            sure = False
        elif not (_belongs(token) or _links_left(tokens, start, education)):
            break
        start -= 1
        firm = start if sure else firm
    if not sure and not (start == low or _bounds(tokens[start - 1])):
        start = firm
    if _is_heading(tokens, start, key):
        start += 1
    while start < key and tokens[start].part in (LINK, MARK):
        start += 1
    return start


def _is_heading(tokens: Sequence[Token], start: int, key: int) -> bool:
    """Whether a heading stands here, as in "Education Foo University", not a name's own word.

    In front of the key word it is one where something else ends: "Ran servers. Education
    University of Foo", but "BSc, Education University of Foo".
    """
    if tokens[start].low not in HEADINGS or start >= key:
        return False
    if start == 0 or start + 1 < key or tokens[start - 1].low == ".":
        return True
    before = tokens[start - 1]
    return before.part != MARK and before.low not in PLACES_BEFORE


def _bounds(token: Token) -> bool:
    """Whether a name of a school can begin right behind a token."""
    return token.part == MARK or (not token.capital and token.low not in OF_DEGREE)


def is_ordinal(token: Token) -> bool:
    if token.part == NUMBER:
        return token.low[-2:] in ("st", "nd", "rd", "th")
    return token.capital and token.low in ("first", "second", "third")


def field_start(tokens: Sequence[Token], left: int, key: int, low: int) -> int:
    """Return where a field begins that the name may fill, where it holds no degree; else `left`."""
    if left and _is_heading(tokens, left - 1, key):
        return left
    start = left
    while start > low and fills(tokens[start - 1]):
        start -= 1
    while start < left and tokens[start].part == MARK:
        start += 1
    if start == low > 0 or _is_studied(tokens, start, left):
        return left
    before = tokens[start - 1] if start else None
    if before is not None and before.low in PLACES_BEFORE:
        return start
    if before is not None and before.low in ("-", "–", "—"):
        short = _short_form(tokens, start)
        if short < start:
            return short
    degree_apart = any(token.part == DEGREE for token in (*tokens[:start], *tokens[key:]))
    bounded = before is None or before.part == MARK
    return start if bounded and degree_apart else left


def _is_studied(tokens: Sequence[Token], start: int, end: int) -> bool:
    """Whether a stretch is what is studied for a degree before it: `Arts, History Foo College`."""
    subjects = all(
        token.part == FIELD and token.low not in LANGUAGES | NATIONS | KIND_OF_KEY | PLURAL_NOUNS
        for token in tokens[start:end]
    )
    return start < end and subjects and any(token.part == DEGREE for token in tokens[:start])


def _short_form(tokens: Sequence[Token], start: int) -> int:
    """Return where `ABC - ` begins in front of a name, or `start`."""
    first = start - 1
    while first > 0 and start - first <= 3 and tokens[first - 1].part == NAME:
        first -= 1
    begins = first == 0 or tokens[first - 1].part == MARK or tokens[first - 1].low in PLACES_BEFORE
    return first if begins and first < start - 1 else start


def _belongs(token: Token) -> bool:
    if token.part == NUMBER:
        return is_ordinal(token)
    if token.low in ROMAN:  # "Mohammed VI University"
        return token.capital
    if len(token.low) == 1 or token.low in ("postgraduate", "undergraduate"):
        return token.capital
    in_name = token.part in (NAME, ADJECTIVE, SCHOOL, FIELD) or token.low in ADJECTIVES
    return in_name and token.capital


def _links_left(tokens: Sequence[Token], start: int, education: bool) -> bool:
    """Whether the token before `start` ties the name to a further name on its left."""
    if start < 2:
        return False
    token, before = tokens[start - 1], tokens[start - 2]
    if token.low == ".":
        return before.low in SHORT or (
            before.low.replace(".", "").isalpha() and len(before.low) <= 3
        )
    if token.part == NUMBER:
        return before.part == NAME and len(token.low) <= 2
    if token.low in ("'", "’", "-"):
        return before.part == NAME and token.start == before.end
    if not education or token.low not in AND | OF | ARTICLES | PARTICLES:
        return False
    further = tokens[start - 3] if start >= 3 else None
    if len(before.low) == 1 and before.capital:  # "A & F University"
        return token.low in AND
    if before.part in (FIELD, ADJECTIVE):  # "Tokyo Medical and Dental University"
        return token.low in AND and further is not None and further.part in (NAME, ADJECTIVE)
    tied = before.part == NAME or (before.low in OF and further and further.part == NAME)
    return bool(tied) and tokens[start].part != FIELD


def without_fields(tokens: Sequence[Token], left: int, key: int, right: int) -> int:
    """Return where the name begins once fields of study before it are left to the degree."""
    if left and tokens[left - 1].low in PLACES_BEFORE:
        return left
    left = _behind_subject(tokens, left, key)
    first_name = next((i for i in range(left, key) if tokens[i].part in (NAME, ADJECTIVE)), None)
    if first_name is None:
        return _without_subjects(tokens, left, key, right)
    degree_before = any(token.part == DEGREE for token in tokens[:left])
    while left < first_name and _is_subject(tokens[left], degree_before):
        if tokens[left].low in OF_REGION and left + 1 == first_name:
            break
        left += 1
    while left < key and tokens[left].part in (LINK, MARK):
        left += 1
    return left


def _behind_subject(tokens: Sequence[Token], left: int, key: int) -> int:
    """Return the index behind the subject of `in Economics Foo Bar University`, or `left`."""
    if not left or tokens[left - 1].low not in ("in", "of"):
        return left
    names = [i for i in range(left, key) if tokens[i].part == NAME]
    subjects = [i for i in range(left, names[-1]) if tokens[i].part == FIELD] if names else []
    while len(subjects) > 1 and _is_of_people(tokens, subjects[-1]):
        subjects.pop()
    return subjects[-1] + 1 if subjects else left


def _is_of_people(tokens: Sequence[Token], at: int) -> bool:
    """Whether a word is no subject but part of a name: `Russian` in "Kyrgyz Russian University"."""
    return tokens[at].low in LANGUAGES | NATIONS and tokens[at - 1].part in (NAME, FIELD)


def _without_subjects(tokens: Sequence[Token], left: int, key: int, right: int) -> int:
    """Return where a name begins that has nothing but subjects before its key word."""
    first = left - 1 if left and tokens[left - 1].low == "the" else left
    bounded = first == 0 or tokens[first - 1].part == MARK
    degree_before = any(token.part == DEGREE for token in tokens[:left])
    after = tokens[key + 1 : right]
    named = any(t.low in OF or t.part == NAME for t in after[:1]) and any(
        t.part == NAME for t in after
    )
    own = tokens[left].low in HEADINGS or not (named and _is_studied(tokens, left, key))
    if bounded and key - left == 1 and own:
        return left
    beside = bool(after) and after[0].part == NAME  # "Applied Science University Xanten"
    if not degree_before and (beside or not any(token.part == NAME for token in after)):
        return left
    start = key
    while start > left and tokens[start - 1].low in KIND_OF_KEY | NATIONS | LEVELS:
        start -= 1
    return start


def _is_subject(token: Token, degree_before: bool) -> bool:
    nation = token.low in NATIONS or (token.low in LANGUAGES and not degree_before)
    return token.part == FIELD and not nation
