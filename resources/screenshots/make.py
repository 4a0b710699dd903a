"""Takes the picture of every page: in each size, language and theme.

    xvfb-run -a -s "-screen 0 2000x1200x24" python resources/screenshots/make.py PROJECT [--out FOLDER] [--all]

PROJECT is a folder of labelled images with a finished training, such as `ocrstudio demo --out PROJECT` leaves behind.
Start it as a user would (from a home folder without a real name in it): the Setup page shows where things are.
Without `--all` the pages in front alone are taken, as kept here; with it their tabs, cards and dialogs too.
"""

from __future__ import annotations

import argparse
import io
import os
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

from PIL import Image
from PyQt5.QtCore import QBuffer, QEvent, QIODevice
from PyQt5.QtGui import QImage
from PyQt5.QtWidgets import QApplication, QDialog, QPushButton, QScrollArea, QTabWidget, QWidget

from ocrstudio import app as program
from ocrstudio.ui import i18n, theme
from ocrstudio.ui.main_window import PAGE_CLASSES, MainWindow

HERE = Path(__file__).resolve().parent
SIZES = ((1280, 800), (1920, 1080))
LANGUAGES = ("en", "zh_CN")
THEMES = ("light", "dark")
# Commands, and (page, button), that open a dialog.
DIALOGS = (
    *("importLabels", "exportLabels", "exportCrops", "exchangePackage", "mergePackage", "replaceText", "preferences"),
    *("showWelcome", "showHelp", "showKeys", "showAbout"),
)
BUTTONS = (
    *(("config", "recipeButton"), ("config", "flightShow"), ("dataset", "editDictionary")),
    ("setup", "cloneCheckoutButton"),
)
# A picture is taken when nothing has changed for two steps; what moves for ever is taken after the patience.
STEP_S, PATIENCE_S = 0.12, 60.0
RESTLESS_S = 8.0
COLOURS = 256
NOT_PACKED = 100  # the quality of a PNG that Qt packs in no time


class Photographer:
    """Walks a window through its pages and keeps a picture of each.

    Args:
        app: The application.
        window: The shown window.
        out: Folder of the pictures.
    """

    def __init__(self, app: QApplication, window: MainWindow, out: Path) -> None:
        self._app, self.window, self._out = app, window, out
        self.suffix = ""
        self._writer = ThreadPoolExecutor(1)
        self._written: list[Any] = []

    def wait(self, done: Callable[[], Any] = lambda: False, seconds: float = STEP_S) -> None:
        """Lets the program work until `done`, or for so long."""
        end = time.monotonic() + seconds
        while time.monotonic() < end and not done():
            self._app.processEvents()
            self._app.sendPostedEvents(None, QEvent.Type.DeferredDelete)  # which no loop within a loop does
            time.sleep(0.005)

    def settled(self, widget: QWidget) -> QImage:
        """What a widget shows when it no longer changes: lists come from threads, layouts follow in their own time."""
        before, end = QImage(), time.monotonic() + RESTLESS_S
        while time.monotonic() < end:
            self.wait()
            now = widget.grab().toImage()
            if now == before:
                break
            before = now
        return before

    def take(self, name: str, widget: QWidget | None = None) -> None:
        """Writes a picture of a dialog, or of the window."""
        buffer = QBuffer()
        buffer.open(QIODevice.OpenMode(QIODevice.OpenModeFlag.WriteOnly))
        self.settled(widget or self.window).save(buffer, "PNG", NOT_PACKED)
        self._written.append(self._writer.submit(write, bytes(buffer.data()), self._out / f"{name}{self.suffix}.png"))

    def finish(self) -> None:
        """Returns when every picture is on disk.

        Raises:
            OSError: One could not be written.
        """
        for written in self._written:
            written.result()

    def show(self, page: str) -> Any:
        """Brings a page to the front, its first work done."""
        self.window.show_page(page)
        self.wait()
        return self.window.page(page)

    # --- what there is to see --------------------------------------------------------------------------------------

    def pages(self) -> None:
        """The pages in front."""
        for name in PAGE_CLASSES:
            page = self.show(name)
            if name == "annotate":
                for command in ("nextBox", "zoomFit"):
                    page.actions_by_id[command].trigger()
            self.take(name)
        annotate = self.show("annotate")
        annotate.actions_by_id["reviewMode"].trigger()
        self.take("review")
        annotate.actions_by_id["reviewMode"].trigger()

    def everything_else(self) -> None:
        """Tabs, what lies below, and dialogs."""
        for name in PAGE_CLASSES:
            page = self.show(name)
            for picture in self._tabs(page, name):
                self.take(picture)
            for number, area in enumerate(page.findChildren(QScrollArea)):
                if area.isVisible() and area.verticalScrollBar().maximum() > 0:
                    self._scrolled(f"{name}_{number}", area)
        self.show("annotate")
        for name in DIALOGS:
            self.window._actions[name].trigger()
            self._dialogs(name)
        for page, name in BUTTONS:
            self.show(page).findChild(QPushButton, name).click()
            self._dialogs(name)

    def _dialogs(self, name: str) -> None:
        def shown() -> list[QDialog]:
            return [one for one in self._app.topLevelWidgets() if isinstance(one, QDialog) and one.isVisible()]

        self.wait(shown, RESTLESS_S)
        for dialog in shown():
            self.take(f"dialog_{name}", dialog)
            dialog.close()

    def _tabs(self, page: QWidget, name: str) -> Iterator[str]:
        for tabs in page.findChildren(QTabWidget):
            for number in range(1, tabs.count() if tabs.isVisible() else 0):
                tabs.setCurrentIndex(number)
                self.wait()
                yield f"{name}_{tabs.objectName()}_{number}"
                yield from self._tabs(tabs.widget(number), name)
            if tabs.count():
                tabs.setCurrentIndex(0)

    def _scrolled(self, name: str, area: QScrollArea) -> None:
        bar = area.verticalScrollBar()
        step = max(area.viewport().height() - 60, 100)
        for number, place in enumerate(range(step, bar.maximum() + step, step), start=1):
            bar.setValue(min(place, bar.maximum()))
            self.take(f"{name}_down{number}")
        bar.setValue(0)


