"""The fonts of the window and of what is printed."""

from __future__ import annotations

from PyQt5.QtGui import QFont, QFontDatabase, QFontInfo, QGuiApplication

from ocrstudio import paths


def use_fonts(app: QGuiApplication) -> None:
    """Names a font for Chinese after the application's own: the system's, or the bundled one if it has none.

    Left to itself, Qt may fall back to a bold face for characters that the first font lacks.
    """
    families = QFontDatabase().families(QFontDatabase.WritingSystem.SimplifiedChinese)
    # A family of several scripts comes in regional forms; the simplified one is wanted.
    families = [name for name in families if "SC" in name.split()] or families
    if not families:
        for file in sorted((paths.resources() / "fonts").glob("*.[ot]tf")):
            families += QFontDatabase.applicationFontFamilies(QFontDatabase.addApplicationFont(str(file)))
    font = QFont(app.font())
    # The real name behind an alias such as "Sans Serif", which a list of families does not resolve.
    font.setFamilies([QFontInfo(font).family(), *families[:1]])
    app.setFont(font)
