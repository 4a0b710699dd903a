"""The test page: what a model can do, on any picture."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PyQt5.QtCore import pyqtSignal
from PyQt5.QtGui import QCloseEvent
from PyQt5.QtWidgets import QTabWidget, QVBoxLayout, QWidget

from ocrstudio.services.project_session import ProjectSession
from ocrstudio.services.recognizer import Recognizer
from ocrstudio.services.settings import Settings
from ocrstudio.ui.pages.test.compare_tab import CompareTab
from ocrstudio.ui.pages.test.errors_tab import ErrorsTab
from ocrstudio.ui.pages.test.read_tab import ReadTab
from ocrstudio.ui.widgets.translated import TranslatedWidget


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

    __test__ = False  # the name is no test class, whatever pytest thinks

    def __init__(
        self, session: ProjectSession, recognizer: Recognizer, settings: Settings, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setObjectName("testPage")
        self.read = ReadTab(session, recognizer, settings)
        self.errors = ErrorsTab(session)
        self.errors.synthesis_requested.connect(self.synthesis_requested)
        self.errors.values_requested.connect(self.values_requested)
        self.tabs = QTabWidget()
        self.tabs.setObjectName("testTabs")
        self.tabs.setDocumentMode(True)
        self.tabs.setTabBarAutoHide(True)
        self.tabs.addTab(self.read, "")
        self.compare = CompareTab(session, settings)
        self.tabs.addTab(self.compare, "")
        self.tabs.addTab(self.errors, "")
        page = QVBoxLayout(self)
        page.setContentsMargins(0, 0, 0, 0)
        page.addWidget(self.tabs)
        self.say(self._name_tabs, str)

    def _name_tabs(self, _: str) -> None:
        self.tabs.setTabText(self.tabs.indexOf(self.read), self.tr("Read pictures"))
        self.tabs.setTabText(self.tabs.indexOf(self.compare), self.tr("Compare models"))
        self.tabs.setTabText(self.tabs.indexOf(self.errors), self.tr("Errors"))

    def use_model(self, model: str) -> None:
        """Reads with another model from now on; see `ReadTab.use_model`."""
        self.tabs.setCurrentWidget(self.read)
        self.read.use_model(model)

    def use_bundle(self, bundle: str) -> None:
        """Uses a bundle for what it can do; see `ReadTab.use_bundle`."""
        self.tabs.setCurrentWidget(self.read)
        self.read.use_bundle(bundle)

    def add_files(self, paths: Sequence[Path]) -> None:
        """Reads pictures; see `ReadTab.add_files`."""
        self.tabs.setCurrentWidget(self.read)
        self.read.add_files(paths)

    def closeEvent(self, event: QCloseEvent) -> None:
        self.read.close()
        self.compare.close()
        self.errors.close()
        super().closeEvent(event)
