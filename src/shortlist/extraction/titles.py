"""Job titles and employers by the words that they are made of."""

import re

from shortlist.extraction.entities import Quote

_TITLE_NOUNS = """
    accountant actor actress actuary adjunct adjuster admin administrator adviser adviseur advisor
    advocate agent aide ambassador analista analyst anchor animator appraiser apprentice architect
    archivist artist assembler assessor assistant assistente associate astronomer athlete
    attendant attorney auditor author avp baker banker barber barista bartender bellman berater
    biologist blogger bookkeeper broker buchhalter builder busser butcher buyer captain caregiver
    caretaker carpenter cashier caterer ceo cfo chairman chairperson chairwoman chargé chef
    chemist chief cio cleaner clerk clinician cmo cna co-founder co-ordinator co-owner coach
    collector columnist commander commissioner composer comptable comptroller concierge conductor
    consulente consultant contador contractor controller coo cook coordinator copywriter corporal
    correspondent counsel counsellor counselor crew crewmember cto curator custodian dancer dba
    dealer dean deckhand dentist deputy desarrollador designer detailer detective developer
    dietitian directeur director direttore dishwasher dispatcher dj doctor drafter draftsman
    driver développeur economist editor educator electrician emt engineer enseignant entrepreneur
    entwickler environmentalist epidemiologist esthetician estimator evp examiner executive expert
    fabricator facilitator faculty farmer farmhand fellow firefighter florist foreman founder
    freelancer fundraiser gardener generalist geologist gerente gm grader graduate groundskeeper
    guard guide hairdresser handler handyman head helper historian hostess housekeeper hr
    hygienist illustrator ingeniero ingenieur ingénieur inspector installer instructor intern
    internship interpreter interviewer investigator investor inżynier janitor journalist judge
    kauffrau kaufmann keyholder kierownik księgowy laborer labourer landscaper lawyer lead leader
    lecturer lehrer lehrerin leiter leiterin liaison librarian lieutenant lifeguard linguist
    lobbyist lpn machinist maestro maid maintainer major maker manager marketer mason mechanic
    medewerker mediator member mentor merchandiser merchant messenger midwife minister mitarbeiter
    model moderator monitor musician nanny nco negotiator notary nurse nutritionist officer
    operative operator optician optometrist organizer owner packer painter paralegal paramedic
    paraprofessional partner pastor performer pharmacist phlebotomist photographer physician
    physicist pilot planner plasterer player plumber police porter practitioner praktikant
    president principal processor producer profesor professeur professional professor programista
    programmer promoter proofreader proprietor psychologist publicist publisher rancher realtor
    receptionist recruiter referee registrar rep reporter representative researcher resident
    responsable reviewer rn roofer sachbearbeiter sailor salesman salesperson saleswoman scheduler
    scholar scientist seamstress secretary sergeant server shareholder shopper singer socialmedia
    soldier sommelier sous-chef specialist specjalista spokesperson stagiaire steward stewardess
    stocker strategist student stylist sub substitute superintendent superior supervisor surgeon
    surveyor svp tailor teacher team-lead technician technologist teller temp tester therapist
    trader trainee trainer transcriptionist translator transporter treasurer tutor typist
    underwriter usher valet vendor veterinarian videographer volunteer vp waiter waitress
    waitstaff infantryman rifleman fireman airman seaman lineman repairman serviceman craftsman
    insegnante educatrice infermiere infermiera impiegato impiegata commesso commessa cameriere
    cameriera cuoco cuoca profesora enfermera enfermero camarero camarera cocinero cocinera
    vendedor vendedora ingeniera técnico administrativo administrativa auxiliar infirmière
    infirmier serveur serveuse vendeur vendeuse assistante directrice technicien technicienne
    cuisinier professora engenheiro engenheira enfermeiro enfermeira krankenschwester lehrkraft
    werkstudent werkstudentin warden webmaster welder worker writer
"""
_TITLE_WORDS = frozenset(_TITLE_NOUNS.split())
DURATION = r"\d{1,2}\+?\s*(?:years?|yrs?|months?|mos?)(?:[\s,]+\d{1,2}\s*(?:months?|mos?))?"
"""How long something lasted, as people write it: "3 yrs 2 mos"."""
_EMPLOYER_WORDS = re.compile(
    r"\b(?:inc|llc|llp|ltd|limited|corp|corporation|company|co|gmbh|ag|plc|pvt|s\.?a|group|bank"
    r"|university|college"
    r"|school|schools|district|hospital|clinic|center|centre|medical|health|services|solutions"
    r"|systems|technologies"
    r"|technology|partners|partnership|associates|restaurant|hotel|hotels|inn|resort|airlines"
    r"|airways|aviation|agency"
    r"|agencies|studio|studios|church|army|navy|air\s+force|marine\s+corps|national\s+guard"
    r"|department|county|city\s+of"
    r"|state\s+of|ministry|foundation|institute|association|society|council|club|labs|laboratories"
    r"|industries|motors"
    r"|enterprises|international|consulting|holdings|insurance|financial|media|stores?|market"
    r"|markets|cafe|café|bistro"
    r"|kitchen|grill|bakery|logistics|construction|builders|manufacturing|energy|foods|software"
    r"|networks|communications"
    r"|entertainment|productions|press|magazine|museum|gallery|theatre|theater|fitness|gym|spa"
    r"|salon|pharmacy|law\s+firm"
    r"|firm|offices?\s+of|embassy|trust|capital|ventures|brothers|& sons|collective|works|academy"
    r"|company name)\b",
    re.IGNORECASE,
)
_PLACE = re.compile(
    rf"(?:{DURATION}|duration|period|dates?|tenure|time\s?frame"
    r"|[A-Z]{2}|city|state|usa?|u\.s\.a?\.?|united states(?: of america)?|uk"
    rf"|united kingdom"
    r"|india|canada|remote|hybrid|on-?site|(?:full|part)[- ]time|self-employed|contract|freelance"
    r"|internship|(?:[\w.]+\s+){1,3}(?:bay\s+)?area"
    r"|germany|france|spain|italy|mexico|australia|china|country|\d{4,6})(?:\s+\d{5})?",
    re.IGNORECASE,
)
_PART = re.compile(
    r"(?:department|dept\.?|division|faculty|school|office|team) of\b", re.IGNORECASE
)
_WORD = re.compile(r"[^\W_]+(?:[-'’][^\W_]+)*")
_HEAD_END = re.compile(r"\b(?:of|for|in|to|at|with|and)\b|[/&(,]", re.IGNORECASE)
_TITLE_ENDINGS = (
    *("ologist", "onomist", "ographer", "ician", "keeper", "therapist"),
    *("entwickler", "ingenieur", "leiter", "berater", "techniker", "kaufmann", "kauffrau"),
    *("assistent", "verkäufer", "pfleger", "mechaniker", "elektriker", "referent", "informatiker"),
)
_RANK = re.compile(r"[\s,/-]+(?:[IVX]+|\d|sr|jr)\.?$", re.IGNORECASE)
_OF_WHAT = re.compile(
    r"\s+of\s+[A-Z]\w+(?:\s+(?:and|&)\s+[A-Z]\w+)?"
    r"(?:\s+(?:Development|Engineering|Operations|Services|Management|Resources|Relations|Systems))?"
)
_MOST_WORDS = 9
_SOUGHT = re.compile(
    r"\b(?:hiring|looking\s+(?:for|to\s+(?:hire|add))|seek(?:ing|s)?|search(?:ing)?\s+for|needs?|wants"
    r"|recruiting|in\s+need\s+of|position\s+of|role\s+of|opening\s+for)\s+"
    r"(?:(?:an?|our\s+next|one|two|three|\d+|some)\s+)?(?P<rest>[^.;:\n]{3,80})",
    re.IGNORECASE,
)
_PRAISE = re.compile(
    r"(?:(?:candidates?|applications?|applicants)\s+(?:for|from)\s+(?:(?:an?|our|the)\s+)?)?"
    r"(?:(?:(?:highly|very|extremely)\s+)?(?:experienced|motivated|skilled|talented|enthusiastic"
    r"|dedicated|passionate|reliable|friendly|energetic|qualified|ambitious|detail[- ]oriented"
    r"|knowledgeable|innovative|top-?notch|exceptional|outstanding|seasoned|strong|curious"
    r"|creative|driven|dynamic|great|strong|full[- ]time|part[- ]time|hands[- ]on|self[- ]\w+"
    r"|results[- ]\w+)"
    r"(?:,\s*|\s+and\s+|\s+))*",
    re.IGNORECASE,
)
_AFTER_TITLE = re.compile(r"\s+(?:to|who|that|with|whose|where)\b")
_NO_TITLE = re.compile(
    r"<\w|\b(?:is|are) (?:seeking|hiring|looking)\b|\d{4}$|^\W*\d|[,:]\s*$"
    r"|\b(?:title|purposes?|posting|description|summary|overview|apply|role)\W*$"
    r"|\b(?:hybrid|remote|on-?site)\b.*,",
    re.IGNORECASE,
)
"""What a line says that is no title: a label, a date, markup, a place, a sentence."""
_TOP_LINES = 6
_LONGEST_TITLE = 90
_OPENING = 800
"""Characters from a job's start in which it says whom it looks for."""


