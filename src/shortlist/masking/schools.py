"""Schools in a text: what to hide of them, and the tier of the best-known one.

One lexicon and one reading of lines serve both, so that no school counts for a group label that
masking would have missed.
"""

import re

from shortlist.masking.aliases import Tier
from shortlist.masking.education import readings, school_spans
from shortlist.masking.layout import layout
from shortlist.masking.study import study_lines
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
    study = study_lines(lay)
    found = {index: reading for index, reading in readings(lay).items() if index in study}
    if any("top" in reading.tiers for reading in found.values()):
        return "top"
    names = [
        text[lay.starts[index] + span.start : lay.starts[index] + span.end]
        for index, reading in found.items()
        for span in reading.names
    ]
    named = any(not _BELOW_COLLEGE.search(name) for name in names)
    return "other" if named else "none"
