"""A part of the screen as a picture: the screens stand still, and a rectangle is drawn upon them."""

from __future__ import annotations

import os

from PyQt5.QtCore import QObject, QPoint, QRect, QRectF, Qt, QTimer, pyqtSignal, pyqtSlot
from PyQt5.QtGui import (
    QColor,
    QCursor,
    QGuiApplication,
    QImage,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QPixmap,
    QScreen,
)
from PyQt5.QtWidgets import QWidget

from ocrstudio.ui import theme

# The window takes a moment to be gone from the screen.
HIDE_MS = 350
# Less is a slip of the hand.
SMALLEST_PX = 6
DIMMED = QColor(0, 0, 0, 110)


def is_allowed() -> bool:
    """Whether programs may see the screen: Wayland shows them nothing, or a black picture."""
    session = os.environ.get("XDG_SESSION_TYPE", "").lower()
    return session != "wayland" and not QGuiApplication.platformName().startswith("wayland")


def grabbed(screen: QScreen) -> QPixmap:
    """What is to be seen on a screen."""
    return screen.grabWindow(0)


class ScreenRegion(QObject):
    """Hides a window, lets the user draw a rectangle on the screens, and shows the window again.

    Args:
        window: The window that stands in the way.
    """

    taken = pyqtSignal(QImage)
    refused = pyqtSignal()  # the desktop shows nothing of its screens

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self._covers: list[ScreenCover] = []
        self._is_active = False

    @property
    def covers(self) -> list[ScreenCover]:
        """One for each screen, while the user chooses."""
        return self._covers

    @property
    def is_active(self) -> bool:
        """Whether the user is choosing."""
        return self._is_active

    def begin(self) -> None:
        """Hides the window; the rest follows when it is gone."""
        self._is_active = True
        self._window.hide()
        QTimer.singleShot(HIDE_MS, self._show_covers)

    @pyqtSlot()
    def _show_covers(self) -> None:
        # Grabbed before any of them is covered.
        shots = [(screen, grabbed(screen)) for screen in QGuiApplication.screens()]
        if any(shot.isNull() for _, shot in shots):
            self._end()
            self.refused.emit()
            return
        self._covers = [ScreenCover(screen, shot) for screen, shot in shots]
        for cover in self._covers:
            cover.chosen.connect(self._on_cover_chosen)
            cover.given_up.connect(self._end)
            cover.show()
        if self._covers:
            self._covers[0].activateWindow()
            self._covers[0].setFocus()

    @pyqtSlot()
    def _end(self) -> None:
        covers, self._covers = self._covers, []
        self._is_active = False
        # First: with its last window the program would end.
        self._window.show()
        self._window.activateWindow()
        for cover in covers:
            cover.close()
            cover.deleteLater()

    @pyqtSlot(QImage)
    def _on_cover_chosen(self, image: QImage) -> None:
        self._end()
        self.taken.emit(image)


class ScreenCover(QWidget):
    """A picture of one screen over that screen, darker except for the rectangle being drawn.

    The picture is opaque: nothing beneath has to shine through, which not every desktop can do.
    """

    chosen = pyqtSignal(QImage)
    given_up = pyqtSignal()

    def __init__(self, screen: QScreen, shot: QPixmap) -> None:
        super().__init__(None)
        kind = Qt.WindowFlags(Qt.WindowType.FramelessWindowHint)
        self.setWindowFlags(kind | Qt.WindowType.WindowStaysOnTopHint | Qt.WindowType.Tool)
        self.setObjectName("screenCover")
        self.setGeometry(screen.geometry())
        self.setCursor(QCursor(Qt.CursorShape.CrossCursor))
        self._shot = shot
        self._start: QPoint | None = None
        self._area = QRect()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.drawPixmap(self.rect(), self._shot)
        painter.fillRect(self.rect(), DIMMED)
        if self._area.isEmpty():
            self._paint_hint(painter)
            return
        painter.drawPixmap(QRectF(self._area), self._shot, self._source())
        painter.setPen(QPen(QColor(theme.colors().accent), 2))
        painter.drawRect(self._area)

    def _paint_hint(self, painter: QPainter) -> None:
        text = self.tr("Draw a rectangle around the text. Esc: cancel.")
        font = painter.font()
        font.setPointSizeF(font.pointSizeF() * 1.6)
        painter.setFont(font)
        painter.setPen(QColor("white"))
        painter.drawText(self.rect(), int(Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap), text)

    def _source(self) -> QRectF:
        """The rectangle in pixels of the picture, which on sharp screens has more of them than the screen's units."""
        across = self._shot.width() / max(1, self.width())
        down = self._shot.height() / max(1, self.height())
        area = self._area
        return QRectF(area.x() * across, area.y() * down, area.width() * across, area.height() * down)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self._start, self._area = event.pos(), QRect()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._reach(event.pos())

    def _reach(self, corner: QPoint) -> None:
        if self._start is not None:
            self._area = QRect(self._start, corner).normalized().intersected(self.rect())
            self.update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.RightButton:
            self.given_up.emit()
        elif self._start is not None:
            self._reach(event.pos())
            self._start = None
            if min(self._area.width(), self._area.height()) >= SMALLEST_PX:
                self.chosen.emit(self._shot.copy(self._source().toAlignedRect()).toImage())
            else:
                self._area = QRect()
                self.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.given_up.emit()
        else:
            super().keyPressEvent(event)
