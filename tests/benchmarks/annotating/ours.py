"""Drives our own window: `python -m tests.benchmarks.annotating.ours FOLDERS.json`.

Prints one JSON object: measure to milliseconds (memory in megabytes), the same names as the peer's driver, and
`…_gap`: the longest time for which the window answered nothing meanwhile.
"""

from __future__ import annotations

import json
import os
import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from tests.benchmarks.annotating.folders import A4_200_DPI

WINDOW_SIZE = (1600, 1000)
# How long a person looks at a page before the next one: its neighbours are decoded meanwhile.
LOOK_S = 1.0
LIMIT_S = 120.0
BEAT_MS = 5


def _timed(action: Callable[[], object]) -> float:
    started = time.perf_counter()
    action()
    return (time.perf_counter() - started) * 1000


def _rss_mb() -> float:
    import psutil

    return float(psutil.Process().memory_info().rss) / 1e6


class Driver:
    """One window and what is done to it."""

    def __init__(self) -> None:
        from PyQt5.QtCore import QTimer

        from ocrstudio.app import make_application, make_window
        from ocrstudio.services.collector import Collector

        self.app = make_application()
        self.window: Any = make_window(self.app)
        self.window.resize(*WINDOW_SIZE)
        self.window.show()
        self.window.activateWindow()
        self.window.show_page("annotate")
        self.page = self.window.page("annotate")
        self.canvas = self.page.canvas
        self.session = self.page._session
        self.document = self.session.document
        self._last_beat = time.perf_counter()
        self._longest_ms = 0.0
        self._heart = QTimer()
        self._heart.setInterval(BEAT_MS)
        self._heart.timeout.connect(self._on_beat)
        self._heart.start()
        self._collector = Collector(self.app)
        self.look()

    def _on_beat(self) -> None:
        now = time.perf_counter()
        self._longest_ms = max(self._longest_ms, (now - self._last_beat) * 1000 - BEAT_MS)
        self._last_beat = now

    def longest_gap(self, action: Callable[[], object]) -> float:
        """The longest time in ms for which no event was handled during an action that handles events."""
        self._last_beat, self._longest_ms = time.perf_counter(), 0.0
        action()
        self._on_beat()
        return self._longest_ms

    def until(self, done: Callable[[], bool]) -> None:
        """Handles events until something is so; sleeps between them as the program does, the heart wakes it."""
        from PyQt5.QtCore import QEventLoop

        limit = time.perf_counter() + LIMIT_S
        while not done():
            if time.perf_counter() > limit:
                raise SystemExit("annotation: the window did not come to rest")
            self.app.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)

    def look(self, seconds: float = LOOK_S) -> None:
        """Handles events for a while, as when a person looks at the page."""
        end = time.perf_counter() + seconds
        self.until(lambda: time.perf_counter() > end)

    def open(self, folder: str) -> float:
        """Until the first page is there to be worked on."""
        wanted = Path(folder).resolve()

        def is_shown() -> bool:
            page = self.document.page
            return self.session.folder == wanted and page is not None and not self.session.is_loading

        def action() -> None:
            self.session.open(wanted)
            self.until(is_shown)
            self.app.processEvents()

        return _timed(action)

    def next_page(self) -> float:
        """From the key to the painted page."""
        from PyQt5.QtCore import Qt
        from PyQt5.QtTest import QTest

        before = self.document.page

        def action() -> None:
            QTest.keyClick(self.canvas, Qt.Key.Key_D)
            self.until(lambda: self.document.page is not before)
            self.app.processEvents()

        self.look()
        self.canvas.setFocus()
        return _timed(action)

    def redraw(self) -> float:
        """The picture and all boxes drawn anew, nothing copied from before."""
        self.canvas.fit()
        return _timed(self.canvas.repaint)

    def mouse(self, x: float, y: float, kind: str = "move", held: bool = False) -> float:
        """A mouse event at an image point."""
        from PyQt5.QtCore import QEvent, QPointF, Qt
        from PyQt5.QtGui import QMouseEvent

        place: QPointF = self.canvas.to_canvas(x, y)
        kinds = {
            "move": QEvent.Type.MouseMove,
            "press": QEvent.Type.MouseButtonPress,
            "release": QEvent.Type.MouseButtonRelease,
        }
        buttons = Qt.MouseButton.LeftButton if held or kind == "press" else Qt.MouseButton.NoButton
        button = Qt.MouseButton.NoButton if kind == "move" else Qt.MouseButton.LeftButton
        event = QMouseEvent(kinds[kind], place, button, buttons, Qt.KeyboardModifier.NoModifier)

        def action() -> None:
            self.app.sendEvent(self.canvas, event)
            self.app.processEvents()

        return _timed(action)

    def trigger(self, action_id: str) -> float:
        """A command of the Annotate page, until it is painted."""

        def action() -> None:
            self.page.actions_by_id[action_id].trigger()
            self.app.processEvents()

        return _timed(action)

    def confirm(self, text: str) -> float:
        """One text edit, until it is on disk."""
        assert self.document.page is not None
        box = self.document.page.boxes[0]
        return _timed(lambda: self.document.set_text(box.id, text))

    def save(self) -> None:
        """The label files, written while the window goes on."""
        self.session.start_save()
        self.until(lambda: not self.session.store.dirty)

    def export_crops(self) -> None:
        """The crops of all checked pages."""
        from ocrstudio.services.crop_export import CropExporter

        exporter = CropExporter(self.session)
        ended: list[object] = []
        exporter.finished.connect(ended.append)
        exporter.start(self.session.folder)
        self.until(lambda: bool(ended))


