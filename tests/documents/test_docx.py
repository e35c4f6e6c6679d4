"""A Word document is read as its pages show it; what they do not show is kept apart."""

import zipfile
from io import BytesIO

import pytest
from docx.enum.section import WD_SECTION
from docx.shared import Pt, RGBColor

from documents.docxs import NAMESPACES, STRICT, built, new, paragraph, saved, text_box
from shortlist.documents import parse
from shortlist.errors import DocumentError
from shortlist.records import Document

SECRET = "Kubernetes expert since 1999"


def read(data: bytes) -> Document:
    return parse(data, ".docx", "cv.docx")


def test_headers_body_and_footers_are_read_in_this_order() -> None:
    document = new()
    section = document.sections[0]
    section.header.paragraphs[0].text = "Mira Okafor"
    section.footer.paragraphs[0].text = "Page one"
    document.add_heading("Experience")
    document.add_paragraph("Built the billing service.", style="List Bullet")
    document.add_paragraph("Leeds\tEngland")
    second = document.add_section(WD_SECTION.NEW_PAGE)
    second.header.is_linked_to_previous = False
    second.header.paragraphs[0].text = "Okafor, continued"
    document.add_paragraph("Education")
    assert list(filter(None, read(saved(document)).text.split("\n"))) == [
        "Mira Okafor",
        "Okafor, continued",
        "Experience",
        "• Built the billing service.",
        "Leeds\tEngland",
        "Education",
        "Page one",
    ]


def test_a_header_that_no_page_shows_is_not_read() -> None:
    document = new()
    document.sections[0].first_page_header.paragraphs[0].text = "Old letterhead"
    document.sections[0].different_first_page_header_footer = False
    document.add_paragraph("Mira Okafor")
    assert read(saved(document)).text == "Mira Okafor"


def test_a_table_of_words_is_read_by_rows_and_a_layout_by_cells() -> None:
    document = new()
    words = document.add_table(2, 2)
    for i, row in enumerate((("Python", "ten years"), ("Go", "two years"))):
        for j, cell in enumerate(row):
            words.cell(i, j).text = cell
    layout = document.add_table(1, 2)
    layout.cell(0, 0).text = "Skills\nPython"
    layout.cell(0, 1).text = "Experience\nBuilt the billing service."
    found = list(filter(None, read(saved(document)).text.split("\n")))
    assert found == [
        "Python\tten years",
        "Go\ttwo years",
        *("Skills", "Python", "Experience", "Built the billing service."),
    ]


def test_a_document_that_is_one_table_is_read_cell_by_cell() -> None:
    document = new()
    table = document.add_table(1, 2)
    long = "Built the billing service of a regional energy supplier. " * 5
    table.cell(0, 0).text = "Leeds"
    table.cell(0, 1).text = long
    assert read(saved(document)).text == f"Leeds\n{long.strip()}"


def test_nested_tables_text_boxes_links_and_fields_are_read_once() -> None:
    inner = f"<w:tbl><w:tr><w:tc>{paragraph('inner')}</w:tc></w:tr></w:tbl>"
    outer = f"<w:tbl><w:tr><w:tc>{inner}{paragraph('outer')}</w:tc></w:tr></w:tbl>"
    box = text_box(paragraph("boxed"))
    both = box.replace(
        "<w:drawing>", '<mc:AlternateContent><mc:Choice Requires="wps"><w:drawing>'
    ).replace(
        "</w:drawing>",
        "</w:drawing></mc:Choice><mc:Fallback><w:pict><v:shape><v:textbox><w:txbxContent>"
        f"{paragraph('boxed')}</w:txbxContent></v:textbox></v:shape></w:pict></mc:Fallback>"
        "</mc:AlternateContent>",
    )
    link = "<w:p><w:hyperlink><w:r><w:t>linked</w:t></w:r></w:hyperlink></w:p>"
    field = (
        "<w:p><w:r><w:instrText>PAGE secret</w:instrText></w:r>"
        "<w:fldSimple><w:r><w:t>fielded</w:t></w:r></w:fldSimple></w:p>"
    )
    control = f"<w:sdt><w:sdtContent>{paragraph('controlled')}</w:sdtContent></w:sdt>"
    found = read(built(outer + both + link + field + control)).text.split()
    assert found == ["inner", "outer", "boxed", "linked", "fielded", "controlled"]


