"""Changes to a line that a camera, a scanner or a printer could have made; the text stays readable.

Which ones, and how often, is said in `Train.dataset.transforms` under PaddleOCR's names: `RecAug` with a probability
for each kind of change, `RecConAug` for lines joined to a longer one. Without these entries nothing is changed.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from ocrstudio.core.errors import QT_TRANSLATE_NOOP, ConfigError
from ocrstudio.engine.rec.warp import WARPS

Image = NDArray[np.uint8]

HEIGHT = 48
# PaddleOCR's probability for every kind of change.
PROBABILITY = 0.4
# Limits: rows of 48 that a crop loses above or below, pixels for moves and blur, grey levels of 255 for light and
# noise, degrees of 180 for the hue, degrees for slant and turn, shares for the rest.
MAX_LOST_ROWS = 4
MAX_JITTER = 2.0
MAX_BLUR_PIXELS = 1.2
MAX_NOISE = 12.0
MAX_HUE = 8.0
MAX_SATURATION = 0.3
MAX_BRIGHTNESS = 30.0
MAX_CONTRAST = 0.25
MAX_SLANT_DEGREES = 8.0
MAX_TURN_DEGREES = 1.5
MAX_STRETCH = 0.12
MIN_SHRINK = 0.5

UNKNOWN_KEY = QT_TRANSLATE_NOOP("Errors", "Train.dataset.transforms: {transform} has no parameter {key}.")
USE_KEYS = QT_TRANSLATE_NOOP("Errors", "Use some of: {known}.")
BAD_VALUE = QT_TRANSLATE_NOOP("Errors", "Train.dataset.transforms: {key} of {transform} is {value}.")
USE_PROBABILITY = QT_TRANSLATE_NOOP("Errors", "Probabilities lie between 0 and 1, counts are whole numbers.")


@dataclass(frozen=True)
class RecAug:
    """How often each kind of change happens, 0 to 1; the names are PaddleOCR's except the last two.

    Attributes:
        tia_prob: The line bends (`warp`).
        crop_prob: A few rows are lost above or below.
        blur_prob: Out of focus.
        hsv_aug_prob: Other light: hue, saturation, brightness, contrast.
        jitter_prob: Moved by a fraction of a letter.
        noise_prob: Noise of a sensor.
        reverse_prob: Colours inverted.
        affine_prob: Slanted, turned, wider or narrower.
        coarse_prob: Seen with fewer pixels.
    """

    tia_prob: float = PROBABILITY
    crop_prob: float = PROBABILITY
    blur_prob: float = PROBABILITY
    hsv_aug_prob: float = PROBABILITY
    jitter_prob: float = PROBABILITY
    noise_prob: float = PROBABILITY
    reverse_prob: float = PROBABILITY
    affine_prob: float = 0.0
    coarse_prob: float = 0.0

    def __call__(self, image: Image, random: np.random.Generator) -> Image:
        """Changes a crop; the same generator state gives the same picture.

        Args:
            image: (48, width, 3) BGR.
            random: Source of all choices.

        Returns:
            (48, about width, 3) BGR.
        """
        steps = (
            (self.tia_prob, _bent),
            (self.affine_prob, _affine),
            (self.crop_prob, _cropped),
            (self.coarse_prob, _coarser),
            (self.blur_prob, _blurred),
            (self.hsv_aug_prob, _light),
            (self.jitter_prob, _moved),
            (self.noise_prob, _noisy),
            (self.reverse_prob, _inverted),
        )
        for probability, change in steps:
            if random.random() < probability:
                image = change(image, random)
        return image


@dataclass(frozen=True)
class RecConAug:
    """Lines joined to longer ones; the names are PaddleOCR's.

    Attributes:
        prob: Share of the lines that get another one behind them.
        ext_data_num: How many at most.
        image_shape: Height, width and channels that the joined line must fit into.
        max_text_length: Characters that the joined text may have.
    """

    prob: float = 0.5
    ext_data_num: int = 2
    image_shape: tuple[int, int, int] = (48, 320, 3)
    max_text_length: int = 25

    @property
    def max_width(self) -> int:
        """Columns at height 48 that the joined line may take."""
        return round(HEIGHT * self.image_shape[1] / max(1, self.image_shape[0]))


@dataclass(frozen=True)
class Augmentation:
    """What training does to its lines; None: nothing of that kind."""

    change: RecAug | None = None
    join: RecConAug | None = None

    @classmethod
    def of(cls, transforms: Sequence[Any]) -> Augmentation:
        """Reads `Train.dataset.transforms`; entries of other names are no augmentation and are passed over.

        Raises:
            ConfigError: If an entry has a parameter that it should not have, or a value out of range.
        """
        found: dict[str, Any] = {}
        for entry in transforms:
            if isinstance(entry, Mapping):
                found.update(entry)
            elif isinstance(entry, str):
                found[entry] = None
        return cls(
            _read("RecAug", RecAug, found["RecAug"]) if "RecAug" in found else None,
            _read("RecConAug", RecConAug, found["RecConAug"]) if "RecConAug" in found else None,
        )


def _read(name: str, kind: type[Any], values: Mapping[str, Any] | None) -> Any:
    known: dict[str, Any] = {field.name: field.default for field in fields(kind)}
    arguments: dict[str, Any] = {}
    for key, value in (values or {}).items():
        if key not in known:
            raise ConfigError(UNKNOWN_KEY, USE_KEYS, transform=name, key=key, known=", ".join(known))
        try:
            arguments[key] = type(known[key])(value)
        except (TypeError, ValueError) as error:
            raise ConfigError(BAD_VALUE, USE_PROBABILITY, transform=name, key=key, value=value) from error
        if key.endswith("prob") and not 0 <= arguments[key] <= 1:
            raise ConfigError(BAD_VALUE, USE_PROBABILITY, transform=name, key=key, value=value)
    return kind(**arguments)


def _bent(image: Image, random: np.random.Generator) -> Image:
    return WARPS[int(random.integers(len(WARPS)))](image, random)


def _cropped(image: Image, random: np.random.Generator) -> Image:
    height, width = image.shape[:2]
    rows = int(random.integers(1, MAX_LOST_ROWS + 1))
    part = image[rows:] if random.random() < 0.5 else image[: height - rows]
    return np.asarray(cv2.resize(part, (width, height)), np.uint8)


def _blurred(image: Image, random: np.random.Generator) -> Image:
    return np.asarray(cv2.GaussianBlur(image, (0, 0), random.uniform(0.3, MAX_BLUR_PIXELS)), np.uint8)


def _light(image: Image, random: np.random.Generator) -> Image:
    hsv = cv2.cvtColor(image, cv2.COLOR_BGR2HSV).astype(np.float32)
    hsv[..., 0] = (hsv[..., 0] + random.uniform(-MAX_HUE, MAX_HUE)) % 180
    hsv[..., 1] *= 1 + random.uniform(-MAX_SATURATION, MAX_SATURATION)
    contrast = 1 + random.uniform(-MAX_CONTRAST, MAX_CONTRAST)
    hsv[..., 2] = (hsv[..., 2] - 127.5) * contrast + 127.5 + random.uniform(-MAX_BRIGHTNESS, MAX_BRIGHTNESS)
    return np.asarray(cv2.cvtColor(np.clip(hsv, 0, 255).astype(np.uint8), cv2.COLOR_HSV2BGR), np.uint8)


def _moved(image: Image, random: np.random.Generator) -> Image:
    height, width = image.shape[:2]
    right, down = random.uniform(-MAX_JITTER, MAX_JITTER, 2)
    matrix = np.array([[1, 0, right], [0, 1, down]], np.float32)
    return np.asarray(cv2.warpAffine(image, matrix, (width, height), borderMode=cv2.BORDER_REPLICATE), np.uint8)


def _noisy(image: Image, random: np.random.Generator) -> Image:
    noise = random.standard_normal(image.shape, np.float32) * np.float32(random.uniform(1.0, MAX_NOISE))
    return np.clip(image + noise, 0, 255).astype(np.uint8)


def _inverted(image: Image, _random: np.random.Generator) -> Image:
    return 255 - image


def _affine(image: Image, random: np.random.Generator) -> Image:
    """Slants, turns and stretches; what comes in from outside continues the border."""
    height, width = image.shape[:2]
    slant = np.tan(np.radians(random.uniform(-MAX_SLANT_DEGREES, MAX_SLANT_DEGREES)))
    # a long line may turn less, or its ends leave the picture
    turn = np.radians(random.uniform(-MAX_TURN_DEGREES, MAX_TURN_DEGREES)) * min(1.0, 4 * height / width)
    stretch = 1.0 + random.uniform(-MAX_STRETCH, MAX_STRETCH)
    out_width = max(8, round(width * stretch))
    matrix = np.array([[stretch, slant, 0.0], [turn, 1.0, 0.0]])
    centre = np.array([width / 2, height / 2])
    matrix[:, 2] = np.array([out_width / 2, height / 2]) - matrix[:, :2] @ centre
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


def augment(image: Image, random: np.random.Generator) -> Image:
    """A crop as another camera could have seen it: usual changes of slant, focus, light and noise."""
    return RecAug(crop_prob=0.0, jitter_prob=0.0, reverse_prob=0.0, tia_prob=0.0, affine_prob=0.4, coarse_prob=0.4)(
        image, random
    )
