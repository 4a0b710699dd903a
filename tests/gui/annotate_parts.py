"""What the tests of annotation share: a project, the page, a recogniser that waits to be told, real mouse drags."""

from __future__ import annotations

from pathlib import Path

from project_parts import IMAGE_SIZE, label_line, make_project, save_page_image
from PyQt5.QtCore import QEvent, QObject, QPoint, Qt, pyqtSignal
from PyQt5.QtGui import QKeyEvent
from PyQt5.QtTest import QTest
from PyQt5.QtWidgets import QApplication

from ocrstudio.protocol.messages import Failed, PageRead
from ocrstudio.services.project_session import ProjectSession
from ocrstudio.services.settings import Settings
from ocrstudio.ui.pages.annotate.page import AnnotatePage
from ocrstudio.ui.typing_guard import TypingGuard

__all__ = ["IMAGE_SIZE", "Annotating", "FakeRecognizer", "label_line", "make_project", "save_page_image"]


class FakeRecognizer(QObject):
    """Takes the place of the recogniser: a test answers with `answer` or `fail`."""

    model_ready = pyqtSignal(object)
    page_read = pyqtSignal(object)
    read_failed = pyqtSignal(object)
    busy_changed = pyqtSignal(bool)
    model_changed = pyqtSignal(str)
    cancelled = pyqtSignal(object)
    restarted = pyqtSignal(str)

    def __init__(self) -> None:
        super().__init__()
        self.model = "bundled"
        self.asked: list[tuple[int, Path, object]] = []
        self._next = 1

    def read(self, image: Path, quads=None, *, first: bool = False) -> int:
        self.asked.append((self._next, image, quads))
        self._next += 1
        return self._next - 1

    def use_model(self, model: str) -> None:
        self.model = model
        self.model_changed.emit(model)

    def cancel(self, ids=None) -> None:
        unwanted = {request for request, _, _ in self.asked} if ids is None else set(ids)
        dropped = tuple(request for request, _, _ in self.asked if request in unwanted)
        self.asked = [item for item in self.asked if item[0] not in unwanted]
        if dropped:
            self.cancelled.emit(dropped)

    def close(self) -> None:
        self.asked.clear()

    def answer(self, *lines: tuple[str, tuple[float, float, float, float]], score: float = 0.9, turn: int = 0) -> None:
        """Answers the oldest request with (text, (left, top, right, bottom)) lines, turned by quarters clockwise."""
        request, image, _ = self.asked.pop(0)
        found = [
            {"text": text, "score": score, "points": [[x0, y0], [x1, y0], [x1, y1], [x0, y1]], "turn": turn}
            for text, (x0, y0, x1, y1) in lines
        ]
        self.page_read.emit(PageRead(id=request, image=str(image), width=300, height=200, lines=found, seconds=0.1))

    def fail(self, what: str = "{file} is not a picture that can be read.", **values: str) -> None:
        """Fails the oldest request."""
        request, image, _ = self.asked.pop(0)
        self.read_failed.emit(Failed(id=request, what=what, values=values or {"file": image.name}))


class Annotating:
    """A shown Annotate page with a project that is open at its first page."""

    def __init__(self, qtbot, folder: Path | None, home: Path) -> None:
        self.qtbot = qtbot
        self.session = ProjectSession()
        self.recognizer = FakeRecognizer()
        self.settings = Settings(home / "settings.ini")
        self.page = AnnotatePage(self.session, self.recognizer, self.settings)
        qtbot.addWidget(self.page)
        self._guard = TypingGuard(QApplication.instance(), self.page)  # as in the window
        self.page.resize(1200, 700)
        self.page.show()
        qtbot.waitExposed(self.page)
        self.page.activateWindow()
        if folder is not None:
            self.open(folder)

    def open(self, folder: Path) -> None:
        with self.qtbot.waitSignal(self.session.page_opened):
            assert self.session.open(folder)
        self.settle()

    @property
    def document(self):
        return self.session.document

    @property
    def canvas(self):
        return self.page.canvas

    @property
    def boxes(self):
        return self.document.page.boxes

    def settle(self) -> None:
        """Lets layouts and paint events through."""
        self.qtbot.wait(30)
        self.canvas.setFocus()

    def at(self, x: float, y: float) -> QPoint:
        """The window position of an image point."""
        point = self.canvas.to_canvas(x, y).toPoint()
        return self.canvas.mapTo(self.page.window(), point)

    def drag(self, start, end, button=Qt.MouseButton.LeftButton, keys=Qt.KeyboardModifier.NoModifier) -> None:
        """Drags with the real mouse path of a window, from image point to image point."""
        window = self.page.window().windowHandle()
        QTest.mouseMove(window, self.at(start[0] + 1, start[1] + 1))
        QTest.mousePress(window, button, keys, self.at(*start))
        for share in (0.3, 0.7, 1.0):
            x = start[0] + (end[0] - start[0]) * share
            y = start[1] + (end[1] - start[1]) * share
            QTest.mouseMove(window, self.at(x, y))
        QTest.mouseRelease(window, button, keys, self.at(*end))

    def click(self, x: float, y: float, keys=Qt.KeyboardModifier.NoModifier) -> None:
        QTest.mouseClick(self.page.window().windowHandle(), Qt.MouseButton.LeftButton, keys, self.at(x, y))

    def key(self, key, keys=Qt.KeyboardModifier.NoModifier, widget=None) -> None:
        QTest.keyClick(widget or self.canvas, key, keys)

    def type(self, text: str) -> None:
        """Types into whatever has the focus; QTest's own keyClicks knows only ASCII."""
        for letter in text:
            code = Qt.Key(ord(letter.upper())) if letter.isascii() else Qt.Key.Key_unknown
            for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
                keys = Qt.KeyboardModifier.ShiftModifier if letter.isupper() else Qt.KeyboardModifier.NoModifier
                QApplication.sendEvent(QApplication.focusWidget(), QKeyEvent(kind, code, keys, letter))

    def draw(self, start, end) -> None:
        """W, then a drag."""
        self.key(Qt.Key.Key_W)
        self.drag(start, end)

    def close(self) -> None:
        self.page.close()
        self.session.close()
