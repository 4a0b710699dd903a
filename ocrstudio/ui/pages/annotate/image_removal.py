"""Deleting pages' images: asked first, moved and not erased, and brought back by one button."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from PyQt5.QtCore import QObject, pyqtSignal, pyqtSlot
from PyQt5.QtWidgets import QWidget

from ocrstudio.core.errors import StudioError
from ocrstudio.services.background import Background
from ocrstudio.services.project_session import ProjectSession
from ocrstudio.services.removed_images import RemovedImage, move_to_trash, set_aside
from ocrstudio.ui.dialogs.ask import ask
from ocrstudio.ui.i18n import in_words
from ocrstudio.ui.pages.annotate.named import first_names
from ocrstudio.ui.widgets.message_bar import MessageBar

TOLD_EVERY_S = 0.05  # moving takes less time than showing how far it is


@dataclass
class _Moved:
    """What became of files.

    Attributes:
        removed: Those that were moved.
        left: Those for which there is no trash.
        errors: Why others are where they were.
    """

    removed: list[RemovedImage] = field(default_factory=list)
    left: list[Path] = field(default_factory=list)
    errors: list[StudioError] = field(default_factory=list)


class ImageRemoval(QObject):
    """Asks, moves, and tells how to undo it.

    The labels stay in the project's label files: an image that comes back has them again.

    Args:
        session: The open project.
        message: Where the result is told; its button puts the images back.
        parent: The question is asked over it.
    """

    progressed = pyqtSignal(int, int)  # images done, images in all

    def __init__(self, session: ProjectSession, message: MessageBar, parent: QWidget) -> None:
        super().__init__(parent)
        self._session, self._message, self._over = session, message, parent
        self._background = Background(self, threads=1)
        self._removed: list[RemovedImage] = []
        self._stops: list[bool] = []  # not empty: after the image that is being moved
        self.is_running = False
        self._offer = lambda: self.tr("Put it back") if len(self._removed) == 1 else self.tr("Put them back")
        message.action_requested.connect(self._on_message_action_requested)

    def ask(self, keys: Sequence[str]) -> None:
        """Asks whether the images of pages shall be deleted."""
        store = self._session.store
        if store is None or not keys or self.is_running:
            return
        files = [store.image_path(key) for key in keys]
        if len(files) == 1:
            question = self.tr("Delete {file}?").format(file=files[0].name)
            what = self.tr("The image goes to the trash. Its labels stay in the project, for when it comes back.")
        else:
            question = self.tr("Delete {count} images?").format(count=f"{len(files):,}")
            what = first_names([file.name for file in files]) + "\n\n"
            what += self.tr("The images go to the trash. Their labels stay in the project, for when they come back.")
        ask(
            self._over,
            "deleteImageQuestion",
            question,
            (
                (self.tr("Move to the trash"), partial(self._move, files, move_to_trash)),
                (self.tr("Keep it") if len(files) == 1 else self.tr("Keep them"), None),
            ),
            explanation=what,
        )

    def cancel(self) -> None:
        """Stops after the image that is being moved."""
        self._stops.append(True)

    def close(self) -> None:
        """Stops for good; a file that is being moved gets there by itself."""
        self.cancel()
        self._background.close()

    def _move(self, files: Sequence[Path], how: Callable[[Path], RemovedImage | None]) -> None:
        stops = self._stops = []
        tell = self._background.messenger(self.progressed.emit)

        def work() -> _Moved:
            moved, told = _Moved(), time.monotonic()
            for number, file in enumerate(files, 1):
                if stops:
                    break
                try:
                    removed = how(file)
                except StudioError as error:
                    moved.errors.append(error)
                else:
                    if removed is None:
                        moved.left.append(file)
                    else:
                        moved.removed.append(removed)
                if time.monotonic() - told > TOLD_EVERY_S:
                    told = time.monotonic()
                    tell(number, len(files))
            return moved

        # What is typed on a page goes into its labels before the image goes.
        self._session.commit_requested.emit()
        self.is_running = True
        self.progressed.emit(0, len(files))
        self._background.run(work, self._on_moved)

    def _on_moved(self, moved: _Moved) -> None:
        self._end()
        if moved.removed or moved.errors:
            self._tell(moved)
        if moved.left:
            self._offer_folder(moved.left)

    def _end(self) -> None:
        self.is_running = False
        self.progressed.emit(0, 0)

    def _offer_folder(self, files: Sequence[Path]) -> None:
        project = self._session.folder
        if project is None:
            return
        if len(files) == 1:
            question = self.tr("There is no trash for {file}.").format(file=files[0].name)
            what = self.tr("It can be moved to the folder .ocrstudio/removed of the project instead.")
        else:
            question = self.tr("There is no trash for {count} images.").format(count=f"{len(files):,}")
            what = self.tr("They can be moved to the folder .ocrstudio/removed of the project instead.")
        ask(
            self._over,
            "setAsideQuestion",
            question,
            (
                (
                    self.tr("Move to .ocrstudio/removed"),
                    partial(self._move, files, partial(set_aside, project=project)),
                ),
                (self.tr("Keep it") if len(files) == 1 else self.tr("Keep them"), None),
            ),
            explanation=what,
        )

    def _tell(self, moved: _Moved) -> None:
        if moved.removed:
            self._removed = moved.removed
            self._session.refresh()
        if len(moved.errors) == 1 and not moved.removed:
            self._message.show_error(moved.errors[0])
            return
        self._message.show_message(
            "warn" if moved.errors else "good",
            partial(self._sentence, moved.removed, len(moved.errors)),
            action=self._offer if moved.removed else None,
            details="\n".join(in_words(error) for error in moved.errors),
        )

    def _sentence(self, removed: Sequence[RemovedImage], failed: int) -> str:
        if len(removed) == 1:
            text = self.tr("{file} was taken out of the project.").format(file=removed[0].file.name)
        else:
            text = self.tr("{count} images were taken out of the project.").format(count=f"{len(removed):,}")
        if failed:
            text += " " + self.tr("{count} could not be moved.").format(count=f"{failed:,}")
        return text

    @pyqtSlot()
    def _on_message_action_requested(self) -> None:
        if not self._message.offers(self._offer) or self.is_running:
            return
        removed, self._removed = self._removed, []

        def work() -> list[StudioError]:
            errors = []
            for image in removed:
                try:
                    image.put_back()
                except StudioError as error:
                    errors.append(error)
            return errors

        self._message.clear()
        self.is_running = True
        self._background.run(work, self._on_put_back)

    def _on_put_back(self, errors: list[StudioError]) -> None:
        self._end()
        for error in errors[:1]:  # the others are most likely the same
            self._message.show_error(error)
        self._session.refresh()
