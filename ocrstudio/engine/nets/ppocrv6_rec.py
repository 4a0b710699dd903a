"""PP-OCRv6 small recognition as a trainable Paddle network in its deployed form.

Deployed form: the branches that PaddleOCR trains side by side are folded into one convolution with bias each, so that
the network holds exactly the tensors of the ONNX file, in its order. Facts (kernels, strides, where squeeze-excite
and shortcuts sit) were read off that graph.

Shapes: images (N, 3, 48, W) -> backbone (N, 384, 1, W / 8) -> neck (N, W / 8, 120) -> head (N, W / 8, classes).
"""

# Paddle comes without types: its Layer is Any to mypy
# mypy: disable-error-code="misc"

from __future__ import annotations

import paddle
from paddle import nn
from paddle.nn import functional as F  # noqa: N812  (the name that every Paddle user knows)

from ocrstudio.engine.nets.blocks import ConvNorm
from ocrstudio.engine.nets.ppocrv6_backbone import Block, BlockPlan, Stem
from ocrstudio.engine.nets.recognition import NECK_CHANNELS, RecognitionNetwork, TransformerBlock

BACKBONE_CHANNELS = 384
STEM_WIDTH = 48

BLOCKS = (
    BlockPlan(96, 96, squeeze=True),
    BlockPlan(96, 96),
    BlockPlan(96, 96),
    BlockPlan(96, 192, stride=(2, 1)),
    BlockPlan(192, 192, squeeze=True),
    BlockPlan(192, 192),
    BlockPlan(192, 192, squeeze=True),
    BlockPlan(192, 192),
    BlockPlan(192, 192, squeeze=True),
    BlockPlan(192, 192),
    BlockPlan(192, 384, stride=(2, 1)),
    BlockPlan(384, 384, squeeze=True),
    BlockPlan(384, 384),
)


class Backbone(nn.Layer):
    """Images (N, 3, 48, W) to features (N, 384, 1, W / 8)."""

    def __init__(self) -> None:
        super().__init__()
        self.stem = Stem(STEM_WIDTH)
        self.blocks = nn.Sequential(*(Block(plan) for plan in BLOCKS))

    def forward(self, images: paddle.Tensor) -> paddle.Tensor:
        return F.avg_pool2d(self.blocks(self.stem(images)), (3, 2), stride=(3, 2))


class Neck(nn.Layer):
    """Features (N, 384, 1, T) to time steps that know their neighbours: (N, T, 120)."""

    def __init__(self) -> None:
        super().__init__()
        self.shortcut = ConvNorm(BACKBONE_CHANNELS, NECK_CHANNELS)
        self.reduce = ConvNorm(BACKBONE_CHANNELS, NECK_CHANNELS)
        self.local = ConvNorm(NECK_CHANNELS, NECK_CHANNELS, (1, 7), groups=NECK_CHANNELS)
        self.blocks = nn.Sequential(TransformerBlock(), TransformerBlock())
        self.norm = nn.LayerNorm(NECK_CHANNELS, epsilon=1e-6)

    def forward(self, features: paddle.Tensor) -> paddle.Tensor:
        reduced = F.silu(self.reduce(features))
        steps = (reduced + F.silu(self.local(reduced))).squeeze(2).transpose([0, 2, 1])
        steps = self.norm(self.blocks(steps))
        return steps + F.silu(self.shortcut(features)).squeeze(2).transpose([0, 2, 1])


def recognition_network(classes: int) -> RecognitionNetwork:
    """The network with random weights, for blank, characters and space."""
    return RecognitionNetwork(Backbone(), Neck(), classes)
