"""PP-OCRv6 small recognition as a trainable Paddle network in its deployed form.

Deployed form: the branches that PaddleOCR trains side by side are folded into one convolution with bias each, so that
the network holds exactly the tensors of the ONNX file, in its order. Facts (kernels, strides, where squeeze-excite
and shortcuts sit) were read off that graph.

Shapes: images (N, 3, 48, W) -> backbone (N, 384, 1, W / 8) -> neck (N, W / 8, 120) -> head (N, W / 8, classes).
"""

# Paddle comes without types: its Layer is Any to mypy
# mypy: disable-error-code="misc"

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import paddle
from numpy.typing import NDArray
from paddle import nn
from paddle.nn import functional as F  # noqa: N812  (the name that every Paddle user knows)

from ocrstudio.core.errors import EngineError
from ocrstudio.engine.nets.weights import NOT_OUR_GRAPH, USE_OUR_GRAPH, SourceModel

BACKBONE_CHANNELS = 384
NECK_CHANNELS = 120
HEADS = 8
DROPOUT = 0.1


class BlockPlan(NamedTuple):
    """One block of the backbone: `stride_h` 2 halves the height; only blocks that keep their shape add a shortcut."""

    channels_in: int
    channels_out: int
    stride_h: int = 1
    squeeze: bool = False


BLOCKS = (
    BlockPlan(96, 96, squeeze=True),
    BlockPlan(96, 96),
    BlockPlan(96, 96),
    BlockPlan(96, 192, stride_h=2),
    BlockPlan(192, 192, squeeze=True),
    BlockPlan(192, 192),
    BlockPlan(192, 192, squeeze=True),
    BlockPlan(192, 192),
    BlockPlan(192, 192, squeeze=True),
    BlockPlan(192, 192),
    BlockPlan(192, 384, stride_h=2),
    BlockPlan(384, 384, squeeze=True),
    BlockPlan(384, 384),
)


class Stem(nn.Layer):
    """Two paths over the first convolution, joined and brought to a quarter of the image's size."""

    def __init__(self) -> None:
        super().__init__()
        self.conv1 = nn.Conv2D(3, 48, 3, stride=2, padding=1)
        self.conv2a = nn.Conv2D(48, 24, 2)
        self.conv2b = nn.Conv2D(24, 48, 2)
        self.conv3 = nn.Conv2D(96, 48, 3, stride=2, padding=1)
        self.conv4 = nn.Conv2D(48, 96, 1)

    def forward(self, images: paddle.Tensor) -> paddle.Tensor:
        first = F.relu(self.conv1(images))
        # one more row below and column on the right: 2 x 2 windows that keep the size (ONNX's SAME_UPPER)
        second = F.relu(self.conv2a(F.pad(first, [0, 1, 0, 1])))
        second = F.relu(self.conv2b(F.pad(second, [0, 1, 0, 1])))
        pooled = F.max_pool2d(F.pad(first, [0, 1, 0, 1]), 2, stride=1)
        joined = paddle.concat([pooled, second], axis=1)
        return F.relu(self.conv4(F.relu(self.conv3(joined))))


