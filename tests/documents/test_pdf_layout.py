"""A PDF page is read in the order in which people read it, whatever its layout."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from reportlab.lib.colors import HexColor
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.pdfgen.canvas import Canvas

from documents.pdfs import PROSE, SENTENCE, Draw, lines, pdf
from shortlist.documents import parse

BULLETS = (
    "Built the billing service of a regional energy supplier, moved it to a queue, so that a "
    "failed payment is retried, and cut the cost of support by a third",
    "Kept the booking pages of forty boat yards alive and rewrote their search so that a visitor "
    "finds a berth in two steps",
    "Taught apprentices how to read a query plan before they add an index to a table that is "
    "written to all day",
)
SKILLS = ("Skills", "Python", "PostgreSQL", "RabbitMQ", "Languages", "English", "Danish")


def read(draw: Draw) -> str:
    return parse(pdf(draw), ".pdf", "cv.pdf").text


def wrapped(text: str, width: float, size: float) -> list[str]:
    """Return text broken into lines as a word processor does."""
    found = [""]
    for word in text.split():
        longer = f"{found[-1]} {word}".strip()
        if stringWidth(longer, "Helvetica", size) > width:
            found.append(word)
        else:
            found[-1] = longer
    return found


def listed(canvas: Canvas, x: float, y: float, width: float) -> float:
    """Draw a heading and a list in a column; return where it ends."""
    lines(canvas, x, y, "Experience", size=13)
    y -= 22
    for bullet in BULLETS:
        canvas.setFont("Helvetica", 10)
        canvas.drawString(x, y, "•")
        for line in wrapped(bullet, width - 12, 10):
            canvas.drawString(x + 12, y, line)
            y -= 13
    return y


def in_one_column(canvas: Canvas) -> None:
    lines(canvas, 60, 780, "Mira Okafor", size=18)
    end = listed(canvas, 60, 740, 475)
    lines(canvas, 60, end - 20, *SKILLS)


def in_two_columns(canvas: Canvas) -> None:
    lines(canvas, 60, 780, "Mira Okafor", size=18)
    listed(canvas, 60, 740, 300)
    lines(canvas, 400, 737, *SKILLS)


def with_a_side_bar(canvas: Canvas) -> None:
    canvas.setFillColor(HexColor("#223344"))
    canvas.rect(0, 0, 170, 842, stroke=0, fill=1)
    canvas.setFillGray(1)
    lines(canvas, 20, 700, *SKILLS)
    canvas.setFillGray(0)
    lines(canvas, 200, 780, "Mira Okafor", size=18)
    listed(canvas, 200, 740, 340)


LINES = ["Mira Okafor", "Experience", *(f"• {bullet}" for bullet in BULLETS), *SKILLS]


@pytest.mark.parametrize("draw", [in_one_column, in_two_columns])
def test_two_columns_read_as_one_does(draw: Draw) -> None:
    assert list(filter(None, read(draw).split("\n"))) == LINES


def test_a_side_bar_is_read_apart() -> None:
    found = list(filter(None, read(with_a_side_bar).split("\n")))
    assert found == [*SKILLS, *LINES[: -len(SKILLS)]]


def test_columns_on_one_grid_are_read_one_after_the_other() -> None:
    def draw(canvas: Canvas) -> None:
        lines(canvas, 60, 700, *PROSE, *PROSE)
        lines(canvas, 380, 700, *SKILLS[:6])

    assert read(draw).index(PROSE[2]) < read(draw).index("Python")


def test_dates_on_the_right_stay_with_their_entries() -> None:
    def draw(canvas: Canvas) -> None:
        for y, job, years in ((700, "Developer", "2019-2024"), (600, "Intern", "2018")):
            lines(canvas, 60, y, job, "Nordlicht Energie", *wrapped(BULLETS[0], 475, 10))
            canvas.drawRightString(535, y, years)
            canvas.drawRightString(535, y - 13, "Hamburg")

    entry = f"Nordlicht Energie Hamburg\n{BULLETS[0]}"
    assert read(draw) == f"Developer 2019-2024\n{entry}\n\nIntern 2018\n{entry}"


def test_dates_on_the_left_come_before_their_entries() -> None:
    def draw(canvas: Canvas) -> None:
        lines(canvas, 60, 780, "Mira Okafor", size=18)
        for y, job, years in ((700, "Developer", "2019-2024"), (600, "Intern", "2018")):
            lines(canvas, 60, y, years)
            lines(canvas, 180, y, job, *PROSE)

    found = list(filter(None, read(draw).split("\n")))
    jobs = ["2019-2024", "Developer", SENTENCE, "2018", "Intern", SENTENCE]
    assert found == ["Mira Okafor", *jobs]


def test_a_table_is_read_row_by_row() -> None:
    rows = (("Language", "Level", "Since"), ("Python", "expert", "2015"), ("Go", "good", "2019"))

    def draw(canvas: Canvas) -> None:
        for i, row in enumerate(rows):
            for x, cell in zip((60, 180, 300), row, strict=True):
                lines(canvas, x, 700 - 15 * i, cell)
        lines(canvas, 60, 600, *PROSE)

    assert read(draw) == "\n".join(map(" ".join, rows)) + f"\n\n{SENTENCE}"


def test_lists_side_by_side_are_read_one_after_the_other() -> None:
    def draw(canvas: Canvas) -> None:
        lines(canvas, 60, 700, "• Python", "• Go", "• SQL")
        lines(canvas, 220, 700, "• Docker", "• Linux", "• Git")
        lines(canvas, 60, 620, *PROSE)

    found = list(filter(None, read(draw).split("\n")))
    assert found == ["• Python", "• Go", "• SQL", "• Docker", "• Linux", "• Git", SENTENCE]


def test_a_list_of_short_lines_is_not_run_together() -> None:
    names = ("Certified Scrum Master", "Linux Professional Level 2", "First Aid at Work")
    assert read(lambda canvas: lines(canvas, 60, 700, *names)) == "\n".join(names)


@pytest.mark.parametrize(
    ("broken", "whole"),
    [
        (("imple-", "mented"), "implemented"),
        (("open-", "source"), "open-source"),
        (("pre-", "and"), "pre- and"),
    ],
)
def test_words_that_a_line_breaks_are_whole_again(broken: tuple[str, str], whole: str) -> None:
    def draw(canvas: Canvas) -> None:
        lines(canvas, 60, 700, f"We have in the course of a year {broken[0]}", f"{broken[1]} it")

    assert read(draw) == f"We have in the course of a year {whole} it"


def test_an_item_of_a_list_goes_on_below_its_text() -> None:
    def draw(canvas: Canvas) -> None:
        lines(canvas, 60, 700, "•")
        lines(canvas, 72, 700, "Kept the booking pages of forty boat yards", "alive for a year")
        lines(canvas, 60, 674, "•")
        lines(canvas, 72, 674, "Harbour Services", "Team lead")
        lines(canvas, 60, 620, " ".join(PROSE[:2]))

    assert read(draw).split("\n")[:3] == [
        "• Kept the booking pages of forty boat yards alive for a year",
        "• Harbour Services",
        "Team lead",
    ]


def test_letters_set_apart_are_one_word() -> None:
    def draw(canvas: Canvas) -> None:
        written = canvas.beginText(60, 700)
        written.setFont("Helvetica", 20)
        written.setCharSpace(5)
        written.textLine("MIRA OKAFOR")
        canvas.drawText(written)

    assert read(draw) == "MIRA OKAFOR"


def test_words_without_spaces_in_the_file_are_apart() -> None:
    def draw(canvas: Canvas) -> None:
        x = 60.0
        for word in SENTENCE.split()[:8]:
            lines(canvas, x, 700, word)
            x += stringWidth(word, "Helvetica", 10) + 2.8

    assert read(draw) == " ".join(SENTENCE.split()[:8])


def test_letters_drawn_one_by_one_are_words() -> None:
    def draw(canvas: Canvas) -> None:
        x = 60.0
        for letter in "Built the billing service":
            lines(canvas, x, 700, letter)
            x += stringWidth(letter, "Helvetica", 10)

    assert read(draw) == "Built the billing service"


def test_text_along_the_edge_comes_last() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.saveState()
        canvas.translate(30, 300)
        canvas.rotate(90)
        lines(canvas, 0, 0, "Curriculum vitae")
        canvas.restoreState()
        lines(canvas, 60, 700, *PROSE)

    assert read(draw) == f"{SENTENCE}\n\nCurriculum vitae"


@pytest.mark.parametrize("turn", [90, 180, 270])
def test_a_page_on_its_side_is_turned(turn: int) -> None:
    def draw(canvas: Canvas) -> None:
        canvas.translate(300, 400)
        canvas.rotate(turn)
        lines(canvas, -200, 100, *PROSE)

    assert read(draw) == SENTENCE


def test_text_in_a_form_is_where_the_form_is() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.beginForm("part")
        lines(canvas, 0, 0, "second")
        canvas.endForm()
        lines(canvas, 60, 700, "first")
        lines(canvas, 60, 600, "third")
        canvas.translate(60, 650)
        canvas.doForm("part")

    assert read(draw).split() == ["first", "second", "third"]


WORD = st.text("abcdefghijklmnopqrstuvwxyz", min_size=2, max_size=9)


@settings(max_examples=15, deadline=None)
@given(
    left=st.lists(WORD, min_size=3, max_size=12),
    right=st.lists(WORD, min_size=3, max_size=12),
    pitch=st.floats(1.2, 1.6),
    down=st.floats(0, 40),
)
def test_no_word_is_lost_or_made_up(
    left: list[str], right: list[str], pitch: float, down: float
) -> None:
    def draw(canvas: Canvas) -> None:
        canvas.setFont("Helvetica", 10)
        for i, word in enumerate(left):
            canvas.drawString(60, 700 - i * 13, word)
        for i, word in enumerate(right):
            canvas.drawString(320, 700 - down - i * 10 * pitch, word)

    assert sorted(read(draw).split()) == sorted([*left, *right])
