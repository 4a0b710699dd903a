"""The one child that finds and reads text, shared by every page that needs it."""

from __future__ import annotations

import logging
from collections import deque
from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import NamedTuple

from PyQt5.QtCore import QObject, pyqtSignal, pyqtSlot

from ocrstudio.core.errors import QT_TRANSLATE_NOOP
from ocrstudio.formats.picture_source import PictureSource
from ocrstudio.protocol import messages
from ocrstudio.services.engine_process import EngineProcess, Outcome

log = logging.getLogger(__name__)

STANDARD_MODEL = "bundled"
# One page may take the child down once (memory, a damaged file); the second time the page is to blame.
MAX_ATTEMPTS = 2
# So many pages lost one after the other mean that the child itself is broken, not the pages.
MAX_LOST_PAGES = 3
CLOSE_GRACE_MS = 1500

Quads = list[list[list[float]]]

STOPPED_WHAT = QT_TRANSLATE_NOOP("Errors", "Reading stopped unexpectedly, twice, while working on {file}.")
STOPPED_REMEDY = QT_TRANSLATE_NOOP(
    "Errors", "The picture may be damaged or too large for the memory. Save it again smaller and try once more."
)
BROKEN_WHAT = QT_TRANSLATE_NOOP("Errors", "The part of the program that reads text keeps stopping.")
NOT_STARTED_WHAT = QT_TRANSLATE_NOOP("Errors", "The part of the program that reads text could not be started.")
SETUP_REMEDY = QT_TRANSLATE_NOOP("Errors", "Open the Setup page to see what is missing, then try again.")


class _Models(NamedTuple):
    """What reads lines, and what finds them: each "bundled" or the path of a bundle folder."""

    model: str = STANDARD_MODEL
    detector: str = STANDARD_MODEL


STANDARD = _Models()


@dataclass
class _Request:
    id: int
    source: PictureSource
    quads: Quads | None = None
    mode: str = messages.WHOLE_PAGE
    attempts: int = 0

    @property
    def message(self) -> messages.RecognizePage:
        source = self.source
        return messages.RecognizePage(
            id=self.id,
            image=str(source.path),
            quads=self.quads,
            mode=self.mode,
            page=source.page,
            password=source.password,
            turn=source.turn,
        )