class SqueezeExcite(nn.Layer):
    """Scales every channel by a weight that depends on the channels' means over the whole image."""

    def __init__(self, channels: int) -> None:
        super().__init__()
        self.conv1 = nn.Conv2D(channels, channels // 4, 1)
        self.conv2 = nn.Conv2D(channels // 4, channels, 1)

    def forward(self, x: paddle.Tensor) -> paddle.Tensor:
        means = paddle.mean(x, axis=[2, 3], keepdim=True)
        return x * F.hardsigmoid(self.conv2(F.relu(self.conv1(means))))


class Block(nn.Layer):
    """Depthwise convolution, then two pointwise ones with a GELU between, which see one pixel at a time."""

    def __init__(self, plan: BlockPlan) -> None:
        super().__init__()
        stride = (plan.stride_h, 1)
        self.depthwise = nn.Conv2D(
            plan.channels_in, plan.channels_in, 3, stride=stride, padding=1, groups=plan.channels_in
        )
        self.squeeze = SqueezeExcite(plan.channels_in) if plan.squeeze else None
        self.widen = nn.Conv2D(plan.channels_in, 2 * plan.channels_in, 1)
        self.narrow = nn.Conv2D(2 * plan.channels_in, plan.channels_out, 1)
        self.shortcut = plan.stride_h == 1

    def forward(self, x: paddle.Tensor) -> paddle.Tensor:
        x = self.depthwise(x)
        if self.squeeze is not None:
            x = self.squeeze(x)
        mixed = self.narrow(F.gelu(self.widen(x)))
        return x + mixed if self.shortcut else mixed


class Backbone(nn.Layer):
    """Images (N, 3, 48, W) to features (N, 384, 1, W / 8)."""

    def __init__(self) -> None:
        super().__init__()
        self.stem = Stem()
        self.blocks = nn.Sequential(*(Block(plan) for plan in BLOCKS))

    def forward(self, images: paddle.Tensor) -> paddle.Tensor:
        return F.avg_pool2d(self.blocks(self.stem(images)), (3, 2), stride=(3, 2))


class ConvNorm(nn.Layer):
    """Convolution without bias, batch normalisation, swish.

    The running statistics stay those of the source: batches of one project are too small and too alike to replace them,
    and so training and evaluation see the same function.
    """

    def __init__(self, channels_in: int, kernel: tuple[int, int] = (1, 1), groups: int = 1) -> None:
        super().__init__()
        padding = (kernel[0] // 2, kernel[1] // 2)
        self.conv = nn.Conv2D(channels_in, NECK_CHANNELS, kernel, padding=padding, groups=groups, bias_attr=False)
        self.norm = nn.BatchNorm2D(NECK_CHANNELS)

    def forward(self, x: paddle.Tensor) -> paddle.Tensor:
        x, norm = self.conv(x), self.norm
        return F.silu(F.batch_norm(x, norm._mean, norm._variance, norm.weight, norm.bias, training=False))


class Attention(nn.Layer):
    """Self-attention over the time steps."""

    def __init__(self) -> None:
        super().__init__()
        self.qkv = nn.Linear(NECK_CHANNELS, 3 * NECK_CHANNELS)
        self.out = nn.Linear(NECK_CHANNELS, NECK_CHANNELS)
        self.drop = nn.Dropout(DROPOUT)

    def forward(self, x: paddle.Tensor) -> paddle.Tensor:
        size = NECK_CHANNELS // HEADS
        parts = self.qkv(x).reshape([0, -1, 3, HEADS, size]).transpose([2, 0, 3, 1, 4])
        query, key, value = parts[0] * size**-0.5, parts[1], parts[2]
        weights = F.softmax(paddle.matmul(query, key, transpose_y=True), axis=-1)
        mixed = paddle.matmul(weights, value).transpose([0, 2, 1, 3]).reshape([0, -1, NECK_CHANNELS])
        return self.drop(self.out(mixed))


class TransformerBlock(nn.Layer):
    """Attention and a two-layer perceptron, each normalised first and added to its input."""

    def __init__(self) -> None:
        super().__init__()
        self.norm1 = nn.LayerNorm(NECK_CHANNELS, epsilon=1e-5)
        self.attention = Attention()
        self.norm2 = nn.LayerNorm(NECK_CHANNELS, epsilon=1e-5)
        self.widen = nn.Linear(NECK_CHANNELS, 2 * NECK_CHANNELS)
        self.narrow = nn.Linear(2 * NECK_CHANNELS, NECK_CHANNELS)
        self.drop = nn.Dropout(DROPOUT)

    def forward(self, x: paddle.Tensor) -> paddle.Tensor:
        x = x + self.attention(self.norm1(x))
        hidden = self.drop(F.silu(self.widen(self.norm2(x))))
        return x + self.drop(self.narrow(hidden))


class Neck(nn.Layer):
    """Features (N, 384, 1, T) to time steps that know their neighbours: (N, T, 120)."""

    def __init__(self) -> None:
        super().__init__()
        self.shortcut = ConvNorm(BACKBONE_CHANNELS)
        self.reduce = ConvNorm(BACKBONE_CHANNELS)
        self.local = ConvNorm(NECK_CHANNELS, kernel=(1, 7), groups=NECK_CHANNELS)
        self.blocks = nn.Sequential(TransformerBlock(), TransformerBlock())
        self.norm = nn.LayerNorm(NECK_CHANNELS, epsilon=1e-6)

    def forward(self, features: paddle.Tensor) -> paddle.Tensor:
        reduced = self.reduce(features)
        steps = (reduced + self.local(reduced)).squeeze(2).transpose([0, 2, 1])
        steps = self.norm(self.blocks(steps))
        return steps + self.shortcut(features).squeeze(2).transpose([0, 2, 1])


class RecognitionNetwork(nn.Layer):
    """Backbone, neck and head; returns logits.

    Args:
        classes: Blank, characters, space.
    """

    def __init__(self, classes: int) -> None:
        super().__init__()
        self.backbone = Backbone()
        self.neck = Neck()
        self.head = nn.Linear(NECK_CHANNELS, classes)

    def forward(self, images: paddle.Tensor) -> paddle.Tensor:
        return self.read_features(self.backbone(images))

    def read_features(self, features: paddle.Tensor) -> paddle.Tensor:
        """Logits (N, T, classes) from the backbone's features (N, 384, 1, T)."""
        return self.head(self.neck(features))


class DeployedNetwork(nn.Layer):
    """The network as it is exported: probabilities instead of logits."""

    def __init__(self, network: RecognitionNetwork) -> None:
        super().__init__()
        self.network = network

    def forward(self, images: paddle.Tensor) -> paddle.Tensor:
        return F.softmax(self.network(images), axis=2)


def tensor_names(network: RecognitionNetwork, source: SourceModel) -> dict[str, str]:
    """Which initialiser of the source belongs to which tensor of the network: both are in graph order.

    Raises:
        EngineError: If the source is another network.
    """
    names = list(network.state_dict())
    if len(names) != len(source.tensors):
        raise EngineError(NOT_OUR_GRAPH, USE_OUR_GRAPH, file=source.path)
    return dict(zip(names, source.tensors, strict=True))


def load_weights(network: RecognitionNetwork, arrays: dict[str, NDArray[np.float32]], source: SourceModel) -> None:
    """Puts tensors of the source's graph (initialiser name -> array) into a network of the same number of classes.

    Raises:
        EngineError: If a shape differs.
    """
    state = network.state_dict()
    values: dict[str, NDArray[np.float32]] = {}
    for name, initialiser in tensor_names(network, source).items():
        array = arrays[initialiser]
        # the graph keeps a convolution's bias as (1, C, 1, 1)
        values[name] = array.reshape(array.shape[1]) if array.ndim == 4 and len(state[name].shape) == 1 else array
        if list(values[name].shape) != list(state[name].shape):
            raise EngineError(NOT_OUR_GRAPH, USE_OUR_GRAPH, file=source.path)
    network.set_state_dict(values)
