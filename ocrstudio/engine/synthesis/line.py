"""One synthetic line: its text, a font that has all of it, a ground, wear. By number, so that it can be made again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from ocrstudio.core.synthesis import Look, Recipe, can_stand, needs_shaping
from ocrstudio.core.synthesis_texts import TextSource
from ocrstudio.engine.synthesis import grounds, setting, wear
from ocrstudio.engine.synthesis.grounds import CropLook
from ocrstudio.engine.synthesis.setting import Face

Image = NDArray[np.uint8]

# Why a line is refused.
NO_FONT, NO_SHAPING, EMPTY = "no font has all of its characters", "its script cannot be shaped here", "it has no text"
SMALLEST, LARGEST = 8, 400


@dataclass(frozen=True)
class Line:
    """A finished line.

    Attributes:
        image: (height, width, 3) BGR.
        text: Exactly what is drawn.
        font: The file's name.
        quality: To save it with as JPEG, 0 to 100.
    """

    image: Image
    text: str
    font: str
    quality: int


@dataclass(frozen=True)
class Refusal:
    """A line that is not drawn.

    Attributes:
        text: What it would have said.
        reason: `NO_FONT`, `NO_SHAPING` or `EMPTY`.
        characters: Those that no font has; empty if fonts have them, but none has all.
    """

    text: str
    reason: str
    characters: str = ""


@dataclass(frozen=True)
class LineMaker:
    """Makes the lines of a recipe.

    Attributes:
        recipe: What is wanted.
        source: What the lines say.
        faces: Fonts.
        crops: Looks of the user's own crops; none: the preset's grounds alone.
    """

    recipe: Recipe
    source: TextSource
    faces: Sequence[Face]
    crops: Sequence[CropLook] = ()

    def make(self, number: int) -> Line | Refusal:
        """The line of that number, from 0; the same every time."""
        random = np.random.default_rng((self.recipe.seed, number))
        text = self.source.text(number, random)
        if not text.strip():
            return Refusal(text, EMPTY)
        if needs_shaping(text) and not setting.can_shape():
            return Refusal(text, NO_SHAPING)
        able = [face for face in self.faces if face.draws(text)]
        if not able:
            missing = "".join(dict.fromkeys(one for one in text if not any(face.draws(one) for face in self.faces)))
            return Refusal(text, NO_FONT, missing)
        return self._drawn(text, able[int(random.integers(len(able)))], random)

    def _drawn(self, text: str, face: Face, random: np.random.Generator) -> Line:
        look = self.recipe.look
        own = self.crops[int(random.integers(len(self.crops)))] if self.crops else None
        if own is not None and random.random() >= grounds.OWN_SHARE:
            own = None
        size = self._size(look, own, random)
        if random.random() < self.recipe.vertical and can_stand(text):
            ink = setting.set_down(face, text, size)
        else:
            ink = setting.set_along(face, text, size, look, random)
        image = written(ink, look, own, size, random)
        quality = round(float(random.uniform(*look.quality)))
        return Line(image, text, Path(face.file).name, quality)

    def _size(self, look: Look, own: CropLook | None, random: np.random.Generator) -> int:
        if own is not None and self.recipe.size is None:
            size = own.size * float(random.uniform(0.85, 1.15))
        else:
            size = float(random.uniform(*look.size))
        return round(min(max(size, SMALLEST), LARGEST))


def written(ink: setting.Ink, look: Look, own: CropLook | None, size: int, random: np.random.Generator) -> Image:
    """Puts ink on a ground and wears it.

    Args:
        ink: (height, width), 255 where it is darkest.
        look: The preset.
        own: Ground and colour of a crop of the user, if they shall be taken.
        size: Of the letters, pixels.
        random: Source of all choices.

    Returns:
        (height, width, 3) BGR.
    """
    height, width = ink.shape
    ends, middle = wear.rise_of(look, width, size, random)
    room = int(abs(ends) + abs(middle)) + 1
    top, bottom, left, right = (max(2, round(float(random.uniform(*look.margin)) * size)) for _ in range(4))
    top, bottom = top + room, bottom + room
    rows, columns = height + top + bottom, width + left + right
    if own is not None:
        ground, colour = grounds.own_ground(own, rows, columns, random)
    else:
        ground, colour = grounds.made_ground(look, rows, columns, random)
    if random.random() < look.rules:
        wear.add_rules(ground, (left, top, left + width, top + height), size, random)
    share = ink.astype(np.float32)[..., None] / np.float32(255)
    part = ground[top : top + height, left : left + width]
    part += (np.array(colour, np.float32) - part) * share
    if random.random() < look.stamps:
        ground = wear.add_stamp(ground, size, random)
    image = np.clip(ground, 0, 255).astype(np.uint8)
    image = wear.bend(image, ends, middle, look, random)
    image = wear.clutter(image, look, random)
    return wear.seen_by_a_camera(image, size, look, random)
