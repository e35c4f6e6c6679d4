"""Invented resumes with known truth: many layouts, many ways to write dates, all occupations.

`resumes(count, seed)` draws people and writes each in one layout and one date style. What is true
of them is kept beside the text, made before it and independently of any parser.
"""

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass

MONTHS = (
    "January February March April May June July August September October November December".split()
)
GERMAN = (
    "Januar Februar März April Mai Juni Juli August September Oktober November Dezember".split()
)
NOW = 12 * 2024  # January 2024: the month of `today` in the tests


@dataclass(frozen=True)
class Job:
    title: str
    employer: str
    first: int
    last: int | None
    """Months since year 0, both included; None where it goes on."""
    lines: tuple[str, ...]
    skills: tuple[str, ...]


@dataclass(frozen=True)
class Study:
    level: str
    degree: str
    field: str
    school: str
    year: int


@dataclass(frozen=True)
class Person:
    name: str
    jobs: tuple[Job, ...]
    studies: tuple[Study, ...]
    listed: tuple[str, ...]

    @property
    def months(self) -> int:
        covered: set[int] = set()
        for job in self.jobs:
            covered.update(range(job.first, NOW if job.last is None else job.last + 1))
        return len(covered)

    @property
    def degree(self) -> str:
        order = ("none", "associate", "bachelor", "master", "doctorate")
        return max((study.level for study in self.studies), key=order.index)


@dataclass(frozen=True)
class Sample:
    person: Person
    text: str
    layout: str
    dates: str
    sections: tuple[str, ...]


