"""Lists of lines and the batches made of them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial

import numpy as np
from numpy.typing import NDArray

from ocrstudio.core.charset import Charset
from ocrstudio.engine.prefetch import prefetched
from ocrstudio.engine.rec.crops import STRIDE, CropStore, normalised, padded_width, required_steps
from ocrstudio.engine.rec.plan import MIN_WIDTH, BatchPlan
from ocrstudio.engine.rec.versions import LineVersions

# One training batch of so many is padded as readers pad, whatever the config says of narrow lines: what has only seen
# narrow ones misreads one line of 30 when it is padded (captchas: 99.0 % at their own width, 95.7 % at 320).
WIDE_EVERY = 3


@dataclass(frozen=True)
class Batch:
    """What one training step gets.

    Attributes:
        inputs: (N, 3, 48, W) images or (N, channels, 1, T) features, float32.
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


def objections(store: CropStore, charset: Charset, least_width: int = MIN_WIDTH) -> dict[int, str]:
    """Lines that the network cannot learn, and why.

    A text must not be empty, must be in the dictionary, and must fit the time steps of its picture.

    Args:
        store: Decoded lines.
        charset: Of the network.
        least_width: Columns that every line is padded to.

    Returns:
        Line of the store -> cause, in English.
    """
    found = {}
    for line, (sample, width) in enumerate(zip(store.samples, store.widths, strict=True)):
        labels = charset.encode(sample.text)
        steps = padded_width(width, least_width) // STRIDE
        if unknown := charset.unknown(sample.text):
            found[line] = f"the dictionary lacks {' '.join(unknown)}"
        elif not labels:
            found[line] = "it has no text"
        elif required_steps(labels) > steps:
            found[line] = f"its text of {len(labels)} characters is too long for the picture, which has {steps} steps"
    return found


def pack(inputs: NDArray[np.float32], lines: Sequence[int], texts: Sequence[str], charset: Charset) -> Batch:
    """Makes a batch of the inputs and texts of some lines."""
    encoded = [charset.encode(text) for text in texts]
    labels = np.zeros((len(encoded), max(1, *map(len, encoded), 1)), np.int32)
    for row, indices in zip(labels, encoded, strict=True):
        row[: len(indices)] = indices
    lengths = np.array([len(indices) for indices in encoded], np.int64)
    return Batch(inputs, labels, lengths, tuple(texts), tuple(lines))


class CropBatches:
    """Batches of images, augmented anew every epoch.

    Args:
        versions: The lines.
        plan: Which of them share a batch.
        workers: Threads that prepare batches ahead; 0: none.
        plain: Show every line as it is (evaluation).
    """

    def __init__(self, versions: LineVersions, plan: BatchPlan, workers: int = 0, *, plain: bool = False) -> None:
        self._versions, self._plan, self._workers, self._plain = versions, plan, workers, plain

    @classmethod
    def for_evaluation(
        cls, store: CropStore, texts: Sequence[str], charset: Charset, batch_size: int, workers: int = 0
    ) -> CropBatches:
        """Every line once, unchanged, in the order of the widths."""
        versions = LineVersions(store, texts, charset)
        return cls(versions, BatchPlan(versions.widths, batch_size, seed=None), workers, plain=True)

    @property
    def samples(self) -> int:
        """How many lines an epoch shows."""
        return self._plan.samples

    @property
    def steps(self) -> int:
        """Batches per epoch."""
        return self._plan.steps

    def epoch(self, number: int, skip: int = 0) -> Iterator[Batch]:
        """The batches of one epoch, the same ones for the same number; `skip` leaves out the first ones."""
        batches = list(enumerate(self._plan.batches(number)))[skip:]
        version = None if self._plain else number
        return prefetched((partial(self._batch, place, lines, version) for place, lines in batches), self._workers)

    def _batch(self, place: int, lines: list[int], version: int | None) -> Batch:
        versions = self._versions
        images = [versions.image(line, version) for line in lines]
        texts = [versions.text(line, version) for line in lines]
        width = versions.widths[lines[0]]
        if version is not None and place % WIDE_EVERY == 0:
            width = max(width, MIN_WIDTH)
        return pack(normalised(images, width), lines, texts, versions.charset)
