"""The picture with its boxes: zoom, drag, draw, select and reshape."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from PyQt5.QtCore import QEvent, QPoint, QPointF, QRect, QRectF, Qt, pyqtSignal, pyqtSlot
from PyQt5.QtGui import (
    QColor,
    QFocusEvent,
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

from ocrstudio.core.geometry import order_quad, polygon_area
from ocrstudio.core.page import Point
from ocrstudio.services.document import AnnotationDocument
from ocrstudio.services.page_images import PageImage
from ocrstudio.ui import theme
from ocrstudio.ui.pages.annotate import painting
from ocrstudio.ui.pages.annotate.boxes_view import BoxesView, BoxShape, look_of
from ocrstudio.ui.pages.annotate.layers import Layers
from ocrstudio.ui.pages.annotate.select_tool import SelectTool
from ocrstudio.ui.pages.annotate.tools import Pointer, PolygonTool, RectTool, Tool
from ocrstudio.ui.pages.annotate.view import View

ZOOM_STEP = 1.25
# One notch of a mouse wheel in Qt's unit, an eighth of a degree.
WHEEL_NOTCH = 120
SCROLL_PX_PER_NOTCH = 90
# Boxes this thin on the canvas are hit a little beside their outline.
SLACK_PX = 6
# Highlights, handles and halos reach this far beyond a box.
OVERLAY_MARGIN_PX = 12
# Up to so many changed boxes only their surroundings are painted again.
FEW_BOXES = 24
NUDGES = {
    Qt.Key.Key_Left: (-1, 0),
    Qt.Key.Key_Right: (1, 0),
    Qt.Key.Key_Up: (0, -1),
    Qt.Key.Key_Down: (0, 1),
}
LONG_NUDGE = 10


class Canvas(QWidget):
    """Shows the document's page and turns gestures into edits of the document."""

    edit_requested = pyqtSignal()  # the text of the selected box
    check_requested = pyqtSignal()  # Space: check the page and go on
    box_added = pyqtSignal(str)  # id of a box just drawn
    tool_changed = pyqtSignal(str)  # "select", "rect" or "polygon"
    zoom_changed = pyqtSignal(float)  # canvas pixels per image pixel

    def __init__(self, document: AnnotationDocument, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.document = document
        self.view = View()
        self.boxes = BoxesView()
        self.hovered: str | None = None
        self._layers = Layers(self.view, self.boxes)
        self._tools = {tool.name: tool for tool in (SelectTool(self), RectTool(self), PolygonTool(self))}
        self._tool: Tool = self._tools["select"]
        self._image: PageImage | None = None
        self._message = ""
        self._previews: dict[str, QPolygonF] = {}
        self._highlighted: tuple[str, ...] = ()
        self._pointer: QPoint | None = None
        self._pan_from: QPointF | None = None
        self._space_held = False
        self._space_used = False
        self.setObjectName("canvas")
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumSize(240, 200)
        document.boxes_changed.connect(self._on_document_boxes_changed)
        document.selection_changed.connect(self._on_document_selection_changed)
        document.page_replaced.connect(self._on_document_page_replaced)

    # --- what is shown ---------------------------------------------------------------------------------------------

    def show_image(self, image: PageImage | None, message: str = "") -> None:
        """Shows a picture, fitted; without one the message stands in its place."""
        self._image = image
        self._message = message
        self._layers.image = image
        if image is not None:
            self.view.set_image(image.size)
        self._view_changed()

    @property
    def has_image(self) -> bool:
        """Whether there is a picture to draw on."""
        return self._image is not None

    def set_labels_visible(self, visible: bool) -> None:
        """Shows or hides each box's text above it."""
        self._layers.labels = visible
        self._layers.invalidate_boxes()
        self.update()

    def to_canvas(self, x: float, y: float) -> QPointF:
        """Canvas position of an image point."""
        return QPointF(*self.view.to_canvas(x, y))

    def to_image(self, point: QPointF) -> Point:
        """Image position of a canvas point."""
        return self.view.to_image(point.x(), point.y())

    def box_at(self, point: Point) -> BoxShape | None:
        """The box under an image point."""
        return self.boxes.at(point, SLACK_PX / self.view.scale)

    # --- tools -----------------------------------------------------------------------------------------------------

    @property
    def tool(self) -> str:
        """The tool in use: "select", "rect" or "polygon"."""
        return self._tool.name

    def set_tool(self, name: str) -> None:
        """Takes up another tool; a gesture under way is dropped."""
        self._tool.cancel()
        changed = self._tools[name] is not self._tool
        self._tool = self._tools[name]
        self._set_hovered(None)
        self.setCursor(self._tool.cursor)
        self.update()
        if changed:
            self.tool_changed.emit(name)

    def add_box(self, corners: Sequence[Point]) -> None:
        """Adds a drawn box to the document and takes up the select tool."""
        if abs(polygon_area(corners)) < 1:
            return  # a line: there is nothing in it to read
        if len(corners) == 4:
            corners = order_quad(corners)
        box_id = self.document.add_box(corners)
        self.set_tool("select")
        if box_id is not None:
            self.box_added.emit(box_id)

    def erase(self) -> None:
        """Takes back the last corner of an outline being drawn, or deletes the selected boxes."""
        if not self._tool.erase():
            self.document.remove_boxes(self.document.selection)

    def update_sketch(self, corners: Iterable[QPointF]) -> None:
        """Repaints around the corners of a preview."""
        area = QPolygonF(list(corners)).boundingRect().toAlignedRect()
        self.update(area.adjusted(-OVERLAY_MARGIN_PX, -OVERLAY_MARGIN_PX, OVERLAY_MARGIN_PX, OVERLAY_MARGIN_PX))

    def show_instead(self, outlines: Mapping[str, QPolygonF]) -> None:
        """Shows boxes with other outlines (image pixels) while they are dragged; an empty mapping ends that."""
        for box_id in {*self._previews, *outlines}:
            self._update_box(box_id)
        if set(outlines) != set(self._previews):
            self._layers.hidden = frozenset(outlines)
            touched = {*self._previews, *outlines} & self.boxes.by_id.keys()
            self._repaint_boxes([self.boxes.by_id[box_id] for box_id in touched])
        self._previews = dict(outlines)
        for box_id in outlines:
            self._update_box(box_id)

    # --- view ------------------------------------------------------------------------------------------------------

    def zoom_in(self) -> None:
        """Larger, around the middle."""
        self.zoom(ZOOM_STEP)

    def zoom_out(self) -> None:
        """Smaller, around the middle."""
        self.zoom(1 / ZOOM_STEP)

    def zoom(self, factor: float, at: QPointF | None = None) -> None:
        """Zooms by a factor around a canvas point; the middle if None."""
        self.view.zoom(factor, (at.x(), at.y()) if at is not None else None)
        self._view_changed()

    def actual_size(self) -> None:
        """One image pixel per canvas pixel."""
        self.zoom(1 / self.view.scale)

    def fit(self) -> None:
        """The whole picture."""
        self.view.fit()
        self._view_changed()

    def pan(self, dx: int, dy: int) -> None:
        """Moves the picture by canvas pixels."""
        moved = self.view.pan(dx, dy)
        if moved != (0, 0):
            self._layers.shift(*moved)
            self.update()

    def reveal_selection(self) -> None:
        """Moves the picture so that the box being worked on is visible."""
        shape = self.boxes.by_id.get(self.document.current_id or "")
        if shape is None or self._image is None or self._tool.is_active:
            return
        before = self.view.origin
        if self.view.reveal(*shape.bounds):
            self._layers.shift(self.view.origin[0] - before[0], self.view.origin[1] - before[1])
            self.update()

    def _view_changed(self) -> None:
        self._layers.invalidate_picture()
        self.update()
        self.zoom_changed.emit(self.view.scale)

    # --- document --------------------------------------------------------------------------------------------------

    @pyqtSlot()
    def _on_document_page_replaced(self) -> None:
        self._tool.cancel()
        self.show_instead({})
        self.hovered = None

    @pyqtSlot()
    def _on_document_boxes_changed(self) -> None:
        changed = self.boxes.update(self.document.page)
        if self.hovered not in self.boxes.by_id:
            self.hovered = None
        self._repaint_boxes(changed)

    @pyqtSlot()
    def _on_document_selection_changed(self) -> None:
        for box_id in {*self._highlighted, *self.document.selection}:
            self._update_box(box_id)
        self._highlighted = self.document.selection
        self.reveal_selection()

    def _repaint_boxes(self, shapes: Sequence[BoxShape] | None) -> None:
        """Paints the surroundings of some boxes again; the whole canvas for many, or for None."""
        if shapes is None or len(shapes) > FEW_BOXES or self._layers.labels:
            self._layers.invalidate_boxes()
            self.update()
            return
        for shape in shapes:
            left, top, right, bottom = shape.bounds
            area = QRectF(self.to_canvas(left, top), self.to_canvas(right, bottom)).toAlignedRect()
            area.adjust(-OVERLAY_MARGIN_PX, -OVERLAY_MARGIN_PX, OVERLAY_MARGIN_PX, OVERLAY_MARGIN_PX)
            self._layers.invalidate_boxes(area)
            self.update(area)

    def _set_hovered(self, box_id: str | None) -> None:
        if box_id != self.hovered:
            for changed in (self.hovered, box_id):
                if changed is not None:
                    self._update_box(changed)
            self.hovered = box_id

    def _update_box(self, box_id: str) -> None:
        preview = self._previews.get(box_id)
        if preview is not None:
            rect = preview.boundingRect()
            self.update_sketch([self.to_canvas(rect.left(), rect.top()), self.to_canvas(rect.right(), rect.bottom())])
        elif (shape := self.boxes.by_id.get(box_id)) is not None:
            left, top, right, bottom = shape.bounds
            self.update_sketch([self.to_canvas(left, top), self.to_canvas(right, bottom)])

    # --- painting --------------------------------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        if self._image is None:
            painter.fillRect(event.rect(), self._layers.background)
            self._paint_message(painter)
            return
        self._layers.paint(painter, event.rect())
        self._paint_overlay(painter, event.rect())
        self._tool.paint(painter)
        if self._tool.crosshair and self._pointer is not None:
            self._paint_crosshair(painter, self._pointer)

    def _paint_overlay(self, painter: QPainter, area: QRect) -> None:
        selected = [*dict.fromkeys((*self.document.selection, *self._previews))]
        painter.save()
        painting.use_view(painter, self.view)
        if self.hovered is not None and self.hovered not in selected:
            shape = self.boxes.by_id[self.hovered]
            look = painting.look_color(look_of(shape.box, self.boxes.state))
            painting.paint_highlight(painter, shape.polygon, look, strong=False)
        color = painting.box_color("selected")
        visible = QRectF(*self.to_image(QPointF(area.topLeft())), area.width() / self.view.scale, 1)
        visible.setHeight(area.height() / self.view.scale)
        if len(selected) > painting.SMOOTH_LIMIT:
            painting.paint_many_selected(painter, [self.boxes.by_id[box_id] for box_id in selected])
        else:
            for box_id in selected:
                polygon = self._previews.get(box_id) or self.boxes.by_id[box_id].polygon
                if polygon.boundingRect().adjusted(-1, -1, 1, 1).intersects(visible):
                    painting.paint_highlight(painter, polygon, color, strong=True)
        painter.restore()
        if isinstance(self._tool, SelectTool):
            corners, sides = self._tool.handles()
            painting.paint_handles(painter, corners, [side for side in sides if side is not None])

    def _paint_crosshair(self, painter: QPainter, at: QPoint) -> None:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        for color, style in ((QColor(0, 0, 0, 130), Qt.PenStyle.SolidLine), (QColor("white"), Qt.PenStyle.DashLine)):
            painter.setPen(QPen(color, 1, style))
            painter.drawLine(at.x(), 0, at.x(), self.height())
            painter.drawLine(0, at.y(), self.width(), at.y())

    def _paint_message(self, painter: QPainter) -> None:
        if not self._message:
            return
        painter.setPen(QColor(theme.colors().muted))
        font = self.font()
        font.setPointSizeF(font.pointSizeF() * 1.15)
        painter.setFont(font)
        area = self.rect().adjusted(48, 48, -48, -48)
        painter.drawText(area, int(Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap), self._message)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() in (QEvent.Type.PaletteChange, QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self._restyle()
        super().changeEvent(event)

    def _restyle(self) -> None:
        used = theme.colors()
        self._layers.background = QColor(used.window).darker(112) if not used.dark else QColor(used.window).darker(130)
        self._layers.font = self.font()
        self._layers.invalidate_picture()
        self.update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        if self._layers.font != self.font():
            self._restyle()
        self.view.set_canvas((self.width(), self.height()))
        self._layers.resize(self.size(), self.devicePixelRatioF())
        self._view_changed()
        super().resizeEvent(event)

    # --- mouse -----------------------------------------------------------------------------------------------------

    def _pointer_of(self, event: QMouseEvent) -> Pointer:
        point = QPointF(event.pos())
        return Pointer(point, self.to_image(point), event.modifiers())

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if self._image is None:
            return
        left = event.button() == Qt.MouseButton.LeftButton
        if event.button() == Qt.MouseButton.MiddleButton or (left and self._space_held):
            self._space_used = True
            self._pan_from = QPointF(event.pos())
            self.setCursor(Qt.CursorShape.ClosedHandCursor)
        elif left:
            self._tool.press(self._pointer_of(event))
        elif event.button() == Qt.MouseButton.RightButton and not self._tool.is_active:
            shape = self.box_at(self._pointer_of(event).image)  # what the menu is about
            if shape is not None and shape.box.id not in self.document.selection:
                self.document.select((shape.box.id,))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._image is None:
            return
        if self._pan_from is not None:
            step = QPointF(event.pos()) - self._pan_from
            self._pan_from = QPointF(event.pos())
            self.pan(round(step.x()), round(step.y()))
            return
        pointer = self._pointer_of(event)
        if self._tool.crosshair:
            self._move_crosshair(event.pos())
        elif not self._tool.is_active:
            shape = self.box_at(pointer.image)
            self._set_hovered(shape.box.id if shape is not None else None)
        if not self._space_held:
            self._tool.move(pointer)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if self._pan_from is not None and event.button() in (Qt.MouseButton.MiddleButton, Qt.MouseButton.LeftButton):
            self._pan_from = None
            self.setCursor(Qt.CursorShape.OpenHandCursor if self._space_held else self._tool.cursor)
        elif event.button() == Qt.MouseButton.LeftButton and self._image is not None:
            self._tool.release(self._pointer_of(event))

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton and self._image is not None and not self._space_held:
            self._tool.double_click(self._pointer_of(event))

    def leaveEvent(self, event: QEvent) -> None:
        self._move_crosshair(None)
        if not self._tool.is_active:
            self._set_hovered(None)
        super().leaveEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        if self._image is None:
            return
        turned = event.angleDelta()
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.zoom(ZOOM_STEP ** (turned.y() / WHEEL_NOTCH), event.position())
        else:
            dx = round(turned.x() * SCROLL_PX_PER_NOTCH / WHEEL_NOTCH)
            dy = round(turned.y() * SCROLL_PX_PER_NOTCH / WHEEL_NOTCH)
            sideways = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
            self.pan(*((dy, dx) if sideways else (dx, dy)))
        event.accept()

    def _move_crosshair(self, to: QPoint | None) -> None:
        for point in (self._pointer, to):
            if point is not None:
                self.update(QRect(point.x() - 1, 0, 3, self.height()))
                self.update(QRect(0, point.y() - 1, self.width(), 3))
        self._pointer = QPoint(to) if to is not None else None

    # --- keys ------------------------------------------------------------------------------------------------------

    def focusNextPrevChild(self, forward: bool) -> bool:  # noqa: N802 - Tab walks through the boxes instead
        return False

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        plain = not event.modifiers() & (Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier)
        if key in NUDGES and plain:
            self._nudge(Qt.Key(key), far=bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier))
        elif key in (Qt.Key.Key_Tab, Qt.Key.Key_Backtab) and plain:
            self.document.select_neighbour(1 if key == Qt.Key.Key_Tab else -1)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and plain:
            if not self._tool.finish() and self.document.current_id is not None:
                self.edit_requested.emit()
        elif key == Qt.Key.Key_Escape:
            self._escape()
        elif key == Qt.Key.Key_Backspace and self._tool.erase():
            event.accept()
        elif key == Qt.Key.Key_Space and plain:
            if not event.isAutoRepeat() and not self._tool.is_active:
                self._space_held, self._space_used = True, False
                self.setCursor(Qt.CursorShape.OpenHandCursor)
        else:
            super().keyPressEvent(event)

    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        if event.key() != Qt.Key.Key_Space or event.isAutoRepeat() or not self._space_held:
            super().keyReleaseEvent(event)
            return
        self._space_held = False
        self.setCursor(self._tool.cursor)
        if not self._space_used:  # it was no drag
            self.check_requested.emit()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        self._space_held = False
        super().focusOutEvent(event)

    def _nudge(self, key: Qt.Key, *, far: bool) -> None:
        step = LONG_NUDGE if far else 1
        dx, dy = NUDGES[key]
        if self.document.selection:
            self.document.move_boxes(self.document.selection, dx * step, dy * step, nudge=True)
        else:
            self.pan(-dx * step * 8, -dy * step * 8)

    def _escape(self) -> None:
        if self._tool.cancel():
            return
        if self._tool.name != "select":
            self.set_tool("select")
        else:
            self.document.select(())
