"""Mean and variance of what each convolution of PP-OCRv4 puts out on sample pictures.

Pictures of the training to come are the best samples: PaddleOCR normalises by the batch while it trains, so the nearer
its batches are to the samples, the less the network jumps at the first step.
"""

from __future__ import annotations

import contextlib
import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from ocrstudio import paths
from ocrstudio.core.errors import QT_TRANSLATE_NOOP, EngineError, FormatError, StudioError
from ocrstudio.engine.dictionary_surgeon_proof import read_picture
from ocrstudio.engine.nets.catalogue import Source, build, load_tensors
from ocrstudio.formats.det_list import PageSample, read_det_list
from ocrstudio.formats.rec_list import read_rec_list

LINES, LINE_WIDTH, BATCH = 32, 320, 8
# PaddleOCR trains lines of several heights; those of the first count twice, for they are what is read later.
HEIGHTS = (48, 32, 48, 64)
# Pages, and pieces of each as training sees them.
PAGES, PIECES = 6, 2
# What PaddleOCR subtracts from and divides BGR pixels (0 to 1) by.
PAGE_MEAN, PAGE_STD = (0.485, 0.456, 0.406), (0.229, 0.224, 0.225)
NO_SAMPLES = QT_TRANSLATE_NOOP("Errors", "The sample pages in {folder} are missing.")
REINSTALL = QT_TRANSLATE_NOOP("Errors", "Install OCR Studio again.")


@dataclass(frozen=True)
class Statistics:
    """What one layer's convolution puts out, before its bias.

    Attributes:
        mean: (channels,).
        variance: (channels,), of the population.
        identity: Whether the layer keeps channels and size, so that PaddleOCR's has a branch without convolution.
    """

    mean: NDArray[np.float32]
    variance: NDArray[np.float32]
    identity: bool


@dataclass(frozen=True)
class Samples:
    """Labelled pictures to take statistics of.

    Attributes:
        labels: A recognition or detection list.
        folder: Where its images are.
    """

    labels: Path
    folder: Path


def layer_statistics(source: Source, samples: Samples | None = None) -> dict[str, Statistics]:
    """The statistics of every layer with branches on sample pictures.

    Args:
        source: PP-OCRv4 mobile, rec or det.
        samples: Lines or pages of the training to come; what cannot be read is left out. Without any, and where they
            are few: typeset lines, or our sample pages. Half of the lines, and pieces of the pages, are as in training.

    Returns:
        "backbone.blocks.0.depthwise" -> its statistics.

    Raises:
        EngineError: If our sample pages are missing.
        StudioError: If the list cannot be read.
    """
    import paddle

    from ocrstudio.engine.nets.pplcnet_v3 import ScaledConv

    network = build(source.architecture, source.charset.classes if source.charset else None)
    load_tensors(network, source.tensors)
    network.eval()
    for parameter in network.parameters():
        # nothing is kept for a backward pass, although gradients stay enabled: `convolve` is faster so
        parameter.stop_gradient = True
    layers = {name: layer for name, layer in network.backbone.named_sublayers() if isinstance(layer, ScaledConv)}
    sums = {name: _Sums() for name in layers}
    hooks = [layer.register_forward_pre_hook(sums[name].add) for name, layer in layers.items()]
    batches = _line_batches(source, samples) if source.task == "rec" else _page_batches(samples)
    for batch in batches:
        network.backbone(paddle.to_tensor(batch))
    for hook in hooks:
        hook.remove()
    return {f"backbone.{name}": sums[name].statistics(layer) for name, layer in layers.items()}


