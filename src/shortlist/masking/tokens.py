"""A line as tokens, each with its part in a line about education."""

import re
from collections.abc import Iterable
from typing import NamedTuple

from shortlist.masking.lexicon import words

# Parts a token can play.
SCHOOL, DEGREE, FIELD, ENTRY, LINK, ADJECTIVE, TITLE, NUMBER, NAME, PROSE, MARK = "SDFELATNXpm"

_TOKEN = re.compile(r"[\w\ufffd]+(?:['’`´.&+-][\w\ufffd]+)*(?:\+\+|#)?|['’](?=\w)|[^\w\s]")
_STEMS = (
    "univ",
    "uinv",
    "üniv",
    "uniw",
    "yliopisto",
    "egyetem",
    "sveučili",
    "ülikool",
    "colleg",
    "collèg",
    "colegi",
    "institu",
    "instit",
    "istitut",
    "school",
    "hochschul",
    "fachhochschul",
    "schule",
    "skola",
    "škola",
    "szkoła",
    "högskol",
    "høgskol",
    "hogeschool",
    "højskol",
    "polytech",
    "politec",
    "politéc",
    "politek",
    "polytec",
    "academ",
    "académ",
    "akadem",
    "accadem",
    "école",
    "ecole",
    "\ufffdcole",
    "escuel",
    "escol",
    "scuol",
    "seminar",
    "conservat",
    "facult",
    "fakult",
    "vidyapeeth",
    "vidyalaya",
    "mahavidyalaya",
    "vishwavidyalaya",
    "gymnasium",
    "lycée",
    "lycee",
    "liceo",
    "cegep",
    "cégep",
    "acadm",
    "acadey",
    "πανεπιστ",
    "университет",
    "институт",
    "академи",
    "technikum",
    "kolleg",
    "kolej",
    "kollege",
    "musikhochschul",
    "studienakademie",
    "berufskolleg",
    "kunstakademie",
    "tecnológico",
    "tecnologico",
    "facul",
    "fundaç",
    "fundaci",
    "škol",
    "uczeln",
    "center",
    "centre",
    "centro",
    "ollscoil",
    "instiu",
    "lnstitut",
    "acdemi",
)
_STEM_STARTS = frozenset(stem[:4] for stem in _STEMS)
_NOT_SCHOOLS = frozenset(
    "universal universe universally seminars seminar institutional institutionalized instituted "
    "institute's academic academics academically academical facultative conservative conservation "
    "conservatively university-level schooling scholastic collegiate schoolwork schoolage "
    "school-age instituting preschool institutionalize conservator unive institutions collegial "
    "academia's institutionalization conservatism conservatorship conservatories universality "
    "universals schooled schooler schoolers centered centering centred centerpiece centers "
    "centres".split()
)
_CJK_SCHOOL = ("大学", "大學", "学院", "學院", "대학교", "대학", "學校", "学校", "中学")
_LINKS = frozenset(
    "of for at in and & de del della dello dell' degli delle des du d da do dos das di der den "
    "die und für fur the la le las los el y e et i w na a al à au aux zu zur van von voor het en "
    "og och ja in im am an ve dan para per with from by on to l'".split()
)
# Words that go before "University" or "School" without naming one, and belong to its name.
ADJECTIVES = frozenset(
    "state national international central northern southern eastern western north south east west "
    "northeast northwest southeast southwest northeastern northwestern southeastern southwestern "
    "new old city american british royal federal public open free christian catholic baptist "
    "methodist lutheran islamic military naval medical technical technological polytechnic "
    "agricultural community junior senior sr jr high middle elementary primary secondary grammar "
    "preparatory prep vocational vo-tech graduate women's womens teachers normal pedagogical "
    "virtual global world metropolitan regional county district valley great grand saint st mount "
    "mt fort ft san santa las los port lake bay river island union united private local elite "
    "comprehensive central first second third online tech area career charter alternative day "
    "evening sunday summer sainte sto santo upper lower college-preparatory hindu jewish "
    "presbyterian wesleyan adventist nazarene pontifical pontificia memorial business law art "
    "arts nursing engineering dental pharmacy music film design theological bible divinity adult "
    "extension city country states force air army police coast guard technology science computing "
    "learning health sciences magnet boys girls boys' girls' convent point matriculation higher "
    "model modern academy near far".split()
)


def _parts() -> dict[str, str]:
    parts = dict.fromkeys(words("not_names"), TITLE)
    parts.update(dict.fromkeys(words("skills"), FIELD))
    parts.update(dict.fromkeys(words("fields"), FIELD))
    parts.update(dict.fromkeys(ADJECTIVES - words("fields"), ADJECTIVE))
    parts.update(dict.fromkeys(words("entry_words") - words("fields"), ENTRY))
    for degree in words("degrees"):
        if degree.endswith("!"):
            parts.pop(degree[:-1], None)
    for place in ("us", "usa", "uk", "eu", "america", "asia", "africa"):
        parts.pop(place, None)
    parts.update((d, DEGREE) for d in words("degrees") if not d.endswith("!"))
    parts.update(dict.fromkeys(_LINKS, LINK))
    parts.update((word, SCHOOL) for word in [*parts] if word.startswith(_STEMS))
    parts.update(dict.fromkeys(_NOT_SCHOOLS, TITLE))
    return parts


