"""Name, version and licence."""

from __future__ import annotations

from PyQt5.QtCore import QCoreApplication, Qt
from PyQt5.QtWidgets import QMessageBox, QWidget

from ocrstudio import __version__

ICON_PX = 64


def show_about(parent: QWidget) -> QMessageBox:
    """Shows what the program is; the box deletes itself."""
    translate = QCoreApplication.translate
    box = QMessageBox(parent)
    box.setObjectName("aboutBox")
    box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    box.setWindowTitle(translate("About", "About OCR Studio"))
    box.setIconPixmap(box.windowIcon().pixmap(ICON_PX))
    box.setText(f"OCR Studio {__version__}")
    box.setInformativeText(
        translate("About", "Takes a folder of images to a better OCR model: annotate, split, configure, train, test.")
        + "\n\n"
        + translate("About", "Free software under the GNU General Public License, version 3 or later.")
    )
    box.open()
    return box
