"""Says of a page that was scanned upside down or on its side that it had better be turned before it is checked."""

from __future__ import annotations

from PyQt5.QtCore import QObject, pyqtSlot

from ocrstudio.services.auto_label import AutoLabeler, LabelReport
from ocrstudio.services.project_session import ProjectSession
from ocrstudio.ui.widgets.message_bar import MessageBar


class TurnHint(QObject):
    """Offers to turn the open page, as far as automatic labelling told how it lies.

    Args:
        session: The open project.
        labeler: Knows how the pages that it labelled lie.
        message: Where it is said, unless something else is offered there.
        parent: Owner.
    """

    def __init__(
        self,
        session: ProjectSession,
        labeler: AutoLabeler,
        message: MessageBar,
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._session, self._labeler, self._message = session, labeler, message
        self._offer = lambda: self.tr("Turn it upright")
        session.page_opened.connect(self._look)
        labeler.finished.connect(self._on_labeler_finished)
        message.action_requested.connect(self._on_message_action_requested)

    def _turn(self) -> int:
        page = self._session.document.page
        return self._labeler.turn_of(page.key) if page is not None else 0

    @pyqtSlot()
    def _look(self) -> None:
        if self._message.offers(self._offer):
            self._message.clear()
        turn = self._turn()
        if turn and not self._message.is_offering:
            self._message.show_message("warn", lambda: self._sentence(turn), action=self._offer)

    @pyqtSlot(object)
    def _on_labeler_finished(self, report: LabelReport) -> None:
        if report.total == 1:  # how a run over many ended is said first; each page has its turn when it opens
            self._look()

    def _sentence(self, turn: int) -> str:
        how = self.tr("This page is upside down.") if turn == 2 else self.tr("This page lies on its side.")
        return how + " " + self.tr("Its lines are cut out, and learned, as they lie.")

    @pyqtSlot()
    def _on_message_action_requested(self) -> None:
        page, turn = self._session.document.page, self._turn()
        if self._message.offers(self._offer) and page is not None and turn:
            self._message.clear()
            self._session.turner.turn([page.key], 4 - turn)