def test_characters_that_have_elements_of_their_own_are_read() -> None:
    run = (
        "<w:p><w:r><w:t>e</w:t><w:noBreakHyphen/><w:t>mail</w:t><w:tab/><w:t>x</w:t><w:br/>"
        '<w:t>y</w:t><w:sym w:font="Wingdings" w:char="F0B7"/><w:t>z</w:t></w:r></w:p>'
    )
    assert read(built(run)).text == "e-mail\tx\ny•z"


def test_notes_come_after_the_body() -> None:
    notes = f'<w:footnote w:type="separator"/><w:footnote>{paragraph("the note")}</w:footnote>'
    data = built(paragraph("the body"), {"footnotes": notes})
    assert read(data).text.split("\n")[0] == "the body"
    assert read(data).text.split("\n")[-1] == "the note"


def test_the_strict_form_of_the_format_is_read() -> None:
    transitional = BytesIO(built(paragraph("Mira Okafor")))
    file = BytesIO()
    with zipfile.ZipFile(transitional) as old, zipfile.ZipFile(file, "w") as strict:
        for name in old.namelist():
            content = old.read(name).decode().replace(NAMESPACES["w"], STRICT)
            strict.writestr(name, content)
    assert read(file.getvalue()).text == "Mira Okafor"


STYLES = (
    '<w:style w:type="paragraph" w:styleId="Base"><w:rPr><w:vanish/></w:rPr></w:style>'
    '<w:style w:type="paragraph" w:styleId="Gone"><w:basedOn w:val="Base"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="Back"><w:basedOn w:val="Base"/>'
    '<w:rPr><w:vanish w:val="0"/></w:rPr></w:style>'
    '<w:style w:type="character" w:styleId="White"><w:rPr><w:color w:val="FFFFFF"/></w:rPr>'
    "</w:style>"
)
OFF_PAGE = '<wp:positionH relativeFrom="page"><wp:posOffset>-9000000</wp:posOffset></wp:positionH>'
RIGHT_OF_PAGE = OFF_PAGE.replace("-9000000", "8500000")
WHITE_FILL = "<w14:textFill><w14:solidFill>{}</w14:solidFill></w14:textFill>"


