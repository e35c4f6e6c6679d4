"""What each word of a resume does to its score: the word is left out, and the pair scored again.

Attribution by occlusion (Zeiler & Fergus 2014, ECCV, "Visualizing and understanding convolutional
networks"; Li, Monroe & Jurafsky 2016, arXiv:1612.08220, "representation erasure"). It measures the
score itself, with any model folder. Weights of attention need not say what a prediction rests on
(Jain & Wallace 2019, NAACL, "Attention is not explanation").

Words are those of the masked text. What masking hides is never read, so it does exactly nothing.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal, NamedTuple, get_args

import numpy as np

from shortlist.extraction.lexicon import Lexicon
from shortlist.masking import Masker
from shortlist.masking.spans import TRACE
from shortlist.matcher import Matcher, resume_reading
from shortlist.matcher.notes import Ends
from shortlist.ranking import Candidate, wording
from shortlist.ranking.candidates import Block
from shortlist.ranking.opening import Floats, Vectors
from shortlist.ranking.score import score, total
from shortlist.records import Document, Evidence, MaskedText, Span
from shortlist.scorers.applicant import understood

Kind = Literal["sensitive", "skill", "other"]
KINDS: tuple[Kind, ...] = get_args(Kind)

DRAWS = 1000
"""Draws of random words that a share of the mass is compared with."""
_WORD = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*[+#]*")
_AT_ONCE = 20_000
"""Passages that are scored at a time, in all versions of a resume: some 60 MB of vectors."""


class Effect(NamedTuple):
    """What something adds: to the cosine of the whole texts, and to the learned score."""

    similarity: float
    score: float


@dataclass(frozen=True, slots=True)
class Word:
    """A word that the model may read, at its offsets in the document, and what it adds.

    `what` is the kind of the masking span (`school`, `year` ...) or the name of the skill.
    """

    evidence: Evidence
    kind: Kind
    what: str
    adds: Effect


@dataclass(frozen=True, slots=True)
class Mass:
    """How much of what all words do, whatever the direction, the words of one kind do.

    `share` is theirs of the sum of absolute effects on the similarity, in [0, 1]; None where no
    word has any. A kind has more of it the more words it has: `share_of_words` is what to expect
    by chance, and `low` to `high` holds the share of as many random words in 95 % of the draws.
    `together` is what all of them add at once: words that say a thing twice do little one by one.
    """

    kind: Kind
    words: int
    together: Effect
    share_of_words: float | None
    share: float | None
    low: float | None
    high: float | None


@dataclass(frozen=True, slots=True)
class Attribution:
    """What the words of a resume do to its score for a job, in the order of the text.

    `whole` is the similarity of the whole texts and the learned score with every word in place.
    `hidden` counts the sensitive words that the policy hid: nothing read them.
    """

    policy: str
    whole: Effect
    words: tuple[Word, ...]
    masses: tuple[Mass, ...]
    hidden: int


class Occlusion:
    """A pair that can be scored with words of the masked resume left out.

    What was read of the resume (its passages, their years) stays as it was. Only passages that
    lost a word are encoded, each text once, in batches.
    """

    def __init__(self, matcher: Matcher, job: Document, resume: Document) -> None:
        """Read a pair.

        Raises:
            DocumentError: the job has no text.
            ModelError: the model was trained on text masked under another policy.
        """
        self._encoder, self._resume = matcher.encoder, resume
        self._opening = matcher.opened(job)
        self._reading = resume_reading.read(resume, matcher.masker, matcher.encoder)
        self._texts = self._reading.parts.texts
        self._vectors = self._encoder.encode_resumes(self._reading.parts.masked_texts)
        self._marks = [wording([text]).marks for text in self._texts]
        self.masked = self._reading.parts.masked
        """The resume as the policy leaves it."""
        self.places = [found.span() for found in _WORD.finditer(self.masked.text)]
        """Where its words stand in it."""

    def without(self, sets: Sequence[Sequence[Ends]]) -> list[Effect]:
        """Return similarity and score without the words of each set, in offsets of `masked`."""
        edits = [self._edited(words) for words in sets]
        texts = list(dict.fromkeys(text for edit in edits for text in edit.values()))
        rows = self._encoder.encode_resumes([replace(self.masked, text=text) for text in texts])
        vectors = dict(zip(texts, rows, strict=True))
        found: list[Effect] = []
        step = max(1, _AT_ONCE // max(1, len(self._texts)))
        for start in range(0, len(edits), step):
            some = edits[start : start + step]
            block = Block([self._candidate(edit, vectors) for edit in some])
            cosines = block.wholes.astype(np.float64) @ self._opening.whole
            scores = map(total, score(self._opening, block))
            found += map(Effect, cosines.tolist(), scores)
        return found

    def _edited(self, words: Sequence[Ends]) -> dict[int, str]:
        """Return the new texts of the passages that lose a word, by their numbers."""
        edited = {}
        for number, (start, end) in enumerate(self._reading.parts.ends):
            inside = [(max(a, start), min(b, end)) for a, b in words if a < end and start < b]
            if inside:
                spans = [(a - start, b - start) for a, b in inside]
                edited[number] = _without(self._texts[number], spans)
        return edited

    def _candidate(self, edited: dict[int, str], vectors: dict[str, Vectors]) -> Candidate:
        rows, marks = self._vectors.copy(), list(self._marks)
        for number, text in edited.items():
            rows[number], marks[number] = vectors[text], wording([text]).marks
        said = replace(
            self._reading.wording,
            marks=np.concatenate(marks) if marks else self._reading.wording.marks,
            counts=np.array([len(own) for own in marks], np.int64),
        )
        return replace(self._reading, wording=said).candidate(self._resume, rows, self._encoder)


def attribute(
    matcher: Matcher,
    job: Document,
    resume: Document,
    *,
    lexicon: Lexicon | None = None,
    seed: int = 0,
) -> Attribution:
    """Return what each word of a resume does to its score for a job.

    A word does what the score loses when that word alone is left out; so the effects of words do
    not add up to the score. One in a heading or in a denial ("no experience with Java") is not
    read by the model and does nothing. `sensitive` is what masking hides under `strict`, `skill`
    what else the lexicon knows. Years of experience stay as read.

    Args:
        matcher: the model and the policy; policy `none` shows what an unmasked model would use.
        job: the job.
        resume: the resume.
        lexicon: the skills to look for; by default the built-in ones.
        seed: of the random words that shares are compared with.

    Raises:
        DocumentError: the job has no text.
        ModelError: the model was trained on text masked under another policy.
    """
    pair = Occlusion(matcher, job, resume)
    private = [s for s in Masker("strict")(resume).hidden if s.kind != TRACE]
    kinds = list(_kinds(pair, private, lexicon or Lexicon.load()))
    of_kind = [
        [place for place, (own, _) in zip(pair.places, kinds, strict=True) if own == kind]
        for kind in KINDS
    ]
    whole, *left = pair.without([(), *([place] for place in pair.places), *of_kind])
    adds = [_less(whole, one) for one in left]
    words = [
        Word(_quote(pair, resume, place), *kind, added)
        for place, kind, added in zip(pair.places, kinds, adds, strict=False)
    ]
    together = dict(zip(KINDS, adds[len(words) :], strict=True))
    return Attribution(
        pair.masked.policy,
        whole,
        tuple(words),
        tuple(_masses(words, together, seed)),
        sum(
            any(span.start < end and start < span.end for span in private)
            for start, end in _hidden(resume, pair.masked)
        ),
    )


def _kinds(
    pair: Occlusion, private: Sequence[Span], lexicon: Lexicon
) -> Iterator[tuple[Kind, str]]:
    """Yield the kind of each word, and of what masking span or skill it is a part."""
    skills = [
        Span(mention.start, mention.end, skill.name)
        for skill in understood(pair.masked, lexicon=lexicon).skills
        if skill.status != "implied"
        for mention in skill.mentions
    ]
    for place in pair.places:
        if what := _over(private, *pair.masked.original_span(*place)):
            yield "sensitive", what
        elif what := _over(skills, *place):
            yield "skill", what
        else:
            yield "other", ""


def _quote(pair: Occlusion, resume: Document, place: Ends) -> Evidence:
    start, end = pair.masked.original_span(*place)
    return Evidence(resume.text[start:end], start, end)


def _over(spans: Sequence[Span], start: int, end: int) -> str:
    """Return the kind of the first span that shares a character with a place, or nothing."""
    return next((span.kind for span in spans if span.start < end and start < span.end), "")


def _hidden(resume: Document, masked: MaskedText) -> Iterator[Ends]:
    """Yield the words of a document of which a policy hides at least a part."""
    for found in _WORD.finditer(resume.text):
        if _over(masked.hidden, *found.span()):
            yield found.span()


def _without(text: str, spans: Sequence[Ends]) -> str:
    """Return a text without some places and the space before each; empty if no word is left."""
    starts, ends = zip(*spans, strict=True)
    pieces = [text[a:b] for a, b in zip((0, *ends), (*starts, len(text)), strict=True)]
    left = "".join(piece.removesuffix(" ") for piece in pieces[:-1]) + pieces[-1]
    return left if _WORD.search(left) else ""


def _less(whole: Effect, left: Effect) -> Effect:
    return Effect(round(whole.similarity - left.similarity, 6), round(whole.score - left.score, 6))


def _masses(words: Sequence[Word], together: dict[Kind, Effect], seed: int) -> Iterator[Mass]:
    """Yield the masses of the kinds, each beside that of as many random words."""
    sizes: Floats = np.abs([word.adds.similarity for word in words])
    shares: Floats = sizes / sizes.sum() if sizes.any() else sizes
    counts = [sum(word.kind == kind for word in words) for kind in KINDS]
    rng = np.random.default_rng(seed)
    chance = [np.cumsum([0.0, *rng.permutation(shares)])[counts] for _ in range(DRAWS)]
    low, high = np.quantile(chance, (0.025, 0.975), axis=0)
    for number, kind in enumerate(KINDS):
        share = sum(of for of, word in zip(shares, words, strict=True) if word.kind == kind)
        found = [round(float(one), 6) for one in (share, low[number], high[number])]
        of_words = counts[number] / len(words) if words else None
        by_chance = found if sizes.any() else (None, None, None)
        yield Mass(kind, counts[number], together[kind], of_words, *by_chance)
