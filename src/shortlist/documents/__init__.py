"""Files -> documents: what a reader would see of them, and what they must know.

Every format is read into plain text in reading order. Text that no reader would see is kept out
of it and reported as a finding, and so is text that is written for a program.
"""

from shortlist.documents.limits import Limits
from shortlist.documents.parsing import parse
from shortlist.documents.reading import Collection, collect, read

__all__ = ["Collection", "Limits", "collect", "parse", "read"]
