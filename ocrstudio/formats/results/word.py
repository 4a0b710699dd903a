"""Word documents (.docx)."""

from __future__ import annotations

import io
import unicodedata
from collections.abc import Sequence
from datetime import datetime, timezone
from typing import TYPE_CHECKING

from ocrstudio.core.paragraphs import paragraphs
from ocrstudio.formats.exchange.texts import for_xml
from ocrstudio.formats.results.values import ReadPage

if TYPE_CHECKING:
    from docx.document import Document
    from docx.text.paragraph import Paragraph

_RIGHT_TO_LEFT = frozenset({"R", "AL"})
# one fixed date: the same pages say the same
_WRITTEN = datetime(2000, 1, 1, tzinfo=timezone.utc)


def as_docx(pages: Sequence[ReadPage]) -> bytes:
    """Paragraphs with the line ends of the picture; several pictures each begin a page under their name."""
    import docx

    document = docx.Document()
    about = document.core_properties
    about.author, about.comments, about.created, about.modified = "OCR Studio", "", _WRITTEN, _WRITTEN
    for place, page in enumerate(page for page in pages if not page.problem):
        if len(pages) > 1:
            heading = document.add_heading(for_xml(page.name)[0], level=1)
            heading.paragraph_format.page_break_before = place > 0
        _add_texts(document, page)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def _add_texts(document: Document, page: ReadPage) -> None:
    lines = page.text_lines
    for group in paragraphs([line.points for line in lines]):
        texts = [lines[index].one_line for index in group]
        paragraph = document.add_paragraph()
        for place, text in enumerate(texts):
            run = paragraph.add_run(for_xml(text)[0])
            run.font.rtl = _runs_to_the_left(text) or None
            if place < len(texts) - 1:
                run.add_break()
        if _runs_to_the_left(texts[0]):
            _turn(paragraph)


def _turn(paragraph: Paragraph) -> None:
    """Makes a paragraph run from right to left, which python-docx has no word for."""
    from docx.oxml import OxmlElement

    paragraph._p.get_or_add_pPr().append(OxmlElement("w:bidi"))


def _runs_to_the_left(text: str) -> bool:
    """Whether the first letter belongs to a script that is written from right to left."""
    kinds = (unicodedata.bidirectional(character) for character in text)
    return next((kind in _RIGHT_TO_LEFT for kind in kinds if kind in ("L", *_RIGHT_TO_LEFT)), False)