def _per_page(driver: Driver, folders: dict[str, str], found: dict[str, float]) -> None:
    for count in (20, 200, 2000):
        driver.open(folders[f"boxes_{count}"])
        found[f"next_{count}"] = statistics.median(driver.next_page() for _ in range(5))
    driver.open(folders["photos"])
    times: list[float] = []
    found["next_photo_gap"] = driver.longest_gap(lambda: times.extend(driver.next_page() for _ in range(5)))
    found["next_photo"] = statistics.median(times)


def _with_2000_boxes(driver: Driver, folders: dict[str, str], found: dict[str, float]) -> None:
    driver.open(folders["boxes_2000"])
    driver.look()
    width, height = A4_200_DPI
    found["repaint"] = statistics.median(driver.redraw() for _ in range(15))
    found["hover"] = statistics.median(driver.mouse(width / 2 + step, height - 30) for step in range(40))
    driver.mouse(38, 35)
    driver.mouse(38, 35, "press")
    found["drag"] = statistics.median(driver.mouse(38 + step / 4, 35 + step / 4, held=True) for step in range(12, 40))
    driver.mouse(48, 45, "release")
    driver.look(0.3)
    found["undo"] = _timed(lambda: (driver.document.undo(), driver.app.processEvents()))
    found["hide_all"] = driver.trigger("hideBoxes")
    driver.trigger("showBoxes")


def main() -> None:
    """Measures everything in the order that disturbs least."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    folders = json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))
    found: dict[str, float] = {}
    driver = Driver()
    found["open_many_gap"] = driver.longest_gap(lambda: found.update(open_many=driver.open(folders["many"])))
    driver.look()
    found["open_many_rss"] = _rss_mb()
    found["confirm"] = statistics.median(driver.confirm(f"edit {number}") for number in range(20))
    found["save_gap"] = driver.longest_gap(driver.save)
    _per_page(driver, folders, found)
    driver.open(folders["crops"])
    driver.look()
    found["export_crops_gap"] = driver.longest_gap(lambda: found.update(export_crops=_timed(driver.export_crops)))
    _with_2000_boxes(driver, folders, found)
    driver.window.close()
    sys.stdout.write(json.dumps(found) + "\n")


if __name__ == "__main__":
    main()
