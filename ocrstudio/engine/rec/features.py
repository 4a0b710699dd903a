"""What the backbone says about each line, computed once: training neck and head needs nothing else.

The source's own ONNX graph, cut after the backbone's pooling, runs several times faster than the network's forward pass
in Paddle; the results stay on disk, so that a second run on the same lines starts at once.
"""

from __future__ import annotations

import hashlib
import os
import shutil
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from ocrstudio import paths
from ocrstudio.core.charset import Charset
from ocrstudio.core.errors import QT_TRANSLATE_NOOP, EngineError
from ocrstudio.engine.nets.weights import features_name, import_onnx, read_graph
from ocrstudio.engine.rec.augment import augment
from ocrstudio.engine.rec.data import (
    MIN_WIDTH,
    STRIDE,
    WIDTH_STEP,
    Batch,
    CropStore,
    Image,
    bucketed,
    fitted,
    normalised,
    pack,
    padded_width,
)

CHANNELS = 384
# Crops per call: enough to keep the cores busy, small enough for little memory.
RUN_BATCH = 8
# All feature files together; the ones used longest ago go first.
CACHE_LIMIT_BYTES = 4 << 30
# Room on the disk that is left alone.
SPARE_BYTES = 200 << 20
# Changes whenever features of the same crops would come out differently.
VERSION = 1

Progress = Callable[[int, int], None]


class FeatureExtractor:
    """The source's graph up to the backbone's end.

    Args:
        onnx_file: A recognition model that `weights.load_source` accepts.
        threads: Processor cores to use; all if None.
    """

    def __init__(self, onnx_file: Path, threads: int | None = None) -> None:
        onnx = import_onnx()
        import onnxruntime

        model = read_graph(onnx_file)
        cut = onnx.utils.Extractor(model).extract_model([model.graph.input[0].name], [features_name(model)])
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = threads or os.cpu_count() or 1
        options.log_severity_level = 3
        self._session = onnxruntime.InferenceSession(
            cut.SerializeToString(), options, providers=["CPUExecutionProvider"]
        )
        self._input = self._session.get_inputs()[0].name

    def __call__(self, images: NDArray[np.float32]) -> NDArray[np.float32]:
        """Features (N, 384, 1, W / 8) of normalised images (N, 3, 48, W)."""
        return np.asarray(self._session.run(None, {self._input: images})[0], np.float32)


@dataclass(frozen=True)
class FeatureTable:
    """Features of every copy of every line.

    Attributes:
        data: (copies, values) float16: in each copy the lines' (384, T) blocks one after the other.
        steps: (lines,) time steps T; the same in every copy.
        offsets: (lines,) where a line's block starts within a copy.
    """

    data: NDArray[np.float16]
    steps: NDArray[np.int64]
    offsets: NDArray[np.int64]

    @property
    def copies(self) -> int:
        """How many versions of each line there are; number 0 is the unchanged one."""
        return int(self.data.shape[0])

    def get(self, copy: int, line: int) -> NDArray[np.float32]:
        """(384, 1, T) of one copy of one line."""
        steps, start = int(self.steps[line]), int(self.offsets[line])
        return self.data[copy, start : start + CHANNELS * steps].reshape(CHANNELS, 1, steps).astype(np.float32)


@dataclass(frozen=True)
class FeaturePlan:
    """What is to be computed.

    Attributes:
        onnx_file: The source model.
        store: Decoded crops of all lines.
        copies: Versions of each line: the first unchanged, the others augmented.
        seed: Of the augmentation.
    """

    onnx_file: Path
    store: CropStore
    copies: int
    seed: int

    def widths(self) -> list[int]:
        """The padded width of each line."""
        return [padded_width(self.store[line].shape[1]) for line in range(len(self.store))]

    def version(self, copy: int, line: int, width: int) -> Image:
        """A copy of a line, at most `width` wide."""
        image = self.store[line]
        return image if copy == 0 else fitted(augment(image, np.random.default_rng((self.seed, copy, line))), width)

    def key(self) -> str:
        """Names the result: equal for equal crops, model and settings."""
        digest = hashlib.sha256(f"{VERSION} {self.copies} {self.seed} {MIN_WIDTH} {WIDTH_STEP}".encode())
        digest.update(self.onnx_file.read_bytes())
        for line in range(len(self.store)):
            digest.update(str(self.store[line].shape).encode() + self.store[line].tobytes())
        return digest.hexdigest()[:32]


