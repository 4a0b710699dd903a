"""Text as ink: how dark each pixel of a line is, in one font, along or down the page or letter by letter."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image as Pictures
from PIL import ImageDraw, ImageFont, features

from ocrstudio.core.orientation import turns
from ocrstudio.core.synthesis import Look, needs_shaping
from ocrstudio.engine.fonts import characters_of_font

Ink = NDArray[np.uint8]

# Signs that lie on their side in a line written downwards, and those that stand in the upper right corner there.
_LYING = frozenset("()（）[]［］{}｛｝<>〈〉《》「」『』【】〔〕—－-–…~～:：;；=＝|｜")
_CORNER = frozenset("、。，．")
# Room between the letters of a line written downwards, as a share of their size.
_DOWN_GAP = 0.06
_PROBE_SIZE = 24


@dataclass(frozen=True)
class Face:
    """A font file and those of the wanted characters that it draws; white space needs no glyph."""

    file: Path
    held: frozenset[str]

    def draws(self, text: str) -> bool:
        """Whether every character of a text that can be seen has a glyph with ink in it."""
        return all(letter.isspace() or (letter in self.held and _has_ink(self.file, letter)) for letter in text)


def faces_of(files: list[Path], wanted: set[str]) -> list[Face]:
    """The fonts that can draw some of the wanted characters."""
    seen = {letter for letter in wanted if not letter.isspace()}
    faces = [Face(file, frozenset(seen & characters_of_font(file))) for file in files]
    return [face for face in faces if face.held]


@lru_cache(maxsize=256)
def _font(file: Path, size: int, shaped: bool) -> Any:
    engine = ImageFont.Layout.RAQM if shaped else ImageFont.Layout.BASIC
    return ImageFont.truetype(str(file), size, layout_engine=engine)


@lru_cache(maxsize=100_000)
def _has_ink(file: Path, letter: str) -> bool:
    try:
        mask = _font(file, _PROBE_SIZE, False).getmask(letter)
    except (OSError, ValueError):
        # a font of pictures, which has them in a few sizes only
        return False
    return mask.getbbox() is not None


def can_shape() -> bool:
    """Whether scripts whose letters change with their neighbours can be drawn here."""
    return bool(features.check("raqm"))


def set_along(face: Face, text: str, size: int, look: Look, random: np.random.Generator) -> Ink:
    """A line from left to right.

    Args:
        face: Draws all of the text.
        text: One line.
        size: Pixels.
        look: Says how far letters are apart and how they turn by themselves.
        random: Source of all choices.

    Returns:
        (height, width), 255 for ink, no empty rows or columns around it.
    """
    shaped = needs_shaping(text)
    font = _font(face.file, size, shaped)
    gap = float(random.uniform(-0.02, look.spacing)) * size if look.spacing else 0.0
    if shaped or (abs(gap) < 1 and not look.letter_turn):
        left, top, right, bottom = font.getbbox(text)
        picture = Pictures.new("L", (max(1, round(right - left)), max(1, round(bottom - top))))
        ImageDraw.Draw(picture).text((-left, -top), text, font=font, fill=255)
        return _tight(np.asarray(picture))
    if look.letter_turn:
        return _letter_by_letter(font, text, size, gap, look, random)
    places, x = [], 0.0
    for letter in text:
        places.append(x)
        x += font.getlength(letter) + gap
    picture = Pictures.new("L", (round(x) + 2 * size, 3 * size))
    draw = ImageDraw.Draw(picture)
    for letter, place in zip(text, places, strict=True):
        draw.text((size + round(place), 2 * size), letter, font=font, fill=255, anchor="ls")
    return _tight(np.asarray(picture))


def _letter_by_letter(font: Any, text: str, size: int, gap: float, look: Look, random: np.random.Generator) -> Ink:
    """Each letter turned, lifted and scaled by itself; they keep touching room, never cover each other wholly."""
    stamps = []
    for letter in text:
        if letter.isspace():
            stamps.append(np.zeros((1, max(1, size // 3)), np.uint8))
            continue
        cell = Pictures.new("L", (2 * size, 2 * size))
        ImageDraw.Draw(cell).text((size, size), letter, font=font, fill=255, anchor="mm")
        stamps.append(_turned(_tight(np.asarray(cell)), float(random.uniform(-look.letter_turn, look.letter_turn))))
    lift = max(1, round(look.letter_lift * size))
    height = max(stamp.shape[0] for stamp in stamps) + 2 * lift
    width = sum(stamp.shape[1] for stamp in stamps) + round(len(stamps) * (max(0.0, gap) + size * 0.2)) + size
    ink = np.zeros((height, width), np.uint8)
    x = 0
    for stamp in stamps:
        rows, columns = stamp.shape
        y = (height - rows) // 2 + int(random.integers(-lift, lift + 1))
        y = min(max(y, 0), height - rows)
        part = ink[y : y + rows, x : x + columns]
        np.maximum(part, stamp, out=part)
        x += columns + max(0, round(gap + float(random.uniform(0, 0.15)) * size))
    return _tight(ink)


def _turned(ink: Ink, degrees: float) -> Ink:
    rows, columns = ink.shape
    side = math.ceil(math.hypot(rows, columns)) + 2
    matrix = cv2.getRotationMatrix2D((columns / 2, rows / 2), degrees, 1.0)
    matrix[:, 2] += (side - columns) / 2, (side - rows) / 2
    return _tight(np.asarray(cv2.warpAffine(ink, matrix, (side, side), flags=cv2.INTER_LINEAR), np.uint8))


def set_down(face: Face, text: str, size: int) -> Ink:
    """A line from top to bottom, turned as crops of such lines are: `core.orientation.turns`.

    Args and returns as `set_upright`.
    """
    tight = set_upright(face, text, size)
    if turns(tight.shape[1], tight.shape[0], text):
        tight = np.rot90(tight)
    return np.ascontiguousarray(tight)


def set_upright(face: Face, text: str, size: int) -> Ink:
    """A line from top to bottom, as it stands on the page.

    Args:
        face: Draws all of the text.
        text: `core.synthesis.can_stand` holds for it.
        size: Pixels.

    Returns:
        As `set_along`.
    """
    font = _font(face.file, size, False)
    step = round(size * (1 + _DOWN_GAP))
    column = np.zeros((step * len(text) + size, 2 * size), np.uint8)
    for place, letter in enumerate(text):
        if letter.isspace():
            continue
        cell = Pictures.new("L", (2 * size, 2 * size))
        ImageDraw.Draw(cell).text((size, size), letter, font=font, fill=255, anchor="mm")
        glyph: Ink = np.asarray(cell, np.uint8)
        if letter in _LYING:
            glyph = np.ascontiguousarray(np.rot90(glyph, -1))
        top = place * step - size // 2
        if letter in _CORNER:
            tight = _tight(glyph)
            rows, columns = tight.shape
            y, x = place * step + size // 10, 2 * size - size // 2 - size // 10 - columns
            column[y : y + rows, max(0, x) : max(0, x) + columns] = tight
            continue
        first = max(0, -top)
        rows = min(column.shape[0] - max(0, top), glyph.shape[0] - first)
        part = column[max(0, top) : max(0, top) + rows]
        np.maximum(part, glyph[first : first + rows], out=part)
    return np.ascontiguousarray(_tight(column))


def rise_of(face: Face, text: str, size: int) -> int:
    """How many pixels the ink of `set_along` reaches above the line that its letters stand on."""
    return -round(float(_font(face.file, size, needs_shaping(text)).getbbox(text, anchor="ls")[1]))


def _tight(ink: NDArray[np.uint8]) -> Ink:
    """The part that holds ink; at least one pixel."""
    rows, columns = np.flatnonzero(ink.any(axis=1)), np.flatnonzero(ink.any(axis=0))
    if not len(rows):
        return np.zeros((1, 1), np.uint8)
    return ink[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1]
