"""Dialogs about the open project as a whole, each imported when it is opened for the first time."""

from __future__ import annotations

import importlib
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Any

from PyQt5.QtCore import QObject, Qt, pyqtSlot
from PyQt5.QtWidgets import QAction, QDialog, QWidget

from ocrstudio.services.project_session import ProjectSession
from ocrstudio.ui import actions as specs
from ocrstudio.ui.dialogs.ask import ask

# Id of the command -> (module in `ui.dialogs`, class). Each is made with (session, parent).
DIALOGS = {
    specs.IMPORT_LABELS.id: ("import_labels", "ImportDialog"),
    specs.EXPORT_LABELS.id: ("exchange", "ExportDialog"),
    specs.EXPORT_CROPS.id: ("crop_export", "CropExportDialog"),
    specs.PACKAGE.id: ("package", "PackageDialog"),
    specs.MERGE.id: ("merge", "MergeDialog"),
}


class ProjectDialogs(QObject):
    """Opens a dialog for a command, one of a kind at a time; the commands wait for a project.

    Only importing does not: without a project it makes one.

    Args:
        session: The open project.
        actions: The window's commands by id.
        replace: Opens find and replace, which needs the index that the Annotate page keeps.
        parent: The window.
    """

    def __init__(
        self,
        session: ProjectSession,
        actions: Mapping[str, QAction],
        replace: Callable[[], None],
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self._session, self._window = session, parent
        waiting = {*DIALOGS, specs.REPLACE.id} - {specs.IMPORT_LABELS.id}
        self._actions = [actions[name] for name in waiting]
        for name in DIALOGS:
            actions[name].triggered.connect(partial(self._open, name))
        actions[specs.REPLACE.id].triggered.connect(replace)
        actions[specs.OPEN_PACKAGE.id].triggered.connect(self._on_open_package_triggered)
        session.project_opened.connect(self._update)
        session.project_closed.connect(self._update)
        self._update()

    @pyqtSlot()
    def _update(self) -> None:
        for action in self._actions:
            action.setEnabled(self._session.store is not None)

    def import_files(self, files: Sequence[Path] = ()) -> None:
        """Brings files into the open project, or makes a project of them if none is open; none asks for them."""
        if self._session.store is None:
            module = importlib.import_module("ocrstudio.ui.dialogs.make_project")
            module.choose_and_make(self._session, self._window, files)
            return
        dialog = self._show(*DIALOGS[specs.IMPORT_LABELS.id], self._session)
        if files:
            dialog.set_source(*files)

    def ask_about_pictures(
        self, pictures: Sequence[Path], read: Callable[[Sequence[Path]], None], open_project: Callable[[Path], None]
    ) -> None:
        """Asks what shall be done with pictures that were dropped: they can come into the open project, too."""
        folder = pictures[0].parent
        answers: list[tuple[str, Callable[[], object] | None]] = [
            (self.tr("Read their text"), lambda: read(pictures)),
            (self.tr("Open their folder as a project"), lambda: open_project(folder)),
            (self.tr("Nothing"), None),
        ]
        if self._session.store is not None:
            answers.insert(0, (self.tr("Add them to this project"), lambda: self.import_files(pictures)))
        question = self.tr("What shall be done with the pictures from “{folder}”?").format(folder=folder.name)
        ask(self._window, "askAboutImages", question, answers)

    def _open(self, name: str) -> None:
        if name == specs.IMPORT_LABELS.id:
            self.import_files()
        else:
            self._show(*DIALOGS[name], self._session)

    @pyqtSlot()
    def _on_open_package_triggered(self) -> None:
        importlib.import_module("ocrstudio.ui.dialogs.package").choose_and_unpack(self._session, self._window)

    def _show(self, module: str, class_name: str, *arguments: object) -> Any:
        # What is typed and not confirmed yet belongs to the project too.
        self._session.commit_requested.emit()
        dialog_class = getattr(importlib.import_module(f"ocrstudio.ui.dialogs.{module}"), class_name)
        shown = self._window.findChild(dialog_class)
        if isinstance(shown, QDialog):
            shown.raise_()
            shown.activateWindow()
            return shown
        made = dialog_class(*arguments, self._window)
        made.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        made.open()
        return made
