"""Layouts in which `benchmarks.masking` places names of persons and schools. All people invented.

Each kind has two sets: `SEEN` was looked at while the detectors were written, `UNSEEN` was written
before them and run only for the published numbers. `{school}`, `{name}` and so on are filled in.
"""

SCHOOL_LINES = {
    "seen": [
        "B.Sc. in Computer Science, {school}, 2015",
        "{school}, Master of Business Administration (MBA), June 2012",
        "{school}\nBachelor of Arts in History, 2009 - 2013",
        "M.S. Mechanical Engineering | {school} | 2018 | GPA: 3.7/4.0",
        "2011 - 2015: {school} - BEng Civil Engineering",
        "Ph.D. in Organic Chemistry from {school} (2019)",
        "Bachelor of Nursing\n{school}\nMay 2014",
        "{school} — Diploma in Accounting, with distinction",
        "Graduated from {school} with a Bachelor's degree in Economics.",
        "Education: BA English Literature, {school}",
        "Master of Science in Statistics {school} 2016 to 2018",
        "• {school} (2008-2012), B.Tech in Electronics, CGPA 8.4/10",
        "He studied physics at {school} before moving into finance.",
        "LL.M., {school}, 2010, cum laude",
        "{school}, Department of Mathematics, BSc (Hons), 2:1",
    ],
    "unseen": [
        "BA (Psychology) / {school} / 2001",
        "Sept 2003 – June 2007\n{school}\nBS, Marketing; minor in Spanish",
        "{school}; M.Sc. Environmental Engineering; 2014",
        "University: {school}\nDegree: Bachelor of Commerce\nYear: 2017",
        "2020 {school}, MPhil Linguistics",
        "- MA in International Relations ({school}), 1999",
        "I hold a doctorate in biology from {school} and have published since.",
        "Attended {school} from 2001 to 2003, majoring in Graphic Design",
        "Bachelor of Engineering in Information Technology {school} August 2010 to May 2014",
        "{school}, B.Pharm",
        "Executive MBA, {school}. Graduated top 5% of class.",
        "Postgraduate Diploma in Education @ {school}, 2006",
        "Double major in Math & Physics, {school}, Class of 2011",
        "{school}\t2016\tBSc Nursing",
        "Degree: Master of Laws | Institution: {school} | Completed: 2013",
    ],
}
"""Lines of an education section, or prose that speaks of studies."""

SCHOOL_FRAMES = {
    "seen": [
        "Summary\nAnalyst with six years in retail banking.\n\nExperience\nAnalyst, Contoso, 2016 - 2021\n"
        "Built weekly reports in SQL and Excel.\n\nEducation\n{line}\n\nSkills\nSQL, Excel, Tableau\n",
        "EDUCATION\n{line}\n\nWORK EXPERIENCE\nNurse, Fabrikam Clinic\nCared for 20 patients a day.\n",
        "Profile\nSoftware developer. {prose}\n\nSkills\nPython, Go, Docker\n",
    ],
    "unseen": [
        "PROFESSIONAL SUMMARY\nOperations lead for warehouses.\nEDUCATION & TRAINING\n{line}\n"
        "Forklift licence, 2012\nEMPLOYMENT HISTORY\nShift lead, Northwind Storage\n",
        "Academic Background:\n{line}\n\nTechnical Skills:\nAutoCAD, Revit, MATLAB\n",
        "About me\n{prose}\nWhat I do\nI design packaging for food producers.\n",
    ],
}
"""Resumes around a line; `{prose}` takes the lines that are sentences, `{line}` the others."""

