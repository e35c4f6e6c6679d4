"""The words by which job texts announce their sections and give away what is no requirement."""

import re
from typing import Literal

Section = Literal["title", "must", "nice", "duty", "open", "about", "offer", "fact"]
"""`open`: no heading says what it is. `about`: the employer. `offer`: pay, benefits, procedure.
`fact`: a property of the post that no resume proves, such as its place."""


def _any_of(phrases: str) -> re.Pattern[str]:
    """Return a pattern for whole words that match one of the phrases, parted by semicolons."""
    parted = "|".join(" ".join(phrase.split()) for phrase in phrases.split(";"))
    return re.compile(rf"\b(?:{parted})(?!\w)", re.IGNORECASE)


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


HEADING_VOCABULARY = _words(
    """
    a abilities ability about academic accountabilities additional all an and apply are as
    background basic be believe benefit benefits bonus bring build candidate certification
    certifications clearance company compensation competence competences competencies competency
    considered core credentials criteria culture date day day-to-day department description
    desirable desired details diversity do doing duration duties duty education educational eeo
    employer employment equal essential essentials experience expertise for from functions general
    get good great hard have haves hours how i ideal ideally if in include includes including
    inclusion industry is it it's job key know knowledge language languages level licenses
    licensing life like list location locations look looking main mandatory minimal minimum mission
    more must must-have must-haves need needed needs nice nice-to-have nice-to-haves non not notice
    objective of offer offered on opening opportunities opportunity optional or other our overview
    own package pay perks person physical plus pluses points policy position possess preferable
    preferably preferred prefered prerequisites primary privacy process profile proficiencies
    purpose qualification qualifications range relevant required requirement requirements
    responsibilities responsibility rewards role salary schedule scope sector seek seeking
    seniority shift should skill skills skillset soft special specialized specific specifications
    stack statement strong sub-type succeed successful summary supplemental take task tasks tech
    technical technologies technology that the there this time title to tools training type typical
    us values vacancy vision want we we'll we're we've what what's where who why will with work
    worker working would you you'd you'll you're you've your
    """
)
"""A line of these words alone is a heading, even where nothing marks it as one."""

TITLE_HEADING = re.compile(r"(?:(?:job|position|role) )?title|vacancy|position|role")

HEADINGS: tuple[tuple[Section, re.Pattern[str]], ...] = (
    ("about", _any_of("about us; about our (?:company|team)")),
    ("fact", _any_of("(?:desired|preferred|possible) locations?")),
    (
        "nice",
        _any_of(
            r"""prefer\w+; desir(?:ed|able); nice[ -]to[ -]ha\w+; bonus(?! plan); plus(?:es)?;
            optional; (?:good|great) to have; would be (?:great|nice|good)"""
        ),
    ),
    (
        "fact",
        _any_of(
            r"""locations?; hours; schedule; shift; duration; department; \w+ date; industry;
            seniority; physical; salary; pay; contact; reports? to; school; gehalt; wage;
            (?:job|req(?:uisition)?|reference) (?:id|code|number|no);
            (?:job|employment|work|contract|worker|time) (?:sub-)?type"""
        ),
    ),
    (
        "offer",
        _any_of(
            r"""benefits?; perks; compensation; rewards; (?:we|our|to) offer(?:ed)?; equal; eeo;
            what's in it; diversity; apply(?! if); privacy; why; fake; fraud; warning;
            (?:application|hiring|interview) process"""
        ),
    ),
    ("duty", _any_of(r"responsib\w+; dut(?:y|ies); tasks?; functions; accountabilities")),
    (
        "must",
        _any_of(
            r"""requirements?; required; qualifications?; must; mandatory; essentials?; minimum;
            skills?; skillset; competenc\w+; experience; knowledge; abilities; education;
            expertise; certifications?; technolog\w+; stack; tools; languages?; prerequisites;
            criteria; credentials; background; candidate; profile; looking for;
            we (?:need|seek|want); about you; who you; if you; you(?:'ll| will) (?:have|bring|need);
            you(?:'ve|'re| are| have| bring| need| know| should| possess)"""
        ),
    ),
    (
        "about",
        _any_of(
            r"""about (?!(?:the |this |your )?(?:role|job|position|opportunity|work|you)\b)[\w']+;
            who we are; we believe; company; employer; culture; life at; mission; values; vision;
            our (?:mission|values|team|story|vision|purpose)"""
        ),
    ),
    (
        "duty",
        _any_of(
            r"""you(?:'ll|'d| will| would); role; job; position; opportunity; summary; description;
            overview; purpose; day-to-day; day; work; scope; do"""
        ),
    ),
)
"""What gives away the section that a heading opens; the first that matches decides."""