# Occupation: titles, skills by their names in the lexicon, statements.
TRADES: dict[str, tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]] = {
    "accounting": (
        ("Staff Accountant", "Senior Accountant", "Accounting Manager"),
        ("accounts payable", "payroll", "quickbooks", "general ledger"),
        (
            "Closed the books for 12 entities within four days of month end",
            "Prepared tax filings and answered the questions of outside reviewers",
        ),
    ),
    "law": (
        ("Paralegal", "Legal Assistant", "Associate Attorney"),
        ("litigation", "legal research", "westlaw", "mediation"),
        (
            "Drafted motions and summaries for a team of six partners",
            "Tracked deadlines of 40 open matters in two courts",
        ),
    ),
    "farming": (
        ("Farm Manager", "Field Technician", "Agronomist"),
        ("irrigation", "crop production", "pest management", "soil science"),
        (
            "Ran 300 acres of wheat with a crew of eight",
            "Cut water use by 18% after mapping the fields anew",
        ),
    ),
    "fashion": (
        ("Assistant Designer", "Pattern Maker", "Store Manager"),
        ("sewing", "pattern making", "visual merchandising", "merchandising"),
        (
            "Developed two seasonal lines with factories abroad",
            "Raised sales per visit by 9% with new window themes",
        ),
    ),
    "aviation": (
        ("Aviation Technician", "Avionics Technician", "Maintenance Supervisor"),
        ("aircraft maintenance", "avionics", "aircraft inspection", "calibration"),
        (
            "Kept a fleet of 14 turboprops ready at two bases",
            "Rewired instrument panels without one delayed departure",
        ),
    ),
    "banking": (
        ("Personal Banker", "Branch Manager", "Loan Officer"),
        ("cash handling", "lending", "banking", "anti-money laundering"),
        (
            "Opened 250 accounts in the first year and trained three tellers",
            "Reviewed files for missing signatures before funding",
        ),
    ),
    "kitchen": (
        ("Line Cook", "Sous Chef", "Executive Chef"),
        ("menu planning", "food safety", "baking", "catering"),
        (
            "Led a crew of ten through 400 covers on weekends",
            "Lowered waste by 12% with smaller daily orders",
        ),
    ),
    "building": (
        ("Site Supervisor", "Carpenter", "Project Superintendent"),
        ("carpentry", "blueprint reading", "construction safety", "concrete work"),
        (
            "Finished a school wing three weeks early and under its budget",
            "Checked the work of nine trades every day",
        ),
    ),
    "design": (
        ("Graphic Designer", "Art Director", "Web Designer"),
        ("photoshop", "indesign", "typography", "figma"),
        (
            "Redrew the look of a magazine with 80,000 readers",
            "Built style sheets that four teams now share",
        ),
    ),
    "engineering": (
        ("Mechanical Engineer", "Design Engineer", "Quality Engineer"),
        ("solidworks", "finite element analysis", "gd&t", "lean manufacturing"),
        (
            "Reduced scrap from 6% to 2% on the pump line",
            "Released 70 drawings for a new gearbox",
        ),
    ),
    "fitness": (
        ("Personal Trainer", "Fitness Coach", "Gym Manager"),
        ("personal training", "nutrition", "yoga", "strength training"),
        (
            "Guided 35 clients a week through plans made for each",
            "Started a class for beginners that is full every term",
        ),
    ),
    "health": (
        ("Registered Nurse", "Charge Nurse", "Medical Assistant"),
        ("patient care", "phlebotomy", "wound care", "triage"),
        (
            "Cared for up to six patients a shift on a surgical ward",
            "Trained 11 new colleagues on the bedside checks",
        ),
    ),
    "people": (
        ("HR Generalist", "Recruiter", "HR Manager"),
        ("recruitment", "onboarding", "employee relations", "benefits administration"),
        (
            "Filled 60 openings a year within 40 days each",
            "Wrote the handbook that all sites use today",
        ),
    ),
    "software": (
        ("Software Engineer", "Backend Developer", "DevOps Engineer"),
        ("python", "kubernetes", "postgresql", "terraform"),
        (
            "Halved response times of a service with 2 million users",
            "Moved nightly jobs to containers with a team of four",
        ),
    ),
    "sales": (
        ("Sales Representative", "Account Manager", "Sales Manager"),
        ("cold calling", "salesforce", "negotiation", "account management"),
        (
            "Beat the yearly target by 22% three times in a row",
            "Won 18 accounts from two competitors",
        ),
    ),
    "school": (
        ("Elementary Teacher", "Science Teacher", "Substitute Teacher"),
        ("lesson planning", "classroom management", "special education", "tutoring"),
        (
            "Taught 27 pupils in two grades with a shared room",
            "Raised reading scores by 14% over one year",
        ),
    ),
}
EMPLOYERS = (
    "Bluebird Industries Inc",
    "Harrow & Finch LLC",
    "Northgate Group",
    "Silverlake Services",
    "Quillstone Partners",
    "Maple Ridge Company",
    "Orchard Hill Center",
    "Tamarack Solutions",
)
SCHOOLS = (
    "Northfield University",
    "Riverton Institute of Technology",
    "Lakeshore College",
    "University of Eastvale",
    "Westbrook State University",
)
FIELDS = ("Business Administration", "Computer Science", "Biology", "Nursing", "Economics")
DEGREES = {
    "none": ("High School Diploma",),
    "associate": ("Associate of Arts", "Associate of Applied Science", "A.A.S."),
    "bachelor": ("Bachelor of Science", "Bachelor of Arts", "B.S.", "BSc", "B.A."),
    "master": ("Master of Science", "M.S.", "MBA", "Master of Arts", "MSc"),
    "doctorate": ("Ph.D.", "PhD", "Doctor of Philosophy"),
}
NAMES = ("Jordan Vale", "Robin Ashdown", "Kim Larkspur", "Alex Thornbury", "Sam Okonjo")

DateStyle = Callable[[Job], str]


def _month(index: int) -> tuple[int, int]:
    return index // 12, index % 12 + 1


def _range(job: Job, point: Callable[[int], str], link: str, now: str) -> str:
    return point(job.first) + link + (now if job.last is None else point(job.last))


def _long(job: Job) -> str:
    return _range(job, lambda i: f"{MONTHS[i % 12]} {i // 12}", " – ", "Present")


def _short(job: Job) -> str:
    return _range(job, lambda i: f"{MONTHS[i % 12][:3]} {i // 12}", " - ", "Current")


def _figures(job: Job) -> str:
    return _range(job, lambda i: f"{i % 12 + 1:02}/{i // 12}", " - ", "present")


def _iso(job: Job) -> str:
    return _range(job, lambda i: f"{i // 12}-{i % 12 + 1:02}", " to ", "now")


def _dotted(job: Job) -> str:
    return _range(job, lambda i: f"{i % 12 + 1:02}.{i // 12}", " – ", "today")


def _apostrophe(job: Job) -> str:
    return _range(job, lambda i: f"{MONTHS[i % 12][:3]} '{i // 12 % 100:02}", " – ", "present")


def _with_days(job: Job) -> str:
    return _range(job, lambda i: f"{MONTHS[i % 12]} 3, {i // 12}", " to ", "Present")


def _german(job: Job) -> str:
    return _range(job, lambda i: f"{GERMAN[i % 12]} {i // 12}", " – ", "heute")


