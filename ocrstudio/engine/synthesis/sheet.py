"""A page while it is written on: where its lines are, exactly, and what the writing is done with."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray

from ocrstudio.core.synthesis import Look, needs_shaping
from ocrstudio.core.synthesis_texts import TextSource
from ocrstudio.core.texts import is_wide
from ocrstudio.engine.synthesis import grounds, setting
from ocrstudio.engine.synthesis.grounds import Colour, Ground
from ocrstudio.engine.synthesis.line import EMPTY, NO_FONT, NO_SHAPING, Refusal
from ocrstudio.engine.synthesis.setting import Face, Ink

Quad = NDArray[np.float32]

# Room between ink and box, as a share of the letters' size; blurred ink still lies within.
PAD, LEAST_PAD = 0.08, 2
# Grey levels by which a quiet place may vary; on pictures and rules of the user's own pages nothing is written.
QUIET = 26.0
# Places are compared in a picture smaller by this factor.
_COARSE = 4
# Texts that are tried before a place stays empty.
_TRIES = 4
_NUMBERS = 2**31


@dataclass(frozen=True)
class Written:
    """A text as ink.

    Attributes:
        text: Exactly what is drawn.
        ink: (height, width), 255 where it is darkest, tight.
        rise: Pixels of the ink above the line that the letters stand on.
        font: The file's name.
    """

    text: str
    ink: Ink
    rise: int
    font: str

    @property
    def width(self) -> int:
        return int(self.ink.shape[1])

    @property
    def height(self) -> int:
        return int(self.ink.shape[0])


@dataclass(frozen=True)
class Placed:
    """A line on a page: its corners in pixels, clockwise from where the text begins, what is drawn, in which font."""

    quad: Quad
    text: str
    font: str


@dataclass
class Pen:
    """Turns texts into ink with the fonts of one page.

    Attributes:
        source: What there is to say.
        faces: Fonts; the first that has a text is taken, so that a page keeps its font.
        look: How letters are set.
        random: Source of all choices.
        refused: Texts that could not be drawn.
    """

    source: TextSource
    faces: Sequence[Face]
    look: Look
    random: np.random.Generator
    refused: list[Refusal] = field(default_factory=list)

    def text(self) -> str:
        """A text that can be drawn; empty if none was found."""
        for _ in range(_TRIES):
            text = self.source.text(int(self.random.integers(_NUMBERS)), self.random)
            reason = self._reason(text)
            if reason is None:
                return text
            self.refused.append(reason)
        return ""

    def _reason(self, text: str) -> Refusal | None:
        if not text.strip():
            return Refusal(text, EMPTY)
        if needs_shaping(text) and not setting.can_shape():
            return Refusal(text, NO_SHAPING)
        if not any(face.draws(text) for face in self.faces):
            missing = "".join(dict.fromkeys(one for one in text if not any(face.draws(one) for face in self.faces)))
            return Refusal(text, NO_FONT, missing)
        return None

    def along(self, text: str, size: int) -> Written:
        """A line from left to right."""
        face = self._face(text)
        ink = setting.set_along(face, text, size, self.look, self.random)
        return Written(text, ink, setting.rise_of(face, text, size), Path(face.file).name)

    def down(self, text: str, size: int) -> Written:
        """A line from top to bottom."""
        face = self._face(text)
        return Written(text, setting.set_upright(face, text, size), 0, Path(face.file).name)

    def fitted(self, text: str, size: int, room: int, *, down: bool = False) -> tuple[Written, str]:
        """As much of the beginning of a text as there is room for, cut at a space if one is near.

        Args:
            text: Not empty.
            size: Of the letters, pixels.
            room: Pixels along the line.
            down: The line goes down the page.

        Returns:
            What was written, one character at least, and the rest of the text.
        """
        whole = text
        while True:
            written = self.down(text, size) if down else self.along(text, size)
            long = written.height if down else written.width
            if long <= room or len(text) == 1:
                return written, whole[len(text) :].strip()
            keep = max(1, min(len(text) - 1, int(len(text) * room / long)))
            space = text.rfind(" ", 1, keep + 1)
            text = text[: space if space > keep // 2 else keep].rstrip()

    def joined(self, text: str, more: str) -> str:
        """Two texts in one line."""
        if not text or not more:
            return text or more
        both = text + ("" if is_wide(text[-1]) or is_wide(more[0]) else " ") + more
        # another font may have one part only, and scripts are set one by one
        return both if self._reason(both) is None and needs_shaping(text) == needs_shaping(more) else text

    def _face(self, text: str) -> Face:
        return next(face for face in self.faces if face.draws(text))


@dataclass
class Sheet:
    """A page's ground and the lines on it.

    Attributes:
        ground: (rows, columns, 3) BGR grey levels, written on in place.
        ink: Of most of its lines.
        size: Of most of its letters, pixels.
        lines: What was written.
    """

    ground: Ground
    ink: Colour
    size: int
    lines: list[Placed] = field(default_factory=list)

    def __post_init__(self) -> None:
        rows, columns = self.ground.shape[:2]
        self._taken = np.zeros((rows // _COARSE + 1, columns // _COARSE + 1), np.uint8)

    @property
    def rows(self) -> int:
        return int(self.ground.shape[0])

    @property
    def columns(self) -> int:
        return int(self.ground.shape[1])

    def is_free(self, left: int, top: int, width: int, height: int) -> bool:
        """Whether a place lies on the page, holds nothing yet, and has a ground that can be written on."""
        if left < 0 or top < 0 or left + width > self.columns or top + height > self.rows:
            return False
        taken = self._taken[
            top // _COARSE : (top + height) // _COARSE + 1, left // _COARSE : (left + width) // _COARSE + 1
        ]
        if taken.any():
            return False
        part = self.ground[top : top + height : 2, left : left + width : 2].mean(axis=2)
        # two measures: a thin rule varies little, but is far from the rest
        return float(part.std()) <= QUIET and float(np.ptp(part)) <= 6 * QUIET

    def write(self, written: Written, left: int, top: int, size: int, *, ink: Colour | None = None) -> bool:
        """Writes a line whose ink begins at a place.

        Args:
            written: The line.
            left, top: Of its ink, pixels.
            size: Of its letters, pixels.
            ink: Instead of the page's.

        Returns:
            Whether there was room; if not, nothing is written.
        """
        pad = max(LEAST_PAD, round(PAD * size))
        wide, high = written.width + 2 * pad, written.height + 2 * pad
        if not self.is_free(left - pad, top - pad, wide, high):
            return False
        self._lay(written.ink, left, top, ink)
        self._keep(_corners(left - pad, top - pad, wide, high), written)
        return True

    def write_turned(self, written: Written, left: int, top: int, size: int, degrees: float, ink: Colour) -> bool:
        """Writes a line that is turned by itself, anticlockwise; the rest as in `write`."""
        pad = max(LEAST_PAD, round(PAD * size))
        flat = np.pad(written.ink, pad)
        high, wide = flat.shape
        matrix = cv2.getRotationMatrix2D((wide / 2, high / 2), degrees, 1.0)
        corners = _corners(0, 0, wide, high) @ matrix[:, :2].T + matrix[:, 2]
        first = np.floor(corners.min(axis=0))
        matrix[:, 2] -= first
        columns, rows = (int(value) + 1 for value in np.ceil(corners.max(axis=0) - first))
        if not self.is_free(left, top, columns, rows):
            return False
        turned = np.asarray(cv2.warpAffine(flat, matrix, (columns, rows), flags=cv2.INTER_LINEAR), np.uint8)
        self._lay(turned, left, top, ink)
        self._keep((corners - first + (left, top)).astype(np.float32), written)
        return True

    def rule(self, left: int, top: int, right: int, bottom: int, colour: Colour, thick: int) -> None:
        """Draws a straight line, along or down the page."""
        self.ground[max(0, top) : bottom + thick, max(0, left) : right + thick] = np.array(colour, np.float32)

    def _lay(self, ink: Ink, left: int, top: int, colour: Colour | None) -> None:
        rows, columns = ink.shape
        part = self.ground[top : top + rows, left : left + columns]
        seen = np.array(grounds.readable(self.ink if colour is None else colour, part), np.float32)
        part += (seen - part) * (ink.astype(np.float32)[..., None] / np.float32(255))

    def _keep(self, quad: Quad, written: Written) -> None:
        self.lines.append(Placed(quad, written.text, written.font))
        cv2.fillPoly(self._taken, [np.rint(quad / _COARSE).astype(np.int32)], 1)


def _corners(left: float, top: float, width: float, height: float) -> Quad:
    right, bottom = left + width, top + height
    return np.array([(left, top), (right, top), (right, bottom), (left, bottom)], np.float32)
