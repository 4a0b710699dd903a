"""The line at the bottom: which project, whether it is saved, and what runs."""

from __future__ import annotations

from collections.abc import Callable

from PyQt5.QtCore import Qt, pyqtSignal, pyqtSlot
from PyQt5.QtWidgets import QHBoxLayout, QWidget

from ocrstudio.core.errors import StudioError
from ocrstudio.services.problem_list import ProblemList
from ocrstudio.services.project_session import ProjectSession
from ocrstudio.services.recognizer import Recognizer
from ocrstudio.services.timers import single_shot
from ocrstudio.ui.widgets.parts import Dot, ElidedLabel, button, label
from ocrstudio.ui.widgets.translated import TranslatedWidget

# An opening that takes longer is worth a word.
OPENING_DELAY_MS = 150


class StatusLine(TranslatedWidget):
    """Follows the session and the recogniser; the page that trains reports through `show_training`.

    Args:
        session: The open project.
        recognizer: The child that reads pictures.
        problems: What is wrong; their number is a button.
        parent: Owner.
    """

    problems_requested = pyqtSignal()

    def __init__(
        self, session: ProjectSession, recognizer: Recognizer, problems: ProblemList, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._session, self._recognizer, self._problem_list = session, recognizer, problems
        self._training = ""
        self._save_error = False
        self._project = ElidedLabel("statusProject")
        self._saved_dot, self._saved = Dot("good"), label(name="statusSaved")
        self._activity = label("muted", "statusActivity")
        self._problems = button("statusProblems", "fa5s.exclamation-triangle", "quiet")
        self._problems.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._problems.clicked.connect(self.problems_requested)
        line = QHBoxLayout(self)
        line.setContentsMargins(8, 0, 8, 0)
        line.addWidget(self._project, 1)
        for widget in (self._activity, self._problems, self._saved_dot, self._saved):
            line.addWidget(widget)
        self.say(self._project.show_text, self._project_text)
        self.say(self._saved.setText, self._saved_text)
        self.say(self._activity.setText, self._activity_text)
        self.say(self._problems.setText, self._problems_text)
        self.say(self._problems.setToolTip, lambda: self.tr("Show what is wrong and what to do about it"))
        problems.changed.connect(self._on_problems_changed)
        self._opening_timer = single_shot(self, OPENING_DELAY_MS, self._on_session_changed)
        session.opening.connect(self._on_session_opening)
        session.open_failed.connect(self._on_session_changed)
        session.project_opened.connect(self._on_session_changed)
        session.project_closed.connect(self._on_session_changed)
        session.page_changed.connect(self._on_session_changed)
        session.saved.connect(self._on_session_saved)
        session.save_failed.connect(self._on_session_save_failed)
        recognizer.busy_changed.connect(self._on_recognizer_changed)
        recognizer.page_read.connect(self._on_recognizer_changed)
        self._refresh()
        self._on_problems_changed()

    def show_training(self, state: str) -> None:
        """Says that training runs. `state`: the value of the run's state, such as "running"; "" if there is none."""
        self._training = state
        self._activity.setText(self._activity_text())

    def _project_text(self) -> str:
        store = self._session.store
        return str(store.folder) if store is not None else self.tr("No project is open.")

    def _saved_text(self) -> str:
        store = self._session.store
        if store is None:
            return ""
        if self._save_error:
            return self.tr("Not saved yet; every edit is kept in the project's journal")
        return self.tr("Edits are safe, files follow") if store.dirty else self.tr("All saved")

    def _activity_text(self) -> str:
        parts = []
        if self._session.is_opening:
            parts.append(self.tr("Opening…"))
        if self._training in ("starting", "running"):
            parts.append(self.tr("Training"))
        elif self._training == "stopping":
            parts.append(self.tr("Training is stopping"))
        if self._recognizer.is_busy:
            parts.append(self._reading_text(self._recognizer.waiting))
        return "  ·  ".join(parts)

    def _reading_text(self, waiting: int) -> str:
        if waiting > 1:
            return self.tr("Reading: {count} left").format(count=waiting)
        # a run over many pages hands in one at a time, and its page counts them
        return self.tr("Reading") if waiting else self.tr("Loading model")

    def _problems_text(self) -> str:
        count = len(self._problem_list.entries)
        return self.tr("1 problem") if count == 1 else self.tr("{count} problems").format(count=count)

    @pyqtSlot()
    def _on_problems_changed(self) -> None:
        self._problems.setText(self._problems_text())
        self._problems.setVisible(bool(self._problem_list.entries))

    def _refresh(self) -> None:
        texts: tuple[tuple[Callable[[str], object], Callable[[], str]], ...] = (
            (self._project.show_text, self._project_text),
            (self._saved.setText, self._saved_text),
            (self._activity.setText, self._activity_text),
        )
        for setter, text in texts:
            setter(text())
        store = self._session.store
        self._saved_dot.setVisible(store is not None)
        self._saved_dot.set_role("bad" if self._save_error else "warn" if store is not None and store.dirty else "good")

    @pyqtSlot(str)
    def _on_session_opening(self, _folder: str) -> None:
        self._opening_timer.start()

    @pyqtSlot()
    @pyqtSlot(str)
    def _on_session_changed(self, _name: str = "") -> None:
        self._refresh()

    @pyqtSlot()
    def _on_session_saved(self) -> None:
        self._save_error = False
        self._refresh()

    @pyqtSlot(object)
    def _on_session_save_failed(self, _error: StudioError) -> None:
        self._save_error = True
        self._refresh()

    @pyqtSlot(bool)
    @pyqtSlot(object)
    def _on_recognizer_changed(self, _what: object = None) -> None:
        self._activity.setText(self._activity_text())
