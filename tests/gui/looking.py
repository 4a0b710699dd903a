"""What tests of the looks share: which texts have no room, and what a screen reader has no words for."""

from __future__ import annotations

from collections.abc import Iterator

from PyQt5.QtCore import Qt
from PyQt5.QtWidgets import (
    QAbstractButton,
    QAbstractScrollArea,
    QAbstractSpinBox,
    QComboBox,
    QLabel,
    QLineEdit,
    QScrollBar,
    QStyle,
    QStyleOptionFrame,
    QTabBar,
    QToolButton,
    QWidget,
)

from ocrstudio.ui.widgets.parts import ElidedLabel

# Styles round; a pixel or two cuts no letter.
TOLERANCE_PX = 2
INNER_MARGIN_PX = 2  # of a QLineEdit, on each side of its text
WIDEST_POSSIBLE_PX = (1 << 24) - 1  # Qt's own, for a widget that was given no limit
# Choose among long names: what is shown gives way, the list and the tooltip have it all.
GIVES_WAY = (ElidedLabel,)


def cut_texts(root: QWidget) -> Iterator[str]:
    """Visible labels, buttons and fields of `root` that are smaller than their text, each told with its sizes."""
    for widget in root.findChildren(QWidget):
        if not widget.isVisible() or isinstance(widget, GIVES_WAY):
            continue
        text, width, height = _wanted(widget)
        if text and (widget.width() + TOLERANCE_PX < width or widget.height() + TOLERANCE_PX < height):
            yield (
                f"{type(widget).__name__} {widget.objectName()} {text[:50]!r}: "
                f"{widget.width()} x {widget.height()} of {width} x {height}"
            )


def _wanted(widget: QWidget) -> tuple[str, int, int]:
    """A widget's text and the least room for it, in pixels; no text if it is of no kind that can be cut."""
    if isinstance(widget, QLabel):
        least = widget.heightForWidth(widget.width()) if widget.wordWrap() else widget.sizeHint().height()
        if widget.wordWrap():
            return widget.text(), 0, least
        return widget.text(), widget.sizeHint().width(), least
    if isinstance(widget, QAbstractButton):
        if isinstance(widget, QToolButton) and widget.toolButtonStyle() == Qt.ToolButtonStyle.ToolButtonIconOnly:
            return "", 0, 0
        return widget.text(), widget.minimumSizeHint().width(), widget.minimumSizeHint().height()
    if isinstance(widget, QComboBox):
        # What is chosen in it must be legible; its longest entry need not be.
        text = widget.currentText()
        given = QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
        gives_way = widget.sizeAdjustPolicy() == given or widget.maximumWidth() < WIDEST_POSSIBLE_PX
        least = 0 if gives_way else widget.fontMetrics().horizontalAdvance(text) + widget.iconSize().width() // 2
        return text, least, widget.fontMetrics().height()
    if isinstance(widget, QLineEdit) and not isinstance(widget.parentWidget(), QAbstractSpinBox | QComboBox):
        # What it asks for is read before anything is typed.
        words = widget.placeholderText() if not widget.text() else ""
        return words or "field", _room_for(widget, words), widget.fontMetrics().height()
    if isinstance(widget, QLineEdit | QAbstractSpinBox):
        return "field", 0, widget.fontMetrics().height()
    return "", 0, 0


def _room_for(edit: QLineEdit, words: str) -> int:
    """The width that a field must have so that `words` can be read in it, in pixels."""
    option = QStyleOptionFrame()
    edit.initStyleOption(option)
    inside = edit.style().subElementRect(QStyle.SubElement.SE_LineEditContents, option, edit).width()
    margins = edit.width() - inside + 2 * INNER_MARGIN_PX
    return margins + edit.fontMetrics().horizontalAdvance(words) if words else 0


def unnamed(root: QWidget) -> Iterator[str]:
    """Visible widgets of `root` that take the focus and have neither text, nor accessible name, nor a buddy."""
    buddies = {label.buddy() for label in root.findChildren(QLabel) if label.buddy() is not None}
    for widget in root.findChildren(QWidget):
        if not widget.isVisible() or widget.focusPolicy() == Qt.FocusPolicy.NoFocus:
            continue
        if isinstance(widget, QScrollBar | QTabBar) or widget.focusProxy() is not None:
            continue
        owner = widget.parentWidget()
        if isinstance(owner, QAbstractScrollArea | QComboBox | QAbstractSpinBox) and not isinstance(
            widget, QAbstractButton
        ):
            # Part of something that has the name itself.
            continue
        text = widget.text() if isinstance(widget, QAbstractButton | QLabel) else ""
        if not (text or widget.accessibleName() or widget in buddies):
            yield f"{type(widget).__name__} {widget.objectName()} in {type(owner).__name__} {owner.objectName()}"
