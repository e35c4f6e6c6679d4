"""Technical names that miss by one letter: "Kubernates"."""

from collections.abc import Iterator, Mapping

from shortlist.extraction.names import Form

_SHORTEST, _LONGEST = 8, 24
_KIN = "computing"


class Spelling:
    """The long single names of computing; in other fields near words are other words."""

    def __init__(self, forms: Mapping[str, tuple[Form, ...]]) -> None:
        """Keep each such name under all that is left of it without one of its letters."""
        self._near: dict[str, list[str]] = {}
        self._forms = forms
        for key, known in forms.items():
            single = key.isalpha() and len(key) >= _SHORTEST and key[:-1] not in forms
            if single and known[0].entry.kin == _KIN and not known[0].ambiguous:
                for part in _parts(key):
                    self._near.setdefault(part, []).append(key)

    def meant(self, word: str) -> Form | None:
        """Return the name that a word in lower case misses by one letter, or None."""
        if not _SHORTEST <= len(word) <= _LONGEST:
            return None
        for part in _parts(word):
            for key in self._near.get(part, ()):
                if _is_one_edit(word, key):
                    return self._forms[key][0]
        return None


def _parts(word: str) -> Iterator[str]:
    """The word, and the word without each of its letters: near words have one in common."""
    yield word
    for at in range(len(word)):
        yield word[:at] + word[at + 1 :]


def _is_one_edit(word: str, name: str) -> bool:
    """Whether one letter is missing, too many, wrong, or swapped with its neighbour.

    A wrong last letter is another ending: "informatics" is not "Informatica".
    """
    if len(word) != len(name):
        return True
    wrong = [at for at, (a, b) in enumerate(zip(word, name, strict=True)) if a != b]
    if len(wrong) != 2:
        return len(wrong) == 1 and wrong[0] < len(word) - 1
    first, second = wrong
    return second == first + 1 and word[first : second + 1] == name[second] + name[first]