def feature_table(
    plan: FeaturePlan,
    progress: Progress,
    *,
    stopped: Callable[[], bool] = lambda: False,
    cache: Path | None = None,
) -> FeatureTable | None:
    """Computes features, or finds them on disk.

    Args:
        plan: What of.
        progress: Told (done, total) crops.
        stopped: Asked between batches whether to give up.
        cache: Folder of feature files; in the user's cache folder if None.

    Returns:
        The table, or None if `stopped` said so.

    Raises:
        EngineError: If the results cannot be written.
    """
    widths = plan.widths()
    steps = np.array(widths, np.int64) // STRIDE
    offsets = (np.cumsum(steps) - steps) * CHANNELS
    shape = (plan.copies, int(steps.sum()) * CHANNELS)
    folder = cache or paths.user_cache() / "features"
    file = folder / f"{plan.key()}.f16"
    try:
        if not (file.is_file() and file.stat().st_size == 2 * shape[0] * shape[1]):
            folder.mkdir(parents=True, exist_ok=True)
            _require_room(folder, 2 * shape[0] * shape[1])
            unfinished = file.with_suffix(f".{os.getpid()}.part")
            try:
                table = FeatureTable(np.memmap(unfinished, np.float16, "w+", shape=shape), steps, offsets)
                if not _fill(table, widths, plan, progress, stopped):
                    return None
                del table
                unfinished.replace(file)
            finally:
                unfinished.unlink(missing_ok=True)
            _forget_oldest(folder, keep=file)
        os.utime(file)
        progress(plan.copies * len(widths), plan.copies * len(widths))
        return FeatureTable(np.memmap(file, np.float16, "r", shape=shape), steps, offsets)
    except OSError as error:
        what = QT_TRANSLATE_NOOP("Errors", "Intermediate results cannot be written to {file}: {reason}.")
        remedy = QT_TRANSLATE_NOOP("Errors", "Make room on the disk, or set Global.freeze to none.")
        raise EngineError(what, remedy, file=folder, reason=error.strerror or str(error)) from error


def _require_room(folder: Path, needed: int) -> None:
    """A mapped file that meets a full disk ends the process without a word: look before."""
    free = shutil.disk_usage(folder).free
    if needed + SPARE_BYTES > free:
        what = QT_TRANSLATE_NOOP("Errors", "The intermediate results need {needed} MB in {folder}, {free} MB are free.")
        remedy = QT_TRANSLATE_NOOP(
            "Errors", "Make room, lower Train.dataset.augment_copies, or set Global.freeze to none."
        )
        raise EngineError(what, remedy, needed=needed >> 20, folder=folder, free=free >> 20)


def _fill(
    table: FeatureTable, widths: list[int], plan: FeaturePlan, progress: Progress, stopped: Callable[[], bool]
) -> bool:
    """Runs the backbone on every copy of every line; False if it was stopped."""
    extractor = FeatureExtractor(plan.onnx_file)
    done, total = 0, plan.copies * len(widths)
    for copy in range(plan.copies):
        for batch in bucketed(widths, RUN_BATCH, None):
            if stopped():
                return False
            width = widths[batch[0]]
            features = extractor(normalised([plan.version(copy, line, width) for line in batch], width))
            for line, block in zip(batch, features, strict=True):
                start = int(table.offsets[line])
                table.data[copy, start : start + block.size] = block.reshape(-1)
            done += len(batch)
            progress(done, total)
    return True


def _forget_oldest(folder: Path, keep: Path) -> None:
    files = sorted(folder.glob("*.f16"), key=lambda file: file.stat().st_mtime, reverse=True)
    room = CACHE_LIMIT_BYTES
    for file in files:
        room -= file.stat().st_size
        if room < 0 and file != keep:
            file.unlink(missing_ok=True)


class FeatureBatches:
    """Batches of features for training neck and head; each epoch shows one copy of every line.

    Args:
        table: Features of the lines.
        texts: One per line of the table.
        charset: Encodes the texts.
        batch_size: Lines per batch at the usual width.
        seed: Order and choice of copies; None: fixed order, unchanged copies only (evaluation).
    """

    def __init__(
        self, table: FeatureTable, texts: Sequence[str], charset: Charset, batch_size: int, *, seed: int | None
    ) -> None:
        self._table, self._texts, self._charset = table, tuple(texts), charset
        self._batch_size, self._seed = batch_size, seed
        self._widths = [int(steps) * STRIDE for steps in table.steps]

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
        copies = [0] * self.samples
        if self._seed is not None:
            # every line shows another copy each epoch, and all of them in turn
            shift = np.random.default_rng(self._seed).integers(0, self._table.copies, self.samples)
            copies = [int(value) for value in (shift + number) % self._table.copies]
        for batch in bucketed(self._widths, self._batch_size, random)[skip:]:
            features = np.stack([self._table.get(copies[line], line) for line in batch])
            yield pack(features, batch, self._texts, self._charset)
