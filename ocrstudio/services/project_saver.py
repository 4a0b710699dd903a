"""Saving: a moment after the last edit, on a worker, and synced to the disk once a second meanwhile."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PyQt5.QtCore import QObject, pyqtSignal, pyqtSlot

from ocrstudio.core.errors import StudioError
from ocrstudio.formats.store import LabelFileChanged, PendingSave, ProjectStore
from ocrstudio.services.background import Background, tried
from ocrstudio.services.timers import single_shot

# Edits are in the journal at once; PPOCRLabel's files follow this long after the last one.
SAVE_DELAY_MS = 2000
# A project that is edited without a pause is saved after this long all the same.
SAVE_LATEST_MS = 20_000
# A power cut loses at most the edits of this long; a killed program loses none.
SYNC_MS = 1000
# Forgetting so many takes longer than the window may stand still.
MANY_PAGES = 1000


class ProjectSaver(QObject):
    """Writes a store's edits to PPOCRLabel's files without holding up the window."""

    saved = pyqtSignal()  # everything that was edited when the save began is in the files
    save_failed = pyqtSignal(object)  # StudioError
    label_file_changed = pyqtSignal(object)  # LabelFileChanged: saving waits until the project was read again

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._store: ProjectStore | None = None
        self._background = Background(self)
        self._pending: PendingSave | None = None
        self._waiting: list[Callable[[bool], None]] = []
        self._is_held = False
        self._has_conflict = False
        self._save_timer = single_shot(self, SAVE_DELAY_MS, self._on_save_due)
        self._latest_save_timer = single_shot(self, SAVE_LATEST_MS, self._on_save_due)
        self._sync_timer = single_shot(self, SYNC_MS, self._on_sync_due)

    def attach(self, store: ProjectStore | None) -> None:
        """Saves another project from now on. What the last one has still to save must be finished: see `finish`."""
        for timer in (self._save_timer, self._latest_save_timer, self._sync_timer):
            timer.stop()
        self._background.finish()
        self._store = store
        self._has_conflict = self._is_held = False
        self._waiting.clear()

    def note_edit(self) -> None:
        """Something was edited: it will be synced soon and saved a moment after the last edit."""
        if not self._sync_timer.isActive():
            self._sync_timer.start()
        if self._has_conflict:
            return
        self._save_timer.start()
        if not self._latest_save_timer.isActive():
            self._latest_save_timer.start()

    def start(self, then: Callable[[bool], None] | None = None) -> None:
        """Begins to save what is edited by now.

        Args:
            then: Called here when it is done, with whether everything is saved; signals said so already.
        """
        self._save_timer.stop()
        self._latest_save_timer.stop()
        if self._store is None:
            if then is not None:
                then(True)
            return
        if self._pending is not None or self._is_held:
            self._waiting.append(then or _ignore)  # saved once more when this save is done
            return
        try:
            pending = self._store.begin_save()
        except StudioError as error:
            self._tell(error, then)
            return
        if pending is None:
            self._tell(None, then)
            return
        self._pending = pending
        self._background.run(partial(tried, pending.write), partial(self._on_written, self._store, pending, then))

    def finish(self) -> bool:
        """Saves and waits for the end; whether everything is saved, otherwise signals said why."""
        results: list[bool] = []
        self._background.finish()
        self.start(results.append)
        self._background.finish()
        return results == [True]

    def hold(self) -> None:
        """Saves nothing until `release`: somebody is reading the files."""
        self._is_held = True

    def release(self, *, is_merged: bool = False) -> None:
        """Goes on after `hold`; `is_merged` if the files' content has been taken over."""
        self._is_held = False
        if is_merged:
            self._has_conflict = False
        self._start_waiting()

    def _on_written(
        self,
        store: ProjectStore,
        pending: PendingSave,
        then: Callable[[bool], None] | None,
        error: StudioError | None,
    ) -> None:
        self._pending = None
        try:
            store.finish_save(pending)
        except StudioError as failure:
            error = error or failure
        if len(pending.pages) > MANY_PAGES:
            self._background.run(partial(_forget, pending), _ignore)
        self._tell(error, then)
        if error is None and store.dirty:
            self.note_edit()
        self._start_waiting()

    def _start_waiting(self) -> None:
        waiting, self._waiting = self._waiting, []
        for then in waiting:
            self.start(then)

    def _tell(self, error: StudioError | None, then: Callable[[bool], None] | None) -> None:
        self._has_conflict = isinstance(error, LabelFileChanged)
        if isinstance(error, LabelFileChanged):
            self.label_file_changed.emit(error)
        elif error is not None:
            self.save_failed.emit(error)
        else:
            self.saved.emit()
        if then is not None:
            then(error is None)

    @pyqtSlot()
    def _on_save_due(self) -> None:
        if self._store is not None and self._store.dirty and not self._has_conflict:
            self.start()

    @pyqtSlot()
    def _on_sync_due(self) -> None:
        sync = self._store.begin_sync() if self._store is not None else None
        if sync is not None:
            self._background.run(sync, _ignore)


def _forget(pending: PendingSave) -> None:
    """One page after the other, so that the window has its turn in between."""
    while pending.pages:
        pending.pages.popitem()


def _ignore(_result: object) -> None:
    """For work whose result nobody needs."""
