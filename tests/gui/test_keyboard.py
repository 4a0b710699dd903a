"""The whole window by keyboard alone: Tab reaches everything, in the order of the eye, and stays nowhere."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

import pytest
from PyQt5.QtCore import QPoint, Qt
from PyQt5.QtTest import QTest
from PyQt5.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSlider,
    QAbstractSpinBox,
    QAction,
    QApplication,
    QComboBox,
    QDialog,
    QHeaderView,
    QKeySequenceEdit,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QScrollBar,
    QTabWidget,
    QTextEdit,
    QVBoxLayout,
    QWidget,
)

from ocrstudio.services.project_session import ProjectSession
from ocrstudio.services.recognizer import Recognizer
from ocrstudio.services.settings import Settings, WindowState
from ocrstudio.ui import actions as specs
from ocrstudio.ui import main_window
from ocrstudio.ui.main_window import PAGE_CLASSES, MainWindow
from ocrstudio.ui.widgets.dialog import Dialog
from tests.gui.looking import unnamed
from tests.gui.project_parts import label_line, make_project

WAIT_MS = 15000
LONGEST_WALK = 400
DIALOGS = (
    *(specs.IMPORT_LABELS, specs.EXPORT_LABELS, specs.EXPORT_CROPS, specs.PACKAGE, specs.MERGE, specs.REPLACE),
    *(specs.PREFERENCES, specs.SHOW_HELP, specs.SHOW_WELCOME, specs.SHOW_KEYS),
)
# (page, button) -> dialogs of pages.
BUTTONS = (("config", "recipeButton"), ("dataset", "editDictionary"), ("dataset", "total-lines"))
USED = (
    *(QAbstractButton, QAbstractItemView, QAbstractSlider, QAbstractSpinBox),
    *(QComboBox, QLineEdit, QPlainTextEdit, QTextEdit),
)
# Here Tab goes from box to box; F6 leads out.
LEFT_BY_F6 = {"canvas", "lineText"}
# Tab goes from link to link first.
HAS_LINKS = {"helpText"}
# Figures to be looked at.
NOTHING_TO_DO = {"splitPreview", "compareFigures"}
# Other keys have the same effect: F8; the arrows of the tab bar; Return in the list of commands.
BY_OTHER_KEYS = {"qt_dockwidget_closebutton", "ScrollLeftButton", "ScrollRightButton", "keysField"}


@pytest.fixture
def window(qtbot, tmp_path, monkeypatch) -> Iterator[MainWindow]:
    # The screen of the tests is a small one, on which the window would be maximised.
    monkeypatch.setattr(main_window, "FIRST_SIZE", (600, 400))
    settings = Settings(tmp_path / "settings.ini")
    made = MainWindow(ProjectSession(), Recognizer(), settings, WindowState(tmp_path / "window.ini"))
    qtbot.addWidget(made)
    made.resize(1280, 800)
    made.show()
    made.activateWindow()  # no desktop does it
    qtbot.waitUntil(made.isActiveWindow)
    yield made
    made._may_close = True
    made.close()


def shown_dialogs() -> list[QDialog]:
    return [one for one in QApplication.topLevelWidgets() if isinstance(one, QDialog) and one.isVisible()]


def stops() -> list[QWidget]:
    """Every widget at which Tab stops, from where the keyboard is until it is there again."""
    met: list[QWidget] = []
    for _ in range(LONGEST_WALK):
        now = QApplication.focusWidget()
        assert now is not None, f"nothing has the keyboard after {told(met[-1]) if met else 'the beginning'}"
        if now in met:
            return met
        met.append(now)
        assert not now.visibleRegion().isEmpty(), f"has the keyboard out of view: {told(now)}"
        for _ in range(LONGEST_WALK if now.objectName() in HAS_LINKS else 1):
            QTest.keyClick(now, Qt.Key.Key_F6 if now.objectName() in LEFT_BY_F6 else Qt.Key.Key_Tab)
            if QApplication.focusWidget() is not now:
                break
        else:
            assert not met[1:], f"Tab does not leave {told(now)}"
    raise AssertionError(f"no end of widgets: {told(met[-1])}")


def told(widget: QWidget) -> str:
    place = widget.mapTo(widget.window(), QPoint(0, 0))
    return f"{type(widget).__name__} {widget.objectName()} at {place.x()}, {place.y()}"


def forgotten(scope: QWidget, met: list[QWidget]) -> list[str]:
    """What can be used by mouse and was not met. Of buttons of which one is down, arrows lead to the others."""
    found = []
    for widget in scope.findChildren(QWidget):
        if not isinstance(widget, USED) or not widget.isVisible() or not widget.isEnabled() or widget in met:
            continue
        if widget.objectName() in NOTHING_TO_DO | BY_OTHER_KEYS or isinstance(widget, QScrollBar | QHeaderView):
            continue
        if isinstance(widget, QAbstractButton) and widget.group() is not None and widget.group().exclusive():
            continue
        owner = widget.parentWidget()
        if not isinstance(owner, QComboBox | QAbstractSpinBox | QLineEdit | QAbstractItemView | QKeySequenceEdit):
            found.append(told(widget))
    return found


def jumps(met: list[QWidget]) -> list[str]:
    """Pairs of neighbours in one part of the window of which the second lies above the first or left of it."""
    found = []
    for one, other in pairwise(met):
        if one.parentWidget() is other.parentWidget() and not isinstance(one, QAbstractItemView):
            higher = other.geometry().bottom() < one.geometry().top()
            same_line = abs(other.geometry().center().y() - one.geometry().center().y()) < one.height() // 2
            if higher or (same_line and other.x() < one.x()):
                found.append(f"{told(one)} -> {told(other)}")
    return found


def faults(scope: QWidget) -> set[str]:
    met = stops()
    return {
        *(f"not by keyboard: {one}" for one in forgotten(scope, met)),
        *(f"against the eye: {one}" for one in jumps(met[1:])),
        *(f"no name: {one}" for one in unnamed(scope)),
    }


@pytest.mark.parametrize("case", ["empty", "project"])
def test_every_page_can_be_used_by_keyboard(qtbot, window, tmp_path, case):
    if case == "project":
        window.open_project(make_project(tmp_path, label=label_line("pages/p1.png", "one", "two")))
        assert window._session.wait_until_open(WAIT_MS)
        window.show_problems()
    found = []
    for name in PAGE_CLASSES:
        window.show_page(name)
        page = window.page(name)
        qtbot.wait(100)
        found += [f"{name}: {one}" for one in faults(window)]
        for tabs in [tabs for tabs in page.findChildren(QTabWidget) if tabs.isVisible()]:
            for place in range(1, tabs.count()):
                tabs.setCurrentIndex(place)
                qtbot.wait(50)
                found += [f"{name} {tabs.tabText(place)}: {one}" for one in faults(window)]
            tabs.setCurrentIndex(0)
    assert not found, "\n".join(found)


def test_every_dialog_can_be_used_by_keyboard(qtbot, window, tmp_path):
    window.open_project(make_project(tmp_path, label=label_line("pages/p1.png", "one", "two")))
    assert window._session.wait_until_open(WAIT_MS)
    openers = [(spec.id, window.findChild(QAction, spec.id).trigger) for spec in DIALOGS]
    openers += [(name, window.page(page).findChild(QPushButton, name).click) for page, name in BUTTONS]
    found = []
    for name, opens in openers:
        opens()
        qtbot.waitUntil(lambda: bool(shown_dialogs()))
        (dialog,) = shown_dialogs()
        dialog.activateWindow()
        qtbot.waitUntil(lambda shown=dialog: shown.isActiveWindow() and QApplication.focusWidget() is not None)
        found += [f"{name}: {one}" for one in faults(dialog)]
        dialog.close()
        window.activateWindow()
        qtbot.waitUntil(window.isActiveWindow)
    assert not found, "\n".join(found)


def test_the_keyboard_goes_on_to_the_neighbour_of_what_is_disabled(qtbot):
    dialog = Dialog()
    qtbot.addWidget(dialog)
    column = QVBoxLayout(dialog)
    made = [QPushButton(name) for name in ("one", "two", "three")]
    for button in made:
        column.addWidget(button)
    dialog.show()
    dialog.activateWindow()
    qtbot.waitUntil(dialog.isActiveWindow)
    made[1].setFocus()
    made[1].setEnabled(False)
    assert QApplication.focusWidget() is made[2]