def title_score(segment: str) -> int:
    """Return how much a segment reads like a job title: 0 not, 2 by a word, 3 by its noun."""
    words = [word.lower() for word in _WORD.findall(_RANK.sub("", segment))]
    if not words or len(words) > _MOST_WORDS or segment[-1:] in ".!?;":
        return 0
    head = _WORD.findall(_HEAD_END.split(segment, maxsplit=1)[0])
    if (head and _is_title_word(head[-1].lower())) or _is_title_word(words[-1]):
        return 3
    return 2 if any(map(_is_title_word, words)) else 0


def title_end(segment: str) -> int | None:
    """Return where a title ends that an employer's name follows without a mark, or None."""
    words = list(_WORD.finditer(segment))[:_MOST_WORDS]
    ends = [word.end() for word in words if _is_title_word(word.group().lower())]
    if not ends:
        return None
    of = _OF_WHAT.match(segment, ends[-1])
    end = of.end() if of else ends[-1]
    return end if end < len(segment) else None


def sought(text: str) -> Quote | None:
    """Return the title that a job's first sentences look for: "we are hiring a nurse"."""
    for match in _SOUGHT.finditer(text, 0, _OPENING):
        rest = _AFTER_TITLE.split(match["rest"])[0]
        end = title_end(rest + " .")
        praise = _PRAISE.match(rest)
        first = praise.end() if praise else 0
        if end and first < end:
            start = match.start("rest")
            return Quote(rest[first:end], start + first, start + end, 0.5)
    return None


