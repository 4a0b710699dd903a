"""Crops as the network sees them: height 48, aspect ratio kept, BGR in [-1, 1], zeros to the right."""

from __future__ import annotations

import itertools
import math
from collections.abc import Callable, Sequence
from functools import partial

import cv2
import numpy as np
from numpy.typing import NDArray

from ocrstudio.core.errors import QT_TRANSLATE_NOOP, EngineError, StudioError
from ocrstudio.engine.prefetch import prefetched
from ocrstudio.engine.rec.plan import MIN_WIDTH
from ocrstudio.formats.crops import read_image
from ocrstudio.formats.rec_list import Sample

HEIGHT = 48
# PaddleOCR's own limit; a longer line is squeezed.
MAX_WIDTH = 3200
# Widths are rounded up to this, so that lines of about the same length share a batch.
WIDTH_STEP = 80
# Image columns per time step of the output.
STRIDE = 8
# Decoded crops kept in memory; the rest is read again every epoch.
CACHE_BYTES = 1 << 30
# Threads that decode crops before a run; they wait for the disk most of the time.
DECODERS = 4
BAD_PICTURE = QT_TRANSLATE_NOOP("Errors", "{file}, line {line}: the picture cannot be used. {reason}")
REPLACE_PICTURE = QT_TRANSLATE_NOOP("Errors", "Replace the picture, or take the line out of the list.")

Image = NDArray[np.uint8]


def straighten(image: Image) -> Image:
    """Scales a crop to height 48, keeping its aspect ratio up to `MAX_WIDTH`."""
    height, width = image.shape[:2]
    return np.asarray(cv2.resize(image, (min(MAX_WIDTH, math.ceil(HEIGHT * width / height)), HEIGHT)), np.uint8)


def padded_width(width: int, least: int = MIN_WIDTH) -> int:
    """The width of the batch that a line of that width belongs to, at least `least`; a multiple of `WIDTH_STEP`."""
    return math.ceil(max(width, least) / WIDTH_STEP) * WIDTH_STEP


def fitted(image: Image, width: int) -> Image:
    """The crop, squeezed if it is wider than `width`: augmentation may stretch it out of its batch."""
    return image if image.shape[1] <= width else np.asarray(cv2.resize(image, (width, HEIGHT)), np.uint8)


def normalised(images: Sequence[Image], width: int) -> NDArray[np.float32]:
    """Crops of height 48 as (N, 3, 48, width), zeros to the right of each."""
    out = np.zeros((len(images), 3, HEIGHT, width), np.float32)
    for row, image in zip(out, images, strict=True):
        row[:, :, : image.shape[1]] = image.transpose(2, 0, 1) / np.float32(127.5) - np.float32(1.0)
    return out


def required_steps(labels: Sequence[int]) -> int:
    """Time steps that CTC needs for a text: one each, and a blank between equal neighbours."""
    return len(labels) + sum(a == b for a, b in itertools.pairwise(labels))


class CropStore:
    """Crops of samples at height 48, decoded once as far as memory allows."""

    def __init__(self, samples: Sequence[Sample], cache_bytes: int = CACHE_BYTES) -> None:
        self.samples = tuple(samples)
        self._room = cache_bytes
        self._cache: dict[int, Image] = {}
        self._widths: list[int] | None = None

    def __len__(self) -> int:
        return len(self.samples)

    @property
    def widths(self) -> list[int]:
        """The width of each crop at height 48; decodes them all the first time."""
        return self.decode() if self._widths is None else self._widths

    @classmethod
    def of_images(cls, images: Sequence[Image], samples: Sequence[Sample]) -> CropStore:
        """A store of crops of height 48 that lie on no disk."""
        store = cls(samples)
        store._cache = dict(enumerate(images))
        store._widths = [image.shape[1] for image in images]
        return store

    def decode(self, progress: Callable[[int, int], None] = lambda done, total: None) -> list[int]:
        """Reads every picture.

        Args:
            progress: Told (done, total); what it raises ends the reading.

        Returns:
            Their widths.

        Raises:
            EngineError: If a picture cannot be read; names it and the place in its list.
        """
        widths = []
        for line, image in enumerate(prefetched((partial(self._read, line) for line in range(len(self))), DECODERS)):
            widths.append(image.shape[1])
            if line not in self._cache and self._room >= image.nbytes:
                self._cache[line] = image
                self._room -= image.nbytes
            progress(line + 1, len(self))
        self._widths = widths
        return widths

    def chosen(self, lines: Sequence[int]) -> CropStore:
        """A store of some of the crops; what is decoded already stays so."""
        part = CropStore([self.samples[line] for line in lines], self._room)
        part._cache = {new: self._cache[old] for new, old in enumerate(lines) if old in self._cache}
        part._widths = None if self._widths is None else [self._widths[line] for line in lines]
        return part

    def __getitem__(self, index: int) -> Image:
        """The crop; `EngineError` naming list, line and file if it cannot be read."""
        return self._cache[index] if index in self._cache else self._read(index)

    def _read(self, index: int) -> Image:
        if index in self._cache:
            return self._cache[index]
        sample = self.samples[index]
        try:
            return straighten(read_image(sample.image))
        except StudioError as error:
            if sample.source is None:
                raise
            raise EngineError(
                BAD_PICTURE, REPLACE_PICTURE, file=sample.source, line=sample.line, reason=str(error)
            ) from error


def joined(first: CropStore, second: CropStore) -> CropStore:
    """Both stores' crops, those of the second behind those of the first."""
    both = CropStore([*first.samples, *second.samples], min(first._room, second._room))
    both._cache = first._cache | {len(first) + line: image for line, image in second._cache.items()}
    both._widths = [*first.widths, *second.widths]
    return both
