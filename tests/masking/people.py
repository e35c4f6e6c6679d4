"""Invented resumes in many layouts: the same person under other names and from other schools."""

from dataclasses import dataclass, replace
from random import Random

FIRST_NAMES = (
    "Emily Greg Lakisha Jamal Brendan Tanisha Wei Priya Mohammed Siobhán José Ángela Nguyễn "
    "Olúfẹ́mi Zdzisława Björn Xochitl Kwame Anneliese Qwyneth Tyrone Carlos Yuki Hyun-Jin "
    "Jean-Luc Grant Mark Rose Will April Summer Chase Austin Paris Jordan Ruby Julia Jasper Frank Dean Rich Art"
).split()
LAST_NAMES = (
    "Walsh Baker Washington Jefferson Kowalczyk O'Brien Okonkwo Nguyen Singh Fernández "
    "García-Lopez Müller Yamamoto Kim Al-Sayed Zyzzyx Smith Young White Brown Cook Mason Carpenter Park Long "
    "Banks Rice Duke Field Chen Li Johansson Papadopoulos Ivanov Ferreira Chukwu Hassan"
).split()
TOP = (
    "Stanford University",
    "MIT",
    "Harvard University",
    "University of Oxford",
    "ETH Zürich",
    "University of California, Berkeley",
    "National University of Singapore",
    "Imperial College London",
    "Carnegie Mellon University",
    "École Polytechnique",
    "IIT Bombay",
    "UCLA",
    "Yale University",
    "University of Illinois at Urbana-Champaign",
    "Technical University of Munich",
)
OTHER = (
    "Ohio State University",
    "Springfield Community College",
    "University of Pune",
    "Universidad de los Andes",
    "Hochschule für Technik Stuttgart",
    "Fachhochschule Xanten",
    "Qwertz State University",
    "Western Governors University",
    "Virginia Tech",
    "Lone Pine Technical Institute",
    "St. Mary's College of Ohio",
    "Universitas Gadjah Mada",
    "Indian Institute of Technology, Roorkee",
    "Zyzzyx University of Applied Sciences",
    "The University of the West Indies",
)
SCHOOLS = (*TOP, *OTHER)


@dataclass(frozen=True)
class Person:
    """Who a resume is about. What can be swapped stands here, the rest comes from the seed."""

    first: str = "Emily"
    last: str = "Walsh"
    email: str = "emily.walsh@mail.example"
    phone: str = "(555) 210-4433"
    he: str = "she"
    his: str = "her"
    him: str = "her"
    title: str = "Ms."
    schools: tuple[str, ...] = ("Stanford University", "MIT")


HE = ("he", "his", "him", "Mr.")
SHE = ("she", "her", "her", "Ms.")
THEY = ("they", "their", "them", "Mx.")


def named(person: Person, first: str, last: str) -> Person:
    """Return a person under another name, with an e-mail address to match."""
    mail = f"{first}.{last}@mail.example".lower().encode("ascii", "ignore").decode()
    return replace(person, first=first, last=last, email=mail)


def called(person: Person, pronouns: tuple[str, str, str, str]) -> Person:
    """Return a person spoken of with other pronouns and another title."""
    he, his, him, title = pronouns
    return replace(person, he=he, his=his, him=him, title=title)


