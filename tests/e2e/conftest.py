"""The real window, as the program makes it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PyQt5.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from ocrstudio import app
from ocrstudio.ui.main_window import MainWindow


@pytest.fixture
def window(qtbot: QtBot, qapp: QApplication) -> Iterator[MainWindow]:
    """A shown window without a project; closed at the end."""
    made = app.make_window(qapp)
    qtbot.addWidget(made)
    made.resize(1440, 900)
    with qtbot.waitExposed(made):
        made.show()
    made.activateWindow()
    yield made
    made.close()
