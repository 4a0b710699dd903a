"""Every text of a window that a user can see or hear, with the place where it stands."""

from __future__ import annotations

from collections.abc import Iterator

from PyQt5.QtCore import QAbstractItemModel, QObject, Qt
from PyQt5.QtWidgets import (
    QAbstractButton,
    QAction,
    QComboBox,
    QGroupBox,
    QHeaderView,
    QLabel,
    QLineEdit,
    QMenu,
    QPlainTextEdit,
    QSpinBox,
    QTabBar,
    QTreeWidget,
    QWidget,
)

Text = tuple[str, str]  # where, what


def texts_of(window: QWidget) -> set[Text]:
    """(place, text) of everything in a window hidden parts, menus and their commands included."""
    found: set[Text] = set()
    for widget in [window, *window.findChildren(QWidget)]:
        if _is_inner(widget):
            continue
        place = _place(widget)
        for what in (widget.toolTip(), widget.statusTip(), widget.accessibleName(), widget.accessibleDescription()):
            found.add((place, what))
        found |= {(place, what) for what in _own(widget)}
    for action in window.findChildren(QAction):
        if not _is_inner(action):
            found |= {(action.objectName() or "action", what) for what in (action.text(), action.toolTip())}
    return {(place, what) for place, what in found if what.strip()}


def _own(widget: QWidget) -> Iterator[str]:
    if widget.isWindow() and not isinstance(widget, QMenu):
        yield widget.windowTitle()
    if isinstance(widget, QLabel | QAbstractButton):
        yield widget.text()
    elif isinstance(widget, QGroupBox | QMenu):
        yield widget.title()
    elif isinstance(widget, QLineEdit | QPlainTextEdit):
        yield widget.placeholderText()
    elif isinstance(widget, QComboBox):
        yield from (widget.itemText(place) for place in range(widget.count()))
    elif isinstance(widget, QSpinBox):
        yield from (widget.specialValueText(), widget.suffix(), widget.prefix())
    elif isinstance(widget, QTabBar):
        for place in range(widget.count()):
            yield from (widget.tabText(place), widget.tabToolTip(place))
    elif isinstance(widget, QHeaderView) and widget.model() is not None:
        yield from _headers(widget.model(), widget.orientation())
    elif isinstance(widget, QTreeWidget):
        for place in range(widget.topLevelItemCount()):
            item = widget.topLevelItem(place)
            yield from (item.text(column) for column in range(widget.columnCount()))


def _headers(model: QAbstractItemModel, orientation: Qt.Orientation) -> Iterator[str]:
    count = model.columnCount() if orientation == Qt.Orientation.Horizontal else min(model.rowCount(), 50)
    for place in range(count):
        for role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            yield str(model.headerData(place, orientation, role) or "")


def _is_inner(thing: QObject) -> bool:
    """Whether something is Qt's own part of another widget, or belongs to pyqtgraph's menus, which no plot shows."""
    if thing.objectName().startswith("qt_") and not isinstance(thing, QMenu):
        return True
    owner = thing.parent()
    while owner is not None:
        if any(base.__module__.startswith("pyqtgraph.") for base in type(owner).__mro__):
            return True
        owner = owner.parent()
    return False


def _place(widget: QWidget) -> str:
    """The widget's and its nearest named owner's name."""
    names = []
    step: QWidget | None = widget
    while step is not None and len(names) < 2:
        if step.objectName() or step is widget:
            names.append(step.objectName() or type(step).__name__)
        step = step.parentWidget()
    return " < ".join(names)
