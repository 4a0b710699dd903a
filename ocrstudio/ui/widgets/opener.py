"""Files and folders shown by the desktop's own programs."""

from __future__ import annotations

from pathlib import Path

from PyQt5.QtCore import QCoreApplication, Qt, QUrl
from PyQt5.QtGui import QDesktopServices
from PyQt5.QtWidgets import QMessageBox, QWidget

NAME = "cannotOpen"


def open_place(place: Path, parent: QWidget | None) -> None:
    """Shows a file or a folder with the program that the desktop has for it.

    Args:
        place: What to open.
        parent: Its window gets a message, with the path to copy, where that cannot be done.
    """
    if not place.exists():
        why = QCoreApplication.translate("Opener", "It is not there any more.")
    elif QDesktopServices.openUrl(QUrl.fromLocalFile(str(place))):
        return
    else:
        why = QCoreApplication.translate("Opener", "This computer has no program for it.")
    box = QMessageBox(parent)
    box.setObjectName(NAME)
    box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    box.setIcon(QMessageBox.Icon.Warning)
    box.setTextFormat(Qt.TextFormat.PlainText)
    box.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    box.setText(QCoreApplication.translate("Opener", "{place} could not be opened. {why}").format(place=place, why=why))
    box.open()
