"""The tool that is in use when nothing is drawn: select, move and reshape boxes, or drag the picture."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from PyQt5.QtCore import QPointF, QRectF, Qt
from PyQt5.QtGui import QColor, QPainter, QPen

from ocrstudio.core.geometry import bounds
from ocrstudio.core.page import Box, Point
from ocrstudio.core.shaping import (
    is_rectangle,
    normalized,
    with_corner,
    with_edge,
    with_rectangle_corner,
)
from ocrstudio.services.document import clamped, clamped_shift
from ocrstudio.ui.pages.annotate import painting
from ocrstudio.ui.pages.annotate.tools import SMALLEST_BOX_PX, Pointer, Tool

if TYPE_CHECKING:
    from ocrstudio.ui.pages.annotate.canvas import Canvas

# The pointer has to travel this far, in canvas pixels, before a click becomes a drag.
DRAG_PX = 4
# A handle is grabbed within this distance of its middle, in canvas pixels.
GRAB_PX = 8
# Sides shorter than this on the canvas have no handle: it would cover the corners'.
SIDE_HANDLE_PX = 34

Gesture = Literal["none", "pressed", "move", "corner", "side", "band", "pan"]


class SelectTool(Tool):
    """Click selects (Ctrl adds), drag moves, handles reshape, Shift-drag selects an area; else it pans."""

    name = "select"

    def __init__(self, canvas: Canvas) -> None:
        super().__init__(canvas)
        self._gesture: Gesture = "none"
        self._start = Pointer(QPointF(), (0.0, 0.0), Qt.KeyboardModifiers())
        self._last = QPointF()
        self._handle = 0
        self._moving: tuple[Box, ...] = ()
        self._outlines: dict[str, tuple[Point, ...]] = {}

    @property
    def is_active(self) -> bool:
        """Whether the button is down."""
        return self._gesture != "none"

    def press(self, pointer: Pointer) -> None:
        """Begins whatever the place under the pointer offers."""
        self._start = pointer
        self._last = pointer.canvas
        self._moving = ()
        document = self.canvas.document
        handle = self._handle_at(pointer.canvas)
        if handle is not None and document.current_box is not None:
            self._gesture, self._handle = handle
            self._moving = (document.current_box,)
            return
        shape = self.canvas.box_at(pointer.image)
        if pointer.holds(Qt.KeyboardModifier.ShiftModifier):
            self._gesture = "band"
            return
        if shape is None:
            self._gesture = "pan"
            return
        if pointer.holds(Qt.KeyboardModifier.ControlModifier):
            document.toggle_selected(shape.box.id)
            self._gesture = "none"
            return
        if shape.box.id not in document.selection:
            document.select((shape.box.id,))
        self._moving = tuple(box for box in map(document.find, document.selection) if box is not None)
        self._gesture = "pressed"

    def move(self, pointer: Pointer) -> None:
        """Shows the preview of the gesture, or the cursor that says what a press would do."""
        if self._gesture == "none":
            self._show_cursor(pointer)
            return
        far = (pointer.canvas - self._start.canvas).manhattanLength() >= DRAG_PX
        if self._gesture == "pressed" and far:
            self._gesture = "move"
        if self._gesture == "pan":
            if far or self._last != self._start.canvas:
                step = pointer.canvas - self._last
                self._last = pointer.canvas
                self.canvas.setCursor(Qt.CursorShape.ClosedHandCursor)
                self.canvas.pan(round(step.x()), round(step.y()))
        elif self._gesture == "band":
            self.canvas.update_sketch([self._start.canvas, self._last])
            self._last = pointer.canvas
            self.canvas.update_sketch([self._start.canvas, self._last])
        elif self._gesture in ("move", "corner", "side") and (far or self._outlines):
            self._preview(pointer)

    def release(self, pointer: Pointer) -> None:
        """Does what the preview showed, in one undo step."""
        self.move(pointer)
        gesture, outlines = self._gesture, self._outlines
        band = QRectF(self._start.canvas, pointer.canvas).normalized()
        travelled = (pointer.canvas - self._start.canvas).manhattanLength() >= DRAG_PX
        self.cancel()
        document = self.canvas.document
        if gesture == "pan" and self._last == self._start.canvas:
            document.select(())
        elif gesture == "band" and travelled:
            self._select_band(band)
        elif gesture == "pressed" and len(document.selection) > 1:
            shape = self.canvas.box_at(pointer.image)
            document.select((shape.box.id,) if shape is not None else ())
        elif gesture == "move" and outlines:
            box = self._moving[0]
            shifted = outlines[box.id]
            document.move_boxes(outlines, shifted[0][0] - box.points[0][0], shifted[0][1] - box.points[0][1])
        elif gesture in ("corner", "side") and outlines:
            box = self._moving[0]
            outline = outlines[box.id]
            left, top, right, bottom = bounds(outline)
            if right - left < SMALLEST_BOX_PX or bottom - top < SMALLEST_BOX_PX:
                return
            if normalized(box.points) == box.points:
                outline = normalized(outline)
            document.set_points(box.id, outline)

    def double_click(self, pointer: Pointer) -> None:
        """Edits the text of the box."""
        shape = self.canvas.box_at(pointer.image)
        if shape is not None:
            self.canvas.document.select((shape.box.id,))
            self.canvas.edit_requested.emit()

    def cancel(self) -> bool:
        """Puts the preview away."""
        if self._gesture == "none":
            return False
        if self._gesture == "band":
            self.canvas.update_sketch([self._start.canvas, self._last])
        self._gesture = "none"
        if self._outlines:
            self._outlines = {}
            self.canvas.show_instead({})
        self.canvas.unsetCursor()
        return True

    def paint(self, painter: QPainter) -> None:
        """Paints the selection band."""
        if self._gesture == "band":
            color = QColor(painting.box_color("selected"))
            color.setAlpha(40)
            painter.setPen(QPen(painting.HALO, 1, Qt.PenStyle.DashLine))
            painter.setBrush(color)
            painter.drawRect(QRectF(self._start.canvas, self._last).normalized())

    def handles(self) -> tuple[list[QPointF], list[QPointF | None]]:
        """Corner handles and side handles (None: too short) of the one selected box, in canvas pixels."""
        document = self.canvas.document
        box = document.current_box
        if box is None or len(document.selection) != 1:
            return [], []
        corners = [self.canvas.to_canvas(*point) for point in self._outlines.get(box.id, box.points)]
        sides: list[QPointF | None] = []
        if len(corners) == 4:
            for one, other in zip(corners, corners[1:] + corners[:1], strict=True):
                long_enough = (other - one).manhattanLength() >= SIDE_HANDLE_PX
                sides.append((one + other) / 2 if long_enough else None)
        return corners, sides

    def _handle_at(self, point: QPointF) -> tuple[Literal["corner", "side"], int] | None:
        corners, sides = self.handles()
        best: tuple[Literal["corner", "side"], int] | None = None
        best_distance = float(GRAB_PX)
        for index, corner in enumerate(corners):
            distance = max(abs(point.x() - corner.x()), abs(point.y() - corner.y()))
            if distance < best_distance:
                best, best_distance = ("corner", index), distance
        for index, side in enumerate(sides):
            if side is None:
                continue
            distance = max(abs(point.x() - side.x()), abs(point.y() - side.y()))
            if distance < best_distance:
                best, best_distance = ("side", index), distance
        return best

    def _preview(self, pointer: Pointer) -> None:
        dx = pointer.image[0] - self._start.image[0]
        dy = pointer.image[1] - self._start.image[1]
        size = self.canvas.document.image_size
        if self._gesture == "move":
            dx, dy = clamped_shift([box.points for box in self._moving], dx, dy, size)
            self._outlines = {box.id: tuple((x + dx, y + dy) for x, y in box.points) for box in self._moving}
        else:
            box = self._moving[0]
            if self._gesture == "side":
                outline = with_edge(box.points, self._handle, dx, dy)
            else:
                x, y = box.points[self._handle]
                target = clamped([(x + dx, y + dy)], size)[0]
                # Alone with Ctrl: this is how an upright rectangle becomes a slanted one.
                alone = pointer.holds(Qt.KeyboardModifier.ControlModifier) or not is_rectangle(box.points)
                outline = (with_corner if alone else with_rectangle_corner)(box.points, self._handle, target)
            self._outlines = {box.id: clamped(outline, size)}
        self.canvas.show_instead({box_id: painting.to_polygon(points) for box_id, points in self._outlines.items()})

    def _select_band(self, band: QRectF) -> None:
        left, top = self.canvas.to_image(band.topLeft())
        right, bottom = self.canvas.to_image(band.bottomRight())
        inside = [
            shape.box.id
            for shape in self.canvas.boxes.within(left, top, right, bottom)
            if left <= (shape.bounds[0] + shape.bounds[2]) / 2 <= right
            and top <= (shape.bounds[1] + shape.bounds[3]) / 2 <= bottom
        ]
        kept = self.canvas.document.selection if self._start.holds(Qt.KeyboardModifier.ControlModifier) else ()
        self.canvas.document.select((*kept, *inside))

    def _show_cursor(self, pointer: Pointer) -> None:
        handle = self._handle_at(pointer.canvas)
        if handle is not None:
            self.canvas.setCursor(_handle_cursor(handle, self.handles()[0]))
            return
        shape = self.canvas.hovered
        if shape is None:
            self.canvas.unsetCursor()
        elif shape in self.canvas.document.selection:
            self.canvas.setCursor(Qt.CursorShape.SizeAllCursor)
        else:
            self.canvas.setCursor(Qt.CursorShape.PointingHandCursor)


def _handle_cursor(handle: tuple[str, int], corners: list[QPointF]) -> Qt.CursorShape:
    """The cursor whose arrows point where the handle goes."""
    kind, index = handle
    following = corners[(index + 1) % len(corners)]
    if kind == "side":
        side = following - corners[index]
        level = abs(side.x()) >= abs(side.y())
        return Qt.CursorShape.SizeVerCursor if level else Qt.CursorShape.SizeHorCursor
    middle = QPointF(sum(c.x() for c in corners) / len(corners), sum(c.y() for c in corners) / len(corners))
    outward = corners[index] - middle
    falling = (outward.x() >= 0) == (outward.y() >= 0)
    return Qt.CursorShape.SizeFDiagCursor if falling else Qt.CursorShape.SizeBDiagCursor
