"""Schools in a text: what to hide of them, and the tier of the best-known one.

One lexicon and one reading of lines serve both, so that no school counts for a group label that
masking would have missed.
"""

import re

from shortlist.masking.aliases import Tier, is_school, mentions
from shortlist.masking.education import named_lines, school_spans
from shortlist.masking.layout import layout
from shortlist.records import Span

_BELOW_COLLEGE = re.compile(
    r"\b(?:high|middle|elementary|secondary|primary|grammar|preparatory|prep)\b.*school|\bhigh\b",
    re.IGNORECASE,
)


def schools(text: str) -> list[Span]:
    """Return the names of schools with the places that belong to them.

    Everywhere: names that show by their words. In lines about education: short names too, and in
    entries whatever is capitalised and is no degree, field, honour, date or skill.
    """
    return school_spans(layout(text))


def school_tier(text: str) -> Tier:
    """Return the tier of the best-known school that a text names as a place of education.

    A school that is a place ("Princeton, NJ") or an employer is none, and so is a high school.
    """
    lay = layout(text)
    lines = {index: line for index, line in named_lines(lay).items() if line.education}
    tiers = {
        mention.alias.tier
        for mention in mentions(lay)
        if lay.line_at(mention.start) in lines and is_school(lay, mention, education=True)
    }
    if "top" in tiers:
        return "top"
    named = any(
        not _BELOW_COLLEGE.search(text[span.start : span.end])
        for line in lines.values()
        for span in line.spans()
    )
    return "other" if named else "none"
