"""Drives PPOCRLabel itself, run by the Python of an environment that has it.

    python ppocrlabel.py FOLDERS.json     prints one JSON object: measure to milliseconds (memory in megabytes)
    python ppocrlabel.py --read FOLDER    prints what it makes of the labels of a folder and of its first page

Its models are replaced by names that do nothing, since only the window counts here. Nothing of this package is
imported, as the peer's environment need not have it.
"""

from __future__ import annotations

import contextlib
import importlib.util
import io
import json
import os
import statistics
import sys
import time
import types
from collections.abc import Callable
from pathlib import Path
from typing import Any


def _stub_models() -> None:
    paddle, paddleocr = types.ModuleType("paddle"), types.ModuleType("paddleocr")
    paddle.is_compiled_with_cuda = lambda: False

    class Model:
        def __init__(self, *_: object, **__: object) -> None:
            pass

    for name in ("PaddleOCR", "PPStructureV3", "TextRecognition", "TextDetection"):
        setattr(paddleocr, name, Model)
    sys.modules.update(paddle=paddle, paddleocr=paddleocr)


def _timed(action: Callable[[], object]) -> float:
    started = time.perf_counter()
    action()
    return (time.perf_counter() - started) * 1000


class Driver:
    """One window and what is done to it."""

    def __init__(self) -> None:
        _stub_models()
        found = importlib.util.find_spec("PPOCRLabel")
        if found is None or not found.submodule_search_locations:
            raise SystemExit("PPOCRLabel is not installed in this environment")
        sys.path.insert(0, found.submodule_search_locations[0])
        # cv2's own Qt plugins would be taken for PyQt5's
        import cv2  # noqa: F401

        os.environ.pop("QT_QPA_PLATFORM_PLUGIN_PATH", None)
        program: Any = importlib.import_module("PPOCRLabel")  # its folder holds a module of its own name
        from PyQt5.QtWidgets import QMessageBox

        for name in ("information", "warning", "critical", "question"):
            setattr(QMessageBox, name, staticmethod(lambda *_, **__: QMessageBox.Yes))
        self.program = program
        self.app, self.window = program.get_main_app(["PPOCRLabel", "--lang", "en"])
        self.window.autoSaveOption.setChecked(True)
        self.window.resize(1600, 1000)
        self.events()

    def events(self) -> None:
        self.app.processEvents()

    def open(self, folder: str) -> float:
        self.window.dirty = False
        self.window.filePath = None

        def action() -> None:
            self.window.importDirImages(folder)
            self.events()

        return _timed(action)

    def next_page(self) -> float:
        def action() -> None:
            self.window.openNextImg()
            self.events()

        self.window.dirty = False
        return _timed(action)

    def repaint(self) -> float:
        return _timed(self.window.canvas.repaint)

    def mouse(self, x: float, y: float, kind: str = "move", held: bool = False) -> float:
        from PyQt5.QtCore import QEvent, QPointF, Qt
        from PyQt5.QtGui import QMouseEvent

        canvas = self.window.canvas
        # the peer's own transform, backwards
        place = (QPointF(x, y) + canvas.offsetToCenter()) * canvas.scale
        types_of = {"move": QEvent.MouseMove, "press": QEvent.MouseButtonPress, "release": QEvent.MouseButtonRelease}
        buttons = Qt.LeftButton if held or kind == "press" else Qt.NoButton
        button = Qt.NoButton if kind == "move" else Qt.LeftButton
        event = QMouseEvent(types_of[kind], place, button, buttons, Qt.NoModifier)

        def action() -> None:
            self.app.sendEvent(canvas, event)
            self.events()

        return _timed(action)


def _rss_mb() -> float:
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6


def _per_page(driver: Driver, folders: dict[str, str], found: dict[str, float]) -> None:
    for count in (20, 200, 2000):
        driver.open(folders[f"boxes_{count}"])
        found[f"next_{count}"] = statistics.median(driver.next_page() for _ in range(4))
    driver.open(folders["photos"])
    found["next_photo"] = statistics.median(driver.next_page() for _ in range(4))


def _with_2000_boxes(driver: Driver, folders: dict[str, str], found: dict[str, float]) -> None:
    driver.open(folders["boxes_2000"])
    found["repaint"] = statistics.median(driver.repaint() for _ in range(10))
    found["hover"] = statistics.median(driver.mouse(200 + step, 2310) for step in range(2))
    driver.mouse(38, 35)
    driver.mouse(38, 35, "press")
    found["drag"] = statistics.median(driver.mouse(38 + step, 35 + step, held=True) for step in range(1, 8))
    driver.mouse(46, 43, "release")
    found["undo"] = _timed(driver.window.undoShapeEdit)
    found["hide_all"] = _timed(lambda: (driver.window.togglePolygons(False), driver.events()))


def _read(driver: Driver, folder: str) -> dict[str, Any]:
    """What the peer makes of a folder's labels, and of those of the page it shows first."""
    driver.open(folder)
    shapes = [
        [shape.label, [[point.x(), point.y()] for point in shape.points]] for shape in driver.window.canvas.shapes
    ]
    return {"labels": driver.window.PPlabel, "shapes": shapes, "checked": sorted(driver.window.fileStatedict)}


def _measured(driver: Driver, folders: dict[str, str]) -> dict[str, float]:
    """Everything, in the order that disturbs least."""
    found: dict[str, float] = {}
    found["open_many"] = driver.open(folders["many"])
    found["open_many_rss"] = _rss_mb()
    # what the peer pays for each checked page in its automatic export mode
    found["confirm"] = _timed(lambda: (driver.window.saveFilestate(), driver.window.savePPlabel("Auto")))
    _per_page(driver, folders, found)
    driver.open(folders["crops"])
    found["export_crops"] = _timed(driver.window.saveRecResult)
    _with_2000_boxes(driver, folders, found)
    return found


def main() -> None:
    """Reads or measures."""
    with contextlib.redirect_stdout(io.StringIO()):
        driver = Driver()
        if sys.argv[1] == "--read":
            found: dict[str, Any] = _read(driver, sys.argv[2])
        else:
            found = dict(_measured(driver, json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))))
    sys.__stdout__.write(json.dumps(found) + "\n")
    sys.__stdout__.flush()
    # its windows refuse to close with questions
    os._exit(0)


if __name__ == "__main__":
    main()