def older_box(text: str, style: str) -> str:
    return (
        f'<w:p><w:r><w:pict><v:shape style="position:absolute;{style}"><v:textbox><w:txbxContent>'
        f"{paragraph(text)}</w:txbxContent></v:textbox></v:shape></w:pict></w:r></w:p>"
    )


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        (paragraph(SECRET, "<w:vanish/>"), "marked as hidden"),
        (paragraph(SECRET, properties='<w:pStyle w:val="Gone"/>'), "marked as hidden"),
        (paragraph(SECRET, '<w:color w:val="FFFFFF"/>'), "in the colour of its background"),
        (paragraph(SECRET, '<w:color w:val="F8F8F8"/>'), "in the colour of its background"),
        (paragraph(SECRET, '<w:rStyle w:val="White"/>'), "in the colour of its background"),
        (
            paragraph(SECRET, '<w:color w:val="000080"/><w:shd w:val="clear" w:fill="000078"/>'),
            "in the colour of its background",
        ),
        (
            paragraph(SECRET, '<w:color w:val="FFFF00"/><w:highlight w:val="yellow"/>'),
            "in the colour of its background",
        ),
        (
            text_box(
                paragraph(SECRET, '<w:color w:val="203040"/>'),
                '<a:solidFill><a:srgbClr val="203040"/></a:solidFill>',
            ),
            "in the colour of its background",
        ),
        (paragraph(SECRET, '<w:sz w:val="2"/>'), "too small to read"),
        (paragraph(SECRET, '<w:w w:val="1"/>'), "too narrow to read"),
        (paragraph(SECRET, "<w14:textFill><w14:noFill/></w14:textFill>"), "transparent"),
        (paragraph(SECRET, properties='<w:ind w:left="-31680"/>'), "outside the page"),
        (
            paragraph(SECRET, properties='<w:spacing w:line="20" w:lineRule="exact"/>'),
            "in lines too low to read",
        ),
        (text_box(paragraph(SECRET), place=OFF_PAGE), "outside the page"),
        (
            text_box(paragraph(SECRET), place='<wp:docPr hidden="1"/>'),
            "marked as hidden",
        ),
        (
            f'<w:tbl><w:tr><w:trPr><w:trHeight w:val="1" w:hRule="exact"/></w:trPr>'
            f"<w:tc>{paragraph(SECRET)}</w:tc></w:tr></w:tbl>",
            "in rows too low to read",
        ),
        (paragraph(SECRET, "<w:webHidden/>"), "hidden where it is shown as a web page"),
        (
            paragraph(SECRET, '<w:color w:val="000000" w:themeColor="background1"/>'),
            "in the colour of its background",
        ),
        (
            paragraph(SECRET, WHITE_FILL.format("<w14:srgbClr w14:val='FFFFFF'/>")),
            "in the colour of its background",
        ),
        (
            paragraph(SECRET, WHITE_FILL.format("<w14:schemeClr w14:val='bg1'/>")),
            "in the colour of its background",
        ),
        (paragraph(SECRET, '<w:spacing w:val="-400"/>'), "too narrow to read"),
        (paragraph(SECRET, '<w:position w:val="3000"/>'), "outside the page"),
        (paragraph(SECRET, properties='<w:framePr w:x="-20000" w:y="9"/>'), "outside the page"),
        (
            paragraph(SECRET, properties='<w:framePr w:h="1" w:hRule="exact"/>'),
            "in a frame too low to read",
        ),
        (
            '<w:tbl><w:tblPr><w:tblInd w:w="-30000" w:type="dxa"/></w:tblPr><w:tr><w:tc>'
            f"{paragraph(SECRET)}</w:tc></w:tr></w:tbl>",
            "outside the page",
        ),
        (
            '<w:tbl><w:tblPr><w:tblpPr w:tblpX="-30000"/></w:tblPr><w:tr><w:tc>'
            f"{paragraph(SECRET)}</w:tc></w:tr></w:tbl>",
            "outside the page",
        ),
        (text_box(paragraph(SECRET), place=RIGHT_OF_PAGE), "outside the page"),
        (older_box(SECRET, "visibility:hidden;width:90pt"), "marked as hidden"),
        (older_box(SECRET, "margin-left:-3000pt;width:90pt"), "outside the page"),
        (older_box(SECRET, "width:0;height:20pt"), "cut away"),
        (
            f"<w:p><w:del><w:r><w:delText>{SECRET}</w:delText></w:r></w:del></w:p>",
            "deleted, with changes tracked",
        ),
    ],
)
def test_unseen_text_is_told_and_not_read(body: str, reason: str) -> None:
    document = read(built(paragraph("Mira Okafor") + body, {"styles": STYLES}))
    assert document.text == "Mira Okafor"
    (finding,) = document.findings
    assert (finding.kind, finding.reason, finding.text) == ("hidden text", reason, SECRET)


def test_comments_are_told_and_not_read() -> None:
    comments = f"<w:comment>{paragraph(SECRET)}</w:comment>"
    document = read(built(paragraph("Mira Okafor"), {"comments": comments}))
    assert document.text == "Mira Okafor"
    assert [(f.reason, f.text) for f in document.findings] == [("in a comment", SECRET)]


BEHIND = (
    '<w:p><w:r><w:drawing><wp:anchor behindDoc="1"><wp:extent cx="7000000" cy="2000000"/>'
    '<wps:wsp><wps:spPr><a:solidFill><a:srgbClr val="1F3A5F"/></a:solidFill></wps:spPr></wps:wsp>'
    "</wp:anchor></w:drawing></w:r></w:p>"
)
WHITE = '<w:color w:val="FFFFFF"/>'
EDGE = WHITE_FILL.replace("textFill", "textOutline").format("<w14:srgbClr w14:val='000000'/>")


