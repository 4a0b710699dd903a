"""The runs of the open project and their queue, looked at again and again while somebody wants to see them."""

from __future__ import annotations

import time
from pathlib import Path

from PyQt5.QtCore import QObject, pyqtSignal, pyqtSlot

from ocrstudio.formats.run_list import RunLister, RunSummary
from ocrstudio.formats.run_queue import RunQueue, read_queue
from ocrstudio.services.background import Background
from ocrstudio.services.timers import single_shot

# Other windows and commands train in the same folder; what they do is seen within this time.
REFRESH_MS = 2000
# On a slow disk a look may take long; it is given a rest of so many times as long.
REST = 5


class RunListing(QObject):
    """Reads in the background; one look at a time, however slow the disk is."""

    listed = pyqtSignal(object, object)  # list of RunSummary, newest first; RunQueue

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._lister: RunLister | None = None
        self._background = Background(self, threads=1)
        self._is_looking = self._look_again = False
        self._timer = single_shot(self, 0, self.look)
        self._is_wanted = False
        self._began = 0.0

    @property
    def runs_dir(self) -> Path | None:
        """The folder of the runs, None without a project."""
        return self._lister.runs_dir if self._lister is not None else None

    def open(self, runs_dir: Path | None) -> None:
        """Looks into another folder from now on."""
        if runs_dir != self.runs_dir:
            self._lister = RunLister(runs_dir) if runs_dir is not None else None
        self.look()

    def follow(self, wanted: bool) -> None:
        """Whether to look by itself from time to time."""
        self._is_wanted = wanted
        if wanted:
            self._timer.start(REFRESH_MS)
        else:
            self._timer.stop()

    @pyqtSlot()
    def look(self) -> None:
        """Looks now; `listed` tells what there is."""
        lister = self._lister
        if lister is None:
            self.listed.emit([], RunQueue())
        elif self._is_looking:
            self._look_again = True
        else:
            self._is_looking, self._began = True, time.monotonic()
            self._background.run(
                lambda: (lister, lister.look(), read_queue(lister.runs_dir)), lambda found: self._on_looked(*found)
            )

    def close(self) -> None:
        """Looks no more."""
        self._timer.stop()
        self._background.close()

    def _on_looked(self, lister: RunLister, rows: list[RunSummary], queue: RunQueue) -> None:
        self._is_looking = False
        if self._is_wanted:
            self._timer.start(max(REFRESH_MS, round(REST * 1000 * (time.monotonic() - self._began))))
        if lister is self._lister:
            self.listed.emit(rows, queue)
        if self._look_again or lister is not self._lister:
            self._look_again = False
            self.look()
