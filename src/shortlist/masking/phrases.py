"""Names of schools that show by their words: `University of X`, `X College`, `Hochschule X`.

The words around a key word such as `University` are taken in as far as they can belong to the
name: capitalised words and the small words between them, up to a mark, a degree, or a field of
study that belongs to a degree.
"""

from collections.abc import Sequence

from shortlist.masking.name_end import field_end, right_end
from shortlist.masking.name_start import field_start, is_ordinal, left_start, without_fields
from shortlist.masking.name_words import (
    AT,
    ENGLISH,
    LEVELS,
    OF,
    UNITS,
    WEAK,
)
from shortlist.masking.tokens import (
    LINK,
    MARK,
    NAME,
    SCHOOL,
    Token,
    names_itself,
)


def phrase_at(
    tokens: Sequence[Token], key: int, low: int = 0, *, education: bool
) -> tuple[int, int] | None:
    """Return the range of tokens that names a school around a key word, or None if none is named.

    Args:
        tokens: the tokens of a line.
        key: the index of a key word such as `University`.
        low: the index at which the name may begin.
        education: whether the line is about education; elsewhere `Institute` and the like need
            more to count as a school.
    """
    if names_itself(tokens[key].low):
        return key, key + 1
    if not tokens[key].capital and not (education and key and tokens[key - 1].part == NAME):
        return None
    right = right_end(tokens, key, education)
    left = without_fields(tokens, left_start(tokens, key, low, education), key, right)
    if education:
        left = field_start(tokens, left, key, low)
        right = field_end(tokens, left, key, right)
        while left > low and is_ordinal(tokens[left - 1]):
            left -= 1
    goes_on = left == low > 0  # right behind another name: "Foo Institute Graduate School"
    if not (goes_on or _names_one(tokens, left, key, right, education)):
        return None
    return left, right


def _names_one(tokens: Sequence[Token], left: int, key: int, right: int, education: bool) -> bool:
    inner = [t for t in tokens[left:right] if t.part not in (SCHOOL, LINK, MARK)]
    named = any(token.part == NAME and token.capital for token in inner)
    alone = left == key and not any(token.low in OF | AT for token in tokens[key + 1 : right])
    if alone and tokens[key].low in ENGLISH - {"university", "polytechnic"}:
        return False  # "College Algebra"
    if education:
        return named or any(t.capital and t.low not in LEVELS for t in inner)
    if not named or tokens[key].low in UNITS:
        return False
    if tokens[key].low.startswith(tuple(WEAK)):
        return any(token.part != NAME for token in inner)
    return True
