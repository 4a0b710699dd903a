"""Crops as the network sees them: height 48, aspect ratio kept, BGR in [-1, 1], zeros to the right.

The widths follow deployment: every recogniser of the PaddleOCR family pads a line to at least 320 columns, so training
does too.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray

from ocrstudio.core.charset import Charset
from ocrstudio.core.errors import QT_TRANSLATE_NOOP, EngineError
from ocrstudio.engine.rec.augment import augment
from ocrstudio.formats.crops import read_image
from ocrstudio.formats.rec_list import Sample, read_rec_list

HEIGHT = 48
MIN_WIDTH = 320
# PaddleOCR's own limit; a longer line is squeezed.
MAX_WIDTH = 3200
# Widths are rounded up to this, so that lines of about the same length share a batch.
WIDTH_STEP = 80
# Image columns per time step of the output.
STRIDE = 8
# Decoded crops kept in memory; the rest is read again every epoch.
CACHE_BYTES = 1 << 30

Image = NDArray[np.uint8]


@dataclass(frozen=True)
class Batch:
    """What one training step gets.

    Attributes:
        inputs: (N, 3, 48, W) images or (N, 384, 1, T) features, float32.
        labels: (N, longest) class indices, int32, zeros behind the end.
        label_lengths: (N,) int64.
        texts: The N transcriptions.
        lines: Which line of the source each one is.
    """

    inputs: NDArray[np.float32]
    labels: NDArray[np.int32]
    label_lengths: NDArray[np.int64]
    texts: tuple[str, ...]
    lines: tuple[int, ...]


def read_lines(list_files: Sequence[str | Path], data_dir: str | Path) -> list[Sample]:
    """Reads recognition lists.

    Raises:
        ProjectError: If a list cannot be read.
        FormatError: If a list is malformed.
        EngineError: If the lists hold no line, or a picture is missing.
    """
    samples = [sample for name in list_files for sample in read_rec_list(Path(name), Path(data_dir))]
    files = ", ".join(str(name) for name in list_files)
    if not samples:
        what = QT_TRANSLATE_NOOP("Errors", "{file} lists no text lines.")
        remedy = QT_TRANSLATE_NOOP("Errors", "Check some pages on the Annotate page and split the project again.")
        raise EngineError(what, remedy, file=files)
    missing = [sample.image for sample in samples if not sample.image.is_file()]
    if missing:
        what = QT_TRANSLATE_NOOP("Errors", "{file} names {count} pictures that do not exist, the first is {picture}.")
        remedy = QT_TRANSLATE_NOOP("Errors", "Split the project again, or correct data_dir in the config.")
        raise EngineError(what, remedy, file=files, count=len(missing), picture=missing[0])
    return samples


def learnable(samples: Sequence[Sample], store: CropStore, charset: Charset) -> list[int]:
    """Lines that the network can learn: their text is in the dictionary, not empty, and fits the line's time steps."""
    chosen = []
    for line, sample in enumerate(samples):
        labels = charset.encode(sample.text)
        if not labels or len(labels) != len(sample.text):
            continue
        if required_steps(labels) <= padded_width(store[line].shape[1]) // STRIDE:
            chosen.append(line)
    return chosen


def straighten(image: Image) -> Image:
    """Scales a crop to height 48, keeping its aspect ratio up to `MAX_WIDTH`."""
    height, width = image.shape[:2]
    return np.asarray(cv2.resize(image, (min(MAX_WIDTH, math.ceil(HEIGHT * width / height)), HEIGHT)), np.uint8)


def padded_width(width: int) -> int:
    """The width of the batch that a line of that width belongs to."""
    return max(MIN_WIDTH, math.ceil(width / WIDTH_STEP) * WIDTH_STEP)


def fitted(image: Image, width: int) -> Image:
    """The crop, squeezed if it is wider than `width`: augmentation may stretch it out of its batch."""
    return image if image.shape[1] <= width else np.asarray(cv2.resize(image, (width, HEIGHT)), np.uint8)


def normalised(images: Sequence[Image], width: int) -> NDArray[np.float32]:
    """Crops of height 48 as (N, 3, 48, width), zeros to the right of each."""
    out = np.zeros((len(images), 3, HEIGHT, width), np.float32)
    for row, image in zip(out, images, strict=True):
        row[:, :, : image.shape[1]] = image.transpose(2, 0, 1) / np.float32(127.5) - np.float32(1.0)
    return out


