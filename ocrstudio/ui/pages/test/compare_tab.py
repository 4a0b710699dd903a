"""Which of two models is better: on pictures, by eye; on a labelled set, by numbers."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PyQt5.QtCore import pyqtSlot
from PyQt5.QtGui import QCloseEvent, QShowEvent
from PyQt5.QtWidgets import QButtonGroup, QStackedWidget, QVBoxLayout, QWidget

from ocrstudio.services.project_session import ProjectSession
from ocrstudio.services.settings import Settings
from ocrstudio.ui.pages.test.compare_models import ModelPair
from ocrstudio.ui.pages.test.compare_pictures import PictureComparison
from ocrstudio.ui.pages.test.compare_set import SetComparison
from ocrstudio.ui.widgets.flow import flowing
from ocrstudio.ui.widgets.low_screen import HeightOfShown
from ocrstudio.ui.widgets.message_bar import MessageBar
from ocrstudio.ui.widgets.parts import GRID, button, label
from ocrstudio.ui.widgets.translated import TranslatedWidget


class CompareTab(TranslatedWidget):
    """Two models, and the two ways to compare them.

    Args:
        session: Its project's models and labelled sets are offered.
        settings: Remembers the last folder.
        parent: Owner.
        program: Replaces the program of readers and commands; for tests.
    """

    def __init__(
        self,
        session: ProjectSession,
        settings: Settings,
        parent: QWidget | None = None,
        program: list[str] | None = None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("compareTab")
        self._session = session
        self.models = ModelPair()
        self.message = MessageBar()
        self.pictures = PictureComparison(self.models, self.message, settings, program=program)
        self.labelled = SetComparison(self.models, self.message, program=program)
        self._stack = QStackedWidget()
        self._stack.addWidget(self.pictures)
        self._stack.addWidget(self.labelled)
        HeightOfShown(self._stack)
        self._ways = QButtonGroup(self)
        by_eye, by_numbers = button("compareOnPictures", "fa5s.image"), button("compareOnSet", "fa5s.chart-bar")
        for place, way in enumerate((by_eye, by_numbers)):
            way.setCheckable(True)
            self._ways.addButton(way, place)
        by_eye.setChecked(True)
        title = label("title", "compareTitle")
        self.say(title.setText, lambda: self.tr("Compare two models"))
        self.say(by_eye.setText, lambda: self.tr("On pictures"))
        self.say(by_numbers.setText, lambda: self.tr("On labelled lines"))
        page = QVBoxLayout(self)
        page.setContentsMargins(2 * GRID, 2 * GRID, 2 * GRID, 2 * GRID)
        page.setSpacing(2 * GRID)
        page.addWidget(flowing(title, None, by_eye, by_numbers))
        page.addWidget(self.models)
        page.addWidget(self.message)
        page.addWidget(self._stack, 1)
        self._ways.idClicked.connect(self.show_way)
        self.models.failed.connect(self.message.show_error)
        self.labelled.task_changed.connect(self._on_task_changed)
        session.project_opened.connect(self.reload)
        session.project_closed.connect(self.reload)

    @pyqtSlot(int)
    def show_way(self, way: int) -> None:
        """Compares on pictures (0) or on a labelled set (1)."""
        button_of_way = self._ways.button(way)
        if button_of_way is not None:
            button_of_way.setChecked(True)
        self._stack.setCurrentIndex(way)
        self._show_choosers()

    def add_files(self, paths: Sequence[Path]) -> None:
        """Compares on pictures; see `PictureComparison.add_files`."""
        self.show_way(0)
        self.pictures.add_files(paths)

    @pyqtSlot()
    @pyqtSlot(str)
    def reload(self, _folder: str = "") -> None:
        """Looks for models and labelled sets again."""
        project = Path(self._session.folder) if self._session.folder is not None else None
        self.models.reload(project)
        self.labelled.reload(project)

    @pyqtSlot(str)
    def _on_task_changed(self, _task: str) -> None:
        self._show_choosers()

    def _show_choosers(self) -> None:
        if self._stack.currentIndex() == 0:
            self.models.show_tasks(reading=True, finding=True)
        else:
            self.models.show_tasks(reading=self.labelled.task == "rec", finding=self.labelled.task == "det")

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.reload()

    def closeEvent(self, event: QCloseEvent) -> None:
        self.models.close_work()
        self.pictures.close()
        self.labelled.close()
        super().closeEvent(event)
