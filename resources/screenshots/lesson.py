"""Takes the pictures of a lesson, done with the mouse: drop, read, correct, teach, better, use.

    xvfb-run -a -s "-screen 0 2000x1200x24" python resources/screenshots/lesson.py [--out FOLDER] [--language zh_CN]

Needs Paddle, about two minutes and nothing else: the slips are made here, in a hand that is easily misread. The user's
own corrections and settings are not touched. Ends with 1 when the lesson brought nothing, or when a word stands in the
window that nobody but a specialist knows.
"""

from __future__ import annotations

import argparse
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from make import HERE, PATIENCE_S, Photographer
from PIL import Image
from PyQt5.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PyQt5.QtGui import QDragEnterEvent, QDropEvent
from PyQt5.QtTest import QTest
from PyQt5.QtWidgets import QApplication, QLineEdit, QPushButton, QWidget

from ocrstudio import app as program
from ocrstudio.core.box_matching import match_boxes
from ocrstudio.core.page import Box
from ocrstudio.core.shaping import rectangle
from ocrstudio.core.teaching import ENOUGH
from ocrstudio.paths import resources
from ocrstudio.ui import i18n, theme
from ocrstudio.ui.pages.test.read_tab import ReadTab
from ocrstudio.ui.pages.test.results import Picture, ReadState

SIZE = (1100, 720)
SLIPS, SLIP_LINES, SEED = 3, 10, 3
NUMBERS, FONT = "[A-Z0-9]{4}-[0-9]{3}[0O]{2} [I1l]{2}[A-Z]{2}", "mono.ttf"
SLIP_PX, TOP_PX, LEFT_PX, GAP_PX = (760, 960), 50, 90, 90
CORRECTED = ENOUGH + 2
LESSON_S = 400.0
# What somebody who wants a text read does not know.
TECHNICAL = re.compile(
    r"\b(?:epoch|loss|acc|accuracy|checkpoint|inference|det|rec|ctc|cer|batch|onnx|paddle|bundle|weights|backbone)\b",
    re.IGNORECASE,
)


def slips(folder: Path) -> dict[str, list[tuple[Box, str]]]:
    """Writes pictures of lines with numbers on them; name to the lines that stand there, with their places."""
    made, fonts = folder / "lines", folder / "font"
    fonts.mkdir(parents=True)
    shutil.copy(resources() / "fonts" / "samples" / FONT, fonts)
    command = [sys.executable, "-m", "ocrstudio", "synth", "--template", NUMBERS, "--count", str(SLIPS * SLIP_LINES)]
    command += ["--seed", str(SEED), "--fonts", str(fonts), "--workers", "1", "--out", str(made)]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    lines = (made / "rec" / "train.txt").read_text(encoding="utf-8").splitlines()
    written: dict[str, list[tuple[Box, str]]] = {}
    for number in range(SLIPS):
        slip, name = Image.new("RGB", SLIP_PX, "#fbf9f5"), f"slip {number + 1}.png"
        written[name] = []
        for place, line in enumerate(lines[number * SLIP_LINES : (number + 1) * SLIP_LINES]):
            file, _, text = line.partition("\t")
            crop = Image.open(made / "rec" / file).convert("RGB")
            top = TOP_PX + place * GAP_PX
            slip.paste(crop, (LEFT_PX, top))
            corner = (LEFT_PX + crop.width, top + crop.height)
            written[name].append((Box(rectangle((LEFT_PX, top), corner)), text))
        slip.save(folder / name)
    return written


class Hand:
    """Does with the mouse and the keyboard what a person does, through Qt's own events."""

    def __init__(self, camera: Photographer) -> None:
        self._camera = camera

    def click(self, widget: QWidget, at: QPoint | None = None) -> None:
        """Clicks on the middle of a widget, or on a point of it."""
        self._camera.wait()
        QTest.mouseClick(widget, Qt.MouseButton.LeftButton, pos=at or widget.rect().center())

    def double_click(self, widget: QWidget, at: QPoint) -> None:
        """Double-clicks on a point."""
        self.click(widget, at)
        QTest.mouseDClick(widget, Qt.MouseButton.LeftButton, pos=at)

    def write(self, text: str) -> None:
        """Replaces what is in the field under the cursor."""
        editor = QApplication.focusWidget()
        QTest.keySequence(editor, "Ctrl+A")
        QTest.keyClicks(editor, text)

    def enter(self) -> None:
        """Presses the key."""
        QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)

    def hold(self, files: Sequence[Path], above: QWidget) -> None:
        """Brings files over a widget and holds them there."""
        data = self._carried = QMimeData()
        data.setUrls([QUrl.fromLocalFile(str(file)) for file in files])
        keys, button = Qt.KeyboardModifier.NoModifier, Qt.MouseButton.LeftButton
        at = above.rect().center()
        QApplication.sendEvent(above, QDragEnterEvent(at, Qt.DropAction.CopyAction, data, button, keys))

    def let_go(self, above: QWidget) -> None:
        """Drops what is held."""
        keys, button = Qt.KeyboardModifier.NoModifier, Qt.MouseButton.LeftButton
        at = QPointF(above.rect().center())
        QApplication.sendEvent(above, QDropEvent(at, Qt.DropAction.CopyAction, self._carried, button, keys))


