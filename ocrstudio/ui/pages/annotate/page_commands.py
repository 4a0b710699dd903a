"""Commands on whole pages: their state, their order, reading them, turning them and taking them out."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from PyQt5.QtCore import QObject, pyqtSlot
from PyQt5.QtWidgets import QWidget

from ocrstudio.core.errors import StudioError
from ocrstudio.core.page import Box, PageState
from ocrstudio.formats.rotate import LossyRotation
from ocrstudio.services.auto_label import AutoLabeler
from ocrstudio.services.project_session import ProjectSession
from ocrstudio.ui.dialogs.ask import ask
from ocrstudio.ui.i18n import translated
from ocrstudio.ui.pages.annotate import actions as specs
from ocrstudio.ui.pages.annotate.command_state import Now
from ocrstudio.ui.pages.annotate.image_removal import ImageRemoval
from ocrstudio.ui.pages.annotate.line_editor import LineEditor
from ocrstudio.ui.widgets.message_bar import MessageBar


class PageCommands(QObject):
    """The slots of the commands on pages.

    Args:
        session: The open project.
        labeler: Reads pages and boxes.
        editor: Hands over what is typed before anything is read.
        message: Where results are told.
        parent: Owner; questions are asked over it.
    """

    def __init__(
        self,
        session: ProjectSession,
        labeler: AutoLabeler,
        editor: LineEditor,
        message: MessageBar,
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self._session, self._document = session, session.document
        self._labeler, self._editor, self._message = labeler, editor, message
        self._over = parent
        self._removal = ImageRemoval(session, message, parent)
        session.turn_refused.connect(self._on_session_turn_refused)

    def slots(self) -> dict[str, Callable[..., Any]]:
        """Command id to what it does."""
        return {
            specs.PREVIOUS_PAGE.id: self._previous_page,
            specs.NEXT_PAGE.id: self._next_page,
            specs.CHECK_NEXT.id: self.check_and_next,
            specs.CHECK.id: partial(self._set_state, PageState.CHECKED),
            specs.UNCHECK.id: partial(self._set_state, PageState.EDITED),
            specs.REJECT.id: self._reject,
            specs.ROTATE_PAGE_LEFT.id: partial(self.turn_page, -1),
            specs.ROTATE_PAGE_RIGHT.id: partial(self.turn_page, 1),
            specs.DELETE_IMAGE.id: self._removal.ask,
            specs.AUTO_LABEL.id: self._label_page,
            specs.AUTO_LABEL_ALL.id: self._label_all,
            specs.REREAD.id: self._reread_selected,
            specs.REREAD_PAGE.id: self._reread_page,
            specs.REREAD_UNTOUCHED.id: self._reread_untouched,
        }

    def enabled(self, now: Now) -> dict[str, bool]:
        """Command id to whether it can do something."""
        has_page, state = now.page is not None, now.page.state if now.page is not None else PageState.NEW
        free = not self._labeler.is_running
        return {
            specs.PREVIOUS_PAGE.id: now.place > 0,
            specs.NEXT_PAGE.id: 0 <= now.place < now.pages - 1,
            specs.CHECK_NEXT.id: has_page,
            specs.CHECK.id: has_page and state is not PageState.CHECKED,
            specs.UNCHECK.id: state in (PageState.CHECKED, PageState.REJECTED),
            specs.REJECT.id: has_page and state is not PageState.REJECTED,
            specs.ROTATE_PAGE_LEFT.id: now.drawable,
            specs.ROTATE_PAGE_RIGHT.id: now.drawable,
            specs.DELETE_IMAGE.id: has_page,
            specs.AUTO_LABEL.id: now.drawable and free,
            specs.AUTO_LABEL_ALL.id: self._session.store is not None and free,
            specs.REREAD.id: now.drawable and bool(now.selected),
            specs.REREAD_PAGE.id: now.drawable and bool(now.boxes),
            specs.REREAD_UNTOUCHED.id: self._session.store is not None and free,
        }

    def close(self) -> None:
        """Waits for what runs in the background."""
        self._removal.close()

    def check_and_next(self) -> None:
        """Marks the page as checked and opens the next one."""
        if self._session.check_and_next():
            checked, total = self._session.progress()
            if checked == total:
                self._message.show_message(
                    "good", lambda: self.tr("Every page is checked. The Dataset page makes training data of them.")
                )

    def _previous_page(self) -> None:
        self._session.previous_page()

    def _next_page(self) -> None:
        self._session.next_page()

    def _set_state(self, state: PageState) -> None:
        self._editor.commit()
        self._document.set_state(state)

    def _reject(self) -> None:
        """Leaves the page out: it is in no training data. The next page follows, as after checking."""
        if self._document.page is not None and not self._session.is_loading:
            self._editor.commit()
            if self._document.set_state(PageState.REJECTED):
                self._session.next_page()

    def turn_page(self, turns: int) -> None:
        """Turns the open page by quarters clockwise."""
        self._editor.commit()
        self._session.rotate_page(turns)

    @pyqtSlot(object, int)
    def _on_session_turn_refused(self, error: StudioError, turns: int) -> None:
        """A picture that would lose a little by being turned is turned when the user says so."""
        if not isinstance(error, LossyRotation):
            self._message.show_error(error)
            return
        what, remedy = translated(error)
        ask(
            self._over,
            "lossyRotationQuestion",
            what,
            (
                (self.tr("Turn it all the same"), lambda: self._session.rotate_page(turns, allow_lossy=True)),
                (self.tr("Leave it"), None),
            ),
            explanation=remedy,
            default=1,
        )

    # --- reading ---------------------------------------------------------------------------------------------------

    def _label_page(self) -> None:
        page = self._document.page
        if page is not None:
            self._editor.commit()
            self._labeler.label_pages([page.key])

    def _label_all(self) -> None:
        keys = self._labeler.untouched_keys()
        if keys:
            self._labeler.label_pages(keys)
        else:
            self._message.show_message("good", lambda: self.tr("Every page has labels already."))

    def _reread_selected(self) -> None:
        self._editor.commit()
        wanted = set(self._document.selection)
        self._labeler.read_boxes(box for box in self._boxes() if box.id in wanted)

    def _reread_page(self) -> None:
        """What a person typed stays: reading it again takes the box to be selected."""
        self._editor.commit()
        boxes = self._boxes()
        readable = [box for box in boxes if not (box.touched and box.is_readable)]
        self._labeler.read_boxes(readable)
        kept = len(boxes) - len(readable)
        if kept:
            self._message.show_message(
                "good",
                lambda: self.tr(
                    "{count} lines that a person typed or confirmed stay as they are. "
                    "Select lines to have those read again too."
                ).format(count=kept),
            )

    def _reread_untouched(self) -> None:
        self._editor.commit()
        if not self._labeler.reread_pages(self._labeler.keys_with_untouched()):
            self._message.show_message("good", lambda: self.tr("No page has lines that nobody has touched."))

    def _boxes(self) -> tuple[Box, ...]:
        return self._document.page.boxes if self._document.page is not None else ()
