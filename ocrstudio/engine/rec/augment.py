"""Small changes to a line that a camera, a scanner or a printer could have made; the text stays readable."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

Image = NDArray[np.uint8]

# Each kind of change happens with this probability.
CHANCE = 0.4
# Limits: share of the height for moves and margins, degrees for slant, grey levels of 255 for light and noise.
MAX_SHIFT = 0.06
MAX_SLANT_DEGREES = 8.0
MAX_TURN_DEGREES = 1.5
MAX_STRETCH = 0.12
MAX_BRIGHTNESS = 30.0
MAX_CONTRAST = 0.25
MAX_NOISE = 10.0
MAX_BLUR_PIXELS = 1.2
MIN_SHRINK = 0.5


def augment(image: Image, random: np.random.Generator) -> Image:
    """Changes a crop of height 48 a little; the same generator state gives the same picture.

    Args:
        image: (48, width, 3) BGR.
        random: Source of all choices.

    Returns:
        (48, about width, 3) BGR.
    """
    if random.random() < CHANCE:
        image = _affine(image, random)
    if random.random() < CHANCE:
        image = _coarser(image, random)
    if random.random() < CHANCE:
        image = np.asarray(cv2.GaussianBlur(image, (0, 0), random.uniform(0.3, MAX_BLUR_PIXELS)), np.uint8)
    if random.random() < CHANCE:
        image = _light(image, random)
    if random.random() < CHANCE:
        noise = random.normal(0.0, random.uniform(1.0, MAX_NOISE), image.shape)
        image = np.clip(image + noise, 0, 255).astype(np.uint8)
    return image


def _affine(image: Image, random: np.random.Generator) -> Image:
    """Slants, turns, stretches and moves; what comes in from outside continues the border."""
    height, width = image.shape[:2]
    slant = np.tan(np.radians(random.uniform(-MAX_SLANT_DEGREES, MAX_SLANT_DEGREES)))
    # a long line may turn less, or its ends leave the picture
    turn = np.radians(random.uniform(-MAX_TURN_DEGREES, MAX_TURN_DEGREES)) * min(1.0, 4 * height / width)
    stretch = 1.0 + random.uniform(-MAX_STRETCH, MAX_STRETCH)
    shift = random.uniform(-MAX_SHIFT, MAX_SHIFT, 2) * height
    out_width = max(8, round(width * stretch))
    matrix = np.array([[stretch, slant, 0.0], [turn, 1.0 + random.uniform(-MAX_SHIFT, MAX_SHIFT), 0.0]])
    centre = np.array([width / 2, height / 2])
    matrix[:, 2] = np.array([out_width / 2, height / 2]) - matrix[:, :2] @ centre + shift
    turned = cv2.warpAffine(image, matrix, (out_width, height), borderMode=cv2.BORDER_REPLICATE)
    return np.asarray(turned, np.uint8)


def _coarser(image: Image, random: np.random.Generator) -> Image:
    """The line as a camera with fewer pixels would have seen it."""
    height, width = image.shape[:2]
    share = random.uniform(MIN_SHRINK, 1.0)
    small = cv2.resize(
        image, (max(4, round(width * share)), max(4, round(height * share))), interpolation=cv2.INTER_AREA
    )
    return np.asarray(cv2.resize(small, (width, height)), np.uint8)


def _light(image: Image, random: np.random.Generator) -> Image:
    """Brightness, contrast and a slight tint."""
    contrast = 1.0 + random.uniform(-MAX_CONTRAST, MAX_CONTRAST)
    tint = random.uniform(-MAX_BRIGHTNESS / 4, MAX_BRIGHTNESS / 4, 3)
    brightness = random.uniform(-MAX_BRIGHTNESS, MAX_BRIGHTNESS) + tint
    return np.clip((image.astype(np.float32) - 127.5) * contrast + 127.5 + brightness, 0, 255).astype(np.uint8)
