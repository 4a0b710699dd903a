"""Notices images that appear in a project's folders or vanish from them."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PyQt5.QtCore import QFileSystemWatcher, QObject, pyqtSignal, pyqtSlot
from PyQt5.QtGui import QGuiApplication

from ocrstudio.core.errors import StudioError
from ocrstudio.formats.store import ProjectStore
from ocrstudio.formats.store_index import list_project
from ocrstudio.services.background import Background
from ocrstudio.services.timers import single_shot

# Copying many images changes the folder many times: they are counted when it has been quiet for so long.
QUIET_MS = 700
# Folders beyond this number are looked at only when the window comes to the front: systems limit what can be watched.
WATCHED_FOLDERS = 256


class FolderWatch(QObject):
    """Compares the images on disk with the pages of a store, when the system tells of a change or on `look`."""

    noticed = pyqtSignal(int, int)  # images that are no pages yet, pages whose image is gone; again at each look
    unlisted = pyqtSignal()  # the folder cannot be listed: it may be gone

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._store: ProjectStore | None = None
        self._told = (0, 0)
        self._watcher = QFileSystemWatcher(self)
        self._background = Background(self, threads=1)
        self._timer = single_shot(self, QUIET_MS, self.look)
        self._watcher.directoryChanged.connect(self._on_directory_changed)
        app = QGuiApplication.instance()
        if isinstance(app, QGuiApplication):
            app.applicationStateChanged.connect(self._on_directory_changed)

    def attach(self, store: ProjectStore | None) -> None:
        """Watches another project's folders, or those of the same one again after its pages were listed anew."""
        self._timer.stop()
        self._background.drop()
        old = self._watcher.directories()
        if old:
            self._watcher.removePaths(old)
        self._store = store
        self._told = (0, 0)
        if store is not None:
            folders = dict.fromkeys(["", *store.folders])
            self._watcher.addPaths([str(store.folder / folder) for folder in list(folders)[:WATCHED_FOLDERS]])

    @pyqtSlot()
    def look(self) -> None:
        """Compares now, on a worker."""
        store = self._store
        if store is not None:
            self._background.run(partial(_found, store.folder), self._compare_with(store))

    def _compare_with(self, store: ProjectStore) -> Callable[[frozenset[str] | None], None]:
        def compare(found: frozenset[str] | None) -> None:
            if store is not self._store:
                return
            if found is None:
                self.unlisted.emit()
                return
            known = store.files
            changes = (len(found - known), len(known - found))
            if any(changes) or changes != self._told:
                self._told = changes
                self.noticed.emit(*changes)

        return compare

    @pyqtSlot()
    def _on_directory_changed(self, *_what: object) -> None:
        if self._store is not None:
            self._timer.start()


def _found(folder: Path) -> frozenset[str] | None:
    """The images on disk; None if the folder cannot be listed now."""
    try:
        return frozenset(list_project(folder).files)
    except StudioError:
        return None
