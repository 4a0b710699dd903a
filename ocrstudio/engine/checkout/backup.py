"""Copies of PaddleOCR's checkpoints, because it rewrites its files in place and keeps no memory of the best.

Hard links would not do: a file that is truncated in place is truncated under all its names. A copy is made in a folder
of its own, which gets its final name only when all files are in it; older copies go after that.
"""

from __future__ import annotations

import filecmp
import json
import re
import shutil
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor, wait
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from ocrstudio.core.errors import QT_TRANSLATE_NOOP, EngineError, StudioError
from ocrstudio.formats.atomic import make_folder, write_atomic, write_error
from ocrstudio.formats.pdparams import read_pickle, read_tensors

BACKUP_DIR = "backup"
NOTE_FILE = "note.json"
WEIGHTS, MOMENTS, STATES = ".pdparams", ".pdopt", ".states"
ENDINGS = (WEIGHTS, MOMENTS, STATES)
BEST, LATEST = "best_accuracy", "latest"
_EPOCH = re.compile(r"iter_epoch_(\d+)\.")
_COPY = re.compile(r"(?P<name>[a-z_]+)-(?P<number>\d{4,})")

NO_CHECKPOINT = QT_TRANSLATE_NOOP("Errors", "{folder} has no checkpoint to go on from.")
NONE_WHOLE = QT_TRANSLATE_NOOP("Errors", "None of the checkpoints in {folder} is whole.")
START_ANEW = QT_TRANSLATE_NOOP("Errors", "Start the run anew.")


@dataclass(frozen=True)
class Kept:
    """A copy of a checkpoint.

    Attributes:
        prefix: Of its files.
        epoch: That it holds.
        step: Global step, counted over all resumes.
        measures: Of the evaluation that made it the best; empty for `latest`.
    """

    prefix: Path
    epoch: int
    step: int
    measures: dict[str, float] = field(default_factory=dict)


@dataclass(frozen=True)
class Start:
    """Where a resumed run goes on.

    Attributes:
        prefix: The checkpoint.
        name: `latest`, `best_accuracy` or `iter_epoch_N`.
        epoch: Complete epochs in it.
        step: Global step of it.
        restored: It was mended from its copy.
        broken: Files that were found cut off, best first.
    """

    prefix: Path
    name: str
    epoch: int
    step: int
    restored: bool = False
    broken: tuple[str, ...] = ()


class Backups:
    """The copies of one run.

    Args:
        run: The run's folder.
    """

    def __init__(self, run: Path) -> None:
        self.run = run
        self.folder = run / BACKUP_DIR

    def keep(self, name: str, offset: int = 0, measures: dict[str, float] | None = None) -> bool:
        """Copies the files NAME.* of the run.

        Args:
            name: `latest` or `best_accuracy`.
            offset: Steps before those that the training has counted itself.
            measures: Of the evaluation that made it the best.

        Returns:
            Whether the copy is whole: not if the files were written meanwhile, or the disk is full. The copy before is
            then still there.
        """
        sources = [file for file in files_of(self.run / name) if file.is_file()]
        before = _stamps(sources)
        number = max((number for number, _ in self._copies(name)), default=0) + 1
        place = self.folder / f"{name}-{number:04d}"
        part = place.with_name(f".{place.name}.part")
        try:
            shutil.rmtree(part, ignore_errors=True)
            make_folder(part)
            for file in sources:
                shutil.copy2(file, part / file.name)
            # also whole files may be of two saves: when the next one came in between
            if fault(part / name) or mixed(part / name) or _stamps(sources) != before:
                return False
            states = read_states(part / name)
            step = offset + int(states.get("global_step") or 0)
            note = {"epoch": int(states.get("epoch") or 0), "step": step, "measures": measures or {}}
            write_atomic(part / NOTE_FILE, json.dumps(note) + "\n")
            part.rename(place)
        except (OSError, StudioError, ValueError, TypeError):
            return False
        finally:
            shutil.rmtree(part, ignore_errors=True)
        for older, folder in self._copies(name):
            if older < number:
                shutil.rmtree(folder, ignore_errors=True)
        return True

    def newest(self, name: str) -> Kept | None:
        """The last copy of a checkpoint."""
        for _, folder in sorted(self._copies(name), reverse=True):
            try:
                note = json.loads((folder / NOTE_FILE).read_text(encoding="utf-8"))
                return Kept(folder / name, int(note["epoch"]), int(note["step"]), dict(note.get("measures") or {}))
            except (OSError, ValueError, KeyError, TypeError):
                continue
        return None

    def restore(self, name: str) -> Kept | None:
        """Puts the last copy back over the run's files, one after the other, the states last.

        Returns:
            What was put back; None if there is no copy.

        Raises:
            ProjectError: If a file cannot be written.
        """
        kept = self.newest(name)
        if kept is None:
            return None
        places = {ending: [self.run / f"{name}{ending}"] for ending in ENDINGS}
        if name == BEST:
            # PaddleOCR's second copy of the best
            for ending in (WEIGHTS, MOMENTS):
                second = self.run / "best_model" / f"model{ending}"
                places[ending] += [second] if second.is_file() else []
        for ending, targets in ((ending, places[ending]) for ending in (MOMENTS, WEIGHTS, STATES)):
            source = Path(f"{kept.prefix}{ending}")
            for target in targets if source.is_file() else ():
                part = target.with_name(f".{target.name}.part")
                try:
                    shutil.copy2(source, part)
                    part.replace(target)
                except OSError as error:
                    part.unlink(missing_ok=True)
                    raise write_error(target, error) from error
        return kept

    def _copies(self, name: str) -> Iterator[tuple[int, Path]]:
        if self.folder.is_dir():
            for folder in list(self.folder.iterdir()):
                match = _COPY.fullmatch(folder.name)
                if match and match.group("name") == name:
                    yield int(match.group("number")), folder


