"""Where a job is done, in which mode, and what it pays."""

import re

from shortlist.extraction.entities import Pay, Quote, WorkMode
from shortlist.extraction.sections import rows

_LABELLED_PLACE = re.compile(
    r"^[ \t*•-]*(?:job |work |office |primary )?locations?\s*[:–—-]\s*(?P<place>[^\n|•]{2,80})",
    re.IGNORECASE | re.MULTILINE,
)
STATES = tuple(
    """AL AK AZ AR CA CO CT DE DC FL GA HI ID IL IN IA KS KY LA ME MD MA MI MN MS MO MT NE NV
    NH NJ NM NY NC ND OH OK OR PA RI SC SD TN TX UT VT VA WA WV WI WY AB BC MB NB
    NS ON QC SK""".split()
)
_COUNTRIES = """USA US UK Canada Mexico Brazil Argentina Chile Colombia Peru Ireland England
    Scotland Wales France Germany Spain Portugal Italy Austria Switzerland Belgium Netherlands
    Luxembourg Denmark Sweden Norway Finland Poland Czechia Hungary Romania Greece Turkey Israel
    Egypt Kenya
    Nigeria Ghana India Pakistan China Japan Korea Singapore Malaysia Indonesia Philippines
    Vietnam Thailand Australia California Texas Florida Ontario Illinois Virginia Massachusetts
    Washington Georgia Ohio Michigan Pennsylvania Maryland Colorado Arizona Minnesota"""
_PLACE = re.compile(
    r"(?P<place>[A-Z][a-zA-Z.'’]+(?:-[a-zA-Z]+)*(?: [A-Z][a-zA-Z.'’]+(?:-[a-zA-Z]+)*){0,3}, (?:"
    + "|".join((*STATES, *_COUNTRIES.split()))
    + r"|New (?:York|Jersey|Zealand)|North Carolina|United (?:States|Kingdom))"
    r"(?:,? (?:USA?|United States|UK|Canada))?)(?![\w-])"
)
_PLACE_BELOW = re.compile(
    r"^[ \t*•-]*(?:job |work |office |primary )?locations?[ \t]*\n\s*(?P<place>[^\n|•]{2,80})",
    re.IGNORECASE | re.MULTILINE,
)
_NO_PLACE = re.compile(
    r"\b(?:candidates?|open|will|prefer\w*|must|can|able|you|we|our|work\w*|required)\b",
    re.IGNORECASE,
)
_TOP = 600
_TOP_ROWS = 8
_SHORT = 90
_WITH_MODE = re.compile(
    r"(?<=\w)\s*[(–—-]\s*(?:on-?site|hybrid|remote|in-?office|no remote)\b[^()]*\)?\s*$",
    re.IGNORECASE,
)
_IN = re.compile(r"\b(?:in|at|near|based\s+in|out\s+of)\s+$")
_IN_BEFORE = 12
_NO_REMOTE = re.compile(
    r"\b(?:no|not|non)[\s-]+(?:a\s+|fully\s+)?(?:remote|telecommut\w+|work[- ]from[- ]home)",
    re.IGNORECASE,
)
_MODES: tuple[tuple[WorkMode, re.Pattern[str]], ...] = (
    (
        "hybrid",
        re.compile(
            r"\bhybrid\s+(?:work\w*|role|position|schedule|model|remote|environment|setup|office"
            r"|job|arrangement|policy|team)"
            r"|\b(?:role|position|job|this)\s+is\s+(?:a\s+)?hybrid\b|\(hybrid\)|\bhybrid\s*[,)"
            r"|\n-]|\bhybrid$|partly remote"
            r"|\b(?:\d|two|three)\s+days?\s+(?:a|per)\s+week\s+(?:in|at"
            r"|from)\s+(?:the\s+)?(?:office|home)",
            re.IGNORECASE | re.MULTILINE,
        ),
    ),
    (
        "remote",
        re.compile(
            r"\b(?:fully|100%|completely|entirely)[ -]remote\b|\bremote(?:ly)?\b(?!\s+(?:sens\w+"
            r"|monitor\w*|access|desktop|support"
            r"|control\w*|server\w*|team\w*|location\w*|site\w*|area\w*|user\w*|office\w*"
            r"|management|system\w*|device\w*"
            r"|infrastructure|patient|diagnos\w+|debug\w+|procedure|client\w*))"
            r"|\bwork[ -]from[ -](?:home|anywhere)\b|\btelecommut\w+|\btelework\w*"
            r"|\bhome[- ]based\b",
            re.IGNORECASE,
        ),
    ),
    (
        "on-site",
        re.compile(
            r"\b(?:on[- ]?site|in[- ]office|in[- ]person|onsite)\b(?!\s+(?:gym|fitness|clinic"
            r"|health|caf|child|day|parking|train\w+|visit))",
            re.IGNORECASE,
        ),
    ),
)
_AMOUNT = r"\d{1,3}(?:[,.]\d{3})+(?:\.\d{2})?|\d+(?:\.\d{1,2})?"
_PAY = re.compile(
    rf"(?P<sign>[$€£]|\b(?:USD|EUR|GBP|CAD|AUD|INR|CHF)\s?)\s?(?P<low>{_AMOUNT})\s?(?P<low_k>k\b)?"
    rf"(?:\s*(?:/\s*(?:hr|hour|year|yr)\s*)?(?:-|–|—|to|and)\s*(?:[$€£]|USD|EUR"
    rf"|GBP)?\s?(?P<high>{_AMOUNT})\s?(?P<high_k>k\b)?)?"
    r"(?P<more>\s*(?:\+|USD|EUR|GBP|CAD)?\s*(?:/|per|an?|p\.?)?\s*(?P<unit>hour|hr|h\b|day|week|wk"
    r"|month|mo\b|year|yr|annum|annually|hourly"
    r"|monthly|weekly|a\.)?)",
    re.IGNORECASE,
)
_PAY_SIGN_LAST = re.compile(
    rf"(?P<low>{_AMOUNT})\s?(?P<low_k>k\b)?(?:\s?(?:[€£]|EUR|USD|GBP|CHF|PLN))?"
    rf"(?:\s*(?:-|–|—|to|and|bis)\s*(?P<high>{_AMOUNT})\s?(?P<high_k>k\b)?)?"
    r"\s?(?P<sign>[€£]|\b(?:EUR|USD|GBP|CHF|PLN)\b)"
    r"(?P<more>\s*(?:brutto\s*)?(?:/|per|an?|pro|par|p\.?)?\s*(?P<unit>hour|hr|h\b|stunde|heure|day|tag|week"
    r"|month|monat|mois|mo\b|year|yr|jahr|an\b|annum|annually|hourly|monthly|a\.)?)",
    re.IGNORECASE,
)
_PAY_WORDS = re.compile(
    r"\b(?:salar\w+|gehalt|salaire|pay|compensation|wage\w*|rate|remuneration|base|earn\w*|stipend|ote|hourly)\b",
    re.IGNORECASE,
)
_CURRENCY = {"$": "USD", "€": "EUR", "£": "GBP"}
_UNITS = {
    "hour": ("hour", "hr", "h", "hourly", "stunde", "heure"),
    "day": ("day", "tag"),
    "week": ("week", "wk", "weekly"),
    "month": ("month", "mo", "monthly", "monat", "mois"),
    "year": ("year", "yr", "annum", "annually", "a.", "jahr", "an"),
}
_HOURLY_LIMIT = 400
_LOOK_BACK = 90


