"""The boxes of a page prepared for the canvas: outlines, bounds and colours as arrays, and which box is under a point.

A page may have thousands of boxes: whatever looks at all of them does so in numpy, and objects are made only for the
few that are touched.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Sequence
from enum import Enum

import numpy as np
from numpy.typing import NDArray

from ocrstudio.core.entities import linked_pairs
from ocrstudio.core.geometry import bounds, point_in_polygon
from ocrstudio.core.page import Box, Page, PageState, Point

SURE_PERCENT = 95
# Up to so many changed boxes are put right one by one.
FEW_BOXES = 24
# With more changed ones than that, painting everything is faster than asking where each of them was.
MANY_BOXES = 400
Bounds = tuple[float, float, float, float]  # left, top, right, bottom in image pixels


class BoxLook(Enum):
    """What the colour of a box says."""

    AUTO = "auto"
    LOW = "low"
    TOUCHED = "touched"
    CHECKED = "checked"


LOOKS = tuple(BoxLook)
_LOOK_NUMBERS = {look: number for number, look in enumerate(LOOKS)}


def look_of(box: Box, state: PageState, low_confidence: float) -> BoxLook:
    """The look of a box on a page of that state; one that nobody touched is doubtful below that confidence, 0 to 1."""
    if state is PageState.CHECKED:
        return BoxLook.CHECKED
    if box.touched:
        return BoxLook.TOUCHED
    if box.score is not None and box.score < low_confidence:
        return BoxLook.LOW
    return BoxLook.AUTO


def confidence_role(score: float, low_confidence: float) -> str:
    """The colour of a confidence, both 0 to 1: good, warn or bad."""
    if round(score * 100) >= SURE_PERCENT:
        return "good"
    return "warn" if score >= low_confidence else "bad"


class BoxesView:
    """All boxes of the open page, in list order; a row is a box's place in that order.

    Attributes:
        boxes: The boxes.
        state: The page's.
        looks: For each row the place of its look in `LOOKS`.
        low_confidence: See `look_of`.
    """

    def __init__(self) -> None:
        self.boxes: tuple[Box, ...] = ()
        self.state = PageState.NEW
        self.low_confidence = 0.0
        self._rows: dict[str, int] = {}
        self._aside: frozenset[str] = frozenset()
        self._hidden: frozenset[str] = frozenset()
        self._links: list[tuple[int, int]] | None = []
        self._outline(())

    # --- the page --------------------------------------------------------------------------------------------------

    def update(self, page: Page | None) -> list[Bounds] | None:
        """Takes over the page's boxes.

        Returns:
            Where boxes came, went or changed; None if everything has to be painted again.
        """
        old_boxes, old_rows, old_state = self.boxes, self._rows, self.state
        self.boxes = page.boxes if page is not None else ()
        self.state = page.state if page is not None else PageState.NEW
        if self.boxes is old_boxes and self.state is old_state:
            return []
        if self.state is old_state and (rows := self._reshaped(old_boxes)) is not None:
            return self._patch(rows, old_boxes)
        self._rows = {box.id: row for row, box in enumerate(self.boxes)}
        changed = [
            box.points for box in self.boxes if (row := old_rows.get(box.id)) is None or old_boxes[row] is not box
        ]
        changed += [
            box.points for box in old_boxes if (row := self._rows.get(box.id)) is None or self.boxes[row] is not box
        ]
        self._links = None
        self._outline(self.boxes)
        self._hidden = frozenset(box_id for box_id in self._hidden if box_id in self._rows)
        self._mask()
        # A checked page shows all its boxes in one colour.
        recolored = self.state is not old_state and PageState.CHECKED in (self.state, old_state)
        return None if recolored or len(changed) > MANY_BOXES else [bounds(points) for points in changed]

    def _reshaped(self, old_boxes: Sequence[Box]) -> list[int] | None:
        """The rows of the few boxes that changed while all stayed in their places, or None if there is more to it."""
        if len(old_boxes) != len(self.boxes):
            return None
        pairs = zip(old_boxes, self.boxes, strict=True)
        rows = [row for row, (old, new) in enumerate(pairs) if old is not new]
        if len(rows) > FEW_BOXES:
            return None
        same = all(
            old_boxes[row].id == self.boxes[row].id and len(old_boxes[row].points) == len(self.boxes[row].points)
            for row in rows
        )
        return rows if same else None

    def _patch(self, rows: Sequence[int], old_boxes: Sequence[Box]) -> list[Bounds]:
        places = []
        for row in rows:
            box = self.boxes[row]
            self._segments[self._starts[row] : self._starts[row + 1]] = [
                (*one, *other) for one, other in zip(box.points, box.points[1:] + box.points[:1], strict=True)
            ]
            self._bounds[row] = bounds(box.points)
            self.looks[row] = _LOOK_NUMBERS[self.look_of(box)]
            places += [bounds(old_boxes[row].points), bounds(box.points)]
        self._links = None
        return places

    def _outline(self, boxes: Sequence[Box]) -> None:
        lengths = np.fromiter((len(box.points) for box in boxes), np.int64, len(boxes))
        total = int(lengths.sum())
        flat = itertools.chain.from_iterable(itertools.chain.from_iterable(box.points for box in boxes))
        points = np.fromiter(flat, np.float64, 2 * total).reshape(-1, 2)
        starts = np.concatenate(([0], np.cumsum(lengths)))
        following = np.arange(1, total + 1)
        following[starts[1:] - 1] = starts[:-1]
        self._starts = starts
        self._segments: NDArray[np.float64] = np.hstack((points, points[following]))
        if boxes:
            low, high = np.minimum.reduceat(points, starts[:-1]), np.maximum.reduceat(points, starts[:-1])
            self._bounds: NDArray[np.float64] = np.hstack((low, high))
        else:
            self._bounds = np.empty((0, 4))
        self._color(boxes)
        self._shown = np.ones(len(boxes), bool)

    def _color(self, boxes: Sequence[Box]) -> None:
        self.looks = np.fromiter((_LOOK_NUMBERS[self.look_of(box)] for box in boxes), np.int8, len(boxes))

    def look_of(self, box: Box) -> BoxLook:
        """The look of a box of the page."""
        return look_of(box, self.state, self.low_confidence)

    def set_low_confidence(self, value: float) -> None:
        """Takes over below which confidence a box is doubtful."""
        self.low_confidence = value
        self._color(self.boxes)

    def find(self, box_id: str | None) -> Box | None:
        """The box of that id, shown or not; None if the page has none."""
        row = self._rows.get(box_id) if box_id is not None else None
        return self.boxes[row] if row is not None else None

    @property
    def links(self) -> Sequence[tuple[int, int]]:
        """Pairs of rows whose boxes are linked, key first; each pair once."""
        if self._links is None:
            pairs = linked_pairs(self.boxes)
            self._links = [(self._rows[key], self._rows[value]) for key, value in pairs]
        return self._links

    # --- what is shown ---------------------------------------------------------------------------------------------

    @property
    def hidden(self) -> frozenset[str]:
        """Ids of the boxes that are hidden; they cannot be hit."""
        return self._hidden

    def hide(self, ids: Iterable[str]) -> bool:
        """Hides boxes until `show_all` or another page. False if they are hidden already."""
        hidden = self._hidden.union(box_id for box_id in ids if box_id in self._rows)
        if hidden == self._hidden:
            return False
        self._hidden = hidden
        self._mask()
        return True

    def show_all(self) -> bool:
        """Shows the hidden boxes again. False if there are none."""
        if not self._hidden:
            return False
        self._hidden = frozenset()
        self._mask()
        return True

    def set_aside(self, ids: Iterable[str]) -> bool:
        """Leaves boxes out of `within` while something else is shown in their place. False if nothing changes."""
        aside = frozenset(ids)
        if aside == self._aside:
            return False
        self._aside = aside
        self._mask()
        return True

    def is_shown(self, box_id: str | None) -> bool:
        """Whether the page has that box and it is not hidden."""
        return box_id in self._rows and box_id not in self._hidden

    def _mask(self) -> None:
        self._shown = np.ones(len(self.boxes), bool)
        gone = self._hidden | self._aside
        rows = [row for box_id in gone if (row := self._rows.get(box_id)) is not None]
        self._shown[rows] = False

    # --- where boxes are -------------------------------------------------------------------------------------------

    def within(self, left: float, top: float, right: float, bottom: float) -> NDArray[np.int64]:
        """The rows of shown boxes whose bounds touch an image rectangle."""
        edges = self._bounds
        touching = (edges[:, 0] <= right) & (edges[:, 2] >= left) & (edges[:, 1] <= bottom) & (edges[:, 3] >= top)
        return np.flatnonzero(touching & self._shown)

    def bounds_of(self, row: int) -> Bounds:
        """Left, top, right, bottom of a row's box."""
        left, top, right, bottom = self._bounds[row].tolist()
        return left, top, right, bottom

    def heights(self, rows: NDArray[np.int64]) -> NDArray[np.float64]:
        """How high some rows' boxes are, in image pixels."""
        height: NDArray[np.float64] = self._bounds[rows, 3] - self._bounds[rows, 1]
        return height

    def corners(self, rows: NDArray[np.int64]) -> NDArray[np.float64]:
        """The upper left corners of some rows' bounds, `(n, 2)` in image pixels."""
        corners: NDArray[np.float64] = self._bounds[rows, :2]
        return corners

    def segments(self, rows: NDArray[np.int64]) -> NDArray[np.float64]:
        """The sides of some rows' boxes as `(n, 4)`: x, y, x, y in image pixels."""
        if len(rows) == len(self.boxes):
            return self._segments
        starts = self._starts[rows]
        counts = self._starts[rows + 1] - starts
        ends = np.cumsum(counts)
        places = np.arange(int(counts.sum())) + np.repeat(starts - (ends - counts), counts)
        chosen: NDArray[np.float64] = self._segments[places]
        return chosen

    def rows_of(self, ids: Iterable[str]) -> NDArray[np.int64]:
        """The rows of boxes; unknown ids are left out."""
        return np.array([row for box_id in ids if (row := self._rows.get(box_id)) is not None], np.int64)

    def at(self, point: Point, slack: float = 0.0) -> Box | None:
        """The box under an image point: of several the smallest, so that a box inside another can be reached.

        Args:
            point: In image pixels.
            slack: Boxes narrower than this many image pixels are hit this much beyond their outline.
        """
        x, y = point
        best, best_rank = None, (True, float("inf"))
        for row in self.within(x - slack, y - slack, x + slack, y + slack).tolist():
            left, top, right, bottom = self.bounds_of(row)
            box = self.boxes[row]
            outside = not point_in_polygon(point, box.points)
            if outside and min(right - left, bottom - top) >= slack:
                continue
            rank = (outside, (right - left) * (bottom - top))
            if rank < best_rank:
                best, best_rank = box, rank
        return best
