"""Reads data sets as others publish them: `import_dataset(format, source)`."""

from pathlib import Path

from shortlist.dataset.importers import folders, pairs
from shortlist.dataset.importers.folders import Reading
from shortlist.dataset.importers.rows import Imported
from shortlist.errors import ConfigError, DataError

FORMATS = {
    "kaggle-resumes": "resumes of a table ID, Resume_str, Resume_html, Category",
    "jobs": "jobs of a table position_title, job_description",
    "fit-labels": "pairs of a table resume_text, job_description_text, label",
    "school-pairs": "pairs of a table resume_text, job_text with ids and a school category",
    "hugging-face": "pairs of a saved DatasetDict folder, or of tables named after splits",
    "vacancy-resume": "the folder of Vanetik & Kogan: CV/, vacancies, human rankings",
    "talentclef": "a TalentCLEF task A folder: queries/, corpus/, qrels.tsv",
}
"""The formats by name, and what each reads."""


def import_dataset(format: str, source: Path, *, reading: Reading = "order") -> Imported:
    """Return a data set read from a source in one of the `FORMATS`.

    Args:
        format: the name of the format.
        source: a file or folder, as the format has it.
        reading: for `vacancy-resume`, whether a row of an annotation is an order or ranks.

    Raises:
        ConfigError: the format is unknown.
        DataError: the source is missing or malformed; with file, line and remedy.
        MissingExtra: a parquet or arrow file is read without pyarrow.
    """
    if format not in FORMATS:
        raise ConfigError(f"no format {format!r}: there are {', '.join(FORMATS)}")
    if not source.exists():
        raise DataError(f"{source}: no such file or folder")
    if format == "vacancy-resume":
        return folders.vacancy_resume(source, reading)
    readers = {
        "kaggle-resumes": pairs.kaggle_resumes,
        "jobs": pairs.jobs,
        "fit-labels": pairs.fit_labels,
        "school-pairs": pairs.school_pairs,
        "hugging-face": pairs.hugging_face,
        "talentclef": folders.talentclef,
    }
    return readers[format](source)
