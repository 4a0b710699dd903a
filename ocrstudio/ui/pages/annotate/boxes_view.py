"""The boxes of a page prepared for the canvas: outlines, bounds, colours, and which box is under a point."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from PyQt5.QtCore import QLineF, QPointF
from PyQt5.QtGui import QPolygonF

from ocrstudio.core.geometry import bounds, point_in_polygon
from ocrstudio.core.page import Box, Page, PageState, Point

# Below this confidence an untouched box asks to be looked at.
LOW_CONFIDENCE = 0.8


class BoxLook(Enum):
    """What the colour of a box says."""

    AUTO = "auto"
    LOW = "low"
    TOUCHED = "touched"
    CHECKED = "checked"


def look_of(box: Box, state: PageState) -> BoxLook:
    """The look of a box on a page of that state."""
    if state is PageState.CHECKED:
        return BoxLook.CHECKED
    if box.touched:
        return BoxLook.TOUCHED
    if box.score is not None and box.score < LOW_CONFIDENCE:
        return BoxLook.LOW
    return BoxLook.AUTO


@dataclass(frozen=True, slots=True)
class BoxShape:
    """One box as Qt draws it, in image pixels."""

    box: Box
    bounds: tuple[float, float, float, float]  # left, top, right, bottom
    lines: tuple[QLineF, ...]

    @classmethod
    def of(cls, box: Box) -> BoxShape:
        """Prepares a box."""
        points = box.points
        if len(points) == 4:  # nearly all are; a page may have thousands
            (ax, ay), (bx, by), (cx, cy), (dx, dy) = points
            lines = (QLineF(ax, ay, bx, by), QLineF(bx, by, cx, cy), QLineF(cx, cy, dx, dy), QLineF(dx, dy, ax, ay))
            edges = min(ax, bx, cx, dx), min(ay, by, cy, dy), max(ax, bx, cx, dx), max(ay, by, cy, dy)
            return cls(box, edges, lines)
        pairs = zip(points, points[1:] + points[:1], strict=True)
        return cls(box, bounds(points), tuple(QLineF(*one, *other) for one, other in pairs))

    @property
    def polygon(self) -> QPolygonF:
        """The outline, made when it is asked for: few boxes are ever filled."""
        return QPolygonF([QPointF(x, y) for x, y in self.box.points])


class BoxesView:
    """All boxes of the open page. Boxes that did not change keep their shapes from one `update` to the next."""

    def __init__(self) -> None:
        self.shapes: list[BoxShape] = []
        self.by_id: dict[str, BoxShape] = {}
        self.state = PageState.NEW

    def update(self, page: Page | None) -> list[BoxShape] | None:
        """Takes over the page's boxes.

        Returns:
            The shapes that came, went or changed; None if all of them have to be painted again.
        """
        old, state = self.by_id, self.state
        self.state = page.state if page is not None else PageState.NEW
        self.shapes = []
        changed = []
        for box in page.boxes if page is not None else ():
            shape = old.get(box.id)
            if shape is None or shape.box is not box:
                shape = BoxShape.of(box)
                changed.append(shape)
            self.shapes.append(shape)
        self.by_id = {shape.box.id: shape for shape in self.shapes}
        changed += [shape for box_id, shape in old.items() if self.by_id.get(box_id) is not shape]
        # A checked page shows all its boxes in one colour.
        recolored = self.state is not state and PageState.CHECKED in (self.state, state)
        return None if recolored else changed

    def within(self, left: float, top: float, right: float, bottom: float) -> list[BoxShape]:
        """The boxes whose bounds touch an image rectangle, in list order."""
        return [
            shape
            for shape in self.shapes
            if (b := shape.bounds)[0] <= right and b[2] >= left and b[1] <= bottom and b[3] >= top
        ]

    def at(self, point: Point, slack: float = 0.0) -> BoxShape | None:
        """The box under an image point: of several the smallest, so that a box inside another can be reached.

        Args:
            point: In image pixels.
            slack: Boxes narrower than this many image pixels are hit this much beyond their outline.
        """
        x, y = point
        best, best_rank = None, (True, float("inf"))
        for shape in self.within(x - slack, y - slack, x + slack, y + slack):
            left, top, right, bottom = shape.bounds
            outside = not point_in_polygon(point, shape.box.points)
            if outside and min(right - left, bottom - top) >= slack:
                continue
            rank = (outside, (right - left) * (bottom - top))
            if rank < best_rank:
                best, best_rank = shape, rank
        return best
