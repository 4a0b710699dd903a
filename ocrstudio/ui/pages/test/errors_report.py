"""The report of a model's errors as a web page or as PDF, made on a thread."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path

from PyQt5.QtCore import QCoreApplication

from ocrstudio.core.error_analysis import ErrorAnalysis
from ocrstudio.core.errors import StudioError
from ocrstudio.formats.atomic import write_atomic
from ocrstudio.formats.crops import load_opencv
from ocrstudio.formats.error_report import WORDS, error_page
from ocrstudio.services.background import Background, tried
from ocrstudio.services.error_workbench import LabelledChoice
from ocrstudio.ui.pages.test.errors_words import set_words
from ocrstudio.ui.paper import pdf_of


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
    write_atomic(file, pdf_of(error_page(analysis, name, words, fonts="")))
