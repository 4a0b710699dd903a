"""Where the errors are: the share of wrong lines by length, size, sharpness, confidence and place."""

from __future__ import annotations

from PyQt5.QtCore import QEvent, QRect, QSize, Qt, pyqtSignal
from PyQt5.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PyQt5.QtWidgets import QGridLayout, QSizePolicy, QToolTip, QWidget

from ocrstudio.core.error_groups import EDGES, ErrorGroup
from ocrstudio.ui import theme
from ocrstudio.ui.pages.test.errors_words import bar_sentence, group_words, percent
from ocrstudio.ui.widgets.parts import GRID, label
from ocrstudio.ui.widgets.translated import TranslatedWidget

BARS_PX = 72
_LEAST_PX = 2
SMALL = 0.78


class ErrorBars(QWidget):
    """One chart: as high as the share of wrong lines, as strong in colour as there are lines."""

    chosen = pyqtSignal(str, int)  # group, bar

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(f"errorBars-{name}")
        self.name = name
        self._group: ErrorGroup | None = None
        self._at = -1
        self._selected = -1
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(200, BARS_PX + 2 * self.fontMetrics().height())

    def minimumSizeHint(self) -> QSize:
        return QSize(120, self.sizeHint().height())

    def show_group(self, group: ErrorGroup | None) -> None:
        """Shows other counts."""
        self._group, self._at = group, -1
        self.update()

    def select(self, bar: int) -> None:
        """Marks a bar; -1 for none."""
        self._selected = bar
        self.update()

    def bar_area(self, bar: int) -> QRect:
        """Where a bar stands, with the empty room above it."""
        count = len(EDGES[self.name])
        width = self.width() / count
        left = int(bar * width)
        return QRect(left, self._top(), max(1, int((bar + 1) * width) - left - 3), BARS_PX)

    def _top(self) -> int:
        return self.fontMetrics().height()

    def paintEvent(self, event: QPaintEvent) -> None:
        used, group = theme.colors(), self._group
        painter = QPainter(self)
        font = painter.font()
        font.setPointSizeF(font.pointSizeF() * SMALL)
        painter.setFont(font)
        base = self._top() + BARS_PX
        if group is not None and group.is_known:
            highest = max(group.share(bar) for bar in range(len(group.edges))) or 1.0
            for bar in range(len(group.edges)):
                self._paint_bar(painter, group, bar, highest)
        elif group is not None:
            painter.setPen(QColor(used.muted))
            painter.drawText(self.rect(), int(Qt.AlignmentFlag.AlignCenter), self.tr("not known for these lines"))
        painter.setPen(QColor(used.border))
        painter.drawLine(0, base, self.width(), base)
        painter.end()

    def _paint_bar(self, painter: QPainter, group: ErrorGroup, bar: int, highest: float) -> None:
        used, area = theme.colors(), self.bar_area(bar)
        share = group.share(bar)
        height = max(_LEAST_PX, round(share / highest * (BARS_PX - 2))) if group.wrong[bar] else 0
        color = QColor(used.bad if bar in (self._at, self._selected) else used.accent)
        # few lines say little: their bar is pale
        color.setAlphaF(1.0 if group.lines[bar] >= 10 or bar == self._selected else 0.45)
        painter.fillRect(area.adjusted(0, BARS_PX - height, 0, 0), color)
        middle = int(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignBottom)
        if group.wrong[bar]:
            painter.setPen(QColor(used.text))
            above = QRect(area.left() - 6, area.bottom() - height - self._top() + 1, area.width() + 12, self._top())
            painter.drawText(above, middle, percent(share, 0).replace(" ", "\u2009"))
        painter.setPen(QColor(used.text if bar == self._selected else used.muted))
        edge = group.edges[bar]
        words = f"{100 * edge:.0f}" if group.name in ("confidence", "across", "down") else f"{edge:.0f}"
        below = QRect(area.left(), area.bottom() + 2, area.width() + 3, self._top())
        painter.drawText(below, int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop), words)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        bar = self._bar_at(event.x())
        if bar != self._at:
            self._at = bar
            self.update()
        if self._group is not None and self._group.lines[bar]:
            self.setCursor(Qt.CursorShape.PointingHandCursor)
            QToolTip.showText(event.globalPos(), bar_sentence(self._group, bar), self)
        else:
            self.unsetCursor()
            QToolTip.hideText()

    def leaveEvent(self, event: QEvent) -> None:
        self._at = -1
        self.update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self._choose(self._bar_at(event.x()))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(Qt.Key(event.key()))
        if step is not None and self._group is not None:
            self._at = max(0, min(len(EDGES[self.name]) - 1, self._at + step))
            self.setAccessibleDescription(bar_sentence(self._group, self._at))
            self.update()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space) and self._at >= 0:
            self._choose(self._at)
        else:
            super().keyPressEvent(event)

    def _choose(self, bar: int) -> None:
        if self._group is not None and self._group.wrong[bar]:
            self.chosen.emit(self.name, bar)

    def _bar_at(self, x: int) -> int:
        count = len(EDGES[self.name])
        return max(0, min(count - 1, int(x * count / max(1, self.width()))))


class ErrorCharts(TranslatedWidget):
    """All charts, two in a row."""

    chosen = pyqtSignal(str, int)  # group, bar

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.bars = {name: ErrorBars(name) for name in EDGES}
        grid = QGridLayout(self)
        grid.setContentsMargins(0, GRID, GRID, 0)
        grid.setHorizontalSpacing(3 * GRID)
        grid.setVerticalSpacing(0)
        for place, (name, bars) in enumerate(self.bars.items()):
            title = label("strong")
            self.say(title.setText, lambda name=name: group_words(name))  # type: ignore[misc]
            self.say(bars.setAccessibleName, lambda name=name: group_words(name))  # type: ignore[misc]
            row, column = place // 2 * 3, place % 2
            grid.addWidget(title, row, column)
            grid.addWidget(bars, row + 1, column)
            grid.setRowMinimumHeight(row + 2, 2 * GRID)
            bars.chosen.connect(self.chosen)
        hint = label("hint", wrap=True)
        self.say(
            hint.setText,
            lambda: self.tr("Share of lines read wrong. Click a bar to see them; pale bars stand for few."),
        )
        grid.addWidget(hint, 9, 0, 1, 2)
        grid.setRowStretch(10, 1)

    def show_groups(self, groups: dict[str, ErrorGroup]) -> None:
        """Shows other counts."""
        for name, bars in self.bars.items():
            bars.show_group(groups.get(name))

    def select(self, group: str = "", bar: int = -1) -> None:
        """Marks one bar; none without arguments."""
        for name, bars in self.bars.items():
            bars.select(bar if name == group else -1)