NAMED_HEADING = re.compile(
    r"(?:About|Why(?: join| work (?:at|for|with))?|Life at|Working (?:at|for|with)|Join|Meet"
    r"|(?:Benefits|Perks|Culture|Careers) (?:at|of)|Who is|What is)"
    r"(?: (?:[A-Z&][\w&.'’-]*|the|our|of|and)){1,5}\??"
)
"""Headings that name the employer: "About Acme", "Why join Acme Robotics?"."""

ONLY_A_MARK = re.compile(
    r"\((?:(?:is|a|an|strongly|highly|big|huge|definite|not|would be)\s+)*(?:prefer\w*|plus|bonus"
    r"|nice[ -]to[ -]have|desir\w+|optional|required|must(?:[ -]have)?|mandatory|essential|asset"
    r"|advantage\w*)\)",
    re.IGNORECASE,
)
"""Brackets that say how much all that stands before them is wanted."""

ASIDE = re.compile(
    r"(?<=\w)\s+(?=(?:and\s+|but\s+|or\s+)?(?:ideally|preferably)\s+\w)|"
    r"\s*[,;]?\s*\((?=[^()]*\b(?:prefer\w*|plus|bonus|desir\w+|ideal\w*|nice to have|required"
    r"|must)\b)"
    r"|(?<=\w)[,;]\s+(?=(?:but\s+|with\s+)?(?:(?:an?|the)\s+)?(?:ideally|preferably|master\S*|mba|phd|ph\.d\S*"
    r"|bachelor\S*|doctora\S*|bsn|advanced\s+degree|experience\s+(?:in|with)|knowledge\s+of"
    r"|familiarity\s+with|\d+\+?\s+years)\b[^,;]*$)",
    re.IGNORECASE,
)
"""Where a statement goes on with what is wanted more or less: "(Master's preferred)"."""

NOT_NEEDED = _any_of(
    r"""(?:not|isn't|aren't|never) (?:be )?(?:required|essential|necessary|needed|mandatory|a must);
    no (?:[\w+#./-]+ ){1,6}?(?:required|necessary|needed|expected)"""
)
MUST = _any_of(
    r"must(?! not)(?!-); (?<!as )required; requires?; mandatory; essential; minimum; at least"
)
NICE = _any_of(
    r"""prefer(?:red|ably|ence|able)?; plus(?=\W*$); (?:a|an|is|are|as)(?: \w+)? plus;
    nice[ -]to[ -]have; good to have; bonus(?! plan| scheme| pay); desir(?:ed|able);
    advantag(?:e|eous); ideally; beneficial; (?:an|strong) asset; optional;
    (?:would|will|is|are) (?:be )?(?:great|nice|helpful|useful);
    (?:we|i)(?:'d|’d| would) (?:also )?love; love it if"""
)

