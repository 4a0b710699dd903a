"""Word documents (.docx), written by hand: three small XML files in a ZIP archive.

Source: ECMA-376, parts WordprocessingML and Open Packaging Conventions; the least that Word and LibreOffice open.
"""

from __future__ import annotations

import io
import unicodedata
import zipfile
from collections.abc import Iterator, Sequence
from xml.sax.saxutils import escape

from ocrstudio.core.paragraphs import paragraphs
from ocrstudio.formats.exchange.texts import for_xml
from ocrstudio.formats.results.values import ReadPage

_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_MAIN = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_OFFICE = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_TYPES = (
    f'{_HEAD}<Types xmlns="{_PACKAGE}/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/>'
    f'<Override PartName="/word/document.xml" ContentType="{_OFFICE}.document.main+xml"/>'
    f'<Override PartName="/word/styles.xml" ContentType="{_OFFICE}.styles+xml"/></Types>'
)
_ROOT = (
    f'{_HEAD}<Relationships xmlns="{_PACKAGE}/relationships">'
    f'<Relationship Id="rId1" Type="{_RELATION}/officeDocument" Target="word/document.xml"/></Relationships>'
)
_LINKS = (
    f'{_HEAD}<Relationships xmlns="{_PACKAGE}/relationships">'
    f'<Relationship Id="rId1" Type="{_RELATION}/styles" Target="styles.xml"/></Relationships>'
)
# Sizes in half points; distances in twentieths of a point.
_STYLES = (
    f'{_HEAD}<w:styles xmlns:w="{_MAIN}"><w:style w:type="paragraph" w:default="1" w:styleId="Normal">'
    '<w:name w:val="Normal"/><w:pPr><w:spacing w:after="120"/></w:pPr><w:rPr><w:sz w:val="22"/></w:rPr></w:style>'
    '<w:style w:type="paragraph" w:styleId="Heading1"><w:name w:val="heading 1"/><w:basedOn w:val="Normal"/>'
    '<w:next w:val="Normal"/><w:pPr><w:keepNext/><w:spacing w:before="240" w:after="120"/><w:outlineLvl w:val="0"/>'
    '</w:pPr><w:rPr><w:b/><w:sz w:val="28"/></w:rPr></w:style></w:styles>'
)
_BREAK = "<w:r><w:br/></w:r>"
_RIGHT_TO_LEFT = frozenset({"R", "AL"})


def as_docx(pages: Sequence[ReadPage]) -> bytes:
    """Paragraphs with the line ends of the picture; several pictures each begin a page under their name."""
    body = "".join(_body([page for page in pages if not page.problem], headings=len(pages) > 1))
    document = f'{_HEAD}<w:document xmlns:w="{_MAIN}"><w:body>{body}<w:sectPr/></w:body></w:document>'
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in (
            ("[Content_Types].xml", _TYPES),
            ("_rels/.rels", _ROOT),
            ("word/document.xml", document),
            ("word/styles.xml", _STYLES),
            ("word/_rels/document.xml.rels", _LINKS),
        ):
            # one fixed date: the same pages give the same file
            archive.writestr(zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0)), content, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def _body(pages: Sequence[ReadPage], *, headings: bool) -> Iterator[str]:
    for place, page in enumerate(pages):
        if headings:
            page_break = "<w:pageBreakBefore/>" if place else ""
            yield f'<w:p><w:pPr><w:pStyle w:val="Heading1"/>{page_break}</w:pPr>{_run(page.name)}</w:p>'
        lines = page.text_lines
        for group in paragraphs([line.points for line in lines]):
            texts = [lines[index].one_line for index in group]
            direction = "<w:pPr><w:bidi/></w:pPr>" if _runs_to_the_left(texts[0]) else ""
            yield f"<w:p>{direction}{_BREAK.join(_run(text) for text in texts)}</w:p>"


def _run(text: str) -> str:
    right = "<w:rPr><w:rtl/></w:rPr>" if _runs_to_the_left(text) else ""
    return f'<w:r>{right}<w:t xml:space="preserve">{escape(for_xml(text)[0])}</w:t></w:r>'


def _runs_to_the_left(text: str) -> bool:
    """Whether the first letter belongs to a script that is written from right to left."""
    kinds = (unicodedata.bidirectional(character) for character in text)
    return next((kind in _RIGHT_TO_LEFT for kind in kinds if kind in ("L", *_RIGHT_TO_LEFT)), False)
