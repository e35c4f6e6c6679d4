"""`explain`: everything that is shown of one resume and one job."""

from datetime import date

from shortlist.explain.answers import answers, keywords
from shortlist.explain.bullets import weak_bullets
from shortlist.explain.explanation import Explanation
from shortlist.explain.facts import degree, experience
from shortlist.explain.improvements import improvements
from shortlist.explain.reading import read_pair
from shortlist.explain.sentences import gaps, strengths
from shortlist.explain.sub_scores import sub_scores
from shortlist.extraction.lexicon import Lexicon
from shortlist.matcher import Matcher
from shortlist.records import Document
from shortlist.scorers.hybrid import Hybrid
from shortlist.scorers.learned import Learned
from shortlist.scorers.scorer import Scorer


def explain(
    matcher: Matcher,
    job: Document,
    resume: Document,
    *,
    scorer: Scorer | None = None,
    today: date | None = None,
    lexicon: Lexicon | None = None,
) -> Explanation:
    """Return the score of a resume for a job, and why it is what it is.

    Args:
        matcher: the model and the masking policy; one of `scorers.learned_matcher` is quickest.
        job: the job.
        resume: the resume.
        scorer: what scores; the learned score without one.
        today: what "present" means in a resume; by default the day on which this runs. Only the
            years of experience depend on it, no score.
        lexicon: the skills to look for; by default the built-in ones.

    Raises:
        DocumentError: the job has no text.

    Example:
        explanation = explain(learned_matcher(), job, resume)
        for statement in explanation.gaps:
            print(statement.text, [evidence.quote for evidence in statement.evidence])
    """
    scorer = scorer or Learned(matcher)
    pair = read_pair(Hybrid(matcher, lexicon=lexicon), job, resume, today)
    scored = scorer.pair(job, resume)
    answered, words = answers(pair), keywords(pair)
    years, held = experience(pair), degree(pair)
    return Explanation(
        job=job.id,
        resume=resume.id,
        scorer=scorer.name,
        score=scored.score,
        signals=scored.signals,
        sub_scores=sub_scores(pair, words, years, held),
        requirements=answered,
        keywords=words,
        experience=years,
        degree=held,
        strengths=strengths(answered, years, held),
        gaps=gaps(answered, years, held),
        improvements=improvements(scorer, job, pair, answered),
        bullets=weak_bullets(pair),
        findings=pair.findings,
    )
