"""PP-OCRv4 mobile recognition as a trainable Paddle network in its deployed form.

Shapes: images (N, 3, 48, W) -> backbone (N, 480, 1, W / 8) -> neck (N, W / 8, 120) -> head (N, W / 8, classes).
"""

# Paddle comes without types: its Layer is Any to mypy
# mypy: disable-error-code="misc"

from __future__ import annotations

import paddle
from paddle import nn
from paddle.nn import functional as F  # noqa: N812  (the name that every Paddle user knows)

from ocrstudio.engine.nets.blocks import ConvNorm
from ocrstudio.engine.nets.pplcnet_v3 import BlockPlan, Trunk
from ocrstudio.engine.nets.recognition import NECK_CHANNELS, RecognitionNetwork, TransformerBlock

BACKBONE_CHANNELS = 480
REDUCED_CHANNELS = 60

BLOCKS = (
    BlockPlan(16, 32, 3),
    BlockPlan(32, 64, 3),
    BlockPlan(64, 64, 3),
    BlockPlan(64, 128, 3, stride=(2, 1)),
    BlockPlan(128, 128, 3),
    BlockPlan(128, 240, 3, stride=(1, 2)),
    BlockPlan(240, 240, 5),
    BlockPlan(240, 240, 5),
    BlockPlan(240, 240, 5),
    BlockPlan(240, 240, 5),
    BlockPlan(240, 480, 5, stride=(2, 1), squeeze=True),
    BlockPlan(480, 480, 5, squeeze=True),
    BlockPlan(480, 480, 5, stride=(2, 1)),
    BlockPlan(480, 480, 5),
)


class Backbone(Trunk):
    """Images (N, 3, 48, W) to features (N, 480, 1, W / 8)."""

    def __init__(self) -> None:
        super().__init__(BLOCKS)

    def forward(self, images: paddle.Tensor) -> paddle.Tensor:
        return F.avg_pool2d(self.stages(images)[-1], (3, 2), stride=(3, 2))


class Neck(nn.Layer):
    """Features (N, 480, 1, T) to time steps that know their neighbours: (N, T, 120)."""

    def __init__(self) -> None:
        super().__init__()
        self.conv1 = ConvNorm(BACKBONE_CHANNELS, REDUCED_CHANNELS, (1, 3))
        self.conv2 = ConvNorm(REDUCED_CHANNELS, NECK_CHANNELS)
        self.blocks = nn.Sequential(TransformerBlock(), TransformerBlock())
        self.norm = nn.LayerNorm(NECK_CHANNELS, epsilon=1e-6)
        self.conv3 = ConvNorm(NECK_CHANNELS, BACKBONE_CHANNELS)
        self.conv4 = ConvNorm(2 * BACKBONE_CHANNELS, REDUCED_CHANNELS, (1, 3))
        self.conv5 = ConvNorm(REDUCED_CHANNELS, NECK_CHANNELS)

    def forward(self, features: paddle.Tensor) -> paddle.Tensor:
        reduced = F.silu(self.conv2(F.silu(self.conv1(features))))
        steps = self.norm(self.blocks(reduced.squeeze(2).transpose([0, 2, 1])))
        mixed = F.silu(self.conv3(steps.transpose([0, 2, 1]).unsqueeze(2)))
        joined = F.silu(self.conv4(paddle.concat([features, mixed], axis=1)))
        return F.silu(self.conv5(joined)).squeeze(2).transpose([0, 2, 1])


def recognition_network(classes: int) -> RecognitionNetwork:
    """The network with random weights, for blank, characters and space."""
    return RecognitionNetwork(Backbone(), Neck(), classes)
