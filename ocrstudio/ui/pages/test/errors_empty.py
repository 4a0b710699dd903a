"""What the Errors tab shows where there are no errors to show: what to choose, what must be there first, or praise."""

from __future__ import annotations

from PyQt5.QtCore import pyqtSignal, pyqtSlot
from PyQt5.QtWidgets import QStackedWidget, QWidget

from ocrstudio.core.confusions import NOTHING_IGNORED
from ocrstudio.core.error_analysis import ErrorAnalysis
from ocrstudio.core.page import PageState
from ocrstudio.formats.store import ProjectStore
from ocrstudio.ui.widgets.empty_state import EmptyState


class NothingMeasured(QStackedWidget):
    """Before anything is measured: the next thing to do, with its button where that is not on the tab itself."""

    open_requested = pyqtSignal()  # a folder
    page_requested = pyqtSignal(str)  # key of the page on which lines become known

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._choose = EmptyState("fa5s.search", self._title, self._choose_hint)
        self._check = EmptyState("fa5s.check-square", self._title, self._check_hint)
        self._open = EmptyState("fa5s.folder-open", self._title, self._open_hint)
        for made in (self._choose, self._check, self._open):
            self.addWidget(made)
        check = self._check.add_button("checkPagesFromErrors", lambda: self.tr("Check pages"), "fa5s.check")
        check.clicked.connect(self._on_check_clicked)
        opener = self._open.add_button("openFolderFromErrors", lambda: self.tr("Open a folder…"), "fa5s.folder-open")
        opener.clicked.connect(self.open_requested)

    def show_for(self, store: ProjectStore | None, *, has_datasets: bool) -> None:
        """Says what comes first in this project.

        Args:
            store: Of the open project, or None.
            has_datasets: Whether it has datasets to measure on.
        """
        if store is None:
            self.setCurrentWidget(self._open)
        elif has_datasets or PageState.CHECKED in store.states.values():
            self.setCurrentWidget(self._choose)
        else:
            self.setCurrentWidget(self._check)

    @pyqtSlot()
    def _on_check_clicked(self) -> None:
        self.page_requested.emit("annotate")

    def _title(self) -> str:
        return self.tr("See what a model reads wrong")

    def _choose_hint(self) -> str:
        return self.tr(
            "Choose a model and lines whose text is known, then press “Find errors”: checked pages, a part of a "
            "dataset, or a list of your own."
        )

    def _check_hint(self) -> str:
        return self.tr(
            "That takes lines whose text is known, and no page of this project is checked yet. Look through some "
            "pages and check them, or choose a list of your own above."
        )

    def _open_hint(self) -> str:
        return self.tr(
            "That takes lines whose text is known. Open a project with checked pages, or choose a list of your own "
            "above."
        )


class NoErrors(EmptyState):
    """In place of the lines of a model that read all of them as they stand there."""

    def __init__(self, parent: QWidget | None = None) -> None:
        self._analysis: ErrorAnalysis | None = None
        super().__init__(
            "fa5s.check-circle",
            lambda: self.tr("Every line was read as it stands there"),
            self._hint,
            parent,
            role="good",
        )
        self.read_button = self.add_button("readFromErrors", lambda: self.tr("Read other pictures"), "fa5s.image")

    def show_analysis(self, analysis: ErrorAnalysis) -> None:
        """Tells of another analysis without errors."""
        self._analysis = analysis
        self.say_all()

    def _hint(self) -> str:
        if self._analysis is None:
            return ""
        count = len(self._analysis.evaluation.lines)
        if self._analysis.ignoring == NOTHING_IGNORED:
            told = self.tr("{count} lines, not one error.").format(count=f"{count:,}")
        else:
            told = self.tr("{count} lines, not one error that counts.").format(count=f"{count:,}")
        if self._analysis.evaluation.data.part == "train":
            more = self.tr("A model that learned from these lines ought to; its test part says more about it.")
        else:
            more = self.tr("Choose other lines above, or read pictures that the model has never seen.")
        return f"{told} {more}"
