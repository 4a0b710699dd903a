"""Characters in rows with titles: one widget that paints them all, for the mouse and for the arrow keys."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from PyQt5.QtCore import QEvent, QRect, QRectF, QSize, Qt, pyqtSignal
from PyQt5.QtGui import QColor, QFont, QHelpEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QResizeEvent
from PyQt5.QtWidgets import QSizePolicy, QToolTip, QWidget

from ocrstudio.ui import theme
from ocrstudio.ui.pages.annotate.palette_rows import PaletteRow, describe

CELL_LETTERS = 2.1  # width and height of a cell, of the height of its letters
TITLE_GAP_PX = 6
TAKE_KEYS = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space)
OWN_KEYS = (
    *(*TAKE_KEYS, Qt.Key.Key_Escape, Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Up, Qt.Key.Key_Down),
    *(Qt.Key.Key_Home, Qt.Key.Key_End),
)


@dataclass(frozen=True)
class _Cell:
    character: str
    area: QRect
    row: int


class CharacterGrid(QWidget):
    """Rows of characters. One is chosen by a click, or by the arrow keys and Return."""

    chosen = pyqtSignal(str)
    left = pyqtSignal()  # Esc
    current_moved = pyqtSignal(QRect)  # where the keyboard stands now, in this widget

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("characterGrid")
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)  # a click leaves the keyboard in the text
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._rows: tuple[tuple[str, tuple[str, ...]], ...] = ()
        self._titles: list[tuple[str, QRect]] = []
        self._cells: list[_Cell] = []
        self._current, self._hovered = 0, -1

    @property
    def characters(self) -> list[str]:
        """All characters, in the order of the cells."""
        return [cell.character for cell in self._cells]

    def show_rows(self, rows: Sequence[PaletteRow]) -> None:
        """Shows rows; their names are taken as they are."""
        self._rows = tuple((row.name, row.characters) for row in rows)
        self._current, self._hovered = 0, -1
        self._place()

    def area_of(self, character: str) -> QRect:
        """Where a character stands first; an empty rectangle if it is not there."""
        return next((cell.area for cell in self._cells if cell.character == character), QRect())

    def _letter_font(self) -> QFont:
        font = QFont(self.font())
        font.setPointSizeF(font.pointSizeF() * 1.2)
        return font

    def _place(self) -> None:
        """Gives every cell its place for the width there is."""
        side = max(24, round(self.fontMetrics().height() * CELL_LETTERS))
        columns = max(1, self.width() // side)
        title_height = self.fontMetrics().height() + TITLE_GAP_PX
        self._titles, self._cells = [], []
        top, line = 0, 0
        for name, characters in self._rows:
            if name:
                self._titles.append((name, QRect(2, top, self.width() - 2, title_height)))
                top += title_height
            for place, character in enumerate(characters):
                column = place % columns
                area = QRect(column * side, top + place // columns * side, side, side)
                self._cells.append(_Cell(character, area, line + place // columns))
            lines = -(-len(characters) // columns)
            top += lines * side + TITLE_GAP_PX
            line += lines
        self.setFixedHeight(max(1, top))
        self.update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._place()

    def sizeHint(self) -> QSize:
        return QSize(240, self.height())

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._place()

    def paintEvent(self, event: QPaintEvent) -> None:
        used = theme.colors()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QColor(used.muted))
        for name, area in self._titles:
            if area.intersects(event.rect()):
                painter.drawText(area, int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter), name)
        painter.setFont(self._letter_font())
        for number, cell in enumerate(self._cells):
            if not cell.area.intersects(event.rect()):
                continue
            has_keyboard = self.hasFocus() and number == self._current
            ground = used.accent_soft if has_keyboard else used.hover if number == self._hovered else used.sunken
            painter.setPen(QColor(used.accent if has_keyboard else used.border))
            painter.setBrush(QColor(ground))
            painter.drawRoundedRect(QRectF(cell.area).adjusted(1.5, 1.5, -1.5, -1.5), 5, 5)
            painter.setPen(QColor(used.text))
            painter.drawText(cell.area, int(Qt.AlignmentFlag.AlignCenter), cell.character)

    def event(self, event: QEvent) -> bool:
        # These keys walk through the characters here, whatever command of the window has them.
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.ShortcutOverride and event.key() in OWN_KEYS:
            event.accept()
            return True
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            number = self._cell_at(event.pos())
            if number >= 0:
                cell = self._cells[number]
                QToolTip.showText(event.globalPos(), f"{cell.character}   {describe(cell.character)}", self, cell.area)
            else:
                QToolTip.hideText()
            return True
        return super().event(event)

    def _cell_at(self, point: object) -> int:
        return next((n for n, cell in enumerate(self._cells) if cell.area.contains(point)), -1)  # type: ignore[call-overload]

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._hover(self._cell_at(event.pos()))

    def leaveEvent(self, event: QEvent) -> None:
        self._hover(-1)
        super().leaveEvent(event)

    def _hover(self, number: int) -> None:
        if number != self._hovered:
            self._hovered = number
            self.update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        number = self._cell_at(event.pos())
        if event.button() == Qt.MouseButton.LeftButton and number >= 0:
            self._current = number
            self.chosen.emit(self._cells[number].character)
            self.left.emit()  # whoever uses the mouse goes on typing

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        if key == Qt.Key.Key_Escape:
            self.left.emit()
        elif not self._cells:
            super().keyPressEvent(event)
        elif key in TAKE_KEYS:
            self.chosen.emit(self._cells[self._current].character)
        elif key in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            self._move_to(self._current + (1 if key == Qt.Key.Key_Right else -1))
        elif key in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self._move_line(1 if key == Qt.Key.Key_Down else -1)
        elif key in (Qt.Key.Key_Home, Qt.Key.Key_End):
            self._move_to(0 if key == Qt.Key.Key_Home else len(self._cells) - 1)
        else:
            super().keyPressEvent(event)

    def _move_line(self, step: int) -> None:
        """To the cell above or below, or the last of a shorter line."""
        now = self._cells[self._current]
        rows = [cell.row for cell in self._cells]
        target = now.row + step
        if not rows[0] <= target <= rows[-1]:
            return
        first, end = bisect_right(rows, target - 1), bisect_right(rows, target)
        column = self._current - bisect_right(rows, now.row - 1)
        self._move_to(min(first + column, end - 1))

    def _move_to(self, number: int) -> None:
        if 0 <= number < len(self._cells):
            self._current = number
            self.current_moved.emit(self._cells[number].area)
            self.update()
