"""Which lines of a resume are headings, and of what."""

import re
from collections.abc import Mapping

from shortlist.extraction.entities import SectionKind


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


# The word that says what a section holds.
_CORE_WORDS: dict[SectionKind, str] = {
    "summary": """summary objective profile overview bio biography profil zusammenfassung résumé
            resumen perfil profilo sommario resumo objectif objetivo samenvatting
            podsumowanie kurzprofil introduction snapshot aim""",
    "experience": """experience experiences employment positions internships internship
            berufserfahrung berufspraxis werdegang expérience expériences experiencia
            esperienza esperienze experiência werkervaring doświadczenie arbeitserfahrung
            praktika erfahrung erfarenhet arbetslivserfarenhet appointments engagements roles
            progression""",
    "education": """education academics degrees schooling coursework courses ausbildung bildung
            studium bildungsweg formation études educación estudios formación istruzione
            formazione educação formação opleiding opleidingen onderwijs wykształcenie
            utbildning scolarité schulbildung""",
    "skills": """skills skill competencies competences competency proficiencies expertise
            abilities strengths qualifications highlights technologies stack toolkit tooling
            tools specialties specialities capabilities kenntnisse fähigkeiten compétences
            competencias habilidades aptitudes competenze abilità competências vaardigheden
            umiejętności kompetenzen edv-kenntnisse kunskaper conhecimentos conocimientos
            proficiency toolbox""",
    "projects": """projects portfolio hackathons projekte projets proyectos progetti projetos
            projecten
            projekty""",
    "certifications": """certifications certification certificates licenses licences licensure
            credentials training trainings zertifikate weiterbildung weiterbildungen certificaciones
            certificazioni certificações certificaten certyfikaty licensures fortbildung
            fortbildungen accreditations""",
    "languages": """languages language sprachen sprachkenntnisse langues idiomas lingue talen języki
            språk""",
    "achievements": """achievements accomplishments awards honors honours recognition distinctions
            activities auszeichnungen prix premios premi prémios grants fellowships scholarships
            prizes""",
    "publications": """publications presentations papers patents publikationen publicaciones
            pubblicazioni exhibitions talks conferences""",
    "volunteer": """volunteer volunteering volunteerism voluntary ehrenamt bénévolat voluntariado
            volontariato""",
    "affiliations": """affiliations memberships membership associations organizations affiliation
            mitgliedschaften""",
    "interests": "interests hobbies interessen loisirs intereses interessi hobbys passions",
    "references": "references referees referenzen références referencias referenze",
    "personal": "contact personal persönliche kontakt coordonnées datos contacto contatti contacts",
    "other": "additional miscellaneous other sonstiges",
}
_CORE: Mapping[str, SectionKind] = {
    word: kind for kind, words in _CORE_WORDS.items() for word in words.split()
}
# Words that may stand beside it.
_BESIDE = _words(
    """professional work working employment career job relevant related prior previous past
    current recent additional other selected core key main primary major special personal
    general practical academic educational continuing further higher formal military
    volunteer community executive the in to my of and & with for i / history background
    record information details data path areas area overview list summary profile
    qualifications skills education experience accomplishments achievements highlights
    training honors awards service notable significant extracurricular curricular scholastic
    goal goals brief held completed degrees certificates licenses licensing foreign spoken
    berufliche persönliche beruflicher schulische zawodowe professionelle professionnelle
    professionnelles profesional laboral professionale profissional und et y e kenntnisse
    daten informatiques técnicas memberships affiliations associations courses coursework
    workshops seminars groups group events student performance career freelance side open
    source contributions appointments conference peer reviewed peer-reviewed invited class
    independent clinical previous top digital matrix environment timeline journey details
    qualification académica académicas académico académicos professionali lavorative lavorativa
    professionale professionali profissionais formazione zawodowe laborales personali
    profesionales profissional professionnel acadêmica"""
)
# Those that follow the noun, in languages where they do.
_BEHIND = _words(
    """profesional profesionales profissional profissionais professionnel professionnelle
    professionnelles professionale professionali laboral laborales lavorativa lavorative zawodowe
    académica académicas académico acadêmica details held completed history matrix"""
)
# Words that may stand beside what was done or what can be done: "clinical experience".
_SUBJECTS = _words(
    """industry business technical technology computer it soft hard management managerial
    teaching clinical research legal sales nursing international project programming software
    development field entrepreneurial administrative corporate financial accounting culinary
    design creative media engineering medical healthcare health scientific laboratory lab
    aviation flight fitness coaching consulting construction retail banking customer
    hospitality applications systems operating databases platforms frameworks methodologies
    interpersonal transferable language languages leadership writing communication marketing
    office life attributes internship chef culinary freelance agency classroom"""
)
# Lines that the words alone would place wrongly, or not at all.
_KNOWN_PHRASES: dict[SectionKind, str] = {
    "summary": """about me|career focus|career objective|career goal|career goals|career summary|
            career overview|career profile|career highlights summary|job objective|career
            snapshot|career aim|statement of purpose|
            mission statement|highlights of qualifications|at a glance|elevator pitch|brand
            statement|who am i|about|executive
            summary| executive profile|professional profile|professional summary|professional
            overview| summary of qualifications|qualifications summary|qualifications
            profile| professional experience summary|experience summary|career synopsis|who i
            am| personal statement|personal profile|personal summary|à propos|über mich|sobre
            mí| qualification summary|work summary|background|professional
            background|bio|headline| professional synopsis|summary of experience|objective
            summary""",
    "experience": """academic appointments|professional appointments|where i've worked|where i
            have worked|what i've done|professional journey|career timeline|freelance work|
            assignments|previous roles|current role|work|jobs|work history|employment history|
            career history|employment
    record|employment|
            positions held|military service|professional history|job history|military
            background| career path|relevant work|work background|employment
            background|career| experience highlights|field experience|clinical
            rotations|beruflicher werdegang| parcours professionnel|experiencia
            laboral|emplois|vida laboral|professional career| leadership experience|research
            experience|teaching experience|project management experience| practicum|practicum
            experience|student teaching|student teaching experience| work experiences|career
            experience|military history|professional positions""",
    "education": """educational background|academic background|academic qualifications|
            education and training|training and education|academic history|education background|
            relevant
            coursework|coursework|academic achievements|academic credentials| educational
            qualifications|education and qualifications|qualifications and education|
            academic record|education and certifications|degrees and certifications|
            professional qualifications and education|academic profile|
            education history|academic details|educational details|educational qualification|
            scholastic record|where i studied|learning|academic training|academic preparation|
            education and professional development|university education|études et formation|
            scholastic background|academic""",
    "skills": """what i know|areas of knowledge|technical knowledge|technical environment|
            equipment|machines and tools|skills and interests|technical skills|core competencies|
            areas of expertise|area of expertise| key
            skills|computer skills|skill set|skillset|skill highlights|core qualifications|
            core strengths|key strengths|summary of skills|skills summary|technical
            proficiencies| technical expertise|programming languages|tech stack|technology
            stack|it skills| areas of strength|professional skills|special
            skills|programming|technical summary| languages and frameworks|languages and
            technologies|key
            qualifications|technical qualifications| core skills|what i
            do|knowledge|knowledge and skills|computer proficiency| computer
            languages|software languages|technical languages|skills and languages|
            it-kenntnisse|core technologies|software| experience and
            skills|skills and experience|applications|computer experience""",
    "projects": """selected work|personal projects|academic projects|selected projects|portfolio|
            open source|open source contributions|project experience|project work|research
            projects""",
    "certifications": """licenses and certifications| professional
            development|continuing education|courses and certifications| certifications and
            training|professional training| professional
            certifications|credentials|training and certifications| professional
            licenses|licenses|professional credentials|additional training| specialized
            training|technical training|certifications and licenses| professional
            education|licenses""",
    "languages": "language skills|foreign languages|spoken languages|language proficiency",
    "achievements": """honors and awards|awards and honors|career highlights|
            key accomplishments| core accomplishments|career accomplishments|activities and
            honors|honors| selected
            accomplishments|professional accomplishments|career achievements|leadership and
            awards| achievements and awards|extracurricular activities|honors and activities|
            leadership and activities|activities|awards and recognition""",
    "volunteer": """social engagement|voluntary work|civic engagement|community engagement|
            community service|community involvement|civic activities| volunteer
            experience|volunteer work|community activities|volunteer service""",
    "publications": "publications and presentations|research interests|research and publications",
    "interests": "interests and hobbies|hobbies and interests|personal interests|interests",
    "affiliations": """professional affiliations|professional memberships|memberships|
            affiliations|professional associations|professional organizations""",
    "personal": """get in touch|bio data|contact information|personal information|contact details|
            contact|personal
            details| personal data|contact me|persönliche daten|datos personales""",
    "references": "references available upon request|references",
    "other": "additional information|other information|miscellaneous|additional",
}
_PHRASES: Mapping[str, SectionKind] = {
    phrase: kind
    for kind, phrases in _KNOWN_PHRASES.items()
    for phrase in re.split(r"\|\s*", " ".join(phrases.split()))
}
# What the words alone would take for headings, and which are things one learns or does.
_ITEMS = frozenset(
    ("special education", "general education", "personal training", "physical education")
)
# These, at the front or anywhere, decide before all other words.
_STRONG: tuple[SectionKind, ...] = ("volunteer", "references", "interests")
_OPEN_IN_SMALL: tuple[SectionKind, ...] = (
    *("experience", "education", "skills", "summary", "certifications", "languages", "volunteer"),
)
_MOST_IN_SMALL = 3
_STOPS = _words("and of & und et y e in to with for the / on or")
_LONGEST = 60
_MOST_WORDS = 7
_DECORATION = re.compile(r"^[^\w]+|[^\w]+$")
_NUMBERING = re.compile(r"^(?:\d{1,2}|[IVX]{1,4})[.)]\s+")
_SPACED = re.compile(r"(?:\S ){3,}\S(?:\s{2,}(?:\S ){2,}\S)*")
_AND = re.compile(r"\s*[&/+,]\s*")
_SPLIT = re.compile(r"[\s,:;/&+|•·—–]+")


