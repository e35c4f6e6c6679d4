"""Understand a resume and a job: `Document -> Profile`, `Document -> Posting`."""

from shortlist.extraction.entities import Posting, Profile, Skill
from shortlist.extraction.job import posting
from shortlist.extraction.job_posting import json_ld, json_ld_document
from shortlist.extraction.json_resume import json_resume
from shortlist.extraction.lexicon import Lexicon
from shortlist.extraction.resume import profile
from shortlist.extraction.tagger import Tagger, load_tagger
from shortlist.extraction.to_json import posting_json, profile_json

__all__ = [
    "Lexicon",
    "Posting",
    "Profile",
    "Skill",
    "Tagger",
    "json_ld",
    "json_ld_document",
    "json_resume",
    "load_tagger",
    "posting",
    "posting_json",
    "profile",
    "profile_json",
]
