"""Builds Word documents for tests: whole ones by python-docx, odd ones from their XML."""

import zipfile
from collections.abc import Mapping
from io import BytesIO

import docx
from docx.document import Document

NAMESPACES = {
    "w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "r": "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    "wp": "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
    "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
    "wps": "http://schemas.microsoft.com/office/word/2010/wordprocessingShape",
    "mc": "http://schemas.openxmlformats.org/markup-compatibility/2006",
    "w14": "http://schemas.microsoft.com/office/word/2010/wordml",
    "v": "urn:schemas-microsoft-com:vml",
}
STRICT = "http://purl.oclc.org/ooxml/wordprocessingml/main"
RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"


def saved(document: Document) -> bytes:
    """Return what python-docx writes."""
    file = BytesIO()
    document.save(file)
    return file.getvalue()


def new() -> Document:
    """Return an empty document of python-docx."""
    return docx.Document()


def built(body: str, parts: Mapping[str, str] | None = None, main: str = "w:document") -> bytes:
    """Return a document from the XML of its body and of other parts by kind, such as "styles"."""
    spaces = " ".join(f'xmlns:{prefix}="{uri}"' for prefix, uri in NAMESPACES.items())
    file = BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        document = f"<{main} {spaces}><w:body>{body}</w:body></{main}>"
        archive.writestr("word/document.xml", document)
        relations = ""
        for kind, content in (parts or {}).items():
            archive.writestr(f"word/{kind}.xml", f"<w:{kind} {spaces}>{content}</w:{kind}>")
            relations += f'<Relationship Id="{kind}" Type="x/{kind}" Target="{kind}.xml"/>'
        archive.writestr(
            "word/_rels/document.xml.rels",
            f'<Relationships xmlns="{RELATIONS}">{relations}</Relationships>',
        )
    return file.getvalue()


def paragraph(text: str, run: str = "", properties: str = "") -> str:
    """Return the XML of a paragraph of one run."""
    return (
        f"<w:p><w:pPr>{properties}</w:pPr>"
        f'<w:r><w:rPr>{run}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r></w:p>'
    )


def text_box(content: str, fill: str = "", anchor: str = "", place: str = "") -> str:
    """Return the XML of a paragraph that holds nothing but a floating text box of 3 by 2 inches."""
    return (
        f"<w:p><w:r><w:drawing><wp:anchor {anchor}>{place}"
        '<wp:extent cx="2743200" cy="1828800"/><a:graphic><a:graphicData><wps:wsp>'
        f"<wps:spPr>{fill}</wps:spPr><wps:txbx><w:txbxContent>{content}</w:txbxContent>"
        "</wps:txbx></wps:wsp></a:graphicData></a:graphic></wp:anchor></w:drawing></w:r></w:p>"
    )
