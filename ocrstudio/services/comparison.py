"""Two models that read the same pictures, one after the other, so that neither slows the other down."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from PyQt5.QtCore import QObject, pyqtSignal, pyqtSlot

from ocrstudio.core.line_pairs import LinePair, pair_lines
from ocrstudio.core.page import Box
from ocrstudio.formats.picture_source import PictureSource
from ocrstudio.protocol.messages import AUTO, Failed, PageRead
from ocrstudio.services.recognizer import Recognizer

SIDES = (0, 1)


@dataclass
class ComparedPicture:
    """One picture and what both models read on it.

    Attributes:
        source: The file, or the page of it.
        lines: By side; None while it has not been read.
        seconds: By side: what reading took in the child.
        problem: Why it could not be read.
        pairs: The lines of both beside each other; empty until both have read.
    """

    source: PictureSource
    lines: list[list[Box] | None] = field(default_factory=lambda: [None, None])
    seconds: list[float] = field(default_factory=lambda: [0.0, 0.0])
    problem: Failed | None = None
    pairs: list[LinePair] = field(default_factory=list)

    @property
    def is_done(self) -> bool:
        """Whether nothing more will come."""
        return self.problem is not None or None not in self.lines

    @property
    def differences(self) -> int:
        """Lines in which the models do not say the same."""
        return sum(pair.differs for pair in self.pairs)

    def forget(self, side: int) -> None:
        """Drops what one side read: it has another model now."""
        self.lines[side], self.pairs, self.problem = None, [], None


class Comparison(QObject):
    """Keeps two children, one for each model; each picture goes through the first, then through the second.

    Args:
        parent: Owner; it calls `close`.
        program: Replaces the children's command line; for tests.
    """

    picture_changed = pyqtSignal(object)  # ComparedPicture
    progress_changed = pyqtSignal(int, int)  # readings done and wanted, of all pictures
    refused = pyqtSignal(int, object)  # side, Failed: that side's model cannot be used

    def __init__(self, parent: QObject | None = None, program: list[str] | None = None) -> None:
        super().__init__(parent)
        self.readers = tuple(Recognizer(self, program) for _ in SIDES)
        self.pictures: list[ComparedPicture] = []
        self._asked: tuple[ComparedPicture, int, int] | None = None  # picture, side, request
        for reader in self.readers:
            reader.page_read.connect(self._on_reader_page_read)
            reader.read_failed.connect(self._on_reader_read_failed)

    def use(self, side: int, model: str, detector: str) -> None:
        """Reads with other models on one side, and everything again there."""
        reader = self.readers[side]
        if (model, detector) == (reader.model, reader.detector):
            return
        reader.use_model(model)
        reader.use_detector(detector)
        if self._asked is not None and self._asked[1] == side:
            self._asked = None  # what comes was read by the model before
        for picture in self.pictures:
            picture.forget(side)
            self.picture_changed.emit(picture)
        self._next()

    def add(self, sources: Sequence[PictureSource]) -> None:
        """Reads more pictures with both."""
        self.pictures += [ComparedPicture(source) for source in sources]
        self._next()

    def clear(self) -> None:
        """Forgets all pictures; what is being read is dropped when it comes."""
        self.pictures = []
        self._asked = None
        for reader in self.readers:
            reader.cancel()
        self.progress_changed.emit(0, 0)

    def rest(self) -> None:
        """Ends the children while nobody looks; they come back when they are needed."""
        if self._asked is None:
            for reader in self.readers:
                reader.close()

    def close(self) -> None:
        """Ends the children, for good."""
        self._asked, self.pictures = None, []
        for reader in self.readers:
            reader.close()

    @property
    def seconds(self) -> tuple[float, float]:
        """What each side took, over the pictures that both have read."""
        done = [one for one in self.pictures if one.problem is None and one.is_done]
        return sum(one.seconds[0] for one in done), sum(one.seconds[1] for one in done)

    def _next(self) -> None:
        """Asks for the next reading, unless one is under way."""
        wanted = [(one, side) for one in self.pictures if one.problem is None for side in SIDES]
        open_ones = [(one, side) for one, side in wanted if one.lines[side] is None]
        self.progress_changed.emit(len(wanted) - len(open_ones), len(wanted))
        if self._asked is None and open_ones:
            picture, side = open_ones[0]
            # the reader may answer a child that cannot be started at once
            self._asked = (picture, side, 0)
            number = self.readers[side].read_source(picture.source, AUTO)
            if self._asked == (picture, side, 0):
                self._asked = (picture, side, number)

    def _answered(self, reader: QObject | None, number: int) -> tuple[ComparedPicture, int] | None:
        """What an answer belongs to; None if nobody waits for it any more."""
        if self._asked is None:
            return None
        picture, side, wanted = self._asked
        is_known = any(one is picture for one in self.pictures)
        return (picture, side) if is_known and reader is self.readers[side] and wanted in (0, number) else None

    @pyqtSlot(object)
    def _on_reader_page_read(self, message: PageRead) -> None:
        found = self._answered(self.sender(), message.id)
        if found is None:
            return
        picture, side = found
        self._asked = None
        picture.lines[side] = [
            Box(tuple((float(x), float(y)) for x, y in line["points"]), str(line["text"]), score=float(line["score"]))
            for line in message.lines
        ]
        picture.seconds[side] = message.seconds
        first, second = picture.lines
        if first is not None and second is not None:
            picture.pairs = pair_lines(first, second)
        self.picture_changed.emit(picture)
        self._next()

    @pyqtSlot(object)
    def _on_reader_read_failed(self, failure: Failed) -> None:
        reader = self.sender()
        if failure.id == 0:
            self.refused.emit(int(reader is self.readers[1]), failure)
            return
        found = self._answered(reader, failure.id)
        if found is None:
            return
        picture, _ = found
        self._asked = None
        picture.problem = failure
        self.picture_changed.emit(picture)
        self._next()
