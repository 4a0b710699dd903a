"""Hundreds of thousands of lines, of which only those on the screen are painted; marked with mouse or keys, copied."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import chain

from PyQt5.QtCore import QEvent, QPoint, QRect, Qt, pyqtSignal, pyqtSlot
from PyQt5.QtGui import (
    QColor,
    QFont,
    QFontMetricsF,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
)
from PyQt5.QtWidgets import QAbstractScrollArea, QApplication, QWidget

from ocrstudio.core.log_lines import Level, LogLines
from ocrstudio.ui import theme

MARGIN_PX = 8
# Of a longer line only the beginning is painted; it is copied and saved whole.
PAINTED_CHARS = 2000
LEVEL_ROLES = {Level.PLAIN: "text", Level.WARNING: "warn", Level.ERROR: "bad"}


@dataclass(frozen=True, order=True)
class Place:
    """A place in the text: a row as shown, and a column before which it is."""

    row: int
    column: int


class LogView(QAbstractScrollArea):
    """Shows lines, all or those that matter.

    Args:
        lines: Grows outside; `lines_added` tells.
    """

    followed = pyqtSignal(bool)  # whether the end is in sight, so that new lines scroll into view

    def __init__(self, lines: LogLines) -> None:
        super().__init__()
        self._lines = lines
        # places of the shown lines; None while all are shown
        self._shown: list[int] | None = None
        self._level = Level.PLAIN
        self._anchor = self._caret = Place(0, 0)
        self._word = ""
        self._widest = 0.0
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        viewport = self.viewport()
        if viewport is not None:
            viewport.setCursor(Qt.CursorShape.IBeamCursor)
        self.vertical = self.verticalScrollBar()
        self.horizontal = self.horizontalScrollBar()
        self._measure()
        if self.vertical is not None:
            self.vertical.valueChanged.connect(self._on_scrolled)

    # --- what is shown ---------------------------------------------------------------------------------------------

    @property
    def rows(self) -> int:
        """How many lines are shown."""
        return len(self._lines) if self._shown is None else len(self._shown)

    def text(self, row: int) -> str:
        """A shown line."""
        return self._lines.texts[row if self._shown is None else self._shown[row]]

    def show_level(self, level: Level) -> None:
        """Shows only lines that matter so much; the selection goes."""
        self._level = level
        self._shown = None if level is Level.PLAIN else self._lines.at_least(level)
        self._anchor = self._caret = Place(0, 0)
        self._update_bars()
        self.go_to_end()

    def lines_added(self, dropped: int) -> None:
        """The lines have grown; what the reader looks at stays, unless it is the end.

        Args:
            dropped: How many of the oldest went.
        """
        follows, top = self.is_at_end, self._top()
        lost = dropped if self._shown is None else sum(place < dropped for place in self._shown)
        if self._shown is not None:
            self._shown = self._lines.at_least(self._level)
        self._anchor = Place(max(0, self._anchor.row - lost), self._anchor.column)
        self._caret = Place(max(0, self._caret.row - lost), self._caret.column)
        self._update_bars()
        if follows:
            self.go_to_end()
        elif self.vertical is not None:
            self.vertical.setValue(max(0, top - lost))
        self._repaint()

    @property
    def is_at_end(self) -> bool:
        """Whether new lines scroll into view by themselves."""
        return self.vertical is None or self.vertical.value() >= self.vertical.maximum()

    @pyqtSlot()
    def go_to_end(self) -> None:
        """Follows new lines again."""
        if self.vertical is not None:
            self.vertical.setValue(self.vertical.maximum())

    def mark(self, word: str) -> None:
        """Paints a ground behind a word wherever it stands."""
        self._word = word.lower()
        self._repaint()

    def find(self, word: str, *, backward: bool = False, again: bool = True) -> bool:
        """Selects the next place where a word stands, beyond the end from the beginning again.

        Args:
            word: Upper and lower case alike.
            backward: Towards the beginning.
            again: Beyond the selection; else the selection itself may be found again.

        Returns:
            Whether it stands anywhere.
        """
        wanted, count = word.lower(), self.rows
        if not wanted or not count:
            return False
        start = min(self._anchor, self._caret)
        row = min(start.row, count - 1)
        if backward:
            column = self.text(row).lower().rfind(wanted, 0, max(0, start.column + len(wanted) - 1))
            order = chain(range(row - 1, -1, -1), range(count - 1, row - 1, -1))
        else:
            beyond = start.column + (1 if again and self.selected_text() else 0)
            column = self.text(row).lower().find(wanted, beyond)
            order = chain(range(row + 1, count), range(row + 1))
        if column < 0:
            row = next((one for one in order if wanted in self.text(one).lower()), -1)
            if row < 0:
                return False
            line = self.text(row).lower()
            column = line.rfind(wanted) if backward else line.find(wanted)
        self._anchor, self._caret = Place(row, column), Place(row, column + len(wanted))
        self._bring_into_view(row)
        return True

    # --- selection -------------------------------------------------------------------------------------------------

    def selected_text(self) -> str:
        """What is marked."""
        first, last = sorted((self._anchor, self._caret))
        if first == last or first.row >= self.rows:
            return ""
        if first.row == last.row:
            return self.text(first.row)[first.column : last.column]
        middle = [self.text(row) for row in range(first.row + 1, min(last.row, self.rows))]
        end = [self.text(last.row)[: last.column]] if last.row < self.rows else []
        return "\n".join([self.text(first.row)[first.column :], *middle, *end])

    @pyqtSlot()
    def select_all(self) -> None:
        """Marks all lines that are shown."""
        self._anchor = Place(0, 0)
        self._caret = Place(max(0, self.rows - 1), len(self.text(self.rows - 1)) if self.rows else 0)
        self._repaint()

    @pyqtSlot()
    def copy(self) -> None:
        """Puts what is marked on the clipboard."""
        text, clipboard = self.selected_text(), QApplication.clipboard()
        if text and clipboard is not None:
            clipboard.setText(text)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() != Qt.MouseButton.LeftButton:
            return
        self._caret = self._place_at(event.pos())
        if not event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            self._anchor = self._caret
        self._repaint()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if not event.buttons() & Qt.MouseButton.LeftButton:
            return
        viewport = self.viewport()
        if self.vertical is not None and viewport is not None and not 0 <= event.y() < viewport.height():
            self.vertical.setValue(self.vertical.value() + (1 if event.y() > 0 else -1))
        self._caret = self._place_at(event.pos())
        self._repaint()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        place = self._place_at(event.pos())
        if place.row >= self.rows:
            return
        line, left, right = self.text(place.row), place.column, place.column
        while left > 0 and not line[left - 1].isspace():
            left -= 1
        while right < len(line) and not line[right].isspace():
            right += 1
        self._anchor, self._caret = Place(place.row, left), Place(place.row, right)
        self._repaint()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        bar = self.vertical
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy()
        elif event.matches(QKeySequence.StandardKey.SelectAll):
            self.select_all()
        elif bar is not None and event.key() == Qt.Key.Key_Home:
            bar.setValue(0)
        elif event.key() == Qt.Key.Key_End:
            self.go_to_end()
        else:
            super().keyPressEvent(event)

    def _place_at(self, point: QPoint) -> Place:
        row = min(max(0, self._top() + point.y() // self._height), max(0, self.rows - 1))
        if not self.rows:
            return Place(0, 0)
        line, x = self.text(row)[:PAINTED_CHARS], point.x() - MARGIN_PX + self._left()
        low, high = 0, len(line)
        while low < high:
            middle = (low + high + 1) // 2
            # the border between two characters is the middle of the one before it
            if self._metrics.horizontalAdvance(line[: middle - 1]) + self._half(line[middle - 1]) <= x:
                low = middle
            else:
                high = middle - 1
        return Place(row, low)

    def _half(self, character: str) -> float:
        return self._metrics.horizontalAdvance(character) / 2

    # --- painting --------------------------------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:
        viewport, used = self.viewport(), theme.colors()
        if viewport is None:
            return
        painter = QPainter(viewport)
        painter.setFont(self.font())
        painter.fillRect(event.rect(), QColor(used.sunken))
        first, last = sorted((self._anchor, self._caret))
        top, widest = self._top(), self._widest
        for row in range(top, min(self.rows, top + viewport.height() // self._height + 2)):
            line = self.text(row)[:PAINTED_CHARS]
            area = QRect(0, (row - top) * self._height, viewport.width(), self._height)
            left = MARGIN_PX - self._left()
            self._paint_words(painter, line, area, left)
            if first.row <= row <= last.row and first != last:
                start = first.column if row == first.row else 0
                end = last.column if row == last.row else len(line) + 1
                self._paint_ground(painter, line, area, left, start, end, used.accent_soft)
            place = row if self._shown is None else self._shown[row]
            role = LEVEL_ROLES[Level(self._lines.levels[place])]
            painter.setPen(QColor(getattr(used, role)))
            painter.drawText(QPoint(left, area.top() + self._ascent), line)
            widest = max(widest, self._metrics.horizontalAdvance(line))
        if widest > self._widest:
            self._widest = widest
            self._update_bars()

    def _paint_words(self, painter: QPainter, line: str, area: QRect, left: int) -> None:
        if not self._word:
            return
        lower = line.lower()
        start = lower.find(self._word)
        while start >= 0:
            end = start + len(self._word)
            self._paint_ground(painter, line, area, left, start, end, theme.colors().warn_soft)
            start = lower.find(self._word, end)

    def _paint_ground(
        self, painter: QPainter, line: str, area: QRect, left: int, start: int, end: int, color: str
    ) -> None:
        x = self._metrics.horizontalAdvance(line[:start])
        width = self._metrics.horizontalAdvance(line[start:end]) + (self._half(" ") * 2 if end > len(line) else 0)
        painter.fillRect(QRect(int(left + x), area.top(), int(width + 0.5), area.height()), QColor(color))

    def _repaint(self) -> None:
        viewport = self.viewport()
        if viewport is not None:
            viewport.update()

    # --- scrolling -------------------------------------------------------------------------------------------------

    def _top(self) -> int:
        return self.vertical.value() if self.vertical is not None else 0

    def _left(self) -> int:
        return self.horizontal.value() if self.horizontal is not None else 0

    def _bring_into_view(self, row: int) -> None:
        bar = self.vertical
        if bar is not None and not bar.value() <= row < bar.value() + bar.pageStep():
            bar.setValue(max(0, row - bar.pageStep() // 2))
        self._repaint()

    def _update_bars(self) -> None:
        viewport, vertical, horizontal = self.viewport(), self.vertical, self.horizontal
        if viewport is None or vertical is None or horizontal is None:
            return
        page = max(1, viewport.height() // self._height)
        vertical.setPageStep(page)
        vertical.setRange(0, max(0, self.rows - page))
        horizontal.setPageStep(viewport.width())
        horizontal.setSingleStep(4 * MARGIN_PX)
        horizontal.setRange(0, max(0, int(self._widest) + 2 * MARGIN_PX - viewport.width()))
        self.followed.emit(self.is_at_end)
        self._repaint()

    def _measure(self) -> None:
        self._metrics = QFontMetricsF(self.font())
        self._height = max(1, int(self._metrics.lineSpacing() + 0.5))
        self._ascent = int(self._metrics.ascent() + 0.5)
        self._widest = 0.0

    def use_font(self, font: QFont) -> None:
        """Takes a font of fixed width."""
        self.setFont(font)
        self._measure()
        self._update_bars()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        follows = self.is_at_end
        self._update_bars()
        if follows:
            self.go_to_end()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self._measure()
            self._repaint()

    @pyqtSlot()
    def _on_scrolled(self) -> None:
        self.followed.emit(self.is_at_end)
        self._repaint()


def fixed_font(like: QWidget, factor: float) -> QFont:
    """The system's font of fixed width, in a size relative to a widget's."""
    font = QFont("DejaVu Sans Mono")
    font.setFamilies(["Cascadia Mono", "Consolas", "Menlo", "DejaVu Sans Mono", "Noto Sans Mono", "monospace"])
    font.setStyleHint(QFont.StyleHint.Monospace)
    font.setPointSizeF(like.font().pointSizeF() * factor)
    return font