def _years(job: Job) -> str:
    return _range(job, lambda i: str(i // 12), "-", "Present")


DATE_STYLES: dict[str, DateStyle] = {
    "long": _long,
    "short": _short,
    "figures": _figures,
    "iso": _iso,
    "dotted": _dotted,
    "apostrophe": _apostrophe,
    "with days": _with_days,
    "german": _german,
    "years": _years,
}

Layout = Callable[[Person, DateStyle], tuple[str, tuple[str, ...]]]


def _summary(person: Person) -> str:
    return f"{person.jobs[0].title} who likes clear goals and calm teams."


def _study(study: Study) -> str:
    return f"{study.degree} in {study.field}, {study.school}, {study.year}"


def _used(job: Job) -> str:
    return f"Used {job.skills[0]} and {job.skills[1]} throughout"


def classic(person: Person, dates: DateStyle) -> tuple[str, tuple[str, ...]]:
    lines = [person.name, "12 Elm Street, Eastvale, OH", "", "Summary", _summary(person), ""]
    lines += ["Professional Experience"]
    for job in person.jobs:
        lines += [f"{job.title}\t{dates(job)}", job.employer]
        lines += [f"• {line}" for line in (*job.lines, _used(job))]
    lines += ["", "Education", *map(_study, person.studies), "", "Skills", ", ".join(person.listed)]
    return "\n".join(lines), ("summary", "experience", "education", "skills")


def capitals(person: Person, dates: DateStyle) -> tuple[str, tuple[str, ...]]:
    lines = [person.name.upper(), "OBJECTIVE:", _summary(person), "WORK HISTORY:"]
    for job in person.jobs:
        lines += [f"{job.title}, {job.employer} ({dates(job)})"]
        lines += [f"- {line}" for line in (*job.lines, _used(job))]
    lines += ["EDUCATIONAL BACKGROUND:", *map(_study, person.studies)]
    lines += ["CORE COMPETENCIES:", *(f"- {skill}" for skill in person.listed)]
    return "\n".join(lines), ("summary", "experience", "education", "skills")


def dates_first(person: Person, dates: DateStyle) -> tuple[str, tuple[str, ...]]:
    lines = [person.name, "", "Employment History", ""]
    for job in person.jobs:
        lines += [dates(job), job.employer, job.title, *(f"* {line}" for line in job.lines)]
        lines += [f"* {_used(job)}", ""]
    lines += ["Academic Background", ""]
    for study in person.studies:
        lines += [str(study.year), study.school, f"{study.degree} in {study.field}", ""]
    lines += ["Technical Skills", "", " | ".join(person.listed)]
    return "\n".join(lines), ("experience", "education", "skills")


def broken_lines(person: Person, dates: DateStyle) -> tuple[str, tuple[str, ...]]:
    """Every field on a line of its own, dates broken apart, as some extractors leave them."""
    lines = [person.jobs[0].title.upper(), "Highlights", *person.listed, "Experience"]
    for job in person.jobs:
        parts = dates(job)
        for link in (" – ", " - ", " to ", "-"):
            if link in parts[4:]:
                first, _, last = parts.rpartition(link)
                parts = f"{first}\n \nto \n{last}"
                break
        lines += [job.employer, " ", parts, " ", job.title, " ", "Eastvale", " ", ", ", "OH"]
        lines += [*job.lines, _used(job)]
    lines += ["Education and Training"]
    for study in person.studies:
        lines += [study.degree, " ", ": ", study.field, " ", study.school, " ", str(study.year)]
    return "\n".join(lines), ("skills", "experience", "education")


def markdown(person: Person, dates: DateStyle) -> tuple[str, tuple[str, ...]]:
    lines = [f"# {person.name}", "", "## About me", "", _summary(person), "", "## Experience", ""]
    for job in person.jobs:
        lines += [f"### {job.title} – {job.employer}", f"*{dates(job)}*", ""]
        lines += [f"- {line}" for line in (*job.lines, _used(job))] + [""]
    lines += ["## Education", "", *(f"- {_study(study)}" for study in person.studies), ""]
    lines += ["## Skills", "", *(f"- {skill}" for skill in person.listed)]
    return "\n".join(lines), ("summary", "experience", "education", "skills")


def pipes(person: Person, dates: DateStyle) -> tuple[str, tuple[str, ...]]:
    lines = [f"{person.name} | +1 555 010 2233 | someone@mail.example", "", "CAREER HISTORY"]
    for job in person.jobs:
        lines += [f"{job.employer} | {job.title} | {dates(job)}"]
        lines += [*(f"▪ {line}" for line in job.lines), f"▪ {_used(job)}"]
    lines += ["", "EDUCATION"]
    lines += [f"{s.school} | {s.degree} | {s.field} | {s.year}" for s in person.studies]
    lines += ["", "AREAS OF EXPERTISE", " • ".join(person.listed)]
    return "\n".join(lines), ("experience", "education", "skills")


def spaced(person: Person, dates: DateStyle) -> tuple[str, tuple[str, ...]]:
    lines = [person.name, "P R O F I L E", _summary(person), "E X P E R I E N C E"]
    for job in person.jobs:
        lines += [job.title, f"{job.employer}   {dates(job)}", *job.lines, _used(job)]
    lines += ["E D U C A T I O N", *map(_study, person.studies)]
    lines += ["S K I L L S", "; ".join(person.listed)]
    return "\n".join(lines), ("summary", "experience", "education", "skills")


def table(person: Person, dates: DateStyle) -> tuple[str, tuple[str, ...]]:
    lines = ["Name:\t" + person.name, "", "WORK EXPERIENCE"]
    for job in person.jobs:
        lines += [f"{dates(job)}\t{job.title}\t{job.employer}"]
        lines += [f"\t{line}" for line in (*job.lines, _used(job))]
    lines += ["", "EDUCATION"]
    lines += [f"{s.year}\t{s.degree}, {s.field}\t{s.school}" for s in person.studies]
    lines += ["", "COMPUTER AND OTHER SKILLS", "\t".join(person.listed)]
    return "\n".join(lines), ("experience", "education", "skills")


def run_on(person: Person, dates: DateStyle) -> tuple[str, tuple[str, ...]]:
    """All on one line, as a form field or a careless extractor leaves it."""
    parts = [person.jobs[0].title, "Authorized to work for any employer", "Work Experience"]
    for job in person.jobs:
        parts += [f"{job.title} {job.employer} - Eastvale, OH {dates(job)}"]
        parts += [f"{line}." for line in (*job.lines, _used(job))]
    parts += ["Education", *map(_study, person.studies), "Skills", ", ".join(person.listed)]
    text = " ".join(parts)
    padding = "Helped where help was needed and wrote down what others would look for. "
    while len(text) < 700:
        text = text.replace(" Education ", f" {padding}Education ", 1)
    return text, ("experience", "education", "skills")


def german_words(person: Person, dates: DateStyle) -> tuple[str, tuple[str, ...]]:
    lines = [person.name, "", "Berufserfahrung"]
    for job in person.jobs:
        lines += [f"{dates(job)}  {job.title}, {job.employer}"]
        lines += [f"- {line}" for line in (*job.lines, _used(job))]
    lines += ["", "Ausbildung", *map(_study, person.studies)]
    lines += ["", "Kenntnisse", ", ".join(person.listed)]
    return "\n".join(lines), ("experience", "education", "skills")


def education_first(person: Person, dates: DateStyle) -> tuple[str, tuple[str, ...]]:
    lines = [person.name, "", "EDUCATION"]
    for study in person.studies:
        lines += [f"{study.school}, {study.year}", f"{study.degree} in {study.field}"]
    lines += ["", "TOOLS & TECHNOLOGIES", ", ".join(person.listed), "", "RELEVANT EXPERIENCE"]
    for job in person.jobs:
        lines += [f"{job.employer}, Eastvale, OH", f"{job.title}, {dates(job)}"]
        lines += [f"• {line}" for line in (*job.lines, _used(job))]
    return "\n".join(lines), ("education", "skills", "experience")


def at_style(person: Person, dates: DateStyle) -> tuple[str, tuple[str, ...]]:
    lines = [person.name, _summary(person), "", "Experience:"]
    for job in person.jobs:
        lines += [f"{job.title} at {job.employer}", dates(job)]
        lines += [*(f"– {line}" for line in job.lines), f"– {_used(job)}"]
    lines += ["", "Education:", *map(_study, person.studies), "", "Key Skills:"]
    lines += [", ".join(person.listed)]
    return "\n".join(lines), ("experience", "education", "skills")


def labels(person: Person, dates: DateStyle) -> tuple[str, tuple[str, ...]]:
    """Headings that share their line with what follows."""
    lines = [f"Name: {person.name}", f"Objective: {_summary(person)}"]
    lines += [f"Skills: {', '.join(person.listed)}", "Experience:"]
    for job in person.jobs:
        lines += [f"{job.title} ({job.employer}) {dates(job)}", *job.lines, _used(job)]
    lines += [f"Education: {_study(person.studies[0])}", *map(_study, person.studies[1:])]
    return "\n".join(lines), ("summary", "skills", "experience", "education")


def sidebar(person: Person, dates: DateStyle) -> tuple[str, tuple[str, ...]]:
    """A narrow column of lists, and then the story."""
    lines = ["Contact", "someone@mail.example", "+1 555 010 2233", "Skills", *person.listed]
    lines += ["Languages", "English - native", "Interests", "Hiking", "Chess", person.name]
    lines += ["Profile", _summary(person), "Work Experience"]
    for job in person.jobs:
        lines += [job.title, job.employer, dates(job), *(f"• {line}" for line in job.lines)]
        lines += [f"• {_used(job)}"]
    lines += ["Education"]
    for study in person.studies:
        lines += [f"{study.degree}, {study.field}", study.school, str(study.year)]
    return "\n".join(lines), (
        *("personal", "skills", "languages", "interests"),
        *("summary", "experience", "education"),
    )


def numbered(person: Person, dates: DateStyle) -> tuple[str, tuple[str, ...]]:
    lines = ["CURRICULUM VITAE", person.name, "", "1. Summary of Qualifications", _summary(person)]
    lines += ["", "2. Employment"]
    for job in person.jobs:
        lines += [f"{dates(job)}: {job.title}, {job.employer}"]
        lines += [f"  o {line}" for line in (*job.lines, _used(job))]
    lines += ["", "3. Education and Qualifications", *map(_study, person.studies)]
    lines += ["", "4. Skills and Abilities", ", ".join(person.listed), "", "5. References"]
    lines += ["Given when asked for"]
    return "\n".join(lines), ("summary", "experience", "education", "skills", "references")


LAYOUTS: dict[str, Layout] = {
    layout.__name__: layout
    for layout in (
        *(classic, capitals, dates_first, broken_lines, markdown, pipes, spaced, table, run_on),
        *(german_words, education_first, at_style, labels, sidebar, numbered),
    )
}


def people(count: int, seed: int) -> Iterator[Person]:
    """Yield invented people; the trade goes round, everything else is drawn."""
    draw = random.Random(seed)
    trades = list(TRADES.values())
    for index in range(count):
        titles, skills, lines = trades[index % len(trades)]
        yield Person(
            draw.choice(NAMES),
            tuple(_jobs(draw, titles, skills, lines)),
            tuple(_studies(draw)),
            skills,
        )


def _jobs(
    draw: random.Random, titles: tuple[str, ...], skills: tuple[str, ...], lines: tuple[str, ...]
) -> Iterator[Job]:
    after = NOW - draw.randrange(0, 30)
    employers = draw.sample(EMPLOYERS, 3)
    for index in range(draw.choice((1, 2, 2, 3))):
        length = draw.randrange(14, 60)
        last = None if index == 0 and draw.random() < 0.4 else after - 1
        first = (NOW if last is None else after) - length
        pair = draw.sample(skills, 2)
        yield Job(titles[-1 - index], employers[index], first, last, lines, tuple(pair))
        after = first - draw.choice((0, 0, 1, 7)) + draw.choice((0, 0, 0, 4))


def _studies(draw: random.Random) -> Iterator[Study]:
    top = draw.choice(("none", "associate", "bachelor", "bachelor", "master", "doctorate"))
    chain = {"master": ("master", "bachelor"), "doctorate": ("doctorate", "master")}
    year = draw.randrange(1996, 2008)
    for level in chain.get(top, (top,)):
        degree = draw.choice(DEGREES[level])
        yield Study(level, degree, draw.choice(FIELDS), draw.choice(SCHOOLS), year)
        year -= draw.randrange(2, 5)


def samples(count: int, seed: int) -> Iterator[Sample]:
    """Yield resumes: each person in the next layout and a date style that moves on beside it."""
    layouts, styles = list(LAYOUTS), list(DATE_STYLES)
    for index, person in enumerate(people(count, seed)):
        layout = layouts[index % len(layouts)]
        style = styles[(index + index // len(layouts)) % len(styles)]
        text, sections = LAYOUTS[layout](person, DATE_STYLES[style])
        yield Sample(person, text, layout, style, sections)
