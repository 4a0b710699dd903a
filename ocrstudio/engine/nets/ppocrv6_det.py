"""PP-OCRv6 small detection as a trainable Paddle network in its deployed form.

Shapes: images (N, 3, H, W) -> backbone: 48, 96, 192, 384 channels at strides 4, 8, 16, 32 -> maps (N, 1, H, W).
"""

# Paddle comes without types: its Layer is Any to mypy
# mypy: disable-error-code="misc"

from __future__ import annotations

import paddle
from paddle import nn

from ocrstudio.engine.nets.detection import DetectionNetwork
from ocrstudio.engine.nets.ppocrv6_backbone import Block, BlockPlan, Stem

STEM_WIDTH = 24
CHANNELS = (48, 96, 192, 384)
# The blocks whose outputs go to the neck: the last ones of each size.
TAPS = (1, 4, 9, 12)

BLOCKS = (
    BlockPlan(48, 48, squeeze=True),
    BlockPlan(48, 48),
    BlockPlan(48, 96, stride=(2, 2)),
    BlockPlan(96, 96, squeeze=True),
    BlockPlan(96, 96),
    BlockPlan(96, 192, stride=(2, 2)),
    BlockPlan(192, 192, squeeze=True),
    BlockPlan(192, 192),
    BlockPlan(192, 192, squeeze=True),
    BlockPlan(192, 192),
    BlockPlan(192, 384, stride=(2, 2)),
    BlockPlan(384, 384, squeeze=True),
    BlockPlan(384, 384),
)


class Backbone(nn.Layer):
    """Images to four feature maps."""

    def __init__(self) -> None:
        super().__init__()
        self.stem = Stem(STEM_WIDTH)
        self.blocks = nn.LayerList([Block(plan) for plan in BLOCKS])

    def forward(self, images: paddle.Tensor) -> list[paddle.Tensor]:
        x, maps = self.stem(images), []
        for number, block in enumerate(self.blocks):
            x = block(x)
            if number in TAPS:
                maps.append(x)
        return maps


def detection_network() -> DetectionNetwork:
    """The network with random weights."""
    return DetectionNetwork(Backbone(), CHANNELS, kernel=7, depthwise=True, normed=False)
