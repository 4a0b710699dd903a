"""What lines are written on and with: made-up paper and colours, or those of the user's own crops."""

from __future__ import annotations

import colorsys
from collections.abc import Sequence
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from ocrstudio.core.synthesis import Look

Image = NDArray[np.uint8]
Ground = NDArray[np.float32]
Colour = tuple[float, float, float]

# Lines whose ground and ink come from the user's crops; the others keep the model from learning that paper by heart.
OWN_SHARE = 0.75
# Grey levels between ground and ink; less cannot be read under blur and noise.
LEAST_CONTRAST = 70.0
# Of a crop that shows its ground: share of ink, grey levels between both, rows.
INK_SHARE, CROP_CONTRAST, CROP_ROWS = (0.01, 0.55), 30.0, (8, 400)
# Height of the ink of a line compared with the size of its letters.
INK_HEIGHT = 0.85
# Ground that is kept of a crop; a wide one shows the same paper over and over.
MOST_ROWS, MOST_COLUMNS = 96, 640
_LUMA = np.array([0.114, 0.587, 0.299], np.float32)


@dataclass(frozen=True)
class CropLook:
    """What a crop of the user tells: its ground without the text, BGR, the colour of its ink, the letters' size."""

    ground: Image
    ink: Colour
    size: float


def look_of_crop(crop: Image) -> CropLook | None:
    """Takes the text out of a crop.

    Args:
        crop: (height, width, 3) BGR, a line that lies.

    Returns:
        None if ink and ground cannot be told apart.
    """
    height, width = crop.shape[:2]
    if not CROP_ROWS[0] <= height <= CROP_ROWS[1] or width < height:
        return None
    scale = min(1.0, MOST_ROWS / height)
    small = cv2.resize(
        crop, (max(8, round(width * scale)), max(8, round(height * scale))), interpolation=cv2.INTER_AREA
    )
    small = np.asarray(small, np.uint8)[:, :MOST_COLUMNS]
    grey = cv2.cvtColor(small, cv2.COLOR_BGR2GRAY)
    _, dark = cv2.threshold(grey, 0, 255, cv2.THRESH_BINARY_INV + cv2.THRESH_OTSU)
    edge = np.concatenate([dark[0], dark[-1], dark[:, 0], dark[:, -1]])
    ink = np.asarray(255 - dark if edge.mean() > 127 else dark, np.uint8)
    share = float(ink.mean()) / 255
    if not INK_SHARE[0] <= share <= INK_SHARE[1]:
        return None
    core = cv2.erode(ink, np.ones((2, 2), np.uint8))
    letters = small[core > 0] if core.any() else small[ink > 0]
    colour = np.median(letters, axis=0)
    around = np.median(small[ink == 0], axis=0)
    if abs(float((colour - around) @ _LUMA)) < CROP_CONTRAST:
        return None
    rows = np.flatnonzero((ink > 0).mean(axis=1) > 0.01)
    letters_high = (rows[-1] - rows[0] + 1) / scale if len(rows) else height
    halo = cv2.dilate(ink, np.ones((3, 3), np.uint8), iterations=2)
    ground = np.asarray(cv2.inpaint(small, halo, 3, cv2.INPAINT_TELEA), np.uint8)
    blue, green, red = (float(value) for value in colour)
    return CropLook(ground, (blue, green, red), letters_high / INK_HEIGHT)


def own_ground(look: CropLook, rows: int, columns: int, random: np.random.Generator) -> tuple[Ground, Colour]:
    """The ground of a crop for a line of another length, a little lighter or darker, and its ink."""
    height, width = look.ground.shape[:2]
    scaled = cv2.resize(look.ground, (max(4, round(width * rows / height)), rows), interpolation=cv2.INTER_LINEAR)
    ground = np.asarray(scaled, np.float32)
    if random.random() < 0.5:
        ground = ground[:, ::-1]
    while ground.shape[1] < columns:
        # mirrored, so that no seam shows
        ground = np.concatenate([ground, ground[:, ::-1]], axis=1)
    start = int(random.integers(ground.shape[1] - columns + 1))
    shift = float(random.uniform(-8, 8))
    ink = np.array(look.ink, np.float32) + random.uniform(-10, 10, 3).astype(np.float32)
    ground = np.ascontiguousarray(ground[:, start : start + columns]) + np.float32(shift)
    return ground, readable(ink, ground)


