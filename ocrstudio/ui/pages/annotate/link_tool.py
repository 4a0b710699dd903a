"""Links a key box to its value box (key information extraction)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PyQt5.QtCore import QPointF, Qt
from PyQt5.QtGui import QPainter

from ocrstudio.core.geometry import bounds
from ocrstudio.core.page import Box
from ocrstudio.ui.pages.annotate import painting
from ocrstudio.ui.pages.annotate.labels import LINK_COLOR
from ocrstudio.ui.pages.annotate.tools import Pointer, Tool

if TYPE_CHECKING:
    from ocrstudio.ui.pages.annotate.canvas import Canvas


class LinkTool(Tool):
    """Drag from a key box to its value box; the links are shown while the tool is in use."""

    name = "link"
    cursor = Qt.CursorShape.PointingHandCursor

    def __init__(self, canvas: Canvas) -> None:
        super().__init__(canvas)
        self._key: Box | None = None
        self._end = QPointF()

    @property
    def is_active(self) -> bool:
        """Whether the button is down on a box."""
        return self._key is not None

    def press(self, pointer: Pointer) -> None:
        """Begins at the key box."""
        self._key = self.canvas.box_at(pointer.image)
        self._end = pointer.canvas
        self.canvas.document.select((self._key.id,) if self._key is not None else ())

    def move(self, pointer: Pointer) -> None:
        """Draws the arrow to the pointer and shows which box it would meet."""
        if self._key is None:
            return
        self.canvas.update_sketch(self._sketch())
        self._end = pointer.canvas
        self.canvas.update_sketch(self._sketch())
        self.canvas.point_at(self.canvas.box_at(pointer.image))

    def release(self, pointer: Pointer) -> None:
        """Links the box to the one under the pointer."""
        key = self._key
        if key is None:
            return
        self.cancel()
        value = self.canvas.box_at(pointer.image)
        if value is not None and value.id != key.id:
            self.canvas.document.link(key.id, value.id)

    def cancel(self) -> bool:
        """Drops the arrow."""
        if self._key is None:
            return False
        self.canvas.update_sketch(self._sketch())
        self._key = None
        return True

    def paint(self, painter: QPainter) -> None:
        """Paints the arrow so far."""
        if self._key is not None:
            start, end = self._sketch()
            painting.paint_arrow(painter, start, end, LINK_COLOR)

    def _sketch(self) -> list[QPointF]:
        if self._key is None:
            return [self._end, self._end]
        left, top, right, bottom = bounds(self._key.points)
        return [self.canvas.to_canvas((left + right) / 2, (top + bottom) / 2), self._end]
