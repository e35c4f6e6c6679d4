"""Names of schools that show by their words: `University of X`, `X College`, `Hochschule X`.

The words around a key word such as `University` are taken in as far as they can belong to the
name: capitalised words and the small words between them, up to a mark, a degree, or a field of
study that belongs to a degree.
"""

from collections.abc import Sequence

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
    SCHOOL,
    TITLE,
    Token,
)

_OF = frozenset(
    "of for de del della delle dello degli des du d da do dos das di der für fur van voor och og "
    "para per dell dell' d' pour".split()
)
_AND = frozenset("and & und et y e i ja och og en +".split())
_AT = frozenset("at in im a à na w zu an am on upon bin bint ibn".split())
_ENGLISH = frozenset(
    "university universities college colleges school schools institute institutes institution "
    "academy faculty polytechnic seminary conservatory univ center centre".split()
)
_FOREIGN_LINKS = frozenset("en au aux nad dan & das pour para et y und e a i für à".split())
_PARTICLES = frozenset("von van bin bint ibn al el ben abu zu am der".split())
_FOREIGN_AND = frozenset("und et y e i ja och og".split())
_OF_DEGREE = frozenset("in of and & und de".split())
_PLACES_BEFORE = frozenset("from at attended by @ through via".split())
_ENDS_FIELD = frozenset("in with a an on to per i my".split())
_ROMAN = frozenset("i ii iii iv v vi vii viii ix x xi xii xiii".split())
_UNITS = frozenset("center centre campus branch system foundation".split())
_PLURAL_NOUNS = frozenset(
    "sciences science studies technologies technology languages research".split()
)
_ARTICLES = frozenset("the la le las los el l l' die den o os as".split())
_LINKS = _OF | _AND | _AT | _ARTICLES
# Words in small letters inside the names of schools in languages that write them so.
_SMALL = frozenset(
    "nationale national supérieure superieure supérieur superior polytechnique polytechnic "
    "catholique technique techniques normale libre fédérale federale spécialisée internationale "
    "européenne royale militaire technologique scientifique arts métiers metiers mines ponts "
    "chaussées sciences lettres ingénieurs d'ingénieurs commerce gestion études etudes hautes "
    "appliquées vétérinaire agronomique nacional autónoma autonoma católica catolica politécnica "
    "politecnica técnica tecnica tecnológica tecnologica federal estadual pontificia nazionale "
    "cattolica degli studi angewandte angewandten wissenschaften technische technik wirtschaft "
    "bildenden künste musik und recht tekniska ekonomická ekonomiczna vysoká škola w praze v brně "
    "universitetet universitet ekonomi teknik negeri nouvelles hautes économiques économique "
    "pédagogique pédagogiques commerciales canton industrielle agricole économie agronomiques "
    "avancees avancées politiques politique science".split()
)
_SUBJECT_NOUNS = frozenset(
    "science sciences technology technologies arts art engineering economics business management "
    "law medicine studies education music design agriculture commerce finance administration "
    "dentistry pharmacy nursing journalism communication communications health languages language "
    "architecture theatre theater fashion film hospitality tourism informatics mines petroleum "
    "minerals telecommunications telecommunication electronics policy affairs government "
    "governance service services work".split()
)
_WEAK = (
    "institu instit academ facult school fakult akadem seminar kolleg technikum instiu istitut "
    "gymnasium conservat"
).split()
_LEVELS = frozenset(
    "high middle elementary primary secondary graduate junior senior sr jr business law medical "
    "nursing public private state local grade higher old new general district online".split()
)
_KIND_OF_KEY = frozenset(
    "medical technical technological agricultural business law graduate".split()
)
_NATIONS = frozenset(
    "international american indian islamic european global asian african british military naval "
    "agricultural national".split()
)
_SHORT = frozenset("st mt ft univ u inst coll tech dr no sr jr prof acad sch".split())
_QUOTES = {'"': '"', "“": "”", "„": "“", "«": "»", "'": "'", "‘": "’", "(": ")", "[": "]"}
_LONGEST_BRACKET = 7


def phrase_at(tokens: Sequence[Token], key: int, *, education: bool) -> tuple[int, int] | None:
    """Return the range of tokens that names a school around a key word, or None if none is named.

    Args:
        tokens: the tokens of a line.
        key: the index of a key word such as `University`.
        education: whether the line is about education; elsewhere `Institute` and the like need
            more to count as a school.
    """
    if not tokens[key].capital and not (education and key and tokens[key - 1].part == NAME):
        return None
    right = _right_end(tokens, key, education)
    left = _without_fields(tokens, _left_start(tokens, key, education), key, right)
    if education:
        left = _field_start(tokens, left, key)
        right = _field_end(tokens, left, key, right)
        while left and _is_ordinal(tokens[left - 1]):
            left -= 1
    if not _names_one(tokens, left, key, right, education):
        return None
    return left, right


