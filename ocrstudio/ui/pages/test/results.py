"""What is known about each picture that somebody wants read."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from enum import Enum
from pathlib import Path
from typing import Any

from ocrstudio.core.page import Box, Point
from ocrstudio.core.reading_order import reading_order
from ocrstudio.formats.picture_source import PAGE_NAME, PictureSource, shown_name
from ocrstudio.formats.results.values import ReadLine, ReadPage
from ocrstudio.protocol.messages import AUTO, PageRead
from ocrstudio.ui.i18n import SaysWhat, filled, in_words

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
        points: Outline in pixels of the picture as it was read.
        text: What it says, as read or as corrected.
        score: The reader's confidence, 0 to 1.
        corrected: A person changed the text.
        turn: Quarters clockwise by which the text stands turned within its outline.
        as_read: What the reader said.
    """

    points: tuple[Point, ...]
    text: str
    score: float
    corrected: bool = False
    turn: int = 0
    as_read: str = ""

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
        source: The file, the page of it, and how it is turned.
        state: See `ReadState`.
        lines: In reading order.
        problem: Why it could not be read.
        model: Name on the wire of the model that read it.
        detector: That of the model that found its lines.
        mode: What was wanted of it; see `protocol.messages.RecognizePage`.
        size: Width and height in pixels as it was read, (0, 0) until then.
        seconds: How long reading took.
        request: The recogniser's id while waiting, else 0.
        pasted: Made by this program, from the clipboard or the screen.
    """

    source: PictureSource
    state: ReadState = ReadState.WAITING
    lines: list[TextLine] = field(default_factory=list)
    problem: SaysWhat | None = None
    model: str = ""
    detector: str = ""
    mode: str = AUTO
    size: tuple[int, int] = (0, 0)
    seconds: float = 0.0
    request: int = 0
    pasted: bool = False

    @property
    def path(self) -> Path:
        """The file."""
        return self.source.path

    @property
    def name(self) -> str:
        """The name people know it by, in the language in use."""
        return source_name(self.source)

    @property
    def problem_text(self) -> str:
        """Why it could not be read, in the language in use; empty if it could."""
        return "" if self.problem is None else in_words(self.problem)

    @property
    def to_check(self) -> int:
        """How many lines want a look."""
        return sum(line.trust in (Trust.CHECK, Trust.UNSURE) for line in self.lines)

    @property
    def mean_score(self) -> float | None:
        """Mean confidence of the lines that nobody corrected, 0 to 1; None without any."""
        scores = [line.score for line in self.lines if not line.corrected]
        return sum(scores) / len(scores) if scores else None

    @property
    def text(self) -> str:
        """All lines, one below the other."""
        return "\n".join(line.text for line in self.lines if line.text)

    def take(self, message: PageRead, model: str, detector: str) -> None:
        """Takes over an answer of the recogniser."""
        self.lines = lines_of(message.lines)
        self.size = (message.width, message.height)
        self.state, self.problem, self.request = ReadState.READ, None, 0
        self.model, self.detector = model, detector
        self.seconds = message.seconds

    def correct(self, index: int, text: str) -> None:
        """Replaces the text of a line by what a person says it is."""
        line = self.lines[index]
        if text != line.text:
            self.lines[index] = replace(line, text=text, corrected=True)

    def turn(self) -> None:
        """Turns it by a quarter clockwise. What was read lies elsewhere then, and has to be read again."""
        self.source = replace(self.source, turn=(self.source.turn + 1) % 4)
        self.lines = []

    def as_page(self) -> ReadPage:
        """What is saved of it."""
        problem = self.problem_text
        if not problem and self.state is not ReadState.READ:
            problem = "not read"
        lines = (ReadLine(one.points, one.text, None if one.corrected else one.score, one.turn) for one in self.lines)
        return ReadPage(self.source, self.name, self.size, tuple(lines), self.model, self.detector, problem)


def source_name(source: PictureSource) -> str:
    """The name people know a picture by, in the language in use."""
    name = shown_name(source.path)
    return filled("Formats", PAGE_NAME, {"file": name, "page": source.page}) if source.page else name


def lines_of(raw: Iterable[Mapping[str, Any]]) -> list[TextLine]:
    """The lines of a `PageRead`, in reading order."""
    boxes: list[Box] = []
    turns: dict[str, int] = {}
    for item in raw:
        points = tuple((float(x), float(y)) for x, y in item["points"])
        boxes.append(Box(points, str(item.get("text", "")), float(item.get("score") or 0.0)))
        turns[boxes[-1].id] = int(item.get("turn") or 0)
    return [
        TextLine(box.points, box.text, box.score or 0.0, turn=turns[box.id], as_read=box.text)
        for box in reading_order(boxes, list(turns.values()))
    ]
