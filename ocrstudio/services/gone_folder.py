"""Notices that the folder of the open project is not there any more, keeps what was not saved, and waits for it."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PyQt5.QtCore import QFileSystemWatcher, QObject, pyqtSignal, pyqtSlot

from ocrstudio import paths
from ocrstudio.core.errors import StudioError
from ocrstudio.core.page import Page
from ocrstudio.formats.project_gone import ALL_SAVED, IN_JOURNAL, KEPT, ProjectGoneError, gone, is_there, keep_unsaved
from ocrstudio.formats.store import ProjectStore
from ocrstudio.services.background import Background
from ocrstudio.services.timers import single_shot

# How often it is looked, one question to the system each: of a folder further up that is renamed, or a drive on the
# network that goes, no system tells; and a folder that is gone may come back.
AGAIN_MS = 2000
# What changes beside the project may change many times at once.
QUIET_MS = 300


class GoneFolder(QObject):
    """Tells once that the project's folder is gone, and once that it is back.

    Looking takes as long as the system likes, with a drive that was taken out: a worker does it.
    """

    vanished = pyqtSignal(object)  # ProjectGoneError
    returned = pyqtSignal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._store: ProjectStore | None = None
        self._background = Background(self, threads=1)
        self._timer = single_shot(self, AGAIN_MS, self.look)
        self._quiet_timer = single_shot(self, QUIET_MS, self.look)
        # a folder that is renamed changes nothing within it, only where it lies
        self._watcher = QFileSystemWatcher(self)
        self._watcher.directoryChanged.connect(self._on_watcher_directory_changed)
        self.error: ProjectGoneError | None = None

    def attach(self, store: ProjectStore | None) -> None:
        """Watches over another project from now on."""
        self._timer.stop()
        self._quiet_timer.stop()
        self._background.drop()
        old = self._watcher.directories()
        if old:
            self._watcher.removePaths(old)
        self._store, self.error = store, None
        if store is not None:
            self._watcher.addPath(str(store.folder.parent))
            self._timer.start()

    @pyqtSlot(str)
    def _on_watcher_directory_changed(self, _folder: str) -> None:
        if not self._quiet_timer.isActive():
            self._quiet_timer.start()

    @pyqtSlot()
    def look(self) -> None:
        """Looks whether the folder is there; whoever meets a sign that it is not calls this."""
        if self._store is not None:
            self._background.run(partial(is_there, self._store.folder), self._take)

    def look_now(self) -> None:
        """Looks and, if need be, keeps what was not saved before it returns: the project may be closed next."""
        self.look()
        self._background.finish()  # the look
        self._background.finish()  # the keeping that it began

    def _take(self, there: bool) -> None:
        store = self._store
        if store is None:
            return
        self._timer.start()
        if there:
            if self.error is not None:
                self.error = None
                self._watcher.addPath(str(store.folder.parent))  # with a drive that was taken out it went, too
                self.returned.emit()
            return
        if self.error is None:
            pages, is_lost = store.unsaved()
            self.error = gone(store.folder, IN_JOURNAL if pages else ALL_SAVED)
            if pages and is_lost:
                self._background.run(partial(_kept, store.folder, pages), self._tell)
            else:
                self._tell(self.error)

    def _tell(self, error: ProjectGoneError) -> None:
        self.error = error
        self.vanished.emit(error)


def _kept(folder: Path, pages: dict[str, Page]) -> ProjectGoneError:
    try:
        return gone(folder, KEPT, count=len(pages), file=keep_unsaved(folder, pages, paths.kept_edits()))
    except StudioError as error:
        return gone(folder, "{reason}", reason=error)
