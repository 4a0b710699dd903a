"""The annotator's loop: teach the model what is checked, let it read again what is not, and begin with its worst."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PyQt5.QtCore import pyqtSignal, pyqtSlot
from PyQt5.QtWidgets import QVBoxLayout, QWidget

from ocrstudio.core.page import PageState
from ocrstudio.services.auto_label import AutoLabeler
from ocrstudio.services.project_session import ProjectSession
from ocrstudio.services.queues import QueueController, QueueKind
from ocrstudio.services.recognizer import Recognizer
from ocrstudio.ui.widgets.message_bar import MessageBar
from ocrstudio.ui.widgets.parts import GRID
from ocrstudio.ui.widgets.translated import TranslatedWidget

if TYPE_CHECKING:
    # Loaded with the first lesson: the trainer's side of the program would delay the first picture of the window.
    from ocrstudio.formats.lesson import Learned
    from ocrstudio.services.teaching import Teaching
    from ocrstudio.ui.widgets.lesson_result import LessonResult


class TeachLoop(TranslatedWidget):
    """Progress of a lesson and its result, above the canvas.

    Args:
        session: Its checked pages and confirmed lines are learned from.
        recognizer: Its model learns.
        labeler: Reads untouched boxes again.
        queues: Walks through them afterwards.
        message: Where it is told what went wrong.
        teaching: Learns.
    """

    changed = pyqtSignal()  # `is_busy` is another answer

    def __init__(
        self,
        session: ProjectSession,
        recognizer: Recognizer,
        labeler: AutoLabeler,
        queues: QueueController,
        message: MessageBar,
        parent: QWidget | None = None,
        teaching: Teaching | None = None,
    ) -> None:
        super().__init__(parent)
        self._session, self._recognizer, self._labeler = session, recognizer, labeler
        self._queues, self._message = queues, message
        self._given = teaching
        self._made: tuple[Teaching, LessonResult] | None = None
        self._leads_on = self._was_busy = False
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(GRID)
        labeler.finished.connect(self._on_labeler_finished)
        session.project_closed.connect(self._on_session_project_closed)

    @property
    def teaching(self) -> Teaching:
        """What learns, made when it is first asked for."""
        return self._lesson()[0]

    @property
    def result(self) -> LessonResult:
        """What came of the lesson, made together with `teaching`."""
        return self._lesson()[1]

    def _lesson(self) -> tuple[Teaching, LessonResult]:
        if self._made is None:
            from ocrstudio.services.teaching import Teaching
            from ocrstudio.ui.widgets.lesson_bar import LessonBar
            from ocrstudio.ui.widgets.lesson_result import LessonResult

            teaching, result = self._given or Teaching(self), LessonResult()
            for widget in (LessonBar(teaching), result):
                self._column.addWidget(widget)
            teaching.changed.connect(self._on_teaching_changed)
            teaching.learned.connect(self._on_teaching_learned)
            teaching.cancelled.connect(self._on_teaching_cancelled)
            teaching.failed.connect(self._message.show_error)
            result.use_requested.connect(self._on_use_requested)
            self._made = teaching, result
        return self._made

    @property
    def is_busy(self) -> bool:
        """Whether a lesson is under way."""
        return self._made is not None and self._made[0].is_busy

    def start(self) -> None:
        """Teaches the model that reads here all lines that are checked."""
        store = self._session.store
        if store is None or self.is_busy:
            return
        from ocrstudio.formats.lesson import material_of

        self._session.commit_requested.emit()
        self._message.clear()
        self.result.show_learned(None)
        lines = sum(store.box_count(key) for key, state in store.states.items() if state is PageState.CHECKED)
        self.teaching.start(material_of(store), self._recognizer.model, lines)

    def close_work(self) -> None:
        """Ends what runs beside the window."""
        if self._made is not None:
            self._made[0].close()

    @pyqtSlot()
    def _on_teaching_changed(self) -> None:
        if self._was_busy != self.is_busy:  # it changes twice a second
            self._was_busy = self.is_busy
            self.changed.emit()

    @pyqtSlot(object)
    def _on_teaching_learned(self, learned: Learned) -> None:
        self.result.show_learned(learned)

    @pyqtSlot()
    def _on_teaching_cancelled(self) -> None:
        self._message.show_message("good", lambda: self.tr("Stopped. Nothing was changed."))

    @pyqtSlot(str)
    def _on_use_requested(self, bundle: str) -> None:
        self._recognizer.use_model(bundle)
        self._leads_on = self._labeler.reread_pages(self._labeler.keys_with_untouched(self._session.keys))
        if not self._leads_on:
            self._queues.start(QueueKind.WORST)

    @pyqtSlot(object)
    def _on_labeler_finished(self, _report: object) -> None:
        leads_on, self._leads_on = self._leads_on, False
        if leads_on and self._session.store is not None:
            self._queues.start(QueueKind.WORST)

    @pyqtSlot()
    def _on_session_project_closed(self) -> None:
        self._leads_on = False
        if self._made is not None:
            self.result.show_learned(None)
            self.teaching.cancel()
