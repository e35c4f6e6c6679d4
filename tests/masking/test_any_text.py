"""Masking on texts put together from the words it looks for: safe, sorted, and done at once."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from shortlist.masking import POLICIES, Masker, shown
from shortlist.records import Document

WORDS = """Jane|Doe|Jane Doe|JANE DOE|Dr. Smith|Mr. |Ms|jane.doe@mail.example|@|@jane|(555) 210-4433
+44 20 7946 0958|2010|2010 - 2014|Stanford University|University of|University|College|School|MIT
Brown|IIT Bombay|Harvard|B.Sc.|Bachelor of Science|MBA|PhD|in Biology|Computer Science|Education
EDUCATION:|Skills|Summary|References|Name:|Email:|Date of birth: 3 May 1985|Age: 34|Nationality:
married with two children|she|He|his|their|they're|him or her|(s)he|ranked #1 in the world
Ivy League|top-10 university|elite university|Phi Beta Kappa|Alumni Association|graduated from
studied at|at|from|of|and|the|Springfield, IL|London, UK|12 Elm Street|Apt 4|linkedin.com/in/jane
https://a.example/x|GPA 3.8/4.0|Python|Ruby|C++|C#|Sincerely,|Photo|é|ß|İ|\u0301|\ufffd|\u200b|大学
王小明|Иван Петров|x|A|I am |my name is |Supervisor:|J.|P.O. Box 12|Box|Manager|Senior Engineer
education category is A|elite_school|Rhodes Scholar|male|Single|U.S. citizen|aged 34|born in 1985
Xyzzy|Foo|Bar Baz|de la|van|O'Brien|Al-Sayed|Institute of Technology|High School|Community|State
CA|MA|Boston|,|, | - | – | | |;|:|(|)|"|'|•|*|.|. |!|-  -""".replace("\n", "|").split("|")
GAPS = st.sampled_from(["", " ", " ", "  ", "\n", "\n\n", "\t", " | "])
TEXTS = st.lists(st.tuples(st.sampled_from(WORDS), GAPS), max_size=40).map(
    lambda parts: "".join(word + gap for word, gap in parts)
)


@pytest.mark.parametrize("policy", POLICIES)
@given(text=TEXTS)
@settings(max_examples=150, deadline=None)
def test_masking_is_deletion_and_is_done_at_once(policy: str, text: str) -> None:
    masker = Masker(policy)
    masked = masker(Document("r", text))
    ends = [0, *(span.end for span in masked.hidden)]
    starts = [*(span.start for span in masked.hidden), len(text)]
    assert all(span.start < span.end for span in masked.hidden)
    assert all(end <= start for end, start in zip(ends, starts, strict=True))
    assert masked.text == "".join(text[a:b] for a, b in zip(ends, starts, strict=True))
    assert masker(Document("r", masked.text)).text == masked.text


@given(text=TEXTS)
@settings(max_examples=100, deadline=None)
def test_the_text_for_people_keeps_what_the_model_reads(text: str) -> None:
    document = Document("r", text)
    masked = Masker()(document)
    seen = iter(shown(document, masked))
    assert all(character in seen for character in masked.text)


@given(text=TEXTS, gap=st.sampled_from(["\n\n\n", "   \n", "\n \t\n", "\n---\n"]))
@settings(max_examples=100, deadline=None)
def test_blank_lines_do_not_show(text: str, gap: str) -> None:
    lines = text.split("\n")
    masker = Masker()
    wide = masker(Document("r", gap.join(lines)))
    assert wide.text == masker(Document("r", "\n".join(lines))).text


@pytest.mark.parametrize(
    "unit",
    ["a", " ", "- ", "-  ", "\n-", "@", "a@a.", "1", "(", "he/", "he ", ":", "\u0301", "BSc, "],
)
def test_a_long_line_of_one_thing_is_no_trap(unit: str) -> None:
    text = unit * (60_000 // len(unit))
    masked = Masker()(Document("r", text))
    assert len(masked.text) <= len(text)
