"""The pictures of this sitting and their way through the recogniser."""

from __future__ import annotations

import logging
from pathlib import Path

from PyQt5.QtCore import QObject, pyqtSignal, pyqtSlot

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
    model_refused = pyqtSignal(object)  # Failed: the chosen model cannot be used

    def __init__(self, recognizer: Recognizer, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._recognizer = recognizer
        self._waiting: dict[int, Picture] = {}
        self._done = self._total = 0
        recognizer.page_read.connect(self._on_recognizer_page_read)
        recognizer.read_failed.connect(self._on_recognizer_read_failed)
        recognizer.cancelled.connect(self._on_recognizer_cancelled)

    @property
    def is_busy(self) -> bool:
        """Whether pictures of this page are still waiting."""
        return bool(self._waiting)

    def read(self, pictures: list[Picture]) -> None:
        """Reads pictures, in this order, after those that wait already."""
        if not self._waiting:
            self._done = self._total = 0
        self._total += len(pictures)
        for picture in pictures:
            picture.state, picture.problem = ReadState.WAITING, None
            picture.request = self._recognizer.read(picture.path)
            self._waiting[picture.request] = picture
            self.picture_changed.emit(picture)
        self._tell()

    def cancel(self) -> None:
        """Reads no more of what waits; the picture being read now is finished."""
        self._recognizer.cancel(list(self._waiting))

    def forget(self) -> None:
        """Wants no answer any more."""
        requests = list(self._waiting)
        self._waiting.clear()
        self._recognizer.cancel(requests)
        self._tell()

    def _take(self, request: int) -> Picture | None:
        return self._waiting.pop(request, None)

    def _tell(self) -> None:
        self._done = self._total - len(self._waiting)
        self.progress_changed.emit(self._done, self._total)

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
            log.info("%s was not read: %s", picture.path, message.details or message.what)
            picture.state, picture.lines, picture.problem, picture.request = ReadState.FAILED, [], _plain(message), 0
            self.picture_changed.emit(picture)
            self._tell()

    @pyqtSlot(object)
    def _on_recognizer_cancelled(self, requests: tuple[int, ...]) -> None:
        ours = [picture for request in requests if (picture := self._take(request)) is not None]
        for picture in ours:
            picture.state = ReadState.READ if picture.model else ReadState.CANCELLED
            picture.request = 0
            self.picture_changed.emit(picture)
        if ours:
            self._tell()


def _plain(message: Failed) -> Failed:
    """The same failure with the file named by its name alone: the folder is no news to who dropped it."""
    values = dict(message.values)
    if isinstance(values.get("file"), str) and values["file"]:
        values["file"] = Path(values["file"]).name
    return Failed(id=message.id, what=message.what, remedy=message.remedy, values=values, details=message.details)