def location(text: str) -> Quote | None:
    """Return the place of work: as labelled, or as it stands near the top."""
    for labelled in _LABELLED_PLACE.finditer(text):
        written = _WITH_MODE.sub("", labelled["place"]).rstrip(" .,;-")
        start = labelled.start("place")
        if written and not _NO_PLACE.search(written):
            return Quote(written, start, start + len(written), 0.9)
    below = _PLACE_BELOW.search(text)
    if below and (place := _PLACE.search(text, below.start("place"), below.end("place"))):
        return Quote(place["place"], place.start("place"), place.end("place"), 0.8)
    for row in rows(text, 0, _TOP)[:_TOP_ROWS]:
        place = _PLACE.search(text, row.start, row.end)
        if place and row.end - row.start <= _SHORT:
            return Quote(place["place"], place.start("place"), place.end("place"), 0.6)
    for place in _PLACE.finditer(text, 0, _TOP):
        if _IN.search(text, max(0, place.start() - _IN_BEFORE), place.start()):
            return Quote(place["place"], place.start("place"), place.end("place"), 0.5)
    return None


def work_mode(text: str) -> WorkMode | None:
    """Return whether the work is done remotely, on site or both; None where the job is silent."""
    denied = _NO_REMOTE.search(text)
    for mode, pattern in _MODES:
        if mode == "remote" and denied:
            return "on-site"
        if pattern.search(text):
            return mode
    return None


def pay(text: str) -> Pay | None:
    """Return the first stated pay: an amount or a range, with its currency and period.

    An amount is pay when a unit of time follows it or a word of pay precedes it.
    """
    for match in (*_PAY.finditer(text), *_PAY_SIGN_LAST.finditer(text)):
        if not (
            match["unit"]
            or _PAY_WORDS.search(text, max(0, match.start() - _LOOK_BACK), match.start())
        ):
            continue
        found = _pay(match)
        if found:
            return found
    return None


def _pay(match: re.Match[str]) -> Pay | None:
    high = _amount(
        match["high"] or match["low"],
        match["high_k"] or (match["low_k"] if not match["high"] else None),
    )
    low = _amount(match["low"], match["low_k"] or (match["high_k"] if match["high"] else None))
    if low < high / 100:  # "$110 - $120,000"
        low *= 1000
    if not 1 < low <= high or high > 5_000_000:
        return None
    unit = (match["unit"] or "").lower()
    period = next((name for name, words in _UNITS.items() if unit in words), None)
    period = period or ("hour" if high < _HOURLY_LIMIT else "year")
    sign = match["sign"].strip()
    written = match.group().rstrip()
    quote = Quote(written, match.start(), match.start() + len(written), 0.8)
    return Pay(low, high, _CURRENCY.get(sign, sign.upper()), period, quote)


def _amount(written: str, thousands: str | None) -> float:
    plain = re.sub(r"[.,](?=\d{3}(?:\D|$))", "", written)
    return float(plain.replace(",", "")) * (1000 if thousands else 1)
