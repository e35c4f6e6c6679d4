"""How far the work that a statement tells of goes, and how many people were led in it."""

import re
from dataclasses import replace

from shortlist.explain.skills.facts import Facts, Sighting
from shortlist.explain.skills.reading import Reading

_REACH = re.compile(
    r"\b(?:used\s+by|relied\s+on|asked\s+for|across|whole|entire|all\s+(?:the\s+)?\w+s|company"
    r"|department|group['’]s|every\s+(?:site|team|shift|ward|branch|employee|class|customer)"
    r"|only\s+(?:person|one)|sole|on\s+my\s+own|alone|from\s+scratch|moved|migrat\w+|roll(?:ed)?\s+out"
    r"|set\s+up|(?:re)?built|introduc\w+|(?:re)?design\w+|standard\w*|polic(?:y|ies)|manuals?"
    r"|protocols?|train(?:ed|er|ing)|taught|teach\w*|instruct\w+|publish\w*|award\w*|won|prizes?"
    r"|board|director|responsible|in\s+charge|le(?:a)?d|leading|owns?|owned|r[au]n|managed?)\b",
    re.IGNORECASE,
)
_MOST_REACH = 3
_NUMBERS = dict(
    zip(
        """two three four five six seven eight nine ten eleven twelve fifteen twenty thirty forty
        fifty sixty eighty hundred""".split(),
        (2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 15, 20, 30, 40, 50, 60, 80, 100),
        strict=True,
    )
)
_NUMBER = rf"(\d{{1,4}}|{'|'.join(_NUMBERS)})"
_PEOPLE = (
    r"(?:staff|people|employees|nurses|engineers|analysts|technicians|developers|cooks|chefs|drivers"
    r"|workers|teachers|assistants|agents|managers|supervisors|sergeants|corporals|constables"
    r"|officers|consultants|reporters|waiters|receptionists|cleaners|guards|men|women|soldiers"
    r"|volunteers|graduates|apprentices|trainees|students|interns|reports|heads|leaders|leads"
    r"|operatives|fitters|carers|clerks|organi[sz]ers|members|others|coaches|pharmacists"
    r"|scientists|postdocs|testers|designers|advis[eo]rs|tutors|colleagues|labourers"
    r"|buyers|planners|accountants|editors|dispatchers|electricians|plumbers|bakers|gardeners|porters)"
)
_LED = (
    re.compile(
        rf"\b{_NUMBER}(?:\s+(?!(?:and|to|in|of|for|the|or)\b)[\w-]+){{0,2}}\s+{_PEOPLE}\b", re.I
    ),
    re.compile(
        r"\b(?:team|crew|desk|shift|department|section|company|brigade|group|unit|squad|platoon"
        rf"|ward|gang)\s+of\s+(?:about\s+|around\s+|some\s+)?{_NUMBER}\b",
        re.IGNORECASE,
    ),
    re.compile(rf"\b(?:team|staff|crew)\s*[(:]\s*{_NUMBER}\b", re.I),
)
_LEADERS = (
    r"(?:managers|supervisors|team\s+lead(?:er)?s|shift\s+lead(?:er)?s|phase\s+leaders|leaders|heads"
    r"|foremen|sergeants|head\s+chefs)"
)
_THROUGH = re.compile(
    r"\b(?:through|manag\w+|lead\w*|led|over(?:see\w*|saw)|supervis\w+|direct\w*|apprais\w*|hired?)"
    rf"\s[^.;]{{0,25}}\b{_LEADERS}\b|\b{_LEADERS}\s+(?:report|answer)\w*\s+to\s+me\b",
    re.IGNORECASE,
)


def weighed(reading: Reading, facts: Facts, *, people: bool) -> Facts:
    """Return facts whose sightings say how far their statements go.

    Args:
        reading: the resume.
        facts: what it holds of a skill.
        people: the skill is leading people, so its size is how many.
    """

    def one(sighting: Sighting) -> Sighting:
        text = reading.text[sighting.statement.start : sighting.statement.end]
        return replace(
            sighting,
            reach=reach(text),
            size=float(led(text)) if people else sighting.size,
            through=people and leads_leaders(text),
        )

    return replace(facts, sightings=tuple(map(one, facts.sightings)))


def reach(statement: str) -> float:
    """Return how far work goes, from 0 to 1: for whom, how newly, and who answers for it."""
    words = {match.group().lower() for match in _REACH.finditer(statement)}
    return min(len(words), _MOST_REACH) / _MOST_REACH


def led(statement: str) -> int:
    """Return how many people a statement counts, 0 where it counts none."""
    found = (number(match[1]) for pattern in _LED for match in pattern.finditer(statement))
    return max(found, default=0)


def number(written: str) -> int:
    """Return a number in figures or in one word."""
    return _NUMBERS.get(written.casefold()) or int(written)


def leads_leaders(statement: str) -> bool:
    """Whether a statement tells of leading people who lead others."""
    return _THROUGH.search(statement) is not None