def _right_end(tokens: Sequence[Token], key: int, education: bool) -> int:
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
    if token.low in _ROMAN and token.capital and tokens[at - 1].part == NAME:
        return at + 1, False
    foreign = tokens[key].low not in _ENGLISH
    if token.low in _LINKS and (not token.capital or token.low in _OF | _AT | _AND):
        return _link_step(tokens, key, at, education)
    if token.capital:
        taken = foreign and token.part == FIELD
        return (at + 1, False) if taken else _capital_step(tokens, at, listing, education)
    if token.low in _SMALL or (foreign and token.low[:2] in ("d'", "d’", "l'", "l’")):
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
    if token.part not in (FIELD, TITLE):
        return at, False
    ahead = _run_end(tokens, at)
    until = next((i for i in range(at, min(ahead, at + 4)) if tokens[i].low in _UNITS), None)
    if until is not None:
        return until + 1, False
    if token.part == FIELD:
        before_key = at + 1 < ahead and tokens[at + 1].part == SCHOOL
        plural = token.low in _PLURAL_NOUNS and tokens[at - 1].part == FIELD and ahead == at + 1
        taken = listing or before_key or plural
        return (at + 1, token.low not in _SUBJECT_NOUNS) if taken else (at, False)
    alone = ahead == at + 1 and tokens[at - 1].part != SCHOOL
    return (at + 1, False) if education and alone else (at, False)


def _run_end(tokens: Sequence[Token], at: int) -> int:
    """Return the index behind the capitalised words that begin at `at`."""
    while at < len(tokens) and tokens[at].capital and tokens[at].part != MARK:
        at += 1
    return at


def _link_step(tokens: Sequence[Token], key: int, at: int, education: bool) -> tuple[int, bool]:
    """Step over `of the X`, `at X`, `and X`."""
    link = tokens[at].low
    after = at + 1
    while after < len(tokens) and after < at + 4 and tokens[after].low in _ARTICLES | _OF:
        after += 1
    if after >= len(tokens):
        return at, False
    following = tokens[after]
    if not following.capital:
        small = following.low in _SMALL and link in _OF
        return (after + 1, False) if small else (at, False)
    if following.part in (DEGREE, NUMBER) or (following.part == TITLE and not education):
        return at, False
    if tokens[key].low not in _ENGLISH and link in _FOREIGN_LINKS:
        return after + 1, False
    goes_on = following.part == FIELD and following.low not in _SUBJECT_NOUNS
    if link in _OF:
        return after + 1, goes_on
    if link in _AND:
        return (after + 1, goes_on) if _goes_on(tokens, key, at, after) else (at, False)
    named = following.part in (NAME, ADJECTIVE, SCHOOL)
    return (after + 1, False) if named and link in _AT else (at, False)


def _goes_on(tokens: Sequence[Token], key: int, at: int, after: int) -> bool:
    """Whether what an "and" ties to a name belongs to it."""
    if tokens[at].low in _FOREIGN_AND:
        return tokens[at - 1].part in (NAME, SCHOOL)
    ahead = _run_end(tokens, after)
    if tokens[at - 1].part == SCHOOL:  # "University & Research", "Institute & State University"
        return tokens[after].low == "research" or any(t.part == SCHOOL for t in tokens[after:ahead])
    subject = tokens[after].part == FIELD or tokens[at - 1].part == FIELD
    return subject and any(token.low in _OF for token in tokens[key:at])


def _mark_step(tokens: Sequence[Token], at: int, education: bool) -> int:
    mark = tokens[at].low
    before = tokens[at - 1]
    if mark == "." and (before.low in _SHORT or len(before.low) == 1):
        return at + 1
    if mark in _QUOTES:
        return _bracket_end(tokens, at, _QUOTES[mark])
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
        if (known and token.low not in ADJECTIVES | _ROMAN) or not (
            token.capital or token.part in (LINK, MARK)
        ):
            return at
    return at


def _left_start(tokens: Sequence[Token], key: int, education: bool) -> int:
    start = firm = key  # from `firm` on the words surely belong
    sure = True
    while start > 0:
        token = tokens[start - 1]
        if token.part == TITLE and token.capital and education:
            sure = False
        elif not (_belongs(token) or _links_left(tokens, start, education)):
            break
        start -= 1
        firm = start if sure else firm
    if not sure and not (start == 0 or _bounds(tokens[start - 1])):
        start = firm
    while start < key and tokens[start].part in (LINK, MARK):
        start += 1
    return start


def _bounds(token: Token) -> bool:
    """Whether a name of a school can begin right behind a token."""
    return token.part == MARK or (not token.capital and token.low not in _OF_DEGREE)


def _is_ordinal(token: Token) -> bool:
    if token.part == NUMBER:
        return token.low[-2:] in ("st", "nd", "rd", "th")
    return token.capital and token.low in ("first", "second", "third")


