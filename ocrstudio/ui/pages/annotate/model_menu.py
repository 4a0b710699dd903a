"""The choice of the model that reads, as a menu by plain names."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PyQt5.QtCore import QEvent, pyqtSlot
from PyQt5.QtWidgets import QAction, QActionGroup, QMenu, QWidget

from ocrstudio.formats.bundle import ModelInfo, bundled_model
from ocrstudio.services.background import Background
from ocrstudio.services.project_session import ProjectSession
from ocrstudio.services.recognizer import Recognizer
from ocrstudio.ui.model_names import model_name


class ModelMenu(QMenu):
    """Offers the model that comes with the program and those trained in the open project.

    Args:
        session: The open project.
        recognizer: Told which one to read with.
        parent: Owner; it calls `close_work`.
    """

    def __init__(self, session: ProjectSession, recognizer: Recognizer, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("modelMenu")
        self._session, self._recognizer = session, recognizer
        self._models: Sequence[ModelInfo] = (bundled_model(),)
        self._background = Background(self, threads=1)
        self._group = QActionGroup(self)
        self._group.triggered.connect(self._on_group_triggered)
        recognizer.model_changed.connect(self._on_recognizer_model_changed)
        self.aboutToShow.connect(self.reload)
        session.project_opened.connect(self.reload)
        session.project_closed.connect(self.reload)
        self._fill()

    def close_work(self) -> None:
        """Stops for good; a folder that is being read is forgotten."""
        self._background.close()

    @pyqtSlot()
    @pyqtSlot(str)
    def reload(self, _folder: str = "") -> None:
        """Looks for models again, away from the window's thread."""
        project, model = self._session.folder, self._recognizer.model
        self._background.run(lambda: _usable_models(project, model), self._on_models_known)

    def _on_models_known(self, models: Sequence[ModelInfo]) -> None:
        if models != self._models:
            self._models = models
            self._fill()

    def _fill(self) -> None:
        for action in self._group.actions():
            self._group.removeAction(action)
            self.removeAction(action)
            action.deleteLater()
        self.setTitle(self.tr("Read with"))
        for info in self._models:
            action = QAction(model_name(info), self)
            action.setData(info.model)
            action.setCheckable(True)
            action.setChecked(info.model == self._recognizer.model)
            self._group.addAction(action)
            self.addAction(action)

    @pyqtSlot(QAction)
    def _on_group_triggered(self, action: QAction) -> None:
        self._recognizer.use_model(str(action.data()))

    @pyqtSlot(str)
    def _on_recognizer_model_changed(self, model: str) -> None:
        for action in self._group.actions():
            action.setChecked(action.data() == model)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._fill()


def _usable_models(project: Path | None, model: str) -> list[ModelInfo]:
    """The models that can be used at once. Reads the disk."""
    # reads configs and runs, for which the first picture of the window does not wait
    from ocrstudio.formats.model_list import known_models

    return [info for info in known_models(project, model) if info.is_ready or info.model == model]
