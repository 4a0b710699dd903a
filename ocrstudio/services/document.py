"""The open page: the one mutable truth that canvas, line list and editor show."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from PyQt5.QtCore import QObject, pyqtSignal

from ocrstudio.core.errors import StudioError
from ocrstudio.core.geometry import clamp_point
from ocrstudio.core.page import Box, Page, PageState, Point, merge_auto_labels
from ocrstudio.formats.store import ProjectStore
from ocrstudio.services.undo import PageCommand, Snapshot, UndoHistory


class AnnotationDocument(QObject):
    """Holds the page being edited, its selection and its undo history.

    Every change is put into the store, whose journal is on disk when the call returns, before any signal says that it
    happened. A change that cannot be stored does not happen: `failed` says why.
    """

    page_replaced = pyqtSignal()  # another page, or none, is open
    boxes_changed = pyqtSignal()  # boxes or state of the open page differ; also after page_replaced
    selection_changed = pyqtSignal()
    committed = pyqtSignal(str)  # key of a page that has just been put into the store
    failed = pyqtSignal(object)  # StudioError

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._store: ProjectStore | None = None
        self._page: Page | None = None
        self._size: tuple[int, int] | None = None
        self._selection: tuple[str, ...] = ()
        self._history = UndoHistory(self)

    # --- what is open ----------------------------------------------------------------------------------------------

    @property
    def page(self) -> Page | None:
        """The open page."""
        return self._page

    @property
    def image_size(self) -> tuple[int, int] | None:
        """Width and height of the page's image in pixels; None while it is unknown or unreadable."""
        return self._size

    @property
    def selection(self) -> tuple[str, ...]:
        """Ids of the selected boxes; the last one is the box being worked on."""
        return self._selection

    @property
    def current_id(self) -> str | None:
        """Id of the box being worked on."""
        return self._selection[-1] if self._selection else None

    @property
    def current_box(self) -> Box | None:
        """The box being worked on."""
        return self.find(self._selection[-1]) if self._selection else None

    @property
    def undo_stack(self) -> UndoHistory:
        """The open page's history; the object stays the same from page to page."""
        return self._history

    def find(self, box_id: str) -> Box | None:
        """The box of that id, or None if the open page has none."""
        if self._page is None:
            return None
        return next((box for box in self._page.boxes if box.id == box_id), None)

    def attach(self, store: ProjectStore | None) -> None:
        """Works on another project from now on; no page is open and all history is gone."""
        self.clear()
        self._store = store
        self._history.forget_all()

    def load(self, page: Page, size: tuple[int, int] | None) -> None:
        """Opens a page; its history comes back if the page is as the history left it.

        Args:
            page: As the store holds it.
            size: Width and height of its image in pixels; None if the image cannot be read.
        """
        if self._page is not None:
            self._history.leave(self._page)
        self._page = page
        self._size = size
        self._selection = ()
        self._history.open(page)
        self.page_replaced.emit()
        self.selection_changed.emit()
        self.boxes_changed.emit()

    def clear(self) -> None:
        """Closes the page."""
        if self._page is None:
            return
        self._history.leave(self._page)
        self._page = None
        self._size = None
        self._selection = ()
        self.page_replaced.emit()
        self.selection_changed.emit()
        self.boxes_changed.emit()

    def reload(self) -> None:
        """Shows the open page as the store holds it now, after someone else changed it there."""
        if self._page is None or self._store is None:
            return
        page = self._store.page(self._page.key)
        if page != self._page:
            self.undo_stack.clear()
            self._show(Snapshot(page, self._selection))

    # --- selection -------------------------------------------------------------------------------------------------

    def select(self, ids: Iterable[str]) -> None:
        """Selects exactly these boxes; unknown ids are left out."""
        known = {box.id for box in self._page.boxes} if self._page is not None else set()
        selection = tuple(dict.fromkeys(box_id for box_id in ids if box_id in known))
        if selection != self._selection:
            self._selection = selection
            self.selection_changed.emit()

    def toggle_selected(self, box_id: str) -> None:
        """Adds a box to the selection or takes it out."""
        rest = tuple(other for other in self._selection if other != box_id)
        self.select(rest if box_id in self._selection else (*rest, box_id))

    def select_neighbour(self, step: int) -> bool:
        """Selects the next (`step` 1) or previous (-1) box in list order.

        Returns:
            Whether there was one; at the end of the list the selection stays.
        """
        if self._page is None or not self._page.boxes:
            return False
        ids = [box.id for box in self._page.boxes]
        if self.current_id is None:
            self.select((ids[0 if step > 0 else -1],))
            return True
        index = ids.index(self.current_id) + step
        if not 0 <= index < len(ids):
            return False
        self.select((ids[index],))
        return True

    # --- edits: each is one undo step ------------------------------------------------------------------------------

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
        after = replace(self._page, boxes=(*self._page.boxes, box))
        # The recogniser's first reading of a new box joins this step, hence the key.
        done = self._change(self.tr("Add box"), _edited(after), (box.id,), ("read", box.id))
        return box.id if done else None

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
        moving = set(ids)
        chosen = [box for box in self._page.boxes if box.id in moving]
        dx, dy = clamped_shift([box.points for box in chosen], dx, dy, self._size)
        if not chosen or (dx == 0 and dy == 0):
            return False
        moved = {
            box.id: replace(box, points=tuple((x + dx, y + dy) for x, y in box.points), touched=True) for box in chosen
        }
        text = self.tr("Move box") if len(moved) == 1 else self.tr("Move boxes")
        key = ("nudge", *sorted(moved)) if nudge else None
        return self._change(text, _replaced(self._page, moved), self._selection, key)

    def set_points(self, box_id: str, points: Sequence[Point]) -> bool:
        """Gives a box another outline, as after dragging an edge."""
        return self._reshape(box_id, points, self.tr("Resize box"))

    def move_vertex(self, box_id: str, index: int, point: Point) -> bool:
        """Moves one corner of a box."""
        box = self.find(box_id)
        if box is None:
            return False
        points = (*box.points[:index], point, *box.points[index + 1 :])
        return self._reshape(box_id, points, self.tr("Move corner"))

    def remove_boxes(self, ids: Iterable[str]) -> bool:
        """Deletes boxes and selects the one that follows in the list."""
        if self._page is None:
            return False
        gone = {box.id for box in self._page.boxes} & set(ids)
        if not gone:
            return False
        last = max(index for index, box in enumerate(self._page.boxes) if box.id in gone)
        rest = [box.id for box in self._page.boxes if box.id not in gone]
        following = [box.id for box in self._page.boxes[last + 1 :]] or rest[-1:]
        text = self.tr("Delete box") if len(gone) == 1 else self.tr("Delete boxes")
        return self._change(text, _edited(self._page.without(gone)), tuple(following[:1]))

    def set_text(self, box_id: str, text: str) -> bool:
        """Gives a box the text that a person typed; its score goes, since it was the recogniser's."""
        box = self.find(box_id)
        if self._page is None or box is None or box.text == text:
            return False
        changed = replace(box, text=text, score=None, touched=True)
        after = _replaced(self._page, {box_id: changed})
        # Typing is often confirmed by going to another line: undo goes back to the line it changes.
        return self._change(self.tr("Edit text"), after, self._selection, undo_selection=(box_id,))

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
        if not changed:
            return False
        key = ("read", *changed) if first_reading else None
        return self._change(self.tr("Read text again"), _replaced(self._page, changed), self._selection, key)

    def set_state(self, state: PageState) -> bool:
        """Marks the page. A checked page's boxes count as confirmed: automatic labelling leaves them alone."""
        if self._page is None or self._page.state is state:
            return False
        if state is PageState.CHECKED:
            boxes = tuple(box if box.touched else replace(box, touched=True) for box in self._page.boxes)
            return self._change(self.tr("Check page"), replace(self._page, boxes=boxes, state=state), self._selection)
        return self._change(self.tr("Change page state"), replace(self._page, state=state), self._selection)

    def apply_auto_labels(self, found: Iterable[Box]) -> bool:
        """Takes over the recogniser's boxes except where a person has touched something."""
        if self._page is None:
            return False
        merged = merge_auto_labels(self._page, found)
        kept = {box.id for box in merged.boxes}
        selection = tuple(box_id for box_id in self._selection if box_id in kept)
        return self._change(self.tr("Label automatically"), merged, selection)

    def undo(self) -> None:
        """Takes the last step back."""
        self.undo_stack.undo()

    def redo(self) -> None:
        """Does the step again that was taken back last."""
        self.undo_stack.redo()

    # --- the one way in --------------------------------------------------------------------------------------------

    def _reshape(self, box_id: str, points: Sequence[Point], text: str) -> bool:
        box = self.find(box_id)
        if self._page is None or box is None:
            return False
        outline = clamped(points, self._size)
        if outline == box.points:
            return False
        changed = replace(box, points=outline, touched=True)
        return self._change(text, _replaced(self._page, {box_id: changed}), self._selection)

    def _change(
        self,
        text: str,
        after: Page,
        selection: tuple[str, ...],
        merge_key: tuple[str, ...] | None = None,
        undo_selection: tuple[str, ...] | None = None,
    ) -> bool:
        """Stores the changed page and pushes the undo step; without a stored page there is no step."""
        if self._page is None or after == self._page or not self._put(after):
            return False
        before = Snapshot(self._page, self._selection if undo_selection is None else undo_selection)
        self.undo_stack.push(PageCommand(text, before, Snapshot(after, selection), self._restore, merge_key))
        return True

    def _put(self, page: Page) -> bool:
        if self._store is None:
            return False
        try:
            self._store.put(page)
        except StudioError as error:
            self.failed.emit(error)
            return False
        return True

    def _restore(self, snapshot: Snapshot) -> None:
        """Called by undo steps, also on their first push when the page is in the store already."""
        if self._store is None:
            return
        held = self._store.page(snapshot.page.key)
        stored = held is snapshot.page or held == snapshot.page
        # A step that cannot be stored leaves the page as it is. Steps hold whole pages, so the next one that can be
        # stored brings page and history together again.
        if stored or self._put(snapshot.page):
            self._show(snapshot)
            self.committed.emit(snapshot.page.key)

    def _show(self, snapshot: Snapshot) -> None:
        known = {box.id for box in snapshot.page.boxes}
        selection = tuple(box_id for box_id in snapshot.selection if box_id in known)
        reselected = selection != self._selection
        self._page = snapshot.page
        self._selection = selection
        self.boxes_changed.emit()
        if reselected:
            self.selection_changed.emit()