NEVER = _any_of(
    r"""equal[ -](?:employment[ -])?opportunit\w+; equal consideration; sexual orientation;
    gender identity; protected veterans?; affirmative action; e-verify;
    (?:regardless of|without regard to|on the basis of|because of|based on)
    (?:\w+,? ){0,4}(?:race|gender|sex|age|color|religion|disability|ethnicity);
    race, (?:colou?r|religion|gender|sex|ethnicity|national);
    reasonable (?:accommodations?|adjustments?);
    (?:need|needs|require|requires|request|requesting) (?:\w+ ){0,6}?(?:accommodations?|assistive);
    (?:ranges?|salary) (?:are|is|may be) (?:determined|modified|based); no phone calls;
    powered by [A-Z]\w+; (?:is|are) subject to close; arrest (?:and|or) conviction;
    (?:does not|do not|never|not) (?:unlawfully )?discriminate;
    (?:criminal )?background (?:check|investigation|screening)s?; drug (?:screen|test)(?:s|ing)?;
    unsolicited (?:resumes?|cvs?); recruit\w+ (?:agenc\w+|firms?);
    privacy (?:policy|notice|statement);
    to apply; apply (?:now|online|today|here|via|at|by|through|directly|on our|for this);
    (?:send|submit|e?-?mail|share|forward|upload)(?: us)?(?: your| a| the)?(?: updated)?
    (?:resume|résumé|cv|application|cover letter);
    (?:applications?|candidates|applicants) (?:will be|are|must be)
    (?:considered|reviewed|accepted|contacted|submitted|received);
    learn more (?:about|at); click (?:here|on|the); https?://\S+; all rights reserved; copyright;
    qualified applicants; receiving your resume; (?:identity and )?eligibility to work;
    (?:authori[sz](?:ed|ation)|right) to work; visas?; sponsorship; citizens?(?:hip)?;
    (?:salary|pay|compensation|rate) (?:range|is|of|will); base (?:salary|pay)"""
)
"""What sentences of law, procedure and pay say; no section turns them into requirements."""

PAY_ALONE = re.compile(
    r"\W*(?:(?:pay|salary|wage|rate|gehalt|compensation)\w*\W+(?:range\W+|is\W+)?)?"
    r"(?:(?:USD|EUR|GBP|[$€£])?\s?\d[\d.,]*\s?k?\s?(?:USD|EUR|GBP|[$€£])?\s*(?:-|–|—|to|bis)?\s*){1,2}"
    r"(?:(?:/|per|an?|pro)\s*(?:hour|hr|day|week|month|year|annum|stunde|monat|jahr)|annually|hourly|weekly)\W*",
    re.IGNORECASE,
)
"""A statement of pay and of nothing else."""

_BENEFITS = r"""401\(?k\)?; (?:medical|health|dental|vision|life|disability)(?:,|,? and)?
    (?:insurance|plans?|benefits?|coverage|medical|health|dental|vision|life|disability);
    paid (?:time off|holidays?|vacation|leave|parental|sick|family); pto;
    (?:parental|maternity|paternity|family) leave; stock (?:options?|purchase);
    equity (?:package|plan|grant); (?:tuition|education(?:al)?) (?:reimbursement|assistance);
    competitive (?:\w+ )?(?:salary|pay|compensation|benefits|wage|rates?|package);
    benefits? (?:package|plans?|include|are|program); perks; pension;
    retirement (?:plan|savings); bonus(?:es)? (?:plan|scheme|program|structure|potential);
    (?:annual|signing|performance|quarterly) bonus(?:es)?; work[ -]life balance;
    (?:gym|wellness) (?:membership|program|allowance); health savings;
    free (?:\w+ )?(?:lunch\w*|meals?|snacks?|food|parking|coffee|counseling);
    (?:unlimited|generous|flexible) (?:\w+ )?(?:pto|vacation|time off|holiday|leave|hours)"""
BENEFITS = _any_of(_BENEFITS)
"""What employers give for work; whoever administers it says so with a verb."""
OFFERED = _any_of(
    rf"""{_BENEFITS};
    we (?:also )?offer; we provide (?:you|our employees|competitive|a competitive);
    (?:full|part)[ -]time; days? (?:a|per) week; from home; remote(?:ly)?; hybrid"""
)
"""What employers give: pay and benefits, hours and place."""

OURSELVES = re.compile(
    r"(?:At [A-Z][\w .&'-]{0,40},|[A-Z][\w&.-]*['’]s (?:mission|vision|purpose|goal|culture"
    r"|values)\b"
    r"|(?:Our|We|We're|Join us|Come join|Founded|Headquartered|Here at"
    r"|With over|With more than|Everything we|Everything that we)\b)"
)
"""How sentences begin in which employers speak of themselves."""