def _field_start(tokens: Sequence[Token], left: int, key: int) -> int:
    """Return where a field begins that the name may fill, where it holds no degree; else `left`."""
    start = left
    while start > 0 and _fills(tokens[start - 1]):
        start -= 1
    while start < left and tokens[start].part == MARK:
        start += 1
    before = tokens[start - 1] if start else None
    if before is not None and before.low in _PLACES_BEFORE:
        return start
    if before is not None and before.low in ("-", "–", "—"):
        short = _short_form(tokens, start)
        if short < start:
            return short
    degree_apart = any(token.part == DEGREE for token in (*tokens[:start], *tokens[key:]))
    bounded = before is None or before.part == MARK
    return start if bounded and degree_apart else left


def _short_form(tokens: Sequence[Token], start: int) -> int:
    """Return where `ABC - ` begins in front of a name, or `start`."""
    first = start - 1
    while first > 0 and start - first <= 3 and tokens[first - 1].part == NAME:
        first -= 1
    begins = first == 0 or tokens[first - 1].part == MARK or tokens[first - 1].low in _PLACES_BEFORE
    return first if begins and first < start - 1 else start


def _field_end(tokens: Sequence[Token], left: int, key: int, right: int) -> int:
    """Return where a field ends that begins with "University of", where it holds no degree."""
    end = right
    if any(token.low in _OF for token in tokens[key + 1 : right]):
        while end < len(tokens) and _fills(tokens[end]):
            end += 1
        while end > right and tokens[end - 1].part in (LINK, MARK):
            end -= 1
    in_sentence = left > 0 and tokens[left - 1].low in _PLACES_BEFORE
    bounded = end == len(tokens) or tokens[end].part == MARK or in_sentence
    end = end if bounded else right
    if end < len(tokens) and tokens[end].low == "(":
        return _bracket_end(tokens, end, ")")
    return end


def _fills(token: Token) -> bool:
    if token.part in (DEGREE, ENTRY) or token.low in _PLACES_BEFORE | _ENDS_FIELD:
        return False
    return token.part == LINK or token.low in ".'’&" or (token.capital and token.part != NUMBER)


def _belongs(token: Token) -> bool:
    if token.part == NUMBER:
        return _is_ordinal(token)
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
        return before.low in _SHORT or (
            before.low.replace(".", "").isalpha() and len(before.low) <= 3
        )
    if token.part == NUMBER:
        return before.part == NAME and len(token.low) <= 2
    if token.low in ("'", "’", "-"):
        return before.part == NAME and token.start == before.end
    if not education or token.low not in _AND | _OF | _ARTICLES | _PARTICLES:
        return False
    further = tokens[start - 3] if start >= 3 else None
    if before.part in (FIELD, ADJECTIVE):  # "Tokyo Medical and Dental University"
        return token.low in _AND and further is not None and further.part in (NAME, ADJECTIVE)
    tied = before.part == NAME or (before.low in _OF and further and further.part == NAME)
    return bool(tied) and tokens[start].part != FIELD


def _without_fields(tokens: Sequence[Token], left: int, key: int, right: int) -> int:
    """Return where the name begins once fields of study before it are left to the degree."""
    if left and tokens[left - 1].low in _PLACES_BEFORE:
        return left
    if left and tokens[left - 1].low in ("in", "of"):
        names = [i for i in range(left, key) if tokens[i].part == NAME]
        fields = [
            i for i in range(left, key) if names and tokens[i].part == FIELD and i < names[-1]
        ]
        left = fields[-1] + 1 if fields else left
    first_name = next((i for i in range(left, key) if tokens[i].part in (NAME, ADJECTIVE)), None)
    if first_name is not None:
        while left < first_name and _is_subject(tokens[left]):
            left += 1
        while left < key and tokens[left].part in (LINK, MARK):
            left += 1
        return left
    first = left - 1 if left and tokens[left - 1].low == "the" else left
    bounded = first == 0 or tokens[first - 1].part == MARK
    if bounded and key - left == 1:
        return left
    degree_before = any(token.part == DEGREE for token in tokens[:left])
    if degree_before or any(token.part == NAME for token in tokens[key + 1 : right]):
        start = key
        while start > left and tokens[start - 1].low in _KIND_OF_KEY | _NATIONS:
            start -= 1
        return start
    return left


def _is_subject(token: Token) -> bool:
    return token.part == FIELD and token.low not in _NATIONS


def _names_one(tokens: Sequence[Token], left: int, key: int, right: int, education: bool) -> bool:
    inner = [t for t in tokens[left:right] if t.part not in (SCHOOL, LINK, MARK)]
    named = any(token.part == NAME and token.capital for token in inner)
    alone = left == key and not any(token.low in _OF | _AT for token in tokens[key + 1 : right])
    if alone and tokens[key].low in _ENGLISH - {"university", "polytechnic"}:
        return False  # "College Algebra"
    if education:
        return named or any(t.capital and t.low not in _LEVELS for t in inner)
    if not named or tokens[key].low in _UNITS:
        return False
    if tokens[key].low.startswith(tuple(_WEAK)):
        return any(token.part != NAME for token in inner)
    return True
