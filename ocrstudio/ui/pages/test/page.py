"""The test page: what a model can do, on any picture."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from PyQt5.QtCore import pyqtSignal, pyqtSlot
from PyQt5.QtGui import QCloseEvent
from PyQt5.QtWidgets import QTabWidget, QVBoxLayout, QWidget

from ocrstudio.services.project_session import ProjectSession
from ocrstudio.services.recognizer import Recognizer
from ocrstudio.services.settings import Settings
from ocrstudio.ui.pages.test.compare_tab import CompareTab
from ocrstudio.ui.pages.test.errors_tab import ErrorsTab
from ocrstudio.ui.pages.test.read_tab import ReadTab
from ocrstudio.ui.widgets.low_screen import LowScreenArea
from ocrstudio.ui.widgets.translated import TranslatedWidget

READ, COMPARE, ERRORS = range(3)


class TestPage(TranslatedWidget):
    """One tab for each question: what does this picture say, which model is better, what is read wrong.

    Args:
        session: Its project's models are offered.
        recognizer: Reads the pictures.
        settings: The user's choices.
        parent: Owner.
    """

    synthesis_requested = pyqtSignal(str)  # characters that synthetic lines shall be made of
    values_requested = pyqtSignal(object)  # dict of config keys and values for the next training
    open_requested = pyqtSignal()  # the user wants to open a folder
    page_requested = pyqtSignal(str)  # the user wants to see another page of the window
    part_made = pyqtSignal(object)  # QWidget: a tab that was made only now

    __test__ = False  # the name is no test class, whatever pytest thinks

    def __init__(
        self, session: ProjectSession, recognizer: Recognizer, settings: Settings, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setObjectName("testPage")
        self._session, self._settings = session, settings
        self._compare: CompareTab | None = None
        self._errors: ErrorsTab | None = None
        self.read = ReadTab(session, recognizer, settings)
        self.tabs = QTabWidget()
        self.tabs.setObjectName("testTabs")
        self.tabs.setDocumentMode(True)
        self.tabs.setTabBarAutoHide(True)
        # Who drops a picture need not wait until the others are made. A low screen scrolls them.
        for tab in (self.read, _room(), _room()):
            self.tabs.addTab(LowScreenArea(tab), "")
        self.tabs.currentChanged.connect(self._on_tabs_current_changed)
        page = QVBoxLayout(self)
        page.setContentsMargins(0, 0, 0, 0)
        page.addWidget(self.tabs)
        self.say(partial(self.tabs.setTabText, READ), lambda: self.tr("Read pictures"))
        self.say(partial(self.tabs.setTabText, COMPARE), lambda: self.tr("Compare models"))
        self.say(partial(self.tabs.setTabText, ERRORS), lambda: self.tr("Errors"))

    @property
    def compare(self) -> CompareTab:
        """Which model is better; made when it is first wanted."""
        if self._compare is None:
            self._compare = CompareTab(self._session, self._settings)
            self._take_in(COMPARE, self._compare)
        return self._compare

    @property
    def errors(self) -> ErrorsTab:
        """What is read wrong; made when it is first wanted."""
        if self._errors is None:
            self._errors = ErrorsTab(self._session)
            self._errors.synthesis_requested.connect(self.synthesis_requested)
            self._errors.values_requested.connect(self.values_requested)
            self._errors.read_requested.connect(self.use_model)
            self._errors.open_requested.connect(self.open_requested)
            self._errors.page_requested.connect(self.page_requested)
            self._take_in(ERRORS, self._errors)
        return self._errors

    def _take_in(self, place: int, tab: QWidget) -> None:
        area = self.tabs.widget(place)
        room = area.widget() if isinstance(area, LowScreenArea) else None
        layout = room.layout() if room is not None else None
        if layout is not None:
            layout.addWidget(tab)
        self.part_made.emit(tab)

    @pyqtSlot(int)
    def _on_tabs_current_changed(self, place: int) -> None:
        wanted = self.compare if place == COMPARE else self.errors if place == ERRORS else self.read
        wanted.show()

    @pyqtSlot(str)
    def use_model(self, model: str) -> None:
        """Reads with another model from now on; see `ReadTab.use_model`."""
        self.tabs.setCurrentIndex(READ)
        self.read.use_model(model)

    def use_bundle(self, bundle: str) -> None:
        """Uses a bundle for what it can do; see `ReadTab.use_bundle`."""
        self.tabs.setCurrentIndex(READ)
        self.read.use_bundle(bundle)

    def add_files(self, paths: Sequence[Path]) -> None:
        """Reads pictures; see `ReadTab.add_files`."""
        self.tabs.setCurrentIndex(READ)
        self.read.add_files(paths)

    def closeEvent(self, event: QCloseEvent) -> None:
        for tab in (self.read, self._compare, self._errors):
            if tab is not None:
                tab.close()
        super().closeEvent(event)


def _room() -> QWidget:
    made = QWidget()
    QVBoxLayout(made).setContentsMargins(0, 0, 0, 0)
    return made