_PARTS = _parts()
_ARTICLES = frozenset("al el la las los le de der van von di da du des san".split())
_MASTERS = frozenset("master associate associates doctor".split())
_AFTER_MASTER = frozenset(("of", "in"))
_INNER = re.compile(r"[a-z]{1,2}['’-][A-Z\ufffd]")  # d'Azur, al-Bayt
_CAPITAL_DEGREES = frozenset(d[:-1] for d in words("degrees") if d.endswith("!"))


class Token(NamedTuple):
    """A word or a mark, with offsets in the text."""

    start: int
    end: int
    low: str
    part: str
    capital: bool


def tokens(text: str, lower: str, start: int, end: int) -> list[Token]:
    """Return the tokens of a line, given the text and its lower case."""
    result: list[Token] = []
    for match in _TOKEN.finditer(text, start, end):
        low, high = match.span()
        word = lower[low:high]
        first = text[low]
        capital = not first.islower() and first.isalpha()
        part = _PARTS.get(word)
        if part is None:
            capital = capital or first == "\ufffd" or _INNER.match(text, low, high) is not None
            part = _part(word, text[low:high], capital)
        elif part == LINK:
            if capital and word in _ARTICLES and not text[low + 1].isupper():
                part = NAME  # "La Trobe", "Al Azhar"
            elif capital and high - low == 1 and text.startswith(".", high):
                part = NAME  # an initial
            elif word in _AFTER_MASTER and result and result[-1].low in _MASTERS:
                result[-1] = result[-1]._replace(part=DEGREE)
        result.append(Token(low, high, word, part, capital))
    return result


_LOWER_WORD = re.compile(r"(?<![\w'’&.+-])[a-zà-öø-ÿ]{2,}(?![\w'’&.+-]*[\w'’&+-])")


def says_more(line: str) -> bool:
    """Whether a line holds a word in small letters that no entry of an education section holds."""
    return any(_PARTS.get(word, TITLE) == TITLE for word in _LOWER_WORD.findall(line))


def names_itself(word: str) -> bool:
    """Whether a key word holds the name as well, as Chinese writes without spaces."""
    return not word.isascii() and len(word) > 2 and any(mark in word for mark in _CJK_SCHOOL)


def is_plain(words: Iterable[str]) -> bool:
    """Whether all words, in lower case, have a part in an entry of an education section."""
    return all(_PARTS.get(word, TITLE) != TITLE for word in words)


def names_degree(words: Iterable[str]) -> bool:
    """Whether one of the words, in lower case, is a degree."""
    return any(_PARTS.get(word) == DEGREE or word in _MASTERS for word in words)


def is_key(word: str) -> bool:
    """Whether a word in lower case is one such as `university`, in many languages."""
    if word[:4] in _STEM_STARTS:
        return word.startswith(_STEMS) and word not in _NOT_SCHOOLS
    return not word.isascii() and any(mark in word for mark in _CJK_SCHOOL)


def keys_of(words: Iterable[str], foreign: Iterable[str]) -> set[str]:
    """Return those of the words that `is_key` holds for; `foreign` are those not in ASCII."""
    found = {word for word in words if word[:4] in _STEM_STARTS and is_key(word)}
    return found.union(filter(is_key, foreign))


def part_of(word: str) -> str:
    """Return the part that a capitalised word plays, looked at alone."""
    return _PARTS.get(word.lower()) or _part(word.lower(), word, capital=True)


def _part(word: str, written: str, capital: bool) -> str:
    first = word[0]
    if not (first.isalnum() or first == "\ufffd"):
        return MARK
    if first.isdigit():
        return NUMBER
    if is_key(word):
        return SCHOOL
    if word in _CAPITAL_DEGREES and written.isupper():
        return DEGREE
    if "." in word:
        plain = word.replace(".", "")
        if _PARTS.get(plain) == DEGREE or (capital and plain in _CAPITAL_DEGREES):
            return DEGREE
    if "-" in word or "'" in word or "’" in word:
        return _compound_part(word, capital)
    return NAME if capital else PROSE


def _compound_part(word: str, capital: bool) -> str:
    pieces = re.split(r"[-'’]", word)
    if any(map(is_key, pieces)):
        return SCHOOL
    found = {_PARTS.get(piece) for piece in pieces if len(piece) > 1}
    if ADJECTIVES.issuperset(pieces):
        return ADJECTIVE
    if None not in found:
        return FIELD if FIELD in found else ENTRY
    return NAME if capital else PROSE
