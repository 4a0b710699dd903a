"""Scrolling a page changes no value on the way."""

from __future__ import annotations

import pytest
from PyQt5.QtCore import QPoint, QPointF, Qt
from PyQt5.QtGui import QWheelEvent
from PyQt5.QtWidgets import QApplication, QComboBox, QSpinBox, QVBoxLayout, QWidget

from ocrstudio.ui.widgets.wheel import leave_wheel


@pytest.fixture
def form(qtbot):
    made = QWidget()
    qtbot.addWidget(made)
    column = QVBoxLayout(made)
    made.combo, made.number = QComboBox(), QSpinBox()
    made.combo.addItems(["a", "b", "c"])
    for field in (made.combo, made.number):
        column.addWidget(field)
    made.number.setValue(7)
    leave_wheel(made)
    leave_wheel(made)  # as when a dialog is shown again
    made.show()
    made.activateWindow()
    return made


def turn(widget: QWidget) -> bool:
    """Turns the wheel over a widget, by a notch; whether it kept the event."""
    middle = QPointF(widget.rect().center())
    event = QWheelEvent(
        *(middle, QPointF(widget.mapToGlobal(middle.toPoint())), QPoint(), QPoint(0, -120)),
        *(Qt.MouseButton.NoButton, Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase, False),
    )
    QApplication.sendEvent(widget, event)
    return event.isAccepted()


def test_fields_below_the_pointer_keep_their_values(qtbot, form):
    form.combo.setFocus()
    qtbot.waitUntil(form.combo.hasFocus)
    assert not turn(form.combo)
    assert not turn(form.number)
    assert (form.combo.currentText(), form.number.value()) == ("a", 7)
    assert form.combo.focusPolicy() == form.number.focusPolicy() == Qt.FocusPolicy.StrongFocus


def test_number_that_has_the_keyboard_turns_with_the_wheel(qtbot, form):
    form.number.setFocus()
    qtbot.waitUntil(form.number.hasFocus)
    turn(form.number)
    assert form.number.value() == 6
