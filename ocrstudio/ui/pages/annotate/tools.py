"""Gestures of the mouse on the canvas. A tool shows a preview and, at the end, calls one method of the document."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PyQt5.QtCore import QPointF, Qt
from PyQt5.QtGui import QPainter

from ocrstudio.core.geometry import bounds
from ocrstudio.core.page import Point
from ocrstudio.core.shaping import clamped, rectangle
from ocrstudio.ui.pages.annotate import painting

if TYPE_CHECKING:
    from ocrstudio.ui.pages.annotate.canvas import Canvas

# A box smaller than this in image pixels is a slip of the hand.
SMALLEST_BOX_PX = 3
# PPOCRLabel's key for squares, and everybody else's.
SQUARE_KEYS = Qt.KeyboardModifiers(Qt.KeyboardModifier.ShiftModifier) | Qt.KeyboardModifier.ControlModifier
# So close to the first corner, in canvas pixels, a click closes the polygon.
CLOSE_PX = 10


@dataclass(frozen=True, slots=True)
class Pointer:
    """Where the mouse is and what is held with it.

    Attributes:
        canvas: In canvas pixels.
        image: In image pixels; may lie outside the picture.
        keys: Held modifier keys.
    """

    canvas: QPointF
    image: Point
    keys: Qt.KeyboardModifiers

    def holds(self, key: Qt.KeyboardModifier | Qt.KeyboardModifiers) -> bool:
        """Whether a modifier key, or one of several, is held."""
        return bool(self.keys & key)


class Tool:
    """What the left button does. The canvas hands over presses, moves and releases; only one tool is in use."""

    name = ""
    cursor = Qt.CursorShape.ArrowCursor
    # Whether the pointer carries lines across the whole canvas, to aim with.
    crosshair = False

    def __init__(self, canvas: Canvas) -> None:
        self.canvas = canvas

    @property
    def is_active(self) -> bool:
        """Whether a gesture is under way."""
        return False

    def press(self, pointer: Pointer) -> None:
        """The left button went down."""

    def move(self, pointer: Pointer) -> None:
        """The mouse moved, with or without the button."""

    def release(self, pointer: Pointer) -> None:
        """The left button went up."""

    def double_click(self, pointer: Pointer) -> None:
        """The left button went down twice quickly."""

    def finish(self) -> bool:
        """Enter: ends a gesture of several clicks. False if there is none."""
        return False

    def cancel(self) -> bool:
        """Esc, or another tool or page: drops the gesture. False if there is none."""
        return False

    def erase(self) -> bool:
        """Backspace during a gesture: takes its last step back. False if there is none."""
        return False

    def paint(self, painter: QPainter) -> None:
        """Paints the preview with a painter that takes canvas pixels."""


class RectTool(Tool):
    """Drag from corner to corner."""

    name = "rect"
    cursor = Qt.CursorShape.CrossCursor
    crosshair = True

    def __init__(self, canvas: Canvas) -> None:
        super().__init__(canvas)
        self._start: Point | None = None
        self._end: Point = (0.0, 0.0)

    @property
    def is_active(self) -> bool:
        """Whether the button is down."""
        return self._start is not None

    def press(self, pointer: Pointer) -> None:
        """Sets the first corner."""
        self._start = self._end = self._inside(pointer.image)

    def move(self, pointer: Pointer) -> None:
        """Moves the opposite corner; with Shift or Ctrl the box is a square."""
        if self._start is None:
            return
        self.canvas.update_sketch(self._corners())
        square = self.canvas.is_square or pointer.holds(SQUARE_KEYS)
        self._end = self._squared(pointer.image) if square else self._inside(pointer.image)
        self.canvas.update_sketch(self._corners())

    def release(self, pointer: Pointer) -> None:
        """Adds the box."""
        if self._start is None:
            return
        self.move(pointer)
        corners = rectangle(self._start, self._end)
        self.cancel()
        left, top, right, bottom = bounds(corners)
        if right - left >= SMALLEST_BOX_PX and bottom - top >= SMALLEST_BOX_PX:
            self.canvas.add_box(corners)

    def cancel(self) -> bool:
        """Drops the box."""
        if self._start is None:
            return False
        self.canvas.update_sketch(self._corners())
        self._start = None
        return True

    def paint(self, painter: QPainter) -> None:
        """Paints the box so far."""
        if self._start is not None:
            corners = rectangle(self._start, self._end)
            painting.paint_sketch(painter, [self.canvas.to_canvas(*corner) for corner in corners], closed=True)

    def _inside(self, point: Point) -> Point:
        return clamped([point], self.canvas.document.image_size)[0]

    def _squared(self, point: Point) -> Point:
        """The corner of the largest square towards a point that the picture has room for."""
        x0, y0 = self._start or point
        right, down = point[0] >= x0, point[1] >= y0
        width, height = self.canvas.document.image_size or (math.inf, math.inf)
        room = min(width - x0 if right else x0, height - y0 if down else y0)
        side = min(max(abs(point[0] - x0), abs(point[1] - y0)), room)
        return x0 + (side if right else -side), y0 + (side if down else -side)

    def _corners(self) -> list[QPointF]:
        return [self.canvas.to_canvas(*point) for point in (self._start or self._end, self._end)]


class PolygonTool(Tool):
    """Click corner after corner; the first corner, a double click or Enter closes the outline."""

    name = "polygon"
    cursor = Qt.CursorShape.CrossCursor
    crosshair = True
    # With so many corners the outline is closed by itself.
    most_corners: int | None = None

    def __init__(self, canvas: Canvas) -> None:
        super().__init__(canvas)
        self._corners: list[Point] = []
        self._pointer: Point = (0.0, 0.0)

    @property
    def is_active(self) -> bool:
        """Whether there is a corner."""
        return bool(self._corners)

    def press(self, pointer: Pointer) -> None:
        """Sets a corner, or closes the outline at the first one."""
        if self._closes(pointer.canvas):
            self.finish()
            return
        corner = clamped([pointer.image], self.canvas.document.image_size)[0]
        if not self._corners or corner != self._corners[-1]:
            self._corners.append(corner)
        if len(self._corners) == self.most_corners:
            self.finish()
        else:
            self.move(pointer)

    def move(self, pointer: Pointer) -> None:
        """Draws the line to the pointer."""
        if self._corners:
            self.canvas.update_sketch(self._sketch())
            self._pointer = clamped([pointer.image], self.canvas.document.image_size)[0]
            self.canvas.update_sketch(self._sketch())

    def double_click(self, pointer: Pointer) -> None:
        """Closes the outline; the first click of the two has set the last corner."""
        if not self.finish():
            self.press(pointer)

    def finish(self) -> bool:
        """Adds the outline if it has three corners or more."""
        if len(self._corners) < 3:
            return False
        corners = tuple(self._corners)
        self.cancel()
        left, top, right, bottom = bounds(corners)
        if right - left >= SMALLEST_BOX_PX and bottom - top >= SMALLEST_BOX_PX:
            self.canvas.add_box(corners)
        return True

    def cancel(self) -> bool:
        """Drops the outline."""
        if not self._corners:
            return False
        self.canvas.update_sketch(self._sketch())
        self._corners.clear()
        return True

    def erase(self) -> bool:
        """Takes back the last corner."""
        if not self._corners:
            return False
        self.canvas.update_sketch(self._sketch())
        self._corners.pop()
        return True

    def paint(self, painter: QPainter) -> None:
        """Paints the outline so far."""
        if self._corners:
            hot = 0 if self._closes(self.canvas.to_canvas(*self._pointer)) else None
            painting.paint_sketch(painter, self._sketch(), closed=False, hot=hot)

    def _closes(self, point: QPointF) -> bool:
        if len(self._corners) < 3:
            return False
        first = self.canvas.to_canvas(*self._corners[0])
        return (point - first).manhattanLength() <= CLOSE_PX

    def _sketch(self) -> list[QPointF]:
        return [self.canvas.to_canvas(*corner) for corner in (*self._corners, self._pointer)]


class QuadTool(PolygonTool):
    """Click the four corners of a slanted line, in any order around it."""

    name = "quad"
    most_corners = 4
