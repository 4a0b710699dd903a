"""Commands on boxes: each is one call of the document, and is enabled exactly when that call would do something."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from functools import partial
from typing import Any

from PyQt5.QtCore import QObject, pyqtSignal, pyqtSlot
from PyQt5.QtWidgets import QApplication

from ocrstudio.core.errors import QT_TRANSLATE_NOOP
from ocrstudio.core.page import IGNORE_TEXTS, Box, Orientation
from ocrstudio.services import box_clipboard
from ocrstudio.services.locked_boxes import LockedBoxes
from ocrstudio.services.project_session import ProjectSession
from ocrstudio.ui.pages.annotate import actions as specs
from ocrstudio.ui.pages.annotate.canvas import Canvas
from ocrstudio.ui.pages.annotate.command_state import Now, place_of
from ocrstudio.ui.pages.annotate.line_editor import LineEditor

# PPOCRLabel's own steps.
EXPAND_PX = 3.0
ROTATE_DEGREES = 1.0
UNREADABLE_TEXT = "###"
UNREADABLE_STEP = QT_TRANSLATE_NOOP("Steps", "Mark as unreadable")
CONFIRM_STEP = QT_TRANSLATE_NOOP("Steps", "Confirm line")

ORIENTATIONS = {
    specs.ORIENT_AUTO.id: Orientation.AUTO,
    specs.ORIENT_DRAWN.id: Orientation.DRAWN,
    specs.ORIENT_TURNED.id: Orientation.TURNED,
}
VERTICES = (specs.VERTEX_1.id, specs.VERTEX_2.id, specs.VERTEX_3.id, specs.VERTEX_4.id)


class BoxCommands(QObject):
    """The slots of the commands on boxes.

    Args:
        session: The open project.
        canvas: Knows which corner the arrow keys move, and drops an outline being drawn.
        editor: Holds the text and its cursor.
        locks: Repeats boxes on the pages that follow.
        parent: Owner.
    """

    clipboard_changed = pyqtSignal()

    def __init__(
        self,
        session: ProjectSession,
        canvas: Canvas,
        editor: LineEditor,
        locks: LockedBoxes,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._session, self._document = session, session.document
        self._canvas, self._editor, self._locks = canvas, editor, locks
        self._can_paste = box_clipboard.has_boxes()
        clipboard = QApplication.clipboard()
        if clipboard is not None:
            clipboard.dataChanged.connect(self._on_clipboard_changed)
        editor.confirm = self.confirm

    def slots(self) -> dict[str, Callable[..., Any]]:
        """Command id to what it does."""
        document, on_selected = self._document, self._on_selected
        return {
            specs.DELETE.id: self._delete,
            specs.DUPLICATE.id: on_selected(document.duplicate_boxes),
            specs.COPY.id: self._copy,
            specs.PASTE.id: self._paste,
            specs.COPY_FROM_PREVIOUS.id: self._copy_from_previous,
            specs.SELECT_ALL.id: self._select_all,
            specs.NEXT_BOX.id: partial(self._step, 1),
            specs.PREVIOUS_BOX.id: partial(self._step, -1),
            specs.SPLIT.id: self._split,
            specs.MERGE.id: on_selected(document.merge_boxes),
            specs.TO_RECTANGLE.id: on_selected(document.to_rectangles),
            specs.EXPAND.id: on_selected(lambda ids: document.expand_boxes(ids, EXPAND_PX)),
            specs.SHRINK.id: on_selected(lambda ids: document.expand_boxes(ids, -EXPAND_PX)),
            specs.ROTATE_LEFT.id: on_selected(partial(self._rotate, -ROTATE_DEGREES)),
            specs.ROTATE_RIGHT.id: on_selected(partial(self._rotate, ROTATE_DEGREES)),
            specs.LOCK.id: on_selected(self._locks.lock),
            specs.UNLOCK.id: self._locks.unlock_all,
            specs.SORT.id: self._sort,
            specs.MOVE_UP.id: partial(self._move_line, -1),
            specs.MOVE_DOWN.id: partial(self._move_line, 1),
            specs.UNLINK.id: on_selected(document.unlink),
            specs.UNREADABLE.id: self._mark_unreadable,
            **{
                action_id: on_selected(partial(self._orient, orientation))
                for action_id, orientation in ORIENTATIONS.items()
            },
            **{action_id: partial(self._canvas.select_vertex, corner) for corner, action_id in enumerate(VERTICES)},
            specs.VERTEX_NONE.id: partial(self._canvas.select_vertex, None),
            specs.ORIENT_NEXT.id: self._next_orientation,
        }

    def enabled(self, now: Now) -> dict[str, bool]:
        """Command id to whether it can do something."""
        count, chosen = len(now.boxes), len(now.selected)
        corners = len(now.selected[0].points) if chosen == 1 else 0
        any_selected = (
            *(specs.DELETE.id, specs.DUPLICATE.id, specs.COPY.id, specs.TO_RECTANGLE.id, specs.EXPAND.id),
            *(specs.SHRINK.id, specs.ROTATE_LEFT.id, specs.ROTATE_RIGHT.id, specs.LOCK.id, specs.UNREADABLE.id),
            *(specs.ORIENT_NEXT.id, *ORIENTATIONS),
        )
        previous = self._previous_key() if now.place > 0 else None
        store = self._session.store
        return {
            **dict.fromkeys(any_selected, chosen > 0),
            specs.PASTE.id: now.page is not None and self._can_paste,
            specs.COPY_FROM_PREVIOUS.id: store is not None and previous is not None and store.box_count(previous) > 0,
            specs.SELECT_ALL.id: chosen < count,
            specs.NEXT_BOX.id: count > 0,
            specs.PREVIOUS_BOX.id: count > 0,
            specs.SPLIT.id: chosen == 1,
            specs.MERGE.id: chosen > 1,
            specs.UNLOCK.id: self._locks.count > 0,
            specs.SORT.id: count > 1,
            specs.MOVE_UP.id: chosen > 0 and now.rows != tuple(range(chosen)),
            specs.MOVE_DOWN.id: chosen > 0 and now.rows != tuple(range(count - chosen, count)),
            specs.UNLINK.id: any(box.links for box in now.selected),
            **{action_id: now.drawable and corner < corners for corner, action_id in enumerate(VERTICES)},
            specs.VERTEX_NONE.id: self._canvas.vertex is not None,
        }

    def checked(self, now: Now) -> dict[str, bool]:
        """Checkable command id to whether it is on: the orientation of the selected boxes, if all have the same."""
        held = {box.orientation for box in now.selected}
        return {action_id: held == {orientation} for action_id, orientation in ORIENTATIONS.items()}

    def confirm(self, box_id: str) -> bool:
        """Marks a line as seen and right: automatic labelling leaves it alone from now on.

        Returns:
            Whether that is new.
        """
        page, box = self._document.page, self._document.find(box_id)
        if page is None or box is None or box.touched or not box.text.strip():
            return False
        return self._document.replace_page(page.with_box(replace(box, touched=True)), CONFIRM_STEP)

    def _on_selected(self, action: Callable[[Iterable[str]], object]) -> Callable[[], None]:
        """The action on the selected boxes, after what is typed has been taken over."""

        def run() -> None:
            self._editor.commit()
            action(self._document.selection)

        return run

    def _delete(self) -> None:
        if not self._editor.field.hasFocus():
            self._canvas.erase()
        else:
            self._document.remove_boxes(self._document.selection)

    def _copy(self) -> None:
        self._editor.commit()
        wanted = set(self._document.selection)
        box_clipboard.copy(box for box in self._boxes() if box.id in wanted)

    def _paste(self) -> None:
        self._document.paste_boxes(box_clipboard.boxes())

    def _previous_key(self) -> str | None:
        place = place_of(self._session)
        return self._session.keys[place - 1] if place > 0 else None

    def _copy_from_previous(self) -> None:
        key, store = self._previous_key(), self._session.store
        if key is not None and store is not None:
            self._document.copy_boxes_from(store.page(key))

    def _boxes(self) -> tuple[Box, ...]:
        return self._document.page.boxes if self._document.page is not None else ()

    def _select_all(self) -> None:
        self._document.select(box.id for box in self._boxes())

    def _step(self, step: int) -> None:
        self._editor.step(step)

    def _split(self) -> None:
        """At the cursor while the text is edited, else in the middle."""
        box_id, field = self._document.current_id, self._editor.field
        if box_id is None:
            return
        place, length = field.cursorPosition(), len(field.text())
        at_cursor = field.hasFocus() and 0 < place < length
        self._editor.commit()
        if at_cursor:
            self._document.split_box(box_id, place / length, place)
        else:
            self._document.split_box(box_id, 0.5, None)

    def _sort(self) -> None:
        self._editor.commit()
        self._document.sort_reading_order()

    def _move_line(self, step: int) -> None:
        page, wanted = self._document.page, set(self._document.selection)
        rows = [row for row, box in enumerate(page.boxes) if box.id in wanted] if page is not None else []
        if rows:
            self._editor.commit()
            self._document.move_in_list(self._document.selection, rows[0] - 1 if step < 0 else rows[-1] + 2)

    def _rotate(self, degrees: float, ids: Iterable[str]) -> None:
        self._document.rotate_boxes(ids, degrees, nudge=True)

    def _orient(self, orientation: Orientation, ids: Iterable[str]) -> None:
        self._document.set_orientation(ids, orientation)

    def _next_orientation(self) -> None:
        """Automatic, as drawn, turned, and round again."""
        box, order = self._document.current_box, list(Orientation)
        if box is not None:
            following = order[(order.index(box.orientation) + 1) % len(order)]
            self._document.set_orientation(self._document.selection, following)

    def _mark_unreadable(self) -> None:
        """Sets the texts to what training ignores; a second time takes the mark off again."""
        self._editor.commit()
        page, selected = self._document.page, self._document.selected_boxes
        if page is None or not selected:
            return
        text = "" if all(box.text in IGNORE_TEXTS for box in selected) else UNREADABLE_TEXT
        changed = {box.id: replace(box, text=text, score=None, touched=True) for box in selected}
        after = replace(page, boxes=tuple(changed.get(box.id, box) for box in page.boxes))
        done = self._document.replace_page(after, UNREADABLE_STEP)
        if done and text and self._editor.field.hasFocus():
            self._editor.step(1)

    @pyqtSlot()
    def _on_clipboard_changed(self) -> None:
        self._can_paste = box_clipboard.has_boxes()
        self.clipboard_changed.emit()
