"""Words that mix alphabets are read as what they look like: "Pуthоn" with Cyrillic у and о too."""

import re
import unicodedata

from shortlist.documents.content import Content
from shortlist.records import Finding

# Letters that are drawn like the Latin ones below them. Greek ones that stand in the names of
# things, as in "TNFα" and "μm", are not among them.
CYRILLIC = str.maketrans(
    "аеорсухіјѕһԁԛԝӏАВЕКМНОРСТУХІЈЅԚԜҮ",
    "aeopcyxijshdqwlABEKMHOPCTYXIJSQWY",
)
GREEK = str.maketrans("οϲϳΑΒΕΖΗΙΚΜΝΟΡΤΥΧ", "ocjABEZHIKMNOPTYX")
ARMENIAN = str.maketrans("օսհոզցՏԼՕ", "ouhnqgSLO")
ALPHABETS = (
    (re.compile("[\u0400-\u052f]"), CYRILLIC),
    (re.compile("[\u0370-\u03ff]"), GREEK),
    (re.compile("[\u0530-\u058f]"), ARMENIAN),
)
LATIN = re.compile("[A-Za-z\u00c0-\u024f]")
STYLED = re.compile("[\U0001d400-\U0001d7ff]+")  # letters with a typeface of their own
SUSPECT = re.compile("[\u0370-\u058f\U0001d400-\U0001d7ff]")
WORD = re.compile(r"[^\W\d_]+")


def folded(text: str) -> Content:
    """Return text in which every letter of a mixed word is of the alphabet most of it is in.

    Its length is that of the text given.
    """
    if text.isascii() or not SUSPECT.search(text):
        return Content(text)
    plain = STYLED.sub(lambda m: unicodedata.normalize("NFKC", m[0]), text)
    plain = WORD.sub(lambda m: _one_alphabet(m[0]), plain)
    if plain == text:
        return Content(text)
    changed = [m[0] for m in WORD.finditer(plain) if m[0] != text[m.start() : m.end()]]
    if not changed:
        return Content(plain)
    reason = "letters of another alphabet were read as the letters they look like"
    return Content(plain, (Finding("look-alike letters", reason, " ".join(changed)),))


def _one_alphabet(word: str) -> str:
    latin = LATIN.findall(word)
    for letters, alike in ALPHABETS:
        foreign = letters.findall(word)
        if not (latin and foreign):
            continue
        few, table = (foreign, alike) if len(foreign) <= len(latin) else (latin, _reversed(alike))
        if all(ord(letter) in table for letter in few):
            return word.translate(table)
    return word


def _reversed(alike: dict[int, int]) -> dict[int, int]:
    return {latin: foreign for foreign, latin in alike.items()}
