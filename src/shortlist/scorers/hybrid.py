"""The hand-weighted score: meaning, words, keywords, skills and sections, each shown.

score = 0.30 semantic + 0.20 TF-IDF + 0.20 keyword + 0.20 skill + 0.10 section

All signals are read from masked text, so what a policy hides moves none of them. What cannot be
computed is named and its weight shared out.
"""

import math
from collections.abc import Callable, Iterator, Mapping, Sequence

import numpy as np

from shortlist.encoding import Progress, cache_key
from shortlist.errors import DocumentError
from shortlist.extraction.lexicon import Lexicon
from shortlist.matcher import Matcher
from shortlist.matcher.whole import INTRODUCTION, TEXT, TITLE, resume_parts
from shortlist.ranking.opening import Vectors
from shortlist.records import Document, MaskedText, Match, Ranking
from shortlist.scorers.applicant import DIRECT, WORD_ALONE, Applicant, applicant, understood
from shortlist.scorers.lexical import likeness, said
from shortlist.scorers.signals import (
    SUGGESTED,
    VALUE_DIGITS,
    Reading,
    Scored,
    Signal,
    parts,
    total,
    weighted,
)
from shortlist.scorers.vacancy import PRIORITY, Vacancy, Wish, stated, vacancy

_AT_ONCE = 256
"""Resumes that are encoded, and kept in the cache, at a time."""


class Hybrid:
    """The five signals of a pair, and rankings by them.

    Example:
        hybrid = Hybrid(Matcher.load())
        ranking = hybrid.rank(job, resumes)
        print([(part.name, part.value) for part in ranking.matches[0].parts])
    """

    name = "hybrid"

    def __init__(
        self,
        matcher: Matcher,
        weights: Mapping[str, float] = SUGGESTED,
        lexicon: Lexicon | None = None,
    ) -> None:
        self.matcher = matcher
        self.weights = weights
        self.lexicon = lexicon or Lexicon.load()

    def rank(self, job: Document, resumes: Sequence[Document]) -> Ranking:
        """Return resumes for a job, best first; of equal scores the smaller id comes first.

        Raises:
            DocumentError: the job has no text.
        """
        return next(self.rankings([job], resumes))

    def rankings(
        self,
        jobs: Sequence[Document],
        resumes: Sequence[Document],
        progress: Progress | None = None,
    ) -> Iterator[Ranking]:
        """Yield the ranking of the same resumes for each job."""
        pool = self.read(resumes, progress)
        for job in jobs:
            asked = self.vacancy(job)
            yield ranked(job.id, [self._match(asked, one) for one in pool])

    def _match(self, asked: Vacancy, one: Applicant) -> Match:
        signals = self.signals(asked, one)
        return Match(one.id, 0, total(signals), parts(signals), findings=one.findings)

    def signals(self, asked: Vacancy, one: Applicant) -> tuple[Signal, ...]:
        """Return the signals of a pair with the weights that they count with."""
        return weighted(readings(asked, one), self.weights, SUGGESTED)

    def pair(self, job: Document, resume: Document) -> Scored:
        """Return the score of one resume with all its signals."""
        signals = self.signals(self.vacancy(job), self.read([resume])[0])
        return Scored(total(signals), signals)

    def vacancy(self, job: Document) -> Vacancy:
        """Return a job as the signals read it.

        Raises:
            DocumentError: the job has no text.
        """
        masked = self.matcher.masker(job)
        found = stated(masked, self.lexicon)
        if not found.requirements and not found.title:
            raise DocumentError(
                f"{job.id}: the job has no text; name a file that says what it asks"
            )
        encoder, parts = self.matcher.encoder, {TEXT: masked}
        if found.title:
            parts[TITLE] = masked.part(found.title.start, found.title.end)
        rows = encoder.encode_jobs(list(parts.values()))
        return vacancy(masked, found, encoder.whole(rows, list(parts)))

    def read(
        self, resumes: Sequence[Document], progress: Progress | None = None
    ) -> tuple[Applicant, ...]:
        """Return resumes as the signals read them."""
        found: list[Applicant] = []
        for start in range(0, len(resumes), _AT_ONCE):
            some = resumes[start : start + _AT_ONCE]
            masked = [self.matcher.masker(resume) for resume in some]
            for resume, text, whole in zip(some, masked, self._wholes(masked), strict=True):
                said_of = understood(text, lexicon=self.lexicon)
                found.append(applicant(resume, said_of, said(text.text), whole, self.lexicon))
            if progress:
                progress((start + len(some)) / len(resumes))
        return tuple(found)

    def _wholes(self, texts: Sequence[MaskedText]) -> list[Vectors | None]:
        """Return the vector of each resume as a whole, from the cache if it can.

        It is the mean of its passages, for which the weights of the signals were chosen; or what a
        model's attention over sections makes of them and of the introduction.
        """
        encoder, cache = self.matcher.encoder, self.matcher.cache
        keys = [cache_key(encoder.fingerprint, "mean of passages", text.text) for text in texts]
        known = cache.get(keys)
        new = {k: text for k, text in zip(keys, texts, strict=True) if k not in known}
        left_out = None if encoder.config.sections else INTRODUCTION
        parts = [
            [part for part in resume_parts(text.text) if part.kind != left_out]
            for text in new.values()
        ]
        rows = encoder.encode_resumes(
            [t.part(p.start, p.end) for t, of in zip(new.values(), parts, strict=True) for p in of]
        )
        ends = np.cumsum([len(of_text) for of_text in parts], dtype=np.int64)
        computed = {
            key: encoder.whole(rows[end - len(of) : end], [part.kind for part in of])[None, :]
            for key, of, end in zip(new, parts, ends, strict=True)
        }
        cache.put(computed)
        vectors = known | computed
        return [vectors[key][0] if vectors[key].any() else None for key in keys]


