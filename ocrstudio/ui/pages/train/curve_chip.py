"""The name, the line and the latest value of a curve, on a button that switches it on and off."""

from __future__ import annotations

from PyQt5.QtCore import QEvent, QPointF, QSize, Qt
from PyQt5.QtGui import QColor, QPainter, QPaintEvent
from PyQt5.QtWidgets import QAbstractButton

from ocrstudio.core.run_curves import CurveKey, is_hidden_at_first
from ocrstudio.ui import theme
from ocrstudio.ui.pages.train.plot_canvas import CurveLook

SAMPLE_PX = 20
GAP_PX = 6
OFF_OPACITY = 0.4
# The widest value that is usual, so that chips do not jump about while values change.
WIDEST = "0.00000"


class CurveChip(QAbstractButton):
    """Checked while its curve is drawn.

    Args:
        key: Its curve.
    """

    def __init__(self, key: CurveKey) -> None:
        super().__init__()
        self.key = key
        self.look = CurveLook("#808080")
        self._value = ""
        self.setObjectName(f"{key.kind}-{key.name}-chip")
        self.setCheckable(True)
        self.setChecked(not is_hidden_at_first(key))
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    @property
    def value(self) -> str:
        """The value that is shown."""
        return self._value

    def show_value(self, text: str) -> None:
        """Writes a value behind the name."""
        if text != self._value:
            grows = len(text) > max(len(self._value), len(WIDEST))
            self._value = text
            self.update()
            if grows:
                self.updateGeometry()

    def sizeHint(self) -> QSize:
        metrics = self.fontMetrics()
        value = max(metrics.horizontalAdvance(self._value), metrics.horizontalAdvance(WIDEST))
        width = SAMPLE_PX + GAP_PX + metrics.horizontalAdvance(self.text()) + GAP_PX + value + 2
        return QSize(width, metrics.height() + 4)

    def minimumSizeHint(self) -> QSize:
        return QSize(SAMPLE_PX + 2 * GAP_PX, self.sizeHint().height())

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self.updateGeometry()

    def paintEvent(self, event: QPaintEvent) -> None:
        used, painter = theme.colors(), QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self.hasFocus() or self.underMouse():
            painter.setPen(QColor(used.accent if self.hasFocus() else used.border))
            painter.drawRoundedRect(self.rect().adjusted(0, 0, -1, -1), 4, 4)
        painter.setOpacity(1.0 if self.isChecked() else OFF_OPACITY)
        middle = self.height() / 2
        painter.setPen(self.look.pen())
        painter.drawLine(QPointF(2, middle), QPointF(SAMPLE_PX, middle))
        metrics = self.fontMetrics()
        area = self.rect().adjusted(SAMPLE_PX + GAP_PX, 0, 0, 0)
        value = metrics.horizontalAdvance(self._value) + GAP_PX if self._value else 0
        name = metrics.elidedText(self.text(), Qt.TextElideMode.ElideMiddle, area.width() - value)
        left = int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft)
        painter.setPen(QColor(used.muted))
        painter.drawText(area, left, name)
        painter.setPen(QColor(used.text))
        painter.drawText(area.adjusted(metrics.horizontalAdvance(name) + GAP_PX, 0, 0, 0), left, self._value)