@pytest.mark.parametrize(
    "body",
    [
        paragraph(SECRET, f'{WHITE}<w:shd w:val="clear" w:fill="1F3A5F"/>'),
        paragraph(SECRET, WHITE, '<w:shd w:val="clear" w:fill="1F3A5F"/>'),
        "<w:tbl><w:tr><w:tc><w:tcPr><w:shd w:val='clear' w:fill='1F3A5F'/></w:tcPr>"
        f"{paragraph(SECRET, WHITE)}</w:tc></w:tr></w:tbl>",
        "<w:tbl><w:tblPr><w:tblStyle w:val='Grid'/></w:tblPr><w:tr><w:tc>"
        f"{paragraph(SECRET, WHITE)}</w:tc></w:tr></w:tbl>",
        text_box(paragraph(SECRET, WHITE), '<a:solidFill><a:srgbClr val="1F3A5F"/></a:solidFill>'),
        text_box(
            paragraph(SECRET, WHITE), '<a:solidFill><a:schemeClr val="accent1"/></a:solidFill>'
        ),
        BEHIND + paragraph(SECRET, WHITE),
        older_box(SECRET, "margin-left:30pt;margin-top:-20pt;width:200pt;height:40pt"),
        paragraph(SECRET, '<w:spacing w:val="-10"/><w:position w:val="6"/>'),
        paragraph(SECRET, properties='<w:framePr w:w="4000" w:x="1000" w:y="500"/>'),
        paragraph(SECRET, WHITE + EDGE),
        f"<w:p><w:r><w:t>{SECRET}</w:t></w:r><w:r><w:rPr><w:webHidden/></w:rPr><w:tab/></w:r></w:p>",
        paragraph(SECRET, properties='<w:pStyle w:val="Back"/>'),
        paragraph(SECRET, '<w:color w:val="auto"/>'),
        f"<w:p><w:ins><w:r><w:t>{SECRET}</w:t></w:r></w:ins></w:p>",
    ],
)
def test_text_that_is_seen_is_kept(body: str) -> None:
    grid = (
        '<w:style w:type="table" w:styleId="Grid"><w:tblStylePr w:type="firstRow"><w:tcPr>'
        '<w:shd w:val="clear" w:fill="1F3A5F"/></w:tcPr></w:tblStylePr></w:style>'
    )
    document = read(built(body, {"styles": STYLES + grid}))
    assert document.text == SECRET
    assert document.findings == ()


def test_a_drawing_for_programs_that_are_not_there_gives_way_to_the_other() -> None:
    drawing, other = text_box(paragraph(SECRET)), text_box(paragraph("Leeds"))
    inner = [
        box.removeprefix("<w:p><w:r>").removesuffix("</w:r></w:p>") for box in (drawing, other)
    ]
    body = (
        f'<w:p><w:r><mc:AlternateContent><mc:Choice Requires="zz">{inner[0]}</mc:Choice>'
        f"<mc:Fallback>{inner[1]}</mc:Fallback></mc:AlternateContent></w:r></w:p>"
    )
    assert read(built(body)).text == "Leeds"


def test_runs_of_python_docx_are_judged_by_their_look() -> None:
    document = new()
    line = document.add_paragraph("Mira ")
    line.add_run("white").font.color.rgb = RGBColor(255, 255, 255)
    line.add_run("small").font.size = Pt(1)
    line.add_run("hidden").font.hidden = True
    line.add_run("Okafor")
    found = read(saved(document))
    assert found.text == "Mira Okafor"
    assert sorted(finding.text for finding in found.findings) == ["hidden", "small", "white"]


def test_hidden_punctuation_is_no_finding() -> None:
    assert read(built(paragraph("Mira") + paragraph(",", "<w:vanish/>"))).findings == ()


def test_a_document_without_text_is_an_error() -> None:
    with pytest.raises(DocumentError, match="no text that a reader would see"):
        read(built(paragraph(SECRET, "<w:vanish/>")))


@pytest.mark.parametrize("damage", ["<w:p>", "&undefined;", "<!ENTITY a 'b'>"])
def test_damaged_xml_is_an_error(damage: str) -> None:
    with pytest.raises(DocumentError, match="damaged or cut short"):
        read(built(damage))