class Lesson:
    """One person, one window, a few slips.

    Args:
        camera: Takes the pictures.
        hand: Does it.
        folder: Where the slips are made.
    """

    def __init__(self, camera: Photographer, hand: Hand, folder: Path) -> None:
        self._camera, self._hand, self._folder = camera, hand, folder
        self._written = slips(folder)
        self.tab: ReadTab = camera.show("test").read
        self.technical: set[str] = set()

    def give(self) -> bool:
        """The whole of it; whether the new model was used and reads the slips better."""
        self._drop()
        before = self._right()
        self._correct()
        self._take("teach_offer")
        self._hand.click(self.tab.teach.start)
        self._camera.wait(lambda: self.tab.teach.progress.isVisible(), PATIENCE_S)
        self._camera.wait(lambda: self._is_over(), LESSON_S)
        self._take("teach_better")
        use = self.tab.teach.result.use
        if not use.isVisible():
            return False
        self._hand.click(use)
        self._camera.wait()
        again = next(one for one in self.tab.message.findChildren(QPushButton) if one.isVisible() and one.text())
        self._hand.click(again)
        self._camera.wait(lambda: self.tab.reading.is_busy, PATIENCE_S)
        self._wait_until_read()
        self._take("teach_used")
        after = self._right()
        print(f"{before} lines of {SLIPS * SLIP_LINES} were right, {after} are now")
        return after > before

    def _drop(self) -> None:
        files = [self._folder / name for name in self._written]
        self._hand.hold(files, self.tab)
        self._take("teach_drop")
        self._hand.let_go(self.tab)
        self._camera.wait(lambda: bool(self.tab.results.all), PATIENCE_S)
        self._wait_until_read()
        self._take("teach_read")

    def _wait_until_read(self) -> None:
        done = {ReadState.READ, ReadState.FAILED}
        self._camera.wait(lambda: all(one.state in done for one in self.tab.results.all), PATIENCE_S)

    def _correct(self) -> None:
        """Double-clicks on what is wrong, and types what stands there."""
        corrected = 0
        for row, picture in enumerate(self.tab.results.all):
            self._choose(row)
            for line, truth in self._truths(picture).items():
                wrong = picture.lines[line]
                if corrected == CORRECTED or wrong.text == truth or wrong.turn:
                    continue
                view = self.tab.text.view
                view.scrollTo(view.model().index(line, 0))
                self._hand.double_click(view.viewport(), view.visualRect(view.model().index(line, 0)).center())
                self._camera.wait(lambda: isinstance(QApplication.focusWidget(), QLineEdit), PATIENCE_S)
                self._hand.write(truth)
                if corrected == 1:
                    self._take("teach_correct")
                self._hand.enter()
                corrected += 1
                self._camera.wait(lambda number=corrected: self.tab.teach.taught.new == number, PATIENCE_S)

    def _choose(self, row: int) -> None:
        shown = self.tab.results.list
        self._hand.click(shown.viewport(), shown.visualRect(shown.model().index(row, 0)).center())
        self._camera.wait()

    def _truths(self, picture: Picture) -> dict[int, str]:
        """Number of each line that was found to what really stands there."""
        written = self._written[picture.path.name]
        found = match_boxes([Box(line.points) for line in picture.lines], [box for box, _ in written])
        return {line: written[place][1] for line, place in sorted(found.items())}

    def _right(self) -> int:
        pictures = self.tab.results.all
        return sum(one.lines[line].text == text for one in pictures for line, text in self._truths(one).items())

    def _is_over(self) -> bool:
        return self.tab.teach.result.isVisible() or self.tab.message.isVisible()

    def _take(self, name: str) -> None:
        self._camera.take(name)
        for widget in self._camera.window.findChildren(QWidget):
            text = widget.property("text")
            if widget.isVisible() and isinstance(text, str):
                self.technical |= {f"{name}: {text}"} if TECHNICAL.search(text) else set()


def main() -> int:
    """Takes the pictures; 0 if the lesson helped."""
    parser = argparse.ArgumentParser(description="pictures of a lesson")
    parser.add_argument("--out", type=Path, default=HERE)
    parser.add_argument("--language", choices=("en", "zh_CN"), default="en")
    parser.add_argument("--theme", choices=("light", "dark"), default="light")
    chosen = parser.parse_args()
    chosen.out.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        for place in ("CONFIG", "DATA", "CACHE"):
            os.environ[f"XDG_{place}_HOME"] = str(Path(folder) / place)
        app = program.make_application()
        window = program.make_window(app)
        camera = Photographer(app, window, chosen.out)
        i18n.switch_language(app, chosen.language)
        theme.apply(app, chosen.theme, 100)
        if (chosen.language, chosen.theme) != ("en", "light"):
            camera.suffix = f"_{chosen.language.split('_')[0]}_{chosen.theme}"
        window.resize(*SIZE)
        window.show()
        window.activateWindow()
        lesson = Lesson(camera, Hand(camera), Path(folder) / "slips")
        helped = lesson.give()
        window.close()
        camera.wait()
    for found in sorted(lesson.technical):
        print(f"a technical word in sight: {found}", file=sys.stderr)
    return 0 if helped and not lesson.technical else 1


if __name__ == "__main__":
    sys.exit(main())
