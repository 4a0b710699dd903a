"""`queue.json`: run folders that wait to be trained one after the other.

The process that keeps a training (`ocrstudio engine keep`) takes the next one when it is done, whether a window is
open or not; windows and commands only change what waits. Every change is made under a lock.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Any

from ocrstudio.core.errors import ProjectError
from ocrstudio.formats.atomic import make_folder, patiently, write_atomic
from ocrstudio.formats.json_object import json_object
from ocrstudio.formats.project_lock import ProjectLock
from ocrstudio.formats.run_folder import CONFIG_FILE
from ocrstudio.formats.run_state import ProcessId, made_from

QUEUE_FILE = "queue.json"
LOCK_FILE = "queue.lock"
# A change takes milliseconds; whoever holds the lock for longer hangs.
LOCK_WAIT_S = 3.0
_LOCK_STEP_S = 0.02


@dataclass(frozen=True)
class Waiting:
    """One entry: the name of a run folder, and whether it goes on from its last checkpoint."""

    run: str = ""
    resume: bool = False


@dataclass(frozen=True)
class RunQueue:
    """What waits.

    Attributes:
        waiting: In their order.
        paused: Nothing is started until the user says so.
        keeper: The process that will take the next one.
    """

    waiting: list[Waiting] = field(default_factory=list)
    paused: bool = False
    keeper: ProcessId = field(default_factory=ProcessId)

    @property
    def names(self) -> list[str]:
        """The names of the run folders that wait."""
        return [entry.run for entry in self.waiting]

    @property
    def is_kept(self) -> bool:
        """Whether a process goes on with it by itself."""
        return self.keeper.standing == "alive"


def queue_path(runs_dir: Path) -> Path:
    """Where the queue of a folder of runs is."""
    return runs_dir.parent / QUEUE_FILE


def read_queue(runs_dir: Path) -> RunQueue:
    """What waits; runs that are gone are left out. A broken file counts as empty."""
    try:
        raw = json_object(patiently(queue_path(runs_dir).read_bytes)) or {}
    except OSError:
        return RunQueue()
    entries = raw.get("waiting")
    keeper = raw.get("keeper")
    found: dict[str, Waiting] = {}
    for one in entries if isinstance(entries, list) else []:
        entry = made_from(Waiting, one) if isinstance(one, dict) else Waiting()
        # a name, never a path: the file may come from somebody else
        if entry.run and Path(entry.run).name == entry.run and (runs_dir / entry.run / CONFIG_FILE).is_file():
            found.setdefault(entry.run, entry)
    known = made_from(ProcessId, keeper) if isinstance(keeper, dict) else ProcessId()
    return RunQueue(list(found.values()), raw.get("paused") is True, known)


def change_queue(runs_dir: Path, change: Callable[[RunQueue], RunQueue]) -> RunQueue:
    """Reads, changes and writes the queue while nobody else does.

    Args:
        runs_dir: The folder of the runs; made if missing.
        change: The new queue for the old one.

    Returns:
        What is on disk now.

    Raises:
        ProjectError: If the file cannot be written, or somebody holds the lock.
    """
    make_folder(runs_dir)
    lock = ProjectLock(runs_dir.parent / LOCK_FILE)
    deadline = time.monotonic() + LOCK_WAIT_S
    while True:
        try:
            lock.acquire()
            break
        except ProjectError:
            if time.monotonic() > deadline:
                raise
            time.sleep(_LOCK_STEP_S)
    try:
        before = read_queue(runs_dir)
        after = change(before)
        if after != before or not queue_path(runs_dir).is_file():
            write_atomic(queue_path(runs_dir), json.dumps({"v": 1, **asdict(after)}, ensure_ascii=False, indent=1))
        return after
    finally:
        lock.release()


def add(runs_dir: Path, name: str, *, resume: bool = False) -> RunQueue:
    """Puts a run at the end; one that waits already stays where it is."""

    def change(queue: RunQueue) -> RunQueue:
        if name in queue.names:
            return queue
        return replace(queue, waiting=[*queue.waiting, Waiting(name, resume)])

    return change_queue(runs_dir, change)


def remove(runs_dir: Path, name: str) -> RunQueue:
    """Takes a run out."""
    return change_queue(runs_dir, lambda queue: replace(queue, waiting=[e for e in queue.waiting if e.run != name]))


def arrange(runs_dir: Path, names: Sequence[str]) -> RunQueue:
    """Puts the runs into this order; those that are not named come after them as they were."""
    places = {name: place for place, name in enumerate(names)}
    return change_queue(
        runs_dir,
        lambda queue: replace(queue, waiting=sorted(queue.waiting, key=lambda e: places.get(e.run, len(places)))),
    )


def pause(runs_dir: Path, paused: bool) -> RunQueue:
    """Holds the queue, or lets it go on."""
    return change_queue(runs_dir, lambda queue: replace(queue, paused=paused))


def take(runs_dir: Path, keeper: ProcessId) -> Waiting | None:
    """The next run, which waits no more; None if nothing waits or the queue is held.

    Args:
        runs_dir: The folder of the runs.
        keeper: Who will train it and go on afterwards.
    """
    taken: list[Any] = []

    def change(queue: RunQueue) -> RunQueue:
        if queue.paused or not queue.waiting:
            return replace(queue, keeper=ProcessId())
        taken.append(queue.waiting[0])
        return replace(queue, waiting=queue.waiting[1:], keeper=keeper)

    change_queue(runs_dir, change)
    return taken[0] if taken else None


def keep(runs_dir: Path, keeper: ProcessId) -> None:
    """Says who will take the next one."""
    change_queue(runs_dir, lambda queue: replace(queue, keeper=keeper))


def hold(runs_dir: Path) -> None:
    """Starts nothing any more until the user says so; nobody keeps the queue then."""
    change_queue(runs_dir, lambda queue: replace(queue, paused=True, keeper=ProcessId()))
