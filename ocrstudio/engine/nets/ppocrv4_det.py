"""PP-OCRv4 mobile detection as a trainable Paddle network in its deployed form.

Shapes: images (N, 3, H, W) -> backbone: 12, 18, 42, 360 channels at strides 4, 8, 16, 32 -> maps (N, 1, H, W).
"""

# Paddle comes without types: its Layer is Any to mypy
# mypy: disable-error-code="misc"

from __future__ import annotations

import paddle
from paddle import nn

from ocrstudio.engine.nets.blocks import Conv2D
from ocrstudio.engine.nets.detection import DetectionNetwork
from ocrstudio.engine.nets.pplcnet_v3 import BlockPlan, Trunk

CHANNELS = (12, 18, 42, 360)
# The blocks whose outputs go to the neck: the last ones of each size.
TAPS = (2, 4, 9, 13)

BLOCKS = (
    BlockPlan(16, 32, 3),
    BlockPlan(32, 48, 3, stride=(2, 2)),
    BlockPlan(48, 48, 3),
    BlockPlan(48, 96, 3, stride=(2, 2)),
    BlockPlan(96, 96, 3),
    BlockPlan(96, 192, 3, stride=(2, 2)),
    BlockPlan(192, 192, 5),
    BlockPlan(192, 192, 5),
    BlockPlan(192, 192, 5),
    BlockPlan(192, 192, 5),
    BlockPlan(192, 384, 5, stride=(2, 2), squeeze=True),
    BlockPlan(384, 384, 5, squeeze=True),
    BlockPlan(384, 384, 5),
    BlockPlan(384, 384, 5),
)


class Backbone(Trunk):
    """Images to four feature maps, each brought to its width by a 1 x 1 convolution."""

    def __init__(self) -> None:
        super().__init__(BLOCKS)
        pairs = [(BLOCKS[tap].channels_out, count) for tap, count in zip(TAPS, CHANNELS, strict=True)]
        self.outputs = nn.LayerList([Conv2D(wide, narrow, 1) for wide, narrow in pairs])

    def forward(self, images: paddle.Tensor) -> list[paddle.Tensor]:
        maps = self.stages(images)
        return [layer(maps[TAPS[level]]) for level, layer in enumerate(self.outputs)]


def detection_network() -> DetectionNetwork:
    """The network with random weights."""
    return DetectionNetwork(Backbone(), CHANNELS, kernel=3, depthwise=False, normed=True)
