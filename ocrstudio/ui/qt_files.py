"""Where PyQt5's wheel keeps Qt's own files.

WORKAROUND: the wheel tells Qt its place in Latin-1, which loses other characters of the path. In a folder with, say, a
Chinese name Qt would find neither its plugins, without which no window opens, nor its translations.
"""

from __future__ import annotations

from pathlib import Path

import PyQt5
from PyQt5.QtCore import QCoreApplication, QLibraryInfo

_WHEEL = Path(PyQt5.__file__).parent / "Qt5"


def find_plugins() -> None:
    """Shows Qt its plugins; to be called before the application object is made."""
    if (_WHEEL / "plugins").is_dir():
        QCoreApplication.addLibraryPath(str(_WHEEL / "plugins"))


def translations() -> Path:
    """The folder of the catalogues for Qt's own buttons and menus."""
    beside = _WHEEL / "translations"
    return beside if beside.is_dir() else Path(QLibraryInfo.location(QLibraryInfo.LibraryLocation.TranslationsPath))