def clamped(points: Sequence[Point], size: tuple[int, int] | None) -> tuple[Point, ...]:
    """The points moved into an image of `size` (width, height in pixels); unchanged without a size."""
    if size is None:
        return tuple((float(x), float(y)) for x, y in points)
    return tuple(clamp_point((float(x), float(y)), float(size[0]), float(size[1])) for x, y in points)


def clamped_shift(
    outlines: Sequence[Sequence[Point]], dx: float, dy: float, size: tuple[int, int] | None
) -> tuple[float, float]:
    """How far outlines can move together towards `(dx, dy)` without leaving the image.

    Args:
        outlines: Point lists in image pixels.
        dx: Wanted pixels to the right.
        dy: Wanted pixels down.
        size: Width and height of the image in pixels; None sets no limit.

    Returns:
        The possible shift. An outline that lies outside already may still come back in.
    """
    xs = [x for outline in outlines for x, _ in outline]
    ys = [y for outline in outlines for _, y in outline]
    if size is None or not xs:
        return dx, dy
    return (
        min(max(dx, min(0.0, -min(xs))), max(0.0, size[0] - max(xs))),
        min(max(dy, min(0.0, -min(ys))), max(0.0, size[1] - max(ys))),
    )


def _edited(page: Page) -> Page:
    """A person changed the page. A checked page stays checked: whoever edits it is looking at it."""
    return page if page.state is PageState.CHECKED else replace(page, state=PageState.EDITED)


def _replaced(page: Page, changed: Mapping[str, Box]) -> Page:
    """The page with boxes of those ids replaced by a person."""
    return _edited(replace(page, boxes=tuple(changed.get(box.id, box) for box in page.boxes)))
