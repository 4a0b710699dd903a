"""What is known about each picture that somebody wants read."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from enum import Enum
from pathlib import Path
from typing import Any

from ocrstudio.core.page import Box, Point
from ocrstudio.core.reading_order import reading_order
from ocrstudio.protocol.messages import PageRead
from ocrstudio.ui.i18n import SaysWhat

# Shares of the reader's own confidence; below the first a person should look, below the second it is mostly guesswork.
SURE_FROM = 0.9
CHECK_FROM = 0.7


class Trust(Enum):
    """How far a line can be believed."""

    SURE = "sure"
    CHECK = "check"
    UNSURE = "unsure"
    CORRECTED = "corrected"


class ReadState(Enum):
    """How far a picture has come."""

    WAITING = "waiting"
    READ = "read"
    FAILED = "failed"
    CANCELLED = "cancelled"


@dataclass(frozen=True)
class TextLine:
    """One line of text on a picture.

    Attributes:
        points: Outline in image pixels.
        text: What it says, as read or as corrected.
        score: The reader's confidence, 0 to 1.
        corrected: A person changed the text.
    """

    points: tuple[Point, ...]
    text: str
    score: float
    corrected: bool = False

    @property
    def trust(self) -> Trust:
        """The confidence in one of three words, or that a person wrote it."""
        if self.corrected:
            return Trust.CORRECTED
        if self.score >= SURE_FROM:
            return Trust.SURE
        return Trust.CHECK if self.score >= CHECK_FROM else Trust.UNSURE


@dataclass
class Picture:
    """One picture and what was read on it.

    Attributes:
        path: The file.
        state: See `ReadState`.
        lines: In reading order.
        problem: Why it could not be read.
        model: Name on the wire of the model that read it.
        detector: That of the model that found its lines.
        size: Width and height in pixels, (0, 0) until read.
        request: The recogniser's id while waiting, else 0.
        pasted: Made by this program from the clipboard.
    """

    path: Path
    state: ReadState = ReadState.WAITING
    lines: list[TextLine] = field(default_factory=list)
    problem: SaysWhat | None = None
    model: str = ""
    detector: str = ""
    size: tuple[int, int] = (0, 0)
    request: int = 0
    pasted: bool = False

    def take(self, message: PageRead, model: str, detector: str) -> None:
        """Takes over an answer of the recogniser."""
        self.lines = lines_of(message.lines)
        self.size = (message.width, message.height)
        self.state, self.problem, self.request = ReadState.READ, None, 0
        self.model, self.detector = model, detector

    def correct(self, index: int, text: str) -> None:
        """Replaces the text of a line by what a person says it is."""
        line = self.lines[index]
        if text != line.text:
            self.lines[index] = replace(line, text=text, corrected=True)

    @property
    def text(self) -> str:
        """All lines, one below the other."""
        return "\n".join(line.text for line in self.lines)


def lines_of(raw: Iterable[Mapping[str, Any]]) -> list[TextLine]:
    """The lines of a `PageRead`, in reading order."""
    boxes = [
        Box(
            points=tuple((float(x), float(y)) for x, y in item["points"]),
            text=str(item.get("text", "")),
            score=float(item.get("score") or 0.0),
        )
        for item in raw
    ]
    return [TextLine(box.points, box.text, box.score or 0.0) for box in reading_order(boxes)]
