"""Short work away from the window's thread: read a file, decode a picture."""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import Any, TypeVar

from PyQt5.QtCore import QObject, QRunnable, QThreadPool, pyqtSignal, pyqtSlot

from ocrstudio.core.errors import QT_TRANSLATE_NOOP, StudioError

log = logging.getLogger(__name__)

T = TypeVar("T")

# Deleting a pool waits for its threads, which may wait for Python's lock, which whoever deletes it holds: a deadlock.
# So pools, which are small and let idle threads end by themselves, are never deleted.
_POOLS: list[QThreadPool] = []


def tried(work: Callable[[], T]) -> T | StudioError:
    """Runs work that may fail; the failure becomes its result, so that whoever waits for it always hears of it."""
    try:
        return work()
    except StudioError as error:
        return error
    except Exception as error:  # a boundary: the traceback is in the log
        log.exception("work in the background failed")
        return StudioError(
            QT_TRANSLATE_NOOP("Errors", "This could not be finished: {reason}."),
            QT_TRANSLATE_NOOP("Errors", "Every edit is kept in the project's journal; try again."),
            reason=error,
        )


class _Bell(QObject):
    """Lives in the window's thread; rung from a worker, so Qt queues the call across."""

    rung = pyqtSignal(object)  # _Work


class _Work(QRunnable):
    def __init__(self, bell: _Bell, work: Callable[[], Any], on_done: Callable[[Any], None]) -> None:
        super().__init__()
        self.setAutoDelete(False)  # Python owns it; the window's thread still reads the result after the run
        self.on_done = on_done
        self.result: Any = None
        self.error: Exception | None = None
        self._bell = bell
        self._work = work

    def run(self) -> None:
        try:
            self.result = self._work()
        except Exception as error:
            log.exception("work in the background failed")
            self.error = error
        try:
            self._bell.rung.emit(self)
        except RuntimeError:  # whoever wanted the result was deleted meanwhile
            log.debug("nobody waits for the result of %s any more", self._work)


class Background(QObject):
    """Runs plain functions on a few threads and hands each result back in the window's thread.

    Args:
        parent: Owner; it calls `close`.
        threads: How many run at once.
    """

    def __init__(self, parent: QObject | None = None, threads: int = 2) -> None:
        super().__init__(parent)
        self._pool = QThreadPool()
        self._pool.setMaxThreadCount(threads)
        _POOLS.append(self._pool)
        self._bell = _Bell(self)
        self._bell.rung.connect(self._on_bell_rung)
        self._under_way: set[_Work] = set()

    def run(self, work: Callable[[], T], on_done: Callable[[T], None]) -> None:
        """Calls `work` on a thread, then `on_done` with its result here.

        Args:
            work: Touches nothing that belongs to the window; returns failures as values. One that it raises is a defect
                and is logged; `on_done` is then not called.
            on_done: Called in the window's thread, unless `close` came first.
        """
        item = _Work(self._bell, work, on_done)
        self._under_way.add(item)
        self._pool.start(item)

    def finish(self) -> None:
        """Waits for everything that was begun, and hands its results back before it returns."""
        self._pool.waitForDone()
        for item in list(self._under_way):
            self._on_bell_rung(item)

    def close(self) -> None:
        """Drops what has not begun, waits for what has, and calls nobody back any more."""
        self._pool.clear()
        self._pool.waitForDone()
        self._under_way.clear()

    @pyqtSlot(object)
    def _on_bell_rung(self, item: _Work) -> None:
        if item in self._under_way:
            self._under_way.discard(item)
            if item.error is None:
                item.on_done(item.result)
