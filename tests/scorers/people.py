"""An invented job, and invented people who answer it more or less."""

from shortlist.records import Document

JOB = Document(
    "job",
    "Data Engineer\n\nRequirements\n- 3 years of experience with Python\n- Airflow\n"
    "- Bachelor's degree\n- Explaining results to planners\n\nNice to have\n- Kafka\n\n"
    "Benefits\n- Free lunch\n",
)


def applicant(
    id: str = "a", name: str = "Mina Okonjo", school: str = "Harvard University", more: str = ""
) -> Document:
    email = f"{name.lower().replace(' ', '.')}@example.com"
    return Document(
        id,
        f"{name}\n{email}\n\nExperience\nData Engineer, Harbour Foods, 2018 - 2022\n"
        "- Wrote loaders in Python\n- Moved 40 jobs to Airflow\n\n"
        f"Education\nBachelor of Science in Physics{', ' + school if school else ''}, 2017\n{more}",
    )


PEOPLE = (
    applicant(),
    Document("b", "Baker\n\nExperience\nBaker, Kornhus, 2010 - 2020\n- Baked rye bread\n"),
    Document("c", "Skills\n- Python\n- Kafka\n- SQL\n"),
    Document("empty", ""),
)
