"""Corrections of what was read, kept for learning; and the offer to learn from them."""

from __future__ import annotations

from dataclasses import replace

from PyQt5.QtCore import pyqtSignal, pyqtSlot
from PyQt5.QtWidgets import QFrame, QVBoxLayout, QWidget

from ocrstudio.core.page import Box
from ocrstudio.core.teaching import ENOUGH, expected_seconds
from ocrstudio.formats.lesson import Learned
from ocrstudio.services.project_session import ProjectSession
from ocrstudio.services.recognizer import Recognizer
from ocrstudio.services.taught_pages import Correction, TaughtPages
from ocrstudio.services.teaching import Step, Teaching
from ocrstudio.ui.pages.test.results import Picture
from ocrstudio.ui.widgets.lesson_bar import LessonBar, duration
from ocrstudio.ui.widgets.lesson_result import LessonResult
from ocrstudio.ui.widgets.message_bar import MessageBar
from ocrstudio.ui.widgets.parts import GRID, button, label, row
from ocrstudio.ui.widgets.translated import TranslatedWidget


class TeachPanel(TranslatedWidget):
    """One strip above the text: how many corrections there are, learning, and what came of it.

    Args:
        session: The open project; corrections of its pictures go into it.
        recognizer: Its model is the one that learns.
        message: Where failures are told.
        parent: Owner; it calls `close`.
        taught: Keeps the corrections.
        teaching: Learns.
    """

    model_chosen = pyqtSignal(str)  # bundle of the new model
    picture_changed = pyqtSignal(object)  # Picture: a correction of it was taken back

    def __init__(
        self,
        session: ProjectSession,
        recognizer: Recognizer,
        message: MessageBar,
        parent: QWidget | None = None,
        taught: TaughtPages | None = None,
        teaching: Teaching | None = None,
    ) -> None:
        super().__init__(parent)
        self._recognizer, self._message = recognizer, message
        self.taught = taught or TaughtPages(session, self)
        self.teaching = teaching or Teaching(self)
        self._corrected: list[tuple[Picture, Correction]] = []
        self._build()
        self.taught.kept.connect(self._on_taught_changed)
        self.taught.counted.connect(self._on_taught_changed)
        self.taught.taken_back.connect(self._on_taught_taken_back)
        self.taught.failed.connect(message.show_error)
        self.teaching.changed.connect(self._refresh)
        self.teaching.learned.connect(self._on_teaching_learned)
        self.teaching.cancelled.connect(self._on_teaching_cancelled)
        self.teaching.failed.connect(message.show_error)
        self._refresh()

    def _build(self) -> None:
        self._text = label("", "teachText", wrap=True)
        self.start = button("teachStart", "fa5s.graduation-cap", "primary")
        self.undo = button("teachUndo", "fa5s.undo", "quiet")
        self._offer = QFrame()
        self._offer.setProperty("role", "card")
        line = row(self._text, self.undo, self.start)
        line.setStretch(0, 1)
        line.setContentsMargins(2 * GRID, GRID, GRID, GRID)
        self._offer.setLayout(line)
        self.progress = LessonBar(self.teaching)
        self.result = LessonResult()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        for widget in (self._offer, self.progress, self.result):
            column.addWidget(widget)
        self.say(self._text.setText, self._sentence)
        self.say(self.start.setText, lambda: self.tr("Let it learn"))
        self.say(self.undo.setText, lambda: self.tr("Take back"))
        self.say(self.undo.setToolTip, lambda: self.tr("Takes the last correction back"))
        self.start.clicked.connect(self._on_start_clicked)
        self.undo.clicked.connect(self._on_undo_clicked)
        self.result.use_requested.connect(self._on_result_use_requested)
        self.result.closed.connect(self._refresh)

    @pyqtSlot(object, int)
    def correct(self, picture: Picture, index: int) -> None:
        """Keeps the correction that a line of a picture has got."""
        line = picture.lines[index]
        if not line.corrected or line.text == self._text_before(picture, index):
            return
        if line.turn:  # it would be learned turned
            self._message.show_message(
                "warn",
                lambda: self.tr("The line is corrected. It was read as standing turned: nothing is learned from it."),
            )
            return
        read = tuple(Box(points=one.points, text=one.as_read, score=one.score) for one in picture.lines)
        correction = Correction(picture.source, read, index, line.text)
        self._corrected.append((picture, correction))
        self.taught.correct(correction)

    def _text_before(self, picture: Picture, index: int) -> str | None:
        """The latest correction of a line that is kept; None without one."""
        texts = [one.text for where, one in self._corrected if where is picture and one.index == index]
        return texts[-1] if texts else None

    def close_work(self) -> None:
        """Ends what runs beside the window."""
        self.teaching.close()
        self.taught.close()

    def _sentence(self) -> str:
        new = self.taught.new
        if new >= ENOUGH:
            return self.tr("You corrected {count} lines. The program can learn from them: {time}.").format(
                count=new, time=duration(expected_seconds(new))
            )
        if new == 0:
            return self.tr("Your corrections are kept.")
        if new == 1:
            return self.tr("1 correction is kept. From {enough} on the program can learn from them.").format(
                enough=ENOUGH
            )
        return self.tr("{count} corrections are kept. From {enough} on the program can learn from them.").format(
            count=new, enough=ENOUGH
        )

    @pyqtSlot()
    def _refresh(self) -> None:
        is_free = self.teaching.step is Step.IDLE and self.result.isHidden()
        self._offer.setVisible(is_free and (self.taught.new > 0 or self.taught.can_take_back))
        self._text.setText(self._sentence())
        self.start.setVisible(self.taught.new >= ENOUGH)
        self.undo.setVisible(self.taught.can_take_back)

    @pyqtSlot()
    @pyqtSlot(object)
    def _on_taught_changed(self, _correction: object = None) -> None:
        self._refresh()

    @pyqtSlot(object)
    def _on_taught_taken_back(self, correction: Correction) -> None:
        picture = next((where for where, one in self._corrected if one is correction), None)
        self._corrected = [entry for entry in self._corrected if entry[1] is not correction]
        # it may have been read again meanwhile
        if picture is not None and [line.text for line in picture.lines][correction.index :][:1] == [correction.text]:
            line, before = picture.lines[correction.index], self._text_before(picture, correction.index)
            text = line.as_read if before is None else before
            picture.lines[correction.index] = replace(line, text=text, corrected=before is not None)
            self.picture_changed.emit(picture)
        self._refresh()

    @pyqtSlot()
    def _on_undo_clicked(self) -> None:
        self.taught.take_back()

    @pyqtSlot()
    def _on_start_clicked(self) -> None:
        material = self.taught.material()
        if material is not None:
            self._message.clear()
            self.teaching.start(material, self._recognizer.model, self.taught.new)

    @pyqtSlot(object)
    def _on_teaching_learned(self, learned: Learned) -> None:
        self.result.show_learned(learned)
        self.taught.recount()
        self._refresh()

    @pyqtSlot(str)
    def _on_result_use_requested(self, bundle: str) -> None:
        self._refresh()
        self.model_chosen.emit(bundle)

    @pyqtSlot()
    def _on_teaching_cancelled(self) -> None:
        self._message.show_message(
            "good", lambda: self.tr("Stopped. Nothing was changed, and your corrections are kept.")
        )
