"""Short work away from the window's thread: read a file, decode a picture.

Whoever deletes a pool of threads waits for them. Qt deletes the children of a window while Python's lock is held, so a
pool that belongs to a window waits for threads that wait for that lock: the program hangs. Therefore

- the threads belong to nobody: one pool serves the whole program and is never deleted;
- they touch nothing that can be deleted: results go through one bell, which is never deleted either;
- nobody waits for work that is not wanted any more. It is left to end by itself, and its result is thrown away,
  whether its owner was closed, or deleted without having been closed.
"""

from __future__ import annotations

import functools
import logging
import threading
import weakref
from collections import deque
from collections.abc import Callable
from typing import Any, TypeVar

from PyQt5 import sip
from PyQt5.QtCore import QObject, QRunnable, QThreadPool, pyqtSignal, pyqtSlot

from ocrstudio.core.errors import QT_TRANSLATE_NOOP, StudioError

log = logging.getLogger(__name__)

T = TypeVar("T")

# Each owner of work has a limit of its own; beside them all, this many threads serve what nobody waits for any more.
MOST_THREADS = 64


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


def wait_for_threads(milliseconds: int) -> bool:
    """Waits for all work of the program, also for what nobody wants any more.

    Args:
        milliseconds: How long at most; below 0 as long as it takes.

    Returns:
        Whether nothing is running any more.
    """
    return bool(_pool().waitForDone(milliseconds))


class Background(QObject):
    """Runs plain functions on a few threads and hands each result back in the window's thread.

    Args:
        parent: Owner; it calls `close`. If it is deleted without that, nobody is called back either.
        threads: How many run at once.
    """

    def __init__(self, parent: QObject | None = None, threads: int = 2) -> None:
        super().__init__(parent)
        self._lane = _Lane(threads, weakref.ref(self))
        self._is_closed = False
        _bell()  # lives in the thread that makes it, which is the window's

    def run(self, work: Callable[[], T], on_done: Callable[[T], None]) -> Job | None:
        """Calls `work` on a thread, then `on_done` with its result here.

        Args:
            work: Touches nothing that belongs to the window; returns failures as values. One that it raises is a defect
                and is logged; `on_done` is then not called.
            on_done: Called in the window's thread, unless `drop` or `close` came first.

        Returns:
            For `take_back`; None after `close`, when nothing begins any more.
        """
        if self._is_closed:
            log.debug("%s comes after the end", work)
            return None
        job = Job(self._lane, work, on_done)
        self._lane.add(job)
        return job

    def attempt(
        self, work: Callable[[], T], on_done: Callable[[T], object], on_failed: Callable[[StudioError], object]
    ) -> Job | None:
        """As `run`, for work that may fail: `on_failed` gets why, in place of `on_done`."""

        def take(result: T | StudioError) -> None:
            if isinstance(result, StudioError):
                on_failed(result)
            else:
                on_done(result)

        return self.run(lambda: tried(work), take)

    def take_back(self, job: Job) -> bool:
        """Drops a piece of work, if it has not begun; whether that is so."""
        return self._lane.take_back(job)

    def messenger(self, function: Callable[..., object]) -> Callable[..., None]:
        """A function that work may call: it calls `function` in the window's thread, until `drop` or `close`."""
        return functools.partial(_Message.send, self._lane, self._lane.age, function)

    def finish(self) -> None:
        """Waits for everything that was begun, and hands its results back before it returns."""
        for job in self._lane.jobs():
            job.ended.wait()
            job.settle()

    def drop(self, *, wait: bool = False) -> None:
        """Drops what has not begun, leaves what has to itself, and calls nobody back about it.

        Args:
            wait: Comes back only when what has begun has ended.
        """
        self._lane.drop(wait=wait)

    def close(self) -> None:
        """Drops everything, and what comes later."""
        self._is_closed = True
        self.drop()


