"""The report of a model's errors as a web page or as PDF, made on a thread."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path

from PyQt5.QtCore import QCoreApplication, QMarginsF, QSizeF
from PyQt5.QtGui import QFont, QGuiApplication, QPageLayout, QPageSize, QPdfWriter, QTextDocument

from ocrstudio.core.error_analysis import ErrorAnalysis
from ocrstudio.core.errors import StudioError
from ocrstudio.formats.atomic import write_atomic
from ocrstudio.formats.crops import load_opencv
from ocrstudio.formats.error_report import WORDS, error_page
from ocrstudio.services.background import Background, tried
from ocrstudio.services.error_workbench import LabelledChoice
from ocrstudio.ui.pages.test.errors_words import set_words

MARGIN_MM = 15.0
DPI = 300
# The page is laid out so wide and then scaled to the paper: two charts fit side by side. Pixels.
LAYOUT_PX = 740


def write_report(
    background: Background, analysis: ErrorAnalysis, file: Path, on_done: Callable[[StudioError | None], None]
) -> None:
    """Writes a report beside the window's work.

    Args:
        background: Whose threads do it.
        analysis: What it is about.
        file: `.pdf` makes a PDF, everything else a web page.
        on_done: Called with what went wrong, or None.
    """
    data = analysis.evaluation.data
    name = set_words(LabelledChoice(data.kind, data.place, data.part))
    words = {key: QCoreApplication.translate("Report", text) for key, text in WORDS.items()}
    background.run(partial(tried, partial(_write, analysis, name, words, file)), on_done)


def _write(analysis: ErrorAnalysis, name: str, words: Mapping[str, str], file: Path) -> None:
    load_opencv()
    if file.suffix.lower() != ".pdf":
        write_atomic(file, error_page(analysis, name, words))
        return
    # the program's own font has every script
    page = error_page(analysis, name, words, fonts=f"'{QGuiApplication.font().family()}'")
    part = file.with_name(f".{file.name}.part")
    try:
        _print(page, part)
        # written in one step, as every file
        write_atomic(file, part.read_bytes())
    finally:
        part.unlink(missing_ok=True)


def _print(page: str, file: Path) -> None:
    # so that a folder that cannot be written to is told as such
    write_atomic(file, b"")
    writer = QPdfWriter(str(file))
    writer.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
    writer.setPageMargins(QMarginsF(MARGIN_MM, MARGIN_MM, MARGIN_MM, MARGIN_MM), QPageLayout.Unit.Millimeter)
    writer.setResolution(DPI)
    document = QTextDocument()
    font = QFont()
    font.setPointSizeF(9.0)
    document.setDefaultFont(font)
    document.setDocumentMargin(0)
    document.setPageSize(QSizeF(LAYOUT_PX, LAYOUT_PX * writer.height() / writer.width()))
    document.setHtml(page)
    document.print_(writer)
