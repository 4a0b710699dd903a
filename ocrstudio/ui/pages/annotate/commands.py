"""The commands of the Annotate page: made once, connected to what they do, enabled when that does something."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from PyQt5.QtCore import QObject, pyqtSlot
from PyQt5.QtWidgets import QMenu, QWidget

from ocrstudio.services.project_session import ProjectSession
from ocrstudio.ui.actions import StudioAction, make_action
from ocrstudio.ui.pages.annotate import actions as specs
from ocrstudio.ui.pages.annotate.box_commands import BoxCommands
from ocrstudio.ui.pages.annotate.command_state import Now, now
from ocrstudio.ui.pages.annotate.page_commands import PageCommands
from ocrstudio.ui.pages.annotate.view_commands import ViewCommands

# Menus of the right mouse button; an empty string is a line between groups.
BOX_MENU = (
    *(specs.EDIT_TEXT.id, specs.REREAD.id, specs.UNREADABLE.id, ""),
    *(specs.COPY.id, specs.DUPLICATE.id, specs.DELETE.id, ""),
    *(specs.SPLIT.id, specs.MERGE.id, specs.TO_RECTANGLE.id, specs.EXPAND.id, specs.SHRINK.id, ""),
    *(specs.ORIENT_AUTO.id, specs.ORIENT_DRAWN.id, specs.ORIENT_TURNED.id, ""),
    *(specs.KEY_CLASS.id, specs.UNLINK.id, specs.LOCK.id, specs.HIDE_SELECTED.id, specs.FOCUS_BOX.id),
)
BACKGROUND_MENU = (
    *(specs.AUTO_LABEL.id, specs.REREAD_PAGE.id, specs.PASTE.id, specs.COPY_FROM_PREVIOUS.id, ""),
    *(specs.SELECT_ALL.id, specs.SORT.id, specs.HIDE.id, specs.SHOW.id, specs.UNLOCK.id, ""),
    *(specs.ROTATE_PAGE_LEFT.id, specs.ROTATE_PAGE_RIGHT.id, specs.NOTE.id, ""),
    *(specs.CHECK_NEXT.id, specs.CHECK.id, specs.UNCHECK.id, specs.REJECT.id, specs.DELETE_IMAGE.id),
)
ROW_MENU = (  # for the pages that are selected in the list
    *(specs.AUTO_LABEL.id, specs.REREAD_PAGE.id, ""),
    *(specs.CHECK.id, specs.UNCHECK.id, specs.REJECT.id, ""),
    *(specs.ROTATE_PAGE_LEFT.id, specs.ROTATE_PAGE_RIGHT.id, specs.TURN_AROUND.id, ""),
    *(specs.SELECT_PAGES.id, specs.COPY_NAMES.id, specs.COPY_PATHS.id, specs.SHOW_FOLDER.id, ""),
    specs.DELETE_IMAGE.id,
)
LINE_MENU = (
    *(specs.EDIT_TEXT.id, specs.REREAD.id, specs.UNREADABLE.id, ""),
    *(specs.MOVE_UP.id, specs.MOVE_DOWN.id, specs.SORT.id, ""),
    *(specs.MERGE.id, specs.SPLIT.id, specs.KEY_CLASS.id, ""),
    *(specs.ORIENT_AUTO.id, specs.ORIENT_DRAWN.id, specs.ORIENT_TURNED.id, ""),
    *(specs.FOCUS_BOX.id, specs.DELETE.id),
)


class Commands(QObject):
    """All commands of the page.

    Args:
        session: The open project.
        boxes, pages, view: What the commands do.
        others: Slots of the page itself, by command id.
        also_enabled: Tells when those can do something.
        parent: The page, which owns the actions.

    Attributes:
        by_id: The actions.
    """

    def __init__(
        self,
        session: ProjectSession,
        boxes: BoxCommands,
        pages: PageCommands,
        view: ViewCommands,
        others: dict[str, Callable[..., Any]],
        also_enabled: Callable[[Now], dict[str, bool]],
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self._session, self._boxes, self._pages, self._view = session, boxes, pages, view
        self._also_enabled = also_enabled
        slots = {**boxes.slots(), **pages.slots(), **view.slots(), **others}
        self.by_id: dict[str, StudioAction] = {
            spec.id: make_action(spec, parent, slots.get(spec.id)) for spec in specs.ACTIONS
        }
        view.own(self.by_id)
        self._over = parent
        self._menus = {
            name: self._menu(name, ids)
            for name, ids in (
                *(("boxMenu", BOX_MENU), ("canvasMenu", BACKGROUND_MENU)),
                *(("lineMenu", LINE_MENU), ("rowMenu", ROW_MENU)),
            )
        }
        document = session.document
        document.selection_changed.connect(self.update)
        document.boxes_changed.connect(self.update)
        boxes.clipboard_changed.connect(self.update)
        for signal in (session.project_opened, session.project_closed, session.page_opened, session.pages_listed):
            signal.connect(self.update)

    def menu(self, name: str) -> QMenu:
        """ "boxMenu", "canvasMenu" (beside all boxes), "lineMenu" or "rowMenu" (in the list of pages)."""
        return self._menus[name]

    def _menu(self, name: str, ids: Sequence[str]) -> QMenu:
        menu = QMenu(self._over)
        menu.setObjectName(name)
        for action_id in ids:
            if action_id:
                menu.addAction(self.by_id[action_id])
            else:
                menu.addSeparator()
        return menu

    @pyqtSlot()
    @pyqtSlot(str)
    @pyqtSlot(object)
    def update(self, _what: object = None) -> None:
        """Enables what can do something now, and marks what is on."""
        seen = now(self._session)
        for part in (self._boxes.enabled, self._pages.enabled, self._view.enabled, self._also_enabled):
            for action_id, enabled in part(seen).items():
                self.by_id[action_id].setEnabled(enabled)
        count = len(self._pages.chosen())
        for action in self.by_id.values():
            action.set_count(count)
        for action_id, checked in self._boxes.checked(seen).items():
            self.by_id[action_id].setChecked(checked)
