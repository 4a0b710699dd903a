"""Widgets one after the other, in as many lines as the width asks for."""

from __future__ import annotations

from PyQt5.QtCore import QEvent, QPoint, QRect, QSize, Qt
from PyQt5.QtGui import QResizeEvent
from PyQt5.QtWidgets import QLayout, QLayoutItem, QWidget

from ocrstudio.ui.widgets.translated import TranslatedWidget


class FlowLayout(QLayout):
    """Lays widgets out as words of a paragraph; one that is wider than a line is squeezed into it.

    Args:
        parent: Gets this layout.
        gap: Between widgets and between lines, in pixels.
    """

    def __init__(self, parent: QWidget | None = None, gap: int = 8) -> None:
        super().__init__(parent)
        self._items: list[QLayoutItem] = []
        self._far: int | None = None  # from this item on they stand at the right
        self._rest: QWidget | None = None  # takes what is left of its line
        self._gap = gap
        self.setContentsMargins(0, 0, 0, 0)

    def addItem(self, item: QLayoutItem | None) -> None:  # noqa: N802  (Qt's name)
        if item is not None:
            self._items.append(item)

    def add_at_far_end(self, widget: QWidget) -> None:
        """Adds a widget; it and what is added after it stand at the right of their line."""
        self._far = len(self._items)
        self.addWidget(widget)

    def add_at_rest(self, widget: QWidget) -> None:
        """Adds a last widget, which takes what is left of a line where its least width has room."""
        self.addWidget(widget)
        self._rest = widget

    def count(self) -> int:
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem | None:  # noqa: N802  (Qt's name)
        return self._items[index] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int) -> QLayoutItem | None:  # noqa: N802  (Qt's name)
        if not 0 <= index < len(self._items):
            return None
        if self._far is not None and index < self._far:
            self._far -= 1
        taken = self._items.pop(index)
        if taken.widget() is self._rest:
            self._rest = None
        return taken

    def expandingDirections(self) -> Qt.Orientations:  # noqa: N802  (Qt's name)
        return Qt.Orientations(Qt.Orientation(0))

    def height_for(self, width: int) -> int:
        """Height of all lines at a width, in pixels."""
        return self._arrange(QRect(0, 0, width, 0), move=False)

    def setGeometry(self, area: QRect) -> None:  # noqa: N802  (Qt's name)
        super().setGeometry(area)
        self._arrange(area, move=True)

    def sizeHint(self) -> QSize:
        return self.minimumSize()

    def minimumSize(self) -> QSize:  # noqa: N802  (Qt's name)
        size = QSize()
        for item in self._shown():
            size = size.expandedTo(item.minimumSize())
        return size

    def _shown(self) -> list[QLayoutItem]:
        return [item for item in self._items if not item.isEmpty()]

    def _arrange(self, area: QRect, *, move: bool) -> int:
        """Height that is needed."""
        x = y = height = 0
        line: list[tuple[QLayoutItem, int, QSize]] = []

        def end_line() -> None:
            spare, shift = area.width() - (x - self._gap), 0
            for item, left, size in line if move else ():
                if self._far is not None and self._items.index(item) >= self._far:
                    shift = max(0, spare)
                top = area.y() + y + (height - size.height()) // 2
                item.setGeometry(QRect(QPoint(area.x() + left + shift, top), size))
            line.clear()

        for item in self._shown():
            wanted = item.sizeHint()
            rest = self._rest if item.widget() is self._rest else None
            width = rest.minimumSizeHint().width() if rest is not None else wanted.width()
            size = QSize(min(width, max(1, area.width())), wanted.height())
            if x and x + size.width() > area.width():
                end_line()
                x, y, height = 0, y + height + self._gap, 0
            if rest is not None:
                size.setWidth(area.width() - x)
            line.append((item, x, size))
            x += size.width() + self._gap
            height = max(height, size.height())
        end_line()
        return y + height


class FlowWidget(TranslatedWidget):
    """A widget that is as high as its lines are at its width.

    Layouts that ask for a height by width do not work inside of scrolling areas; here the height is fixed anew
    whenever the width or a child changes.

    Args:
        gap: Between widgets and between lines, in pixels.
    """

    def __init__(self, gap: int = 8, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.flow = FlowLayout(self, gap)

    def fit_height(self) -> None:
        """Takes the height that the children need at this width."""
        self.setFixedHeight(self.flow.height_for(self.width()))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.fit_height()

    def event(self, event: QEvent) -> bool:
        done = super().event(event)
        if event.type() == QEvent.Type.LayoutRequest:
            self.fit_height()
        return done


def flowing(*children: QWidget | None) -> FlowWidget:
    """Children side by side, like `parts.row`, in as many lines as they need; None: the rest at the far end."""
    made, far = FlowWidget(), False
    for child in children:
        if child is None:
            far = True
        elif far:
            made.flow.add_at_far_end(child)
            far = False
        else:
            made.flow.addWidget(child)
    return made