def announced(text: str, start: int, end: int) -> Quote | None:
    """Return the title of a job that begins with `text[start:end]`, a line that may be one.

    A line near the top with the noun of a title is surer than a first line without.
    """
    for line in (text[start:end], *text[end : end + _OPENING].splitlines()[:_TOP_LINES]):
        at = text.index(line, start)
        if title_score(line) > 1 and not _NO_TITLE.search(line) and len(line) <= _LONGEST_TITLE:
            written = line.strip(" \t*#_-|")
            first = text.index(written, at)
            return Quote(written, first, first + len(written), 0.8)
    said = text[start:end]
    if len(said) > _LONGEST_TITLE or _NO_TITLE.search(said) or _PLACE.fullmatch(said.strip(" .,")):
        return None
    return Quote(said, start, end, 0.4)


def employer_score(segment: str) -> int:
    """Return how much a segment reads like an employer: -1 a place, 1 by capitals, 2 by words."""
    if _PLACE.fullmatch(segment.strip(" .,")):
        return -1
    words = segment.split()
    if len(words) > _MOST_WORDS or segment[-1] in ";:!?":
        return 0
    in_capitals = all(word[0].isupper() or not word[0].isalpha() for word in words if len(word) > 3)
    if not in_capitals or segment[0].islower() or sum(map(str.isalpha, segment)) < 2:
        return 0
    return 2 if _EMPLOYER_WORDS.search(segment) and not _PART.match(segment) else 1


def _is_title_word(word: str) -> bool:
    return word in _TITLE_WORDS or word.removesuffix("in").endswith(_TITLE_ENDINGS)
