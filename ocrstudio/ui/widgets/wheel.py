"""The mouse wheel scrolls: it changes no value over which the pointer happens to pass."""

from __future__ import annotations

from PyQt5.QtCore import QEvent, QObject, Qt
from PyQt5.QtWidgets import QAbstractSpinBox, QApplication, QComboBox, QWidget

NAME = "wheelLeaver"


class _WheelLeaver(QObject):
    """Hands the wheel on to what scrolls around a field. A number that has the keyboard still turns with it."""

    def eventFilter(self, watched: QObject | None, event: QEvent | None) -> bool:
        if event is None or event.type() != QEvent.Type.Wheel:
            return False
        if isinstance(watched, QAbstractSpinBox) and watched.hasFocus():
            return False
        event.ignore()
        return True


def leave_wheel(root: QWidget) -> None:
    """Lets the wheel pass through the numbers and the lists to choose from in a widget; may be called again."""
    app = QApplication.instance()
    if app is None:
        return
    leaver = app.findChild(_WheelLeaver, NAME, Qt.FindChildOption.FindDirectChildrenOnly)
    if leaver is None:
        leaver = _WheelLeaver(app)
        leaver.setObjectName(NAME)
    for field in (*root.findChildren(QComboBox), *root.findChildren(QAbstractSpinBox)):
        field.installEventFilter(leaver)
        if field.focusPolicy() == Qt.FocusPolicy.WheelFocus:
            field.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
