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
    translate = QCoreApplication.translate
    if _OPEN:
        return None
    box = QMessageBox(QApplication.activeWindow())
    box.setObjectName(NAME)
    box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    box.setIcon(QMessageBox.Icon.Warning)
    box.setTextFormat(Qt.TextFormat.PlainText)
    box.setWindowTitle("OCR Studio")
    box.setText(translate("ProgramError", "Something in the program went wrong. Your labels are safe; you can go on."))
    about = translate("ProgramError", "What happened: {summary}\nThe details are also in {file}.")
    box.setInformativeText(about.format(summary=summary, file=log_file))
    box.setDetailedText(details)
    box.setStandardButtons(QMessageBox.StandardButton.Ok)
    # Without a window as its parent nobody else would hold it, and it would vanish at once.
    _OPEN.append(box)
    box.finished.connect(_OPEN.clear)
    box.open()
    return box