def made_ground(look: Look, rows: int, columns: int, random: np.random.Generator) -> tuple[Ground, Colour]:
    """A ground of one of the preset's kinds, and an ink that can be read on it.

    Returns:
        (rows, columns, 3) BGR grey levels, and BGR.
    """
    dark = random.random() < look.light_on_dark
    base = random.uniform(12, 90, 3) if dark else random.uniform(205, 253) + random.uniform(-14, 4, 3)
    ground = np.empty((rows, columns, 3), np.float32)
    ground[:] = base.astype(np.float32)
    kind = look.backgrounds[int(random.integers(len(look.backgrounds)))]
    if kind == "paper":
        ground += _clouds(rows, columns, 60, random)[..., None] * 7 + _clouds(rows, columns, 5, random)[..., None] * 4
    elif kind == "gradient":
        other = random.uniform(12, 110, 3) if dark else random.uniform(170, 250, 3)
        share = np.linspace(0, 1, columns, dtype=np.float32)[None, :, None]
        ground += (other - base).astype(np.float32) * (share if random.random() < 0.5 else 1 - share) * 0.7
    elif kind == "texture":
        strength = random.uniform(6, 26)
        ground += _clouds(rows, columns, int(random.integers(3, 30)), random)[..., None] * np.float32(strength)
    elif kind == "ruled":
        _rule(ground, random)
    return ground, readable(_ink(look, dark, random), ground)


def ink_on(look: Look, ground: Ground, random: np.random.Generator) -> Colour:
    """Another ink of a preset for a ground, or a part of it."""
    return readable(_ink(look, float(ground.mean()) < 127, random), ground)


def _clouds(rows: int, columns: int, cell: int, random: np.random.Generator) -> NDArray[np.float32]:
    small = random.uniform(-1, 1, (rows // cell + 2, columns // cell + 2)).astype(np.float32)
    return np.asarray(cv2.resize(small, (columns, rows), interpolation=cv2.INTER_CUBIC), np.float32)


def _rule(ground: Ground, random: np.random.Generator) -> None:
    """Squared or lined paper behind the text."""
    colour = random.uniform(150, 215, 3).astype(np.float32)
    rows, columns = ground.shape[:2]
    step = int(random.integers(max(10, rows // 3), max(12, rows)))
    for y in range(int(random.integers(step)), rows, step):
        ground[y] = colour
    if random.random() < 0.5:
        for x in range(int(random.integers(step)), columns, step):
            ground[:, x] = colour


def _ink(look: Look, dark_ground: bool, random: np.random.Generator) -> NDArray[np.float32]:
    if random.random() >= look.colour:
        value = random.uniform(205, 255) if dark_ground else random.uniform(0, 70)
        return (value + random.uniform(-8, 8, 3)).astype(np.float32)
    light = random.uniform(0.75, 0.95) if dark_ground else random.uniform(0.15, 0.42)
    red, green, blue = colorsys.hls_to_rgb(float(random.random()), float(light), float(random.uniform(0.35, 0.9)))
    return np.array([blue, green, red], np.float32) * 255


def readable(ink: Colour | NDArray[np.float32], ground: Ground) -> Colour:
    """The ink, or one of the same hue that stands out from the ground."""
    ink = np.asarray(ink, np.float32)
    around = float(np.array(cv2.mean(ground)[:3], np.float32) @ _LUMA)
    goal = 0.0 if around > 127 else 255.0
    for _ in range(8):
        if abs(float(ink @ _LUMA) - around) >= LEAST_CONTRAST:
            break
        ink = ink + (np.float32(goal) - ink) * np.float32(0.35)
    blue, green, red = (float(value) for value in np.clip(ink, 0, 255))
    return blue, green, red


def evenly(looks: Sequence[CropLook], most: int) -> list[CropLook]:
    """At most so many, from all over the list."""
    return list(looks[:: max(1, len(looks) // max(1, most))][:most])