class CropStore:
    """Crops of samples at height 48, decoded once as far as memory allows."""

    def __init__(self, samples: Sequence[Sample], cache_bytes: int = CACHE_BYTES) -> None:
        self._samples = samples
        self._room = cache_bytes
        self._cache: dict[int, Image] = {}

    def __len__(self) -> int:
        return len(self._samples)

    def chosen(self, lines: Sequence[int]) -> CropStore:
        """A store of some of the crops; what is decoded already stays so."""
        part = CropStore([self._samples[line] for line in lines], self._room)
        part._cache = {new: self._cache[old] for new, old in enumerate(lines) if old in self._cache}
        return part

    def __getitem__(self, index: int) -> Image:
        """The crop; `ProjectError` or `FormatError` naming the file if it cannot be read."""
        if index in self._cache:
            return self._cache[index]
        image = straighten(read_image(self._samples[index].image))
        if self._room >= image.nbytes:
            self._cache[index] = image
            self._room -= image.nbytes
        return image


def required_steps(labels: Sequence[int]) -> int:
    """Time steps that CTC needs for a text: one each, and a blank between equal neighbours."""
    return len(labels) + sum(a == b for a, b in itertools.pairwise(labels))


def bucketed(widths: Sequence[int], batch_size: int, random: np.random.Generator | None) -> list[list[int]]:
    """Groups items of equal padded width into batches.

    Args:
        widths: The padded width of each item.
        batch_size: Items per batch at `MIN_WIDTH`; wider batches are smaller, so that memory stays the same.
        random: Shuffles items and batches; None keeps the order.

    Returns:
        Lists of indices; every index once.
    """
    by_width: dict[int, list[int]] = {}
    for index, width in enumerate(widths):
        by_width.setdefault(width, []).append(index)
    batches = []
    for width in sorted(by_width):
        members = by_width[width]
        if random is not None:
            random.shuffle(members)
        size = max(1, batch_size * MIN_WIDTH // max(MIN_WIDTH, width))
        batches += [members[start : start + size] for start in range(0, len(members), size)]
    if random is not None:
        random.shuffle(batches)
    return batches


def pack(inputs: NDArray[np.float32], lines: Sequence[int], texts: Sequence[str], charset: Charset) -> Batch:
    """Makes a batch of the inputs of some lines; `texts` are those of all lines."""
    chosen = tuple(texts[line] for line in lines)
    encoded = [charset.encode(text) for text in chosen]
    labels = np.zeros((len(encoded), max(1, *map(len, encoded), 1)), np.int32)
    for row, indices in zip(labels, encoded, strict=True):
        row[: len(indices)] = indices
    lengths = np.array([len(indices) for indices in encoded], np.int64)
    return Batch(inputs, labels, lengths, chosen, tuple(lines))


class CropBatches:
    """Batches of images for training the whole network, augmented anew every epoch.

    Args:
        store: Decoded crops.
        texts: One per crop.
        charset: Encodes the texts.
        batch_size: Crops per batch at the usual width.
        seed: Order and augmentation; None: fixed order, no augmentation (evaluation).
    """

    def __init__(
        self, store: CropStore, texts: Sequence[str], charset: Charset, batch_size: int, *, seed: int | None
    ) -> None:
        self._store, self._texts, self._charset = store, tuple(texts), charset
        self._seed, self._batch_size = seed, batch_size
        self._widths = [padded_width(store[line].shape[1]) for line in range(len(store))]

    @property
    def samples(self) -> int:
        """How many lines an epoch shows."""
        return len(self._texts)

    @property
    def steps(self) -> int:
        """Batches per epoch."""
        return len(bucketed(self._widths, self._batch_size, None))

    def epoch(self, number: int, skip: int = 0) -> Iterator[Batch]:
        """The batches of one epoch, the same ones for the same number; `skip` leaves out the first ones."""
        random = None if self._seed is None else np.random.default_rng((self._seed, number))
        for batch in bucketed(self._widths, self._batch_size, random)[skip:]:
            width = self._widths[batch[0]]
            images = [self._version(line, number, width) for line in batch]
            yield pack(normalised(images, width), batch, self._texts, self._charset)

    def _version(self, line: int, epoch: int, width: int) -> Image:
        image = self._store[line]
        if self._seed is None:
            return image
        return fitted(augment(image, np.random.default_rng((self._seed, epoch, line))), width)
