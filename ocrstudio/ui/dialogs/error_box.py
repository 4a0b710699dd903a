"""What the user sees when the program itself is at fault."""

from __future__ import annotations

from pathlib import Path

from PyQt5.QtCore import QCoreApplication, Qt
from PyQt5.QtWidgets import QApplication, QMessageBox

NAME = "programError"
_OPEN: list[QMessageBox] = []


def show_program_error(summary: str, details: str, log_file: Path) -> QMessageBox | None:
    """Shows one sentence and hides the traceback behind a button; one box at a time.

    Args:
        summary: Last line of the traceback.
        details: All of it.
        log_file: Where it has been written.

    Returns:
        The open box, or None while another one is open.
    """
    if _OPEN:
        return None
    what = QCoreApplication.translate(
        "ProgramError", "Something in the program went wrong. Your labels are safe; you can go on."
    )
    box = _make_box(what, summary, details, log_file)
    # Without a window as its parent nobody else would hold it, and it would vanish at once.
    _OPEN.append(box)
    box.finished.connect(_OPEN.clear)
    box.open()
    return box


def show_start_error(summary: str, details: str, log_file: Path) -> None:
    """Says that the window could not be opened, and waits until that is read: nothing else keeps the program alive."""
    what = QCoreApplication.translate("ProgramError", "The window could not be opened. Your labels are safe.")
    _make_box(what, summary, details, log_file).exec()


def _make_box(what: str, summary: str, details: str, log_file: Path) -> QMessageBox:
    box = QMessageBox(QApplication.activeWindow())
    box.setObjectName(NAME)
    box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    box.setIcon(QMessageBox.Icon.Warning)
    box.setTextFormat(Qt.TextFormat.PlainText)
    box.setWindowTitle("OCR Studio")
    box.setText(what)
    about = QCoreApplication.translate("ProgramError", "What happened: {summary}\nThe details are also in {file}.")
    box.setInformativeText(about.format(summary=summary, file=log_file))
    box.setDetailedText(details)
    box.setStandardButtons(QMessageBox.StandardButton.Ok)
    return box