class _Sums:
    """Sums of a convolution's output and of its squares, for each channel."""

    def __init__(self) -> None:
        self.count = 0
        self.first: Any = 0.0
        self.second: Any = 0.0

    def add(self, layer: Any, inputs: tuple[Any, ...]) -> None:
        from ocrstudio.engine.nets.convolution import convolve

        output = convolve(inputs[0], layer.weight, layer.stride, layer.padding, layer.groups).numpy()
        self.count += output[:, 0].size
        # rows of a map in single precision, the rest in double: exact enough, without a copy of everything
        self.first = self.first + output.sum(axis=3).sum(axis=(0, 2), dtype=np.float64)
        self.second = self.second + np.einsum("nchw,nchw->nch", output, output).sum(axis=(0, 2), dtype=np.float64)

    def statistics(self, layer: Any) -> Statistics:
        mean = self.first / self.count
        variance = np.maximum(self.second / self.count - mean**2, 0.0)
        channels_out, channels_in = layer.weight.shape[0], layer.weight.shape[1] * layer.groups
        same = channels_out == channels_in and tuple(layer.stride) == (1, 1)
        return Statistics(mean.astype(np.float32), variance.astype(np.float32), same)


def _spread(listed: Sequence[Any], count: int) -> Sequence[Any]:
    """At most `count` of a list, from all over it."""
    return listed[:: max(1, len(listed) // max(1, count))][:count]


def _lines(samples: Samples) -> list[Any]:
    """Readable lines of a recognition list; none if it breaks the format: the training says what it thinks of that."""
    try:
        listed = read_rec_list(samples.labels, samples.folder)
    except FormatError:
        return []
    found = []
    for sample in _spread(listed, LINES):
        with contextlib.suppress(StudioError):
            found.append(read_picture(sample.image))
    return found


def _line_batches(source: Source, samples: Samples | None) -> Iterator[NDArray[np.float32]]:
    from ocrstudio.engine.rec.augment import augment
    from ocrstudio.engine.rec.crops import fitted, normalised, straighten
    from ocrstudio.engine.rec.typesetting import lines, typefaces

    random = np.random.default_rng(0)
    crops = [straighten(picture) for picture in _lines(samples)] if samples is not None else []
    if len(crops) < LINES:
        characters = source.charset.characters if source.charset else ()
        faces = typefaces({label for label in characters if len(label) == 1 and not label.isspace()})
        crops += [image for image, _text in itertools.islice(lines(faces, random), LINES - len(crops))]
    crops[1::2] = [straighten(augment(image, random)) for image in crops[1::2]]
    for start in range(0, LINES, BATCH):
        height = HEIGHTS[start // BATCH % len(HEIGHTS)]
        batch = normalised([fitted(image, LINE_WIDTH) for image in crops[start : start + BATCH]], LINE_WIDTH)
        yield batch if height == batch.shape[2] else _at_height(batch, height)


def _at_height(batch: NDArray[np.float32], height: int) -> NDArray[np.float32]:
    """Lines of another height: as wide as before, as PaddleOCR's sampler of several scales has them."""
    size = (batch.shape[3], height)
    lines = [cv2.resize(line.transpose(1, 2, 0), size).transpose(2, 0, 1) for line in batch]
    return np.ascontiguousarray(np.stack(lines), np.float32)


def _page_batches(samples: Samples | None) -> Iterator[NDArray[np.float32]]:
    from ocrstudio.engine.det.augment import AugmentRules, random_view, seen

    rules, random = AugmentRules(), np.random.default_rng(0)
    own = Samples(paths.resources() / "samples" / "ground_truth.txt", paths.resources())
    pages = _pages(samples, PAGES) if samples is not None else []
    pages += _pages(own, PAGES - len(pages)) if len(pages) < PAGES else []
    if not pages:
        raise EngineError(NO_SAMPLES, REINSTALL, folder=own.labels.parent)
    for page, sample in pages:
        polygons = [np.array(points, np.float64) for points in sample.polygons]
        size = (page.shape[1], page.shape[0])
        views = [random_view(size, polygons, sample.ignored, rules, random) for _ in range(PIECES)]
        pieces = np.stack([seen(page, view, rules.size) for view in views]).astype(np.float32) / 255
        yield ((pieces - PAGE_MEAN) / PAGE_STD).astype(np.float32).transpose(0, 3, 1, 2)


def _pages(samples: Samples, count: int) -> list[tuple[Any, PageSample]]:
    """Readable pages from all over a detection list, with their outlines."""
    try:
        listed = read_det_list(samples.labels, samples.folder)
    except FormatError:
        return []
    found = []
    for sample in _spread(listed, count):
        with contextlib.suppress(StudioError):
            found.append((read_picture(sample.image), sample))
    return found
