"""What happens to a written line: rules, stamps, bending, light, blur, noise. The text stays readable."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from ocrstudio.core.synthesis import Look
from ocrstudio.engine.rec.warp import PERSPECTIVE, bent

Image = NDArray[np.uint8]
Ground = NDArray[np.float32]

# A long line may turn less, or its ends leave the picture: how far they rise, as a share of the letters' size.
MOST_RISE = 0.3
# How far the middle of a bent line lies above or below its ends, as a share of the letters' size.
BEND = (0.06, 0.22)
# Places along a line at which it is moved.
POINTS = 9
_STAMP_INKS = ((40, 30, 200), (50, 50, 170), (170, 70, 30))


def add_rules(ground: Ground, box: tuple[int, int, int, int], size: int, random: np.random.Generator) -> None:
    """One or two lines of a form or table around a text, in place.

    Args:
        ground: (rows, columns, 3).
        box: Left, top, right, bottom of the text; no rule goes through it.
        size: Of the letters, pixels.
        random: Source of all choices.
    """
    left, top, right, bottom = box
    rows, columns = ground.shape[:2]
    colour = random.uniform(20, 150, 3).astype(np.float32)
    thick = max(1, round(size * float(random.uniform(0.02, 0.06))))
    for _ in range(int(random.integers(1, 3))):
        match int(random.integers(4)):
            case 0:
                y = min(rows - thick, bottom + max(1, round((rows - bottom) * float(random.uniform(0.1, 0.8)))))
                ground[y : y + thick] = colour
            case 1:
                y = max(0, round(top * float(random.uniform(0.1, 0.8))) - thick)
                ground[y : y + thick] = colour
            case 2:
                x = max(0, round(left * float(random.uniform(0.1, 0.7))) - thick)
                ground[:, x : x + thick] = colour
            case _:
                x = min(columns - thick, right + max(1, round((columns - right) * float(random.uniform(0.2, 0.9)))))
                ground[:, x : x + thick] = colour


def add_stamp(ground: Ground, size: int, random: np.random.Generator) -> Ground:
    """A part of a worn stamp, which darkens what lies below it."""
    rows, columns = ground.shape[:2]
    layer = np.zeros((rows, columns), np.float32)
    centre = (int(random.integers(columns)), int(random.uniform(-0.5, 1.5) * rows))
    thick = max(1, size // 12)
    radius = int(size * random.uniform(1.2, 2.6))
    if random.random() < 0.7:
        cv2.circle(layer, centre, radius, 1.0, thick, cv2.LINE_AA)
        cv2.circle(layer, centre, max(2, radius - 3 * thick), 1.0, max(1, thick // 2), cv2.LINE_AA)
    else:
        wide = int(radius * random.uniform(1, 2))
        corners = cv2.boxPoints((centre, (2.0 * wide, float(radius)), float(random.uniform(-20, 20))))
        cv2.polylines(layer, [np.rint(corners).astype(np.int32)], True, 1.0, thick, cv2.LINE_AA)
    spots = random.uniform(0.25, 1.0, (rows // 3 + 2, columns // 3 + 2)).astype(np.float32)
    layer *= cv2.resize(spots, (columns, rows)) * np.float32(random.uniform(0.35, 0.75))
    ink = np.array(_STAMP_INKS[int(random.integers(len(_STAMP_INKS)))], np.float32)
    return np.asarray(ground * (1 - layer[..., None] * (1 - ink / 255)), np.float32)


def rise_of(look: Look, width: int, size: int, random: np.random.Generator) -> tuple[float, float]:
    """By how many pixels the ends of a line come up, and its middle: decided first, so that there is room for it."""
    turned = np.tan(np.radians(random.uniform(-look.turn, look.turn))) * width / 2 if look.turn else 0.0
    ends = float(np.clip(turned, -MOST_RISE * size, MOST_RISE * size))
    middle = 0.0
    if random.random() < look.curve:
        middle = float(random.uniform(*BEND)) * size * (1 if random.random() < 0.5 else -1)
    return ends, middle


def bend(image: Image, ends: float, middle: float, look: Look, random: np.random.Generator) -> Image:
    """Turns a line about its middle, bends it like a bow and looks at it from the side, all in one step.

    Args:
        image: (height, width, 3) with room for it.
        ends: Pixels that the right end comes up and the left one goes down.
        middle: Pixels that the middle comes up.
        look: Says how many lines are seen from the side.
        random: Source of all choices.
    """
    aside = random.random() < look.perspective
    if abs(ends) < 0.3 and abs(middle) < 0.3 and not aside:
        return image
    along = np.linspace(-1, 1, POINTS, dtype=np.float32)
    field = np.zeros((2, POINTS, 2), np.float32)
    field[..., 1] = ends * along + middle * (1 - along**2) - middle / 2
    if aside:
        # only outwards in the source: letters shrink into the picture and are never cut off
        corners = random.uniform(0, PERSPECTIVE, (2, 2)).astype(np.float32) * image.shape[0]
        share = (along + 1) / 2
        field[0, :, 1] -= corners[0, 0] * (1 - share) + corners[0, 1] * share
        field[1, :, 1] += corners[1, 0] * (1 - share) + corners[1, 1] * share
    return bent(image, field)


def clutter(image: Image, look: Look, random: np.random.Generator) -> Image:
    """Arcs and dots across the text, and waves, as captchas have them."""
    rows, columns = image.shape[:2]
    image = np.ascontiguousarray(image)
    for _ in range(_between(look.arcs, random)):
        centre = (int(random.integers(columns)), int(random.uniform(-0.3, 1.3) * rows))
        axes = (int(random.uniform(0.1, 0.6) * columns) + 2, int(random.uniform(0.2, 0.9) * rows) + 2)
        start = float(random.uniform(0, 360))
        colour = tuple(int(value) for value in random.integers(0, 150, 3))
        turned = float(random.uniform(0, 180))
        ends = start + float(random.uniform(60, 200))
        cv2.ellipse(image, centre, axes, turned, start, ends, colour, int(random.integers(1, 3)), cv2.LINE_AA)
    dots = round(_between(look.dots, random) * columns / 160)
    x, y = random.integers(0, columns, dots), random.integers(0, rows, dots)
    colours = random.integers(0, 150, (dots, 3))
    for right, down in ((0, 0), (1, 0), (0, 1)):
        # three pixels each, so that they survive the blur
        image[np.minimum(y + down, rows - 1), np.minimum(x + right, columns - 1)] = colours
    return _waving(image, look.wave, random) if look.wave > 0 else image


def _waving(image: Image, pixels: float, random: np.random.Generator) -> Image:
    rows, columns = image.shape[:2]
    phase, length = random.uniform(0, 6.28, 2), random.uniform(25, 60, 2)
    x, y = np.arange(columns, dtype=np.float32), np.arange(rows, dtype=np.float32)
    right = pixels * np.sin(y / length[1] * 6.28 + phase[1])
    down = pixels * np.sin(x / length[0] * 6.28 + phase[0])
    where_x, where_y = (x[None, :] + right[:, None]).astype(np.float32), (y[:, None] + down[None, :]).astype(np.float32)
    return np.asarray(cv2.remap(image, where_x, where_y, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE), np.uint8)


def _between(limits: tuple[float, float], random: np.random.Generator) -> int:
    low, high = round(limits[0]), round(limits[1])
    return int(random.integers(low, high + 1)) if high > low else low


def seen_by_a_camera(image: Image, size: int, look: Look, random: np.random.Generator) -> Image:
    """Uneven light, a lens out of focus, a noisy sensor.

    Args:
        image: (height, width, 3).
        size: Of the letters, pixels; small ones bear less blur.
        look: Says how much of each.
        random: Source of all choices.
    """
    if look.blur > 0 and (sigma := float(random.uniform(0, look.blur)) * size / 32) > 0.25:
        image = np.asarray(cv2.GaussianBlur(image, (0, 0), sigma), np.uint8)
    shade = float(random.uniform(-look.shade, look.shade))
    noise = float(random.uniform(0, look.noise))
    if abs(shade) < 0.01 and noise < 0.5:
        return image
    pixels = image.astype(np.float32)
    if abs(shade) >= 0.01:
        pixels *= np.linspace(1 - abs(shade), 1, image.shape[1], dtype=np.float32)[:: 1 if shade > 0 else -1, None]
    if noise >= 0.5:
        # the same for all three colours, as the eye sees hardly anything else of a sensor's noise
        grains = random.standard_normal(pixels.shape[:2], np.float32) * np.float32(noise)
        pixels += grains[..., None]
    return np.clip(pixels, 0, 255).astype(np.uint8)