HEADERS = {
    "seen": [
        "{first} {last}\n{email} | {phone} | Springfield, IL\n",
        "{FIRST} {LAST}\n12 Elm Street, Apt 4\nDayton, OH 45402\nPhone: {phone}\nEmail: {email}\n",
        "Resume of {first} {last}\n{email}\n",
        "Name: {first} {last}\nPhone: {phone}\n",
        "{last}, {first}\nSenior Accountant\n",
        "{first} M. {last}\nRegistered Nurse\n{phone}\n",
        "{first} {last} | Data Analyst | {email} | {phone}\n",
        "CURRICULUM VITAE\n\n{first} {last}\n",
        "{first} {last}, PhD\nProfessor of Botany\n",
        "{FIRST} {last}-Okonjo\n{email}\n",
        "Dr. {first} {last}\nLondon, UK\n",
        "{first} {last} - Project Manager\nhttps://www.linkedin.com/in/{handle}\n",
        "Project Manager\n{first} {last}\n{email}\n",
        "{first} {last} (she/her)\n{phone} · {email}\n",
    ],
    "unseen": [
        "Curriculum Vitae - {first} {last}\nDate of birth: 3 May 1985\n",
        "{first} {last}, MBA, PMP\n{phone} / {email}\n",
        "Candidate: {first} {last}\nPosition: Store Manager\n",
        "{email}\n{phone}\n{first} {last}\nElectrician\n",
        "{FIRST} {LAST}\nSALES EXECUTIVE\n",
        "{first} J. {last} Jr.\n44 Oak Ave, Reno, NV 89501 | {phone}\n",
        "Personal Details\nFull name: {first} {last}\nNationality: Irish\nGender: Female\n",
        "** {first} {last} **\n{email}\n",
        "{first} {last}'s Resume\n",
        "{last} {first}\nPh. {phone}\n",
        "{first} van der {last}\nAmsterdam, The Netherlands\n",
        "{first} {last} • {phone} • {email} • github.com/{handle}\n",
        "Ms. {first} {last}\nHR Business Partner | {email}\n",
        "{first} {last} {phone} {email}\n",
    ],
}
"""First lines of a resume with a name."""

BODIES = {
    "seen": [
        "\nSummary\nPlanner with a steady hand.\n\nExperience\nPlanner, Contoso\n{first} led a team of five.\n"
        "{last}'s reports were used by the board.\n\nReferences\nOn request\n",
        "\nWork history\nCook, Fabrikam Diner\nPrepared 200 meals a day.\n\nSincerely,\n{first} {last}\n",
        "\nEducation\nBA History, 2009\n\nSkills\nExcel, French\n\n{first} {last} - page 2\n",
    ],
    "unseen": [
        "\nProfile\nClients describe {first} as calm and exact.\n\nCareer\nBuyer, Northwind, 2010-2014\n",
        "\nEmployment\nDriver, Tailspin Freight\nMs. {last} drove 80,000 miles without an accident.\n",
        "\nKey skills\nWelding, rigging\n\nDeclaration\nI confirm that the above is true. {first} {last}, 3 March\n",
    ],
}
"""The rest of a resume with later mentions of the name."""

INSERTED_HEADER = "{first} {last}\n{first}.{last}@mail.example | {phone}\n"
INSERTED_SENTENCE = "{Pronoun} brings {possessive} own view, and colleagues trust {objective}."
INSERTED_SCHOOL = [
    "B.Sc. in Biology, {school}, 2010",
    "{school}\nBachelor of Arts in Music, 2004",
    "Master of Public Health from {school}",
    "Diploma in Design - {school} - May 2003",
]
ADDED_SCHOOL = [
    ("B.Sc. in Biology, 2010", "B.Sc. in Biology, {school}, 2010"),
    ("Bachelor of Arts in Music, 2004", "{school}\nBachelor of Arts in Music, 2004"),
    ("Master of Public Health", "Master of Public Health from {school}"),
    ("Master of Public Health", "Master of Public Health at {school}"),
    ("Diploma in Design - May 2003", "Diploma in Design - {school} - May 2003"),
    ("Diploma in Design, May 2003", "{school} - Diploma in Design, May 2003"),
    ("BA Economics (2001)", "BA Economics, {school} (2001)"),
    ("BA Economics, 2001", "BA Economics ({school}), 2001"),
    ("MBA, 1999", "MBA, {school}, Springfield, IL, 1999"),
]
"""An education line without a school and the same line with one."""
