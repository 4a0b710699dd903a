"""The picture with a box around every line of text: zoom, move, point at and choose."""

from __future__ import annotations

from collections.abc import Sequence

from PyQt5.QtCore import QPointF, QRectF, QSize, QSizeF, Qt, pyqtSignal
from PyQt5.QtGui import (
    QColor,
    QFontMetricsF,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QPolygonF,
    QResizeEvent,
    QWheelEvent,
)
from PyQt5.QtWidgets import QSizePolicy, QWidget

from ocrstudio.core.geometry import bounds, point_in_polygon
from ocrstudio.core.orientation import turned_size
from ocrstudio.services.page_images import PageImage
from ocrstudio.ui import theme
from ocrstudio.ui.pages.test.results import TextLine
from ocrstudio.ui.pages.test.words import PENS, outline_color
from ocrstudio.ui.widgets.parts import paint_focus
from ocrstudio.ui.widgets.translated import TranslatedWidget

MARGIN_PX = 12
ZOOM_STEP = 1.2
MAX_SCALE = 16.0
# A press that moves less than this is a click.
CLICK_PX = 4
# Numbers before lines: their size beside the window's text, and the lines that are too low for one.
NUMBER_SHARE = 0.8
SMALLEST_NUMBERED_PX = 8
# The same in both themes: they stand on somebody's picture.
NUMBER_PAPER, NUMBER_INK = QColor(255, 255, 255, 235), QColor("#1b2430")


