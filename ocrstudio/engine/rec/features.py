"""What the backbone says about each line, computed once: training neck and head needs nothing else.

The backbone as an ONNX graph runs several times faster than the network's forward pass in Paddle. Features are computed
when a batch first needs them, so that the first step comes at once; `feature_file` keeps them for later epochs and
later runs on the same lines.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

import numpy as np
from numpy.typing import NDArray

from ocrstudio.engine.feature_file import FeatureFile, feature_key
from ocrstudio.engine.onnx_session import open_session
from ocrstudio.engine.prefetch import prefetched
from ocrstudio.engine.rec.crops import STRIDE, normalised
from ocrstudio.engine.rec.data import Batch, pack
from ocrstudio.engine.rec.plan import BatchPlan
from ocrstudio.engine.rec.versions import LineVersions

# Crops per call: enough to keep the cores busy, small enough for little memory.
RUN_BATCH = 8
# Changes whenever features of the same crops would come out differently.
VERSION = 2


class FeatureExtractor:
    """A network up to the end of its backbone.

    Args:
        graph: An ONNX model from images (N, 3, 48, W) to features (N, channels, 1, W / 8).
    """

    def __init__(self, graph: bytes) -> None:
        self._session = open_session(graph)
        self._input = self._session.get_inputs()[0].name
        self.channels = int(self._session.get_outputs()[0].shape[1])

    def __call__(self, images: NDArray[np.float32]) -> NDArray[np.float32]:
        """Features (N, channels, 1, W / 8) of normalised images (N, 3, 48, W)."""
        return np.asarray(self._session.run(None, {self._input: images})[0], np.float32)


class FeatureTable:
    """Features of every version of every line, each computed when it is first asked for.

    Args:
        extract: The backbone.
        versions: The lines.
        copies: Versions of each: number 0 is the line as it is, number n the n-th change of it.
        backbone: Names the weights (`Source.digest`).

    Raises:
        EngineError: If the file cannot be made.
    """

    def __init__(
        self,
        extract: FeatureExtractor,
        versions: LineVersions,
        copies: int,
        backbone: str,
    ) -> None:
        self.versions, self.copies, self._extract = versions, copies, extract
        counts = [extract.channels * width // STRIDE for width in versions.widths]
        self._file = FeatureFile(_key(versions, copies, backbone), counts * copies)

    def get(self, lines: list[int], copy: int) -> NDArray[np.float32]:
        """(N, channels, 1, T) of one version of lines of equal width."""
        places = [copy * len(self.versions) + line for line in lines]
        rows = [self._file.get(place) for place in places]
        missing = [number for number, row in enumerate(rows) if row is None]
        for start in range(0, len(missing), RUN_BATCH):
            part = missing[start : start + RUN_BATCH]
            images = [self.versions.image(lines[number], copy or None) for number in part]
            found = self._extract(normalised(images, self.versions.widths[lines[0]]))
            for number, features in zip(part, found, strict=True):
                self._file.put(places[number], [features])
                # rounded as the next epoch will find it
                rows[number] = self._file.get(places[number])
        return np.stack([np.asarray(row).reshape(self._extract.channels, 1, -1) for row in rows])


def _key(versions: LineVersions, copies: int, backbone: str) -> str:
    about = (VERSION, backbone, copies, versions.seed, versions.augmentation if copies > 1 else None)
    parts = [repr((*about, versions.widths)).encode()]
    if versions.augmentation.join is not None and copies > 1:
        # which lines may be joined depends on their texts and on the dictionary
        parts.append(repr((versions.texts, versions.charset)).encode())
    for line in range(len(versions)):
        crop = versions.store[line]
        parts += [repr(crop.shape).encode(), crop.tobytes()]
    return feature_key(parts)


class FeatureBatches:
    """Batches of features for training neck and head.

    Args:
        table: Features of the lines.
        plan: Which lines share a batch.
        workers: Threads that compute and read ahead; 0: none.
        plain: Show every line as it is (evaluation). Else every epoch shows another version of all lines, in turn.
    """

    def __init__(self, table: FeatureTable, plan: BatchPlan, workers: int = 0, *, plain: bool = False) -> None:
        self._table, self._plan, self._workers, self._plain = table, plan, workers, plain

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
        copy = 0 if self._plain else (number - 1) % self._table.copies
        groups = self._plan.batches(number)[skip:]
        return prefetched((partial(self._batch, group, copy) for group in groups), self._workers)

    def _batch(self, lines: list[int], copy: int) -> Batch:
        versions = self._table.versions
        texts = [versions.text(line, copy or None) for line in lines]
        return pack(self._table.get(lines, copy), lines, texts, versions.charset)
