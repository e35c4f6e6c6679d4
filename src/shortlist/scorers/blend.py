"""The blend: the learned score as a sixth signal beside the five, by weights that were fitted."""

from collections.abc import Iterator, Sequence

from shortlist.encoding import Progress
from shortlist.extraction.lexicon import Lexicon
from shortlist.matcher import Matcher
from shortlist.records import Document, Match, Ranking
from shortlist.scorers.applicant import Applicant
from shortlist.scorers.blend_file import BlendFile
from shortlist.scorers.hybrid import Hybrid, ranked, readings
from shortlist.scorers.signals import Reading, Scored, Signal, parts, total, weighted
from shortlist.scorers.vacancy import Vacancy


class Blend:
    """Rankings by fitted weights of the learned score and the signals of the hybrid one."""

    name = "blend"

    def __init__(self, matcher: Matcher, file: BlendFile, lexicon: Lexicon | None = None) -> None:
        self.matcher = matcher
        self.file = file
        self._hybrid = Hybrid(matcher, lexicon=lexicon)

    @property
    def fits(self) -> bool:
        """Whether the weights were fitted with this model and this masking policy."""
        fit, encoder = self.file.fit, self.matcher.encoder
        return (fit.model, fit.policy) == (encoder.fingerprint, self.matcher.masker.policy)

    def rank(self, job: Document, resumes: Sequence[Document]) -> Ranking:
        """Return resumes for a job, best first; of equal scores the smaller id comes first."""
        return next(self.rankings([job], resumes))

    def rankings(
        self,
        jobs: Sequence[Document],
        resumes: Sequence[Document],
        progress: Progress | None = None,
    ) -> Iterator[Ranking]:
        """Yield the ranking of the same resumes for each job."""
        index = self.matcher.index(resumes, progress)
        pool = self._hybrid.read(resumes)
        for job in jobs:
            learned = {
                m.resume: m.score for m in self.matcher.rank(job, index, detail=False).matches
            }
            asked = self._hybrid.vacancy(job)
            yield ranked(job.id, [self._match(asked, one, learned[one.id]) for one in pool])

    def pair(self, job: Document, resume: Document) -> Scored:
        """Return the score of one resume with all its signals."""
        (match,) = self.matcher.rank(job, [resume], detail=False).matches
        (one,) = self._hybrid.read([resume])
        signals = self._signals(self._hybrid.vacancy(job), one, match.score)
        return Scored(total(signals), signals)

    def _match(self, asked: Vacancy, one: Applicant, learned: float) -> Match:
        signals = self._signals(asked, one, learned)
        return Match(one.id, 0, total(signals), parts(signals), findings=one.findings)

    def _signals(self, asked: Vacancy, one: Applicant, learned: float) -> tuple[Signal, ...]:
        read = {"learned": Reading(learned), **readings(asked, one)}
        return weighted(read, self.file.weights, self.file.weights)