class BackupThread:
    """Makes copies one after the other on a thread: the training's lines are read and a stop is heard meanwhile.

    Args:
        backups: Of the run; nobody else may use them until `wait` returns.
    """

    def __init__(self, backups: Backups) -> None:
        self._backups = backups
        self._pool = ThreadPoolExecutor(1, "backup")
        self._last: dict[str, Future[bool]] = {}

    def keep(self, name: str, offset: int = 0, measures: dict[str, float] | None = None) -> None:
        """As `Backups.keep`, soon. One of that name that has not begun is dropped: it would copy the same files."""
        if name in self._last:
            self._last[name].cancel()
        self._last[name] = self._pool.submit(self._backups.keep, name, offset, measures)

    def wait(self) -> None:
        """Until there is nothing left to copy."""
        wait(self._last.values())

    def close(self) -> None:
        """Waits and ends the thread."""
        self._pool.shutdown()


def files_of(prefix: Path) -> list[Path]:
    """The three files of a checkpoint, weights first."""
    return [Path(f"{prefix}{ending}") for ending in ENDINGS]


def read_states(prefix: Path) -> dict[str, Any]:
    """Epoch, step (of the last process) and best measures of a checkpoint; empty if they cannot be read."""
    try:
        return read_pickle(Path(f"{prefix}{STATES}"))
    except StudioError:
        return {}


def fault(prefix: Path) -> str:
    """Why a checkpoint cannot be resumed: the name of the broken or missing file; "" if it is whole.

    Its weights and states must be complete, its optimiser's moments too if they are there.
    """
    weights, moments, states = files_of(prefix)
    for file, read in ((weights, read_tensors), (moments, read_pickle), (states, read_pickle)):
        if file is moments and not file.is_file():
            continue
        try:
            read(file)
        except StudioError:
            return file.name
    return ""


def mixed(prefix: Path) -> str:
    """The states' name if they look as if they belonged to the save before; "" if they do not.

    They are written last, so that older ones than the others are those of the save before - or the files have been
    copied by somebody who did not keep their times.
    """
    times = {file.suffix: file.stat().st_mtime_ns for file in files_of(prefix) if file.is_file()}
    return f"{prefix.name}{STATES}" if times.get(STATES, 0) < max(times.values(), default=0) else ""


def _stamps(files: list[Path]) -> list[tuple[int, int]]:
    """What changes when a file is written."""
    statuses = [file.stat() for file in files if file.is_file()]
    return [(status.st_mtime_ns, status.st_size) for status in statuses]


def _alike(prefix: Path, other: Path) -> bool:
    """Whether two checkpoints are the same, byte for byte."""
    pairs = [pair for pair in zip(files_of(prefix), files_of(other), strict=True) if pair[1].is_file()]
    try:
        return all(filecmp.cmp(one, copy, shallow=False) for one, copy in pairs)
    except OSError:
        return False


def choose_start(run: Path, step_of: Callable[[int], int]) -> Start:
    """The checkpoint that a run can go on from: `latest`, else its copy, else the best one, else the last kept epoch.

    Args:
        run: The run's folder; a broken `latest` is mended from its copy.
        step_of: Gives the global step at the end of an epoch, as the run's records tell it; 0 if they do not.

    Raises:
        EngineError: If there is none, or none is whole.
        ProjectError: If a copy cannot be put back.
    """
    backups = Backups(run)
    broken: list[str] = []
    found = False
    for name in (LATEST, BEST, *_kept_epochs(run)):
        prefix = run / name
        there = any(file.is_file() for file in files_of(prefix))
        found = found or there
        kept = backups.newest(name) if name in (LATEST, BEST) else None
        if kept is not None and fault(kept.prefix):
            kept = None
        why = fault(prefix) if there else ""
        if kept is not None and there and not why and not _alike(prefix, kept.prefix):
            why = mixed(prefix)
        if why:
            broken.append(why)
        if there and not why:
            return _start(prefix, name, backups, step_of, broken)
        if kept is not None:
            backups.restore(name)
            return Start(prefix, name, kept.epoch, kept.step, restored=True, broken=tuple(broken))
    raise EngineError(NONE_WHOLE if found else NO_CHECKPOINT, START_ANEW, folder=run)


def _start(prefix: Path, name: str, backups: Backups, step_of: Callable[[int], int], broken: list[str]) -> Start:
    states = read_states(prefix)
    epoch = int(states.get("epoch") or 0)
    kept = backups.newest(name) if name in (LATEST, BEST) else None
    step = kept.step if kept is not None and kept.epoch == epoch else 0
    step = step or step_of(epoch) or int(states.get("global_step") or 0)
    return Start(prefix, name, epoch, step, broken=tuple(broken))


def _kept_epochs(run: Path) -> list[str]:
    found = {int(match.group(1)) for file in run.glob(f"iter_epoch_*{WEIGHTS}") if (match := _EPOCH.search(file.name))}
    return [f"iter_epoch_{number}" for number in sorted(found, reverse=True)]
