"""The open page: the one mutable truth that canvas, line list and editor show."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from ocrstudio.core import edits, entities
from ocrstudio.core.errors import QT_TRANSLATE_NOOP
from ocrstudio.core.page import Box, Orientation, Page, Point
from ocrstudio.core.shaping import clamped, with_corner
from ocrstudio.services.page_document import PageDocument, new_ids


class AnnotationDocument(PageDocument):
    """The open page with everything that a person can do to its boxes.

    Each method is one undo step and tells whether anything changed (methods that make boxes: their ids). Points and
    distances are in image pixels, y down; boxes never leave the image by an edit.
    """

    # --- new boxes -------------------------------------------------------------------------------------------------

    def add_box(self, points: Sequence[Point], text: str = "") -> str | None:
        """Adds a box at the end of the list and selects it.

        Args:
            points: At least 3 `(x, y)` in image pixels; clamped to the image.
            text: Its transcription.

        Returns:
            The box's id, or None if it could not be stored.
        """
        if self._page is None:
            return None
        box = Box(points=clamped(points, self._size), text=text, touched=True)
        after = edits.edited(replace(self._page, boxes=(*self._page.boxes, box)))
        # The recogniser's first reading of a new box joins this step, hence the key.
        done = self._change(QT_TRANSLATE_NOOP("Steps", "Add box"), after, (box.id,), ("read", box.id))
        return box.id if done else None

    def duplicate_boxes(self, ids: Iterable[str]) -> tuple[str, ...]:
        """Adds copies of boxes, a little off from them, and selects them."""
        if self._page is None:
            return ()
        after = edits.duplicated(self._page, ids, self._size)
        return self._add(QT_TRANSLATE_NOOP("Steps", "Duplicate boxes"), after)

    def paste_boxes(self, boxes: Iterable[Box]) -> tuple[str, ...]:
        """Adds copies of boxes at their place, or a little off where that is taken, and selects them."""
        if self._page is None:
            return ()
        return self._add(QT_TRANSLATE_NOOP("Steps", "Paste boxes"), edits.pasted(self._page, boxes, self._size))

    def copy_boxes_from(self, page: Page) -> tuple[str, ...]:
        """Adds another page's boxes at the same relative place, without their texts, and selects them.

        They are scaled if the other page was open in this session, so that its size is known.
        """
        if self._page is None:
            return ()
        after = edits.copied_from(self._page, page.boxes, self._size, self._sizes.get(page.key))
        return self._add(QT_TRANSLATE_NOOP("Steps", "Copy boxes from another page"), after)

    def split_box(self, box_id: str, share: float, text_index: int | None = None) -> tuple[str, ...]:
        """Cuts a box in two across its reading direction and selects both parts.

        Args:
            box_id: The box.
            share: Where, as a share of its length, between 0 and 1.
            text_index: How many characters stay in the first part; None guesses from `share`.
        """
        if self._page is None:
            return ()
        after = edits.split(self._page, box_id, share, text_index)
        parts = (box_id, *new_ids(self._page, after))
        return parts if self._change(QT_TRANSLATE_NOOP("Steps", "Split box"), after, parts[::-1]) else ()

    def merge_boxes(self, ids: Iterable[str]) -> str | None:
        """Joins boxes into one, which is selected; returns its id, that of the first of them in the list."""
        if self._page is None:
            return None
        wanted = set(ids)
        after = edits.merged(self._page, wanted, self._size)
        whole = next((box.id for box in after.boxes if box.id in wanted), "")
        return whole if self._change(QT_TRANSLATE_NOOP("Steps", "Merge boxes"), after, (whole,)) else None

    def _add(self, step: str, after: Page) -> tuple[str, ...]:
        added = new_ids(self._page, after) if self._page is not None else ()
        return added if added and self._change(step, after, added) else ()

    # --- outlines --------------------------------------------------------------------------------------------------

    def move_boxes(self, ids: Iterable[str], dx: float, dy: float, *, nudge: bool = False) -> bool:
        """Moves boxes together, no further than the image's edge.

        Args:
            ids: The boxes.
            dx: Pixels to the right.
            dy: Pixels down.
            nudge: By a key: nudges of the same boxes that follow each other are one undo step.
        """
        if self._page is None:
            return False
        moving = sorted(set(ids))
        one, many = QT_TRANSLATE_NOOP("Steps", "Move box"), QT_TRANSLATE_NOOP("Steps", "Move boxes")
        after = edits.moved(self._page, moving, dx, dy, self._size)
        key = ("nudge", *moving) if nudge else None
        return self._change(one if len(moving) == 1 else many, after, merge_key=key)

    def rotate_boxes(self, ids: Iterable[str], degrees: float, *, nudge: bool = False) -> bool:
        """Turns boxes clockwise, each about its own middle. Nudges are as those of `move_boxes`."""
        if self._page is None:
            return False
        turning = sorted(set(ids))
        after = edits.rotated_boxes(self._page, turning, degrees, self._size)
        key = ("rotate", *turning) if nudge else None
        return self._change(QT_TRANSLATE_NOOP("Steps", "Rotate boxes"), after, merge_key=key)

    def expand_boxes(self, ids: Iterable[str], px: float) -> bool:
        """Pushes every side of boxes out by `px` pixels; negative shrinks, but never to nothing."""
        if self._page is None:
            return False
        grow, shrink = QT_TRANSLATE_NOOP("Steps", "Expand boxes"), QT_TRANSLATE_NOOP("Steps", "Shrink boxes")
        return self._change(grow if px > 0 else shrink, edits.expanded_boxes(self._page, ids, px, self._size))

    def to_rectangles(self, ids: Iterable[str]) -> bool:
        """Turns boxes into the upright rectangles around them."""
        if self._page is None:
            return False
        after = edits.rectangles(self._page, ids, self._size)
        return self._change(QT_TRANSLATE_NOOP("Steps", "Convert to rectangle"), after)

    def set_points(self, box_id: str, points: Sequence[Point]) -> bool:
        """Gives a box another outline, as after dragging an edge."""
        return self._reshape(box_id, points, QT_TRANSLATE_NOOP("Steps", "Resize box"))

    def nudge_vertex(self, box_id: str, index: int, dx: float, dy: float) -> bool:
        """Moves one corner of a box by a key; nudges of the same corner that follow each other are one undo step."""
        box = self.find(box_id)
        if box is None or not 0 <= index < len(box.points):
            return False
        x, y = box.points[index]
        outline = with_corner(box.points, index, (x + dx, y + dy))
        key = ("nudge corner", box_id, str(index))
        return self._reshape(box_id, outline, QT_TRANSLATE_NOOP("Steps", "Move corner"), key)

    def add_vertex(self, box_id: str, after_index: int, point: Point) -> bool:
        """Adds a corner to a box between corner `after_index` and the next one."""
        if self._page is None:
            return False
        after = edits.with_corner_added(self._page, box_id, after_index, point, self._size)
        return self._change(QT_TRANSLATE_NOOP("Steps", "Add corner"), after)

    def remove_vertex(self, box_id: str, index: int) -> bool:
        """Removes a corner of a box that has more than four."""
        if self._page is None:
            return False
        after = edits.with_corner_removed(self._page, box_id, index, self._size)
        return self._change(QT_TRANSLATE_NOOP("Steps", "Remove corner"), after)

    def _reshape(
        self, box_id: str, points: Sequence[Point], step: str, merge_key: tuple[str, ...] | None = None
    ) -> bool:
        if self._page is None:
            return False
        return self._change(step, edits.reshaped(self._page, box_id, points, self._size), merge_key=merge_key)

    # --- the list --------------------------------------------------------------------------------------------------

    def remove_boxes(self, ids: Iterable[str]) -> bool:
        """Deletes boxes and links to them, and selects the one that follows in the list."""
        if self._page is None:
            return False
        gone = set(ids) & self._boxes.keys()
        if not gone:
            return False
        last = max(index for index, box in enumerate(self._page.boxes) if box.id in gone)
        rest = [box.id for box in self._page.boxes if box.id not in gone]
        following = [box.id for box in self._page.boxes[last + 1 :]] or rest[-1:]
        one, many = QT_TRANSLATE_NOOP("Steps", "Delete box"), QT_TRANSLATE_NOOP("Steps", "Delete boxes")
        return self._change(one if len(gone) == 1 else many, edits.removed(self._page, gone), following[:1])

    def move_in_list(self, ids: Iterable[str], row: int) -> bool:
        """Moves boxes together before the box that is at `row` of the list now (from 0; its length means the end)."""
        if self._page is None:
            return False
        return self._change(QT_TRANSLATE_NOOP("Steps", "Move lines"), edits.moved_in_list(self._page, ids, row))

    def sort_reading_order(self) -> bool:
        """Puts the list in reading order."""
        if self._page is None:
            return False
        return self._change(QT_TRANSLATE_NOOP("Steps", "Sort in reading order"), edits.in_reading_order(self._page))

    # --- what boxes say --------------------------------------------------------------------------------------------

    def set_text(self, box_id: str, text: str) -> bool:
        """Gives a box the text that a person typed; its score goes, since it was the recogniser's."""
        return self.set_texts({box_id: text})

    def set_texts(self, texts: Mapping[str, str]) -> bool:
        """Gives several boxes texts as one step.

        Args:
            texts: Box id to text; ids that the page does not have are left out.
        """
        if self._page is None:
            return False
        after = edits.with_texts(self._page, texts)
        # Typing is often confirmed by going to another line: undo goes back to the line it changes.
        step = QT_TRANSLATE_NOOP("Steps", "Edit text")
        return self._change(step, after, undo_selection=tuple(texts))

    def set_read_texts(self, texts: Mapping[str, tuple[str, float]], *, first_reading: bool = False) -> bool:
        """Gives boxes what the recogniser read in them.

        Args:
            texts: Box id to text and score (0 to 1).
            first_reading: Of a box just drawn: belongs to the same undo step, and never replaces a text that is there.
        """
        if self._page is None:
            return False
        changed: dict[str, Box] = {}
        for box_id, (text, score) in texts.items():
            box = self.find(box_id)
            if box is not None and not (first_reading and box.text):
                changed[box_id] = replace(box, text=text, score=score)
        key = ("read", *changed) if first_reading else None
        after = edits.replaced(self._page, changed)
        return self._change(QT_TRANSLATE_NOOP("Steps", "Read text again"), after, merge_key=key)

    def set_key_class(self, ids: Iterable[str], name: str) -> bool:
        """Gives boxes a key class (PPOCRLabel's `key_cls`); an empty name takes it away."""
        if self._page is None:
            return False
        return self._change(QT_TRANSLATE_NOOP("Steps", "Set key"), edits.with_key_class(self._page, ids, name))

    def set_orientation(self, ids: Iterable[str], orientation: Orientation) -> bool:
        """Says how boxes are cut out."""
        if self._page is None:
            return False
        after = edits.with_orientation(self._page, ids, orientation)
        return self._change(QT_TRANSLATE_NOOP("Steps", "Set orientation"), after)

    def link(self, key_id: str, value_id: str) -> bool:
        """Links a box to another one: the first says what the second is."""
        if self._page is None:
            return False
        after = entities.linked(self._page, key_id, value_id)
        return after is not self._page and self._change(QT_TRANSLATE_NOOP("Steps", "Link boxes"), edits.edited(after))

    def unlink(self, ids: Iterable[str]) -> bool:
        """Removes every link to and from boxes."""
        if self._page is None:
            return False
        after = entities.unlinked(self._page, ids)
        return after != self._page and self._change(QT_TRANSLATE_NOOP("Steps", "Remove links"), edits.edited(after))
