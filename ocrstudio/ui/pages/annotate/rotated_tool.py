"""Draws a rectangle at any angle: its base line first, then its height."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from PyQt5.QtCore import QPointF, Qt
from PyQt5.QtGui import QPainter

from ocrstudio.core.geometry import distance
from ocrstudio.core.page import Point
from ocrstudio.core.shaping import clamped
from ocrstudio.ui.pages.annotate import painting
from ocrstudio.ui.pages.annotate.tools import SMALLEST_BOX_PX, Pointer, Tool

if TYPE_CHECKING:
    from ocrstudio.ui.pages.annotate.canvas import Canvas

# With Shift the base line lies at multiples of this.
SNAP_DEGREES = 15


class RotatedTool(Tool):
    """Drag along the text, let go, move away from it until the box is high enough, click."""

    name = "rotated"
    cursor = Qt.CursorShape.CrossCursor
    crosshair = True

    def __init__(self, canvas: Canvas) -> None:
        super().__init__(canvas)
        self._start: Point | None = None
        self._end: Point = (0.0, 0.0)
        self._side: Point | None = None  # where the pointer is, once the base line is drawn

    @property
    def is_active(self) -> bool:
        """Whether there is a base line."""
        return self._start is not None

    def press(self, pointer: Pointer) -> None:
        """Begins the base line, or ends the box."""
        if self._side is not None:
            self.move(pointer)
            self.finish()
            return
        self._start = self._end = clamped([pointer.image], self.canvas.document.image_size)[0]

    def move(self, pointer: Pointer) -> None:
        """Draws the base line while the button is down, then the box."""
        if self._start is None:
            return
        self.canvas.update_sketch(self._sketch())
        if self._side is not None:
            self._side = pointer.image
        else:
            end = pointer.image
            if pointer.holds(Qt.KeyboardModifier.ShiftModifier):
                end = _snapped(self._start, end)
            self._end = clamped([end], self.canvas.document.image_size)[0]
        self.canvas.update_sketch(self._sketch())

    def release(self, pointer: Pointer) -> None:
        """Fixes the base line."""
        if self._start is None or self._side is not None:
            return
        self.move(pointer)
        if distance(self._start, self._end) < SMALLEST_BOX_PX:
            self.cancel()
        else:
            self._side = self._end

    def finish(self) -> bool:
        """Adds the box if it is high enough."""
        if self._side is None:
            return False
        corners = self._corners()
        high_enough = distance(corners[1], corners[2]) >= SMALLEST_BOX_PX
        if high_enough:
            self.cancel()
            self.canvas.add_box(corners)
        return high_enough

    def cancel(self) -> bool:
        """Drops the box."""
        if self._start is None:
            return False
        self.canvas.update_sketch(self._sketch())
        self._start = self._side = None
        return True

    def erase(self) -> bool:
        """Takes the base line back."""
        return self.cancel()

    def paint(self, painter: QPainter) -> None:
        """Paints the base line or the box so far."""
        if self._start is not None:
            painting.paint_sketch(painter, self._sketch(), closed=self._side is not None)

    def _corners(self) -> list[Point]:
        """The base line's ends and, as far away as the pointer, the opposite side's; parts outside are cut off."""
        (x0, y0), (x1, y1) = self._start or self._end, self._end
        if self._side is None:
            return [(x0, y0), (x1, y1)]
        length = math.hypot(x1 - x0, y1 - y0)
        across = ((y1 - y0) / length, (x0 - x1) / length)
        height = (self._side[0] - x1) * across[0] + (self._side[1] - y1) * across[1]
        height *= self._room((x0, y0), (x1, y1), (across[0] * height, across[1] * height))
        dx, dy = across[0] * height, across[1] * height
        return [(x0, y0), (x1, y1), (x1 + dx, y1 + dy), (x0 + dx, y0 + dy)]

    def _room(self, one: Point, other: Point, shift: Point) -> float:
        """The share (0 to 1) of a shift of the base line that stays within the picture: the box keeps its angles."""
        size = self.canvas.document.image_size
        share = 1.0
        if size is not None:
            for point in (one, other):
                for at, by, limit in zip(point, shift, size, strict=True):
                    if by:
                        share = min(share, (limit - at if by > 0 else -at) / by)
        return max(share, 0.0)

    def _sketch(self) -> list[QPointF]:
        return [self.canvas.to_canvas(*corner) for corner in self._corners()]


def _snapped(start: Point, end: Point) -> Point:
    """The end of a line of the same length whose angle is a multiple of `SNAP_DEGREES`."""
    step = math.radians(SNAP_DEGREES)
    angle = round(math.atan2(end[1] - start[1], end[0] - start[0]) / step) * step
    length = distance(start, end)
    return start[0] + length * math.cos(angle), start[1] + length * math.sin(angle)
