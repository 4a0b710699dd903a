"""Pages of HTML as PDF: in the window's process, or in a child that shows nothing, for commands.

`python -m ocrstudio.ui.paper` reads the page from stdin and writes the PDF to stdout.
"""

from __future__ import annotations

import os
import sys

from PyQt5.QtCore import QBuffer, QIODevice, QMarginsF, QSizeF
from PyQt5.QtGui import QFont, QGuiApplication, QPageLayout, QPageSize, QPdfWriter, QTextDocument

from ocrstudio.ui import qt_files
from ocrstudio.ui.fonts import use_fonts

MARGIN_MM = 15.0
DPI = 300
# The page is laid out so wide and then scaled to the paper: two charts fit side by side. Pixels.
LAYOUT_PX = 740


def pdf_of(page: str) -> bytes:
    """A page of HTML on A4, in the application's fonts, which have every script. Not for the window's thread."""
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(buffer)
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
    return bytes(buffer.data())


def main() -> None:
    """The child."""
    # cv2 sets it where some package brings the build with Qt's plugins
    os.environ.pop("QT_QPA_PLATFORM_PLUGIN_PATH", None)
    qt_files.find_plugins()
    # a server has no screen; other systems' own platforms know the fonts, and nothing is shown anyway
    platform = ["-platform", "offscreen"] if sys.platform.startswith("linux") else []
    app = QGuiApplication(["ocrstudio", *platform])
    use_fonts(app)
    sys.stdout.buffer.write(pdf_of(sys.stdin.buffer.read().decode("utf-8")))


if __name__ == "__main__":
    main()
