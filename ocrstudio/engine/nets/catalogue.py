"""The networks that can be trained: their weights, their modules, their exported form; by name.

Every network is rebuilt in its deployed form: branches that PaddleOCR trains side by side are one convolution here.
`Source.tensors` and `network.state_dict()` use the same names.

Shapes: rec images (N, 3, 48, W) BGR in -1..1 -> logits (N, W / 8, classes); W is a multiple of 8.
det images (N, 3, H, W) BGR, normalised with ImageNet's means; H and W are multiples of 32. In evaluation mode ->
shrink map (N, 1, H, W) in 0..1; in training mode -> `db_head.Maps(shrink, threshold, binary)` of that shape each.
"""

# Paddle comes without types: its Layer is Any to mypy
# mypy: disable-error-code="misc"

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from ocrstudio.core.charset import Charset

if TYPE_CHECKING:
    from paddle import nn

Tensors = dict[str, NDArray[np.float32]]


@dataclass(frozen=True)
class Source:
    """Weights to start from.

    Attributes:
        architecture: Name of the base model (`formats.base_models`) whose network this is.
        task: "rec" or "det".
        path: The file that the weights came from.
        tensors: `state_dict` name -> float32 array, running statistics of batch normalisation included. A detection
            network's threshold head is not among them: it lives in training only.
        charset: The characters of the output layer; None for det.
    """

    architecture: str
    task: str
    path: Path
    tensors: Tensors
    charset: Charset | None

    @cached_property
    def digest(self) -> str:
        """Hexadecimal digest of architecture and weights: equal for equal weights, wherever they lie."""
        digest = hashlib.sha256(self.architecture.encode())
        for name, array in self.tensors.items():
            digest.update(name.encode() + np.ascontiguousarray(array).tobytes())
        return digest.hexdigest()


@dataclass(frozen=True)
class FeatureShape:
    """One output of a backbone: (N, `channels`, H / `stride_h`, W / `stride_w`)."""

    channels: int
    stride_h: int
    stride_w: int


def _pyramid(*channels: int) -> tuple[FeatureShape, ...]:
    return tuple(FeatureShape(count, 4 << level, 4 << level) for level, count in enumerate(channels))


# What the neck takes, by architecture; the order is that of the outputs of `backbone_onnx` and of `network.backbone`.
FEATURES: dict[str, tuple[FeatureShape, ...]] = {
    "PP-OCRv6_small_rec": (FeatureShape(384, 48, 8),),
    "PP-OCRv4_mobile_rec": (FeatureShape(480, 48, 8),),
    "PP-OCRv6_small_det": _pyramid(48, 96, 192, 384),
    "PP-OCRv4_mobile_det": _pyramid(12, 18, 42, 360),
}


def load_source(model: str, task: str) -> Source:
    """Reads the weights that a training starts from.

    Args:
        model: As in `Global.pretrained_model`: "bundled", the name of a base model, a bundle folder, or an ONNX file of
            this program.
        task: "rec" or "det".

    Raises:
        EngineError: If the package, the file or the network is missing or another; says what to do.
    """


def build(architecture: str, classes: int | None = None) -> nn.Layer:
    """A network with random weights.

    rec networks have `backbone`, `neck`, `head` and `read_features(features)`, the logits from one feature tensor.
    det networks have the same; their `read_features(features)` takes the list of four.

    Args:
        architecture: Name of a base model.
        classes: Of a rec network: blank, characters, space. None for det.
    """


def load_tensors(network: nn.Layer, tensors: Tensors) -> None:
    """Puts weights into a network that `build` made; a missing threshold head is filled from the binarising head.

    Raises:
        EngineError: If a tensor is missing or has another shape.
    """


def deployed(network: nn.Layer) -> nn.Layer:
    """The network as it is exported, in evaluation mode: probabilities for rec, the shrink map for det."""


def input_spec(architecture: str) -> Any:
    """The `paddle.static.InputSpec` of the deployed network's only input, `x`."""


def write_onnx(network: nn.Layer, source: Source, charset: Charset | None, file: Path) -> None:
    """Writes the deployed form as an ONNX file that `load_source`, onnxruntime and RapidOCR read; no converter has a say.

    Batch, height (det) and width are dynamic. A rec file carries its dictionary as metadata `character`.

    Args:
        network: What was trained.
        source: What it started from.
        charset: Of the rec network's output layer; None for det.
        file: Where to.

    Raises:
        EngineError: If the result is not a valid ONNX model.
    """


def backbone_onnx(source: Source) -> bytes:
    """The part from images to what the neck takes, as an ONNX model; input `x`, outputs as `FEATURES` lists them."""
