"""The worst confusions as a matrix of colours: what stands there down, what was read across."""

from __future__ import annotations

from collections import Counter
from math import sqrt

from PyQt5.QtCore import QEvent, QPoint, QRect, QRectF, QSize, Qt, pyqtSignal
from PyQt5.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PyQt5.QtWidgets import QSizePolicy, QToolTip, QWidget

from ocrstudio.core.confusions import NOTHING, Confusion, Confusions
from ocrstudio.ui import theme
from ocrstudio.ui.pages.test.errors_words import NOTHING_SIGN, confusion_words
from ocrstudio.ui.widgets.reading_paint import VISIBLE_SPACE

MOST_ROWS, MOST_COLUMNS = 10, 13
# Confusions that rows and columns are chosen by.
CONSIDERED = 200
CELL_PX = QSize(38, 26)
HEAD_PX = 44
_STEPS = {Qt.Key.Key_Left: (0, -1), Qt.Key.Key_Right: (0, 1), Qt.Key.Key_Up: (-1, 0), Qt.Key.Key_Down: (1, 0)}


class ConfusionMatrix(QWidget):
    """Paints counts; a click, or arrow keys and Enter, choose a confusion."""

    chosen = pyqtSignal(str, str)  # what stands there, what was read

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("confusionMatrix")
        self._rows: list[str] = []
        self._columns: list[str] = []
        self._counts: dict[Confusion, int] = {}
        self._most = 1
        self._at: tuple[int, int] | None = None
        self._selected: Confusion | None = None
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    @property
    def rows(self) -> list[str]:
        """What stands there, from the top."""
        return self._rows

    @property
    def columns(self) -> list[str]:
        """What was read, from the left."""
        return self._columns

    def show_confusions(self, found: Confusions | None) -> None:
        """Shows the rows and columns with most errors."""
        worst = found.worst()[:CONSIDERED] if found is not None else []
        self._counts = dict(worst)
        by_row: Counter[str] = Counter()
        for (truth, _), count in worst:
            by_row[truth] += count
        self._rows = [piece for piece, _ in by_row.most_common(MOST_ROWS)]
        by_column: Counter[str] = Counter()
        for (truth, read), count in worst:
            if truth in self._rows:
                by_column[read] += count
        self._columns = [piece for piece, _ in by_column.most_common(MOST_COLUMNS)]
        self._most = max((count for _, count in worst), default=1)
        self._at = None
        self.updateGeometry()
        self.update()

    def select(self, confusion: Confusion | None) -> None:
        """Marks the cell of a confusion, without announcing it."""
        self._selected = confusion
        self.update()

    def sizeHint(self) -> QSize:
        rows, columns = max(1, len(self._rows)), max(1, len(self._columns))
        return QSize(HEAD_PX + columns * CELL_PX.width(), HEAD_PX // 2 + 4 + rows * self._cell_height())

    def minimumSizeHint(self) -> QSize:
        return QSize(HEAD_PX + 4 * CELL_PX.width(), self.sizeHint().height())

    def cell(self, row: int, column: int) -> QRect:
        """Where a cell is."""
        width = self._cell_width()
        height = self._cell_height()
        return QRect(HEAD_PX + int(column * width), HEAD_PX // 2 + row * height, int(width) - 2, height - 2)

    def _cell_width(self) -> float:
        room = (self.width() - HEAD_PX) / max(1, len(self._columns))
        return min(room, 2.0 * CELL_PX.width())

    def _cell_height(self) -> int:
        return max(CELL_PX.height(), self.fontMetrics().height() + 8)

    def paintEvent(self, event: QPaintEvent) -> None:
        used = theme.colors()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        metrics = painter.fontMetrics()
        center = int(Qt.AlignmentFlag.AlignCenter)
        painter.setPen(QColor(used.muted))
        for column, read in enumerate(self._columns):
            area = self.cell(0, column)
            head = QRect(area.left() - 2, 0, area.width() + 4, HEAD_PX // 2 - 2)
            painter.drawText(head, center, metrics.elidedText(_sign(read), Qt.TextElideMode.ElideRight, head.width()))
        for row, truth in enumerate(self._rows):
            area = self.cell(row, 0)
            head = QRect(0, area.top(), HEAD_PX - 8, area.height())
            words = metrics.elidedText(_sign(truth), Qt.TextElideMode.ElideRight, head.width())
            painter.setPen(QColor(used.text))
            painter.drawText(head, int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight), words)
        for row, truth in enumerate(self._rows):
            for column, read in enumerate(self._columns):
                self._paint_cell(painter, self.cell(row, column), (truth, read), is_at=(row, column) == self._at)
        painter.end()

    def _paint_cell(self, painter: QPainter, area: QRect, confusion: Confusion, *, is_at: bool) -> None:
        used = theme.colors()
        count = self._counts.get(confusion, 0)
        # by the root: one of many small errors must still be seen beside the great ones
        strength = sqrt(count / self._most) if count else 0.0
        ground = _mixed(QColor(used.panel), QColor(used.accent), 0.12 + 0.88 * strength if count else 0.0)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(ground)
        painter.drawRoundedRect(QRectF(area), 3, 3)
        if is_at or confusion == self._selected:
            painter.setPen(QPen(QColor(used.text), 2 if confusion == self._selected else 1))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(QRectF(area).adjusted(1, 1, -1, -1), 3, 3)
        if count:
            painter.setPen(QColor(used.accent_text if strength > 0.55 else used.text))
            painter.drawText(area, int(Qt.AlignmentFlag.AlignCenter), str(count))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        place = self._place(event.pos())
        if place != self._at:
            self._at = place
            self.update()
        count = self._count(place)
        self.setCursor(Qt.CursorShape.PointingHandCursor if count else Qt.CursorShape.ArrowCursor)
        if place is not None and count:
            words = confusion_words((self._rows[place[0]], self._columns[place[1]]))
            QToolTip.showText(event.globalPos(), f"{words}: {count}×", self)
        else:
            QToolTip.hideText()

    def leaveEvent(self, event: QEvent) -> None:
        self._at = None
        self.update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self._choose(self._place(event.pos()))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = _STEPS.get(Qt.Key(event.key()))
        if step is not None and self._rows and self._columns:
            row, column = self._at or (0, -1 if step == (0, 1) else 0)
            self._at = (
                min(max(0, row + step[0]), len(self._rows) - 1),
                min(max(0, column + step[1]), len(self._columns) - 1),
            )
            words = confusion_words((self._rows[self._at[0]], self._columns[self._at[1]]))
            self.setAccessibleDescription(f"{words}: {self._count(self._at)}")
            self.update()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self._choose(self._at)
        else:
            super().keyPressEvent(event)

    def _choose(self, place: tuple[int, int] | None) -> None:
        if place is not None and self._count(place):
            self.chosen.emit(self._rows[place[0]], self._columns[place[1]])

    def _count(self, place: tuple[int, int] | None) -> int:
        return 0 if place is None else self._counts.get((self._rows[place[0]], self._columns[place[1]]), 0)

    def _place(self, point: QPoint) -> tuple[int, int] | None:
        if not self._rows or not self._columns or point.x() < HEAD_PX or point.y() < HEAD_PX // 2:
            return None
        row = (point.y() - HEAD_PX // 2) // self._cell_height()
        column = int((point.x() - HEAD_PX) / self._cell_width())
        return (row, column) if row < len(self._rows) and column < len(self._columns) else None


def _sign(piece: str) -> str:
    return NOTHING_SIGN if piece == NOTHING else piece.replace(" ", VISIBLE_SPACE)


def _mixed(one: QColor, other: QColor, share: float) -> QColor:
    return QColor(
        round(one.red() + (other.red() - one.red()) * share),
        round(one.green() + (other.green() - one.green()) * share),
        round(one.blue() + (other.blue() - one.blue()) * share),
    )
