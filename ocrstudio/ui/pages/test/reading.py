"""The pictures of this sitting and their way through the recogniser."""

from __future__ import annotations

import logging
from pathlib import Path

from PyQt5.QtCore import QObject, pyqtSignal, pyqtSlot

from ocrstudio.formats.picture_source import shown_name
from ocrstudio.protocol.messages import Failed, PageRead
from ocrstudio.services.recognizer import Recognizer
from ocrstudio.ui.pages.test.results import Picture, ReadState

log = logging.getLogger(__name__)


class Reading(QObject):
    """Asks the shared recogniser for pictures and takes over the answers that are meant for this page.

    Args:
        recognizer: Shared with other pages: answers to their requests are passed over.
        parent: Owner.
    """

    picture_changed = pyqtSignal(object)  # Picture
    progress_changed = pyqtSignal(int, int)  # done, total of the pictures asked for since nothing was under way
    paused_changed = pyqtSignal(bool)
    model_refused = pyqtSignal(object)  # Failed: the chosen model cannot be used

    def __init__(self, recognizer: Recognizer, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._recognizer = recognizer
        self._waiting: dict[int, Picture] = {}
        self._held: list[Picture] = []
        self._paused = False
        self._total = 0
        recognizer.page_read.connect(self._on_recognizer_page_read)
        recognizer.read_failed.connect(self._on_recognizer_read_failed)
        recognizer.cancelled.connect(self._on_recognizer_cancelled)

    @property
    def is_busy(self) -> bool:
        """Whether pictures of this page are still waiting."""
        return bool(self._waiting) or bool(self._held)

    def read(self, pictures: list[Picture], mode: str) -> None:
        """Reads pictures, in this order, after those that wait already.

        Args:
            pictures: Those that wait already are asked for anew.
            mode: What is wanted of them; see `protocol.messages.RecognizePage`.
        """
        self._take_back(pictures)
        if not self.is_busy:
            self._total = 0
        self._total += len(pictures)
        for picture in pictures:
            picture.state, picture.problem, picture.mode = ReadState.WAITING, None, mode
            self._ask(picture)
        self._tell()

    def _take_back(self, pictures: list[Picture]) -> None:
        """Wants no answer any more about pictures that wait already."""
        wanted = {id(picture) for picture in pictures}
        held = [picture for picture in self._held if id(picture) not in wanted]
        requests = [picture.request for picture in pictures if picture.request]
        self._total -= len(self._held) - len(held) + len(requests)
        self._held = held
        for request in requests:
            self._waiting.pop(request, None)
        self._recognizer.cancel(requests)

    def pause(self) -> None:
        """Holds back what waits; the picture being read now is finished."""
        self._paused = True
        self._recognizer.cancel(list(self._waiting))
        self.paused_changed.emit(True)

    def go_on(self) -> None:
        """Reads what was held back."""
        held, self._held, self._paused = self._held, [], False
        for picture in held:
            self._ask(picture)
        self.paused_changed.emit(False)
        self._tell()

    def cancel(self) -> None:
        """Reads no more of what waits; the picture being read now is finished."""
        held = self._let_go()
        self._recognizer.cancel(list(self._waiting))
        for picture in held:
            self._give_up(picture)
        if held:
            self._tell()

    def forget(self) -> None:
        """Wants no answer any more."""
        self._let_go()
        requests = list(self._waiting)
        self._waiting.clear()
        self._recognizer.cancel(requests)
        self._tell()

    def _ask(self, picture: Picture) -> None:
        picture.request = self._recognizer.read_source(picture.source, picture.mode)
        self._waiting[picture.request] = picture
        self.picture_changed.emit(picture)

    def _let_go(self) -> list[Picture]:
        held, self._held = self._held, []
        if self._paused:
            self._paused = False
            self.paused_changed.emit(False)
        return held

    def _give_up(self, picture: Picture) -> None:
        picture.state = ReadState.READ if picture.model and picture.lines else ReadState.CANCELLED
        picture.request = 0
        self.picture_changed.emit(picture)

    def _take(self, request: int) -> Picture | None:
        return self._waiting.pop(request, None)

    def _tell(self) -> None:
        self.progress_changed.emit(self._total - len(self._waiting) - len(self._held), self._total)

    @pyqtSlot(object)
    def _on_recognizer_page_read(self, message: PageRead) -> None:
        picture = self._take(message.id)
        if picture is not None:
            picture.take(message, self._recognizer.model, self._recognizer.detector)
            self.picture_changed.emit(picture)
            self._tell()

    @pyqtSlot(object)
    def _on_recognizer_read_failed(self, message: Failed) -> None:
        if message.id == 0:
            self.model_refused.emit(message)
            return
        picture = self._take(message.id)
        if picture is not None:
            log.info("%s was not read: %s", shown_name(picture.path), message.details or message.what)
            picture.state, picture.lines, picture.problem, picture.request = ReadState.FAILED, [], _plain(message), 0
            self.picture_changed.emit(picture)
            self._tell()

    @pyqtSlot(object)
    def _on_recognizer_cancelled(self, requests: tuple[int, ...]) -> None:
        ours = [picture for request in requests if (picture := self._take(request)) is not None]
        if self._paused:
            for picture in ours:
                picture.request = 0
            self._held += ours
            return
        for picture in ours:
            self._give_up(picture)
        if ours:
            self._tell()


def _plain(message: Failed) -> Failed:
    """The same failure with the file named by its name alone: the folder is no news to who dropped it."""
    values = dict(message.values)
    if isinstance(values.get("file"), str) and values["file"]:
        values["file"] = shown_name(Path(values["file"]))
    return Failed(id=message.id, what=message.what, remedy=message.remedy, values=values, details=message.details)
