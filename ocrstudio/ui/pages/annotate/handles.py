"""The handles of a selected box: where they are, which one is under the pointer, how they look."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from PyQt5.QtCore import QPointF, QRect, Qt
from PyQt5.QtGui import QPainter

from ocrstudio.ui.pages.annotate import painting

# A handle is grabbed within this distance of its middle, in canvas pixels.
GRAB_PX = 8
# Sides shorter than this on the canvas have no handle: it would cover the corners'.
SIDE_HANDLE_PX = 34
# The handle that turns a box stands so far from its side.
TURN_STEM_PX = 28


@dataclass(frozen=True, slots=True)
class Handle:
    """A corner, a side (named by its first corner) or the handle that turns the box."""

    kind: Literal["corner", "side", "turn"]
    index: int = 0


class Handles:
    """The handles of one outline.

    Args:
        corners: In canvas pixels; none for no handles at all.
        canvas: The canvas; the handle that turns a quad stands above it or, where there is no room, below.
    """

    def __init__(self, corners: Sequence[QPointF], canvas: QRect | None = None) -> None:
        self._corners = list(corners)
        self._sides: dict[int, QPointF] = {}
        following = self._corners[1:] + self._corners[:1]
        for index, (one, other) in enumerate(zip(self._corners, following, strict=True)):
            if (other - one).manhattanLength() >= SIDE_HANDLE_PX:
                self._sides[index] = (one + other) / 2
        self._turn = self._turn_place(canvas) if canvas is not None and len(self._corners) == 4 else None

    def _turn_place(self, canvas: QRect) -> tuple[QPointF, QPointF] | None:
        """Where the stem of the turning handle begins and ends; None if the outline is too flat to have one."""
        corners = self._corners
        middle = QPointF(sum(c.x() for c in corners) / 4, sum(c.y() for c in corners) / 4)
        places = []
        for index in (0, 2):
            side = corners[(index + 1) % 4] - corners[index]
            foot = (corners[index] + corners[(index + 1) % 4]) / 2
            length = math.hypot(side.x(), side.y())
            if length < 1:
                return None
            across = QPointF(side.y(), -side.x()) / length
            if QPointF.dotProduct(across, foot - middle) < 0:
                across = -across
            places.append((foot, foot + across * TURN_STEM_PX))
        inside = [place for place in places if canvas.adjusted(8, 8, -8, -8).contains(place[1].toPoint())]
        return (inside or places)[0]

    def at(self, point: QPointF) -> Handle | None:
        """The handle under a canvas point."""
        candidates = [(corner, Handle("corner", index)) for index, corner in enumerate(self._corners)]
        candidates += [(side, Handle("side", index)) for index, side in self._sides.items()]
        if self._turn is not None:
            candidates.append((self._turn[1], Handle("turn")))
        best, best_distance = None, float(GRAB_PX)
        for place, handle in candidates:
            far = max(abs(point.x() - place.x()), abs(point.y() - place.y()))
            if far < best_distance:
                best, best_distance = handle, far
        return best

    def cursor(self, handle: Handle) -> Qt.CursorShape:
        """The cursor whose arrows point where the handle goes."""
        corners, index = self._corners, handle.index
        if handle.kind == "turn":
            return Qt.CursorShape.CrossCursor
        if handle.kind == "side":
            side = corners[(index + 1) % len(corners)] - corners[index]
            level = abs(side.x()) >= abs(side.y())
            return Qt.CursorShape.SizeVerCursor if level else Qt.CursorShape.SizeHorCursor
        middle = QPointF(sum(c.x() for c in corners) / len(corners), sum(c.y() for c in corners) / len(corners))
        outward = corners[index] - middle
        falling = (outward.x() >= 0) == (outward.y() >= 0)
        return Qt.CursorShape.SizeFDiagCursor if falling else Qt.CursorShape.SizeBDiagCursor

    def paint(self, painter: QPainter, vertex: int | None, *, turning: bool) -> None:
        """Paints the handles with a painter that takes canvas pixels.

        Args:
            painter: Takes canvas pixels.
            vertex: The chosen corner.
            turning: Whether the box is being turned.
        """
        if self._turn is not None:
            painting.paint_turn_handle(painter, *self._turn, hot=turning)
        painting.paint_handles(painter, self._corners, self._sides.values())
        if vertex is not None and vertex < len(self._corners):
            painting.paint_vertex(painter, self._corners[vertex])
