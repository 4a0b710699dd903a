"""Mean and variance of what each convolution of PP-OCRv4 puts out on sample pictures."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from ocrstudio import paths
from ocrstudio.core.errors import QT_TRANSLATE_NOOP, EngineError
from ocrstudio.engine.nets.catalogue import Source, build, load_tensors

LINES, LINE_WIDTH, BATCH = 64, 320, 8
PAGES, PAGE_SIDE = 6, 640
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


def layer_statistics(source: Source) -> dict[str, Statistics]:
    """The statistics of every layer with branches on sample pictures.

    Args:
        source: PP-OCRv4 mobile, rec (typeset lines, half of them disturbed as in training) or det (sample pages).

    Returns:
        "backbone.blocks.0.depthwise" -> its statistics.

    Raises:
        EngineError: If the samples are missing.
    """
    import paddle

    from ocrstudio.engine.nets.pplcnet_v3 import ScaledConv

    network = build(source.architecture, source.charset.classes if source.charset else None)
    load_tensors(network, source.tensors)
    network.eval()
    layers = {name: layer for name, layer in network.backbone.named_sublayers() if isinstance(layer, ScaledConv)}
    sums = {name: _Sums() for name in layers}
    hooks = [layer.register_forward_pre_hook(sums[name].add) for name, layer in layers.items()]
    batches = _line_batches(source) if source.task == "rec" else _page_batches()
    with paddle.no_grad():
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
        values = output.astype(np.float64).transpose(1, 0, 2, 3).reshape(output.shape[1], -1)
        self.count += values.shape[1]
        self.first = self.first + values.sum(axis=1)
        self.second = self.second + np.square(values).sum(axis=1)

    def statistics(self, layer: Any) -> Statistics:
        mean = self.first / self.count
        variance = np.maximum(self.second / self.count - mean**2, 0.0)
        channels_out, channels_in = layer.weight.shape[0], layer.weight.shape[1] * layer.groups
        same = channels_out == channels_in and tuple(layer.stride) == (1, 1)
        return Statistics(mean.astype(np.float32), variance.astype(np.float32), same)


def _line_batches(source: Source) -> Iterator[NDArray[np.float32]]:
    from ocrstudio.engine.rec.augment import augment
    from ocrstudio.engine.rec.crops import fitted, normalised, straighten
    from ocrstudio.engine.rec.typesetting import lines, typefaces

    random = np.random.default_rng(0)
    characters = source.charset.characters if source.charset else ()
    faces = typefaces({label for label in characters if len(label) == 1 and not label.isspace()})
    crops = [image for image, _text in itertools.islice(lines(faces, random), LINES)]
    crops[1::2] = [straighten(augment(image, random)) for image in crops[1::2]]
    for start in range(0, LINES, BATCH):
        yield normalised([fitted(image, LINE_WIDTH) for image in crops[start : start + BATCH]], LINE_WIDTH)


def _page_batches() -> Iterator[NDArray[np.float32]]:
    folder = paths.resources() / "samples"
    files = sorted(folder.glob("*.jpg"))
    if not files:
        raise EngineError(NO_SAMPLES, REINSTALL, folder=folder)
    for file in files[:: max(1, len(files) // PAGES)][:PAGES]:
        page: Any = cv2.imdecode(np.frombuffer(file.read_bytes(), np.uint8), cv2.IMREAD_COLOR)
        scale = PAGE_SIDE / min(page.shape[:2])
        height, width = (max(32, round(side * scale / 32) * 32) for side in page.shape[:2])
        image = cv2.resize(page, (width, height)).astype(np.float32) / 255
        yield ((image - PAGE_MEAN) / PAGE_STD).astype(np.float32).transpose(2, 0, 1)[None]