def heading_kind(line: str) -> SectionKind | None:
    """Return what kind of section a line opens, or None where it is no heading.

    A heading is a known phrase, or consists of known words of which one names a kind; it is set in
    capitals, in title case or with a capital at least.
    """
    if not 2 < len(line) <= _LONGEST or line[-1] in ".,&-" or line[0] == "[":
        return None
    plain = _NUMBERING.sub("", _DECORATION.sub("", line))
    if not plain or not plain[0].isupper():
        return None
    plain = _DECORATION.sub("", _unspaced(plain))
    words = _SPLIT.split(_AND.sub(" and ", plain.lower()))
    phrase = " ".join(words)
    if phrase in _PHRASES or phrase in _ITEMS:
        return _PHRASES.get(phrase)
    titled = line[-1] == ":" or all(w[:1].isupper() or len(w) < 4 for w in _SPLIT.split(plain))
    if not titled:
        return _kind_in_small(words)
    return _kind_by_words(words) if len(words) <= _MOST_WORDS else None


def _kind_in_small(words: list[str]) -> SectionKind | None:
    """The kind of a heading in the letters of a sentence: "Professional experience"."""
    kind = _kind_by_words(words) if len(words) <= _MOST_IN_SMALL else None
    general = all(word in _CORE or word in _BESIDE for word in words)
    return kind if general and kind in _OPEN_IN_SMALL else None


def _kind_by_words(words: list[str]) -> SectionKind | None:
    """The kind of the noun: the last of "work experience", the first of "skills and training"."""
    cut = next((i for i, word in enumerate(words) if word in _STOPS and i), len(words))
    head = words[cut - 1] if words[cut - 1] in _CORE else words[-1]
    if head not in _CORE and words[-1] in _BEHIND:
        head = words[0]  # "experiencia profesional"
    if head not in _CORE or words[-1] in _STOPS:
        return None
    kind = _CORE[head]
    allowed = _BESIDE | _SUBJECTS if kind in ("experience", "skills") else _BESIDE
    if not all(word in _CORE or word in allowed for word in words):
        return None
    return next((strong for strong in _STRONG if strong in map(_CORE.get, words)), kind)


def _unspaced(line: str) -> str:
    """`E X P E R I E N C E` without its spaces; other lines as they are."""
    if not _SPACED.fullmatch(line):
        return line
    return " ".join(word.replace(" ", "") for word in re.split(r"\s{2,}", line))
