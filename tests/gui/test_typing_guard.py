"""Commands by single letters never fire while one types, composes or walks through a list."""

from __future__ import annotations

import pytest
from PyQt5.QtCore import Qt
from PyQt5.QtGui import QInputMethodEvent
from PyQt5.QtTest import QTest
from PyQt5.QtWidgets import (
    QApplication,
    QComboBox,
    QLineEdit,
    QListWidget,
    QPlainTextEdit,
    QPushButton,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from ocrstudio.ui.actions import ActionSpec, make_action
from ocrstudio.ui.typing_guard import TypingGuard

CONTROL, NONE = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.NoModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier


class Bench(QWidget):
    """One of each kind of widget, and commands on the keys that are dangerous."""

    def __init__(self) -> None:
        super().__init__()
        self.heard: list[str] = []
        self.line, self.text, self.number = QLineEdit(), QPlainTextEdit(), QSpinBox()
        self.list, self.button, self.combo = QListWidget(), QPushButton("b"), QComboBox()
        self.editable = QComboBox()
        self.editable.setEditable(True)
        self.canvas = QWidget()
        self.canvas.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.list.addItems(["a", "b"])
        column = QVBoxLayout(self)
        for widget in (
            *(self.line, self.text, self.number, self.list, self.button, self.combo, self.editable, self.canvas),
        ):
            column.addWidget(widget)
        for key in ("W", "Space", "Tab", "Shift+Tab", "Return", "End", "Del", "Ctrl+Return", "F2", "Ctrl+V", "Up"):
            make_action(ActionSpec(key, key, shortcut=key), self, self._on_triggered)

    def _on_triggered(self) -> None:
        self.heard.append(self.sender().objectName())


@pytest.fixture
def bench(qtbot, qapp):
    guard = TypingGuard(qapp)
    made = Bench()
    qtbot.addWidget(made)
    made.show()
    qtbot.waitExposed(made)
    made.activateWindow()
    yield made
    qapp.focusChanged.disconnect(guard._on_app_focus_changed)
    guard.deleteLater()


def focus(qtbot, widget: QWidget) -> None:
    widget.setFocus()
    qtbot.waitUntil(lambda: QApplication.focusWidget() is widget)


PLAIN = [
    (Qt.Key.Key_W, NONE),
    (Qt.Key.Key_Space, NONE),
    (Qt.Key.Key_Return, NONE),
    (Qt.Key.Key_End, NONE),
    (Qt.Key.Key_Delete, NONE),
    (Qt.Key.Key_Up, NONE),
]


@pytest.mark.parametrize("name", ["line", "text", "number", "editable"])
@pytest.mark.parametrize(("key", "held"), [*PLAIN, (Qt.Key.Key_Tab, NONE), (Qt.Key.Key_Backtab, SHIFT)])
def test_plain_keys_stay_in_a_text_field(qtbot, bench, name, key, held):
    widget = getattr(bench, name)
    focus(qtbot, widget)
    QTest.keyClick(widget, key, held)
    assert bench.heard == []


@pytest.mark.parametrize("name", ["line", "text", "number", "editable"])
def test_commands_with_ctrl_and_function_keys_work_from_a_text_field(qtbot, bench, name):
    widget = getattr(bench, name)
    focus(qtbot, widget)
    QTest.keyClick(widget, Qt.Key.Key_Return, CONTROL)
    QTest.keyClick(widget, Qt.Key.Key_F2)
    assert bench.heard == ["Ctrl+Return", "F2"]


def test_ctrl_v_pastes_into_a_field_and_is_a_command_elsewhere(qtbot, bench):
    QApplication.clipboard().setText("pasted")
    focus(qtbot, bench.line)
    QTest.keyClick(bench.line, Qt.Key.Key_V, CONTROL)
    assert (bench.line.text(), bench.heard) == ("pasted", [])
    focus(qtbot, bench.canvas)
    QTest.keyClick(bench.canvas, Qt.Key.Key_V, CONTROL)
    assert bench.heard == ["Ctrl+V"]


@pytest.mark.parametrize("name", ["line", "text"])
def test_nothing_fires_while_an_input_method_composes(qtbot, bench, name):
    widget = getattr(bench, name)
    focus(qtbot, widget)
    QApplication.sendEvent(widget, QInputMethodEvent("ni", []))
    for key, held in (*PLAIN, (Qt.Key.Key_Return, CONTROL), (Qt.Key.Key_F2, NONE), (Qt.Key.Key_Tab, NONE)):
        QTest.keyClick(widget, key, held)
    assert bench.heard == []
    chosen = QInputMethodEvent("", [])
    chosen.setCommitString("你")
    QApplication.sendEvent(widget, chosen)
    QTest.keyClick(widget, Qt.Key.Key_F2)
    assert bench.heard == ["F2"]


@pytest.mark.parametrize("name", ["list", "button", "combo"])
def test_keys_that_walk_stay_with_lists_and_buttons_and_letters_do_not(qtbot, bench, name):
    widget = getattr(bench, name)
    focus(qtbot, widget)
    for key in (Qt.Key.Key_Up, Qt.Key.Key_End, Qt.Key.Key_Tab):
        QTest.keyClick(widget, key)
        focus(qtbot, widget)
    assert bench.heard == []
    focus(qtbot, widget)
    QTest.keyClick(widget, Qt.Key.Key_W)
    assert bench.heard == ["W"]


@pytest.mark.parametrize("name", ["line", "text"])
def test_letters_are_commands_over_a_text_that_can_only_be_read(qtbot, bench, name):
    widget = getattr(bench, name)
    widget.setReadOnly(True)
    focus(qtbot, widget)
    for key in (Qt.Key.Key_W, Qt.Key.Key_End, Qt.Key.Key_Space):
        QTest.keyClick(widget, key)
    assert bench.heard == ["W"]


@pytest.mark.qt_log_ignore("does not support grabbing the keyboard", extend=True)
@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Enter])
def test_return_chooses_from_the_list_that_drops_down(qtbot, bench, key):
    bench.combo.addItems(["a", "b", "c"])
    focus(qtbot, bench.combo)
    bench.combo.showPopup()
    rows = bench.combo.view()
    qtbot.waitUntil(lambda: QApplication.focusWidget() is rows)
    QTest.keyClick(rows, Qt.Key.Key_Down)
    QTest.keyClick(rows, key)
    assert (bench.combo.currentText(), rows.isVisible(), bench.heard) == ("b", False, [])


def test_canvas_keeps_no_key(qtbot, bench):
    focus(qtbot, bench.canvas)
    for key in (Qt.Key.Key_W, Qt.Key.Key_Space, Qt.Key.Key_Tab):
        QTest.keyClick(bench.canvas, key)
    QTest.keyClick(bench.canvas, Qt.Key.Key_Backtab, SHIFT)
    assert bench.heard == ["W", "Space", "Tab", "Shift+Tab"]


def test_field_that_is_deleted_leaves_no_trace(qtbot, bench):
    field = QLineEdit(bench)
    field.show()
    focus(qtbot, field)
    field.deleteLater()
    qtbot.waitUntil(lambda: QApplication.focusWidget() is not field)
    focus(qtbot, bench.canvas)
    QTest.keyClick(bench.canvas, Qt.Key.Key_W)
    assert bench.heard == ["W"]
