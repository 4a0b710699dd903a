"""Content that fills its room, and scrolls where there is less room than it needs at the least."""

from __future__ import annotations

from PyQt5.QtCore import QEvent, QObject, QSize, Qt, pyqtSlot
from PyQt5.QtGui import QResizeEvent
from PyQt5.QtWidgets import QFrame, QScrollArea, QSizePolicy, QStackedWidget, QTabWidget, QWidget

LOWEST_PX = 200


class LowScreenArea(QScrollArea):
    """As wide as its room; as high as that too, but never lower than the content can bear.

    A scroll area that resizes its content would give one with wrapped text its preferred height, and scroll long before
    it must.

    Args:
        content: Has a layout.
    """

    def __init__(self, content: QWidget) -> None:
        super().__init__()
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        content.setProperty("role", "page")
        self.setWidget(content)
        content.installEventFilter(self)

    def minimumSizeHint(self) -> QSize:
        content = self.widget()
        width = content.minimumSizeHint().width() if content is not None else 0
        return QSize(width, LOWEST_PX)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def eventFilter(self, watched: QObject | None, event: QEvent | None) -> bool:
        if event is not None and event.type() == QEvent.Type.LayoutRequest:
            self._fit()
            self.updateGeometry()
        return super().eventFilter(watched, event)

    def _fit(self) -> None:
        content, viewport = self.widget(), self.viewport()
        if content is not None and viewport is not None:
            content.resize(viewport.width(), max(viewport.height(), content.minimumSizeHint().height()))


class HeightOfShown(QObject):
    """Lets the page in front alone say how high a stack or tabs must be; what is hidden behind it needs no room.

    Args:
        holder: Has all its pages; also the owner.
    """

    def __init__(self, holder: QStackedWidget | QTabWidget) -> None:
        super().__init__(holder)
        self._holder = holder
        holder.currentChanged.connect(self._on_current_changed)
        self._on_current_changed(holder.currentIndex())

    @pyqtSlot(int)
    def _on_current_changed(self, current: int) -> None:
        for place in range(self._holder.count()):
            page = self._holder.widget(place)
            if page is not None:
                policy = page.sizePolicy()
                shown = place == current
                policy.setVerticalPolicy(QSizePolicy.Policy.Preferred if shown else QSizePolicy.Policy.Ignored)
                page.setSizePolicy(policy)
