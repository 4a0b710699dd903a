"""Commands on whole pages: their state, their order, reading them, turning them and taking them out."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import partial
from typing import Any

from PyQt5.QtCore import QObject, pyqtSignal, pyqtSlot
from PyQt5.QtWidgets import QApplication, QWidget

from ocrstudio.core.edits import may_become
from ocrstudio.core.page import Box, PageState
from ocrstudio.formats.rotate import LossyRotation
from ocrstudio.services.auto_label import AutoLabeler
from ocrstudio.services.page_lot import LotReport
from ocrstudio.services.page_marks import PageMarks
from ocrstudio.services.page_turner import TurnReport
from ocrstudio.services.project_session import ProjectSession
from ocrstudio.ui.dialogs.ask import ask
from ocrstudio.ui.i18n import in_words, translated
from ocrstudio.ui.pages.annotate import actions as specs
from ocrstudio.ui.pages.annotate.command_state import Now
from ocrstudio.ui.pages.annotate.image_removal import ImageRemoval
from ocrstudio.ui.pages.annotate.label_run import PagesRunBar
from ocrstudio.ui.pages.annotate.line_editor import LineEditor
from ocrstudio.ui.pages.annotate.named import first_names
from ocrstudio.ui.widgets.message_bar import MessageBar
from ocrstudio.ui.widgets.opener import open_place


class PageCommands(QObject):
    """The slots of the commands on pages.

    Args:
        session: The open project.
        labeler: Reads pages and boxes.
        editor: Hands over what is typed before anything is read.
        message: Where results are told.
        chosen: The pages that a command is about, in the order of the list.
        parent: Owner; questions are asked over it.
    """

    running_changed = pyqtSignal()  # pages begin to be marked, turned or taken out, or that has ended

    def __init__(
        self,
        session: ProjectSession,
        labeler: AutoLabeler,
        editor: LineEditor,
        message: MessageBar,
        chosen: Callable[[], tuple[str, ...]],
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self._session, self._document = session, session.document
        self._labeler, self._editor, self._message = labeler, editor, message
        self.chosen = chosen
        self._over = parent
        self._removal = ImageRemoval(session, message, parent)
        self._marks = PageMarks(session, self)
        self._undo_marks = lambda: self.tr("Undo all")
        self._turn_back = lambda: self.tr("Turn them back")
        self._turned = TurnReport(0)
        self.bars = self._make_bars()
        self._marks.finished.connect(self._on_marks_finished)
        self._marks.taken_back.connect(self._on_marks_taken_back)
        session.turner.ended.connect(self._on_turner_ended)
        message.action_requested.connect(self._on_message_action_requested)

    def slots(self) -> dict[str, Callable[..., Any]]:
        """Command id to what it does."""
        return {
            specs.PREVIOUS_PAGE.id: self._previous_page,
            specs.NEXT_PAGE.id: self._next_page,
            specs.CHECK_NEXT.id: self.check_and_next,
            specs.CHECK.id: partial(self._mark, PageState.CHECKED),
            specs.UNCHECK.id: partial(self._mark, PageState.EDITED),
            specs.REJECT.id: self._reject,
            specs.ROTATE_PAGE_LEFT.id: partial(self._turn, -1),
            specs.ROTATE_PAGE_RIGHT.id: partial(self._turn, 1),
            specs.TURN_AROUND.id: partial(self._turn, 2),
            specs.DELETE_IMAGE.id: self._delete,
            specs.COPY_NAMES.id: self._copy_names,
            specs.COPY_PATHS.id: self._copy_paths,
            specs.SHOW_FOLDER.id: self._show_folder,
            specs.AUTO_LABEL.id: self._label_chosen,
            specs.AUTO_LABEL_ALL.id: self._label_all,
            specs.REREAD.id: self._reread_selected,
            specs.REREAD_PAGE.id: self._reread_pages,
            specs.REREAD_UNTOUCHED.id: self._reread_all,
        }

    def enabled(self, now: Now) -> dict[str, bool]:
        """Command id to whether it can do something."""
        chosen, store = self.chosen(), self._session.store
        states = store.states if store is not None else {}
        many, free = len(chosen) > 1, not self._labeler.is_running
        is_open = now.page is not None and chosen == (now.page.key,)
        readable = now.drawable if is_open else bool(chosen)
        may = {
            wanted: not self.is_running and any(may_become(states.get(key, wanted), wanted) for key in chosen)
            for wanted in (PageState.CHECKED, PageState.EDITED, PageState.REJECTED)
        }
        turnable = not self.is_running and readable
        return {
            specs.PREVIOUS_PAGE.id: now.place > 0,
            specs.NEXT_PAGE.id: 0 <= now.place < now.pages - 1,
            specs.CHECK_NEXT.id: may[PageState.CHECKED] if many else now.page is not None,
            specs.CHECK.id: may[PageState.CHECKED],
            specs.UNCHECK.id: may[PageState.EDITED],
            specs.REJECT.id: may[PageState.REJECTED],
            **dict.fromkeys((specs.ROTATE_PAGE_LEFT.id, specs.ROTATE_PAGE_RIGHT.id, specs.TURN_AROUND.id), turnable),
            specs.DELETE_IMAGE.id: bool(chosen) and not self.is_running,
            **dict.fromkeys((specs.COPY_NAMES.id, specs.COPY_PATHS.id, specs.SHOW_FOLDER.id), bool(chosen)),
            specs.AUTO_LABEL.id: readable and free,
            specs.AUTO_LABEL_ALL.id: store is not None and free,
            specs.REREAD.id: now.drawable and bool(now.selected),
            specs.REREAD_PAGE.id: now.drawable and bool(now.boxes) if is_open else readable and free,
            specs.REREAD_UNTOUCHED.id: store is not None and free,
        }

    @property
    def is_running(self) -> bool:
        """Whether pages are being marked, turned or taken out."""
        return self._marks.is_running or self._session.turner.is_running or self._removal.is_running

    def close(self) -> None:
        """Waits for what runs in the background."""
        self._marks.close()
        self._removal.close()

    def check_and_next(self) -> None:
        """Marks the page as checked and opens the next one; others that are chosen are marked."""
        page = self._document.page
        seen = {self._session.current_key, page.key if page is not None else None}  # two while the next one is loading
        if len(self.chosen()) > 1 or not seen.issuperset(self.chosen()):
            self._mark(PageState.CHECKED)
        elif self._session.check_and_next():
            checked, total = self._session.progress()
            if checked == total:
                self._message.show_message(
                    "good", lambda: self.tr("Every page is checked. The Dataset page makes training data of them.")
                )

    def _previous_page(self) -> None:
        self._session.previous_page()

    def _next_page(self) -> None:
        self._session.next_page()

    # --- marking ---------------------------------------------------------------------------------------------------

    def _mark(self, state: PageState) -> bool:
        if self.is_running:
            return False
        self._clear_offer()
        return self._marks.apply(self.chosen(), state)

    def _reject(self) -> None:
        """Leaves pages out: they are in no training data. After a single one the next follows, as after checking."""
        single = len(self.chosen()) == 1
        if not (single and self._session.is_loading) and self._mark(PageState.REJECTED) and single:
            self._session.next_page()

    @pyqtSlot(object)
    def _on_marks_finished(self, report: LotReport) -> None:
        self.running_changed.emit()
        if report.pages == 1 and not report.cancelled:  # its mark is seen
            return
        words = {
            PageState.CHECKED: lambda: self.tr("{count} pages are checked."),
            PageState.EDITED: lambda: self.tr("{count} pages are not checked any more."),
            PageState.REJECTED: lambda: self.tr("{count} pages are left out of the dataset."),
        }
        self._tell(report, words[self._marks.state], self._undo_marks if self._marks.can_undo else None)

    @pyqtSlot(object)
    def _on_marks_taken_back(self, report: LotReport) -> None:
        self.running_changed.emit()
        self._tell(report, lambda: self.tr("{count} pages are as they were."), None)

    def _tell(self, report: LotReport, words: Callable[[], str], action: Callable[[], str] | None) -> None:
        def sentence() -> str:
            parts = [words().format(count=f"{report.pages:,}")]
            if report.cancelled:
                parts.append(self.tr("Stopped: the others are as they were."))
            elif report.skipped:
                left = self.tr("{count} had been changed meanwhile and were left alone.")
                parts.append(left.format(count=f"{report.skipped:,}"))
            return " ".join(parts)

        if not report.stopped:  # why it stopped has been said
            self._message.show_message("warn" if report.cancelled else "good", sentence, action=action)

    @pyqtSlot()
    def _on_message_action_requested(self) -> None:
        if self.is_running:
            return
        if self._message.offers(self._undo_marks):
            self._message.clear()
            self._marks.undo_all()
        elif self._message.offers(self._turn_back):
            self._message.clear()
            self._session.turner.turn(self._turned.done, -self._turned.turns)

    def _clear_offer(self) -> None:
        """What was offered for the last lot is not true any more when the next one begins."""
        if self._message.offers(self._undo_marks) or self._message.offers(self._turn_back):
            self._message.clear()

    # --- turning ---------------------------------------------------------------------------------------------------

    def _turn(self, turns: int) -> None:
        """Turns pages by quarters clockwise."""
        if not self.is_running:
            self._clear_offer()
            self._session.turner.turn(self.chosen(), turns)

    @pyqtSlot(object)
    def _on_turner_ended(self, report: TurnReport) -> None:
        """Pictures that would lose a little by being turned are turned when the user says so."""
        self.running_changed.emit()
        self._turned = report
        lossy = [key for key, error in report.refused.items() if isinstance(error, LossyRotation)]
        errors = [error for error in report.refused.values() if not isinstance(error, LossyRotation)]
        if lossy:
            self._ask_about_loss(lossy, report)
        if len(errors) == 1 and not report.done:
            self._message.show_error(errors[0])
        elif len(report.done) > 1 or errors or report.cancelled:
            self._message.show_message(
                "warn" if errors or report.cancelled else "good",
                partial(self._turn_sentence, len(report.done), len(errors)),
                action=self._turn_back if report.done else None,
                details="\n".join(in_words(error) for error in errors),
            )

    def _turn_sentence(self, done: int, failed: int) -> str:
        text = self.tr("{count} pages are turned.").format(count=f"{done:,}")
        if failed:
            text += " " + self.tr("{count} could not be turned.").format(count=f"{failed:,}")
        return text

    def _ask_about_loss(self, keys: Sequence[str], report: TurnReport) -> None:
        turn = partial(self._session.turner.turn, keys, report.turns, allow_lossy=True)
        what, remedy = translated(report.refused[keys[0]])
        answers = [(self.tr("Turn it all the same"), turn), (self.tr("Leave it"), None)]
        if len(keys) > 1:
            what = self.tr("{count} pictures cannot be turned without losing a little.").format(count=f"{len(keys):,}")
            remedy = first_names([key.rpartition("/")[2] for key in keys]) + "\n\n" + remedy
            answers = [(self.tr("Turn them all the same"), turn), (self.tr("Leave them"), None)]
        ask(self._over, "lossyRotationQuestion", what, answers, explanation=remedy, default=1)

    # --- files -----------------------------------------------------------------------------------------------------

    def _delete(self) -> None:
        if not self.is_running:
            self._removal.ask(self.chosen())

    def _copy_names(self) -> None:
        self._copy(key.rpartition("/")[2] for key in self.chosen())

    def _copy_paths(self) -> None:
        store = self._session.store
        if store is not None:
            self._copy(str(store.image_path(key)) for key in self.chosen())

    def _copy(self, lines: Iterable[str]) -> None:
        clipboard = QApplication.clipboard()
        if clipboard is not None:
            clipboard.setText("\n".join(lines))

    def _show_folder(self) -> None:
        store, chosen = self._session.store, self.chosen()
        if store is not None and chosen:
            open_place(store.image_path(chosen[0]).parent, self._over)

    def _make_bars(self) -> list[PagesRunBar]:
        """The progress of what is done to many pages, each with its button to stop."""
        marking = PagesRunBar("markRun", lambda: self.tr("Marking page {number} of {total}"))
        turning = PagesRunBar("turnRun", lambda: self.tr("Turning page {number} of {total}"))
        removing = PagesRunBar("removalRun", lambda: self.tr("Moving image {number} of {total}"))
        turner = self._session.turner
        for bar, progressed, cancel in (
            (marking, self._marks.progressed, self._marks.cancel),
            (turning, turner.progressed, turner.cancel),
            (removing, self._removal.progressed, self._removal.cancel),
        ):
            progressed.connect(bar.show_progress)
            progressed.connect(self.running_changed)
            bar.cancel_button.clicked.connect(cancel)
        return [marking, turning, removing]

    # --- reading ---------------------------------------------------------------------------------------------------

    def _label_chosen(self) -> None:
        self._editor.commit()
        self._labeler.label_pages(self.chosen())

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

    def _reread_pages(self) -> None:
        """What a person typed stays: reading it again takes the box to be selected."""
        self._editor.commit()
        page, chosen = self._document.page, self.chosen()
        if page is None or chosen != (page.key,):
            self._reread_untouched(chosen)
            return
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

    def _reread_all(self) -> None:
        self._editor.commit()
        self._reread_untouched(self._session.keys)

    def _reread_untouched(self, keys: Iterable[str]) -> None:
        if not self._labeler.reread_pages(self._labeler.keys_with_untouched(keys)):
            self._message.show_message("good", lambda: self.tr("No page has lines that nobody has touched."))

    def _boxes(self) -> tuple[Box, ...]:
        return self._document.page.boxes if self._document.page is not None else ()