class Job(QRunnable):
    """A piece of work. Its thread keeps nothing of it alive: what it holds is let go of in the window's thread."""

    def __init__(self, lane: _Lane, work: Callable[[], Any], on_done: Callable[[Any], None]) -> None:
        super().__init__()
        self.setAutoDelete(False)  # Python owns it; the window's thread still reads the result after the run
        self.ended = threading.Event()
        self.is_dropped = False
        self._lane = lane
        self._work: Callable[[], Any] | None = work
        self._on_done: Callable[[Any], None] | None = on_done
        self._result: Any = None
        self._is_good = False

    def start(self) -> None:
        """Gives it to a thread."""
        _started.add(self)
        _pool().start(self)

    def run(self) -> None:
        """Called by the thread."""
        try:
            if self._work is not None and not self.is_dropped:
                self._result = self._work()
                self._is_good = True
        except Exception:
            log.exception("work in the background failed")
        if self.is_dropped:
            self._result = None  # it may be large; here nobody waits for it to go
        self._lane.end(self)
        self.ended.set()
        _bell().rung.emit(self)

    def settle(self) -> None:
        """In the window's thread: tells the result if it is wanted and new, and lets go of everything."""
        _started.discard(self)
        on_done, result = self._on_done, self._result
        self._work = self._on_done = self._result = None
        self._lane.drop_if_orphaned()
        if self._lane.forget(self) and self._is_good and on_done is not None:
            on_done(result)


class _Lane:
    """What one owner has to do. Its threads know it too, so it knows nothing that can be deleted."""

    def __init__(self, threads: int, owner: weakref.ref[Background]) -> None:
        self.age = 0  # messages from before the last drop are older
        self._owner = owner
        self._threads = threads
        # Taken again by the same thread if Python collects garbage while it is held.
        self._lock = threading.RLock()
        self._jobs: dict[Job, None] = {}  # not settled, in their order
        self._waiting: deque[Job] = deque()
        self._running: set[Job] = set()

    def jobs(self) -> list[Job]:
        with self._lock:
            return list(self._jobs)

    def add(self, job: Job) -> None:
        with self._lock:
            self._jobs[job] = None
            self._waiting.append(job)
            self._start_next()

    def take_back(self, job: Job) -> bool:
        with self._lock:
            if job not in self._waiting:
                return False
            self._waiting.remove(job)
            del self._jobs[job]
            return True

    def end(self, job: Job) -> None:
        """Called by the job's thread."""
        with self._lock:
            self._running.discard(job)
            self._start_next()

    def forget(self, job: Job) -> bool:
        """Whether the job was still wanted."""
        with self._lock:
            return self._jobs.pop(job, job) is None

    def drop_if_orphaned(self) -> None:
        """In the window's thread. A slot of `destroyed` would crash: it may be called while Python frees it, too."""
        owner = self._owner()
        if owner is None or sip.isdeleted(owner):
            self.drop(wait=False)

    def drop(self, *, wait: bool) -> None:
        """What runs does not count any more, so that it keeps nobody waiting."""
        with self._lock:
            self.age += 1
            running = list(self._running)
            dropped, self._jobs = self._jobs, {}
            for job in dropped:
                job.is_dropped = True
            self._waiting.clear()
            self._running.clear()
        if wait:
            for job in running:
                job.ended.wait()

    def _start_next(self) -> None:
        if self._waiting and len(self._running) < self._threads:
            job = self._waiting.popleft()
            self._running.add(job)
            job.start()


class _Message:
    """A call on its way from a thread to the window."""

    def __init__(self, lane: _Lane, age: int, function: Callable[..., object], values: tuple[object, ...]) -> None:
        self._lane, self._age, self._function, self._values = lane, age, function, values

    @classmethod
    def send(cls, lane: _Lane, age: int, function: Callable[..., object], *values: object) -> None:
        """Called by a thread."""
        if age == lane.age:
            _bell().rung.emit(cls(lane, age, function, values))

    def settle(self) -> None:
        """In the window's thread: calls, if somebody still wants to hear it."""
        self._lane.drop_if_orphaned()
        if self._age == self._lane.age:
            self._function(*self._values)


class _Bell(QObject):
    """Lives in the window's thread; rung from the others, so Qt queues the call across."""

    rung = pyqtSignal(object)  # Job or _Message

    def __init__(self) -> None:
        super().__init__()
        self.rung.connect(self._on_rung)

    @pyqtSlot(object)
    def _on_rung(self, item: Job | _Message) -> None:
        item.settle()


# Given to the pool, which keeps only their addresses, and not settled.
_started: set[Job] = set()


@functools.cache
def _bell() -> _Bell:
    bell = _Bell()
    sip.transferto(bell, None)  # type: ignore[arg-type]  # nobody deletes it
    return bell


@functools.cache
def _pool() -> QThreadPool:
    pool = QThreadPool()
    pool.setMaxThreadCount(MOST_THREADS)
    sip.transferto(pool, None)  # type: ignore[arg-type]  # nobody deletes it
    return pool
