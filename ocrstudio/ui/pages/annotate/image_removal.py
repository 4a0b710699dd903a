"""Deleting the open page's image: asked first, moved and not erased, and brought back by one button."""

from __future__ import annotations

from pathlib import Path

from PyQt5.QtCore import QObject, pyqtSlot
from PyQt5.QtWidgets import QWidget

from ocrstudio.core.errors import StudioError
from ocrstudio.services.background import Background
from ocrstudio.services.project_session import ProjectSession
from ocrstudio.services.removed_images import RemovedImage, move_to_trash, set_aside
from ocrstudio.ui.dialogs.ask import ask
from ocrstudio.ui.widgets.message_bar import MessageBar


class ImageRemoval(QObject):
    """Asks, moves, and tells how to undo it.

    The labels stay in the project's label files: an image that comes back has them again.

    Args:
        session: The open project.
        message: Where the result is told; its button puts the image back.
        parent: The question is asked over it.
    """

    def __init__(self, session: ProjectSession, message: MessageBar, parent: QWidget) -> None:
        super().__init__(parent)
        self._session, self._message, self._over = session, message, parent
        self._background = Background(self, threads=1)
        self._removed: RemovedImage | None = None
        message.action_requested.connect(self._on_message_action_requested)
        message.closed.connect(self._forget)

    def ask(self) -> None:
        """Asks whether the open page's image shall be deleted."""
        page, store = self._session.document.page, self._session.store
        if page is None or store is None:
            return
        file = store.image_path(page.key)
        ask(
            self._over,
            "deleteImageQuestion",
            self.tr("Delete {file}?").format(file=file.name),
            (
                (self.tr("Move to the trash"), lambda: self._to_trash(file)),
                (self.tr("Keep it"), None),
            ),
            explanation=self.tr("The image goes to the trash. Its labels stay in the project, for when it comes back."),
        )

    def close(self) -> None:
        """Stops for good; a file that is being moved gets there by itself."""
        self._background.close()

    def _to_trash(self, file: Path) -> None:
        def work() -> RemovedImage | StudioError | None:
            try:
                return move_to_trash(file)
            except StudioError as error:
                return error

        def done(result: RemovedImage | StudioError | None) -> None:
            if result is None:
                self._offer_folder(file)
            else:
                self._tell(result)

        self._leave()
        self._background.run(work, done)

    def _offer_folder(self, file: Path) -> None:
        project = self._session.folder
        if project is None:
            return
        ask(
            self._over,
            "setAsideQuestion",
            self.tr("There is no trash for {file}.").format(file=file.name),
            (
                (self.tr("Move to .ocrstudio/removed"), lambda: self._set_aside(file, project)),
                (self.tr("Keep it"), None),
            ),
            explanation=self.tr("It can be moved to the folder .ocrstudio/removed of the project instead."),
        )

    def _set_aside(self, file: Path, project: Path) -> None:
        def work() -> RemovedImage | StudioError:
            try:
                return set_aside(file, project)
            except StudioError as error:
                return error

        self._leave()
        self._background.run(work, self._tell)

    def _leave(self) -> None:
        """What is typed on the page goes into its labels before the image goes."""
        self._session.commit_requested.emit()

    def _tell(self, result: RemovedImage | StudioError) -> None:
        if isinstance(result, StudioError):
            self._message.show_error(result)
            return
        self._removed = result
        name = result.file.name
        self._session.refresh()
        self._message.show_message(
            "good",
            lambda: self.tr("{file} was taken out of the project.").format(file=name),
            action=lambda: self.tr("Put it back"),
        )

    @pyqtSlot()
    def _on_message_action_requested(self) -> None:
        removed, self._removed = self._removed, None
        if removed is None:
            return
        try:
            removed.put_back()
        except StudioError as error:
            self._message.show_error(error)
            return
        self._message.clear()
        self._session.refresh()

    @pyqtSlot()
    def _forget(self) -> None:
        self._removed = None
