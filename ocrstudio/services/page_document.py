"""What is open: the page, its selection, its undo history, and the one way in which the page changes."""

from __future__ import annotations

from collections.abc import Container, Iterable
from dataclasses import replace

from PyQt5.QtCore import QObject, pyqtSignal

from ocrstudio.core.box_matching import merge_auto_labels
from ocrstudio.core.edits import marked
from ocrstudio.core.errors import QT_TRANSLATE_NOOP, StudioError
from ocrstudio.core.page import Box, Page, PageState
from ocrstudio.core.shaping import Size
from ocrstudio.formats.store import ProjectStore
from ocrstudio.services.undo import PageCommand, Snapshot, UndoHistory


class PageDocument(QObject):
    """Holds the page being edited, its selection and its undo history.

    Every change is put into the store, whose journal is on disk when the call returns, before any signal says that it
    happened. A change that cannot be stored does not happen: `failed` says why.
    """

    page_replaced = pyqtSignal()  # another page, or none, is open
    boxes_changed = pyqtSignal()  # boxes, state or note of the open page differ; also after page_replaced
    selection_changed = pyqtSignal()
    committed = pyqtSignal(str)  # key of a page that has just been put into the store
    failed = pyqtSignal(object)  # StudioError

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._store: ProjectStore | None = None
        self._page: Page | None = None
        self._boxes: dict[str, Box] = {}
        self._size: Size | None = None
        self._sizes: dict[str, Size] = {}
        self._selection: tuple[str, ...] = ()
        self._history = UndoHistory(self)

    # --- what is open ----------------------------------------------------------------------------------------------

    @property
    def page(self) -> Page | None:
        """The open page."""
        return self._page

    @property
    def image_size(self) -> Size | None:
        """Width and height of the page's image in pixels; None while it is unknown or unreadable."""
        return self._size

    @property
    def selection(self) -> tuple[str, ...]:
        """Ids of the selected boxes; the last one is the box being worked on."""
        return self._selection

    @property
    def selected_boxes(self) -> tuple[Box, ...]:
        """The selected boxes; the last one is the box being worked on."""
        return tuple(self._boxes[box_id] for box_id in self._selection)

    @property
    def current_id(self) -> str | None:
        """Id of the box being worked on."""
        return self._selection[-1] if self._selection else None

    @property
    def current_box(self) -> Box | None:
        """The box being worked on."""
        return self._boxes[self._selection[-1]] if self._selection else None

    @property
    def undo_stack(self) -> UndoHistory:
        """The open page's history; the object stays the same from page to page."""
        return self._history

    def find(self, box_id: str) -> Box | None:
        """The box of that id, or None if the open page has none."""
        return self._boxes.get(box_id)

    def attach(self, store: ProjectStore | None) -> None:
        """Works on another project from now on; no page is open and all history is gone."""
        self.clear()
        self._store = store
        self._sizes.clear()
        self._history.attach(store.history if store is not None else None, self._restore)

    def load(self, page: Page, size: Size | None) -> None:
        """Opens a page; its history comes back if the page is as the history left it.

        Args:
            page: As the store holds it.
            size: Width and height of its image in pixels; None if the image cannot be read.
        """
        if self._page is not None:
            self._history.leave(self._page)
        if size is not None:
            self._sizes[page.key] = size
        self._open(page, size)
        self._history.open(page)
        self._tell_replaced()

    def clear(self) -> None:
        """Closes the page."""
        if self._page is None:
            return
        self._history.leave(self._page)
        self._open(None, None)
        self._tell_replaced()

    def reload(self, keys: Container[str]) -> None:
        """Shows the open page as the store holds it now, if it is one of those that someone else changed there."""
        if self._page is None or self._store is None or self._page.key not in keys:
            return
        page = self._store.page(self._page.key)
        if page != self._page:
            self.undo_stack.clear()
            self._show(Snapshot(page, self._selection))

    def _open(self, page: Page | None, size: Size | None) -> None:
        self._size = size
        self._selection = ()
        self._take(page)

    def _take(self, page: Page | None) -> None:
        self._page = page
        self._boxes = {box.id: box for box in page.boxes} if page is not None else {}

    def _tell_replaced(self) -> None:
        self.page_replaced.emit()
        self.selection_changed.emit()
        self.boxes_changed.emit()

    # --- selection -------------------------------------------------------------------------------------------------

    def select(self, ids: Iterable[str]) -> None:
        """Selects exactly these boxes; unknown ids are left out."""
        selection = tuple(dict.fromkeys(box_id for box_id in ids if box_id in self._boxes))
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
            Whether another box, or one in place of several, is selected now; at the end of the list nothing changes.
        """
        ids = list(self._boxes)
        if not ids:
            return False
        if self.current_id is None:
            self.select((ids[0 if step > 0 else -1],))
            return True
        index = ids.index(self.current_id) + step
        if not 0 <= index < len(ids):
            if len(self.selection) < 2:
                return False
            index -= step  # out of a selection of several there is always a way to one
        self.select((ids[index],))
        return True

    # --- the whole page --------------------------------------------------------------------------------------------

    def replace_page(self, after: Page, step: str) -> bool:
        """Gives the open page other boxes, state or note, as one undo step.

        Args:
            after: The page as it shall be; it has the open page's key.
            step: What the user reads in the Edit menu: an English name of context "Steps".

        Returns:
            Whether the page changed. It does not if it is the same, another one is open, or it cannot be stored.
        """
        if self._page is None or after.key != self._page.key:
            return False
        return self._change(step, after, self._selection)

    def set_state(self, state: PageState) -> bool:
        """Marks the page; whether it changed."""
        if self._page is None or self._page.state is state:
            return False
        return self._change(mark_step(state), marked(self._page, state))

    def set_note(self, text: str) -> bool:
        """Gives the page what people wrote about it; its state stays."""
        if self._page is None:
            return False
        return self._change(QT_TRANSLATE_NOOP("Steps", "Edit note"), replace(self._page, note=text))

    def apply_auto_labels(self, found: Iterable[Box]) -> bool:
        """Takes over the recogniser's boxes except where a person has touched something."""
        if self._page is None:
            return False
        return self._change(QT_TRANSLATE_NOOP("Steps", "Label automatically"), merge_auto_labels(self._page, found))

    def undo(self) -> None:
        """Takes the last step back."""
        self.undo_stack.undo()

    def redo(self) -> None:
        """Does the step again that was taken back last."""
        self.undo_stack.redo()

    # --- the one way in --------------------------------------------------------------------------------------------

    def _change(
        self,
        step: str,
        after: Page,
        selection: Iterable[str] | None = None,
        merge_key: tuple[str, ...] | None = None,
        undo_selection: tuple[str, ...] | None = None,
    ) -> bool:
        """Stores the changed page and pushes the undo step; without a stored page there is no step."""
        if self._page is None or after == self._page or not self._put(after):
            return False
        before = Snapshot(self._page, self._selection if undo_selection is None else undo_selection)
        shown = Snapshot(after, self._selection if selection is None else tuple(selection))
        self.undo_stack.push(PageCommand(step, before, shown, self._restore, merge_key))
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
        self._take(snapshot.page)
        selection = tuple(box_id for box_id in snapshot.selection if box_id in self._boxes)
        reselected = selection != self._selection
        self._selection = selection
        self.boxes_changed.emit()
        if reselected:
            self.selection_changed.emit()


def mark_step(state: PageState) -> str:
    """English name of the step that marks a page, of the context "Steps"."""
    if state is PageState.CHECKED:
        return QT_TRANSLATE_NOOP("Steps", "Check page")
    return QT_TRANSLATE_NOOP("Steps", "Change page state")


def new_ids(before: Page, after: Page) -> tuple[str, ...]:
    """Ids of the boxes that came, in list order."""
    old = {box.id for box in before.boxes}
    return tuple(box.id for box in after.boxes if box.id not in old)
