"""What the computer is doing: processor, memory, graphics cards, and how much of it a training takes.

Looked at once a second on a thread, and kept in memory only: it says something about the computer, not about the model.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from PyQt5.QtCore import QObject, QTimer, pyqtSignal, pyqtSlot

from ocrstudio.formats.run_state import ProcessId, read_status
from ocrstudio.services.background import Background

log = logging.getLogger(__name__)

INTERVAL_MS = 1000
FIRST_S = 0.1
# The processes of a training change rarely, and finding them means looking at all of the computer's.
FAMILY_S = 5.0
# Without a driver there is none a second later either.
GPU_RETRY_S = 60.0


@dataclass(frozen=True)
class Gpu:
    """A graphics card at one moment.

    Attributes:
        name: Of the maker.
        load: Share of the time in which it computed, 0 to 1.
        memory, memory_total: Bytes in use by anybody, and all.
        temperature: Degrees Celsius; None if it does not say.
    """

    name: str
    load: float
    memory: int
    memory_total: int
    temperature: int | None = None


@dataclass(frozen=True)
class HardwareSample:
    """The computer at one moment.

    Attributes:
        time: Seconds since 1970.
        cpu: Share of all its processors' time in use, 0 to 1.
        memory, memory_total: Bytes in use, and all.
        run_cpu: The training's share of all processors' time; None if no training is alive.
        run_memory: Bytes that the training's processes hold.
        gpus: NVIDIA's cards; empty if there are none or no driver answers.
    """

    time: float
    cpu: float
    memory: int
    memory_total: int
    run_cpu: float | None = None
    run_memory: int | None = None
    gpus: tuple[Gpu, ...] = ()


class _Gpus:
    """Asks NVIDIA's driver; on a thread."""

    def __init__(self) -> None:
        self._handles: list[tuple[Any, str]] = []
        self._is_open = False
        self._next_try = 0.0

    def sample(self) -> tuple[Gpu, ...]:
        try:
            if not self._is_open and time.monotonic() >= self._next_try:
                self._open()
            return tuple(_gpu(handle, name) for handle, name in self._handles)
        except Exception as error:  # noqa: BLE001  (pynvml's errors have no common type that exists without a driver)
            log.info("no graphics card answers: %s", error)
            self._handles, self._is_open = [], False
            self._next_try = time.monotonic() + GPU_RETRY_S
            return ()

    def _open(self) -> None:
        import pynvml

        pynvml.nvmlInit()
        handles = [pynvml.nvmlDeviceGetHandleByIndex(index) for index in range(pynvml.nvmlDeviceGetCount())]
        self._handles = [(handle, _text(pynvml.nvmlDeviceGetName(handle))) for handle in handles]
        self._is_open = True


def _gpu(handle: Any, name: str) -> Gpu:
    import pynvml

    memory = pynvml.nvmlDeviceGetMemoryInfo(handle)
    load, temperature = 0.0, None
    try:
        load = pynvml.nvmlDeviceGetUtilizationRates(handle).gpu / 100
        temperature = int(pynvml.nvmlDeviceGetTemperature(handle, pynvml.NVML_TEMPERATURE_GPU))
    except pynvml.NVMLError_NotSupported:
        log.debug("%s tells no load or temperature", name)
    return Gpu(name, load, int(memory.used), int(memory.total), temperature)


def _text(name: str | bytes) -> str:
    return name.decode("utf-8", "replace") if isinstance(name, bytes) else name


class Sampler:
    """Looks at the computer. Used on one thread at a time.

    Args:
        gpus: Gives the graphics cards; for tests.
    """

    def __init__(self, gpus: Callable[[], tuple[Gpu, ...]] | None = None) -> None:
        self._gpus = _Gpus().sample if gpus is None else gpus
        self._folder: Path | None = None
        self._family: dict[int, Any] = {}
        self._looked = 0.0
        self._is_first = True

    def sample(self, folder: Path | None) -> HardwareSample:
        """The computer now, and the training of a run folder if its process is alive here."""
        import psutil

        # the first time there is no earlier look to compare with
        pause, self._is_first = (FIRST_S if self._is_first else None), False
        cpu_now = psutil.cpu_percent(pause) / 100
        memory = psutil.virtual_memory()
        used = memory.total - memory.available
        machine = (time.time(), cpu_now, used, memory.total)
        family = self._alive(folder)
        if not family:
            return HardwareSample(*machine, gpus=self._gpus())
        cpu, held = 0.0, 0
        for process in family:
            try:
                with process.oneshot():
                    # of one processor, since the last look
                    cpu += process.cpu_percent() / 100
                    held += process.memory_info().rss
            except psutil.Error:
                self._family.pop(process.pid, None)
        share = min(1.0, cpu / (psutil.cpu_count() or 1))
        return HardwareSample(*machine, run_cpu=share, run_memory=held, gpus=self._gpus())

    def _alive(self, folder: Path | None) -> list[Any]:
        """The processes of a training, found anew now and then."""
        now = time.monotonic()
        if folder != self._folder or now - self._looked > FAMILY_S:
            self._folder, self._looked = folder, now
            self._family = {
                process.pid: self._family.get(process.pid, process) for process in _family(_process(folder))
            }
        return list(self._family.values())


def _process(folder: Path | None) -> ProcessId | None:
    status = read_status(folder) if folder is not None else None
    return status.process if status is not None and not status.is_over else None


def _family(identity: ProcessId | None) -> list[Any]:
    """A process and all that it has started; empty if it is not alive on this computer."""
    import psutil

    if identity is None or identity.standing != "alive":
        return []
    first = identity.find()
    try:
        return [] if first is None else [first, *first.children(recursive=True)]
    except psutil.Error:
        return []


class HardwareWatch(QObject):
    """Samples while somebody looks, or while the training that it watches is alive."""

    sampled = pyqtSignal(object)  # HardwareSample

    def __init__(self, parent: QObject | None = None, sampler: Sampler | None = None) -> None:
        super().__init__(parent)
        self._sampler = Sampler() if sampler is None else sampler
        self._background = Background(self, threads=1)
        self._folder: Path | None = None
        self._is_looked_at = self._is_alive = self._is_busy = False
        self._timer = QTimer(self)
        self._timer.setInterval(INTERVAL_MS)
        self._timer.timeout.connect(self._look)

    def watch(self, folder: Path | None) -> None:
        """Watches the training of a run folder from now on, if one is alive."""
        self._folder, self._is_alive = folder, folder is not None
        self._update()

    def look_at(self, looked_at: bool) -> None:
        """Whether somebody looks at the samples."""
        self._is_looked_at = looked_at
        self._update()

    def close(self) -> None:
        """Ends it."""
        self._timer.stop()
        self._background.close()

    def _update(self) -> None:
        if not (self._is_looked_at or self._is_alive):
            self._timer.stop()
        elif not self._timer.isActive():
            self._timer.start()
            self._look()

    @pyqtSlot()
    def _look(self) -> None:
        if not self._is_busy:
            self._is_busy = True
            self._background.run(partial(self._sampler.sample, self._folder), partial(self._on_sampled, self._folder))

    def _on_sampled(self, folder: Path | None, sample: HardwareSample) -> None:
        self._is_busy = False
        if folder == self._folder:
            self._is_alive = sample.run_cpu is not None
            self._update()
        self.sampled.emit(sample)
