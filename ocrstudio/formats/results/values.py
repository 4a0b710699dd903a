"""What was read, apart from whoever read it and whoever shows it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from ocrstudio.core.page import Box, Point
from ocrstudio.formats.picture_source import PictureSource


@dataclass(frozen=True)
class ReadLine:
    """One line of text.

    Attributes:
        points: At least 3 (x, y) in pixels of the picture as it was read, that is turned.
        text: What it says; empty if only its place was asked for.
        score: Confidence, 0 to 1; None for a text that a person wrote.
        turn: Quarters clockwise by which the text stands turned within its box.
    """

    points: tuple[Point, ...]
    text: str
    score: float | None
    turn: int = 0

    @property
    def one_line(self) -> str:
        """The text as a file of lines can hold it."""
        from ocrstudio.formats.exchange.texts import for_utf8, on_one_line

        return on_one_line(for_utf8(self.text)[0])[0]


@dataclass(frozen=True)
class ReadPage:
    """One picture and what was read on it.

    Attributes:
        source: Where it is.
        name: The name people know it by.
        size: Width and height in pixels as it was read; (0, 0) if it was not.
        lines: In reading order.
        model: What read it: "bundled" or the path of a bundle folder.
        detector: What found its lines.
        problem: Why it was not read; empty if it was.
    """

    source: PictureSource
    name: str
    size: tuple[int, int] = (0, 0)
    lines: tuple[ReadLine, ...] = ()
    model: str = ""
    detector: str = ""
    problem: str = ""

    @property
    def path(self) -> Path:
        """The file."""
        return self.source.path

    @property
    def text_lines(self) -> list[ReadLine]:
        """Its lines that have a text."""
        return [line for line in self.lines if line.text.strip()]

    def boxes(self) -> tuple[Box, ...]:
        """Its lines as boxes of a project."""
        return tuple(Box(line.points, line.text, line.score, touched=line.score is None) for line in self.lines)
