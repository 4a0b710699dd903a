"""The tool that is in use when nothing is drawn: select, move and reshape boxes, or drag the picture."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Literal

from PyQt5.QtCore import QPointF, QRectF, Qt
from PyQt5.QtGui import QColor, QPainter, QPen

from ocrstudio.core.errors import GeometryError
from ocrstudio.core.geometry import bounding_quad, bounds, distance_to_segment
from ocrstudio.core.page import Box, Point
from ocrstudio.core.shaping import (
    brought_inside,
    clamped,
    clamped_shift,
    is_rectangle,
    normalized,
    shifted,
    turned_about_centre,
    with_corner,
    with_edge,
    with_rectangle_corner,
)
from ocrstudio.ui.pages.annotate import painting
from ocrstudio.ui.pages.annotate.handles import GRAB_PX, Handle, Handles
from ocrstudio.ui.pages.annotate.tools import SMALLEST_BOX_PX, Pointer, Tool

if TYPE_CHECKING:
    from ocrstudio.ui.pages.annotate.canvas import Canvas

# The pointer has to travel this far, in canvas pixels, before a click becomes a drag.
DRAG_PX = 4
# Turning with Shift stops at multiples of this.
TURN_STEP_DEGREES = 15

Gesture = Literal["none", "pressed", "move", "corner", "side", "turn", "band", "pan"]
CTRL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier


class SelectTool(Tool):
    """Click selects (Ctrl adds), drag moves, handles reshape, Shift-drag selects an area; else it pans.

    A corner of an upright rectangle takes its two neighbours along; with Ctrl the opposite corner moves as far the
    other way, so that the middle stays, and with Shift the corner moves alone. A corner of any other outline moves
    alone. A click on a corner chooses it for the arrow keys. Ctrl and a click on a side's handle put a corner there,
    on a corner of a polygon they take it away; a double click on a polygon's side puts a corner there, too.
    """

    name = "select"

    def __init__(self, canvas: Canvas) -> None:
        super().__init__(canvas)
        self._gesture: Gesture = "none"
        self._start = Pointer(QPointF(), (0.0, 0.0), Qt.KeyboardModifiers())
        self._last = QPointF()
        self._handle = Handle("corner", 0)
        self._turned = 0.0
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
        handle = self._shown().at(pointer.canvas)
        if handle is not None and document.current_box is not None:
            self._gesture, self._handle = handle.kind, handle
            self._moving = (document.current_box,)
            return
        box = self.canvas.box_at(pointer.image)
        if pointer.holds(SHIFT):
            self._gesture = "band"
        elif box is None and self._side_near(pointer) is None:
            self._gesture = "pan"
        elif box is None:  # the first click of a double click on a side
            self._gesture = "none"
        elif pointer.holds(CTRL):
            document.toggle_selected(box.id)
        else:
            if box.id not in document.selection:
                document.select((box.id,))
            chosen = set(document.selection)
            self._moving = tuple(one for one in self.canvas.boxes.boxes if one.id in chosen)
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
        elif self._gesture in ("move", "corner", "side", "turn") and (far or self._outlines):
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
            box = self.canvas.box_at(pointer.image)
            document.select((box.id,) if box is not None else ())
        elif gesture == "move" and outlines:
            box = self._moving[0]
            moved = outlines[box.id]
            document.move_boxes(outlines, moved[0][0] - box.points[0][0], moved[0][1] - box.points[0][1])
        elif gesture == "turn" and outlines:
            document.rotate_boxes([self._moving[0].id], self._turned)
        elif gesture in ("corner", "side"):
            if outlines:
                self._reshape(self._moving[0], outlines[self._moving[0].id])
            elif not travelled:
                self._click_handle(self._moving[0])

    def _reshape(self, box: Box, outline: tuple[Point, ...]) -> None:
        left, top, right, bottom = bounds(outline)
        if right - left < SMALLEST_BOX_PX or bottom - top < SMALLEST_BOX_PX:
            return
        if normalized(box.points) == box.points:
            outline = normalized(outline)
        self.canvas.document.set_points(box.id, outline)

    def _click_handle(self, box: Box) -> None:
        """A handle was clicked and not dragged."""
        document, index = self.canvas.document, self._handle.index
        if self._handle.kind == "side":
            if self._start.holds(CTRL):
                (x0, y0), (x1, y1) = box.points[index], box.points[(index + 1) % len(box.points)]
                document.add_vertex(box.id, index, ((x0 + x1) / 2, (y0 + y1) / 2))
        elif not self._start.holds(CTRL):
            self.canvas.select_vertex(index)
        elif len(box.points) > 4:
            document.remove_vertex(box.id, index)

    def double_click(self, pointer: Pointer) -> None:
        """Puts a corner on the side of a polygon, or edits the text of the box."""
        document = self.canvas.document
        current = document.current_box
        side = self._side_near(pointer)
        if current is not None and side is not None:
            document.add_vertex(current.id, side, pointer.image)
            return
        box = self.canvas.box_at(pointer.image)
        if box is not None:
            document.select((box.id,))
            self.canvas.edit_requested.emit()

    def _side_near(self, pointer: Pointer) -> int | None:
        """The side of the one selected polygon that is under the pointer, unless that is a handle's place."""
        document = self.canvas.document
        box = document.current_box
        if box is None or len(document.selection) != 1 or len(box.points) <= 4:
            return None
        if self._shown().at(pointer.canvas) is not None:
            return None
        points = box.points
        far = [
            distance_to_segment(pointer.image, points[side], points[(side + 1) % len(points)])
            for side in range(len(points))
        ]
        nearest = min(range(len(points)), key=far.__getitem__)
        return nearest if far[nearest] * self.canvas.view.scale <= GRAB_PX else None

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

    def paint_handles(self, painter: QPainter) -> None:
        """Paints the handles of the one selected box; the painter takes canvas pixels."""
        self._shown().paint(painter, self.canvas.vertex, turning=self._gesture == "turn")

    def _shown(self) -> Handles:
        """The handles of the one selected box."""
        document = self.canvas.document
        box = document.current_box
        if box is None or len(document.selection) != 1 or not self.canvas.boxes.is_shown(box.id):
            return Handles(())
        outline = self._outlines.get(box.id, box.points)
        return Handles([self.canvas.to_canvas(*point) for point in outline], self.canvas.rect())

    def _preview(self, pointer: Pointer) -> None:
        dx = pointer.image[0] - self._start.image[0]
        dy = pointer.image[1] - self._start.image[1]
        size = self.canvas.document.image_size
        box = self._moving[0]
        if self._gesture == "move":
            dx, dy = clamped_shift([one.points for one in self._moving], dx, dy, size)
            self._outlines = {one.id: shifted(one.points, dx, dy) for one in self._moving}
        elif self._gesture == "turn":
            self._turned = self._turn_to(box, pointer)
            self._outlines = {box.id: brought_inside(turned_about_centre(box.points, self._turned), size)}
        elif self._gesture == "side":
            self._outlines = {box.id: clamped(with_edge(box.points, self._handle.index, dx, dy), size)}
        else:
            x, y = box.points[self._handle.index]
            target = clamped([(x + dx, y + dy)], size)[0]
            self._outlines = {box.id: clamped(self._with_corner_at(box, target, pointer), size)}
        self.canvas.show_instead({box_id: painting.to_polygon(points) for box_id, points in self._outlines.items()})

    def _with_corner_at(self, box: Box, target: Point, pointer: Pointer) -> tuple[Point, ...]:
        index = self._handle.index
        if not is_rectangle(box.points) or pointer.holds(SHIFT):
            return with_corner(box.points, index, target)
        changed = with_rectangle_corner(box.points, index, target)
        if not pointer.holds(CTRL):
            return changed
        (x0, y0), (x1, y1) = box.points[index], box.points[(index + 2) % 4]
        size = self.canvas.document.image_size
        opposite = clamped([(x1 + x0 - target[0], y1 + y0 - target[1])], size)[0]
        # What the picture's edge keeps from the one corner is kept from the other: the middle stays.
        mirrored = (x1 + x0 - opposite[0], y1 + y0 - opposite[1])
        return with_rectangle_corner(with_rectangle_corner(box.points, index, mirrored), (index + 2) % 4, opposite)

    def _turn_to(self, box: Box, pointer: Pointer) -> float:
        """Degrees clockwise from the box as it was to where the pointer is."""
        try:
            quad = bounding_quad(box.points)
        except GeometryError:
            return 0.0
        x, y = (quad[0][0] + quad[2][0]) / 2, (quad[0][1] + quad[2][1]) / 2
        now, before = (math.degrees(math.atan2(p.image[1] - y, p.image[0] - x)) for p in (pointer, self._start))
        turned = (now - before + 180) % 360 - 180
        if pointer.holds(SHIFT):
            (x0, y0), (x1, y1) = box.points[:2]
            slant = math.degrees(math.atan2(y1 - y0, x1 - x0))
            turned = round((slant + turned) / TURN_STEP_DEGREES) * TURN_STEP_DEGREES - slant
        return turned

    def _select_band(self, band: QRectF) -> None:
        left, top = self.canvas.to_image(band.topLeft())
        right, bottom = self.canvas.to_image(band.bottomRight())
        inside = []
        for row in self.canvas.boxes.within(left, top, right, bottom).tolist():
            x0, y0, x1, y1 = self.canvas.boxes.bounds_of(row)
            if left <= (x0 + x1) / 2 <= right and top <= (y0 + y1) / 2 <= bottom:
                inside.append(self.canvas.boxes.boxes[row].id)
        kept = self.canvas.document.selection if self._start.holds(CTRL) else ()
        self.canvas.document.select((*kept, *inside))

    def _show_cursor(self, pointer: Pointer) -> None:
        handles = self._shown()
        handle = handles.at(pointer.canvas)
        box_id = self.canvas.hovered
        if handle is not None:
            self.canvas.setCursor(handles.cursor(handle))
        elif box_id is None:
            self.canvas.unsetCursor()
        elif box_id in self.canvas.document.selection:
            self.canvas.setCursor(Qt.CursorShape.SizeAllCursor)
        else:
            self.canvas.setCursor(Qt.CursorShape.PointingHandCursor)