HEADERS = (
    "{first} {last}\n{email} | {phone} | Springfield, IL",
    "{FIRST} {LAST}\n12 Elm Street, Apt 4, Dayton, OH 45402\nPhone: {phone}\nE-mail: {email}",
    "Name: {first} {last}\nPhone: {phone}\nDate of birth: 3 May 1985\nNationality: Irish",
    "Curriculum Vitae of {first} {last}\n{email}",
    "Resume - {first} {last}\n{phone}",
    "{last}, {first}\n{phone} / {email}",
    "{first} M. {last}, PhD\nProject Manager\n{email}",
    "{first} {last} | Project Manager | {email} | {phone}",
    "{title} {first} {last}\nLondon, UK\n{phone}",
    "Project Manager\n{first} {last}\nlinkedin.com/in/someone-{phone_end}",
    "{first} {last} - Project Manager\n{email}\n{phone}",
    "{first} {last} {phone} {email}",
)
MENTIONS = (
    "{first} {last} led a team of five.",
    "Colleagues describe {first} {last} as exact, and {he} listens.",
    "{title} {last} brought {his} own view; clients trust {him}.",
    "{He} built the plan and {his} team kept to it.",
    "Built the plan and kept to it.",
)
SKILLS = (
    "Python, Go, Ruby, Julia, SQL",
    "MIT License, Django, Jenkins, Apache Spark",
    "Welding, rigging, forklift licence",
    "Oxford Nanopore sequencing; Cambridge Structural Database",
    "Grant writing, brown-field planning, rice breeding",
)
DEGREES = (
    ("B.Sc. in Biology", "2010"),
    ("Bachelor of Arts, History", "June 2004"),
    ("MBA", "2012 - 2014"),
    ("Master of Science in Computer Science", "2016"),
    ("PhD in Organic Chemistry", "2019"),
    ("Diploma in Accounting", "May 1999"),
)
ENTRIES = (
    "{degree}, {school}, {date}",
    "{school}\n{degree}, {date}",
    "{degree}\n{school}\n{date}",
    "{degree} | {school} | {date}",
    "{date}: {school} - {degree}",
    "{degree} from {school} ({date})",
    "{degree} at {school}, {date}",
    "• {degree} ({school}), {date}",
    "{school} - {degree}, {date}",
    "{degree}, {date}\n{school}",
    "{degree}, {school}, Springfield, IL, {date}",
)
WITHOUT_SCHOOL = (
    "{degree}, {date}",
    "{degree}, {date}",
    "{degree}\n{date}",
    "{degree} | {date}",
    "{date}: {degree}",
    "{degree} ({date})",
    "{degree}, {date}",
    "• {degree}, {date}",
    "{degree}, {date}",
    "{degree}, {date}",
    "{degree}, {date}",
)
HEADINGS = (
    ("Summary", "Experience", "Education", "Skills"),
    ("PROFILE", "WORK HISTORY", "EDUCATION", "TECHNICAL SKILLS"),
    ("About me:", "Career:", "Academic background:", "Tools:"),
    ("Objective", "Employment", "Education and Training", "Core Qualifications"),
)
FOOTERS = (
    "",
    "\nReferences\nOn request",
    "\nSincerely,\n{first} {last}",
    "\n{first} {last} - page 2",
)


def resume(person: Person, seed: int) -> str:
    """Return a resume of a person; two persons with one seed get the same layout."""
    chooser = Random(seed)
    summary, work, education, skills = chooser.choice(HEADINGS)
    header = chooser.choice(HEADERS)
    mention = chooser.choice(MENTIONS)
    entries = []
    for number in range(2):
        form = chooser.randrange(len(ENTRIES))
        degree, date = chooser.choice(DEGREES)
        school = person.schools[number] if number < len(person.schools) else ""
        template = ENTRIES[form] if school else WITHOUT_SCHOOL[form]
        entries.append(template.format(degree=degree, date=date, school=school))
    parts = (
        header,
        f"\n{summary}\nPlanner with a steady hand. {mention}",
        f"\n{work}\nPlanner, Contoso\nJan 2015 - May 2020\n- Planned 20 routes a week in Excel.",
        f"\n{education}\n" + chooser.choice(("\n", "\n\n")).join(entries),
        f"\n{skills}\n{chooser.choice(SKILLS)}",
        chooser.choice(FOOTERS),
    )
    return "\n".join(parts).format_map(_words(person))


def _words(person: Person) -> dict[str, str]:
    return {
        "first": person.first,
        "last": person.last,
        "FIRST": person.first.upper(),
        "LAST": person.last.upper(),
        "email": person.email,
        "phone": person.phone,
        "phone_end": person.phone[-4:],
        "he": person.he,
        "He": person.he.title(),
        "his": person.his,
        "him": person.him,
        "title": person.title,
    }


WORK = (
    "Planner Contoso January 2015 to May 2020 Planned 20 routes a week in Excel and kept the "
    "drivers to them. Wrote the weekly report for the depots in Dayton and Springfield. "
)


def one_line(person: Person, seed: int) -> str:
    """Return a resume in one line, long enough to be taken for one."""
    return f"{resume(person, seed)}\n{WORK * 4}".replace("\n", " ")