class Recognizer(QObject):
    """Reads pictures one after the other in a child process.

    The child starts on first use, is given the chosen model again after every restart, and is restarted once when it
    dies over a page. One request is under way at a time, so that cancelling is immediate and a death has one suspect.
    """

    model_ready = pyqtSignal(object)  # messages.ModelReady
    page_read = pyqtSignal(object)  # messages.PageRead
    read_failed = pyqtSignal(object)  # messages.Failed; its id is the request's, 0 for a model that cannot be used
    busy_changed = pyqtSignal(bool)
    model_changed = pyqtSignal(str)  # what reads: "bundled" or the path of a bundle folder
    detector_changed = pyqtSignal(str)  # what finds the lines: the same
    cancelled = pyqtSignal(object)  # tuple[int, ...]: request ids that will never be answered
    restarted = pyqtSignal(str)  # name of the picture over which the child died; it is read once more

    def __init__(self, parent: QObject | None = None, program: list[str] | None = None) -> None:
        """Nothing is started here.

        Args:
            parent: Owner.
            program: Replaces the child's command line; for tests.
        """
        super().__init__(parent)
        self._program = program
        self._process: EngineProcess | None = None
        self._queue: deque[_Request] = deque()
        self._current: _Request | None = None
        self._models = STANDARD
        self._usable = STANDARD
        self._loading: _Models | None = None
        self._ready: _Models | None = None
        self._fatal: messages.Failed | None = None
        self._next_id = 1
        self._load_deaths = 0
        self._lost_pages = 0
        self._busy = False
        self._wake_requested = False

    @property
    def model(self) -> str:
        """What reads: "bundled" or the path of a bundle folder."""
        return self._models.model

    @property
    def detector(self) -> str:
        """What finds the lines: "bundled" or the path of a bundle folder."""
        return self._models.detector

    @property
    def is_busy(self) -> bool:
        """Whether a model is loading or a picture is waiting or being read."""
        return self._busy

    @property
    def waiting(self) -> int:
        """How many pictures are not answered yet."""
        return len(self._queue) + (self._current is not None)

    def warm_up(self) -> None:
        """Starts the child and loads the model, so that the first picture answers sooner."""
        self._wake_requested = True
        self._pump()

    def read(self, image: Path, quads: Quads | None = None, *, first: bool = False) -> int:
        """Asks for the text of a picture.

        Args:
            image: The picture file.
            quads: Read only these regions, four (x, y) each in image pixels; None finds the regions too.
            first: Go ahead of everything that still waits.

        Returns:
            The request's id, which `page_read` or `read_failed` will carry.
        """
        return self._ask(_Request(self._next_id, PictureSource(image), quads), first=first)

    def read_source(self, source: PictureSource, mode: str) -> int:
        """Asks for the text of a picture or a page of a PDF.

        Args:
            source: Where it is, and how it is turned.
            mode: What is wanted; see `protocol.messages.RecognizePage`.

        Returns:
            The request's id.
        """
        return self._ask(_Request(self._next_id, source, mode=mode))

    def _ask(self, request: _Request, *, first: bool = False) -> int:
        self._next_id += 1
        if first:
            self._queue.appendleft(request)
        else:
            self._queue.append(request)
        self._pump()
        return request.id

    def use_model(self, model: str) -> None:
        """Reads with another model from the next picture on, and after every restart of the child."""
        self._use(self._models._replace(model=model))

    def use_detector(self, detector: str) -> None:
        """Finds lines with another model from the next picture on, and after every restart of the child."""
        self._use(self._models._replace(detector=detector))

    def _use(self, models: _Models) -> None:
        if models != self._models:
            self._load_deaths = 0
            self._choose(models)
            self._pump()

    def _choose(self, models: _Models) -> None:
        before, self._models = self._models, models
        if models.model != before.model:
            self.model_changed.emit(models.model)
        if models.detector != before.detector:
            self.detector_changed.emit(models.detector)

    def cancel(self, ids: Iterable[int] | None = None) -> None:
        """Drops waiting pictures; the one being read still answers.

        Args:
            ids: Only these requests; None drops all that wait.
        """
        unwanted = None if ids is None else set(ids)
        dropped = tuple(request.id for request in self._queue if unwanted is None or request.id in unwanted)
        self._queue = deque(request for request in self._queue if request.id not in set(dropped))
        if dropped:
            self.cancelled.emit(dropped)
        self._update_busy()

    def close(self) -> None:
        """Ends the child. The recognizer can be used again afterwards."""
        self._queue.clear()
        self._current = None
        self._loading = None
        self._wake_requested = False
        process, self._process = self._process, None
        if process is not None:
            process.ended.disconnect(self._on_process_ended)
            process.message_received.disconnect(self._on_process_message)
            process.close(CLOSE_GRACE_MS)
            process.deleteLater()
        self._ready = None
        self._update_busy()

    def _pump(self) -> None:
        """Does the next thing that can be done: start, load, or send a request."""
        if self._loading is None and self._current is None and (self._queue or self._process or self._wake_requested):
            if self._process is None:
                if self._queue or self._wake_requested:
                    self._launch()
            elif self._ready != self._models:
                self._load(self._process)
            elif self._queue:
                self._send_next(self._process)
        self._wake_requested = False
        self._update_busy()

    def _launch(self) -> None:
        self._fatal = None
        self._ready = None
        process = EngineProcess(["engine", "recognize"], parent=self, program=self._program)
        process.message_received.connect(self._on_process_message)
        process.ended.connect(self._on_process_ended)
        self._process = process
        process.start()
        if self._process is process:  # a program that does not exist may have ended already
            self._load(process)

    def _load(self, process: EngineProcess) -> None:
        self._loading = self._models
        process.send(messages.LoadModel(model=self._models.model, detector=self._models.detector))

    def _send_next(self, process: EngineProcess) -> None:
        request = self._queue.popleft()
        request.attempts += 1
        self._current = request
        process.send(request.message)

    def _update_busy(self) -> None:
        busy = bool(self._queue) or self._current is not None or self._loading is not None
        if busy != self._busy:
            self._busy = busy
            self.busy_changed.emit(busy)

    @pyqtSlot(object)
    def _on_process_message(self, message: messages.Message) -> None:
        if isinstance(message, messages.ModelReady):
            self._on_model_ready(message)
        elif isinstance(message, messages.PageRead):
            self._finish_current(message.id)
            self._lost_pages = 0
            self.page_read.emit(message)
        elif isinstance(message, messages.Failed):
            self._on_failed(message)
        else:
            log.warning("unexpected message from the recogniser: %s", message.type)
        self._pump()

    def _on_model_ready(self, message: messages.ModelReady) -> None:
        self._load_deaths = 0
        # The child was asked for one pair of models at a time, so the answer belongs to the one being loaded.
        self._ready, self._loading = self._loading or _Models(message.model, message.detector), None
        self._usable = self._ready
        self.model_ready.emit(message)

    def _on_failed(self, message: messages.Failed) -> None:
        if message.id:
            self._finish_current(message.id)
            self._lost_pages = 0
            self.read_failed.emit(message)
        elif self._loading is not None:
            self._give_up_model(message)
        elif self._current is not None:
            # The child could not even begin with the page, and no other page would fare better.
            self._queue.appendleft(self._current)
            self._current = None
            self._fail_waiting(message)
        else:
            self._fatal = message

    def _finish_current(self, request_id: int) -> None:
        if self._current is not None and self._current.id == request_id:
            self._current = None

    def _give_up_model(self, message: messages.Failed) -> None:
        """Goes back to the models that worked; the waiting pictures were meant for those that did not."""
        failed, self._loading = self._loading, None
        fallback = self._usable if self._usable != failed else STANDARD
        if failed != fallback:
            self._ready = None  # whatever the child holds now, it is told again what to use
            if self._models == failed:
                self._choose(fallback)
        elif failed == STANDARD:
            self._ready = STANDARD  # nothing else to load: ask again only when the child is started anew
        self.read_failed.emit(message)
        self._fail_waiting(message)

    def _fail_waiting(self, message: messages.Failed) -> None:
        waiting, self._queue = list(self._queue), deque()
        for request in waiting:
            self.read_failed.emit(replace(message, id=request.id))

    @pyqtSlot(object)
    def _on_process_ended(self, outcome: Outcome) -> None:
        process, self._process = self._process, None
        if process is not None:
            process.deleteLater()
        current, self._current = self._current, None
        was_loading, self._loading = self._loading is not None, None
        self._ready = None
        if self._fatal is not None or outcome.kind == "not_started":
            message = self._fatal or messages.Failed(
                what=NOT_STARTED_WHAT, remedy=SETUP_REMEDY, details=outcome.last_error_text
            )
            if current is not None:
                self._queue.appendleft(current)
            self._fail_all(message)
        elif current is not None:
            self._on_page_lost(current, outcome)
        elif was_loading:
            self._load_deaths += 1
            if self._load_deaths >= MAX_ATTEMPTS:
                self._load_deaths = 0
                self._fail_all(_broken(outcome))
        self._pump()

    def _on_page_lost(self, request: _Request, outcome: Outcome) -> None:
        if request.attempts < MAX_ATTEMPTS:
            log.warning(
                "the recogniser died over %s, starting it again: %s", request.source.path, outcome.last_error_text
            )
            self._queue.appendleft(request)
            self.restarted.emit(request.source.name)
            return
        self._lost_pages += 1
        self.read_failed.emit(
            messages.Failed(
                id=request.id,
                what=STOPPED_WHAT,
                remedy=STOPPED_REMEDY,
                values={"file": request.source.name},
                details=outcome.last_error_text,
            )
        )
        if self._lost_pages >= MAX_LOST_PAGES:
            self._lost_pages = 0
            self._fail_waiting(_broken(outcome))

    def _fail_all(self, message: messages.Failed) -> None:
        """Answers everything that waits, or says it once when nothing does."""
        if self._queue:
            self._fail_waiting(message)
        else:
            self.read_failed.emit(replace(message, id=0))


def _broken(outcome: Outcome) -> messages.Failed:
    return messages.Failed(what=BROKEN_WHAT, remedy=SETUP_REMEDY, details=outcome.last_error_text)