def ranked(job: str, matches: Sequence[Match]) -> Ranking:
    """Return matches as a ranking: best first, of equal scores the smaller id first."""
    order = sorted(matches, key=lambda match: (-match.score, match.resume))
    return Ranking(
        job,
        tuple(
            Match(m.resume, place, m.score, m.parts, m.requirements, m.findings)
            for place, m in enumerate(order, 1)
        ),
    )


def readings(asked: Vacancy, one: Applicant) -> dict[str, Reading]:
    """Return the five signals of a pair."""
    return {
        "semantic": _semantic(asked, one),
        "tfidf": _tfidf(asked, one),
        "keyword": _share(asked.wishes, "the job names no keyword", lambda w: found(w, one)),
        "skill": _share(
            asked.skills, "the job names no skill that the lexicon knows", lambda w: credit(w, one)
        ),
        "section": _section(one),
    }


def found(wish: Wish, one: Applicant) -> float:
    """Return 1 where a resume says what is wished for, in words that mean it or may, else 0."""
    if wish.known:
        return float(credit(wish, one) >= DIRECT or not wish.written.isdisjoint(one.inside))
    return float(any(name in one.words.weights for name in wish.names))


def credit(wish: Wish, one: Applicant) -> float:
    """Return what a resume's best answer to a wish counts, in [0, 1].

    An everyday word, written as the job writes it, counts half where nothing shows that the skill
    is meant, and in full where something else implies the skill ("Excel", beside pivot tables).
    """
    best = max(one.credits.get(name, 0.0) for name in wish.names)
    if 0 < best < DIRECT and not wish.written.isdisjoint(one.written):
        return DIRECT
    unsaid = any(name not in one.credits for name in wish.names)
    if unsaid and not wish.written.isdisjoint(one.inside):
        return max(best, WORD_ALONE)
    return best


def _semantic(asked: Vacancy, one: Applicant) -> Reading:
    if one.whole is None or not asked.whole.any():
        side = "resume" if one.whole is None else "job"
        return Reading(None, f"the model reads nothing of the {side}")
    cosine = float(asked.whole.astype(np.float64) @ one.whole.astype(np.float64))
    return Reading(round(min(max(cosine, 0.0), 1.0), VALUE_DIGITS))


def _tfidf(asked: Vacancy, one: Applicant) -> Reading:
    if not asked.words.weights:
        return Reading(None, "the job has no word that says something")
    return Reading(round(likeness(asked.words, one.words), VALUE_DIGITS))


def _section(one: Applicant) -> Reading:
    if one.completeness is None:
        return Reading(None, "the resume has no headings")
    return Reading(round(one.completeness, VALUE_DIGITS))


def _share(wishes: Sequence[Wish], reason: str, met: Callable[[Wish], float]) -> Reading:
    """Return the weighted share of wishes that are met; a must counts twice a nice-to-have."""
    weights = [wish.weight * PRIORITY[wish.kind] for wish in wishes]
    if not wishes:
        return Reading(None, reason)
    gained = math.fsum(w * met(wish) for w, wish in zip(weights, wishes, strict=True))
    return Reading(round(gained / math.fsum(weights), VALUE_DIGITS))