def write(png: bytes, file: Path) -> None:
    """Writes a picture in so few colours that it is small; small spots keep theirs, unlike in a median cut."""
    picture = Image.open(io.BytesIO(png)).convert("RGB")
    few = picture.quantize(COLOURS, method=Image.Quantize.MAXCOVERAGE, kmeans=1, dither=Image.Dither.NONE)
    few.save(file, optimize=True)


def read_pictures(photographer: Photographer, project: Path) -> None:
    """Has the Test page read two of the project's images."""
    test, done = photographer.show("test"), []
    test.read.pictures_read.connect(lambda: done.append(True))
    test.add_files(sorted(project.glob("*.jpg"))[:2])
    photographer.wait(lambda: done, PATIENCE_S)


def main() -> int:
    """Takes the pictures; 0."""
    parser = argparse.ArgumentParser(description="pictures of every page")
    parser.add_argument("project", type=Path)
    parser.add_argument("--out", type=Path, default=HERE)
    parser.add_argument("--all", action="store_true", help="tabs, cards and dialogs too")
    parser.add_argument("--size", action="append", metavar="WxH", help="instead of the usual ones")
    parser.add_argument("--language", action="append", choices=LANGUAGES)
    parser.add_argument("--theme", action="append", choices=(*THEMES, "contrast"))
    parser.add_argument("--percent", type=int, default=100, help="size of the text")
    chosen = parser.parse_args()
    sizes = [tuple(map(int, size.split("x"))) for size in chosen.size or ()] or SIZES
    chosen.out.mkdir(parents=True, exist_ok=True)
    app = program.make_application()
    app.setCursorFlashTime(0)
    with tempfile.TemporaryDirectory() as folder:
        os.environ["XDG_CONFIG_HOME"] = folder  # neither the user's settings nor recent projects
        window = program.make_window(app)
        camera = Photographer(app, window, chosen.out)
        looks = [
            (s, lang, look) for lang in chosen.language or LANGUAGES for look in chosen.theme or THEMES for s in sizes
        ]

        def each_look() -> Iterator[None]:
            for (width, height), language, look in looks:
                i18n.switch_language(app, language)
                theme.apply(app, look, chosen.percent)
                window.resize(width, height)
                size = "" if chosen.percent == 100 else f"_{chosen.percent}"
                camera.suffix = f"_{width}_{language.split('_')[0]}_{look}{size}"
                camera.wait()
                yield

        window.show()
        for _ in each_look():
            camera.take("welcome")
            if chosen.all:
                for name in ("dataset", "config", "train", "test"):
                    camera.show(name)
                    camera.take(f"{name}_empty")
                camera.show("annotate")
        window.open_project(chosen.project.absolute())
        camera.wait(lambda: window.windowTitle().startswith(chosen.project.name), PATIENCE_S)
        for name in PAGE_CLASSES:
            camera.show(name)
        camera.wait(lambda: not window.page("setup").is_checking, PATIENCE_S)
        read_pictures(camera, chosen.project)
        for _ in each_look():
            camera.pages()
            if chosen.all:
                camera.everything_else()
        window.close()
        camera.wait()
    camera.finish()
    return 0


if __name__ == "__main__":
    sys.exit(main())
