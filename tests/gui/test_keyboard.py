"""The whole window by keyboard alone: Tab reaches everything, in the order of the eye, and stays nowhere."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest
from fake_check import FINE
from PyQt5.QtCore import QPoint, Qt
from PyQt5.QtGui import QImage
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

from ocrstudio.core.evaluation import LineReading
from ocrstudio.formats.config import TrainConfig
from ocrstudio.formats.run_folder import Engine, RunFolder
from ocrstudio.protocol.messages import Done, encode
from ocrstudio.services.flight_check import FlightCheck, Subject
from ocrstudio.services.project_session import ProjectSession
from ocrstudio.services.recognizer import Recognizer
from ocrstudio.services.settings import Settings, WindowState
from ocrstudio.ui import actions as specs
from ocrstudio.ui import window_place
from ocrstudio.ui.dialogs.crash_report import CrashReportDialog
from ocrstudio.ui.main_window import PAGE_CLASSES, MainWindow
from ocrstudio.ui.pages.annotate.palette import PaletteRowsDialog
from ocrstudio.ui.pages.config.flight_dialog import FlightDialog
from ocrstudio.ui.pages.setup.clone_dialog import CloneDialog
from ocrstudio.ui.pages.setup.fix_dialog import FixDialog
from ocrstudio.ui.pages.test.errors_label_dialog import LabelDialog
from ocrstudio.ui.pages.train.compare import CompareDialog
from ocrstudio.ui.pages.train.report_dialog import ReportDialog
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
    monkeypatch.setattr(window_place, "FIRST_SIZE", (600, 400))
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


def saying(result: object) -> list[str]:
    """A program that stands in for a command, with this result."""
    return [sys.executable, "-c", f"print({encode(Done(result=result))!r})"]


def trained(runs_dir: Path, name: str, rate: float) -> RunFolder:
    config = TrainConfig.template()
    config.set("Optimizer.lr.learning_rate", rate)
    run = RunFolder.create(runs_dir, name, config)
    records = [{"kind": "start", "epochs": 1}, {"kind": "eval", "step": 1, "epoch": 1, "acc": 0.5, "best": True}]
    run.metrics_path.write_text("".join(json.dumps(record) + "\n" for record in records))
    return run


def comparing(tmp_path: Path) -> Dialog:
    dialog = CompareDialog([trained(tmp_path / "runs", f"run{rate}", rate) for rate in (0.1, 0.2)])
    dialog.shown_when = lambda: dialog.view.settings.rowCount() > 0
    return dialog


def reporting(tmp_path: Path) -> Dialog:
    entries = [{"name": f"{name}.txt", "what": name, "size": 9, "text": name} for name in ("config", "log")]
    dialog = ReportDialog(trained(tmp_path / "runs", "run", 0.1), program=saying({"entries": entries}))
    dialog.shown_when = lambda: dialog.files.topLevelItemCount() == 2
    return dialog


def checking(_: Path) -> Dialog:
    check = FlightCheck(program=FINE, delay_ms=1)
    check.look(Subject("Global:\n  epoch_num: 1  # check: fail\n", "config", Engine(), "/x/runs"))
    dialog = FlightDialog(check)
    dialog.shown_when = lambda: not check.is_busy
    dialog.finished.connect(check.close)
    return dialog


MADE = {
    "clone": lambda _: CloneDialog(program=saying({"tags": ["v2.8.1"]})),
    "flight check": checking,
    "compare runs": comparing,
    "report": reporting,
    "label": lambda _: LabelDialog(0, LineReading("0", "a.png", "one", "two", 0.5), QImage(40, 9, QImage.Format_RGB32)),
    "fix": lambda _: FixDialog("Fix", ["one", "two"], ["doctor"], lambda _: ("good", "Done"), program=saying({})),
    "crash": lambda _: CrashReportDialog("Traceback\nand the rest"),
    "palette": lambda _: PaletteRowsDialog(["Numbers: 123"]),
}


@pytest.mark.parametrize("name", MADE)
def test_a_dialog_of_a_page_can_be_used_by_keyboard(qtbot, tmp_path, name):
    dialog = MADE[name](tmp_path)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
    qtbot.addWidget(dialog)
    dialog.show()
    dialog.activateWindow()
    qtbot.waitUntil(lambda: dialog.isActiveWindow() and QApplication.focusWidget() is not None, timeout=WAIT_MS)
    qtbot.waitUntil(getattr(dialog, "shown_when", lambda: True), timeout=WAIT_MS)
    found = sorted(faults(dialog))
    for tabs in dialog.findChildren(QTabWidget):
        tabs.setCurrentIndex(tabs.count() - 1)
        found += sorted(faults(dialog))
    dialog.done(QDialog.DialogCode.Rejected)
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
