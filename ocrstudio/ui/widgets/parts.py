"""Small building stones that every page uses, so that pages look alike."""

from __future__ import annotations

from collections.abc import Sequence

from PyQt5.QtCore import QEvent, QObject, QSize, Qt
from PyQt5.QtGui import QColor, QFontMetrics, QPainter, QPaintEvent, QPen
from PyQt5.QtWidgets import (
    QComboBox,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QStyle,
    QStyleOptionComboBox,
    QStylePainter,
    QVBoxLayout,
    QWidget,
)

from ocrstudio.ui import theme
from ocrstudio.ui.icons import icon

GRID = 8  # every gap is a multiple of it, in pixels
ICON_SIZE = QSize(24, 16)
FOCUS_PX = 2


def label(role: str = "", name: str = "", *, wrap: bool = False) -> QLabel:
    """An empty text; fill it through `TranslatedWidget.say`.

    Args:
        role: Role of the style sheet: title, subtitle, hint, muted, good, warn, bad.
        name: Object name.
        wrap: Whether long text takes several lines.
    """
    made = QLabel()
    made.setObjectName(name)
    made.setProperty("role", role)
    made.setTextFormat(Qt.TextFormat.PlainText)
    if wrap:
        made.setWordWrap(True)
        # A wrapped label asks for a square otherwise, which leaves holes in a form.
        made.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Minimum)
    return made


def button(name: str, icon_name: str = "", role: str = "") -> QPushButton:
    """An empty button; fill it through `TranslatedWidget.say`.

    Args:
        name: Object name.
        icon_name: qtawesome's name.
        role: primary, big, danger, quiet or nothing.
    """
    made = QPushButton()
    made.setObjectName(name)
    made.setProperty("role", role)
    if icon_name:
        colour = {"primary": "accent_text", "big": "accent_text", "danger": "bad", "quiet": "accent"}.get(role, "text")
        made.setIcon(icon(icon_name, colour))
        # Wider than high: the style leaves no gap between icon and text.
        theme.size_icon(made, ICON_SIZE)
    return made


def card(*children: QWidget, spacing: int = GRID) -> QFrame:
    """A framed surface with its children one below the other; add more through its `layout()`."""
    frame = QFrame()
    frame.setProperty("role", "card")
    column = QVBoxLayout(frame)
    column.setContentsMargins(2 * GRID, 2 * GRID, 2 * GRID, 2 * GRID)
    column.setSpacing(spacing)
    for child in children:
        column.addWidget(child)
    return frame


def row(*children: QWidget | None, spacing: int = GRID) -> QHBoxLayout:
    """Children side by side; None is a stretch."""
    line = QHBoxLayout()
    line.setContentsMargins(0, 0, 0, 0)
    line.setSpacing(spacing)
    for child in children:
        if child is None:
            line.addStretch(1)
        else:
            line.addWidget(child)
    return line


def scrolled(content: QWidget) -> QScrollArea:
    """A page that scrolls when the window is too small for it or the text is large."""
    return _ScrolledPage(content)


class _ScrolledPage(QScrollArea):
    """Gives wrapped text its height at this width; that at its narrowest would leave a hole below."""

    def __init__(self, content: QWidget) -> None:
        super().__init__()
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        content.setProperty("role", "page")
        self.setWidget(content)
        _measure(content)

    def eventFilter(self, watched: QObject | None, event: QEvent | None) -> bool:
        if isinstance(watched, QWidget) and event is not None and event.type() == QEvent.Type.LayoutRequest:
            _measure(watched)
        return super().eventFilter(watched, event)


def _measure(content: QWidget) -> None:
    layout = content.layout()
    by_width = layout is not None and layout.hasHeightForWidth()
    # Ignored: the area asks the layout alone, with the width that there is.
    height = QSizePolicy.Policy.Ignored if by_width else QSizePolicy.Policy.Preferred
    content.setSizePolicy(QSizePolicy.Policy.Preferred, height)


