"""The dataset page in a process of its own: how long it was blocked while it counts, divides and is opened again.

`python -m tests.benchmarks.dataset_window PROJECT` prints one JSON object on its last line.
"""

from __future__ import annotations

import json
import os
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from tests.benchmarks.beats import Beats

LIMIT_S = 300
RATIOS = ("8:1:1", "7:2:1", "5:3:2", "6:2:2")
# Until the page kept its figures (`KEEP_DELAY_MS`).
KEPT_S = 7.0


class Driver:
    """The page of a project as the program makes it."""

    def __init__(self, folder: Path) -> None:
        from PyQt5.QtWidgets import QApplication

        from ocrstudio.services.collector import Collector
        from ocrstudio.services.project_session import ProjectSession
        from ocrstudio.services.settings import Settings
        from ocrstudio.ui import dressing, theme
        from ocrstudio.ui.pages.dataset.page import DatasetPage

        self.app = QApplication([])
        theme.apply(self.app, "light")
        self.session = ProjectSession()
        self.page = DatasetPage(self.session, Settings(Path(tempfile.mkdtemp()) / "settings.ini"))
        dressing.dress_window(self.page)
        self.page.resize(1280, 900)
        self.collector = Collector(self.app)
        self.beats = Beats()
        self.session.open(folder)
        self.until(lambda: self.session.store is not None and not self.session.is_opening and bool(self.session.keys))
        self.look(1)
        self.told: dict[str, float] = {}

    def until(self, done: Callable[[], bool]) -> None:
        """Handles events until something is so."""
        from PyQt5.QtCore import QEventLoop

        limit = time.perf_counter() + LIMIT_S
        while not done():
            if time.perf_counter() > limit:
                raise SystemExit("dataset: the page did not come to rest")
            self.app.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)

    def look(self, seconds: float) -> None:
        """Handles events for a while."""
        end = time.perf_counter() + seconds
        self.until(lambda: time.perf_counter() > end)

    def watch(self, name: str, action: Callable[[], object]) -> None:
        """Notes how long something took, in seconds, and the longest frames meanwhile."""
        self.look(0.3)
        self.beats.forget()
        began, busy = time.perf_counter(), time.process_time()
        action()
        self.look(0.2)
        self.told[name] = time.perf_counter() - began - 0.2
        self.told[f"{name}_cpu"] = time.process_time() - busy
        self.told[f"{name}_gap"] = self.beats.longest
        self.told[f"{name}_work"] = self.beats.longest_work

    def at_rest(self) -> None:
        """Until everything is counted, compared and divided."""
        statistics = self.page.statistics
        self.until(lambda: not statistics.is_counting and not statistics.is_looking)

    def open(self) -> None:
        """Shows the page for the first time."""
        self.page.show()
        self.at_rest()

    def divide(self) -> None:
        """Types other ratios."""
        told: list[object] = []
        self.page.statistics.divided.connect(told.append)
        for ratio in RATIOS:
            told.clear()
            self.page.split.form.ratio_edit.setText(ratio)
            self.until(lambda: bool(told))


def main(folder: Path) -> None:
    """Opens, divides, lists, hides and shows."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    driver = Driver(folder)
    driver.watch("open", driver.open)
    driver.watch("divide", driver.divide)
    driver.watch("list", lambda: driver.page.desk.show_pages("lines"))
    driver.page.desk.close_list()
    driver.watch("hide", driver.page.hide)
    driver.watch("show", driver.open)
    driver.look(KEPT_S)
    driver.page.close()
    driver.session.close()
    print(json.dumps(driver.told))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
