"""A small histogram whose bars can be clicked."""

from __future__ import annotations

from collections.abc import Sequence

from PyQt5.QtCore import QEvent, QRect, QSize, Qt, pyqtSignal
from PyQt5.QtGui import QColor, QFontMetrics, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PyQt5.QtWidgets import QSizePolicy, QToolTip, QWidget

from ocrstudio.ui import theme
from ocrstudio.ui.widgets.parts import GRID, paint_focus

BARS_HEIGHT = 64
_LEAST = 2


class Histogram(QWidget):
    """Paints counts; a click, or arrow keys and Enter, choose a bar."""

    chosen = pyqtSignal(int)  # place of the bar

    def __init__(self, edges: Sequence[float], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._edges = edges
        self._counts: list[int] = [0] * len(edges)
        self._at = -1
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(220, BARS_HEIGHT + self.fontMetrics().height() + GRID)

    def minimumSizeHint(self) -> QSize:
        return QSize(120, self.sizeHint().height())

    def set_counts(self, counts: Sequence[int]) -> None:
        """Shows other counts, one for each edge."""
        if list(counts) != self._counts:
            self._counts = list(counts)
            self.update()

    def range_text(self, bar: int) -> str:
        """What a bar stands for: "4–6", "81+"."""
        start = self._edges[bar]
        if bar + 1 == len(self._edges):
            return f"{start:g}+"
        end = self._edges[bar + 1]
        whole = all(float(edge).is_integer() for edge in self._edges)
        last = end - 1 if whole else end
        return f"{start:g}" if whole and last == start else f"{start:g}–{last:g}"

    def bar_area(self, bar: int) -> QRect:
        """Where a bar stands, with the empty room above it."""
        width = self.width() / len(self._edges)
        return QRect(int(bar * width), 0, max(1, int((bar + 1) * width) - int(bar * width) - 2), BARS_HEIGHT)

    def paintEvent(self, event: QPaintEvent) -> None:
        colors = theme.colors()
        painter = QPainter(self)
        most = max(self._counts) or 1
        font = painter.font()
        font.setPointSizeF(font.pointSizeF() * 0.75)
        painter.setFont(font)
        every = self._labelled(painter.fontMetrics())
        for bar, count in enumerate(self._counts):
            area = self.bar_area(bar)
            height = max(_LEAST, round(count / most * (BARS_HEIGHT - 2))) if count else 0
            color = colors.accent_hover if bar == self._at else colors.accent
            painter.fillRect(area.adjusted(0, BARS_HEIGHT - height, 0, 0), QColor(color))
            label = QRect(area.left(), BARS_HEIGHT + 2, area.width() + 2, self.height() - BARS_HEIGHT - 2)
            painter.setPen(QColor(colors.text if bar == self._at else colors.muted))
            if bar % every == 0 or bar == self._at:
                label.setWidth(max(label.width(), every * area.width()))
                painter.drawText(label, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop, f"{self._edges[bar]:g}")
        painter.setPen(QPen(QColor(colors.border)))
        painter.drawLine(0, BARS_HEIGHT, self.width(), BARS_HEIGHT)
        if not any(self._counts):
            painter.setFont(self.font())
            painter.setPen(QColor(colors.muted))
            area = QRect(0, 0, self.width(), BARS_HEIGHT)
            painter.drawText(area, int(Qt.AlignmentFlag.AlignCenter), self.tr("No values yet"))
        paint_focus(self, painter)
        painter.end()

    def _labelled(self, letters: QFontMetrics) -> int:
        """Every which edge has room for its number."""
        widest = max(letters.horizontalAdvance(f"{edge:g} ") for edge in self._edges)
        return max(1, -(-widest * len(self._edges) // max(1, self.width())))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        bar = self._bar_at(event.x())
        if bar != self._at:
            self._at = bar
            self.update()
        QToolTip.showText(event.globalPos(), f"{self.range_text(bar)}: {self._counts[bar]}", self)

    def leaveEvent(self, event: QEvent) -> None:
        self._at = -1
        self.update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        bar = self._bar_at(event.x())
        if event.button() == Qt.MouseButton.LeftButton and self._counts[bar]:
            self.chosen.emit(bar)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(Qt.Key(event.key()))
        if step is not None:
            self._at = max(0, min(len(self._edges) - 1, self._at + step))
            self.setAccessibleDescription(f"{self.range_text(self._at)}: {self._counts[self._at]}")
            self.update()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space) and self._at >= 0:
            if self._counts[self._at]:
                self.chosen.emit(self._at)
        else:
            super().keyPressEvent(event)

    def _bar_at(self, x: int) -> int:
        return max(0, min(len(self._edges) - 1, int(x * len(self._edges) / max(1, self.width()))))
