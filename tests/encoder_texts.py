"""Texts for tests of the encoder: arbitrary ones, and invented resume lines of all lengths."""

from random import Random

from hypothesis import strategies as st

from shortlist.records import MaskedText

WORDS = """
python nurse hospital team project managed developed customers warehouse forklift teacher budget
sales engineer quality safety kitchen patients Kubernetes accounting 2019 C++ responsible led café
""".split()


def masked(text: str, policy: str = "standard") -> MaskedText:
    """Return a text as a Masker with nothing to hide would."""
    return MaskedText("invented", text, (), policy)


words = st.lists(st.sampled_from([*WORDS, "\n", "\n\n", ".", ";"]), max_size=120).map(" ".join)
texts = st.one_of(st.text(max_size=200), words)


def invented(count: int, longest: int, seed: int = 0) -> list[str]:
    """Return texts of one to `longest` words, some with lines and some without."""
    random = Random(seed)
    return [
        random.choice([" ", " ", ".\n", "\n\n", "; "]).join(
            " ".join(random.choices(WORDS, k=random.randint(1, 12)))
            for _ in range(random.randint(1, 1 + longest // 7))
        )
        for _ in range(count)
    ]