COMPANY = re.compile(
    rf"{OURSELVES.pattern}|[A-Z][\w&.'-]*(?: [A-Z(][\w&.'()-]*){{0,4}},? (?:is|was|has been"
    r"|provides|delivers|helps|offers|builds|makes|operates|serves|develops|creates|carries|sells|runs|owns"
    r"|employs|connects|supplies|produces|manufactures|ships|brings|powers|enables|supports"
    r"|believes|strives) "
)
"""How those begin that may be about the employer: a name, known by its capital, does something."""

SEEKS = _any_of(
    r"""(?:looking|searching|search) (?:for|to (?:hire|add|bring|fill)); seek(?:s|ing)?;
    (?:is|are) hiring; we (?:need|want|require); (?:in need of|needs?) (?:a|an); required;
    (?:must|should) (?:have|be|possess|know|hold); \d+\+? years?; proficien\w+; familiarity with;
    (?:experience|experienced) (?:with|in|as|of|using|working|building);
    (?:knowledge|understanding|mastery|command) of; (?:degree|diploma|certification) in;
    responsible for; ability to; expertise in; fluen(?:t|cy) in; preferred; a (?:\w+ )?plus;
    you (?:have|bring|know|possess|need|should have|will need);
    (?:ideal|successful|right|strong) candidates?"""
)
"""How a sentence asks for somebody or something."""

_ITEM = (
    "Ability|Able to|Bachelor's|Demonstrated|Excellent|Experienced?|Familiarity|Good|Hands[ -]on"
    "|Knowledge|Minimum|Must|Proficien(?:cy|t)|Proven|Should|Solid|Strong|Understanding"
)
_VERB = (
    "Act|Analy[sz]e|Assist|Attend|Build|Collaborate|Communicate|Conduct|Coordinate|Create|Define"
    "|Deliver|Demonstrate|Design|Develop|Document|Drive|Ensure|Establish|Evaluate|Follow|Guide|Help"
    "|Identify|Implement|Improve|Lead|Maintain|Manage|Mentor|Monitor|Own|Participate|Partner"
    "|Perform|Plan|Prepare|Provide|Research|Review|Support|Test|Troubleshoot|Use|Work|Write"
)
RUN_ON = re.compile(
    rf"(?<=[a-z)])(?=(?:{_ITEM}|{_VERB}|\d+\+? years)\b"
    r"|(?:Job )?(?:Location|Type|Title|Duration)\s?:)"
)
"""Where bullets that lost their line breaks were run together without even a space."""

FLATTENED = re.compile(
    rf"\b(?P<before>[\w+#)]+)\s+(?=(?:{_ITEM}|(?P<verb>{_VERB}))\b)|\s+-\s+(?=[A-Z])"
)
"""Where they were run together with one. Verbs look like parts of names ("Customer Support")."""

TO_DO = re.compile(
    r"(?:(?:In|As)\b[^,.]{3,60},\s+)?you(?:['’]ll| will)\s+(?!have\b|need\b|bring\b|possess\b"
    r"|hold\b|know\b|be\s+(?:an?\b|able|comfortable|familiar|fluent|proficient|experienced|skilled|eligible)|also\b|love\b)\w+",
    re.IGNORECASE,
)
"""How a sentence begins that tells what the work will be, whatever its heading."""
NO_STATEMENT = re.compile(
    r"\W*(?:yes|no|none|n/?a|tbd|not applicable|regular|employee|full[- ]time|part[- ]time"
    r"|(?:fully )?(?:on-?site|remote|hybrid)(?: (?:job|role|position|only|work))?)\W*",
    re.IGNORECASE,
)
PLACE_ALONE = re.compile(
    r"\W*(?:[A-Z][\w.'’-]*(?: [A-Z][\w.'’-]*){0,3}, [A-Z]{2}\b"
    r"(?:\s*(?:,|;|/|\bor\b|\band\b)\s*)?)+\W*"
    r"|.*\b[A-Z]{2}\W{1,3}\d{5}(?:-\d{4})?\W*",
)
"""A place and nothing else, or the end of an address."""
"""What fills in a form and asks for nothing."""

TO_READER = _any_of(r"you (?:will|are|can); you'll; you're")
