"""The recogniser child: requests on stdin, answers on stdout, until stdin closes."""

from __future__ import annotations

import threading
import time
import traceback
from collections import deque
from collections.abc import Callable, Iterable
from pathlib import Path

from ocrstudio.core.errors import QT_TRANSLATE_NOOP, StudioError
from ocrstudio.core.page import Orientation
from ocrstudio.engine.picture_reading import read_picture
from ocrstudio.engine.recognizer import Image, Line, PageReader, Region
from ocrstudio.formats.bundle import BUNDLED
from ocrstudio.formats.picture_source import PictureSource
from ocrstudio.protocol import messages

UNEXPECTED = QT_TRANSLATE_NOOP("Errors", "{file} could not be read because of an unexpected error: {reason}.")
REPORT_IT = QT_TRANSLATE_NOOP("Errors", "The details say more; the other pictures are not affected.")

Send = Callable[[messages.Message], None]


class Inbox:
    """Requests read from the window by a thread, so that a Cancel overtakes what waits."""

    def __init__(self) -> None:
        self._waiting: deque[messages.Message] = deque()
        self._changed = threading.Condition()
        self._closed = False

    def fill_from(self, lines: Iterable[str]) -> None:
        """Reads until the lines end; runs in a thread of its own."""
        for line in lines:
            message = messages.decode(line)
            with self._changed:
                if isinstance(message, messages.Cancel):
                    kept = [item for item in self._waiting if not isinstance(item, messages.RecognizePage)]
                    self._waiting = deque(kept)
                elif message is not None:
                    self._waiting.append(message)
                self._changed.notify()
        with self._changed:
            # the window is gone: nobody wants what still waits
            self._waiting.clear()
            self._closed = True
            self._changed.notify()

    def next(self) -> messages.Message | None:
        """The next request, waiting for it; None when the window has closed the connection."""
        with self._changed:
            self._changed.wait_for(lambda: self._waiting or self._closed)
            return self._waiting.popleft() if self._waiting else None


def serve(lines: Iterable[str], send: Send) -> None:
    """Answers requests until `lines` end.

    Args:
        lines: The window's messages, one a line (stdin).
        send: Takes `ModelReady`, `PageRead` and `Failed`.
    """
    inbox = Inbox()
    threading.Thread(target=inbox.fill_from, args=(lines,), daemon=True, name="requests").start()
    worker = _Worker(send)
    while (message := inbox.next()) is not None:
        if isinstance(message, messages.LoadModel):
            worker.load(message.model, message.detector)
        elif isinstance(message, messages.RecognizePage):
            worker.read(message)


def _source(request: messages.RecognizePage) -> PictureSource:
    return PictureSource(Path(request.image), request.page, request.turn % 4, request.password)


def _lines(reader: PageReader, image: Image, request: messages.RecognizePage) -> list[Line]:
    regions = _regions(request)
    return read_picture(reader, image, request.mode) if regions is None else reader.read_quads(image, regions)


def _regions(request: messages.RecognizePage) -> list[Region] | None:
    """What a request wants to be read; None for the whole page. Hints that are missing or odd count as none."""
    if request.quads is None:
        return None
    known = {one.value: one for one in Orientation}
    texts = [*(request.texts or ()), *[""] * len(request.quads)]
    ways = [*(request.orientations or ()), *[""] * len(request.quads)]
    return [
        Region(points, str(text or ""), known.get(str(way), Orientation.AUTO))
        for points, text, way in zip(request.quads, texts, ways, strict=False)
    ]


class _Worker:
    def __init__(self, send: Send) -> None:
        self._send = send
        self._reader: PageReader | None = None

    def load(self, model: str, detector: str) -> PageReader | None:
        """Loads what reads and what finds; on failure those before stay in use."""
        started = time.perf_counter()
        try:
            reader = PageReader(model, detector)
        except Exception as error:  # noqa: BLE001  (boundary of the process: whatever it is, the window must hear it)
            self._fail(0, model, error)
            return None
        self._reader = reader
        seconds = round(time.perf_counter() - started, 3)
        self._send(
            messages.ModelReady(
                model=model, detector=detector, name=reader.name, characters=reader.characters, seconds=seconds
            )
        )
        return reader

    def read(self, request: messages.RecognizePage) -> None:
        reader = self._reader or self.load(BUNDLED, BUNDLED)
        if reader is None:
            return
        started = time.perf_counter()
        try:
            image = _source(request).read()
            lines = _lines(reader, image, request)
        except Exception as error:  # noqa: BLE001  (boundary of the process: the next request must still be served)
            self._fail(request.id, request.image, error)
            return
        self._send(
            messages.PageRead(
                id=request.id,
                image=request.image,
                width=image.shape[1],
                height=image.shape[0],
                lines=[line.as_dict() for line in lines],
                seconds=round(time.perf_counter() - started, 3),
            )
        )

    def _fail(self, request_id: int, file: str, error: Exception) -> None:
        what, remedy = UNEXPECTED, REPORT_IT
        values: dict[str, str] = {"file": file, "reason": str(error) or type(error).__name__}
        if isinstance(error, StudioError):
            what, remedy = error.what, error.remedy
            values = {name: str(value) for name, value in error.values.items()}
        details = "".join(traceback.format_exception(error))
        self._send(messages.Failed(id=request_id, what=what, remedy=remedy, values=values, details=details))