class PictureView(TranslatedWidget):
    """Shows one picture; the text beside it shows the same line as chosen or pointed at."""

    line_clicked = pyqtSignal(int)  # index of the line
    line_hovered = pyqtSignal(int)  # index, -1 when the pointer has left

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("pictureView")
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.say(self.setAccessibleName, lambda: self.tr("The picture"))
        self.say(self.setToolTip, lambda: self.tr("Wheel: larger or smaller. Double click: whole picture."))
        self._image: PageImage | None = None
        self._notice = ""
        self._lines: Sequence[TextLine] = ()
        self._turn = 0
        self._numbered = True
        self._selected = self._hovered = -1
        self._scale = 1.0
        self._origin = QPointF()  # widget position of the picture's top left corner
        self._fitted = True
        self._press: QPointF | None = None
        self._moved = False

    def sizeHint(self) -> QSize:
        return QSize(640, 480)

    def show_picture(
        self, image: PageImage | None, lines: Sequence[TextLine], notice: str = "", *, turn: int = 0
    ) -> None:
        """Shows a picture as a whole, or a sentence in its place.

        Args:
            image: None while it is being read from disk, or when it cannot be.
            lines: Boxes upon it, in pixels of the turned picture.
            notice: Shown while there is no picture.
            turn: Quarters clockwise by which the picture is turned.
        """
        self._image, self._lines, self._notice, self._turn = image, lines, notice, turn
        self._selected = self._hovered = -1
        self.fit()

    def show_numbers(self, shown: bool) -> None:
        """Whether each line carries its place in the order of reading."""
        self._numbered = shown
        self.update()

    def set_lines(self, lines: Sequence[TextLine]) -> None:
        """Replaces the boxes; picture, zoom and choice stay."""
        self._lines = lines
        self.update()

    def select(self, index: int) -> None:
        """Chooses a line and brings it into view if the picture is enlarged; -1 chooses none."""
        self._selected = index
        if 0 <= index < len(self._lines) and not self._fitted:
            self._bring_into_view(index)
        self.update()

    def point_at(self, index: int) -> None:
        """Lights up a line that is pointed at elsewhere; -1 for none."""
        if index != self._hovered:
            self._hovered = index
            self.update()

    def fit(self) -> None:
        """Shows the whole picture."""
        self._fitted = True
        if self._image is not None:
            width, height = turned_size(*self._image.size, self._turn)
            room = QRectF(self.rect()).adjusted(MARGIN_PX, MARGIN_PX, -MARGIN_PX, -MARGIN_PX)
            fitting = min(room.width() / max(1, width), room.height() / max(1, height))
            # A small picture is enlarged, though not into mosaic.
            self._scale = max(0.001, min(fitting, 4.0))
            self._origin = room.center() - QPointF(width, height) * (self._scale / 2)
        self.update()

    def zoom(self, factor: float, anchor: QPointF) -> None:
        """Enlarges or shrinks; the point of the picture under `anchor` (widget pixels) stays where it is."""
        if self._image is None:
            return
        scale = min(MAX_SCALE, max(0.02, self._scale * factor))
        self._origin = anchor - (anchor - self._origin) * (scale / self._scale)
        self._scale, self._fitted = scale, False
        self.update()

    def to_widget(self, point: tuple[float, float]) -> QPointF:
        """Widget position of a point of the picture."""
        return self._origin + QPointF(*point) * self._scale

    def line_at(self, position: QPointF) -> int:
        """The line under a widget position, the smallest if several overlap; -1 for none."""
        inside = (position - self._origin) / self._scale
        hits = [
            index
            for index, line in enumerate(self._lines)
            if len(line.points) >= 3 and point_in_polygon((inside.x(), inside.y()), line.points)
        ]
        return min(hits, key=self._area, default=-1)

    def _area(self, index: int) -> float:
        left, top, right, bottom = bounds(self._lines[index].points)
        return (right - left) * (bottom - top)

    def _bring_into_view(self, index: int) -> None:
        left, top, right, bottom = bounds(self._lines[index].points)
        area = QRectF(self.to_widget((left, top)), self.to_widget((right, bottom)))
        if not QRectF(self.rect()).contains(area):
            self._origin += QRectF(self.rect()).center() - area.center()

    # --- painting --------------------------------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:
        used = theme.colors()
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(used.window))
        if self._image is None:
            painter.setPen(QColor(used.muted))
            area = self.rect().adjusted(40, 40, -40, -40)
            painter.drawText(area, int(Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap), self._notice)
            paint_focus(self, painter)
            return
        self._paint_image(painter, self._image)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for index, line in enumerate(self._lines):
            if index not in (self._selected, self._hovered):
                self._paint_line(painter, line, width=2.0, fill=0)
        for index, fill in ((self._hovered, 40), (self._selected, 56)):
            if 0 <= index < len(self._lines):
                self._paint_line(painter, self._lines[index], width=3.5, fill=fill)
        if self._numbered:
            self._paint_numbers(painter)
        paint_focus(self, painter)

    def _paint_image(self, painter: QPainter, image: PageImage) -> None:
        level = image.level_for(self._scale * self.devicePixelRatioF())
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, self._scale < 4)
        width, height = image.size
        turned = turned_size(width, height, self._turn)
        middle = self.to_widget((turned[0] / 2, turned[1] / 2))
        painter.save()
        painter.translate(middle)
        painter.rotate(90 * self._turn)
        across, down = width * self._scale, height * self._scale
        painter.drawImage(QRectF(-across / 2, -down / 2, across, down), level, QRectF(level.rect()))
        painter.restore()

    def _paint_numbers(self, painter: QPainter) -> None:
        """The place of each line in the order of reading, before the line, where it hides nothing."""
        font = painter.font()
        font.setPointSizeF(font.pointSizeF() * NUMBER_SHARE)
        painter.setFont(font)
        metrics = QFontMetricsF(font)
        for index, line in enumerate(self._lines):
            left, top, _, bottom = bounds(line.points)
            if (bottom - top) * self._scale < SMALLEST_NUMBERED_PX and index not in (self._selected, self._hovered):
                continue
            text = str(index + 1)
            size = QSizeF(metrics.horizontalAdvance(text) + 7, metrics.height())
            beside = self.to_widget((left, (top + bottom) / 2))
            corner = QPointF(max(1.0, beside.x() - size.width() - 2), beside.y() - size.height() / 2)
            area = QRectF(corner, size)
            painter.setPen(QPen(QColor(outline_color(line.trust)), 1.5))
            painter.setBrush(NUMBER_PAPER)
            painter.drawRoundedRect(area, 4, 4)
            painter.setPen(NUMBER_INK)
            painter.drawText(area, int(Qt.AlignmentFlag.AlignCenter), text)

    def _paint_line(self, painter: QPainter, line: TextLine, *, width: float, fill: int) -> None:
        color = QColor(outline_color(line.trust))
        shape = QPolygonF([self.to_widget(point) for point in line.points])
        # A light rim keeps the box visible on dark pictures and on pictures of its own colour.
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(QColor(255, 255, 255, 150), width + 2))
        painter.drawPolygon(shape)
        painter.setPen(QPen(color, width, PENS[line.trust]))
        color.setAlpha(fill)
        painter.setBrush(color)
        painter.drawPolygon(shape)

    # --- the user --------------------------------------------------------------------------------------------------

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._fitted:
            self.fit()

    def wheelEvent(self, event: QWheelEvent) -> None:
        self.zoom(ZOOM_STEP ** (event.angleDelta().y() / 120), QPointF(event.position()))
        event.accept()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._press, self._moved = QPointF(event.localPos()), False

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        position = QPointF(event.localPos())
        if self._press is not None and event.buttons() & Qt.MouseButton.LeftButton:
            step = position - self._press
            if self._moved or step.manhattanLength() >= CLICK_PX:
                self._moved, self._fitted = True, False
                self._origin += step
                self._press = position
                self.setCursor(Qt.CursorShape.ClosedHandCursor)
                self.update()
            return
        index = self.line_at(position)
        self.setCursor(Qt.CursorShape.PointingHandCursor if index >= 0 else Qt.CursorShape.ArrowCursor)
        if index != self._hovered:
            self.point_at(index)
            self.line_hovered.emit(index)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        position = QPointF(event.localPos())
        clicked = self._press is not None and not self._moved and event.button() == Qt.MouseButton.LeftButton
        self._press = None
        self.setCursor(Qt.CursorShape.ArrowCursor)
        index = self.line_at(position) if clicked else -1
        if index >= 0:
            self.select(index)
            self.line_clicked.emit(index)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        self.fit()

    def leaveEvent(self, event: object) -> None:
        self.point_at(-1)
        self.line_hovered.emit(-1)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        middle = QRectF(self.rect()).center()
        if event.key() in (Qt.Key.Key_Plus, Qt.Key.Key_Equal):
            self.zoom(ZOOM_STEP, middle)
        elif event.key() == Qt.Key.Key_Minus:
            self.zoom(1 / ZOOM_STEP, middle)
        elif event.key() == Qt.Key.Key_0:
            self.fit()
        else:
            super().keyPressEvent(event)