def paint_focus(widget: QWidget, painter: QPainter) -> None:
    """Draws the frame that says where the keyboard is, for a widget that paints itself; last of all."""
    if widget.hasFocus():
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(QColor(theme.colors().accent), FOCUS_PX))
        painter.drawRect(widget.rect().adjusted(1, 1, -1, -1))


class ElidedLabel(QLabel):
    """One line of text that gives way: a part is left out when there is no room, and the tooltip has it all.

    Args:
        name: Object name.
        elide: What is left out: the middle of a path, the end of a heading.
        parent: Owner.
    """

    def __init__(
        self,
        name: str = "",
        elide: Qt.TextElideMode = Qt.TextElideMode.ElideMiddle,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._elide = elide
        self.setObjectName(name)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)

    def show_text(self, text: str) -> None:
        """Shows `text`, and all of it as the tooltip."""
        self.setText(text)
        self.setToolTip(text)

    def minimumSizeHint(self) -> QSize:
        return QSize(self.fontMetrics().averageCharWidth() * 6, super().minimumSizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        area = self.contentsRect()
        text = QFontMetrics(self.font()).elidedText(self.text(), self._elide, area.width())
        role = self.property("role")
        painter.setPen(QColor(getattr(theme.colors(), role if role in ("muted", "good", "warn", "bad") else "text")))
        painter.drawText(area, int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft), text)


class SearchField(QLineEdit):
    """A line to search by, cleared by its button; what it asks for can always be read.

    Args:
        name: Object name.
        parent: Owner.
    """

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.setClearButtonEnabled(True)

    def setPlaceholderText(self, text: str | None) -> None:  # noqa: N802  (Qt's name)
        super().setPlaceholderText(text)
        self.updateGeometry()

    def minimumSizeHint(self) -> QSize:
        least, metrics = super().minimumSizeHint(), self.fontMetrics()
        words = metrics.horizontalAdvance(self.placeholderText())
        return least.expandedTo(QSize(least.width() - metrics.maxWidth() + words, 0))


class LongChoice(QComboBox):
    """A choice among long names: of the chosen one the end is left out where there is no room, and dots say so."""

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, option = QStylePainter(self), QStyleOptionComboBox()
        self.initStyleOption(option)
        painter.drawComplexControl(QStyle.ComplexControl.CC_ComboBox, option)
        part = QStyle.SubControl.SC_ComboBoxEditField
        style = self.style()
        if style is not None:
            room = style.subControlRect(QStyle.ComplexControl.CC_ComboBox, option, part, self).width()
            if not option.currentIcon.isNull():
                room -= option.iconSize.width() + GRID // 2
            option.currentText = self.fontMetrics().elidedText(option.currentText, Qt.TextElideMode.ElideRight, room)
        painter.drawControl(QStyle.ControlElement.CE_ComboBoxLabel, option)


class Dot(QWidget):
    """A round mark in a colour of the theme, beside a word that says the same."""

    def __init__(self, role: str = "muted", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._role = role
        self.setFixedSize(12, 12)

    def set_role(self, role: str) -> None:
        """Takes the colour of a field of `theme.Colors`, or of a page state."""
        self._role = role
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        used = theme.colors()
        color = used.states.get(self._role) or getattr(used, self._role, used.muted)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(color))
        painter.drawEllipse(self.rect().adjusted(1, 1, -1, -1))


class StackedBar(QWidget):
    """Shares of a whole as one bar of coloured parts, such as pages by state."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._parts: tuple[tuple[str, int], ...] = ()
        self.setFixedHeight(10)

    def set_parts(self, parts: Sequence[tuple[str, int]]) -> None:
        """(page state or colour field, count) from left to right."""
        self._parts = tuple(parts)
        self.update()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.PaletteChange:
            self.update()
        super().changeEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        used = theme.colors()
        total = sum(count for _, count in self._parts)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(Qt.PenStyle.NoPen))
        painter.setBrush(QColor(used.hover))
        painter.drawRoundedRect(self.rect(), 5, 5)
        if not total:
            return
        left = 0
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        for role, count in self._parts:
            width = round(self.width() * count / total)
            painter.fillRect(left, 0, width, self.height(), QColor(used.states.get(role) or used.muted))
            left += width
