"""What the words of a resume do to its score, for machines, for a terminal and for a page."""

from collections.abc import Iterator
from dataclasses import asdict, dataclass

from shortlist.explain.attribution import Attribution, Effect, Mass, Word
from shortlist.records import Document, MaskedText
from shortlist.report.quotes import Excerpt, excerpt, marked, one_line
from shortlist.report.tables import Table, aligned

MOST = 10
"""Words that are listed of those that raise the similarity, and of those that lower it."""
CONTEXT = 20
STRENGTHS = (0.05, 0.2, 0.5)
"""Shares of the greatest effect from which a word is marked faintly, clearly and strongly."""

MEANING = (
    "Each word of the masked resume was left out in turn and the pair scored again: a word adds "
    "what is lost without it. Sensitive is what masking hides under policy strict, skill what else "
    "the lexicon knows. A word that the policy hides was never read and adds exactly 0. Shares of "
    "effect take no account of direction; by chance is that of as many random words, in 95 of 100 "
    "draws; similarity and score are what all words of a kind add together."
)


@dataclass(frozen=True, slots=True)
class Listed:
    """A word with what it adds, of which kind it is, and where it stands."""

    adds: str
    kind: str
    excerpt: Excerpt


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of the resume, how it is marked, and what a pointer over it says."""

    text: str
    look: str = ""
    told: str = ""


def attribution_json(found: Attribution) -> dict[str, object]:
    """Return an attribution for JSON: every word in order, offsets in the resume's text.

    `similarity` and `score` are what is lost without the word; both are on scales from 0 to 1.
    """
    return {
        "policy": found.policy,
        **found.whole._asdict(),
        "hidden": found.hidden,
        "masses": [asdict(mass) | {"together": mass.together._asdict()} for mass in found.masses],
        "words": [
            asdict(word.evidence) | {"kind": word.kind, "what": word.what} | word.adds._asdict()
            for word in found.words
        ],
    }


def strongest(found: Attribution) -> tuple[list[Word], list[Word]]:
    """Return the words that raise the similarity most, and those that lower it most."""
    ordered = sorted(found.words, key=lambda word: word.adds.similarity)
    lowering = [word for word in ordered[:MOST] if word.adds.similarity < 0]
    raising = [word for word in ordered[: -MOST - 1 : -1] if word.adds.similarity > 0]
    return raising, lowering


def attribution_lines(found: Attribution, resume: Document, masked: MaskedText) -> Iterator[str]:
    """Yield an attribution in columns, for a terminal."""
    yield from aligned(masses(found))
    yield hidden(found)
    for heading, words in zip(("Raise it most", "Lower it most"), strongest(found), strict=True):
        rows = [(*_adds(word.adds), _near(word, resume, masked), _kind(word)) for word in words]
        if rows:
            heads = ("Similarity", "Score", heading, "Kind")
            yield from ("", *aligned(Table("", heads, tuple(rows))))


def masses(found: Attribution) -> Table:
    """Return the masses of the kinds of words."""
    heads = ("Kind", "Words", "Of words", "Of effect", "By chance", "Similarity", "Score")
    rows = tuple(_mass(mass) for mass in found.masses)
    return Table("How much of what words do is done by which", heads, rows)


def hidden(found: Attribution) -> str:
    """Return what is said of the words that nothing read."""
    return f"Sensitive words hidden by policy {found.policy}, which add exactly 0: {found.hidden}"


def listed(words: list[Word], resume: Document, masked: MaskedText) -> list[Listed]:
    """Return words for a page."""
    return [
        Listed(", ".join(_said(word.adds)), _kind(word), excerpt(resume, masked, word.evidence))
        for word in words
    ]


def tinted(found: Attribution, resume: Document, masked: MaskedText) -> list[Piece]:
    """Return the whole resume in pieces, with the words that do something marked."""
    greatest = max((abs(word.adds.similarity) for word in found.words), default=0.0)
    pieces, position = [], 0
    for word in found.words:
        share = abs(word.adds.similarity) / greatest if greatest else 0.0
        strength = sum(share >= least for least in STRENGTHS)
        direction = "up" if word.adds.similarity > 0 else "down"
        looks = [f"{direction} {direction}-{strength}"] if strength else []
        looks += ["sensitive"] if word.kind == "sensitive" else []
        if not looks:
            continue
        start, end = word.evidence.start, word.evidence.end
        pieces.append(Piece(marked(resume.text[position:start], masked.hidden, position)))
        told = f"{_kind(word)}: {', '.join(_said(word.adds))}"
        text = marked(resume.text[start:end], masked.hidden, start)
        pieces.append(Piece(text, " ".join(looks), one_line(told)))
        position = end
    return [*pieces, Piece(marked(resume.text[position:], masked.hidden, position))]


def _mass(mass: Mass) -> tuple[str, ...]:
    by_chance = "none"
    if mass.low is not None and mass.high is not None:
        by_chance = f"{100 * mass.low:.1f} to {100 * mass.high:.1f} %"
    shares = (_percent(mass.share_of_words), _percent(mass.share))
    return (mass.kind, str(mass.words), *shares, by_chance, *_adds(mass.together))


def _percent(share: float | None) -> str:
    return "none" if share is None else f"{100 * share:.1f} %"


def _adds(effect: Effect) -> tuple[str, str]:
    return f"{effect.similarity:+.4f}", f"{100 * effect.score:+.2f}"


def _said(effect: Effect) -> tuple[str, str]:
    similarity, score = _adds(effect)
    return f"similarity {similarity}", f"score {score}"


def _kind(word: Word) -> str:
    return f"{word.kind}, {one_line(word.what)}" if word.what else word.kind


def _near(word: Word, resume: Document, masked: MaskedText) -> str:
    """Return a word on one line, in brackets, with a little of what stands around it."""
    found = excerpt(resume, masked, word.evidence)
    before, after = found.before[-CONTEXT:], found.after[:CONTEXT]
    before = before.partition(" ")[2] if len(found.before) > CONTEXT else before
    after = after.rpartition(" ")[0] if len(found.after) > CONTEXT else after
    return one_line(f"{before}>{found.quote}<{after}")
